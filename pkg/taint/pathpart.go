package taint

import (
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
)

// Data in the middle of a path names a file below a folder that the program chose:
//
//	open(os.path.join(CACHE, f"{tokenizer.name}_{size}.pkl"))
//
// That is less than naming the file, and the file is not one that came with the data, whatever is known of the file or
// folder that the data itself names. Facts of later parts of a text or path are marked Part; where the text is then taken
// for the path of a file, they become PathPart, which kinds of sources weigh differently (rule.Kind.Part).

// asPart gives the facts of something that stands behind the beginning of a text.
func asPart(fs []*Fact) []*Fact {
	out := make([]*Fact, len(fs))
	for i, f := range fs {
		g := *f
		g.content, g.feats = false, g.feats|Part
		out[i] = &g
	}
	return out
}

// asPath gives the facts of something that is taken for a path. What an input is, the caller knows.
func asPath(fs []*Fact) []*Fact {
	out := slices.Clone(fs)
	for i, f := range out {
		switch {
		case f.content:
		case f.feats&Part != 0:
			g := *f
			g.feats = g.feats&^Part | PathPart
			out[i] = &g
		case f.org.kind == originInput && f.feats&Opened == 0:
			g := *f
			g.feats |= Opened
			out[i] = &g
		}
	}
	return out
}

// chain gives the features of a way that goes on: first comes before then.
func chain(first, then Feature) Feature {
	if then&Opened == 0 {
		return first | then
	}
	if first&Part != 0 {
		first = first&^Part | PathPart
	}
	return first | then
}

// joinedFacts gives the facts of values that are put together to a text or path, in order; begun says that it has begun
// with something else.
func (f *frame) joinedFacts(vs []*Value, begun bool, st *state) []*Fact {
	var out []*Fact
	for _, v := range vs {
		facts := f.deep(v, st)
		if begun {
			facts = asPart(facts)
		}
		out = addFacts(out, facts)
		begun = begun || begins(v)
	}
	return out
}

// numberParam says whether a value is a parameter that is declared to be a number: as a part of a text it chooses little.
func (f *frame) numberParam(v *Value) bool {
	if v.symbol() == noSym {
		return false
	}
	in := f.ev.syms.info[v.sym]
	return in.op == symInput && int(in.a) < len(f.fn.Params) && isNumber(f.fn.Params[in.a].Annotation)
}

// begins says whether a path that starts with the value is one below it: "" and "./" leave the choice to what follows,
// as does the scheme of an address.
func begins(v *Value) bool {
	begin, end := v.ends()
	s, known := v.strKonst()
	switch {
	case !known:
		return begin != "" || end != "" || v != nil
	case strings.HasSuffix(s, "://"):
		return false
	}
	return strings.Trim(s, "./~") != ""
}

// isText says whether a value certainly is a text, not bytes.
func isText(v *Value) bool {
	return v != nil && len(v.refs) == 1 && v.refs[0].kind == refConst && v.refs[0].lit == ir.Str
}

// binaryFacts gives the facts of a + b, a / b and a % b.
func (f *frame) binaryFacts(op ir.BinOp, a, b *Value, st *state) []*Fact {
	switch {
	case op == ir.Div, op == ir.Add && (isText(a) || isText(b)):
		return f.joinedFacts([]*Value{a, b}, false, st)
	case op == ir.Mod && isText(a):
		return addFacts(f.deep(a, st), f.joinedFacts(f.inOrder(b, st), f.templateBegins(a, "%"), st))
	}
	return addFacts(f.deep(a, st), f.deep(b, st))
}

// inOrder gives the elements of a tuple built here, or the value itself.
func (f *frame) inOrder(v *Value, st *state) []*Value {
	var out []*Value
	for i := 0; v != nil && v.shape; i++ {
		x, ok := f.heapGet(st, v.sym, "["+itoa(i)+"]")
		if !ok {
			break
		}
		out = append(out, x)
	}
	if len(out) == 0 {
		return []*Value{v}
	}
	return out
}

// templateBegins says whether a template has a beginning of its own, before the first place that mark opens.
func (f *frame) templateBegins(v *Value, mark string) bool {
	begin, _ := v.ends()
	begin, _, _ = strings.Cut(begin, mark)
	return begins(&Value{refs: []Ref{{kind: refConst, lit: ir.Str, name: begin}}})
}

// joins gives the facts of the result of a call that joins its arguments to a path.
func (c *extCall) joins() []*Fact {
	return c.f.joinedFacts(values(c.args), c.self != nil, c.st)
}

// partLower says by how many levels a flow is lowered because its data is only a part of a path.
func (g *given) partLower(p *pending, kind string) int {
	if k := g.pack.Kind(kind); k != nil && p.fact.feats&PathPart != 0 {
		return k.Part
	}
	return 0
}

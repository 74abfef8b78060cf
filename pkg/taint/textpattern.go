package taint

import (
	"regexp/syntax"
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/rule"
)

// Texts that were found to fit a literal pattern:
//
//	COMMIT = re.compile(r"[0-9a-f]{40}")
//	if not COMMIT.fullmatch(revision): raise ValueError
//	snapshot_download(name, revision=revision)        as good as a constant commit
//
// What rules ask of such an argument is asked of texts that fit the pattern, the shortest and the longest of each kind.

// patternSeg is the heap segment under which a text keeps the pattern it fits, and a compiled pattern its text.
const patternSeg = "#pattern"

// keepPattern notes the text of a pattern that is compiled.
func (c *extCall) keepPattern() {
	if c.does != rule.DoPattern || len(c.args) == 0 || c.out.symbol() == noSym {
		return
	}
	if s, ok := c.args[0].val.strKonst(); ok && !strings.Contains(s, hole) {
		c.out.sym, c.out.clean = c.f.callSym(), true
		c.out.refs = []Ref{{kind: refExtInst, name: c.f.ev.pack.IntrinsicName(rule.IsPattern)}}
		c.st.set(heapKey{c.out.sym, patternSeg}, c.args[0].val)
	}
}

// fitsPattern adds to what holds where a text matches that it fits the pattern, if all of it has to.
func (c *extCall) fitsPattern(v *Value, known []condFact) []condFact {
	if c.does != rule.DoMatch && c.does != rule.DoMatchAll {
		return known
	}
	var p *Value
	if c.self == nil {
		p = c.args[0].val
	} else {
		p, _ = c.f.heapGet(c.st, c.self.symbol(), patternSeg)
	}
	s, ok := p.strKonst()
	if !ok || strings.Contains(s, hole) || c.does == rule.DoMatch && !strings.HasSuffix(s, "$") && !strings.HasSuffix(s, `\Z`) {
		return known
	}
	for _, o := range c.f.ev.syms.whole(v.sym) {
		known = append(known, condFact{kind: condPattern, sym: o, text: strings.TrimSuffix(s, `\Z`)})
	}
	return known
}

// fitting gives what is known of an argument of which the text fits a pattern: it is one of some texts that do.
func (f *frame) fitting(a rule.ArgFact, v *Value, st *state) rule.ArgFact {
	if a.State != rule.Unknown || len(a.Alts) > 0 || v.symbol() == noSym {
		return a
	}
	for _, o := range f.ev.syms.origins(v.sym) {
		p, ok := f.lookup(st, o, patternSeg)
		if !ok {
			continue
		}
		s, _ := p.strKonst()
		for _, text := range samples(s) {
			a.Alts = append(a.Alts, rule.ArgFact{State: rule.Known, Const: text, IsStr: true})
		}
		return a
	}
	return a
}

// maxSamples bounds the texts that are made of one pattern.
const maxSamples = 8

// samples gives texts that fit a pattern, nil if they cannot be told.
func samples(pattern string) []string {
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return nil
	}
	out := sampled(re.Simplify())
	if slices.ContainsFunc(out, func(s string) bool { return len(s) > maxNameString }) {
		return nil
	}
	return out
}

// sampled gives texts that fit an expression: of each choice the first and the last, and one beyond what repeats without end.
func sampled(re *syntax.Regexp) []string {
	switch re.Op {
	case syntax.OpLiteral:
		return []string{string(re.Rune)}
	case syntax.OpCharClass:
		if len(re.Rune) == 0 {
			return nil
		}
		return []string{string(re.Rune[0]), string(re.Rune[len(re.Rune)-1])}
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return []string{"a", "/"}
	case syntax.OpCapture:
		return sampled(re.Sub[0])
	case syntax.OpQuest, syntax.OpStar:
		return first(append([]string{""}, sampled(re.Sub[0])...))
	case syntax.OpPlus:
		one := sampled(re.Sub[0])
		return first(append(one, glued(one, one)...))
	case syntax.OpAlternate:
		var out []string
		for _, s := range re.Sub {
			out = append(out, sampled(s)...)
		}
		return first(out)
	case syntax.OpConcat:
		out := []string{""}
		for _, s := range re.Sub {
			out = glued(out, sampled(s))
		}
		return out
	}
	return []string{""} // an anchor, or nothing
}

// glued gives texts of two parts: each of the first with one of the second.
func glued(a, b []string) []string {
	if len(a) == 0 || len(b) == 0 {
		return nil
	}
	var out []string
	for i := range max(len(a), len(b)) {
		out = append(out, a[min(i, len(a)-1)]+b[min(i, len(b)-1)])
	}
	return first(out)
}

func first(all []string) []string { return all[:min(len(all), maxSamples)] }

// picked reports whether an element of what a sink reads that names what it builds was compared with names of the program's
// own on the way here.
func (c *extCall) picked(s *rule.Sink) bool {
	v, t := c.slot(s.Input), c.f.ev.syms
	if v.symbol() == noSym || len(c.st.member) == 0 {
		return false
	}
	for _, key := range s.Picks {
		for _, o := range t.origins(v.sym) {
			names := []sym{t.of(symIndex, o, 0, "["+key+"]"), t.of(symAttr, o, 0, "."+key)}
			if x, ok := c.f.heapGet(c.st, o, "["+key+"]"); ok {
				if _, literal := x.konst(); literal {
					return true
				}
				names = append(names, x.sym)
			}
			if slices.ContainsFunc(names, func(n sym) bool { return slices.Contains(c.st.member, n) }) {
				return true
			}
		}
	}
	return false
}

// flat reports whether what the sink reads holds no mappings or lists further down, because it is, or is an element of, a
// parameter whose annotation says so and is enforced by who calls the entry point: layers: list[dict[str, float | str]].
func (c *extCall) flat(s *rule.Sink) bool {
	v, t := c.slot(s.Input), c.f.ev.syms
	if v.symbol() == noSym || len(c.f.ev.entries.of(c.f.fn)) == 0 {
		return false
	}
	below := 0
	n := t.ident(v.sym)
	for ; t.info[n].op == symIndex || t.info[n].op == symVia && t.info[n].s == "[*]" || t.info[n].op == symOpaque && t.info[n].s == "[]"; n = t.ident(t.info[n].a) {
		below++
	}
	if t.info[n].op != symInput || int(t.info[n].a) >= len(c.f.fn.Params) || !foreign(c.f.inputs[t.info[n].a]) {
		return false
	}
	a := c.f.fn.Params[t.info[n].a].Annotation
	for ; a != nil && below >= 0; below-- {
		a = elementType(a)
	}
	return a != nil && isScalar(a)
}

// checkedFully says whether a value passed a check that is not in doubt.
func (f *frame) checkedFully(n sym, st *state) bool {
	g := f.guarded(n, st)
	return g != nil && g.weak == "" && len(g.trust) == 0
}

package taint

import (
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// A Value is an abstract Python value: what it may be (refs), what data it carries (facts), and its identity (sym).
// Values are immutable; attributes and elements of objects live in the state's heap under the object's sym.
// A nil *Value is an unknown value that carries nothing.
type Value struct {
	sym   sym
	refs  []Ref
	facts []*Fact
	cond  *Cond
	hash  *digest
	// open: it may also be something that refs does not name.
	open bool
	// clean: it is known not to come from anybody else: a literal, the program's own file.
	clean bool
	// shape: a container built here; keys that were not stored are absent.
	shape bool
	// assumed: refs is a default value that a caller may override.
	assumed string // name of the parameter; of a field that is a switch, with a dot before it; see outerMark
	// sometimes: what a cell of the heap holds was stored on some of the ways here; on the others the cell holds what its
	// object gives. Reading the cell joins the two; see frame.cell.
	sometimes bool
	// surely: where it was stored, it is what refs names; of a value that is stored sometimes, and open for that.
	surely bool
	// many: it may refer to more than is told apart; refs holds what matters of it.
	many bool
	// swayed: somebody who is not trusted decides which of several values it is; see eval.sways.
	swayed bool
	// says: what holds where it is one of several constants.
	says []saying
	// later: checks that count where somebody waits for it.
	later []lateGuard
	// text: what is known of the text that it is, or of the path that it names; parts that are not known are a hole in it.
	text string
	// deps: inputs that a truth value depends on.
	deps deps
}

// RefKind is the kind of a Ref.
type RefKind uint8

const (
	refConst   RefKind = iota
	refExt             // a library function, class or module, by qualified name
	refExtInst         // an instance of a library class
	refMod
	refFunc
	refClass
	refInst
	refPartial
	refSuper // super() inside a method of class
)

// A Ref is one thing a value may refer to.
type Ref struct {
	kind RefKind
	name string // refConst: text; refExt, refExtInst: qualified name; refInst: of the member of an enumeration
	lit  ir.ConstKind
	mod  *program.Module
	fn   *program.Fn
	cls  *program.Class // refConst: the enumeration of which it is a member
	self *Value         // refFunc, refExt: the bound receiver; refPartial: the function
	args []arg          // refPartial: bound arguments
	env  []*Value       // refFunc: values of the function's free variables when it was made
	// handed is where a dangerous function was handed out as a value; nil for all others.
	handed *handed
}

// key identifies a Ref in contexts and joins. Receivers and environments do not take part.
func (r *Ref) key() string {
	switch r.kind {
	case refConst:
		if r.cls != nil {
			return "c" + string('0'+rune(r.lit)) + r.name + "\x00" + r.cls.Mod.Path + ":" + itoa(r.cls.Index)
		}
		return "c" + string('0'+rune(r.lit)) + r.name
	case refExt:
		return "e" + r.name
	case refExtInst:
		return "i" + r.name
	case refMod:
		return "m" + r.mod.Path
	case refFunc:
		return "f" + r.fn.Mod.Path + ":" + r.fn.Qual + itoa(r.fn.Index)
	case refClass:
		return "k" + r.cls.Mod.Path + ":" + itoa(r.cls.Index)
	case refInst:
		if r.name != "" {
			return "o" + r.cls.Mod.Path + ":" + itoa(r.cls.Index) + "." + r.name
		}
		return "o" + r.cls.Mod.Path + ":" + itoa(r.cls.Index)
	case refSuper:
		return "s" + r.cls.Mod.Path + ":" + itoa(r.cls.Index)
	default:
		var b strings.Builder
		b.WriteString("p(")
		if r.self != nil {
			for i := range r.self.refs {
				b.WriteString(r.self.refs[i].key())
			}
		}
		for _, a := range r.args {
			b.WriteString(",")
			b.WriteString(a.name)
			if a.val != nil {
				for i := range a.val.refs {
					b.WriteString(a.val.refs[i].key())
				}
			}
		}
		return b.String() + ")"
	}
}

// maxRefs bounds what a value may refer to; above it the value is unknown. maxFacts bounds the facts of one value, those of
// sources and those of inputs: the worst are kept.
const (
	maxRefs  = 6
	maxFacts = 16
)

// Feature marks what makes a flow less certain.
type Feature uint16

const (
	ViaUnknown  Feature = 1 << iota // through a library call without a model
	ClassField                      // through an attribute of an object built elsewhere
	CondUnknown                     // a condition of the sink was undecided
	NameMatch                       // a call resolved by method name alone
	WeakGuard                       // checked by an assert or a broken digest
	Broad                           // through an access path cut short
	Gated                           // only when a parameter that is off by default is set
	ViaGlobal                       // through a module-level variable set by a function
	PathPart                        // names a part of a path, behind a beginning of the program's own
	Part                            // stands behind the beginning of a text, which may become a path: see asPart
	Opened                          // an input that was taken for the path of a file
	ViaStore                        // through a table or collection, from which it was read back
)

// A Fact says that a value carries data of an origin.
type Fact struct {
	org *Origin
	// content: not the value itself but the file it names carries the data.
	content bool
	feats   Feature
	weak    uint8 // why a check of the data does not count in full, see reason
	prov    *Prov
	// trust: the data was checked against these inputs; the fact is void where they carry no foreign data.
	trust []*Origin
}

// OriginKind is the kind of an Origin.
type OriginKind uint8

const (
	originInput  OriginKind = iota // input and access path of the function being interpreted
	originSource                   // a source of the rule pack
)

// An Origin is where data comes from. Origins are interned: compare pointers.
type Origin struct {
	kind  OriginKind
	input int
	// path: of an input, the access path below it, at most maxPath segments; of a source with options, the one that is meant.
	path string
	src  *rule.Source
	what *rule.Kind
	name string // what the user is told: "requests.get"
	fn   *program.Fn
	span text.Span
	// serial: origins are numbered as they are found.
	serial int
}

// isClean says whether an attribute or method of the source's value carries no payload.
func (o *Origin) isClean(name string) bool { return o.src != nil && o.src.IsClean(name) }

// maxPath is the longest access path kept (segments).
const maxPath = 4

// A Prov is one step of how a fact came to be, linked backwards. Chains are shared and immutable.
type Prov struct {
	prev  *Prov
	inner *Prov // steps inside a callee, from its input on
	kind  provKind
	fn    *program.Fn // function the step is in
	span  text.Span
	note  string
	n     int32 // steps in all, inner ones included
}

type provKind uint8

const (
	provSource provKind = iota
	provParam           // the input as parameter of fn
	provAssign
	provPass // through a library call
	provCall // into a callee: inner follows
	provReturn
	provStore
	provLoad
	provSink
)

func step(prev *Prov, kind provKind, fn *program.Fn, span text.Span, note string) *Prov {
	n := int32(1)
	if prev != nil {
		n += prev.n
	}
	return &Prov{prev: prev, kind: kind, fn: fn, span: span, note: note, n: n}
}

// ---- making values ------------------------------------------------------------------------------------------------

func refValue(r Ref) *Value { return &Value{refs: []Ref{r}} }

// literal marks a value as one of the program's own.
func (v *Value) literal() *Value {
	v.clean = true
	return v
}

// same says whether two references are to one thing. Receivers and environments do not take part.
func (r *Ref) same(o Ref) bool {
	if r.kind != o.kind {
		return false
	}
	switch r.kind {
	case refConst:
		return r.lit == o.lit && r.name == o.name && r.cls == o.cls
	case refExt, refExtInst:
		return r.name == o.name
	case refMod:
		return r.mod == o.mod
	case refFunc:
		return r.fn == o.fn
	case refClass, refInst, refSuper:
		return r.cls == o.cls && r.name == o.name
	}
	return r.key() == o.key()
}

// addFacts gives the union of facts; of two with the same origin and content the first stays, unless the second is a better
// account. It gives a itself if b has nothing beyond it.
func addFacts(a, b []*Fact) []*Fact {
	if len(a) == 0 {
		return b
	}
	out, copied := a, false
next:
	for _, f := range b {
		for i, g := range out {
			if g.org != f.org || g.content != f.content {
				continue
			}
			if better(f, g) {
				if !copied {
					out, copied = slices.Clone(out), true
				}
				out[i] = f
			}
			continue next
		}
		if len(out) >= maxFacts {
			if out, copied = worstFacts(out, f, copied); copied && out[len(out)-1] == f {
				continue
			}
			if full(out, f) {
				continue
			}
		}
		if !copied {
			out, copied = slices.Clone(out), true
		}
		out = append(out, f)
	}
	return out
}

// full says whether there are as many facts of the kind of origin that f has as a value can have.
func full(fs []*Fact, f *Fact) bool {
	n := 0
	for _, g := range fs {
		if g.org.kind == f.org.kind {
			n++
		}
	}
	return n >= maxFacts
}

// worstFacts puts f in the place of the fact that matters least, if there are too many of its kind and f matters more.
func worstFacts(fs []*Fact, f *Fact, copied bool) ([]*Fact, bool) {
	if !full(fs, f) {
		return fs, copied
	}
	least := -1
	for i, g := range fs {
		if g.org.kind == f.org.kind && (least < 0 || matters(fs[least], g)) {
			least = i
		}
	}
	if !matters(f, fs[least]) {
		return fs, copied
	}
	return append(slices.Delete(slices.Clone(fs), least, least+1), f), true
}

// matters says whether f matters more than g, of which one has to go: data of a worse kind does, and else what was found
// first.
func matters(f, g *Fact) bool {
	if f.org.what != nil && g.org.what != nil && f.org.what.Rank != g.org.what.Rank {
		return f.org.what.Rank < g.org.what.Rank
	}
	return f.org.serial < g.org.serial
}

// better says whether f is a better account of the same fact than g: what is not checked by anything before what is, then
// what has fewer doubts, then the shorter way.
func better(f, g *Fact) bool {
	if f == g {
		return false
	}
	if a, b := len(f.trust) > 0, len(g.trust) > 0; a != b {
		return b
	}
	if a, b := popcount(f.feats&^Opened), popcount(g.feats&^Opened); a != b {
		return a < b
	}
	return provLen(f.prov) < provLen(g.prov)
}

func popcount(f Feature) int {
	n := 0
	for ; f != 0; f &= f - 1 {
		n++
	}
	return n
}

func provLen(p *Prov) int32 {
	if p == nil {
		return 0
	}
	return p.n
}

// withFacts gives v with other facts.
func (v *Value) withFacts(fs []*Fact) *Value {
	w := Value{open: true}
	if v != nil {
		w = *v
	}
	w.facts = fs
	if len(fs) > 0 {
		w.clean = false
	}
	return &w
}

func (v *Value) getFacts() []*Fact {
	if v == nil {
		return nil
	}
	return v.facts
}

func (v *Value) symbol() sym {
	if v == nil {
		return noSym
	}
	return v.sym
}

func (v *Value) isClean() bool { return v != nil && v.clean && len(v.facts) == 0 }

// konst gives the literal a value certainly is. A default that callers may override counts.
func (v *Value) konst() (*Ref, bool) {
	if v == nil || len(v.refs) != 1 || v.refs[0].kind != refConst || (v.open && v.assumed == "") {
		return nil, false
	}
	return &v.refs[0], true
}

// strKonst gives the string a value certainly is.
func (v *Value) strKonst() (string, bool) {
	c, ok := v.konst()
	if !ok || (c.lit != ir.Str && c.lit != ir.Bytes && c.lit != ir.Int) {
		return "", false
	}
	return c.name, true
}

// hole stands between the known beginning and the known end of a string: f"./models/{name}.pt".
const hole = "\x00"

// partly gives what is known of a string that begins and ends so; nil if that is nothing.
func (ev *eval) partly(begin, end string) []Ref {
	if begin == "" && end == "" {
		return nil
	}
	if half := limits[limitText].max / 2; !ev.within(limitText, len(begin)) || !ev.within(limitText, len(end)) {
		begin, end = begin[:min(half, len(begin))], end[max(0, len(end)-half):]
	}
	return []Ref{{kind: refConst, lit: ir.Str, name: begin + hole + end}}
}

// ends gives the known beginning and end of a string, all of it twice if it is known.
func (v *Value) ends() (begin, end string) {
	if s, ok := v.strKonst(); ok {
		return s, s
	}
	if v == nil || len(v.refs) != 1 || v.refs[0].kind != refConst || v.refs[0].lit != ir.Str || v.assumed != "" {
		return "", ""
	}
	begin, end, _ = strings.Cut(v.refs[0].name, hole)
	return begin, end
}

// truth decides the truth value: 1 true, 0 false, -1 unknown. assumed names the parameter whose default decided.
func (v *Value) truth() (t int, assumed string) {
	if v == nil || len(v.refs) == 0 || (v.open && v.assumed == "") {
		return -1, ""
	}
	t = v.refs[0].truth()
	for i := range v.refs[1:] {
		if v.refs[i+1].truth() != t {
			return -1, ""
		}
	}
	if t < 0 {
		return -1, ""
	}
	return t, v.assumed
}

// truth is that of a literal: 1 true, 0 false, -1 unknown.
func (r *Ref) truth() int {
	if r.kind != refConst {
		return -1
	}
	switch r.lit {
	case ir.None, ir.False:
		return 0
	case ir.True:
		return 1
	case ir.Str, ir.Bytes:
		return b2i(r.name != "")
	case ir.Int:
		return b2i(r.name != "0")
	}
	return -1
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

func itoa(n int) string {
	if n < 10 && n >= 0 {
		return string(rune('0' + n))
	}
	if n < 0 {
		return "-" + itoa(-n)
	}
	return itoa(n/10) + itoa(n%10)
}

// isNone says whether a value certainly is None.
func isNone(v *Value) bool {
	c, ok := v.konst()
	return ok && c.lit == ir.None && !v.isOuter()
}

// outerMark begins the name of a switch that is no parameter of the function.
const outerMark = "$"

// isOuter says whether a value is the default of a switch that is set elsewhere.
func (v *Value) isOuter() bool { return strings.HasPrefix(v.assumed, outerMark) }

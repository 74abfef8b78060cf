package taint

import (
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
)

// A Value is an abstract Python value: what it may be (refs), what data it carries (facts), and its identity (sym).
// Values are immutable; attributes and elements of objects live in the state's heap under the object's sym.
// A nil *Value is an unknown value that carries nothing.
type Value struct {
	sym sym
	// open: it may also be something that refs does not name.
	open bool
	// clean: it is known not to come from anybody else: a literal, the program's own file.
	clean bool
	// shape: a container built here; keys that were not stored are absent.
	shape bool
	// sometimes: what a cell of the heap holds was stored on some of the ways here; on the others the cell holds what its
	// object gives. Reading the cell joins the two; see frame.cell.
	sometimes bool
	// surely: where it was stored, it is what refs names; of a value that is stored sometimes, and open for that.
	surely bool
	// many: it may refer to more than is told apart; refs holds what matters of it.
	many bool
	// swayed: somebody who is not trusted decides which of several values it is; see eval.sways.
	swayed bool
	refs   []Ref
	facts  []*Fact
	cond   *Cond
	hash   *digest
	// assumed: refs is a default value that a caller may override.
	assumed string // name of the parameter; of a field that is a switch, with a dot before it; see outerMark
	// text: what is known of the text that it is, or of the path that it names; parts that are not known are a hole in it.
	text string
	// deps: inputs that a truth value depends on.
	deps deps
	told *told // what few values have
}

// told is what few values say of others than themselves.
type told struct {
	// says: what holds where the value is one of several constants.
	says []saying
	// later: checks that count where somebody waits for the value.
	later []lateGuard
}

// says gives what holds where the value is one of several constants.
func (v *Value) says() []saying {
	if v.told == nil {
		return nil
	}
	return v.told.says
}

// later gives the checks that count where somebody waits for the value.
func (v *Value) later() []lateGuard {
	if v == nil || v.told == nil {
		return nil
	}
	return v.told.later
}

// tell sets what a value says of others.
func (v *Value) tell(says []saying, later []lateGuard) {
	if v.told = nil; len(says)+len(later) > 0 {
		v.told = &told{says, later}
	}
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
	lit  ir.ConstKind
	name string // refConst: text; refExt, refExtInst: qualified name; refInst: of the member of an enumeration
	mod  *program.Module
	fn   *program.Fn
	cls  *program.Class // refConst: the enumeration of which it is a member
	self *Value         // refFunc, refExt: the bound receiver; refPartial: the function
	with *bound         // nil for most
}

// bound is what else comes with a reference.
type bound struct {
	args []arg    // refPartial: bound arguments
	env  []*Value // refFunc: values of the function's free variables when it was made
	// handed is where a dangerous function was handed out as a value.
	handed *handed
}

// bound gives what comes with the reference.
func (r *Ref) bound() bound {
	if r.with == nil {
		return bound{}
	}
	return *r.with
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
		for _, a := range r.bound().args {
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

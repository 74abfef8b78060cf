package taint

import (
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
)

// seeds is what a context knows of the inputs: what they refer to, and what their known attributes and elements
// refer to. Facts are left out on purpose.
type seeds struct {
	key    string
	matter deps
	input  []*seed
	said   uint64 // inputs of which the key speaks
}

// known says whether the context says anything of the input; what it does not speak of is as in the top context.
func (s *seeds) known(i int) bool {
	self, items := s.matter.has(i)
	return self || items
}

type seed struct {
	refs    []Ref
	open    bool
	shape   bool
	assumed string
	text    string
	swayed  bool
	items   []seedItem
}

type seedItem struct {
	seg     string
	refs    []Ref
	open    bool
	assumed string
	shape   bool
	swayed  bool
	below   []seedItem // elements that may be called: self.callbacks[*]
}

// maxSeedItems bounds the attributes and elements of one input that take part in a context.
const maxSeedItems = 12

// seeds gives what a call passes for inputs that matter. A default of None is what the top context is about, unless it
// decides whether data is checked.
func (f *frame) seeds(top *summary, matter deps, actuals []*Value, st *state) *seeds {
	fn, s := top.fn, &seeds{matter: matter}
	var b strings.Builder
	for i, v := range actuals {
		self, items := matter.has(i)
		if !self && !items {
			s.input = append(s.input, nil)
			continue
		}
		sd := f.seedOf(v, items || i >= len(fn.Params) || fn.Params[i].Kind == ir.VarKw, st)
		if flag, below := top.flags.has(i); flag || below {
			sd = f.withSwitches(f.withSway(sd, v, below, st), v, st)
		}
		s.input = append(s.input, sd)
		if skip, _ := top.skips.has(i); sd == nil || !skip && f.isDefault(fn, i, sd) {
			continue
		}
		if i < 64 {
			s.said |= 1 << i
		}
		sd.write(&b, i)
	}
	s.key = b.String()
	return s
}

func writeBelow(b *strings.Builder, items []seedItem) {
	for _, e := range items {
		b.WriteString(e.seg)
		writeRefs(b, e.refs, e.open)
		writeBelow(b, e.below)
	}
}

// write adds to the key of a context what it says of input i.
func (sd *seed) write(b *strings.Builder, i int) {
	b.WriteString(itoa(i))
	b.WriteByte('=')
	writeRefs(b, sd.refs, sd.open)
	for _, it := range sd.items {
		b.WriteString(it.seg)
		writeRefs(b, it.refs, it.open)
		if it.swayed {
			b.WriteByte('~')
		}
		writeBelow(b, it.below)
	}
	if sd.swayed {
		b.WriteByte('~')
	}
	b.WriteString(sd.text)
	if sd.shape {
		b.WriteByte('!')
	}
	b.WriteByte(';')
}

// isDefault says whether the seed says no more than the top context does: the parameter's own default.
func (f *frame) isDefault(fn *program.Fn, i int, sd *seed) bool {
	if i >= len(fn.Params) || fn.Params[i].Default == nil || sd.open || sd.swayed || len(sd.refs) != 1 || len(sd.items) > 0 {
		return false
	}
	d := f.constant(fn.Params[i].Default)
	return d.refs[0].key() == sd.refs[0].key() && sd.assumed == "" && d.refs[0].lit == ir.None
}

func writeRefs(b *strings.Builder, refs []Ref, open bool) {
	for i := range refs {
		b.WriteString(refs[i].key())
		b.WriteByte(',')
	}
	if open {
		b.WriteByte('?')
	}
}

func (f *frame) seedOf(v *Value, items bool, st *state) *seed {
	if v == nil {
		return nil
	}
	sd := &seed{refs: usefulRefs(v.refs), open: v.open, shape: v.shape, assumed: v.assumed}
	if len(v.text) <= maxUsefulText {
		sd.text = v.text
	}
	if items && v.sym != noSym && f.ev.syms.info[v.sym].op != symConst {
		for _, obj := range f.parts(v.sym) {
			for _, k := range f.keys(st, obj) {
				x, _ := f.lookup(st, k.obj, k.seg)
				if x == nil || k.seg[0] == '%' || k.seg[0] == '#' || len(sd.items) >= maxSeedItems {
					continue
				}
				it := seedItem{seg: k.seg, refs: usefulRefs(x.refs), open: x.open, assumed: x.assumed, below: f.callables(x, st, 2)}
				it.shape = x.shape && len(it.below) > 0
				if len(it.refs) > 0 || v.shape || len(it.below) > 0 {
					sd.items = append(sd.items, it)
				}
			}
		}
	}
	if len(sd.refs) == 0 && len(sd.items) == 0 && !sd.shape && sd.text == "" {
		return nil
	}
	return sd
}

// callables gives the elements of a container that are functions, classes or objects of the tree, or containers of such.
func (f *frame) callables(v *Value, st *state, depth int) []seedItem {
	if v.sym == noSym || len(v.refs) > 0 && !isObject(v) || depth == 0 {
		return nil
	}
	var out []seedItem
	for _, k := range f.elementKeys(v, st) {
		x, _ := f.lookup(st, k.obj, k.seg)
		if x == nil || len(out) >= maxSeedItems {
			continue
		}
		switch below := f.callables(x, st, depth-1); {
		case slices.ContainsFunc(x.refs, func(r Ref) bool { return r.kind >= refFunc }):
			out = append(out, seedItem{seg: k.seg, refs: x.refs, open: x.open})
		case len(below) > 0:
			out = append(out, seedItem{seg: k.seg, open: x.open, shape: x.shape, below: below})
		}
	}
	return out
}

// maxUsefulText is the longest text that takes part in a context.
const maxUsefulText = 120

// usefulRefs leaves out what no branch, call or rule could depend on: long strings, floats.
func usefulRefs(refs []Ref) []Ref {
	if !slices.ContainsFunc(refs, func(r Ref) bool { return !usefulRef(&r) }) {
		return refs
	}
	return nil
}

func usefulRef(r *Ref) bool {
	return r.kind != refConst || (r.lit != ir.Float && len(r.name) <= maxUsefulText)
}

// bindInputs gives every input its value at entry: a fact that says "this is input i", and what seed knows.
func (f *frame) bindInputs(st *state, sd *seeds) {
	n := len(f.fn.Params) + len(f.frees)
	f.inputs = make([]*Value, n)
	for i := range n {
		v := &Value{sym: f.ev.syms.input(i), open: true}
		v.facts = []*Fact{{org: f.ev.inputOrigin(i, "", f.fn), prov: f.paramProv(i)}}
		switch {
		case sd != nil && i < len(sd.input) && sd.input[i] != nil:
			f.seedInput(st, v, sd.input[i])
		case (sd == nil || i >= len(sd.input) || !sd.known(i)) && i < len(f.fn.Params):
			f.topInput(v, i)
		}
		f.inputs[i] = v
		if i < len(f.fn.Params) {
			if isNumber(f.fn.Params[i].Annotation) {
				v.facts = nil
			}
			st.locals.set(i, v)
		}
	}
	if sd == nil {
		f.ev.entries.apply(f, st)
		f.ev.entries.beforehand(f, st)
	}
	for n, g := range f.ev.entryGuards(f.fn) {
		st.setGuard(n, g)
	}
}

func (f *frame) paramProv(i int) *Prov {
	if i >= len(f.fn.Params) {
		return nil
	}
	p := &f.fn.Params[i]
	return noteStep(nil, provParam, f.fn, p.Span, note{verbParam, &p.Name})
}

func (f *frame) seedInput(st *state, v *Value, sd *seed) {
	v.refs, v.open, v.shape, v.assumed, v.swayed, v.text = sd.refs, sd.open, sd.shape, sd.assumed, sd.swayed, sd.text
	for _, it := range sd.items {
		x := &Value{refs: it.refs, open: it.open, shape: it.shape, assumed: it.assumed, swayed: it.swayed, sym: f.ev.syms.of(symAttr, v.sym, 0, it.seg)}
		x.facts = f.ev.extend(v.facts, it.seg)
		st.set(heapKey{v.sym, it.seg}, x)
		f.seedBelow(st, x, it.below)
	}
}

// seedBelow gives a container the elements that its seed knows of.
func (f *frame) seedBelow(st *state, v *Value, items []seedItem) {
	for _, e := range items {
		x := &Value{refs: e.refs, open: e.open, shape: e.shape, facts: f.ev.extend(v.facts, e.seg)}
		if len(e.below) > 0 {
			x.sym = f.ev.syms.of(symAttr, v.sym, 0, e.seg)
			f.seedBelow(st, x, e.below)
		}
		st.set(heapKey{v.sym, e.seg}, x)
	}
}

// topInput gives an input what the function's own text says of it: its default, its class, its annotation.
func (f *frame) topInput(v *Value, i int) {
	p := &f.fn.Params[i]
	if i == 0 && isMethod(f.fn) {
		kind := refInst
		if hasDecorator(f.fn, "classmethod") || isImplicitClassMethod(f.fn) {
			kind = refClass
		}
		v.refs = []Ref{{kind: kind, cls: f.fn.Owner}}
		return
	}
	switch p.Kind {
	case ir.VarPos, ir.VarKw:
		return
	}
	if p.Default != nil && p.Default.Kind != ir.Ellipsis {
		v.refs = f.constant(p.Default).refs
		v.assumed = p.Name
		if p.Default.Kind == ir.None {
			v.refs, v.assumed = nil, ""
			v.refs = f.annotated(p.Annotation)
			v.assumed = ""
			if len(v.refs) == 0 {
				v.refs, v.assumed = f.constant(p.Default).refs, p.Name
			}
		}
		return
	}
	v.refs = f.annotated(p.Annotation)
	if p.HasDefault && p.Default == nil && (len(v.refs) == 0 || f.ev.ofEnum(v.refs)) {
		if d := f.ev.defaultOf(f.fn, i); len(d.refs) > 0 && !d.open {
			v.refs, v.assumed = d.refs, p.Name
		}
	}
}

// annotated gives the class an annotation names.
func (f *frame) annotated(e *ir.Expr) []Ref { return f.ev.annotated(f.fn, e) }

// annotated gives the class that an annotation in a function, or of it, names.
func (ev *eval) annotated(fn *program.Fn, e *ir.Expr) []Ref {
	if e == nil {
		return nil
	}
	if e.Path == "" {
		return nil
	}
	t := fn.Mod.LookupIn(fn.Index, e.Path)
	form, special := typingForm(e.Path, t.Ext)
	switch form {
	case "Optional", "|", "Union", "Annotated", "Type", "type", "ClassVar", "Final", "Required", "NotRequired", "ReadOnly":
		var out []Ref
		for i := range e.Args {
			rs := ev.annotated(fn, &e.Args[i])
			if form == "Type" || form == "type" {
				for j := range rs {
					rs[j].kind = map[RefKind]RefKind{refInst: refClass, refExtInst: refExt}[rs[j].kind]
				}
			}
			out = append(out, rs...)
			if form == "Annotated" {
				break
			}
		}
		if len(out) > maxRefs {
			return nil
		}
		return out
	}
	if special {
		return nil // Any, Callable, TypeVar: no class that has methods of its own
	}
	switch {
	case t.Class != nil && isProtocol(t.Class):
		return nil // any class that has such methods
	case t.Class != nil:
		return []Ref{{kind: refInst, cls: t.Class}}
	case t.Ext != "":
		return []Ref{{kind: refExtInst, name: ev.pack.Canonical(t.Ext)}}
	case plainTypes[e.Path]:
		return nil
	case t.Value != nil && t.Rest == "" && t.Value.Mentions("Annotated"):
		return instancesOf(ev.computedName(t.Value, t.Name))
	}
	return nil
}

// typingForm gives a name out of a module of types without the module, as Optional, and whether it is one.
func typingForm(path, ext string) (form string, special bool) {
	for _, name := range []string{ext, path} {
		for _, module := range []string{"typing.", "typing_extensions.", "collections.abc."} {
			if form, ok := strings.CutPrefix(name, module); ok {
				return form, true
			}
		}
	}
	return path, false
}

// instancesOf gives objects of the classes that a value, a name for a type, may be.
func instancesOf(v *Value) []Ref {
	var out []Ref
	for i := range orUnknown(v).refs {
		if r := &v.refs[i]; r.kind == refClass {
			out = append(out, Ref{kind: refInst, cls: r.cls})
		}
	}
	return out
}

var plainTypes = setOf("str int bytes float bool dict list tuple set object None Any")

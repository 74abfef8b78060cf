package taint

import (
	"maps"
	"slices"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
	"github.com/pickletrace/pickletrace/pkg/rule"
)

// Fields that only constructors set hold the same in every method:
//
//	def __init__(self):       self.weights_only = True
//	def load(self, path):     torch.load(path, weights_only=self.weights_only)
//
// What a constructor takes over from a parameter is the parameter's default, or what the calls in the tree pass for it.

// constructors are methods that run before any other of the object.
var constructors = setOf("__init__ __new__ __post_init__ __attrs_post_init__")

// maxStoring is in how many files stores to an attribute are looked at.
const maxStoring = 24

// onlyConstructed reports whether nothing but constructors stores the attribute in objects of a class, or changes the
// container it holds.
func (ev *eval) onlyConstructed(c *program.Class, name string) bool {
	files := ev.prog.StoringModules(name)
	if len(files) == 0 || len(files) > maxStoring {
		return false
	}
	for _, m := range files {
		if m != c.Mod && !m.Mentions(c.Name) {
			continue // about other objects, as far as the text says
		}
		for _, fn := range m.Users(name) {
			if ev.storesIn(fn, c, name) {
				return false
			}
		}
	}
	for _, fn := range c.Mod.Users(name) {
		if ev.changesElements(fn, c, name) {
			return false
		}
	}
	return true
}

// storesIn reports whether a function that constructs no object of the class may store the attribute in one.
func (ev *eval) storesIn(fn *program.Fn, c *program.Class, name string) bool {
	self := map[ir.Reg]bool{}
	for in := range fn.Body().Instrs() {
		switch in.Op {
		case ir.Local:
			self[in.Dst] = in.A == 0 && isMethod(fn)
		case ir.StoreAttr:
			switch {
			case fn.Mod.IR.Strings[in.B] != name:
			case !self[in.A]:
				return true
			case related(fn.Owner, c) && !constructors[fn.Name]:
				return true
			}
		}
	}
	return false
}

// changesElements reports whether a function changes the container that an attribute of that name holds, in objects that may
// be of the class.
func (g *given) changesElements(fn *program.Fn, c *program.Class, name string) bool {
	holds, other := map[ir.Reg]bool{}, map[ir.Reg]bool{}
	for in := range fn.Body().Instrs() {
		switch in.Op {
		case ir.Local:
			other[in.Dst] = in.A == 0 && isMethod(fn) && !related(fn.Owner, c)
		case ir.Attr:
			switch attr := fn.Mod.IR.Strings[in.B]; {
			case attr == name:
				holds[in.Dst] = !other[in.A]
			case holds[in.A] && g.pack.IsWord(rule.WordChanging|rule.WordEmptying, attr):
				return true
			}
		case ir.StoreIndex, ir.DelIndex:
			if holds[in.A] {
				return true
			}
		}
	}
	return false
}

// constructed gives what a method with summary s has stored in a field, w, as every other method sees it.
func (ev *eval) constructed(c *program.Class, name string, s *summary, w *Value) *Value {
	table := w.shape && ev.constants(s, w)
	if t := ev.filledIn(c, s, w); !table && t != nil {
		s, table = t, true
	}
	if w.sometimes || w.open && !table || !ev.onlyConstructed(c, name) {
		return ev.detach(w).maybe()
	}
	if table {
		return ev.publishable(s, w, cellKey{ev.classSym(c), "." + name}, 0)
	}
	return ev.detach(w)
}

// constants reports whether a container built in a function holds constants and names of libraries, and nothing else.
func (ev *eval) constants(s *summary, v *Value) bool {
	segs := s.heap[v.sym]
	for _, x := range segs {
		if x == nil || x.open || len(x.refs) == 0 || slices.ContainsFunc(x.refs, func(r Ref) bool { return r.kind != refConst && r.kind != refExt }) {
			return false
		}
	}
	return len(segs) > 0
}

// passedFor adds to a field that holds the default of a constructor's parameter the constants that calls pass for it.
func (ev *eval) passedFor(c *program.Class, name string, v *Value) *Value {
	if v == nil || v.assumed == "" || v.isOuter() || len(v.refs) == 0 {
		return v
	}
	init := c.Method("__init__")
	if init == nil {
		return v
	}
	p := takenOver(init, name)
	if p <= 0 {
		return v
	}
	consts, omitted, sure := ev.passedConstants(c, init, p)
	if !sure || len(consts) == 0 {
		return v
	}
	w := *v
	if w.refs = consts; omitted {
		w.refs, _ = unionRefs(v.refs, consts)
	}
	w.assumed, w.open = "", false
	return &w
}

// passedConstants gives the constants that calls in the tree pass for parameter p of the constructor of a class, and whether
// some leave it out; sure is false where one passes something else.
func (ev *eval) passedConstants(c *program.Class, init *program.Fn, p int) (consts []Ref, omitted, sure bool) {
	for _, call := range ev.makingCalls(c) {
		switch r, sure := argument(call.fn, call.in, init, p); {
		case !sure:
			return nil, false, false
		case r < 0:
			omitted = true
		default:
			k := constantOf(call.fn, ev.mentions(call.fn), r)
			if k == nil {
				return nil, false, false
			}
			consts, _ = unionRefs(consts, []Ref{*k})
		}
	}
	return consts, omitted, true
}

// takenInput gives the parameter that a constructor has stored in a field, as it was given; 0 for none.
func takenInput(ev *eval, fn *program.Fn, w *Value) int {
	if fn.Name != "__init__" || w.symbol() == noSym {
		return 0
	}
	if in := ev.syms.info[w.sym]; in.op == symInput && int(in.a) < len(fn.Params) && fn.Params[in.a].Kind != ir.VarKw && fn.Params[in.a].Kind != ir.VarPos {
		return int(in.a)
	}
	return 0
}

// givenFor gives a field that holds a parameter of the constructor, one without a default, the switches that all calls in
// the tree pass for it.
func (ev *eval) givenFor(c *program.Class, name string, v *Value, p int) *Value {
	if p == 0 || len(v.refs) > 0 || !ev.onlyConstructed(c, name) {
		return v
	}
	consts := ev.switchesPassed(c, p)
	if len(consts) == 0 {
		return v
	}
	w := *v
	w.refs, w.open, w.assumed, w.sometimes = consts, false, "", false
	return &w
}

// switchesPassed gives the switches that all calls in the tree pass for a parameter of a constructor, one without a default.
// Where a class is made by its own methods or by those below it, they do not say all.
func (ev *eval) switchesPassed(c *program.Class, p int) []Ref {
	init := c.Method("__init__")
	if init == nil || init.Owner != c || p >= len(init.Params) || init.Params[p].HasDefault {
		return nil
	}
	for _, m := range c.Methods {
		if hasDecorator(c.Mod.Fns[m], "classmethod") {
			return nil
		}
	}
	if len(ev.prog.Heirs(c, maxOverrides, ev.rel.file)) > 0 {
		return nil
	}
	consts, omitted, sure := ev.passedConstants(c, init, p)
	if !sure || omitted || slices.ContainsFunc(consts, func(r Ref) bool { return !isSwitch(r.lit) || r.lit == ir.Str }) {
		return nil
	}
	return consts
}

// filledIn gives what a constructor leaves behind with the switches that calls pass in the table it made, where it holds
// nothing but constants and such: {"map_location": "cpu", "weights_only": strict}; nil if it holds something else.
func (ev *eval) filledIn(c *program.Class, s *summary, w *Value) *summary {
	if !w.shape || w.sometimes || w.symbol() == noSym || s.fn.Owner != c {
		return nil
	}
	filled := segments{}
	for seg, x := range s.heap[w.sym] {
		if x != nil && !x.open && len(x.refs) > 0 && !slices.ContainsFunc(x.refs, func(r Ref) bool { return r.kind != refConst && r.kind != refExt }) {
			filled[seg] = x
			continue
		}
		p := takenInput(ev, s.fn, x)
		if p == 0 {
			return nil
		}
		consts := ev.switchesPassed(c, p)
		if len(consts) == 0 {
			return nil
		}
		filled[seg] = &Value{refs: consts, clean: true}
	}
	heap := maps.Clone(s.heap)
	heap[w.sym] = filled
	return &summary{fn: s.fn, heap: heap}
}

// constantOf gives the literal that a register of a function holds, nil if that is not written there.
func constantOf(fn *program.Fn, m *mention, r ir.Reg) *Ref {
	for range 3 { // variables in between
		def := m.definition(fn, r)
		switch {
		case def == nil:
			return nil
		case def.Op == ir.ConstOp:
			return constRef(&fn.Mod.IR.Consts[def.A])
		case def.Op != ir.Local || m.single[def.A] < 0:
			return nil
		}
		r = m.single[def.A]
	}
	return nil
}

// choosesField notes that what decides the branches of a constructor chooses which function or class a field holds:
//
//	def __init__(self, strict): self.loader = SafeLoader if strict else FullLoader
func (f *frame) choosesField() {
	if f.sum.asked == 0 || !constructors[f.fn.Name] {
		return
	}
	for _, v := range f.sum.heap[f.ev.syms.input(0)] {
		if len(v.refs) > 1 && slices.ContainsFunc(v.refs, func(r Ref) bool { return r.kind == refExt || r.kind == refFunc || r.kind == refClass }) {
			f.sum.calls |= f.sum.asked
			return
		}
	}
}

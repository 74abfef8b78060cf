package taint

import (
	"slices"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
)

// What objects are made with, from the text of the calls that make them:
//
//	class Service:
//	    def __init__(self, store): self.store = store
//	    def get(self, key):        return self.store.load(key)     which load?
//
//	service = Service(FileStore(FOLDER))                           that of FileStore
//
// The method is interpreted without the call in view, so the class of the attribute has to be known beforehand. Only what
// an argument is (a class, an object of one, a function) is taken from there; what data it carries comes with callers.

// maxMakers is in how many files calls of a class are looked for; with more, nothing is said.
const maxMakers = 12

// madeRefs gives what constructor calls in the tree pass for an attribute that the constructor takes over from a parameter.
func (ev *eval) madeRefs(c *program.Class, name string) []Ref {
	ci := ev.classOf(c)
	refs, ok := ci.made[name]
	if !ok {
		ci.made[name] = nil // a constructor that is given an object of its own class
		if init := c.Method("__init__"); init != nil {
			if p := takenOver(init, name); p > 0 {
				refs = ev.argumentRefs(c, init, p)
			}
		}
		ci.made[name] = refs
	}
	return refs
}

// takenOver gives the parameter that a constructor stores, as it is, in the attribute; 0 for none.
func takenOver(init *program.Fn, name string) int {
	local := map[ir.Reg]int32{}
	for _, b := range init.Body().Blocks {
		for i := range b {
			switch in := &b[i]; in.Op {
			case ir.Local:
				local[in.Dst] = in.A
			case ir.StoreAttr:
				obj, isLocal := local[in.A]
				value, given := local[in.C]
				if isLocal && obj == 0 && given && int(value) < len(init.Params) && init.Mod.IR.Strings[in.B] == name {
					return int(value)
				}
			}
		}
	}
	return 0
}

// A makingCall is a call in a function that makes an object.
type makingCall struct {
	fn *program.Fn
	in *ir.Instr
}

// makingCalls gives the calls in the tree that make objects of a class by its name; nil if too many files may hold some.
func (ev *eval) makingCalls(c *program.Class) []makingCall {
	var files []*program.Module
	for _, m := range ev.prog.Mentioning(c.Name) {
		if !m.OnlyInherits(c.Name) {
			files = append(files, m)
		}
	}
	if len(files) > maxMakers {
		return nil
	}
	var out []makingCall
	for _, m := range files {
		for _, fn := range m.Users(c.Name) {
			for _, in := range ev.callsOf(fn, c) {
				out = append(out, makingCall{fn, in})
			}
		}
	}
	return out
}

// argumentRefs gives what calls of the class pass for parameter p of its constructor.
func (ev *eval) argumentRefs(c *program.Class, init *program.Fn, p int) []Ref {
	var out []Ref
	for _, call := range ev.makingCalls(c) {
		r, _ := argument(call.fn, call.in, init, p)
		if r < 0 {
			continue
		}
		refs, ok := unionRefs(out, ev.mentions(call.fn).made(ev, call.fn, r))
		if !ok {
			return nil
		}
		out = refs
	}
	return out
}

// callsOf gives the calls in a function that make objects of a class.
func (ev *eval) callsOf(fn *program.Fn, c *program.Class) []*ir.Instr {
	var out []*ir.Instr
	names := ev.mentions(fn)
	for _, b := range fn.Body().Blocks {
		for i := range b {
			if in := &b[i]; in.Op == ir.Call && names.dotted.of(in.A) != "" && ev.chainTarget(fn, names.dotted.of(in.A)).Class == c {
				out = append(out, in)
			}
		}
	}
	return out
}

// argument gives the register that a call passes for a parameter, -1 if none is written there; sure is false where it may
// be in a splat.
func argument(fn *program.Fn, call *ir.Instr, init *program.Fn, p int) (r ir.Reg, sure bool) {
	return argumentFrom(fn, call, init, p, 1) // after self
}

// made gives what the value of a register is, as far as the text of its function says: a class, a function, or an object
// that a call of a class makes.
func (m *mention) made(ev *eval, fn *program.Fn, r ir.Reg) []Ref {
	for range 3 { // variables in between
		def := m.definition(fn, r)
		switch {
		case def == nil:
			return nil
		case m.dotted.of(r) != "":
			return callableRefs(ev.targetValue(staticOnly(ev.chainTarget(fn, m.dotted.of(r)))))
		case def.Op == ir.Call && m.dotted.of(def.A) != "":
			t := ev.chainTarget(fn, m.dotted.of(def.A))
			if t.Class == nil {
				return nil
			}
			return []Ref{{kind: refInst, cls: t.Class}}
		case def.Op != ir.Local || m.single[def.A] < 0:
			return nil
		}
		r = m.single[def.A]
	}
	return nil
}

// staticOnly leaves out what only interpreting a module body would tell.
func staticOnly(t program.Target) program.Target {
	if t.Value != nil {
		return program.Target{}
	}
	return t
}

func callableRefs(v *Value) []Ref {
	if v == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(v.refs), func(r Ref) bool { return r.kind != refFunc && r.kind != refClass })
}

// definition gives the instruction that makes the value of a register.
func (m *mention) definition(fn *program.Fn, r ir.Reg) *ir.Instr {
	for _, b := range fn.Body().Blocks {
		for i := range b {
			if b[i].Dst == r {
				return &b[i]
			}
		}
	}
	return nil
}

// holders gives the classes whose constructors are given an object of class c, or the class itself, somewhere in the tree.
func (ev *eval) holders(c *program.Class) []*program.Class {
	var out []*program.Class
	files := ev.prog.Mentioning(c.Name)
	if len(files) > maxMakers {
		return nil
	}
	for _, m := range files {
		if m.OnlyInherits(c.Name) {
			continue
		}
		for _, fn := range m.Users(c.Name) {
			for _, h := range ev.mentions(fn).givenTo(ev, fn, c) {
				if h != c && !slices.Contains(out, h) {
					out = append(out, h)
				}
			}
		}
	}
	return out
}

// givenTo gives the classes of which a function makes objects with an object of class c, or with c.
func (m *mention) givenTo(ev *eval, fn *program.Fn, c *program.Class) []*program.Class {
	var out []*program.Class
	for _, b := range fn.Body().Blocks {
		for i := range b {
			in := &b[i]
			if in.Op != ir.Call || m.dotted.of(in.A) == "" {
				continue
			}
			holds := slices.ContainsFunc(fn.Body().Args[in.B:in.B+in.C], func(a ir.Arg) bool {
				return a.Val >= 0 && slices.ContainsFunc(m.made(ev, fn, a.Val), func(r Ref) bool { return r.cls == c })
			})
			if !holds {
				continue
			}
			if t := ev.chainTarget(fn, m.dotted.of(in.A)); t.Class != nil {
				out = append(out, t.Class)
			}
		}
	}
	return out
}

package taint

import (
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
	"github.com/pickletrace/pickletrace/pkg/rule"
)

// Enumerations: what a class body assigns are members, objects of the class that keep what was assigned.
//
//	class Wire(Enum):
//	    PACKED = ("application/x-packed", pickle.loads)     Wire.PACKED.value[1](body)
//	    CODE = member(dill.loads)                           Wire[name].value(body)
//	    def __init__(self, mime, decode): …                 Wire(mime).decode(body)
//
// A member that is a constant stays one, and knows its class for the methods that it has there.

// isEnum reports whether a class is an enumeration.
func (g *given) isEnum(c *program.Class) bool { return g.below(c, rule.IsEnum) }

// below reports whether a class derives from a base outside of the tree that is this to the engine.
func (g *given) below(c *program.Class, is rule.Intrinsic) bool {
	return slices.ContainsFunc(c.External(), func(name string) bool { return g.pack.Intrinsic(name) == is })
}

// members gives the names of the members of an enumeration, in the order of its body.
func members(c *program.Class) []string {
	var out []string
	for _, slot := range c.Mod.Fns[c.Body].Body().Slots {
		if i, method := c.Methods[slot]; method && !hasDecorator(c.Mod.Fns[i], "member") {
			continue
		}
		if !strings.HasPrefix(slot, "_") && !strings.HasPrefix(slot, ".") {
			out = append(out, slot)
		}
	}
	return out
}

// memberSym gives the symbol of a member.
func (d *domain) memberSym(c *program.Class, name string) sym {
	return d.syms.of(symAttr, d.classSym(c), 0, "."+name)
}

// memberOf gives the member of an enumeration that has a name, whose assigned value is v; nil if it is none.
func (ev *eval) memberOf(c *program.Class, name string, v *Value) *Value {
	if v == nil || !ev.isEnum(c) || !slices.Contains(members(c), name) {
		return nil
	}
	w := *v
	if _, constant := v.konst(); constant {
		w.refs = slices.Clone(v.refs)
		w.refs[0].cls = c
		return &w
	}
	return &Value{refs: []Ref{{kind: refInst, cls: c, name: name}}, clean: v.clean, facts: v.facts, sym: ev.memberSym(c, name)}
}

// anyMember gives a member of which is only known by what it was looked up: Wire[name], Wire(value).
func (ev *eval) anyMember(c *program.Class, by *Value) *Value {
	return &Value{refs: []Ref{{kind: refInst, cls: c}}, open: true, clean: true, deps: ev.depsOf(by), swayed: sways(by),
		sym: ev.syms.of(symOpaque, ev.classSym(c), by.symbol(), "member")}
}

// ofEnum reports whether all that something refers to are members of enumerations.
func (g *given) ofEnum(refs []Ref) bool {
	return len(refs) > 0 && !slices.ContainsFunc(refs, func(r Ref) bool { return r.kind != refInst || !g.isEnum(r.cls) })
}

// enumClass gives the enumeration that a value is, nil if it is something else.
func (g *given) enumClass(v *Value) *program.Class {
	if v == nil || len(v.refs) != 1 || v.refs[0].kind != refClass || !g.isEnum(v.refs[0].cls) {
		return nil
	}
	return v.refs[0].cls
}

// lookUpMember is Wire[name] of an enumeration; nil of anything else.
func (f *frame) lookUpMember(v, key *Value) *Value {
	c := f.ev.enumClass(v)
	if c == nil {
		return nil
	}
	if name, ok := key.strKonst(); ok {
		return f.ev.memberOf(c, name, f.ev.classAttr(c, name))
	}
	return f.ev.anyMember(c, key)
}

// memberWith is Wire(value) of an enumeration that has members; nil of any other class.
func (f *frame) memberWith(c *program.Class, args []arg) *Value {
	if len(args) != 1 || !f.ev.isEnum(c) || len(members(c)) == 0 {
		return nil
	}
	if want, ok := args[0].val.konst(); ok {
		for _, name := range members(c) {
			if v := f.ev.classAttr(c, name); v != nil {
				if k, ok := v.konst(); ok && k.lit == want.lit && k.name == want.name {
					return f.ev.memberOf(c, name, v)
				}
			}
		}
	}
	return f.ev.anyMember(c, args[0].val)
}

// memberAttr gives an attribute of a member of an enumeration: what was assigned to it, or what its constructor has stored
// in it. Of a member that may be any, it is that of any.
func (f *frame) memberAttr(r *Ref, name string, self *Value) *Value {
	c := r.cls
	if !f.ev.isEnum(c) || c.Method(name) != nil {
		return nil
	}
	deps := f.ev.depsOf(self) // which member it is decides
	f.sum.matter |= deps
	f.sum.calls |= deps
	value := name == "value" || name == "_value_"
	var out *Value
	for _, m := range members(c) {
		if r.name != "" && r.name != m {
			continue
		}
		of := f.ev.memberSym(c, m)
		v, ok := f.lookup(f.cur, of, "."+name)
		if !ok && value {
			v, ok = f.lookup(f.cur, of, "._value_")
		}
		if !ok && value {
			v = f.ev.assigned(c, m)
		}
		switch {
		case v == nil:
		case out == nil:
			out = v
		default:
			out = f.ev.joinValues(out, v)
		}
	}
	return out
}

// assigned gives what the body of an enumeration assigns to a member.
func (ev *eval) assigned(c *program.Class, name string) *Value {
	if i, method := c.Methods[name]; method {
		return refValue(Ref{kind: refFunc, fn: c.Mod.Fns[i]})
	}
	return ev.classAttr(c, name)
}

// makeMembers calls the constructor of an enumeration for each of its members, at the end of the class body.
func (f *frame) makeMembers(c *program.Class, st *state) {
	init, maker := c.Method("__init__"), c.Method("__new__")
	if !f.ev.isEnum(c) || init == nil && maker == nil || f.curInstr == nil {
		return
	}
	slots := f.fn.Body().Slots
	for _, name := range members(c) {
		v, ok := st.get(heapKey{f.ev.classSym(c), itoa(slices.Index(slots, name))})
		if !ok || v == nil {
			continue
		}
		self := &Value{refs: []Ref{{kind: refInst, cls: c, name: name}}, sym: f.ev.memberSym(c, name)}
		args := []arg{{val: v}}
		if first, ok := st.get(heapKey{v.sym, "[0]"}); ok && v.shape && first != nil {
			args = f.expand([]arg{{val: v, star: 1}}, st)
		}
		if maker != nil {
			cls := &Value{refs: []Ref{{kind: refClass, cls: c}}, sym: f.ev.classSym(c)}
			f.rename(f.callFunc(&Ref{kind: refFunc, fn: maker, self: cls}, args, f.curInstr, st), self.sym, st)
		}
		if init != nil {
			f.callFunc(&Ref{kind: refFunc, fn: init, self: self}, args, f.curInstr, st)
		}
	}
}

// callMember calls what was assigned to members, where the class itself does not say what a call of one does: in a body,
// functions stay functions.
func (f *frame) callMember(r *Ref, callee *Value, args []arg, in *ir.Instr, st *state) (*Value, bool) {
	v := f.memberAttr(r, "value", callee)
	if v == nil || len(v.refs) == 0 || slices.ContainsFunc(v.refs, func(r Ref) bool { return r.kind == refInst || r.kind == refConst }) {
		return nil, false
	}
	return f.callRefs(v, args, in, st), true
}

// enumerated adds the functions that use the members of an enumeration, one of which holds a function with open sinks: by the
// name of the class, or by an attribute of a member in a file that names the class.
func (w *worklist) enumerated(c *program.Class) {
	w.mention(c.Name, c.Mod, nil, func(t program.Target) bool { return t.Class == c })
	attrs := append([]string{"value"}, w.ev.memberFields(c)...)
	files := w.ev.prog.Mentioning(c.Name)
	if len(files) > maxUsers {
		return
	}
	for _, m := range files {
		for _, name := range attrs {
			for _, u := range m.Users(name) {
				if ms := w.ev.mentions(u); ms.attrs.has(name) || ms.own.has(name) && u.Owner != nil && related(u.Owner, c) {
					w.add(u)
				}
			}
		}
	}
}

// memberFields gives the attributes that the constructor of an enumeration stores in its members, in order.
func (ev *eval) memberFields(c *program.Class) []string {
	var out []string
	for _, name := range []string{"__init__", "__new__"} {
		m := c.Method(name)
		if m == nil {
			continue
		}
		for in := range m.Body().Instrs() {
			if s := m.Mod.IR.Strings; in.Op == ir.StoreAttr && !slices.Contains(out, s[in.B]) {
				out = append(out, s[in.B])
			}
		}
	}
	return out
}

package taint

import (
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
	"github.com/pickletrace/pickletrace/pkg/rule"
)

// Making objects of classes of the tree.

// construct makes an instance of a class of the tree.
func (f *frame) construct(c *program.Class, args []arg, in *ir.Instr, st *state) *Value {
	if m := f.memberWith(c, args); m != nil {
		return m
	}
	obj := &Value{refs: []Ref{{kind: refInst, cls: c}}, sym: f.ev.syms.of(symOpaque, f.callSym(), sym(f.ev.classSym(c)), "new")}
	f.clearHeap(st, obj.sym)
	st.makes(obj.sym)
	if m := c.Method("__init__"); m != nil {
		f.callFunc(&Ref{kind: refFunc, fn: m, self: obj}, args, in, st)
	} else {
		f.fillFields(c, obj, args, st)
		f.byPlace(c, obj, st)
		f.baseInit(c, obj, args, in, st)
		f.postInit(c, obj, args, in, st)
	}
	f.keepMade(c, obj, st, in)
	return f.actAs(c, obj, args, in, st)
}

// postInit calls what the constructors that dataclasses and model classes are given call at their end.
func (f *frame) postInit(c *program.Class, obj *Value, args []arg, in *ir.Instr, st *state) {
	for _, name := range []string{"__post_init__", "__attrs_post_init__", "model_post_init"} {
		if m := c.Method(name); m != nil {
			var more []arg
			switch {
			case name == "model_post_init":
				more = []arg{{val: &Value{open: true, clean: true}}}
			case len(m.Params) > 1:
				more = f.initOnly(c, args, st)
			}
			f.callFunc(&Ref{kind: refFunc, fn: m, self: obj}, more, in, st)
		}
	}
}

// initOnly gives the arguments of a constructor that are for the method that it calls at its end: packed: InitVar[bytes].
func (f *frame) initOnly(c *program.Class, args []arg, st *state) []arg {
	var out []arg
	for i, name := range f.initNames(c, st) {
		if f.ev.fieldMark(c, name) != "InitVar" {
			continue
		}
		at := slices.IndexFunc(args, func(a arg) bool { return a.name == name && a.star == 0 })
		if at < 0 && i < len(args) && args[i].name == "" && !slices.ContainsFunc(args[:i+1], func(a arg) bool { return a.star != 0 }) {
			at = i
		}
		switch {
		case at >= 0:
			out = append(out, arg{val: args[at].val})
		default:
			out = append(out, arg{val: orUnknown(f.ev.classAttr(c, name))})
		}
	}
	return out
}

// fieldMark gives the last part of the annotation of a field of a class or of one above it: "InitVar", "ClassVar".
func (ev *eval) fieldMark(c *program.Class, name string) string {
	for _, k := range c.MRO() {
		if a := annotation(k.Mod.Fns[k.Body], name); a != nil {
			return last(a.Path)
		}
	}
	return ""
}

// initNames gives the fields that the constructor of a dataclass takes by place, in their order.
func (f *frame) initNames(c *program.Class, st *state) []string {
	return slices.DeleteFunc(f.ev.fieldNames(c), func(name string) bool {
		if f.ev.fieldMark(c, name) == "ClassVar" {
			return true
		}
		init, ok := f.heapGet(st, f.ev.classAttr(c, name).symbol(), ".init")
		t, _ := init.truth()
		return ok && t == 0
	})
}

// baseInit does what rules say of the constructor of a library base, which is that of a class without one of its own.
func (f *frame) baseInit(c *program.Class, obj *Value, args []arg, in *ir.Instr, st *state) {
	for _, e := range c.External() {
		name := f.ev.pack.Canonical(e)
		roles := f.ev.pack.Call(name)
		if roles == nil {
			continue
		}
		x := &extCall{f: f, name: name, names: []string{name}, args: args, in: in, st: st, roles: roles, out: obj}
		x.sinks()
		for _, p := range roles.Propagators {
			if p.Invoke == nil && p.To.What == rule.Return && p.To.Path != "" {
				x.propagateOne(p)
			}
		}
	}
}

// madeByBase says whether the constructor of a class is that of a library base, and a sink.
func (g *given) madeByBase(c *program.Class) bool {
	return c.Method("__init__") == nil && slices.ContainsFunc(c.External(), func(e string) bool {
		roles := g.pack.Call(g.pack.Canonical(e))
		return roles != nil && len(roles.Sinks) > 0
	})
}

// fillFields stores constructor arguments in the fields of a dataclass, named tuple or model class.
func (f *frame) fillFields(c *program.Class, obj *Value, args []arg, st *state) {
	names := f.initNames(c, st)
	for i, a := range args {
		name := a.name
		if name == "" && i < len(names) && a.star == 0 {
			name = names[i]
		}
		if name != "" {
			v := f.noteStore(f.through(c, name, f.converted(c, name, a.val, st), st), "."+name, f.curInstr)
			f.reachField(obj, name, v, st, f.curInstr)
			st.set(heapKey{obj.sym, "." + name}, orUnknown(v))
		} else if a.val != nil && len(a.val.facts) > 0 {
			obj.facts = addFacts(obj.facts, a.val.facts)
			f.made(c, a.val, st)
		}
	}
}

// converted returns what the converter of a field makes of an argument.
func (f *frame) converted(c *program.Class, name string, x *Value, st *state) *Value {
	conv, ok := f.heapGet(st, f.ev.classAttr(c, name).symbol(), ".converter")
	if !ok || len(conv.refs) == 0 || f.curInstr == nil {
		return x
	}
	return f.callRefs(conv, []arg{{val: x}}, f.curInstr, st)
}

// fieldNames gives the names assigned or annotated in the class bodies, bases first, in order.
func (ev *eval) fieldNames(c *program.Class) []string {
	var out []string
	for _, k := range slices.Backward(c.MRO()) {
		for _, s := range k.Mod.Fns[k.Body].Body().Slots {
			_, method := k.Methods[s]
			if !method && !strings.HasPrefix(s, ".") && !slices.Contains(out, s) {
				out = append(out, s)
			}
		}
	}
	return out
}

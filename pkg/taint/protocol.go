package taint

import (
	"slices"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
)

// What the language calls by itself: descriptors, property setters, __getattr__, operators.

// accessor gives the function that a property of a class is read with (property) or set with (setter); nil if there is none.
func accessor(c *program.Class, name string, is func(*program.Fn) bool) *program.Fn {
	for _, k := range c.MRO() {
		if _, ok := k.Methods[name]; !ok {
			continue
		}
		for _, fn := range k.Mod.Fns {
			if fn.Owner == k && fn.Name == name && is(fn) {
				return fn
			}
		}
		return nil
	}
	return nil
}

func isSetter(fn *program.Fn) bool { return hasDecorator(fn, "setter") }

// getter gives the method that reads an attribute: of a property with a setter, not the one that was defined last.
func getter(c *program.Class, m *program.Fn) *program.Fn {
	if !hasDecorator(m, "setter", "deleter") {
		return m
	}
	if g := accessor(c, m.Name, isProperty); g != nil {
		return g
	}
	return m
}

// inClass gives what a class attribute holds that is an object of a class of the tree with a method of that name, nil if
// the attribute is no such descriptor.
func (f *frame) inClass(c *program.Class, name, method string) *Value {
	if len(f.ev.prog.Defining(method)) == 0 {
		return nil
	}
	v := f.ev.classAttr(c, name)
	if v == nil || len(v.refs) != 1 || v.refs[0].kind != refInst || v.refs[0].cls.Method(method) == nil {
		return nil
	}
	return v
}

// described reads an attribute through its descriptor; nil if it has none.
func (f *frame) described(c *program.Class, name string, self *Value) *Value {
	d := f.inClass(c, name, "__get__")
	if d == nil || f.cur == nil {
		return nil
	}
	return f.special(d, "__get__", []arg{{val: self}, {val: classOf(self)}}, f.cur)
}

// setThrough calls what an attribute of an object is set with: the setter of a property, the __set__ of a descriptor. It
// reports whether there is one that can be followed.
func (f *frame) setThrough(obj *Value, name string, v *Value, st *state, in *ir.Instr) bool {
	if len(obj.refs) != 1 || obj.refs[0].kind != refInst {
		return false
	}
	c := obj.refs[0].cls
	if set := accessor(c, name, isSetter); set != nil {
		if set == f.fn || !f.ev.follow(set) {
			return false
		}
		f.callRefs(f.boundMethod(set, obj, true), []arg{{val: v}}, in, st)
		return true
	}
	d := f.inClass(c, name, "__set__")
	if d == nil {
		return false
	}
	if !f.ev.follow(d.refs[0].cls.Method("__set__")) {
		get := d.refs[0].cls.Method("__get__")
		if get == nil || obj.sym == noSym || !f.ev.follow(get) {
			return false
		}
		f.weakStore(st, heapKey{obj.sym, "[*]"}, f.noteStore(v, "."+name, in)) // where its __get__ finds it
		return true
	}
	f.special(d, "__set__", []arg{{val: obj}, {val: v}}, st)
	return true
}

// computed gives an attribute that the __getattr__ of a class makes; nil if it has none.
func (f *frame) computed(c *program.Class, name string, self *Value) *Value {
	if f.cur == nil || len(name) > 1 && name[:2] == "__" {
		return nil
	}
	for _, get := range []string{"__getattr__", "__getattribute__"} {
		if m := c.Method(get); m != nil && m != f.fn {
			return f.implicit(f.boundMethod(m, self, true), []arg{{val: f.literal(name)}}, f.cur)
		}
	}
	return nil
}

// ofModule gives a name that the __getattr__ of a module makes; nil if it has none.
func (f *frame) ofModule(m *program.Module, name string) *Value {
	fn := moduleGetter(m)
	if fn == nil || fn == f.fn || f.cur == nil {
		return nil
	}
	return f.implicit(refValue(Ref{kind: refFunc, fn: fn}), []arg{{val: f.literal(name)}}, f.cur)
}

// implicit calls what the language calls by itself. That it always raises does not mean that control ends here: then the
// attribute is there, or the operator is another's, and the call was none. It gives nil for that.
func (f *frame) implicit(m *Value, args []arg, st *state) *Value {
	before := st.branch()
	v := f.callRefs(m, args, f.curInstr, st)
	if st.dead && !before.dead {
		*st = *before
		return nil
	}
	return v
}

func (f *frame) literal(s string) *Value { return f.constant(&ir.Const{Kind: ir.Str, S: s}) }

// moduleGetter gives the __getattr__ of a module, nil if it has none.
func moduleGetter(m *program.Module) *program.Fn {
	if !m.Mentions("__getattr__") {
		return nil
	}
	i := slices.IndexFunc(m.Load().Fns, func(fn *program.Fn) bool {
		return fn.Name == "__getattr__" && fn.Parent == 0 && fn.Owner == nil
	})
	if i < 0 {
		return nil
	}
	return m.Fns[i]
}

// operators are the methods behind binary operators; of others any that a class has may be meant.
var operators = map[ir.BinOp][]string{ir.Add: {"__add__"}, ir.Mod: {"__mod__"}, ir.Div: {"__truediv__"}, ir.BitOr: {"__or__"},
	ir.OtherBin: {"__rshift__", "__lshift__", "__matmul__", "__mul__", "__sub__", "__and__", "__xor__", "__floordiv__", "__pow__"}}

// operator calls the method of an object of the tree that an operator means; nil if it has none.
func (f *frame) operator(op ir.BinOp, a, b *Value, st *state) *Value {
	for _, name := range operators[op] {
		if v := f.special(a, name, []arg{{val: b}}, st); v != nil {
			return v
		}
	}
	return nil
}

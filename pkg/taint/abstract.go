package taint

import (
	"bytes"
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
)

// Abstract methods: what a class leaves to those below it. A call of one means what the classes of the tree define for it;
// where none does, nothing is known of it. It never means that control does not come back.

// isAbstract reports whether a method stands for those of classes below: it is declared abstract, or raises
// NotImplementedError and does nothing else.
func isAbstract(fn *program.Fn) bool {
	if fn.Owner == nil {
		return false
	}
	return hasDecorator(fn, "abstractmethod", "abstractproperty", "abstractclassmethod", "abstractstaticmethod") || onlyRefuses(fn)
}

// onlyRefuses reports whether a body is straight and ends in `raise NotImplementedError`, or an exception named like it.
func onlyRefuses(fn *program.Fn) bool {
	if !fn.MayHoldAny(func(word []byte) bool { return bytes.Contains(word, []byte("NotImplemented")) }) {
		return false
	}
	if len(fn.Body().Blocks) != 1 || len(fn.Body().Blocks[0]) == 0 || fn.Body().Blocks[0][len(fn.Body().Blocks[0])-1].Op != ir.Raise {
		return false
	}
	return slices.ContainsFunc(fn.Body().Blocks[0], func(in ir.Instr) bool {
		return in.Op == ir.Global && strings.Contains(fn.Mod.IR.Strings[in.A], "NotImplemented")
	})
}

// overridden gives the methods that a call of m through self may mean, where self may be an object of a class below c, or
// such a class. An abstract method is left out where another one is found.
func (f *frame) overridden(c *program.Class, m *program.Fn, self *Value, inst bool) *Value {
	out := f.boundMethod(m, self, inst)
	f.sum.matter |= f.ev.depsOf(self)
	overrides, all := f.ev.prog.Overrides(c, m.Name, maxOverrides, f.ev.rel.file)
	abstract := isAbstract(m)
	for _, o := range overrides {
		w := f.boundMethod(o, self, inst)
		switch {
		case len(w.refs) != 1 || isAbstract(o):
		case abstract:
			out, abstract = &Value{refs: w.refs, open: true}, false
		case len(out.refs) < maxOverrides:
			out = &Value{refs: append(slices.Clip(out.refs), w.refs[0]), open: true}
		}
	}
	out.open = out.open || !all
	return out
}

// maxHeirsMade is how many classes below one a call of cls may make objects of.
const maxHeirsMade = 6

// withHeirs adds to a class that may be one below it, as cls in a class method may, those that are made in another way.
func (f *frame) withHeirs(callee *Value) *Value {
	if !callee.open || len(callee.refs) != 1 || callee.refs[0].kind != refClass {
		return callee
	}
	c := callee.refs[0].cls
	f.sum.calls |= f.ev.depsOf(callee)
	w := *callee
	w.refs = slices.Clip(w.refs)
	for _, k := range f.ev.prog.Heirs(c, maxOverrides, f.ev.rel.file) {
		if _, own := k.Methods["__init__"]; own && len(w.refs) <= maxHeirsMade {
			w.refs = append(w.refs, Ref{kind: refClass, cls: k})
		}
	}
	return &w
}

// selfMakers adds the methods of a class, and of those above and below it, that make objects of it without its name:
// cls(…), type(self)(…), self.__class__(…).
func (w *worklist) selfMakers(c *program.Class) {
	for _, k := range slices.Concat(c.MRO(), w.ev.prog.Heirs(c, maxOverrides, w.ev.rel.file)) {
		for _, fn := range k.Mod.Fns {
			if fn.Owner == k && mayMakeOwn(fn) && makesOwn(fn) {
				w.add(fn)
			}
		}
	}
}

// mayMakeOwn is like makesOwn, but may be true of a function whose body was not read.
func mayMakeOwn(fn *program.Fn) bool {
	return len(fn.Params) > 0 && (fn.MayCall(fn.Params[0].Name) || fn.MayHoldAny(func(word []byte) bool {
		return string(word) == "type" || string(word) == "__class__"
	}))
}

// makesOwn reports whether a method calls its first parameter, or the class of it.
func makesOwn(fn *program.Fn) bool {
	own := map[ir.Reg]bool{}    // holds the object or class the method is called on
	typeOf := map[ir.Reg]bool{} // holds the builtin
	for _, b := range fn.Body().Blocks {
		for i := range b {
			switch in := &b[i]; in.Op {
			case ir.Local:
				if in.A == 0 && len(fn.Params) > 0 {
					own[in.Dst] = true
				}
			case ir.Global:
				if fn.Mod.IR.Strings[in.A] == "type" {
					typeOf[in.Dst] = true
				}
			case ir.Attr:
				if own[in.A] && fn.Mod.IR.Strings[in.B] == "__class__" {
					own[in.Dst] = true
				}
			case ir.Call:
				if own[in.A] {
					return true
				}
				if typeOf[in.A] && in.C == 1 && own[fn.Body().Args[in.B].Val] {
					own[in.Dst] = true
				}
			}
		}
	}
	return false
}

// isProtocol reports whether a class only says which methods others have: it is declared as a Protocol itself.
func isProtocol(c *program.Class) bool {
	return slices.ContainsFunc(c.Bases, func(e ir.Expr) bool { return e.Path == "Protocol" || strings.HasSuffix(e.Path, ".Protocol") })
}

package taint

import (
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
)

// Metaclasses of the tree are called where classes are defined, and may keep them:
//
//	class Tagged(type):
//	    by_tag = {}
//	    def __new__(mcs, name, bases, namespace):
//	        cls = super().__new__(mcs, name, bases, namespace)
//	        mcs.by_tag[namespace["tag"]] = cls
//	        return cls
//
// The namespace stands for the class, too: what makes a class of it gives it back.

// isMetaclass reports whether objects of a class are classes.
func isMetaclass(c *program.Class) bool {
	return slices.ContainsFunc(c.MRO(), func(k *program.Class) bool {
		return slices.ContainsFunc(k.Bases, func(b ir.Expr) bool {
			return b.Path == "type" || strings.HasSuffix(b.Path, "ABCMeta") || strings.HasSuffix(b.Path, "EnumMeta")
		})
	})
}

// metaMade does what the metaclass of a class does where the class is defined.
func (f *frame) metaMade(c *program.Class, in *ir.Instr, st *state) {
	meta := c.Metaclass()
	if meta == nil {
		return
	}
	made := refValue(Ref{kind: refClass, cls: c})
	made.sym = f.ev.classSym(c)
	var args []arg
	call := func(name string, self *Value) {
		m := meta.Method(name)
		if m == nil || !isMetaclass(meta) {
			return
		}
		if args == nil {
			args = append([]arg{{val: f.constant(&ir.Const{Kind: ir.Str, S: c.Name})}, {val: &Value{open: true, clean: true}}, {val: f.classNamespace(c, st)}}, f.classKeywords(c)...)
		}
		f.callFunc(&Ref{kind: refFunc, fn: m, self: self}, args, in, st)
	}
	mcs := refValue(Ref{kind: refClass, cls: meta})
	mcs.sym = f.ev.classSym(meta)
	call("__new__", mcs)
	call("__init__", made)
}

// classKeywords gives the keyword arguments of a class statement.
func (f *frame) classKeywords(c *program.Class) []arg {
	var args []arg
	for _, kw := range c.Kwargs {
		if kw.Name == "metaclass" {
			continue
		}
		v := &Value{open: true}
		if kw.Value.Const != nil {
			v = f.constant(kw.Value.Const)
		}
		args = append(args, arg{name: kw.Name, val: v})
	}
	return args
}

// classNamespace gives the mapping of what a class body defines.
func (f *frame) classNamespace(c *program.Class, st *state) *Value {
	ns := &Value{refs: []Ref{{kind: refClass, cls: c}}, clean: true, sym: f.ev.syms.of(symOpaque, f.callSym(), f.ev.classSym(c), "namespace")}
	for _, slot := range c.Mod.Fns[c.Body].Body().Slots {
		v := f.ev.ownAttr(c, slot)
		if i, method := c.Methods[slot]; method {
			v = refValue(Ref{kind: refFunc, fn: c.Mod.Fns[i]})
		}
		if v != nil {
			st.set(heapKey{ns.sym, "[" + slot + "]"}, v)
		}
	}
	return ns
}

// newObject is what the __new__ of a library class gives: a metaclass makes a class of a namespace, any other an object.
func (c *extCall) newObject() (*Value, bool) {
	switch {
	case len(c.args) == 0 || !strings.HasSuffix(c.name, ".__new__"):
		return nil, false
	case len(c.args) > 3 && c.f.fn.Owner != nil && isMetaclass(c.f.fn.Owner):
		return c.args[3].val, true
	}
	cls := c.args[0].val
	if cls == nil || len(cls.refs) != 1 || cls.refs[0].kind != refClass {
		return nil, false
	}
	out := &Value{refs: []Ref{{kind: refInst, cls: cls.refs[0].cls}}, open: cls.open, clean: true, sym: c.f.ev.syms.of(symOpaque, c.f.callSym(), c.f.ev.classSym(cls.refs[0].cls), "new")}
	c.f.clearHeap(c.st, out.sym)
	c.st.makes(out.sym)
	return out, true
}

// metaMember gives an attribute that a class has of its metaclass; nil if it has none.
func (f *frame) metaMember(c *program.Class, name string, self *Value) *Value {
	meta := c.Metaclass()
	if meta == nil || meta == f.fn.Owner && meta.Method(name) == f.fn {
		return nil
	}
	if m := meta.Method(name); m != nil {
		return refValue(Ref{kind: refFunc, fn: m, self: self})
	}
	if v := f.ev.classAttr(meta, name); v != nil {
		return v
	}
	return nil
}

// definers gives the bodies that define classes of a metaclass, in order.
func (w *worklist) definers(meta *program.Class) []*program.Fn {
	var out []*program.Fn
	files := append(slices.Clone(w.ev.prog.Mentioning(meta.Name)), w.ev.prog.Below(meta.Name)...)
	for _, m := range slices.Clone(files) {
		for _, c := range m.Load().Class {
			if c.Metaclass() == meta {
				files = append(files, w.ev.prog.Below(c.Name)...)
			}
		}
	}
	slices.SortFunc(files, (*program.Module).Compare)
	files = slices.Compact(files)
	if len(files) > maxUsers {
		return nil
	}
	for _, m := range files {
		for _, c := range m.Load().Class {
			if k := c.Metaclass(); k != nil && slices.Contains(k.MRO(), meta) && !slices.Contains(out, m.Fns[c.Parent]) {
				out = append(out, m.Fns[c.Parent])
			}
		}
	}
	return out
}

// entering adds the bodies in which a class, and others, enter the registry of one above it, or of its metaclass.
func (w *worklist) entering(c *program.Class) {
	for _, k := range c.MRO()[1:] {
		if registers(k) {
			w.heirDefiners(k)
		}
	}
	if meta := c.Metaclass(); meta != nil && isMetaclass(meta) {
		w.add(w.definers(meta)...)
	}
}

// heirDefiners adds the bodies that define classes below one.
func (w *worklist) heirDefiners(c *program.Class) {
	for _, k := range w.ev.prog.Heirs(c, maxUsers, func(*program.Module) bool { return true }) {
		w.add(k.Mod.Fns[k.Parent])
	}
}

// registers reports whether a class is told of those below it where they are defined.
func registers(c *program.Class) bool {
	_, tells := c.Methods["__init_subclass__"]
	return tells
}

// inRegistry reports whether something is a class that one above it, or its metaclass, is told of, or an object of one: what gives
// it out does not give the others.
func inRegistry(r *Ref) bool {
	return (r.kind == refClass || r.kind == refInst) && (slices.ContainsFunc(r.cls.MRO()[1:], registers) || r.cls.Metaclass() != nil)
}

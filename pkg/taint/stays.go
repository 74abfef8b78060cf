package taint

import (
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
)

// Objects that stay in the function that makes them:
//
//	box = Box(request.data)
//	return box.read_meta()
//
// All that happens to such an object is seen where it is made: what other methods of its class would do with its fields
// (Box.read_model, which unpickles) says nothing of it, so its fields are no field sinks.

// maxStayMethods bounds the methods of a class that are looked at for one object.
const maxStayMethods = 40

// stays reports whether an object was made by the call in this function and is used here as the receiver of methods alone,
// none of which hands it on.
func (f *frame) stays(obj *Value) bool {
	if obj == nil || len(obj.refs) != 1 || obj.refs[0].kind != refInst || f.ev.isStatic(obj.sym) {
		return false
	}
	in := f.ev.syms.info[obj.sym]
	at := f.ev.syms.info[in.a]
	if in.op != symOpaque || in.s != "new" || at.op != symSite || at.a != sym(f.ev.fnID(f.fn)) || at.b < 0 {
		return false
	}
	key := stayKey{f.fn, int32(at.b), obj.refs[0].cls}
	out, known := f.ev.staying[key]
	if !known {
		c := obj.refs[0].cls
		s := &stay{ev: f.ev, cls: c, selves: map[*program.Fn]bool{}}
		out = s.plain() && s.seen(f.fn, map[ir.Reg]bool{int32(at.b): true}, map[int32]bool{}) && s.method("__init__") && s.method("__post_init__")
		f.ev.staying[key] = out
	}
	return out
}

// ownObject reports whether a value is the object that the constructor which is interpreted makes.
func (f *frame) ownObject(v *Value) bool {
	return constructors[f.fn.Name] && isMethod(f.fn) && v.symbol() == f.ev.syms.input(0)
}

// A stayKey is an object by the function and the register in which it is made, and its class.
type stayKey struct {
	fn  *program.Fn
	reg int32
	cls *program.Class
}

// A stay follows one object of a class through the methods that are called on it.
type stay struct {
	ev     *eval
	cls    *program.Class
	selves map[*program.Fn]bool // methods that were looked at, and whether they may give their object back
}

// plain reports whether nothing but the methods of a class can touch its objects.
func (s *stay) plain() bool {
	if !s.ev.ownClass(s.cls) {
		return false
	}
	return !slices.ContainsFunc(s.cls.MRO(), func(k *program.Class) bool {
		_, made := k.Methods["__new__"]
		_, any := k.Methods["__getattr__"]
		_, every := k.Methods["__getattribute__"]
		return made || any || every || len(k.Kwargs) > 0 || slices.ContainsFunc(k.Decorators, func(d ir.Decorator) bool {
			return !strings.HasSuffix(d.Path, "dataclass") && !strings.HasSuffix(d.Path, "define") && !strings.HasSuffix(d.Path, "frozen")
		})
	})
}

// method reports whether the methods of a name, or what else the class holds under it, do not hand the object on.
func (s *stay) method(name string) bool {
	for _, k := range s.cls.MRO() {
		if i, ok := k.Methods[name]; ok {
			if !s.function(k.Mod.Fns[i]) {
				return false
			}
			continue
		}
		if v := s.ev.ownAttr(k, name); v != nil {
			for i := range v.refs {
				r := &v.refs[i]
				for r.kind == refPartial && r.self != nil && len(r.self.refs) == 1 {
					r = &r.self.refs[0]
				}
				if r.kind != refConst && (r.kind != refFunc || !s.function(r.fn)) {
					return false
				}
			}
		}
	}
	return true
}

// plainDecorators are those behind which a method is the function that is written there.
var plainDecorators = setOf("property staticmethod classmethod abstractmethod cached_property override setter getter wraps")

// function reports whether a method does not hand its object on.
func (s *stay) function(fn *program.Fn) bool {
	if _, known := s.selves[fn]; known {
		return true
	}
	if len(s.selves) >= maxStayMethods || slices.ContainsFunc(fn.Decorators, func(d ir.Decorator) bool { return !plainDecorators[last(d.Path)] }) {
		return false
	}
	s.selves[fn] = false
	if hasDecorator(fn, "staticmethod", "classmethod") || len(fn.Params) == 0 {
		return true
	}
	return s.seen(fn, map[ir.Reg]bool{}, map[int32]bool{0: true})
}

// seen reports whether a function uses an object, which is in some registers and slots, as a receiver alone. A method may
// give back the object it is called on.
func (s *stay) seen(fn *program.Fn, regs map[ir.Reg]bool, slots map[int32]bool) bool {
	if captured(fn) {
		return false
	}
	own := slots[0] && fn.Owner != nil
	bound, super := map[ir.Reg]string{}, map[ir.Reg]bool{} // methods of the object
	for grown := true; grown; {
		grown = false
		for in := range fn.Body().Instrs() {
			add := func() {
				if in.Dst >= 0 && !regs[in.Dst] {
					regs[in.Dst], grown = true, true
				}
			}
			switch {
			case in.Op == ir.Local && slots[in.A], in.Op == ir.Await && regs[in.A]:
				add()
			case in.Op == ir.Global && own && fn.Mod.IR.Strings[in.A] == "super":
				super[in.Dst] = true
			case in.Op == ir.Call && super[in.A]:
				add()
			case in.Op == ir.StoreLocal && regs[in.B]:
				grown = grown || !slots[in.A]
				slots[in.A] = true
			case in.Op == ir.Attr && regs[in.A]:
				name := fn.Mod.IR.Strings[in.B]
				if !s.method(name) {
					return false
				}
				if s.callable(name) {
					bound[in.Dst] = name
				}
			case in.Op == ir.Call && bound[in.A] != "":
				if s.returnsSelf(bound[in.A]) {
					add()
				}
				if s.handsOn(fn, in, regs, bound) {
					return false
				}
			case in.Op == ir.StoreAttr && regs[in.A] && !regs[in.C] && bound[in.C] == "", in.Op == ir.If, in.Op == ir.Not, in.Op == ir.Cmp:
			case in.Op == ir.Return && regs[in.A] && own:
				s.selves[fn] = true
			case s.handsOn(fn, in, regs, bound):
				return false
			}
		}
	}
	return true
}

// handsOn reports whether an instruction reads the object, or a method of it, other than as the callee.
func (s *stay) handsOn(fn *program.Fn, in *ir.Instr, regs map[ir.Reg]bool, bound map[ir.Reg]string) bool {
	first := true
	for r := range fn.Body().Uses(in) {
		callee := in.Op == ir.Call && first
		first = false
		if regs[r] || bound[r] != "" && !callee {
			return true
		}
	}
	return false
}

// callable reports whether the class holds something under a name that is called on its objects.
func (s *stay) callable(name string) bool {
	return slices.ContainsFunc(s.cls.MRO(), func(k *program.Class) bool {
		i, method := k.Methods[name]
		return method && !hasDecorator(k.Mod.Fns[i], "property", "cached_property") || !method && s.ev.ownAttr(k, name) != nil && len(s.ev.ownAttr(k, name).refs) > 0 && s.ev.ownAttr(k, name).refs[0].kind != refConst
	})
}

// returnsSelf reports whether a method of a name may give back the object.
func (s *stay) returnsSelf(name string) bool {
	return slices.ContainsFunc(s.cls.MRO(), func(k *program.Class) bool {
		i, ok := k.Methods[name]
		return ok && s.selves[k.Mod.Fns[i]]
	})
}

// captured reports whether functions that are written in a function read its variables.
func captured(fn *program.Fn) bool {
	for _, g := range fn.Mod.Fns[fn.Index+1:] {
		if g.Span.End > fn.Span.End {
			break
		}
		for in := range g.Body().Instrs() {
			if (in.Op == ir.Free || in.Op == ir.StoreFree) && int(in.A) == fn.Index {
				return true
			}
		}
	}
	return false
}

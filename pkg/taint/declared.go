package taint

import (
	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
)

// What annotations say where values do not:
//
//	@dataclass
//	class State:
//	    manager: Manager                      state.manager.load(data) is Manager.load
//
//	def current() -> Manager:
//	    return REGISTRY[name]                 current().load(data) too
//
// They are asked only where nothing is known of the value, or that it may be None: a value says more than its annotation.

// declaredField gives the class that the body of a class, or of one above it, declares for an attribute.
func (ev *eval) declaredField(c *program.Class, name string) []Ref {
	ci := ev.classOf(c)
	refs, ok := ci.declared[name]
	if !ok {
		for _, k := range c.MRO() {
			if refs = ev.ownDeclared(k, name); refs != nil {
				break
			}
		}
		ci.declared[name] = refs
	}
	return refs
}

func (ev *eval) ownDeclared(c *program.Class, name string) []Ref {
	body := c.Mod.Fns[c.Body]
	if a := annotation(body, name); a != nil {
		return ev.annotated(body, a)
	}
	for _, fn := range ev.storesOf(c, name) { // self.x: T = v
		for i := range fn.Body().Annotations {
			if a := &fn.Body().Annotations[i]; a.OnSelf && a.Name == name {
				return ev.annotated(fn, &a.Type)
			}
		}
	}
	return nil
}

// declaredLocal gives what is stored in a variable the class that the function declares for it.
func (f *frame) declaredLocal(slot int32, v *Value) *Value {
	as := f.fn.Body().Annotations
	if len(as) == 0 || v != nil && !onlyNone(v) {
		return v
	}
	for i := range as {
		if a := &as[i]; a.Slot == slot && !a.OnSelf {
			return withDeclared(v, f.ev.annotated(f.fn, &a.Type))
		}
	}
	return v
}

// declaredName gives a module-level variable the class that the module declares for it.
func (ev *eval) declaredName(m *program.Module, name string, v *Value) *Value {
	if v != nil && !onlyNone(v) {
		return v
	}
	if a := annotation(m.Fns[0], name); a != nil {
		return withDeclared(v, ev.annotated(m.Fns[0], a))
	}
	return v
}

// annotation gives what the body of a class says of a variable of its own.
func annotation(body *program.Fn, name string) *ir.Expr {
	for i := range body.Body().Annotations {
		if a := &body.Body().Annotations[i]; a.Name == name && !a.OnSelf {
			return &a.Type
		}
	}
	return nil
}

// fieldDefault marks the value of a class attribute that is only the default of a field, which constructor calls may give:
//
//	@dataclass
//	class Config:
//	    trust_remote_code: bool = False
func (ev *eval) fieldDefault(c *program.Class, name string, v *Value) *Value {
	if _, literal := v.konst(); !literal || v.assumed != "" {
		return v
	}
	for _, k := range c.MRO() {
		if ev.ownAttr(k, name) == nil {
			continue
		}
		if annotation(k.Mod.Fns[k.Body], name) == nil || (len(k.Decorators) == 0 && len(k.External()) == 0) {
			return v
		}
		w := *v
		w.assumed, w.open, w.clean = name, true, false
		if c, _ := v.konst(); c.lit == ir.True || c.lit == ir.False {
			w.assumed = "." + name
		}
		return &w
	}
	return v
}

// declaredResult adds to the result of a call what the function says it returns.
func (ev *eval) declaredResult(fn *program.Fn, v *Value) *Value {
	if fn.Returns == nil || fn.Body().IsGen || (v != nil && !onlyNone(v)) {
		return v
	}
	return withDeclared(v, ev.annotated(fn, fn.Returns))
}

// onlyNone says whether nothing is known of what a value is, but that it may be None.
func onlyNone(v *Value) bool {
	for i := range v.refs {
		if r := &v.refs[i]; r.kind != refConst || r.lit != ir.None {
			return false
		}
	}
	return !v.shape && v.assumed == ""
}

// withDeclared gives a value that may also be what is declared.
func withDeclared(v *Value, refs []Ref) *Value {
	if len(refs) == 0 {
		return v
	}
	w := *orUnknown(v)
	w.refs, w.open = append(refs[:len(refs):len(refs)], w.refs...), true
	return &w
}

// isNumber says whether an annotation is of a number, which carries no payload.
func isNumber(e *ir.Expr) bool {
	if e == nil {
		return false
	}
	switch e.Path {
	case "int", "float", "bool":
		return true
	case "Optional", "typing.Optional", "|", "Union", "typing.Union":
		some := false
		for i := range e.Args {
			if e.Args[i].Path != "None" && !isNumber(&e.Args[i]) {
				return false
			}
			some = some || e.Args[i].Path != "None"
		}
		return some
	}
	return false
}

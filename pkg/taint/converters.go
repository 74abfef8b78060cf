package taint

import (
	"slices"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
)

// Functions that objects of model classes are made with:
//
//	@field_validator("graph")                              what Plan(graph=x) gives the field goes through it
//	def unpack(cls, value): return pickle.loads(value)
//
//	graph: Annotated[Any, BeforeValidator(unpack)]

// A converter is a function of a class that gets what some of its fields, or the whole object, is given.
type converter struct {
	fn     *program.Fn
	method bool
	fields []string // nil: all of them
	whole  bool
}

// convertersOf gives the converters of a class and of those above it.
func (ev *eval) convertersOf(c *program.Class) []converter {
	ci := ev.classOf(c)
	if ci.convertersKnown {
		return ci.converters
	}
	ci.convertersKnown = true
	if len(c.External()) == 0 && len(c.Decorators) == 0 {
		return nil
	}
	for _, k := range c.MRO() {
		for _, fn := range k.Mod.Fns {
			if fn.Owner == k {
				ci.converters = append(ci.converters, ev.decoratedConverter(fn)...)
			}
		}
		ci.converters = append(ci.converters, ev.annotatedConverters(k)...)
	}
	return ci.converters
}

// converts says what rules say a name makes of a function: "field", "object", or "" for nothing.
func (ev *eval) converts(name string) string {
	if roles := ev.pack.Call(name); roles != nil {
		for _, p := range roles.Propagators {
			if p.Converts != "" {
				return p.Converts
			}
		}
	}
	return ""
}

// decoratedConverter gives what the decorators of a method make of it.
func (ev *eval) decoratedConverter(fn *program.Fn) []converter {
	for i := range fn.Decorators {
		d := &fn.Decorators[i]
		if d.Path == "" {
			continue
		}
		for _, name := range ev.namesOf(fn.Mod, fn.Parent, d.Path) {
			switch ev.converts(name) {
			case "field":
				return []converter{{fn: fn, method: true, fields: namedIn(d.Args)}}
			case "object":
				return []converter{{fn: fn, method: true, whole: true}}
			}
		}
	}
	return nil
}

// namedIn gives the texts among some arguments, nil if one of them stands for all.
func namedIn(args []ir.Expr) []string {
	var out []string
	for i := range args {
		if c := args[i].Const; c != nil && c.Kind == ir.Str {
			if c.S == "*" {
				return nil
			}
			out = append(out, c.S)
		}
	}
	return out
}

// annotatedConverters gives the functions that the annotations of a class body name for its fields.
func (ev *eval) annotatedConverters(c *program.Class) []converter {
	body := c.Mod.Fns[c.Body]
	var out []converter
	for i := range body.Body().Annotations {
		a := &body.Body().Annotations[i]
		for j := range a.Type.Args {
			call := &a.Type.Args[j]
			if !call.IsCall || call.Path == "" || len(call.Args)+len(call.Kwargs) == 0 {
				continue
			}
			if !slices.ContainsFunc(ev.namesOf(c.Mod, body.Index, call.Path), func(n string) bool { return ev.converts(n) == "field" }) {
				continue
			}
			given := call.Args
			if len(given) == 0 {
				given = []ir.Expr{call.Kwargs[0].Value}
			}
			if t := c.Mod.LookupIn(body.Index, given[0].Path); given[0].Path != "" && t.Fn != nil {
				out = append(out, converter{fn: t.Fn, fields: []string{a.Name}})
			}
		}
	}
	return out
}

// through gives what the converters of a class make of what is given for a field; "" is any field of an object of which
// only the whole is known.
func (f *frame) through(c *program.Class, field string, v *Value, st *state) *Value {
	if v == nil || f.curInstr == nil {
		return v
	}
	for _, k := range f.ev.convertersOf(c) {
		if k.whole || field != "" && k.fields != nil && !slices.Contains(k.fields, field) {
			continue
		}
		x := v
		if field == "" {
			x = f.element(v, st)
			if len(k.fields) == 1 {
				x = f.item(v, "["+k.fields[0]+"]", st)
			}
		}
		if out := f.convert(c, k, x, st); out != nil && field != "" {
			v = out
		}
	}
	return v
}

// convert calls a converter.
func (f *frame) convert(c *program.Class, k converter, v *Value, st *state) *Value {
	fn := refValue(Ref{kind: refFunc, fn: k.fn})
	if k.method && isMethod(k.fn) {
		self := refValue(Ref{kind: refClass, cls: c})
		self.sym = f.ev.classSym(c)
		fn.refs[0].self = self
	}
	return f.callRefs(fn, []arg{{val: v}}, f.curInstr, st)
}

// made runs all converters of a class on what an object of it is made of.
func (f *frame) made(c *program.Class, whole *Value, st *state) {
	for _, k := range f.ev.convertersOf(c) {
		if k.whole {
			f.convert(c, k, whole, st)
		}
	}
	f.through(c, "", whole, st)
}

// validated runs the converters of the model classes that parameters of an entry point are declared to be.
func (e *entryPoints) validated(f *frame, i int, st *state) {
	a := f.fn.Params[i].Annotation
	if a == nil || len(f.inputs[i].getFacts()) == 0 {
		return
	}
	for a.Path == "Annotated" && len(a.Args) > 0 {
		a = &a.Args[0]
	}
	for _, r := range e.ev.annotated(f.fn, a) {
		if r.kind == refInst && len(e.ev.convertersOf(r.cls)) > 0 {
			v := &Value{open: true, facts: sourceFacts(f.inputs[i].facts, 0), sym: f.inputs[i].sym}
			f.curInstr = &ir.Instr{Dst: -1, Span: f.fn.Params[i].Span}
			f.made(r.cls, v, st)
			f.curInstr = nil
		}
	}
}

// converterMakers adds the functions that make objects of the class of which fn is a converter, or a method that a library
// calls on objects that it makes.
func (w *worklist) converterMakers(fn *program.Fn) {
	if fn.Owner == nil {
		w.annotating(fn)
		return
	}
	if w.methodsOfNew == nil {
		w.methodsOfNew = w.ev.pack.MethodsOfNew()
	}
	switch {
	case len(fn.Decorators) > 0 && len(w.ev.decoratedConverter(fn)) > 0:
		w.makers(fn.Owner)
		w.declaring(fn.Owner)
	case len(fn.Owner.External()) > 0 && (w.methodsOfNew[fn.Name] || w.handedByInit(fn)):
		w.makers(fn.Owner)
	}
}

// handedByInit reports whether a constructor names the method, as one that hands it to that of a library base does.
func (w *worklist) handedByInit(fn *program.Fn) bool {
	init := fn.Owner.Method("__init__")
	return init != nil && w.ev.mentions(init).own.has(fn.Name)
}

// annotating adds the functions that make objects of classes whose annotations name fn as a converter.
func (w *worklist) annotating(fn *program.Fn) {
	files := w.ev.prog.Mentioning(fn.Name)
	if len(files) > maxMakers {
		return
	}
	for _, m := range files {
		if !m.Mentions("Annotated") {
			continue
		}
		for _, c := range m.Load().Class {
			if slices.ContainsFunc(w.ev.convertersOf(c), func(k converter) bool { return k.fn == fn }) {
				w.makers(c)
				w.declaring(c)
			}
		}
	}
}

// declaring adds the functions that declare a parameter to be an object of a class.
func (w *worklist) declaring(c *program.Class) {
	files := w.ev.prog.Mentioning(c.Name)
	if len(files) > maxUsers {
		return
	}
	for _, m := range files {
		for _, fn := range m.Load().Fns {
			if slices.ContainsFunc(fn.Params, func(p ir.Param) bool { return p.Annotation != nil && names(p.Annotation, c.Name) }) {
				w.add(fn)
			}
		}
	}
}

// names reports whether an annotation names a class.
func names(a *ir.Expr, class string) bool {
	return last(a.Path) == class || slices.ContainsFunc(a.Args, func(x ir.Expr) bool { return names(&x, class) })
}

// fromModel does what rules say of a library method that makes an object of the class it is called on.
func (c *extCall) fromModel() {
	if c.self == nil || len(c.args) == 0 {
		return
	}
	for i := range c.self.refs {
		r := &c.self.refs[i]
		if r.kind != refClass && r.kind != refInst {
			continue
		}
		obj := &Value{refs: []Ref{{kind: refInst, cls: r.cls}}, open: true}
		c.out.refs, c.modelled = obj.refs, true
		c.out.facts = addFacts(c.out.facts, c.f.deep(c.args[0].val, c.st))
		c.f.made(r.cls, c.args[0].val, c.st)
	}
}

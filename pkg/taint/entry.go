package taint

import (
	"slices"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
	"github.com/pickletrace/pickletrace/pkg/rule"
)

// entryState is how functions are entered from elsewhere: by libraries, as callbacks, through wrappers.
type entryState struct {
	entries     *entryPoints
	handed      map[*program.Fn]map[ir.Reg]*handed
	offered     []offer
	again       []*program.Fn                  // roots to interpret again: they turned out to be callbacks
	led         map[*program.Fn]bool           // functions that lead to a sink although their text does not say so
	atEntry     map[*program.Fn]map[sym]*guard // see noteEntry
	probing     *program.Fn                    // the function whose wrapper is being called
	optionTypes map[typedOption]*program.Fn    // see optionType
}

func newEntryState() entryState {
	return entryState{handed: map[*program.Fn]map[ir.Reg]*handed{}, led: map[*program.Fn]bool{}, atEntry: map[*program.Fn]map[sym]*guard{}, optionTypes: map[typedOption]*program.Fn{}}
}

// entryPoints knows which parameters of functions of the tree are sources, because a framework calls them.
type entryPoints struct {
	ev       *eval
	sources  []*rule.Source // with Param
	callback map[*program.Fn][]*rule.Source
	harmless map[fedParam]bool // whether all that feeds it gives no data that counts
	given    map[fedParam]bool // whether it is given beforehand, by all that hand the function out
	done     map[*program.Fn][]*rule.Source
	busy     map[*program.Fn]bool
}

func newEntryPoints(ev *eval) *entryPoints {
	return &entryPoints{ev: ev, sources: ev.pack.ParamSources(), callback: map[*program.Fn][]*rule.Source{}, harmless: map[fedParam]bool{}, given: map[fedParam]bool{},
		done: map[*program.Fn][]*rule.Source{}, busy: map[*program.Fn]bool{}}
}

// of gives the sources that the parameters of fn are.
func (e *entryPoints) of(fn *program.Fn) []*rule.Source {
	if fn.Kind != ir.Plain && fn.Kind != ir.Lambda {
		return nil
	}
	out, ok := e.done[fn]
	if !ok && !e.busy[fn] {
		e.busy[fn] = true
		names := e.decorators(fn)
		for _, s := range e.sources {
			if e.picks(s.Param, fn, names) {
				out = append(out, s)
			}
		}
		delete(e.busy, fn)
		e.done[fn] = out
	}
	return slices.Concat(out, e.callback[fn])
}

// byFramework says whether a framework calls a function, and gives it data.
func (e *entryPoints) byFramework(fn *program.Fn) bool {
	return slices.ContainsFunc(e.of(fn), func(s *rule.Source) bool {
		for i := range fn.Params {
			if e.means(s, fn, i) {
				return true
			}
		}
		return false
	})
}

func (e *entryPoints) picks(m *rule.ParamMatch, fn *program.Fn, decorators []string) bool {
	if len(m.Beside) > 0 && !e.marked(m, fn) {
		return false
	}
	if len(m.BesideNames) > 0 && !slices.ContainsFunc(fn.Params, func(p ir.Param) bool { return m.Neighbour(p.Name) }) {
		return false
	}
	switch {
	case len(m.DecoratedBy) > 0 && len(m.Methods) > 0: // of a decorated class
		return fn.Owner != nil && m.Method(fn.Name) && slices.ContainsFunc(e.classDecorators(fn.Owner), m.Decorator)
	case len(m.DecoratedBy) > 0:
		return slices.ContainsFunc(decorators, m.Decorator)
	case len(m.MethodOf) > 0:
		return fn.Owner != nil && m.Method(fn.Name) && slices.ContainsFunc(e.ancestors(fn.Owner), m.Base)
	case len(m.FunctionName) > 0:
		if fn.Owner != nil {
			return m.InClasses && e.ev.ownClass(fn.Owner) && m.Function(fn.Name)
		}
		return fn.Parent == 0 && m.Function(fn.Name)
	case len(m.PassedTo) > 0:
		return false // see callbacks
	default:
		return len(m.Annotated) > 0 || len(m.Beside) > 0
	}
}

// ownClass says whether a class derives from no library's, but for the bases that the language has for declaring.
func (g *given) ownClass(c *program.Class) bool {
	return !slices.ContainsFunc(c.External(), func(name string) bool {
		is := g.pack.Intrinsic(name)
		return is != rule.IsRoot && is != rule.IsDeclaring
	})
}

// ancestors gives the canonical names of the classes above one, those of the tree included: a framework may be part of it,
// as generated code often is.
func (e *entryPoints) ancestors(c *program.Class) []string {
	var out []string
	for _, n := range c.External() {
		out = append(out, e.ev.pack.Canonical(n))
	}
	for _, k := range c.MRO() {
		if k != c {
			out = append(out, e.ev.pack.Canonical(k.QualName()))
		}
	}
	return out
}

// marked says whether a parameter of the function, by its annotation, shows who calls it.
func (e *entryPoints) marked(m *rule.ParamMatch, fn *program.Fn) bool {
	for i := range fn.Params {
		if p := &fn.Params[i]; p.Annotation != nil && m.Marks(e.annotation(fn, p)) {
			return true
		}
	}
	return false
}

// decorators gives the canonical names of a function's decorators.
func (e *entryPoints) decorators(fn *program.Fn) []string {
	return e.decoratorNames(fn.Mod, fn.Parent, fn.Decorators)
}

// classDecorators gives the canonical names of a class's decorators.
func (e *entryPoints) classDecorators(c *program.Class) []string {
	return e.decoratorNames(c.Mod, c.Parent, c.Decorators)
}

func (e *entryPoints) decoratorNames(m *program.Module, in int, decorators []ir.Decorator) []string {
	var out []string
	for i := range decorators {
		if path := decorators[i].Path; path != "" {
			out = append(out, e.ev.namesOf(m, in, path)...)
		}
	}
	return out
}

// defaultCall gives the canonical name of what a parameter's default calls, "" if it calls nothing that is known.
func (e *entryPoints) defaultCall(fn *program.Fn, i int) string {
	p := &fn.Params[i]
	if a := p.Annotation; a != nil && (a.Path == "Annotated" || a.Path == "typing.Annotated") { // Annotated[T, Depends(f)]
		for i := range a.Args {
			if names := e.ev.namesOf(fn.Mod, fn.Parent, a.Args[i].Path); a.Args[i].IsCall && len(names) > 0 {
				return names[0]
			}
		}
	}
	if !p.HasDefault || p.Default != nil {
		return ""
	}
	if v := e.ev.defaultOf(fn, i); len(v.refs) == 1 && v.refs[0].kind == refExtInst {
		return e.ev.pack.Canonical(v.refs[0].name)
	}
	return ""
}

// namesOf gives the canonical names a dotted path may stand for, through module-level objects ("app.post" with
// app = FastAPI() is "fastapi.FastAPI.post").
func (ev *eval) namesOf(m *program.Module, in int, dotted string) []string {
	t := m.LookupIn(in, dotted)
	switch {
	case t.Ext != "":
		return []string{ev.pack.Canonical(t.Ext)}
	case t.Value != nil:
		var out []string
		v := ev.computedName(t.Value, t.Name)
		if v == nil {
			return nil
		}
		for i := range v.refs {
			base := ""
			switch r := &v.refs[i]; r.kind {
			case refExt, refExtInst:
				base = r.name
			case refInst, refClass:
				for _, e := range r.cls.External() {
					out = append(out, ev.pack.Canonical(e+"."+t.Rest))
				}
				continue
			}
			if base == "" {
				continue
			}
			if t.Rest != "" {
				base += "." + t.Rest
			}
			out = append(out, ev.pack.Canonical(base))
		}
		return out
	case t.Fn == nil && t.Class == nil && t.Mod == nil:
		return []string{dotted}
	}
	return nil
}

// apply makes parameters of entry points sources, in the top context.
func (e *entryPoints) apply(f *frame, st *state) {
	e.injected(f, st)
	for _, s := range e.of(f.fn) {
		for i := range f.fn.Params {
			if e.asksSwitch(s, f.fn, i) {
				v := &Value{sym: f.inputs[i].sym, open: true, swayed: true}
				f.inputs[i] = v
				st.locals.set(i, v)
			}
			if e.harmless[fedParam{f.fn, s, i}] && !foreign(f.inputs[i]) {
				v := f.inputs[i].withFacts(nil)
				v.clean = true
				f.inputs[i] = v
				st.locals.set(i, v)
			}
			if s.Param.Uncalled || !e.means(s, f.fn, i) {
				continue
			}
			fact := e.feeding(s, f.fn, i)
			v := f.inputs[i].withFacts([]*Fact{fact})
			if k, ok := v.konst(); ok && v.assumed != "" && k.lit == ir.Str && s.Kind.Decides { // they send another word
				v.refs, v.assumed, v.open = nil, "", true
			}
			f.inputs[i] = v
			st.locals.set(i, v)
			e.validated(f, i, st)
		}
	}
}

// feeding gives what a source of a function's parameters puts into parameter i.
func (e *entryPoints) feeding(s *rule.Source, fn *program.Fn, i int) *Fact {
	p := &fn.Params[i]
	org := e.ev.sourceOrigin(s, s.Kind, "parameter '"+p.Name+"' of "+fn.Name, fn, &ir.Instr{Span: p.Span})
	return &Fact{org: org, content: s.Carries == rule.CarryContent, prov: e.enters(fn, i)}
}

// fed gives what a function that others enter is called with.
func (e *entryPoints) fed(fn *program.Fn) []arg {
	var args []arg
	for i := range fn.Params {
		if k := fn.Params[i].Kind; k != ir.PosOrKw && k != ir.PosOnly {
			break
		}
		v := &Value{open: true}
		for _, s := range e.of(fn) {
			if !s.Param.Uncalled && e.means(s, fn, i) {
				v.facts = append(v.facts, e.feeding(s, fn, i))
			}
		}
		args = append(args, arg{val: v})
	}
	return args
}

// enters is the beginning of a trace from a parameter of an entry point: the decorator that declares it as an option, where
// one names it, then the parameter.
func (e *entryPoints) enters(fn *program.Fn, i int) *Prov {
	p := &fn.Params[i]
	note := "parameter '" + p.Name + "' of the entry point '" + fn.Name + "'"
	if d := e.ev.declaration(fn, i); d != nil {
		return step(step(nil, provSource, fn, d.Span, d.Note), provAssign, fn, p.Span, note)
	}
	return step(nil, provSource, fn, p.Span, note)
}

// asksSwitch says whether parameter i of an entry point is a switch that whoever calls it sets: trust: bool = False,
// trust: Annotated[bool, Form()].
func (e *entryPoints) asksSwitch(s *rule.Source, fn *program.Fn, i int) bool {
	p := &fn.Params[i]
	return s.Kind.Decides && !s.Param.Uncalled && isBool(p.Annotation) && s.Param.Param(p.Name, "", e.defaultCall(fn, i)) && e.dependency(fn, i) == nil
}

// means says whether a source of a function's parameters is about parameter i.
func (e *entryPoints) means(s *rule.Source, fn *program.Fn, i int) bool {
	if i == 0 && isMethod(fn) {
		return false
	}
	if e.harmless[fedParam{fn, s, i}] || e.given[fedParam{fn, s, i}] {
		return false
	}
	p := &fn.Params[i]
	return s.Param.Param(p.Name, e.annotation(fn, p), e.defaultCall(fn, i)) && (p.HasDefault || p.Annotation == nil || e.dependency(fn, i) == nil)
}

// byConvention gives the source that a parameter is where nothing in the tree calls the function; nil if it is none.
func (e *entryPoints) byConvention(fn *program.Fn, i int) *rule.Source {
	if k := fn.Params[i].Kind; k == ir.VarPos || k == ir.VarKw {
		return nil // many values, which is another convention
	}
	for _, s := range e.of(fn) {
		if s.Param.Uncalled && e.means(s, fn, i) {
			return s
		}
	}
	return nil
}

// annotation gives the canonical name of a parameter's annotation, "" if it has none.
func (e *entryPoints) annotation(fn *program.Fn, p *ir.Param) string {
	a := p.Annotation
	for a != nil && (a.Path == "Optional" || a.Path == "typing.Optional" || a.Path == "Annotated" || a.Path == "typing.Annotated") && len(a.Args) > 0 {
		a = &a.Args[0]
	}
	if a == nil {
		return ""
	}
	if plainTypes[a.Path] {
		return a.Path
	}
	t := fn.Mod.LookupIn(max(fn.Parent, 0), a.Path) // what the body imports is not seen there
	switch {
	case t.Ext != "":
		return e.ev.pack.Canonical(t.Ext)
	case t.Class != nil:
		return t.Class.QualName()
	}
	return a.Path
}

// assignedCallback notes a function that is assigned to an attribute of a library object which will call it with
// foreign data: client.on_message = handle.
func (f *frame) assignedCallback(obj *Value, name string, v *Value, st *state, in *ir.Instr) {
	for i := range obj.refs {
		r := &obj.refs[i]
		if r.kind != refExtInst {
			continue
		}
		if roles := f.ev.pack.Call(f.ev.pack.Canonical(r.name + "." + name)); roles != nil {
			for _, s := range roles.Callbacks {
				f.ev.entries.called(v, s)
				f.perhapsCalled(v, in, st)
			}
		}
	}
}

// callbacks notes functions handed to a library call that will call them with foreign data.
func (c *extCall) callbacks() {
	for _, s := range c.roles.Callbacks {
		if s.Param.Callback.What == rule.AllArgs {
			for _, v := range values(c.args) {
				c.f.ev.entries.called(v, s)
				c.f.perhapsCalled(v, c.in, c.st)
			}
			continue
		}
		v := c.slot(s.Param.Callback)
		c.feeds(v, s)
		c.f.ev.entries.called(v, s)
		c.f.perhapsCalled(v, c.in, c.st)
		c.callBound(v)
	}
}

// A fedParam is a parameter of a callback.
type fedParam struct {
	fn  *program.Fn
	src *rule.Source
	i   int
}

// fedWith gives what feeds parameter i of a callback.
func (c *extCall) fedWith(slot rule.Slot, i int) *Value {
	v := c.slot(slot)
	if v != nil && v.shape {
		x, _ := c.f.heapGet(c.st, v.sym, "["+itoa(i)+"]")
		return x
	}
	if i > 0 {
		return nil
	}
	return v
}

// harmless says whether what feeds a parameter is surely of a type, or named as one, that gives no data that counts.
func (c *extCall) harmless(m *rule.ParamMatch, v *Value) bool {
	if name, ok := v.strKonst(); ok {
		return m.Harmless(name)
	}
	return v != nil && len(v.refs) == 1 && v.refs[0].kind == refExtInst && m.Harmless(c.f.ev.pack.Canonical(v.refs[0].name))
}

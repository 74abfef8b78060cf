package taint

import (
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
	"github.com/pickletrace/pickletrace/pkg/rule"
)

// Parameters that a framework fills with the result of a function of the tree:
//
//	def put(body = Depends(read)):
//	def put(body: Annotated[bytes, Depends(read)]):
//	Body = Annotated[bytes, Depends(read)]
//	def put(body: Body):

// injected gives parameters the result of the function that a framework calls for them.
func (e *entryPoints) injected(f *frame, st *state) {
	for i := range f.fn.Params {
		d := e.dependency(f.fn, i)
		if d == nil {
			continue
		}
		v := f.inputs[i].withFacts(d.facts)
		v.clean = d.isClean()
		if len(v.refs) == 0 {
			v.refs = slices.DeleteFunc(slices.Clone(d.refs), func(r Ref) bool { return r.kind != refInst && r.kind != refExtInst })
		}
		f.inputs[i] = v
		st.locals.set(i, v)
	}
}

// dependency gives what is injected for parameter i, nil if that is nothing that is known.
func (e *entryPoints) dependency(fn *program.Fn, i int) *Value {
	p := &fn.Params[i]
	if p.HasDefault && p.Default == nil {
		if !e.asksResult(e.defaultCall(fn, i)) {
			return nil
		}
		return e.ev.defaultOf(fn, i)
	}
	a := p.Annotation
	if a == nil || p.HasDefault {
		return nil
	}
	if a.Path != "Annotated" && !strings.HasSuffix(a.Path, ".Annotated") {
		return e.ofAlias(fn, a.Path)
	}
	for j := range a.Args {
		call := &a.Args[j]
		names := []string(nil)
		if call.IsCall {
			names = e.ev.namesOf(fn.Mod, fn.Parent, call.Path)
		}
		if len(names) > 0 && e.asksResult(names[0]) {
			return e.resultFor(fn, call, &a.Args[0])
		}
	}
	return nil
}

// asksResult says whether a call makes a framework call a function, and hand on what that gives.
func (e *entryPoints) asksResult(name string) bool {
	roles := e.ev.pack.Call(name)
	return roles != nil && slices.ContainsFunc(roles.Propagators, func(p *rule.Propagator) bool { return p.Invoke != nil && p.Invoke.Result == "return" })
}

// resultFor gives the result of the function that a call in an annotation names; without one, an object of the type.
func (e *entryPoints) resultFor(fn *program.Fn, call, typ *ir.Expr) *Value {
	path := typ.Path
	switch {
	case len(call.Args) > 0:
		path = call.Args[0].Path
	case len(call.Kwargs) > 0 && call.Kwargs[0].Name == "dependency":
		path = call.Kwargs[0].Value.Path
	}
	if path == "" {
		return nil
	}
	switch t := fn.Mod.LookupIn(fn.Parent, path); {
	case t.Class != nil:
		return refValue(Ref{kind: refInst, cls: t.Class})
	case t.Fn != nil && e.ev.follow(t.Fn):
		s := e.ev.topSummary(t.Fn)
		v := s.result
		if v == nil {
			return nil
		}
		if el := s.heap[v.sym]["[*]"]; t.Fn.Body().IsGen && el != nil { // what is given by yield
			v = el
		}
		return e.ev.declaredResult(t.Fn, e.ev.detach(v))
	}
	return nil
}

// dependsSeg is the heap segment under which an annotated type keeps what it injects.
const dependsSeg = "[depends]"

// ofAlias gives what is injected for a parameter of which the type is a name for an annotated one.
func (e *entryPoints) ofAlias(fn *program.Fn, path string) *Value {
	if path == "" || plainTypes[path] {
		return nil
	}
	t := fn.Mod.LookupIn(fn.Index, path)
	if t.Value == nil || t.Rest != "" || !t.Value.Mentions("Annotated") {
		return nil
	}
	v := e.ev.computedName(t.Value, t.Name)
	if v.symbol() == noSym {
		return nil
	}
	d, _ := e.ev.static(fn, v.sym, dependsSeg)
	return d
}

// isAnnotated says whether v is typing.Annotated.
func isAnnotated(v *Value) bool {
	return v != nil && len(v.refs) == 1 && v.refs[0].kind == refExt && (v.refs[0].name == "typing.Annotated" || v.refs[0].name == "typing_extensions.Annotated")
}

// annotatedType gives Annotated[T, …]: the type T, and what its notes inject.
func (f *frame) annotatedType(key *Value, st *state) *Value {
	if key == nil || !key.shape || f.curInstr == nil {
		return key
	}
	v := &Value{clean: true, open: true, sym: f.site(f.curInstr)}
	if t := f.item(key, "[0]", st); t != nil {
		v.refs = t.refs
	}
	for i := 1; i < maxAnswer; i++ {
		if d, ok := f.heapGet(st, key.sym, "["+itoa(i)+"]"); ok && d != nil && (len(d.facts) > 0 || len(d.refs) > 0) {
			st.set(heapKey{v.sym, dependsSeg}, d)
			break
		}
	}
	return v
}

package taint

import (
	"slices"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
)

// What a framework calls before a function: checks of a dependency hold in the function that depends on it.
//
//	@router.post("/jobs", dependencies=[Depends(signed)])      signed(request) compares a keyed digest of the body, or raises
//	async def job(request: Request):
//	    pickle.loads(await request.body())                     checked
//
//	async def job(request: Request, _=Depends(signed)): ...
//	async def job(request: Request, _: Annotated[None, Depends(signed)]): ...

const (
	maxDepended   = 8    // functions that are called before one
	maxDependency = 3    // how deep their names lie in the arguments of a decorator
	calledBefore  = "()" // beside the name of a parameter: what was called for its default
)

// beforehand calls what a framework calls before the function, for what that checks.
func (e *entryPoints) beforehand(f *frame, st *state) {
	for _, d := range e.dependedOn(f.fn) {
		if d == f.fn || !e.ev.rel.comesTo(d, 1, checks) || slices.ContainsFunc(e.ev.stack, func(g *frame) bool { return g.fn == d }) {
			continue
		}
		in := &ir.Instr{Span: f.fn.NameSpan, Dst: -1}
		f.await(f.callRefs(refValue(Ref{kind: refFunc, fn: d}), e.sharedArgs(f, d), in, st), st)
		st.dead = false
	}
}

// sharedArgs gives what a framework passes to a dependency: the same request that the function gets.
func (e *entryPoints) sharedArgs(f *frame, d *program.Fn) []arg {
	var out []arg
	for i := range d.Params {
		p := &d.Params[i]
		a := arg{name: p.Name, val: &Value{open: true}}
		if typ := e.annotation(d, p); typ != "" {
			if j := slices.IndexFunc(f.fn.Params, func(q ir.Param) bool { return e.annotation(f.fn, &q) == typ }); j >= 0 {
				a.val = f.inputs[j]
			}
		}
		if p.Kind == ir.PosOrKw && !p.HasDefault {
			out = append(out, a)
		}
	}
	return out
}

// dependedOn gives the functions of the tree that a framework calls before a function, as its decorators, annotations and
// defaults say.
func (e *entryPoints) dependedOn(fn *program.Fn) []*program.Fn {
	var out []*program.Fn
	for i := range fn.Decorators {
		d := &fn.Decorators[i].Expr
		for j := range d.Kwargs {
			out = e.dependencies(out, fn, &d.Kwargs[j].Value, 0)
		}
	}
	for i := range fn.Params {
		p := &fn.Params[i]
		if a := p.Annotation; a != nil {
			out = e.dependencies(out, fn, a, 0)
		}
		if p.HasDefault && p.Default == nil {
			e.ev.defaultOf(fn, i)
			if v := e.ev.defaults[fn][p.Name+calledBefore]; v != nil {
				for k := range v.refs {
					out = append(out, v.refs[k].fn)
				}
			}
		}
	}
	return out[:min(len(out), maxDepended)]
}

// dependencies adds the functions that calls in an expression, as Depends(f), make a framework call.
func (e *entryPoints) dependencies(out []*program.Fn, fn *program.Fn, x *ir.Expr, depth int) []*program.Fn {
	if depth > maxDependency {
		return out
	}
	if x.IsCall && len(x.Args) > 0 && x.Args[0].Path != "" {
		if names := e.ev.namesOf(fn.Mod, fn.Parent, x.Path); len(names) > 0 && e.asksResult(names[0]) {
			if t := fn.Mod.LookupIn(fn.Parent, x.Args[0].Path); t.Fn != nil {
				out = append(out, t.Fn)
			}
		}
		return out
	}
	for i := range x.Args {
		out = e.dependencies(out, fn, &x.Args[i], depth+1)
	}
	return out
}

// noteCalled keeps the function that the default of a parameter makes a framework call.
func (f *frame) noteCalled(into map[string]*Value, name string, v *Value, st *state) {
	fn, ok := f.heapGet(st, v.symbol(), calledCell)
	if !ok {
		return
	}
	var refs []Ref
	for _, r := range fn.refs {
		if r.kind == refFunc {
			refs = append(refs, r)
		}
	}
	if len(refs) > 0 {
		into[name+calledBefore] = &Value{refs: refs}
	}
}

// calledCell is the heap segment under which a dependency keeps its function.
const calledCell = ".dependency"

package taint

import (
	"maps"
	"slices"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
	"github.com/pickletrace/pickletrace/pkg/rule"
)

// Decorators of the tree. A name stands for the function as it was written: nearly all wrappers only pass on what they
// are given, and calls that go through a wrapper would need a context for each function it wraps. What wrappers do
// beside that is learnt where the decorator is applied:
//
//	def signed(view):
//	    def wrapper(*args):
//	        verify(request.get_data())     holds in every function decorated with @signed
//	        return view(*args)
//	    return wrapper

// decorate applies a decorator.
func (f *frame) decorate(in *ir.Instr, st *state) *Value {
	dec, v := f.reg(in.A), f.reg(in.B)
	f.registers(dec, v, in, st)
	f.registered(v, in, st)
	if dec == nil || v == nil || len(dec.refs) != 1 || dec.refs[0].kind != refFunc {
		return v
	}
	out := f.callRefs(dec, []arg{{val: v}}, in, st)
	if len(v.refs) == 1 && v.refs[0].kind == refFunc {
		f.wrapped(v.refs[0].fn, out, in, st)
	}
	return v
}

// registers does what rules say that a library decorator keeps: @signal.connect.
func (f *frame) registers(dec, v *Value, in *ir.Instr, st *state) {
	if dec == nil || v == nil || len(dec.refs) != 1 || dec.refs[0].kind != refExt || dec.refs[0].self == nil {
		return
	}
	roles := f.ev.pack.Call(f.ev.pack.Canonical(dec.refs[0].name))
	if roles == nil || !slices.ContainsFunc(roles.Propagators, func(p *rule.Propagator) bool {
		return p.Invoke == nil && p.Converts == "" && p.To.What == rule.Receiver
	}) {
		return
	}
	f.callRefs(dec, []arg{{val: v}}, in, st)
}

// wrapped learns what the wrapper of a function does besides calling it.
func (f *frame) wrapped(fn *program.Fn, wrapper *Value, in *ir.Instr, st *state) {
	if wrapper == nil || wrapper.open || len(wrapper.refs) != 1 || wrapper.refs[0].kind != refFunc {
		return
	}
	if w := wrapper.refs[0].fn; w == fn || !f.ev.rel.comesTo(w, 1, checks) {
		return
	}
	saved := f.ev.probing
	f.ev.probing = fn
	f.callRefs(wrapper, nil, in, st.branch())
	f.ev.probing = saved
}

// noteEntry notes what holds where a wrapper calls the function it wraps: on all ways there.
func (f *frame) noteEntry(fn *program.Fn, actuals []*Value, st *state) {
	now := map[sym]*guard{}
	note := func(n sym, g *guard) {
		if g != nil && !slices.ContainsFunc(g.trust, f.foreign) {
			now[n] = &guard{weak: g.weak, digest: g.digest}
		}
	}
	for n := range st.guards() {
		j := f.ev.syms.inputOf(n)
		if f.ev.escapes(n) && (j < 0 || j < len(actuals) && actuals[j].symbol() == f.ev.syms.input(j)) { // a part of an input, which is handed on
			note(n, st.guardOf(n))
		}
	}
	for i, v := range actuals {
		note(f.ev.syms.input(i), f.guarded(v.symbol(), st))
	}
	old, seen := f.ev.atEntry[fn]
	if seen {
		for n := range old {
			if g := weaker(old[n], now[n]); g != nil {
				now[n] = g
			} else {
				delete(now, n)
			}
		}
		maps.DeleteFunc(now, func(n sym, _ *guard) bool { return old[n] == nil })
	}
	f.ev.atEntry[fn] = now
	if seen && len(now) < len(old) {
		one := map[*program.Fn]bool{fn: true}
		f.ev.forget(one, one)
	}
}

// foreign says whether an input may hold what somebody else sent: it is no constant.
func (f *frame) foreign(o *Origin) bool {
	if o.input >= len(f.inputs) || o.path != "" {
		return true
	}
	_, literal := f.inputs[o.input].konst()
	return !literal || f.inputs[o.input].assumed != ""
}

// entryGuards gives what the decorators of a function have checked when its body runs.
func (ev *eval) entryGuards(fn *program.Fn) map[sym]*guard {
	if len(fn.Decorators) == 0 || fn.Parent < 0 || !ev.checkedOutside(fn) {
		return nil
	}
	body := fn.Mod.Fns[fn.Parent]
	if _, ok := ev.atEntry[fn]; !ok && !slices.ContainsFunc(ev.stack, func(f *frame) bool { return f.fn == body }) {
		ev.topSummary(body)
	}
	return ev.atEntry[fn]
}

// checkedOutside says whether a decorator of the tree makes wrappers that check or load something.
func (ev *eval) checkedOutside(fn *program.Fn) bool {
	for i := range fn.Decorators {
		path := fn.Decorators[i].Path
		if path == "" {
			continue
		}
		dec := ev.chainTarget(fn.Mod.Fns[fn.Parent], path).Fn
		if dec == nil {
			continue
		}
		dec.Body() // and what is nested in it
		for _, w := range dec.Mod.Fns[dec.Index+1:] {
			if !inside(w, dec) {
				break
			}
			if ev.rel.comesTo(w, 1, checks) {
				return true
			}
		}
	}
	return false
}

// inside says whether a function is defined in another, at any depth.
func inside(fn, outer *program.Fn) bool {
	for p := fn.Parent; p >= 0; p = fn.Mod.Fns[p].Parent {
		if p == outer.Index {
			return true
		}
	}
	return false
}

package taint

import (
	"slices"
)

// Which guards hold for data, and what they mean for a sink that it reaches.

// guarded gives the guard that holds for the data, or nil.
func (f *frame) guarded(n sym, st *state) *guard {
	if n == noSym {
		return nil
	}
	var found *guard
	for _, o := range f.ev.syms.origins(n) {
		g, known := st.guardState(o)
		if known && g == nil {
			return nil // what it was read from has changed since
		}
		if found == nil {
			found = g
		}
		switch in := f.ev.syms.info[o]; {
		case found != nil:
		case in.op == symPhi:
			return weaker(f.guarded(in.a, st), f.guarded(in.b, st))
		case in.op == symJoin:
			return f.guardedJoin(in, st)
		}
	}
	return found
}

// guardedJoin: a path or text made of parts that are all checked or literal.
func (f *frame) guardedJoin(in symInfo, st *state) *guard {
	var out *guard
	for _, n := range [...]sym{in.a, in.b} {
		if n == noSym || f.ev.syms.info[n].op == symConst {
			continue
		}
		g := f.guarded(n, st)
		if g == nil {
			return nil
		}
		if out == nil {
			out = g
		} else {
			out = weaker(out, g)
		}
	}
	return out
}

// applyGuard adds to the pending sink what a guard means for it; false when the guard stops the flow.
func (f *frame) applyGuard(p *pending, g *guard) bool {
	if g == nil {
		return true
	}
	if g.weak != "" {
		p.weak = append(slices.Clip(p.weak), g.weak)
		fact := *p.fact
		fact.feats |= WeakGuard
		p.fact = &fact
		return true
	}
	if len(g.trust) == 0 || p.fact.org.kind == originSource {
		return false
	}
	p.trust = append(slices.Clip(p.trust), g.trust...)
	return true
}

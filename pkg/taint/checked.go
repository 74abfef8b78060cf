package taint

import (
	"slices"
)

// Which guards hold for data, and what they mean for a sink that it reaches.

// guarded gives the guard that holds for the data, or nil.
func (f *frame) guarded(n sym, st *state) *guard { return f.guardedWithin(n, st, maxGuardDepth) }

// maxGuardDepth bounds how many parts within parts of data are asked for checks.
const maxGuardDepth = 8

func (f *frame) guardedWithin(n sym, st *state, depth int) *guard {
	if n == noSym || depth == 0 {
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
		case in.op == symPhi, in.op == symJoin:
			if found = f.guardedParts([]sym{in.a, in.b}, st, depth-1); found == nil {
				found = f.guardedInside(o, st, depth-1)
			}
			return found
		default:
			found = f.guardedInside(o, st, depth-1)
		}
	}
	return found
}

// guardedParts: data that is made of parts, or is one of several, that are all checked or the program's own: literals, and
// what a module holds (ROOT / name).
func (f *frame) guardedParts(parts []sym, st *state, depth int) *guard {
	var out *guard
	for _, n := range parts {
		if n == noSym || f.ownPart(n, st, map[sym]bool{}) {
			continue
		}
		g := f.guardedWithin(n, st, depth)
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

// ownPart says whether a part of data is a literal, or a value of a module that carries nothing that somebody else sent. What is
// in seen has been looked at: a text that is doubled again and again has few parts.
func (f *frame) ownPart(n sym, st *state, seen map[sym]bool) bool {
	if seen[n] {
		return true
	}
	seen[n] = true
	if f.filled(n, st) {
		return false
	}
	switch in := f.ev.syms.info[f.ev.syms.ident(n)]; in.op {
	case symConst:
		return true
	case symJoin:
		return (in.a == noSym || f.ownPart(in.a, st, seen)) && (in.b == noSym || f.ownPart(in.b, st, seen))
	case symAttr:
		x, ok := st.get(heapKey{in.a, in.s})
		if !ok || x == nil {
			x, _ = f.ev.static(f.fn, in.a, in.s)
		}
		return f.ev.syms.facts[n].static && x != nil && len(x.facts) == 0
	}
	return false
}

// filled says whether a literal is the path of a file that holds what somebody else sent.
func (f *frame) filled(n sym, st *state) bool {
	k := heapKey{n, "%"}
	x, ok := st.get(k)
	if !ok {
		x, _ = f.ev.static(f.fn, n, "%")
	}
	return len(x.getFacts()) > 0
}

// guardedInside: a container all of whose elements were checked, or a file all of whose pieces were:
//
//	for chunk in response:
//	    digest.update(chunk)
//	    parts.append(chunk)
func (f *frame) guardedInside(n sym, st *state, depth int) *guard {
	var out *guard
	for _, k := range st.keysOf(n) {
		x, ok := st.get(k)
		if !ok || x == nil || len(x.facts) == 0 || k.seg != "%" && k.seg[0] != '[' {
			continue
		}
		g := f.guardedWithin(x.sym, st, depth)
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

// reachOfGuard gives the symbols that a guard holds for where it holds for one: what a callee checked is in the caller a form, or
// a whole reading, of other data.
func (f *frame) reachOfGuard(n sym, g *guard) []sym {
	if g == nil || !g.digest {
		return []sym{n}
	}
	return f.ev.syms.whole(n)
}

// vouched gives a value without the facts that a guard voids: callers do not see the guards of this function.
func (f *frame) vouched(v *Value, st *state) *Value {
	if v == nil || len(v.facts) == 0 {
		return v
	}
	return f.ev.voided(v, f.guarded(v.sym, st))
}

// vouchStored does the same for what was stored in objects and files since there was only what is in before.
func (f *frame) vouchStored(st *state, before *pmap[*Value]) {
	if st.valid == nil {
		return
	}
	content := uint64(st.tab.id("%"))
	heap := st.heap
	st.heap.since(before, func(key uint64, v *Value) bool {
		switch {
		case v == nil || len(v.facts) == 0:
		case key&(1<<32-1) == content:
			heap = heap.with(key, f.ev.voided(v, f.guarded(sym(key>>32), st)))
		default:
			heap = heap.with(key, f.vouched(v, st))
		}
		return true
	})
	st.heap = heap
}

// voided gives v as what it is after a check: without facts if nothing is left to doubt.
func (d *domain) voided(v *Value, g *guard) *Value {
	switch {
	case g == nil:
		return v
	case g.weak == "" && len(g.trust) == 0:
		w := *v
		w.facts, w.clean = nil, true
		return &w
	}
	var fs []*Fact
	for _, fact := range v.facts {
		h := *fact
		if g.weak != "" {
			h.feats |= WeakGuard
			h.weak = d.reason(g.weak)
		} else {
			h.relying(relied(h.relies(), g.trust))
		}
		fs = append(fs, &h)
	}
	return v.withFacts(fs)
}

// reason gives the number of a text that says why a check does not count in full.
func (d *domain) reason(weak string) uint8 {
	if len(d.reasons) == 0 {
		d.reasons = append(d.reasons, "")
	}
	i := slices.Index(d.reasons, weak)
	if i < 0 {
		if i = len(d.reasons); i > 255 {
			return 255
		}
		d.reasons = append(d.reasons, weak)
	}
	return uint8(i)
}

// applyGuard adds to the pending sink what a guard means for it; false when the guard stops the flow.
func (f *frame) applyGuard(p *pending, g *guard) bool {
	if g == nil {
		return true
	}
	if g.weak != "" {
		if !slices.Contains(p.weak, g.weak) {
			p.weak = append(slices.Clip(p.weak), g.weak)
		}
		fact := *p.fact
		fact.feats |= WeakGuard
		p.fact = &fact
		return true
	}
	if len(g.trust) == 0 || p.fact.org.kind == originSource {
		return false
	}
	p.trust = relied(p.trust, g.trust)
	return true
}

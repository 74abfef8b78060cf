package taint

import "slices"

// Joins of values: what may be either of two.

// maybe gives v as a value that may also be something else.
func (v *Value) maybe() *Value {
	if v == nil || v.open {
		return v
	}
	w := *v
	w.open = true
	return &w
}

// onSome gives v as what a cell holds that was stored on some of the ways here only.
func (v *Value) onSome() *Value {
	if v == nil || v.sometimes {
		return v
	}
	w := *v
	w.open, w.sometimes, w.surely = true, true, !v.open
	return &w
}

// stored gives the content of a cell as what was stored there, wherever that was.
func (v *Value) stored() *Value {
	if v == nil || !v.sometimes {
		return v
	}
	w := *v
	w.open, w.sometimes, w.surely = !v.surely, false, false
	return &w
}

// joinValues gives a value that may be either.
func (ev *eval) joinValues(a, b *Value) *Value {
	if a == b {
		return a
	}
	if a == nil {
		return b.maybeDirty()
	}
	if b == nil {
		return a.maybeDirty()
	}
	refs, ok := unionRefs(a.refs, b.refs)
	both := ok && (len(a.refs) == 0) == (len(b.refs) == 0)
	v := &Value{refs: refs, open: a.open || b.open || !both, facts: addFacts(a.facts, b.facts),
		clean: a.clean && b.clean, shape: a.shape && b.shape, sometimes: a.sometimes || b.sometimes}
	v.surely = v.sometimes && both && (!a.open || a.surely) && (!b.open || b.surely)
	if a.sym == b.sym {
		v.sym = a.sym
	} else if a.sym != noSym && b.sym != noSym {
		v.sym = ev.syms.phi(a.sym, b.sym)
	}
	if a.hash != nil && b.hash != nil {
		v.hash = joinDigests(a.hash, b.hash)
	} else if a.sym == b.sym || isNone(a) || isNone(b) { // None is the digest of nothing
		v.hash = cmpOr(a.hash, b.hash)
	}
	if a.assumed != "" && a.assumed == b.assumed {
		v.assumed = a.assumed
	}
	v.cond = ev.joinConds(a, b)
	return v
}

// joinDigests gives a digest object on which some branch has called update: it covers what any of them fed it.
func joinDigests(a, b *digest) *digest {
	if a == b {
		return a
	}
	d := *a
	d.of = addDigested(slices.Clip(a.of), b.of...)
	d.weak, d.bad = cmpString(a.weak, b.weak), a.bad || b.bad
	d.trust = relied(a.trust, b.trust)
	return &d
}

// relied gives all that either of two checks relies on.
func relied(a, b []*Origin) []*Origin {
	out := slices.Clip(a)
	for _, o := range b {
		if !slices.Contains(out, o) {
			out = append(out, o)
		}
	}
	return out
}

// maxDigested is of how many values one digest may be; what comes after does not count as checked by it.
const maxDigested = 16

func addDigested(of []sym, more ...sym) []sym {
	for _, n := range more {
		if len(of) < maxDigested && !slices.Contains(of, n) {
			of = append(of, n)
		}
	}
	return of
}

func cmpOr(a, b *digest) *digest {
	if a != nil {
		return a
	}
	return b
}

func (ev *eval) joinConds(a, b *Value) *Cond {
	ca, cb := condOf(a), condOf(b)
	if ca == nil || cb == nil {
		return nil
	}
	return &Cond{yes: ev.pickMeet(ca.yes, cb.yes, a, b, 1), no: ev.pickMeet(ca.no, cb.no, a, b, 0)}
}

func condOf(v *Value) *Cond {
	if v.cond != nil {
		return v.cond
	}
	if t, assumed := v.truth(); t >= 0 && assumed == "" {
		return &Cond{}
	}
	return nil
}

// pickMeet joins what is known when the joined value is want: a side that is a constant of the other truth value
// cannot be the one that was returned.
func (ev *eval) pickMeet(x, y []condFact, a, b *Value, want int) []condFact {
	if t, _ := a.truth(); t >= 0 && t != want {
		return y
	}
	if t, _ := b.truth(); t >= 0 && t != want {
		return x
	}
	return ev.meet(x, y)
}

// maybeDirty gives v as one of two values of which the other is unknown.
func (v *Value) maybeDirty() *Value {
	if v == nil {
		return nil
	}
	w := *v
	w.open, w.clean, w.cond, w.shape = true, false, nil, false
	return &w
}

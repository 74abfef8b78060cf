package taint

import (
	"cmp"
	"slices"
	"strings"
)

// Joins of values: what may be either of two.

// maybe gives v as a value that may also be something else.
func (v *Value) maybe() *Value {
	if v == nil || v.open && v.text == "" {
		return v
	}
	w := *v
	w.open, w.text = true, ""
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

// joinValues gives a value that may be either: a itself if b says nothing beyond it.
//
// Up to the order of lists and the choice between accounts of one fact it is idempotent, commutative and associative, so
// that neither the order of branches nor the number of rounds decides what is found.
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
	refs, many := ev.joinRefs(a, b)
	both := !many && (len(a.refs) == 0) == (len(b.refs) == 0)
	v := Value{sym: a.sym, refs: refs, many: many, open: a.open || b.open || !both, facts: addFacts(a.facts, b.facts), deps: a.deps | b.deps,
		clean: a.clean && b.clean, shape: a.shape && b.shape, sometimes: a.sometimes || b.sometimes, swayed: a.swayed || b.swayed}
	v.surely = v.sometimes && both && (!a.open || a.surely) && (!b.open || b.surely)
	if a.sym != b.sym {
		if v.sym = noSym; a.sym != noSym && b.sym != noSym {
			v.sym = ev.syms.phi(a.sym, b.sym)
		}
	}
	if a.hash != nil && b.hash != nil {
		v.hash = joinDigests(a.hash, b.hash)
	} else if a.sym == b.sym || isNone(a) || isNone(b) { // None is the digest of nothing
		v.hash = cmpOr(a.hash, b.hash)
	}
	if a.assumed == b.assumed {
		v.assumed = a.assumed
	}
	if a.text == b.text {
		v.text = a.text
	}
	v.cond = ev.joinConds(a, b)
	v.tell(ev.joinSayings(a, b), v.later())
	if v.same(a) {
		return a
	}
	return &v
}

// same says whether two values are one and the same, but for the accounts that lie behind their facts.
func (v *Value) same(w *Value) bool {
	return v.sym == w.sym && v.hash == w.hash && v.open == w.open && v.clean == w.clean && v.shape == w.shape && v.assumed == w.assumed &&
		v.sometimes == w.sometimes && v.surely == w.surely && v.text == w.text && v.many == w.many && v.swayed == w.swayed && v.deps == w.deps && sameList(v.refs, w.refs) && sameList(v.facts, w.facts) && sameList(v.says(), w.says()) &&
		(v.cond == w.cond || v.cond.empty() && w.cond.empty())
}

// sameList says whether two lists are the same memory.
func sameList[T any](a, b []T) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}

// joinRefs gives what either of two values may refer to. Of too much, only what leads to a sink, a source or a check is
// kept: the value is unknown but for that.
func (ev *eval) joinRefs(a, b *Value) (refs []Ref, many bool) {
	refs = addRefs(a.refs, b.refs)
	if !a.many && !b.many && len(refs) <= maxRefs {
		return refs, false
	}
	if !a.many && !b.many {
		ev.stats.Met[limitRefs]++
	}
	refs = slices.DeleteFunc(slices.Clone(refs), func(r Ref) bool { return !ev.leads(&r) })
	if len(refs) > maxRefs {
		slices.SortFunc(refs, func(a, b Ref) int { return strings.Compare(a.key(), b.key()) })
		refs = refs[:maxRefs:maxRefs]
	}
	return refs, true
}

// unionRefs gives the union of two lists; ok is false if that is too much to be told apart.
func unionRefs(a, b []Ref) (refs []Ref, ok bool) {
	if refs = addRefs(a, b); len(refs) > maxRefs {
		return nil, false
	}
	return refs, true
}

// addRefs gives the union of two lists, a itself if b has nothing beyond it.
func addRefs(a, b []Ref) []Ref {
	if len(a) == 0 {
		return b
	}
	out := slices.Clip(a)
	for i := range b {
		if !slices.ContainsFunc(out, b[i].same) {
			out = append(out, b[i])
		}
	}
	return out
}

// joinDigests gives a digest object on which some branch has called update: it covers what any of them fed it.
func joinDigests(a, b *digest) *digest {
	if a == b {
		return a
	}
	if a.weak == b.weak && a.bad == b.bad && len(b.trust) == 0 && !slices.ContainsFunc(b.of, func(n sym) bool { return !slices.Contains(a.of, n) }) {
		return a
	}
	d := *a
	d.of = addDigested(slices.Clip(a.of), b.of...)
	d.weak, d.bad = cmp.Or(a.weak, b.weak), a.bad || b.bad
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
	c := &Cond{yes: ev.pickMeet(ca.yes, cb.yes, a, b, 1), no: ev.pickMeet(ca.no, cb.no, a, b, 0)}
	if slices.EqualFunc(c.yes, ca.yes, condFact.same) && slices.EqualFunc(c.no, ca.no, condFact.same) {
		return ca
	}
	return c
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
	if v == nil || v.open && !v.clean && v.cond == nil && !v.shape && v.text == "" {
		return v
	}
	w := *v
	w.text = ""
	w.open, w.clean, w.cond, w.shape = true, false, nil, false
	return &w
}

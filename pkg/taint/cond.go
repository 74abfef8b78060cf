package taint

import (
	"cmp"
	"slices"
)

// What is known on a branch: truth facts, and the inputs they depend on.

// depsOf gives the inputs whose identity decides what the value refers to or is worth.
func (ev *domain) depsOf(v *Value) deps {
	if v == nil {
		return 0
	}
	d := v.deps
	if i := ev.syms.inputOf(v.sym); i >= 0 && i < 32 {
		if ev.syms.info[v.sym].op == symInput {
			d |= 1 << i
		} else {
			d |= 1 << (32 + i)
		}
	}
	return d
}

// elementDeps returns the inputs below which an element lies, of whichever of several containers.
func (d *domain) elementDeps(n sym, depth int) deps {
	if n == noSym || depth > maxPlaceDepth {
		return 0
	}
	switch in := d.syms.info[n]; {
	case in.op == symInput && in.a < 32 && depth > 0:
		return 1 << (32 + in.a)
	case in.op == symPhi:
		return d.elementDeps(in.a, depth+1) | d.elementDeps(in.b, depth+1)
	case in.op == symAttr, in.op == symIndex, in.op == symSame, in.op == symVia:
		return d.elementDeps(in.a, depth+1)
	case in.op == symOpaque && in.s == "[]": // the key, too
		return d.elementDeps(in.a, depth+1) | d.depsOf(&Value{sym: in.b})
	}
	return 0
}

// has says whether input i takes part, and whether its attributes do.
func (d deps) has(i int) (self, items bool) {
	if i >= 32 {
		return false, false
	}
	return d&(1<<i) != 0, d&(1<<(32+i)) != 0
}

// checks says whether something is known that only a digest or signature can tell.
func (c *Cond) checks() bool {
	isCheck := func(x condFact) bool { return x.check }
	return c != nil && (slices.ContainsFunc(c.yes, isCheck) || slices.ContainsFunc(c.no, isCheck))
}

// empty says whether nothing is known either way.
func (c *Cond) empty() bool { return c == nil || len(c.yes)+len(c.no) == 0 }

func not(c *Cond) *Cond {
	if c == nil {
		return nil
	}
	return &Cond{yes: c.no, no: c.yes}
}

func (ev *eval) both(a, b *Cond) *Cond {
	if a == nil || b == nil {
		if a == nil {
			a = b
		}
		if a == nil || len(a.yes) == 0 {
			return nil
		}
		return &Cond{yes: a.yes}
	}
	return &Cond{yes: ev.addConds(a.yes, b.yes), no: ev.meet(a.no, b.no)}
}

// addConds gives what two lists know together, each thing once.
func (ev *eval) addConds(a, b []condFact) []condFact {
	out := slices.Clip(a)
	for i := range b {
		if slices.ContainsFunc(out, b[i].same) {
			continue
		}
		if !ev.within(limitConds, len(out)+1) {
			break
		}
		out = append(out, b[i])
	}
	return out
}

// same says whether two facts say the same.
func (c condFact) same(d condFact) bool {
	return c.kind == d.kind && c.sym == d.sym && c.by == d.by && c.check == d.check && c.text == d.text && c.weak == d.weak && slices.Equal(c.trust, d.trust)
}

func (ev *eval) either(a, b *Cond) *Cond { return not(ev.both(not(a), not(b))) }

// meet keeps what both lists know.
func (ev *eval) meet(a, b []condFact) []condFact {
	var out []condFact
	for _, x := range a {
		for _, y := range b {
			if x.kind == y.kind && x.sym == y.sym && x.text == y.text {
				if x.weak == "" {
					x.weak = y.weak
				}
				x.trust = relied(x.trust, y.trust)
				out = append(out, x)
				break
			}
		}
	}
	return ev.addConds(ev.addConds(out, ev.optionally(a, b)), ev.optionally(b, a))
}

// optionally gives what one list knows to be checked, if the other one says that there was nothing to check against:
//
//	if digest is None or sha256(data) == digest:    data was checked where there is a digest
func (ev *eval) optionally(checked, other []condFact) []condFact {
	var out []condFact
	for _, x := range checked {
		if x.kind != condValid || x.by == noSym || !slices.ContainsFunc(other, func(y condFact) bool { return y.kind == condAbsent && y.sym == x.by }) {
			continue
		}
		x.weak = cmp.Or(x.weak, ev.optional(x.by))
		out = append(out, x)
	}
	return out
}

// condOfValue gives what the truth of a value says: that it is there.
func (d *domain) condOfValue(v *Value) *Cond {
	switch {
	case v == nil:
		return nil
	case !v.cond.empty():
		return v.cond
	case v.sym == noSym || d.syms.info[v.sym].op == symConst && v.assumed == "":
		return nil
	}
	return &Cond{no: []condFact{{kind: condAbsent, sym: v.sym}}}
}

// decided says whether a value is a constant that is surely true or surely false.
func (v *Value) decided() bool {
	t, assumed := v.truth()
	return t >= 0 && assumed == ""
}

// learnt gives what was found out on the way from a base, nil for the beginning, to a state: the checks passed, as
// conditions.
func (ev *eval) learnt(s, base *state, members int) []condFact {
	if base == nil {
		base = &state{}
	}
	var out []condFact
	s.valid.since(base.valid, func(n uint64, g *guard) bool {
		if g != nil {
			out = append(out, condFact{kind: condValid, sym: sym(n), by: g.by, weak: g.weak, trust: g.trust})
		}
		return true
	})
	if suffix, ok := s.tab.ids["suffix"]; ok {
		s.heap.since(base.heap, func(key uint64, v *Value) bool {
			if uint32(key) == suffix {
				if text, ok := v.strKonst(); ok {
					out = append(out, condFact{kind: condSuffix, sym: sym(key >> 32), text: text})
				}
			}
			return true
		})
	}
	for _, n := range s.member[min(members, len(s.member)):] {
		out = append(out, condFact{kind: condMember, sym: n})
	}
	for _, n := range s.absent {
		out = append(out, condFact{kind: condAbsent, sym: n})
	}
	return out
}

// implying gives a truth value that was chosen where something was learnt: that it is so now says that this holds.
//
//	ok = False
//	if digest(data) == EXPECTED: ok = True     data is checked where ok is true
func (ev *eval) implying(v *Value, learnt []condFact) *Value {
	v = ev.saying(v, learnt)
	if v == nil || len(learnt) == 0 || (v.cond == nil && !v.decided()) {
		return v
	}
	w := *v
	c := Cond{}
	if v.cond != nil {
		c = *v.cond
	}
	if t, _ := v.truth(); t != 0 {
		c.yes = ev.addConds(c.yes, learnt)
	}
	if t, _ := v.truth(); t != 1 {
		c.no = ev.addConds(c.no, learnt)
	}
	w.cond = &c
	return &w
}

// answering gives a result, a truth value or a tuple of some, that says of the inputs what was found out before the return.
func (f *frame) answering(v *Value, st *state) *Value {
	if v == nil {
		return v
	}
	_, constant := f.ev.answerKey(v)
	made := f.ev.isMade(v)
	if !(v.shape || v.cond != nil || v.decided() || constant || made) {
		return v
	}
	learnt := slices.DeleteFunc(f.ev.learnt(st, nil, 0), func(c condFact) bool { return !f.ev.escapes(c.sym) })
	if len(learnt) == 0 {
		return v
	}
	for i := 0; v.shape && v.sym != noSym && i < maxAnswer; i++ {
		k := heapKey{v.sym, "[" + itoa(i) + "]"}
		if x, ok := st.get(k); ok {
			st.set(k, f.ev.implying(x, learnt))
		}
	}
	if made {
		for _, k := range st.keysOf(v.sym)[:min(len(st.keysOf(v.sym)), maxAnswer)] {
			if x, _ := st.get(k); x != nil {
				st.set(k, f.ev.implying(x, learnt))
			}
		}
	}
	return f.ev.implying(v, learnt)
}

// isMade reports whether a value is an object that was made here, which may carry a verdict in a field.
func (d *domain) isMade(v *Value) bool {
	if v == nil {
		return false
	}
	in := d.syms.info[v.sym]
	return in.op == symOpaque && in.s == "new"
}

// maxAnswer is how many elements of a result may say something of the inputs: ok, reason.
const maxAnswer = 4

package taint

import (
	"slices"
	"strings"
)

// Joins of states: what holds whichever way control came.

// join makes s the union of the given states, all of which branched from it. With none alive s is dead.
func (ev *eval) join(s *state, branches ...*state) {
	branches = slices.DeleteFunc(branches, func(b *state) bool { return b.dead })
	s.dead = len(branches) == 0
	if s.dead {
		return
	}
	if len(branches) == 1 {
		b := branches[0]
		s.locals, s.gates, s.member, s.absent = b.locals.share(), b.gates, b.member, b.absent
		s.heap, s.valid, s.made = b.heap, b.valid, b.made
		return
	}
	for _, b := range branches {
		ev.settle(b, s)
	}
	ev.joinLocals(s, branches)
	ev.joinWays(s, branches)
}

// joinWays joins all but the variables.
func (ev *eval) joinWays(s *state, branches []*state) {
	valid := ev.joinGuards(branches)
	s.heap, s.made = ev.joinHeaps(s, branches)
	s.valid = valid
	s.gates, s.member = commonStrings(branches), common(branches, func(b *state) []sym { return b.member })
	s.absent = common(branches, func(b *state) []sym { return b.absent })
}

// addKnown adds a symbol to a list of those of which something is known.
func (ev *eval) addKnown(list []sym, n sym) []sym {
	if slices.Contains(list, n) || !ev.within(limitKnown, len(list)+1) {
		return list
	}
	return append(slices.Clip(list), n)
}

// settle makes what was checked on one branch, and will be joined with what was not, free of doubt.
func (t *summaryTable) settle(b, base *state) {
	strong := func(_ uint64, g *guard) bool { return g == nil || g.weak != "" }
	if b.valid.since(base.valid, strong) {
		return
	}
	f := t.stack[len(t.stack)-1]
	for i, v := range b.locals.all() {
		if w := f.vouched(v, b); w != v && len(w.facts) == 0 {
			b.locals.set(i, w)
		}
	}
	f.vouchStored(b, base.heap)
}

func (ev *eval) joinLocals(s *state, branches []*state) {
	var learnt [][]condFact
	for r := range s.locals.rows {
		if sameRow(branches, r) {
			s.locals.setRow(r, branches[0].locals.rows[r])
			continue
		}
		for j := range s.locals.rows[r] {
			i := r*rowSize + j
			v := branches[0].locals.get(i)
			if !slices.ContainsFunc(branches[1:], func(b *state) bool { return b.locals.get(i) != v }) {
				s.locals.set(i, v)
				continue
			}
			if slices.ContainsFunc(branches, func(b *state) bool { return ev.sayings(b.locals.get(i)) != nil || b.locals.get(i).decided() }) {
				if learnt == nil {
					learnt = ev.learntOn(branches, s)
				}
				v = ev.implying(v, learnt[0])
			}
			for k, b := range branches[1:] {
				w := b.locals.get(i)
				if learnt == nil && w == branches[k].locals.get(i) {
					continue // as on the branch before
				}
				if learnt != nil {
					w = ev.implying(w, learnt[k+1])
				}
				v = ev.joinValues(v, w)
			}
			ev.stats.Joins++
			s.locals.set(i, v)
		}
	}
}

// learntOn gives what was found out on each of the branches.
func (ev *eval) learntOn(branches []*state, base *state) [][]condFact {
	out := make([][]condFact, len(branches))
	for j, b := range branches {
		out[j] = ev.learnt(b, base, len(base.member))
	}
	return out
}

// joinHeaps joins what hangs on objects. A cell that only some branches have is one that was stored on some ways only, but
// for objects that other branches have made: those are not there to lack anything.
func (ev *eval) joinHeaps(s *state, branches []*state) (heap *pmap[*Value], made *pmap[serial]) {
	maps := make([]*pmap[*Value], len(branches))
	serials := make([]*pmap[serial], len(branches))
	for i, b := range branches {
		maps[i], serials[i] = b.heap, b.made
	}
	g := merger[*Value]{join: func(key uint64, vals []*Value, absent bool) *Value {
		ev.stats.Joins++
		v := vals[0]
		for _, w := range vals[1:] {
			v = ev.joinValues(v, w)
		}
		if absent && lacking(s, branches, key) {
			v = v.onSome()
		}
		return v
	}}
	newest := merger[serial]{join: func(_ uint64, vals []serial, _ bool) serial { return slices.Max(vals) }}
	return g.merge(maps), newest.merge(serials)
}

// lacking says whether one of the branches that do not have the cell is one where it could have been stored.
func lacking(s *state, branches []*state, key uint64) bool {
	obj := key >> 32
	before, _ := s.made.get(obj)
	anew := false
	for _, b := range branches {
		if n, _ := b.made.get(obj); n != before {
			if anew = true; !b.heap.has(key) {
				return true
			}
		}
	}
	return !anew
}

func (ev *eval) joinGuards(branches []*state) *pmap[*guard] {
	maps := make([]*pmap[*guard], len(branches))
	for i, b := range branches {
		maps[i] = b.valid
	}
	g := merger[*guard]{join: func(key uint64, _ []*guard, _ bool) *guard { return ev.joinGuard(sym(key), branches) }}
	return g.merge(maps)
}

// joinGuard joins what is known of one symbol. A branch without a check that is there because nothing is given to check
// against, or because a switch is turned against its default, makes the check of the others an optional one.
func (ev *eval) joinGuard(n sym, branches []*state) *guard {
	var out *guard
	skipped := ""
	for _, b := range branches {
		g, taken := b.guardState(n)
		switch {
		case g != nil && out == nil:
			out = g
		case g != nil:
			out = weaker(out, g)
		case taken:
			return nil
		}
	}
	for _, b := range branches {
		if b.guardOf(n) != nil {
			continue
		}
		switch {
		case out.by != noSym && slices.Contains(b.absent, out.by):
			skipped = ev.optional(out.by)
		case b.unset != "":
			skipped = "only where '" + strings.TrimPrefix(b.unset, outerMark) + "' is left at its default"
		default:
			return nil
		}
	}
	if skipped != "" && out.weak == "" {
		out = &guard{weak: skipped, by: out.by, trust: out.trust, digest: out.digest}
	}
	return out
}

// optional says that a check is made only if there is something to check against.
func (ev *eval) optional(by sym) string {
	switch in := ev.syms.info[ev.syms.ident(by)]; in.op {
	case symInput:
		if f := ev.stack[len(ev.stack)-1]; int(in.a) < len(f.fn.Params) {
			return "only where '" + f.fn.Params[in.a].Name + "' is given"
		}
	case symAttr:
		return "only where '" + strings.TrimPrefix(in.s, ".") + "' is given"
	}
	return "only where something is known to check it against"
}

// weaker joins two guards: what holds on both ways.
func weaker(a, b *guard) *guard {
	if a == nil || b == nil {
		return nil
	}
	weak := a.weak
	if weak == "" {
		weak = b.weak
	}
	out := &guard{weak: weak, trust: relied(a.trust, b.trust), digest: a.digest && b.digest}
	if a.by == b.by {
		out.by = a.by
	}
	return out
}

func commonStrings(branches []*state) []string {
	var out []string
	for _, g := range branches[0].gates {
		if !slices.ContainsFunc(branches[1:], func(b *state) bool { return !slices.Contains(b.gates, g) }) {
			out = append(out, g)
		}
	}
	return out
}

func common(branches []*state, of func(*state) []sym) []sym {
	var out []sym
	for _, g := range of(branches[0]) {
		if !slices.ContainsFunc(branches[1:], func(b *state) bool { return !slices.Contains(of(b), g) }) {
			out = append(out, g)
		}
	}
	return out
}

// grew says whether a state tells more of variables and cells than the one it came from: data, references, doubts. That
// the same data has another symbol is no news.
func (s *state) grew(old *state) bool {
	for r, row := range s.locals.rows {
		if &row[0] == &old.locals.rows[r][0] {
			continue
		}
		for j, v := range row {
			if v.grew(old.locals.rows[r][j]) {
				return true
			}
		}
	}
	same := s.heap.since(old.heap, func(key uint64, v *Value) bool {
		w, ok := old.heap.get(key)
		return ok && !v.grew(w)
	})
	return !same || !s.valid.since(old.valid, func(key uint64, g *guard) bool {
		w, ok := old.valid.get(key)
		return ok && (g == nil) == (w == nil)
	})
}

// grew says whether a value tells more than it did.
func (v *Value) grew(old *Value) bool {
	if v == old || v == nil {
		return false
	}
	if old == nil {
		return true
	}
	return v.open != old.open || v.clean != old.clean || v.shape != old.shape || v.sometimes != old.sometimes ||
		slices.ContainsFunc(v.facts, func(f *Fact) bool {
			return !slices.ContainsFunc(old.facts, func(g *Fact) bool {
				return f.org == g.org && f.content == g.content && len(f.relies()) == len(g.relies())
			})
		}) ||
		slices.ContainsFunc(v.refs, func(r Ref) bool { return !slices.ContainsFunc(old.refs, r.same) })
}

package taint

import (
	"maps"
	"slices"
	"strings"
)

// A state is what is known at one point of a function: the variables, the heap, and the guards passed.
//
// The heap is layered: a branch gets a layer of its own on top of the state it starts from, and a join merges the
// layers of the branches into the one below. So a branch costs what it changes, not what there is.
type state struct {
	locals []*Value
	top    *layer
	gates  []string // parameters that must be set, against their default, to get here
	member []sym    // values compared with constants on the way here
	absent []sym    // values that are None, empty or false on the way here
	unset  string   // the switch that was turned against its default just here
	dead   bool     // control does not get past this point
}

type heapKey struct {
	obj sym
	seg string // ".attr", "[key]", "[*]", "%" (the content of the file obj names), "#" (digest so far)
}

// segments holds what hangs on one object, by segment. It is small.
type segments map[string]*Value

type layer struct {
	parent *layer
	heap   map[sym]segments
	valid  map[sym]*guard
	made   []sym // containers made here: another branch knows nothing of them
}

// A guard says that data was checked against something an attacker does not control. A nil *guard in a layer takes
// back one from below.
type guard struct {
	weak  string // why it does not count in full
	by    sym    // what the data was compared with
	trust []*Origin
}

func newState(slots int) *state { return &state{locals: make([]*Value, slots), top: &layer{}} }

// branch gives a state that starts from s and changes nothing in it.
func (s *state) branch() *state {
	return &state{locals: slices.Clone(s.locals), top: &layer{parent: s.top}, gates: slices.Clip(s.gates), member: slices.Clip(s.member), absent: slices.Clip(s.absent), dead: s.dead}
}

func (s *state) get(k heapKey) (*Value, bool) {
	for l := s.top; l != nil; l = l.parent {
		if v, ok := l.heap[k.obj][k.seg]; ok {
			return v, true
		}
	}
	return nil, false
}

func (s *state) set(k heapKey, v *Value) {
	s.top.set(k.obj, k.seg, v)
}

// makes notes that an object comes into being here.
func (s *state) makes(n sym) {
	if n != noSym && !slices.Contains(s.top.made, n) {
		s.top.made = append(s.top.made, n)
	}
}

func (l *layer) set(obj sym, seg string, v *Value) {
	if l.heap == nil {
		l.heap = map[sym]segments{}
	}
	segs := l.heap[obj]
	if segs == nil {
		segs = segments{}
		l.heap[obj] = segs
	}
	segs[seg] = v
}

func (s *state) guardOf(n sym) *guard {
	g, _ := s.guardState(n)
	return g
}

// guardState gives the guard of a symbol, and whether anything was said of it: a guard that was taken back is nil
// and known.
func (s *state) guardState(n sym) (g *guard, known bool) {
	for l := s.top; l != nil; l = l.parent {
		if g, ok := l.valid[n]; ok {
			return g, true
		}
	}
	return nil, false
}

func (s *state) setGuard(n sym, g *guard) {
	if s.top.valid == nil {
		s.top.valid = map[sym]*guard{}
	}
	s.top.valid[n] = g
}

// snapshot gives a copy of s whose layers above base are one.
func (s *state) snapshot(base *layer) *state {
	c := &state{locals: slices.Clone(s.locals), gates: slices.Clip(s.gates), member: slices.Clip(s.member), absent: slices.Clip(s.absent), top: &layer{parent: base}}
	var chain []*layer
	for l := s.top; l != nil && l != base; l = l.parent {
		chain = append(chain, l)
	}
	for _, l := range slices.Backward(chain) {
		c.top.absorb(l)
		for k, g := range l.valid {
			c.setGuard(k, g)
		}
	}
	return c
}

// join makes s the union of the given states, all of which branched from it. With none alive s is dead.
func (ev *eval) join(s *state, branches ...*state) {
	branches = slices.DeleteFunc(branches, func(b *state) bool { return b.dead })
	s.dead = len(branches) == 0
	if s.dead {
		return
	}
	if len(branches) == 1 {
		b := branches[0]
		s.locals, s.gates, s.member, s.absent = b.locals, b.gates, b.member, b.absent
		for l := range b.layersAbove(s.top) {
			mergeInto(s.top, l)
		}
		return
	}
	for _, b := range branches {
		ev.settle(b, s.top)
	}
	ev.joinLocals(s, branches)
	ev.joinHeaps(s, branches)
	ev.joinGuards(s, branches)
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
func (ev *eval) settle(b *state, base *layer) {
	f := ev.stack[len(ev.stack)-1]
	for l := range b.layersAbove(base) {
		if !slices.ContainsFunc(slices.Collect(maps.Values(l.valid)), func(g *guard) bool { return g != nil && g.weak == "" }) {
			continue
		}
		for i, v := range b.locals {
			if w := f.vouched(v, b); w != v && len(w.facts) == 0 {
				b.locals[i] = w
			}
		}
		f.vouchStored(l, b)
	}
}

func (ev *eval) joinLocals(s *state, branches []*state) {
	learnt := make([][]condFact, len(branches))
	asked := false
	for i := range s.locals {
		v := branches[0].locals[i]
		if slices.ContainsFunc(branches[1:], func(b *state) bool { return b.locals[i] != v }) && slices.ContainsFunc(branches, func(b *state) bool { return b.locals[i].decided() }) {
			if !asked {
				asked = true
				for j, b := range branches {
					learnt[j] = ev.learnt(b, s.top, len(s.member))
				}
			}
			v = ev.implying(v, learnt[0])
		}
		for j, b := range branches[1:] {
			v = ev.joinValues(v, ev.implying(b.locals[i], learnt[j+1]))
		}
		s.locals[i] = v
	}
}

// layersAbove gives the layers of b above base, lowest first.
func (s *state) layersAbove(base *layer) func(func(*layer) bool) {
	var chain []*layer
	for l := s.top; l != nil && l != base; l = l.parent {
		chain = append(chain, l)
	}
	slices.Reverse(chain)
	return slices.Values(chain)
}

// absorb writes the heap of another layer over this one's.
func (l *layer) absorb(src *layer) {
	for obj, segs := range src.heap {
		for seg, v := range segs {
			l.set(obj, seg, v)
		}
	}
	l.made = append(l.made, src.made...)
}

func mergeInto(dst, src *layer) {
	dst.absorb(src)
	if dst.valid == nil {
		dst.valid = maps.Clone(src.valid)
	} else {
		maps.Copy(dst.valid, src.valid)
	}
}

func (ev *eval) joinHeaps(s *state, branches []*state) {
	keys, made := changes(s, branches)
	for _, k := range sortedKeys(keys) {
		var v *Value
		missing, first := false, true
		anew := slices.ContainsFunc(made, func(m map[sym]bool) bool { return m[k.obj] })
		for i, b := range branches {
			w, ok := b.get(k)
			switch {
			case !ok:
				missing = missing || !anew || made[i][k.obj] // what another branch has made is not there to lack anything
			case first:
				v, first = w, false
			default:
				v = ev.joinValues(v, w)
			}
		}
		if missing {
			v = v.onSome()
		}
		s.set(k, v)
	}
	for _, m := range made {
		s.top.made = append(s.top.made, slices.Sorted(maps.Keys(m))...)
	}
}

// changes gives the heap keys that any of the branches has set, and what each of them has made.
func changes(s *state, branches []*state) (keys map[heapKey]bool, made []map[sym]bool) {
	keys = map[heapKey]bool{}
	for _, b := range branches {
		own := map[sym]bool{}
		for l := range b.layersAbove(s.top) {
			for _, n := range l.made {
				own[n] = true
			}
			for obj, segs := range l.heap {
				for seg := range segs {
					keys[heapKey{obj, seg}] = true
				}
			}
		}
		made = append(made, own)
	}
	return keys, made
}

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

func sortedKeys(m map[heapKey]bool) []heapKey {
	keys := slices.Collect(maps.Keys(m))
	slices.SortFunc(keys, compareKeys)
	return keys
}

func compareKeys(a, b heapKey) int {
	if a.obj != b.obj {
		return int(a.obj) - int(b.obj)
	}
	return strings.Compare(a.seg, b.seg)
}

func (ev *eval) joinGuards(s *state, branches []*state) {
	seen := map[sym]bool{}
	for _, b := range branches {
		for l := range b.layersAbove(s.top) {
			for n := range l.valid {
				seen[n] = true
			}
		}
	}
	for n := range seen {
		s.setGuard(n, ev.joinGuard(n, branches))
	}
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
		out = &guard{weak: skipped, by: out.by, trust: out.trust}
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
	out := &guard{weak: weak, trust: relied(a.trust, b.trust)}
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

// keysOf gives the heap keys below an object, in order.
func (s *state) keysOf(obj sym) []heapKey {
	var out []heapKey
	for l := s.top; l != nil; l = l.parent {
		for seg := range l.heap[obj] {
			k := heapKey{obj, seg}
			if !slices.Contains(out, k) {
				out = append(out, k)
			}
		}
	}
	if len(out) > 1 {
		slices.SortFunc(out, compareKeys)
	}
	return out
}

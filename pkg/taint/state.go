package taint

import (
	"slices"
	"strings"
)

// A state is what is known at one point of a function: the variables, the heap, and the guards passed.
//
// Its maps are persistent, and variables are shared until written: a branch costs what it changes, not what there is.
type state struct {
	tab    *segTab
	locals locals
	heap   *pmap[*Value] // by object and segment, see heapKey
	valid  *pmap[*guard] // by symbol; a nil guard takes back what was known
	made   *pmap[serial] // by object: the last time it was made on the way here, of those that only this way knows
	gates  []string      // parameters that must be set, against their default, to get here
	member []sym         // values compared with constants on the way here
	absent []sym         // values that are None, empty or false on the way here
	unset  string        // the switch that was turned against its default just here
	dead   bool          // control does not get past this point
}

func newState(tab *segTab, slots int) *state { return &state{tab: tab, locals: newLocals(slots)} }

// branch gives a state that starts from s and changes nothing in it.
func (s *state) branch() *state {
	return &state{tab: s.tab, locals: s.locals.share(), heap: s.heap, valid: s.valid, made: s.made, gates: slices.Clip(s.gates), member: slices.Clip(s.member), absent: slices.Clip(s.absent), dead: s.dead}
}

// alive gives a branch of s on which control goes on.
func (s *state) alive() *state {
	b := s.branch()
	b.dead = false
	return b
}

func (s *state) get(k heapKey) (*Value, bool) {
	n, ok := s.tab.key(k)
	if !ok {
		return nil, false
	}
	return s.heap.get(n)
}

func (s *state) set(k heapKey, v *Value) {
	s.heap = s.heap.with(uint64(k.obj)<<32|uint64(s.tab.id(k.seg)), v)
}

// makes notes that an object comes into being here.
func (s *state) makes(n sym) {
	if n != noSym {
		s.tab.makes++
		s.made = s.made.with(uint64(n), s.tab.makes)
	}
}

func (s *state) guardOf(n sym) *guard {
	g, _ := s.guardState(n)
	return g
}

// guardState gives the guard of a symbol, and whether anything was said of it: a guard that was taken back is nil
// and known.
func (s *state) guardState(n sym) (g *guard, known bool) { return s.valid.get(uint64(n)) }

func (s *state) setGuard(n sym, g *guard) { s.valid = s.valid.with(uint64(n), g) }

// guards gives the symbols that are guarded.
func (s *state) guards() map[sym]bool {
	out := map[sym]bool{}
	for n, g := range s.valid.all {
		if g != nil {
			out[sym(n)] = true
		}
	}
	return out
}

func (serial) marks() uint8 { return 0 }

func (*guard) marks() uint8 { return 0 }

// Marks of values: what can make a finding is found first where there is too much.
const (
	markSource uint8 = 1 << iota
	markCall
	markInput
)

func (v *Value) marks() uint8 {
	if v == nil {
		return 0
	}
	var m uint8
	for _, f := range v.facts {
		if f.org.kind == originSource {
			m |= markSource
		} else {
			m |= markInput
		}
	}
	if slices.ContainsFunc(v.refs, func(r Ref) bool { return r.kind != refConst }) {
		m |= markCall
	}
	return m
}

// keysOf gives the heap keys below an object, in order. Of very many those are left out that can do least for a finding.
func (s *state) keysOf(obj sym) []heapKey {
	cells := s.heap.below(uint64(obj)<<32, 32)
	most := limits[limitCells].max
	if cells.size() <= most {
		return s.allKeysOf(obj)
	}
	s.tab.cuts[limitCells]++
	out := make([]heapKey, 0, most)
	for seen, mark := uint8(0), markSource; len(out) < most && mark <= markInput<<1; mark <<= 1 {
		with := mark
		if mark > markInput {
			with = 0
		}
		cells.marked(with, seen, func(n uint64, _ *Value) bool {
			out = append(out, s.tab.heapKey(n))
			return len(out) < most
		})
		seen |= mark
	}
	slices.SortFunc(out, compareKeys)
	return out
}

// allKeysOf gives the heap keys below an object, in order.
func (s *state) allKeysOf(obj sym) []heapKey {
	cells := s.heap.below(uint64(obj)<<32, 32)
	if cells == nil {
		return nil
	}
	out := make([]heapKey, 0, cells.size())
	for n := range cells.all {
		out = append(out, s.tab.heapKey(n))
	}
	if len(out) > 1 {
		slices.SortFunc(out, compareKeys)
	}
	return out
}

// holding returns the heap keys under which the object n is kept, in order.
func (s *state) holding(n sym) []heapKey {
	var out []heapKey
	for key, v := range s.heap.all {
		if v.symbol() == n {
			out = append(out, s.tab.heapKey(key))
		}
	}
	slices.SortFunc(out, compareKeys)
	return out
}

func compareKeys(a, b heapKey) int {
	if a.obj != b.obj {
		return int(a.obj) - int(b.obj)
	}
	return strings.Compare(a.seg, b.seg)
}

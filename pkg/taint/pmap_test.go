package taint

import (
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
)

type num int

func (n num) marks() uint8 { return uint8(1) << (n & 7) }

// TestPmap compares persistent maps with plain ones: reading, setting, parts, differences and merges.
func TestPmap(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		plain := map[uint64]num{}
		var m *pmap[num]
		set := func() {
			k, v := uint64(r.IntN(4))<<32|uint64(r.IntN(8)), r.IntN(3)
			plain[k], m = num(v), m.with(k, num(v))
		}
		for range r.IntN(12) {
			set()
		}
		old, was := m, maps.Clone(plain)
		for range r.IntN(12) {
			set()
		}
		wantMap(t, "all", m, plain)
		wantMap(t, "an older one", old, was)
		changed := map[uint64]num{}
		m.since(old, func(k uint64, v num) bool { changed[k] = v; return true })
		want := maps.Clone(plain)
		maps.DeleteFunc(want, func(k uint64, v num) bool { w, ok := was[k]; return ok && v == w })
		if !maps.Equal(changed, want) {
			t.Fatalf("since: %v, want %v", changed, want)
		}
		obj := uint64(r.IntN(5))
		part := maps.Clone(plain)
		maps.DeleteFunc(part, func(k uint64, _ num) bool { return k>>32 != obj })
		wantMap(t, "below", m.below(obj<<32, 32), part)
		ones := maps.Clone(plain)
		maps.DeleteFunc(ones, func(_ uint64, v num) bool { return v != 1 })
		found := map[uint64]num{}
		m.marked(num(1).marks(), num(2).marks(), func(k uint64, v num) bool { found[k] = v; return true })
		if !maps.Equal(found, ones) || m.size() != len(plain) {
			t.Fatalf("marked: %v, want %v; size %d, want %d", found, ones, m.size(), len(plain))
		}
	}
}

func wantMap(t *testing.T, what string, m *pmap[num], want map[uint64]num) {
	t.Helper()
	got, last := map[uint64]num{}, uint64(0)
	for k, v := range m.all {
		if k < last {
			t.Fatalf("%s: %d after %d", what, k, last)
		}
		got[k], last = v, k
	}
	if !maps.Equal(got, want) {
		t.Fatalf("%s: %v, want %v", what, got, want)
	}
	for k, v := range want {
		if x, ok := m.get(k); !ok || x != v {
			t.Fatalf("%s: %d is %d, want %d", what, k, x, v)
		}
	}
}

// TestPmapMerge compares merges with what they are by definition: for each key the join of the different values.
func TestPmapMerge(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 3000 {
		var base *pmap[num]
		for range r.IntN(10) {
			base = base.with(uint64(r.IntN(3))<<32|uint64(r.IntN(6)), num(1)<<r.IntN(6))
		}
		branches := make([]*pmap[num], 1+r.IntN(4))
		for i := range branches {
			branches[i] = base
			for range r.IntN(4) {
				branches[i] = branches[i].with(uint64(r.IntN(3))<<32|uint64(r.IntN(6)), num(1)<<r.IntN(6))
			}
		}
		want := map[uint64]num{}
		for _, b := range branches {
			for k := range b.all {
				v := num(0)
				for _, c := range branches {
					x, ok := c.get(k)
					if v |= x; !ok {
						v |= 1 << 10
					}
				}
				want[k] = v
			}
		}
		g := merger[num]{join: func(_ uint64, vals []num, absent bool) num {
			v := num(0)
			for _, x := range vals {
				v |= x
			}
			if absent {
				v |= 1 << 10
			}
			return v
		}}
		wantMap(t, "merge", g.merge(slices.Clone(branches)), want)
	}
}

package taint

import "math/bits"

// A pmap is a persistent map with integer keys: a value is never changed, setting a key gives a new map that shares all but
// the way to the key with the old one. It is a binary trie over the bits of the keys, most significant first, in which only
// bits that make a difference have a node. nil is the empty map.
//
// States are kept in such maps because they branch and join all the time: a branch costs nothing, and a join looks only at
// what differs.
type pmap[V mapped] struct {
	key         uint64 // of a leaf; of an inner node the bits above bit
	bit         uint64 // the bit by which an inner node decides; 0 for a leaf
	left, right *pmap[V]
	val         V     // of a leaf
	n           int32 // keys
	marks       uint8 // marks of all values
}

// A mapped is a value of a map. Its marks are kept for whole parts of a map, so that values with one are found at once.
type mapped interface {
	comparable
	marks() uint8
}

func leaf[V mapped](key uint64, v V) *pmap[V] {
	return &pmap[V]{key: key, val: v, n: 1, marks: v.marks()}
}

// inner gives the node above two maps that differ in a bit.
func inner[V mapped](key, bit uint64, left, right *pmap[V]) *pmap[V] {
	return &pmap[V]{key: key &^ (bit<<1 - 1), bit: bit, left: left, right: right, n: left.n + right.n, marks: left.marks | right.marks}
}

// size gives how many keys the map has.
func (m *pmap[V]) size() int {
	if m == nil {
		return 0
	}
	return int(m.n)
}

// marked gives the keys and values that have a mark and none of some others.
func (m *pmap[V]) marked(with, without uint8, yield func(uint64, V) bool) bool {
	switch {
	case m == nil || with != 0 && m.marks&with == 0:
		return true
	case m.bit == 0:
		return m.marks&without != 0 || yield(m.key, m.val)
	}
	return m.left.marked(with, without, yield) && m.right.marked(with, without, yield)
}

// get gives the value of a key.
func (m *pmap[V]) get(key uint64) (v V, ok bool) {
	for m != nil && m.bit != 0 {
		if key&m.bit == 0 {
			m = m.left
		} else {
			m = m.right
		}
	}
	if m == nil || m.key != key {
		return v, false
	}
	return m.val, true
}

// with gives the map with one key set.
func (m *pmap[V]) with(key uint64, v V) *pmap[V] {
	switch {
	case m == nil:
		return leaf(key, v)
	case m.bit == 0 && m.key == key && m.val == v:
		return m
	case m.bit == 0 && m.key == key:
		return leaf(key, v)
	case !m.covers(key):
		return fork(leaf(key, v), m)
	case key&m.bit == 0:
		if left := m.left.with(key, v); left != m.left {
			return inner(m.key, m.bit, left, m.right)
		}
	default:
		if right := m.right.with(key, v); right != m.right {
			return inner(m.key, m.bit, m.left, right)
		}
	}
	return m
}

// has says whether the map has a key.
func (m *pmap[V]) has(key uint64) bool {
	_, ok := m.get(key)
	return ok
}

// covers says whether a key belongs below the node.
func (m *pmap[V]) covers(key uint64) bool {
	return m.bit != 0 && (key^m.key)&m.above() == 0
}

// above masks the bits above the one by which the node decides, all for a leaf.
func (m *pmap[V]) above() uint64 {
	if m.bit == 0 {
		return ^uint64(0)
	}
	return ^(m.bit<<1 - 1)
}

// fork gives the node above two maps with different keys, of which none covers the other.
func fork[V mapped](a, b *pmap[V]) *pmap[V] {
	bit := topBit(a.key ^ b.key)
	if b.key&bit == 0 {
		a, b = b, a
	}
	return inner(a.key, bit, a, b)
}

func topBit(x uint64) uint64 { return 1 << (bits.Len64(x) - 1) }

// all gives the keys and values in order of the keys.
func (m *pmap[V]) all(yield func(uint64, V) bool) { m.walk(yield) }

func (m *pmap[V]) walk(yield func(uint64, V) bool) bool {
	switch {
	case m == nil:
		return true
	case m.bit == 0:
		return yield(m.key, m.val)
	}
	return m.left.walk(yield) && m.right.walk(yield)
}

// below gives the part of the map whose keys agree with key in all bits above the lowest n.
func (m *pmap[V]) below(key uint64, n int) *pmap[V] {
	mask := ^uint64(0) << n
	for m != nil {
		switch {
		case (m.key^key)&mask&m.above() != 0:
			return nil
		case m.bit&mask == 0:
			return m
		case key&m.bit == 0:
			m = m.left
		default:
			m = m.right
		}
	}
	return nil
}

// since gives the keys and values that the map has and an older one has not, or has otherwise.
func (m *pmap[V]) since(old *pmap[V], yield func(uint64, V) bool) bool {
	switch {
	case m == old || m == nil:
		return true
	case old == nil:
		return m.walk(yield)
	case m.bit == 0:
		for old != nil && old.bit != 0 {
			if !old.covers(m.key) {
				old = nil
			} else {
				old = old.side(m.key)
			}
		}
		return old != nil && old.key == m.key && old.val == m.val || yield(m.key, m.val)
	}
	switch {
	case old.bit == m.bit && old.key == m.key:
		return m.left.since(old.left, yield) && m.right.since(old.right, yield)
	case m.covers(old.key) && old.bit < m.bit: // the older one lies within one side
		if old.key&m.bit == 0 {
			return m.left.since(old, yield) && m.right.walk(yield)
		}
		return m.left.walk(yield) && m.right.since(old, yield)
	case old.covers(m.key) && m.bit < old.bit:
		return m.since(old.side(m.key), yield)
	default:
		return m.walk(yield)
	}
}

// side gives the side of an inner node on which a key belongs.
func (m *pmap[V]) side(key uint64) *pmap[V] {
	if key&m.bit == 0 {
		return m.left
	}
	return m.right
}

// A merger joins several maps into one: what is the same in all of them stays, and is not even looked at.
type merger[V mapped] struct {
	// join gives the value of a key from the different values that the maps have for it, in their order; absent says that
	// some have none.
	join func(key uint64, vals []V, absent bool) V
	buf  []*pmap[V]
	vals []V
}

// merge joins maps. Two neighbours that are the same count once.
func (g *merger[V]) merge(maps []*pmap[V]) *pmap[V] {
	maps = g.distinct(maps)
	if len(maps) == 1 {
		return maps[0]
	}
	bit, first := split(maps)
	if bit == 0 {
		return g.joined(maps, first)
	}
	mark := len(g.buf)
	for _, m := range maps {
		g.buf = append(g.buf, m.part(bit, false))
	}
	left := g.merge(g.buf[mark : mark+len(maps) : mark+len(maps)])
	g.buf = g.buf[:mark]
	for _, m := range maps {
		g.buf = append(g.buf, m.part(bit, true))
	}
	right := g.merge(g.buf[mark : mark+len(maps) : mark+len(maps)])
	g.buf = g.buf[:mark]
	return node(maps, bit, first.key, left, right)
}

// distinct drops maps that are the same as the one before, in place.
func (g *merger[V]) distinct(maps []*pmap[V]) []*pmap[V] {
	n := 1
	for _, m := range maps[1:] {
		if m != maps[n-1] {
			maps[n] = m
			n++
		}
	}
	return maps[:n]
}

// split gives the highest bit by which some maps, or keys in them, differ, and one that is not empty; 0 if all that are not
// empty are leaves of one key.
func split[V mapped](maps []*pmap[V]) (bit uint64, first *pmap[V]) {
	for _, m := range maps {
		switch {
		case m == nil:
			continue
		case first == nil:
			first = m
		case m.key != first.key:
			bit = max(bit, topBit(m.key^first.key))
		}
		bit = max(bit, m.bit)
	}
	return bit, first
}

// part gives what lies on one side of a bit; no node above decides by a higher one.
func (m *pmap[V]) part(bit uint64, right bool) *pmap[V] {
	switch {
	case m == nil:
		return nil
	case m.bit == bit && right:
		return m.right
	case m.bit == bit:
		return m.left
	case (m.key&bit != 0) == right:
		return m
	}
	return nil
}

// node gives an inner node, one of the given ones if it is the same.
func node[V mapped](maps []*pmap[V], bit, key uint64, left, right *pmap[V]) *pmap[V] {
	for _, m := range maps {
		if m != nil && m.bit == bit && m.left == left && m.right == right {
			return m
		}
	}
	switch {
	case left == nil:
		return right
	case right == nil:
		return left
	}
	return inner(key, bit, left, right)
}

// joined joins leaves of one key.
func (g *merger[V]) joined(maps []*pmap[V], first *pmap[V]) *pmap[V] {
	g.vals = g.vals[:0]
	absent := false
	for _, m := range maps {
		if m == nil {
			absent = true
		} else {
			g.vals = append(g.vals, m.val)
		}
	}
	val := g.join(first.key, g.vals, absent)
	for _, m := range maps {
		if m != nil && m.val == val {
			return m
		}
	}
	return leaf(first.key, val)
}

package taint

import (
	"maps"
	"slices"
)

// A heapKey is one cell of the heap of a function.
type heapKey struct {
	obj sym
	seg string // ".attr", "[key]", "[*]", "%" (the content of the file obj names), "#" (digest so far)
}

// A segTab numbers the segments of heap keys.
type segTab struct {
	ids   map[string]uint32
	names []string
	cuts  *[numLimits]int
	makes serial // objects made so far
}

func newSegTab(cuts *[numLimits]int) *segTab { return &segTab{ids: map[string]uint32{}, cuts: cuts} }

func (t *segTab) id(seg string) uint32 {
	n, ok := t.ids[seg]
	if !ok {
		n = uint32(len(t.names))
		t.ids[seg] = n
		t.names = append(t.names, seg)
	}
	return n
}

// key gives the number of a heap key; ok is false if nothing was ever stored under such a one.
func (t *segTab) key(k heapKey) (n uint64, ok bool) {
	id, ok := t.ids[k.seg]
	return uint64(k.obj)<<32 | uint64(id), ok
}

// heapKey gives the heap key of a number.
func (t *segTab) heapKey(n uint64) heapKey { return heapKey{sym(n >> 32), t.names[uint32(n)]} }

// A serial tells apart when something was made.
type serial int32

// segments holds what hangs on one object, by segment. It is small.
type segments map[string]*Value

// inOrder gives what hangs on the object, by the names of the segments: what is asked of it may interpret functions, and the
// order in which that is done is to be the same in every run.
func (s segments) inOrder() []*Value {
	out := make([]*Value, 0, len(s))
	for _, seg := range slices.Sorted(maps.Keys(s)) {
		out = append(out, s[seg])
	}
	return out
}

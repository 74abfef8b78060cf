package ir

import (
	"slices"

	"github.com/pickletrace/pickletrace/pkg/syntax"
)

// errorNodes knows which error nodes of a tree are not lowered yet. It is empty for a tree without.
type errorNodes struct {
	nodes []int32
	next  []int32 // by index in nodes: the first index from here on that is not done, or a step towards it
}

func (e *errorNodes) init(nodes []syntax.Node) {
	for i := range nodes {
		if nodes[i].Kind == syntax.KindError {
			e.next = append(e.next, int32(len(e.nodes)))
			e.nodes = append(e.nodes, int32(i))
		}
	}
	e.next = append(e.next, int32(len(e.nodes)))
}

// done marks node i as lowered.
func (e *errorNodes) done(i int32) {
	if n, found := slices.BinarySearch(e.nodes, i); found {
		e.next[n] = int32(n) + 1
	}
}

// first gives the first node from i on that is not lowered; -1 if there is none.
func (e *errorNodes) first(i int32) int32 {
	if len(e.nodes) == 0 {
		return -1
	}
	at, _ := slices.BinarySearch(e.nodes, i)
	n := int32(at)
	for e.next[n] != n {
		e.next[n] = e.next[e.next[n]]
		n = e.next[n]
	}
	if int(n) == len(e.nodes) {
		return -1
	}
	return e.nodes[n]
}

// leftovers lowers the error nodes below node i that nothing has lowered: those where the grammar has no place for
// an expression or statement, like one between a function's head and its body.
func (l *lowerer) leftovers(i int32) {
	for {
		e := l.errors.first(i)
		if e < 0 || e >= l.nodes[i].Next {
			return
		}
		l.opaqueTree(e)
	}
}

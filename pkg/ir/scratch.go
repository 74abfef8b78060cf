package ir

import (
	"hash/maphash"
	"sync"
	"unsafe"

	"github.com/pickletrace/pickletrace/pkg/syntax"
)

// unfinished is a module that bodies may be added to, with the tables that adding needs.
type unfinished struct {
	m      *Module
	sids   numbering // of m.Strings
	consts numbering // of m.Consts
}

// lowerers holds those that are not at work: a module that waits for the bodies of functions keeps none of its own.
var lowerers = sync.Pool{New: func() any {
	const chunk = 2048
	l := &lowerer{instrs: make([]Instr, 0, chunk)}
	l.instrArena.chunk, l.argArena.chunk, l.blockArena.chunk = chunk, chunk/4, chunk/8
	l.nameArena.chunk, l.slotArena.chunk, l.constArena.chunk = chunk/4, chunk/8, 16
	return l
}}

// newLowerer gives a lowerer that adds what is in the tree to a module. Whoever has done with it releases it; after a panic,
// which may leave anything in it, it is not.
func newLowerer(u *unfinished, t *syntax.Tree) *lowerer {
	l := lowerers.Get().(*lowerer)
	l.unfinished, l.t, l.nodes, l.typeCall = u, t, t.Nodes, -1
	if len(t.File.Text) > 0 {
		// The text of a File never changes, so identifiers can share its memory.
		l.src = unsafe.String(&t.File.Text[0], len(t.File.Text))
	}
	if len(t.Nodes) == 0 {
		l.nodes = []syntax.Node{{Kind: syntax.KindModule, Named: true, Next: 1}}
	}
	for range u.m.Strings {
		l.mark = append(l.mark, 0)
		l.scopes.grow()
	}
	if len(t.Errors) > 0 {
		l.errors.init(t.Nodes)
	}
	return l
}

// release puts a lowerer aside for the next, which finds its tables empty.
func (l *lowerer) release() {
	l.unfinished, l.t, l.nodes, l.src, l.suites, l.all = nil, nil, nil, "", nil, allList{}
	l.depth, l.unions, l.kept, l.errors = 0, 0, kept{}, errorNodes{}
	l.mark, l.scopes.head, l.scopes.binds = l.mark[:0], l.scopes.head[:0], l.scopes.binds[:0]
	l.instrs, l.blocks, l.args, l.tries = l.instrs[:0], l.blocks[:0], l.args[:0], l.tries[:0]
	l.names, l.slots, l.selfs, l.pending, l.spine = l.names[:0], l.slots[:0], l.selfs[:0], l.pending[:0], l.spine[:0]
	lowerers.Put(l)
}

// A numbering finds the elements of a growing list. It holds their numbers alone, by a hash of the text of each.
type numbering struct {
	slots []int32 // number+1, 0 for none; the length is a power of two
	n     int
}

var numberingSeed = maphash.MakeSeed()

// find gives the number of what has the text and satisfies is, -1 if the list does not hold it.
func (t *numbering) find(text string, is func(id int32) bool) int32 {
	if len(t.slots) == 0 {
		return -1
	}
	for at := t.first(text); ; at = (at + 1) & (len(t.slots) - 1) {
		if id := t.slots[at] - 1; id < 0 || is(id) {
			return id
		}
	}
}

// add numbers the next element of the list. textOf gives the text of any.
func (t *numbering) add(textOf func(id int32) string) int32 {
	id := int32(t.n)
	t.n++
	if 4*t.n > 3*len(t.slots) {
		t.slots = make([]int32, max(16, 2*len(t.slots)))
		for old := range id {
			t.put(textOf(old), old)
		}
	}
	t.put(textOf(id), id)
	return id
}

func (t *numbering) put(text string, id int32) {
	at := t.first(text)
	for t.slots[at] != 0 {
		at = (at + 1) & (len(t.slots) - 1)
	}
	t.slots[at] = id + 1
}

func (t *numbering) first(text string) int {
	return int(maphash.String(numberingSeed, text)) & (len(t.slots) - 1)
}

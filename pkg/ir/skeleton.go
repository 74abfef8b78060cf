package ir

import (
	"slices"
	"sort"

	"github.com/pickletrace/pickletrace/pkg/syntax"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// A module may be lowered without the bodies of some functions, which follow one by one when they are asked for. Then it
// says the same as one lowered at once, but for the order of Strings, Consts and Imports, and for functions without a name
// and body that stand in places kept for more nested functions than there are.

// A postponed body is still to be lowered.
type postponed struct {
	suite text.Suite
	kept  kept
	depth int
}

// kept are places in Module.Funcs: from next up to end.
type kept struct{ next, end int }

// LowerSkeleton lowers a tree that lacks the suites (see syntax.ParseSkeleton). The functions they are bodies of have a nil
// Body until Complete is called.
func LowerSkeleton(t *syntax.Tree, suites []text.Suite) *Module {
	u := &unfinished{m: &Module{File: t.File}}
	l := newLowerer(u, t)
	l.suites = suites
	l.module()
	l.finish()
	l.release()
	u.m.rest = u
	return u.m
}

// Postponed gives the suite that is the body of f; ok is false if its body is there.
func (f *Func) Postponed() (s text.Suite, ok bool) {
	if f.Body != nil {
		return s, false
	}
	return f.later.suite, true
}

// Inner gives the range of indexes in Module.Funcs that a postponed body has, or had.
func (f *Func) Inner() (first, end int) {
	if f.later == nil {
		return 0, 0
	}
	return f.later.kept.next, f.later.kept.end
}

// postpone leaves out the body of f, defined by node i, if it is one of the suites.
func (l *lowerer) postpone(f *Func, i int32) bool {
	at := l.span(i).Start
	n := sort.Search(len(l.suites), func(n int) bool { return l.suites[n].Def >= at })
	if n == len(l.suites) || l.suites[n].Def != at {
		return false
	}
	first := len(l.m.Funcs)
	f.later = &postponed{suite: l.suites[n], kept: kept{first, first + l.suites[n].Inner}, depth: l.depth}
	for range f.later.suite.Inner {
		l.m.Funcs = append(l.m.Funcs, &Func{Index: len(l.m.Funcs), Kind: Lambda, Parent: f.Index, Class: -1, Body: &Body{Blocks: []Block{nil}}})
	}
	f.Body = nil
	return true
}

// vacancy gives the index in Module.Funcs of the next function, whose place is there.
func (l *lowerer) vacancy() int {
	if l.kept.next < l.kept.end {
		l.kept.next++
		return l.kept.next - 1
	}
	l.m.Funcs = append(l.m.Funcs, nil)
	return len(l.m.Funcs) - 1
}

// Complete lowers the postponed body of f from a tree in which node def defines it; -1 if none does, which leaves the body
// empty. Functions nested in it are put into the places kept for them, those that find none at the end of m.Funcs.
func (m *Module) Complete(f *Func, t *syntax.Tree, def int32) {
	if f.Body != nil {
		return
	}
	f.Body = &Body{Blocks: []Block{nil}, Slots: make([]string, len(f.Params))}
	for i := range f.Params {
		f.Body.Slots[i] = f.Params[i].Name
	}
	if def < 0 {
		return
	}
	l := newLowerer(m.rest, t)
	l.depth, l.kept = f.later.depth, f.later.kept
	l.body(f, def)
	l.release()
}

// Pending gives the functions whose bodies are postponed, in order.
func (m *Module) Pending() []*Func {
	return slices.DeleteFunc(slices.Clone(m.Funcs), func(f *Func) bool { return f.Body != nil })
}

package taint

import (
	"maps"
	"slices"

	"github.com/pickletrace/pickletrace/pkg/program"
)

// Functions that hand data on to an object they are given, or hold:
//
//	class Pipeline:
//	    def __init__(self, stages): self.stages = stages
//	    def push(self, item):
//	        for s in self.stages: item = s.execute(item)      one of them unpickles
//
//	PIPE = Pipeline([Decode()])
//	PIPE.push(request.data)
//
// Which method is meant only those who call them know, so these are looked at as if a sink were open, if a file names both
// the class of the function and that of the object, or the function and the class.

// maxRelayed is of how many classes the objects may be that one function hands data on to.
const maxRelayed = 4

// mayRelay notes that a function calls a method by the name of an open one of class owner, on an object of which its text
// says nothing.
func (w *worklist) mayRelay(u *program.Fn, owner *program.Class) {
	if cs := w.relay[u]; owner != nil && len(cs) < maxRelayed && !slices.Contains(cs, owner) {
		w.relay[u] = append(cs, owner)
	}
}

// relays adds the callers of a function whose inputs decide which method it calls, if that may be an open one.
func (w *worklist) relays(fn *program.Fn, s *summary) {
	if len(w.relay[fn]) == 0 || s.methods|s.calls == 0 || s.openOutside(fn) != openNowhere || !slices.ContainsFunc(w.relay[fn], func(c *program.Class) bool { return w.meet(fn, c) }) {
		return
	}
	w.callers(fn)
	if fn.Owner != nil { // objects of its class hold the one that is called
		w.makers(fn.Owner)
	}
}

// meet reports whether a file uses both what a function belongs to and a class, or one below that: it may bring objects of
// the two together.
func (w *worklist) meet(fn *program.Fn, c *program.Class) bool {
	name := fn.Name
	if fn.Owner != nil {
		name = fn.Owner.Name
	}
	names := append(slices.Sorted(maps.Keys(w.ev.prog.HeirNames(c.Name))), c.Name)
	return len(names) <= maxMakers && slices.ContainsFunc(names, func(of string) bool {
		files := w.ev.prog.Mentioning(of)
		return len(files) <= maxMakers && slices.ContainsFunc(files, func(m *program.Module) bool {
			return m.Mentions(name) && !m.OnlyInherits(of) && len(m.Users(of)) > 0 && len(m.Users(name)) > 0
		})
	})
}

package taint

import "github.com/pickletrace/pickletrace/pkg/program"

// Branches of a function that none of its callers in the tree takes: all of them pass constants that exclude it, or leave a
// default that does.

// openCalls is which functions were called without constants that matter, by whom: true if that caller's own callers did not
// say anything either.
type openCalls map[*program.Fn]map[*program.Fn]bool

// noteOpenCall notes a call of fn that is as good as any other.
func (g *callGraph) noteOpenCall(fn *program.Fn, caller *frame) {
	if g.openBy == nil {
		g.openBy = openCalls{}
	}
	m := g.openBy[fn]
	if m == nil {
		m = map[*program.Fn]bool{}
		g.openBy[fn] = m
	}
	if root, seen := m[caller.fn]; !seen || root {
		m[caller.fn] = caller.root
	}
}

// untaken says whether a site was reached only where nothing is known of the callers of its function, though all of them
// are known.
func (ev *eval) untaken(s *site) bool { return !s.known && !ev.entered(s.fn, map[*program.Fn]bool{}) }

// entered says whether a function is entered in a way of which its callers in the tree say nothing, or from elsewhere.
func (g *callGraph) entered(fn *program.Fn, seen map[*program.Fn]bool) bool {
	if len(g.callers[fn]) == 0 {
		return true
	}
	seen[fn] = true
	for caller, root := range g.openBy[fn] {
		if !root || !seen[caller] && g.entered(caller, seen) {
			return true
		}
	}
	return false
}

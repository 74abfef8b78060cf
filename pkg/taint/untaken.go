package taint

import (
	"slices"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
	"github.com/pickletrace/pickletrace/pkg/text"
)

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

// A firing is how a source was seen to reach a site: in a context that a call in the tree gives, or in functions of whose
// inputs nothing was known.
//
//	def fetch(revision): return torch.load(hf_hub_download(REPO, FILE, revision=revision))
//	fetch("9b1d0f4b7c1de4c2d6a0b3f58e77aa10c4d5e6f7")      the only call: no other revision is ever asked for
type firing struct {
	told  bool
	blind []spot // the calls through which it came there
}

// fire notes that a source reaches the site at a call in an activation of a function: told says that a call in the tree gives the context,
// or that no input makes a difference.
func (s *site) fire(org *Origin, at spot, told bool) {
	w := s.fired[org]
	if w == nil {
		w = &firing{}
		s.fired[org] = w
	}
	switch {
	case told:
		w.told, w.blind = true, nil
	case !w.told && !slices.Contains(w.blind, at):
		w.blind = append(w.blind, at)
	}
}

// here is the call that is being interpreted.
func (f *frame) here() spot {
	at := spot{fn: f.fn}
	if f.curInstr != nil {
		at.span = f.curInstr.Span
	}
	return at
}

// A spot is where a call is written.
type spot struct {
	fn   *program.Fn
	span text.Span
}

// clears notes that a call was found to be harmless with what a caller in the tree says.
func (f *frame) clears(in *ir.Instr) {
	if !f.root {
		f.ev.cleared[spot{f.fn, in.Span}] = true
	}
}

// chooses notes a call of one of several functions, and that a caller in the tree says which one it is:
//
//	def read(url, kind): return DECODERS[kind](requests.get(url).content)
func (f *frame) chooses(callee *Value, in *ir.Instr) {
	if in == nil || callee == nil {
		return
	}
	at := spot{f.fn, in.Span}
	switch {
	case f.root && len(callee.refs) > 1:
		f.ev.several[at] = true
	case !f.root && len(callee.refs) == 1 && !callee.open && f.ev.several[at]:
		f.ev.cleared[at] = true
	}
}

// untold says whether a source reaches the site only where nothing is known of the callers of a function, though all of them
// are known, are in the program itself, and make the source or the sink harmless.
func (ev *eval) untold(s *site, org *Origin) bool {
	w := s.fired[org]
	if w == nil || w.told {
		return false
	}
	harmless := ev.cleared[spot{s.fn, s.span}] || ev.cleared[spot{org.fn, org.span}]
	return !slices.ContainsFunc(w.blind, func(at spot) bool { return !harmless && !ev.cleared[at] || ev.enteredBlindly(at.fn) })
}

// enteredBlindly says whether a function is called in a way of which its callers in the program say nothing, or by others.
func (ev *eval) enteredBlindly(fn *program.Fn) bool {
	if len(fn.Decorators) > 0 || ev.entries.byFramework(fn) || fn.Owner != nil && len(fn.Owner.External()) > 0 {
		return true
	}
	for caller := range ev.callers[fn] {
		if !ev.testCode(caller) || ev.testCode(fn) {
			return ev.entered(fn, map[*program.Fn]bool{})
		}
	}
	return true
}

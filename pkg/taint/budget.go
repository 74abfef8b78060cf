package taint

import (
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
)

// What may be interpreted how often. A budget is a number of interpretations, never a time, so the same tree always meets
// it at the same place. What the tree spends binds only files that have had their own share: no file can spend what another
// needs.

const (
	treeBudget  = 3000
	budgetShare = 20 // functions of the tree that give one interpretation more
	fileBudget  = 8  // interpretations of one file's functions
	fileShare   = 8  // functions of the file that give one interpretation more
)

// tired says how far the budgets of the tree and of a file are spent: above one of each no more contexts are opened for its
// functions and no call in it is resolved by a method's name alone; above two, of its functions only those near a sink or
// source are followed into.
func (ev *eval) tired(m *program.Module) int {
	return min(ev.stats.Activations/(treeBudget+ev.prog.Size()/budgetShare), ev.spent[m]/(fileBudget+len(m.Fns)/fileShare))
}

// follow says whether a call of fn is interpreted, or taken to pass on what it is given.
func (ev *eval) follow(fn *program.Fn) bool {
	if fn.Kind != ir.Plain || ev.led[fn] {
		return true
	}
	limit := smallFunc
	if strings.HasPrefix(fn.Name, "__") {
		limit = smallInit
	}
	n := 0
	for _, b := range fn.Body().Blocks {
		n += len(b)
	}
	if n <= limit && ev.tired(fn.Mod) <= 1 {
		return true
	}
	return ev.rel.enters(fn, callsBelow(fn))
}

// callsBelow gives how many calls further down something must lie for a function to be entered.
func callsBelow(fn *program.Fn) int {
	if fn.Mod.Installed {
		return libraryCalls
	}
	return nearbyCalls
}

// followWith says whether a call that passes these values is interpreted: also if it hands in an object of a library, of
// which a method is called that is a source or a sink. Where nobody knows yet what is handed in, callers that do decide.
func (f *frame) followWith(fn *program.Fn, actuals []*Value, st *state) bool {
	if f.ev.follow(fn) {
		return true
	}
	if fn.Kind != ir.Plain || !f.ev.rel.reaches(fn, callsBelow(fn)) {
		return false
	}
	for _, v := range actuals {
		if f.carriesMade(v, st, 1) {
			return true
		}
		f.sum.methods |= f.ev.depsOf(v)
	}
	return false
}

// carriesMade says whether a value is an object of a library with methods that are sources or sinks, or holds one.
func (f *frame) carriesMade(v *Value, st *state, depth int) bool {
	if v == nil {
		return false
	}
	for i := range v.refs {
		switch r := &v.refs[i]; {
		case r.kind == refExtInst && f.ev.pack.Makes(r.name):
			return true
		case r.kind == refInst && depth > 0 && v.sym != noSym:
			for _, k := range st.keysOf(v.sym) {
				if x, _ := st.get(k); f.carriesMade(x, st, depth-1) {
					return true
				}
			}
		}
	}
	return false
}

// admitted gives the context in which a call is interpreted. Above a number of contexts of one function, only switches
// (True, False, None) are told apart, and objects of libraries that give data, as sockets do; above another, all that matters counts as unknown. It never counts as left out: what
// a call passes must not be taken for a default that is safe.
func (ev *eval) admitted(fn *program.Fn, sd *seeds) *seeds {
	if ev.tired(fn.Mod) == 0 && ev.admit(fn, sd, maxContext) || ev.memo[memoKey{fn, sd.key}] != nil {
		return sd
	}
	ev.stats.ContextCut++
	if sd = sd.blurred(ev.tellsMuch); ev.admit(fn, sd, maxContext+2) {
		return sd
	}
	sd = sd.blurred(func(*seed) bool { return false })
	ev.contexts[fn]++
	return sd
}

// admit says whether a context is known, or one of the first of its function.
func (t *summaryTable) admit(fn *program.Fn, sd *seeds, most int) bool {
	if _, ok := t.memo[memoKey{fn, sd.key}]; ok || sd.key == "" {
		return true
	}
	if t.contexts[fn] >= most {
		return false
	}
	t.contexts[fn]++
	return true
}

// tellsMuch says whether what is known of an input decides most of what a function does with it.
func (ev *eval) tellsMuch(sd *seed) bool {
	return isSwitchSeed(sd) || len(sd.refs) == 1 && sd.refs[0].kind == refExtInst && ev.pack.Makes(sd.refs[0].name)
}

// isSwitchSeed says whether an input is True, False or None.
func isSwitchSeed(sd *seed) bool {
	return !sd.open && len(sd.items) == 0 && len(sd.refs) == 1 && sd.refs[0].kind == refConst &&
		slices.Contains([]ir.ConstKind{ir.True, ir.False, ir.None}, sd.refs[0].lit)
}

// blurred gives a context in which what differs from the top context counts as unknown, but for what is kept.
func (s *seeds) blurred(keep func(*seed) bool) *seeds {
	out := &seeds{matter: s.matter, input: slices.Clone(s.input), said: s.said}
	var b strings.Builder
	for i, sd := range s.input {
		switch {
		case sd == nil || s.said&(1<<i) == 0:
			continue
		case keep(sd):
			sd.write(&b, i)
		default:
			b.WriteString(itoa(i) + "=?;")
			out.input[i] = nil
		}
	}
	out.key = b.String()
	return out
}

// cutShort notes that a limit left something out of a function; near says that it was a way to a dangerous call.
func (t *summaryTable) cutShort(fn *program.Fn, near bool) {
	if t.cutFns == nil {
		t.cutFns = map[*program.Fn]bool{}
	}
	t.cutFns[fn] = t.cutFns[fn] || near
}

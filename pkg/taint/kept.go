package taint

import (
	"slices"

	"github.com/pickletrace/pickletrace/pkg/program"
)

// Where something new is learnt of an object, the functions that read it are interpreted again, and their callers with them:
// these use summaries that may change. Most do not. So the summaries of callers are kept, with the summaries that they were
// made from, and hold again once all of those turn out to be what they were; and what is interpreted again and tells what it
// told before counts as the summary it was, so that nothing above it has to be looked at. (Build systems call this early
// cut-off; see Mokhov, Mitchell, Peyton Jones: Build Systems à la Carte, 2018.)

// A use is a summary that another one was made from.
type use struct {
	key  memoKey
	seed *seeds
	sum  *summary
}

// A component is what was made in one go: one summary, or those of functions that call each other. All hold, or none.
type component struct {
	members  []memoKey
	sums     []*summary
	uses     []use // of summaries outside of it
	checking bool
	broken   bool // some of it does not hold
}

// keptSummaries are those that were dropped.
type keptSummaries struct {
	made     map[memoKey]*component
	perhaps  map[memoKey]*component             // they hold if what they use does
	before   map[memoKey]*summary               // they do not hold: what was told before
	unplaced map[*program.Fn]map[*site]*pending // see site.unplaced
}

func newKeptSummaries() keptSummaries {
	return keptSummaries{made: map[memoKey]*component{}, perhaps: map[memoKey]*component{}, before: map[memoKey]*summary{}, unplaced: map[*program.Fn]map[*site]*pending{}}
}

// noteUse records that the activation at work uses a summary.
func (t *summaryTable) noteUse(key memoKey, seed *seeds, s *summary) {
	if len(t.stack) == 0 {
		return
	}
	if f := t.stack[len(t.stack)-1]; s.user != f.number {
		s.user = f.number
		f.sum.uses = append(f.sum.uses, use{key, seed, s})
	}
}

// close makes a component of the finished summary of a key and of those that rely on it, and gives the summary that counts:
// the one from before, if nothing has changed.
func (t *summaryTable) close(key memoKey, others []memoKey) *summary {
	c := &component{members: append(slices.Clone(others), key)}
	inside := make(map[memoKey]bool, len(c.members))
	for _, k := range c.members {
		inside[k] = true
	}
	for _, k := range c.members {
		s := t.memo[k]
		s.publish()
		for _, u := range s.uses {
			if !inside[u.key] {
				c.uses = append(c.uses, u)
			}
		}
		s.uses, s.temp = nil, false
		if old := t.before[k]; old != nil && sameSummary(old, s) {
			old.level, old.used = s.level, s.used
			t.memo[k] = old
		}
		delete(t.before, k)
		delete(t.perhaps, k)
		c.sums = append(c.sums, t.memo[k])
		t.made[k] = c
	}
	return t.memo[key]
}

// drop takes the summaries of functions away: those of the direct ones for good, those of others until they are asked for and
// turn out to hold.
func (t *summaryTable) drop(direct, stale map[*program.Fn]bool) {
	for k, s := range t.memo {
		if !stale[k.fn] {
			continue
		}
		delete(t.memo, k)
		t.contexts[k.fn] = 0
		switch c := t.made[k]; {
		case !s.done || s.temp || c == nil: // it was not finished, or stands for what could not be
		case direct[k.fn]:
			t.before[k], c.broken = s, true
		default:
			t.perhaps[k] = c
		}
	}
	for k, c := range t.perhaps {
		if direct[k.fn] {
			c.broken = true
		}
	}
}

// summarized gives the functions of which there are summaries, or may be.
func (t *summaryTable) summarized() map[*program.Fn]bool {
	out := map[*program.Fn]bool{}
	for k := range t.memo {
		out[k.fn] = true
	}
	for k := range t.perhaps {
		out[k.fn] = true
	}
	return out
}

// holdsAgain says whether the summary of a key that was dropped holds all the same, and puts it and its component back.
func (ev *eval) holdsAgain(key memoKey) bool {
	c := ev.perhaps[key]
	if c == nil {
		return false
	}
	ok := !c.broken && !c.checking
	if ok {
		c.checking = true
		ok = !slices.ContainsFunc(c.uses, func(u use) bool { return ev.summary(u.key, u.seed) != u.sum }) && !c.broken
		c.checking = false
	}
	c.broken = !ok
	for i, k := range c.members {
		if ev.perhaps[k] != c {
			continue
		}
		delete(ev.perhaps, k)
		switch {
		case !ok:
			ev.before[k] = c.sums[i]
		case ev.memo[k] == nil:
			ev.memo[k] = c.sums[i]
			if k.ctx != "" {
				ev.contexts[k.fn]++
			}
			ev.placeAgain(k.fn)
		}
	}
	return ok && ev.memo[key] != nil
}

// placeAgain says again of the calls of a function what was said when it was interpreted.
func (ev *eval) placeAgain(fn *program.Fn) {
	for s, p := range ev.unplaced[fn] {
		if s.unplaced == nil {
			s.unplaced = p
		}
	}
	delete(ev.unplaced, fn)
}

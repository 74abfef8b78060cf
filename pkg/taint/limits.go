package taint

// A limit bounds what one function, value, object or table may cost. All of them are counts, each of its own thing, so that
// the same input always meets them at the same place and nothing that lies elsewhere can use them up. Where one is met, what
// is kept is what may make a finding, and that it was met is counted (Stats.Cuts).
type limit uint8

const (
	limitConds limit = iota
	limitKnown
	limitText
	limitBelow
	limitRefs
	limitRounds
	limitWeighed
	limitCells
	limitDeep
	limitNested
	numLimits
)

// limits says of each limit what it bounds, the figure, and what is lost where it is met.
var limits = [numLimits]struct {
	name string
	max  int
	lost string
}{
	limitConds:  {"things that one truth value says of others", 64, "a check that it stands for may not count"},
	limitKnown:  {"tests that are known to have been passed at one place", 64, "a check that depends on a later one may not count"},
	limitBelow:  {"attributes and elements of new objects that one call gives back", 48, "what the others hold is not followed"},
	limitRefs:   {"functions, classes and constants that one value may be", maxRefs, "calls go to those that lead to a sink, a source or a check"},
	limitRounds: {"rounds of one loop", 8, "what a later round would carry further is not followed"},
	limitCells:  {"attributes and elements of one object that are looked at as a whole", 128, "the others count only where they are named"},
	limitDeep:   {"attributes and elements below one value that are looked at for data", 512, "the data in the others counts only where they are named"},
	limitNested: {"calls at one place, one for the sake of the other", 8, "what the next would give is not known"},
	limitText:   {"bytes of one constant text", 4096, "the middle of the text is not known"},
}

// within says whether n is within a limit, and notes it if not.
func (ev *eval) within(l limit, n int) bool {
	if n <= limits[l].max {
		return true
	}
	ev.stats.Met[l]++
	return false
}

// A Cut is a limit of work that was met.
type Cut struct {
	What  string // what the limit bounds
	Max   int
	Lost  string // what may be missed because of it
	Times int
}

// Cuts gives the limits that were met, in a fixed order.
func (s *Stats) Cuts() []Cut {
	var out []Cut
	for l, n := range s.Met {
		if n > 0 {
			out = append(out, Cut{limits[l].name, limits[l].max, limits[l].lost, n})
		}
	}
	return out
}

// maxPlaceDepth bounds how far up from a store its places are looked for.
const maxPlaceDepth = 5

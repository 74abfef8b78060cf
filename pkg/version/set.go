package version

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
)

// A Set is a set of versions: a union of intervals. The zero value is the empty set.
//
// Every specifier is a few intervals between cut points. A cut point is a version, perhaps one that cannot be
// written (1.0.dev-1 lies before all pre-releases of 1.0, 1.0.post∞ after all its post-releases), and a side of it:
//
//	==1.0    from before 1.0      to after every 1.0+local
//	==1.*    from before 1.dev-1  to before 2.dev-1
//	<1.0                          up to before 1.0.dev-1   (no pre-release of 1.0)
//	>1.0     from after 1.0.post∞                          (no post-release of 1.0)
type Set struct{ spans []span }

// A span is the half-open interval of versions between two cuts.
type span struct{ lo, hi cut }

// A cut lies just before (side -1) or just after (side +1) a version; inf -1 and +1 are the ends of the order.
type cut struct {
	v    Version
	side int
	inf  int
}

var (
	bottom = cut{inf: -1}
	top    = cut{inf: +1}
)

func (c cut) compare(d cut) int {
	if c.inf != 0 || d.inf != 0 {
		return c.inf - d.inf
	}
	if r := c.v.Compare(d.v); r != 0 {
		return r
	}
	return c.side - d.side
}

func before(v Version) cut { return cut{v: v, side: -1} }
func after(v Version) cut  { return cut{v: v, side: +1} }

// afterLocals lies after v and all its local versions.
func afterLocals(v Version) cut {
	v.local, v.allLoc = nil, true
	return after(v)
}

// beforeDevs lies before the development releases (and for a final release the pre-releases) of v.
func beforeDevs(v Version) cut {
	v.dev, v.local = -1, nil
	return before(v)
}

// afterPosts lies after the post-releases of v.
func afterPosts(v Version) cut {
	v.post, v.local = math.MaxInt, nil
	return after(v)
}

// All is the set of all versions.
func All() Set { return Set{[]span{{bottom, top}}} }

// Exactly is the set of v, with its local versions when v has none itself: a pin.
func Exactly(v Version) Set {
	if v.local != nil {
		return Set{[]span{{before(v), after(v)}}}
	}
	return Set{[]span{{before(v), afterLocals(v)}}}
}

var clauseRE = regexp.MustCompile(`^(===|==|!=|~=|<=|>=|<|>)\s*(\S+)$`)

// ParseSet reads a comma-separated specifier set (">=2.0,!=2.1.*,<3"). The empty string allows every version.
func ParseSet(s string) (Set, error) {
	if len(s) > maxLen {
		return Set{}, fmt.Errorf("version specifier of %d characters", len(s))
	}
	set := All()
	if strings.TrimSpace(s) == "" {
		return set, nil
	}
	for clause := range strings.SplitSeq(s, ",") {
		one, err := parseClause(strings.TrimSpace(clause))
		if err != nil {
			return Set{}, err
		}
		set = set.Intersect(one)
	}
	return set, nil
}

// ParseRequirement reads what a project asks for. As with >=1.2, an installer does not take pre-releases of 1.2 for ==1.2.*.
func ParseRequirement(s string) (Set, error) {
	set, err := ParseSet(s)
	if err != nil {
		return set, err
	}
	for clause := range strings.SplitSeq(s, ",") {
		m := clauseRE.FindStringSubmatch(strings.TrimSpace(clause))
		if m == nil || m[1] != "==" {
			continue
		}
		if prefix, ok := strings.CutSuffix(m[2], ".*"); ok {
			if v, err := Parse(prefix); err == nil {
				set = set.Intersect(Set{[]span{{before(v), top}}})
			}
		}
	}
	return set, nil
}

func parseClause(s string) (Set, error) {
	m := clauseRE.FindStringSubmatch(s)
	if m == nil {
		return Set{}, fmt.Errorf("%q is not a version specifier: want ==, ===, !=, ~=, <, <=, > or >= and a version", s)
	}
	op, text := m[1], m[2]
	if prefix, ok := strings.CutSuffix(text, ".*"); ok {
		return parsePrefix(op, prefix, s)
	}
	v, err := Parse(text)
	if err != nil {
		return Set{}, err
	}
	if v.local != nil && op != "==" && op != "!=" && op != "===" {
		return Set{}, fmt.Errorf("%q: a local version is only allowed with == and !=", s)
	}
	return ordered(op, v, s)
}

func ordered(op string, v Version, s string) (Set, error) {
	switch op {
	case "===":
		return Set{[]span{{before(v), after(v)}}}, nil
	case "==":
		return Exactly(v), nil
	case "!=":
		return Exactly(v).Not(), nil
	case "<=":
		return Set{[]span{{bottom, afterLocals(v)}}}, nil
	case ">=":
		return Set{[]span{{before(v), top}}}, nil
	case "<":
		if v.IsPrerelease() {
			return Set{[]span{{bottom, before(v)}}}, nil
		}
		return Set{[]span{{bottom, beforeDevs(v)}}}, nil
	case ">":
		if v.post != none || v.dev != none {
			return Set{[]span{{afterLocals(v), top}}}, nil
		}
		return Set{[]span{{afterPosts(v), top}}}, nil
	default: // ~=
		if len(v.release) < 2 {
			return Set{}, fmt.Errorf("%q: ~= needs at least two numbers, as in ~=%s.0", s, v)
		}
		head := Version{epoch: v.epoch, release: v.release[:len(v.release)-1]}
		return family(head).Intersect(Set{[]span{{before(v), top}}}), nil
	}
}

// parsePrefix reads ==1.2.* and !=1.2.*.
func parsePrefix(op, prefix, s string) (Set, error) {
	v, err := Parse(prefix)
	if err != nil {
		return Set{}, fmt.Errorf("%q is not a version specifier (PEP 440)", s)
	}
	if v.IsPrerelease() || v.post != none || v.local != nil {
		return Set{}, fmt.Errorf("%q: .* may only follow release numbers", s)
	}
	switch op {
	case "==":
		return family(v), nil
	case "!=":
		return family(v).Not(), nil
	default:
		return Set{}, fmt.Errorf("%q: .* is only allowed with == and !=", s)
	}
}

// family is the set of all versions whose release starts with the numbers of v.
func family(v Version) Set {
	next := slices.Clone(v.release)
	next[len(next)-1]++
	return Set{[]span{{
		beforeDevs(Version{epoch: v.epoch, release: v.release, post: none}),
		beforeDevs(Version{epoch: v.epoch, release: next, post: none}),
	}}}
}

// Empty says whether no version is in the set.
func (s Set) Empty() bool { return len(s.spans) == 0 }

// Contains says whether v is in the set. Unlike an installer it does not leave out pre-releases as such.
func (s Set) Contains(v Version) bool {
	for _, sp := range s.spans {
		if sp.lo.compare(before(v)) <= 0 && after(v).compare(sp.hi) <= 0 {
			return true
		}
	}
	return false
}

// Intersect is the set of versions in both.
func (s Set) Intersect(t Set) Set {
	var out []span
	for i, j := 0, 0; i < len(s.spans) && j < len(t.spans); {
		a, b := s.spans[i], t.spans[j]
		lo, hi := a.lo, a.hi
		if b.lo.compare(lo) > 0 {
			lo = b.lo
		}
		if b.hi.compare(hi) < 0 {
			hi = b.hi
		}
		if lo.compare(hi) < 0 {
			out = append(out, span{lo, hi})
		}
		if a.hi.compare(b.hi) < 0 {
			i++
		} else {
			j++
		}
	}
	return Set{out}
}

// Not is the set of versions that are not in s.
func (s Set) Not() Set {
	var out []span
	lo := bottom
	for _, sp := range s.spans {
		if lo.compare(sp.lo) < 0 {
			out = append(out, span{lo, sp.lo})
		}
		lo = sp.hi
	}
	if lo.compare(top) < 0 {
		out = append(out, span{lo, top})
	}
	return Set{out}
}

// Union is the set of versions in either: what several manifests allow together.
func (s Set) Union(t Set) Set { return s.Not().Intersect(t.Not()).Not() }

// A Relation says how a set lies to another one. The order is that of a three-valued "is it inside?".
type Relation int8

const (
	Outside Relation = iota // no version is in the other set
	Partly                  // some are, or the set is empty
	Inside                  // all are
)

// Within says how s, the versions that are allowed, lies to t, the versions that are asked for. An empty s (a
// manifest nothing satisfies) proves nothing: Partly.
func (s Set) Within(t Set) Relation {
	common := s.Intersect(t)
	switch {
	case s.Empty():
		return Partly
	case common.Empty():
		return Outside
	case s.Intersect(t.Not()).Empty():
		return Inside
	default:
		return Partly
	}
}

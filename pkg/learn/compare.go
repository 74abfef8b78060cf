package learn

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// A Change is a difference between two packs that were derived from releases of one library: an entry that is new, gone or
// says something else.
type Change struct {
	What string // "new", "gone" or "changed"
	Of   string // what the entry is about: "sink acme.load"
	Says string // what it says; of one that has changed, what it says now
	Was  string // of one that has changed: what it said
}

func (c Change) String() string {
	s := fmt.Sprintf("%-8s %s", c.What, c.Of)
	if c.Says != "" {
		s += ": " + c.Says
	}
	if c.Was != "" {
		s += "; was " + c.Was
	}
	return s
}

// Compare says what differs between a pack that Derive has made before and the one it makes now. Where in the library an
// entry was derived from, and its id, are no difference. An entry is told by the shortest of its names that both know.
func (d *Doc) Compare(old []byte) ([]Change, error) {
	var before Doc
	if err := yaml.Unmarshal(old, &before); err != nil {
		return nil, err
	}
	now, then := d.said(), before.said()
	var out []Change
	for _, of := range slices.Sorted(maps.Keys(union2(now, then))) {
		a, b := now[of], then[of]
		fresh := slices.DeleteFunc(slices.Clone(a), func(s string) bool { return slices.Contains(b, s) })
		gone := slices.DeleteFunc(slices.Clone(b), func(s string) bool { return slices.Contains(a, s) })
		for len(fresh) > 0 && len(gone) > 0 {
			out = append(out, Change{"changed", of, cmp.Or(fresh[0], "nothing more"), cmp.Or(gone[0], "nothing more")})
			fresh, gone = fresh[1:], gone[1:]
		}
		for _, s := range fresh {
			out = append(out, Change{"new", of, s, ""})
		}
		for _, s := range gone {
			out = append(out, Change{"gone", of, s, ""})
		}
	}
	return out, nil
}

func union2(a, b map[string][]string) map[string][]string {
	out := maps.Clone(a)
	maps.Copy(out, b)
	return out
}

// said gives what the entries of a pack say, by what they are about.
func (d *Doc) said() map[string][]string {
	out := map[string][]string{}
	for _, s := range []struct {
		section string
		entries []entry
	}{{"type", d.Types}, {"source", d.Sources}, {"sink", d.Sinks}, {"propagator", d.Propagators}, {"sanitizer", d.Sanitizers}} {
		for _, e := range s.entries {
			names := e.Call
			if e.Param != nil {
				names = e.Param.PassedTo
			}
			for _, name := range names {
				of := s.section + " " + name
				out[of] = append(out[of], e.says())
			}
		}
	}
	for _, list := range out {
		slices.Sort(list)
	}
	return out
}

// says writes an entry on a line, without what does not matter to callers.
func (e entry) says() string {
	e.ID, e.Call, e.Derived = "", nil, ""
	if e.Param != nil {
		e.Param = &heard{Callback: e.Param.Callback}
	}
	data, err := yaml.Marshal(&e)
	if err != nil {
		return err.Error()
	}
	var parts []string
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimSpace(line); line != "" && line != "{}" {
			parts = append(parts, strings.ReplaceAll(line, "passed-to: [], ", ""))
		}
	}
	return strings.Join(parts, ", ")
}

package learn

import (
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/rule"
)

// Essential leaves in a pack what makes findings that people act on: dangerous calls, data that others control, and what leads
// from the one to the other through objects and files of the library. What only passes on its arguments, and what comes from
// the user's own machine, is left out: calls of which nothing is said pass on what they are given, with a doubt.
func (d *Doc) Essential(pack *rule.Pack) {
	foreign := map[string]bool{}
	flows := map[string]bool{} // sinks that a rule about flows names
	for _, r := range pack.Rules {
		if r.Flow == nil || r.Disabled {
			continue
		}
		for _, k := range pack.Kinds {
			if r.FromKind(k.ID) && r.LevelFor(k.ID) == rule.Error {
				foreign[k.ID] = true
			}
		}
		for _, s := range r.Flow.To {
			flows[s.ID] = true
		}
	}
	d.Sinks = slices.DeleteFunc(d.Sinks, func(e entry) bool { return !flows[e.Like] || undecided(e) })
	d.Sources = slices.DeleteFunc(d.Sources, func(e entry) bool { return !foreign[e.Kind] })
	d.Sanitizers = nil
	used := map[string]bool{} // classes whose methods are left
	for _, e := range slices.Concat(d.Sinks, d.Sources) {
		for _, name := range e.Call {
			if i := strings.LastIndexByte(name, '.'); i > 0 {
				used[name[:i]] = true
			}
		}
	}
	d.Propagators = slices.DeleteFunc(d.Propagators, func(e entry) bool {
		if from, ok := e.From.(map[string]any); ok && from["source"] != nil {
			kind, _ := from["source"].(string)
			return !foreign[kind]
		}
		return !ofObject(e.From) && !ofObject(e.To) || !slices.ContainsFunc(e.Call, func(name string) bool {
			i := strings.LastIndexByte(name, '.')
			return used[name] || i > 0 && used[name[:i]]
		})
	})
	d.Types = slices.DeleteFunc(d.Types, func(e entry) bool { return !used[e.Returns] })
}

// undecided reports whether nothing is known of any argument that decides if a call is dangerous.
func undecided(e entry) bool {
	for _, v := range e.With {
		if v != "unknown" {
			return false
		}
	}
	return len(e.With) > 1
}

// ofObject reports whether a slot is an attribute of the object, or of what is made.
func ofObject(slot any) bool {
	s, ok := slot.(string)
	return ok && (strings.HasPrefix(s, "receiver.") || strings.HasPrefix(s, "return."))
}

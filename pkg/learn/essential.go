package learn

import (
	"fmt"
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
	d.Sinks = slices.DeleteFunc(d.Sinks, func(e entry) bool {
		return !flows[e.Like] || undecided(e, pack.Sink(e.Like)) || e.Acts != "" && !foreign[e.Acts]
	})
	d.Sources = slices.DeleteFunc(d.Sources, func(e entry) bool { return !foreign[e.Kind] })
	d.Sanitizers = nil
	used := map[string]bool{}   // classes whose methods are left
	needed := map[string]bool{} // attributes that these read, with their classes
	for _, e := range slices.Concat(d.Sinks, d.Sources) {
		for _, name := range e.Call {
			class := classOf(name)
			used[class] = true
			if at, ok := e.Input.(string); ok {
				needed[class+fieldOf(strings.TrimPrefix(at, "receiver"))] = true
			}
		}
	}
	d.Propagators = slices.DeleteFunc(d.Propagators, func(e entry) bool {
		field, isField := strings.CutPrefix(fmt.Sprint(e.To), "receiver.")
		made, isMade := strings.CutPrefix(fmt.Sprint(e.To), "return.")
		from, _ := e.From.(map[string]any)
		kind, isSource := from["source"].(string)
		return (!isSource || !foreign[kind]) && !slices.ContainsFunc(e.Call, func(name string) bool {
			return isField && needed[classOf(name)+"."+field] || isMade && needed[name+"."+made]
		})
	})
	d.Types = slices.DeleteFunc(d.Types, func(e entry) bool { return !used[e.Returns] })
}

// classOf gives the name before the last dot: of a method, its class.
func classOf(name string) string { return name[:max(0, strings.LastIndexByte(name, '.'))] }

// undecided reports whether nothing is known of any argument that decides if a call is dangerous. What names something on a hub
// may as well be an object that was made before.
func undecided(e entry, base *rule.Sink) bool {
	for _, v := range e.With {
		if v != "unknown" {
			return false
		}
	}
	return len(e.With) > 1 || base != nil && base.ActsAs != nil
}

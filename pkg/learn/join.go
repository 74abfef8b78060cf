package learn

import (
	"fmt"
	"slices"
)

// join makes one entry of those that say the same of one function under different names: a method and the classes that
// inherit it.
func (d *Doc) join() {
	for _, list := range []*[]entry{&d.Types, &d.Sources, &d.Sinks, &d.Propagators, &d.Sanitizers} {
		*list = joined(*list)
	}
}

// canonical writes the names of a pack as other packs want them.
func (d *Doc) canonical(name func(string) string) {
	each := func(names []string) []string {
		var out []string
		for _, n := range names {
			out = union(out, []string{name(n)})
		}
		return out
	}
	for _, list := range [][]entry{d.Types, d.Sources, d.Sinks, d.Propagators, d.Sanitizers} {
		for i := range list {
			e := &list[i]
			e.Call = each(e.Call)
			if e.Param != nil {
				e.Param = &heard{each(e.Param.PassedTo), e.Param.Callback}
			}
			if e.Returns != "" {
				e.Returns = name(e.Returns)
			}
		}
	}
}

func joined(es []entry) []entry {
	at := map[string]int{}
	var out []entry
	for _, e := range es {
		bare := e
		bare.ID, bare.Call = "", nil
		if e.Param != nil {
			bare.Param = &heard{Callback: e.Param.Callback}
		}
		key := fmt.Sprintf("%+v %+v", bare, bare.Param)
		i, seen := at[key]
		switch {
		case !seen || e.Derived == "":
			at[key] = len(out)
			out = append(out, e)
		case e.Param != nil:
			out[i].Param = &heard{union(out[i].Param.PassedTo, e.Param.PassedTo), e.Param.Callback}
		default:
			out[i].Call = union(out[i].Call, e.Call)
		}
	}
	return out
}

func union(a, b []string) []string {
	out := slices.Clone(a)
	for _, s := range b {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

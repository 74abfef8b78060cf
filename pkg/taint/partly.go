package taint

import (
	"cmp"
	"slices"
)

// mostPartly is how many of them are named; all are counted.
const mostPartly = 50

// tellPartly counts the functions that were cut short and names the first of them: those near a dangerous call, then by place.
func (ev *eval) tellPartly() {
	for k := range ev.sites {
		if _, cut := ev.cutFns[k.fn]; cut {
			ev.cutFns[k.fn] = true
		}
	}
	var out []Partly
	for fn, near := range ev.cutFns {
		f := fn.Mod.IR.File
		out = append(out, Partly{fn.QualName(), f.Path, f.Position(fn.Span.Start).Line, near})
	}
	slices.SortFunc(out, func(a, b Partly) int {
		if a.Near != b.Near {
			if a.Near {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Name, b.Name))
	})
	ev.stats.Cut = len(out)
	for ev.stats.CutNear < len(out) && out[ev.stats.CutNear].Near {
		ev.stats.CutNear++
	}
	ev.stats.Partly = out[:min(len(out), mostPartly)]
}

package finding

import (
	"cmp"
	"fmt"
	"slices"
)

// MaxFlows is how many flows of one finding are kept.
const MaxFlows = 5

// Merge leaves at most one finding for a rule and a line, because a consumer that knows findings by rule and line keeps
// only the first. The loudest stays and takes over the flows and notes of the others. The result is sorted.
func Merge(fs []Finding) []Finding {
	fs = slices.Clone(fs)
	Sort(fs)
	slices.SortStableFunc(fs, func(a, b Finding) int {
		return cmp.Or(compareLines(&a, &b), -cmp.Compare(a.Level, b.Level))
	})
	var out []Finding
	for _, f := range fs {
		if n := len(out); n > 0 && f.Sink.File != nil && compareLines(&out[n-1], &f) == 0 {
			absorb(&out[n-1], &f)
			continue
		}
		f.Flows, f.Other, f.Notes = slices.Clone(f.Flows), slices.Clone(f.Other), slices.Clone(f.Notes)
		out = append(out, f)
	}
	for i := range out {
		capFlows(&out[i])
	}
	Sort(out)
	return out
}

func compareLines(a, b *Finding) int {
	p, q := a.Sink.Place(), b.Sink.Place()
	return cmp.Or(cmp.Compare(p.Path, q.Path), cmp.Compare(p.Line, q.Line), cmp.Compare(a.RuleID, b.RuleID))
}

// absorb adds to a what b says beyond it.
func absorb(a, b *Finding) {
	var dropped int
	a.Flows, dropped = union(a.Flows, b.Flows)
	a.MoreFlows += b.MoreFlows + dropped
	a.Other, _ = union(a.Other, b.Other)
	for _, n := range b.Notes {
		if !slices.Contains(a.Notes, n) {
			a.Notes = append(a.Notes, n)
		}
	}
	if p := b.Sink.Place(); a.Sink.Span != b.Sink.Span && p.Line > 0 {
		a.Notes = append(a.Notes, fmt.Sprintf("Also '%s' in column %d of this line.", b.SinkName, p.Col))
	}
}

// maxMerged bounds the flows of findings on one line that are kept. The worst findings come first.
const maxMerged = 64

// union adds the flows of b that are not in a, and gives how many of them are too many.
func union(a, b []Flow) (all []Flow, dropped int) {
	for _, fl := range b {
		switch {
		case slices.ContainsFunc(a, func(x Flow) bool {
			return x.Kind == fl.Kind && len(x.Steps) == len(fl.Steps) && CompareFlows(x, fl) == 0
		}):
		case len(a) >= maxMerged:
			dropped++
		default:
			a = append(a, fl)
		}
	}
	return a, dropped
}

// capFlows keeps one flow of each kind of source first, then the others in their order.
func capFlows(f *Finding) {
	if len(f.Flows) <= MaxFlows {
		return
	}
	var first, rest []Flow
	kinds := map[string]bool{}
	for _, fl := range f.Flows {
		if kinds[fl.Kind] {
			rest = append(rest, fl)
			continue
		}
		kinds[fl.Kind] = true
		first = append(first, fl)
	}
	all := append(first, rest...)
	f.MoreFlows += len(all) - MaxFlows
	f.Flows, f.Other = all[:MaxFlows:MaxFlows], append(all[MaxFlows:], f.Other...)
}

package report

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"github.com/owenrumney/go-sarif/v2/sarif"

	"github.com/pickletrace/pickletrace/pkg/finding"
)

// A resultPlace is where a result is. Of results with the same rule, path and line there may be only one.
type resultPlace struct {
	path      string
	line, col int
}

// placeOf gives the place of a result; false if it has none.
func placeOf(r *sarif.Result) (resultPlace, bool) {
	if r == nil || len(r.Locations) == 0 {
		return resultPlace{}, false
	}
	l := r.Locations[0]
	path := filePath(l)
	if path == "" || l.PhysicalLocation.Region == nil || l.PhysicalLocation.Region.StartLine == nil {
		return resultPlace{}, false
	}
	p := resultPlace{path, *l.PhysicalLocation.Region.StartLine, 0}
	if c := l.PhysicalLocation.Region.StartColumn; c != nil {
		p.col = *c
	}
	return p, true
}

// filePath gives the path of a location, decoded; "" if it has none.
func filePath(l *sarif.Location) string {
	if l == nil || l.PhysicalLocation == nil || l.PhysicalLocation.ArtifactLocation == nil || l.PhysicalLocation.ArtifactLocation.URI == nil {
		return ""
	}
	uri := *l.PhysicalLocation.ArtifactLocation.URI
	if path, err := url.PathUnescape(uri); err == nil {
		return path
	}
	return uri
}

func isAbsent(r *sarif.Result) bool { return r.BaselineState != nil && *r.BaselineState == "absent" }

// mergeResults gives the results of all runs in order, one for a rule and a line.
func mergeResults(all []*sarif.Result, runs int) []*sarif.Result {
	type key struct {
		rule, path string
		line       int
	}
	groups := map[key][]*sarif.Result{}
	var absent []*sarif.Result
	for _, r := range all {
		if isAbsent(r) {
			absent = append(absent, r)
			continue
		}
		p, _ := placeOf(r)
		id, _, _ := strings.Cut(*r.RuleID, "/") // the level
		k := key{id, p.path, p.line}
		groups[k] = append(groups[k], r)
	}
	out := []*sarif.Result{}
	for _, g := range groups {
		out = append(out, mergeGroup(g))
	}
	slices.SortFunc(out, compareResults)
	return append(out, goneInAll(absent, runs)...)
}

func compareResults(a, b *sarif.Result) int {
	p, _ := placeOf(a)
	q, _ := placeOf(b)
	return cmp.Or(cmp.Compare(p.path, q.path), cmp.Compare(p.line, q.line), cmp.Compare(p.col, q.col), cmp.Compare(*a.RuleID, *b.RuleID))
}

// goneInAll leaves the known findings that no run has found: what one scan did not look at is not gone.
func goneInAll(absent []*sarif.Result, runs int) []*sarif.Result {
	count := map[string]int{}
	var out []*sarif.Result
	for _, r := range absent {
		r.RuleIndex = nil // of its own run
		text := marshal(r)
		if count[text]++; count[text] == runs {
			out = append(out, r)
		}
	}
	slices.SortFunc(out, func(a, b *sarif.Result) int { return cmp.Or(compareResults(a, b), cmp.Compare(marshal(a), marshal(b))) })
	return out
}

// mergeGroup makes one result of all that are at one place. What one scan reports, another cannot silence: it has not
// seen all flows.
func mergeGroup(g []*sarif.Result) *sarif.Result {
	isOpen := func(r *sarif.Result) bool { return len(r.Suppressions) == 0 }
	if slices.ContainsFunc(g, isOpen) {
		g = slices.DeleteFunc(g, func(r *sarif.Result) bool { return !isOpen(r) })
	}
	for _, r := range g {
		r.RuleIndex = nil
	}
	slices.SortFunc(g, func(a, b *sarif.Result) int {
		return cmp.Or(levelRank(b)-levelRank(a), confidenceOf(b)-confidenceOf(a), cmp.Compare(marshal(a), marshal(b)))
	})
	out := g[0]
	seen := map[string]bool{}
	var flows []*sarif.CodeFlow
	for _, r := range g {
		if r.BaselineState != nil && *r.BaselineState == finding.New {
			out.BaselineState = r.BaselineState
		}
		for _, cf := range r.CodeFlows {
			if k := flowKey(cf); !seen[k] {
				seen[k] = true
				flows = append(flows, cf)
			}
		}
	}
	out.CodeFlows = flows
	if n := len(flows) - finding.MaxFlows; n > 0 {
		out.CodeFlows = flows[:finding.MaxFlows]
		out.Message.Text = ptr(finding.AddMoreFlows(*out.Message.Text, n))
	}
	return out
}

// flowKey is what is shown of a flow, apart from the code: a report may have been written without it.
func flowKey(cf *sarif.CodeFlow) string {
	var parts []any
	for _, tf := range cf.ThreadFlows {
		for _, l := range tf.Locations {
			if l.Location == nil {
				continue
			}
			parts = append(parts, filePath(l.Location), l.Location.Message)
			if p := l.Location.PhysicalLocation; p != nil && p.Region != nil {
				parts = append(parts, p.Region.StartLine, p.Region.StartColumn, p.Region.EndColumn)
			}
		}
	}
	return marshal(parts)
}

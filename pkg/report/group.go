package report

import (
	"fmt"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/finding"
)

// groups gives the findings as entries: those of one rule that one decision makes are one. The order is that of the findings.
func groups(fs []finding.Finding) []finding.Group {
	all := make([]*finding.Finding, len(fs))
	for i := range fs {
		all[i] = &fs[i]
	}
	return finding.Groups(all)
}

// groupOf gives for each finding the group that it is in, if that has others.
func groupOf(fs []finding.Finding) map[*finding.Finding]*finding.Group {
	out := map[*finding.Finding]*finding.Group{}
	gs := groups(fs)
	for i := range gs {
		if g := &gs[i]; g.Root != nil {
			for _, f := range g.Findings {
				out[f] = g
			}
		}
	}
	return out
}

// decided says in words what a group has in common, with the name of the place.
func decided(g *finding.Group, root string) string {
	return fmt.Sprintf("%s of this rule come from %s", count(len(g.Findings), "finding"), root)
}

// otherPlaces names the places of a group but for the first.
func otherPlaces(g *finding.Group, place func(*finding.Finding) string) string {
	var out []string
	for _, f := range g.Findings[1:] {
		out = append(out, place(f))
	}
	return strings.Join(out, ", ")
}

package rules_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/rules"
)

// TestCoverage checks that every row of the catalogue is either answered by an entry of a pack (coverage.csv) or has a
// reason why not (uncovered.csv), and that each entry named there exists and answers to the names beside it.
func TestCoverage(t *testing.T) {
	rows, err := rules.Coverage(load(t))
	if err != nil {
		t.Error(err)
	}
	for _, r := range rows {
		sink := strings.HasPrefix(r.Entry, "sink:") || strings.HasPrefix(r.Entry, "setting:")
		if sink && len(r.Rules) == 0 {
			t.Errorf("row %d (%s): no rule is about %s", r.Row, r.What, r.Entry)
		}
	}
}

// TestRulesAreTold checks what the rule reference and SARIF show of each rule.
func TestRulesAreTold(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range load(t).Rules {
		if seen[r.ID] || seen[r.Name] {
			t.Errorf("%s: id or name is used twice", r.ID)
		}
		seen[r.ID], seen[r.Name] = true, true
		switch {
		case len(r.Bad) < 2 || len(r.Good) < 2:
			t.Errorf("%s: %d bad and %d good examples; want two of each", r.ID, len(r.Bad), len(r.Good))
		case len(r.References) == 0 || len(r.CWE) == 0 || r.Since == "":
			t.Errorf("%s: references, cwe or since is missing", r.ID)
		case !slices.ContainsFunc(r.Bad, func(e rule.Example) bool { return strings.Contains(e.Code, "def ") }):
			t.Errorf("%s: no bad example goes across functions", r.ID)
		}
	}
}

// TestLint keeps the packs free of rows that never apply, sinks nobody names and the like. Two calls are meant to be
// two sinks: one for the data that reaches them, one for what they fetch by themselves.
func TestLint(t *testing.T) {
	meant := []string{"is a call of", "no source is of the kind library", "no source is of the kind unknown"}
	for _, remark := range load(t).Lint() {
		if !slices.ContainsFunc(meant, func(m string) bool { return strings.Contains(remark.Msg, m) }) {
			t.Error(remark)
		}
	}
}

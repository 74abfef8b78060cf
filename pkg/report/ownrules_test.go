package report

import (
	"testing"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/pkg/sarifcheck"
	packs "github.com/pickletrace/pickletrace/rules"
)

// TestOwnRules: their IDs and names are nobody else's, and all findings about comments have one.
func TestOwnRules(t *testing.T) {
	pack, err := rule.Load(packs.FS)
	if err != nil {
		t.Fatal(err)
	}
	taken := map[string]bool{}
	for _, q := range pack.Rules {
		taken[q.ID], taken[q.Name] = true, true
	}
	own := map[string]bool{}
	for _, q := range OwnRules() {
		if taken[q.ID] || taken[q.Name] || !sarifcheck.RuleID.MatchString(q.ID) || q.Why == "" || q.Fix == "" {
			t.Errorf("rule %+v", q)
		}
		own[q.ID] = true
	}
	for _, id := range []string{finding.RuleUnusedIgnore, finding.RuleExpiredIgnore, finding.RuleUnknownIgnore, finding.RuleReasonlessIgnore, finding.RuleBareIgnore} {
		if !own[id] {
			t.Errorf("no rule %s", id)
		}
	}
}

func TestKnown(t *testing.T) {
	known := Known(samplePack(), func(id string) bool { return id == "PKL101" })
	for name, want := range map[string]struct {
		id       string
		took, ok bool
	}{
		"PKL101": {"PKL101", true, true}, "untrusted-pickle-load": {"PKL101", true, true}, "PKL403": {"PKL403", false, true},
		"PKL005": {"PKL005", false, true}, "PKL999": {"", false, false}, "": {"", false, false},
	} {
		if id, took, ok := known(name); id != want.id || took != want.took || ok != want.ok {
			t.Errorf("%q: %q, %v, %v", name, id, took, ok)
		}
	}
	if got := Titles(samplePack())("PKL403"); got != "Model downloaded without a commit" {
		t.Errorf("title %q", got)
	}
	if Titles(nil)("PKL005") == "" || Titles(nil)("XYZ123") == "" {
		t.Error("a rule without a title")
	}
}

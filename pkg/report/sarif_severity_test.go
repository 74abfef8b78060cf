package report

import (
	"testing"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// TestDashboardSeverity: GitHub and SonarQube read the severity of the rule that a result names, so that of each level is
// its own, whatever else the rule may report.
func TestDashboardSeverity(t *testing.T) {
	loud := &rule.Rule{ID: "PKL101", Name: "loud", Title: "T", Precision: "high", CWE: []int{502}, Level: map[string]rule.Level{"": rule.Warning, "net": rule.Error}}
	soft := &rule.Rule{ID: "PKL403", Name: "soft", Title: "T", Precision: "medium", CWE: []int{502}, Level: map[string]rule.Level{"": rule.Warning}}
	style := &rule.Rule{ID: "PKL900", Name: "style", Title: "T", Level: map[string]rule.Level{"": rule.Error}}
	file, _ := text.NewFile("a.py", []byte("load(x)\n"))
	at := func(id string, l finding.Level) finding.Finding {
		return finding.Finding{RuleID: id, Level: l, Message: "M.", Sink: finding.Step{File: file, Span: text.Span{Start: 0, End: 7}}}
	}
	r := &Result{Pack: &rule.Pack{Rules: []*rule.Rule{loud, soft, style}}, Findings: []finding.Finding{
		at("PKL101", finding.Error), at("PKL101", finding.Warning), at("PKL101", finding.Note),
		at("PKL403", finding.Error), at("PKL403", finding.Warning), at("PKL900", finding.Note),
	}}
	log := decodeLog(t, render(t, SARIF, r, Options{}))
	run := obj(list(obj(log)["runs"])[0])
	rules := list(obj(obj(run["tool"])["driver"])["rules"])
	want := []struct{ id, severity string }{{"PKL101", "9.3"}, {"PKL101/warning", "6.1"}, {"PKL101/note", "3.1"},
		{"PKL403/error", "8.1"}, {"PKL403", "6.1"}, {"PKL900", ""}}
	for i, v := range list(run["results"]) {
		d := obj(rules[int(obj(v)["ruleIndex"].(float64))])
		severity, _ := obj(d["properties"])["security-severity"].(string)
		if d["id"] != want[i].id || obj(v)["ruleId"] != want[i].id || severity != want[i].severity {
			t.Errorf("result %d: %v with severity %q, want %v", i, d["id"], severity, want[i])
		}
	}
}

package report

import (
	"strings"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/rule"
)

// OwnRules are the rules of this program about its own comments and files; every other rule comes from a pack.
func OwnRules() []*rule.Rule {
	own := func(id, name, title, why, fix string) *rule.Rule {
		level := rule.Note
		if id == finding.RuleUnknownIgnore || id == finding.RuleGateChange || id == finding.RuleNewIgnore {
			level = rule.Warning
		}
		return &rule.Rule{ID: id, Name: name, Title: title, Why: why, Fix: fix, Precision: "very-high",
			Level: map[string]rule.Level{"": level}, Pack: toolName}
	}
	return []*rule.Rule{
		own(finding.RuleUnusedIgnore, "unused-ignore", "Ignore comment that silences nothing",
			"A comment that silences nothing hides the next finding that appears in its place.",
			"Remove the comment or the rule id; `pickletrace fix` does it."),
		own(finding.RuleExpiredIgnore, "expired-ignore", "Ignore comment past its date",
			"The comment says until when the finding may be ignored, and that day is over. The finding is reported again.",
			"Fix the finding, or look at it again and set a new date."),
		own(finding.RuleUnknownIgnore, "invalid-ignore", "Ignore comment that is not understood",
			"The comment is misspelt, has a date that cannot be read, or names a rule that does not exist, so it silences nothing.",
			"Write `# pickletrace: ignore[RULE] -- reason`; `pickletrace rules list` shows all rules."),
		own(finding.RuleReasonlessIgnore, "ignore-without-reason", "Ignore comment without a reason",
			"Nobody can tell later whether a silenced finding is still acceptable if the comment does not say why it was.",
			"Add the reason after two dashes: `# pickletrace: ignore[RULE] -- reason`."),
		own(finding.RuleBareIgnore, "bare-ignore", "Ignore comment for all rules",
			"`ignore[all]` silences every rule, also those that are added later.",
			"Name the rules in brackets: `# pickletrace: ignore[RULE] -- reason`."),
		own(finding.RuleGateChange, "gate-change", "Change of what is scanned or reported",
			"With `--diff-base`, a change that is checked must not decide how it is checked: settings, packs, baselines and excludes come "+
				"from the state before, and what the change edits among them is listed with what it would silence.",
			"Look at the edit as at code. `--trust-head` lets it count, for branches of people who may push anyway."),
		own(finding.RuleNewIgnore, "new-ignore", "Ignore comment that the change adds",
			"With `--diff-base`, ignore comments count that were there before; one that the change adds is listed, and silences nothing "+
				"unless `--trust-head` is given.",
			"Look at the reason as a reviewer. `--trust-head` lets the comment count."),
	}
}

// Titles gives the function that finds a rule's title by its ID.
func Titles(pack *rule.Pack) func(id string) string {
	x := &rules{byID: map[string]*rule.Rule{}}
	for _, q := range allRules(pack) {
		x.byID[q.ID] = q
	}
	return func(id string) string {
		x.add(id)
		return x.byID[id].Title
	}
}

// Known gives the function that resolves a rule's ID or name, in capitals or not, for ignore comments. The function ran says whether the
// rule of the ID took part in the scan.
func Known(pack *rule.Pack, ran func(id string) bool) func(name string) (id string, took, ok bool) {
	ids := map[string]string{}
	for _, q := range allRules(pack) {
		ids[strings.ToUpper(q.ID)], ids[strings.ToUpper(q.Name)] = q.ID, q.ID
	}
	own := map[string]bool{}
	for _, q := range OwnRules() {
		own[q.ID] = true
	}
	return func(name string) (string, bool, bool) {
		id, ok := ids[strings.ToUpper(name)]
		return id, ok && !own[id] && ran(id), ok
	}
}

// allRules are those of the pack and of this program.
func allRules(pack *rule.Pack) []*rule.Rule {
	out := OwnRules()
	if pack != nil {
		out = append(out, pack.Rules...)
	}
	return out
}

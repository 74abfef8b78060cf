package report

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/owenrumney/go-sarif/v2/sarif"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/rule"
)

const (
	shortRoom = 255  // characters of a short description
	fullRoom  = 1024 // of a full description
	maxTags   = 10
)

// descriptors describes the rules. A dashboard shows the severity of the rule, not that of the result, so a rule has a
// descriptor of its own for each level that its results have below (or, by a setting, above) its loudest: "PKL101/warning".
func (s *sarifWriter) descriptors() {
	byID := map[string]*sarif.ReportingDescriptor{}
	for _, q := range s.rules.all {
		byID[q.ID] = descriptor(q, worstLevel(q))
	}
	for i := range s.findings {
		f := &s.findings[i]
		q := s.rules.byID[f.RuleID]
		if id := descriptorID(q, f.Level); byID[id] == nil {
			d := descriptor(q, f.Level)
			d.ID, d.Name = id, ptr(*d.Name+levelSuffix[f.Level])
			byID[id] = d
		}
	}
	for i, id := range slices.Sorted(maps.Keys(byID)) {
		s.described = append(s.described, byID[id])
		s.index[id] = uint(i)
	}
}

var levelSuffix = map[finding.Level]string{finding.Error: "Error", finding.Warning: "Warning", finding.Note: "Note"}

// descriptorID names the descriptor of a rule for results of a level.
func descriptorID(q *rule.Rule, level finding.Level) string {
	if len(q.CWE) == 0 || level == finding.Off || level == worstLevel(q) {
		return q.ID
	}
	return q.ID + "/" + levelName(level)
}

// descriptor describes a rule for results of a level.
func descriptor(q *rule.Rule, level finding.Level) *sarif.ReportingDescriptor {
	props := sarif.Properties{"tags": tags(q), "problem.severity": problemSeverity(level)}
	if q.Precision != "" {
		props["precision"] = q.Precision
	}
	if sev := severity(level, q); sev > 0 {
		props["security-severity"] = severityText(sev)
	}
	return &sarif.ReportingDescriptor{
		ID:                   q.ID,
		Name:                 ptr(q.PascalName()),
		ShortDescription:     &sarif.MultiformatMessageString{Text: ptr(finding.Shorten(dot(plain(q.Title)), shortRoom))},
		FullDescription:      &sarif.MultiformatMessageString{Text: ptr(cutMessage(dot(plain(orElse(q.Why, q.Title))), fullRoom))},
		DefaultConfiguration: &sarif.ReportingConfiguration{Level: levelName(level)},
		HelpURI:              ptr(helpURI(q)),
		Help:                 &sarif.MultiformatMessageString{Text: ptr(helpText(q)), Markdown: ptr(q.Markdown())},
		Properties:           props,
	}
}

// worstLevel is the loudest level the rule can have.
func worstLevel(q *rule.Rule) finding.Level {
	worst := rule.Off
	for _, l := range q.Level {
		worst = max(worst, l)
	}
	if worst == rule.Off {
		return finding.Note
	}
	return finding.Level(worst)
}

func problemSeverity(l finding.Level) string {
	switch l {
	case finding.Error:
		return "error"
	case finding.Warning:
		return "warning"
	}
	return "recommendation"
}

// tags names each weakness twice, because one consumer knows the one form and another the other.
func tags(q *rule.Rule) []string {
	if len(q.CWE) == 0 {
		return []string{"maintainability"}
	}
	out := []string{"security"}
	for _, n := range q.CWE {
		if len(out)+2 <= maxTags {
			out = append(out, fmt.Sprintf("external/cwe/cwe-%03d", n), fmt.Sprintf("cwe-%d", n))
		}
	}
	return out
}

// plain makes plain text on one line of a little Markdown.
func plain(md string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(md, "`", "'")), " ")
}

func dot(s string) string {
	if s == "" || strings.ContainsRune(".!?…:", lastRune(s)) {
		return s
	}
	return s + "."
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

func orElse(s, other string) string {
	if strings.TrimSpace(s) == "" {
		return other
	}
	return s
}

// helpText is the help without Markdown.
func helpText(q *rule.Rule) string {
	parts := slices.DeleteFunc([]string{plainBlocks(orElse(q.Why, q.Title)), plainBlocks(q.Fix)}, func(s string) bool { return s == "" })
	return strings.Join(parts, "\n\n")
}

// plainBlocks makes plain text of a little Markdown, with its paragraphs; code is indented.
func plainBlocks(md string) string {
	var out []string
	for i, part := range strings.Split(strings.ReplaceAll(md, "\r\n", "\n"), "```") {
		if i%2 == 1 { // code, after the name of its language
			_, code, _ := strings.Cut(part, "\n")
			out = append(out, "    "+strings.ReplaceAll(strings.TrimRight(code, "\n"), "\n", "\n    "))
			continue
		}
		for para := range strings.SplitSeq(part, "\n\n") {
			if text := plain(para); text != "" {
				out = append(out, dot(text))
			}
		}
	}
	return strings.Join(out, "\n\n")
}

func helpURI(q *rule.Rule) string { return RulePage(q.ID) }

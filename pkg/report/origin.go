package report

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/finding"
)

// Repository says where the code comes from.
type Repository struct {
	Name     string // what people call it: "owner/name", or the folder; "" if unknown
	URI      string // "https://github.com/o/r"; "" if it has no page
	Revision string // full commit hash
	Branch   string
	Date     string // of the commit: "2026-11-28"
	// Lines is the address of a line: "{path}" and "{line}" stand for both; "" if the repository has no page.
	Lines string
}

// lineURL gives the page of a step's line; "" if there is none.
func (r *Result) lineURL(s *finding.Step) string {
	at := s.Place()
	if r.Repo == nil || r.Repo.Lines == "" || at.Path == "" || strings.HasPrefix(at.Path, "/") || strings.HasPrefix(at.Path, "../") {
		return ""
	}
	path := (&url.URL{Path: at.Path}).EscapedPath()
	return strings.NewReplacer("{path}", path, "{line}", strconv.Itoa(at.Line)).Replace(r.Repo.Lines)
}

// A Gate is what makes the run fail.
type Gate struct {
	FailOn  string // the level at or above which findings fail the run: "note", "warning" or "error"; "never"
	Failing int    // findings at or above it, those that are not shown included
}

// String says in one sentence what the gate is and what came of it.
func (g *Gate) String() string {
	if g.FailOn == "never" {
		return "No finding fails the run (--fail-on never)."
	}
	done := "none does"
	if g.Failing == 1 {
		done = "1 finding does"
	} else if g.Failing > 1 {
		done = fmt.Sprintf("%d findings do", g.Failing)
	}
	if g.FailOn == "error" {
		return "Errors fail the run: " + done + "."
	}
	return strings.ToUpper(g.FailOn[:1]) + g.FailOn[1:] + "s and above fail the run: " + done + "."
}

// adviceLines is the advice for a finding as plain text.
func (x *rules) adviceLines(f *finding.Finding) []string {
	advice, code := adviceFor(f, x.byID[f.RuleID])
	if advice == "" {
		return nil
	}
	out := []string{"fix: " + visible(advice)}
	for line := range strings.Lines(code) {
		out = append(out, "    "+visible(strings.TrimRight(line, "\r\n")))
	}
	return out
}

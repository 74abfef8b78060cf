package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/text"
)

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return strconv.Itoa(n) + " " + what + "s"
}

func (p *printer) problems(r *Result) {
	if len(r.Problems) == 0 {
		return
	}
	p.line("%s", p.paint(bold, count(len(r.Problems), "problem")+" while reading:"))
	for _, q := range r.Problems {
		where := visible(p.opts.path(q.Path))
		if q.Line > 0 {
			where += ":" + strconv.Itoa(q.Line)
		}
		if where != "" {
			where += ": "
		}
		p.paragraph("  ", fmt.Sprintf("%s%s: %s (%s)", where, severityName(q.Severity), visible(q.Msg), q.Kind), 4)
	}
	p.line("")
}

func (p *printer) summary(r *Result) {
	e, w, n := counts(r.Findings)
	head := "No findings"
	if len(r.Findings) > 0 {
		head = count(len(r.Findings), "finding") + " (" + levelCounts(e, w, n) + ")"
	}
	s := fmt.Sprintf("%s in %s, %s", head, count(r.Stats.Files, "file"), count(r.Stats.Functions, "function"))
	if p.opts.Terminal {
		s += fmt.Sprintf(", %.1f seconds", r.Stats.Seconds)
	}
	p.line("%s.", p.paint(bold, s))
	if rest := leftOut(r); rest != "" {
		p.paragraph("", rest+".", 0)
	}
	if !r.Complete() {
		for _, line := range wrapped("The scan is incomplete: see the problems above.", p.opts.Width) {
			p.line("%s", p.paint(red, line))
		}
	}
}

func levelCounts(e, w, n int) string {
	var parts []string
	for i, what := range []string{"error", "warning", "note"} {
		if k := []int{e, w, n}[i]; k > 0 {
			parts = append(parts, count(k, what))
		}
	}
	return strings.Join(parts, ", ")
}

// leftOut names everything that is not in the report, or is weaker evidence than it looks.
func leftOut(r *Result) string {
	known := 0
	for i := range r.Suppressed {
		if s := r.Suppressed[i].Silenced; s != nil && !s.InCode {
			known++
		}
	}
	var parts []string
	add := func(n int, format string) {
		if n > 0 {
			parts = append(parts, fmt.Sprintf(format, n))
		}
	}
	add(r.Hidden, "%d below the level shown")
	add(len(r.Suppressed)-known, "%d ignored by comments")
	add(known, "%d known from the baseline")
	add(len(r.Absent), "%d of the baseline gone")
	add(r.Unchanged, "%d outside the changes")
	if n := r.Stats.Skipped; n > 0 {
		parts = append(parts, count(n, "file")+" skipped")
	}
	if n := r.Stats.Budgets; n > 0 {
		parts = append(parts, count(n, "function")+" cut short by a limit")
	}
	return strings.Join(parts, ", ")
}

// failed gives the problems that make a scan incomplete.
func failed(r *Result) []text.Problem {
	return slices.DeleteFunc(slices.Clone(r.Problems), func(p text.Problem) bool { return p.Severity != text.Failed })
}

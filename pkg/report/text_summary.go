package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/text"
)

func choose(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return strconv.Itoa(n) + " " + what + "s"
}

// problems tells what was not, or only partly, analysed: "error: path: what".
func (p *printer) problems(r *Result) {
	if len(r.Problems) == 0 {
		return
	}
	for _, q := range r.Problems {
		where := visible(p.opts.path(q.Path))
		if q.Line > 0 {
			where += ":" + strconv.Itoa(q.Line)
		}
		if where != "" {
			where += ": "
		}
		word, color := "info", blue
		switch q.Severity {
		case text.Failed:
			word, color = "error", red
		case text.Partial:
			word, color = "warning", yellow
		}
		p.paragraph(p.paint(color, word+":")+" ", where+visible(q.Msg), 2)
	}
	p.line("")
}

func (p *printer) summary(r *Result) {
	e, w, n := counts(r.Findings)
	head := "No findings"
	if len(r.Findings) > 0 {
		head = count(len(r.Findings), "finding") + " (" + levelCounts(e, w, n) + ")"
	}
	s := fmt.Sprintf("%s in %s", head, r.looked())
	if r.Stats.Reports == 0 {
		s += ", " + count(r.Stats.Functions, "function")
	}
	if p.opts.Terminal {
		s += fmt.Sprintf(", %.1f seconds", r.Stats.Seconds)
	}
	p.line("%s.", p.paint(bold, s))
	if rest := leftOut(r); rest != "" {
		p.paragraph("", rest+".", 0)
	}
	if len(r.Findings) > 0 {
		p.paragraph("", "More on a rule: pickletrace explain "+worstFirst(r.Findings)[0].RuleID, 0)
	}
	if !r.Complete() {
		for _, line := range wrapped("The scan is incomplete: see the errors above.", p.opts.Width) {
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
	add := func(n int, one, many string) {
		if n > 0 {
			parts = append(parts, fmt.Sprintf(choose(n, one, many), n))
		}
	}
	if r.HiddenWhat == "" {
		add(r.Hidden, "%d finding hidden", "%d findings hidden")
	} else {
		parts = append(parts, r.HiddenWhat)
	}
	add(len(r.Suppressed)-known, "%d ignored by a comment", "%d ignored by comments")
	add(known, "%d in the baseline", "%d in the baseline")
	add(len(r.Absent), "%d baseline entry no longer matches (pickletrace baseline prune removes it)",
		"%d baseline entries no longer match (pickletrace baseline prune removes them)")
	if r.Incremental == "paths" {
		add(r.Unchanged, "%d finding does not pass through the paths", "%d findings do not pass through the paths")
	} else {
		add(r.Unchanged, "%d existing finding not touched by this change", "%d existing findings not touched by this change")
	}
	add(r.Stats.Skipped, "%d file skipped", "%d files skipped")
	if n := r.Stats.Budgets; n > 0 {
		part := fmt.Sprintf("%d of %s analysed only in part (limit reached)", n, count(r.Stats.Functions, "function"))
		if near := r.Stats.Near; near > 0 {
			part += fmt.Sprintf(", %d of them near a dangerous call", near)
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, ", ")
}

// failed gives the problems that make a scan incomplete.
func failed(r *Result) []text.Problem {
	return slices.DeleteFunc(slices.Clone(r.Problems), func(p text.Problem) bool { return p.Severity != text.Failed })
}

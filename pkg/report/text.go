package report

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/pkg/text"
)

const (
	codeWidth   = 120 // columns for a line of code
	gutterLimit = 44  // a longer path gets a line of its own
)

// Text writes findings for people: each with the trace from its source to its sink, the code of every step with the
// place marked, and at the end what was looked at and what was left out.
func Text(w io.Writer, r *Result, o Options) error {
	p := &printer{rules: rulesOf(r), opts: o}
	for i := range r.Findings {
		p.finding(&r.Findings[i])
	}
	if o.ShowSuppressed {
		for i := range r.Suppressed {
			p.finding(&r.Suppressed[i])
		}
	}
	p.problems(r)
	p.summary(r)
	_, err := io.WriteString(w, p.b.String())
	return err
}

// printer collects the text report.
type printer struct {
	b     strings.Builder
	rules *rules
	opts  Options
}

func (p *printer) line(format string, args ...any) {
	line := strings.TrimRight(fmt.Sprintf(format, args...), " ")
	p.b.WriteString(line + "\n")
}

// colour codes of the terminal
const (
	bold   = "1"
	dim    = "2"
	red    = "31;1"
	yellow = "33;1"
	blue   = "34;1"
	green  = "32"
)

func (p *printer) paint(code, s string) string {
	if !p.opts.Color || s == "" {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

func levelColor(l finding.Level) string {
	switch l {
	case finding.Error:
		return red
	case finding.Warning:
		return yellow
	}
	return blue
}

func (p *printer) finding(f *finding.Finding) {
	q := p.rules.byID[f.RuleID]
	head := p.paint(levelColor(f.Level), levelName(f.Level)+"["+f.RuleID+"]") + " " + p.paint(bold, q.Name)
	p.line("%s: %s", head, visible(f.Message))
	p.line("  at %s%s%s", p.placeName(f), inFunction(f.Function), standing(f))
	if len(f.Flows) == 0 {
		p.steps([]finding.Step{f.Sink})
	}
	for i := range f.Flows {
		if i > 0 && !p.opts.AllFlows {
			break
		}
		p.steps(f.Flows[i].Steps)
	}
	p.otherFlows(f)
	p.fix(f, q)
	p.line("")
}

func (p *printer) placeName(f *finding.Finding) string {
	at := f.Sink.Place()
	if at.Path == "" {
		return "no file"
	}
	return p.paint(bold, fmt.Sprintf("%s:%d:%d", visible(at.Path), at.Line, at.Col)) + inCell(&f.Sink)
}

func inFunction(name string) string {
	if name == "" {
		return ""
	}
	return " in " + visible(name)
}

// standing says in brackets how sure the finding is and whether it is known.
func standing(f *finding.Finding) string {
	var parts []string
	if f.Confidence != "" {
		parts = append(parts, "confidence "+f.Confidence)
	}
	if f.Baseline == finding.Unchanged {
		parts = append(parts, "known")
	}
	if s := f.Silenced; s != nil {
		why := "ignored"
		if s.Reason != "" {
			why += ": " + visible(s.Reason)
		}
		parts = append(parts, why)
	}
	if len(parts) == 0 {
		return ""
	}
	return " (" + strings.Join(parts, ", ") + ")"
}

// steps prints a trace, with an empty line wherever it goes into another file.
func (p *printer) steps(steps []finding.Step) {
	gutter := 0
	for i := range steps {
		gutter = max(gutter, width(stepPlace(&steps[i])), width(string(steps[i].Kind)))
	}
	gutter = min(gutter, gutterLimit)
	shown := "" // the place whose code line was printed last
	for i := range steps {
		if i == 0 || steps[i].File != steps[i-1].File {
			p.line("")
		}
		shown = p.step(&steps[i], gutter, shown)
	}
}

func stepPlace(s *finding.Step) string {
	at := s.Place()
	if at.Path == "" {
		return ""
	}
	return visible(at.Path) + ":" + strconv.Itoa(at.Line)
}

// step prints a step's line of code, unless it was shown just before, and a marker under it.
func (p *printer) step(s *finding.Step, gutter int, shown string) string {
	place, note, bar := stepPlace(s), visible(s.Note), p.paint(dim, "|")
	whole, ok := snippetOf(s)
	if !ok || s.Kind == finding.StepElided {
		p.line("    %s %s %s", pad(string(s.Kind), gutter), bar, p.paint(dim, strings.TrimRight("… "+note, " ")))
		return ""
	}
	sn := whole.around(codeWidth)
	if place != shown || sn != whole { // a line that was cut is cut differently for each step
		label := place
		if width(place) > gutter {
			p.line("    %s", place)
			label = ""
		}
		p.line("    %s %s %s", pad(label, gutter), bar, sn.before+p.paint(bold, sn.marked)+sn.after)
	}
	mark := strings.Repeat("^", max(width(sn.marked), 1))
	under := strings.Repeat(" ", width(sn.before)) + p.paint(kindColor(s.Kind), strings.TrimRight(mark+" "+note, " "))
	p.line("    %s %s %s", p.paint(dim, pad(string(s.Kind), gutter)), bar, under)
	return place
}

func kindColor(k finding.StepKind) string {
	switch k {
	case finding.StepSource:
		return yellow
	case finding.StepSink:
		return red
	case finding.StepGuard:
		return green
	}
	return blue
}

func pad(s string, n int) string { return s + strings.Repeat(" ", max(n-width(s), 0)) }

// otherFlows names the sources of the flows that are not printed.
func (p *printer) otherFlows(f *finding.Finding) {
	p.line("")
	if len(f.Flows) > 0 && !p.opts.AllFlows {
		for _, fl := range f.Flows[1:] {
			where := ""
			if len(fl.Steps) > 0 {
				where = ", " + stepPlace(&fl.Steps[0])
			}
			p.line("  also from '%s'%s, %s", visible(finding.SourceLabel(&fl)), where, count(len(fl.Steps), "step"))
		}
	}
	if f.MoreFlows > 0 {
		p.line("  and %s not shown", count(f.MoreFlows, "more flow"))
	}
}

// fix prints the beginning of the rule's advice.
func (p *printer) fix(f *finding.Finding, q *rule.Rule) {
	advice, code := adviceFor(f, q)
	if advice == "" {
		return
	}
	p.line("  %s %s", p.paint(green, "fix:"), visible(advice))
	for line := range strings.Lines(code) {
		p.line("      %s", visible(strings.TrimRight(line, "\r\n")))
	}
}

// advice gives the first paragraph of Markdown, on one line, and the code block that follows it directly.
// adviceFor gives the advice for a finding: with the call as it should be, where that is known, else with the rule's example.
func adviceFor(f *finding.Finding, q *rule.Rule) (paragraph, code string) {
	paragraph, code = advice(q.Fix)
	if f.Changed != "" {
		code = f.Changed
	} else if f.NoFix != "" {
		paragraph += " (Not written by itself: " + f.NoFix + ".)"
	}
	return paragraph, code
}

func advice(md string) (paragraph, code string) {
	paragraph, rest, _ := strings.Cut(strings.TrimSpace(strings.ReplaceAll(md, "\r\n", "\n")), "\n\n")
	if body, ok := strings.CutPrefix(strings.TrimSpace(rest), "```"); ok {
		_, body, _ = strings.Cut(body, "\n") // the language
		code, _, _ = strings.Cut(body, "```")
	}
	return strings.Join(strings.Fields(paragraph), " "), code
}

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
		where := visible(q.Path)
		if q.Line > 0 {
			where += ":" + strconv.Itoa(q.Line)
		}
		if where != "" {
			where += ": "
		}
		p.line("  %s%s: %s (%s)", where, severityName(q.Severity), visible(q.Msg), q.Kind)
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
		p.line("%s.", rest)
	}
	if !r.Complete() {
		p.line("%s", p.paint(red, "The scan is incomplete: see the problems above."))
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

package report

import (
	"cmp"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/rule"
)

const codeWidth = 120 // columns for a line of code where no width is given

// Text writes findings for people: each with the trace from its source to its sink, the code of every step with the
// place marked, and at the end what was looked at and what was left out.
func Text(w io.Writer, r *Result, o Options) error {
	p := &printer{rules: rulesOf(r), opts: o, advised: map[string]bool{}}
	if o.Statistics {
		p.statistics(r)
		_, err := io.WriteString(w, p.b.String())
		return err
	}
	p.findings(r.Findings)
	if o.ShowSuppressed {
		p.findings(r.Suppressed)
	}
	p.problems(r)
	p.digest(r.Findings)
	p.summary(r)
	_, err := io.WriteString(w, p.b.String())
	return err
}

// findings prints the worst first, and of a group the worst with the places of the others. Who asks for all flows gets
// those of all findings.
func (p *printer) findings(fs []finding.Finding) {
	for _, g := range finding.Groups(worstFirst(fs)) {
		p.finding(g.Findings[0], &g)
		if p.opts.AllFlows {
			for _, f := range g.Findings[1:] {
				p.finding(f, nil)
			}
		}
	}
}

// printer collects the text report.
type printer struct {
	b       strings.Builder
	rules   *rules
	opts    Options
	advised map[string]bool // advice that was printed
}

// worstFirst gives the findings by level, and those of a level in their order.
func worstFirst(fs []finding.Finding) []*finding.Finding {
	out := make([]*finding.Finding, len(fs))
	for i := range fs {
		out[i] = &fs[i]
	}
	slices.SortStableFunc(out, func(a, b *finding.Finding) int { return cmp.Compare(b.Level, a.Level) })
	return out
}

func (p *printer) line(format string, args ...any) {
	line := strings.TrimRight(fmt.Sprintf(format, args...), " ")
	p.b.WriteString(line + "\n")
}

// paragraph prints text after a beginning, which may be painted, and breaks it at the terminal's width; further lines are
// indented.
func (p *printer) paragraph(begin, text string, indent int) {
	room, first := 0, 0
	if p.opts.Width > 0 {
		room = max(p.opts.Width-indent, leastCode)
		first = width(unpainted(begin)) - indent // the columns that the beginning takes of the first line
	}
	for i, line := range wrapped(strings.Repeat("\x00", max(first, 0))+text, room) {
		if line = strings.TrimLeft(line, "\x00"); i == 0 {
			p.line("%s", begin+line)
			continue
		}
		p.line("%s", strings.Repeat(" ", indent)+line)
	}
}

var paintForm = regexp.MustCompile("\x1b\\[[0-9;]*m")

func unpainted(s string) string { return paintForm.ReplaceAllString(s, "") }

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

func (p *printer) finding(f *finding.Finding, g *finding.Group) {
	q := p.rules.byID[f.RuleID]
	head := p.paint(levelColor(f.Level), levelName(f.Level)+"["+f.RuleID+"]") + " " + p.paint(bold, q.Name)
	p.paragraph(head+": ", visible(f.Message), 2)
	p.paragraph("  at "+p.placeName(f), inFunction(f.Function)+standing(f), 5)
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
	if g != nil && g.Root != nil {
		others := otherPlaces(g, func(f *finding.Finding) string { return visible(p.place(&f.Sink)) + inCell(&f.Sink) })
		p.paragraph("  ", decided(g, p.place(g.Root)+inCell(g.Root))+"; also at "+others, 4)
	}
	p.fix(f, q)
	p.line("")
}

func (p *printer) placeName(f *finding.Finding) string {
	at := f.Sink.Place()
	if at.Path == "" {
		return "no file"
	}
	return p.paint(bold, fmt.Sprintf("%s:%d:%d", visible(p.opts.path(at.Path)), at.Line, at.Col)) + inCell(&f.Sink)
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

// otherFlows names the sources of the flows that are not printed.
func (p *printer) otherFlows(f *finding.Finding) {
	p.line("")
	if len(f.Flows) > 0 && !p.opts.AllFlows {
		var others []string
		for _, fl := range f.Flows[1:] {
			where := ""
			if len(fl.Steps) > 0 {
				where = " (" + p.place(&fl.Steps[0]) + ")"
			}
			others = append(others, "'"+visible(finding.SourceLabel(&fl))+"'"+where)
		}
		if len(others) > 0 {
			p.paragraph("  also from ", strings.Join(others, ", "), 4)
		}
	}
	if f.MoreFlows > 0 {
		p.line("  and %s not shown", count(f.MoreFlows, "more flow"))
	}
}

// fix prints the beginning of the rule's advice, the same only once.
func (p *printer) fix(f *finding.Finding, q *rule.Rule) {
	advice, code := adviceFor(f, q)
	if advice == "" {
		return
	}
	whole := advice + "\n" + code
	if p.advised[whole] {
		p.line("  %s as above for %s", p.paint(green, "fix:"), f.RuleID)
		return
	}
	p.advised[whole] = true
	p.paragraph("  "+p.paint(green, "fix:")+" ", visible(advice), 7)
	for line := range strings.Lines(code) {
		p.line("       %s", visible(strings.TrimRight(line, "\r\n")))
	}
}

// adviceFor gives the advice for a finding: with the call as it should be, where that is known, else with the rule's example.
func adviceFor(f *finding.Finding, q *rule.Rule) (paragraph, code string) {
	paragraph, code = advice(q.Fix)
	if f.Advice != "" {
		paragraph, code = strings.Join(strings.Fields(f.Advice), " "), f.Example
	}
	if f.Changed != "" && f.Example == "" {
		code = f.Changed
	}
	switch w := f.Wrapper; {
	case w != nil:
		paragraph = strings.TrimRight(paragraph, ":.") + ". The parameter " + w.Parameter + " of " + w.Function + " decides it here; "
		if w.Caller != nil {
			at := w.Caller.Place()
			paragraph += fmt.Sprintf("%s:%d can pass it:", at.Path, at.Line)
		} else {
			paragraph += "its callers can pass it:"
		}
	case f.NoFix != "" && f.Changed == "":
		paragraph += " (Not written by itself: " + f.NoFix + ".)"
	}
	if code == "" && strings.HasSuffix(paragraph, ":") {
		paragraph = strings.TrimSuffix(paragraph, ":") + "."
	}
	return paragraph, code
}

// advice gives the first paragraph of Markdown, on one line, and the code block that follows it directly.
func advice(md string) (paragraph, code string) {
	paragraph, rest, _ := strings.Cut(strings.TrimSpace(strings.ReplaceAll(md, "\r\n", "\n")), "\n\n")
	if body, ok := strings.CutPrefix(strings.TrimSpace(rest), "```"); ok {
		_, body, _ = strings.Cut(body, "\n") // the language
		code, _, _ = strings.Cut(body, "```")
	}
	return strings.Join(strings.Fields(paragraph), " "), code
}

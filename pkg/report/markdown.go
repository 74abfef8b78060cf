package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/finding"
)

// summaryLimit is how many bytes GitHub takes for the summary of a step.
const summaryLimit = 1 << 20

// Markdown writes a summary of a job: a table of all findings, the worst first, and below it a trace of each with what to
// do. What does not fit in
// GitHub's limit is left out from the end, and said to be.
func Markdown(w io.Writer, r *Result, _ Options) error {
	rs := rulesOf(r)
	e, warn, n := counts(r.Findings)
	head := "## pickletrace\n\n"
	if len(r.Findings) == 0 {
		head += fmt.Sprintf("No findings in %s.\n", r.looked())
	} else {
		head += fmt.Sprintf("%s (%s) in %s.\n", count(len(r.Findings), "finding"), levelCounts(e, warn, n), r.looked())
	}
	if r.Gate != nil {
		head += "\n" + mdText(r.Gate.String()) + "\n"
	}
	if rest := leftOut(r); rest != "" {
		head += "\n" + mdText(rest) + ".\n"
	}
	tail := markdownProblems(r)
	m := &markdownWriter{r: r, rules: rs, room: summaryLimit - len(head) - len(tail) - 200}
	sorted := finding.Groups(worstFirst(r.Findings))
	body := m.table(sorted) + m.traces(sorted)
	_, err := io.WriteString(w, head+body+tail)
	return err
}

// markdownWriter writes parts until the room is used up.
type markdownWriter struct {
	r     *Result
	rules *rules
	room  int // bytes
}

// take gives s if there is room for it.
func (m *markdownWriter) take(s string) (string, bool) {
	if len(s) > m.room {
		return "", false
	}
	m.room -= len(s)
	return s, true
}

// place is where a step is, with a link to the line where the repository has a page.
func (m *markdownWriter) place(s *finding.Step) string {
	at := mdCode(stepPlace(s) + inCell(s))
	if to := m.r.lineURL(s); to != "" {
		return "[" + at + "](" + mdURL(to) + ")"
	}
	return at
}

// mdURL is an address that ends where it ends, and no cell of a table.
func mdURL(s string) string {
	return strings.NewReplacer("(", "%28", ")", "%29", "|", "%7C").Replace(s)
}

func (m *markdownWriter) table(gs []finding.Group) string {
	if len(gs) == 0 {
		return ""
	}
	var b strings.Builder
	head, _ := m.take("\n| Level | Rule | Place | What |\n|---|---|---|---|\n")
	b.WriteString(head)
	for i := range gs {
		f := gs[i].Findings[0]
		what := mdText(f.Message)
		if gs[i].Root != nil {
			what += " " + decided(&gs[i], m.place(gs[i].Root)) + "; also at " +
				otherPlaces(&gs[i], func(f *finding.Finding) string { return m.place(&f.Sink) }) + "."
		}
		row := fmt.Sprintf("| %s | [%s](%s) | %s | %s |\n", levelName(f.Level), f.RuleID, helpURI(m.rules.byID[f.RuleID]),
			m.place(&f.Sink), what)
		row, ok := m.take(row)
		if !ok {
			fmt.Fprintf(&b, "\n%s not shown: the summary would be too long.\n", count(len(gs)-i, "finding"))
			break
		}
		b.WriteString(row)
	}
	return b.String()
}

func (m *markdownWriter) traces(gs []finding.Group) string {
	var b strings.Builder
	for i := range gs {
		part, ok := m.take(m.trace(gs[i].Findings[0]))
		if !ok {
			fmt.Fprintf(&b, "\n%s not shown: the summary would be too long.\n", count(len(gs)-i, "trace"))
			break
		}
		b.WriteString(part)
	}
	return b.String()
}

// trace is the best flow of a finding, and what to do, in a part that opens on a click.
func (m *markdownWriter) trace(f *finding.Finding) string {
	steps := []finding.Step{f.Sink}
	if len(f.Flows) > 0 {
		steps = f.Flows[0].Steps
	}
	var b strings.Builder
	fmt.Fprintf(&b, "\n<details><summary>%s %s %s</summary>\n\n", levelName(f.Level), f.RuleID, mdCode(stepPlace(&f.Sink)+inCell(&f.Sink)))
	for i := range steps {
		s := &steps[i]
		fmt.Fprintf(&b, "%d. **%s**", i+1, s.Kind)
		if s.Place().Path != "" {
			b.WriteString(" " + m.place(s))
		}
		if s.Note != "" {
			b.WriteString(" " + mdText(s.Note))
		}
		b.WriteString("\n")
		if sn, ok := snippetOf(s); ok && s.Kind != finding.StepElided {
			b.WriteString("\n   " + mdCode(sn.around(codeWidth).String()) + "\n")
		}
	}
	if advice, code := adviceFor(f, m.rules.byID[f.RuleID]); advice != "" {
		b.WriteString("\n**Fix**: " + mdInline(advice) + "\n" + mdBlock(code))
	}
	b.WriteString("\n</details>\n")
	return b.String()
}

// markdownProblems lists what was not analysed, the first of them if there are many.
func markdownProblems(r *Result) string {
	const most = 50
	if len(r.Problems) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("\n### Problems while reading\n\n")
	for i, p := range r.Problems {
		if i == most {
			fmt.Fprintf(&b, "- and %s\n", count(len(r.Problems)-most, "more problem"))
			break
		}
		where := p.Path
		if p.Line > 0 {
			where += fmt.Sprintf(":%d", p.Line)
		}
		if where != "" {
			where = mdCode(visible(where)) + ": "
		}
		fmt.Fprintf(&b, "- %s%s (%s)\n", where, mdText(cutMessage(p.Msg, maxNotification)), p.Kind)
	}
	if !r.Complete() {
		b.WriteString("\n**The scan is incomplete.**\n")
	}
	return b.String()
}

// mdInline is text with code between backticks.
func mdInline(s string) string {
	parts := strings.Split(s, "`")
	for i, part := range parts {
		if i%2 == 1 && i < len(parts)-1 {
			parts[i] = mdCode(visible(part))
			continue
		}
		if words := strings.TrimSpace(part); words != "" { // mdText leaves no blanks at the ends
			from := strings.Index(part, words)
			parts[i] = part[:from] + mdText(words) + part[from+len(words):]
		}
	}
	return strings.Join(parts, "")
}

// mdBlock makes a block of code that no line of it can end.
func mdBlock(code string) string {
	if strings.TrimSpace(code) == "" {
		return ""
	}
	var b strings.Builder
	b.WriteString("\n<pre>")
	for line := range strings.Lines(strings.TrimRight(code, "\r\n")) {
		b.WriteString(strings.TrimSuffix(strings.TrimPrefix(mdCode(visible(strings.TrimRight(line, "\r\n"))), "<code>"), "</code>") + "\n")
	}
	return b.String() + "</pre>\n"
}

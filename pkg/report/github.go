package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/finding"
)

// annotationLimit is how many annotations of a level GitHub shows for a step.
const annotationLimit = 10

// GitHub writes workflow commands, which become annotations on the lines of a change: at most ten of each kind, and a
// notice that says how many are left out. Errors are written first, so that a reader of the log meets them.
func GitHub(w io.Writer, r *Result, _ Options) error {
	rs := rulesOf(r)
	byLevel := map[finding.Level][]string{}
	for i := range r.Findings {
		level := max(r.Findings[i].Level, finding.Note)
		byLevel[level] = append(byLevel[level], annotation(r, rs, &r.Findings[i]))
	}
	for _, p := range failed(r) {
		byLevel[finding.Warning] = append(byLevel[finding.Warning],
			fmt.Sprintf("::warning file=%s,title=Not analysed::%s\n", commandProperty(p.Path), commandData(p.Msg)))
	}
	left := 0
	cut := func(level finding.Level, limit int) {
		if n := len(byLevel[level]); n > limit {
			left += n - limit
			byLevel[level] = byLevel[level][:limit]
		}
	}
	cut(finding.Error, annotationLimit)
	cut(finding.Warning, annotationLimit)
	if left > 0 || r.Gate != nil || len(byLevel[finding.Note]) > annotationLimit {
		cut(finding.Note, annotationLimit-1) // the last notice says what is left out, and what the gate is
	}
	var b strings.Builder
	for _, level := range []finding.Level{finding.Error, finding.Warning, finding.Note} {
		b.WriteString(strings.Join(byLevel[level], ""))
	}
	var last []string
	if left > 0 {
		last = append(last, fmt.Sprintf("%d more are not shown here; the full report has them.", left))
	}
	if r.Gate != nil && len(r.Findings) > 0 {
		last = append(last, r.Gate.String())
	}
	if len(last) > 0 {
		fmt.Fprintf(&b, "::notice title=%s::%s\n", toolName, commandData(strings.Join(last, " ")))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func annotation(r *Result, rs *rules, f *finding.Finding) string {
	command := map[finding.Level]string{finding.Error: "error", finding.Warning: "warning"}[f.Level]
	if command == "" {
		command = "notice"
	}
	p := f.Sink.Place()
	place := ""
	if p.Path != "" {
		place = fmt.Sprintf("file=%s,line=%d,endLine=%d,col=%d,endColumn=%d,", commandProperty(p.Path), p.Line, p.Line, p.Col, p.FirstLineEndsCol)
	}
	msg := f.Message + inCell(&f.Sink)
	if trace := traceLines(f); len(trace) > 0 {
		msg += "\n\n" + strings.Join(trace, "\n")
	}
	if advice := rs.adviceLines(f); len(advice) > 0 {
		msg += "\n\n" + strings.Join(advice, "\n")
	}
	if to := r.lineURL(&f.Sink); to != "" {
		msg += "\n\n" + to
	}
	name := rs.byID[f.RuleID].Name
	return fmt.Sprintf("::%s %stitle=%s::%s\n", command, place, commandProperty(f.RuleID+" "+name), commandData(msg))
}

package report

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"html/template"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/pkg/text"
)

var (
	//go:embed html/page.tmpl
	pageText string
	//go:embed html/style.css
	pageStyle string
	//go:embed html/script.js
	pageScript string

	page = template.Must(template.New("page").Parse(pageText))
)

// openFindings is how many findings show their trace without a click.
const openFindings = 20

type htmlPage struct {
	Policy     string
	Style      template.CSS
	Script     template.JS
	Head       string
	Looked     string
	LeftOut    string
	Version    string
	Incomplete bool
	Rules      []*rule.Rule
	Findings   []htmlFinding
	Problems   []htmlProblem
}

type htmlFinding struct {
	Level, Message, Place, Function, Standing string
	Files                                     string // of all steps, for the filter
	Rule                                      *rule.Rule
	Flows                                     []htmlFlow
	FixCode                                   []htmlRow
	More, Fix, Fingerprint                    string
}

type htmlFlow struct {
	Title string
	Open  bool
	Steps []htmlStep
}

type htmlStep struct {
	Kind, Place, Note string
	Rows              []htmlRow
}

// htmlRow is one line of code.
type htmlRow struct {
	No    int
	Hit   bool
	Parts []htmlPart
}

type htmlPart struct {
	Class string // of the kind of word; "" for none
	Text  string
	Mark  bool
}

type htmlProblem struct{ Place, Severity, Msg, Kind string }

// HTML writes one page that needs nothing else: no network, and a policy that lets only its own style and script run.
func HTML(w io.Writer, r *Result, o Options) error {
	rs := rulesOf(r)
	e, warn, n := counts(r.Findings)
	p := htmlPage{
		Policy: "default-src 'none'; base-uri 'none'; form-action 'none'; style-src " + policyHash(pageStyle) + "; script-src " + policyHash(pageScript),
		Style:  template.CSS(pageStyle), Script: template.JS(pageScript),
		Head: "No findings", Version: versionOf(r), LeftOut: leftOut(r), Incomplete: !r.Complete(),
		Looked: count(r.Stats.Files, "file") + " and " + count(r.Stats.Functions, "function") + " analysed.",
	}
	if len(r.Findings) > 0 {
		p.Head = count(len(r.Findings), "finding") + ": " + levelCounts(e, warn, n)
	}
	all := r.Findings
	if o.ShowSuppressed {
		all = slices.Concat(r.Findings, r.Suppressed)
	}
	for i := range all {
		q := rs.byID[all[i].RuleID]
		if !slices.Contains(p.Rules, q) {
			p.Rules = append(p.Rules, q)
		}
		p.Findings = append(p.Findings, htmlFindingOf(&all[i], q, i < openFindings))
	}
	slices.SortFunc(p.Rules, func(a, b *rule.Rule) int { return strings.Compare(a.ID, b.ID) })
	for _, x := range r.Problems {
		place := visible(x.Path)
		if x.Line > 0 {
			place += ":" + strconv.Itoa(x.Line)
		}
		p.Problems = append(p.Problems, htmlProblem{place, severityName(x.Severity), visible(x.Msg), x.Kind})
	}
	return page.Execute(w, p)
}

// policyHash allows exactly this text to run.
func policyHash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

func htmlFindingOf(f *finding.Finding, q *rule.Rule, open bool) htmlFinding {
	advice, code := advice(q.Fix)
	out := htmlFinding{
		Level: levelName(f.Level), Message: visible(f.Message), Place: stepPlace(&f.Sink), Function: visible(f.Function),
		Standing: strings.TrimSpace(standing(f)), Rule: q, Fix: visible(plain(advice)), FixCode: htmlCode(code), Fingerprint: f.Fingerprint,
	}
	if f.MoreFlows > 0 {
		out.More = "And " + count(f.MoreFlows, "more flow") + " not shown."
	}
	files := map[string]bool{f.Sink.Place().Path: true}
	flows := f.Flows
	if len(flows) == 0 {
		flows = []finding.Flow{{Steps: []finding.Step{f.Sink}}}
	}
	for i := range flows {
		out.Flows = append(out.Flows, htmlFlowOf(&flows[i], open && i == 0))
		for k := range flows[i].Steps {
			if at := flows[i].Steps[k].Place(); at.Path != "" {
				files[at.Path] = true
			}
		}
	}
	var names []string
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	out.Files = visible(strings.Join(names, " "))
	return out
}

func htmlFlowOf(fl *finding.Flow, open bool) htmlFlow {
	out := htmlFlow{Title: "The call", Open: open}
	if fl.SourceName != "" || len(fl.Steps) > 1 {
		out.Title = "From '" + visible(finding.SourceLabel(fl)) + "', " + count(len(fl.Steps), "step")
	}
	for i := range fl.Steps {
		s := &fl.Steps[i]
		st := htmlStep{Kind: string(s.Kind), Place: stepPlace(s), Note: visible(s.Note)}
		if s.File != nil && s.Kind != finding.StepElided {
			st.Rows = codeRows(s)
		}
		out.Steps = append(out.Steps, st)
	}
	return out
}

// codeRows gives the lines of the step with two more before and after; a long span is cut after ten lines.
func codeRows(s *finding.Step) []htmlRow {
	const around, most = 2, 10
	src := s.File.Text
	n := int32(len(src))
	start := min(max(s.Span.Start, 0), n)
	end := min(max(s.Span.End, start), n)
	first := lineStart(src, start)
	for range around {
		if first > 0 {
			first = lineStart(src, first-1)
		}
	}
	var rows []htmlRow
	for at, after := first, 0; at < n && len(rows) < most+around && after < around; {
		next := nextLine(src, at)
		row := htmlRow{No: s.File.Position(at).Line, Hit: at < max(end, start+1) && next > start}
		row.Parts = codeParts(src, at, next, text.Span{Start: start, End: end})
		rows = append(rows, row)
		if at = next; at >= end {
			after++
			if at > end && after == 1 && row.Hit {
				after = 0 // this was the last line of the span itself
			}
		}
	}
	blank := func(r htmlRow) bool { return len(r.Parts) == 0 && !r.Hit }
	for len(rows) > 0 && blank(rows[0]) {
		rows = rows[1:]
	}
	for len(rows) > 0 && blank(rows[len(rows)-1]) {
		rows = rows[:len(rows)-1]
	}
	return rows
}

// htmlCode colours code that is in no file.
func htmlCode(code string) []htmlRow {
	var rows []htmlRow
	for line := range strings.Lines(code) {
		src := []byte(line)
		rows = append(rows, htmlRow{Parts: codeParts(src, 0, int32(len(src)), text.Span{})})
	}
	return rows
}

// lineStart gives the offset where the line of off starts.
func lineStart(src []byte, off int32) int32 {
	for off > 0 && !isBreak(src[off-1]) {
		off--
	}
	return off
}

// nextLine gives the offset where the line after that of off starts.
func nextLine(src []byte, off int32) int32 {
	n := int32(len(src))
	for off < n && !isBreak(src[off]) {
		off++
	}
	if off < n && src[off] == '\r' && off+1 < n && src[off+1] == '\n' {
		off++
	}
	return min(off+1, n)
}

// codeParts cuts a line into words of one kind, and these at the ends of the marked span.
func codeParts(src []byte, from, to int32, marked text.Span) []htmlPart {
	for to > from && isBreak(src[to-1]) {
		to--
	}
	var out []htmlPart
	for _, w := range colorWords(string(src[from:to])) {
		start, end := from+int32(w.start), from+int32(w.end)
		for start < end {
			stop, mark := end, false
			switch {
			case start < marked.Start:
				stop = min(end, marked.Start)
			case start < marked.End:
				stop, mark = min(end, marked.End), true
			}
			word := visible(string(src[start:stop]))
			if n := len(out); n > 0 && out[n-1].Class == w.class && out[n-1].Mark == mark {
				out[n-1].Text += word
			} else {
				out = append(out, htmlPart{w.class, word, mark})
			}
			start = stop
		}
	}
	return out
}

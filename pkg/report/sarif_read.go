package report

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/owenrumney/go-sarif/v2/sarif"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// A merged report is read back, so that it can be written in every format. The files are not at hand: of each, the lines are
// known that the report quotes.

// mostLine is the last line that is believed; the report may be a stranger's.
const mostLine = 1 << 20

// Result gives what a report holds. Pack has the rules that are known, with all that is to say of them; others have what the
// report says. Reports is how many reports it was made of.
func (l *SARIFLog) Result(pack *rule.Pack, reports int) *Result {
	out := &Result{Pack: &rule.Pack{}, Stats: Stats{Reports: reports}}
	for _, run := range l.runs {
		x := &sarifReader{lines: map[string]map[int]string{}, files: map[string]*text.File{}}
		for _, r := range run.Results {
			eachLocation(r, x.quote)
		}
		out.Version = *cmp.Or(run.Tool.Driver.Version, ptr(""))
		for _, d := range run.Tool.Driver.Rules {
			out.Pack.Rules = appendRule(out.Pack.Rules, d, pack)
		}
		for _, r := range run.Results {
			if r.Kind != nil && *r.Kind == "pass" || isAbsent(r) {
				continue
			}
			if f := x.finding(r); len(r.Suppressions) > 0 {
				f.Silenced = &finding.Silence{InCode: true, Reason: *cmp.Or(r.Suppressions[0].Justification, ptr(""))}
				out.Suppressed = append(out.Suppressed, f)
			} else {
				out.Findings = append(out.Findings, f)
			}
		}
		for _, n := range run.Invocations[0].ToolExecutionNotifications {
			out.Problems = append(out.Problems, problemOf(n))
		}
		for _, p := range run.VersionControlProvenance {
			out.Repo = &Repository{URI: *cmp.Or(p.RepositoryURI, ptr("")), Revision: *cmp.Or(p.RevisionID, ptr("")), Branch: *cmp.Or(p.Branch, ptr(""))}
		}
		if !*run.Invocations[0].ExecutionSuccessful && out.Complete() {
			out.Problems = append(out.Problems, text.Problem{Severity: text.Failed, Kind: "incomplete", Msg: "one of the scans was incomplete"})
		}
	}
	finding.Sort(out.Findings)
	return out
}

// appendRule adds the rule of a descriptor, once for all its levels.
func appendRule(rules []*rule.Rule, d *sarif.ReportingDescriptor, pack *rule.Pack) []*rule.Rule {
	id, _, _ := strings.Cut(d.ID, "/")
	if slices.ContainsFunc(rules, func(q *rule.Rule) bool { return q.ID == id }) {
		return rules
	}
	for _, q := range allRules(pack) {
		if q.ID == id {
			return append(rules, q)
		}
	}
	q := &rule.Rule{ID: id, Name: *cmp.Or(d.Name, &id), Title: id, Level: map[string]rule.Level{"": rule.Warning}}
	if d.ShortDescription != nil && d.ShortDescription.Text != nil {
		q.Title = *d.ShortDescription.Text
	}
	if d.FullDescription != nil && d.FullDescription.Text != nil {
		q.Why = *d.FullDescription.Text
	}
	return append(rules, q)
}

type sarifReader struct {
	lines map[string]map[int]string // by path and number: what is quoted
	files map[string]*text.File
}

// quote notes the lines of code that a place shows. A part of a line stands at its column.
func (x *sarifReader) quote(l *sarif.Location) {
	if l == nil || l.PhysicalLocation == nil {
		return
	}
	path := filePath(l)
	if x.lines[path] == nil {
		x.lines[path] = map[int]string{}
	}
	for _, r := range []*sarif.Region{l.PhysicalLocation.Region, l.PhysicalLocation.ContextRegion} {
		if r == nil || r.StartLine == nil || *r.StartLine < 1 || *r.StartLine > mostLine {
			continue
		}
		code, from := "", 1
		if r.Snippet != nil && r.Snippet.Text != nil {
			code = *r.Snippet.Text
		}
		if r.StartColumn != nil {
			from = max(*r.StartColumn, 1)
		}
		for i, line := range strings.Split(strings.TrimSuffix(code, "\n"), "\n") {
			if n := *r.StartLine + i; n <= mostLine {
				x.lines[path][n] = overlay(x.lines[path][n], line, from)
				from = 1
			}
		}
		if end := r.EndColumn; end != nil {
			x.lines[path][*r.StartLine] = overlay(x.lines[path][*r.StartLine], "", min(*end, codeWidth))
		}
	}
}

// overlay puts code into a line at a column, from 1, in UTF-16 units; what is not known before it is blank.
func overlay(line, code string, column int) string {
	have, put := utf16.Encode([]rune(line)), utf16.Encode([]rune(code))
	column = min(column, maxColumn)
	for len(have) < column-1 {
		have = append(have, ' ')
	}
	for i, c := range put {
		if at := column - 1 + i; at < len(have) {
			have[at] = c
		} else {
			have = append(have, c)
		}
	}
	return string(utf16.Decode(have))
}

// maxColumn bounds the blanks that a report can ask for.
const maxColumn = 4096

// file gives a file of the lines that are quoted.
func (x *sarifReader) file(path string) *text.File {
	if f := x.files[path]; f != nil {
		return f
	}
	last := 0
	for n := range maps.Keys(x.lines[path]) {
		last = max(last, n)
	}
	all := make([]string, min(last, mostLine))
	for n, line := range x.lines[path] {
		if n <= len(all) {
			all[n-1] = line
		}
	}
	f, _ := text.NewFile(strings.TrimSuffix(path, ".ipynb")+".py", []byte(strings.Join(all, "\n")+"\n"))
	f.Path = path
	x.files[path] = f
	return f
}

// step makes a step of a place.
func (x *sarifReader) step(l *sarif.Location, kind finding.StepKind, note string) finding.Step {
	s := finding.Step{Kind: kind, Note: note}
	if l == nil || l.PhysicalLocation == nil || l.PhysicalLocation.Region == nil || l.PhysicalLocation.Region.StartLine == nil {
		return s
	}
	r := l.PhysicalLocation.Region
	s.File = x.file(filePath(l))
	start := lineOffset(s.File, *r.StartLine)
	line := s.File.Text[start:]
	if i := slices.IndexFunc(line, isBreak); i >= 0 {
		line = line[:i]
	}
	s.Span = text.Span{Start: start + columnOffset(line, r.StartColumn, 0), End: start + columnOffset(line, r.EndColumn, len(line))}
	s.Span.End = max(s.Span.Start, s.Span.End)
	return s
}

// lineOffset gives where a line begins.
func lineOffset(f *text.File, n int) int32 {
	at := int32(0)
	for i := 1; i < n && at < int32(len(f.Text)); i++ {
		at = nextLine(f.Text, at)
	}
	return at
}

// columnOffset turns a column, in UTF-16 units from 1, into bytes from the beginning of the line.
func columnOffset(line []byte, column *int, otherwise int) int32 {
	if column == nil {
		return int32(otherwise)
	}
	units, at := 1, 0
	for at < len(line) && units < *column {
		r, n := utf8.DecodeRune(line[at:])
		units += max(utf16.RuneLen(r), 1)
		at += n
	}
	return int32(at)
}

// finding makes a finding of a result.
func (x *sarifReader) finding(r *sarif.Result) finding.Finding {
	id, _, _ := strings.Cut(*r.RuleID, "/")
	f := finding.Finding{RuleID: id, Message: unlinked(*r.Message.Text), Level: levelNamed(*r.Level), Sink: x.step(r.Locations[0], finding.StepSink, "")}
	for _, l := range r.Locations[0].LogicalLocations {
		f.Function = *cmp.Or(l.FullyQualifiedName, &f.Function)
	}
	f.Confidence, _ = r.Properties["confidence"].(string)
	f.Fingerprint, _ = r.PartialFingerprints[finding.HashKey].(string)
	f.Baseline = *cmp.Or(r.BaselineState, ptr(""))
	for _, cf := range r.CodeFlows {
		var fl finding.Flow
		if cf.Message != nil && cf.Message.Text != nil {
			title := strings.TrimSuffix(strings.TrimPrefix(*cf.Message.Text, "From '"), ".")
			fl.SourceName, fl.KindTitle, _ = strings.Cut(title, "', ")
			fl.SourceName = strings.TrimSuffix(fl.SourceName, "'")
		}
		for _, tf := range cf.ThreadFlows {
			for _, l := range tf.Locations {
				kind, note := finding.StepPass, ""
				if len(l.Kinds) > 0 {
					kind = finding.StepKind(l.Kinds[0])
				}
				if l.Location != nil && l.Location.Message != nil && l.Location.Message.Text != nil {
					note = strings.TrimSuffix(strings.TrimPrefix(*l.Location.Message.Text, upperFirst(string(kind))+": "), ".")
				}
				fl.Steps = append(fl.Steps, x.step(l.Location, kind, note))
			}
		}
		f.Flows = append(f.Flows, fl)
	}
	return f
}

// unlinked takes the links to related places out of a message.
func unlinked(s string) string {
	s = strings.ReplaceAll(s, "](1)'", "'")
	s = strings.Replace(s, "'[", "'", 1)
	return strings.NewReplacer(`\\`, `\`, `\[`, "[", `\]`, "]").Replace(s)
}

func levelNamed(s string) finding.Level {
	switch s {
	case "error":
		return finding.Error
	case "warning":
		return finding.Warning
	}
	return finding.Note
}

func problemOf(n *sarif.Notification) text.Problem {
	p := text.Problem{Kind: "notification", Severity: text.Info}
	switch n.Level {
	case "error":
		p.Severity = text.Failed
	case "warning":
		p.Severity = text.Partial
	}
	if n.Message != nil && n.Message.Text != nil {
		p.Msg = *n.Message.Text
	}
	if len(n.Locations) > 0 && n.Locations[0].PhysicalLocation != nil {
		p.Path = filePath(n.Locations[0])
		if r := n.Locations[0].PhysicalLocation.Region; r != nil && r.StartLine != nil {
			p.Line = *r.StartLine
		}
	}
	return p
}

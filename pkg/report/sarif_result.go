package report

import (
	"crypto/sha256"
	"fmt"
	"math"
	"net/url"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/owenrumney/go-sarif/v2/sarif"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// result makes one SARIF result; nil for a finding without a file, which SARIF has no place for.
func (s *sarifWriter) result(f *finding.Finding) *sarif.Result {
	if f.Sink.File == nil {
		return nil
	}
	q := s.rules.byID[f.RuleID]
	res := &sarif.Result{
		RuleID: ptr(descriptorID(q, f.Level)), RuleIndex: ptr(s.index[descriptorID(q, f.Level)]), Kind: ptr("fail"), Level: ptr(levelName(f.Level)),
		Message:             sarif.Message{Text: ptr(linkedMessage(f))},
		Locations:           []*sarif.Location{s.primary(f)},
		PartialFingerprints: s.fingerprints(f),
	}
	res.Properties = sarif.Properties{}
	if f.Confidence != "" {
		res.Properties["confidence"] = f.Confidence
	}
	if sev := severity(f.Level, q); sev > 0 {
		res.Properties["security-severity"] = severityText(sev)
		res.Rank = ptr(float32(math.Round(sev * 10)))
	}
	for _, w := range f.Why {
		reasons, _ := res.Properties["changeReasons"].([]string)
		res.Properties["changeReasons"] = append(reasons, w.Text)
	}
	s.addNotebook(res.Properties, f.Sink)
	if f.Baseline != "" {
		res.BaselineState = ptr(f.Baseline)
	}
	if f.Silenced != nil {
		res.Suppressions = []*sarif.Suppression{s.suppression(f)}
	}
	s.addFlows(res, f)
	if fix := f.Carried(); fix != nil {
		res.Fixes = append(res.Fixes, s.fix(fix))
	}
	return res
}

// addNotebook tells the cell of a step in a notebook.
func (s *sarifWriter) addNotebook(p sarif.Properties, at finding.Step) {
	if cell, line, ok := cellOf(at.File, at.Span.Start); ok {
		p["cell"], p["cellLine"] = cell, line
	}
}

func (s *sarifWriter) addFlows(res *sarif.Result, f *finding.Finding) {
	for i := range f.Flows[:min(len(f.Flows), finding.MaxFlows)] {
		if cf := s.codeFlow(&f.Flows[i]); cf != nil {
			res.CodeFlows = append(res.CodeFlows, cf)
		}
	}
	if src := sourceStep(f); src != nil {
		loc := s.location(src, "Source: '"+finding.SourceLabel(&f.Flows[0])+"'.")
		loc.Id = ptr(uint(1))
		res.RelatedLocations = []*sarif.Location{loc}
	}
	if g := s.groups[f]; g != nil {
		res.CorrelationGuid = ptr(guid(g.ID()))
		loc := s.location(g.Root, upperFirst(decided(g, "here"))+".")
		loc.Id = ptr(uint(len(res.RelatedLocations) + 1))
		res.RelatedLocations = append(res.RelatedLocations, loc)
	}
}

// sourceStep gives the first step of the first flow, if it lies in a file.
func sourceStep(f *finding.Finding) *finding.Step {
	if len(f.Flows) == 0 || len(f.Flows[0].Steps) == 0 || f.Flows[0].Steps[0].File == nil {
		return nil
	}
	return &f.Flows[0].Steps[0]
}

// primary is the place of the sink. A check on a change shows an alert only if all lines of its region were changed, so
// the region is one line.
func (s *sarifWriter) primary(f *finding.Finding) *sarif.Location {
	loc := s.location(&f.Sink, "")
	if !s.o.NoSnippets {
		loc.PhysicalLocation.ContextRegion = contextRegion(&f.Sink)
	}
	if f.Function != "" {
		loc.LogicalLocations = []*sarif.LogicalLocation{{FullyQualifiedName: ptr(f.Function), Kind: ptr("function")}}
	}
	return loc
}

func (s *sarifWriter) location(st *finding.Step, note string) *sarif.Location {
	p := st.Place()
	region := &sarif.Region{StartLine: &p.Line, StartColumn: &p.Col, EndLine: &p.Line, EndColumn: &p.FirstLineEndsCol}
	if !s.o.NoSnippets {
		if raw := firstLine(st); raw != "" {
			region.Snippet = &sarif.ArtifactContent{Text: &raw}
		}
	}
	loc := &sarif.Location{PhysicalLocation: &sarif.PhysicalLocation{ArtifactLocation: artifact(p.Path), Region: region}}
	if note != "" {
		loc.Message = message(note)
	}
	return loc
}

func artifact(path string) *sarif.ArtifactLocation {
	return &sarif.ArtifactLocation{URI: ptr(uriPath(path)), URIBaseId: ptr(sourceRoot)}
}

// uriPath percent-encodes a path. A colon is encoded too: in the first part it would end a scheme.
func uriPath(path string) string {
	parts := strings.Split(strings.TrimLeft(path, "/"), "/")
	for i, p := range parts {
		parts[i] = strings.ReplaceAll(url.PathEscape(p), ":", "%3A")
	}
	return strings.Join(parts, "/")
}

// codeFlow makes a flow; nil if no step lies in a file. A flow that is too long keeps both ends and says what is missing.
func (s *sarifWriter) codeFlow(fl *finding.Flow) *sarif.CodeFlow {
	steps := withPlaces(fl.Steps)
	if len(steps) == 0 {
		return nil
	}
	if n := len(steps); n > maxFlowSteps {
		head := maxFlowSteps / 2
		tail := maxFlowSteps - head - 1
		gap := steps[head]
		gap.Kind, gap.Note = finding.StepElided, fmt.Sprintf("%d steps left out.", n-head-tail)
		steps = append(append(append([]finding.Step{}, steps[:head]...), gap), steps[n-tail:]...)
	}
	least := steps[0].Depth
	for _, st := range steps {
		least = min(least, st.Depth)
	}
	tf := &sarif.ThreadFlow{}
	for i := range steps {
		tf.Locations = append(tf.Locations, &sarif.ThreadFlowLocation{
			ExecutionOrder: ptr(i + 1),
			Importance:     importance(i, len(steps), steps[i].Kind),
			Kinds:          sarifKinds[steps[i].Kind],
			NestingLevel:   ptr(steps[i].Depth - least),
			Location:       s.location(&steps[i], stepMessage(&steps[i])),
		})
	}
	title := "From '" + finding.SourceLabel(fl) + "'"
	if fl.KindTitle != "" {
		title += ", " + fl.KindTitle
	}
	return &sarif.CodeFlow{Message: message(title + "."), ThreadFlows: []*sarif.ThreadFlow{tf}}
}

// withPlaces gives each step without a file the place of the step before it.
func withPlaces(in []finding.Step) []finding.Step {
	var out []finding.Step
	for _, st := range in {
		if st.File == nil {
			if len(out) == 0 {
				continue
			}
			prev := out[len(out)-1]
			st.File, st.Span, st.Depth = prev.File, prev.Span, prev.Depth
		}
		out = append(out, st)
	}
	return out
}

func importance(i, n int, k finding.StepKind) string {
	switch {
	case i == 0 || i == n-1:
		return "essential"
	case k == finding.StepAssign || k == finding.StepElided:
		return "unimportant"
	}
	return "important"
}

// sarifKinds uses the words that the standard gives for a place in a flow, and ours where it has none.
var sarifKinds = map[finding.StepKind][]string{
	finding.StepSource: {"source", "taint"},
	finding.StepAssign: {"assign"},
	finding.StepCall:   {"call"},
	finding.StepReturn: {"return"},
	finding.StepStore:  {"store"},
	finding.StepLoad:   {"load"},
	finding.StepPass:   {"pass"},
	finding.StepGuard:  {"guard"},
	finding.StepElided: {"elided"},
	finding.StepSink:   {"sink", "danger"},
}

// stepMessage says what happens at a step, and at the ends which end it is: some viewers show nothing else.
func stepMessage(st *finding.Step) string {
	name := upperFirst(string(st.Kind))
	switch {
	case st.Note == "":
		return name + "."
	case (st.Kind == finding.StepSource || st.Kind == finding.StepSink) && !strings.HasPrefix(st.Note, name):
		return name + ": " + dot(st.Note)
	}
	return dot(upperFirst(st.Note))
}

func upperFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// fingerprints has the hash by which GitHub knows the line, and our own.
func (s *sarifWriter) fingerprints(f *finding.Finding) map[string]any {
	out := map[string]any{}
	if hashes := s.lineHashes(f.Sink.File); hashes != nil {
		if line := f.Sink.Place().Line; line <= len(hashes) {
			out["primaryLocationLineHash"] = hashes[line-1]
		}
	}
	if f.Fingerprint != "" {
		out[finding.HashKey] = f.Fingerprint
	}
	return out
}

// lineHashes gives the hashes of a file's lines; nil if its bytes on disk are not known. No hash is better than a wrong
// one: the upload adds what is missing, and warns of what differs.
func (s *sarifWriter) lineHashes(file *text.File) []string {
	if s.hashes[file] != nil {
		return s.hashes[file]
	}
	var raw []byte
	switch {
	case s.r.Raw != nil:
		raw = s.r.Raw(file)
	case !file.IsNotebook() && (file.Encoding == "utf-8" || file.Encoding == ""):
		raw = file.Text
	}
	if raw != nil {
		s.hashes[file] = finding.LineHashes(raw)
	}
	return s.hashes[file]
}

// suppression fills every part: the library writes a missing one as null, and that makes the file invalid.
func (s *sarifWriter) suppression(f *finding.Finding) *sarif.Suppression {
	kind, at := "external", f.Sink
	if f.Silenced.InCode {
		kind = "inSource"
		if f.Silenced.At.File != nil {
			at = f.Silenced.At
		}
	}
	why := f.Silenced.Reason
	if why == "" {
		why = "No reason given."
	}
	return &sarif.Suppression{
		Kind: kind, Status: ptr("accepted"), Justification: &why, Location: s.location(&at, ""),
		Guid: ptr(guid(f.Fingerprint + kind + f.Sink.Place().Path)),
	}
}

// guid makes a GUID that depends on s alone.
func guid(s string) string {
	h := sha256.Sum256([]byte(s))
	h[6], h[8] = h[6]&0x0f|0x50, h[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", h[:4], h[4:6], h[6:8], h[8:10], h[10:16])
}

// absent is the result for a baseline entry that no finding matches any more.
func (s *sarifWriter) absent(e finding.Entry) *sarif.Result {
	phys := &sarif.PhysicalLocation{ArtifactLocation: artifact(e.File), Region: &sarif.Region{StartLine: ptr(1)}}
	return &sarif.Result{
		RuleID: ptr(e.Rule), RuleIndex: ptr(s.index[e.Rule]), Kind: ptr("pass"), Level: ptr("none"), BaselineState: ptr("absent"),
		Message:             *message("This known finding is gone."),
		Locations:           []*sarif.Location{{PhysicalLocation: phys}},
		PartialFingerprints: map[string]any{finding.HashKey: e.Flow},
	}
}

func (s *sarifWriter) fix(x *finding.Fix) *sarif.Fix {
	out := &sarif.Fix{Description: message(x.Title)}
	byFile := map[*text.File]*sarif.ArtifactChange{}
	for _, e := range x.Edits {
		st := finding.Step{File: e.File, Span: e.Span}
		p := st.Place()
		c := byFile[e.File]
		if c == nil {
			c = &sarif.ArtifactChange{ArtifactLocation: *artifact(p.Path)}
			byFile[e.File] = c
			out.ArtifactChanges = append(out.ArtifactChanges, c)
		}
		c.Replacements = append(c.Replacements, &sarif.Replacement{
			DeletedRegion:   sarif.Region{StartLine: &p.Line, StartColumn: &p.Col, EndLine: &p.EndLine, EndColumn: &p.EndCol},
			InsertedContent: &sarif.ArtifactContent{Text: &e.New},
		})
	}
	return out
}

// linkedMessage is the finding's message with the source's name linked to related location 1.
func linkedMessage(f *finding.Finding) string {
	if sourceStep(f) == nil {
		return escapeLinks(cutMessage(f.Message, finding.MaxMessage-24))
	}
	label := finding.SourceLabel(&f.Flows[0])
	link := "'[" + escapeBrackets(label) + "](1)'"
	for room := finding.MaxMessage; ; room -= 16 {
		msg := cutMessage(f.Message, room)
		before, after, found := strings.Cut(msg, "'"+label+"'")
		out := escapeLinks(before) + link + escapeLinks(after)
		if !found {
			out = escapeLinks(msg) + " Source: " + link + "."
		}
		if utf8.RuneCountInString(out) <= finding.MaxMessage || room <= finding.MaxSentence {
			return out
		}
	}
}

var looksLinked = regexp.MustCompile(`\[[^\]]*\]\(`)

// escapeLinks keeps plain text from being read as a link. Brackets that cannot be one stay as they are, because not
// every viewer takes the backslashes off.
func escapeLinks(s string) string {
	if !looksLinked.MatchString(s) {
		return s
	}
	return escapeBrackets(s)
}

func escapeBrackets(s string) string {
	return strings.NewReplacer(`\`, `\\`, `[`, `\[`, `]`, `\]`).Replace(s)
}

// cutMessage cuts s to n characters at its end.
func cutMessage(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	r := []rune(s)
	return strings.TrimRight(string(r[:n-1]), " ") + "…"
}

// firstLine gives the first line of the step's span as it is.
func firstLine(st *finding.Step) string {
	src := st.File.Text
	n := int32(len(src))
	start := min(max(st.Span.Start, 0), n)
	if line, ok := st.File.Shown(start); ok {
		return strings.ToValidUTF8(line, "\ufffd")
	}
	end := start
	for end < min(max(st.Span.End, start), n) && !isBreak(src[end]) {
		end++
	}
	return strings.ToValidUTF8(string(src[start:end]), "\ufffd")
}

// severity is a number of the CVSS scale for a finding of the level; 0 for a rule that is about no weakness. It keeps
// off 9.0, which one consumer reads as critical and another as high.
func severity(l finding.Level, q *rule.Rule) float64 {
	if len(q.CWE) == 0 {
		return 0
	}
	sure := q.Precision == "very-high" || q.Precision == "high"
	switch {
	case l == finding.Error && sure:
		return 9.3
	case l == finding.Error:
		return 8.1
	case l == finding.Warning:
		return 6.1
	}
	return 3.1
}

func severityText(v float64) string { return fmt.Sprintf("%.1f", v) }

package report

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/aymanbagabas/go-udiff"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/rule"
)

// DefaultGitLabSchema is the version of GitLab's report format that GitLabSAST writes. Code flows came with 15.1.4; for
// an older version they are left out, because GitLab rejects a report with a part that its version does not know.
const DefaultGitLabSchema = "15.2.3"

var gitlabFlowsSince = [3]int{15, 1, 4}

type gitlabReport struct {
	Version         string                `json:"version"`
	Scan            gitlabScan            `json:"scan"`
	Vulnerabilities []gitlabVulnerability `json:"vulnerabilities"`
	Remediations    []gitlabRemediation   `json:"remediations,omitempty"`
}

type gitlabScan struct {
	Analyzer  gitlabTool      `json:"analyzer"`
	Scanner   gitlabTool      `json:"scanner"`
	Type      string          `json:"type"`
	StartTime string          `json:"start_time"`
	EndTime   string          `json:"end_time"`
	Status    string          `json:"status"`
	Messages  []gitlabMessage `json:"messages,omitempty"`
}

type gitlabTool struct {
	ID      string       `json:"id"`
	Name    string       `json:"name"`
	URL     string       `json:"url"`
	Version string       `json:"version"`
	Vendor  gitlabVendor `json:"vendor"`
}

type gitlabVendor struct {
	Name string `json:"name"`
}

type gitlabMessage struct {
	Level string `json:"level"`
	Value string `json:"value"`
}

type gitlabVulnerability struct {
	ID          string             `json:"id"`
	Name        string             `json:"name"`
	Description string             `json:"description"`
	Severity    string             `json:"severity"`
	Solution    string             `json:"solution,omitempty"`
	Identifiers []gitlabIdentifier `json:"identifiers"`
	Links       []gitlabLink       `json:"links,omitempty"`
	Location    gitlabLocation     `json:"location"`
	Tracking    *gitlabTracking    `json:"tracking,omitempty"`
	Details     *gitlabDetails     `json:"details,omitempty"`
}

type gitlabIdentifier struct {
	Type  string `json:"type"`
	Name  string `json:"name"`
	Value string `json:"value"`
	URL   string `json:"url,omitempty"`
}

type gitlabLink struct {
	URL string `json:"url"`
}

type gitlabLocation struct {
	File      string `json:"file"`
	StartLine int    `json:"start_line"`
	EndLine   int    `json:"end_line"`
	Class     string `json:"class,omitempty"`
	Method    string `json:"method,omitempty"`
}

type gitlabTracking struct {
	Type  string               `json:"type"`
	Items []gitlabTrackingItem `json:"items"`
}

type gitlabTrackingItem struct {
	File       string            `json:"file"`
	StartLine  int               `json:"start_line"`
	EndLine    int               `json:"end_line"`
	Signatures []gitlabSignature `json:"signatures"`
}

type gitlabSignature struct {
	Algorithm string `json:"algorithm"`
	Value     string `json:"value"`
}

type gitlabDetails struct {
	CodeFlows gitlabFlows `json:"code_flows"`
}

type gitlabFlows struct {
	Name  string             `json:"name"`
	Type  string             `json:"type"`
	Items [][]gitlabFlowNode `json:"items"`
}

type gitlabFlowNode struct {
	Type     string           `json:"type"`
	NodeType string           `json:"node_type"`
	Location gitlabFileOfNode `json:"file_location"`
}

type gitlabFileOfNode struct {
	Type      string `json:"type"`
	FileName  string `json:"file_name"`
	LineStart int    `json:"line_start"`
	LineEnd   int    `json:"line_end"`
}

// The longest strings that GitLab takes, in characters.
const (
	gitlabName        = 255
	gitlabSolution    = 7000
	gitlabDescription = 20000 // far below the limit: a person reads it
)

// GitLabSAST writes a report for GitLab's vulnerability list, with every flow from source to sink.
func GitLabSAST(w io.Writer, r *Result, o Options) error {
	rs := rulesOf(r)
	out := gitlabReport{Version: cmp.Or(o.GitLab, DefaultGitLabSchema), Scan: gitlabScanOf(r, &o), Vulnerabilities: []gitlabVulnerability{}}
	withFlows, err := gitlabKnowsFlows(out.Version)
	if err != nil {
		return err
	}
	ids := map[string]int{}
	for i := range r.Findings {
		f := &r.Findings[i]
		if f.Sink.File == nil {
			continue
		}
		v := gitlabVulnerabilityOf(f, rs.byID[f.RuleID])
		v.ID = guid(uniqueIdentity(f, ids))
		if withFlows && len(f.Flows) > 0 {
			v.Details = &gitlabDetails{CodeFlows: gitlabFlowsOf(f)}
		}
		out.Vulnerabilities = append(out.Vulnerabilities, v)
		if fix := gitlabRemedy(r, f, v.ID); fix != nil {
			out.Remediations = append(out.Remediations, *fix)
		}
	}
	enc := json.NewEncoder(w)
	return enc.Encode(out)
}

// A gitlabRemediation is a change that GitLab offers to apply.
type gitlabRemediation struct {
	Fixes   []gitlabFixed `json:"fixes"`
	Summary string        `json:"summary"`
	Diff    string        `json:"diff"` // base64
}

type gitlabFixed struct {
	ID string `json:"id"`
}

// gitlabRemedy gives the change that "pickletrace fix" makes for a finding, nil if there is none. The diff is of the file as it
// is on disk.
func gitlabRemedy(r *Result, f *finding.Finding, id string) *gitlabRemediation {
	x := f.Carried()
	if x == nil {
		return nil
	}
	file, mark := x.Edits[0].File, ""
	if r.Raw != nil && !bytes.HasPrefix(file.Disk(), []byte(byteOrderMark)) && bytes.HasPrefix(r.Raw(file), []byte(byteOrderMark)) {
		mark = byteOrderMark
	}
	diff := udiff.Unified("a/"+file.Path, "b/"+file.Path, mark+string(file.Disk()), mark+string(finding.Apply(file, x.Edits)))
	return &gitlabRemediation{[]gitlabFixed{{id}}, x.Title, base64.StdEncoding.EncodeToString([]byte(diff))}
}

// byteOrderMark begins files of some editors; it is not part of their text.
const byteOrderMark = "\ufeff"

func gitlabKnowsFlows(version string) (bool, error) {
	parts := strings.Split(version, ".")
	var v [3]int
	for i := range v {
		n, err := strconv.Atoi(parts[min(i, len(parts)-1)])
		if err != nil || len(parts) != len(v) {
			return false, fmt.Errorf("GitLab schema version %q is not of the form 15.2.3", version)
		}
		v[i] = n
	}
	for i := range v {
		if v[i] != gitlabFlowsSince[i] {
			return v[i] > gitlabFlowsSince[i], nil
		}
	}
	return true, nil
}

func gitlabScanOf(r *Result, o *Options) gitlabScan {
	tool := gitlabTool{ID: toolName, Name: toolName, URL: toolHome, Version: versionOf(r), Vendor: gitlabVendor{toolVendor}}
	s := gitlabScan{Analyzer: tool, Scanner: tool, Type: "sast", StartTime: gitlabTime(o.Start), EndTime: gitlabTime(o.End), Status: "success"}
	for _, p := range r.Problems {
		msg := p.Msg
		if p.Path != "" {
			msg = p.Path + ": " + msg
		}
		s.Messages = append(s.Messages, gitlabMessage{Level: []string{"info", "warn", "warn"}[min(p.Severity, 2)], Value: msg})
	}
	return s
}

// gitlabTime writes a time without zone or fraction, which GitLab reads as UTC.
func gitlabTime(t time.Time) string {
	if t.IsZero() {
		t = time.Unix(0, 0)
	}
	return t.UTC().Format("2006-01-02T15:04:05")
}

func gitlabVulnerabilityOf(f *finding.Finding, q *rule.Rule) gitlabVulnerability {
	p := f.Sink.Place()
	v := gitlabVulnerability{
		Name:        finding.Shorten(plain(q.Title), gitlabName),
		Description: cutMessage(mdText(f.Message)+"\n\n"+q.Why, gitlabDescription),
		Severity:    gitlabSeverity(f, q),
		Solution:    cutMessage(q.Fix, gitlabSolution),
		Identifiers: []gitlabIdentifier{{Type: "pickletrace_rule_id", Name: "pickletrace " + q.ID, Value: q.ID, URL: helpURI(q)}},
		Location:    gitlabLocation{File: p.Path, StartLine: p.Line, EndLine: p.Line, Method: f.Function},
	}
	for _, n := range q.CWE {
		v.Identifiers = append(v.Identifiers, gitlabIdentifier{Type: "cwe", Name: fmt.Sprintf("CWE-%d", n), Value: strconv.Itoa(n),
			URL: fmt.Sprintf("https://cwe.mitre.org/data/definitions/%d.html", n)})
	}
	for _, u := range q.References {
		if strings.HasPrefix(u, "https://") || strings.HasPrefix(u, "http://") {
			v.Links = append(v.Links, gitlabLink{u})
		}
	}
	if f.Fingerprint != "" {
		v.Tracking = &gitlabTracking{Type: "source", Items: []gitlabTrackingItem{{File: p.Path, StartLine: p.Line, EndLine: p.Line,
			Signatures: []gitlabSignature{{Algorithm: "pickletrace_flow_v1", Value: f.Fingerprint}}}}}
	}
	return v
}

func gitlabSeverity(f *finding.Finding, q *rule.Rule) string {
	switch sev := severity(f.Level, q); {
	case sev > 9:
		return "Critical"
	case sev >= 7:
		return "High"
	case sev >= 4:
		return "Medium"
	case sev > 0:
		return "Low"
	}
	return "Info"
}

func gitlabFlowsOf(f *finding.Finding) gitlabFlows {
	out := gitlabFlows{Name: "code_flows", Type: "code-flows", Items: [][]gitlabFlowNode{}}
	for _, fl := range f.Flows {
		steps := withPlaces(fl.Steps)
		var nodes []gitlabFlowNode
		for i := range steps {
			kind := "propagation"
			if i == 0 {
				kind = "source"
			} else if i == len(steps)-1 {
				kind = "sink"
			}
			p := steps[i].Place()
			nodes = append(nodes, gitlabFlowNode{"code-flow-node", kind, gitlabFileOfNode{"file-location", p.Path, p.Line, p.EndLine}})
		}
		if len(nodes) > 0 {
			out.Items = append(out.Items, nodes)
		}
	}
	return out
}

// uniqueIdentity tells findings with equal fingerprints apart by their paths and, in one file, by counting.
func uniqueIdentity(f *finding.Finding, seen map[string]int) string {
	id := f.Fingerprint + "\x00" + f.Sink.Place().Path
	seen[id]++
	return id + "\x00" + strconv.Itoa(seen[id])
}

type codeQualityIssue struct {
	Type        string              `json:"type"`
	Categories  []string            `json:"categories"`
	Description string              `json:"description"`
	Content     *codeQualityContent `json:"content,omitempty"`
	CheckName   string              `json:"check_name"`
	Fingerprint string              `json:"fingerprint"`
	Severity    string              `json:"severity"`
	Location    codeQualityLocation `json:"location"`
}

// codeQualityContent is what Code Climate shows when an issue is opened, in Markdown.
type codeQualityContent struct {
	Body string `json:"body"`
}

type codeQualityLocation struct {
	Path  string           `json:"path"`
	Lines codeQualityLines `json:"lines"`
}

type codeQualityLines struct {
	Begin int `json:"begin"`
	End   int `json:"end"`
}

// GitLabCodeQuality writes a report that GitLab shows in the changes of a merge request.
func GitLabCodeQuality(w io.Writer, r *Result, _ Options) error {
	out := []codeQualityIssue{}
	m := &markdownWriter{r: r, rules: rulesOf(r)}
	ids := map[string]int{}
	for i := range r.Findings {
		f := &r.Findings[i]
		if f.Sink.File == nil {
			continue
		}
		p := f.Sink.Place()
		out = append(out, codeQualityIssue{
			Type: "issue", Categories: []string{"Security"},
			Description: f.Message + inCell(&f.Sink), Content: m.body(f), CheckName: f.RuleID, Fingerprint: strings.ReplaceAll(guid(uniqueIdentity(f, ids)), "-", ""),
			Severity: codeQualitySeverity(f.Level), Location: codeQualityLocation{Path: path.Clean(p.Path), Lines: codeQualityLines{p.Line, p.Line}},
		})
	}
	return json.NewEncoder(w).Encode(out)
}

// body is what to do about a finding, where it is, and what the gate is.
func (m *markdownWriter) body(f *finding.Finding) *codeQualityContent {
	var parts []string
	if advice, code := adviceFor(f, m.rules.byID[f.RuleID]); advice != "" {
		parts = append(parts, "**Fix**: "+mdInline(advice)+"\n"+mdBlock(code))
	}
	if m.r.lineURL(&f.Sink) != "" {
		parts = append(parts, m.place(&f.Sink)+"\n")
	}
	if m.r.Gate != nil {
		parts = append(parts, mdText(m.r.Gate.String())+"\n")
	}
	if len(parts) == 0 {
		return nil
	}
	return &codeQualityContent{Body: strings.Join(parts, "\n")}
}

func codeQualitySeverity(l finding.Level) string {
	switch l {
	case finding.Error:
		return "critical"
	case finding.Warning:
		return "major"
	}
	return "minor"
}

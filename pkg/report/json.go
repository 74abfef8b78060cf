package report

import (
	_ "embed"
	"encoding/json"
	"io"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// jsonVersion changes when a field is removed or changes its meaning; new fields do not change it.
const jsonVersion = 1

const jsonSchemaURI = "https://raw.githubusercontent.com/pickletrace/pickletrace/main/pkg/report/schema/report-1.json"

// JSONSchema describes what JSON writes, as JSON Schema of draft 2020-12.
//
//go:embed schema/report-1.json
var JSONSchema []byte

type jsonReport struct {
	Schema     string        `json:"$schema"`
	Version    int           `json:"version"`
	Tool       jsonTool      `json:"tool"`
	Summary    jsonSummary   `json:"summary"`
	Rules      []jsonRule    `json:"rules"`
	Findings   []jsonFinding `json:"findings"`
	Suppressed []jsonFinding `json:"suppressed,omitempty"`
	Problems   []jsonProblem `json:"problems"`
}

type jsonTool struct {
	Name    string     `json:"name"`
	Version string     `json:"version"`
	Packs   []jsonPack `json:"packs"`
}

type jsonPack struct {
	ID      string `json:"id"`
	Version string `json:"version"`
}

type jsonSummary struct {
	Complete   bool `json:"complete"`
	Findings   int  `json:"findings"`
	Errors     int  `json:"errors"`
	Warnings   int  `json:"warnings"`
	Notes      int  `json:"notes"`
	Hidden     int  `json:"hidden"`
	Suppressed int  `json:"suppressed"`
	Absent     int  `json:"absent"`
	Unchanged  int  `json:"unchanged"`
	Files      int  `json:"files"`
	Skipped    int  `json:"skipped"`
	Functions  int  `json:"functions"`
	Budgets    int  `json:"budgets"`
}

type jsonRule struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	Title     string `json:"title"`
	CWE       []int  `json:"cwe"`
	Precision string `json:"precision,omitempty"`
	Help      string `json:"help"`
}

type jsonFinding struct {
	Rule        string        `json:"rule"`
	Name        string        `json:"name"`
	Level       string        `json:"level"`
	Confidence  string        `json:"confidence"`
	Message     string        `json:"message"`
	Location    *jsonLocation `json:"location,omitempty"`
	Function    string        `json:"function"`
	Sink        string        `json:"sink"`
	Case        string        `json:"case,omitempty"`
	Notes       []string      `json:"notes"`
	Flows       []jsonFlow    `json:"flows"`
	MoreFlows   int           `json:"moreFlows"`
	Fingerprint string        `json:"fingerprint"`
	Baseline    string        `json:"baseline,omitempty"`
	Reasons     []jsonReason  `json:"changeReasons,omitempty"`
	Silence     *jsonSilence  `json:"silence,omitempty"`
	Group       *jsonGroup    `json:"group,omitempty"`
}

// A jsonGroup says that one decision makes several findings of the rule.
type jsonGroup struct {
	ID       string        `json:"id"` // the same in all of them
	Findings int           `json:"findings"`
	Root     *jsonLocation `json:"root,omitempty"` // where the decision is
}

// A jsonReason says why a finding belongs to the change that is looked at.
type jsonReason struct {
	Kind string `json:"kind"`
	Path string `json:"path,omitempty"`
	Line int    `json:"line,omitempty"`
	Text string `json:"text"`
}

type jsonLocation struct {
	Path      string `json:"path"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	EndLine   int    `json:"endLine"`
	EndColumn int    `json:"endColumn"`
	Code      string `json:"code"`
}

type jsonFlow struct {
	Kind     string     `json:"kind"`
	Title    string     `json:"title"`
	Source   string     `json:"source"`
	Features []string   `json:"features"`
	Steps    []jsonStep `json:"steps"`
}

type jsonStep struct {
	Kind     string        `json:"kind"`
	Note     string        `json:"note"`
	Function string        `json:"function"`
	Depth    int           `json:"depth"`
	Location *jsonLocation `json:"location,omitempty"`
}

type jsonSilence struct {
	By     string `json:"by"` // "comment" or "baseline"
	Reason string `json:"reason"`
	Until  string `json:"until,omitempty"`
}

type jsonProblem struct {
	Path     string `json:"path"`
	Line     int    `json:"line"`
	Severity string `json:"severity"`
	Kind     string `json:"kind"`
	Message  string `json:"message"`
}

// JSON writes the whole Result as one document; JSONSchema describes it.
func JSON(w io.Writer, r *Result, o Options) error {
	rs := rulesOf(r)
	out := jsonReport{
		Schema: jsonSchemaURI, Version: jsonVersion, Tool: toolJSON(r), Summary: summaryJSON(r),
		Rules: []jsonRule{}, Findings: findingsJSON(rs, r.Findings), Problems: problemsJSON(r.Problems),
	}
	if o.ShowSuppressed {
		out.Suppressed = findingsJSON(rs, r.Suppressed)
	}
	used := map[string]bool{}
	for _, f := range append(append([]jsonFinding{}, out.Findings...), out.Suppressed...) {
		used[f.Rule] = true
	}
	for _, q := range rs.all {
		if used[q.ID] {
			out.Rules = append(out.Rules, jsonRule{q.ID, q.Name, q.Title, notNil(q.CWE), q.Precision, helpURI(q)})
		}
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}

// JSONLines writes one object on each line: findings, then problems, then the summary that shows the report is whole.
// The field "type" tells them apart; the other fields are those of JSON.
func JSONLines(w io.Writer, r *Result, o Options) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	rs := rulesOf(r)
	all := findingsJSON(rs, r.Findings)
	if o.ShowSuppressed {
		all = append(all, findingsJSON(rs, r.Suppressed)...)
	}
	for _, f := range all {
		if err := enc.Encode(struct {
			Type string `json:"type"`
			jsonFinding
		}{"finding", f}); err != nil {
			return err
		}
	}
	for _, p := range problemsJSON(r.Problems) {
		if err := enc.Encode(struct {
			Type string `json:"type"`
			jsonProblem
		}{"problem", p}); err != nil {
			return err
		}
	}
	return enc.Encode(struct {
		Type    string   `json:"type"`
		Version int      `json:"version"`
		Tool    jsonTool `json:"tool"`
		jsonSummary
	}{"summary", jsonVersion, toolJSON(r), summaryJSON(r)})
}

// notNil makes an empty list of a missing one: a reader should not meet null.
func notNil[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

func toolJSON(r *Result) jsonTool {
	t := jsonTool{Name: toolName, Version: versionOf(r), Packs: []jsonPack{}}
	if r.Pack != nil {
		for _, p := range r.Pack.Packs {
			t.Packs = append(t.Packs, jsonPack{p.ID, p.Version})
		}
	}
	return t
}

func summaryJSON(r *Result) jsonSummary {
	e, w, n := counts(r.Findings)
	return jsonSummary{
		Complete: r.whole(), Findings: len(r.Findings), Errors: e, Warnings: w, Notes: n, Hidden: r.Hidden,
		Suppressed: len(r.Suppressed), Absent: len(r.Absent), Unchanged: r.Unchanged, Files: r.Stats.Files,
		Skipped: r.Stats.Skipped, Functions: r.Stats.Functions, Budgets: r.Stats.Budgets,
	}
}

func findingsJSON(rs *rules, fs []finding.Finding) []jsonFinding {
	out := []jsonFinding{}
	in := groupOf(fs)
	for i := range fs {
		j := findingJSON(rs, &fs[i])
		if g := in[&fs[i]]; g != nil {
			j.Group = &jsonGroup{ID: guid(g.ID()), Findings: len(g.Findings), Root: locationJSON(g.Root)}
		}
		out = append(out, j)
	}
	return out
}

func findingJSON(rs *rules, f *finding.Finding) jsonFinding {
	j := jsonFinding{
		Rule: f.RuleID, Name: rs.byID[f.RuleID].Name, Level: levelName(f.Level), Confidence: f.Confidence,
		Message: f.Message, Location: locationJSON(&f.Sink), Function: f.Function, Sink: f.SinkName, Case: f.Case,
		Notes: notNil(f.Notes), Flows: []jsonFlow{}, MoreFlows: f.MoreFlows, Fingerprint: f.Fingerprint,
		Baseline: f.Baseline,
	}
	for _, w := range f.Why {
		j.Reasons = append(j.Reasons, jsonReason(w))
	}
	for _, fl := range f.Flows {
		jf := jsonFlow{Kind: fl.Kind, Title: fl.KindTitle, Source: fl.SourceName, Features: notNil(fl.Features), Steps: []jsonStep{}}
		for i := range fl.Steps {
			s := &fl.Steps[i]
			jf.Steps = append(jf.Steps, jsonStep{string(s.Kind), s.Note, s.Func, s.Depth, locationJSON(s)})
		}
		j.Flows = append(j.Flows, jf)
	}
	if s := f.Silenced; s != nil {
		j.Silence = &jsonSilence{By: "baseline", Reason: s.Reason, Until: s.Until}
		if s.InCode {
			j.Silence.By = "comment"
		}
	}
	return j
}

func locationJSON(s *finding.Step) *jsonLocation {
	sn, ok := snippetOf(s)
	if !ok {
		return nil
	}
	p := s.Place()
	return &jsonLocation{p.Path, p.Line, p.Col, p.EndLine, p.EndCol, sn.before + sn.marked + sn.after}
}

func problemsJSON(ps []text.Problem) []jsonProblem {
	out := []jsonProblem{}
	for _, p := range ps {
		out = append(out, jsonProblem{p.Path, p.Line, severityName(p.Severity), p.Kind, p.Msg})
	}
	return out
}

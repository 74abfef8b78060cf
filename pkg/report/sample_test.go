package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// A sample is a Result written down by hand, in JSON: reports are tested without the engine. A place is
// "path:line:code", where code must occur in that line; "path:line" is the whole line without its indentation.
type sample struct {
	Version    string          `json:"version"`
	Findings   []sampleFinding `json:"findings"`
	Suppressed []sampleFinding `json:"suppressed"`
	Absent     []finding.Entry `json:"absent"`
	Problems   []text.Problem  `json:"problems"`
	Hidden     int             `json:"hidden"`
	Unchanged  int             `json:"unchanged"`
	Stats      Stats           `json:"stats"`
	Repo       *Repository     `json:"repo"`
	Gate       *Gate           `json:"gate"`
}

type sampleFinding struct {
	Rule     string       `json:"rule"`
	Level    string       `json:"level"`
	Case     string       `json:"case"`
	Sink     string       `json:"sink"`
	At       string       `json:"at"`
	Function string       `json:"function"`
	Notes    []string     `json:"notes"`
	Flows    []sampleFlow `json:"flows"`
	More     int          `json:"more"`
	Baseline string       `json:"baseline"`
	Silence  *struct {
		By, Reason, Until, At string
	} `json:"silence"`
	Fix *struct {
		Title, At, New string
	} `json:"fix"`
}

type sampleFlow struct {
	Kind     string   `json:"kind"`
	Title    string   `json:"title"`
	Source   string   `json:"source"`
	Features []string `json:"features"`
	// Steps are [kind, place, note, function, depth].
	Steps [][5]any `json:"steps"`
}

// samplePack has the rules that samples use.
func samplePack() *rule.Pack {
	all := func(l rule.Level) map[string]rule.Level { return map[string]rule.Level{"": l} }
	return &rule.Pack{
		Packs: []rule.PackInfo{{ID: "sample", Version: "2026.11.0"}},
		Rules: []*rule.Rule{
			{
				ID: "PKL101", Name: "untrusted-pickle-load", Title: "Untrusted data reaches pickle", CWE: []int{502},
				Why:       "Unpickling runs code chosen by whoever wrote the data.",
				Fix:       "Load `safetensors` or JSON, or verify a signature first.\n\nNever unpickle what came over the network.",
				Precision: "high", References: []string{"https://docs.python.org/3/library/pickle.html"},
				Level: map[string]rule.Level{"network-response": rule.Error, "external-file": rule.Warning, "": rule.Note},
				Bad:   []rule.Example{{Code: "pickle.loads(requests.get(u).content)\n"}},
				Good:  []rule.Example{{Code: "json.loads(requests.get(u).content)\n"}},
			},
			{
				ID: "PKL403", Name: "unpinned-download", Title: "Model downloaded without a commit", CWE: []int{494, 829},
				Why: "Whoever can push to the repository chooses what is loaded.", Fix: "Pass the full commit hash.",
				Precision: "medium", Level: all(rule.Warning),
			},
		},
	}
}

// parseSample reads the section result.json of an archive.
func parseSample(t testing.TB, a *txtar.Archive) *Result {
	t.Helper()
	files := map[string]*text.File{}
	var s sample
	for _, f := range a.Files {
		switch {
		case f.Name == "result.json":
			dec := json.NewDecoder(bytes.NewReader(f.Data))
			dec.DisallowUnknownFields()
			if err := dec.Decode(&s); err != nil {
				t.Fatalf("result.json: %v", err)
			}
		case !strings.HasPrefix(f.Name, "want."):
			file, _ := text.NewFile(f.Name, f.Data)
			files[f.Name] = file
		}
	}
	b := &sampleBuilder{t: t, files: files}
	return b.result(&s)
}

type sampleBuilder struct {
	t     testing.TB
	files map[string]*text.File
}

func (b *sampleBuilder) result(s *sample) *Result {
	r := &Result{Absent: s.Absent, Hidden: s.Hidden, Unchanged: s.Unchanged, Problems: s.Problems, Pack: samplePack(),
		Stats: s.Stats, Version: s.Version, Repo: s.Repo, Gate: s.Gate}
	r.Findings, r.Suppressed = b.findings(s.Findings), b.findings(s.Suppressed)
	return r
}

func (b *sampleBuilder) findings(in []sampleFinding) []finding.Finding {
	var out []finding.Finding
	for _, x := range in {
		out = append(out, b.finding(&x))
	}
	titles := map[string]string{}
	for _, q := range append(samplePack().Rules, OwnRules()...) {
		titles[q.ID] = q.Title
	}
	return finding.Finish(out, func(id string) string { return titles[id] })
}

func (b *sampleBuilder) finding(x *sampleFinding) finding.Finding {
	level := map[string]finding.Level{"error": finding.Error, "warning": finding.Warning, "note": finding.Note}[x.Level]
	f := finding.Finding{RuleID: x.Rule, Level: level, Case: x.Case, SinkName: x.Sink, Function: x.Function, Notes: x.Notes,
		MoreFlows: x.More, Baseline: x.Baseline, Sink: b.place(x.At)}
	f.Sink.Kind, f.Sink.Func = finding.StepSink, x.Function
	for _, fl := range x.Flows {
		flow := finding.Flow{Kind: fl.Kind, KindTitle: fl.Title, SourceName: fl.Source, Features: fl.Features}
		for _, st := range fl.Steps {
			step := b.place(st[1].(string))
			step.Kind, step.Note = finding.StepKind(st[0].(string)), st[2].(string)
			step.Func, step.Depth = st[3].(string), int(st[4].(float64))
			flow.Steps = append(flow.Steps, step)
		}
		f.Flows = append(f.Flows, flow)
	}
	if s := x.Silence; s != nil {
		f.Silenced = &finding.Silence{InCode: s.By == "comment", Reason: s.Reason, Until: s.Until, At: b.place(s.At)}
	}
	if x.Fix != nil {
		at := b.place(x.Fix.At)
		f.Fixes = []finding.Fix{{Title: x.Fix.Title, Safe: true, Edits: []finding.Edit{{File: at.File, Span: at.Span, New: x.Fix.New}}}}
	}
	return f
}

var placeForm = regexp.MustCompile(`^(.+?):(\d+)(?::((?s).*))?$`)

// place finds "path:line:code"; an empty place is a step without a file.
func (b *sampleBuilder) place(p string) finding.Step {
	b.t.Helper()
	if p == "" {
		return finding.Step{}
	}
	m := placeForm.FindStringSubmatch(p)
	if m == nil || b.files[m[1]] == nil {
		b.t.Fatalf("bad place %q", p)
	}
	file, code := b.files[m[1]], m[3]
	n, err := strconv.Atoi(m[2])
	if err != nil {
		b.t.Fatal(err)
	}
	span, err := findSpan(file, n, code)
	if err != nil {
		b.t.Fatalf("place %q: %v", p, err)
	}
	return finding.Step{File: file, Span: span}
}

// findSpan finds the code from line n on (code may run over line breaks).
func findSpan(file *text.File, n int, code string) (text.Span, error) {
	lines := strings.SplitAfter(string(file.Text), "\n")
	if n > len(lines) {
		return text.Span{}, fmt.Errorf("%s has %d lines", file.Path, len(lines))
	}
	start := len(strings.Join(lines[:n-1], ""))
	if code == "" {
		trimmed := strings.TrimLeft(lines[n-1], " \t")
		start += len(lines[n-1]) - len(trimmed)
		return text.Span{Start: int32(start), End: int32(start + len(strings.TrimRight(trimmed, "\r\n")))}, nil
	}
	i := strings.Index(string(file.Text[start:]), code)
	if i < 0 || i > len(lines[n-1]) {
		return text.Span{}, fmt.Errorf("no %q in line %d", code, n)
	}
	return text.Span{Start: int32(start + i), End: int32(start + i + len(code))}, nil
}

package lsp

import (
	"bytes"
	"cmp"
	"slices"
	"sync"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/report"
	"github.com/pickletrace/pickletrace/pkg/text"
)

const (
	maxItems   = 500 // diagnostics of a file
	maxRelated = 40  // steps of a trace
)

// An item is one diagnostic and what it is of.
type item struct {
	diagnostic diagnostic
	finding    *finding.Finding // nil for a problem
	state      *State
	moved      bool // found in an earlier text of the file
	proof      *proof
}

// A proof is the change of a finding's call, looked for once.
type proof struct {
	once sync.Once
	fix  Fix
}

// itemsOf gives what a scan has found, by real path.
func (s *server) itemsOf(p *project, state *State) map[string][]item {
	out := map[string][]item{}
	add := func(path string, it item) {
		if it.state = state; len(out[path]) < maxItems {
			out[path] = append(out[path], it)
		}
	}
	for i := range state.Findings {
		f := &state.Findings[i]
		if f.Sink.File != nil {
			add(state.Path(f.Sink.File.Path), item{diagnostic: s.diagnosticOf(p, state, f), finding: f, proof: &proof{}})
		}
	}
	for _, q := range state.Problems {
		if q.Severity == text.Info || q.Path == "" {
			continue
		}
		at := position{Line: max(q.Line-1, 0)}
		add(state.Path(q.Path), item{diagnostic: diagnostic{
			Range: span{at, position{Line: at.Line + 1}}, Severity: 3, Code: q.Kind, Source: "pickletrace", Message: report.Visible(q.Msg),
		}})
	}
	for path := range out {
		slices.SortStableFunc(out[path], func(a, b item) int { return before(a.diagnostic.Range.Start, b.diagnostic.Range.Start) })
	}
	return out
}

func before(a, b position) int {
	return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Character, b.Character))
}

// diagnosticOf gives a finding as the editor shows it: the steps of its best flow are the related places.
func (s *server) diagnosticOf(p *project, state *State, f *finding.Finding) diagnostic {
	d := diagnostic{
		Range: spanOf(&f.Sink), Severity: severity(f.Level), Code: f.RuleID, Source: "pickletrace", Message: report.Visible(f.Message),
		CodeDescription: &codeDescription{report.RulePage(f.RuleID)},
	}
	if !s.client.related || len(f.Flows) == 0 {
		return d
	}
	for _, st := range report.Places(f.Flows[0].Steps) {
		if len(d.Related) == maxRelated {
			break
		}
		d.Related = append(d.Related, related{
			Location: location{s.uri(p, state.Path(st.File.Path)), spanOf(&st)},
			Message:  report.Visible(report.StepMessage(&st)),
		})
	}
	return d
}

func severity(l finding.Level) int {
	switch l {
	case finding.Error:
		return 1
	case finding.Warning:
		return 2
	}
	return 3
}

// spanOf gives the place of a step, counted from 0.
func spanOf(st *finding.Step) span {
	at := st.Place()
	return span{position{max(at.Line-1, 0), max(at.Col-1, 0)}, position{max(at.EndLine-1, 0), max(at.EndCol-1, 0)}}
}

// kept gives what the last scan of all has found in a file and the scan of the file alone cannot see, because a step is
// in a file that it did not read; where the text was changed, it is dropped.
func (s *server) kept(p *project, whole, near *State, file string, now []byte) []item {
	read, found := map[string]bool{}, map[string]bool{}
	for _, f := range near.Sources {
		read[f.Path] = true
	}
	for i := range near.Findings {
		found[near.Findings[i].Fingerprint] = true
	}
	outside := func(st finding.Step) bool { return st.File != nil && !read[st.File.Path] }
	var out []item
	for i := range whole.Findings {
		f := whole.Findings[i]
		if f.Sink.File == nil || whole.Path(f.Sink.File.Path) != file || found[f.Fingerprint] || len(f.Flows) == 0 ||
			!slices.ContainsFunc(f.Flows[0].Steps, outside) {
			continue
		}
		d := s.diagnosticOf(p, whole, &f)
		var ok bool
		if d.Range, ok = movedSpan(f.Sink.File, f.Sink.Span, now); ok {
			out = append(out, item{diagnostic: d, finding: &f, state: whole, moved: true, proof: &proof{}})
		}
	}
	return out
}

// movedSpan gives the place of a span after one part of the text was changed; false if that part touches it.
func movedSpan(old *text.File, at text.Span, now []byte) (span, bool) {
	was := old.Text
	head := 0
	for head < len(was) && head < len(now) && was[head] == now[head] {
		head++
	}
	tail := 0
	for tail < len(was)-head && tail < len(now)-head && was[len(was)-1-tail] == now[len(now)-1-tail] {
		tail++
	}
	shift := 0
	switch {
	case old.IsNotebook():
		return span{}, bytes.Equal(was, now)
	case int(at.End) <= head:
	case int(at.Start) >= len(was)-tail:
		shift = len(now) - len(was)
	default:
		return span{}, false
	}
	f, _ := text.NewFile(old.Path, now)
	return spanOf(&finding.Step{File: f, Span: text.Span{Start: at.Start + int32(shift), End: at.End + int32(shift)}}), true
}

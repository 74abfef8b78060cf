package taint

import (
	"github.com/pickletrace/pickletrace/pkg/finding"
)

// A rawStep is a step of an expanded provenance.
type rawStep struct {
	p     *Prov
	depth int
}

// maxSteps of one trace; the middle of longer ones is left out.
const maxTrace = 24

// trace turns a provenance into steps, source first.
func trace(p *Prov) []finding.Step {
	raw := inTree(expand(nil, p, 0))
	base := 0
	for _, r := range raw {
		base = min(base, r.depth)
	}
	var out []finding.Step
	for _, r := range raw {
		s := finding.Step{File: r.p.fn.Mod.IR.File, Span: r.p.span, Kind: stepKinds[r.p.kind], Note: r.p.note(), Func: r.p.fn.QualName(), Depth: r.depth - base}
		if skip(out, &s) {
			continue
		}
		out = append(out, s)
	}
	if last := len(out) - 1; last >= 0 && out[last].Kind == finding.StepCall { // into a library
		out[last].Kind = finding.StepSink
	}
	if len(out) > 1 && out[0].Kind != finding.StepSource {
		out[0].Kind = finding.StepSource
	}
	return elide(out)
}

var stepKinds = map[provKind]finding.StepKind{
	provSource: finding.StepSource, provParam: finding.StepAssign, provAssign: finding.StepAssign, provPass: finding.StepPass,
	provCall: finding.StepCall, provReturn: finding.StepReturn, provStore: finding.StepStore, provLoad: finding.StepLoad, provSink: finding.StepSink,
}

// expand lists the steps in order. A return ends at a lower depth than what came before it; a call goes one deeper.
func expand(out []rawStep, p *Prov, depth int) []rawStep {
	if p == nil {
		return out
	}
	if len(out) > 4000 {
		return out
	}
	inner := depth
	if p.kind == provReturn {
		inner++
	}
	out = expand(out, p.prev, inner)
	out = append(out, rawStep{p, depth})
	if p.inner != nil {
		out = expand(out, p.inner, depth+1)
	}
	return out
}

// skip says whether a step says nothing new: a second step on the line of the one before that is not a call, a
// return or the sink.
func skip(out []finding.Step, s *finding.Step) bool {
	if len(out) == 0 {
		return false
	}
	last := &out[len(out)-1]
	if last.File != s.File || s.Kind == finding.StepSink || s.Kind == finding.StepCall {
		return false
	}
	a, b := last.File.Position(last.Span.Start), s.File.Position(s.Span.Start)
	if a.Line != b.Line {
		return false
	}
	return s.Kind == finding.StepAssign || s.Kind == finding.StepPass || s.Kind == last.Kind
}

// elide cuts the middle of a long trace.
func elide(steps []finding.Step) []finding.Step {
	if len(steps) <= maxTrace {
		return steps
	}
	head := maxTrace / 2
	tail := maxTrace - head - 1
	cut := steps[head : len(steps)-tail]
	mid := cut[0]
	mid.Kind = finding.StepElided
	mid.Note = "… " + itoa(len(cut)) + " steps left out"
	out := append([]finding.Step{}, steps[:head]...)
	out = append(out, mid)
	return append(out, steps[len(steps)-tail:]...)
}

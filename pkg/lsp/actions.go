package lsp

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/sourcegraph/jsonrpc2"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/report"
)

// at gives the project of a document, and what is shown in it at a place; nothing if the document has changed since.
func (s *server) at(uri string, touches func(span) bool) (p *project, items []item) {
	real, path, ok := s.find(uri)
	if !ok {
		return nil, nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	d := s.docs[real]
	if p = s.projectOf(real, path); p == nil || d == nil || p.shown[real] == nil || p.shown[real].version != d.version {
		return p, nil
	}
	for _, it := range p.shown[real].items {
		if touches(it.diagnostic.Range) {
			items = append(items, it)
		}
	}
	return p, items
}

// hover tells of the findings at a place what the rule says, and of the steps on the way of others which they are.
func (s *server) hover(q *documentParams) (any, *jsonrpc2.Error) {
	inside := func(r span) bool { return before(r.Start, q.Position) <= 0 && before(q.Position, r.End) <= 0 }
	p, items := s.at(q.TextDocument.URI, inside)
	var parts []string
	var where *span
	for _, it := range items {
		if it.finding == nil {
			continue
		}
		if where == nil {
			where = &it.diagnostic.Range
		}
		parts = append(parts, hoverText(&it))
	}
	if p != nil {
		parts = append(parts, s.stepsAt(p, q.TextDocument.URI, inside, items)...)
	}
	if len(parts) == 0 {
		return nil, nil
	}
	return hover{markup{"markdown", strings.Join(parts[:min(len(parts), maxHover)], "\n\n---\n\n")}, where}, nil
}

// maxHover is of how many findings a hover tells.
const maxHover = 5

func hoverText(it *item) string {
	f := it.finding
	var b strings.Builder
	r := it.state.Rule(f.RuleID)
	title := f.RuleID
	if r != nil {
		title += " " + r.Title
	}
	fmt.Fprintf(&b, "**%s** (%s, confidence %s)\n\n%s", report.MarkdownText(title), levelName(f.Level), f.Confidence, report.MarkdownText(f.Message))
	if r != nil && r.Why != "" {
		b.WriteString("\n\n" + r.Why)
	}
	if f.Changed != "" {
		fmt.Fprintf(&b, "\n\nThe call as it should be: %s", report.MarkdownCode(f.Changed))
	}
	if r != nil && r.Fix != "" {
		b.WriteString("\n\n" + r.Fix)
	}
	fmt.Fprintf(&b, "\n\n[%s](%s) · `pickletrace explain %s`", f.RuleID, report.RulePage(f.RuleID), f.RuleID)
	return b.String()
}

func levelName(l finding.Level) string { return []string{"off", "note", "warning", "error"}[l] }

// stepsAt tells of the flows that pass the place on their way to a sink elsewhere.
func (s *server) stepsAt(p *project, uri string, inside func(span) bool, told []item) []string {
	s.mu.Lock()
	state := p.whole
	s.mu.Unlock()
	real, _, _ := s.find(uri)
	if state == nil {
		return nil
	}
	var out []string
	for i := range state.Findings {
		f := &state.Findings[i]
		if len(f.Flows) == 0 || slices.ContainsFunc(told, func(it item) bool { return it.finding != nil && it.finding.Fingerprint == f.Fingerprint }) {
			continue
		}
		steps := report.Places(f.Flows[0].Steps)
		for n := range steps {
			st := &steps[n]
			if state.Path(st.File.Path) != real || !s.same(real, st.File.Disk()) || !inside(spanOf(st)) {
				continue
			}
			at := f.Sink.Place()
			out = append(out, fmt.Sprintf("Step %d of %d on the way to **%s** at %s:%d: %s", n+1, len(steps), f.RuleID,
				report.MarkdownText(at.Path), at.Line, report.MarkdownText(report.StepMessage(st))))
			break
		}
		if len(out) == maxHover {
			break
		}
	}
	return out
}

// same says whether the editor has the text that was scanned.
func (s *server) same(real string, scanned []byte) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	d := s.docs[real]
	return d != nil && bytes.Equal(d.text, scanned)
}

// codeAction offers what to do about the findings of a range: fixes that a scan has proved, and ignore comments.
func (s *server) codeAction(q *codeActionParams) (any, *jsonrpc2.Error) {
	out := []codeAction{}
	fits := func(kind string) bool { return kind == "" || kind == "quickfix" }
	if !s.client.literals || len(q.Context.Only) > 0 && !slices.ContainsFunc(q.Context.Only, fits) {
		return out, nil
	}
	p, items := s.at(q.TextDocument.URI, func(r span) bool { return before(r.Start, q.Range.End) <= 0 && before(q.Range.Start, r.End) <= 0 })
	for _, it := range items {
		if f := it.finding; f != nil && !it.moved && !f.Sink.File.IsNotebook() {
			out = append(out, s.fixes(p, &it)...)
			out = append(out, s.ignore(p, &it)...)
		}
	}
	return out, nil
}

// fixes gives the changes of a finding. Those of calls are proved first.
func (s *server) fixes(p *project, it *item) []codeAction {
	f := it.finding
	if f.SinkID == "" { // about an ignore comment
		for _, x := range f.Fixes {
			if x.Safe {
				return s.action(p, it, codeAction{Title: x.Title, IsPreferred: true}, x.Edits)
			}
		}
		return nil
	}
	if len(f.Fixes) == 0 {
		return s.refused(it, "Make the call safe", f.NoFix)
	}
	x := f.Fixes[0]
	title := strings.TrimSuffix(x.Title, ".")
	if f.Changed != "" {
		title = "Change to " + finding.Shorten(f.Changed, 80)
	}
	it.proof.once.Do(func() { it.proof.fix = it.state.Prove(f) })
	if it.proof.fix.Why != "" {
		return s.refused(it, title, it.proof.fix.Why)
	}
	if x.Breaks != "" {
		title += " (may break: " + strings.TrimSuffix(x.Breaks, ".") + ")"
	}
	return s.action(p, it, codeAction{Title: report.Visible(title), IsPreferred: x.Safe}, it.proof.fix.Edits)
}

// refused says why a change is not made, to editors that can show that.
func (s *server) refused(it *item, title, why string) []codeAction {
	if why == "" || !s.client.disabled {
		return nil
	}
	return []codeAction{{Title: report.Visible(title), Kind: "quickfix", Diagnostics: []diagnostic{it.diagnostic}, Disabled: &disabled{report.Visible(why)}}}
}

// placeholder is the reason in a new ignore comment, for the person to replace.
const placeholder = "say why this is safe"

func (s *server) ignore(p *project, it *item) []codeAction {
	f := it.finding
	if f.SinkID == "" && f.Fixes != nil {
		return nil // about a comment that should go
	}
	edits := finding.AddIgnores([]finding.Finding{*f}, placeholder)
	return s.action(p, it, codeAction{Title: "Ignore " + f.RuleID + " here"}, edits)
}

// action gives an action with its edits; nothing if a text is not what was scanned, or there is nothing to edit.
func (s *server) action(p *project, it *item, a codeAction, edits []finding.Edit) []codeAction {
	if len(edits) == 0 {
		return nil
	}
	a.Kind, a.Diagnostics, a.Edit = "quickfix", []diagnostic{it.diagnostic}, &workspaceEdit{Changes: map[string][]textEdit{}}
	for _, e := range edits {
		real := it.state.Path(e.File.Path)
		if !s.same(real, e.File.Disk()) {
			return nil
		}
		s.mu.Lock()
		uri := s.uri(p, real)
		s.mu.Unlock()
		at := spanOf(&finding.Step{File: e.File, Span: e.Span})
		a.Edit.Changes[uri] = append(a.Edit.Changes[uri], textEdit{at, e.New})
	}
	return []codeAction{a}
}

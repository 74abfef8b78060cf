package finding

import (
	"fmt"
	"slices"
	"sort"
	"strings"
)

// Kinds of reasons why a finding belongs to a change.
const (
	WhyStep    = "new-step"       // the change wrote a step of the flow
	WhyCheck   = "check-removed"  // it took a check away
	WhyVersion = "version"        // it lets other versions of a library in
	WhyIgnore  = "ignore-removed" // it took an ignore comment away
	WhySetting = "setting"        // it set something that rules read
	WhyEdit    = "edit"           // it edited code that no step of the flow is in
	WhyLouder  = "louder"         // the finding was there, at a lower level
)

// A Reason says why a finding belongs to a change.
type Reason struct {
	Kind string
	Path string // of the file now, or before if it is gone; "" if the reason has no place
	Line int    // of that file; 0 if the reason has none
	Text string // plain text, a sentence without its dot, with the place
}

// Tell adds reasons to a finding and to its message. The title is that of the rule.
func (f *Finding) Tell(title string, why ...Reason) {
	f.Why = append(f.Why, why...)
	f.Notes = slices.Clone(f.Notes)
	for _, w := range f.Why {
		if !slices.Contains(f.Notes, w.Text) {
			f.Notes = append(f.Notes, w.Text)
		}
	}
	f.Message = Compose(f, title)
}

// Explained says whether a reason other than the level is known.
func (f *Finding) Explained() bool {
	return slices.ContainsFunc(f.Why, func(r Reason) bool { return r.Kind != WhyLouder })
}

const maxSteps, maxChecks = 3, 2 // named as reasons

// reasons gives what the lines of the change say about a finding: the steps that it wrote, and the checks that it took out
// of their functions.
func (s *since) reasons(f *Finding) []Reason {
	var out []Reason
	seen := map[string]bool{}
	checks := 0
	steps := stepsOf(f)
	wrote := s.written
	if !slices.ContainsFunc(steps, func(step Step) bool { return s.written(&step) }) && s.onNewLine(&f.Sink) {
		wrote = s.onNewLine // a copy of what the file has elsewhere
	}
	for _, step := range steps {
		if wrote(&step) {
			at := step.Place()
			key := fmt.Sprintf("%s:%d", at.Path, at.Line)
			if !seen[key] && len(seen) < maxSteps {
				seen[key] = true
				out = append(out, Reason{Kind: WhyStep, Path: at.Path, Line: at.Line,
					Text: fmt.Sprintf("new in this change: %s (%s)", stepWord(step.Kind), key)})
			}
		}
		for _, r := range s.removedIn(&step) {
			text := fmt.Sprintf("taken away by this change: '%s' (%s:%d before)", Shorten(r.text, 80), s.pathBefore(step.File.Path), r.line)
			if !slices.ContainsFunc(out, func(o Reason) bool { return o.Text == text }) && checks < maxChecks {
				checks++
				out = append(out, Reason{Kind: WhyCheck, Path: step.File.Path, Line: r.before, Text: text})
			}
		}
	}
	return out
}

// stepsOf gives the steps of the flows that are shown, the best first, or the sink of a finding without flows.
func stepsOf(f *Finding) []Step {
	if len(f.Flows) == 0 {
		return []Step{f.Sink}
	}
	var out []Step
	for _, fl := range f.Flows {
		out = append(out, fl.Steps...)
	}
	return out
}

func stepWord(k StepKind) string {
	switch k {
	case StepSource:
		return "the source"
	case StepSink:
		return "the call"
	}
	return "a step"
}

// removedIn gives the decisions and bare calls that were taken out of the function of a step.
func (s *since) removedIn(step *Step) []removal {
	if step.File == nil || s.files[step.File.Path] == nil {
		return nil
	}
	l := s.lex.of(step.File)
	i := l.at(step.Span.Start)
	if i < 0 {
		return nil
	}
	fn := l.owners()[i]
	var out []removal
	for _, r := range s.files[step.File.Path].removed {
		above := sort.Search(len(l.stmts), func(i int) bool { return step.File.Position(l.stmts[i].start).Line >= r.before }) - 1
		if isCheck(r.text) && l.enclosing(above, r.indent) == fn {
			out = append(out, r)
		}
	}
	return out
}

// isCheck says whether a line decides something, or calls something whose result is not kept.
func isCheck(line string) bool {
	first, _, _ := strings.Cut(line, " ")
	if slices.Contains(decisions, strings.TrimSuffix(first, ":")) {
		return true
	}
	name, _, call := strings.Cut(line, "(")
	return call && !strings.ContainsAny(name, "= @:") && strings.HasSuffix(line, ")")
}

// HasCheck says whether one of the lines decides something or is a bare call.
func HasCheck(lines []string) bool {
	return slices.ContainsFunc(lines, func(l string) bool { return isCheck(strings.TrimSpace(l)) })
}

// IsIgnore says whether one of the lines holds an ignore comment.
func IsIgnore(lines []string) bool {
	return slices.ContainsFunc(lines, func(l string) bool { return mentionForm.MatchString(l) })
}

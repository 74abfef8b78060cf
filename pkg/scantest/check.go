package scantest

import (
	"bytes"
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// Check compares the findings of a scan of files with the annotations in them and fails t for every difference.
// name is the fixture's name, for messages.
func Check(t testing.TB, name string, files []*text.File, got []finding.Finding) {
	t.Helper()
	for _, msg := range Compare(files, got) {
		t.Errorf("%s: %s", name, msg)
	}
}

// Compare gives one message for every difference between the annotations in files and the findings got, sorted by
// place; none when they agree.
func Compare(files []*text.File, got []finding.Finding) []string {
	e, errs := readAll(files)
	if len(errs) > 0 {
		out := make([]string, len(errs))
		for i, err := range errs {
			out[i] = err.Error()
		}
		return out
	}
	c := &comparison{expectations: e, got: got, used: make([]bool, len(got))}
	for _, a := range e.all {
		c.annotation(a)
	}
	c.unexpected()
	slices.SortStableFunc(c.out, func(x, y message) int {
		return cmp.Or(cmp.Compare(x.at.path, y.at.path), cmp.Compare(x.at.line, y.at.line))
	})
	out := make([]string, len(c.out))
	for i, m := range c.out {
		out[i] = m.at.String() + ": " + m.text
	}
	return out
}

// A Gap is a known mistake of the scanner that a fixture documents.
type Gap struct {
	Path     string // within the fixture
	Line     int    // 1-based
	Spurious bool   // false: a missing finding
	Rule     string
	Why      string
}

// Gaps lists the missing and spurious annotations of a fixture, in the order they are written.
func Gaps(files []*text.File) ([]Gap, error) {
	e, errs := readAll(files)
	if len(errs) > 0 {
		return nil, errs[0]
	}
	var gaps []Gap
	for _, a := range e.all {
		if a.mark == markMissing || a.mark == markSpurious {
			gaps = append(gaps, Gap{Path: a.path, Line: a.line, Spurious: a.mark == markSpurious, Rule: a.rule, Why: a.why})
		}
	}
	return gaps, nil
}

type message struct {
	at   place
	text string
}

type comparison struct {
	*expectations
	got  []finding.Finding
	used []bool // findings that some annotation explains
	out  []message
}

func (c *comparison) report(at place, format string, args ...any) {
	c.out = append(c.out, message{at, fmt.Sprintf(format, args...)})
}

// annotation checks one annotation and marks the findings it explains.
func (c *comparison) annotation(a *annotation) {
	at := place{a.path, a.line}
	switch a.mark {
	case markWant, markSpurious:
		if c.claim(a) {
			return
		}
		if a.mark == markSpurious {
			c.report(at, "%s is no longer reported here; remove the spurious comment", a.target())
			return
		}
		c.report(at, "want %s, got %s", a.target(), c.onLine(at))
	case markMissing:
		if c.claim(a) {
			c.report(at, "%s is found now; change missing to want", a.target())
		}
	}
}

// claim marks every finding that a describes and tells whether there is one.
func (c *comparison) claim(a *annotation) bool {
	any := false
	for i := range c.got {
		if c.describes(a, &c.got[i]) {
			c.used[i], any = true, true
		}
	}
	return any
}

// describes tells whether finding f is what a speaks of.
func (c *comparison) describes(a *annotation, f *finding.Finding) bool {
	if ok, _ := path.Match(a.rule, f.RuleID); !ok || at(f.Sink) != (place{a.path, a.line}) {
		return false
	}
	if a.level != finding.Off && a.level != f.Level {
		return false
	}
	if a.from == "" && a.kind == "" {
		return true
	}
	return slices.ContainsFunc(f.Flows, func(fl finding.Flow) bool {
		return len(fl.Steps) > 0 &&
			(a.kind == "" || a.kind == fl.Kind) &&
			(a.from == "" || at(fl.Steps[0]) == c.sources[a.from])
	})
}

// unexpected reports the findings that no annotation explains, and explained ones whose best flow begins at a line
// that none of their annotations names.
func (c *comparison) unexpected() {
	for i := range c.got {
		f := &c.got[i]
		sink := at(f.Sink)
		switch {
		case !c.used[i] && f.Level <= finding.Note && c.notesIgnored[sink.path]:
		case !c.used[i]:
			c.report(sink, "unexpected %s", describe(f))
		default:
			c.firstFlow(f)
		}
	}
}

// firstFlow reports a finding all of whose wants name a source line, none of them the one its best flow begins at:
// the user would be sent to the wrong place.
func (c *comparison) firstFlow(f *finding.Finding) {
	if len(f.Flows) == 0 || len(f.Flows[0].Steps) == 0 {
		return
	}
	begin := at(f.Flows[0].Steps[0])
	for _, a := range c.all {
		if a.mark != markSource && a.mark != markOK && c.describes(a, f) && (a.from == "" || c.sources[a.from] == begin) {
			return
		}
	}
	c.report(at(f.Sink), "the best flow of %s begins at %s, which no want of this line names", f.RuleID, begin)
}

// onLine lists what was reported at a place, for the message of a want that was not met.
func (c *comparison) onLine(p place) string {
	var here, near []string
	for i := range c.got {
		f := &c.got[i]
		switch s := at(f.Sink); {
		case s == p:
			here = append(here, describe(f))
		case s.path == p.path && s.line > p.line-3 && s.line < p.line+3:
			near = append(near, fmt.Sprintf("line %d: %s", s.line, describe(f)))
		}
	}
	switch {
	case len(here) > 0:
		return strings.Join(here, "; ")
	case len(near) > 0:
		return "nothing on this line; nearby " + strings.Join(near, "; ")
	}
	return "nothing"
}

// describe gives a finding in one line: level, rule, sink, and where its flows begin.
func describe(f *finding.Finding) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s (%s", levelName(f.Level), f.RuleID, f.SinkName)
	if f.Case != "" {
		fmt.Fprintf(&b, ", case %s", f.Case)
	}
	b.WriteString(")")
	for i, fl := range f.Flows {
		if len(fl.Steps) == 0 {
			continue
		}
		sep := ", "
		if i == 0 {
			sep = " from "
		}
		fmt.Fprintf(&b, "%s%s %s", sep, fl.Kind, at(fl.Steps[0]))
	}
	return b.String()
}

// at gives the line on which a step begins.
func at(s finding.Step) place {
	if s.File == nil {
		return place{}
	}
	end := min(max(int(s.Span.Start), 0), len(s.File.Text))
	return place{s.File.Path, 1 + bytes.Count(s.File.Text[:end], []byte("\n"))}
}

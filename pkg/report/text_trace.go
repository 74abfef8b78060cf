package report

import (
	"strconv"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/finding"
)

const (
	traceIndent = 2  // blanks before every line of a trace
	leastCode   = 24 // columns for code on the narrowest terminal
)

// A trace prints steps:
//
//	app/net.py:5
//	     5 | answer = requests.get(url)
//	source |          ^^^^^^^^^^^^^^^^^ what happens here
//
// with the place named anew wherever the data goes into another file or cell. No line with a marker is wider than the
// terminal: code is cut around what is marked, and a note that has no room beside its marker stands below it.
type trace struct {
	p      *printer
	gutter int
	code   int    // columns for code and notes
	shown  string // the line that was printed last
}

// steps prints a trace.
func (p *printer) steps(steps []finding.Step) {
	t := &trace{p: p, code: codeWidth}
	for i := range steps {
		t.gutter = max(t.gutter, width(string(steps[i].Kind)))
		if at := steps[i].Place(); at.Path != "" {
			t.gutter = max(t.gutter, len(strconv.Itoa(at.Line)))
		}
	}
	if p.opts.Width > 0 {
		t.code = max(p.opts.Width-traceIndent-t.gutter-len(" | "), leastCode)
	}
	where := ""
	for i := range steps {
		s := &steps[i]
		if at := t.where(s); at != where && at != "" || i == 0 {
			p.line("")
			if at != "" && len(steps) > 1 { // a single step is where the finding is
				p.line("  %s", p.paint(bold, p.place(s)+inCell(s)))
			}
			where, t.shown = at, ""
		}
		t.step(s)
	}
}

// where gives the file of a step, and its cell.
func (t *trace) where(s *finding.Step) string {
	at := s.Place()
	if cell, _, ok := cellOf(s.File, s.Span.Start); ok {
		return at.Path + "\x00" + strconv.Itoa(cell)
	}
	return at.Path
}

// place gives the path of a step as the reader would type it, and the line.
func (p *printer) place(s *finding.Step) string {
	at := s.Place()
	if at.Path == "" {
		return ""
	}
	return visible(p.opts.path(at.Path)) + ":" + strconv.Itoa(at.Line)
}

// stepPlace is the same relative to the folder that all reports speak of.
func stepPlace(s *finding.Step) string {
	at := s.Place()
	if at.Path == "" {
		return ""
	}
	return visible(at.Path) + ":" + strconv.Itoa(at.Line)
}

// line prints one line of a trace with what stands left of the bar.
func (t *trace) line(left, text string) {
	p := t.p
	p.line("  %s %s %s", p.paint(dim, strings.Repeat(" ", max(t.gutter-width(left), 0))+left), p.paint(dim, "|"), text)
}

// step prints a step's line of code, unless it was shown just before, and a marker under it.
func (t *trace) step(s *finding.Step) {
	p, note := t.p, visible(s.Note)
	whole, ok := snippetOf(s)
	if !ok || s.Kind == finding.StepElided {
		for i, line := range wrapped("… "+note, t.code) {
			left := ""
			if i == 0 && s.Kind != finding.StepElided {
				left = string(s.Kind)
			}
			t.line(left, p.paint(dim, line))
		}
		t.shown = ""
		return
	}
	sn := whole.around(t.code)
	if shown := stepPlace(s) + " " + sn.String(); shown != t.shown { // a line that is too long is cut for each step
		t.shown = shown
		t.line(strconv.Itoa(s.Place().Line), sn.before+p.paint(bold, sn.marked)+sn.after)
	}
	t.mark(s, sn, note)
}

// mark prints the marker of a step with its note beside it, or below it where there is no room.
func (t *trace) mark(s *finding.Step, sn snippet, note string) {
	color := kindColor(s.Kind)
	from := width(sn.before)
	mark := strings.Repeat("^", max(width(sn.marked), 1))
	if from+len(mark)+1+width(note) <= t.code || note == "" || t.p.opts.Width == 0 {
		t.line(string(s.Kind), strings.Repeat(" ", from)+t.p.paint(color, strings.TrimRight(mark+" "+note, " ")))
		return
	}
	t.line(string(s.Kind), strings.Repeat(" ", from)+t.p.paint(color, mark))
	lines := wrapped(note, t.code)
	if len(lines) == 1 {
		from = min(from, t.code-width(note))
	} else {
		from = 0
	}
	for _, line := range lines {
		t.line("", strings.Repeat(" ", from)+t.p.paint(color, line))
	}
}

func kindColor(k finding.StepKind) string {
	switch k {
	case finding.StepSource:
		return yellow
	case finding.StepSink:
		return red
	case finding.StepGuard:
		return green
	}
	return blue
}

// wrapped breaks text at blanks into lines of at most max columns; a word that is longer is broken too. Max 0 is no limit.
func wrapped(s string, max int) []string {
	if max <= 0 || width(s) <= max {
		return []string{s}
	}
	var out []string
	line := ""
	for _, word := range strings.Fields(s) {
		for width(word) > max {
			if line != "" {
				out, line = append(out, line), ""
			}
			n := fitting(word, max)
			out, word = append(out, word[:n]), word[n:]
		}
		switch {
		case line == "":
			line = word
		case width(line)+1+width(word) <= max:
			line += " " + word
		default:
			out, line = append(out, line), word
		}
	}
	if line != "" {
		out = append(out, line)
	}
	return out
}

// fitting gives how many bytes of s fit into max columns, at least one character.
func fitting(s string, max int) int {
	w := 0
	for i, r := range s {
		if w += runeWidth(r); w > max && i > 0 {
			return i
		}
	}
	return len(s)
}

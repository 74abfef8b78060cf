package report

import (
	"bytes"
	"sort"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// A flow is shown as a person would tell it: the code of one function after the other, and below each line what happens
// to the data there. Steps of one function that go downwards share a piece of code; a step back begins a new one.

const (
	htmlAround = 2  // lines of code before and after the steps of a segment
	htmlGap    = 6  // so many lines between two steps are shown; of more, a mark
	htmlSpan   = 10 // lines shown of one step
	htmlPad    = 48 // columns a note is moved in, to stand below its code
)

type htmlFlow struct {
	Title, Length string
	Open          bool
	Later         bool // made when it is opened
	Segments      []htmlSegment
}

// htmlSegment is a piece of code, or the words about steps without any.
type htmlSegment struct {
	Path, Function string
	Rows           []htmlRow
}

// htmlRow is one line of code with the notes below it.
type htmlRow struct {
	No    int
	Hit   bool // part of a step
	Gap   bool // lines are left out before it
	Parts []htmlPart
	Notes []htmlNote
}

// htmlPart is a stretch of a line that belongs to one step, or to none.
type htmlPart struct {
	Mark  string // the kind of the step; "" for none
	Words []htmlWord
}

type htmlWord struct {
	Class string // of the kind of word; "" for none
	Text  string
}

type htmlNote struct {
	N               int // which step of the flow
	Kind, Pad, Text string
}

func (b *htmlBuilder) segments(steps []finding.Step) []htmlSegment {
	var out []htmlSegment
	for i := 0; i < len(steps); {
		n := i + 1
		for n < len(steps) && continues(&steps[n-1], &steps[n]) {
			n++
		}
		s := htmlSegment{Path: visible(steps[i].Place().Path), Function: visible(steps[i].Func)}
		if hasCode(&steps[i]) {
			s.Rows = b.rows(steps[i:n], i)
		} else {
			for k := i; k < n; k++ {
				s.Rows = append(s.Rows, htmlRow{Notes: []htmlNote{noteOf(&steps[k], k, "")}})
			}
		}
		out = append(out, s)
		i = n
	}
	return out
}

func hasCode(s *finding.Step) bool { return s.File != nil && s.Kind != finding.StepElided }

// continues says whether the next step is shown in the same piece of code.
func continues(a, b *finding.Step) bool {
	return a.File == b.File && a.Func == b.Func && hasCode(a) == hasCode(b) && (!hasCode(a) || lineOf(a) <= lineOf(b))
}

func lineOf(s *finding.Step) int { return s.File.Position(clampStart(s)).Line }

func clampStart(s *finding.Step) int32 { return min(max(s.Span.Start, 0), int32(len(s.File.Text))) }

func noteOf(s *finding.Step, n int, pad string) htmlNote {
	return htmlNote{N: n + 1, Kind: string(s.Kind), Pad: pad, Text: visible(s.Note)}
}

// rows gives the lines of steps that are in one file, each at or below the one before. The first is number n of the flow.
func (b *htmlBuilder) rows(steps []finding.Step, n int) []htmlRow {
	src := steps[0].File.Text
	var out []htmlRow
	done := int32(-1) // offset where the last line shown begins
	for i := range steps {
		start := clampStart(&steps[i])
		first := lineStart(src, start)
		from := back(src, first, htmlAround)
		if done >= 0 {
			if next := nextLine(src, done); linesBetween(src, next, first) <= htmlGap {
				from = next
			}
			from = max(from, nextLine(src, done))
		}
		gap := done >= 0 && from > nextLine(src, done)
		to := b.spanEnd(steps, i)
		for at := from; at <= to && (at < int32(len(src)) || at == first); {
			row := b.row(steps, at)
			row.Gap, gap = gap, false
			out = append(out, row)
			done = at
			next := nextLine(src, at)
			if next == at {
				break
			}
			at = next
		}
		addNote(out, &steps[i], n+i)
	}
	return trimBlank(b.after(out, steps, done))
}

// spanEnd gives where the last line shown of step i begins.
func (b *htmlBuilder) spanEnd(steps []finding.Step, i int) int32 {
	src := steps[i].File.Text
	at := lineStart(src, clampStart(&steps[i]))
	for range htmlSpan - 1 {
		next := nextLine(src, at)
		if next >= min(steps[i].Span.End, int32(len(src))) || next == at {
			break
		}
		at = next
	}
	return at
}

// after adds the lines below the last step.
func (b *htmlBuilder) after(rows []htmlRow, steps []finding.Step, done int32) []htmlRow {
	src := steps[0].File.Text
	for range htmlAround {
		next := nextLine(src, done)
		if done < 0 || next >= int32(len(src)) || next == done {
			break
		}
		rows, done = append(rows, b.row(steps, next)), next
	}
	return rows
}

// addNote puts the words about a step below the row of its first line.
func addNote(rows []htmlRow, s *finding.Step, n int) {
	line := lineOf(s)
	for i := range rows {
		if rows[i].No == line {
			start := clampStart(s)
			before := visible(string(s.File.Text[lineStart(s.File.Text, start):start]))
			rows[i].Notes = append(rows[i].Notes, noteOf(s, n, strings.Repeat(" ", min(width(before), htmlPad))))
			return
		}
	}
}

func trimBlank(rows []htmlRow) []htmlRow {
	blank := func(r htmlRow) bool { return len(r.Parts) == 0 && len(r.Notes) == 0 }
	for len(rows) > 0 && blank(rows[0]) {
		rows = rows[1:]
	}
	for len(rows) > 0 && blank(rows[len(rows)-1]) {
		rows = rows[:len(rows)-1]
	}
	return rows
}

func back(src []byte, first int32, lines int) int32 {
	for range lines {
		if first > 0 {
			first = lineStart(src, first-1)
		}
	}
	return first
}

func linesBetween(src []byte, from, to int32) int {
	n := 0
	for from < to {
		from = nextLine(src, from)
		n++
	}
	return n
}

// row makes the line that begins at an offset.
func (b *htmlBuilder) row(steps []finding.Step, at int32) htmlRow {
	f := steps[0].File
	next := nextLine(f.Text, at)
	r := htmlRow{No: f.Position(at).Line, Parts: b.parts(steps, at, next)}
	for i := range steps {
		start := clampStart(&steps[i])
		r.Hit = r.Hit || at < max(steps[i].Span.End, start+1) && next > start
	}
	return r
}

// parts cuts a line into words of one kind, and these where a step begins or ends.
func (b *htmlBuilder) parts(steps []finding.Step, from, to int32) []htmlPart {
	f := steps[0].File
	if b.colors[f] == nil {
		b.colors[f] = colorWords(string(f.Text))
	}
	for to > from && isBreak(f.Text[to-1]) {
		to--
	}
	if code := bytes.TrimLeft(f.Text[from:to], " \t"); len(code) > 0 {
		if line, ok := f.Shown(to - int32(len(code))); ok {
			mark, _ := markAt(steps, to-int32(len(code)), to)
			return []htmlPart{{Mark: mark, Words: []htmlWord{{"", visible(line)}}}}
		}
	}
	var out []htmlPart
	words := b.colors[f]
	for i := sort.Search(len(words), func(i int) bool { return words[i].end > int(from) }); i < len(words) && words[i].start < int(to); i++ {
		start, end := max(int32(words[i].start), from), min(int32(words[i].end), to)
		for start < end {
			mark, stop := markAt(steps, start, end)
			word := visible(string(f.Text[start:stop]))
			if n := len(out); n == 0 || out[n-1].Mark != mark {
				out = append(out, htmlPart{Mark: mark})
			}
			out[len(out)-1].add(htmlWord{words[i].class, word})
			start = stop
		}
	}
	return out
}

func (p *htmlPart) add(w htmlWord) {
	if n := len(p.Words); n > 0 && p.Words[n-1].Class == w.Class {
		p.Words[n-1].Text += w.Text
		return
	}
	p.Words = append(p.Words, w)
}

// markAt gives the kind of the smallest step around an offset, and where that ends, at most at end.
func markAt(steps []finding.Step, at, end int32) (kind string, stop int32) {
	least := int32(-1)
	stop = end
	for i := range steps {
		s := steps[i].Span
		if s.Start > at && s.Start < stop {
			stop = s.Start
		}
		if s.Start <= at && at < s.End {
			stop = min(stop, s.End)
			if size := s.End - s.Start; least < 0 || size < least {
				least, kind = size, string(steps[i].Kind)
			}
		}
	}
	return kind, stop
}

// htmlCode colours code that is in no file.
func htmlCode(code string) []htmlRow {
	f := &text.File{Text: []byte(strings.TrimRight(code, "\n"))}
	if len(f.Text) == 0 {
		return nil
	}
	b := &htmlBuilder{colors: map[*text.File][]colorWord{}}
	var rows []htmlRow
	for at := int32(0); at < int32(len(f.Text)); at = nextLine(f.Text, at) {
		rows = append(rows, htmlRow{Parts: b.parts([]finding.Step{{File: f}}, at, nextLine(f.Text, at))})
	}
	return rows
}

// lineStart gives the offset where the line of off starts.
func lineStart(src []byte, off int32) int32 {
	for off > 0 && !isBreak(src[off-1]) {
		off--
	}
	return off
}

// nextLine gives the offset where the line after that of off starts, at most the end.
func nextLine(src []byte, off int32) int32 {
	n := int32(len(src))
	for off < n && !isBreak(src[off]) {
		off++
	}
	if off < n && src[off] == '\r' && off+1 < n && src[off+1] == '\n' {
		off++
	}
	return min(off+1, n)
}

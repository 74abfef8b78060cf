package report

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pickletrace/pickletrace/pkg/finding"
)

// A snippet is the code line of a step with the part that matters marked.
type snippet struct {
	before, marked, after string // together the line, without indentation and line break, safe to show
}

// snippetOf gives the first line of the step's span; ok is false for a step without a file.
func snippetOf(s *finding.Step) (sn snippet, ok bool) {
	if s.File == nil {
		return snippet{}, false
	}
	src := s.File.Text
	n := int32(len(src))
	start := min(max(s.Span.Start, 0), n)
	end := min(max(s.Span.End, start), n)
	first, last := start, start
	for first > 0 && !isBreak(src[first-1]) {
		first--
	}
	for last < n && !isBreak(src[last]) {
		last++
	}
	end = min(end, last)
	if line, ok := s.File.Shown(start); ok {
		return snippet{marked: visible(line)}, true
	}
	for first < start && (src[first] == ' ' || src[first] == '\t' || src[first] == '\f') {
		first++
	}
	return snippet{
		before: visible(string(src[first:start])),
		marked: visible(string(src[start:end])),
		after:  strings.TrimRight(visible(string(src[end:last])), " "),
	}, true
}

func isBreak(c byte) bool { return c == '\n' || c == '\r' }

// around cuts the snippet to about max columns, keeping the marked part in view.
func (s snippet) around(max int) snippet {
	if width(s.before)+width(s.marked)+width(s.after) <= max {
		return s
	}
	s.marked = cutRight(s.marked, max-min(width(s.before), 1)-min(width(s.after), 1)) // room for what says that it was cut
	room := max - width(s.marked) - min(width(s.after), 1)
	if b := width(s.before); b > room/2 {
		s.before = cutLeft(s.before, (room+1)/2)
	}
	s.after = cutRight(s.after, max-width(s.marked)-width(s.before))
	return s
}

func cutRight(s string, max int) string {
	if width(s) <= max {
		return s
	}
	w := 1 // the ellipsis
	for i, r := range s {
		if w += runeWidth(r); w > max {
			return s[:i] + "…"
		}
	}
	return s
}

func cutLeft(s string, max int) string {
	if width(s) <= max {
		return s
	}
	w := 1
	for i := len(s); i > 0; {
		r, n := utf8.DecodeLastRuneInString(s[:i])
		if w += runeWidth(r); w > max {
			return "…" + s[i:]
		}
		i -= n
	}
	return s
}

// width counts the columns a terminal needs for s.
func width(s string) int {
	w := 0
	for _, r := range s {
		w += runeWidth(r)
	}
	return w
}

// wide has the blocks whose characters take two columns; rarer ones are missed and only shift a marker.
var wide = &unicode.RangeTable{
	R16: []unicode.Range16{{0x1100, 0x115f, 1}, {0x2e80, 0x303e, 1}, {0x3041, 0x33ff, 1}, {0x3400, 0x4dbf, 1},
		{0x4e00, 0x9fff, 1}, {0xa000, 0xa4cf, 1}, {0xac00, 0xd7a3, 1}, {0xf900, 0xfaff, 1}, {0xfe30, 0xfe4f, 1},
		{0xff00, 0xff60, 1}, {0xffe0, 0xffe6, 1}},
	R32: []unicode.Range32{{0x1f300, 0x1f64f, 1}, {0x1f900, 0x1f9ff, 1}, {0x20000, 0x3fffd, 1}},
}

func runeWidth(r rune) int {
	switch {
	case r < 0x300:
		return 1
	case unicode.In(r, unicode.Mn, unicode.Me):
		return 0
	case unicode.Is(wide, r):
		return 2
	}
	return 1
}

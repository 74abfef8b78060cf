package finding

import (
	"cmp"

	"github.com/pickletrace/pickletrace/pkg/text"
)

// A Place is a step's span as a person sees it in the file on disk. Lines and columns are 1-based, columns count UTF-16
// code units, and the end column is just past the last character.
type Place struct {
	Path             string // slash-separated, relative to the scan root; "" when no file is meant
	Line, Col        int
	EndLine, EndCol  int
	FirstLineEndsCol int // end column of the part of the span on its first line
}

// Place says where the step is. The zero Place is the answer for a step without a file.
func (s *Step) Place() Place {
	if s.File == nil {
		return Place{}
	}
	start, end := clampSpan(s.File, s.Span)
	from, to := s.File.Position(start), s.File.Position(end)
	p := Place{Path: s.File.Path, Line: from.Line, Col: from.Col, EndLine: to.Line, EndCol: to.Col, FirstLineEndsCol: to.Col}
	if to.Line != from.Line {
		p.FirstLineEndsCol = s.File.Position(firstLineEnd(s.File, start, end)).Col
	}
	return p
}

// clampSpan keeps a span inside the text: a wrong span must give a wrong column, never a crash in the last phase.
func clampSpan(f *text.File, s text.Span) (start, end int32) {
	n := int32(len(f.Text))
	start = min(max(s.Start, 0), n)
	return start, min(max(s.End, start), n)
}

// firstLineEnd gives the offset where the first line of the span ends, without its line break.
func firstLineEnd(f *text.File, start, end int32) int32 {
	for i := start; i < end; i++ {
		if f.Text[i] == '\n' || f.Text[i] == '\r' {
			return i
		}
	}
	return end
}

// comparePlaces orders by path, then by position.
func comparePlaces(a, b Place) int {
	return cmp.Or(
		cmp.Compare(a.Path, b.Path),
		cmp.Compare(a.Line, b.Line),
		cmp.Compare(a.Col, b.Col),
		cmp.Compare(a.EndLine, b.EndLine),
		cmp.Compare(a.EndCol, b.EndCol),
	)
}

package finding

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/text"
)

// AddIgnores gives the edits that put an ignore comment with the reason at the end of the line on which the call of each
// finding ends, or of its statement where that line cannot have a comment; one comment for all findings of a line. Findings without a file or in a notebook are left out: the text of a
// notebook is not what is on disk.
func AddIgnores(fs []Finding, reason string) []Edit {
	type place struct {
		file *text.File
		at   int32
	}
	rules := map[place][]string{}
	var order []place
	files := lexers{}
	for i := range fs {
		f := fs[i].Sink.File
		if f == nil || f.IsNotebook() {
			continue
		}
		l := files.of(f)
		n := l.at(fs[i].Sink.Span.Start)
		if n < 0 {
			continue
		}
		p := place{f, l.commentPlace(&l.stmts[n], fs[i].Sink.Span.End)}
		if rules[p] == nil {
			order = append(order, p)
		}
		if !slices.Contains(rules[p], fs[i].RuleID) {
			rules[p] = append(rules[p], fs[i].RuleID)
		}
	}
	var out []Edit
	for _, p := range order {
		slices.Sort(rules[p])
		comment := fmt.Sprintf("  # %s ignore[%s] -- %s", marker, strings.Join(rules[p], ", "), oneLine(reason))
		out = append(out, Edit{File: p.file, Span: text.Span{Start: p.at, End: p.at}, New: comment})
	}
	return out
}

// commentPlace gives the end of the line on which a call ends, or of the whole statement if that line ends inside of a
// string or with a backslash, or holds a comment.
func (l *lexed) commentPlace(s *statement, callEnd int32) int32 {
	end := l.lineAt(max(callEnd-1, s.start)).End
	if end >= s.last {
		return s.last
	}
	for _, t := range s.tokens {
		if t.start < end && end < t.end {
			return s.last
		}
	}
	for i := range l.comments {
		if c := &l.comments[i]; c.start < end && end <= c.end {
			return s.last
		}
	}
	if l.src[end-1] == '\\' {
		return s.last
	}
	return end
}

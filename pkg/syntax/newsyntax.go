package syntax

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/text"
)

// orderEdits sorts the edits and drops those that overlap an earlier one, which only what is no Python asks for.
func orderEdits(edits []edit) []edit {
	slices.SortStableFunc(edits, func(a, b edit) int { return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(a.end, b.end)) })
	done := int32(0)
	return slices.DeleteFunc(edits, func(e edit) bool {
		if e.start < done {
			return true
		}
		done = e.end
		return false
	})
}

// fixTokens repairs what does not concern the layout in a logical line.
func (r *repairer) fixTokens(line []text.Lexeme) {
	line = slices.DeleteFunc(slices.Clone(line), func(x text.Lexeme) bool {
		return x.Kind == text.LexJoin || x.Kind == text.LexComment
	})
	if r.what&fixTypeCalls != 0 {
		r.fixTypeCalls(line)
	}
	if r.what&fixNewSyntax == 0 {
		return
	}
	r.fixLazyImport(line)
	r.fixStarredLists(line)
	for i, x := range line {
		switch word := r.word(line, i); {
		case x.Kind == text.LexString:
			r.fixTemplate(x)
		case word == "except" && r.is(line, i+1, '*'):
			r.out.edits = append(r.out.edits, blank(line[i+1].Start, line[i+1].End))
			if r.out.groups == nil {
				r.out.groups = map[int32]bool{}
			}
			r.out.groups[x.Start] = true
		case (word == "class" || word == "def" || word == "type") && r.word(line, i+1) != "" && r.is(line, i+2, '['):
			r.fixTypeParameters(line[i+3:])
		}
	}
}

// word gives the name at line[i], "" if there is none.
func (r *repairer) word(line []text.Lexeme, i int) string {
	if i < 0 || i >= len(line) || line[i].Kind != text.LexName {
		return ""
	}
	return string(r.src[line[i].Start:line[i].End])
}

// is reports whether line[i] is the operator or bracket.
func (r *repairer) is(line []text.Lexeme, i int, c byte) bool {
	if i < 0 || i >= len(line) {
		return false
	}
	switch line[i].Kind {
	case text.LexOther, text.LexOpen, text.LexClose:
		return r.src[line[i].Start] == c
	}
	return false
}

// fixTypeCalls writes "type" as another name where a statement starts with a call or subscript of it.
func (r *repairer) fixTypeCalls(line []text.Lexeme) {
	for i, x := range line {
		start := i == 0 || r.is(line, i-1, ';') || r.is(line, i-1, ':')
		if start && r.word(line, i) == "type" && i+1 < len(line) && line[i+1].Kind == text.LexOpen {
			r.out.edits = append(r.out.edits, edit{x.Start, x.End, "tipe"})
		}
	}
}

// fixLazyImport drops the first word of "lazy import a", keeping where the statement starts (PEP 810).
func (r *repairer) fixLazyImport(line []text.Lexeme) {
	next := r.word(line, 1)
	if r.word(line, 0) != "lazy" || next != "import" && next != "from" {
		return
	}
	start, end := line[0].Start, line[1].End
	r.out.edits = append(r.out.edits, edit{start, end, next + strings.Repeat(" ", int(end-start)-len(next))})
}

// fixTemplate makes a format string of a template string (PEP 750): its parts and expressions are the same.
func (r *repairer) fixTemplate(x text.Lexeme) {
	for i := x.Start; i < x.End && r.src[i] != '\'' && r.src[i] != '"'; i++ {
		if r.src[i] == 't' || r.src[i] == 'T' {
			r.out.edits = append(r.out.edits, edit{i, i + 1, "f"})
		}
	}
}

// fixTypeParameters drops the defaults of type parameters (PEP 696). The line starts after the opening bracket.
func (r *repairer) fixTypeParameters(line []text.Lexeme) {
	depth, from := 1, int32(-1)
	for i, x := range line {
		switch {
		case x.Kind == text.LexOpen:
			depth++
		case x.Kind == text.LexClose:
			depth--
		}
		if from >= 0 && (depth == 0 || depth == 1 && r.is(line, i, ',')) {
			r.out.edits = append(r.out.edits, blank(from, x.Start))
			from = -1
		}
		if depth == 0 {
			return
		}
		if depth == 1 && from < 0 && r.is(line, i, '=') {
			from = x.Start
		}
	}
}

// fixStarredLists puts parentheses around expression lists like "a, *[b]", of which the grammar knows only some.
func (r *repairer) fixStarredLists(line []text.Lexeme) {
	start, depth, starred := 0, 0, false
	for i := 0; i <= len(line); i++ {
		if i < len(line) {
			switch line[i].Kind {
			case text.LexOpen:
				depth++
			case text.LexClose:
				depth--
			}
		}
		before, after := r.listEdge(line, i)
		if depth == 0 && before {
			if starred && start < i {
				r.parenthesize(line[start].Start, line[i-1].End)
			}
			starred = false
		}
		if depth == 0 && after {
			start = i + 1
		}
		if depth == 0 && r.is(line, i, '*') && (i == start || r.is(line, i-1, ',')) && r.starsLiteral(line, i) {
			starred = true
		}
	}
}

func (r *repairer) parenthesize(start, end int32) {
	r.out.edits = append(r.out.edits, edit{start, start, "("}, edit{end, end, ")"})
}

// listEdge reports whether an expression list ends before line[i], and whether one may start after it.
func (r *repairer) listEdge(line []text.Lexeme, i int) (before, after bool) {
	if i >= len(line) {
		return true, false
	}
	switch r.word(line, i) {
	case "return", "yield", "in":
		return true, true
	}
	if line[i].Kind != text.LexOther {
		return false, false
	}
	switch r.src[line[i].Start] {
	case ';', ':':
		return true, true
	case '=':
		return r.assigns(line[i].Start), r.assigns(line[i].Start)
	}
	return false, false
}

// assigns reports whether the equals sign at off is not part of a comparison.
func (r *repairer) assigns(off int32) bool {
	next := int(off) + 1
	return (off == 0 || !bytes.ContainsAny(r.src[off-1:off], "!<>=")) && (next >= len(r.src) || r.src[next] != '=')
}

// starsLiteral reports whether the star at line[i] is followed by something other than a name.
func (r *repairer) starsLiteral(line []text.Lexeme, i int) bool {
	return i+1 < len(line) && (line[i+1].Kind == text.LexOpen || line[i+1].Kind == text.LexString)
}

package syntax

import (
	"bytes"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/text"
)

// The parser misreads some valid code without saying so, and takes time that grows with the square of the length for
// other. Each of these is repaired in a copy of the text that means the same:
//
//   - It keeps 8 bits of the indentation and counts tabs by itself, so a body indented by 256 columns, or by a mixture
//     of tabs and spaces, ends up in another block. Every level is indented by one space instead.
//   - Long runs of backslashes at line ends and of comment lines are read again and again. They become spaces.
//   - "type(self).x = v" becomes a type alias and the call is lost. The name is written in another way.
//   - It does not know the newest syntax: t-strings, "except* A, B", defaults of type parameters, "lazy import", nor
//     "return a, *[b]". The first become what is older and means the same for us, the last gets parentheses.
//
// The last group is tried only if there are syntax errors.

// A fix is a set of repairs.
type fix uint8

const (
	fixLayout fix = 1 << iota
	fixTypeCalls
	fixNewSyntax
	fixAll = fixLayout | fixTypeCalls | fixNewSyntax
)

const (
	maxIndent     = 255 // columns
	maxLevels     = 200 // of indentation; CPython allows 100
	maxJoins      = 50  // lines joined by backslashes one after the other
	maxCommentRun = 200 // lines
)

// layoutSuspect reports whether the layout may be one of those that the parser misreads. It looks at lines alone, so
// what it finds may lie in a string.
func layoutSuspect(src []byte) bool {
	joins, comments := 0, 0
	for len(src) > 0 {
		line := src
		if n := bytes.IndexByte(src, '\n'); n >= 0 {
			line, src = src[:n], src[n+1:]
		} else {
			src = nil
		}
		if n := len(line); n > 0 && line[n-1] == '\r' {
			line = line[:n-1]
		}
		first, wide := indentSuspect(line)
		if first == len(line) {
			continue
		}
		if line[first] == '#' {
			comments++
		} else {
			comments = 0
		}
		joined := line[len(line)-1] == '\\'
		if joined {
			joins++
		} else {
			joins = 0
		}
		if wide || comments > maxCommentRun || joins > maxJoins || joined && first == len(line)-1 {
			return true
		}
	}
	return false
}

// indentSuspect gives the index of the first byte of the line that is not blank, and whether the parser may count the
// columns before it differently from Python.
func indentSuspect(line []byte) (first int, suspect bool) {
	columns, spaces := 0, false
	for i, c := range line {
		switch c {
		case ' ':
			columns++
			spaces = true
		case '\t':
			columns += 8
			suspect = suspect || spaces
		case '\f':
			columns, spaces = 0, false
		default:
			return i, suspect || columns > maxIndent
		}
	}
	return len(line), false
}

// repairs are what has to be changed in a text.
type repairs struct {
	edits   []edit         // in order
	groups  map[int32]bool // offsets of the except clauses that lost their star
	tooDeep bool           // the indentation has more levels than can be repaired
}

// findRepairs looks for what is to be repaired in src.
func findRepairs(src []byte, what fix) repairs {
	r := repairer{src: src, what: what, columns: []int{0}}
	r.layout = what&fixLayout != 0 && r.needsLayout()
	r.lines(func(blank, indent text.Lexeme, line []text.Lexeme) {
		if r.layout {
			r.fixLine(blank, indent, line)
		}
		r.fixTokens(line)
	})
	r.endComments()
	if r.deep {
		r.out.tooDeep = true
	}
	r.out.edits = orderEdits(r.out.edits)
	return r.out
}

type repairer struct {
	src      []byte
	what     fix
	layout   bool
	out      repairs
	columns  []int         // of the open levels, from the outside
	comments []text.Lexeme // the run of comment lines at hand
	deep     bool
}

// lines calls yield with each logical line: the white space before it, and its lexemes with joins and comments. Lines
// that have only a comment come with an empty line but for the comment, and with blank instead of indent.
func (r *repairer) lines(yield func(blank, indent text.Lexeme, line []text.Lexeme)) {
	lex := text.NewLexer(r.src)
	var indent, blank text.Lexeme
	var line []text.Lexeme
	flush := func() {
		if len(line) > 0 {
			yield(blank, indent, line)
		}
		line, blank, indent = line[:0], text.Lexeme{}, text.Lexeme{}
	}
	for {
		x := lex.Next()
		switch x.Kind {
		case text.LexEnd:
			flush()
			return
		case text.LexIndent:
			flush()
			indent = x
		case text.LexBlank:
			flush()
			blank = x
		case text.LexNewline:
			flush()
		case text.LexBreak:
			if lex.Depth() == 0 {
				flush()
			}
		default:
			line = append(line, x)
		}
	}
}

// needsLayout reports whether the layout really is one that the parser misreads.
func (r *repairer) needsLayout() bool {
	need, run := false, 0
	r.lines(func(blank, indent text.Lexeme, line []text.Lexeme) {
		if indent.Kind != text.LexIndent {
			run++
			need = need || run > maxCommentRun
			return
		}
		run = 0
		before := r.src[indent.Start:indent.End]
		_, suspect := indentSuspect(append(bytes.Clone(before), 'x'))
		need = need || suspect || bytes.IndexByte(before, '\\') >= 0
		joins := 0
		for _, x := range line {
			if x.Kind == text.LexJoin {
				joins++
			} else {
				joins = 0
			}
			need = need || joins > maxJoins
		}
	})
	return need
}

// fixLine repairs the layout of a logical line or comment line.
func (r *repairer) fixLine(blankBefore, indent text.Lexeme, line []text.Lexeme) {
	if indent.Kind != text.LexIndent {
		r.comments = append(r.comments, line...)
		r.reindent(blankBefore, r.level(r.src[blankBefore.Start:blankBefore.End], false))
		return
	}
	r.endComments()
	r.reindent(indent, r.level(r.src[indent.Start:indent.End], true))
	for _, x := range line {
		if x.Kind == text.LexJoin {
			r.out.edits = append(r.out.edits, blank(x.Start, x.End))
		}
	}
}

func (r *repairer) reindent(x text.Lexeme, level int) {
	if with := strings.Repeat(" ", level); with != string(r.src[x.Start:x.End]) {
		r.out.edits = append(r.out.edits, edit{x.Start, x.End, with})
	}
}

// level gives how many blocks a line with that white space before it is in. Code opens and closes blocks, comments do
// not.
func (r *repairer) level(before []byte, code bool) int {
	col := pythonColumn(before)
	n := len(r.columns)
	for n > 1 && r.columns[n-1] > col {
		n--
	}
	if !code {
		return n - 1
	}
	r.columns = r.columns[:n]
	if col > r.columns[n-1] {
		r.columns = append(r.columns, col)
	}
	if len(r.columns) > maxLevels {
		r.deep = true
	}
	return len(r.columns) - 1
}

// pythonColumn gives the column that CPython takes for the indentation: tabs reach to multiples of 8, form feeds start
// again, and of lines joined by backslashes the first that is indented counts.
func pythonColumn(before []byte) int {
	col, joined := 0, 0
	for _, c := range before {
		switch c {
		case ' ':
			col++
		case '\t':
			col = (col/8 + 1) * 8
		case '\f':
			col = 0
		case '\\':
			if joined == 0 {
				joined = col
			}
		}
	}
	if joined > 0 {
		return joined
	}
	return col
}

// endComments makes spaces of the comments of a run that is too long, but for the last.
func (r *repairer) endComments() {
	if len(r.comments) > maxCommentRun {
		for _, c := range r.comments[:len(r.comments)-1] {
			r.out.edits = append(r.out.edits, blank(c.Start, c.End))
		}
	}
	r.comments = r.comments[:0]
}

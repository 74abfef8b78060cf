package text

import (
	"bytes"
	"regexp"
	"strings"
)

// What IPython adds to Python is blanked in the text of notebooks, byte by byte, so that offsets stay what they are:
// lines that start with "%", "!" or "?", lines that end in "?", whole cells that start with "%%", and what is assigned
// from a command ("files = !ls"). Magics that only watch a statement ("%time x = f()") leave the statement.

// pythonMagics run the code they are given as Python.
var pythonMagics = map[string]bool{
	"time": true, "timeit": true, "prun": true, "capture": true, "memit": true, "mprun": true, "lprun": true,
	"python": true, "python3": true, "pypy": true, "py": true, "debug": true,
}

var (
	pipCommand = regexp.MustCompile(`\bpip3?(?:\.\d+)?[ \t]+install[ \t]+([^\r\n;&|#]+)`)
	helpLine   = regexp.MustCompile(`^[%\w.*\[\]'"]+\?\??[ \t]*$`)
	magicLine  = regexp.MustCompile(`^%{1,2}(\w+)((?:[ \t]+-[a-zA-Z]+(?:[ \t]*\d+)?)*)[ \t]*`)
)

// blankMagics turns each cell into Python. A cell that is no Python by itself, since it leaves a bracket or a string
// open, is blanked as a whole: it would take the next cells with it.
func (f *File) blankMagics() []Problem {
	var problems []Problem
	for _, c := range f.book.cells {
		f.recordInstalls(c)
		m := magics{cell: f.Text[c.start:c.end]}
		if !m.blankCell() {
			m.blankLines()
		}
		if m.open {
			blankAll(m.cell)
			problems = append(problems, Problem{Path: f.Path, Line: f.Position(c.start).Line, Severity: Partial,
				Kind: "broken-cell", Msg: "the cell was not analysed: a bracket or string in it is not closed"})
		}
	}
	return problems
}

// recordInstalls notes the pip commands of the cell, before they are blanked.
func (f *File) recordInstalls(c cell) {
	for at := c.start; at < c.end; {
		line := f.Text[at:c.end]
		if n := bytes.IndexByte(line, '\n'); n >= 0 {
			line = line[:n+1]
		}
		command := bytes.TrimLeft(line, " \t")
		shell := len(command) > 0 && (command[0] == '!' || command[0] == '%') || f.inShellCell(c, at)
		if m := pipCommand.FindSubmatch(line); m != nil && shell {
			f.Installs = append(f.Installs, Install{Line: f.Position(at).Line, Args: string(bytes.TrimSpace(m[1]))})
		}
		at += int32(len(line))
	}
}

// inShellCell reports whether the offset is in a cell that a shell runs.
func (f *File) inShellCell(c cell, at int32) bool {
	first, _, _ := strings.Cut(strings.TrimLeft(string(f.Text[c.start:min(c.end, c.start+80)]), " \t\n"), "\n")
	switch word, _, _ := strings.Cut(strings.TrimSpace(first), " "); word {
	case "%%bash", "%%sh", "%%script", "%%system":
		return true
	}
	return false
}

// magics blanks what is not Python in one cell.
type magics struct {
	cell []byte
	open bool // a bracket or string is not closed
}

// blankCell handles cells whose first line is "%%…". It reports whether nothing of the cell is left.
func (m *magics) blankCell() bool {
	start := len(m.cell) - len(bytes.TrimLeft(m.cell, " \t\r\n"))
	line := m.cell[start:]
	if !bytes.HasPrefix(line, []byte("%%")) {
		return false
	}
	if n := bytes.IndexByte(line, '\n'); n >= 0 {
		line = line[:n]
	}
	if sub := magicLine.FindSubmatch(line); sub != nil && pythonMagics[string(sub[1])] {
		blankAll(line)
		return false
	}
	blankAll(m.cell)
	return true
}

// blankLines handles single lines. Only the start of a logical line can be a magic: "%" elsewhere is an operator.
func (m *magics) blankLines() {
	lex := NewLexer(m.cell)
	var last [2]Lexeme
	for {
		x := lex.Next()
		switch {
		case x.Kind == LexEnd:
			m.open = m.open || lex.Depth() > 0
			return
		case x.Kind == LexIndent && m.isMagic(x.End):
			from := x.End
			lex.SkipLine()
			m.blankMagic(from, lex.offset())
		case x.Kind == LexOther && lex.Depth() == 0 && m.isCommandAssigned(x, last):
			lex.SkipLine()
			blankAll(m.cell[x.Start:lex.offset()])
			m.cell[x.Start] = '0'
		case x.Kind == LexString && x.Bad:
			m.open = m.open || bytes.IndexByte(m.cell[x.Start:x.End], '\n') >= 0 || int(x.End) == len(m.cell)
		}
		last[0], last[1] = last[1], x
	}
}

// isMagic reports whether the logical line that starts at the offset is not Python.
func (m *magics) isMagic(at int32) bool {
	line := m.cell[at:]
	if n := bytes.IndexAny(line, "\r\n"); n >= 0 {
		line = line[:n]
	}
	switch line[0] {
	case '%', '!', '?':
		return true
	}
	return line[len(line)-1] == '?' && helpLine.Match(line)
}

// isCommandAssigned reports whether x is the "!" or "%" of "name = !command".
func (m *magics) isCommandAssigned(x Lexeme, last [2]Lexeme) bool {
	c := m.cell[x.Start]
	if c != '!' && c != '%' || last[1].Kind != LexOther || m.cell[last[1].Start] != '=' {
		return false
	}
	return last[0].Kind == LexName || last[0].Kind == LexClose
}

// blankMagic blanks the magic line. Of those that run Python the statement is left, after a statement that does
// nothing, since blanks before it would be indentation.
func (m *magics) blankMagic(from, to int32) {
	line := m.cell[from:to]
	if sub := magicLine.FindSubmatchIndex(line); sub != nil && pythonMagics[string(line[sub[2]:sub[3]])] && sub[1] >= 2 && sub[1] < len(line) {
		blankAll(line[:sub[1]])
		copy(line, "0;")
		return
	}
	blankAll(line)
	if from > 0 && !isBreak(m.cell[from-1]) {
		line[0] = '0' // it may be all there is in its block
	}
}

// blankAll makes spaces of all but line ends.
func blankAll(s []byte) {
	for i, c := range s {
		if !isBreak(c) {
			s[i] = ' '
		}
	}
}

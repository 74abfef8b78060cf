package text

import (
	"bytes"
	"regexp"
	"strings"
)

// What IPython adds to Python becomes what IPython makes of it before it runs a cell: "!wget {url}" is the call
// get_ipython().system("wget " + str(url)), "files = !ls" a call of getoutput, "%cd x" one of run_line_magic, and a cell
// of a shell one of run_cell_magic. What says nothing of data is blanked, byte by byte. Magics that only watch a statement
// ("%time x = f()") leave the statement; a cell that is written to a Python file is that file (see Written).

// pythonMagics run the code they are given as Python.
var pythonMagics = map[string]bool{
	"time": true, "timeit": true, "prun": true, "capture": true, "memit": true, "mprun": true, "lprun": true,
	"python": true, "python3": true, "pypy": true, "py": true, "debug": true,
}

// shellMagics run a line or a cell in a shell.
var shellMagics = map[string]bool{"bash": true, "sh": true, "system": true, "sx": true, "!": true, "script": true}

// installMagics install packages.
var installMagics = map[string]bool{"pip": true, "conda": true, "mamba": true, "micromamba": true, "uv": true}

// lineMagics are handed on as they are: they change where the lines after them look for files.
var lineMagics = map[string]bool{"cd": true, "pushd": true, "popd": true}

// bareMagics are magics and aliases that IPython takes without a mark.
var bareMagics = map[string]bool{
	"cd": true, "pip": true, "conda": true, "mamba": true, "run": true, "ls": true, "ll": true, "cp": true, "mv": true, "rm": true,
	"mkdir": true, "rmdir": true, "cat": true, "pwd": true, "env": true, "matplotlib": true, "load_ext": true, "autoreload": true,
}

// bareShell are those of them that are programs.
var bareShell = map[string]bool{"cp": true, "mv": true}

var (
	installCommand = regexp.MustCompile(`\b(?:pip3?(?:\.\d+)?|(?:micro)?mamba|conda)[ \t]+(?:-\S+[ \t]+)*install[ \t]`)
	lowerBounds    = regexp.MustCompile(`(^|[ \t])([A-Za-z][\w.\[\],-]*[<>]=?[\w.,<>=*]+)`) // a shell takes it for a file to write
	helpLine       = regexp.MustCompile(`^[%\w.*\[\]'"]+\?\??[ \t]*$`)
	magicLine      = regexp.MustCompile(`^%{1,2}(\w+|!)((?:[ \t]+-[a-zA-Z]+(?:[ \t]*\d+)?)*)[ \t]*`)
	bareLine       = regexp.MustCompile(`^([a-z_]+)(?:[ \t]+([^ \t=(\r\n][^\r\n]*))?[ \t]*$`)
)

// blankMagics turns each cell into Python. A cell that is no Python by itself, since it leaves a bracket or a string
// open, is blanked as a whole: it would take the next cells with it.
func (f *File) blankMagics() []Problem {
	var problems []Problem
	var edits []rewriting
	for _, c := range f.book.cells {
		m := magics{file: f, start: c.start, cell: f.Text[c.start:c.end]}
		if !m.blankCell() {
			m.blankLines()
		}
		if m.open {
			blankAll(m.cell)
			problems = append(problems, Problem{Path: f.Path, Line: f.Position(c.start).Line, Severity: Partial,
				Kind: "broken-cell", Msg: "the cell was not analysed: a bracket or string in it is not closed"})
			continue
		}
		edits = append(edits, m.edits...)
	}
	f.rewrite(edits)
	return problems
}

// magics turns what is not Python in one cell.
type magics struct {
	file  *File
	start int32 // of the cell in the file's text
	cell  []byte
	open  bool // a bracket or string is not closed
	edits []rewriting
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
	name, args := "", ""
	if sub := magicLine.FindSubmatchIndex(line); sub != nil {
		name, args = string(line[sub[2]:sub[3]]), strings.TrimSpace(string(line[sub[3]:]))
	}
	body := m.cell[start+len(line):]
	switch {
	case pythonMagics[name]:
		blankAll(line)
		return false
	case shellMagics[name]:
		if name == "script" {
			name, _, _ = strings.Cut(args, " ")
		}
		m.installs(body, m.start+int32(start+len(line)))
		m.replace(start, len(m.cell), "get_ipython().run_cell_magic("+quoted(name)+`, "", `+quoted(string(body))+")")
	case name == "writefile" || name == "file":
		m.file.addWritten(args, m.start+int32(start+len(line)), m.start+int32(len(m.cell)))
		if requirementsFile.MatchString(args) {
			m.requirements(body, m.start+int32(start+len(line)))
		}
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
			m.magic(int(from), int(lex.offset()))
		case x.Kind == LexOther && lex.Depth() == 0 && m.isCommandAssigned(x, last):
			lex.SkipLine()
			m.assigned(int(x.Start), int(lex.offset()))
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
	return line[len(line)-1] == '?' && helpLine.Match(line) || m.isBare(line)
}

// isBare reports whether a line is a magic without its mark, as in "pip install x". What the notebook gives a meaning of
// its own is Python.
func (m *magics) isBare(line []byte) bool {
	sub := bareLine.FindSubmatch(line)
	if sub == nil || !bareMagics[string(sub[1])] {
		return false
	}
	word, rest := string(sub[1]), string(sub[2])
	if rest != "" && (strings.HasPrefix(rest, "in ") || strings.HasPrefix(rest, "is ") || strings.HasPrefix(rest, "if ") ||
		len(rest) > 1 && strings.IndexByte("+-*/%<>!&|^,:;.", rest[0]) >= 0 && (rest[1] == ' ' || rest[1] == '=')) {
		return false
	}
	if rest == "" && word != "ls" && word != "pwd" && word != "cd" {
		return false
	}
	bound := regexp.MustCompile(`\b` + word + `\b[ \t]*(=|,|:)|\b(def|class|import|as|for)[ \t]+` + word + `\b`)
	return !bound.Match(m.file.Text)
}

// isCommandAssigned reports whether x is the "!" or "%" of "name = !command".
func (m *magics) isCommandAssigned(x Lexeme, last [2]Lexeme) bool {
	c := m.cell[x.Start]
	if c != '!' && c != '%' || last[1].Kind != LexOther || m.cell[last[1].Start] != '=' {
		return false
	}
	return last[0].Kind == LexName || last[0].Kind == LexClose
}

// assigned turns the command of "name = !command".
func (m *magics) assigned(from, to int) {
	line := m.cell[from:to]
	sub := magicLine.FindSubmatch(line)
	switch {
	case line[0] == '!':
		m.shell(from, to, "getoutput", string(line[1:]))
	case sub != nil && (string(sub[1]) == "sx" || string(sub[1]) == "system"):
		m.shell(from, to, "getoutput", string(line[len(sub[0]):]))
	}
	blankAll(line)
	line[0] = '0'
}

// magic turns a magic line. Of those that run Python the statement is left, after a statement that does nothing, since
// blanks before it would be indentation.
func (m *magics) magic(from, to int) {
	line := m.cell[from:to]
	sub := magicLine.FindSubmatchIndex(line)
	if sub != nil && pythonMagics[string(line[sub[2]:sub[3]])] && sub[1] >= 2 && sub[1] < len(line) {
		if rest := line[sub[1]:]; rest[0] == '!' {
			m.magic(from+sub[1], to)
		}
		blankAll(line[:sub[1]])
		copy(line, "0;")
		return
	}
	m.call(from, to, sub)
	blankAll(line)
	if from > 0 && !isBreak(m.cell[from-1]) {
		line[0] = '0' // it may be all there is in its block
	}
}

// call writes down the call that a magic line is, if it is of interest.
func (m *magics) call(from, to int, sub []int) {
	line := string(m.cell[from:to])
	name, args := "", ""
	switch {
	case line[0] == '!':
		m.installs([]byte(line), m.start+int32(from))
		m.shell(from, to, "system", strings.TrimLeft(line, "!"))
		return
	case sub != nil:
		name, args = line[sub[2]:sub[3]], strings.TrimSpace(line[sub[3]:])
	case line[0] != '%' && line[0] != '?':
		name, args, _ = strings.Cut(strings.TrimSpace(line), " ")
	}
	switch {
	case installMagics[name]:
		m.installs([]byte(line), m.start+int32(from))
	case name == "sx" || name == "system" || bareShell[name] && line[0] != '%':
		m.shell(from, to, "system", strings.TrimPrefix(line, "%"+name))
	case name == "run":
		if module := m.file.addRun(args); module != "" {
			m.replace(from, to, "from ."+module+" import *")
		}
	case lineMagics[name]:
		m.replace(from, to, "get_ipython().run_line_magic("+quoted(name)+", "+m.interpolated(args)+")")
	}
}

func (m *magics) shell(from, to int, method, command string) {
	m.replace(from, to, "get_ipython()."+method+"("+m.interpolated(command)+")")
}

// replace notes that a part of the cell is to become other text.
func (m *magics) replace(from, to int, code string) {
	m.edits = append(m.edits, rewriting{start: m.start + int32(from), end: m.start + int32(to), code: code,
		written: string(m.cell[from:to])})
}

// installs notes the commands of shell lines that install packages. The text begins at the offset of the file.
func (m *magics) installs(text []byte, at int32) {
	for len(text) > 0 {
		line, rest, _ := bytes.Cut(text, []byte("\n"))
		for bytes.HasSuffix(line, []byte(`\`)) && len(rest) > 0 {
			var more []byte
			more, rest, _ = bytes.Cut(rest, []byte("\n"))
			line = append(append(bytes.Clone(line[:len(line)-1]), ' '), more...)
		}
		command := strings.TrimLeft(string(line), "!% \t")
		if installCommand.MatchString(command) {
			m.file.Installs = append(m.file.Installs, Install{Line: m.file.Position(at).Line, Command: lowerBounds.ReplaceAllString(strings.TrimSpace(command), "${1}'${2}'")})
		}
		at += int32(len(text) - len(rest))
		text = rest
	}
}

// requirementsFile matches the name of a requirements file at the end of a magic's arguments.
var requirementsFile = regexp.MustCompile(`(?:^|[\s/\\"'])[\w.-]*requirements[\w.-]*\.(?:txt|in)["']?$`)

// requirements notes the lines of a requirements file that a cell writes.
func (m *magics) requirements(text []byte, at int32) {
	for line := range bytes.Lines(text) {
		if req := strings.TrimSpace(string(line)); req != "" {
			m.file.Installs = append(m.file.Installs, Install{Line: m.file.Position(at).Line, Requirement: req})
		}
		at += int32(len(line))
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

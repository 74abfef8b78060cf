package shell

import (
	"maps"
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// A reader collects the commands of a script.
type reader struct {
	vars    map[string]string // the script's own and those given, as far as they are known
	written bool
	max     int
	src     string // what is parsed now
	first   int    // the line of the script where it begins, from 0
	depth   int    // of scripts in scripts
	grown   int    // bytes of values in words
	out     Script
}

func newReader(o Options) *reader {
	r := &reader{vars: maps.Clone(o.Vars), written: o.Written, max: o.Max}
	if r.vars == nil {
		r.vars = map[string]string{}
	}
	if r.max <= 0 {
		r.max = maxCommands
	}
	return r
}

// script reads a text that begins at r.first.
func (r *reader) script(text string) {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	if r.parse(text) {
		return
	}
	first := r.first
	for text != "" && len(r.out.Commands) < r.max {
		line, rest := logicalLine(text)
		if !r.parse(line) {
			r.plain(line)
		}
		r.first += strings.Count(line, "\n") + 1
		text = rest
	}
	r.first = first
}

// parse reads a text that is shell as a whole; false if it is not.
func (r *reader) parse(text string) bool {
	if !bounded(text) {
		return false
	}
	file, err := parser().Parse(strings.NewReader(text), "")
	if err != nil {
		return false
	}
	before := r.src
	r.src = text
	r.stmts(file.Stmts)
	r.src = before
	return true
}

func (r *reader) stmts(list []*syntax.Stmt) {
	for _, s := range list {
		r.stmt(s)
	}
}

// stmt adds the commands of a statement.
func (r *reader) stmt(s *syntax.Stmt) {
	before := len(r.out.Commands)
	r.command(s.Cmd)
	for _, redirect := range s.Redirs {
		if redirect.Word == nil || len(r.out.Commands) == before {
			continue
		}
		if redirect.Op == syntax.Hdoc || redirect.Op == syntax.DashHdoc {
			r.here(redirect, before)
			continue
		}
		file := r.word(redirect.Word)
		switch redirect.Op {
		case syntax.RdrOut, syntax.AppOut, syntax.RdrAll, syntax.AppAll, syntax.RdrClob:
			if redirect.N != nil && redirect.N.Value != "1" {
				continue // errors
			}
			last := &r.out.Commands[len(r.out.Commands)-1]
			last.Out = append(last.Out, file)
		case syntax.RdrIn:
			r.out.Commands[before].In = file
		}
	}
}

// here reads the text that is given to a shell: bash <<EOF.
func (r *reader) here(redirect *syntax.Redirect, command int) {
	if words := r.out.Commands[command].Words; redirect.Hdoc == nil || !isShell(words[0]) || len(words) > 1 && !strings.HasPrefix(words[1], "-") {
		return
	}
	var b strings.Builder
	for _, p := range redirect.Hdoc.Parts {
		b.WriteString(r.source(p))
	}
	r.nested(b.String(), int(redirect.Hdoc.Pos().Line())-1)
}

// nested reads a script within the script, which begins at the line of what is parsed now.
func (r *reader) nested(text string, line int) {
	if r.depth >= maxDepth {
		return
	}
	first := r.first
	r.depth, r.first = r.depth+1, r.first+line
	r.script(text)
	r.depth, r.first = r.depth-1, first
}

func (r *reader) command(c syntax.Command) {
	switch c := c.(type) {
	case *syntax.CallExpr:
		r.call(c)
	case *syntax.BinaryCmd:
		r.stmt(c.X)
		left := len(r.out.Commands) - 1
		r.stmt(c.Y)
		if (c.Op == syntax.Pipe || c.Op == syntax.PipeAll) && left >= 0 && left+1 < len(r.out.Commands) {
			r.out.Commands[left+1].Piped = left
		}
	case *syntax.Block:
		r.stmts(c.Stmts)
	case *syntax.Subshell:
		r.stmts(c.Stmts)
	case *syntax.IfClause:
		for ; c != nil; c = c.Else {
			r.stmts(c.Cond)
			r.stmts(c.Then)
		}
	case *syntax.WhileClause:
		r.stmts(c.Cond)
		r.stmts(c.Do)
	case *syntax.ForClause:
		if loop, ok := c.Loop.(*syntax.WordIter); ok {
			r.vars[loop.Name.Value] = string(Unknown)
		}
		r.stmts(c.Do)
	case *syntax.CaseClause:
		for _, item := range c.Items {
			r.stmts(item.Stmts)
		}
	case *syntax.TimeClause:
		if c.Stmt != nil {
			r.stmt(c.Stmt)
		}
	case *syntax.DeclClause:
		r.declare(c)
	case *syntax.FuncDecl:
		r.stmt(c.Body)
	}
}

// declare notes what export, declare and their like set.
func (r *reader) declare(c *syntax.DeclClause) {
	exported := c.Variant.Value == "export"
	for _, a := range c.Args {
		if a.Name == nil {
			exported = exported || a.Value != nil && r.word(a.Value) == "-x"
			continue
		}
		value, line := r.assign(a), int(a.Pos().Line())-1
		if a.Naked {
			value = r.vars[a.Name.Value] // export A, which was set before
		}
		if _, known := r.vars[a.Name.Value]; exported && known {
			r.export(a.Name.Value, value, line)
		}
	}
}

func (r *reader) call(c *syntax.CallExpr) {
	line := int(c.Pos().Line()) - 1
	if len(c.Args) == 0 {
		for _, a := range c.Assigns {
			r.assign(a)
		}
		return
	}
	var words []string
	var lines []int
	for _, w := range c.Args {
		words, lines = append(words, r.word(w)), append(lines, int(w.Pos().Line())-1)
	}
	for _, a := range c.Assigns {
		if a.Name != nil && a.Value != nil {
			r.export(a.Name.Value, r.word(a.Value), line)
		} else if a.Name != nil && a.Array == nil {
			r.export(a.Name.Value, "", line) // A= program
		}
	}
	r.words(words, lines, line)
}

// export notes a variable that programs get.
func (r *reader) export(name, value string, line int) {
	if len(r.out.Exports) < r.max {
		r.out.Exports = append(r.out.Exports, Variable{name, value, r.first + line})
	}
}

// words adds the command that words are, or those of the script that they give to a shell. lines are of the words, and nil if they
// are all on the line.
func (r *reader) words(words []string, lines []int, line int) {
	n := r.program(words, line)
	if words = words[n:]; len(words) == 0 {
		return
	}
	if lines != nil {
		lines = lines[n:]
	}
	if len(words) > 2 && isShell(words[0]) {
		for i, w := range words[1 : len(words)-1] {
			if strings.HasPrefix(w, "-") && strings.HasSuffix(w, "c") {
				r.nested(words[i+2], at(lines, i+2, line))
				return
			}
		}
	}
	if len(r.out.Commands) >= r.max {
		return
	}
	c := Command{Words: words, Line: r.first + at(lines, 0, line), Piped: -1}
	for i := range lines {
		c.Lines = append(c.Lines, r.first+lines[i])
	}
	r.out.Commands = append(r.out.Commands, c)
}

func at(lines []int, i, line int) int {
	if i < len(lines) {
		return lines[i]
	}
	return line
}

// program counts the words before the program that is meant: programs that start the one after them, with their options and the
// variables that they give to it.
func (r *reader) program(words []string, line int) int {
	n := 0
	for n+1 < len(words) {
		switch Base(words[n]) {
		case "sudo", "nohup", "nice", "command", "exec", "time", "stdbuf", "env":
		default:
			return n
		}
		for n++; n+1 < len(words) && (strings.HasPrefix(words[n], "-") || assignment.MatchString(words[n])); n++ {
			if name, value, ok := strings.Cut(words[n], "="); ok && IsName(name) {
				r.export(name, value, line)
			}
		}
	}
	return n
}

// assign notes a variable and gives its value.
func (r *reader) assign(a *syntax.Assign) string {
	if a.Name == nil || a.Naked {
		return ""
	}
	value := ""
	if a.Value != nil {
		value = r.word(a.Value)
	}
	if r.vars[a.Name.Value] = value; len(value) > maxVariable || a.Append {
		r.vars[a.Name.Value] = string(Unknown)
	}
	return value
}

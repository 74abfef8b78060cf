// Package shell reads command lines: which programs are called with which words. It runs nothing and expands nothing that
// is not said in the line itself.
package shell

import (
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// Unknown stands in a word for what only a run would tell: $HOME, $(date).
const Unknown = '\uf8ff'

// A Command is one call of a program.
type Command struct {
	Words []string // the program first; with Unknown where a part is not known
	In    string   // the file its standard input comes from; "" for none
	Out   []string // the files its standard output goes to
	Line  int      // of the script, from 0
	Piped int      // the command whose output it reads, counted in the list that holds both; -1 for none
}

const (
	maxScript   = 1 << 16 // bytes of a script that is parsed
	maxNested   = 500     // brackets of it: the parser calls itself for each
	maxCommands = 200     // of one script
	maxVariable = 512     // bytes of a variable's value: values made of values grow
)

// Parse gives the commands of a script in the order of the text. One that is no shell is cut at blanks.
func Parse(script string) []Command {
	if len(script) > maxScript || strings.Count(script, "(")+strings.Count(script, "{")+strings.Count(script, "`")+strings.Count(script, "[") > maxNested {
		return plain(script)
	}
	file, err := syntax.NewParser(syntax.Variant(syntax.LangBash)).Parse(strings.NewReader(script), "")
	if err != nil {
		return plain(script)
	}
	r := &reader{vars: map[string]string{}}
	r.stmts(file.Stmts)
	return r.out
}

// plain cuts a script at line ends and blanks.
func plain(script string) []Command {
	var out []Command
	n := 0
	for line := range strings.Lines(script) {
		if words := program(strings.Fields(line)); len(words) > 0 && len(out) < maxCommands {
			out = append(out, Command{Words: words, Line: n, Piped: -1})
		}
		n++
	}
	return out
}

// Words gives the command that a list of words is: the arguments of a process that no shell starts.
func Words(words []string) []Command {
	words = program(words)
	if len(words) > 2 && isShell(words[0]) {
		for i, w := range words[1 : len(words)-1] {
			if strings.HasPrefix(w, "-") && strings.HasSuffix(w, "c") {
				return Parse(words[i+2])
			}
		}
	}
	if len(words) == 0 {
		return nil
	}
	return []Command{{Words: words, Piped: -1}}
}

func isShell(word string) bool {
	switch Base(word) {
	case "sh", "bash", "zsh", "dash", "ksh":
		return true
	}
	return false
}

// Base gives what is after the last slash.
func Base(word string) string { return word[strings.LastIndexByte(word, '/')+1:] }

// program drops programs that start the one after them.
func program(words []string) []string {
	for len(words) > 1 {
		switch Base(words[0]) {
		case "sudo", "nohup", "nice", "command", "exec", "time", "stdbuf", "env":
		default:
			return words
		}
		words = words[1:]
		for len(words) > 1 && (strings.HasPrefix(words[0], "-") || strings.Contains(words[0], "=")) {
			words = words[1:]
		}
	}
	return words
}

// A reader collects the commands of a parsed script.
type reader struct {
	vars map[string]string // the script's own, as far as they are known
	out  []Command
}

func (r *reader) stmts(list []*syntax.Stmt) {
	for _, s := range list {
		r.stmt(s)
	}
}

// stmt adds the commands of a statement.
func (r *reader) stmt(s *syntax.Stmt) {
	before := len(r.out)
	r.command(s.Cmd)
	for _, redirect := range s.Redirs {
		if redirect.Word == nil || len(r.out) == before {
			continue
		}
		file := r.word(redirect.Word)
		switch redirect.Op {
		case syntax.RdrOut, syntax.AppOut, syntax.RdrAll, syntax.AppAll, syntax.RdrClob:
			if redirect.N != nil && redirect.N.Value != "1" {
				continue // errors
			}
			last := &r.out[len(r.out)-1]
			last.Out = append(last.Out, file)
		case syntax.RdrIn:
			r.out[before].In = file
		}
	}
}

func (r *reader) command(c syntax.Command) {
	switch c := c.(type) {
	case *syntax.CallExpr:
		r.call(c)
	case *syntax.BinaryCmd:
		r.stmt(c.X)
		left := len(r.out) - 1
		r.stmt(c.Y)
		if (c.Op == syntax.Pipe || c.Op == syntax.PipeAll) && left >= 0 && left+1 < len(r.out) {
			r.out[left+1].Piped = left
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
		for _, a := range c.Args {
			r.assign(a)
		}
	case *syntax.FuncDecl:
		r.stmt(c.Body)
	}
}

func (r *reader) call(c *syntax.CallExpr) {
	var words []string
	for _, w := range c.Args {
		words = append(words, r.word(w))
	}
	if len(words) == 0 {
		for _, a := range c.Assigns {
			r.assign(a)
		}
		return
	}
	for _, cmd := range Words(words) {
		if len(r.out) < maxCommands {
			cmd.Line += int(c.Pos().Line()) - 1
			r.out = append(r.out, cmd)
		}
	}
}

func (r *reader) assign(a *syntax.Assign) {
	if a.Name == nil || a.Value == nil {
		return
	}
	if value := r.word(a.Value); len(value) <= maxVariable && !a.Append {
		r.vars[a.Name.Value] = value
	} else {
		r.vars[a.Name.Value] = string(Unknown)
	}
}

// word gives the text of a word.
func (r *reader) word(w *syntax.Word) string {
	var b strings.Builder
	r.parts(&b, w.Parts)
	return b.String()
}

func (r *reader) parts(b *strings.Builder, parts []syntax.WordPart) {
	for _, p := range parts {
		switch p := p.(type) {
		case *syntax.Lit:
			b.WriteString(unescaped(p.Value))
		case *syntax.SglQuoted:
			b.WriteString(p.Value)
		case *syntax.DblQuoted:
			r.parts(b, p.Parts)
		case *syntax.ParamExp:
			b.WriteString(r.variable(p))
		case *syntax.CmdSubst:
			r.stmts(p.Stmts)
			b.WriteRune(Unknown)
		default:
			b.WriteRune(Unknown)
		}
	}
}

// variable gives the value of $NAME, ${NAME} or ${NAME:-default}.
func (r *reader) variable(p *syntax.ParamExp) string {
	if p.Param == nil || p.Index != nil || p.Length || p.Slice != nil || p.Repl != nil {
		return string(Unknown)
	}
	value, known := r.vars[p.Param.Value]
	switch {
	case p.Exp == nil && known:
		return value
	case p.Exp != nil && (p.Exp.Op == syntax.DefaultUnset || p.Exp.Op == syntax.DefaultUnsetOrNull) && p.Exp.Word != nil:
		if known {
			return value
		}
		return r.word(p.Exp.Word)
	default:
		return string(Unknown)
	}
}

// unescaped drops the backslashes that take the meaning from what follows them.
func unescaped(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) {
			if i++; s[i] == '\n' {
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

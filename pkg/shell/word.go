package shell

import (
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

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
			b.WriteString(r.unknown(p))
		default:
			b.WriteString(r.unknown(p))
		}
	}
}

// unknown gives what stands for a part that only a run would tell.
func (r *reader) unknown(n syntax.Node) string {
	if r.written {
		return r.source(n)
	}
	return string(Unknown)
}

// source gives a part as it is written.
func (r *reader) source(n syntax.Node) string {
	from, to := int(n.Pos().Offset()), int(n.End().Offset())
	if from > to || to > len(r.src) {
		return ""
	}
	return r.src[from:to]
}

// variable gives the value of $NAME, ${NAME}, ${NAME:-default} or ${NAME:+other}.
func (r *reader) variable(p *syntax.ParamExp) string {
	if p.Param == nil || p.Index != nil || p.Length || p.Slice != nil || p.Repl != nil {
		return r.unknown(p)
	}
	value, known := r.vars[p.Param.Value]
	if known = known && r.grown+len(value) <= maxGrown && len(value) <= maxVariable; known {
		r.grown += len(value)
	}
	switch {
	case p.Exp == nil && known:
		return r.held(value, p)
	case p.Exp == nil || p.Exp.Word == nil:
		return r.unknown(p)
	case p.Exp.Op == syntax.DefaultUnset || p.Exp.Op == syntax.DefaultUnsetOrNull && (!known || value != ""):
		if known {
			return r.held(value, p)
		}
		return r.word(p.Exp.Word)
	case p.Exp.Op == syntax.DefaultUnsetOrNull:
		return r.word(p.Exp.Word)
	case known && value != "" && (p.Exp.Op == syntax.AlternateUnset || p.Exp.Op == syntax.AlternateUnsetOrNull):
		return r.word(p.Exp.Word)
	default:
		return r.unknown(p)
	}
}

// held gives the value of a variable; where it is not known, what stands for it.
func (r *reader) held(value string, p *syntax.ParamExp) string {
	if r.written && value == string(Unknown) {
		return r.source(p)
	}
	return value
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

// logicalLine cuts off the first line, with those that a backslash joins to it.
func logicalLine(text string) (line, rest string) {
	for i := 0; i < len(text); i++ {
		if text[i] == '\n' && (i == 0 || text[i-1] != '\\') {
			return text[:i], text[i+1:]
		}
	}
	return text, ""
}

// plain adds the command of a line that is no shell.
func (r *reader) plain(line string) {
	r.words(plainWords(line), nil, 0)
}

// plainWords cuts a line at blanks, and takes the quotes off words that have them at both ends.
func plainWords(line string) []string {
	words := strings.Fields(strings.ReplaceAll(line, "\\\n", " "))
	for i, w := range words {
		if n := len(w); n > 1 && w[0] == w[n-1] && (w[0] == '"' || w[0] == '\'') {
			words[i] = w[1 : n-1]
		}
	}
	return words
}

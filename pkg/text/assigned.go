package text

import (
	"bytes"
	"slices"
)

// Assigned says what the statements of a text may assign to, besides bare names. It names rather too much than too little.
type Assigned struct {
	Attributes []string // names x of a.x = … and of a.x[i] = …, sorted, each once
	Elements   bool     // there is something like a[i] = …
}

// Assignments reads the statements of a text.
func Assignments(src []byte) Assigned {
	r := assignments{src: src}
	lex := NewLexer(src)
	for l := lex.Next(); l.Kind != LexEnd; l = lex.Next() {
		r.lexeme(l, lex.Depth())
	}
	slices.Sort(r.out.Attributes)
	r.out.Attributes = slices.Compact(r.out.Attributes)
	return r.out
}

// An assignments reader goes through logical lines. What stands before an assignment sign, or behind `for` or `as`, may be
// assigned to.
type assignments struct {
	src     []byte
	before  Lexeme
	line    []string // attributes of the line so far
	element bool     // so is a closing bracket
	binding bool     // `for` or `as` was met in the line
	out     Assigned
}

func (r *assignments) lexeme(l Lexeme, depth int) {
	switch l.Kind {
	case LexIndent, LexNewline:
		r.line, r.element, r.binding = r.line[:0], false, false
	case LexName:
		r.name(l)
	case LexClose:
		r.element = r.element || r.src[l.Start] == ']'
		r.out.Elements = r.out.Elements || r.binding && r.element
	case LexOther:
		if depth == 0 && r.src[l.Start] == '=' && r.assigns(int(l.Start)) {
			r.out.Attributes = append(r.out.Attributes, r.line...)
			r.out.Elements = r.out.Elements || r.element
			r.line, r.element = r.line[:0], false
		}
	case LexBlank, LexBreak, LexComment, LexJoin:
		return // what is on both sides belongs together
	}
	r.before = l
}

func (r *assignments) name(l Lexeme) {
	word := r.src[l.Start:l.End]
	if b := r.before; b.Kind != LexOther || r.src[b.Start] != '.' {
		r.binding = r.binding || string(word) == "for" || string(word) == "as"
		return
	}
	if rest := bytes.TrimLeft(r.src[l.End:], " \t"); len(rest) > 0 && (rest[0] == '(' || rest[0] == '.') {
		return // what it holds is called, or looked into
	}
	if name := string(word); r.binding {
		r.out.Attributes = append(r.out.Attributes, name)
	} else {
		r.line = append(r.line, name)
	}
}

// assigns says whether the equals sign at i is one of an assignment, not of a comparison or a named expression.
func (r *assignments) assigns(i int) bool {
	if i+1 < len(r.src) && r.src[i+1] == '=' || i == 0 {
		return false
	}
	switch c := r.src[i-1]; c {
	case '=', '!', ':':
		return false
	case '<', '>':
		return i > 1 && r.src[i-2] == c // <<= and >>=
	}
	return true
}

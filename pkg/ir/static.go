package ir

import (
	"strings"

	"github.com/pickletrace/pickletrace/pkg/syntax"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// maxStatic bounds how deep a static Expr nests; what lies deeper is an Expr with a span alone.
const maxStatic = 40

// static gives the static view of expression i. In an annotation, strings are parsed as types.
func (l *lowerer) static(i int32, annotation bool) Expr {
	s := staticReader{l: l, annotation: annotation}
	return s.read(i)
}

type staticReader struct {
	l          *lowerer
	annotation bool
	depth      int
}

func (s *staticReader) read(i int32) Expr {
	if s.depth >= maxStatic {
		return Expr{Span: s.l.span(i)}
	}
	s.depth++
	e := s.expr(i)
	s.depth--
	return e
}

func (s *staticReader) expr(i int32) Expr {
	l := s.l
	e := Expr{Span: l.span(i)}
	switch l.kind(i) {
	case syntax.KindType, syntax.KindParenthesizedExpression, syntax.KindAwait:
		if c := l.child(i); c >= 0 {
			e = s.read(c)
		}
	case syntax.KindIdentifier, syntax.KindAttribute, syntax.KindMemberType, syntax.KindDottedName:
		e.Path = l.dotted(i)
	case syntax.KindSubscript, syntax.KindGenericType:
		s.subscript(&e, i)
	case syntax.KindUnionType, syntax.KindBinaryOperator:
		if l.token(i, syntax.TokPipe) {
			e.Path = "|"
			s.elements(&e, i)
		}
	case syntax.KindCall:
		s.call(&e, i)
	case syntax.KindList, syntax.KindTuple:
		s.elements(&e, i)
	case syntax.KindString, syntax.KindConcatenatedString, syntax.KindNone, syntax.KindTrue, syntax.KindFalse,
		syntax.KindInteger, syntax.KindFloat, syntax.KindEllipsis, syntax.KindUnaryOperator:
		c, ok := l.literal(i)
		switch {
		case ok && c.Kind == Str && s.annotation:
			e = l.stringType(i, c)
		case ok:
			e.Const = l.newConst(c)
		}
	}
	return e
}

func (s *staticReader) elements(e *Expr, i int32) {
	for c := range s.l.kids(i) {
		e.Args = append(e.Args, s.read(c))
	}
}

func (s *staticReader) subscript(e *Expr, i int32) {
	l := s.l
	v := l.subscripted(i)
	if v < 0 {
		return
	}
	e.Path = l.dotted(v)
	if e.Path == "Literal" || strings.HasSuffix(e.Path, ".Literal") {
		defer func(a bool) { s.annotation = a }(s.annotation)
		s.annotation = false
	}
	for c := range l.kids(i) {
		switch {
		case c <= v:
		case l.kind(c) == syntax.KindTypeParameter:
			s.elements(e, c)
		default:
			e.Args = append(e.Args, s.read(c))
		}
	}
}

func (s *staticReader) call(e *Expr, i int32) {
	l := s.l
	e.IsCall = true
	if f := l.field(i, syntax.FieldFunction); f >= 0 {
		e.Path = l.dotted(f)
	}
	args := l.field(i, syntax.FieldArguments)
	if args < 0 || l.kind(args) != syntax.KindArgumentList {
		return
	}
	for c := range l.kids(args) {
		if l.kind(c) != syntax.KindKeywordArgument {
			e.Args = append(e.Args, s.read(c))
			continue
		}
		n, v := l.field(c, syntax.FieldName), l.field(c, syntax.FieldValue)
		if n >= 0 && v >= 0 {
			e.Kwargs = append(e.Kwargs, ExprKw{l.identText(n), s.read(v)})
		}
	}
}

// dotted gives the dotted name that node i is, "" if it is none.
func (l *lowerer) dotted(i int32) string {
	switch l.kind(i) {
	case syntax.KindIdentifier:
		return l.identText(i)
	case syntax.KindAttribute, syntax.KindDottedName, syntax.KindMemberType:
	case syntax.KindType:
		if c := l.child(i); c >= 0 && l.nodes[c].Next == l.nodes[i].Next && l.kind(c) != syntax.KindType {
			return l.dotted(c)
		}
		return ""
	default:
		return ""
	}
	if s := l.identText(i); plainDotted(s) {
		return s
	}
	var parts []string // with spaces, comments or line breaks inside
	for c := i + 1; c < l.nodes[i].Next; c++ {
		switch l.kind(c) {
		case syntax.KindIdentifier:
			parts = append(parts, l.identText(c))
		case syntax.KindAttribute, syntax.KindDottedName, syntax.KindMemberType, syntax.KindType, syntax.TokDot,
			syntax.KindComment, syntax.KindLineContinuation:
		default:
			return ""
		}
	}
	return strings.Join(parts, ".")
}

func plainDotted(s string) bool { return strings.IndexByte(s, ':') < 0 && looksDotted(s) }

// stringType parses the string annotation i, whose text is c.S. What is no type is the literal itself.
func (l *lowerer) stringType(i int32, c Const) Expr {
	at := l.span(i)
	p := typeParser{l: l, s: c.S, base: -1, whole: at}
	if l.kind(i) == syntax.KindString {
		if _, start, end := l.stringParts(i); l.src[start:end] == c.S {
			p.base = start
		}
	}
	e, ok := p.union(0)
	if p.space(); !ok || p.pos != len(p.s) {
		return Expr{Const: l.newConst(c), Span: at}
	}
	return e
}

// typeParser reads types written as strings: dotted names, subscripts, lists, unions, None and literals.
type typeParser struct {
	l     *lowerer
	s     string
	pos   int
	base  int32 // offset of s in the file, -1 when escapes or concatenation hide it
	whole text.Span
}

func (p *typeParser) span(from int) text.Span {
	if p.base < 0 {
		return p.whole
	}
	return text.Span{Start: p.base + int32(from), End: p.base + int32(p.pos)}
}

func (p *typeParser) space() {
	for p.pos < len(p.s) && strings.IndexByte(" \t\r\n", p.s[p.pos]) >= 0 {
		p.pos++
	}
}

// eat skips spaces and then c, if it is next.
func (p *typeParser) eat(c byte) bool {
	p.space()
	if p.pos < len(p.s) && p.s[p.pos] == c {
		p.pos++
		return true
	}
	return false
}

func (p *typeParser) union(depth int) (Expr, bool) {
	p.space()
	from := p.pos
	e, ok := p.primary(depth)
	for ok && p.eat('|') {
		var right Expr
		right, ok = p.primary(depth)
		e = Expr{Path: "|", Args: []Expr{e, right}, Span: p.span(from)}
	}
	return e, ok
}

func (p *typeParser) primary(depth int) (Expr, bool) {
	p.space()
	if depth > maxStatic || p.pos == len(p.s) {
		return Expr{}, false
	}
	from := p.pos
	switch c := p.s[p.pos]; {
	case c == '[':
		p.pos++
		args, ok := p.list(depth)
		return Expr{Args: args, Span: p.span(from)}, ok
	case c == '"' || c == '\'':
		return p.quoted(c)
	case strings.HasPrefix(p.s[p.pos:], "..."):
		p.pos += 3
		return Expr{Const: p.l.newConst(Const{Kind: Ellipsis}), Span: p.span(from)}, true
	case !isIdentStart(c):
		return Expr{}, false
	}
	path := p.name()
	if path == "" {
		return Expr{}, false
	}
	e := Expr{Path: path, Span: p.span(from)}
	if path == "None" {
		return Expr{Const: p.l.newConst(Const{Kind: None}), Span: e.Span}, true
	}
	if p.pos < len(p.s) && p.s[p.pos] == '[' {
		p.pos++
		ok := false
		if e.Args, ok = p.list(depth); !ok {
			return Expr{}, false
		}
		e.Span = p.span(from)
	}
	return e, true
}

// name reads a dotted name, "" if it ends in a dot.
func (p *typeParser) name() string {
	from := p.pos
	for p.pos < len(p.s) && (isIdentStart(p.s[p.pos]) || p.s[p.pos] == '.' || p.s[p.pos] >= '0' && p.s[p.pos] <= '9') {
		p.pos++
	}
	if s := p.s[from:p.pos]; looksDotted(s) {
		return s
	}
	return ""
}

// list reads types up to the closing bracket.
func (p *typeParser) list(depth int) (args []Expr, ok bool) {
	for {
		if p.eat(']') {
			return args, true
		}
		e, ok := p.union(depth + 1)
		if !ok {
			return nil, false
		}
		args = append(args, e)
		if !p.eat(',') {
			return args, p.eat(']')
		}
	}
}

// quoted reads a string inside a string: an argument of Literal, as a rule.
func (p *typeParser) quoted(quote byte) (Expr, bool) {
	from := p.pos
	n := strings.IndexByte(p.s[from+1:], quote)
	if n < 0 {
		return Expr{}, false
	}
	p.pos += n + 2
	return Expr{Const: p.l.newConst(Const{Str, p.s[from+1 : from+1+n]}), Span: p.span(from)}, true
}

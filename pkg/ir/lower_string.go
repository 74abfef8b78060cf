package ir

import (
	"strings"

	"github.com/pickletrace/pickletrace/pkg/syntax"
)

// literal gives the constant that expression i is, if it is one: a number (perhaps signed), a string or bytes without
// interpolation (perhaps concatenated), None, True, False or an ellipsis.
func (l *lowerer) literal(i int32) (Const, bool) {
	switch l.kind(i) {
	case syntax.KindNone:
		return Const{Kind: None}, true
	case syntax.KindTrue:
		return Const{Kind: True}, true
	case syntax.KindFalse:
		return Const{Kind: False}, true
	case syntax.KindEllipsis:
		return Const{Kind: Ellipsis}, true
	case syntax.KindInteger:
		return Const{Int, l.text(i)}, true
	case syntax.KindFloat:
		return Const{Float, l.text(i)}, true
	case syntax.KindUnaryOperator:
		c := l.operand(i)
		if c >= 0 && l.token(i, syntax.TokMinus) && (l.kind(c) == syntax.KindInteger || l.kind(c) == syntax.KindFloat) {
			k, _ := l.literal(c)
			return Const{k.Kind, "-" + k.S}, true
		}
	case syntax.KindString:
		return l.stringLiteral(i)
	case syntax.KindConcatenatedString:
		return l.concatLiteral(i)
	case syntax.KindParenthesizedExpression:
		// Only ("…" "…") is common; deeper nesting is left to the expression.
		if c := l.child(i); c >= 0 && (l.kind(c) == syntax.KindString || l.kind(c) == syntax.KindConcatenatedString) {
			return l.literal(c)
		}
	}
	return Const{}, false
}

// A prefix is what stands before a string's quotes.
type prefix struct {
	raw, bytes, format, backtick bool
}

func parsePrefix(s string) prefix {
	var p prefix
	for i := range len(s) {
		switch s[i] {
		case 'r', 'R':
			p.raw = true
		case 'b', 'B':
			p.bytes = true
		case 'f', 'F', 't', 'T':
			p.format = true
		case '`':
			p.backtick = true
		case '"', '\'':
			return p
		}
	}
	return p
}

// stringParts gives the prefix of string i and the offsets of its content.
func (l *lowerer) stringParts(i int32) (p prefix, start, end int32) {
	s := l.span(i)
	start, end = s.Start, s.End
	for c := i + 1; c < l.nodes[i].Next; c = l.nodes[c].Next {
		switch l.kind(c) {
		case syntax.KindStringStart:
			p = parsePrefix(l.text(c))
			start = l.span(c).End
		case syntax.KindStringEnd:
			end = l.span(c).Start
		}
	}
	return p, start, max(start, end)
}

func (l *lowerer) stringLiteral(i int32) (Const, bool) {
	p, start, end := l.stringParts(i)
	if p.backtick || p.format && l.clause(i, syntax.KindInterpolation) >= 0 {
		return Const{}, false
	}
	kind := Str
	if p.bytes {
		kind = Bytes
	}
	return Const{kind, p.decode(l.src[start:end])}, true
}

func (l *lowerer) concatLiteral(i int32) (Const, bool) {
	kind, n := Str, 0
	for c := range l.kids(i) {
		k, ok := l.stringLiteral(c)
		if l.kind(c) != syntax.KindString || !ok {
			return Const{}, false
		}
		kind, n = k.Kind, n+len(k.S)
	}
	var b strings.Builder
	b.Grow(n)
	for c := range l.kids(i) {
		k, _ := l.stringLiteral(c)
		b.WriteString(k.S)
	}
	return Const{kind, b.String()}, true
}

// str lowers a string expression: a literal to a constant, anything with interpolations to one Format.
func (l *lowerer) str(i int32) Reg {
	if c, ok := l.literal(i); ok {
		return l.constant(l.span(i), c.Kind, c.S)
	}
	if l.kind(i) == syntax.KindString {
		if p, start, end := l.stringParts(i); p.backtick {
			return l.backtick(i, start, end)
		}
	}
	mark := len(l.pending)
	if l.kind(i) == syntax.KindString {
		l.formatParts(i)
	} else {
		for c := range l.kids(i) {
			l.formatParts(c)
		}
	}
	a, n := l.operands(mark)
	return l.value(Format, l.span(i), a, n, 0)
}

// formatParts leaves the parts of one string literal pending, in order.
func (l *lowerer) formatParts(i int32) {
	if l.kind(i) != syntax.KindString {
		l.push(PosArg, l.expr(i))
		return
	}
	p, _, _ := l.stringParts(i)
	for c := range l.kids(i) {
		switch l.kind(c) {
		case syntax.KindInterpolation:
			l.interpolation(c)
		case syntax.KindStringContent:
			if s := p.decode(l.text(c)); s != "" {
				kind := Str
				if p.bytes {
					kind = Bytes
				}
				l.push(PosArg, l.value(ConstOp, l.span(c), l.constID(Const{kind, s}), 0, 0))
			}
		case syntax.KindError:
			l.push(PosArg, l.opaqueTree(c))
		}
	}
}

// interpolation leaves the value of `{e:spec}` pending, and those of the expressions in its format.
func (l *lowerer) interpolation(i int32) {
	if l.depth >= maxDepth {
		l.push(PosArg, l.cut(i))
		return
	}
	l.depth++
	defer func() { l.depth-- }()
	for c := range l.kids(i) {
		switch l.kind(c) {
		case syntax.KindFormatSpecifier:
			for e := range l.kids(c) {
				if k := l.kind(e); k == syntax.KindInterpolation || k == syntax.KindFormatExpression {
					l.interpolation(e)
				}
			}
		case syntax.KindTypeConversion:
		case syntax.KindError:
			l.push(PosArg, l.opaqueTree(c))
		default:
			l.push(PosArg, l.exprOrTuple(c))
		}
	}
}

// backtick lowers Python 2's `x`, a call of repr. The grammar gives the inside as text: only a dotted name is modelled.
func (l *lowerer) backtick(i, start, end int32) Reg {
	fn := l.builtin("repr", l.span(i))
	mark := len(l.pending)
	s := strings.TrimSpace(l.src[start:end])
	if !looksDotted(s) || strings.Contains(s, ":") {
		l.push(PosArg, l.opaque(i, len(l.pending)))
	} else {
		head, rest, more := strings.Cut(s, ".")
		v := l.load(l.intern(head), l.span(i))
		for more {
			head, rest, more = strings.Cut(rest, ".")
			attr := l.intern(head)
			l.mention(attr)
			v = l.value(Attr, l.span(i), v, attr, 0)
		}
		l.push(PosArg, v)
	}
	a, n := l.operands(mark)
	return l.value(Call, l.span(i), fn, a, n)
}

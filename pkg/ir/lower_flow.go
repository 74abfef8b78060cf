package ir

import (
	"strings"

	"github.com/pickletrace/pickletrace/pkg/syntax"
	"github.com/pickletrace/pickletrace/pkg/text"
)

func (l *lowerer) ifStmt(i int32) {
	alt := l.alternative(i+1, l.nodes[i].Next)
	l.ifChain(i, alt, l.nodes[i].Next)
}

// ifChain lowers the condition and consequence of node i (an if statement or elif clause) with the clauses from alt
// on as the other branch.
func (l *lowerer) ifChain(i, alt, end int32) {
	if l.depth >= maxDepth {
		l.cut(i)
		return
	}
	l.depth++
	cond := l.condition(i)
	then := l.blockOf(l.field(i, syntax.FieldConsequence))
	if then < 0 {
		then = l.emptyBlock()
	}
	other := int32(-1)
	if alt < end {
		b := l.open()
		if l.kind(alt) == syntax.KindElifClause {
			l.ifChain(alt, l.alternative(l.nodes[alt].Next, end), end)
		} else {
			l.clauseBody(alt)
		}
		other = l.close(b)
	}
	l.effect(If, l.span(i), cond, then, other)
	l.depth--
}

// alternative gives the first elif or else clause among the siblings from c on, end if there is none.
func (l *lowerer) alternative(c, end int32) int32 {
	for ; c < end; c = l.nodes[c].Next {
		if k := l.kind(c); k == syntax.KindElifClause || k == syntax.KindElseClause {
			return c
		}
	}
	return end
}

func (l *lowerer) condition(i int32) Reg {
	c := l.field(i, syntax.FieldCondition)
	if c < 0 {
		return l.opaque(i, len(l.pending))
	}
	return l.expr(c)
}

// clauseBody lowers the body of an else or finally clause into the open block.
func (l *lowerer) clauseBody(i int32) {
	for c := range l.kids(i) {
		if l.kind(c) == syntax.KindBlock {
			l.block(c)
		} else {
			l.stmt(c)
		}
	}
}

// clause gives the first child of node i of kind k, -1 if it has none.
func (l *lowerer) clause(i int32, k syntax.Kind) int32 {
	for c := range l.kids(i) {
		if l.kind(c) == k {
			return c
		}
	}
	return -1
}

// clauseBlock gives a block with the body of clause i, -1 for i < 0.
func (l *lowerer) clauseBlock(i int32) int32 {
	if i < 0 {
		return -1
	}
	b := l.open()
	l.clauseBody(i)
	return l.close(b)
}

func (l *lowerer) forStmt(i int32) {
	left, right := l.field(i, syntax.FieldLeft), l.field(i, syntax.FieldRight)
	if left < 0 || right < 0 {
		l.opaqueTree(i)
		return
	}
	async := int32(0)
	if l.token(i, syntax.TokAsync) {
		async = 1
	}
	seq := l.exprOrTuple(right)
	b := l.open()
	l.assign(left, l.value(Iter, l.span(right), seq, 0, async))
	if body := l.field(i, syntax.FieldBody); body >= 0 {
		l.block(body)
	}
	body := l.close(b)
	other := l.clauseBlock(l.clause(i, syntax.KindElseClause))
	l.effect(Loop, l.span(i), body, other, 1)
}

// whileStmt lowers a while loop. The else clause runs when the condition is false, so it stands in that branch, before
// the Break; only if it breaks an outer loop itself it stays with the Loop.
func (l *lowerer) whileStmt(i int32) {
	cond, body := l.field(i, syntax.FieldCondition), l.field(i, syntax.FieldBody)
	alt := l.clause(i, syntax.KindElseClause)
	keep := alt >= 0 && l.leaves(alt)
	b := l.open()
	form := int32(2)
	if cond < 0 || !l.alwaysTrue(cond) {
		form = 0
		c := l.condition(i)
		then := l.emptyBlock()
		exit := l.open()
		if alt >= 0 && !keep {
			l.clauseBody(alt)
		}
		at := l.span(max(cond, i))
		l.effect(Break, at, 0, 0, 0)
		l.effect(If, at, c, then, l.close(exit))
	}
	if body >= 0 {
		l.block(body)
	}
	loop := l.close(b)
	other := int32(-1)
	if keep {
		other = l.clauseBlock(alt)
	}
	l.effect(Loop, l.span(i), loop, other, form)
}

// alwaysTrue reports whether a condition is a literal that is true.
func (l *lowerer) alwaysTrue(i int32) bool {
	for l.kind(i) == syntax.KindParenthesizedExpression {
		c := l.child(i)
		if c < 0 {
			return false
		}
		i = c
	}
	return l.kind(i) == syntax.KindTrue || l.kind(i) == syntax.KindInteger && l.text(i) == "1"
}

// leaves reports whether the subtree of node i breaks or continues a loop around it.
func (l *lowerer) leaves(i int32) bool {
	for c := i; c < l.nodes[i].Next; c++ {
		switch l.kind(c) {
		case syntax.KindBreakStatement, syntax.KindContinueStatement:
			return true
		case syntax.KindForStatement, syntax.KindWhileStatement, syntax.KindFunctionDefinition,
			syntax.KindClassDefinition:
			c = l.nodes[c].Next - 1
		}
	}
	return false
}

func (l *lowerer) tryStmt(i int32) {
	t := Try{Body: -1, Else: -1, Finally: -1}
	for c := range l.kids(i) {
		switch l.kind(c) {
		case syntax.KindBlock:
			if t.Body < 0 {
				t.Body = l.blockOf(c)
			}
		case syntax.KindExceptClause, syntax.KindExceptGroupClause:
			t.Handlers = append(t.Handlers, l.handler(c))
		case syntax.KindElseClause:
			t.Else = l.clauseBlock(c)
		case syntax.KindFinallyClause:
			t.Finally = l.clauseBlock(c)
		default:
			l.stmt(c)
		}
	}
	if t.Body < 0 {
		t.Body = l.emptyBlock()
	}
	n := int32(len(l.tries) - l.cur.try0)
	l.tries = append(l.tries, t)
	l.effect(TryOp, l.span(i), n, 0, 0)
}

// handler lowers an except clause. A target that is no slot of the function itself (at module level, `global e`) is
// stored at the start of the block, from a temporary slot.
func (l *lowerer) handler(i int32) Handler {
	h := Handler{Slot: -1, Span: l.headSpan(i)}
	types, target := l.exceptParts(i)
	b := l.open()
	for _, t := range types {
		h.Types = l.exceptTypes(h.Types, t)
	}
	if target >= 0 {
		h.Slot = l.exceptSlot(target)
	}
	for c := range l.kids(i) {
		if l.kind(c) == syntax.KindBlock {
			l.block(c)
		}
	}
	h.Block = l.close(b)
	return h
}

func (l *lowerer) exceptSlot(target int32) int32 {
	if n := l.soleName(target); n >= 0 {
		sid := l.name(n)
		if b := l.resolve(sid, true); b != nil && b.fn == int32(l.cur.f.Index) {
			b.stored = true
			return b.slot
		}
	}
	slot := l.temp()
	l.assign(target, l.value(Local, l.span(target), slot, 0, 0))
	return slot
}

// soleName gives the identifier that target i consists of, -1 if it is none.
func (l *lowerer) soleName(i int32) int32 {
	for l.kind(i) == syntax.KindAsPatternTarget || l.kind(i) == syntax.KindParenthesizedExpression {
		c := l.child(i)
		if c < 0 {
			return -1
		}
		i = c
	}
	if l.kind(i) == syntax.KindIdentifier && l.text(i) != "" {
		return i
	}
	return -1
}

// exceptParts gives the type expressions and the target of an except clause; -1 for no target.
//
// `except A, b:` binds b in Python 2 and catches two types since Python 3.14. Classes are written with a capital, so
// a name that begins with a small letter is a target.
func (l *lowerer) exceptParts(i int32) (types []int32, target int32) {
	target = -1
	alias := l.field(i, syntax.FieldAlias)
	as := l.token(i, syntax.TokAs)
	for c := range l.kids(i) {
		switch {
		case l.kind(c) == syntax.KindBlock || l.kind(c) == syntax.KindError:
		case c == alias, as && len(types) > 0:
			target = c
		case l.kind(c) == syntax.KindAsPattern:
			if e := l.child(c); e >= 0 {
				types = append(types, e)
			}
			target = l.field(c, syntax.FieldAlias)
		default:
			types = append(types, c)
		}
	}
	if target < 0 && len(types) == 2 && l.oldTarget(types[1]) {
		types, target = types[:1], types[1]
	}
	return types, target
}

func (l *lowerer) oldTarget(i int32) bool {
	switch l.kind(i) {
	case syntax.KindIdentifier:
		s := l.text(i)
		return s != "" && (s[0] == '_' || s[0] >= 'a' && s[0] <= 'z')
	case syntax.KindTuple, syntax.KindParenthesizedExpression, syntax.KindSubscript:
		return true
	}
	return false
}

// exceptTypes appends the names of the exceptions that expression i catches, as written.
func (l *lowerer) exceptTypes(to []string, i int32) []string {
	switch l.kind(i) {
	case syntax.KindParenthesizedExpression, syntax.KindTuple, syntax.KindExpressionList:
		if l.depth >= maxDepth {
			return to
		}
		l.depth++
		for c := range l.kids(i) {
			to = l.exceptTypes(to, c)
		}
		l.depth--
		return to
	}
	l.mentionStatic(i)
	if l.calls(i) {
		l.expr(i)
	}
	if p := l.dotted(i); p != "" {
		return append(to, p)
	}
	return append(to, l.identText(i))
}

// headSpan is the part of node i up to the end of its first line.
func (l *lowerer) headSpan(i int32) text.Span {
	s := l.span(i)
	if n := strings.IndexAny(l.src[s.Start:s.End], "\r\n"); n >= 0 {
		s.End = s.Start + int32(n)
	}
	return s
}

// withStmt lowers a with statement in place: the items are entered, the body follows, and then they are left in
// reverse order. A return inside the body has no Exit of its own.
func (l *lowerer) withStmt(i int32) {
	async := int32(0)
	if l.token(i, syntax.TokAsync) {
		async = 1
	}
	mark := len(l.pending)
	for c := range l.kids(i) {
		if l.kind(c) == syntax.KindWithClause {
			for item := range l.kids(c) {
				l.withItem(item, async)
			}
		}
	}
	if body := l.field(i, syntax.FieldBody); body >= 0 {
		l.block(body)
	}
	for n := len(l.pending) - 1; n >= mark; n-- {
		l.effect(Exit, l.span(i), l.pending[n].Val, 0, 0)
	}
	l.pending = l.pending[:mark]
}

// withItem enters one item and leaves the context pending. The grammar reads the parenthesized form
// `with (a as b, c as d):` as one tuple.
func (l *lowerer) withItem(i, async int32) {
	if l.depth >= maxDepth {
		l.cut(i)
		return
	}
	l.depth++
	defer func() { l.depth-- }()
	target := int32(-1)
	switch l.kind(i) {
	case syntax.KindWithItem:
		if v := l.field(i, syntax.FieldValue); v >= 0 {
			l.withItem(v, async)
		}
		return
	case syntax.KindTuple, syntax.KindParenthesizedExpression:
		for c := range l.kids(i) {
			l.withItem(c, async)
		}
		return
	case syntax.KindAsPattern:
		target = l.field(i, syntax.FieldAlias)
		if i = l.child(i); i < 0 {
			return
		}
	}
	ctx := l.expr(i)
	v := l.value(Enter, l.span(i), ctx, 0, async)
	if target >= 0 {
		l.assign(target, v)
	}
	l.push(PosArg, ctx)
}

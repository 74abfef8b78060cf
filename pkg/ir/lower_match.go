package ir

import "github.com/pickletrace/pickletrace/pkg/syntax"

// matchStmt lowers a match statement to a chain of Ifs. A pattern becomes a test (Cmp, calls of isinstance and len, And,
// Or) and, in the branch where it holds, the stores of what it captures. With a guard the captures are stored before
// the test of both.
func (l *lowerer) matchStmt(i int32) {
	mark, tuple := len(l.pending), l.token(i, syntax.TokComma)
	for c := range l.kids(i) {
		if l.nodes[c].Field == syntax.FieldSubject {
			l.element(c)
		}
	}
	var v Reg
	switch n := len(l.pending) - mark; {
	case n == 0:
		l.opaqueTree(i)
		return
	case n == 1 && !tuple:
		v = l.pending[mark].Val
		l.pending = l.pending[:mark]
	default:
		a, n := l.operands(mark)
		v = l.value(MakeTuple, l.span(i), a, n, 0)
	}
	body := l.field(i, syntax.FieldBody)
	if body < 0 {
		body = i
	}
	end := l.nodes[body].Next
	l.cases(l.nextCase(body+1, end), end, v)
}

// nextCase gives the first case clause among the siblings from c on, end if there is none.
func (l *lowerer) nextCase(c, end int32) int32 {
	for c < end && l.kind(c) != syntax.KindCaseClause {
		c = l.nodes[c].Next
	}
	return c
}

// cases lowers the case clauses from i on.
func (l *lowerer) cases(i, end int32, v Reg) {
	if i >= end {
		return
	}
	if l.depth >= maxDepth {
		l.cut(i)
		return
	}
	l.depth++
	defer func() { l.depth-- }()
	var patterns []int32
	for c := range l.kids(i) {
		if l.kind(c) == syntax.KindCasePattern {
			patterns = append(patterns, c)
		}
	}
	tuple := len(patterns) != 1 || l.token(i, syntax.TokComma)
	cond := Reg(-1)
	if tuple {
		cond = l.sequenceTest(i, patterns, v)
	} else {
		cond = l.patternTest(patterns[0], v)
	}
	bind := func() {
		if tuple {
			l.sequenceBind(patterns, v)
		} else {
			l.patternBind(patterns[0], v)
		}
	}
	next := l.nextCase(l.nodes[i].Next, end)
	guard := l.field(i, syntax.FieldGuard)
	body := l.field(i, syntax.FieldConsequence)
	if guard >= 0 {
		bind()
		if g := l.child(guard); g >= 0 {
			cond = l.both(cond, l.expr(g), guard)
		}
	}
	if cond < 0 { // always matches: what follows is dead
		bind()
		if body >= 0 {
			l.block(body)
		}
		return
	}
	b := l.open()
	if guard < 0 {
		bind()
	}
	if body >= 0 {
		l.block(body)
	}
	then, other := l.close(b), int32(-1)
	if next < end {
		e := l.open()
		l.cases(next, end, v)
		other = l.close(e)
	}
	l.effect(If, l.span(i), cond, then, other)
}

// both gives the conjunction of two conditions, of which -1 is true.
func (l *lowerer) both(a, b Reg, i int32) Reg {
	switch {
	case a < 0:
		return b
	case b < 0:
		return a
	}
	return l.value(And, l.span(i), a, b, 0)
}

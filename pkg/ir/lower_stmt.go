package ir

import (
	"github.com/pickletrace/pickletrace/pkg/syntax"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// block lowers the statements below node i into the open block.
func (l *lowerer) block(i int32) {
	end := l.nodes[i].Next
	for c := i + 1; c < end; c = l.nodes[c].Next {
		if l.nodes[c].Named {
			l.stmt(c)
		}
	}
}

// blockOf lowers the statements below node i into a block of their own and gives its index; -1 for i < 0.
func (l *lowerer) blockOf(i int32) int32 {
	if i < 0 {
		return -1
	}
	b := l.open()
	l.block(i)
	return l.close(b)
}

func (l *lowerer) stmt(i int32) {
	if l.depth >= maxDepth {
		l.cut(i)
		return
	}
	l.depth++
	l.statement(i)
	l.leftovers(i)
	l.depth--
}

// statement lowers one statement.
func (l *lowerer) statement(i int32) {
	switch l.kind(i) {
	case syntax.KindComment, syntax.KindLineContinuation, syntax.KindPassStatement,
		syntax.KindGlobalStatement, syntax.KindNonlocalStatement:
	case syntax.KindExpressionStatement:
		for c := range l.kids(i) {
			l.exprStmt(c)
		}
	case syntax.KindAssignment:
		l.assignment(i)
	case syntax.KindAugmentedAssignment:
		l.augmented(i)
	case syntax.KindReturnStatement:
		l.returnStmt(i)
	case syntax.KindIfStatement:
		l.ifStmt(i)
	case syntax.KindForStatement:
		l.forStmt(i)
	case syntax.KindWhileStatement:
		l.whileStmt(i)
	case syntax.KindTryStatement:
		l.tryStmt(i)
	case syntax.KindWithStatement:
		l.withStmt(i)
	case syntax.KindMatchStatement:
		l.matchStmt(i)
	case syntax.KindFunctionDefinition:
		l.functionDef(i, nil, len(l.pending))
	case syntax.KindClassDefinition:
		l.classDef(i, nil, len(l.pending))
	case syntax.KindDecoratedDefinition:
		l.decorated(i)
	case syntax.KindImportStatement, syntax.KindImportFromStatement, syntax.KindFutureImportStatement:
		l.importStmt(i)
	case syntax.KindRaiseStatement:
		l.raiseStmt(i)
	case syntax.KindAssertStatement:
		l.assertStmt(i)
	case syntax.KindDeleteStatement:
		for c := range l.kids(i) {
			l.del(c)
		}
	case syntax.KindBreakStatement:
		l.effect(Break, l.span(i), 0, 0, 0)
	case syntax.KindContinueStatement:
		l.effect(Continue, l.span(i), 0, 0, 0)
	case syntax.KindPrintStatement:
		l.printStmt(i)
	case syntax.KindExecStatement:
		l.execStmt(i)
	case syntax.KindTypeAliasStatement:
		l.typeAlias(i)
	case syntax.KindBlock:
		l.block(i)
	case syntax.KindError:
		l.opaqueTree(i)
	case syntax.KindElseClause, syntax.KindElifClause, syntax.KindFinallyClause, syntax.KindExceptClause,
		syntax.KindExceptGroupClause, syntax.KindCaseClause:
		l.opaqueTree(i) // without its head, in a broken file
	default:
		l.exprStmt(i)
	}
}

// exprStmt evaluates an expression for its effects; a docstring or `...` has none.
func (l *lowerer) exprStmt(i int32) {
	switch l.kind(i) {
	case syntax.KindNone, syntax.KindTrue, syntax.KindFalse, syntax.KindEllipsis, syntax.KindInteger,
		syntax.KindFloat, syntax.KindIdentifier:
		return
	case syntax.KindString, syntax.KindConcatenatedString:
		if _, ok := l.literal(i); ok {
			return
		}
	case syntax.KindAssignment:
		l.assignment(i)
		return
	case syntax.KindAugmentedAssignment:
		l.augmented(i)
		return
	case syntax.KindCall:
		if l.cur.f.Index == 0 {
			l.allCall(i)
		}
	}
	l.expr(i)
}

// opaqueTree lowers what parses below a node that did not: statements as such, expressions as operands of an Opaque.
func (l *lowerer) opaqueTree(i int32) Reg {
	l.errors.done(i)
	mark := len(l.pending)
	for c := range l.kids(i) {
		switch {
		case isStatement(l.kind(c)):
			l.stmt(c)
		case isExpression(l.kind(c)):
			l.push(PosArg, l.expr(c))
		}
	}
	return l.opaque(i, mark)
}

func (l *lowerer) returnStmt(i int32) {
	v := l.exprsOrNone(i)
	l.effect(Return, l.span(i), v, 0, 0)
}

// exprsOrNone evaluates the expressions below node i: none gives -1, several a tuple.
func (l *lowerer) exprsOrNone(i int32) Reg {
	n, first := 0, int32(-1)
	for c := range l.kids(i) {
		if n++; n == 1 {
			first = c
		}
	}
	switch n {
	case 0:
		return -1
	case 1:
		return l.exprOrTuple(first)
	}
	mark := len(l.pending)
	for c := range l.kids(i) {
		l.element(c)
	}
	a, count := l.operands(mark)
	return l.value(MakeTuple, l.span(i), a, count, 0)
}

// raiseStmt lowers `raise`, `raise E from cause` and Python 2's `raise E, "text", traceback`.
func (l *lowerer) raiseStmt(i int32) {
	exc, cause := int32(-1), l.field(i, syntax.FieldCause)
	for c := range l.kids(i) {
		if c != cause {
			exc = c
			break
		}
	}
	v := Reg(-1)
	if exc >= 0 && l.kind(exc) == syntax.KindExpressionList {
		v = l.oldRaise(exc)
	} else if exc >= 0 {
		v = l.expr(exc)
	}
	if cause >= 0 {
		l.expr(cause)
	}
	l.effect(Raise, l.span(i), v, 0, 0)
}

func (l *lowerer) oldRaise(i int32) Reg {
	mark, class := len(l.pending), Reg(-1)
	for c := range l.kids(i) {
		v := l.expr(c)
		if class < 0 {
			class = v
		} else if len(l.pending) == mark {
			l.push(PosArg, v)
		}
	}
	if len(l.pending) == mark {
		return class
	}
	a, n := l.operands(mark)
	return l.value(Call, l.span(i), class, a, n)
}

// assertStmt lowers an assertion. Its message is evaluated only on failure, so it stands in a branch, and only if it
// calls something.
func (l *lowerer) assertStmt(i int32) {
	cond := Reg(-1)
	for c := range l.kids(i) {
		if cond < 0 {
			cond = l.expr(c)
		} else if l.calls(c) {
			then := l.emptyBlock()
			b := l.open()
			l.expr(c)
			l.effect(If, l.span(i), cond, then, l.close(b))
		}
	}
	if cond >= 0 {
		l.effect(Assert, l.span(i), cond, 0, 0)
	}
}

// printStmt lowers Python 2's print statement as a call of print.
func (l *lowerer) printStmt(i int32) {
	fn := l.builtin("print", l.span(i))
	mark, file := len(l.pending), Reg(-1)
	for c := range l.kids(i) {
		if l.kind(c) != syntax.KindChevron {
			l.element(c)
		} else if e := l.child(c); e >= 0 {
			file = l.expr(e)
		}
	}
	if file >= 0 {
		sid := l.intern("file")
		l.mention(sid)
		l.pushKeyword(sid, file)
	}
	a, n := l.operands(mark)
	l.value(Call, l.span(i), fn, a, n)
}

// execStmt lowers Python 2's `exec code in globals, locals` as a call of exec.
func (l *lowerer) execStmt(i int32) {
	fn := l.builtin("exec", l.span(i))
	mark := len(l.pending)
	for c := range l.kids(i) {
		l.element(c)
	}
	a, n := l.operands(mark)
	l.value(Call, l.span(i), fn, a, n)
}

// builtin loads a name that the source implies but does not mention.
func (l *lowerer) builtin(name string, at text.Span) Reg {
	sid := l.intern(name)
	l.mention(sid)
	return l.value(Global, at, sid, 0, 0)
}

// typeAlias lowers `type X = T`. The grammar also reads `type(self).x = v` as one, without the call; an alias is a
// plain name, so anything else is the assignment it was meant to be.
func (l *lowerer) typeAlias(i int32) {
	left, right := l.child(i), int32(-1)
	for c := range l.kids(i) {
		right = c
	}
	if left < 0 || right == left {
		l.opaqueTree(i)
		return
	}
	v := l.expr(right)
	first := left
	for first < l.nodes[left].Next && !l.isLeafOrBracket(first) {
		first++
	}
	if first < l.nodes[left].Next && l.kind(first) != syntax.KindIdentifier {
		saved, mark := l.typeCall, len(l.instrs)
		l.typeCall = first
		l.assign(left, v)
		l.typeCall = saved
		l.moveStart(mark, l.span(left).Start, l.span(i).Start)
		return
	}
	l.targetNames(left, func(sid int32) { l.store(sid, v, l.span(left)) })
}

// isLeafOrBracket reports whether the text of node i is an identifier or begins with its own bracket.
func (l *lowerer) isLeafOrBracket(i int32) bool {
	switch l.kind(i) {
	case syntax.KindIdentifier, syntax.KindParenthesizedExpression, syntax.KindTuple, syntax.KindList,
		syntax.KindGeneratorExpression:
		return true
	}
	return l.nodes[i].Next == i+1
}

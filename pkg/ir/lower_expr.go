package ir

import (
	"strconv"

	"github.com/pickletrace/pickletrace/pkg/syntax"
)

func itoa(n int) string { return strconv.Itoa(n) }

// expr evaluates expression i and gives the register with its value.
func (l *lowerer) expr(i int32) Reg {
	if l.depth >= maxDepth {
		return l.cut(i)
	}
	l.depth++
	r := l.expression(i)
	l.depth--
	return r
}

// expression lowers one expression.
func (l *lowerer) expression(i int32) Reg {
	switch k := l.kind(i); k {
	case syntax.KindIdentifier:
		return l.identifier(i)
	case syntax.KindAttribute, syntax.KindMemberType:
		obj, attr := l.attribute(i)
		return l.value(Attr, l.span(i), obj, attr, 0)
	case syntax.KindCall:
		return l.call(i)
	case syntax.KindString, syntax.KindConcatenatedString:
		return l.str(i)
	case syntax.KindInteger, syntax.KindFloat, syntax.KindTrue, syntax.KindFalse, syntax.KindNone,
		syntax.KindEllipsis:
		c, _ := l.literal(i)
		return l.constant(l.span(i), c.Kind, c.S)
	case syntax.KindSubscript, syntax.KindGenericType:
		return l.subscript(i)
	case syntax.KindBinaryOperator, syntax.KindBooleanOperator, syntax.KindUnionType:
		return l.chain(i)
	case syntax.KindComparisonOperator:
		return l.comparison(i)
	case syntax.KindNotOperator:
		if c := l.operand(i); c >= 0 {
			v := l.expr(c)
			return l.value(Not, l.span(i), v, 0, 0)
		}
	case syntax.KindUnaryOperator:
		return l.unary(i)
	case syntax.KindTuple, syntax.KindExpressionList, syntax.KindPatternList, syntax.KindTuplePattern:
		return l.display(MakeTuple, i)
	case syntax.KindList, syntax.KindListPattern:
		return l.display(MakeList, i)
	case syntax.KindSet:
		return l.display(MakeSet, i)
	case syntax.KindDictionary:
		return l.dictionary(i)
	case syntax.KindListComprehension, syntax.KindGeneratorExpression:
		return l.comprehension(MakeList, i)
	case syntax.KindSetComprehension:
		return l.comprehension(MakeSet, i)
	case syntax.KindDictionaryComprehension:
		return l.comprehension(MakeDict, i)
	case syntax.KindConditionalExpression:
		return l.conditional(i)
	case syntax.KindLambda:
		return l.lambda(i)
	case syntax.KindNamedExpression:
		return l.named(i)
	case syntax.KindAwait:
		if c := l.child(i); c >= 0 {
			v := l.expr(c)
			return l.value(Await, l.span(i), v, 0, 0)
		}
	case syntax.KindYield:
		return l.yield(i)
	case syntax.KindAssignment:
		if v := l.assignment(i); v >= 0 {
			return v
		}
	case syntax.KindAugmentedAssignment:
		return l.augmented(i)
	case syntax.KindParenthesizedExpression, syntax.KindType, syntax.KindListSplat, syntax.KindListSplatPattern,
		syntax.KindDictionarySplat, syntax.KindDictionarySplatPattern, syntax.KindAsPatternTarget,
		syntax.KindConstrainedType, syntax.KindSplatType, syntax.KindInterpolation, syntax.KindFormatExpression:
		return l.wrapped(i)
	case syntax.KindAsPattern:
		return l.asPattern(i)
	}
	return l.opaqueTree(i)
}

// exprOrTuple evaluates the right side of a statement.
func (l *lowerer) exprOrTuple(i int32) Reg {
	if l.starred(i) {
		mark := len(l.pending)
		l.element(i)
		a, n := l.operands(mark)
		return l.value(MakeTuple, l.span(i), a, n, 0)
	}
	return l.expr(i)
}

func (l *lowerer) identifier(i int32) Reg {
	if l.text(i) == "" { // the parser's guess at what is missing
		return l.opaque(i, len(l.pending))
	}
	return l.load(l.name(i), l.span(i))
}

// wrapped evaluates the expression inside parentheses, a type or a stray star.
func (l *lowerer) wrapped(i int32) Reg {
	if i == l.typeCall {
		return l.typeCalled(i)
	}
	c := l.child(i)
	if c < 0 {
		return l.opaque(i, len(l.pending))
	}
	return l.expr(c)
}

// typeCalled evaluates the call that the grammar lost in `type(self).x = v`; i is the parentheses.
func (l *lowerer) typeCalled(i int32) Reg {
	l.typeCall = -1
	fn := l.builtin("type", l.span(i))
	mark := len(l.pending)
	for c := range l.kids(i) {
		l.element(c)
	}
	a, n := l.operands(mark)
	return l.value(Call, l.span(i), fn, a, n)
}

// operand gives the operand of `not x` or `-x`.
func (l *lowerer) operand(i int32) int32 {
	if c := l.field(i, syntax.FieldArgument); c >= 0 {
		return c
	}
	return l.child(i)
}

// unary lowers -x, +x and ~x as an operation with 0; a signed number is a literal.
func (l *lowerer) unary(i int32) Reg {
	if c, ok := l.literal(i); ok {
		return l.constant(l.span(i), c.Kind, c.S)
	}
	c := l.operand(i)
	if c < 0 {
		return l.opaque(i, len(l.pending))
	}
	zero := l.constant(l.span(i), Int, "0")
	v := l.expr(c)
	return l.value(Bin, l.span(i), zero, v, int32(OtherBin))
}

// chain lowers operators that nest to the left, `a + b + c …`, without recursion along the chain.
func (l *lowerer) chain(i int32) Reg {
	mark := len(l.spine)
	left := i
	for left >= 0 && isChain(l.kind(left)) {
		l.spine = append(l.spine, left)
		left = l.child(left)
	}
	v := Reg(-1)
	if left >= 0 {
		v = l.expr(left)
	} else {
		v = l.opaque(i, len(l.pending))
	}
	for n := len(l.spine) - 1; n >= mark; n-- {
		v = l.binary(l.spine[n], v)
	}
	l.spine = l.spine[:mark]
	return v
}

func isChain(k syntax.Kind) bool {
	return k == syntax.KindBinaryOperator || k == syntax.KindBooleanOperator || k == syntax.KindUnionType
}

// binary applies operator node i to v and its right operand.
func (l *lowerer) binary(i int32, v Reg) Reg {
	right := int32(-1)
	first := true
	for c := range l.kids(i) {
		if !first {
			right = c
		}
		first = false
	}
	if right < 0 {
		return v
	}
	w := l.expr(right)
	switch {
	case l.kind(i) != syntax.KindBooleanOperator:
		return l.value(Bin, l.span(i), v, w, int32(l.binOp(i)))
	case l.token(i, syntax.TokAnd):
		return l.value(And, l.span(i), v, w, 0)
	default:
		return l.value(Or, l.span(i), v, w, 0)
	}
}

// binOp gives the operator of a binary operation or augmented assignment.
func (l *lowerer) binOp(i int32) BinOp {
	for c := i + 1; c < l.nodes[i].Next; c = l.nodes[c].Next {
		switch l.kind(c) {
		case syntax.TokPlus, syntax.TokPlusAssign:
			return Add
		case syntax.TokPercent, syntax.TokPercentAssign:
			return Mod
		case syntax.TokSlash, syntax.TokSlashAssign:
			return Div
		case syntax.TokPipe, syntax.TokPipeAssign:
			return BitOr
		case syntax.TokMinus, syntax.TokMinusAssign:
			return Sub
		case syntax.TokStar, syntax.TokStarAssign:
			return Mul
		}
	}
	return OtherBin
}

// comparison lowers `a < b < c` as (a < b) and (b < c), with b evaluated once.
func (l *lowerer) comparison(i int32) Reg {
	left, all := Reg(-1), Reg(-1)
	op := OtherCmp
	for c := i + 1; c < l.nodes[i].Next; c = l.nodes[c].Next {
		n := &l.nodes[c]
		if isExtra(n.Kind) {
			continue
		}
		if !n.Named {
			op = cmpOp(n.Kind, op)
			continue
		}
		v := l.expr(c)
		if left >= 0 {
			r := l.value(Cmp, l.span(i), left, v, int32(op))
			if all < 0 {
				all = r
			} else {
				all = l.value(And, l.span(i), all, r, 0)
			}
		}
		left, op = v, OtherCmp
	}
	if all < 0 {
		return l.opaque(i, len(l.pending))
	}
	return all
}

// cmpOp gives the operator of a token. `not in` and `is not` come as one token or two.
func cmpOp(k syntax.Kind, before CmpOp) CmpOp {
	switch k {
	case syntax.TokEqual:
		return Eq
	case syntax.TokNotEqual, syntax.TokOldNotEqual:
		return NotEq
	case syntax.TokIs:
		return Is
	case syntax.TokIsNot:
		return IsNot
	case syntax.TokIn:
		if before == NotIn {
			return NotIn
		}
		return In
	case syntax.TokNotIn:
		return NotIn
	case syntax.TokLess:
		return Less
	case syntax.TokLessEqual:
		return LessEq
	case syntax.TokGreater:
		return Greater
	case syntax.TokGreaterEqual:
		return GreaterEq
	case syntax.TokNot:
		if before == Is {
			return IsNot
		}
		return NotIn
	}
	return OtherCmp
}

// conditional lowers `a if c else b`: each branch stores its value in a temporary slot.
func (l *lowerer) conditional(i int32) Reg {
	var part [3]int32
	n := 0
	for c := range l.kids(i) {
		if n < 3 {
			part[n] = c
		}
		n++
	}
	if n != 3 {
		return l.opaqueTree(i)
	}
	cond := l.expr(part[1])
	slot := l.temp()
	then := l.branch(part[0], slot)
	other := l.branch(part[2], slot)
	l.effect(If, l.span(i), cond, then, other)
	return l.value(Local, l.span(i), slot, 0, 0)
}

func (l *lowerer) branch(i, slot int32) int32 {
	b := l.open()
	v := l.expr(i)
	l.effect(StoreLocal, l.span(i), slot, v, 0)
	return l.close(b)
}

func (l *lowerer) named(i int32) Reg {
	n, e := l.field(i, syntax.FieldName), l.field(i, syntax.FieldValue)
	if n < 0 || e < 0 {
		return l.opaqueTree(i)
	}
	v := l.expr(e)
	l.assign(n, v)
	return v
}

func (l *lowerer) yield(i int32) Reg {
	l.cur.f.Body.IsGen = true
	v := l.exprsOrNone(i)
	if l.token(i, syntax.TokFrom) && v >= 0 {
		return l.value(YieldFrom, l.span(i), v, 0, 0)
	}
	return l.value(Yield, l.span(i), v, 0, 0)
}

// asPattern lowers `e as t` where the grammar reads it as an expression.
func (l *lowerer) asPattern(i int32) Reg {
	c := l.child(i)
	if c < 0 {
		return l.opaque(i, len(l.pending))
	}
	v := l.expr(c)
	if t := l.field(i, syntax.FieldAlias); t >= 0 {
		l.assign(t, v)
	}
	return v
}

// isStatement reports whether k is the kind of a statement.
func isStatement(k syntax.Kind) bool {
	switch k {
	case syntax.KindExpressionStatement, syntax.KindReturnStatement, syntax.KindIfStatement, syntax.KindForStatement,
		syntax.KindWhileStatement, syntax.KindTryStatement, syntax.KindWithStatement, syntax.KindMatchStatement,
		syntax.KindFunctionDefinition, syntax.KindClassDefinition, syntax.KindDecoratedDefinition,
		syntax.KindImportStatement, syntax.KindImportFromStatement, syntax.KindFutureImportStatement,
		syntax.KindRaiseStatement, syntax.KindAssertStatement, syntax.KindDeleteStatement, syntax.KindPassStatement,
		syntax.KindBreakStatement, syntax.KindContinueStatement, syntax.KindPrintStatement, syntax.KindExecStatement,
		syntax.KindTypeAliasStatement, syntax.KindGlobalStatement, syntax.KindNonlocalStatement, syntax.KindBlock,
		syntax.KindElseClause, syntax.KindElifClause, syntax.KindFinallyClause, syntax.KindExceptClause,
		syntax.KindExceptGroupClause, syntax.KindAssignment, syntax.KindAugmentedAssignment:
		return true
	}
	return false
}

// isExpression reports whether k is the kind of a node that expression evaluates.
func isExpression(k syntax.Kind) bool {
	switch k {
	case syntax.KindIdentifier, syntax.KindAttribute, syntax.KindCall, syntax.KindString,
		syntax.KindConcatenatedString, syntax.KindInteger, syntax.KindFloat, syntax.KindTrue, syntax.KindFalse,
		syntax.KindNone, syntax.KindEllipsis, syntax.KindSubscript, syntax.KindBinaryOperator,
		syntax.KindBooleanOperator, syntax.KindComparisonOperator, syntax.KindNotOperator, syntax.KindUnaryOperator,
		syntax.KindTuple, syntax.KindExpressionList, syntax.KindPatternList, syntax.KindList, syntax.KindSet,
		syntax.KindDictionary, syntax.KindListComprehension, syntax.KindGeneratorExpression,
		syntax.KindSetComprehension, syntax.KindDictionaryComprehension, syntax.KindConditionalExpression,
		syntax.KindLambda, syntax.KindNamedExpression, syntax.KindAwait, syntax.KindYield,
		syntax.KindParenthesizedExpression, syntax.KindListSplat, syntax.KindDictionarySplat, syntax.KindAsPattern,
		syntax.KindError, syntax.KindArgumentList, syntax.KindPair, syntax.KindKeywordArgument, syntax.KindSlice,
		syntax.KindTuplePattern, syntax.KindListPattern, syntax.KindType, syntax.KindInterpolation,
		syntax.KindWithClause, syntax.KindWithItem, syntax.KindForInClause, syntax.KindIfClause:
		return true
	}
	return false
}

package ir

import "github.com/pickletrace/pickletrace/pkg/syntax"

// call lowers a call. The receiver's or function's value is evaluated first, then the arguments in order.
func (l *lowerer) call(i int32) Reg {
	f, args := l.field(i, syntax.FieldFunction), l.field(i, syntax.FieldArguments)
	if f < 0 || args < 0 {
		return l.opaqueTree(i)
	}
	fn := l.expr(f)
	mark := len(l.pending)
	if l.kind(args) == syntax.KindGeneratorExpression {
		l.push(PosArg, l.expr(args))
	} else {
		l.arguments(args)
	}
	a, n := l.operands(mark)
	return l.value(Call, l.span(i), fn, a, n)
}

func (l *lowerer) arguments(i int32) {
	for c := range l.kids(i) {
		switch l.kind(c) {
		case syntax.KindKeywordArgument:
			name, v := l.field(c, syntax.FieldName), l.field(c, syntax.FieldValue)
			if name < 0 || v < 0 {
				l.push(PosArg, l.opaqueTree(c))
				continue
			}
			r := l.expr(v)
			sid := l.name(name)
			l.mention(sid)
			l.pushKeyword(sid, r)
		case syntax.KindDictionarySplat, syntax.KindDictionarySplatPattern:
			l.push(DoubleStarArg, l.expr(c))
		default:
			l.element(c)
		}
	}
}

// element evaluates an element of a call's or display's list and leaves it pending.
func (l *lowerer) element(i int32) {
	if !l.starred(i) {
		l.push(PosArg, l.expr(i))
		return
	}
	mark := len(l.instrs)
	l.push(StarArg, l.expr(i))
	if l.kind(i) != syntax.KindListSplat { // the star is no part of the call
		star := i
		for star+1 < l.nodes[i].Next && l.kind(star) != syntax.KindListSplat {
			star++
		}
		if inner := l.child(star); inner >= 0 {
			l.moveStart(mark, l.span(star).Start, l.span(inner).Start)
		}
	}
}

// moveStart corrects the spans of the instructions from mark on that begin where a misread node does.
func (l *lowerer) moveStart(mark int, from, to int32) {
	for n := mark; n < len(l.instrs); n++ {
		if s := &l.instrs[n].Span; s.Start == from && s.End >= to {
			s.Start = to
		}
	}
}

// starred reports whether element i is `*v`. The grammar reads `a, *b.f(c)` as a call of `(*b.f)`: the star is then the
// first leaf of the whole.
func (l *lowerer) starred(i int32) bool {
	for {
		switch l.kind(i) {
		case syntax.KindListSplat, syntax.KindListSplatPattern:
			return true
		case syntax.KindCall, syntax.KindAttribute, syntax.KindSubscript:
			if l.nodes[i].Next == i+1 {
				return false
			}
			i++
		case syntax.KindParenthesizedExpression: // f((*a))
			c := l.child(i)
			return c >= 0 && l.kind(c) == syntax.KindListSplat
		default:
			return false
		}
	}
}

// display lowers a tuple, list or set.
func (l *lowerer) display(op Op, i int32) Reg {
	if i == l.typeCall {
		return l.typeCalled(i)
	}
	mark := len(l.pending)
	for c := range l.kids(i) {
		l.element(c)
	}
	a, n := l.operands(mark)
	return l.value(op, l.span(i), a, n, 0)
}

func (l *lowerer) dictionary(i int32) Reg {
	mark := len(l.pending)
	for c := range l.kids(i) {
		if l.kind(c) != syntax.KindPair {
			l.push(DoubleStarArg, l.expr(c))
			continue
		}
		if key, v, ok := l.pair(c); ok {
			l.pending = append(l.pending, Arg{Kind: DictPair, Name: -1, Key: key, Val: v})
		}
	}
	a, n := l.operands(mark)
	return l.value(MakeDict, l.span(i), a, n, 0)
}

func (l *lowerer) pair(i int32) (key, v Reg, ok bool) {
	k, e := l.field(i, syntax.FieldKey), l.field(i, syntax.FieldValue)
	if k < 0 || e < 0 {
		l.opaqueTree(i)
		return -1, -1, false
	}
	key = l.expr(k)
	return key, l.expr(e), true
}

// subscript lowers x[k], x[k, m] and everything with a slice in it.
func (l *lowerer) subscript(i int32) Reg {
	v := l.subscripted(i)
	if v < 0 {
		return l.opaqueTree(i)
	}
	obj := l.expr(v)
	one, slices := l.subscripts(i, v)
	if one >= 0 {
		key := l.expr(one)
		return l.value(Index, l.span(i), obj, key, 0)
	}
	mark := len(l.pending)
	l.keys(i, v)
	a, n := l.operands(mark)
	if slices {
		return l.value(Slice, l.span(i), obj, a, n)
	}
	key := l.value(MakeTuple, l.keySpan(i, v), a, n, 0)
	return l.value(Index, l.span(i), obj, key, 0)
}

// subscripted gives the object of subscript i.
func (l *lowerer) subscripted(i int32) int32 {
	if c := l.field(i, syntax.FieldValue); c >= 0 {
		return c
	}
	return l.child(i)
}

// subscripts gives the only key of subscript i of object v, or -1 when it has several or a slice.
func (l *lowerer) subscripts(i, v int32) (one int32, slices bool) {
	n, comma := 0, false
	one = -1
	for c := l.nodes[v].Next; c < l.nodes[i].Next; c = l.nodes[c].Next {
		switch k := l.kind(c); {
		case k == syntax.TokComma:
			comma = true
		case k == syntax.KindSlice:
			slices = true
		case l.nodes[c].Named && !isExtra(k) && k != syntax.KindTypeParameter:
			one = c
			n++
		}
	}
	if n != 1 || comma || slices || l.starred(one) {
		one = -1
	}
	return one, slices
}

// keys leaves the keys and slice bounds of subscript i pending.
func (l *lowerer) keys(i, v int32) {
	for c := range l.kids(i) {
		switch {
		case c <= v:
		case l.kind(c) == syntax.KindSlice:
			for b := range l.kids(c) {
				l.element(b)
			}
		case l.kind(c) == syntax.KindTypeParameter:
			for t := range l.kids(c) {
				l.element(t)
			}
		default:
			l.element(c)
		}
	}
}

// comprehension lowers a comprehension or generator expression in place:
//
//	[f(x) for x in xs if p(x)]
//
// becomes an empty list, a loop over xs, an If, and an Append. The first iterable is evaluated outside its scope.
func (l *lowerer) comprehension(op Op, i int32) Reg {
	body := l.field(i, syntax.FieldBody)
	if body < 0 {
		return l.opaqueTree(i)
	}
	acc := l.value(op, l.span(i), int32(len(l.args)-l.cur.arg0), 0, 0)
	mark, first := l.scopes.mark(), true
	saved := l.cur.inComp
	var opened []compBlock
	for c := range l.kids(i) {
		switch l.kind(c) {
		case syntax.KindForInClause:
			seq := l.iterable(c)
			if first {
				first = false
				l.cur.inComp++
				l.bindClauses(i)
			}
			opened = append(opened, l.openFor(c, seq))
		case syntax.KindIfClause:
			if e := l.child(c); e >= 0 {
				cond := l.expr(e)
				opened = append(opened, compBlock{l.open(), c, cond})
			}
		}
		if len(opened) > maxClauses {
			l.cut(i)
			break
		}
	}
	l.appendTo(acc, op, body)
	for n := len(opened) - 1; n >= 0; n-- {
		l.closeComp(opened[n])
	}
	l.cur.inComp = saved
	l.scopes.pop(mark)
	return acc
}

// maxClauses bounds how many clauses of one comprehension are lowered.
const maxClauses = 100

// A compBlock is an open block of a comprehension: of an if clause with its condition, or of a for clause.
type compBlock struct {
	openBlock
	clause int32
	cond   Reg // -1 for a for clause
}

// bindClauses binds the targets of all for clauses of comprehension i.
func (l *lowerer) bindClauses(i int32) {
	mark := l.scopes.mark()
	for c := range l.kids(i) {
		if l.kind(c) != syntax.KindForInClause {
			continue
		}
		t := l.field(c, syntax.FieldLeft)
		if t < 0 {
			continue
		}
		l.targetNames(t, func(sid int32) {
			if int(l.scopes.head[sid]) < mark {
				l.bindComp(sid)
			}
		})
	}
}

// iterable evaluates what a for clause iterates over; Python 2 allows `for x in a, b`.
func (l *lowerer) iterable(i int32) Reg {
	mark, v := len(l.pending), Reg(-1)
	left, n := l.field(i, syntax.FieldLeft), 0
	for c := range l.kids(i) {
		if c == left || l.nodes[c].Field == syntax.FieldLeft {
			continue
		}
		v = l.expr(c)
		l.push(PosArg, v)
		n++
	}
	switch n {
	case 0:
		return l.opaque(i, mark)
	case 1:
		l.pending = l.pending[:mark]
		return v
	}
	a, count := l.operands(mark)
	return l.value(MakeTuple, l.span(i), a, count, 0)
}

func (l *lowerer) openFor(i int32, seq Reg) compBlock {
	async := int32(0)
	if l.token(i, syntax.TokAsync) {
		async = 1
	}
	b := compBlock{l.open(), i, -1}
	v := l.value(Iter, l.span(i), seq, 0, async)
	if t := l.field(i, syntax.FieldLeft); t >= 0 {
		l.assign(t, v)
	}
	return b
}

func (l *lowerer) closeComp(b compBlock) {
	body := l.close(b.openBlock)
	if b.cond >= 0 {
		l.effect(If, l.span(b.clause), b.cond, body, -1)
	} else {
		l.effect(Loop, l.span(b.clause), body, -1, 1)
	}
}

// appendTo adds the value of a comprehension's body to what it builds.
func (l *lowerer) appendTo(acc Reg, op Op, body int32) {
	key, v := Reg(-1), Reg(-1)
	switch {
	case op == MakeDict && l.kind(body) == syntax.KindPair:
		ok := false
		if key, v, ok = l.pair(body); !ok {
			return
		}
	default:
		v = l.expr(body)
	}
	l.effect(Append, l.span(body), acc, v, key)
}

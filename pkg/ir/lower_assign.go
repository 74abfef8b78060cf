package ir

import (
	"github.com/pickletrace/pickletrace/pkg/syntax"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// assignment lowers `a = b = v`, `x: T = v` and `x: T`, and gives the value's register (-1 if there is none).
func (l *lowerer) assignment(i int32) Reg {
	mark := len(l.spine)
	v, right := Reg(-1), i
	for right >= 0 && l.kind(right) == syntax.KindAssignment {
		l.spine = append(l.spine, right)
		right = l.field(right, syntax.FieldRight)
	}
	if right >= 0 {
		if len(l.spine) == mark+1 && l.pairwise(i, right) {
			l.spine = l.spine[:mark]
			return -1
		}
		v = l.exprOrTuple(right)
	}
	for n := mark; n < len(l.spine); n++ {
		a := l.spine[n]
		left := l.field(a, syntax.FieldLeft)
		if left < 0 {
			continue
		}
		if t := l.field(a, syntax.FieldType); t >= 0 {
			l.annotate(left, t)
		}
		if v >= 0 {
			l.assign(left, v)
		}
		if l.cur.f.Index == 0 {
			l.allAssign(left, right)
		}
	}
	l.spine = l.spine[:mark]
	return v
}

// pairwise lowers `a, b = x, y` without building the tuple, if both sides have as many elements and none is starred.
func (l *lowerer) pairwise(i, right int32) bool {
	left := l.field(i, syntax.FieldLeft)
	if left < 0 || !isSequence(l.kind(left)) || !isSequence(l.kind(right)) || l.parenthesized(left) >= 0 {
		return false
	}
	n, m := 0, 0
	for c := range l.kids(left) {
		if l.starred(c) {
			return false
		}
		n++
	}
	for c := range l.kids(right) {
		if l.starred(c) {
			return false
		}
		m++
	}
	if n != m {
		return false
	}
	mark := len(l.pending)
	for c := range l.kids(right) {
		l.element(c)
	}
	k := mark
	for c := range l.kids(left) {
		l.assign(c, l.pending[k].Val)
		k++
	}
	l.pending = l.pending[:mark]
	return true
}

func isSequence(k syntax.Kind) bool {
	switch k {
	case syntax.KindPatternList, syntax.KindTuplePattern, syntax.KindListPattern, syntax.KindTuple, syntax.KindList,
		syntax.KindExpressionList:
		return true
	}
	return false
}

// annotate records the annotation of a variable or attribute.
func (l *lowerer) annotate(left, t int32) {
	a := Annotation{Type: l.static(t, true), Span: l.span(left), Slot: -1}
	switch l.kind(left) {
	case syntax.KindIdentifier:
		a.Name = l.identText(left)
		if b := l.resolve(l.intern(a.Name), true); b != nil && b.fn == int32(l.cur.f.Index) {
			a.Slot = b.slot
		}
	case syntax.KindAttribute:
		n := l.field(left, syntax.FieldAttribute)
		if n < 0 || !l.onSelf(left) {
			return
		}
		a.Name, a.OnSelf = l.identText(n), true
	default:
		return
	}
	l.cur.f.Body.Annotations = append(l.cur.f.Body.Annotations, a)
}

// assign stores v in the target i.
func (l *lowerer) assign(i int32, v Reg) {
	if l.depth >= maxDepth {
		l.cut(i)
		return
	}
	l.depth++
	defer func() { l.depth-- }()
	switch l.kind(i) {
	case syntax.KindIdentifier:
		if l.text(i) != "" {
			l.store(l.name(i), v, l.span(i))
		}
	case syntax.KindAttribute, syntax.KindMemberType:
		obj, attr := l.attribute(i)
		l.storeSelf(i)
		l.effect(StoreAttr, l.span(i), obj, attr, v)
	case syntax.KindSubscript, syntax.KindGenericType:
		obj, key := l.place(i)
		l.storeSelf(i)
		l.effect(StoreIndex, l.span(i), obj, key, v)
	case syntax.KindPatternList, syntax.KindTuplePattern, syntax.KindListPattern, syntax.KindTuple, syntax.KindList,
		syntax.KindExpressionList:
		if c := l.parenthesized(i); c >= 0 {
			l.assign(c, v)
		} else {
			l.unpack(i, v)
		}
	case syntax.KindParenthesizedExpression, syntax.KindAsPatternTarget, syntax.KindType,
		syntax.KindListSplatPattern, syntax.KindListSplat:
		if c := l.child(i); c >= 0 {
			l.assign(c, v)
		}
	default:
		mark := len(l.pending)
		l.push(PosArg, v)
		if isExpression(l.kind(i)) {
			l.push(PosArg, l.expr(i))
		}
		l.opaque(i, mark)
	}
}

// parenthesized gives the target inside `(x)`, which the grammar reads as a tuple of one; -1 for other targets.
func (l *lowerer) parenthesized(i int32) int32 {
	if l.kind(i) != syntax.KindTuplePattern || l.token(i, syntax.TokComma) {
		return -1
	}
	return l.child(i)
}

// unpack assigns the elements of v to the targets below node i. What follows a starred target counts from the end.
func (l *lowerer) unpack(i int32, v Reg) {
	n, star := int32(0), false
	for range l.kids(i) {
		n++
	}
	k := int32(0)
	for c := range l.kids(i) {
		switch {
		case l.starred(c) && !star:
			star = true
			l.assign(c, l.value(UnpackStar, l.span(c), v, k, n))
		case star:
			l.assign(c, l.value(Unpack, l.span(c), v, k-n, n))
		default:
			l.assign(c, l.value(Unpack, l.span(c), v, k, n))
		}
		k++
	}
}

// onSelf reports whether attribute i is one of the function's first parameter.
func (l *lowerer) onSelf(i int32) bool {
	f := l.cur.f
	if f.Kind != Plain || len(f.Params) == 0 {
		return false
	}
	obj := l.field(i, syntax.FieldObject)
	if obj < 0 || l.kind(obj) != syntax.KindIdentifier || l.identText(obj) != f.Params[0].Name {
		return false
	}
	b := l.resolve(l.name(obj), false)
	return b != nil && b.fn == int32(f.Index) && b.slot == 0
}

// storeSelf records the attribute if target i is self.x or self.x[…].
func (l *lowerer) storeSelf(i int32) {
	for l.kind(i) == syntax.KindSubscript {
		if i = l.field(i, syntax.FieldValue); i < 0 {
			return
		}
	}
	if l.kind(i) != syntax.KindAttribute || !l.onSelf(i) {
		return
	}
	if n := l.field(i, syntax.FieldAttribute); n >= 0 {
		l.selfs = append(l.selfs, l.name(n))
	}
}

// augmented lowers `x += v` to load, Bin, store; the object and key of the target are evaluated once.
func (l *lowerer) augmented(i int32) Reg {
	left, right := l.field(i, syntax.FieldLeft), l.field(i, syntax.FieldRight)
	if left < 0 || right < 0 {
		return l.opaqueTree(i)
	}
	at := l.span(i)
	var obj, key, old Reg
	switch l.kind(left) {
	case syntax.KindAttribute:
		obj, key = l.attribute(left)
		old = l.value(Attr, l.span(left), obj, key, 0)
	case syntax.KindSubscript:
		obj, key = l.place(left)
		old = l.value(Index, l.span(left), obj, key, 0)
	default:
		old = l.expr(left)
	}
	v := l.value(Bin, at, old, l.exprOrTuple(right), int32(l.binOp(i)))
	switch l.kind(left) {
	case syntax.KindAttribute:
		l.storeSelf(left)
		l.effect(StoreAttr, at, obj, key, v)
	case syntax.KindSubscript:
		l.storeSelf(left)
		l.effect(StoreIndex, at, obj, key, v)
	default:
		l.assign(left, v)
	}
	if l.cur.f.Index == 0 {
		l.allAugment(left, right)
	}
	return v
}

// del lowers the deletion of target i. Deleting an attribute or a name that is no slot only evaluates its object.
func (l *lowerer) del(i int32) {
	if l.depth >= maxDepth {
		l.cut(i)
		return
	}
	l.depth++
	defer func() { l.depth-- }()
	switch l.kind(i) {
	case syntax.KindIdentifier:
		if b := l.resolve(l.name(i), true); b != nil && b.fn == int32(l.cur.f.Index) {
			l.effect(DelLocal, l.span(i), b.slot, 0, 0)
		}
	case syntax.KindAttribute:
		l.attribute(i)
	case syntax.KindSubscript:
		obj, key := l.place(i)
		l.effect(DelIndex, l.span(i), obj, key, 0)
	default:
		for c := range l.kids(i) {
			l.del(c)
		}
	}
}

// attribute evaluates the object of attribute i and gives it with the attribute's name.
func (l *lowerer) attribute(i int32) (obj Reg, attr int32) {
	o, n := l.field(i, syntax.FieldObject), l.field(i, syntax.FieldAttribute)
	if o < 0 { // member_type has no fields
		for c := range l.kids(i) {
			if o < 0 {
				o = c
			} else {
				n = c
			}
		}
	}
	if o < 0 || n < 0 {
		return l.opaqueTree(i), l.intern("")
	}
	obj = l.expr(o)
	attr = l.name(n)
	l.mention(attr)
	return obj, attr
}

// place evaluates the object and key of subscript i, the target of a store or deletion. The key of a slice is unknown.
func (l *lowerer) place(i int32) (obj, key Reg) {
	v := l.subscripted(i)
	if v < 0 {
		return l.opaqueTree(i), l.unknown(l.span(i), len(l.pending))
	}
	obj = l.expr(v)
	one, slices := l.subscripts(i, v)
	if one >= 0 {
		return obj, l.expr(one)
	}
	mark := len(l.pending)
	l.keys(i, v)
	if slices {
		return obj, l.unknown(l.keySpan(i, v), mark)
	}
	a, n := l.operands(mark)
	return obj, l.value(MakeTuple, l.keySpan(i, v), a, n, 0)
}

// keySpan is the part of subscript i after the object v.
func (l *lowerer) keySpan(i, v int32) text.Span {
	return text.Span{Start: l.span(v).End, End: l.span(i).End}
}

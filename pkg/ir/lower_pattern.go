package ir

import (
	"github.com/pickletrace/pickletrace/pkg/syntax"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// patternTest gives a register that says whether v matches pattern i; -1 if it always does.
func (l *lowerer) patternTest(i int32, v Reg) Reg {
	if l.depth >= maxDepth {
		return l.cut(i)
	}
	l.depth++
	defer func() { l.depth-- }()
	switch l.kind(i) {
	case syntax.KindCasePattern:
		if c := l.child(i); c >= 0 {
			return l.patternTest(c, v)
		}
		return -1 // `_`
	case syntax.KindInteger, syntax.KindFloat:
		return l.value(Cmp, l.span(i), v, l.patternNumber(i), int32(Eq))
	case syntax.KindAsPattern:
		if c := l.child(i); c >= 0 {
			return l.patternTest(c, v)
		}
		return -1
	case syntax.KindDottedName, syntax.KindIdentifier, syntax.KindAttribute:
		return l.nameTest(i, v)
	case syntax.KindSplatPattern:
		return -1
	case syntax.KindNone, syntax.KindTrue, syntax.KindFalse:
		return l.value(Cmp, l.span(i), v, l.expr(i), int32(Is))
	case syntax.KindUnionPattern:
		return l.unionTest(i, v)
	case syntax.KindListPattern, syntax.KindTuplePattern:
		parts := l.parts(i)
		if l.kind(i) == syntax.KindTuplePattern && len(parts) == 1 && !l.token(i, syntax.TokComma) {
			return l.patternTest(parts[0], v) // only parentheses
		}
		return l.sequenceTest(i, parts, v)
	case syntax.KindDictPattern:
		return l.mappingTest(i, v)
	case syntax.KindClassPattern:
		return l.classTest(i, v)
	case syntax.KindComplexPattern:
		c := l.constant(l.span(i), Float, l.text(i))
		return l.value(Cmp, l.span(i), v, c, int32(Eq))
	}
	return l.value(Cmp, l.span(i), v, l.expr(i), int32(Eq))
}

// patternNumber gives the constant of a number in a pattern, whose minus is the token before it.
func (l *lowerer) patternNumber(i int32) Reg {
	c, _ := l.literal(i)
	if l.kind(i-1) == syntax.TokMinus {
		c.S = "-" + c.S
	}
	return l.constant(l.span(i), c.Kind, c.S)
}

// parts gives the subpatterns of a sequence or class pattern.
func (l *lowerer) parts(i int32) []int32 {
	var parts []int32
	for c := range l.kids(i) {
		parts = append(parts, c)
	}
	return parts
}

// nameTest tests against a.b; a plain name captures and always matches.
func (l *lowerer) nameTest(i int32, v Reg) Reg {
	if l.plainName(i) >= 0 {
		return -1
	}
	w := l.dottedValue(i)
	return l.value(Cmp, l.span(i), v, w, int32(Eq))
}

// plainName gives the identifier that a dotted name of one part is, -1 for others.
func (l *lowerer) plainName(i int32) int32 {
	switch l.kind(i) {
	case syntax.KindIdentifier:
		return i
	case syntax.KindDottedName:
		n, only := 0, int32(-1)
		for c := range l.kids(i) {
			only = c
			n++
		}
		if n == 1 {
			return only
		}
	}
	return -1
}

func (l *lowerer) unionTest(i int32, v Reg) Reg {
	any := Reg(-1)
	for c := range l.kids(i) {
		t := l.patternTest(c, v)
		switch {
		case t < 0:
			return -1
		case any < 0:
			any = t
		default:
			any = l.value(Or, l.span(i), any, t, 0)
		}
	}
	return any
}

// sequenceTest tests the length of v and its elements.
func (l *lowerer) sequenceTest(i int32, parts []int32, v Reg) Reg {
	at := l.span(i)
	if l.kind(i) == syntax.KindCaseClause && len(parts) > 0 {
		at = text.Span{Start: l.span(parts[0]).Start, End: l.span(parts[len(parts)-1]).End}
	}
	fixed, star := 0, false
	for _, p := range parts {
		if l.splat(p) {
			star = true
		} else {
			fixed++
		}
	}
	mark := len(l.pending)
	fn := l.builtin("len", at)
	l.push(PosArg, v)
	a, n := l.operands(mark)
	length := l.value(Call, at, fn, a, n)
	op := Eq
	if star {
		op = OtherCmp
	}
	want := l.constant(at, Int, itoa(fixed))
	all := l.value(Cmp, at, length, want, int32(op))
	l.eachPart(parts, func(p, k, n int32) {
		if !l.splat(p) && l.needsTest(p) {
			e := l.value(Unpack, l.span(p), v, k, n)
			all = l.both(all, l.patternTest(p, e), p)
		}
	})
	return all
}

// eachPart calls do with each part of a sequence pattern, its position (from the end, negative, after a starred part)
// and the number of parts.
func (l *lowerer) eachPart(parts []int32, do func(p, k, n int32)) {
	n, star := int32(len(parts)), false
	for k, p := range parts {
		if star {
			do(p, int32(k)-n, n)
		} else {
			do(p, int32(k), n)
		}
		star = star || l.splat(p)
	}
}

// splat reports whether pattern i is *rest.
func (l *lowerer) splat(i int32) bool {
	if l.kind(i) == syntax.KindCasePattern {
		if i = l.child(i); i < 0 {
			return false
		}
	}
	return l.kind(i) == syntax.KindSplatPattern
}

// needsTest reports whether pattern i is more than a name or `_`.
func (l *lowerer) needsTest(i int32) bool {
	if l.kind(i) == syntax.KindCasePattern {
		if i = l.child(i); i < 0 {
			return false
		}
	}
	return l.plainName(i) < 0
}

// mappingTest tests that v has the keys and that the values match.
func (l *lowerer) mappingTest(i int32, v Reg) Reg {
	all := Reg(-1)
	l.eachPair(i, func(key, value int32) {
		k := l.patternKey(key)
		all = l.both(all, l.value(Cmp, l.span(key), k, v, int32(In)), key)
		if value >= 0 && l.needsTest(value) {
			e := l.value(Index, l.span(value), v, k, 0)
			all = l.both(all, l.patternTest(value, e), value)
		}
	})
	if all >= 0 {
		return all
	}
	return l.instanceTest(i, l.builtin("dict", l.span(i)), v)
}

func (l *lowerer) eachPair(i int32, do func(key, value int32)) {
	key := int32(-1)
	for c := range l.kids(i) {
		switch l.nodes[c].Field {
		case syntax.FieldKey:
			key = c
		case syntax.FieldValue:
			if key >= 0 {
				do(key, c)
			}
			key = -1
		}
	}
}

// patternKey evaluates the key of a mapping pattern.
func (l *lowerer) patternKey(i int32) Reg {
	switch l.kind(i) {
	case syntax.KindInteger, syntax.KindFloat:
		return l.patternNumber(i)
	case syntax.KindDottedName:
		return l.dottedValue(i)
	}
	return l.expr(i)
}

// dottedValue evaluates a dotted name of a pattern.
func (l *lowerer) dottedValue(i int32) Reg {
	w := Reg(-1)
	for c := range l.kids(i) {
		if l.kind(c) != syntax.KindIdentifier {
			continue
		}
		sid := l.name(c)
		if w < 0 {
			w = l.load(sid, l.span(c))
			continue
		}
		l.mention(sid)
		w = l.value(Attr, l.span(i), w, sid, 0)
	}
	if w < 0 {
		return l.opaque(i, len(l.pending))
	}
	return w
}

func (l *lowerer) instanceTest(i int32, class, v Reg) Reg {
	fn := l.builtin("isinstance", l.span(i))
	mark := len(l.pending)
	l.push(PosArg, v)
	l.push(PosArg, class)
	a, n := l.operands(mark)
	return l.value(Call, l.span(i), fn, a, n)
}

// classTest tests isinstance and then the subpatterns.
func (l *lowerer) classTest(i int32, v Reg) Reg {
	head := l.child(i)
	if head < 0 {
		return l.opaqueTree(i)
	}
	all := l.instanceTest(i, l.patternKey(head), v)
	l.eachArg(i, head, func(p int32, attr int32, k, n int32) {
		if attr < 0 && !l.needsTest(p) || attr >= 0 && l.plainName(p) >= 0 {
			return
		}
		e := l.classPart(p, head, attr, v, k, n)
		all = l.both(all, l.patternTest(p, e), p)
	})
	return all
}

// eachArg calls do with each subpattern of a class pattern: with the identifier node of `attr=`, or -1 and its
// position among n.
func (l *lowerer) eachArg(i, head int32, do func(p, attr, k, n int32)) {
	n := int32(-1)
	for range l.kids(i) {
		n++
	}
	k := int32(0)
	for c := range l.kids(i) {
		if c == head {
			continue
		}
		p := c
		if l.kind(p) == syntax.KindCasePattern {
			if q := l.child(p); q >= 0 && l.kind(q) == syntax.KindKeywordPattern {
				p = q
			}
		}
		if l.kind(p) == syntax.KindKeywordPattern {
			attr := l.child(p)
			last := attr
			for q := range l.kids(p) {
				last = q
			}
			if last != attr {
				do(last, attr, k, n)
			}
		} else {
			do(p, -1, k, n)
		}
		k++
	}
}

// classPart gives the value a subpattern of a class pattern sees: an attribute, the value itself for str(x) and the
// like, or some part of it.
func (l *lowerer) classPart(p, head, attr int32, v Reg, k, n int32) Reg {
	if attr >= 0 {
		sid := l.name(attr)
		l.mention(sid)
		return l.value(Attr, l.span(p), v, sid, 0)
	}
	if n == 1 && selfMatching(l.text(head)) {
		return v
	}
	return l.value(Unpack, l.span(p), v, k, n)
}

// selfMatching reports whether C(x) captures the value itself.
func selfMatching(class string) bool {
	switch class {
	case "bool", "bytearray", "bytes", "dict", "float", "frozenset", "int", "list", "set", "str", "tuple":
		return true
	}
	return false
}

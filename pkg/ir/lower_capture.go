package ir

import "github.com/pickletrace/pickletrace/pkg/syntax"

// capture gives the identifier that node i, a pattern of a match statement, captures by itself; -1 if none.
func (l *lowerer) capture(i int32) int32 {
	switch l.kind(i) {
	case syntax.KindCasePattern:
		if c := l.child(i); c >= 0 && l.kind(c) == syntax.KindDottedName {
			return l.captureName(l.plainName(c))
		}
	case syntax.KindAsPattern: // case P as x; the expression form has a target node instead
		last := int32(-1)
		first := l.child(i)
		for c := range l.kids(i) {
			last = c
		}
		if first >= 0 && l.kind(first) == syntax.KindCasePattern && last != first {
			return l.captureName(last)
		}
	case syntax.KindKeywordPattern:
		last := int32(-1)
		for c := range l.kids(i) {
			last = c
		}
		if last >= 0 && l.kind(last) == syntax.KindDottedName {
			return l.captureName(l.plainName(last))
		}
	case syntax.KindSplatPattern:
		return l.captureName(l.child(i))
	}
	return -1
}

func (l *lowerer) captureName(i int32) int32 {
	if i < 0 || l.kind(i) != syntax.KindIdentifier || l.text(i) == "_" || l.text(i) == "" {
		return -1
	}
	return i
}

// captures reports whether anything in the subtree of pattern i captures.
func (l *lowerer) captures(i int32) bool {
	for c := i; c < l.nodes[i].Next; c++ {
		switch l.kind(c) {
		case syntax.KindCasePattern, syntax.KindAsPattern, syntax.KindKeywordPattern, syntax.KindSplatPattern:
			if l.capture(c) >= 0 {
				return true
			}
		}
	}
	return i >= 0 && l.captureName(l.plainName(i)) >= 0
}

// patternBind stores what pattern i captures of v.
func (l *lowerer) patternBind(i int32, v Reg) {
	if !l.captures(i) {
		return
	}
	if l.depth >= maxDepth {
		l.cut(i)
		return
	}
	l.depth++
	defer func() { l.depth-- }()
	switch l.kind(i) {
	case syntax.KindCasePattern:
		if c := l.child(i); c >= 0 {
			l.patternBind(c, v)
		}
	case syntax.KindDottedName, syntax.KindIdentifier:
		if n := l.captureName(l.plainName(i)); n >= 0 {
			l.store(l.name(n), v, l.span(n))
		}
	case syntax.KindAsPattern:
		if c := l.child(i); c >= 0 {
			l.patternBind(c, v)
		}
		if n := l.capture(i); n >= 0 {
			l.store(l.name(n), v, l.span(n))
		}
	case syntax.KindListPattern, syntax.KindTuplePattern:
		parts := l.parts(i)
		if l.kind(i) == syntax.KindTuplePattern && len(parts) == 1 && !l.token(i, syntax.TokComma) {
			l.patternBind(parts[0], v)
			return
		}
		l.sequenceBind(parts, v)
	case syntax.KindDictPattern:
		l.mappingBind(i, v)
	case syntax.KindClassPattern:
		head := l.child(i)
		l.eachArg(i, head, func(p, attr, k, n int32) {
			if l.captures(p) {
				l.patternBind(p, l.classPart(p, head, attr, v, k, n))
			}
		})
	case syntax.KindUnionPattern:
		l.unionBind(i, v)
	}
}

func (l *lowerer) sequenceBind(parts []int32, v Reg) {
	l.eachPart(parts, func(p, k, n int32) {
		if !l.captures(p) {
			return
		}
		if !l.splat(p) {
			l.patternBind(p, l.value(Unpack, l.span(p), v, k, n))
			return
		}
		c := p
		if l.kind(p) == syntax.KindCasePattern {
			c = l.child(p)
		}
		if name := l.capture(c); name >= 0 {
			l.store(l.name(name), l.value(UnpackStar, l.span(p), v, max(k, 0), n), l.span(name))
		}
	})
}

// mappingBind stores the values under the keys, and the rest: a part of v.
func (l *lowerer) mappingBind(i int32, v Reg) {
	l.eachPair(i, func(key, value int32) {
		if l.captures(value) {
			l.patternBind(value, l.value(Index, l.span(value), v, l.patternKey(key), 0))
		}
	})
	for c := range l.kids(i) {
		if l.kind(c) == syntax.KindCasePattern && l.splat(c) {
			c = l.child(c)
		}
		if n := l.capture(c); n >= 0 && l.kind(c) == syntax.KindSplatPattern {
			l.store(l.name(n), l.value(Slice, l.span(c), v, int32(len(l.args)-l.cur.arg0), 0), l.span(n))
		}
	}
}

// unionBind stores what the first matching alternative captures; the last needs no test.
//
// The tests of what is inside are repeated for that, so alternatives inside alternatives are taken apart to a small
// depth only; deeper names may hold any part of v.
func (l *lowerer) unionBind(i int32, v Reg) {
	if l.unions >= maxUnions {
		l.captureAll(i, v)
		return
	}
	l.unions++
	defer func() { l.unions-- }()
	var open []openBlock
	var conds []Reg
	var thens []int32
	for c := range l.kids(i) {
		cond := Reg(-1)
		if l.nodes[c].Next < l.nodes[i].Next {
			cond = l.patternTest(c, v)
		}
		if cond < 0 {
			l.patternBind(c, v)
			break
		}
		b := l.open()
		l.patternBind(c, v)
		conds = append(conds, cond)
		thens = append(thens, l.close(b))
		open = append(open, l.open())
	}
	for n := len(open) - 1; n >= 0; n-- {
		l.effect(If, l.span(i), conds[n], thens[n], l.close(open[n]))
	}
}

// maxUnions bounds how deep alternatives inside alternatives are taken apart.
const maxUnions = 4

// captureAll stores an unknown part of v in every name that pattern i captures.
func (l *lowerer) captureAll(i int32, v Reg) {
	mark := len(l.pending)
	l.push(PosArg, v)
	part := l.opaque(i, mark)
	for c := i; c < l.nodes[i].Next; c++ {
		if n := l.capture(c); n >= 0 {
			l.store(l.name(n), part, l.span(n))
		}
	}
}

package ir

import (
	"strconv"

	"github.com/pickletrace/pickletrace/pkg/syntax"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// Names and scopes. A name is local to the whole function if any statement binds it, so a function's bindings are
// collected before its body is lowered:
//
//	def f():
//	    print(x)   # the local x below, not a module's
//	    x = 1
//
// scopeTable maps each string to its innermost visible binding; each binding knows the one it hides. Entering a
// function pushes bindings, leaving it pops them. The module body has no bindings: what finds none is Global.

// A bindKind says what a binding does with a name.
type bindKind uint8

const (
	bindLocal    bindKind = iota // a slot, visible to nested functions
	bindClass                    // a slot of a class body, visible in that body alone
	bindGlobal                   // `global x`
	bindNonlocal                 // `nonlocal x`: look further out
)

type binding struct {
	sid, fn, slot int32
	outer         int32 // the binding this one hides, -1
	kind          bindKind
	// stored says that lowering has passed a store. A class body reads a name it has not stored yet from outside:
	// class C: load = load
	stored bool
}

type scopeTable struct {
	head  []int32 // by string: index of the innermost binding, -1
	binds []binding
}

func (s *scopeTable) grow() { s.head = append(s.head, -1) }

func (s *scopeTable) mark() int { return len(s.binds) }

func (s *scopeTable) push(b binding) {
	b.outer = s.head[b.sid]
	s.head[b.sid] = int32(len(s.binds))
	s.binds = append(s.binds, b)
}

func (s *scopeTable) pop(mark int) {
	for i := len(s.binds) - 1; i >= mark; i-- {
		s.head[s.binds[i].sid] = s.binds[i].outer
	}
	s.binds = s.binds[:mark]
}

// resolve gives the binding that a use of the name in the current function means, nil for a global name.
func (l *lowerer) resolve(sid int32, store bool) *binding {
	here := int32(l.cur.f.Index)
	for i := l.scopes.head[sid]; i >= 0; i = l.scopes.binds[i].outer {
		b := &l.scopes.binds[i]
		switch b.kind {
		case bindGlobal:
			return nil
		case bindNonlocal:
			continue
		case bindClass:
			if b.fn != here || !store && (!b.stored || l.cur.inComp > 0) {
				continue
			}
		}
		return b
	}
	return nil
}

// load gives a register with the value of a variable.
func (l *lowerer) load(sid int32, at text.Span) Reg {
	b := l.resolve(sid, false)
	switch {
	case b == nil:
		l.mention(sid)
		return l.value(Global, at, sid, 0, 0)
	case b.fn == int32(l.cur.f.Index):
		return l.value(Local, at, b.slot, 0, 0)
	default:
		return l.value(Free, at, b.fn, b.slot, 0)
	}
}

// store gives a variable a value.
func (l *lowerer) store(sid int32, v Reg, at text.Span) {
	b := l.resolve(sid, true)
	here := int32(l.cur.f.Index)
	if (b == nil || b.fn != here) && here > 0 && !l.declared(sid) {
		// A binding the collection did not see, as in a broken file: local all the same.
		l.bind(sid)
		b = l.resolve(sid, true)
	}
	switch {
	case b == nil:
		l.mention(sid)
		l.effect(StoreGlobal, at, sid, v, 0)
	case b.fn == here:
		b.stored = true
		l.effect(StoreLocal, at, b.slot, v, 0)
	default:
		l.effect(StoreFree, at, b.fn, b.slot, v)
	}
}

// declared reports whether the current function declares the name global or nonlocal.
func (l *lowerer) declared(sid int32) bool {
	i := l.scopes.head[sid]
	return i >= 0 && l.scopes.binds[i].fn == int32(l.cur.f.Index) && l.scopes.binds[i].kind >= bindGlobal
}

// bind makes the name a variable of the current function, if it is not yet known there.
func (l *lowerer) bind(sid int32) {
	fn := int32(l.cur.f.Index)
	if i := l.scopes.head[sid]; i >= 0 && l.scopes.binds[i].fn == fn {
		return
	}
	kind := bindLocal
	if l.cur.f.Kind == ClassBody {
		kind = bindClass
	}
	l.scopes.push(binding{sid: sid, fn: fn, slot: l.newSlot(l.m.Strings[sid]), kind: kind})
}

// bindComp gives a comprehension's variable a slot of its own, named ".N.x".
func (l *lowerer) bindComp(sid int32) {
	n := l.cur.temps
	l.cur.temps++
	slot := l.newSlot("." + strconv.Itoa(n) + "." + l.m.Strings[sid])
	l.scopes.push(binding{sid: sid, fn: int32(l.cur.f.Index), slot: slot})
}

// declare records `global x` or `nonlocal x`. The statement may follow a store (Python 2); the slot stays unused then.
func (l *lowerer) declare(sid int32, kind bindKind) {
	fn := int32(l.cur.f.Index)
	if i := l.scopes.head[sid]; i >= 0 && l.scopes.binds[i].fn == fn {
		l.scopes.binds[i].kind = kind
		return
	}
	l.scopes.push(binding{sid: sid, fn: fn, slot: -1, kind: kind})
}

// collect binds every name that the subtree of node i binds in the current function. It walks the nodes in order, not
// recursively, and does not enter nested functions and classes.
func (l *lowerer) collect(i int32) {
	for c, end := i, l.nodes[i].Next; c < end; {
		next := c + 1
		switch l.kind(c) {
		case syntax.KindFunctionDefinition, syntax.KindClassDefinition:
			l.bindField(c, syntax.FieldName)
			next = l.nodes[c].Next
		case syntax.KindLambda:
			next = l.nodes[c].Next
		case syntax.KindAssignment, syntax.KindAugmentedAssignment, syntax.KindForStatement:
			l.bindField(c, syntax.FieldLeft)
		case syntax.KindTypeAliasStatement:
			if left := l.child(c); left >= 0 {
				l.bindTargets(left)
			}
		case syntax.KindNamedExpression:
			l.bindField(c, syntax.FieldName)
		case syntax.KindAsPatternTarget, syntax.KindDeleteStatement:
			l.bindTargets(c)
		case syntax.KindAsPattern, syntax.KindCasePattern, syntax.KindKeywordPattern, syntax.KindSplatPattern:
			if n := l.capture(c); n >= 0 {
				l.bind(l.name(n))
			}
		case syntax.KindExceptClause, syntax.KindExceptGroupClause:
			if _, target := l.exceptParts(c); target >= 0 {
				l.bindTargets(target)
			}
		case syntax.KindImportStatement, syntax.KindImportFromStatement, syntax.KindFutureImportStatement:
			l.bindImports(c)
			next = l.nodes[c].Next
		case syntax.KindGlobalStatement:
			for n := range l.kids(c) {
				l.declare(l.name(n), bindGlobal)
			}
		case syntax.KindNonlocalStatement:
			for n := range l.kids(c) {
				l.declare(l.name(n), bindNonlocal)
			}
		}
		c = next
	}
}

func (l *lowerer) bindField(i int32, f syntax.Field) {
	if c := l.field(i, f); c >= 0 {
		l.bindTargets(c)
	}
}

// bindTargets binds the names among the assignment targets in the subtree of node i.
func (l *lowerer) bindTargets(i int32) {
	l.targetNames(i, l.bind)
}

// targetNames calls do for each name that assigning to node i binds.
func (l *lowerer) targetNames(i int32, do func(sid int32)) {
	for c, end := i, l.nodes[i].Next; c < end; {
		switch l.kind(c) {
		case syntax.KindIdentifier:
			if l.text(c) != "" {
				do(l.name(c))
			}
			c++
		case syntax.KindPatternList, syntax.KindTuplePattern, syntax.KindListPattern, syntax.KindTuple,
			syntax.KindList, syntax.KindExpressionList, syntax.KindParenthesizedExpression,
			syntax.KindListSplatPattern, syntax.KindListSplat, syntax.KindAsPatternTarget, syntax.KindType,
			syntax.KindDeleteStatement:
			c++
		default: // x.a, x[i], f().x: nothing is bound
			c = l.nodes[c].Next
		}
	}
}

// bindImports binds what an import statement binds.
func (l *lowerer) bindImports(i int32) {
	for c := range l.kids(i) {
		if l.nodes[c].Field == syntax.FieldName {
			_, bound := l.importItem(i, c)
			if bound != "" {
				l.bind(l.intern(bound))
			}
		}
	}
}

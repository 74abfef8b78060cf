package ir

import (
	"github.com/pickletrace/pickletrace/pkg/syntax"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// decorated lowers a definition with decorators: they are evaluated first, from top to bottom, and applied from
// bottom to top.
func (l *lowerer) decorated(i int32) {
	mark := len(l.pending)
	var decs []Decorator
	def := int32(-1)
	for c := range l.kids(i) {
		if l.kind(c) != syntax.KindDecorator {
			def = c
			continue
		}
		if e := l.child(c); e >= 0 {
			decs = append(decs, Decorator{l.static(e, false)})
			l.push(PosArg, l.expr(e))
		}
	}
	switch {
	case def < 0:
	case l.kind(def) == syntax.KindFunctionDefinition:
		l.functionDef(def, decs, mark)
	case l.kind(def) == syntax.KindClassDefinition:
		l.classDef(def, decs, mark)
	default:
		l.stmt(def)
	}
	l.pending = l.pending[:mark]
}

// decorate applies the decorators among the pending operands from mark on to v.
func (l *lowerer) decorate(v Reg, decs []Decorator, mark int) Reg {
	for n := len(decs) - 1; n >= 0; n-- {
		v = l.value(Decorate, decs[n].Span, l.pending[mark+n].Val, v, 0)
	}
	return v
}

func (l *lowerer) functionDef(i int32, decs []Decorator, mark int) {
	name := l.field(i, syntax.FieldName)
	f := l.newFunc(Plain, i)
	f.Name, f.NameSpan = l.label(name, i)
	f.Qual = l.qualify(f.Name)
	f.IsAsync = l.token(i, syntax.TokAsync)
	f.Decorators = decs
	if in := l.cur.f; in.Kind == ClassBody && in.Class >= 0 {
		f.Class = in.Class
		c := l.m.Classes[in.Class]
		if c.Methods == nil {
			c.Methods = make(map[string]int)
		}
		c.Methods[f.Name] = f.Index
	}
	if r := l.field(i, syntax.FieldReturnType); r >= 0 {
		e := l.static(r, true)
		f.Returns = &e
	}
	defaults := len(l.pending)
	l.params(f, l.field(i, syntax.FieldParameters))
	if !l.postpone(f, i) {
		l.body(f, i)
	}
	a, n := l.operands(defaults)
	v := l.decorate(l.value(MakeFunc, f.Span, int32(f.Index), a, n), decs, mark)
	if f.Name != "" {
		l.store(l.intern(f.Name), v, f.NameSpan)
	}
}

func (l *lowerer) lambda(i int32) Reg {
	f := l.newFunc(Lambda, i)
	f.Name = "<lambda>"
	f.Qual = l.qualify(f.Name)
	f.NameSpan = text.Span{Start: f.Span.Start, End: min(f.Span.Start+int32(len("lambda")), f.Span.End)}
	defaults := len(l.pending)
	l.params(f, l.field(i, syntax.FieldParameters))
	l.body(f, i)
	a, n := l.operands(defaults)
	return l.value(MakeFunc, f.Span, int32(f.Index), a, n)
}

// label gives the text and span of the name node of definition i; a broken definition may lack it.
func (l *lowerer) label(name, i int32) (string, text.Span) {
	if name < 0 {
		s := l.span(i)
		return "", text.Span{Start: s.Start, End: s.Start}
	}
	return l.identText(name), l.span(name)
}

// qualify gives the dotted path of a definition in the current function.
func (l *lowerer) qualify(name string) string {
	switch in := l.cur.f; {
	case in.Kind == ModuleBody:
		return name
	case in.Kind == ClassBody:
		return in.Qual + "." + name
	default:
		return in.Qual + ".<locals>." + name
	}
}

// body lowers the body of f, defined by node, whose Params are known.
func (l *lowerer) body(f *Func, node int32) {
	params, body := int32(-1), l.field(node, syntax.FieldBody)
	if f.Kind != ClassBody {
		params = l.field(node, syntax.FieldParameters)
	}
	typeParams := l.field(node, syntax.FieldTypeParameters)
	l.enter(f)
	for n := range f.Params {
		p := &f.Params[n]
		if p.Name != "" && p.Name[0] != '.' && !l.bound(l.intern(p.Name)) {
			l.bind(l.intern(p.Name))
		} else {
			l.newSlot(p.Name)
		}
	}
	l.bindTypeParams(typeParams)
	l.bindTupleParams(params)
	if body >= 0 && f.Kind == Lambda {
		l.collect(body)
	} else if body >= 0 {
		for c := range l.kids(body) {
			l.collect(c)
		}
	}
	l.unpackTupleParams(f, params)
	switch {
	case body < 0:
	case f.Kind == Lambda:
		v := l.expr(body)
		l.effect(Return, l.span(body), v, 0, 0)
	default:
		l.block(body)
	}
	l.leftovers(node)
	l.leave()
}

// bound reports whether the current function already has a variable of that name.
func (l *lowerer) bound(sid int32) bool {
	i := l.scopes.head[sid]
	return i >= 0 && l.scopes.binds[i].fn == int32(l.cur.f.Index)
}

// bindTypeParams makes the type parameters of `def f[T: int, *Ts](…)` variables without a value.
func (l *lowerer) bindTypeParams(i int32) {
	if i < 0 {
		return
	}
	for c := range l.kids(i) { // type
		for n := c; n < l.nodes[c].Next; n++ {
			if l.kind(n) == syntax.KindIdentifier {
				l.bind(l.name(n))
				break
			}
		}
	}
}

// bindTupleParams binds the names in Python 2's `def f(a, (b, c))`.
func (l *lowerer) bindTupleParams(params int32) {
	if params < 0 {
		return
	}
	for c := range l.kids(params) {
		if t := l.tupleParam(c); t >= 0 {
			l.bindTargets(t)
		}
	}
}

func (l *lowerer) unpackTupleParams(f *Func, params int32) {
	if params < 0 {
		return
	}
	n := int32(0)
	for c := range l.kids(params) {
		switch l.kind(c) {
		case syntax.KindKeywordSeparator, syntax.KindPositionalSeparator, syntax.KindError:
			continue
		}
		if t := l.tupleParam(c); t >= 0 && int(n) < len(f.Params) {
			l.assign(t, l.value(Local, l.span(t), n, 0, 0))
		}
		n++
	}
}

// tupleParam gives the pattern of a tuple parameter, -1 if c is another parameter.
func (l *lowerer) tupleParam(c int32) int32 {
	if l.kind(c) == syntax.KindDefaultParameter {
		c = l.field(c, syntax.FieldName)
	}
	if c >= 0 && l.kind(c) == syntax.KindTuplePattern {
		return c
	}
	return -1
}

// params fills f.Params and leaves the values of defaults that are no literals among the pending operands. It runs in
// the enclosing function, where defaults are evaluated.
func (l *lowerer) params(f *Func, i int32) {
	if i < 0 {
		return
	}
	n := 0
	for range l.kids(i) {
		n++
	}
	f.Params = make([]Param, 0, n)
	kind := PosOrKw
	for c := range l.kids(i) {
		switch l.kind(c) {
		case syntax.KindPositionalSeparator:
			for k := range f.Params {
				f.Params[k].Kind = PosOnly
			}
		case syntax.KindKeywordSeparator:
			kind = KwOnly
		case syntax.KindError:
			l.opaqueTree(c)
		default:
			p := l.param(c, kind, len(f.Params))
			if p.Kind == VarPos {
				kind = KwOnly
			}
			f.Params = append(f.Params, p)
		}
	}
}

func (l *lowerer) param(i int32, kind ParamKind, index int) Param {
	p := Param{Kind: kind, Span: l.span(i)}
	name := i
	switch l.kind(i) {
	case syntax.KindTypedParameter:
		name = l.child(i)
	case syntax.KindDefaultParameter, syntax.KindTypedDefaultParameter:
		name = l.field(i, syntax.FieldName)
	}
	if name >= 0 {
		switch l.kind(name) {
		case syntax.KindListSplatPattern:
			p.Kind, name = VarPos, l.child(name)
		case syntax.KindDictionarySplatPattern:
			p.Kind, name = VarKw, l.child(name)
		}
	}
	p.Name = "." + itoa(index)
	if name >= 0 && l.kind(name) == syntax.KindIdentifier && l.text(name) != "" {
		p.Name, p.Span = l.identText(name), l.span(name)
	}
	if t := l.field(i, syntax.FieldType); t >= 0 {
		e := l.static(t, true)
		p.Annotation = &e
	}
	if v := l.field(i, syntax.FieldValue); v >= 0 {
		p.HasDefault = true
		if c, ok := l.literal(v); ok {
			if c.Kind == Str && looksDotted(c.S) {
				l.mentionDotted(c.S)
			}
			p.Default = l.newConst(c)
		} else {
			r := l.expr(v)
			l.pushKeyword(l.intern(p.Name), r)
		}
	}
	return p
}

func (l *lowerer) classDef(i int32, decs []Decorator, mark int) {
	c := &Class{Index: len(l.m.Classes), Parent: l.cur.f.Index, Decorators: decs, Span: l.span(i)}
	l.m.Classes = append(l.m.Classes, c)
	c.Name, c.NameSpan = l.label(l.field(i, syntax.FieldName), i)
	c.Qual = l.qualify(c.Name)
	if supers := l.field(i, syntax.FieldSuperclasses); supers >= 0 {
		l.bases(c, supers)
	}
	f := l.newFunc(ClassBody, i)
	c.Body = f.Index
	f.Name, f.NameSpan, f.Qual, f.Class = c.Name, c.NameSpan, c.Qual, c.Index
	l.body(f, i)
	v := l.decorate(l.value(MakeClass, c.Span, int32(c.Index), 0, 0), decs, mark)
	if c.Name != "" {
		l.store(l.intern(c.Name), v, c.NameSpan)
	}
}

// bases records the arguments of a class. Those that call something are evaluated too, for the sake of the call.
func (l *lowerer) bases(c *Class, i int32) {
	for a := range l.kids(i) {
		v := a
		if l.kind(a) == syntax.KindKeywordArgument {
			if v = l.field(a, syntax.FieldValue); v < 0 {
				continue
			}
			name := l.field(a, syntax.FieldName)
			if name >= 0 {
				c.Kwargs = append(c.Kwargs, ExprKw{l.identText(name), l.static(v, false)})
			}
		} else if l.kind(a) != syntax.KindDictionarySplat {
			c.Bases = append(c.Bases, l.static(v, false))
		}
		l.mentionStatic(v)
		if l.calls(v) {
			l.expr(v)
		}
	}
}

// mentionStatic mentions the identifiers in the subtree of node i.
func (l *lowerer) mentionStatic(i int32) {
	for c := i; c < l.nodes[i].Next; c++ {
		if l.kind(c) == syntax.KindIdentifier {
			l.mention(l.name(c))
		}
	}
}

// calls reports whether the subtree of node i has a call outside nested lambdas.
func (l *lowerer) calls(i int32) bool {
	for c := i; c < l.nodes[i].Next; c++ {
		switch l.kind(c) {
		case syntax.KindCall, syntax.KindAwait, syntax.KindYield, syntax.KindNamedExpression:
			return true
		case syntax.KindLambda:
			c = l.nodes[c].Next - 1
		}
	}
	return false
}

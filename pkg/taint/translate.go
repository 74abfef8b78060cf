package taint

import (
	"cmp"
	"slices"
)

// How what a callee's summary says is put into the terms of the caller.

// attrPath reads an attribute while applying a summary: no rule matches again.
func (f *frame) attrPath(v *Value, name string, st *state) *Value {
	if got, ok := f.heapGet(st, v.sym, "."+name); ok {
		return f.always(got, func() *Value { return f.ownAttrPath(v, name) })
	}
	return f.ownAttrPath(v, name)
}

// ownAttrPath gives what the attribute is where nothing was stored there.
func (f *frame) ownAttrPath(v *Value, name string) *Value {
	w := &Value{open: true, facts: f.ev.extend(v.facts, "."+name)}
	for i := range v.refs {
		if v.refs[i].kind == refInst {
			x := f.ev.fieldValue(v.refs[i].cls, name)
			if x == nil && len(v.facts) == 0 {
				x = f.ev.classAttr(v.refs[i].cls, name)
			}
			if x != nil {
				w.facts = addFacts(w.facts, x.facts)
				w.clean = x.clean
			}
		}
	}
	w.clean = (w.clean || v.clean) && len(w.facts) == 0
	if v.sym != noSym {
		w.sym = f.ev.syms.of(symAttr, v.sym, 0, "."+name)
	}
	return w
}

// maxNestedCalls bounds the calls in which a symbol is nested; what is further down is one thing.
const maxNestedCalls = 12

// sym rewrites a symbol of the callee.
func (a *applied) sym(n sym) sym {
	if n == noSym {
		return noSym
	}
	if m, ok := a.syms[n]; ok {
		return m
	}
	a.syms[n] = noSym // cut cycles
	in := a.f.ev.syms.info[n]
	t := a.f.ev.syms
	var out sym
	switch in.op {
	case symConst, symGlobal, symClass:
		out = n
	case symInput:
		if v := a.actual(int(in.a)); v != nil && v.sym != noSym {
			out = v.sym
		} else {
			out = t.of(symCall, a.at, n, "")
		}
	case symAttr, symIndex:
		base := a.sym(in.a)
		if v, ok := a.f.heapGet(a.st, base, in.s); ok && v.sym != noSym {
			out = v.sym
		} else {
			out = t.of(in.op, base, 0, in.s)
		}
	case symSame, symVia:
		out = t.of(in.op, a.sym(in.a), in.b, in.s)
	case symJoin:
		out = t.join(a.sym(in.a), a.sym(in.b), in.s)
	case symOpaque, symPhi:
		if in.s == "new" || in.s == "variadic" {
			out = t.of(symCall, a.at, n, "")
			break
		}
		x, y := a.sym(in.a), a.sym(in.b)
		if in.op == symOpaque && in.s == "[]" {
			if out = a.underKey(x, y); out != noSym {
				break
			}
		}
		switch none := t.konst("None"); {
		case in.op == symPhi && x == none: // the parameter was not given: what stands in for it
			out = y
		case in.op == symPhi && y == none:
			out = x
		case in.op == symPhi:
			out = t.phi(x, y)
		default:
			out = t.of(in.op, x, y, in.s)
		}
	default:
		out = t.of(symCall, a.at, n, "")
	}
	if t.facts[out].calls > maxNestedCalls { // recursion builds ever longer symbols
		out = t.of(symSite, sym(a.f.ev.fnID(a.f.fn)), -3, "")
	}
	a.syms[n] = out
	return out
}

// value rewrites a value of the callee.
func (a *applied) value(v *Value) *Value {
	if v == nil {
		return nil
	}
	if w, ok := a.values[v]; ok {
		return w
	}
	if w := a.identity(v); w != nil {
		a.values[v] = w
		return w
	}
	if w := a.element(v); w != nil {
		a.values[v] = w
		return w
	}
	w := *v
	w.facts = nil
	w.sym = a.sym(v.sym)
	a.values[v] = &w
	known := len(v.facts) > 0
	for _, fact := range a.reread(v, &w) {
		fs, actual := a.fact(fact)
		w.facts = addFacts(w.facts, fs)
		known = known && actual != nil && actual.isClean()
	}
	w.clean = len(w.facts) == 0 && (v.clean || known)
	w.refs = a.refs(v.refs)
	w.cond = a.cond(v.cond)
	w.tell(a.says(v.says()), v.later())
	w.hash = a.digest(v.hash)
	w.assumed = ""
	if v.isOuter() {
		w.assumed = v.assumed
	}
	if v.assumed != "" {
		w.open = true
	}
	return &w
}

// reread gives the facts of a result, and adds to the translated one what it was read from if the caller has filled that
// file: who named it does not matter then.
func (a *applied) reread(v, w *Value) []*Fact {
	opened := func(f *Fact) bool { return f.feats&Opened != 0 }
	if w.sym == noSym || !a.f.ev.readsLiteral(v.sym) && !(slices.ContainsFunc(v.facts, opened) && a.f.ev.syms.inputPath(v.sym)) {
		return v.facts
	}
	stored, written := a.f.stored(w, a.st)
	if !written {
		return v.facts
	}
	w.facts = a.f.stepped(stored, provReturn, a.in, said("read by '"+a.s.fn.Name+"'"))
	return slices.DeleteFunc(slices.Clone(v.facts), opened)
}

// readsLiteral says whether a symbol is what was read from a file with a literal path.
func (d *domain) readsLiteral(n sym) bool {
	read := false
	for ; n != noSym; n = d.syms.info[n].a {
		switch d.syms.info[n].op {
		case symVia:
			read = true
		case symSame:
		default:
			return read && d.syms.info[n].op == symConst
		}
	}
	return false
}

// identity recognises a result that is an input, or an attribute of one, itself.
func (a *applied) identity(v *Value) *Value {
	if v.sym == noSym || len(v.facts) > 1 {
		return nil
	}
	in := a.f.ev.syms.info[v.sym]
	if len(v.facts) == 0 {
		return a.number(v, in)
	}
	if in.op != symInput || v.facts[0].org.kind != originInput || v.facts[0].org.path != "" || v.facts[0].content {
		return nil
	}
	actual := a.actual(int(in.a))
	if actual == nil {
		return nil
	}
	return actual
}

// number gives the actual argument for a parameter that is declared to be a number: what it is, without what it carries.
func (a *applied) number(v *Value, in symInfo) *Value {
	fn := a.s.fn
	if v.clean || in.op != symInput || int(in.a) >= len(fn.Params) || !isNumber(fn.Params[in.a].Annotation) {
		return nil
	}
	actual := a.actual(int(in.a))
	if actual == nil || len(actual.facts) == 0 {
		return actual
	}
	return actual.withFacts(nil)
}

// fact rewrites one fact: sources stay, inputs become what the caller passed.
func (a *applied) fact(fact *Fact) ([]*Fact, *Value) {
	trust, trusted := a.trust(fact.relies())
	if fact.trust != nil && trusted && len(trust) == 0 {
		return nil, &Value{clean: true} // checked against something that is not foreign here
	}
	if !trusted {
		trust = nil
	}
	if fact.org.kind == originSource {
		g := *fact
		g.prov = noteStep(fact.prov, provReturn, a.f.fn, a.in.Span, note{verbReturned, &a.s.fn.Name})
		return []*Fact{g.relying(trust)}, nil
	}
	passed, v := a.input(fact.org, false)
	out := make([]*Fact, 0, len(passed))
	for _, p := range passed {
		g := &Fact{org: p.org, content: (p.content && fact.feats&Opened == 0 || fact.content) && fact.feats&(Part|PathPart) == 0, feats: chain(p.feats, fact.feats),
			prov: a.through(p.prov, fact.prov), trust: p.trust, weak: cmp.Or(p.weak, fact.weak)}
		if len(trust) > 0 {
			g.relying(slices.Concat(p.relies(), trust))
		}
		out = append(out, g)
	}
	return out, v
}

// through is the way into the callee, inside it, and back.
func (a *applied) through(outer, inner *Prov) *Prov {
	p := noteStep(outer, provCall, a.f.fn, a.in.Span, note{verbPassed, &a.s.fn.Name})
	p.inner = inner
	if inner != nil {
		p.n += inner.n
	}
	return p
}

func (a *applied) refs(refs []Ref) []Ref {
	var out []Ref
	for i, r := range refs {
		with := r.bound()
		if r.self == nil && len(with.env) == 0 && len(with.args) == 0 {
			continue
		}
		if out == nil {
			out = slices.Clone(refs)
		}
		if r.self != nil {
			out[i].self = a.value(r.self)
		}
		if r.with == nil {
			continue
		}
		with.env, with.args = slices.Clone(with.env), slices.Clone(with.args)
		for i, e := range with.env {
			with.env[i] = a.value(e)
		}
		for i, x := range with.args {
			with.args[i].val = a.value(x.val)
		}
		out[i].with = &with
	}
	if out == nil {
		return refs
	}
	return out
}

func (a *applied) cond(c *Cond) *Cond {
	if c == nil {
		return nil
	}
	return &Cond{yes: a.condFacts(c.yes), no: a.condFacts(c.no)}
}

func (a *applied) condFacts(cs []condFact) []condFact {
	var out []condFact
	for _, c := range cs {
		trust, ok := a.trust(c.trust)
		if !ok {
			continue
		}
		c.sym, c.by, c.trust = a.sym(c.sym), a.sym(c.by), trust
		out = append(out, c)
	}
	return out
}

func (a *applied) digest(d *digest) *digest {
	if d == nil {
		return nil
	}
	e := *d
	e.of = nil
	for _, n := range d.of {
		e.of = addDigested(e.of, a.sym(n))
	}
	trust, ok := a.trust(d.trust)
	e.trust = trust
	e.bad = e.bad || !ok
	return &e
}

// says rewrites what a value of the callee says.
func (a *applied) says(in []saying) []saying {
	var out []saying
	for _, s := range in {
		out = append(out, saying{key: s.key, facts: a.condFacts(s.facts)})
	}
	return out
}

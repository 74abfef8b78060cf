package taint

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
)

// applied is the translation of one callee summary into the terms of the caller.
type applied struct {
	f       *frame
	s       *summary
	actuals []*Value
	in      *ir.Instr
	st      *state
	at      sym
	values  map[*Value]*Value
	syms    map[sym]sym
	copied  map[sym]bool
	passed  map[passKey]passed
}

// passed caches what an origin of the callee is in the caller, as it was when the call began.
type passKey struct {
	org     *Origin
	content bool
}

type passed struct {
	facts []*Fact
	v     *Value
}

// apply does what the summary says at a call: raises the sinks its inputs reach, writes what it writes, and gives
// its result.
func (f *frame) apply(s *summary, actuals []*Value, in *ir.Instr, st *state) *Value {
	a := &applied{f: f, s: s, actuals: actuals, in: in, st: st, at: f.callSym(), values: map[*Value]*Value{}, syms: map[sym]sym{}, copied: map[sym]bool{}, passed: map[passKey]passed{}}
	f.sum.touches, f.sum.checks = max(f.sum.touches, s.touches-1), max(f.sum.checks, s.checks-1)
	if s.checks > 1 {
		f.checked++
	}
	f.sum.loosens = f.sum.loosens || (s.loosens && len(st.member) == 0)
	a.sinks()
	a.thrown()
	if !s.returns {
		if s.done {
			f.raise(st) // it never comes back
		}
		return nil
	}
	out := a.value(s.result)
	a.writes()
	for _, n := range sortedSyms(s.valid) {
		g := a.guard(s.valid[n])
		for _, o := range f.reachOfGuard(a.sym(n), g) {
			st.setGuard(o, g)
		}
	}
	for _, n := range s.member {
		st.member = f.ev.addKnown(st.member, a.sym(n))
	}
	a.reachable(s.result.symbol(), 3)
	if out == nil {
		out = &Value{open: true}
	}
	return out
}

func sortedSyms(m map[sym]*guard) []sym {
	var out []sym
	for n := range m {
		out = append(out, n)
	}
	slices.Sort(out)
	return out
}

// guard rewrites what a guard relies on; one that relies on tainted data is none.
func (a *applied) guard(g *guard) *guard {
	trust, ok := a.trust(g.trust)
	if !ok {
		return nil
	}
	return &guard{weak: g.weak, by: a.sym(g.by), trust: trust, digest: g.digest}
}

// trust rewrites inputs that a check relies on into the caller's; ok is false when one carries foreign data.
func (a *applied) trust(in []*Origin) (out []*Origin, ok bool) {
	for _, o := range in {
		facts, _ := a.input(o, false)
		for _, fact := range facts {
			if fact.org.kind == originSource {
				return nil, false
			}
			out = append(out, fact.org)
		}
	}
	return out, true
}

// actual gives the caller's value of an input.
func (a *applied) actual(i int) *Value {
	if i < len(a.actuals) {
		return a.actuals[i]
	}
	return nil
}

// input gives the facts of what the origin (an input with a path) is in the caller, and the value if it is known.
func (a *applied) input(o *Origin, content bool) ([]*Fact, *Value) {
	k := passKey{o, content}
	p, ok := a.passed[k]
	if !ok {
		p.facts, p.v = a.lookUp(o, content)
		if a.passed != nil {
			a.passed[k] = p
		}
	}
	return p.facts, p.v
}

func (a *applied) lookUp(o *Origin, content bool) ([]*Fact, *Value) {
	v := a.walk(o)
	if v == nil {
		return nil, nil
	}
	if content {
		facts, _ := a.f.content(v, a.st)
		return addFacts(facts, a.f.deep(v, a.st)), v
	}
	return a.f.deep(v, a.st), v
}

// walk follows the access path of an origin in the caller's objects.
func (a *applied) walk(o *Origin) *Value {
	v := a.actual(o.input)
	for _, seg := range strings.Split(o.path, "\x01") {
		if seg == "" || v == nil {
			continue
		}
		switch {
		case seg == "[*]":
			v = a.f.element(v, a.st)
		case strings.HasPrefix(seg, "["):
			v = a.f.item(v, seg, a.st)
		default:
			v = a.f.attrPath(v, seg[1:], a.st)
		}
	}
	return v
}

// writes puts what the callee stored in its inputs, globals and files into the caller's heap.
func (a *applied) writes() {
	for _, k := range a.s.writes {
		v := a.s.heap[k.obj][k.seg]
		if v == nil || (len(v.facts) == 0 && len(v.refs) == 0 && !v.clean && v.hash == nil && a.s.heap[v.sym] == nil && a.f.ev.syms.inputOf(v.sym) < 0) {
			continue
		}
		base := a.sym(k.obj)
		if base == noSym {
			continue
		}
		if in := a.inside(k.obj); in != noSym {
			base = in
		}
		w := a.value(v)
		if k.seg == "free" {
			a.storeFree(k, w)
			continue
		}
		if by := a.key(k); by != nil {
			k.seg = a.storeKeyed(base, by, w)
			a.f.reachWritten(heapKey{base, k.seg}, w, a.st, a.in)
			a.reachable(v.symbol(), 2)
			continue
		}
		key := heapKey{base, k.seg}
		old, had := a.st.get(key)
		switch {
		case k.seg == "[*]" || k.seg == "%":
			a.f.weakStore(a.st, key, w)
			if k.seg == "%" {
				a.f.perhapsWritten(w, base, w, a.st)
				if len(w.getFacts()) > 0 { // what was checked before is not what is there now
					a.f.invalidate(a.st, base)
				}
			}
		case w.sometimes && had && old != nil:
			a.st.set(key, a.f.ev.joinValues(old, w.stored()))
		default:
			a.st.set(key, w)
		}
		a.f.reachWritten(key, w, a.st, a.in)
		a.reachable(v.symbol(), 2)
	}
}

// storeFree carries an assignment to a variable of an enclosing function out to it.
func (a *applied) storeFree(k heapKey, w *Value) {
	i := int(a.f.ev.syms.info[k.obj].a) - len(a.s.fn.Params)
	frees := a.s.fn.Frees()
	if i < 0 || i >= len(frees) || a.s.fn.Mod != a.f.fn.Mod {
		return
	}
	fr := frees[i]
	if int(fr.Func) == a.f.fn.Index {
		a.st.locals.set(int(fr.Slot), a.f.ev.joinValues(a.st.locals.get(int(fr.Slot)), w))
		return
	}
	for j, own := range a.f.frees {
		if own == fr {
			a.st.set(heapKey{a.f.ev.syms.input(len(a.f.fn.Params) + j), "free"}, orUnknown(w))
		}
	}
}

// reachable copies what hangs on an object of the callee.
func (a *applied) reachable(n sym, depth int) {
	if n == noSym || a.f.ev.syms.inputOf(n) >= 0 {
		return
	}
	for _, obj := range a.f.parts(n) {
		if a.copied[obj] {
			continue
		}
		a.copied[obj] = true
		segs := a.s.heap[obj]
		for _, seg := range slices.Sorted(maps.Keys(segs)) {
			v := segs[seg]
			in := a.f.ev.syms.info[obj]
			switch by := a.key(heapKey{obj, seg}); {
			case by != nil:
				a.storeKeyed(a.sym(obj), by, orUnknown(a.value(v)))
			case in.op == symOpaque && in.s == "[]": // no new object, but what a container of the caller's holds
				a.f.weaken(a.st, heapKey{a.sym(obj), seg}, a.value(v))
			default:
				a.st.set(heapKey{a.sym(obj), seg}, a.value(v))
			}
			if depth > 0 && v.sym != n {
				a.reachable(v.sym, depth-1)
			}
		}
	}
}

// maxSinkDepth is how many calls a flow may go down to its sink; maxWeakDepth the same where a call was resolved by
// name alone.
const (
	maxSinkDepth = 10
	maxWeakDepth = 3
)

// feed notes what this call passes to an open sink. What tests pass says nothing of what others do.
func (a *applied) feed(p *pending, v *Value, tainted bool) {
	if !a.f.ev.besides(a.f.fn, p.site) {
		a.f.feed(p, v, tainted)
	}
}

// sinks raises the sinks that inputs of the callee reach.
func (a *applied) sinks() {
	for _, p := range a.s.sinks {
		if p.depth >= maxSinkDepth || (p.depth >= maxWeakDepth && (a.f.byName || p.fact.feats&NameMatch != 0)) {
			a.f.ev.stats.DepthCut++
			a.f.ev.cutShort(a.f.fn, true)
			continue
		}
		trust, ok := a.trust(p.trust)
		facts, v := a.input(p.fact.org, p.content())
		if p.site.sink.Reads == readsContent && v != nil {
			c, _ := a.f.content(v, a.st)
			facts = addFacts(facts, c)
		}
		var g *guard
		if v != nil {
			g = a.f.guarded(v.sym, a.st)
		}
		if g != nil && g.weak == "" && len(g.trust) == 0 {
			a.feed(p, &Value{clean: true}, false) // checked before the call
			continue
		}
		at := noSym
		if p.at != noSym && p.fact.feats&Opened != 0 {
			at = a.sym(p.at)
			if c, written := a.f.stored(&Value{sym: at}, a.st); written {
				facts = c
			}
			if g == nil {
				g = a.f.guarded(at, a.st)
			}
			if g != nil && g.weak == "" && len(g.trust) == 0 {
				a.feed(p, &Value{clean: true}, false)
				continue
			}
		}
		if len(facts) == 0 && v != nil {
			a.wantStatic(v)
		}
		if a.lend(p) && len(facts) == 0 { // what will be put into it tells
			a.feed(p, &Value{clean: true}, false)
		} else {
			a.feed(p, v, len(facts) > 0)
		}
		if p.own && a.f.stays(a.actual(0)) {
			continue
		}
		for _, fact := range facts {
			if fact.content && !p.fact.content && p.fact.feats&Opened == 0 && p.site.sink.Reads != readsContent {
				continue
			}
			q := *p
			if q.at = at; !a.f.ev.syms.inputPath(at) {
				q.at = noSym
			}
			q.fact = &Fact{org: fact.org, feats: chain(fact.feats, p.fact.feats), prov: a.through(fact.prov, p.fact.prov), content: p.fact.content && fact.content,
				weak: cmp.Or(fact.weak, p.fact.weak)}
			q.depth++
			q.own = p.own && a.f.ownObject(a.actual(0))
			if q.file == "" {
				a.f.placed(&q, v, fact)
			}
			if a.f.byName {
				q.fact.feats |= NameMatch
			}
			if ok && len(p.trust) > 0 {
				if len(trust) == 0 {
					continue // checked against something the caller does not get from anybody
				}
				q.trust = trust
			} else {
				q.trust = nil
			}
			q.gates = append(slices.Clip(p.gates), a.st.gates...)
			if !a.f.applyGuard(&q, g) {
				continue
			}
			a.f.hit(&q)
		}
	}
}

func (p *pending) content() bool { return p.site.sink.Reads == readsContent }

// wantStatic notes that the callee's sink reads a static object that the caller, or the callee's own object, holds.
func (a *applied) wantStatic(v *Value) {
	if n := a.f.ev.syms.container(v.sym); a.f.ev.syms.info[n].op == symAttr && a.f.ev.isStatic(n) {
		a.f.ev.wantBelow(n)
	}
}

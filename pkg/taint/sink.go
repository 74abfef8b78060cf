package taint

import (
	"slices"
	"strconv"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// A site is one dangerous call in the tree, with all that was learnt of it in all contexts.
type site struct {
	fn    *program.Fn
	span  text.Span
	sink  *rule.Sink
	name  string
	flows map[*Origin]*pending
	order []*Origin
	// unplaced: interpreted with an input of which nothing is known.
	unplaced *pending
	// calls: decisions by case, for rules that need no source.
	calls []*pending
	fed   map[feedKey]feed
	// known: interpreted in a context that a caller in the tree gives.
	known bool
}

type siteKey struct {
	fn   *program.Fn
	span text.Span
	sink string
}

// feedKey: an input of a function, below which a sink lies.
type feedKey struct {
	fn  *program.Fn
	org *Origin
}

// feed says what callers in the tree pass.
type feed uint8

const (
	fedClean feed = 1 << iota
	fedUnknown
	fedTainted
)

func (s *site) feed(p *pending, v *Value, tainted bool) {
	k := feedKey{p.fact.org.fn, p.fact.org}
	if isNone(v) {
		return // not given: that says nothing of what others give
	}
	switch {
	case tainted:
		s.fed[k] |= fedTainted
	case v.isClean():
		s.fed[k] |= fedClean
	default:
		s.fed[k] |= fedUnknown
	}
}

// isNone says whether a value certainly is None.
func isNone(v *Value) bool {
	c, ok := v.konst()
	return ok && c.lit == ir.None
}

func (ev *eval) site(fn *program.Fn, span text.Span, sink *rule.Sink, name string) *site {
	k := siteKey{fn, span, sink.ID}
	s := ev.sites[k]
	if s == nil {
		s = &site{fn: fn, span: span, sink: sink, name: name, flows: map[*Origin]*pending{}, fed: map[feedKey]feed{}}
		ev.sites[k] = s
		ev.order = append(ev.order, s)
	}
	return s
}

func (c *extCall) sinks() {
	for _, s := range c.roles.Sinks {
		v := c.slot(s.Input)
		c.checkSink(s, v, nil)
	}
}

// checkSink decides a dangerous call and records what reaches it.
func (c *extCall) checkSink(sink *rule.Sink, v *Value, notes []string) {
	f := c.f
	f.sum.touches = maxTouch
	cf := c.facts(sink, v)
	s := f.ev.site(f.fn, c.in.Span, sink, c.name)
	f.want(v)
	base := &pending{site: s, facts: cf, gates: slices.Clone(c.st.gates), notes: notes, root: f.root}
	s.known = s.known || !f.root
	d := cf.decide("")
	if !d.Safe {
		s.noteCall(base, d)
	}
	facts := f.sinkInput(cf.sink, v, c.st)
	g := f.guarded(v.symbol(), c.st)
	for _, fact := range facts {
		p := *base
		p.fact = &Fact{org: fact.org, feats: fact.feats, content: fact.content, prov: step(fact.prov, provSink, f.fn, c.in.Span, c.name), trust: fact.trust}
		if f.applyGuard(&p, g) {
			f.hit(&p)
		}
	}
	if cf.sink.ActsAs != nil && !c.checksItself() {
		org := f.ev.sourceOrigin(nil, cf.sink.ActsAs, c.name, f.fn, c.in)
		p := *base
		p.fact = &Fact{org: org, prov: step(step(nil, provSource, f.fn, c.in.Span, c.name), provSink, f.fn, c.in.Span, c.name)}
		f.hit(&p)
		return
	}
	if len(facts) == 0 && !v.isClean() && !f.ownData(cf.sink, v, c.st) && !d.Safe && g == nil {
		if s.unplaced == nil {
			p := *base
			p.fact = &Fact{prov: step(nil, provSink, f.fn, c.in.Span, c.name)}
			s.unplaced = &p
		}
	}
}

// sinkInput gives the facts that matter at a sink that reads the value, or the file the value names.
func (f *frame) sinkInput(s *rule.Sink, v *Value, st *state) []*Fact {
	if v == nil {
		return nil
	}
	facts := f.deep(v, st)
	if s.Reads == readsContent {
		c, written := f.content(v, st)
		if written && !v.shape {
			return c
		}
		return addFacts(facts, c)
	}
	return slices.DeleteFunc(slices.Clone(facts), func(x *Fact) bool { return x.content })
}

// ownData says whether the input is a file or buffer that this function filled itself with nobody else's data.
func (f *frame) ownData(s *rule.Sink, v *Value, st *state) bool {
	if v == nil || v.sym == noSym {
		return false
	}
	_, written := f.content(v, st)
	return written
}

// guarded gives the guard that holds for the data, or nil.
func (f *frame) guarded(n sym, st *state) *guard {
	if n == noSym {
		return nil
	}
	var found *guard
	for _, o := range f.ev.syms.origins(n) {
		g, known := st.guardState(o)
		if known && g == nil {
			return nil // what it was read from has changed since
		}
		if found == nil {
			found = g
		}
		switch in := f.ev.syms.info[o]; {
		case found != nil:
		case in.op == symPhi:
			return weaker(f.guarded(in.a, st), f.guarded(in.b, st))
		case in.op == symJoin:
			return f.guardedJoin(in, st)
		}
	}
	return found
}

// guardedJoin: a path or text made of parts that are all checked or literal.
func (f *frame) guardedJoin(in symInfo, st *state) *guard {
	var out *guard
	for _, n := range [...]sym{in.a, in.b} {
		if n == noSym || f.ev.syms.info[n].op == symConst {
			continue
		}
		g := f.guarded(n, st)
		if g == nil {
			return nil
		}
		if out == nil {
			out = g
		} else {
			out = weaker(out, g)
		}
	}
	return out
}

// applyGuard adds to the pending sink what a guard means for it; false when the guard stops the flow.
func (f *frame) applyGuard(p *pending, g *guard) bool {
	if g == nil {
		return true
	}
	if g.weak != "" {
		p.weak = append(slices.Clip(p.weak), g.weak)
		fact := *p.fact
		fact.feats |= WeakGuard
		p.fact = &fact
		return true
	}
	if len(g.trust) == 0 || p.fact.org.kind == originSource {
		return false
	}
	p.trust = append(slices.Clip(p.trust), g.trust...)
	return true
}

// maxPending bounds the open sinks of one summary.
const maxPending = 64

// maxPerSite bounds the inputs and paths of one summary that reach one sink.
const maxPerSite = 8

// hit records that data of a source reaches a sink, or that an input does.
func (f *frame) hit(p *pending) {
	if len(p.fact.trust) > 0 {
		if p.fact.org.kind == originSource {
			return
		}
		q := *p
		q.trust = append(slices.Clip(p.trust), p.fact.trust...)
		p = &q
	}
	if p.fact.org.kind == originSource {
		if !p.facts.decide(p.fact.org.what.ID).Safe {
			p.site.add(p)
		}
		return
	}
	if p.facts.decide("").Safe {
		return
	}
	for i, q := range f.sum.sinks {
		if q.site == p.site && q.fact.org == p.fact.org && q.fact.content == p.fact.content && len(q.trust) == len(p.trust) &&
			q.facts.caseKey() == p.facts.caseKey() {
			if better(p.fact, q.fact) || len(p.gates) < len(q.gates) || len(p.weak) < len(q.weak) {
				f.sum.sinks[i] = p
			}
			return
		}
	}
	same := 0
	for _, q := range f.sum.sinks {
		if q.site == p.site {
			same++
		}
	}
	if same < maxPerSite && len(f.sum.sinks) < maxPending {
		f.sum.sinks = append(f.sum.sinks, p)
	} else {
		f.ev.stats.PendingCut++
	}
}

// add keeps the best account of a flow.
func (s *site) add(p *pending) {
	old := s.flows[p.fact.org]
	if old == nil {
		s.order = append(s.order, p.fact.org)
	}
	if old == nil || len(p.gates) < len(old.gates) || len(p.weak) < len(old.weak) ||
		(len(p.gates) == len(old.gates) && len(p.weak) == len(old.weak) && better(p.fact, old.fact)) {
		s.flows[p.fact.org] = p
	}
}

func (s *site) noteCall(p *pending, d rule.Decision) {
	key := p.facts.caseKey()
	for _, q := range s.calls {
		if q.facts.caseKey() == key && (q.root == p.root || !q.root) {
			return
		}
	}
	q := *p
	q.fact = &Fact{prov: step(nil, provSink, s.fn, s.span, s.name)}
	s.calls = append(s.calls, &q)
}

// ---- facts for decisions -------------------------------------------------------------------------------------------

// callFacts is what is known at one call; it implements rule.Facts.
type callFacts struct {
	call   *extCall
	sink   *rule.Sink
	source string
	args   map[string]rule.ArgFact
	suffix []string
	made   map[string]rule.Decision
}

// facts collects what conditions may ask. sink may be nil.
func (c *extCall) facts(s *rule.Sink, input *Value) *callFacts {
	cf := &callFacts{call: c, sink: s, args: map[string]rule.ArgFact{}, made: map[string]rule.Decision{}}
	cf.suffix = c.f.suffixes(input, c.st)
	if s != nil {
		cf.decideAll(c.f.ev.pack)
	}
	return cf
}

// decideAll decides for every kind of source a flow may have, so that the call itself need not be kept.
func (cf *callFacts) decideAll(pack *rule.Pack) {
	cf.decide("")
	if cf.sink.AsksSource() {
		for _, k := range pack.Kinds {
			cf.decide(k.ID)
		}
	}
	cf.call = nil
}

func (cf *callFacts) decide(source string) rule.Decision {
	if cf.call == nil && !cf.sink.AsksSource() {
		source = ""
	}
	if d, ok := cf.made[source]; ok {
		return d
	}
	cf.source = source
	d := cf.sink.Decide(cf)
	cf.made[source] = d
	return d
}

func (cf *callFacts) caseKey() string {
	d := cf.decide("")
	if d.Case == nil {
		return ""
	}
	return d.Case.As + itoa(d.Lower) + d.Case.Note
}

// Arg implements rule.Facts.
func (cf *callFacts) Arg(name string) rule.ArgFact {
	if a, ok := cf.args[name]; ok {
		return a
	}
	a := cf.look(name)
	cf.args[name] = a
	return a
}

func (cf *callFacts) look(name string) rule.ArgFact {
	c := cf.call
	var v *Value
	var ok bool
	switch {
	case name == "receiver":
		v, ok = c.self, c.self != nil
	case strings.HasPrefix(name, "receiver."):
		if c.self != nil {
			v, ok = c.f.heapGet(c.st, c.self.sym, name[len("receiver"):])
		}
	case name != "" && name[0] >= '0' && name[0] <= '9':
		n, _ := strconv.Atoi(name)
		v, ok = c.arg([]int{n}, nil)
		if !ok && cf.sink != nil && slices.Contains(cf.sink.Input.Positions, n) {
			v, ok = c.arg(nil, cf.sink.Input.Names)
		}
	default:
		var pos []int
		if cf.sink != nil {
			if p, has := cf.sink.Args[name]; has {
				pos = []int{p}
			}
		}
		v, ok = c.arg(pos, []string{name})
	}
	if !ok {
		if c.hiddenIn(name) {
			return rule.ArgFact{State: rule.Unknown}
		}
		return rule.ArgFact{State: rule.Absent}
	}
	a := c.f.argFact(v)
	if a.State == rule.Unknown && v != nil && v.shape {
		a.State = rule.Container
		a.All = c.f.elements(v, c.st, "", maxElementDepth, &a.Elements)
	}
	return a
}

// hiddenIn says whether an argument that is not written may be in a ** argument. The function's own **kwargs of an
// unknown caller is taken to be empty: callers that fill it are interpreted in a context of their own.
func (c *extCall) hiddenIn(name string) bool {
	for _, a := range c.args {
		if a.star != 2 {
			continue
		}
		if a.val != nil && a.val.sym != noSym {
			if i := c.f.ev.syms.inputOf(a.val.sym); i >= 0 && i < len(c.f.fn.Params) && c.f.fn.Params[i].Kind == ir.VarKw {
				c.f.sum.matter |= 1 << (32 + min(i, 31))
				continue
			}
		}
		return true
	}
	return false
}

func (f *frame) argFact(v *Value) rule.ArgFact {
	f.sum.matter |= f.ev.depsOf(v)
	out := rule.ArgFact{State: rule.Unknown}
	for _, fact := range v.getFacts() {
		if fact.org.kind == originSource && !slices.Contains(out.Kinds, fact.org.what.ID) {
			out.Kinds = append(out.Kinds, fact.org.what.ID)
		}
	}
	if begin, _ := v.ends(); begin != "" {
		out.Prefix = begin
	}
	if c, ok := v.konst(); ok && !strings.Contains(c.name, hole) {
		out.State, out.Const, out.IsStr = rule.Known, c.name, c.lit == ir.Str || c.lit == ir.Bytes
		return out
	}
	if v == nil || len(v.refs) == 0 || (v.open && v.assumed == "") {
		return out
	}
	if len(v.refs) > 1 {
		for i := range v.refs {
			out.Alts = append(out.Alts, f.argFact(&Value{refs: v.refs[i : i+1]}))
		}
		return out
	}
	switch r := &v.refs[0]; r.kind {
	case refExt, refExtInst:
		out.State, out.Class = rule.KnownClass, f.ev.pack.Canonical(r.name)
	case refClass, refInst:
		out.State, out.Class = rule.KnownClass, r.cls.QualName()
		for _, k := range r.cls.MRO() {
			out.Bases = append(out.Bases, k.QualName())
		}
		for _, e := range r.cls.External() {
			out.Bases = append(out.Bases, f.ev.pack.Canonical(e))
		}
	case refFunc:
		out.State, out.Class = rule.KnownClass, r.fn.QualName()
	case refMod:
		out.State, out.Class = rule.KnownClass, r.mod.Name
	}
	return out
}

const (
	maxElements     = 64
	maxElementDepth = 4
)

// elements adds the constants in a container, at any depth, and says whether that is all there is.
func (f *frame) elements(v *Value, st *state, key string, depth int, out *[]string) bool {
	if v != nil && len(v.refs) > 0 && !slices.ContainsFunc(v.refs, func(r Ref) bool { return r.kind != refConst }) {
		for i := range v.refs { // one of these, where several are joined
			if strings.Contains(v.refs[i].name, hole) {
				return false
			}
			if len(*out) < maxElements {
				*out = append(*out, key+v.refs[i].name)
			}
		}
		return len(*out) < maxElements && !v.open
	}
	if v == nil || !v.shape || depth == 0 {
		return false
	}
	all := true
	for _, obj := range f.parts(v.sym) {
		for _, k := range f.keys(st, obj) {
			name, ok := strings.CutPrefix(k.seg, "[")
			if !ok {
				continue
			}
			name = strings.TrimSuffix(name, "]")
			if _, err := strconv.Atoi(name); err == nil || name == "*" {
				name = ""
			} else {
				name += ": "
			}
			x, _ := f.lookup(st, k.obj, k.seg)
			all = f.elements(x, st, name, depth-1, out) && all
		}
	}
	return all
}

// Lib implements rule.Facts.
func (cf *callFacts) Lib(lib, spec string) (rule.Tri, bool) {
	f := cf.call.f
	if f.ev.opts.Versions == nil {
		return rule.Maybe, false
	}
	return f.ev.opts.Versions(f.fn.Mod.Path, lib, spec)
}

// Env implements rule.Facts.
func (cf *callFacts) Env(name string) rule.ArgFact {
	f := cf.call.f
	values, unknown := f.ev.env.values(name, f.fn.Mod.Path)
	if f.ev.opts.Env != nil {
		values = append(values, f.ev.opts.Env(name, f.fn.Mod.Path)...)
	}
	return EnvFact(values, unknown)
}

// Source implements rule.Facts.
func (cf *callFacts) Source() string { return cf.source }

// Suffix implements rule.Facts.
func (cf *callFacts) Suffix(suffix string) rule.Tri {
	if len(cf.suffix) == 0 {
		return rule.Maybe
	}
	for _, s := range cf.suffix {
		if strings.HasSuffix(s, suffix) {
			return rule.Yes
		}
	}
	return rule.No
}

// suffixes gives what is known of how a path ends: its text, the literal tail it was built with, or a test passed.
func (f *frame) suffixes(v *Value, st *state) []string {
	if v == nil {
		return nil
	}
	f.sum.matter |= f.ev.depsOf(v)
	var out []string
	for i := range v.refs {
		if r := &v.refs[i]; r.kind == refConst && r.lit == ir.Str && v.assumed == "" {
			_, end, open := strings.Cut(r.name, hole)
			if !open {
				end = r.name
			}
			if end != "" {
				out = append(out, end)
			}
		}
	}
	if v.sym != noSym {
		for _, o := range f.ev.syms.origins(v.sym) {
			if x, ok := st.get(heapKey{o, "suffix"}); ok && x != nil {
				if s, ok := x.strKonst(); ok {
					out = append(out, s)
				}
			}
			if in := f.ev.syms.info[o]; in.op == symConst {
				out = append(out, in.s)
			}
		}
	}
	return out
}

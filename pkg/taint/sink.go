package taint

import (
	"path"
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/program"
	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// ledger collects what findings are made of.
type ledger struct {
	sites      map[siteKey]*site
	order      []*site
	fieldSinks map[string][]*fieldSink // attributes whose content reaches a sink in some method that reads them
	shared     []*fieldSink            // found since the last round: see shareLoan
	open       map[*site][]opening
	cleared    map[spot]bool // calls that are harmless with what some caller says, see untold
	several    map[spot]bool // calls of one of several functions, as long as nothing is known of the callers, see chooses
	outputs    outputs
	readsBelow map[*program.Module]bool // modules that read files below folders which somebody names
}

// A site is one dangerous call in the tree, with all that was learnt of it in all contexts.
type site struct {
	fn    *program.Fn
	span  text.Span
	sink  *rule.Sink
	name  string
	flows map[*Origin]*pending
	order []*Origin
	fired map[*Origin]*firing
	// unplaced: interpreted with an input of which nothing is known.
	unplaced *pending
	// calls: decisions by case, for rules that need no source.
	calls []*pending
	fed   map[feedKey]feed
	// known: interpreted in a context that a caller in the tree gives.
	known bool
	// refused: see refusal; nil before it was asked for.
	refused *string
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

// feed notes what a call passes to an open sink.
func (f *frame) feed(p *pending, v *Value, tainted bool) {
	if isNone(v) {
		return // not given: that says nothing of what others give
	}
	fed := fedUnknown
	switch {
	case tainted:
		fed = fedTainted
	case v.isClean():
		fed = fedClean
	}
	f.say(remark{p: p, as: isFed, by: feedKey{p.fact.org.fn, p.fact.org}, fed: fed})
}

func newSite(fn *program.Fn, span text.Span, sink *rule.Sink, name string) *site {
	return &site{fn: fn, span: span, sink: sink, name: name, flows: map[*Origin]*pending{}, fired: map[*Origin]*firing{}, fed: map[feedKey]feed{}}
}

func (l *ledger) site(fn *program.Fn, span text.Span, sink *rule.Sink, name string) *site {
	k := siteKey{fn, span, sink.ID}
	s := l.sites[k]
	if s == nil {
		s = newSite(fn, span, sink, name)
		l.sites[k] = s
		l.order = append(l.order, s)
	}
	return s
}

func (c *extCall) sinks() {
	for _, s := range c.roles.Sinks {
		if s.Like != nil && s.ActsAs == nil && c.leavesOut(s.Input) {
			continue // the library has a default of its own
		}
		v := c.slot(s.Input)
		if s.Near != nil && !c.f.ev.mentions(c.f.fn).near(s.Near) && !foreign(v) {
			continue
		}
		c.checkSink(s, v, nil)
	}
}

// leavesOut says whether a call surely gives no argument for a slot.
func (c *extCall) leavesOut(s rule.Slot) bool {
	if s.What != rule.ArgSlot || slices.ContainsFunc(c.args, func(a arg) bool { return a.star != 0 }) {
		return false
	}
	_, given := c.arg(s.Positions, s.Names)
	return !given
}

// foreign says whether a value carries data of a source.
func foreign(v *Value) bool {
	return slices.ContainsFunc(v.getFacts(), func(x *Fact) bool { return x.org.kind == originSource })
}

// checkSink decides a dangerous call and records what reaches it.
func (c *extCall) checkSink(sink *rule.Sink, v *Value, notes []string) {
	f := c.f
	if len(sink.Near) == 0 {
		f.sum.touches = maxTouch
	}
	cf := c.facts(sink, v)
	s := f.ev.site(f.fn, c.in.Span, sink, c.name)
	f.want(v)
	base := &pending{site: s, facts: cf, gates: slices.Clone(c.st.gates), notes: notes, root: f.root}
	s.known = s.known || !f.root
	d := cf.decide("")
	if d.Safe {
		f.clears(c.in)
	}
	if sink.ActsAs != nil && !d.Safe {
		f.fetches++
	}
	fetched := sink.ActsAs != nil && !f.savedHere(sink, v, c.st)
	if !d.Safe && (fetched || sink.ActsAs == nil) {
		f.say(remark{p: base, as: aCall})
	}
	if n := v.symbol(); f.ev.syms.inputPath(n) {
		base.at = n
	}
	facts := f.sinkInput(cf.sink, v, c.st)
	g := f.guarded(v.symbol(), c.st)
	for _, fact := range facts {
		p := *base
		p.fact = &Fact{org: fact.org, feats: fact.feats, weak: fact.weak, content: fact.content, prov: step(fact.prov, provSink, f.fn, c.in.Span, c.name), trust: fact.trust}
		f.placed(&p, v, fact)
		if f.applyGuard(&p, g) {
			f.hit(&p)
		} else {
			f.clears(c.in)
		}
	}
	if fetched && !c.checksItself() {
		org := f.ev.sourceOrigin(nil, cf.sink.ActsAs, c.name, f.fn, c.in)
		p := *base
		p.fact = &Fact{org: org, prov: step(step(nil, provSource, f.fn, c.in.Span, c.name), provSink, f.fn, c.in.Span, c.name)}
		f.hit(&p)
		return
	}
	if len(facts) == 0 && !v.isClean() && !f.ownData(cf.sink, v, c.st) && !d.Safe && g == nil {
		p := *base
		p.fact = &Fact{prov: step(nil, provSink, f.fn, c.in.Span, c.name)}
		f.say(remark{p: &p, as: isUnplaced})
	}
}

// sinkInput gives the facts that matter at a sink that reads the value, or the file the value names.
func (f *frame) sinkInput(s *rule.Sink, v *Value, st *state) []*Fact {
	if v == nil {
		return nil
	}
	facts := f.deep(v, st)
	if s.Reads == readsContent {
		facts = asPath(facts)
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

// savedHere says whether the name that a sink would fetch is that of a file or folder that the program itself has written
// or unpacked, with nobody else's data.
func (f *frame) savedHere(s *rule.Sink, v *Value, st *state) bool {
	if s.Input.What != rule.ArgSlot || v == nil || v.sym == noSym || v.shape {
		return false
	}
	if g := f.guarded(v.sym, st); g != nil && g.weak == "" && len(g.trust) == 0 || f.folderOfTree(v) {
		return true
	}
	facts, written := f.stored(v, st)
	return written && len(facts) == 0
}

// folderOfTree says whether a name is that of a folder of the scanned tree, from its top or from where the file is: libraries
// look there before they fetch.
func (f *frame) folderOfTree(v *Value) bool {
	name, ok := v.strKonst()
	if !ok || !strings.Contains(name, "/") || len(name) > maxPathText {
		return false
	}
	return f.ev.prog.HasFolder(path.Clean(name)) || f.ev.prog.HasFolder(path.Join(path.Dir(f.fn.Mod.Path), name))
}

// maxPending bounds the open sinks of one summary.
const maxPending = 64

// maxPerSite bounds the inputs and paths of one summary that reach one sink.
const maxPerSite = 8

// hit records that data of a source reaches a sink, or that an input does.
func (f *frame) hit(p *pending) {
	if w := p.fact.weak; w != 0 && !slices.Contains(p.weak, f.ev.reasons[w]) {
		q := *p
		q.weak = append(slices.Clip(p.weak), f.ev.reasons[w])
		p = &q
	}
	if p.fact.trust != nil {
		if p.fact.org.kind == originSource {
			return
		}
		q := *p
		q.trust = relied(p.trust, p.fact.relies())
		p = &q
	}
	if p.fact.org.kind == originSource {
		if !p.facts.decide(p.fact.org.what.ID).Safe {
			f.say(remark{p: p, as: aFlow, at: f.here(), told: !f.root || f.sum.matter == 0})
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
	same, covered := 0, false
	for _, q := range f.sum.sinks {
		if q.site == p.site {
			same++
			covered = covered || q.fact.org.input == p.fact.org.input && strings.HasPrefix(p.fact.org.path, q.fact.org.path)
		}
	}
	if same < maxPerSite && len(f.sum.sinks) < maxPending {
		f.sum.sinks = append(f.sum.sinks, p)
	} else {
		f.ev.stats.PendingCut++
		if !covered { // data of a whole is data of its parts
			f.ev.cutShort(f.fn, true)
		}
	}
}

// add keeps the best account of a flow.
func (s *site) add(p *pending) {
	old := s.flows[p.fact.org]
	if old == nil {
		s.order = append(s.order, p.fact.org)
	} else if old.file != p.file { // the worst: a file that is not known to be the program's own
		a, b := *old, *p
		a.file, b.file = "", ""
		old, p = &a, &b
		s.flows[p.fact.org] = old
	}
	if old == nil || p.lower() < old.lower() || len(p.gates) < len(old.gates) || len(p.weak) < len(old.weak) ||
		(len(p.gates) == len(old.gates) && len(p.weak) == len(old.weak) && better(p.fact, old.fact)) && p.lower() == old.lower() {
		s.flows[p.fact.org] = p
	}
}

// acted says whether the call itself is where the data comes from.
func (p *pending) acted() bool {
	return p.fact != nil && p.fact.org != nil && p.site != nil && p.fact.org.fn == p.site.fn && p.fact.org.span == p.site.span
}

// lower is by how much the rule's case lowers the level of a flow from a source.
func (p *pending) lower() int { return p.facts.decide(p.fact.org.what.ID).Lower }

// noteCall keeps one call for each case of the rule, for rules that need no source.
func (s *site) noteCall(p *pending) {
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

package taint

import (
	"cmp"
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/program"
	"github.com/pickletrace/pickletrace/pkg/rule"
)

// maxOther is how many flows of one finding are kept beside those that are shown.
const maxOther = 200

// findings turns what was recorded at the sites into findings.
func (ev *eval) findings() []finding.Finding {
	ev.keepOpen()
	var out []finding.Finding
	var inside []finding.Finding
	for _, s := range ev.order {
		if s.fn.Mod.Installed {
			inside = append(inside, ev.libraryFindings(s, ev.open[s])...)
		} else {
			out = append(out, ev.siteFindings(s, ev.open[s])...)
		}
	}
	return append(out, onePerCall(inside)...)
}

// An opening is an input of a function below which a site lies.
type opening struct {
	fn *program.Fn
	p  *pending
}

// keepOpen remembers the open sinks of all summaries; they are asked for after the last round.
func (ev *eval) keepOpen() {
	tops := map[*program.Fn]bool{}
	for k := range ev.memo {
		if k.ctx == "" {
			tops[k.fn] = true
		}
	}
	for _, fn := range inOrder(tops) {
		for _, p := range ev.memo[memoKey{fn, ""}].sinks {
			if isTest(fn) || fn.Mod.Installed || ev.besides(fn, p.site) {
				continue
			}
			if !slices.ContainsFunc(ev.open[p.site], func(o opening) bool { return o.fn == fn && o.p.fact.org == p.fact.org }) {
				ev.open[p.site] = append(ev.open[p.site], opening{fn, p})
			}
		}
	}
}

// outside says whether an open input counts as one that somebody outside the tree feeds: no caller in the tree passes
// it anything that is known to be safer, or that comes in by an input of its own.
func (o opening) outside() bool { return o.eligible() && o.fed()&(fedClean|fedTainted) == 0 }

// unsettled says whether callers pass something of which the analysis lost sight.
func (o opening) unsettled() bool { return o.eligible() && o.fed() != fedClean }

// settled says whether some way into the site ends at callers that pass nothing foreign.
func settled(open []opening) bool {
	return slices.ContainsFunc(open, func(o opening) bool { return o.eligible() && o.fed() == fedClean })
}

func (o opening) fed() feed { return o.p.site.fed[feedKey{o.fn, o.p.fact.org}] }

func (o opening) eligible() bool {
	// Checked against something the caller gives; a free variable, for which the enclosing function speaks.
	return len(o.p.trust) == 0 && o.p.fact.org.input < len(o.fn.Params)
}

// siteFindings gives the findings of one site.
func (ev *eval) siteFindings(s *site, open []opening) []finding.Finding {
	var flows, calls []finding.Finding
	for _, r := range ev.pack.RulesFor(s.sink) {
		if r.Disabled {
			continue
		}
		if r.Flow != nil {
			flows = appendFound(flows, ev.flowFinding(s, r, open))
		} else {
			calls = appendFound(calls, ev.callFinding(s, r))
		}
	}
	if len(flows) > 0 && worst(flows) >= worst(calls) {
		return flows // the flow says it all; a note on the call itself would only repeat it
	}
	return calls
}

func appendFound(fs []finding.Finding, f *finding.Finding) []finding.Finding {
	if f == nil {
		return fs
	}
	return append(fs, *f)
}

// worst gives the highest level of findings, 0 if there are none.
func worst(fs []finding.Finding) finding.Level {
	var out finding.Level
	for i := range fs {
		out = max(out, fs[i].Level)
	}
	return out
}

// A candidate is one flow with the level it would have.
type candidate struct {
	p     *pending
	d     rule.Decision
	kind  string
	title string
	name  string
	level rule.Level
	// foreign: data for which the rule's level is error; doubts leave a warning of it.
	foreign bool
	// made by weigh
	done   bool
	doubts int
	flow   finding.Flow
}

func (ev *eval) flowFinding(s *site, r *rule.Rule, open []opening) *finding.Finding {
	return ev.build(s, r, ev.candidates(s, r, open))
}

// candidates gives the flows into a site that a rule is about, best first.
func (ev *eval) candidates(s *site, r *rule.Rule, open []opening) []candidate {
	var cs []candidate
	for _, org := range s.order {
		p, n := s.flows[org], len(cs)
		cs = ev.candidate(cs, r, p, org.what.ID, org.what.Title, org.name)
		if len(cs) > n && ev.untold(s, org) {
			cs[n].level = min(cs[n].level, rule.Note)
		}
	}
	if len(s.flows) == 0 {
		cs = ev.openCandidates(cs, r, open)
	}
	if len(cs) == 0 && s.unplaced != nil && len(s.flows) == 0 {
		cs = ev.candidate(cs, r, s.unplaced, unknownKind, ev.kindTitle(unknownKind), "")
	}
	cs = ev.bestFirst(cs)
	if len(s.flows) > 0 && len(cs) > 0 && cs[0].level <= rule.Note {
		// What the tree itself feeds in is in doubt. What its users feed in may be the better account.
		cs = ev.bestFirst(ev.openCandidates(cs, r, open))
	}
	return cs
}

// openCandidates adds the flows from inputs of functions that the tree does not feed, if there are none, from those of
// which it is not known what feeds them.
func (ev *eval) openCandidates(cs []candidate, r *rule.Rule, open []opening) []candidate {
	before := len(cs)
	for _, accept := range []func(opening) bool{opening.outside, opening.unsettled} {
		for _, o := range open {
			if accept(o) && (o.outside() || o.fed()&fedUnknown != 0 || !settled(open)) {
				cs = ev.openCandidate(cs, r, o)
			}
		}
		if len(cs) > before {
			break
		}
	}
	return cs
}

// openCandidate adds the flow from an input of a function that the tree does not feed.
func (ev *eval) openCandidate(cs []candidate, r *rule.Rule, o opening) []candidate {
	i := o.p.fact.org.input
	name := "parameter '" + o.fn.Params[i].Name + "' of " + o.fn.QualName()
	if s := ev.entries.byConvention(o.fn, i); s != nil && o.outside() {
		return ev.candidate(cs, r, o.p, s.Kind.ID, s.Kind.Title, name)
	}
	kind := libraryKind
	if !publicName(o.fn) {
		kind = unknownKind
	}
	return ev.candidate(cs, r, o.p, kind, ev.kindTitle(kind), name)
}

func (g *given) kindTitle(id string) string {
	if k := g.pack.Kind(id); k != nil {
		return k.Title
	}
	return id
}

// candidate adds a flow if the rule is about it.
func (ev *eval) candidate(cs []candidate, r *rule.Rule, p *pending, kind, title, name string) []candidate {
	if !r.FromKind(kind) {
		return cs
	}
	d := p.facts.decide(kind)
	if d.Safe || !r.Covers(d) {
		return cs
	}
	level := r.LevelFor(kind).Lowered(d.Lower)
	if len(p.weak) > 0 {
		level = level.Lowered(1)
	}
	if len(p.gates) > 0 {
		outer := slices.ContainsFunc(p.gates, func(g string) bool { return strings.HasPrefix(g, outerMark) })
		switch {
		case level > rule.Note:
			level = level.Lowered(1)
		case !outer: // off by default, and nobody in sight who switches it on
			return cs
		}
	}
	level = level.Lowered(max(ev.partLower(p, kind), ev.ownLower(p, kind)))
	if p.site != nil && level > rule.Note && ev.refusal(p.site) != "" {
		level = level.Lowered(1)
	}
	if p.fact.feats&NameMatch != 0 {
		level = level.Lowered(1)
	}
	if p.fact.feats&(ViaUnknown|Broad) != 0 && level == rule.Warning && r.LevelFor(kind) <= rule.Warning {
		level = rule.Note // weakly distrusted, and through a call or parts nobody knows: too little to bother anybody
	}
	level = ev.threat(level, kind)
	if ev.inTest(p) || p.acted() && ev.untaken(p.site) {
		level = min(level, rule.Note)
	}
	if level == rule.Off {
		return cs
	}
	return append(cs, candidate{p: p, d: d, kind: kind, title: title, name: name, level: level, foreign: r.LevelFor(kind) == rule.Error})
}

// threat applies the user's threat model.
func (g *given) threat(level rule.Level, kind string) rule.Level {
	switch {
	case level == rule.Off:
	case g.opts.Lowered[kind]:
		return rule.Note
	case g.opts.Raised[kind] && level < rule.Warning:
		return rule.Warning
	}
	return level
}

// bestFirst gives the candidates, best first, with the flows and final levels of all that can come first. Weighing only
// lowers a level: as long as one that is not weighed stands higher than the best of those that are, more are weighed.
func (ev *eval) bestFirst(cs []candidate) []candidate {
	ev.sort(cs)
	cs = differentFirst(cs)
	done := 0
	for done < len(cs) {
		next := min(len(cs), done+finding.MaxFlows+maxOther)
		for i := done; i < next; i++ {
			ev.weigh(&cs[i])
		}
		done = next
		ev.sort(cs[:done])
		if done < len(cs) && (cs[0].level >= highest(cs[done:]) || !ev.within(limitWeighed, done+1)) {
			break
		}
	}
	return cs
}

// highest gives the highest level of some candidates.
func highest(cs []candidate) rule.Level {
	var out rule.Level
	for i := range cs {
		out = max(out, cs[i].level)
	}
	return out
}

// build makes a finding of weighed flows, nil if there are none.
func (ev *eval) build(s *site, r *rule.Rule, cs []candidate) *finding.Finding {
	if len(cs) == 0 {
		return nil
	}
	more := len(cs) - finding.MaxFlows
	cs = kindsFirst(differentFirst(cs[:min(len(cs), finding.MaxFlows+maxOther)]))
	f := ev.base(s, r, &cs[0])
	for i, c := range cs {
		f.Remedies &= c.p.facts.mending(c.kind)
		if i < finding.MaxFlows {
			f.Flows = append(f.Flows, c.flow)
		} else {
			f.Other = append(f.Other, c.flow)
		}
	}
	f.MoreFlows = max(0, more)
	return f
}

// sort puts the worst first, and of equals the surest and shortest. Among notes what is less in doubt comes before what is
// trusted less.
func (g *given) sort(cs []candidate) {
	slices.SortStableFunc(cs, func(a, b candidate) int {
		trust := cmp.Compare(g.rank(a.kind), g.rank(b.kind))
		if a.level <= rule.Note {
			trust = cmp.Or(cmp.Compare(a.doubts, b.doubts), trust)
		}
		return cmp.Or(cmp.Compare(b.level, a.level), trust,
			cmp.Compare(a.p.fact.feats.doubts(), b.p.fact.feats.doubts()), cmp.Compare(provLen(a.p.fact.prov), provLen(b.p.fact.prov)))
	})
}

// weighed are doubts that the level takes into account by itself.
const weighed = NameMatch | WeakGuard | Gated | PathPart

// weigh makes the flow of a candidate, and lowers its level where there are several doubts about it: each after the first
// costs one.
func (ev *eval) weigh(c *candidate) {
	if c.done {
		return
	}
	c.done = true
	steps, name := ev.told(c)
	c.flow = finding.Flow{Kind: c.kind, KindTitle: c.title, SourceName: name, Steps: steps, Features: features(c.p, c.d, ^weighed), Decides: c.decides()}
	if c.doubts = finding.Doubts(&c.flow); c.doubts > 1 {
		least := rule.Note
		if c.foreign {
			least = min(c.level, rule.Warning)
		}
		c.level = max(c.level.Lowered(c.doubts-1), least)
	}
	c.flow.Features = features(c.p, c.d, ^Feature(0))
	c.flow.Level = finding.Level(c.level)
}

// differentFirst puts the best flow from each source before further ones from sources of the same name.
func differentFirst(cs []candidate) []candidate {
	var first, again []candidate
	seen := map[string]bool{}
	for _, c := range cs {
		if key := c.kind + c.name; !seen[key] {
			seen[key] = true
			first = append(first, c)
		} else {
			again = append(again, c)
		}
	}
	return append(first, again...)
}

// kindsFirst puts the best flow of each kind of source before further ones of the kinds.
func kindsFirst(cs []candidate) []candidate {
	var first, again []candidate
	seen := map[string]bool{}
	for _, c := range cs {
		if !seen[c.kind] {
			seen[c.kind] = true
			first = append(first, c)
		} else {
			again = append(again, c)
		}
	}
	return append(first, again...)
}

func (g *given) rank(kind string) int {
	if k := g.pack.Kind(kind); k != nil {
		return k.Rank
	}
	return 99
}

func (ev *eval) base(s *site, r *rule.Rule, c *candidate) *finding.Finding {
	name := s.name
	if s.sink.Title != "" {
		name = s.sink.Title
	}
	f := &finding.Finding{RuleID: r.ID, Level: finding.Level(c.level), SinkName: shownSink(name), SinkID: s.sink.ID, Function: s.fn.QualName(),
		Sink: finding.Step{File: s.fn.Mod.IR.File, Span: s.span, Kind: finding.StepSink, Func: s.fn.QualName()}}
	if c.d.Case != nil {
		f.Case = c.d.Case.As
	}
	f.Remedies = c.p.facts.mending(c.kind)
	f.Notes = append(f.Notes, c.d.Notes...)
	f.Notes = append(f.Notes, c.p.notes...)
	for _, w := range c.p.weak {
		f.Notes = append(f.Notes, "The data was checked, but "+w+".")
	}
	if text := ev.refusal(s); text != "" {
		f.Notes = append(f.Notes, text)
	}
	for _, g := range slices.Compact(slices.Clone(c.p.gates)) {
		f.Notes = append(f.Notes, "This happens only when '"+strings.TrimPrefix(g, outerMark)+"' is not left at its default.")
	}
	return f
}

func shownSink(name string) string {
	if len(name) > 2 && name[:2] == "?." {
		return name[2:]
	}
	return name
}

// callFinding is a finding of a rule that needs no source.
func (ev *eval) callFinding(s *site, r *rule.Rule) *finding.Finding {
	var worst candidate
	for _, p := range s.calls {
		if p.root && s.known {
			continue // callers in the tree say what is really passed
		}
		d := p.facts.decide("")
		if d.Safe || !r.Covers(d) {
			continue
		}
		level := r.LevelFor("").Lowered(d.Lower)
		if len(p.gates) > 0 {
			level = level.Lowered(1)
		}
		if ev.inTest(p) || ev.untaken(s) {
			level = min(level, rule.Note)
		}
		if level == rule.Off {
			continue
		}
		if worst.p == nil || level > worst.level {
			worst = candidate{p: p, d: d, level: level}
		}
	}
	if worst.p == nil {
		return nil
	}
	f := ev.base(s, r, &worst)
	f.Flows = ev.callFlows(s, worst.d)
	return f
}

var featureNames = []struct {
	bit  Feature
	name string
}{
	{ViaUnknown, "via-unknown"}, {ClassField, "class-field"}, {CondUnknown, "cond-unknown"}, {NameMatch, "name-match"},
	{WeakGuard, "weak-guard"}, {Broad, "broad"}, {Gated, "gated"}, {ViaGlobal, "via-global"}, {PathPart, "path-part"}, {ViaStore, "via-store"},
}

// features names the doubts about a flow that are in mask.
func features(p *pending, d rule.Decision, mask Feature) []string {
	bits := p.fact.feats
	if d.Undecided {
		bits |= CondUnknown
	}
	if len(p.gates) > 0 {
		bits |= Gated
	}
	var out []string
	for _, f := range featureNames {
		if bits&mask&f.bit != 0 {
			out = append(out, f.name)
		}
	}
	slices.Sort(out)
	return out
}

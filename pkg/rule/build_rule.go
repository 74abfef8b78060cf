package rule

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/pickletrace/pickletrace/pkg/spell"
)

func (l *loader) buildRule(v view) {
	ru := &Rule{ID: v.str("id"), Name: v.str("name"), Title: v.str("title"), Why: v.str("why"), Fix: v.str("fix"),
		Precision: v.str("precision"), Since: v.str("since"), References: v.strs("references"), Pack: v.r.id, At: v.at()}
	if ru.Precision == "" {
		ru.Precision = "high"
	}
	for _, n := range v.list("cwe") {
		var cwe int
		if n.Decode(&cwe) == nil {
			ru.CWE = append(ru.CWE, cwe)
		}
	}
	for _, e := range v.view("changed").pairs() {
		ru.Changed = append(ru.Changed, Change{e.key.Value, scalarText(e.val)})
	}
	l.advice(v, ru)
	ru.Level = levels(v.node("level"))
	if f := v.view("flow"); f.n != nil {
		ru.Flow = &FlowRule{From: l.kindList(f, "from", anyKind), To: l.sinkList(f, "to"), Cases: l.caseList(f, l.sinkList(f, "to"))}
		l.checkLevels(v, ru)
	}
	if c := v.view("call"); c.n != nil {
		ru.Call = &CallRule{Sinks: l.sinkList(c, "sink"), Cases: l.caseList(c, l.sinkList(c, "sink"))}
		if n := v.node("level"); n != nil && n.Kind == yaml.MappingNode {
			v.r.errorf(n, "a call rule has one level: nothing says of which kind its data is")
		}
	}
	ru.Bad, ru.Good = examples(v, "bad"), examples(v, "good")
	// Code and name are used alike in ignore comments, so they share one section.
	ok := l.define(v.r, v.node("id"), "rule", ru.ID)
	if l.define(v.r, v.node("name"), "rule", ru.Name) && ok {
		l.rules[ru.ID], l.rules[ru.Name] = ru, ru
		l.pack.Rules = append(l.pack.Rules, ru)
	}
}

func (l *loader) sinkList(v view, name string) []*Sink {
	var out []*Sink
	for _, n := range v.list(name) {
		if s := l.sink(v.r, n); s != nil && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// caseList reads the case names of a rule; each must be in one of its sinks.
func (l *loader) caseList(v view, sinks []*Sink) []string {
	known := []string{defaultWord}
	for _, s := range sinks {
		for _, c := range s.Cases {
			if c.As != "" && c.Verdict == Report {
				known = append(known, c.As)
			}
		}
	}
	var out []string
	for _, n := range v.list("cases") {
		name := scalarText(n)
		if name == "" {
			continue
		}
		if !slices.Contains(known, name) {
			v.r.errorf(n, "no reported case %s in these sinks%s", quoteShort(name), spell.Hint(name, known))
		}
		out = append(out, name)
	}
	return out
}

var levelWords = map[string]Level{"off": Off, "note": Note, "warning": Warning, "error": Error}

// levels reads a level, or levels by kind; "" is the default.
func levels(n *yaml.Node) map[string]Level {
	out := map[string]Level{}
	if n == nil {
		return out
	}
	if n.Kind == yaml.ScalarNode {
		out[""] = levelWords[n.Value]
		return out
	}
	for _, p := range (view{n: n}).pairs() {
		kind := p.key.Value
		if kind == defaultWord {
			kind = ""
		}
		out[kind] = levelWords[p.val.Value]
	}
	return out
}

// checkLevels makes sure that no kind of a flow rule is without a level: it would be silent without anybody knowing.
func (l *loader) checkLevels(v view, ru *Rule) {
	n := v.node("level")
	if n == nil || n.Kind != yaml.MappingNode {
		return
	}
	l.checkLevelKinds(v.r, n)
	if _, ok := ru.Level[""]; ok {
		return
	}
	if ru.Flow.From == nil {
		v.r.errorf(n, "with from: any, level needs default")
	}
	for _, k := range ru.Flow.From {
		if _, ok := ru.Level[k.ID]; !ok {
			v.r.errorf(n, "level does not say %s, and has no default", k.ID)
		}
	}
}

func (l *loader) checkLevelKinds(r *file, n *yaml.Node) {
	for _, p := range (view{r, n}).pairs() {
		if p.key.Value != defaultWord {
			l.kind(r, p.key)
		}
	}
}

func examples(v view, name string) []Example {
	var out []Example
	for _, n := range v.list(name) {
		if code := scalarText(n); code != "" {
			out = append(out, Example{Code: code, At: v.r.place(n)})
		}
	}
	return out
}

// applySettings applies disable and levels of all files, after everything is built.
func (l *loader) applySettings() {
	off := map[string]bool{}
	for _, r := range l.files {
		for _, e := range r.top.view("levels").pairs() {
			l.overrideLevel(r, e)
		}
		for _, n := range r.top.list("disable") {
			if id := scalarText(n); id != "" {
				off[id] = true
				if !l.canDisable(id) {
					r.errorf(n, "nothing to disable is called %s%s", quoteShort(id), suggestKey(r, id, l.disableable()))
				}
			}
		}
	}
	if len(off) > 0 {
		l.pack.disable(off)
	}
}

func (l *loader) overrideLevel(r *file, e pair) {
	ru := l.rules[e.key.Value]
	if ru == nil {
		r.errorf(e.key, "unknown rule %s%s", quoteShort(e.key.Value), suggestKey(r, e.key.Value, l.ruleNames()))
		return
	}
	if e.val.Kind == yaml.MappingNode {
		l.checkLevelKinds(r, e.val)
		if ru.Call != nil {
			r.errorf(e.val, "%s is a call rule: it has one level", ru.ID)
		}
	} else {
		ru.Level = map[string]Level{}
	}
	for kind, level := range levels(e.val) {
		ru.Level[kind] = level
	}
}

var disableSections = []string{"rule", "source", "sink", "validator", "class"}

func (l *loader) canDisable(id string) bool {
	return slices.ContainsFunc(disableSections, func(s string) bool { _, ok := l.defined[s+" "+id]; return ok })
}

// disableable gives the ids that disable may name.
func (l *loader) disableable() map[string]Place { return l.definedIn(disableSections...) }

// ruleNames gives the codes and names of all rules.
func (l *loader) ruleNames() map[string]Place { return l.definedIn("rule") }

func (l *loader) definedIn(sections ...string) map[string]Place {
	out := map[string]Place{}
	for key, at := range l.defined {
		if section, id, _ := strings.Cut(key, " "); slices.Contains(sections, section) {
			out[id] = at
		}
	}
	return out
}

// disable takes out what is named: rules stay, marked; sources, sinks, validators and classes go.
func (p *Pack) disable(off map[string]bool) {
	p.Sources = slices.DeleteFunc(p.Sources, func(s *Source) bool { return off[s.ID] })
	p.Validators = slices.DeleteFunc(p.Validators, func(v *Validator) bool { return off[v.ID] })
	gone := func(s *Sink) bool { return off[s.ID] }
	p.Sinks = slices.DeleteFunc(p.Sinks, gone)
	p.Classes = slices.DeleteFunc(p.Classes, func(c *ClassRule) bool { return off[c.ID] || off[c.ActsAs] })
	for _, ru := range p.Rules {
		ru.Disabled = off[ru.ID] || off[ru.Name]
		if ru.Flow != nil {
			ru.Flow.To = slices.DeleteFunc(ru.Flow.To, gone)
		}
		if ru.Call != nil {
			ru.Call.Sinks = slices.DeleteFunc(ru.Call.Sinks, gone)
		}
		if len(ru.sinks()) == 0 {
			ru.Disabled = true
		}
	}
}

// sinks gives the sinks of a rule of either sort.
func (r *Rule) sinks() []*Sink {
	if r.Flow != nil {
		return r.Flow.To
	}
	return r.Call.Sinks
}

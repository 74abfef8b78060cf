package rule

import (
	"slices"
	"strings"
)

// A Matcher is one pattern of a pack over calls or attributes.
type Matcher struct {
	Pattern string
	Head    string   // first dotted segment, the module it belongs to; "" for a pattern that begins with a star
	Section string   // "source", "sink", "propagator", "sanitizer", "validator", "class", "type"
	ID      string   // of the source, sink, validator or class; "" for the others
	User    bool     // of a user's pack
	Near    []string // names of which a file must hold one to be looked through for it; nil: any file
	At      Place
}

// Matchers lists all patterns over calls, attributes and classes, in pack order. A scan can tell which ones of a
// user's pack belong to modules that nothing imports: those match nothing, perhaps by a spelling mistake.
func (p *Pack) Matchers() []Matcher { return p.index.matchers }

// Heads gives the first segments of the dotted names that stand for names with this first segment: itself, and those of
// aliases.
func (p *Pack) Heads(head string) []string {
	out := []string{head}
	for _, alias := range p.index.alias.sorted() {
		if firstSegment(p.Canonical(alias)) == head {
			out = append(out, firstSegment(alias))
		}
	}
	return out
}

// Unmet gives the matchers of the user's packs that belong to a module which none of the scanned files names; met says
// whether one does, by the first segment of the module. One matcher stands for all of an entry and module.
func (p *Pack) Unmet(met func(head string) bool) []Matcher {
	var out []Matcher
	type entry struct {
		at   Place
		head string
	}
	seen := map[entry]bool{}
	standard := map[string]bool{}
	for _, lib := range p.Libraries {
		standard[lib.Name] = lib.Stdlib // always there
	}
	for _, m := range p.Matchers() {
		e := entry{m.At, m.Head}
		if !m.User || m.Head == "" || standard[m.Head] || seen[e] || !strings.Contains(m.Pattern, ".") || met(m.Head) {
			continue
		}
		seen[e] = true
		out = append(out, m)
	}
	return out
}

// newIndex prepares matching for a pack whose patterns have been checked.
func newIndex(p *Pack, alias aliases, compiled map[string][]pattern) *index {
	x := &index{
		alias: alias, calls: newNames(func(r *Roles) {
			if r.Trusted {
				r.Sources = nil
			}
		}), attrs: newNames(func(*AttrRoles) {}), keeps: newNames(func(*KeepRoles) {}),
		rules: map[*Sink][]*Rule{}, byName: map[string]*Rule{}, sinks: map[string]*Sink{}, settings: map[string][]*Sink{}, kinds: map[string]*Kind{}, handsOn: map[string]Handed{},
	}
	b := &indexer{x: x, user: map[string]bool{}, compiled: compiled}
	for _, info := range p.Packs {
		b.user[info.File] = info.User
	}
	b.addSources(p)
	b.addSinks(p)
	b.addPassing(p)
	b.addConsents(p)
	b.addShells(p)
	b.addValidators(p)
	for _, t := range p.Types {
		b.calls("type", "", t.At, t.Calls, func(r *Roles) { addNew(&r.Types, t) })
		b.attrs("type", "", t.At, t.Attrs, func(r *AttrRoles) { addNew(&r.Types, t) })
	}
	for _, k := range p.Keeps {
		b.note("keep", k.ID, k.At, k.Puts)
		b.note("keep", k.ID, k.At, k.Takes)
		for _, t := range k.Puts {
			x.keeps.add(compiled[t], func(r *KeepRoles) { addNew(&r.Puts, k) })
		}
		for _, t := range k.Takes {
			x.keeps.add(compiled[t], func(r *KeepRoles) { addNew(&r.Takes, k) })
		}
		for how, words := range [][]string{k.Rows, k.Row, k.Cells, k.Cell, k.Same} {
			for _, w := range words {
				x.handsOn[w] = Handed(how + 1)
			}
		}
	}
	for _, c := range p.Classes {
		b.note("class", c.ID, c.At, c.SubclassOf)
	}
	for _, k := range p.Kinds {
		x.kinds[k.ID] = k
	}
	b.addRules(p)
	x.makers = makers(p, x.matchers, compiled)
	return x
}

type indexer struct {
	x    *index
	user map[string]bool // file → is a user's pack
	// compiled holds every pattern of the pack by its text.
	compiled map[string][]pattern
}

func (b *indexer) note(section, id string, at Place, texts []string) {
	for _, t := range texts {
		head := firstSegment(t)
		if strings.ContainsAny(head, "*{") {
			head = ""
		}
		b.x.matchers = append(b.x.matchers, Matcher{Pattern: t, Head: head, Section: section, ID: id, User: b.user[at.File], At: at})
	}
}

func (b *indexer) calls(section, id string, at Place, texts []string, add func(*Roles)) {
	b.note(section, id, at, texts)
	for _, t := range texts {
		b.x.calls.add(b.compiled[t], add)
	}
}

func (b *indexer) attrs(section, id string, at Place, texts []string, add func(*AttrRoles)) {
	b.note(section, id, at, texts)
	for _, t := range texts {
		b.x.attrs.add(b.compiled[t], add)
	}
}

func (b *indexer) addSources(p *Pack) {
	for _, s := range p.Sources {
		if len(s.Below) > 0 {
			b.x.below = append(b.x.below, s)
		}
		b.calls("source", s.ID, s.At, s.Calls, func(r *Roles) { addNew(&r.Sources, s) })
		b.attrs("source", s.ID, s.At, s.Attrs, func(r *AttrRoles) { addNew(&r.Sources, s) })
		if m := s.Param; m != nil {
			b.calls("source", s.ID, s.At, m.DecoratedBy, func(r *Roles) { addNew(&r.Decorates, s) })
			b.calls("source", s.ID, s.At, m.PassedTo, func(r *Roles) { addNew(&r.Callbacks, s) })
			b.note("source", s.ID, s.At, m.MethodOf)
			b.note("source", s.ID, s.At, m.Beside)
			b.note("source", s.ID, s.At, m.Annotated)
		}
	}
}

func (b *indexer) addSinks(p *Pack) {
	for _, s := range p.Sinks {
		b.x.sinks[s.ID] = s
		from := len(b.x.matchers)
		b.calls("sink", s.ID, s.At, s.Calls, func(r *Roles) { addNew(&r.Sinks, s) })
		for i := range b.x.matchers[from:] {
			b.x.matchers[from+i].Near = s.Near
		}
		for _, t := range s.Except {
			b.x.calls.add(b.compiled[t], func(r *Roles) { r.Sinks = slices.DeleteFunc(r.Sinks, func(o *Sink) bool { return o == s }) })
		}
		b.calls("setter", s.ID, s.At, s.Setters, func(r *Roles) { addNew(&r.Setters, s) })
		for _, name := range s.Settings {
			b.x.settings[name] = append(b.x.settings[name], s)
			b.x.matchers = append(b.x.matchers, Matcher{Pattern: name, Section: "sink", ID: s.ID, User: b.user[s.At.File], At: s.At})
		}
	}
}

func (b *indexer) addPassing(p *Pack) {
	for _, q := range p.Propagators {
		b.calls("propagator", "", q.At, q.Calls, func(r *Roles) { addNew(&r.Propagators, q) })
	}
	for _, s := range p.Sanitizers {
		b.calls("sanitizer", "", s.At, s.Calls, func(r *Roles) {
			addNew(&r.Sanitizers, s)
			r.Trusted = r.Trusted || s.Trusted
		})
	}
}

func (b *indexer) addConsents(p *Pack) {
	for _, c := range p.Consents {
		b.calls("consent", "", c.At, c.Calls, func(r *Roles) { addNew(&r.Consents, c) })
	}
}

func (b *indexer) addValidators(p *Pack) {
	for _, v := range p.Validators {
		b.calls("validator", v.ID, v.At, v.Digest, func(r *Roles) { addNew(&r.Digest, v) })
		b.calls("validator", v.ID, v.At, v.Weak, func(r *Roles) { addNew(&r.Weak, v) })
		b.calls("validator", v.ID, v.At, v.Mac, func(r *Roles) { addNew(&r.Mac, v) })
		b.calls("validator", v.ID, v.At, v.Compare, func(r *Roles) { addNew(&r.Compare, v) })
		if v.Verify != nil {
			b.calls("validator", v.ID, v.At, v.Verify.Calls, func(r *Roles) { addNew(&r.Verify, v) })
		}
		if v.WhenArg != nil {
			b.calls("validator", v.ID, v.At, v.WhenArg.Calls, func(r *Roles) { addNew(&r.WhenArg, v) })
		}
	}
}

func (b *indexer) addRules(p *Pack) {
	for _, ru := range p.Rules {
		b.x.byName[ru.ID], b.x.byName[ru.Name] = ru, ru
		if ru.Disabled {
			continue
		}
		for _, s := range ru.sinks() {
			b.x.rules[s] = append(b.x.rules[s], ru)
		}
	}
	for _, s := range p.Sinks {
		if s.Like != nil {
			b.x.rules[s] = append(b.x.rules[s], b.x.rules[s.Like]...)
		}
	}
}

// Words gives the identifiers of which a file must hold one to hold a sink or a class that acts as one: last segments
// of the names, and of their aliases. Sorted.
func (p *Pack) Words() []string {
	set := map[string]bool{}
	for _, s := range p.Sinks {
		addWords(set, s.Calls)
	}
	for _, c := range p.Classes {
		if c.ActsAs != "" {
			addWords(set, c.SubclassOf)
		}
	}
	p.addAliasWords(set, func(name string) bool {
		r := p.Call(name)
		return r != nil && len(r.Sinks) > 0 || len(p.ClassesFor(name)) > 0
	})
	return keys(set)
}

// SourceWords gives the identifiers of which a file must hold one to hold a source. Where the last segment of a
// pattern has a star it is the first one; a pattern over function names with a star gives no word. Sorted.
func (p *Pack) SourceWords() []string {
	set := map[string]bool{}
	for _, s := range p.Sources {
		addWords(set, s.Calls, s.Attrs)
		if s.ActsAsParam() {
			addWords(set, s.Param.DecoratedBy, s.Param.MethodOf, s.Param.PassedTo, s.Param.Beside, s.Param.Annotated, s.Param.FunctionName)
		}
	}
	for _, s := range p.Shells {
		addWords(set, s.Calls)
	}
	for _, s := range p.Sinks {
		if s.ActsAs != nil {
			addWords(set, s.Calls)
		}
	}
	p.addAliasWords(set, func(name string) bool {
		r, a := p.Call(name), p.Attr(name)
		return r != nil && len(r.Sources)+len(r.Shells)+len(r.Decorates)+len(r.Callbacks) > 0 || a != nil && len(a.Sources) > 0
	})
	return keys(set)
}

func addWords(set map[string]bool, lists ...[]string) {
	for _, list := range lists {
		for _, p := range mustPatterns(list) {
			if w := p.lastSegment(); w != "" {
				set[w] = true
			} else if w := p.firstSegment(); w != "" {
				set[w] = true
			}
		}
	}
}

// addAliasWords adds the last segments of aliases that stand for whole names of interest.
func (p *Pack) addAliasWords(set map[string]bool, wanted func(name string) bool) {
	for _, alias := range p.index.alias.sorted() {
		if wanted(p.Canonical(alias)) {
			set[lastSegment(alias)] = true
		}
	}
}

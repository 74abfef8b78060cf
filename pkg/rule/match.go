package rule

import (
	"cmp"
	"slices"
	"strings"
	"sync"
)

// Roles is everything the packs say about one called name. Lists are in the order of the packs.
type Roles struct {
	Sources     []*Source
	Sinks       []*Sink
	Setters     []*Sink // settings that the call gives a value, its first argument being their name
	Propagators []*Propagator
	Sanitizers  []*Sanitizer
	Consents    []*Consent
	Shells      []*Shell
	Digest      []*Validator // the call makes a digest …
	Weak        []*Validator // … with a broken algorithm
	Mac         []*Validator // … with a key
	Compare     []*Validator
	Verify      []*Validator
	WhenArg     []*Validator // look at Validator.WhenArg.When
	Types       []*Type
	Decorates   []*Source // as a decorator it marks functions whose parameters are these sources (Source.Param)
	Callbacks   []*Source // it is given a function, in Source.Param.Callback, whose parameters are these sources
	Trusted     bool      // the user trusts its result; Sources is empty then
}

// AttrRoles is everything the packs say about one attribute.
type AttrRoles struct {
	Sources []*Source
	Types   []*Type
}

// Call gives the roles of a call of this canonical name (see Canonical), nil if it has none. The result is shared and
// must not be changed. "?.recv" asks for the method recv of a receiver whose type is unknown: only patterns with a
// leading "*." match that. Safe for concurrent use.
func (p *Pack) Call(name string) *Roles { return p.index.calls.lookup(name) }

// Attr gives the roles of an attribute of this canonical name, nil if it has none. Safe for concurrent use.
func (p *Pack) Attr(name string) *AttrRoles { return p.index.attrs.lookup(name) }

// KeepRoles is what a call puts somewhere outside of the program, or takes from there.
type KeepRoles struct{ Puts, Takes []*Keep }

// Kept gives what a call of this canonical name puts or takes; nil if it does neither. Safe for concurrent use.
func (p *Pack) Kept(name string) *KeepRoles { return p.index.keeps.lookup(name) }

// Handed says what of something taken a method gives.
type Handed uint8

const (
	HandsRows  Handed = iota + 1 // several rows
	HandsRow                     // one
	HandsCells                   // the first column of several
	HandsCell                    // of one
	HandsSame                    // it again
)

// HandsOn says what a method of this name gives of what was taken; 0 if nothing is known.
func (p *Pack) HandsOn(method string) Handed { return p.index.handsOn[method] }

// PutWords gives the last segments of the calls that put something where the entry with this id does, sorted.
func (p *Pack) PutWords(id string) []string {
	set := map[string]bool{}
	for _, k := range p.Keeps {
		if k.With == id {
			addWords(set, k.Puts)
		}
	}
	return keys(set)
}

// Setting gives the sinks for a value that is stored under this name.
func (p *Pack) Setting(name string) []*Sink { return p.index.settings[name] }

// SetterWords gives the last segments of the calls that give a setting its value, sorted.
func (p *Pack) SetterWords() []string {
	set := map[string]bool{}
	for _, s := range p.Sinks {
		addWords(set, s.Setters)
	}
	return keys(set)
}

// EnvNames gives the environment variables that conditions ask for, sorted.
func (p *Pack) EnvNames() []string {
	set := map[string]bool{}
	add := func(when []Cond) {
		for _, c := range when {
			if name, ok := strings.CutPrefix(c.Subject, "env."); ok {
				set[name] = true
			}
		}
	}
	for _, s := range p.Sinks {
		for i := range s.Cases {
			add(s.Cases[i].When)
		}
	}
	for _, s := range p.Sources {
		add(s.When)
	}
	return keys(set)
}

// TypeOf gives the canonical types that a call of this name returns: none if nothing is known, more than one for a
// tuple.
func (p *Pack) TypeOf(name string) []string {
	if r := p.Call(name); r != nil && len(r.Types) > 0 {
		return r.Types[0].Returns
	}
	return nil
}

// AttrType gives the canonical type of an attribute, "" if nothing is known or it is a tuple.
func (p *Pack) AttrType(name string) string {
	if r := p.Attr(name); r != nil && len(r.Types) > 0 && len(r.Types[0].Returns) == 1 {
		return r.Types[0].Returns[0]
	}
	return ""
}

// Empty says whether there is no role at all.
func (r *Roles) Empty() bool {
	return len(r.Sources)+len(r.Sinks)+len(r.Setters)+len(r.Propagators)+len(r.Sanitizers)+len(r.Consents)+len(r.Shells)+len(r.Digest)+len(r.Weak)+len(r.Mac)+
		len(r.Compare)+len(r.Verify)+len(r.WhenArg)+len(r.Types)+len(r.Decorates)+len(r.Callbacks) == 0 && !r.Trusted
}

// Add adds the roles of another name: for a call that may be either. Each is in the lists once.
func (r *Roles) Add(o *Roles) {
	addAll(&r.Sources, o.Sources)
	addAll(&r.Sinks, o.Sinks)
	addAll(&r.Setters, o.Setters)
	addAll(&r.Propagators, o.Propagators)
	addAll(&r.Sanitizers, o.Sanitizers)
	addAll(&r.Consents, o.Consents)
	addAll(&r.Shells, o.Shells)
	addAll(&r.Digest, o.Digest)
	addAll(&r.Weak, o.Weak)
	addAll(&r.Mac, o.Mac)
	addAll(&r.Compare, o.Compare)
	addAll(&r.Verify, o.Verify)
	addAll(&r.WhenArg, o.WhenArg)
	addAll(&r.Types, o.Types)
	addAll(&r.Decorates, o.Decorates)
	addAll(&r.Callbacks, o.Callbacks)
	r.Trusted = r.Trusted || o.Trusted
}

// index is what Load prepares for matching.
type index struct {
	below    []*Source // sources of literal paths
	anchors  sync.Map  // answers of Anchors, by sections
	alias    aliases
	calls    *names[Roles]
	attrs    *names[AttrRoles]
	keeps    *names[KeepRoles]
	matchers []Matcher
	commands map[string][]*Command // by program
	rules    map[*Sink][]*Rule
	byName   map[string]*Rule
	sinks    map[string]*Sink
	settings map[string][]*Sink
	kinds    map[string]*Kind
	makers   map[string]bool // see Makers
	handsOn  map[string]Handed
}

// names finds what the packs say of type R about a name. A name that nothing is said about costs three map lookups:
// names without stars are found whole, patterns with stars by their last segment, or their first where the last has
// a star.
type names[R any] struct {
	exact   map[string][]entry[R]
	byLast  map[string][]entry[R]
	byFirst map[string][]entry[R]
	cache   sync.Map // name → *R, for names that were asked for and that a pattern may match
	count   int
	finish  func(*R)
}

// An entry is one pattern and what it says.
type entry[R any] struct {
	pattern pattern
	order   int
	add     func(*R)
}

func newNames[R any](finish func(*R)) *names[R] {
	return &names[R]{exact: map[string][]entry[R]{}, byLast: map[string][]entry[R]{}, byFirst: map[string][]entry[R]{}, finish: finish}
}

func (x *names[R]) add(ps []pattern, add func(*R)) {
	for _, p := range ps {
		e := entry[R]{p, x.count, add}
		x.count++
		switch {
		case p.exact():
			x.exact[p.text] = append(x.exact[p.text], e)
		case p.lastSegment() != "":
			x.byLast[p.lastSegment()] = append(x.byLast[p.lastSegment()], e)
		default:
			x.byFirst[p.firstSegment()] = append(x.byFirst[p.firstSegment()], e)
		}
	}
}

func (x *names[R]) lookup(name string) *R {
	if len(x.exact[name]) == 0 && len(x.byLast[lastSegment(name)]) == 0 && len(x.byFirst[firstSegment(name)]) == 0 {
		return nil
	}
	if r, ok := x.cache.Load(name); ok {
		return r.(*R)
	}
	r, _ := x.cache.LoadOrStore(name, x.collect(name))
	return r.(*R)
}

// collect builds the answer for a name from all entries that match it.
func (x *names[R]) collect(name string) *R {
	found := slices.Clone(x.exact[name])
	for _, list := range [][]entry[R]{x.byLast[lastSegment(name)], x.byFirst[firstSegment(name)]} {
		for _, e := range list {
			if e.pattern.match(name) {
				found = append(found, e)
			}
		}
	}
	if len(found) == 0 {
		return nil
	}
	slices.SortFunc(found, func(a, b entry[R]) int { return cmp.Compare(a.order, b.order) })
	r := new(R)
	for _, e := range found {
		e.add(r)
	}
	x.finish(r)
	return r
}

func addAll[T comparable](list *[]T, more []T) {
	for _, v := range more {
		addNew(list, v)
	}
}

// addNew appends v unless it is there: two patterns of one source may match the same name.
func addNew[T comparable](list *[]T, v T) {
	if !slices.Contains(*list, v) {
		*list = append(*list, v)
	}
}

package rule

import (
	"maps"
	"slices"
	"strings"
)

// An Anchor is an identifier by which a call of interest is written, and the modules of which a file must name one for
// the identifier to mean that call: dotted paths, every part of which stands in the file. Modules is nil when the receiver
// may be anything.
type Anchor struct {
	Word    string
	Modules []string
	// Near are names of which the file must hold one, too; nil: none.
	Near []string
	// Makers are like Modules, but ask of a method or attribute of a class that the file names the class, too, or what is
	// declared to return such an object: where it does not, the receiver is such an object only if somebody else hands it
	// in. A name without dots, which is that of a setting and not of a call, has none.
	Makers []string
	// Imported asks that the file itself imports what Modules begin with, or everything from somewhere: that it uses the
	// word is not enough.
	Imported bool
	// Held says that there are Makers; where not, Makers is nil when the receiver may be anything.
	Held bool
}

// Anchors gives the anchors of the matchers in these sections ("sink", "source", "class" …), sorted by word. Aliases
// count: an anchor of "pickle.loads" has the modules "pickle", "cPickle", "six.moves.cPickle" …
// The section "maker" stands for the names of Makers. Packs are read-only once loaded, so each answer is made once; it is
// shared and not to be changed. Several goroutines may ask.
func (p *Pack) Anchors(sections ...string) []Anchor {
	key := strings.Join(sections, " ")
	if known, ok := p.index.anchors.Load(key); ok {
		return known.([]Anchor)
	}
	out := p.collectAnchors(sections)
	p.index.anchors.Store(key, out)
	return out
}

// collectAnchors reads the anchors of sections from the matchers.
func (p *Pack) collectAnchors(sections []string) []Anchor {
	b := anchorage{modules: map[string]map[string]bool{}, makers: map[string]map[string]bool{}, nears: map[string]map[string]bool{}, aliases: map[string][]string{},
		returning: p.returning()}
	for _, alias := range p.index.alias.sorted() {
		name := p.Canonical(alias)
		b.aliases[name] = append(b.aliases[name], alias)
	}
	if slices.Contains(sections, "maker") {
		for _, name := range p.Makers() {
			b.pattern(mustPatterns([]string{name})[0], firstSegment(name))
		}
	}
	for _, m := range p.Matchers() {
		if slices.Contains(sections, m.Section) {
			for _, pat := range mustPatterns([]string{m.Pattern}) {
				b.near = m.Near
				b.pattern(pat, headOf(pat, m.Head))
			}
		}
	}
	out := make([]Anchor, 0, len(b.modules))
	for _, word := range keys(b.modules) {
		a := Anchor{Word: word}
		if !b.modules[word][""] {
			a.Modules = keys(b.modules[word])
		}
		if makers := b.makers[word]; !makers[""] {
			a.Makers = keys(makers)
		}
		a.Held = len(b.makers[word]) > 0
		if near := b.nears[word]; !near[""] {
			a.Near = keys(near)
		}
		out = append(out, a)
	}
	return out
}

// anchorage collects anchors.
type anchorage struct {
	modules map[string]map[string]bool // word → modules; "" among them: any file
	makers  map[string]map[string]bool // word → modules and classes; "" among them: any file
	nears   map[string]map[string]bool // word → names that have to be there, too; "" among them: none has to
	aliases map[string][]string        // canonical name → what stands for it, sorted

	near      []string            // of the matcher that is being read
	returning map[string][]string // class → what returns objects of it
}

func (b *anchorage) add(word, module string) {
	if b.modules[word] == nil {
		b.modules[word] = map[string]bool{}
	}
	b.modules[word][module] = true
	if b.nears[word] == nil {
		b.nears[word] = map[string]bool{}
	}
	for _, name := range b.near {
		b.nears[word][name] = true
	}
	if len(b.near) == 0 {
		b.nears[word][""] = true
	}
}

// headOf gives the module that one alternative of a matcher belongs to: each of "{a,b}.C.get" has one of its own, though the
// matcher has none.
func headOf(pat pattern, head string) string {
	if head != "" || !strings.Contains(pat.text, ".") {
		return head
	}
	return pat.firstSegment()
}

// pattern adds what a file must hold to use a name that the pattern matches.
func (b *anchorage) pattern(pat pattern, head string) {
	word := pat.lastSegment()
	if word == "" {
		word = pat.firstSegment()
	}
	b.add(word, moduleOf(pat.text, head))
	b.held(word, pat.text, head)
	for _, alias := range b.aliases[pat.text] {
		b.add(lastSegment(alias), moduleOf(alias, firstSegment(alias)))
		b.held(lastSegment(alias), alias, firstSegment(alias))
	}
	for i := 0; i < len(pat.text); i++ {
		if pat.text[i] != '.' {
			continue
		}
		for _, alias := range b.aliases[pat.text[:i]] {
			b.add(word, moduleOf(alias+pat.text[i:], firstSegment(alias)))
			b.held(word, alias+pat.text[i:], firstSegment(alias))
		}
	}
}

// held adds what a file must hold to have an object with the method or attribute of that name, which has that head: the
// class, or one of those that return objects of it.
func (b *anchorage) held(word, name, head string) {
	if !strings.Contains(name, ".") && head == "" {
		return
	}
	makers := b.makers[word]
	if makers == nil {
		makers = map[string]bool{}
		b.makers[word] = makers
	}
	owner, _, _ := cutLast(name)
	if head == "" || !isClassName(owner) {
		makers[moduleOf(name, head)] = true
		return
	}
	makers[head+"."+lastSegment(owner)] = true
	for _, call := range b.returning[owner] {
		makers[firstSegment(call)+"."+lastSegment(call)] = true
	}
}

// returning gives for each class the calls that are declared to return objects of it, sorted.
func (p *Pack) returning() map[string][]string {
	out := map[string][]string{}
	for _, t := range p.Types {
		for _, class := range t.Returns {
			for _, call := range t.Calls {
				for _, pat := range mustPatterns([]string{call}) {
					if pat.exact() {
						out[class] = append(out[class], pat.text)
					}
				}
			}
		}
	}
	for _, calls := range out {
		slices.Sort(calls)
	}
	return out
}

// moduleOf gives the part of a dotted name that users write as a module path: all but the last segment, if those look
// like modules and not like classes, of which users often have only an object.
func moduleOf(name, head string) string {
	module := strings.TrimSuffix(name, "."+lastSegment(name))
	if head == "" || module == name || strings.ContainsAny(module, "*{?") || strings.ToLower(module) != module {
		return head
	}
	return module
}

// Makers gives the names of calls that make an object with a method or attribute that is a source or a sink: the classes
// themselves, and what is declared to return them. Sorted.
func (p *Pack) Makers() []string { return keys(p.index.makers) }

// Makes says whether a call of this canonical name is one of Makers.
func (p *Pack) Makes(name string) bool { return p.index.makers[name] }

func makers(p *Pack, ms []Matcher, compiled map[string][]pattern) map[string]bool {
	owners := map[string]bool{}
	for _, m := range ms {
		if m.Section != "source" && m.Section != "sink" {
			continue
		}
		for _, pat := range compiled[m.Pattern] {
			if owner, _, ok := cutLast(pat.text); ok && isClassName(owner) {
				owners[owner] = true
			}
		}
	}
	out := maps.Clone(owners)
	for _, t := range p.Types {
		if len(t.Returns) == 0 || !slices.ContainsFunc(t.Returns, func(r string) bool { return owners[r] }) {
			continue
		}
		for _, call := range t.Calls {
			for _, pat := range compiled[call] {
				if !strings.Contains(pat.text, "*") {
					out[pat.text] = true
				}
			}
		}
	}
	return out
}

// isClassName says whether a dotted name looks like that of a class: a.B, or socket.socket.
func isClassName(name string) bool {
	module, class, ok := cutLast(name)
	return ok && !strings.Contains(name, "*") && (class[0] >= 'A' && class[0] <= 'Z' || class == lastSegment(module))
}

// cutLast splits a dotted name before its last segment.
func cutLast(name string) (before, last string, ok bool) {
	i := strings.LastIndexByte(name, '.')
	if i < 0 {
		return "", name, false
	}
	return name[:i], name[i+1:], true
}

package rule

import (
	"fmt"
	"maps"
	"regexp"
	"sort"
	"strings"
)

// maxRewrites bounds the alias replacements for one name.
const maxRewrites = 16

// aliases rewrites names of the same thing to the canonical one.
type aliases struct {
	to    map[string]string
	heads map[string]bool // first segments of the aliases: a quick no for most names
	most  int             // length of the longest alias
}

func (a aliases) clone() aliases {
	a.to, a.heads = maps.Clone(a.to), maps.Clone(a.heads)
	return a
}

func (a *aliases) add(alias, name string) {
	if a.to == nil {
		a.to, a.heads = map[string]string{}, map[string]bool{}
	}
	a.to[alias] = name
	a.heads[firstSegment(alias)] = true
	a.most = max(a.most, len(alias))
}

// step replaces the longest alias that is the name or a dotted prefix of it.
func (a *aliases) step(name string) (string, bool) {
	if !a.heads[firstSegment(name)] {
		return name, false
	}
	end := len(name)
	if end > a.most {
		end = strings.LastIndexByte(name[:a.most+1], '.')
	}
	for ; end > 0; end = strings.LastIndexByte(name[:end], '.') {
		if to, ok := a.to[name[:end]]; ok {
			return to + name[end:], true
		}
	}
	return name, false
}

// canonical repeats step until nothing fits; ok is false when that does not end.
func (a *aliases) canonical(name string) (_ string, ok bool) {
	for range maxRewrites {
		next, changed := a.step(name)
		if !changed {
			return name, true
		}
		name = next
	}
	return name, false
}

// sorted gives the aliases in order.
func (a *aliases) sorted() []string {
	out := make([]string, 0, len(a.to))
	for alias := range a.to {
		out = append(out, alias)
	}
	sort.Strings(out)
	return out
}

// Canonical gives the canonical form of a dotted name: with the longest alias of Library.Same that is a dotted prefix
// replaced, again until none fits.
func (p *Pack) Canonical(name string) string {
	out, _ := p.index.alias.canonical(name)
	return out
}

// buildLibraries reads the libraries of all files and their aliases.
func (l *loader) buildLibraries() {
	place := map[string]Place{}
	for _, r := range l.files {
		for _, e := range r.top.view("libraries").pairs() {
			v := newView(r, e.val)
			lib := &Library{Name: e.key.Value, PyPI: v.str("pypi"), Stdlib: v.flag("stdlib"), Same: map[string]string{}, At: r.place(e.key)}
			if v.has("stdlib") && !lib.Stdlib {
				r.errorf(v.node("stdlib"), "want true, or leave it out and give pypi")
			}
			if !l.define(r, e.key, "library", lib.Name) {
				continue
			}
			lib.Images = images(r, v)
			l.libraries[lib.Name] = lib
			l.pack.Libraries = append(l.pack.Libraries, lib)
			for _, s := range v.view("same").pairs() {
				l.addAlias(r, lib, s, place)
			}
		}
	}
	l.checkCycles(place)
}

func (l *loader) addAlias(r *file, lib *Library, s pair, place map[string]Place) {
	alias, name := s.key.Value, scalarText(s.val)
	if name == "" {
		return
	}
	lib.Same[alias] = name
	if old, ok := l.alias.to[alias]; ok && old != name {
		r.errorf(s.key, "%s already stands for %s (%s)", alias, old, place[alias])
		return
	}
	place[alias] = r.place(s.key)
	l.alias.add(alias, name)
}

// checkCycles refuses aliases whose replacement does not end, as a: b with b: a, or a: a.b.
func (l *loader) checkCycles(place map[string]Place) {
	for _, alias := range l.alias.sorted() {
		if _, ok := l.alias.canonical(alias); !ok {
			l.errorAt(place[alias], "%s: its replacement %s never ends", alias, l.alias.to[alias])
		}
	}
}

func (p Place) String() string { return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Col) }

// images reads which container images come with the library.
func images(r *file, v view) []Image {
	var out []Image
	for _, e := range v.view("images").pairs() {
		re, err := regexp.Compile(e.key.Value)
		if err != nil {
			r.errorf(e.key, "not a regular expression: %s", strings.TrimPrefix(err.Error(), "error parsing regexp: "))
			continue
		}
		out = append(out, Image{Name: re, Versions: scalarText(e.val)})
	}
	return out
}

// Holds gives the specifier of the versions that a container image has, by its reference (name:tag); ok is false for
// images that say nothing of the library.
func (l *Library) Holds(reference string) (specifier string, ok bool) {
	for _, im := range l.Images {
		if m := im.Name.FindStringSubmatchIndex(reference); m != nil {
			return string(im.Name.ExpandString(nil, im.Versions, reference, m)), true
		}
	}
	return "", false
}

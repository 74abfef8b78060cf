package rule

import (
	"io/fs"
	"path"
	"slices"
	"strings"
)

// DerivedFolder holds, beside the packs written by hand, those that were derived from the source of libraries: one a library,
// its file named after the package that is imported. They are read where a tree imports the library, see For.
const DerivedFolder = "derived"

// A derivation keeps what a Pack was loaded from, to load more.
type derivation struct {
	builtin fs.FS
	user    []File
	names   map[string]string // of the derived packs, by the package they are about
	base    *loader           // of the pack, where the user has none; nil: all is loaded again
	done    compiled
}

// derivedIn lists the derived packs of a folder of packs.
func derivedIn(builtin fs.FS, user []File) *derivation {
	names, err := fs.Glob(builtin, DerivedFolder+"/*.yaml")
	if err != nil || len(names) == 0 {
		return nil
	}
	d := &derivation{builtin: builtin, user: user, names: map[string]string{}}
	for _, name := range names {
		d.names[strings.TrimSuffix(path.Base(name), ".yaml")] = name
	}
	return d
}

// Derived gives the packages that derived packs are about, sorted.
func (p *Pack) Derived() []string {
	if p.derived == nil {
		return nil
	}
	return keys(p.derived.names)
}

// For gives the pack together with the derived packs of the libraries that are imported. Of a library that a pack of the user's
// speaks of there is none: that pack says more. The result is p itself if there is nothing to add.
func (p *Pack) For(imported func(head string) bool) *Pack {
	var names []string
	for _, head := range p.Derived() {
		if imported(head) && !slices.ContainsFunc(p.Matchers(), func(m Matcher) bool { return m.User && m.Head == head }) {
			names = append(names, p.derived.names[head])
		}
	}
	if len(names) == 0 {
		return p
	}
	more, err := p.derived.load(names)
	if err != nil {
		return p // a test loads all of them
	}
	return more
}

// load gives the pack with some of the derived ones.
func (d *derivation) load(names []string) (*Pack, error) {
	if d.base == nil {
		return loadFiles(d.builtin, names, d.user)
	}
	files, err := readAll(d.builtin, names)
	if err != nil {
		return nil, err
	}
	return d.base.extendedBy(parseAll(files, asBuiltin, d.done))
}

package rule

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"maps"
	"path"
	"regexp"
	"slices"

	"go.yaml.in/yaml/v3"

	"github.com/pickletrace/pickletrace/pkg/spell"
)

// Load reads packs from fsys: the named files in the given order, or without names every .yaml and .yml file of its
// root in name order. Every mistake in every file is in the error, one *Mistake each, joined with errors.Join in the
// order of files and lines; the Pack is nil then.
func Load(fsys fs.FS, names ...string) (*Pack, error) {
	files, err := readAll(fsys, names)
	if err != nil {
		return nil, err
	}
	p, err := build(parseAll(files, asPack, nil))
	if err == nil && names == nil {
		p.derived = derivedIn(fsys, nil)
	}
	return p, err
}

// LoadFiles reads the user's packs on top of the built-in ones: all files of builtin, unless every user pack says with
// extends that it needs only some of them, or none. The built-in packs are taken to keep to the language, as Load would
// find out: checking it takes a tenth of the time.
func LoadFiles(builtin fs.FS, user ...File) (*Pack, error) { return loadFiles(builtin, nil, user) }

// loadFiles is LoadFiles with some derived packs.
func loadFiles(builtin fs.FS, derived []string, user []File) (*Pack, error) {
	files, err := readAll(builtin, nil)
	if err != nil {
		return nil, err
	}
	more, err := readAll(builtin, append([]string{}, derived...))
	if err != nil {
		return nil, err
	}
	done := readCompiled(builtin)
	known, own := parseAll(files, asBuiltin, done), parseAll(user, asUser, nil)
	wanted := extended(known, own)
	l := newLoader(slices.Concat(wanted, parseAll(more, asBuiltin, done), own))
	p, err := l.build()
	if err == nil && len(wanted) == len(known) {
		p.derived = derivedIn(builtin, user)
		if p.derived != nil && len(user)+len(derived) == 0 {
			l.files, p.derived.base, p.derived.done = nil, l, done
		}
	}
	return p, err
}

// extendedBy gives the pack of a loader with more files, which come after its own. The loader and its pack stay as they are.
func (l *loader) extendedBy(files []*file) (*Pack, error) {
	p := *l.pack
	p.clip()
	return (&loader{pack: &p, files: files, alias: l.alias.clone(), defined: maps.Clone(l.defined), kinds: maps.Clone(l.kinds),
		libraries: maps.Clone(l.libraries), sinks: maps.Clone(l.sinks), rules: maps.Clone(l.rules), compiled: maps.Clone(l.compiled),
		regexps: maps.Clone(l.regexps), names: l.names, passed: map[string][]Case{}}).build()
}

// clip makes sure that what is added to a copy of a pack is not added to the pack.
func (p *Pack) clip() {
	p.Packs, p.Kinds, p.Libraries, p.Types, p.Sources = slices.Clip(p.Packs), slices.Clone(p.Kinds), slices.Clip(p.Libraries), slices.Clip(p.Types), slices.Clip(p.Sources)
	p.Sinks, p.Propagators, p.Shells, p.Sanitizers = slices.Clip(p.Sinks), slices.Clip(p.Propagators), slices.Clip(p.Shells), slices.Clip(p.Sanitizers)
	p.Consents, p.Validators, p.Classes, p.Stores = slices.Clip(p.Consents), slices.Clip(p.Validators), slices.Clip(p.Classes), slices.Clip(p.Stores)
	p.Rules, p.Exclude, p.Homes, p.InstanceCalls, p.commands = slices.Clip(p.Rules), slices.Clip(p.Exclude), slices.Clip(p.Homes), slices.Clip(p.InstanceCalls), slices.Clip(p.commands)
}

func parseAll(files []File, role fileRole, done compiled) []*file {
	out := make([]*file, len(files))
	for i, f := range files {
		if root := done.root(f.Data); root != nil {
			out[i] = newFile(f, root, role)
		} else {
			out[i] = readFile(f, role)
		}
	}
	return out
}

// readAll reads files of fsys, all packs of its root when there are no names.
func readAll(fsys fs.FS, names []string) ([]File, error) {
	if names == nil {
		entries, err := fs.ReadDir(fsys, ".")
		if err != nil {
			return nil, fmt.Errorf("reading the rule packs: %w", err)
		}
		for _, e := range entries {
			if ext := path.Ext(e.Name()); !e.IsDir() && (ext == ".yaml" || ext == ".yml") {
				names = append(names, e.Name())
			}
		}
	}
	files := make([]File, len(names))
	for i, name := range names {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, fmt.Errorf("reading a rule pack: %w", err)
		}
		files[i] = File{name, data}
	}
	return files, nil
}

// allPacks is the id that stands for all built-in packs in extends.
const allPacks = "default"

// languagePack is the id of the built-in pack that says what Python itself does. It is there whatever else is extended.
const languagePack = "language"

// extended picks the built-in files that the user's packs build on, in their own order.
func extended(known, own []*file) []*file {
	if len(own) == 0 {
		return known
	}
	byID := map[string]*file{}
	for _, r := range known {
		byID[r.id] = r
	}
	for _, r := range own {
		byID[cmp.Or(r.id, r.name)] = r
	}
	wanted := map[*file]bool{}
	var want func(r *file)
	want = func(r *file) {
		if wanted[r] {
			return
		}
		wanted[r] = true
		for _, id := range r.top.strs("extends") {
			if next := byID[id]; next != nil {
				want(next)
			}
		}
	}
	for _, r := range own {
		if !r.top.has("extends") || slices.Contains(r.top.strs("extends"), allPacks) {
			return known
		}
		want(r)
	}
	return slices.DeleteFunc(slices.Clone(known), func(r *file) bool { return !wanted[r] && r.id != languagePack })
}

// A loader turns checked files into a Pack. Sections are built over all files in the order in which they refer to
// each other, so a reference never looks forward.
type loader struct {
	pack      *Pack
	files     []*file
	alias     aliases
	defined   map[string]Place // section and id
	kinds     map[string]*Kind
	libraries map[string]*Library
	sinks     map[string]*Sink
	rules     map[string]*Rule // by code and name
	compiled  map[string][]pattern
	regexps   map[string]*regexp.Regexp // by their text: packs repeat them
	passed    map[string][]Case         // of sinks that are like another, by what they pass
	names     int                       // in compiled, all alternatives
}

func build(files []*file) (*Pack, error) { return newLoader(files).build() }

func newLoader(files []*file) *loader {
	return &loader{
		pack: &Pack{}, files: files, defined: map[string]Place{}, kinds: map[string]*Kind{},
		libraries: map[string]*Library{}, sinks: map[string]*Sink{},
		rules: map[string]*Rule{}, compiled: map[string][]pattern{}, regexps: map[string]*regexp.Regexp{}, passed: map[string][]Case{},
	}
}

func (l *loader) build() (*Pack, error) {
	l.buildPacks()
	l.buildKinds()
	l.buildLibraries()
	l.buildIntrinsics()
	l.buildWords()
	l.buildSinks()
	each(l, "types", l.buildType)
	each(l, "sources", l.buildSource)
	each(l, "propagators", l.buildPropagator)
	each(l, "sanitizers", l.buildSanitizer)
	each(l, "consents", l.buildConsent)
	each(l, "shells", l.buildShell)
	each(l, "commands", l.buildCommand)
	each(l, "trust", l.buildTrust)
	each(l, "validators", l.buildValidator)
	each(l, "classes", l.buildClass)
	each(l, "stores", l.buildStore)
	each(l, "keeps", l.buildKeep)
	each(l, "rules", l.buildRule)
	l.applySettings()
	var errs []error
	for _, r := range l.files {
		errs = append(errs, r.problems()...)
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	l.pack.index = newIndex(l.pack, l.alias, l.compiled)
	return l.pack, nil
}

// each runs build over the mappings of a list section in all files.
func each(l *loader, section string, build func(view)) {
	for _, r := range l.files {
		for _, v := range r.top.views(section) {
			if v.n.Kind == yaml.MappingNode {
				build(v)
			}
		}
	}
}

// sections yields the mapping of that name of each file that has one.
func (l *loader) sections(name string) iter.Seq[view] {
	return func(yield func(view) bool) {
		for _, r := range l.files {
			if v := r.top.view(name); v.n != nil && !yield(v) {
				return
			}
		}
	}
}

// define notes an id and reports a second one of the same section.
func (l *loader) define(r *file, n *yaml.Node, section, id string) bool {
	if id == "" {
		return false
	}
	key := section + " " + id
	if first, dup := l.defined[key]; dup {
		r.errorf(n, "%s %s is already defined at %s", section, id, first)
		return false
	}
	l.defined[key] = r.place(n)
	return true
}

// errorAt reports a mistake at a place of any file.
func (l *loader) errorAt(at Place, format string, args ...any) {
	for _, r := range l.files {
		if r.name == at.File {
			r.errorAt(at, format, args...)
			return
		}
	}
}

func (l *loader) buildPacks() {
	sum := sha256.New()
	sum.Write([]byte(l.pack.hash))
	ids := []string{allPacks}
	for _, p := range l.pack.Packs {
		ids = append(ids, p.ID)
	}
	for _, r := range l.files {
		ids = append(ids, r.id)
	}
	for _, r := range l.files {
		v := r.top.view("pack")
		l.define(r, v.node("id"), "pack", r.id)
		l.pack.Packs = append(l.pack.Packs, PackInfo{r.id, v.str("version"), v.str("license"), r.name, r.user})
		for _, n := range r.top.list("extends") {
			if id := scalarText(n); id != "" && !slices.Contains(ids, id) {
				r.errorf(n, "unknown pack %s%s", quoteShort(id), spell.Hint(id, ids))
			}
		}
		fmt.Fprintf(sum, "%d %s %d\n", len(r.name), r.name, len(r.data))
		sum.Write(r.data)
		l.pack.Homes = append(l.pack.Homes, r.top.strs("homes")...)
		l.pack.InstanceCalls = append(l.pack.InstanceCalls, r.top.strs("instance-calls")...)
		l.pack.Escapes.add(r.top.view("escapes"))
		l.pack.Exclude = append(l.pack.Exclude, r.top.view("paths").strs("exclude")...)
	}
	l.pack.hash = hex.EncodeToString(sum.Sum(nil))
}

// Hash identifies the text of all packs: a change of any byte changes it.
func (p *Pack) Hash() string { return p.hash }

func (l *loader) buildKinds() {
	for _, r := range l.files {
		for _, e := range r.top.view("kinds").pairs() {
			v := newView(r, e.val)
			k := &Kind{ID: e.key.Value, Title: v.str("title"), Part: v.num("part", 0), Own: v.num("own", 0), Decides: v.flag("decides"), At: r.place(e.key)}
			if k.ID == anyKind || k.ID == allKinds || k.ID == defaultWord {
				r.errorf(e.key, "%s has a meaning of its own; give the kind another id", k.ID)
			}
			if !l.define(r, e.key, "kind", k.ID) {
				continue
			}
			l.kinds[k.ID] = k
			at := len(l.pack.Kinds)
			if n := v.node("before"); n != nil {
				if i := slices.IndexFunc(l.pack.Kinds, func(o *Kind) bool { return o.ID == n.Value }); i >= 0 {
					at = i
				} else {
					r.errorf(n, "no kind %s before this one%s", quoteShort(n.Value), suggestKey(r, n.Value, l.kinds))
				}
			}
			l.pack.Kinds = slices.Insert(l.pack.Kinds, at, k)
		}
	}
	for i, k := range l.pack.Kinds {
		k.Rank = i
	}
	if n := len(l.pack.Kinds); n > maxKinds {
		k := l.pack.Kinds[n-1]
		l.errorAt(k.At, "%d kinds; at most %d", n, maxKinds)
	}
}

// keys gives the keys of a map in order.
func keys[T any](m map[string]T) []string { return slices.Sorted(maps.Keys(m)) }

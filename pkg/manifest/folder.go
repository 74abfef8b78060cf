package manifest

import (
	"path"
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/version"
)

// A strength says how much a declaration has to say; the package comment tells what each means.
type strength uint8

const (
	locked strength = iota
	required
	installed
	optional
	development
	constraint
)

// A decl is one declaration of a library.
type decl struct {
	set      version.Set
	strength strength
	when     *marker // nil: always
	source   int     // which file read it; included files count as the one that includes them
	file     string
	line     int
	text     string
}

// claimed says whether the declaration is that of an installed package. Anybody can add such a folder to a tree, and Python
// looks only where packages are installed: it counts where the project requires nothing itself.
func (d decl) claimed() bool { return strings.HasSuffix(path.Dir(d.file), ".dist-info") }

// A folder is what the manifests of one folder declare.
type folder struct {
	path   string
	decls  map[string][]decl // by normalized name
	python version.Set       // requires-python; the zero Set if there is none
	has    bool              // python is set

	memo map[string]answer
}

type answer struct {
	set   version.Set
	known bool
}

// allowed gives the versions of the normalized name that the folder allows.
func (f *Facts) allowed(fo *folder, name string) (version.Set, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	a, ok := fo.memo[name]
	if !ok {
		if ds := fo.decls[name]; ds != nil {
			a.set, a.known = combine(ds, f.python(fo))
		}
		if fo.memo == nil {
			fo.memo = map[string]answer{}
		}
		fo.memo[name] = a
	}
	return a.set, a.known
}

// python gives the Python versions of the project the folder is in.
func (f *Facts) python(fo *folder) version.Set {
	for at := fo.path; ; at = path.Dir(at) {
		if up := f.folders[at]; up != nil && up.has {
			return up.python
		}
		if at == "." || at == "/" {
			return version.All()
		}
	}
}

// combine gives the versions that the declarations of one library in one folder allow together.
func combine(ds []decl, python version.Set) (version.Set, bool) {
	var by [constraint + 1][]decl
	for _, d := range ds {
		switch d.when.eval(python) {
		case no:
			continue
		case yes:
			d.when = nil
		}
		by[d.strength] = append(by[d.strength], d)
	}
	if slices.ContainsFunc(by[required], func(d decl) bool { return !d.claimed() }) {
		by[locked] = slices.DeleteFunc(by[locked], decl.claimed)
		by[required] = slices.DeleteFunc(by[required], decl.claimed)
	}
	set, known := version.All(), true
	switch {
	case len(by[locked]) > 0:
		return union(by[locked]), true
	case by[required] != nil:
		if set = strictest(by[required]); full(set) && by[installed] != nil {
			set = union(by[installed])
		}
	case by[installed] != nil:
		set = union(by[installed])
	case by[optional] != nil:
		set = union(by[optional])
	case by[development] != nil:
		set = union(by[development])
	default:
		known = by[constraint] != nil
	}
	if by[constraint] != nil {
		if both := set.Intersect(strictest(by[constraint])); !both.Empty() {
			set = both
		}
	}
	return set, known
}

// strictest intersects what the files ask for; if nothing satisfies all of them, they are alternatives.
func strictest(ds []decl) version.Set {
	all, any := version.All(), version.Set{}
	for i := 0; i < len(ds); {
		j := i
		for j < len(ds) && ds[j].source == ds[i].source {
			j++
		}
		one := inFile(ds[i:j])
		all, any = all.Intersect(one), any.Union(one)
		i = j
	}
	if all.Empty() {
		return any
	}
	return all
}

// inFile combines what one file asks for: lines without a marker must all hold, others are alternatives.
func inFile(ds []decl) version.Set {
	always := slices.DeleteFunc(slices.Clone(ds), func(d decl) bool { return d.when != nil })
	if len(always) == 0 {
		return union(ds)
	}
	all := version.All()
	for _, d := range always {
		all = all.Intersect(d.set)
	}
	if all.Empty() {
		return union(always)
	}
	return all
}

func union(ds []decl) version.Set {
	var any version.Set
	for _, d := range ds {
		any = any.Union(d.set)
	}
	return any
}

// full says whether the set leaves every version open.
func full(s version.Set) bool { return s.Not().Empty() }

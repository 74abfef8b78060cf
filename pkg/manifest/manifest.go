// Package manifest says which versions of a library the scanned project allows, file by file, and which environment
// variables it sets.
//
// It reads what projects declare, and runs nothing: pyproject.toml, requirements and constraints files, setup.cfg,
// setup.py, Pipfile, conda environments, pixi.toml, the metadata of built and installed packages, lock files, and pip commands in
// Dockerfiles and notebooks; variables also from compose files, CI configuration, .env files and shell scripts.
//
// # Which declarations count
//
// For a file, the folders from its own up to the scan root are asked; the first one that declares the library answers.
// Files in requirements/, docker/, *.dist-info/ and the like count for the folder above; a uv.lock also for the
// workspace members it lists. Within a folder the strongest kind of declaration decides:
//
//  1. locked: lock files, installed packages, and the project's own version; several of them are alternatives (union)
//  2. required: what is installed in any case; several files must all hold (intersection), unless no version satisfies
//     all of them: then they are alternatives. If these leave every version open, pip commands of Dockerfiles decide
//  3. pip commands in Dockerfiles, the images that they and compose files start from, and conda commands, as alternatives
//  4. optional: extras, and requirements files of other names (requirements-gpu.txt), as alternatives. Where 2 declares
//     the library too these only narrow what is allowed, so that 2 alone is the union of all installations
//  5. development: the same, where the name says tests, documentation or tools
//
// Constraints narrow 2 to 5 and, without any of these, stand for themselves. Lines with environment markers are
// alternatives to each other; a marker that no Python version of the project (requires-python) satisfies is dropped.
// A library that is declared without a version allows every one, and Versions says no more of it than of one that is not
// declared: the folders above are asked.
//
// This is the second home of go.yaml.in/yaml/v3, besides pkg/rule: conda environments, compose files and CI configuration
// are YAML. It is the only home of the TOML reader. Load does no I/O; Find does it all.
package manifest

import (
	"cmp"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/pickletrace/pickletrace/pkg/text"
	"github.com/pickletrace/pickletrace/pkg/version"
)

// A File is one manifest.
type File struct {
	Path string // slash-separated, relative to the scan root
	Data []byte
}

// A Setting is one place where an environment variable, or an option of a command, is given a value.
type Setting struct {
	Name  string
	Value string // without quotes; may hold references to other variables, as written
	File  string // the manifest's path
	Line  int    // 1-based

	// Option: the option of a command line instead, with - in its name as _. Value is what follows it, be it its value or not.
	Option bool
	// Command: of an option, the words of the command with a blank between.
	Command string

	folder string // the folder that it counts for
}

// A Declaration is one place where a library is declared.
type Declaration struct {
	File string
	Line int    // 1-based; 0 when it is not known
	Text string // as written, or "name==version" for lock files
}

// Facts is what the manifests of a tree declare. It may be used by several goroutines.
type Facts struct {
	folders  map[string]*folder // by path, "." for the scan root; notebooks are folders of their own here
	settings []Setting
	options  []Setting
	images   []image
	points   []EntryPoint

	mu    sync.Mutex
	specs map[string]version.Set // specifiers asked for
}

// Load reads the manifests. Files that are none are ignored, unless a requirements file includes them. The outcome
// does not depend on the order of the files.
func Load(files []File) (*Facts, []text.Problem) {
	facts, problems, _ := load(files)
	return facts, problems
}

// load also gives the paths of included files that are not there.
func load(files []File) (*Facts, []text.Problem, []string) {
	l := &loader{
		facts:   &Facts{folders: map[string]*folder{}, specs: map[string]version.Set{}},
		byPath:  map[string]*File{},
		missing: map[string]bool{},
	}
	sorted := slices.SortedFunc(slices.Values(files), func(a, b File) int { return cmp.Compare(a.Path, b.Path) })
	for i := range sorted {
		l.byPath[sorted[i].Path] = &sorted[i]
	}
	for i := range sorted {
		if k := kindOf(sorted[i].Path); k.read != nil {
			l.read(&sorted[i], k)
		}
	}
	for _, list := range [][]Setting{l.facts.settings, l.facts.options} {
		slices.SortStableFunc(list, func(a, b Setting) int {
			return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
		})
	}
	l.facts.sortPoints()
	return l.facts, l.problems, slices.Sorted(maps.Keys(l.missing))
}

// Versions says how the versions of the distribution (a name as on the package index, in any spelling) that the
// project of the file allows lie to the PEP 440 specifier. known is false when nothing names a version of it.
func (f *Facts) Versions(name, file, specifier string) (in version.Relation, known bool) {
	fo := f.answering(Normalize(name), file, false)
	if fo == nil {
		return version.Partly, false
	}
	asked, ok := f.spec(specifier)
	if !ok {
		return version.Partly, true
	}
	set, _ := f.allowed(fo, Normalize(name))
	return set.Within(asked), true
}

// Allowed gives the versions that the project of the file allows; known is false when nothing declares the
// distribution.
func (f *Facts) Allowed(name, file string) (set version.Set, known bool) {
	fo := f.answering(Normalize(name), file, true)
	if fo == nil {
		return version.All(), false
	}
	return f.allowed(fo, Normalize(name))
}

// Declared gives the declarations of the distribution in the folder that answers for the file, by file and line.
func (f *Facts) Declared(name, file string) []Declaration {
	fo := f.answering(Normalize(name), file, true)
	if fo == nil {
		return nil
	}
	var out []Declaration
	for _, d := range fo.decls[Normalize(name)] {
		out = append(out, Declaration{File: d.file, Line: d.line, Text: d.text})
	}
	slices.SortStableFunc(out, func(a, b Declaration) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	return slices.Compact(out)
}

// Env gives the places that set the environment variable, by file and line.
func (f *Facts) Env(name string) []Setting {
	i, _ := slices.BinarySearchFunc(f.settings, name, func(s Setting, n string) int { return cmp.Compare(s.Name, n) })
	j := i
	for j < len(f.settings) && f.settings[j].Name == name {
		j++
	}
	return append([]Setting(nil), f.settings[i:j]...)
}

// EnvFor gives the values of the environment variable for the file, in the order of the places that set it: those in
// manifests of its folder and of the folders above.
func (f *Facts) EnvFor(name, file string) []string {
	var out []string
	for _, s := range f.Env(name) {
		if s.folder == "." || strings.HasPrefix(file, s.folder+"/") {
			out = append(out, s.Value)
		}
	}
	return out
}

// Settings gives all environment variables that are set, by name, file and line.
func (f *Facts) Settings() []Setting { return slices.Clone(f.settings) }

// Options gives the long options of all command lines in Dockerfiles, compose files, CI configuration and scripts, by
// name, file and line.
func (f *Facts) Options() []Setting { return slices.Clone(f.options) }

// AddNotebook adds what the cells of a notebook install; it decides before the notebook's folder does, unless
// it names no version.
func (f *Facts) AddNotebook(file string, installs []text.Install) {
	l := &loader{facts: f, byPath: map[string]*File{}, missing: map[string]bool{}}
	s := &source{loader: l, file: file, dir: path.Dir(file), folder: file, strength: required}
	for _, in := range installs {
		s.line = in.Line
		if in.Requirement != "" {
			s.requirementLine(stripComment(in.Requirement), required)
		}
		for _, c := range readScript(in.Command, nil).Commands {
			s.installCommand(c.Words)
		}
	}
	// A bare name asks for whatever version the folder gives.
	s.decls = slices.DeleteFunc(s.decls, func(n named) bool {
		return full(n.decl.set) && f.answering(n.name, path.Dir(file), true) != nil
	})
	delete(f.folders, file)
	s.commit()
}

// answering gives the folder that decides for the file; nil if no folder declares the normalized name. A name without a
// version is a declaration only if bare.
func (f *Facts) answering(name, file string, bare bool) *folder {
	for at := path.Clean(file); ; at = path.Dir(at) {
		if fo := f.folders[at]; fo != nil {
			if set, ok := f.allowed(fo, name); ok && (bare || !full(set)) {
				return fo
			}
		}
		if at == "." || at == "/" || strings.HasPrefix(at, "..") {
			return nil
		}
	}
}

func (f *Facts) spec(specifier string) (version.Set, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	set, ok := f.specs[specifier]
	if !ok {
		var err error
		if set, err = version.ParseSet(specifier); err != nil {
			return version.Set{}, false
		}
		f.specs[specifier] = set
	}
	return set, true
}

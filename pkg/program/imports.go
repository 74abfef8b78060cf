package program

import (
	"path"
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
)

// Which module of the tree an import means.

// Absolute gives the dotted module name an import statement means when written in m: relative imports are made
// absolute from m's own name. ok is false when the dots lead out of the source root.
func (m *Module) Absolute(im *ir.Import) (name string, ok bool) {
	if im.Level == 0 {
		return im.Module, true
	}
	parts := strings.Split(m.Name, ".")
	drop := im.Level
	if m.IsPkg {
		drop--
	}
	if drop > len(parts) {
		return im.Module, false
	}
	parts = parts[:len(parts)-drop]
	if im.Module != "" {
		parts = append(parts, im.Module)
	}
	return strings.Join(parts, "."), true
}

// An importKey is the module of an import as written.
type importKey struct {
	dotted string
	level  int
}

// Resolve finds the module of the tree that the import in m means, or nil. Level is the number of leading dots.
func (m *Module) Resolve(dotted string, level int) *Module {
	k := importKey{dotted, level}
	found, ok := m.resolved[k]
	if !ok {
		found = m.resolve(dotted, level)
		if m.resolved != nil {
			m.resolved[k] = found
		}
	}
	return found
}

func (m *Module) resolve(dotted string, level int) *Module {
	if m.Installed && level == 0 {
		return m.prog.installedModule(dotted)
	}
	rel := strings.ReplaceAll(dotted, ".", "/")
	if level > 0 {
		if m.IR != nil {
			if file := m.IR.File.Run(dotted); file != "" {
				return m.prog.byPath[stem(file)]
			}
		}
		dir := path.Dir(m.Path)
		for range level - 1 {
			dir = path.Dir(dir)
		}
		return m.prog.byPath[path.Join(dir, rel)]
	}
	// Inside a package an absolute import never means a sibling, so the search starts above the package.
	dir := path.Dir(m.Path)
	for m.prog.pkgDirs[dir] && dir != "." {
		dir = path.Dir(dir)
	}
	if found := m.prog.byPath[path.Join(dir, rel)]; found != nil && found != m {
		return found
	}
	if m.prog.isStandard(dotted) {
		return nil // where Python looks before its own library is only the folder of the program
	}
	for {
		for _, sub := range [...]string{"", "src", "lib", "python"} {
			if found := m.prog.byPath[path.Join(dir, sub, rel)]; found != nil && found != m && !m.prog.shadows(found, dotted) {
				return found
			}
		}
		if dir == "." || dir == "/" {
			break
		}
		dir = path.Dir(dir)
	}
	if found := m.vendored(rel); found != nil {
		return found
	}
	if found := m.prog.uniqueRoot(dotted); found != nil && m.prog.onPath(found, dotted) {
		return found
	}
	return m.prog.installedModule(dotted)
}

// isStandard says whether a dotted name is that of a module which comes with Python.
func (p *Program) isStandard(dotted string) bool {
	head, _, _ := strings.Cut(dotted, ".")
	return p.Library != nil && p.Library(head) == Standard
}

// shadows says whether a file would only be taken for a library because of where it might be: a single file with the name
// of a library that is known, in a folder that Python need not look in.
func (p *Program) shadows(found *Module, dotted string) bool {
	return !found.IsPkg && !strings.Contains(dotted, ".") && p.Library != nil && p.Library(dotted) != Unknown
}

// A Library says what is known of the first part of a module's name.
type Library uint8

// What a name may be.
const (
	Unknown  Library = iota
	Standard         // comes with Python
	Foreign          // is installed
)

// vendored finds a module below a package that m itself is in, for packages that were copied into another one: they
// import themselves by the name they had.
func (m *Module) vendored(rel string) *Module {
	head, _, _ := strings.Cut(rel, "/")
	for dir := path.Dir(m.Path); dir != "." && dir != "/"; dir = path.Dir(dir) {
		if path.Base(dir) == head {
			if found := m.prog.byPath[path.Join(path.Dir(dir), rel)]; found != nil && found != m && !m.wraps(dir) {
				return found
			}
		}
	}
	return nil
}

// wraps says whether the package in a folder above m was written for the tree it is in, so that its name on its own is that
// of the library it is about: it imports from the package around it, which a copied one does not know.
//
//	app/transformers/__init__.py
//	from app.errors import AppError
//	import transformers                 the library
func (m *Module) wraps(dir string) bool {
	outer, _, nested := strings.Cut(m.Name, ".")
	if !nested {
		return false
	}
	for _, k := range [...]*Module{m, m.prog.byPath[dir]} {
		if k != nil && slices.ContainsFunc(k.loadHolding(outer).IR.Imports, func(im ir.Import) bool {
			return im.Level == 0 && (im.Module == outer || strings.HasPrefix(im.Module, outer+"."))
		}) {
			return true
		}
	}
	return false
}

// InFolder gives the module that a dotted name of which no part is a module by itself means in m: folders without an
// __init__.py are packages, too. nil if there is none.
func (m *Module) InFolder(dotted string) *Module {
	if head, _, ok := strings.Cut(dotted, "."); !ok || !m.prog.folders[head] {
		return nil
	}
	return m.Resolve(dotted, 0)
}

// uniqueRoot finds a dotted module by its full name from its own source root, if only one file has it.
// Single-segment names are too often a library's: they need to be packages of the tree.
func (p *Program) uniqueRoot(dotted string) *Module {
	last := dotted[strings.LastIndexByte(dotted, '.')+1:]
	var found *Module
	for _, c := range p.byTail[last] {
		if c.Name != dotted || (!c.IsPkg && !strings.Contains(dotted, ".")) {
			continue
		}
		if found != nil {
			return nil
		}
		found = c
	}
	return found
}

// onPath says whether a module that lies neither beside nor above those that import it may be meant by them. One with the
// name of a library that is known is a copy which another project keeps, unless a file that sets sys.path names its folder.
//
//	sys.path.insert(0, os.path.join(HERE, "third_party"))
//	import clip                         third_party/clip; without the line above it, the library
func (p *Program) onPath(found *Module, dotted string) bool {
	head, _, _ := strings.Cut(dotted, ".")
	if p.Library == nil || p.Library(head) != Foreign {
		return true
	}
	root := path.Base(strings.TrimSuffix(stem(found.Path), strings.ReplaceAll(dotted, ".", "/")))
	word := root[strings.LastIndexAny(root, ".- ")+1:]
	if word == "" {
		return true
	}
	return slices.ContainsFunc(p.tree.Mentioning(word), func(i int) bool {
		return p.tree.Mentions(i, "PYTHONPATH") || p.tree.Mentions(i, "sys") && p.tree.Mentions(i, "path")
	})
}

// Submodule gives the module m.name of package m, or nil.
func (m *Module) Submodule(name string) *Module {
	if !m.IsPkg {
		return nil
	}
	return m.prog.byPath[path.Join(path.Dir(m.Path), name)]
}

// Frees gives the variables of enclosing functions that f or a function nested in it uses, in a fixed order.
func (f *Fn) Frees() []Free {
	if f.freed || f.Func.Body == nil { // no function encloses one whose body is postponed
		return f.frees
	}
	f.freed = true
	for _, b := range f.Func.Body.Blocks {
		for i := range b {
			switch in := &b[i]; in.Op {
			case ir.Free, ir.StoreFree:
				f.addFree(Free{in.A, in.B})
			case ir.MakeFunc:
				for _, fr := range f.Mod.Fns[in.A].Frees() {
					f.addFree(fr)
				}
			case ir.MakeClass:
				for _, fr := range f.Mod.Fns[f.Mod.IR.Classes[in.A].Body].Frees() {
					f.addFree(fr)
				}
			}
		}
	}
	return f.frees
}

func (f *Fn) addFree(fr Free) {
	if int(fr.Func) != f.Index && !slices.Contains(f.frees, fr) {
		f.frees = append(f.frees, fr)
	}
}

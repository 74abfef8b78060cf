// Package program links lowered modules: which file an import means, what a module-level name is bound to, which
// methods a class has.
//
// It takes any set of modules and gives a Program that is read-only afterwards. Names that no module of the tree
// defines stay symbolic ("torch.load"); what they mean is the rule pack's business. Nothing is executed, and nothing
// outside the given modules is looked at.
package program

import (
	"path"
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
)

// A Program is all modules of a run, linked.
type Program struct {
	Modules []*Module // sorted by path
	byPath  map[string]*Module
	byTail  map[string][]*Module // last path segment without suffix → modules
	pkgDirs map[string]bool      // directories that hold an __init__.py
	subs    map[*Class][]*Class  // direct in-tree subclasses, in order of definition
	methods map[string][]*Fn     // method name → definitions, in order
	defined map[string][]*Module // name → modules whose body binds it to a def or class
}

// A Module is one file as part of the program.
type Module struct {
	IR    *ir.Module
	Path  string // of the file, slash-separated
	Name  string // dotted name from its source root: "pkg.mod"
	IsPkg bool   // an __init__.py
	Fns   []*Fn
	Class []*Class

	prog     *Program
	bindings map[string][]Binding
	stars    []int            // indexes of star imports at module level
	stores   map[string][]*Fn // global name → functions other than the module body that assign it
}

// A Fn is a function as part of the program.
type Fn struct {
	*ir.Func
	Mod   *Module
	Owner *Class // the class whose body directly holds it, nil if none
	frees []Free
	freed bool
}

// A Free is a variable of an enclosing function that a nested function reads or writes.
type Free struct{ Func, Slot int32 }

// QualName gives the dotted name of the function from its source root.
func (f *Fn) QualName() string {
	if f.Qual == "" {
		return f.Mod.Name
	}
	return f.Mod.Name + "." + f.Qual
}

// BindKind says what a module-level name is bound to.
type BindKind uint8

// The kinds of a Binding.
const (
	BindValue  BindKind = iota // the result of an expression: interpret the module body
	BindFunc                   // a def
	BindClass                  // a class
	BindImport                 // an import
)

// A Binding is one module-level binding of a name.
type Binding struct {
	Kind      BindKind
	Fn        *Fn
	Class     *Class
	Import    *ir.Import
	Decorated bool // through a Decorate instruction
}

// Link builds the program of the modules, which must be sorted by path and have distinct paths.
func Link(mods []*ir.Module) *Program {
	p := &Program{byPath: map[string]*Module{}, byTail: map[string][]*Module{}, pkgDirs: map[string]bool{},
		subs: map[*Class][]*Class{}, methods: map[string][]*Fn{}}
	for _, m := range mods {
		mod := &Module{IR: m, Path: m.File.Path, prog: p, IsPkg: isInit(m.File.Path)}
		p.Modules = append(p.Modules, mod)
		p.byPath[stem(mod.Path)] = mod
		if mod.IsPkg {
			p.pkgDirs[path.Dir(mod.Path)] = true
		}
	}
	for _, m := range p.Modules {
		m.Name = p.moduleName(m)
		last := m.Name[strings.LastIndexByte(m.Name, '.')+1:]
		p.byTail[last] = append(p.byTail[last], m)
		m.build()
	}
	p.indexDefs()
	p.linkClasses()
	return p
}

func isInit(file string) bool { return path.Base(file) == "__init__.py" }

// stem is a module's path without the suffix; a package is its folder.
func stem(file string) string {
	if isInit(file) {
		return path.Dir(file)
	}
	return strings.TrimSuffix(file, path.Ext(file))
}

// moduleName is the path from the outermost folder that is a package, or from the file's own folder.
func (p *Program) moduleName(m *Module) string {
	s := stem(m.Path)
	dir := path.Dir(s)
	for p.pkgDirs[dir] && dir != "." {
		dir = path.Dir(dir)
	}
	name := s
	if dir != "." {
		name = strings.TrimPrefix(s, dir+"/")
	}
	if name == "." || name == "" {
		name = "__init__"
	}
	return strings.ReplaceAll(name, "/", ".")
}

// build makes the tables of one module.
func (m *Module) build() {
	m.bindings = map[string][]Binding{}
	m.stores = map[string][]*Fn{}
	for _, c := range m.IR.Classes {
		m.Class = append(m.Class, &Class{Class: c, Mod: m})
	}
	for _, f := range m.IR.Funcs {
		fn := &Fn{Func: f, Mod: m}
		if f.Class >= 0 && f.Kind != ir.ClassBody {
			fn.Owner = m.Class[f.Class]
			m.prog.methods[f.Name] = append(m.prog.methods[f.Name], fn)
		}
		m.Fns = append(m.Fns, fn)
	}
	for i := range m.IR.Imports {
		if im := &m.IR.Imports[i]; im.Name == "*" && im.Func == 0 {
			m.stars = append(m.stars, i)
		}
	}
	for _, fn := range m.Fns {
		if fn.Index == 0 {
			m.bindBody(fn)
		} else {
			m.noteStores(fn)
		}
	}
}

// bindBody records what each name is bound to by the module body.
func (m *Module) bindBody(body *Fn) {
	def := map[ir.Reg]Binding{}
	for bi, b := range body.Blocks {
		for i := range b {
			in := &b[i]
			switch in.Op {
			case ir.MakeFunc:
				def[in.Dst] = Binding{Kind: BindFunc, Fn: m.Fns[in.A]}
			case ir.MakeClass:
				def[in.Dst] = Binding{Kind: BindClass, Class: m.Class[in.A]}
			case ir.ImportMod, ir.ImportFrom:
				def[in.Dst] = Binding{Kind: BindImport, Import: &m.IR.Imports[in.A]}
			case ir.Decorate:
				if d, ok := def[in.B]; ok {
					d.Decorated = true
					def[in.Dst] = d
				}
			case ir.StoreGlobal:
				name := m.IR.Strings[in.A]
				if d := def[in.B]; bi == 0 && d.Kind != BindValue {
					m.bindings[name] = []Binding{d} // unconditional: what was bound before is gone
				} else {
					m.bindings[name] = append(m.bindings[name], d)
				}
			}
		}
	}
}

func (m *Module) noteStores(fn *Fn) {
	for _, b := range fn.Blocks {
		for i := range b {
			if in := &b[i]; in.Op == ir.StoreGlobal {
				name := m.IR.Strings[in.A]
				if l := m.stores[name]; len(l) == 0 || l[len(l)-1] != fn {
					m.stores[name] = append(l, fn)
				}
			}
		}
	}
}

func (p *Program) indexDefs() {
	p.defined = map[string][]*Module{}
	for _, m := range p.Modules {
		for name, bs := range m.bindings {
			if slices.ContainsFunc(bs, func(b Binding) bool { return b.Kind == BindFunc || b.Kind == BindClass }) {
				p.defined[name] = append(p.defined[name], m)
			}
		}
	}
}

// Bindings gives all module-level bindings of the name in source order.
func (m *Module) Bindings(name string) []Binding { return m.bindings[name] }

// Stores gives the functions that assign the module-level name with a global statement.
func (m *Module) Stores(name string) []*Fn { return m.stores[name] }

// StarImports gives the module-level star imports, last first: the last one to bind a name wins.
func (m *Module) StarImports() []*ir.Import {
	var out []*ir.Import
	for _, i := range slices.Backward(m.stars) {
		out = append(out, &m.IR.Imports[i])
	}
	return out
}

// Exports says whether `from m import *` binds the name, as far as m's own text says.
func (m *Module) Exports(name string) bool {
	if m.IR.AllKnown {
		return slices.Contains(m.IR.All, name)
	}
	return !strings.HasPrefix(name, "_")
}

// defs gives, for each name, the modules that define a function or class of that name.
func (p *Program) defs() map[string][]*Module { return p.defined }

// Methods gives all methods of that name in the tree, in order of file and position.
func (p *Program) Methods(name string) []*Fn { return p.methods[name] }

// ByPath gives the module of a path without suffix (a package: its folder), or nil.
func (p *Program) ByPath(stem string) *Module { return p.byPath[stem] }

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

// Resolve finds the module of the tree that the import in m means, or nil. Level is the number of leading dots.
func (m *Module) Resolve(dotted string, level int) *Module {
	rel := strings.ReplaceAll(dotted, ".", "/")
	if level > 0 {
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
	for {
		for _, sub := range [...]string{"", "src", "lib", "python"} {
			if found := m.prog.byPath[path.Join(dir, sub, rel)]; found != nil && (found != m) {
				return found
			}
		}
		if dir == "." || dir == "/" {
			break
		}
		dir = path.Dir(dir)
	}
	return m.prog.uniqueRoot(dotted)
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

// Submodule gives the module m.name of package m, or nil.
func (m *Module) Submodule(name string) *Module {
	if !m.IsPkg {
		return nil
	}
	return m.prog.byPath[path.Join(path.Dir(m.Path), name)]
}

// Frees gives the variables of enclosing functions that f or a function nested in it uses, in a fixed order.
func (f *Fn) Frees() []Free {
	if f.freed {
		return f.frees
	}
	f.freed = true
	for _, b := range f.Blocks {
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

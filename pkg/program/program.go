// Package program links modules: which file an import means, what a module-level name is bound to, which methods a class
// has.
//
// It takes a Tree, which lowers a file when it is asked for, and asks for no more files than the questions put to the
// program need; the answers are those that lowering everything would give. Names that no module of the tree defines stay
// symbolic ("torch.load"); what they mean is the rule pack's business. Nothing is executed, and nothing outside the tree
// is looked at. A Program is not safe for use by several goroutines.
package program

import (
	"path"
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// A Tree holds the files of a run, numbered in order of their paths.
type Tree interface {
	Paths() []string            // slash-separated, sorted, distinct
	Text(i int) []byte          // of file i
	Lower(i int) *ir.Module     // the module of file i, the same each time; nil if it cannot be analysed
	Complete(i int, f *ir.Func) // reads a postponed body of that module
	Prepare(files []int)        // files will be lowered next
	Expect(i int)               // file i will probably be lowered soon

	// What text.Index tells of the files.
	Mentioning(word string) []int
	Defining(name string) []int
	Heirs(base string) []text.Pair
	Renamings(word string) []text.Pair
	Storing(name string) []int
	Mentions(i int, word string) bool
	Importing(i int, word string) bool
	Starring(i int) bool
	Passive(i int, name string) bool
	Binds(i int, name string) bool
	Definitions() int
}

// A Program is all modules of a run, linked as far as was asked.
type Program struct {
	tree    Tree
	modules []*Module // sorted by path
	byPath  map[string]*Module
	// Library says what the name of a module means outside of the tree; nil: nothing is known. It is set before the first
	// name is resolved.
	Library func(head string) Library

	byTail  map[string][]*Module // last path segment without suffix → modules
	pkgDirs map[string]bool      // directories that hold an __init__.py
	folders map[string]bool      // names of all directories above modules
	heirs   map[string]*heirs    // see Heirs
	cuts    int                  // names given up because of maxHops
	likely  func(*Module) bool   // see ExpectImports; nil: none are

	installed string            // folder of installed libraries; "": there are none
	known     func(string) bool // names of installed libraries that stay symbolic; nil: none
}

// A Module is one file as part of the program. IR, Fns and Class are those of the file once something of the module was
// asked for (see Load); a Module that a Fn, Class or Binding comes from is always loaded.
type Module struct {
	IR    *ir.Module
	Path  string // of the file, slash-separated
	Name  string // dotted name from its source root: "pkg.mod"
	IsPkg bool   // an __init__.py
	Fns   []*Fn
	Class []*Class
	// Installed: it belongs to a library that is read beside the tree, see NewInstalled.
	Installed bool

	prog     *Program
	index    int // in Tree
	bindings map[string][]Binding
	stars    []int            // indexes of star imports at module level
	stores   map[string][]*Fn // global name → functions other than the module body that assign it
	inner    innerDefs
	pending  []*Fn             // whose bodies are postponed, in order
	names    map[string]Target // see name
	resolved map[importKey]*Module
	users    map[string][]*Fn // see Users
}

// A Fn is a function as part of the program.
type Fn struct {
	*ir.Func
	Mod   *Module
	Owner *Class // the class whose body directly holds it, nil if none
	frees []Free
	freed bool

	assigned *text.Assigned // see mayAssign
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
	block     int  // of the module body
}

// New makes the program of a tree.
func New(tree Tree) *Program { return newProgram(tree, "") }

func newProgram(tree Tree, installed string) *Program {
	p := &Program{tree: tree, installed: installed, byPath: map[string]*Module{}, byTail: map[string][]*Module{}, pkgDirs: map[string]bool{},
		folders: map[string]bool{}, heirs: map[string]*heirs{}}
	for i, file := range tree.Paths() {
		m := &Module{Path: file, prog: p, index: i, IsPkg: isInit(file)}
		p.modules = append(p.modules, m)
		p.byPath[stem(file)] = m
		if m.IsPkg {
			p.pkgDirs[path.Dir(file)] = true
		}
		for folder := range strings.SplitSeq(path.Dir(file), "/") {
			p.folders[folder] = true
		}
	}
	for _, m := range p.modules {
		if p.placeInstalled(m) {
			continue
		}
		m.Name = p.moduleName(m)
		last := m.Name[strings.LastIndexByte(m.Name, '.')+1:]
		p.byTail[last] = append(p.byTail[last], m)
	}
	return p
}

// Size gives about how many functions the tree has, files that are not loaded included.
func (p *Program) Size() int { return p.tree.Definitions() }

// Paths gives the paths of the tree's files, slash-separated and sorted.
func (p *Program) Paths() []string {
	var out []string
	for _, m := range p.modules {
		if !m.Installed {
			out = append(out, m.Path)
		}
	}
	return out
}

// All gives all modules, in order, loaded or not.
func (p *Program) All() []*Module { return p.modules }

// Mentioning gives the modules whose text holds the word, in order, loaded or not.
func (p *Program) Mentioning(word string) []*Module { return p.own(p.pick(p.tree.Mentioning(word))) }

// Defining gives the modules whose text may define a function or class of that name, in order, loaded or not.
func (p *Program) Defining(name string) []*Module { return p.own(p.pick(p.tree.Defining(name))) }

// Stored says whether the text of any module may assign to an attribute of that name.
func (p *Program) Stored(name string) bool { return len(p.tree.Storing(name)) > 0 }

// StoringModules gives the modules whose text may assign to an attribute of that name, in order, loaded or not.
func (p *Program) StoringModules(name string) []*Module { return p.own(p.pick(p.tree.Storing(name))) }

func (p *Program) pick(files []int) []*Module {
	out := make([]*Module, len(files))
	for i, n := range files {
		out[i] = p.modules[n]
	}
	return out
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

// Mentions says whether the module's text holds the word (see text.Index). It does not load the module.
func (m *Module) Mentions(word string) bool { return m.prog.tree.Mentions(m.index, word) }

// MayBind says whether the module's text may bind the name: by a definition, an import or an assignment. It does not load
// the module.
func (m *Module) MayBind(name string) bool { return m.prog.tree.Binds(m.index, name) }

// Imports says whether the module's text holds the word in an import statement, or in a string by which it may import it.
// It does not load the module.
func (m *Module) Imports(word string) bool { return m.prog.tree.Importing(m.index, word) }

// Stars says whether the module's text imports everything from somewhere. It does not load the module.
func (m *Module) Stars() bool { return m.prog.tree.Starring(m.index) }

// RunsFile says whether the module is a notebook that runs the other as its own code, whose name its text does not hold. It loads
// notebooks that run something.
func (m *Module) RunsFile(other *Module) bool {
	if path.Ext(m.Path) != ".ipynb" || !m.Stars() {
		return false
	}
	return slices.ContainsFunc(m.StarImports(), func(im *ir.Import) bool { return im.Level > 0 && m.Resolve(im.Module, im.Level) == other })
}

// MeansAnother says whether the word, wherever the module's code holds it, is an attribute of something outside the tree
// that belongs to none of the given modules (dotted names). It does not load the module, but may load those it imports from.
func (m *Module) MeansAnother(word string, modules []string) bool {
	return text.Qualified(m.prog.tree.Text(m.index), word, func(im text.Imported) bool {
		name := strings.TrimLeft(im.Module, ".")
		if from := m.resolve(name, len(im.Module)-len(name)); from != nil {
			t := Target{}
			if im.Name != "" {
				t = from.Member(im.Name)
			}
			name = t.Ext
		}
		return foreign(name, modules)
	})
}

// foreign says whether a dotted name is one outside of the tree that belongs to none of the modules.
func foreign(name string, modules []string) bool {
	head, _, _ := strings.Cut(name, ".")
	return head != "" && !slices.ContainsFunc(modules, func(path string) bool {
		h, _, _ := strings.Cut(path, ".")
		return h == head
	})
}

// OnlyInherits says whether the module's code holds the name of a class in class statements and imports alone. It does not
// load the module.
func (m *Module) OnlyInherits(name string) bool {
	return m.prog.tree.Passive(m.index, name)
}

// Load reads the module if that has not been done. One that cannot be analysed is empty.
func (m *Module) Load() *Module {
	if m.IR == nil {
		m.IR = m.prog.tree.Lower(m.index)
		if m.IR == nil {
			m.IR = ir.Empty(&text.File{Path: m.Path})
		}
		m.build()
		m.expectImports()
	}
	return m
}

// Compare orders modules by their paths.
func (m *Module) Compare(o *Module) int { return m.index - o.index }

// build makes the tables of one module.
func (m *Module) build() {
	m.bindings, m.stores = map[string][]Binding{}, map[string][]*Fn{}
	m.names, m.resolved, m.users = map[string]Target{}, map[importKey]*Module{}, map[string][]*Fn{}
	for _, c := range m.IR.Classes {
		m.Class = append(m.Class, &Class{Class: c, Mod: m})
	}
	for _, f := range m.IR.Funcs {
		fn := &Fn{Func: f, Mod: m}
		if f.Class >= 0 && f.Kind != ir.ClassBody {
			fn.Owner = m.Class[f.Class]
		}
		m.Fns = append(m.Fns, fn)
		if fn.Func.Body == nil {
			m.pending = append(m.pending, fn)
		}
	}
	for i := range m.IR.Imports {
		if im := &m.IR.Imports[i]; im.Name == "*" && im.Func == 0 {
			m.stars = append(m.stars, i)
		}
	}
	for _, fn := range m.Fns {
		if fn.Index == 0 {
			m.bindBody(fn)
		} else if fn.Func.Body != nil { // what declares names global is not postponed
			m.noteStores(fn)
		}
	}
}

// Users gives the functions of the module that mention the name (see ir.Func.Names), in order. It does not load a module
// that does not hold the word.
func (m *Module) Users(name string) []*Fn {
	if !m.Mentions(name) {
		return nil
	}
	if fns, ok := m.Load().users[name]; ok {
		return fns
	}
	fns := m.loadHolding(name).naming(name)
	m.users[name] = fns
	return fns
}

// UsersBut is like Users, but may leave out functions in which the name always is an attribute of what the module imports,
// and that belongs to none of the given modules (dotted names; nil: to any).
func (m *Module) UsersBut(name string, modules []string) []*Fn {
	if modules == nil {
		return m.Users(name)
	}
	return m.UsersIf(name, func(f *Fn) bool { return !f.meansAnother(name, modules) })
}

// UsersIf is like Users, but may leave out functions of which the predicate is false.
func (m *Module) UsersIf(name string, wanted func(*Fn) bool) []*Fn {
	if !m.Mentions(name) || m.Load().users[name] != nil {
		return m.Users(name)
	}
	m.loadWhere(func(f *Fn) bool { return f.mayHold(name) && wanted(f) })
	return m.naming(name)
}

// naming gives the functions whose bodies are there and mention the name.
func (m *Module) naming(name string) []*Fn {
	var fns []*Fn
	i := slices.Index(m.IR.Strings, name)
	if i < 0 {
		return nil
	}
	for _, fn := range m.Fns {
		if fn.Func.Body == nil {
			continue
		}
		if _, found := slices.BinarySearch(fn.Body().Names, int32(i)); found {
			fns = append(fns, fn)
		}
	}
	return fns
}

// bindBody records what each name is bound to by the module body.
func (m *Module) bindBody(body *Fn) {
	def := map[ir.Reg]Binding{}
	for bi, b := range body.Func.Body.Blocks {
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
				d := def[in.B]
				d.block = bi
				m.bind(m.IR.Strings[in.A], d)
			}
		}
	}
}

// bind records a binding of a name. One by a statement replaces what the same block has bound before, and in the outermost
// block, which surely runs, whatever was.
func (m *Module) bind(name string, d Binding) {
	bs := m.bindings[name]
	if d.Kind != BindValue {
		bs = slices.DeleteFunc(bs, func(b Binding) bool { return d.block == 0 || b.block == d.block })
	}
	m.bindings[name] = append(bs, d)
}

func (m *Module) noteStores(fn *Fn) {
	for _, b := range fn.Func.Body.Blocks {
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

// Bindings gives all module-level bindings of the name in source order.
func (m *Module) Bindings(name string) []Binding { return m.Load().bindings[name] }

// Stores gives the functions that assign the module-level name with a global statement.
func (m *Module) Stores(name string) []*Fn { return m.Load().stores[name] }

// StarImports gives the module-level star imports, last first: the last one to bind a name wins.
func (m *Module) StarImports() []*ir.Import {
	var out []*ir.Import
	for _, i := range slices.Backward(m.Load().stars) {
		out = append(out, &m.IR.Imports[i])
	}
	return out
}

// mayBind says whether `from m import *` may bind the name, as far as can be told without loading m: what its text binds,
// or what it imports in the same way.
func (m *Module) mayBind(name string) bool {
	return m.prog.tree.Starring(m.index) || m.prog.tree.Binds(m.index, name)
}

// Exports says whether `from m import *` binds the name, as far as m's own text says.
func (m *Module) Exports(name string) bool {
	if m.Load().IR.AllKnown {
		return slices.Contains(m.IR.All, name)
	}
	return !strings.HasPrefix(name, "_")
}

// Methods gives the methods of that name in the tree, in order of file and position; nil if there are more than limit,
// or more than some files that may define one.
func (p *Program) Methods(name string, limit int) []*Fn {
	files := p.Defining(name)
	if len(files) > filesPerMethod*limit {
		return nil
	}
	var out []*Fn
	for m := range p.preparing(files) {
		for _, fn := range m.Load().Fns {
			if fn.Owner != nil && fn.Name == name {
				out = append(out, fn)
			}
		}
		if len(out) > limit {
			return nil
		}
	}
	return out
}

// filesPerMethod: words behind `def` are no methods in comments, strings and outside of classes.
const filesPerMethod = 4

// OfFile gives the module of a file, or nil.
func (p *Program) OfFile(file string) *Module { return p.byPath[stem(file)] }

// ByPath gives the module of a path without suffix (a package: its folder), or nil.
func (p *Program) ByPath(stem string) *Module { return p.byPath[stem] }

// HasFolder reports whether a folder of the tree, or one below it, holds a file.
func (p *Program) HasFolder(folder string) bool {
	begin := strings.TrimSuffix(folder, "/") + "/"
	i, _ := slices.BinarySearchFunc(p.modules, begin, func(m *Module, s string) int { return strings.Compare(m.Path, s) })
	return i < len(p.modules) && strings.HasPrefix(p.modules[i].Path, begin)
}

package program

import (
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
)

// A Target is what a dotted name statically refers to. At most one field is set; none when it is not known or is the
// result of an expression.
type Target struct {
	Mod   *Module
	Fn    *Fn
	Class *Class
	Ext   string // qualified name outside the tree
	// Value is the module whose body assigns the name (in Name) by an expression.
	Value *Module
	Name  string
	Rest  string // what follows Value.Name in the dotted path
}

// maxHops bounds the chain of re-exports followed for one name.
const maxHops = 20

// Lookup resolves a dotted name written at module level of m.
func (m *Module) Lookup(dotted string) Target { return m.lookup(dotted, 0, 0) }

// LookupIn resolves a dotted name written in function fn of m, whose own imports count first.
func (m *Module) LookupIn(fn int, dotted string) Target {
	return m.lookup(dotted, fn, 0)
}

func (m *Module) lookup(dotted string, fn, hops int) Target {
	m.Load()
	head, rest, _ := strings.Cut(dotted, ".")
	for f := fn; f > 0; f = m.IR.Funcs[f].Parent {
		if !m.Fns[f].readFor(head) {
			continue
		}
		switch d := m.innerDefs()[innerKey{f, head}]; {
		case d.imp != nil:
			return m.follow(m.importTarget(d.imp, hops), rest, hops)
		case d.class != nil:
			return m.follow(Target{Class: d.class}, rest, hops)
		}
	}
	return m.follow(m.name(head, hops), rest, hops)
}

// readFor reads the body of a function if its text names the word; it says whether the body is there.
func (f *Fn) readFor(word string) bool {
	if !f.mayHold(word) {
		return false
	}
	f.Body()
	return true
}

// An innerKey is a name that a function, not the module body, binds by an import or class statement.
type innerKey struct {
	fn   int
	name string
}

// An innerDef is what binds such a name: an import, or else a class.
type innerDef struct {
	imp   *ir.Import
	class *Class
}

// innerDefs gives what functions bind by import and class statements, as far as their bodies were read.
func (m *Module) innerDefs() innerDefs {
	if m.inner != nil {
		return m.inner
	}
	m.inner = innerDefs{}
	for i := range m.IR.Imports {
		im := &m.IR.Imports[i]
		m.inner.add(im.Func, im.Bind, innerDef{imp: im})
	}
	for _, c := range m.Class {
		m.inner.add(c.Parent, c.Name, innerDef{class: c})
	}
	return m.inner
}

// innerDefs holds the first import, else the first class, that binds each such name.
type innerDefs map[innerKey]innerDef

func (ds innerDefs) add(fn int, name string, d innerDef) {
	if _, ok := ds[innerKey{fn, name}]; fn > 0 && !ok {
		ds[innerKey{fn, name}] = d
	}
}

// Binds says whether an import statement in function fn of the module, itself, binds the name.
func (m *Module) Binds(fn int, name string) bool {
	return m.Fns[fn].readFor(name) && m.innerDefs()[innerKey{fn, name}].imp != nil
}

// name resolves a bare module-level name. Where several bindings exist (try/except imports) the first that leads
// anywhere counts; callers that need all of them ask Bindings.
func (m *Module) name(name string, hops int) Target {
	m.Load()
	if t, ok := m.names[name]; ok {
		return t
	}
	if hops > maxHops {
		m.prog.cuts++
		return Target{}
	}
	cuts := m.prog.cuts
	t := m.findName(name, hops)
	if m.prog.cuts == cuts { // the answer is not one of having come too far
		m.names[name] = t
	}
	return t
}

// manyStars: in a package that imports everything from very many places, the only definition of a name below it is what
// the name means; following all imports would read them all.
const manyStars = 20

func (m *Module) findName(name string, hops int) Target {
	bs := m.bindings[name]
	for _, b := range bs {
		if t := m.BindingTarget(b, hops); t != (Target{}) {
			return t
		}
	}
	if len(bs) > 0 {
		return Target{Value: m, Name: name}
	}
	stars := m.StarImports()
	if len(stars) > manyStars {
		if t := m.lazyExport(name); t != (Target{}) {
			return t
		}
	}
	for _, im := range stars {
		if t := m.starTarget(im, name, hops); t != (Target{}) {
			return t
		}
	}
	if sub := m.Submodule(name); sub != nil {
		return Target{Mod: sub}
	}
	return Target{}
}

func (m *Module) starTarget(im *ir.Import, name string, hops int) Target {
	from := m.Resolve(im.Module, im.Level)
	if from == nil || from == m || !from.mayBind(name) || !from.Exports(name) {
		return Target{}
	}
	return from.name(name, hops+1)
}

// BindingTarget gives what one binding refers to.
func (m *Module) BindingTarget(b Binding, hops int) Target {
	switch b.Kind {
	case BindFunc:
		return Target{Fn: b.Fn}
	case BindClass:
		return Target{Class: b.Class}
	case BindImport:
		return m.importTarget(b.Import, hops)
	default:
		return Target{}
	}
}

// ImportTarget gives what the name bound by an import statement of m refers to.
func (m *Module) ImportTarget(im *ir.Import) Target { return m.importTarget(im, 0) }

func (m *Module) importTarget(im *ir.Import, hops int) Target {
	if im.Name == "" {
		return m.wholeImport(im)
	}
	from := m.Resolve(im.Module, im.Level)
	if from == nil {
		if sub := m.Resolve(strings.TrimPrefix(im.Module+"."+im.Name, "."), im.Level); sub != nil {
			return Target{Mod: sub} // a module in a folder without __init__.py
		}
		abs, _ := m.Absolute(im)
		if abs == "" {
			return Target{Ext: im.Name}
		}
		return Target{Ext: abs + "." + im.Name}
	}
	if from.Stays(im.Name) {
		return Target{Ext: from.Name + "." + im.Name}
	}
	if sub := from.Submodule(im.Name); sub != nil && from == m {
		return Target{Mod: sub} // from . import sub, in the package itself: the name is what is being bound
	}
	if t := from.name(im.Name, hops+1); t != (Target{}) {
		return t
	}
	if t := from.lazyExport(im.Name); t != (Target{}) {
		return t
	}
	return Target{Ext: from.Name + "." + im.Name}
}

func (m *Module) wholeImport(im *ir.Import) Target {
	name := im.Module
	if !im.Whole {
		name, _, _ = strings.Cut(im.Module, ".")
	}
	if mod := m.Resolve(name, im.Level); mod != nil {
		return Target{Mod: mod}
	}
	return Target{Ext: name}
}

// lazyExport finds a name that a package offers through __getattr__ or an _import_structure: the only definition of
// that name at module level below the package.
func (m *Module) lazyExport(name string) Target {
	if !m.IsPkg {
		return Target{}
	}
	var found Target
	for _, mod := range m.definingBeside(name) {
		if !strings.HasPrefix(mod.Name, m.Name+".") {
			continue
		}
		t := mod.ownDefinition(name)
		if t.Fn == nil && t.Class == nil {
			continue
		}
		if found != (Target{}) {
			return Target{}
		}
		found = t
	}
	return found
}

// ownDefinition gives the function or class that the module body itself binds the name to.
func (m *Module) ownDefinition(name string) Target {
	for _, b := range m.Bindings(name) {
		if b.Kind == BindFunc || b.Kind == BindClass {
			return m.BindingTarget(b, 0)
		}
	}
	return Target{}
}

// follow resolves the rest of a dotted name below a target.
func (m *Module) follow(t Target, rest string, hops int) Target {
	for rest != "" {
		var seg string
		seg, rest, _ = strings.Cut(rest, ".")
		switch {
		case t.Ext != "":
			t.Ext += "." + seg
			if mod := m.InFolder(t.Ext); mod != nil {
				t = Target{Mod: mod}
			}
		case t.Mod != nil:
			t = t.Mod.Member(seg)
		case t.Value != nil:
			t.Rest = strings.TrimPrefix(t.Rest+"."+seg, ".")
		case t.Class != nil:
			t = t.Class.member(seg)
		default:
			return Target{}
		}
	}
	return t
}

// Member gives what module.name refers to.
func (m *Module) Member(name string) Target {
	if m.Stays(name) {
		return Target{Ext: m.Name + "." + name}
	}
	if t := m.name(name, 0); t != (Target{}) {
		return t
	}
	if t := m.lazyExport(name); t != (Target{}) {
		return t
	}
	return Target{}
}

func (c *Class) member(name string) Target {
	if fn := c.Method(name); fn != nil {
		return Target{Fn: fn}
	}
	for _, k := range c.Mod.Class {
		if k.Parent == c.Body && k.Name == name {
			return Target{Class: k}
		}
	}
	return Target{}
}

package program

import (
	"cmp"
	"slices"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// Bodies of functions may be read later than their module, see ir.LowerSkeleton. Fn.Body does that.

// Body gives what the function does. It reads it if that has not been done.
func (f *Fn) Body() *ir.Body {
	if f.Func.Body == nil {
		f.Mod.complete(f)
	}
	return f.Func.Body
}

// complete reads a postponed body, and with it the functions nested in it.
func (m *Module) complete(f *Fn) {
	imports := len(m.IR.Imports)
	m.prog.tree.Complete(m.index, f.Func)
	first, end := f.Inner()
	for i := first; i < end; i++ {
		m.Fns[i].Func = m.IR.Funcs[i]
	}
	for _, inner := range m.IR.Funcs[len(m.Fns):] {
		m.Fns = append(m.Fns, &Fn{Func: inner, Mod: m})
	}
	for i := range m.IR.Imports[imports:] {
		im := &m.IR.Imports[imports+i]
		if m.inner != nil {
			m.inner.add(im.Func, im.Bind, innerDef{imp: im})
		}
		m.expectImport(im)
	}
	m.pending = slices.DeleteFunc(m.pending, func(p *Fn) bool { return p == f })
	f.assigned = nil
}

// LoadBodies reads the module with the bodies of all its functions.
func (m *Module) LoadBodies() *Module {
	for _, f := range slices.Clone(m.Load().pending) {
		f.Body()
	}
	return m
}

// loadWhere reads the module, and the bodies of those of its functions of which the predicate is true.
func (m *Module) loadWhere(wanted func(*Fn) bool) {
	for _, f := range slices.Clone(m.Load().pending) {
		if wanted(f) {
			f.Body()
		}
	}
}

// loadHolding reads the module, and the bodies of those of its functions whose text may name the word.
func (m *Module) loadHolding(word string) *Module {
	m.loadWhere(func(f *Fn) bool { return f.mayHold(word) })
	return m
}

// meansAnother says whether the word, wherever the text of a postponed body holds it, is an attribute of what a module-level
// import binds and nothing in the text rebinds, outside of the tree and of the modules.
func (f *Fn) meansAnother(word string, modules []string) bool {
	src := f.postponedText()
	heads, all := text.Qualifiers(src, word)
	return all && !slices.ContainsFunc(heads, func(head string) bool {
		bs := f.Mod.bindings[head]
		return len(bs) == 0 || text.Rebinds(src, head) ||
			slices.ContainsFunc(f.Params, func(p ir.Param) bool { return p.Name == head }) ||
			slices.ContainsFunc(bs, func(b Binding) bool {
				return b.Kind != BindImport || !foreign(f.Mod.BindingTarget(b, 0).Ext, modules)
			})
	})
}

// mayHold says whether the body of a function is there, or else its text may name the word.
func (f *Fn) mayHold(word string) bool {
	src := f.postponedText()
	return src == nil || text.Named(src, word)
}

// postponedText gives the text of a postponed body, nil if the body is there.
func (f *Fn) postponedText() []byte {
	s, later := f.Postponed()
	if !later {
		return nil
	}
	return f.Mod.IR.File.Text[s.Start:s.End:s.End]
}

// MayHoldAny says whether the body of a function is there, or else its text may name one of the words.
func (f *Fn) MayHoldAny(known func(word []byte) bool) bool {
	src := f.postponedText()
	return src == nil || text.AnyNamed(src, known)
}

// MentionsAny says whether the function mentions one of the names (see ir.Body.Names).
func (f *Fn) MentionsAny(names []string) bool {
	return slices.ContainsFunc(names, f.mayHold) && slices.ContainsFunc(f.Body().Names, func(n int32) bool {
		return slices.Contains(names, f.Mod.IR.Strings[n])
	})
}

// StoresOnSelf says whether the function assigns to an attribute of that name of its first parameter.
func (f *Fn) StoresOnSelf(name string) bool {
	return f.MayAssign(name) && slices.Contains(f.Body().SelfStores, name)
}

// MayAssign says whether the body of a function is there, or else its text may assign to an attribute of that name, or to an
// element of it.
func (f *Fn) MayAssign(name string) bool {
	a := f.mayAssign()
	if a == nil {
		return true
	}
	_, found := slices.BinarySearch(a.Attributes, name)
	return found
}

// MayStore says whether the body of a function is there, or else its text may assign to an attribute or element of anything.
func (f *Fn) MayStore() bool {
	a := f.mayAssign()
	return a == nil || a.Elements || len(a.Attributes) > 0
}

// mayAssign gives what a postponed body may assign to, nil if the body is there.
func (f *Fn) mayAssign() *text.Assigned {
	src := f.postponedText()
	if src == nil {
		return nil
	}
	if f.assigned == nil {
		a := text.Assignments(src)
		f.assigned = &a
	}
	return f.assigned
}

// MayCall says whether the body of a function is there, or else its text may call what the bare name stands for.
func (f *Fn) MayCall(name string) bool {
	src := f.postponedText()
	return src == nil || text.Called(src, name)
}

// OnlyBelow says whether the text of a postponed body names the word as an attribute of single names and nowhere else. It is
// false if the body is there.
func (f *Fn) OnlyBelow(word string) bool {
	src := f.postponedText()
	if src == nil {
		return false
	}
	_, all := text.Qualifiers(src, word)
	return all
}

// ImportsOf gives the imports of the module, wherever in it, that import something of that name from somewhere, in order.
func (m *Module) ImportsOf(name string) []*ir.Import {
	var out []*ir.Import
	for i := range m.loadHolding(name).IR.Imports {
		if im := &m.IR.Imports[i]; im.Name == name {
			out = append(out, im)
		}
	}
	slices.SortStableFunc(out, func(a, b *ir.Import) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	return out
}

// Visible calls yield with the imports whose names the function can see: of the module, of itself and of the functions
// around it, and those elsewhere that bind a name of the module.
func (f *Fn) Visible(yield func(*ir.Import) bool) {
	f.Body()
	m := f.Mod
	for i := range m.IR.Imports {
		im := &m.IR.Imports[i]
		if (m.encloses(im.Func, f) || slices.Contains(m.stores[im.Bind], m.Fns[im.Func])) && !yield(im) {
			return
		}
	}
}

// encloses says whether function number outer of the module is f, or one around it.
func (m *Module) encloses(outer int, f *Fn) bool {
	for p := f.Index; p >= 0; p = m.IR.Funcs[p].Parent {
		if p == outer {
			return true
		}
	}
	return false
}

package taint

import (
	"slices"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
)

// Attributes that are stored in a class are seen through its objects:
//
//	def refresh(url): State.blob = requests.get(url).content
//	def current():    return pickle.loads(State().blob)

// setOnClass adds to what an object of class c has of its class what is stored in the class itself, by whomever.
func (f *frame) setOnClass(c *program.Class, name string, v *Value) *Value {
	for _, k := range c.MRO() {
		if f.ev.ownAttr(k, name) == nil {
			continue
		}
		if !f.ev.storedOnClass(k, name) {
			return v
		}
		w := *v
		if set, ok := f.lookup(f.cur, f.ev.classSym(k), "."+name); ok {
			w = *f.ev.joinValues(v, set)
		}
		if w.sym = f.ev.syms.of(symAttr, f.ev.classSym(k), 0, "."+name); v.sym != noSym && v.sym != w.sym {
			w.sym = f.ev.syms.phi(v.sym, w.sym)
		}
		w.open, w.clean = true, w.clean && len(w.facts) == 0
		return &w
	}
	return v
}

// storedOnClass reports whether some function of the tree assigns to the attribute of the class by its name.
func (ev *eval) storedOnClass(c *program.Class, name string) bool {
	ci := ev.classOf(c)
	stored, ok := ci.onClass[name]
	if ok {
		return stored
	}
	mayAssign := func(fn *program.Fn) bool { return fn.MayAssign(name) }
	byName := func(fn *program.Fn) bool { return ev.storesByName(fn, c, name) }
	files := ev.prog.StoringModules(name)
	if len(files) <= maxStoring {
		for _, m := range files {
			if m == c.Mod || m.Mentions(c.Name) {
				stored = stored || slices.ContainsFunc(m.UsersIf(name, mayAssign), byName)
			}
		}
	}
	ci.onClass[name] = stored
	return stored
}

// storesByName reports whether a function assigns to an attribute of a class that it names, or of one above it.
func (ev *eval) storesByName(fn *program.Fn, c *program.Class, name string) bool {
	var names *mention
	for in := range fn.Body().Instrs() {
		if in.Op != ir.StoreAttr || fn.Mod.IR.Strings[in.B] != name {
			continue
		}
		if names == nil {
			names = ev.mentions(fn)
		}
		if d := names.dotted.of(in.A); d != "" && ev.chainTarget(fn, d).Class == c {
			return true
		}
	}
	return false
}

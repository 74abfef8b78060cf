package taint

import (
	"slices"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
)

// Names of modules, as functions see them.

// global reads a name of the module or of builtins.
func (f *frame) global(name string, st *state) *Value {
	if v, ok := st.get(heapKey{f.ev.globalSym(f.fn.Mod), name}); ok && v != nil {
		return f.always(v, func() *Value { return f.ev.moduleName(f.fn.Mod, name) })
	}
	return f.ev.moduleName(f.fn.Mod, name)
}

func (d *domain) globalSym(m *program.Module) sym {
	return d.syms.of(symGlobal, 0, 0, m.Path)
}

// moduleName gives the value of a module-level name as other code sees it.
func (ev *eval) moduleName(m *program.Module, name string) *Value {
	bs := m.Bindings(name)
	if len(bs) == 0 {
		return ev.unboundName(m, name)
	}
	var v *Value
	simple := len(m.Stores(name)) == 0
	for i, b := range bs {
		if b.Kind == program.BindValue {
			simple = false
			break
		}
		w := ev.targetValue(m.BindingTarget(b, 0))
		if i == 0 {
			v = w
		} else {
			v = ev.joinValues(v, w)
		}
	}
	if simple {
		return v
	}
	return ev.computedName(m, name)
}

// computedName interprets the module body to learn what it assigns to the name.
func (ev *eval) computedName(m *program.Module, name string) *Value {
	key := heapKey{ev.globalSym(m), name}
	s := ev.topSummary(m.Fns[0])
	v := s.heap[key.obj][key.seg].stored()
	if v == nil && !s.done {
		v = ev.soFar(ev.duringImport(m, key))
	}
	if len(ev.stack) > 0 {
		ev.static(ev.stack[len(ev.stack)-1].fn, key.obj, key.seg) // who reads it
	}
	if c, ok := ev.static(m.Fns[0], key.obj, key.seg); ok && c != v {
		v = ev.joinValues(orUnknown(v), c)
	}
	for _, fn := range m.Stores(name) {
		w := ev.topSummary(fn).heap[key.obj][key.seg]
		if w == nil {
			continue
		}
		w = w.withFacts(sourceFacts(w.facts, ViaGlobal))
		w.clean = false
		v = ev.joinValues(orUnknown(v), w)
	}
	return ev.declaredName(m, name, v)
}

// duringImport reads a module-level name while the module body is being interpreted: functions it calls see what it
// has assigned so far.
func (t *summaryTable) duringImport(m *program.Module, key heapKey) (*Value, *state) {
	for _, f := range slices.Backward(t.stack) {
		if f.fn == m.Fns[0] && f.cur != nil {
			v, _ := f.cur.get(key)
			return v, f.cur
		}
	}
	return nil, nil
}

// soFar gives a value that a module body has bound to a name while that body is being interpreted. What it has put into the
// object by then goes to the cells where everybody looks for it, as all of it will in the end.
//
//	LOADERS = {"pkl": pickle.load}
//	state = revive("state.pkl")         reads LOADERS
func (ev *eval) soFar(v *Value, st *state) *Value {
	if v == nil || !ev.isStatic(v.sym) {
		return v
	}
	for _, k := range st.keysOf(v.sym) {
		if x, _ := st.get(k); x != nil && ev.isCell(k.obj, k.seg) && (k.seg[0] == '[' || k.seg[0] == '.') {
			w := ev.detach(x)
			w.facts = sourceFacts(x.facts, 0)
			ev.grow(k, w)
		}
	}
	return v
}

// stableSym says whether a symbol means the same in every function.
func (d *domain) stableSym(n sym) bool {
	return d.isStatic(n) || d.syms.info[n].op == symConst || d.literalPath(n)
}

// sourceFacts keeps the facts that mean something outside the function they were found in.
func sourceFacts(fs []*Fact, feats Feature) []*Fact {
	var out []*Fact
	for _, f := range fs {
		if f.org.kind == originSource {
			g := *f
			if g.feats |= feats; f.feats&ViaStore != 0 { // which says more
				g.feats &^= ClassField
			}
			out = append(out, &g)
		}
	}
	return out
}

// unboundName resolves a name the module does not bind itself: star imports, then builtins.
func (ev *eval) unboundName(m *program.Module, name string) *Value {
	if t := m.Lookup(name); t != (program.Target{}) {
		return ev.targetValue(t)
	}
	switch name {
	case "__file__":
		return ev.ownFile()
	case "__name__", "__doc__", "__package__", "__path__":
		return &Value{clean: true, open: true}
	}
	for _, im := range m.StarImports() {
		if m.Resolve(im.Module, im.Level) == nil && !builtinNames[name] {
			abs, _ := m.Absolute(im)
			return &Value{refs: []Ref{{kind: refExt, name: abs + "." + name}}}
		}
	}
	return &Value{refs: []Ref{{kind: refExt, name: name}}}
}

// ownFile is the path of a file of the tree, which begins with a folder.
func (d *domain) ownFile() *Value {
	return &Value{clean: true, sym: d.syms.konst("__file__"), refs: []Ref{{kind: refConst, lit: ir.Str, name: "./" + hole + "__file__"}}, open: true}
}

// targetValue gives a value that refers to what a name resolves to.
func (ev *eval) targetValue(t program.Target) *Value {
	switch {
	case t.Fn != nil:
		return refValue(Ref{kind: refFunc, fn: t.Fn})
	case t.Class != nil:
		v := refValue(Ref{kind: refClass, cls: t.Class})
		v.sym = ev.classSym(t.Class)
		return v
	case t.Mod != nil:
		return refValue(Ref{kind: refMod, mod: t.Mod})
	case t.Ext != "":
		v := refValue(Ref{kind: refExt, name: t.Ext})
		v.sym = ev.syms.of(symGlobal, 0, 0, libPrefix+t.Ext)
		return v
	case t.Value != nil:
		return ev.computedName(t.Value, t.Name)
	default:
		return nil
	}
}

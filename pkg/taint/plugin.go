package taint

import (
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
	"github.com/pickletrace/pickletrace/pkg/rule"
)

// Objects that the projects of the tree give by their metadata, and that code asks for by the name of a group:
//
//	[project.entry-points."app.readers"]        for point in entry_points(group="app.readers"):
//	blob = "app.blobs:revive"                       point.load()(body)

// entryPoint interprets calls that ask for entry points, or load one.
func (c *extCall) entryPoint() (*Value, bool) {
	if len(c.f.ev.opts.EntryPoints) == 0 {
		return nil, false
	}
	var at []int
	switch c.does {
	case rule.DoEntryPointLoad:
		v, ok := c.f.heapGet(c.st, c.self.symbol(), objectSeg)
		return v, ok
	case rule.DoEntryPointsOf:
		at = []int{0}
	case rule.DoEntryPoints:
	default:
		return nil, false
	}
	group, grouped := c.arg(at, []string{"group"})
	name, named := c.arg([]int{1}, []string{"name"})
	if !grouped {
		return c.f.groups(c.st), true
	}
	return c.f.points(c.st, group, name, named), true
}

// objectSeg is the heap segment of what an entry point stands for.
const objectSeg = "object"

// groups gives the entry points of all groups, by group.
func (f *frame) groups(st *state) *Value {
	out := &Value{refs: []Ref{{kind: refExtInst, name: f.ev.pack.IntrinsicName(rule.IsEntryPoints)}}, open: true, clean: true, sym: f.callSym()}
	f.clearHeap(st, out.sym)
	st.makes(out.sym)
	for _, p := range f.ev.opts.EntryPoints {
		seg := "[" + p.Group + "]"
		if _, there := st.get(heapKey{out.sym, seg}); !there {
			st.set(heapKey{out.sym, seg}, f.points(st, f.constant(&ir.Const{Kind: ir.Str, S: p.Group}), nil, false))
		}
	}
	return out
}

// points gives the entry points of a group, or those of one name in it.
func (f *frame) points(st *state, group, name *Value, named bool) *Value {
	out := &Value{refs: []Ref{{kind: refExtInst, name: f.ev.pack.IntrinsicName(rule.IsEntryPoints)}}, open: true, clean: true, sym: f.ev.syms.of(symOpaque, f.callSym(), group.symbol(), "points")}
	f.clearHeap(st, out.sym)
	st.makes(out.sym)
	want, known := group.strKonst()
	only, one := name.strKonst()
	for _, p := range f.ev.opts.EntryPoints {
		if known && p.Group != want || named && one && p.Name != only {
			continue
		}
		v := &Value{refs: []Ref{{kind: refExtInst, name: f.ev.pack.IntrinsicName(rule.IsEntryPoint)}}, clean: true, sym: f.ev.syms.of(symIndex, out.sym, 0, p.Group+"."+p.Name)}
		st.set(heapKey{v.sym, ".name"}, f.constant(&ir.Const{Kind: ir.Str, S: p.Name}))
		st.set(heapKey{v.sym, ".value"}, f.constant(&ir.Const{Kind: ir.Str, S: p.Object}))
		if obj := f.ev.targetValue(f.ev.objectOf(f.fn.Mod, p)); obj != nil {
			st.set(heapKey{v.sym, objectSeg}, obj)
		}
		st.set(heapKey{out.sym, "[" + p.Name + "]"}, v)
	}
	return out
}

// objectOf gives what an entry point stands for, as far as the tree holds it.
func (g *given) objectOf(m *program.Module, p EntryPoint) program.Target {
	in, name, _ := strings.Cut(p.Object, ":")
	mod := m.Resolve(in, 0)
	if mod == nil {
		return program.Target{}
	}
	if name == "" {
		return program.Target{Mod: mod}
	}
	return mod.Lookup(name)
}

// throughEntryPoints adds the functions that ask for entry points, if a function, or its class, is one.
func (w *worklist) throughEntryPoints(fn *program.Fn) {
	name := fn.Name
	if fn.Owner != nil {
		name = fn.Owner.Name
	}
	if !slices.ContainsFunc(w.ev.opts.EntryPoints, func(p EntryPoint) bool {
		in, obj, whole := strings.Cut(p.Object, ":")
		if whole && obj != name && obj != fn.Qual || !strings.HasSuffix(fn.Mod.Name, in) && !strings.HasSuffix(in, fn.Mod.Name) {
			return false
		}
		t := w.ev.objectOf(fn.Mod, p)
		return t.Fn == fn || t.Class != nil && t.Class == fn.Owner || t.Mod == fn.Mod && t.Fn == nil && t.Class == nil
	}) {
		return
	}
	for _, word := range slices.Concat(w.ev.pack.IntrinsicWords(rule.DoEntryPoints), w.ev.pack.IntrinsicWords(rule.DoEntryPointsOf)) {
		files := w.ev.prog.Mentioning(word)
		if len(files) > maxUsers {
			continue
		}
		for _, m := range files {
			w.add(m.Users(word)...)
		}
	}
}

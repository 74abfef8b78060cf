package taint

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
	"github.com/pickletrace/pickletrace/pkg/rule"
)

// Second order: what a request puts into a table is what another function reads back from there.
//
//	Kernel.objects.create(owner=owner, state=request.body)      Session().add(Kernel(state=body))
//	kernel = get_object_or_404(Kernel, pk=pk)                   session.get(Kernel, pk)
//	pickle.loads(kernel.state)
//
// All objects of a class that a store of the rule pack keeps are one: its rows. An attribute of the rows is a static cell;
// what is asked of the class, or with it, gives the rows.

// rowsMark ends the symbol of the rows of a class.
const rowsMark = "(rows)"

// storeOf gives the store that keeps objects of a class, nil if none does.
func (ev *eval) storeOf(c *program.Class) *rule.Store {
	if len(ev.pack.Stores) == 0 {
		return nil
	}
	ci := ev.classOf(c)
	if !ci.storeKnown {
		ci.storeKnown = true
		for _, e := range c.External() {
			if ci.store = ev.pack.StoreFor(ev.pack.Canonical(e)); ci.store != nil {
				break
			}
		}
	}
	return ci.store
}

func (d *domain) rowsSym(c *program.Class) sym {
	return d.syms.of(symAttr, d.classSym(c), 0, rowsMark)
}

// rows gives the value of what is kept of a class: a row, or several.
func (d *domain) rows(c *program.Class) *Value {
	return &Value{refs: []Ref{{kind: refInst, cls: c}}, open: true, sym: d.rowsSym(c)}
}

// rowsOf gives the class of which a value is rows, nil for all others.
func (d *domain) rowsOf(v *Value) *program.Class {
	if v == nil || len(v.refs) != 1 || v.refs[0].kind != refInst || v.sym == noSym {
		return nil
	}
	if in := d.syms.info[v.sym]; in.op != symAttr || in.s != rowsMark {
		return nil
	}
	return v.refs[0].cls
}

// keptClass gives the class whose kept objects a value is about: the class, its rows, or what hangs on either.
func (ev *eval) keptClass(v *Value, depth int) *program.Class {
	if v == nil || depth == 0 {
		return nil
	}
	for i := range v.refs {
		r := &v.refs[i]
		switch {
		case r.kind == refClass && ev.storeOf(r.cls) != nil:
			return r.cls
		case r.kind == refExt && r.self != nil:
			if c := ev.keptClass(r.self, depth-1); c != nil {
				return c
			}
		}
	}
	return ev.rowsOf(v)
}

// maxQuery is through how many attributes a question to a class may go: Kernel.objects.filter.
const maxQuery = 4

// kept does a call that asks a store for rows, or fills some.
func (c *extCall) kept() (*Value, bool) {
	ev := c.f.ev
	if len(ev.pack.Stores) == 0 || c.roles != noRoles && len(c.roles.Sinks) > 0 {
		return nil, false
	}
	name := last(c.name)
	if v := c.columns(name); v != nil {
		return v, true
	}
	if cls := ev.keptClass(c.self, maxQuery); cls != nil {
		if slices.Contains(ev.storeOf(cls).Fills, name) {
			c.fillRows(cls)
		}
		return ev.rows(cls), true
	}
	for _, a := range c.args {
		cls := ev.keptClass(a.val, 1)
		if cls != nil && slices.Contains(ev.storeOf(cls).Gives, name) {
			return ev.rows(cls), true
		}
	}
	return nil, false
}

// columns gives what a call gives that asks for columns of kept objects, not for the objects: select(Metric.code), or
// Upload.objects.values_list("body"). It gives nil for every other call.
func (c *extCall) columns(name string) *Value {
	if cls := c.f.ev.keptClass(c.self, maxQuery); cls != nil && slices.Contains(c.f.ev.storeOf(cls).Columns, name) {
		var names []string
		for _, a := range c.args {
			if s, ok := a.val.strKonst(); ok && a.name == "" {
				names = append(names, s)
			}
		}
		if len(names) == 0 {
			return nil
		}
		row := c.columnRow(cls, names)
		flat, _ := c.arg(nil, []string{"flat"})
		if t, _ := flat.truth(); t == 1 {
			row = c.cell(row, nil)
		}
		return c.several(row, nil)
	}
	for _, a := range c.args {
		if row := c.f.handedRow(a.val, c.st); row != nil && c.f.ev.storeGives(name) {
			return c.handOver(row, c.rowsTaken(&rule.Keep{}, row, nil))
		}
	}
	cls, names := c.columnsAsked()
	if cls == nil || !slices.Contains(c.f.ev.storeOf(cls).Gives, name) {
		return nil
	}
	return c.rowsTaken(&rule.Keep{}, c.columnRow(cls, names), nil)
}

// columnsAsked gives the kept class, and the names of its columns, that the arguments of a call are; nil if they are not.
func (c *extCall) columnsAsked() (*program.Class, []string) {
	var cls *program.Class
	var names []string
	for _, a := range c.args {
		in := c.f.ev.syms.info[a.val.symbol()]
		if a.name != "" || in.op != symAttr || in.s == rowsMark || c.f.ev.syms.info[in.a].op != symClass {
			return nil, nil
		}
		of := c.f.ev.classNumbered(in.a)
		if len(of) == 0 || cls != nil && of[0] != cls || c.f.ev.storeOf(of[0]) == nil {
			return nil, nil
		}
		cls, names = of[0], append(names, strings.TrimPrefix(in.s, "."))
	}
	return cls, names
}

// columnRow makes a row of some columns of a class.
func (c *extCall) columnRow(cls *program.Class, names []string) *Value {
	row := &Value{open: true, clean: true, sym: c.f.ev.syms.of(symOpaque, c.f.callSym(), noSym, rowCell)}
	for i, name := range names {
		x := c.f.rowAttr(c.f.ev.rows(cls), name, c.st)
		row.clean = row.clean && x != nil && (x.clean || len(x.facts) > 0)
		if x != nil {
			for _, seg := range []string{"[" + itoa(i) + "]", "[" + name + "]", "." + name} {
				c.st.set(heapKey{row.sym, seg}, x)
			}
		}
	}
	return row
}

// storeGives says whether functions of that name give what stores keep.
func (g *given) storeGives(name string) bool {
	return slices.ContainsFunc(g.pack.Stores, func(s *rule.Store) bool { return slices.Contains(s.Gives, name) })
}

// fillRows stores what a call is given by keyword, or in mappings, in the rows of a class.
func (c *extCall) fillRows(cls *program.Class) {
	f := c.f
	for _, a := range c.args {
		switch {
		case a.val == nil:
		case a.val.shape && a.val.sym != noSym:
			for _, obj := range f.parts(a.val.sym) {
				for _, k := range f.keys(c.st, obj) {
					if x, _ := f.lookup(c.st, k.obj, k.seg); x != nil && len(k.seg) > 2 && k.seg[0] == '[' && k.seg != "[*]" {
						f.keepRow(cls, k.seg[1:len(k.seg)-1], x, c.st, c.in)
					}
				}
			}
		case a.name != "":
			f.keepRow(cls, a.name, a.val, c.st, c.in)
		}
	}
}

// keepRow stores a value in an attribute of the rows of a class.
func (f *frame) keepRow(cls *program.Class, name string, v *Value, st *state, in *ir.Instr) {
	w := *orUnknown(v)
	if len(w.facts) > 0 {
		w.facts = f.stepped(w.facts, provStore, in, said("kept in '"+cls.Name+"."+name+"'"))
		for i, x := range w.facts {
			g := *x
			g.feats |= ViaStore
			w.facts[i] = &g
		}
	}
	w.refs, w.assumed, w.cond, w.hash = nil, "", nil, nil
	f.weakStore(st, heapKey{f.ev.rowsSym(cls), "." + name}, &w)
}

// keepMade stores the attributes of an object that was made here in the rows of its class.
func (f *frame) keepMade(cls *program.Class, obj *Value, st *state, in *ir.Instr) {
	if f.ev.storeOf(cls) == nil {
		return
	}
	for _, k := range st.keysOf(obj.sym) {
		if x, _ := st.get(k); x != nil && k.seg[0] == '.' {
			f.keepRow(cls, k.seg[1:], x, st, in)
		}
	}
}

// keepStored stores what is assigned to an attribute of an object in the rows of its class.
func (f *frame) keepStored(obj *Value, name string, v *Value, st *state, in *ir.Instr) {
	for i := range obj.refs {
		if r := &obj.refs[i]; r.kind == refInst && f.ev.storeOf(r.cls) != nil {
			f.keepRow(r.cls, name, v, st, in)
		}
	}
}

// rowAttr gives an attribute of the rows of a class, as far as it is data: nil of what else the class defines.
func (f *frame) rowAttr(v *Value, name string, st *state) *Value {
	c := f.ev.rowsOf(v)
	if c == nil || c.Method(name) != nil || f.ev.classAttr(c, name) == nil && f.ev.declaredField(c, name) == nil && !f.ev.inRows(c, name) {
		return nil
	}
	w := &Value{open: true}
	if got, ok := f.lookup(st, v.sym, "."+name); ok {
		w = got
	}
	out := *w
	out.sym = f.ev.syms.of(symAttr, v.sym, 0, "."+name)
	f.ev.wantedRows[c] = true
	return &out
}

// inRows reports whether something is known to be stored in an attribute of the rows of a class.
func (ev *eval) inRows(c *program.Class, name string) bool {
	return slices.Contains(ev.byObj[ev.rowsSym(c)], "."+name)
}

// rowWriters queues the functions that may fill the rows of classes that are read: those that name the class and that a
// source is near, or that are given something.
func (w *worklist) rowWriters() {
	for _, c := range slices.SortedFunc(maps.Keys(w.ev.wantedRows), compareClasses) {
		files := w.ev.prog.Mentioning(c.Name)
		if len(files) > maxUsers {
			continue
		}
		for _, m := range files {
			for _, fn := range m.Users(c.Name) {
				if fn.Kind != ir.ClassBody && (len(fn.Params) > 0 || w.ev.rel.reaches(fn, nearbyCalls)) {
					w.add(fn)
				}
			}
		}
	}
}

// compareClasses orders classes as they stand in the program.
func compareClasses(a, b *program.Class) int {
	return cmp.Or(a.Mod.Compare(b.Mod), a.Index-b.Index)
}

// fillsRows reports whether a heap key is an attribute of rows that are read somewhere, or lies outside of the program.
func (d *domain) fillsRows(k heapKey) bool {
	in := d.syms.info[k.obj]
	return d.isOutside(k.obj) || in.op == symAttr && in.s == rowsMark && strings.HasPrefix(k.seg, ".")
}

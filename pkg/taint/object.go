package taint

import (
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
	"github.com/pickletrace/pickletrace/pkg/rule"
)

// ---- attributes ----------------------------------------------------------------------------------------------------

// attr reads v.name.
func (f *frame) attr(v *Value, name string, st *state, in *ir.Instr) *Value {
	if v == nil {
		return f.unknownAttr(v, name)
	}
	if row := f.rowAttr(v, name, st); row != nil {
		return row
	}
	if part := f.pathAttr(v, name); part != nil {
		return part
	}
	if got, ok := f.heapGet(st, v.sym, "."+name); ok {
		return f.always(got, func() *Value { return f.ownAttr(v, name, st, in) })
	}
	return f.ownAttr(v, name, st, in)
}

// ownAttr gives what v.name is where nothing was stored there: what v refers to and carries says.
func (f *frame) ownAttr(v *Value, name string, st *state, in *ir.Instr) *Value {
	out := f.member(v, name, st)
	if out == nil {
		out = f.unknownAttr(v, name)
	}
	w := *out
	if _, literal := out.konst(); !literal || out.assumed != "" || f.ev.prog.Stored(name) { // a class constant is nobody else's data
		w.facts = addFacts(w.facts, f.attrFacts(v, name))
	}
	w.clean = len(w.facts) == 0 && (w.clean || (v.clean && plainRefs(v.refs)))
	if f.ev.isA(v, rule.IsFile) && f.ev.pack.MethodIntrinsic(name) == rule.DoBaseName { // a file's name stands for the file
		w.sym = f.ev.syms.of(symSame, v.sym, 0, ".name")
	}
	if w.sym == noSym && v.sym != noSym {
		w.sym = f.ev.syms.of(symAttr, v.sym, 0, "."+name)
	}
	if h := f.hashOf(v, st); h != nil && w.hash == nil {
		w.hash = h
	}
	f.attrSources(&w, v, name, in)
	f.checkedOption(&w, name, in, st)
	return &w
}

// plainRefs says whether a value is data or a library object, of which every part is as clean as the whole.
func plainRefs(refs []Ref) bool {
	return !slices.ContainsFunc(refs, func(r Ref) bool { return r.kind != refConst && r.kind != refExtInst })
}

// heapGet reads what hangs on an object, following joins, shared objects and known containers.
func (f *frame) heapGet(st *state, obj sym, seg string) (*Value, bool) {
	if obj == noSym {
		return nil, false
	}
	var out *Value
	found, missing := false, false
	for _, n := range f.parts(obj) {
		op := f.ev.syms.info[n].op
		v, ok := f.lookup(st, n, seg)
		switch {
		case !ok || v == nil:
			missing = missing || op != symPhi && op != symSame
		case !found:
			out, found = v, true
		default:
			out = f.ev.joinValues(out, v)
		}
		if found && op == symSame && n == obj {
			break
		}
	}
	if found && missing && f.ev.syms.info[obj].op == symPhi {
		out = out.onSome()
	}
	if !found {
		return f.inElements(st, obj, seg)
	}
	return out, found
}

// always gives what was read of a cell, for one that was stored on some of the ways here joined with what its object gives
// where it was not.
func (f *frame) always(got *Value, unstored func() *Value) *Value {
	if got == nil || !got.sometimes {
		return got
	}
	return f.ev.joinValues(got.stored(), unstored())
}

// lookup reads one cell: what this function knows of it, else what is known of static objects.
func (f *frame) lookup(st *state, obj sym, seg string) (*Value, bool) {
	if v, ok := st.get(heapKey{obj, seg}); ok && v != nil {
		return v, true
	}
	return f.ev.static(f.fn, obj, seg)
}

// unknownAttr is an attribute nothing is known of but its name, so that rules for unknown receivers can match.
func (f *frame) unknownAttr(v *Value, name string) *Value {
	return &Value{refs: []Ref{{kind: refExt, name: "?." + name, self: v}}, open: true}
}

// attrFacts gives what the attribute carries because its object does.
func (f *frame) attrFacts(v *Value, name string) []*Fact { return f.ev.extend(v.facts, "."+name) }

// extend gives facts of a part of a value: input origins get a longer path, clean attributes of sources drop out.
func (d *domain) extend(fs []*Fact, seg string) []*Fact {
	if len(fs) == 0 {
		return nil
	}
	out := make([]*Fact, 0, len(fs))
	for _, fact := range fs {
		switch {
		case fact.org.kind == originInput && !fact.content:
			g := *fact
			if strings.Count(fact.org.path, "\x01") < maxPath {
				g.org = d.inputOrigin(fact.org.input, fact.org.path+"\x01"+seg, fact.org.fn)
			} else {
				g.feats |= Broad
			}
			out = append(out, &g)
		case fact.org.kind == originSource && strings.HasPrefix(seg, ".") && fact.org.isClean(seg[1:]):
		case fact.org.kind == originSource && fact.org.path == "" && fact.org.src != nil && len(fact.org.src.Options) > 0 && naming(seg):
			g := *fact
			g.org = d.optionOrigin(fact.org, seg)
			out = append(out, &g)
		default:
			out = append(out, fact)
		}
	}
	return out
}

func (d *domain) inputOrigin(input int, path string, fn *program.Fn) *Origin {
	k := originKey{kind: originInput, input: input, path: path, fn: fn}
	o, ok := d.origins[k]
	if !ok {
		o = &Origin{kind: originInput, input: input, path: path, fn: fn, serial: len(d.origins)}
		d.origins[k] = o
	}
	return o
}

// member looks the attribute up in what v refers to; nil if nothing is known.
func (f *frame) member(v *Value, name string, st *state) *Value {
	var out *Value
	found := false
	for i := range v.refs {
		w := f.refMember(&v.refs[i], v, name, st)
		if w == nil {
			continue
		}
		if !found {
			out, found = w, true
		} else {
			out = f.ev.joinValues(out, w)
		}
	}
	if found && v.open && !(len(v.refs) == 1 && v.refs[0].kind != refConst && v.refs[0].kind != refExt) {
		return out.maybe()
	}
	return out
}

func (f *frame) refMember(r *Ref, v *Value, name string, st *state) *Value {
	switch r.kind {
	case refMod:
		if t := r.mod.Member(name); t != (program.Target{}) {
			if t.Value != nil {
				return f.ev.moduleName(t.Value, t.Name)
			}
			if bs := r.mod.Bindings(name); len(bs) > 1 && !r.mod.Stays(name) {
				return f.ev.moduleName(r.mod, name)
			}
			return f.ev.targetValue(t)
		}
		if name == "__file__" {
			return f.ev.ownFile()
		}
		if made := f.ofModule(r.mod, name); made != nil && len(made.refs) > 0 {
			return made
		}
		return refValue(Ref{kind: refExt, name: r.mod.Name + "." + name})
	case refExt:
		if r.self != nil && strings.HasPrefix(r.name, "?.") {
			return &Value{refs: []Ref{{kind: refExt, name: "?." + name, self: v}}}
		}
		w := Ref{kind: refExt, name: r.name + "." + name}
		if mod := f.fn.Mod.InFolder(w.name); mod != nil && r.self == nil {
			return refValue(Ref{kind: refMod, mod: mod})
		}
		if r.self != nil || len(v.facts) > 0 || v.clean {
			w.self = v
		}
		return refValue(w)
	case refExtInst:
		w := refValue(Ref{kind: refExt, name: r.name + "." + name, self: v})
		return w
	case refClass:
		return f.classMember(r.cls, name, v, false)
	case refInst:
		if out := f.memberAttr(r, name, v); out != nil {
			return out
		}
		if out := f.instMember(r.cls, name, v, st); out != nil {
			return out
		}
		return f.computed(r.cls, name, v)
	case refSuper:
		return f.superMember(r, name)
	case refConst:
		if name == "value" || name == "_value_" { // of an enumeration
			plain := *r
			plain.cls = nil
			return refValue(plain).literal()
		}
		if r.cls != nil && r.cls.Method(name) != nil {
			return f.instMember(r.cls, name, v, st)
		}
		if r.lit == ir.Str || r.lit == ir.Bytes {
			return refValue(Ref{kind: refExt, name: "str." + name, self: v})
		}
	case refFunc:
		if name == "__func__" || name == "__wrapped__" {
			return refValue(*r)
		}
	}
	return nil
}

// instMember is an attribute of an instance: method, property, class attribute, or a field stored by some method.
func (f *frame) instMember(c *program.Class, name string, self *Value, st *state) *Value {
	if name == "__class__" {
		return refValue(Ref{kind: refClass, cls: c})
	}
	out := f.ev.fieldValue(c, name)
	if v := f.classMember(c, name, self, true); v != nil {
		switch {
		case out == nil || len(v.refs) == 0 || v.refs[0].kind == refFunc:
		case !out.open: // every constructor replaces what the class says
			v = out
		case len(out.refs) > 0 && ofLibrary(v) && f.ev.storedByConstructor(c, name): // so does it hide what a library's base has
			v = out
		default:
			v = f.ev.joinValues(v, out)
		}
		out = v
		if self.open { // of an object that is made here, the constructor call tells
			if out = f.ev.fieldDefault(c, name, v); out != v && self.sym != noSym {
				out.deps |= f.ev.depsOf(&Value{sym: f.ev.syms.of(symAttr, self.sym, 0, "."+name)})
			}
		}
	}
	if out != nil && self.sym != noSym && (out.open || len(out.refs) > 1) && slices.ContainsFunc(out.refs, func(r Ref) bool { return r.kind == refConst }) {
		w := *out // one of some constants: for an object that is known, its own
		w.deps |= f.ev.depsOf(&Value{sym: f.ev.syms.of(symAttr, self.sym, 0, "."+name)})
		out = &w
	}
	if out == nil || onlyNone(out) {
		out = withDeclared(out, f.ev.declaredField(c, name))
	}
	return f.digested(c, name, out, self)
}

// ofLibrary says whether all that is known of a value are names of libraries.
func ofLibrary(v *Value) bool {
	return !slices.ContainsFunc(v.refs, func(r Ref) bool { return r.kind != refExt })
}

// storedByConstructor says whether a constructor of a class stores the attribute.
func (ev *eval) storedByConstructor(c *program.Class, name string) bool {
	for _, k := range c.MRO() {
		for _, fn := range ev.storesOf(k, name) {
			if constructors[fn.Name] {
				return true
			}
		}
	}
	return false
}

// classMember looks a name up along the MRO; self is bound to methods when inst is set, else the class itself to
// class methods.
func (f *frame) classMember(c *program.Class, name string, self *Value, inst bool) *Value {
	var out *Value
	if m := c.Method(name); m != nil {
		m = getter(c, m)
		// Which override runs is not known for an instance that came from outside, nor for its class.
		if self.open && len(self.refs) == 1 {
			out = f.overridden(c, m, self, inst)
		} else {
			out = f.boundMethod(m, self, inst)
		}
		if out.refs != nil && inst && (isProperty(m) || f.ev.describes(m)) {
			return f.property(out)
		}
		return out
	}
	if v := f.ev.classAttr(c, name); v != nil {
		if m := f.ev.memberOf(c, name, v); m != nil {
			return m
		}
		if self.open {
			f.sum.matter |= f.ev.depsOf(self)
			for _, sub := range f.ev.prog.Heirs(c, maxOverrides, func(m *program.Module) bool { return m.MayBind(name) }) {
				if w := f.ev.ownAttr(sub, name); w != nil {
					v = f.ev.joinValues(v, w)
				}
			}
			if len(v.refs) > 1 && plainRefs(v.refs) && f.ev.syms.inputOf(self.sym) >= 0 { // which of the constants it is the caller knows
				w := *v
				w.sym = f.ev.syms.of(symAttr, self.sym, 0, "."+name)
				v = &w
			}
		}
		if inst {
			if w := f.described(c, name, self); w != nil {
				return w
			}
			return f.setOnClass(c, name, boundPartial(v, self))
		}
		return v
	}
	if !inst {
		if v := f.metaMember(c, name, self); v != nil {
			return v
		}
	}
	if ext := c.External(); len(ext) > 0 && !strings.HasPrefix(name, "_") {
		out = &Value{}
		for _, e := range ext[:min(len(ext), maxRefs)] {
			if f.ev.pack.Intrinsic(e) == rule.IsRoot {
				continue
			}
			out.refs = append(out.refs, Ref{kind: refExt, name: e + "." + name, self: self})
		}
		if len(out.refs) > 0 {
			out.open = true
			return out
		}
	}
	if inst {
		if out := f.subclassMethod(c, name, self); out != nil {
			return out
		}
	}
	return nil
}

// subclassMethod finds a method that only subclasses define (an abstract protocol).
func (f *frame) subclassMethod(c *program.Class, name string, self *Value) *Value {
	if !self.open {
		return nil
	}
	var out *Value
	overrides, _ := f.ev.prog.Overrides(c, name, maxOverrides, f.ev.rel.file)
	for _, o := range overrides {
		w := f.boundMethod(o, self, true)
		if out == nil {
			out = w
		} else {
			out = &Value{refs: append(slices.Clip(out.refs), w.refs...), open: true}
		}
	}
	if out != nil {
		f.sum.matter |= f.ev.depsOf(self)
	}
	return out
}

// maxOverrides is how many overriding methods a call may go to.
const maxOverrides = 16

func (f *frame) boundMethod(m *program.Fn, self *Value, inst bool) *Value {
	r := Ref{kind: refFunc, fn: m}
	switch {
	case hasDecorator(m, "staticmethod"):
	case hasDecorator(m, "classmethod") || isImplicitClassMethod(m):
		r.self = classOf(self)
	case inst:
		r.self = self
	}
	return refValue(r)
}

// classOf gives the class of an instance, or the class itself.
func classOf(v *Value) *Value {
	if v == nil {
		return nil
	}
	w := &Value{open: v.open, sym: v.sym}
	for _, r := range v.refs {
		switch r.kind {
		case refInst:
			w.refs = append(w.refs, Ref{kind: refClass, cls: r.cls})
		case refClass:
			w.refs = append(w.refs, r)
		}
	}
	return w
}

func isProperty(fn *program.Fn) bool {
	return hasDecorator(fn, "property", "cached_property", "lazy_property", "abstractproperty", "getter")
}

// methodRef is the name of a reference to a partial that becomes a method: def of a class with some arguments bound.
const methodRef = "method"

// boundPartial gives the partial methods of a class attribute the object that they are read from.
func boundPartial(v, self *Value) *Value {
	if !slices.ContainsFunc(v.refs, func(r Ref) bool { return r.kind == refPartial && r.name == methodRef }) {
		return v
	}
	w := *v
	w.refs = slices.Clone(v.refs)
	for i := range w.refs {
		if r := &w.refs[i]; r.kind == refPartial && r.name == methodRef {
			b := r.bound()
			b.args = append([]arg{{val: self}}, b.args...)
			r.with = &b
		}
	}
	return &w
}

// describes reports whether a method is decorated with a class of the tree that reads like an attribute: one with __get__.
func (ev *eval) describes(m *program.Fn) bool {
	return slices.ContainsFunc(m.Decorators, func(d ir.Decorator) bool {
		if d.Path == "" || m.Parent < 0 {
			return false
		}
		t := ev.chainTarget(m.Mod.Fns[m.Parent], d.Path)
		return t.Class != nil && t.Class.Method("__get__") != nil
	})
}

// property gives the value of properties: they are called when read.
func (f *frame) property(m *Value) *Value {
	if f.cur == nil {
		return nil
	}
	return f.callRefs(m, nil, f.curInstr, f.cur)
}

func (f *frame) superMember(r *Ref, name string) *Value {
	self := r.self
	for _, k := range r.cls.MRO()[1:] {
		if i, ok := k.Methods[name]; ok {
			return f.boundMethod(k.Mod.Fns[i], self, true)
		}
	}
	if ext := r.cls.External(); len(ext) > 0 {
		out := &Value{}
		for _, e := range ext[:min(len(ext), maxRefs)] {
			out.refs = append(out.refs, Ref{kind: refExt, name: e + "." + name, self: self})
		}
		return out
	}
	return nil
}

package taint

import (
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
	"github.com/pickletrace/pickletrace/pkg/rule"
)

// Names that are put together: of the attributes that fit what is known of the name, those are meant that lead to a sink,
// a source or a check.
//
//	getattr(self, f"read_{kind}")(body)
//	globals()["as_" + kind](body)
//	getattr(import_module(module), name)      of a table of constants

// texts returns the constant texts that a value may be; nil if it may be none of them.
func texts(v *Value) []string {
	if v == nil {
		return nil
	}
	var out []string
	for i := range v.refs {
		if r := &v.refs[i]; r.kind == refConst && r.lit == ir.Str && !strings.Contains(r.name, hole) {
			out = append(out, r.name)
		}
	}
	return out
}

// named gives an attribute of which the name is one of some texts, or partly known; nil if nothing fits.
func (f *frame) named(obj, name *Value, st *state, in *ir.Instr) *Value {
	if obj == nil {
		return nil
	}
	var out *Value
	join := func(v *Value) {
		if v != nil && out == nil {
			out = v
		} else if v != nil {
			out = f.ev.joinValues(out, v)
		}
	}
	if all := texts(name); len(all) > 0 {
		for _, s := range all {
			join(f.attr(obj, s, st, in))
		}
		return out.maybe()
	}
	begin, end := name.ends()
	if begin == "" && end == "" {
		return nil
	}
	for i := range obj.refs {
		for _, s := range f.ev.fitting(&obj.refs[i], begin, end) {
			join(f.attr(obj, s, st, in))
		}
	}
	return out.maybe()
}

// fitting returns the names of functions of a class or module that begin and end so, and lead somewhere that matters.
func (x *textIndex) fitting(r *Ref, begin, end string) []string {
	var out []string
	add := func(fn *program.Fn) {
		if name := fn.Name; strings.HasPrefix(name, begin) && strings.HasSuffix(name, end) && len(name) >= len(begin)+len(end) &&
			x.rel.reaches(fn, nearbyCalls) && !slices.Contains(out, name) && len(out) < maxRefs {
			out = append(out, name)
		}
	}
	switch r.kind {
	case refInst, refClass:
		for _, k := range r.cls.MRO() {
			for _, fn := range k.Mod.Fns {
				if fn.Owner == k {
					add(fn)
				}
			}
		}
	case refMod:
		for _, fn := range r.mod.Load().Fns {
			if fn.Parent == 0 && fn.Owner == nil && fn.Kind == ir.Plain {
				add(fn)
			}
		}
	}
	return out
}

// namespace gives an element of globals(), or of the variables of a module: v[key].
func (f *frame) namespace(v, key *Value, st *state) *Value {
	if v == nil || len(v.refs) != 1 || v.refs[0].kind != refMod {
		return nil
	}
	return f.named(v, key, st, f.curInstr)
}

// resolved gives what dotted names stand for: import_string("pickle.loads").
func (c *extCall) resolved() (*Value, bool) {
	var out *Value
	for _, s := range texts(c.args[0].val) {
		s = strings.ReplaceAll(s, ":", ".")
		t := c.f.fn.Mod.LookupIn(0, s)
		if i := strings.LastIndexByte(s, '.'); i > 0 && t == (program.Target{}) {
			if m := c.f.fn.Mod.Resolve(s[:i], 0); m != nil {
				t = m.Member(s[i+1:])
			} else {
				t.Ext = s
			}
		}
		v := c.f.ev.targetValue(t)
		switch {
		case v == nil:
		case out == nil:
			out = v
		default:
			out = c.f.ev.joinValues(out, v)
		}
	}
	return out, out != nil
}

// spelt gives what a text in a module names in the tree: "package.module:function", "package.module.function".
func (g *given) spelt(m *program.Module, s string) program.Target {
	s = strings.Replace(s, ":", ".", 1)
	i := strings.LastIndexByte(s, '.')
	if i <= 0 || !isDotted(s) {
		return program.Target{}
	}
	if in := m.Resolve(s[:i], 0); in != nil {
		return in.Member(s[i+1:])
	}
	return program.Target{}
}

// refFuncs gives the function that a name stands for, nil for everything else.
func refFuncs(t program.Target) *Value {
	if t.Fn == nil {
		return nil
	}
	return refValue(Ref{kind: refFunc, fn: t.Fn})
}

// modules gives the modules of which the names are among some texts.
func (f *frame) modules(name *Value) *Value {
	var refs []Ref
	for _, s := range texts(name) {
		r := Ref{kind: refExt, name: s}
		if m := f.fn.Mod.Resolve(s, 0); m != nil {
			r = Ref{kind: refMod, mod: m}
		}
		refs = append(refs, r)
	}
	if len(refs) == 0 || len(refs) > maxRefs {
		return nil
	}
	return &Value{refs: refs, open: true}
}

// parted gives the parts into which texts of a table are split at their last or first mark: name.rpartition(".").
func (c *extCall) parted() (*Value, bool) {
	three := c.how == rule.DoPartition || c.how == rule.DoPartitionLast
	fromEnd := c.how == rule.DoSplitLast || c.how == rule.DoPartitionLast
	if !three && !fromEnd && c.how != rule.DoSplit || len(c.args) == 0 {
		return nil, false
	}
	all := texts(c.self)
	sep, ok := c.args[0].val.strKonst()
	if !ok || sep == "" || len(all) == 0 || len(sourceFacts(c.self.facts, 0)) > 0 {
		return nil, false
	}
	parts := make([]*Value, 3)
	for _, s := range all {
		i := strings.Index(s, sep)
		if fromEnd {
			i = strings.LastIndex(s, sep)
		}
		if i < 0 || c.how == rule.DoSplit && len(c.args) < 2 && strings.Count(s, sep) > 1 {
			return nil, false
		}
		words := []string{s[:i], s[i+len(sep):]}
		if three {
			words = []string{s[:i], sep, s[i+len(sep):]}
		}
		for j, w := range words {
			v := c.f.constant(&ir.Const{Kind: ir.Str, S: w})
			if parts[j] == nil {
				parts[j] = v
			} else {
				parts[j] = c.f.ev.joinValues(parts[j], v)
			}
		}
	}
	out := &Value{shape: true, clean: true, open: true, sym: c.f.callSym()}
	c.f.clearHeap(c.st, out.sym)
	c.st.makes(out.sym)
	for j, v := range parts {
		if v != nil {
			c.st.set(heapKey{out.sym, "[" + itoa(j) + "]"}, v)
		}
	}
	return out, true
}

// bySpelling adds the functions that may find a method or function by a name that they put together: those of its class
// that call getattr, those of its module that call globals.
func (w *worklist) bySpelling(fn *program.Fn) {
	if !strings.Contains(strings.Trim(fn.Name, "_"), "_") {
		return
	}
	if fn.Owner == nil {
		for _, word := range w.ev.pack.IntrinsicWords(rule.DoGlobals) {
			w.add(fn.Mod.Users(word)...)
		}
		return
	}
	for _, word := range w.ev.pack.IntrinsicWords(rule.DoGetAttr) {
		for _, u := range fn.Mod.Users(word) {
			if u.Owner != nil && related(u.Owner, fn.Owner) {
				w.add(u)
			}
		}
	}
}

// subclassed does what the bases of a class do when one below them is defined: __init_subclass__.
func (f *frame) subclassed(c *program.Class, in *ir.Instr, st *state) {
	for _, k := range c.MRO()[1:] {
		i, ok := k.Methods["__init_subclass__"]
		if !ok {
			continue
		}
		cls := refValue(Ref{kind: refClass, cls: c})
		cls.sym = f.ev.classSym(c)
		f.callFunc(&Ref{kind: refFunc, fn: k.Mod.Fns[i], self: cls}, f.classKeywords(c), in, st)
		return
	}
}

// subclasses gives the classes below one: Plugin.__subclasses__().
func (c *extCall) subclasses() (*Value, bool) {
	if c.self == nil || len(c.self.refs) != 1 || c.self.refs[0].kind != refClass {
		return nil, false
	}
	out := &Value{shape: true, clean: true, open: true, sym: c.f.callSym()}
	c.f.clearHeap(c.st, out.sym)
	c.st.makes(out.sym)
	base := c.self.refs[0].cls
	for _, k := range c.f.ev.prog.Heirs(base, maxOverrides, func(*program.Module) bool { return true }) {
		v := refValue(Ref{kind: refClass, cls: k})
		v.sym = c.f.ev.classSym(k)
		c.f.weakStore(c.st, heapKey{out.sym, "[*]"}, v)
	}
	return out, true
}

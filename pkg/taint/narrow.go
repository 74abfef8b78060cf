package taint

import (
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
)

// Tests of what an object is, which say on both branches what a variable may still refer to:
//
//	if isinstance(codec, LegacyCodec):   here it is one
//	    raise Refused
//	codec.unpack(body)                   here it is none
//
// `type(codec) is LegacyCodec` and `case LegacyCodec():` say the same.

// isA decides isinstance(value, classes), or says what each answer means.
func (c *extCall) isA() *Value {
	out := &Value{open: true, clean: true}
	if len(c.args) != 2 {
		return out
	}
	v := c.args[0].val
	types, all := c.f.typesIn(c.args[1].val, c.st, 2)
	if v == nil || len(types) == 0 {
		return out
	}
	c.f.asksClass(v, types)
	if t := c.f.decideClass(v, types, all); t >= 0 {
		w := c.f.ev.boolean(t == 1)
		w.deps = c.f.ev.depsOf(v)
		return w
	}
	if classes := ofTree(types); all && v.sym != noSym && len(classes) == len(types) {
		out.cond = isOne(v.sym, classes)
	}
	out.deps = c.f.ev.depsOf(v)
	return out
}

// isOne gives the condition that an object is of one of some classes.
func isOne(n sym, classes []*program.Class) *Cond {
	var keys []string
	for _, k := range classes {
		keys = append(keys, (&Ref{kind: refClass, cls: k}).key())
	}
	slices.Sort(keys)
	x := condFact{kind: condIs, sym: n, text: strings.Join(keys, ","), classes: classes}
	y := x
	y.kind = condIsNot
	return &Cond{yes: []condFact{x}, no: []condFact{y}}
}

// asksClass notes that what class the inputs below a value have decides a branch.
func (f *frame) asksClass(v *Value, types []Ref) {
	if len(ofTree(types)) > 0 {
		f.sum.methods |= f.ev.depsOf(v)
	}
}

// typesIn gives the classes that a value, or each element of a tuple of them, is; all is false if there may be others.
func (f *frame) typesIn(v *Value, st *state, depth int) (types []Ref, all bool) {
	if v == nil || depth == 0 {
		return nil, false
	}
	for i := range v.refs {
		if r := &v.refs[i]; r.kind == refClass || r.kind == refExt {
			types = append(types, *r)
		}
	}
	if len(types) > 0 {
		return types, len(types) == 1 && !v.open
	}
	if !v.shape || v.sym == noSym {
		return nil, false
	}
	all = true
	for _, k := range f.elementKeys(v, st) {
		x, _ := f.lookup(st, k.obj, k.seg)
		below, sure := f.typesIn(x, st, depth-1)
		types, all = append(types, below...), all && sure
	}
	return types, all && len(types) > 0 && len(types) <= maxRefs
}

// ofTree keeps the classes of the tree.
func ofTree(types []Ref) []*program.Class {
	var out []*program.Class
	for i := range types {
		if types[i].kind == refClass {
			out = append(out, types[i].cls)
		}
	}
	return out
}

// literalTypes are the classes of literals.
var literalTypes = map[ir.ConstKind]string{ir.Str: "str", ir.Bytes: "bytes", ir.Int: "int", ir.Float: "float", ir.True: "bool", ir.False: "bool", ir.None: "NoneType"}

// decideClass says whether a value surely is of one of some classes (1), surely is not (0), or neither (-1).
func (f *frame) decideClass(v *Value, types []Ref, all bool) int {
	if v.open || v.assumed != "" || len(v.refs) == 0 {
		return -1
	}
	answer := -1
	for i := range v.refs {
		t := isOf(&v.refs[i], types)
		if t < 0 || t == 0 && !all || i > 0 && t != answer {
			return -1
		}
		answer = t
	}
	return answer
}

// isOf says whether one thing is of one of some classes: 1 surely, 0 surely not, -1 unknown.
func isOf(r *Ref, types []Ref) int {
	switch r.kind {
	case refInst:
		for i := range types {
			if types[i].kind == refClass && slices.Contains(r.cls.MRO(), types[i].cls) {
				return 1
			}
			if types[i].kind == refExt && len(r.cls.External()) > 0 {
				return -1
			}
		}
		return 0
	case refConst:
		name, known := literalTypes[r.lit]
		for i := range types {
			switch t := &types[i]; {
			case t.kind == refExt && t.name == name:
				return 1
			case !known || t.kind == refExt && !plainTypes[t.name] || r.lit != ir.Str && r.lit != ir.Bytes:
				return -1 // a number may be of an abstract class, and True is an int
			}
		}
		return 0
	}
	return -1
}

// narrow makes a state know that the objects of a symbol are (is) or are not of some classes.
func (f *frame) narrow(st *state, c condFact) {
	is := c.kind == condIs
	narrowed := func(v *Value) *Value {
		w := f.narrowed(v, c.classes, is)
		if !is && len(w.refs) == 0 && len(v.refs) > 0 && !v.open {
			st.dead = true
		}
		return w
	}
	for i, v := range st.locals.all() {
		if v != nil && v.sym == c.sym {
			st.locals.set(i, narrowed(v))
		}
	}
	in := f.ev.syms.info[c.sym]
	if in.op != symAttr || !strings.HasPrefix(in.s, ".") {
		return
	}
	v, ok := st.get(heapKey{in.a, in.s})
	if base := f.ev.syms.info[in.a]; !ok && base.op == symInput && int(base.a) < len(f.inputs) { // a field of a parameter
		v = f.attr(f.inputs[base.a], in.s[1:], st, f.curInstr)
	}
	if v != nil {
		st.set(heapKey{in.a, in.s}, narrowed(v))
	}
}

// narrowed gives a value as one of some classes, or of none of them.
func (f *frame) narrowed(v *Value, classes []*program.Class, is bool) *Value {
	w := *v
	w.refs = nil
	below := func(r *Ref, k *program.Class) bool { return r.kind == refInst && slices.Contains(r.cls.MRO(), k) }
	for i := range v.refs {
		r := &v.refs[i]
		in := slices.ContainsFunc(classes, func(k *program.Class) bool { return below(r, k) })
		switch {
		case in == is && r.kind == refInst, r.kind != refInst && !is:
			w.refs = append(w.refs, *r)
		case is && r.kind == refInst:
			for _, k := range classes { // one of a class below the one that it was known to be
				if slices.Contains(k.MRO(), r.cls) {
					w.refs, w.open = addRefs(w.refs, []Ref{{kind: refInst, cls: k}}), true
				}
			}
		}
	}
	if is && len(w.refs) == 0 && len(classes) <= maxRefs {
		w.open = true
		for _, k := range classes {
			w.refs = append(w.refs, Ref{kind: refInst, cls: k})
		}
	}
	return &w
}

// sameClass is what `type(value) is Class` says; nil for comparisons of other things.
func (f *frame) sameClass(a, b *Value) *Cond {
	if a == nil || b == nil || len(b.refs) != 1 || b.refs[0].kind != refClass || b.open || f.ev.syms.info[a.sym].op == symClass || a.sym == noSym {
		return nil
	}
	if !a.open && len(a.refs) == 1 && a.refs[0].kind == refClass {
		return nil
	}
	f.sum.methods |= f.ev.depsOf(a)
	c := isOne(a.sym, []*program.Class{b.refs[0].cls})
	if len(f.ev.prog.Heirs(b.refs[0].cls, 1, f.ev.rel.file)) > 0 {
		c.no = nil // it may be of a class below
	}
	return c
}

// foldClass decides comparisons of classes of the tree.
func (f *frame) foldClass(op ir.CmpOp, a, b *Value) *Value {
	if a == nil || b == nil || a.open || b.open || len(a.refs) != 1 || len(b.refs) != 1 || a.refs[0].kind != refClass || b.refs[0].kind != refClass {
		return nil
	}
	w := f.ev.equality(op, a.refs[0].cls == b.refs[0].cls)
	if w != nil {
		w.deps = f.ev.depsOf(a) | f.ev.depsOf(b)
	}
	return w
}

package taint

import (
	"cmp"
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
	"github.com/pickletrace/pickletrace/pkg/rule"
)

// index reads v[key].
func (f *frame) index(v, key *Value, st *state) *Value {
	if isAnnotated(v) {
		return f.annotatedType(key, st)
	}
	if v == nil || f.ev.isGeneric(v) {
		return v // Loader[int] is Loader
	}
	if c := f.foldIndex(v, key); c != nil {
		return c
	}
	if f.ev.rowsOf(v) != nil {
		if name, ok := key.strKonst(); ok {
			return cmp.Or(f.rowAttr(v, name, st), v)
		}
		return v
	}
	if m := cmp.Or(f.inPlace(v, key, st), f.lookUpMember(v, key)); m != nil {
		return m
	}
	key = f.fromEnd(v, key, st)
	if k, ok := key.strKonst(); ok && f.methodOf(v, "__getitem__") == nil {
		return f.keepAsked(v, k, f.withHeld(f.item(v, "["+k+"]", st), v, "["+k+"]"), st)
	}
	if m := f.namespace(v, key, st); m != nil {
		return m
	}
	if m := f.special(v, "__getitem__", []arg{{val: key}}, st); m != nil {
		return m
	}
	f.asksKey(v, key)
	out := f.part(v, st, "[*]")
	if m := f.special(v, "__missing__", []arg{{val: key}}, st); m != nil { // of a key that is not there
		return f.ev.joinValues(out, m)
	}
	if out != nil && slices.ContainsFunc(out.refs, func(r Ref) bool { return r.kind != refConst && r.kind != refExtInst }) {
		f.sum.calls |= f.ev.depsOf(key) // it may choose a function or class
	}
	if out != nil && key != nil && key.symbol() != noSym && v.sym != noSym {
		w := *out
		w.deps |= f.ev.depsOf(key) // which text it is
		w.sym = f.ev.syms.of(symOpaque, v.sym, key.sym, "[]")
		out = &w
		if (v.shape || f.ev.isA(v, rule.IsDefaultDict)) && !f.ev.escapes(v.sym) { // what is stored through it is found by iterating
			f.noteKeyed(v.sym, key)
			f.weaken(st, heapKey{v.sym, "[*]"}, out)
		}
	}
	return out
}

// keepAsked keeps an element that a container makes by being asked for it: table[key].append(x).
func (f *frame) keepAsked(v *Value, key string, out *Value, st *state) *Value {
	if out.symbol() == noSym || !f.ev.isA(v, rule.IsDefaultDict) {
		return out
	}
	if _, ok := f.heapGet(st, v.sym, "["+key+"]"); !ok {
		st.set(heapKey{v.sym, "[" + key + "]"}, out)
	}
	return out
}

// isGeneric says whether v is a class that takes type parameters.
func (g *given) isGeneric(v *Value) bool {
	return len(v.refs) == 1 && !v.shape && g.genericRef(v.refs[0])
}

func (g *given) genericRef(r Ref) bool {
	switch r.kind {
	case refClass:
		// A metaclass may give its classes elements, as those of enumerations do.
		return !g.isEnum(r.cls) &&
			!slices.ContainsFunc(r.cls.MRO(), func(c *program.Class) bool { return len(c.Kwargs) > 0 })
	case refExt:
		last := r.name[strings.LastIndexByte(r.name, '.')+1:]
		return last != "" && 'A' <= last[0] && last[0] <= 'Z' && last != strings.ToUpper(last)
	default:
		return false
	}
}

// methodOf gives the method of an in-tree class that v is an instance of, or nil.
func (f *frame) methodOf(v *Value, name string) *Value {
	if v == nil || len(v.refs) != 1 || v.refs[0].kind != refInst {
		return nil
	}
	if m := v.refs[0].cls.Method(name); m != nil {
		return f.boundMethod(m, v, true)
	}
	return nil
}

// special calls a protocol method of an instance of an in-tree class; nil if it has none.
func (f *frame) special(v *Value, name string, args []arg, st *state) *Value {
	m := f.methodOf(v, name)
	if m == nil {
		return nil
	}
	return orUnknown(f.implicit(m, args, st))
}

// isA says whether v is an object of a type that is this to the engine.
func (g *given) isA(v *Value, is rule.Intrinsic) bool {
	if v == nil {
		return false
	}
	for i := range v.refs {
		if r := &v.refs[i]; r.kind == refExtInst && g.pack.Intrinsic(r.name) == is {
			return true
		}
	}
	return false
}

// isFilled says whether v is an object of a library that is filled as the containers of the language are.
func (g *given) isFilled(v *Value) bool {
	return g.isA(v, rule.IsDefaultDict) || g.isA(v, rule.IsDeque)
}

// item reads one known element.
func (f *frame) item(v *Value, seg string, st *state) *Value {
	if got, ok := f.heapGet(st, v.sym, seg); ok {
		got = f.always(got, func() *Value { return f.ownItem(v, seg, st) })
		if rest, ok := f.heapGet(st, v.sym, "[*]"); ok && !v.shape {
			return f.ev.joinValues(got, rest)
		}
		return got
	}
	return f.ownItem(v, seg, st)
}

// ownItem gives what v[seg] is where nothing was stored under that key.
func (f *frame) ownItem(v *Value, seg string, st *state) *Value {
	var out *Value
	if rest, ok := f.heapGet(st, v.sym, "[*]"); ok {
		out = rest
	} else if v.shape && len(v.facts) == 0 {
		return &Value{open: true, clean: v.clean, sym: f.ev.unstored(v.sym, seg)}
	}
	w := &Value{open: true}
	if out != nil {
		c := *out
		w = &c
	}
	w.facts = addFacts(w.facts, f.ev.extend(v.facts, seg))
	w.clean = w.clean || (v.clean && len(w.facts) == 0)
	w.refs = append(w.refs[:len(w.refs):len(w.refs)], f.ev.elementRefs(v)...)
	if w.sym == noSym && v.sym != noSym {
		w.sym = f.ev.syms.of(symIndex, v.sym, 0, seg)
	}
	if v.hash != nil {
		w.hash = v.hash
	}
	return w
}

// unstored returns the symbol of an element that nothing in sight has stored: others may store it where the container is
// one that all see.
func (d *domain) unstored(container sym, seg string) sym {
	if container == noSym || !d.isStatic(container) {
		return noSym
	}
	return d.syms.of(symIndex, container, 0, seg)
}

// elementRefs types the elements of library objects: what rules say that TYPE.__getitem__ gives, else a type of their own.
func (g *given) elementRefs(v *Value) []Ref {
	var out []Ref
	for _, r := range v.refs {
		if r.kind != refExtInst && r.kind != refExt {
			continue
		}
		name := r.name + "[]"
		if types := g.pack.TypeOf(g.pack.Canonical(r.name + ".__getitem__")); len(types) == 1 {
			name = types[0]
		} else if r.kind == refExt {
			continue
		}
		out = append(out, Ref{kind: refExtInst, name: name})
	}
	return out
}

// maxIter bounds iterators that give iterators.
const maxIter = 8

// iterator returns what the methods of an in-tree class give to iterate over, nil if it has none.
func (f *frame) iterator(v *Value, st *state) *Value {
	return cmp.Or(f.special(v, "__iter__", nil, st), f.special(v, "__aiter__", nil, st))
}

// element gives any element of v.
func (f *frame) element(v *Value, st *state) *Value {
	if v == nil {
		return nil
	}
	if f.ev.iterating++; f.ev.iterating > maxIter {
		f.ev.iterating--
		return nil
	}
	defer func() { f.ev.iterating-- }()
	if f.ev.rowsOf(v) != nil || f.ev.isOutside(v.sym) {
		return v
	}
	if row := f.handedRow(v, st); row != nil {
		return row
	}
	if c := f.ev.enumClass(v); c != nil {
		return f.ev.anyMember(c, nil)
	}
	if it := f.iterator(v, st); it != nil {
		if next := cmp.Or(f.special(it, "__next__", nil, st), f.special(it, "__anext__", nil, st)); next != nil {
			return next
		}
		if it.sym != v.sym {
			return f.element(it, st)
		}
	}
	for _, obj := range f.parts(v.sym) {
		f.ev.static(f.fn, obj, "[*]") // what others put there may not be known yet
	}
	var out *Value
	any := false
	for _, k := range f.elementKeys(v, st) {
		if x, ok := f.heapGet(st, k.obj, k.seg); ok {
			if !any {
				out, any = x, true
			} else {
				out = f.ev.joinValues(out, x)
			}
		}
	}
	out = out.stored()
	if any && v.shape && len(v.facts) == 0 {
		return out
	}
	w := &Value{open: true, facts: f.ev.extend(v.facts, "[*]"), refs: f.ev.elementRefs(v)}
	w.clean = v.clean && len(w.facts) == 0
	if v.sym != noSym {
		w.sym = f.ev.syms.of(symVia, v.sym, 0, "[*]")
	}
	if any {
		sym := w.sym
		own := isObject(v) && f.ownElements(v, st)
		w = f.ev.joinValues(out, w)
		c := *w
		c.sym, c.clean = sym, c.clean || own
		return f.withHeld(&c, v, "[*]")
	}
	return f.withHeld(w, v, "[*]")
}

// isObject reports whether a value is known to be an object of a library class: what nobody puts in is not in there.
func isObject(v *Value) bool { return len(v.refs) == 1 && v.refs[0].kind == refExtInst }

// ownElements reports whether all that is known to be in a container is the program's own, and something is.
func (f *frame) ownElements(v *Value, st *state) bool {
	if v.sym == noSym || len(v.facts) > 0 {
		return false
	}
	keys := f.elementKeys(v, st)
	return len(keys) > 0 && !slices.ContainsFunc(keys, func(k heapKey) bool {
		x, _ := f.lookup(st, k.obj, k.seg)
		return !x.isClean()
	})
}

// elementKeys gives the heap keys of the elements of v, through joins.
func (f *frame) elementKeys(v *Value, st *state) []heapKey {
	out := f.elementsOf(f.parts(v.sym), st)
	for _, obj := range f.parts(v.sym) {
		if len(out) == 0 {
			out = f.elementsOf(f.mayBe(st, obj), st)
		}
	}
	return out
}

// elementsOf gives the heap keys of the elements of some objects.
func (f *frame) elementsOf(objs []sym, st *state) []heapKey {
	var out []heapKey
	for _, obj := range objs {
		for _, k := range f.keys(st, obj) {
			if strings.HasPrefix(k.seg, "[") {
				out = append(out, k)
			}
		}
	}
	return out
}

// parts gives the objects a symbol may be.
func (f *frame) parts(n sym) []sym { return f.ev.syms.parts(n) }

// part gives some part of v: a slice, an unknown element.
func (f *frame) part(v *Value, st *state, how string) *Value {
	if v == nil {
		return nil
	}
	if how == "[*]" {
		return f.element(v, st)
	}
	w := *v
	w.sym = noSym
	if v.sym != noSym {
		w.sym = f.ev.syms.of(symVia, v.sym, 0, how)
	}
	w.cond = nil
	if c, ok := v.konst(); ok && c.lit == ir.Str {
		w.refs, w.open = nil, true
	}
	if v.shape {
		if el := f.element(v, st); el != nil {
			st.set(heapKey{w.sym, "[*]"}, el)
		}
	}
	return &w
}

// slice is a part of data between bounds. Parts with the same fixed bounds are the same.
func (f *frame) slice(in *ir.Instr, st *state) *Value {
	if v := f.reg(in.A); f.ev.rowsOf(v) != nil || v != nil && f.ev.isOutside(v.sym) {
		return v
	}
	how := partMark
	for _, v := range f.operands(in.B, in.C) {
		if _, ok := v.konst(); !ok {
			how = "slice"
		}
	}
	text := f.fn.Mod.IR.File.Text
	if end := int(in.Span.End); end <= len(text) && in.Span.Start >= 0 {
		src := string(text[in.Span.Start:end])
		how += clip(src[max(strings.LastIndexByte(src, '['), 0):], 40)
	}
	v := f.part(f.reg(in.A), st, how)
	if h := f.hashOf(v, st); h != nil && v.hash != nil {
		d := *h
		d.weak = cmp.Or(d.weak, "only a part of the digest is compared")
		v.hash = &d
	}
	return v
}

func (f *frame) unpack(v *Value, i, n int, st *state) *Value {
	if v == nil {
		return nil
	}
	if f.ev.rowsOf(v) != nil { // a row, and whether it was made: get_or_create
		return v
	}
	if len(v.refs) == 1 && v.refs[0].kind == refExtInst && strings.Contains(v.refs[0].name, "\x00") {
		// a library call that returns a tuple of types
		names := strings.Split(v.refs[0].name, "\x00")
		w := f.item(v, "["+itoa(i)+"]", st)
		c := *w
		c.refs = nil
		if i >= 0 && i < len(names) && names[i] != "object" { // targets behind a starred one count from the end
			c.refs = []Ref{{kind: refExtInst, name: names[i]}}
		}
		return &c
	}
	return f.item(v, "["+itoa(i)+"]", st)
}

// deep gives all facts of v and of what hangs on it.
func (f *frame) deep(v *Value, st *state) []*Fact {
	if v == nil {
		return nil
	}
	out := v.facts
	if v.sym != noSym && f.ev.syms.info[v.sym].op != symConst {
		f.deepSeen = 0
		out = f.deepSym(out, v.sym, st, 3)
	}
	return out
}

func (f *frame) deepSym(out []*Fact, n sym, st *state, depth int) []*Fact {
	for _, obj := range f.parts(n) {
		for _, k := range f.keys(st, obj) {
			if k.seg == "%" || k.seg == "#" || k.seg == "suffix" {
				continue
			}
			if f.deepSeen++; !f.ev.within(limitDeep, f.deepSeen) {
				return out
			}
			x, _ := f.lookup(st, k.obj, k.seg)
			if x == nil || len(x.facts) > 0 && st.valid.size() > 0 && f.checkedFully(x.sym, st) {
				continue
			}
			out = addFacts(out, x.facts)
			if depth > 0 && x.sym != noSym && x.sym != n {
				out = f.deepSym(out, x.sym, st, depth-1)
			}
		}
	}
	return out
}

// ---- stores --------------------------------------------------------------------------------------------------------

func (f *frame) storeAttr(obj *Value, name string, v *Value, st *state, in *ir.Instr) {
	if obj == nil {
		return
	}
	f.assignedCallback(obj, name, v, st, in)
	f.keepStored(obj, name, v, st, in)
	if f.setThrough(obj, name, v, st, in) {
		return
	}
	v = f.singleton(obj, name, v, st)
	v = f.noteStore(v, "."+name, in)
	f.reachField(obj, name, v, st, in)
	for i := range obj.refs {
		if r := &obj.refs[i]; r.kind == refMod {
			st.set(heapKey{f.ev.globalSym(r.mod), name}, orUnknown(v))
		}
	}
	if obj.sym == noSym {
		return
	}
	st.set(heapKey{obj.sym, "." + name}, orUnknown(v))
	f.aliasElement(st, heapKey{obj.sym, "." + name}, v)
}

func (f *frame) noteStore(v *Value, where string, in *ir.Instr) *Value {
	if v == nil || len(v.facts) == 0 {
		return v
	}
	return v.withFacts(f.stepped(v.facts, provStore, in, said("stored in '"+where+"'")))
}

func (f *frame) storeIndex(obj, key, v *Value, st *state, in *ir.Instr) {
	if obj == nil || obj.sym == noSym {
		return
	}
	v = f.noteStore(v, "[…]", in)
	f.storeKey(st, obj.sym, key, v)
	f.aliasElement(st, heapKey{obj.sym, keyed(key)}, v)
	f.reachElement(obj, keyed(key), v, st, in)
}

// keyed returns the heap segment of an element under a key.
func keyed(key *Value) string {
	if k, ok := key.strKonst(); ok {
		return "[" + k + "]"
	}
	return "[*]"
}

// exitWith leaves a with block. One that swallows exceptions (contextlib.suppress) may have been left before a check
// in it was made.
func (f *frame) exitWith(in *ir.Instr, st *state) {
	f.awaitAll(f.reg(in.A), st)
	before, ok := f.quiet[in.A]
	if !ok {
		return
	}
	for n := range st.guards() {
		if !before[n] {
			st.setGuard(n, nil)
		}
	}
}

// enter gives what `with v as x` binds.
func (f *frame) enter(v *Value, st *state, in *ir.Instr) *Value {
	if v == nil {
		return nil
	}
	if len(v.refs) == 1 && f.ev.isA(v, rule.DoSuppress) {
		if f.quiet == nil {
			f.quiet = map[ir.Reg]map[sym]bool{}
		}
		f.quiet[in.A] = st.guards()
	}
	for _, name := range []string{"__enter__", "__aenter__"} {
		for i := range v.refs {
			r := &v.refs[i]
			switch r.kind {
			case refInst:
				if m := r.cls.Method(name); m != nil {
					return f.callRefs(f.boundMethod(m, v, true), nil, in, st)
				}
			case refExtInst:
				if t := f.ev.pack.TypeOf(r.name + "." + name); len(t) > 0 {
					w := *v
					w.refs = []Ref{{kind: refExtInst, name: strings.Join(t, "\x00")}}
					return &w
				}
			}
		}
	}
	if v.sym != noSym {
		if x, ok := f.heapGet(st, v.sym, "[*]"); ok && v.shape { // a generator used as context manager
			return x
		}
	}
	return v
}

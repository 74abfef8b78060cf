package taint

import (
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
	"github.com/pickletrace/pickletrace/pkg/rule"
)

// Values that an instruction makes: containers, generators, functions.

func (f *frame) sequence(in *ir.Instr, st *state) *Value {
	v := &Value{shape: true, clean: true, sym: f.site(in), open: true}
	f.clearHeap(st, v.sym)
	st.makes(v.sym)
	fixed := true
	for i, a := range f.fn.Body().Args[in.A : in.A+in.B] {
		x := f.reg(a.Val)
		if a.Kind == ir.StarArg {
			fixed = false
			x = f.element(x, st)
		}
		v.clean = v.clean && x.isClean()
		if fixed && i < 16 {
			st.set(heapKey{v.sym, "[" + itoa(i) + "]"}, orUnknown(x))
		} else {
			f.weakStore(st, heapKey{v.sym, "[*]"}, x)
		}
	}
	return v
}

func orUnknown(v *Value) *Value {
	if v == nil {
		return &Value{open: true}
	}
	return v
}

// clearHeap forgets what an earlier run of the same instruction (in a loop) put under its symbol.
func (f *frame) clearHeap(st *state, n sym) {
	if len(f.loops) == 0 {
		return
	}
	for _, k := range st.allKeysOf(n) {
		st.set(k, nil)
	}
}

func (f *frame) dict(in *ir.Instr, st *state) *Value {
	v := &Value{shape: true, clean: true, sym: f.site(in), open: true}
	f.clearHeap(st, v.sym)
	st.makes(v.sym)
	for _, a := range f.fn.Body().Args[in.A : in.A+in.B] {
		x := f.reg(a.Val)
		if a.Kind == ir.DoubleStarArg {
			f.copyItems(st, v.sym, x)
			v.shape = v.shape && x != nil && x.shape
			v.clean = v.clean && x.isClean()
			v.facts = addFacts(v.facts, x.getFacts())
			continue
		}
		v.clean = v.clean && x.isClean()
		if k, ok := f.reg(a.Key).strKonst(); ok {
			f.setting(rule.InKey, k, a.Val, in, st)
		}
		f.storeKey(st, v.sym, f.reg(a.Key), x)
	}
	v.clean = v.clean && len(v.facts) == 0
	return v
}

func (f *frame) storeKey(st *state, obj sym, key, x *Value) {
	if k, ok := key.strKonst(); ok {
		st.set(heapKey{obj, "[" + k + "]"}, orUnknown(x))
		return
	}
	f.noteKeyed(obj, key)
	f.weaken(st, heapKey{obj, "[*]"}, x)
	if key != nil && (len(key.facts) > 0 || len(key.refs) > 0 || f.hasElements(key, st)) {
		f.weakStore(st, heapKey{obj, keySeg}, key)
	}
}

// keySeg holds the keys of a mapping that are not literals.
const keySeg = "keys"

// hasElements says whether something is known to hang on a value.
func (f *frame) hasElements(v *Value, st *state) bool {
	return v.sym != noSym && len(st.keysOf(v.sym)) > 0
}

// anyKey gives any key of a mapping, nil if none is known: those that are written there and may name files, and what is known of
// others.
func (f *frame) anyKey(v *Value, st *state) *Value {
	out, found := f.heapGet(st, v.sym, keySeg)
	if !found {
		out = nil
	}
	if !v.shape || len(v.facts) > 0 {
		return out
	}
	for _, k := range f.elementsOf(f.parts(v.sym), st) {
		word := strings.TrimSuffix(strings.TrimPrefix(k.seg, "["), "]")
		if strings.Trim(word, "-0123456789*") == "" || !strings.ContainsAny(word, "./") { // of a list, not known, or the name of no file
			continue
		}
		key := f.constant(&ir.Const{Kind: ir.Str, S: word})
		if out == nil {
			out = key
		} else {
			out = f.ev.joinValues(out, key)
		}
	}
	if out.symbol() != noSym && f.ev.syms.info[out.sym].op == symPhi { // what is checked in a loop is checked of all keys
		w := *out
		w.sym = f.ev.syms.of(symOpaque, v.sym, out.sym, keySeg)
		return &w
	}
	return out
}

// checkedKeys gives the keys of a mapping of which a check of one, whichever it is, holds for all.
func (d *domain) checkedKeys(n sym) []sym {
	if in := d.syms.info[n]; in.op == symOpaque && in.s == keySeg {
		return d.syms.parts(in.b)
	}
	return nil
}

// iterate gives what a loop over v binds: any element, of a mapping a key.
func (f *frame) iterate(v *Value, st *state) *Value {
	if v != nil && v.sym != noSym {
		if k := f.anyKey(v, st); k != nil {
			return k
		}
	}
	return f.element(v, st)
}

// weakStore adds to what a cell may hold.
func (f *frame) weakStore(st *state, k heapKey, x *Value) {
	if k.seg == "[*]" {
		f.noteKeyed(k.obj, nil)
	}
	f.weaken(st, k, x)
}

func (f *frame) weaken(st *state, k heapKey, x *Value) {
	if old, ok := st.get(k); ok && old != nil {
		x = f.ev.joinValues(old, orUnknown(x))
	}
	st.set(k, orUnknown(x))
}

// copyItems copies all keys of a container into another.
func (f *frame) copyItems(st *state, dst sym, from *Value) {
	if from == nil || from.sym == noSym {
		return
	}
	f.asksItems(from)
	for _, k := range f.keys(st, from.sym) {
		v, _ := f.lookup(st, k.obj, k.seg)
		if v != nil && strings.HasPrefix(k.seg, "[") {
			st.set(heapKey{dst, k.seg}, v)
		}
	}
}

// yield adds to what a generator gives.
func (f *frame) yield(in *ir.Instr, v *Value, st *state) {
	f.weakStore(st, heapKey{f.genSym(), "[*]"}, v)
	i := slices.IndexFunc(f.paused, func(p pause) bool { return p.in == in })
	switch {
	case i >= 0:
		f.paused[i].st = st.alive()
	case len(f.paused) < maxPauses:
		f.paused = append(f.paused, pause{in, st.alive()})
	}
}

// A pause is the state at a yield when control last came there.
type pause struct {
	in *ir.Instr
	st *state
}

// maxPauses bounds the yields of one generator whose states are kept.
const maxPauses = 8

// endless makes the exits of a generator that never comes to its end: those who iterate over it see it as it is at each
// yield.
func (f *frame) endless() {
	if len(f.exits) > 0 || !f.fn.Body().IsGen {
		return
	}
	for _, p := range f.paused {
		f.leave(p.st, f.generator())
	}
}

func (f *frame) genSym() sym {
	return f.ev.syms.of(symSite, sym(f.ev.fnID(f.fn)), -1, "yield")
}

func (f *frame) generator() *Value { return &Value{sym: f.genSym(), shape: true, open: true} }

func (f *frame) makeFunc(in *ir.Instr, st *state) *Value {
	fn := f.fn.Mod.Fns[in.A]
	r := Ref{kind: refFunc, fn: fn}
	f.noteDefaults(fn, in, st)
	if frees := fn.Frees(); len(frees) > 0 {
		r.with = &bound{env: make([]*Value, len(frees))}
		for i, fr := range frees {
			r.with.env[i] = f.free(fr.Func, fr.Slot, st)
		}
	}
	return &Value{refs: []Ref{r}, clean: true, sym: f.site(in)}
}

// noteDefaults remembers the values of defaults that are not literals.
func (f *frame) noteDefaults(fn *program.Fn, in *ir.Instr, st *state) {
	if in.C == 0 {
		return
	}
	m := map[string]*Value{}
	for _, a := range f.fn.Body().Args[in.B : in.B+in.C] {
		if v := f.reg(a.Val); a.Kind == ir.KeywordArg && v != nil {
			m[f.str(a.Name)] = f.ev.detach(v)
			f.noteCalled(m, f.str(a.Name), v, st)
		}
	}
	f.ev.defaults[fn] = m
}

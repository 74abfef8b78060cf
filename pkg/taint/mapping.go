package taint

import (
	"github.com/pickletrace/pickletrace/pkg/ir"
)

// Mappings that are merged: what comes later wins.
//
//	{**DEFAULTS, **kwargs}    dict(DEFAULTS, **kwargs)    DEFAULTS | kwargs    options.update(kwargs)
//	kwargs.setdefault("weights_only", True)               what the caller passes wins

// asksItems notes that what keywords a caller passes decides what a mapping holds: f(**kwargs).
func (f *frame) asksItems(v *Value) {
	if i := f.ev.syms.inputOf(v.sym); i >= 0 && i < len(f.fn.Params) && f.fn.Params[i].Kind == ir.VarKw {
		f.sum.matter |= 1 << (32 + min(i, 31))
	}
}

// union gives a | b where one of them is known to be a mapping or set; nil if neither is.
func (f *frame) union(in *ir.Instr, a, b *Value, st *state) *Value {
	if ir.BinOp(in.C) != ir.BitOr || !f.isContainer(a, st) && !f.isContainer(b, st) {
		return nil
	}
	v := &Value{shape: true, clean: true, open: true, sym: f.site(in)}
	f.clearHeap(st, v.sym)
	st.makes(v.sym)
	for _, x := range []*Value{a, b} {
		f.copyItems(st, v.sym, x)
		v.shape = v.shape && x != nil && x.shape
		v.clean = v.clean && x.isClean()
		v.facts = addFacts(v.facts, x.getFacts())
	}
	v.clean = v.clean && len(v.facts) == 0
	return v
}

// isContainer reports whether a value is a container of which elements are known.
func (f *frame) isContainer(v *Value, st *state) bool {
	return v != nil && v.sym != noSym && len(v.refs) == 0 && (v.shape || len(f.keys(st, v.sym)) > 0)
}

// setDefault is v.setdefault(key, x): it stores only what is not there.
func (f *frame) setDefault(v, key, x *Value, st *state, in *ir.Instr) {
	f.asksItems(v)
	old, ok := f.heapGet(st, v.symbol(), keyed(key))
	switch {
	case !ok || keyed(key) == "[*]":
		f.storeIndex(v, key, x, st, in)
	case old.sometimes:
		f.storeIndex(v, key, f.ev.joinValues(old.stored(), x), st, in)
	}
}

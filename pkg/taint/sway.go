package taint

import (
	"slices"

	"github.com/pickletrace/pickletrace/pkg/ir"
)

// Switches that somebody else decides. Where a request says whether an argument is true, it is whatever is worst:
//
//	safe = request.json["safe"]
//	torch.load(body, weights_only=safe)             as bad as False
//	load(body, strict=request.args["s"] == "1")     in load, too

// sways says whether somebody who is not trusted decides what a value is: it is data of theirs, or was compared with some.
func sways(v *Value) bool {
	if v == nil {
		return false
	}
	return v.swayed || slices.ContainsFunc(v.facts, func(x *Fact) bool {
		return x.org.kind == originSource && !x.content && x.org.what.Decides
	})
}

// withSway adds to what a context knows of an input that is a switch, or holds one, that somebody else decides it.
func (f *frame) withSway(sd *seed, v *Value, below bool, st *state) *seed {
	if sways(v) {
		w := seed{}
		if sd != nil {
			w = *sd
		}
		w.open, w.swayed = true, true
		sd = &w
	}
	if !below || v.symbol() == noSym {
		return sd
	}
	var items []seedItem
	for _, obj := range f.parts(v.sym) {
		for _, k := range f.keys(st, obj) {
			if x, _ := f.lookup(st, k.obj, k.seg); sways(x) && k.seg[0] != '%' && k.seg[0] != '#' && len(items) < maxSeedItems {
				items = append(items, seedItem{seg: k.seg, open: true, swayed: true})
			}
		}
	}
	if len(items) == 0 {
		return sd
	}
	w := seed{open: true, refs: usefulRefs(v.refs), shape: v.shape, assumed: v.assumed}
	if sd != nil {
		w = *sd
	}
	w.items = slices.Clone(w.items)
	for _, it := range items {
		if i := slices.IndexFunc(w.items, func(o seedItem) bool { return o.seg == it.seg }); i >= 0 {
			w.items[i].swayed = true
		} else {
			w.items = append(w.items, it)
		}
	}
	return &w
}

// withSwitches adds to what a context knows of an input the switches of objects that it holds: self.options.safe.
func (f *frame) withSwitches(sd *seed, v *Value, st *state) *seed {
	if sd == nil {
		return nil
	}
	w := *sd
	w.items = slices.Clone(w.items)
	found := false
	for i := range w.items {
		it := &w.items[i]
		x, _ := f.heapGet(st, v.sym, it.seg)
		if x == nil || x.sym == noSym || len(it.below) > 0 || len(x.refs) != 1 || x.refs[0].kind != refInst {
			continue
		}
		for _, k := range f.keys(st, x.sym) {
			if y, _ := f.lookup(st, k.obj, k.seg); y != nil && k.seg[0] == '.' && isSwitchValue(y) && len(it.below) < maxSeedItems {
				it.below = append(it.below, seedItem{seg: k.seg, refs: y.refs, open: y.open})
				found = true
			}
		}
	}
	if !found {
		return sd
	}
	return &w
}

// isSwitchValue reports whether a value is True, False or one of the two, and nothing else.
func isSwitchValue(v *Value) bool {
	return len(v.refs) > 0 && !v.open && !slices.ContainsFunc(v.refs, func(r Ref) bool { return r.kind != refConst || r.lit != ir.True && r.lit != ir.False })
}

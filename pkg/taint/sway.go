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

// withSwitches adds to what a context knows of an input the switches of objects and tables that it holds: self.options.safe,
// self.keywords["safe"].
func (f *frame) withSwitches(sd *seed, v *Value, st *state) *seed {
	if v.symbol() == noSym || f.ev.syms.info[v.sym].op == symConst {
		return sd
	}
	var added []seedItem
	for _, obj := range f.parts(v.sym) {
		for _, k := range f.keys(st, obj) {
			x, _ := f.heapGet(st, v.sym, k.seg)
			if x.symbol() == noSym || !x.shape && !isOwnInst(x) || k.seg[0] == '%' || k.seg[0] == '#' {
				continue
			}
			if below := f.switchesOf(x, st); len(below) > 0 && len(added) < maxSeedItems {
				added = append(added, seedItem{seg: k.seg, refs: usefulRefs(x.refs), open: x.open, shape: x.shape, below: below})
			}
		}
	}
	if len(added) == 0 {
		return sd
	}
	w := seed{refs: usefulRefs(v.refs), open: v.open, shape: v.shape, assumed: v.assumed}
	if sd != nil {
		w = *sd
	}
	w.items = slices.Clone(w.items)
	for _, it := range added {
		if i := slices.IndexFunc(w.items, func(o seedItem) bool { return o.seg == it.seg }); i < 0 {
			w.items = append(w.items, it)
		} else if len(w.items[i].below) == 0 {
			w.items[i].below, w.items[i].shape = it.below, it.shape
		}
	}
	return &w
}

// switchesOf gives the attributes or elements of a value that are True or False.
func (f *frame) switchesOf(v *Value, st *state) []seedItem {
	var out []seedItem
	for _, k := range f.keys(st, v.sym) {
		y, _ := f.lookup(st, k.obj, k.seg)
		if y != nil && (k.seg[0] == '.' || k.seg[0] == '[') && isSwitchValue(y) && len(out) < maxSeedItems {
			out = append(out, seedItem{seg: k.seg, refs: y.refs, open: y.open})
		}
	}
	return out
}

// isSwitchValue reports whether a value is True, False or one of the two, and nothing else.
func isSwitchValue(v *Value) bool {
	return len(v.refs) > 0 && !v.open && !slices.ContainsFunc(v.refs, func(r Ref) bool { return r.kind != refConst || r.lit != ir.True && r.lit != ir.False })
}

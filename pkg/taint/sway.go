package taint

import "slices"

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

package taint

import (
	"slices"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
)

// A dangerous function that is handed out as a value, and that no call which could be followed leads back to:
//
//	register(pickle.loads, "application/python-pickle")
//
// Whoever looks it up decides what it loads. Where such a call is found, that is the dangerous call; where none is, the
// place where the function is handed out is all there is to tell.

// handsOut gives the registers of a function whose values, dotted names, are passed on or kept rather than called.
func (ev *eval) handsOut(fn *program.Fn) map[ir.Reg]*handed {
	out, ok := ev.handed[fn]
	if !ok {
		if ev.rel.holdsSink(fn) {
			out = ev.readHanded(fn, &ev.mentions(fn).dotted)
		}
		ev.handed[fn] = out
	}
	return out
}

func (ev *eval) readHanded(fn *program.Fn, dotted *dottedNames) map[ir.Reg]*handed {
	out := map[ir.Reg]*handed{}
	note := func(r ir.Reg) {
		if r >= 0 && dotted.of(r) != "" && out[r] == nil {
			out[r] = &handed{}
		}
	}
	for _, b := range fn.Body().Blocks {
		for i := range b {
			switch in := &b[i]; in.Op {
			case ir.Call:
				if dotted.of(in.A) != "" && ev.pack.Call(ev.chainTarget(fn, dotted.of(in.A)).Ext) != nil {
					continue // rules say what that does
				}
				for _, a := range fn.Body().Args[in.B : in.B+in.C] {
					note(a.Val)
				}
			case ir.MakeTuple, ir.MakeList, ir.MakeSet, ir.MakeDict:
				for _, a := range fn.Body().Args[in.A : in.A+in.B] {
					note(a.Key)
					note(a.Val)
				}
			case ir.StoreIndex:
				note(in.B)
				note(in.C)
			case ir.StoreAttr:
				note(in.C)
			}
		}
	}
	return out
}

// handOut marks a value that is about to be handed out, and records the sinks that it is.
func (f *frame) handOut(v *Value, in *ir.Instr, st *state) *Value {
	h := f.ev.handsOut(f.fn)[in.Dst]
	if h == nil || v == nil || len(v.refs) == 0 || slices.ContainsFunc(v.refs, func(r Ref) bool { return r.kind != refExt }) {
		return v
	}
	name := f.ev.pack.Canonical(v.refs[0].name) // others are where else it may be imported from
	roles := f.ev.pack.Call(name)
	if roles == nil || len(roles.Sinks) == 0 || isClassName(name) {
		return v
	}
	if !h.noted {
		h.noted = true
		c := &extCall{f: f, name: name, names: []string{name}, in: in, st: st, roles: roles}
		for _, s := range roles.Sinks {
			if facts := c.facts(s, nil); !facts.decide("").Safe {
				f.ev.offered = append(f.ev.offered, offer{h, &pending{site: newSite(f.fn, in.Span, s, name), facts: facts, root: f.root,
					notes: []string{"It is handed out as a function: what it is given is decided where it is called."},
					fact:  &Fact{prov: step(nil, provSink, f.fn, in.Span, name)}}})
			}
		}
	}
	w := *v
	w.refs = slices.Clone(v.refs)
	for i := range w.refs {
		w.refs[i].with = &bound{handed: h} // nothing else comes with a reference to the outside
	}
	return &w
}

// isClassName says whether a dotted name ends like that of a class: classes are handed to those that know what to do.
func isClassName(name string) bool {
	b := last(name)
	return b != "" && b[0] >= 'A' && b[0] <= 'Z'
}

// An offer is a sink that is handed out.
type offer struct {
	handed *handed
	p      *pending
}

// offers makes sites of the sinks that were handed out and never seen called.
func (ev *eval) offers() {
	for _, o := range ev.offered {
		if !o.handed.called {
			o.p.site.unplaced = o.p
			ev.order = append(ev.order, o.p.site)
		}
	}
}

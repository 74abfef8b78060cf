package taint

import (
	"maps"
	"slices"

	"github.com/pickletrace/pickletrace/pkg/program"
)

// Tables of functions, classes and objects that methods keep in fields:
//
//	def __init__(self):         self.readers = {"blob": self.read_blob}
//	def register(self, fn):     self.hooks.append(fn)
//	def handle(self, kind, b):  return self.readers[kind](b)

// A heldElement is what a method puts into a container that a field holds.
type heldElement struct {
	seg   string
	refs  []Ref
	depth int // 1: it is in a container that is an element of the field's: self.hooks[event].append(fn)
}

// maxHeld bounds the elements kept of one field.
const maxHeld = 32

// fieldElements returns what methods of a class, or of those above it, put into the container that a field holds, as far as
// it can be called or has methods of this tree.
func (ev *eval) fieldElements(c *program.Class, name string) []heldElement {
	ci := ev.classOf(c)
	if out, ok := ci.held[name]; ok {
		return out
	}
	busy := "[]" + name
	if ci.busy[busy] {
		return nil
	}
	ci.busy[busy] = true
	defer delete(ci.busy, busy)
	var out []heldElement
	for _, k := range c.MRO() {
		for _, fn := range k.Mod.Fns {
			if fn.Owner == k && fn.StoresOnSelf(name) && ev.follow(fn) {
				out = ev.putInField(out, ev.topSummary(fn), name)
			}
		}
		for _, fn := range k.Mod.UsersIf(name, ev.mayStoreSomething) {
			if fn.Owner == k && !slices.Contains(fn.Body().SelfStores, name) && ev.stores(fn) && ev.follow(fn) {
				out = ev.putInField(out, ev.topSummary(fn), name)
			}
		}
	}
	if len(ev.stack) < 2 || !ev.recursing() {
		ci.held[name] = out
	}
	return out
}

// putInField adds what one method puts into the container in a field.
func (d *domain) putInField(out []heldElement, s *summary, name string) []heldElement {
	self := d.syms.input(0)
	objs := []sym{d.syms.of(symAttr, self, 0, "."+name)}
	if v := s.heap[self]["."+name]; v.symbol() != noSym {
		objs = append(objs, d.syms.parts(v.sym)...)
	}
	for i, obj := range slices.Concat(objs, d.elementsOfAll(objs)) {
		for _, seg := range slices.Sorted(maps.Keys(s.heap[obj])) {
			v := s.heap[obj][seg]
			if seg[0] != '[' || v == nil || len(out) >= maxHeld || !slices.ContainsFunc(v.refs, func(r Ref) bool { return r.kind != refConst && r.kind != refExtInst }) {
				continue
			}
			out = append(out, heldElement{seg, v.refs, min(i/len(objs), 1)})
		}
	}
	return out
}

// elementsOfAll gives what stands for the elements of containers.
func (d *domain) elementsOfAll(objs []sym) []sym {
	out := make([]sym, len(objs))
	for i, n := range objs {
		out[i] = d.syms.of(symAttr, n, 0, "[*]")
	}
	return out
}

// heldIn returns what an element of the container v may refer to, if v is a field of an object of a class of the tree.
func (f *frame) heldIn(v *Value, seg string) []Ref {
	in, depth := f.ev.syms.info[v.symbol()], 0
	if in.op == symOpaque && in.s == "[]" || (in.op == symVia || in.op == symAttr) && in.s == "[*]" || in.op == symIndex {
		in, depth = f.ev.syms.info[in.a], 1
	}
	if in.op != symAttr || in.s[0] != '.' {
		return nil
	}
	var out []Ref
	for _, c := range f.classesOf(in.a, 0) {
		for _, e := range f.ev.fieldElements(c, in.s[1:]) {
			if e.depth != depth || !sameElement(e.seg, seg) {
				continue
			}
			more, ok := unionRefs(out, f.rebound(e.refs, in.a))
			if !ok {
				return nil
			}
			out = more
		}
	}
	return out
}

// rebound returns the methods among refs as methods of the object n: they were bound to it where it was called self.
func (f *frame) rebound(refs []Ref, n sym) []Ref {
	out := slices.Clone(refs)
	for i := range out {
		if s := out[i].self; s != nil && f.ev.syms.info[s.sym].op == symInput && f.ev.syms.info[s.sym].a == 0 {
			obj := *f.objectAt(n)
			obj.refs = s.refs
			out[i].self = &obj
		}
	}
	return out
}

// withHeld adds to an element that was read from a field's container what the methods of the class put there.
func (f *frame) withHeld(out, v *Value, seg string) *Value {
	if v == nil || len(v.refs) > 0 && !isObject(v) || out != nil && len(out.refs) > 0 {
		return out
	}
	refs := f.heldIn(v, seg)
	if len(refs) == 0 {
		return out
	}
	w := *orUnknown(out)
	w.refs, w.open = refs, true
	return &w
}

package taint

import (
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
)

// Places are what fields of objects hold, and what lies below them: a store into a container that a field holds is one to
// the field, whichever method makes it and under whichever key.
//
//	def keep(self, key, blob): self.blobs[key] = blob               place .blobs [*]
//	def revive(self, key):     return pickle.loads(self.blobs[key])

// A fieldPlace is an attribute of an object of a known class, and the way from there to what is stored.
type fieldPlace struct {
	owner   *Value // the object
	classes []*program.Class
	name    string
	below   []string // heap segments below the attribute
}

// reachElement raises the sinks of the attributes below which x is stored: under seg of the container, queue or file v.
func (f *frame) reachElement(v *Value, seg string, x *Value, st *state, in *ir.Instr) {
	if len(f.ev.fieldSinks) == 0 || v == nil || in == nil {
		return
	}
	f.reachLent(v.sym, seg, x, st, in)
	for _, p := range f.places(v.sym, seg, st) {
		for _, fs := range f.ev.fieldSinks[p.name] {
			rest, ok := fs.after(p.below)
			if !ok || !p.of(fs.cls) {
				continue
			}
			g := *fs
			g.rest = rest
			f.raiseField(&g, p.owner, x, st, in)
		}
	}
}

// of reports whether the place may be one of objects of a class.
func (p *fieldPlace) of(c *program.Class) bool {
	for _, k := range p.classes {
		if related(k, c) {
			return true
		}
	}
	return false
}

// after returns the access path of the sink below what is stored that far below its attribute; ok is false where the sink
// reads something else.
func (fs *fieldSink) after(below []string) (rest string, ok bool) {
	rest = fs.rest
	for _, seg := range below {
		if rest == "" {
			return "", true // the sink reads all of it
		}
		next, left, _ := strings.Cut(rest, "\x01")
		if !sameElement(next, seg) {
			return "", false
		}
		rest = left
	}
	return rest, true
}

// sameElement reports whether two heap segments may mean the same element of a container. What is written to a buffer
// or put into a queue counts as any element.
func sameElement(a, b string) bool {
	if a == b {
		return true
	}
	elements := a[0] == '[' && (b[0] == '[' || b == "%")
	return elements && (a == "[*]" || b == "[*]" || b == "%" || a[1] == '-' || b[1] == '-')
}

// places returns the attributes that hold, at some depth, what is stored under seg of the object n; the nearest first.
func (f *frame) places(n sym, seg string, st *state) []fieldPlace {
	var out []fieldPlace
	below := []string{seg}
	for range maxPlaceDepth {
		in := f.ev.syms.info[n]
		switch in.op {
		case symAttr, symIndex:
			if name, ok := strings.CutPrefix(in.s, "."); ok && len(f.ev.fieldSinks[name]) > 0 {
				if cs := f.classesOf(in.a, 0); len(cs) > 0 {
					out = append(out, fieldPlace{owner: f.objectAt(in.a), classes: cs, name: name, below: below})
				}
			}
			below = append([]string{in.s}, below...)
		case symOpaque:
			if in.s != "[]" {
				return append(out, f.ownPlaces(n, below, st)...)
			}
			below = append([]string{"[*]"}, below...)
		case symVia:
			if in.s != "[*]" {
				return out
			}
			below = append([]string{"[*]"}, below...)
		case symSame:
		default:
			return append(out, f.ownPlaces(n, below, st)...)
		}
		n = in.a
	}
	return out
}

// ownPlaces returns the attributes in which a method has stored the object n that it made: self.parts = [].
func (f *frame) ownPlaces(n sym, below []string, st *state) []fieldPlace {
	if n == noSym || f.fn.Owner == nil || f.ev.syms.info[n].op == symInput {
		return nil
	}
	var out []fieldPlace
	self := f.ev.syms.input(0)
	for _, k := range st.keysOf(self) {
		name, ok := strings.CutPrefix(k.seg, ".")
		if !ok || len(f.ev.fieldSinks[name]) == 0 {
			continue
		}
		if v, _ := st.get(k); v.symbol() == n {
			out = append(out, fieldPlace{owner: f.inputs[0], classes: []*program.Class{f.fn.Owner}, name: name, below: below})
		}
	}
	return out
}

// objectAt returns a value for an object of which the symbol is known.
func (f *frame) objectAt(n sym) *Value {
	if in := f.ev.syms.info[n]; in.op == symInput && int(in.a) < len(f.inputs) {
		return f.inputs[in.a]
	}
	return &Value{sym: n, open: true}
}

// classesOf returns the classes of the tree that the object n may be of.
func (f *frame) classesOf(n sym, depth int) []*program.Class {
	switch in := f.ev.syms.info[n]; {
	case in.op == symInput && in.a == 0 && isMethod(f.fn):
		return []*program.Class{f.fn.Owner}
	case in.op == symInput && int(in.a) < len(f.inputs):
		return instances(f.inputs[in.a])
	case in.op == symOpaque && in.s == "new":
		return f.ev.classNumbered(sym(in.b))
	case in.op == symAttr && f.ev.syms.info[in.a].op == symGlobal:
		if m, name := f.ev.variable(n); m != nil {
			return instances(f.ev.computedName(m, name))
		}
	case in.op == symAttr && in.s[0] == '.' && depth < maxPlaceDepth:
		var out []*program.Class
		for _, c := range f.classesOf(in.a, depth+1) {
			out = append(out, instances(f.ev.fieldValue(c, in.s[1:]))...)
		}
		return out
	}
	return nil
}

// classNumbered returns the class that a class symbol stands for.
func (ev *eval) classNumbered(n sym) []*program.Class {
	in := ev.syms.info[n]
	m := ev.prog.OfFile(in.s)
	if in.op != symClass || m == nil || int(in.a) >= len(m.Class) {
		return nil
	}
	return []*program.Class{m.Class[in.a]}
}

// instances returns the classes of the tree that a value may be an object of.
func instances(v *Value) []*program.Class {
	if v == nil {
		return nil
	}
	var out []*program.Class
	for i := range v.refs {
		if v.refs[i].kind == refInst {
			out = append(out, v.refs[i].cls)
		}
	}
	return out
}

// reachWritten raises the sinks of the attributes that hold what a callee has stored under a key.
func (f *frame) reachWritten(k heapKey, w *Value, st *state, in *ir.Instr) {
	f.heldLoans(k, w)
	if w != nil && len(w.facts) > 0 {
		f.reachElement(&Value{sym: k.obj}, k.seg, w, st, in)
	}
}

// aliasElement also stores what is put into an element of a container, found under a key that is not known, where every
// reader of elements looks.
func (f *frame) aliasElement(st *state, k heapKey, x *Value) {
	if n := f.ev.syms.anyElement(k.obj); n != k.obj && f.ev.escapes(n) {
		f.noteElement(n, k.obj)
		f.weakStore(st, heapKey{n, k.seg}, x)
	}
}

// anyElement returns the symbol of an object with the elements of containers that it lies below, if their keys are not
// known, as any element; n itself if there are none.
func (t *symTab) anyElement(n sym) sym {
	switch in := t.info[n]; {
	case in.op == symOpaque && in.s == "[]", in.op == symVia && in.s == "[*]":
		return t.of(symAttr, t.anyElement(in.a), 0, "[*]")
	case in.op == symAttr || in.op == symIndex:
		if up := t.anyElement(in.a); up != in.a {
			return t.of(symAttr, up, 0, in.s)
		}
	}
	return n
}

// inElements reads what hangs on an element whose key is not known: what is known of any element of the container. It is that
// for sure where all elements in sight have it.
func (f *frame) inElements(st *state, obj sym, seg string) (out *Value, found bool) {
	objects := f.mayBe(st, obj)
	lacking := len(objects) >= 2*maxParts
	for i, n := range objects {
		v, ok := f.lookup(st, n, seg)
		switch {
		case !ok || v == nil:
			lacking = lacking || i > 0 && f.ev.syms.info[n].op != symPhi && f.ev.syms.info[n].op != symSame
		case !found:
			out, found = v, true
		default:
			out = f.ev.joinValues(out, v)
		}
	}
	if found && !lacking && f.plainElements(st, f.ev.syms.info[obj].a) {
		return out, true
	}
	return out.maybe(), found
}

// plainElements says whether each element in sight of a container is one object, made where the container was filled.
func (f *frame) plainElements(st *state, container sym) bool {
	return !slices.ContainsFunc(f.elementKeys(&Value{sym: container}, st), func(k heapKey) bool {
		x, _ := f.lookup(st, k.obj, k.seg)
		return x.symbol() == noSym || x.sometimes || len(x.facts) > 0 || !x.shape && !isOwnInst(x)
	})
}

// mayBe returns the objects that an element may be whose key is not known; nil if obj is no such element.
func (f *frame) mayBe(st *state, obj sym) []sym {
	in := f.ev.syms.info[obj]
	if !(in.op == symOpaque && in.s == "[]") && !(in.op == symVia && in.s == "[*]") {
		return nil
	}
	out := []sym{f.ev.syms.anyElement(obj)}
	for _, k := range f.elementKeys(&Value{sym: in.a}, st) {
		x, _ := f.lookup(st, k.obj, k.seg)
		for _, n := range f.parts(x.symbol()) {
			if n != obj && !slices.Contains(out, n) && len(out) < 2*maxParts {
				out = append(out, n)
			}
		}
	}
	return out
}

// isOwnInst says whether a value surely is an object of a class of the tree.
func isOwnInst(v *Value) bool { return len(v.refs) == 1 && v.refs[0].kind == refInst }

package taint

import (
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
)

// Allow-lists of names: which names and modules are on one decides what it is worth.
//
//	if module in {"collections", "acme.types"}: return super().find_class(module, name)     safe
//	if module in {"builtins", "collections"}: ...                                           builtins holds eval
//	if (module, name) in {("builtins", "getattr")}: ...                                     gives anything

// admitsHarm reports whether an allow-list names something that runs or gives anything. With prefix, it names beginnings.
func (f *frame) admitsHarm(v *Value, prefix bool) bool {
	if v == nil {
		return false
	}
	if c, ok := v.konst(); ok && (c.lit == ir.Str || c.lit == ir.Bytes) {
		return f.ev.harmfulEntry(c.name, prefix)
	}
	if !v.shape {
		if f.heldHarm(v, prefix) {
			return true
		}
		return slices.ContainsFunc(v.refs, func(r Ref) bool { return r.kind == refConst && r.lit == ir.Str && f.ev.harmfulEntry(r.name, prefix) })
	}
	for _, obj := range f.parts(v.sym) {
		for _, k := range f.keys(f.cur, obj) {
			name := strings.TrimSuffix(strings.TrimPrefix(k.seg, "["), "]")
			x, _ := f.lookup(f.cur, k.obj, k.seg)
			switch {
			case x == nil || k.seg == keySeg:
			case name != "*" && strings.Trim(name, "0123456789") != "": // a key of a mapping
				if f.ev.harmfulEntry(name, prefix) {
					return true
				}
			case x.shape:
				if f.harmfulPair(x) {
					return true
				}
			case f.admitsHarm(x, prefix):
				return true
			}
		}
	}
	return false
}

// namesHarm reports whether what one value is compared with is, or may be, something harmful: a name, or a pair.
func (f *frame) namesHarm(v *Value) bool {
	if !v.shape {
		return f.admitsHarm(v, false)
	}
	for _, obj := range f.parts(v.sym) {
		if f.harmfulPair(&Value{sym: obj}) {
			return true
		}
	}
	return false
}

// ofOwnList reports whether a value is an element of a harmless list that the object's class holds, or its constructors make:
//
//	any((module, name) == entry for entry in self.allowed)
//
// With prefix, the list names beginnings.
func (f *frame) ofOwnList(v *Value, prefix bool) bool {
	n := v.symbol()
	if n == noSym || f.ev.syms.inputOf(n) != 0 || !isMethod(f.fn) {
		return false
	}
	for f.ev.syms.info[n].op == symVia || f.ev.syms.info[n].op == symIndex {
		n = f.ev.syms.info[n].a
	}
	in := f.ev.syms.info[n]
	if n == v.sym || in.op != symAttr || in.s[0] != '.' || f.ev.syms.info[in.a].op != symInput {
		return false
	}
	list := &Value{sym: n}
	cs := f.classesOf(in.a, 0)
	return len(cs) > 0 && !f.heldHarm(list, prefix) && !slices.ContainsFunc(cs, func(c *program.Class) bool {
		own := f.ev.classAttr(c, in.s[1:])
		return own == nil && !f.ev.onlyConstructed(c, in.s[1:]) || f.admitsHarm(own, prefix)
	})
}

// heldHarm reports whether a constructor puts something harmful into the list that a field holds: self.allowed = [...].
func (f *frame) heldHarm(v *Value, prefix bool) bool {
	in := f.ev.syms.info[v.symbol()]
	if in.op != symAttr || in.s[0] != '.' {
		return false
	}
	for _, c := range f.classesOf(in.a, 0) {
		for _, fn := range f.ev.storesOf(c, in.s[1:]) {
			if !constructors[fn.Name] || fn == f.fn || !f.ev.follow(fn) {
				continue
			}
			s := f.ev.topSummary(fn)
			if s.admitsHarm(s.heap[f.ev.syms.input(0)][in.s], f.ev, prefix) {
				return true
			}
		}
	}
	return false
}

// admitsHarm does the same for a container of which the summary of a function knows the elements.
func (s *summary) admitsHarm(v *Value, ev *eval, prefix bool) bool {
	if v == nil || !v.shape {
		return false
	}
	if in := ev.syms.info[v.sym]; in.op == symSame { // frozenset({…})
		whole := *v
		whole.sym = in.a
		if s.admitsHarm(&whole, ev, prefix) {
			return true
		}
	}
	for seg, x := range s.heap[v.sym] {
		key := strings.TrimSuffix(strings.TrimPrefix(seg, "["), "]")
		pair := s.heap[x.symbol()]
		module, isPair := pair["[0]"].strKonst()
		name, _ := pair["[1]"].strKonst()
		word, isText := x.strKonst()
		switch {
		case seg[0] != '[':
		case isPair && x.shape:
			if ev.isSink(module+"."+name) || ev.harmfulEntry(module+"."+name, false) {
				return true
			}
		case isText && ev.harmfulEntry(word, prefix), strings.Trim(key, "0123456789*") != "" && ev.harmfulEntry(key, prefix):
			return true
		}
	}
	return false
}

// harmfulPair reports whether a pair of module and name is of something harmful.
func (f *frame) harmfulPair(v *Value) bool {
	module, _ := f.heapGet(f.cur, v.sym, "[0]")
	name, _ := f.heapGet(f.cur, v.sym, "[1]")
	m, okM := module.strKonst()
	n, okN := name.strKonst()
	if !okM || !okN {
		return false
	}
	roles := f.ev.pack.Call(f.ev.pack.Canonical(m + "." + n))
	return roles != nil && len(roles.Sinks) > 0 || f.ev.harmfulEntry(m+"."+n, false)
}

// harmfulEntry reports whether an entry of an allow-list, or with prefix everything that begins with it, gives or runs anything.
func (g *given) harmfulEntry(entry string, prefix bool) bool {
	return prefix && entry == "" || g.pack.Escapes.Admits(entry)
}

// harmlessPrefix reports whether a name that begins as a value says is one of the program's own choice, and harmless.
func (f *frame) harmlessPrefix(v *Value) bool {
	return f.ownWords(v) && !f.admitsHarm(v, true) || f.ofOwnList(v, true)
}

// ownWords reports whether a value is words of the program's own: no source is known to have given them.
func (f *frame) ownWords(v *Value) bool {
	if v.isClean() {
		return true
	}
	return v != nil && (v.shape || len(v.refs) > 0) && !slices.ContainsFunc(f.deep(v, f.cur), func(x *Fact) bool { return x.org.kind == originSource })
}

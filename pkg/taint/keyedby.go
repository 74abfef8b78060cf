package taint

import (
	"strings"

	"github.com/pickletrace/pickletrace/pkg/program"
)

// Elements under a key that the caller gives: which it is, the summary says in terms of the input, and each call tells.
//
//	def register(name, fn): TABLE[name] = fn
//	register("blob", revive)                     TABLE["blob"] is revive, whatever is under other keys

// A keyTable says of containers which key, that an input or what lies below one gives, was the only one in use; noSym if there
// were others.
type keyTable map[sym]sym

// note notes that a key was used with a container: one of which nothing is known if it is noSym.
func (t *keyTable) note(obj, key sym) {
	old, known := (*t)[obj]
	switch {
	case known && old != key:
		(*t)[obj] = noSym
	case !known && key != noSym:
		if *t == nil {
			*t = keyTable{}
		}
		(*t)[obj] = key
	}
}

// keyGiven gives the symbol of a key if an input gives it.
func (d *domain) keyGiven(key sym) sym {
	if key = d.syms.ident(key); d.syms.inputOf(key) < 0 {
		return noSym
	}
	return key
}

// noteKeyed notes that an element of a container whose key is not known was stored under a key, nil for one of which nothing
// is known.
func (f *frame) noteKeyed(obj sym, key *Value) { f.sum.keyed.note(obj, f.ev.keyGiven(key.symbol())) }

// noteElement notes that something was stored in an element of a container, found under a key: table.setdefault(key, []).append(x).
// Here it is stored in what stands for any element.
func (f *frame) noteElement(anyOf, element sym) {
	key := noSym
	if in := f.ev.syms.info[element]; in.op == symOpaque && in.s == "[]" && f.ev.syms.info[anyOf].a == in.a {
		key = f.ev.keyGiven(in.b)
	}
	f.sum.inside.note(anyOf, key)
}

// key gives what the caller passes as the key under which the callee stored the elements of a container that are not told
// apart; nil if that is more than one, or nothing is known of it.
func (a *applied) key(k heapKey) *Value {
	by := a.s.keyed[k.obj]
	if by == noSym || k.seg != "[*]" {
		return nil
	}
	return a.below(by, 0)
}

// inside gives the element of a container of the caller's in which the callee has stored something that it found under a key of
// the caller's; noSym if the callee did not, or nothing is known of the key.
func (a *applied) inside(obj sym) sym {
	key := a.s.inside[obj]
	if key == noSym {
		return noSym
	}
	base := a.sym(a.f.ev.syms.info[obj].a)
	k := a.below(key, 0)
	if s, ok := k.strKonst(); ok {
		n := a.underKey(base, a.f.ev.syms.konst(s))
		if cell := (heapKey{base, "[" + s + "]"}); n != noSym {
			if _, there := a.f.heapGet(a.st, base, cell.seg); !there { // it is there now
				a.st.set(cell, &Value{open: true, sym: n})
			}
		}
		return n
	}
	if by := a.f.ev.keyGiven(k.symbol()); by != noSym && base != noSym {
		a.f.sum.inside.note(a.f.ev.syms.of(symAttr, base, 0, "[*]"), by)
	}
	return noSym
}

// below gives the value that lies where a symbol of the callee says, below one of its inputs; nil if that is not known.
func (a *applied) below(n sym, depth int) *Value {
	in := a.f.ev.syms.info[a.f.ev.syms.ident(n)]
	if in.op == symInput {
		return a.actual(int(in.a))
	}
	if depth > maxPath {
		return nil
	}
	var v *Value
	switch in.op {
	case symAttr, symIndex, symVia, symOpaque:
		v = a.below(in.a, depth+1)
	}
	switch {
	case v == nil:
		return nil
	case in.op == symOpaque && in.s == "[]":
		if k, ok := a.below(in.b, depth+1).strKonst(); ok {
			return a.f.item(v, "["+k+"]", a.st)
		}
		return a.f.element(v, a.st)
	case in.op != symOpaque && in.s == "[*]":
		return a.f.element(v, a.st)
	case in.op == symVia || in.op == symOpaque:
		return nil
	case in.s[0] == '.':
		return a.f.attr(v, in.s[1:], a.st, a.in)
	default:
		return a.f.item(v, in.s, a.st)
	}
}

// element gives what a value is that the callee has read from a container under a key, which the caller gives: an element that
// is told apart from the others. It gives nil for all other values.
func (a *applied) element(v *Value) *Value {
	if len(v.facts) != 1 || !plainRefs(v.refs) || v.facts[0].org.kind != originInput || v.facts[0].content || v.facts[0].org.path == "" || !a.readsKey(v.sym) {
		return nil
	}
	return a.below(v.sym, 0)
}

// readsKey reports whether a symbol lies below an element of a container of which the key is a constant of the caller's.
func (a *applied) readsKey(n sym) bool {
	for range maxPath + 1 {
		in := a.f.ev.syms.info[n]
		switch in.op {
		case symOpaque:
			if in.s != "[]" {
				return false
			}
			if key := a.f.ev.syms.info[a.f.ev.syms.ident(in.b)]; key.op == symInput {
				if _, ok := a.actual(int(key.a)).strKonst(); ok {
					return true
				}
			}
		case symAttr, symIndex, symVia, symSame:
		default:
			return false
		}
		n = in.a
	}
	return false
}

// storeKeyed stores what the callee stored under a key of the caller's, and gives the segment of the heap where it lies.
func (a *applied) storeKeyed(obj sym, key, w *Value) string {
	seg := keyed(key)
	if seg == "[*]" {
		a.f.noteKeyed(obj, key)
	}
	a.f.weaken(a.st, heapKey{obj, seg}, w.stored())
	return seg
}

// underKey gives the element of a container in the caller that the callee found under a key of the caller's; noSym if which
// one that is is not known.
func (a *applied) underKey(base, key sym) sym {
	in := a.f.ev.syms.info[a.f.ev.syms.ident(key)]
	if base == noSym || in.op != symConst {
		return noSym
	}
	seg := "[" + in.s + "]"
	if v, ok := a.f.heapGet(a.st, base, seg); ok && v.sym != noSym && a.f.ev.syms.info[v.sym].op != symPhi {
		return v.sym
	}
	return a.f.ev.syms.of(symIndex, base, 0, seg)
}

// isImplicitClassMethod reports whether a method is given its class without being declared so.
func isImplicitClassMethod(fn *program.Fn) bool {
	return fn.Owner != nil && strings.HasPrefix(fn.Name, "__") && (fn.Name == "__new__" || fn.Name == "__init_subclass__" || fn.Name == "__class_getitem__")
}

// asksKey notes that the key which a caller passes decides what is read from a container that others fill: one that a field
// holds, or a variable of a module.
func (f *frame) asksKey(v, key *Value) {
	if v.sym == noSym || len(v.facts) > 0 && f.ev.syms.info[v.sym].op != symAttr {
		return
	}
	if in := f.ev.syms.info[v.sym]; in.op == symAttr && (f.ev.isStatic(v.sym) || f.ev.syms.info[in.a].op == symInput && in.a == f.ev.syms.input(0) && isMethod(f.fn)) {
		f.sum.matter |= f.ev.depsOf(key)
	}
}

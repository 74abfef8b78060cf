package taint

import (
	"slices"
	"strconv"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/rule"
)

// Positions: of a list that is built here all elements are known by their place, and operations that move them say where
// each goes. Where it is not known how they move, any element may be at any place: nothing is lost.
//
//	frames = [head, body]
//	frames.insert(0, b"v1")
//	pickle.loads(frames[2])      body

// positions gives the elements of a list of which all positions are known; ok is false for everything else.
func (f *frame) positions(v *Value, st *state) (list []*Value, ok bool) {
	if v == nil || !v.shape || v.sym == noSym || f.ev.isStatic(v.sym) || len(f.parts(v.sym)) != 1 {
		return nil, false
	}
	n := 0
	for _, k := range st.keysOf(v.sym) {
		x, _ := st.get(k)
		if x == nil {
			continue
		}
		if x.sometimes || !strings.HasPrefix(k.seg, "[") || k.seg == "[*]" {
			return nil, false
		}
		n++
	}
	for i := range n {
		x, _ := st.get(heapKey{v.sym, "[" + itoa(i) + "]"})
		if x == nil {
			return nil, false
		}
		list = append(list, x)
	}
	return list, true
}

// place makes the elements of a list those given, in their order.
func (f *frame) place(v *Value, list []*Value, st *state) {
	for _, k := range st.keysOf(v.sym) {
		st.set(k, nil)
	}
	for i, x := range list {
		st.set(heapKey{v.sym, "[" + itoa(i) + "]"}, orUnknown(x))
	}
}

// scatter says that the elements of a list have moved, and nobody knows where to.
func (f *frame) scatter(v *Value, st *state) {
	if v == nil || !v.shape || v.sym == noSym {
		return
	}
	for _, obj := range f.parts(v.sym) {
		for _, k := range st.keysOf(obj) {
			x, _ := st.get(k)
			if _, err := strconv.Atoi(strings.Trim(k.seg, "[]")); x != nil && err == nil {
				st.set(k, nil)
				f.weakStore(st, heapKey{obj, "[*]"}, x.stored())
			}
		}
	}
}

// placeOf gives the place that a position of a list of n elements means, counted from its end if it is negative.
func placeOf(key *Value, n int) (int, bool) {
	i, ok := key.number()
	if i < 0 {
		i += int64(n)
	}
	return int(i), ok && i >= 0 && i < int64(n)
}

// fromEnd gives the position from the start that a position from the end of a list means, and key itself for all others.
func (f *frame) fromEnd(v, key *Value, st *state) *Value {
	if i, ok := key.number(); !ok || i >= 0 {
		return key
	}
	if list, ok := f.positions(v, st); ok {
		if i, ok := placeOf(key, len(list)); ok {
			return &Value{refs: []Ref{{kind: refConst, lit: ir.Int, name: itoa(i)}}, clean: true, sym: f.ev.syms.konst(itoa(i))}
		}
	}
	return key
}

// deleteAt does `del v[key]`, and what pop does to the container.
func (f *frame) deleteAt(v, key *Value, st *state) {
	if v == nil || !v.shape {
		return
	}
	if list, ok := f.positions(v, st); ok && len(list) > 0 {
		if i, ok := placeOf(key, len(list)); ok {
			f.place(v, slices.Delete(list, i, i+1), st)
			return
		}
	}
	k, known := key.strKonst()
	if _, isInt := key.number(); isInt || !known {
		f.scatter(v, st)
		return
	}
	if cell := (heapKey{v.sym, "[" + k + "]"}); len(f.parts(v.sym)) == 1 {
		if x, ok := st.get(cell); ok && x != nil {
			st.set(cell, nil)
		}
	}
}

// moved does what methods of lists do to the positions of their elements; done is false for those that add and take
// nothing by position.
func (c *extCall) moved(v *Value) (out *Value, done bool) {
	f, st := c.f, c.st
	list, known := f.positions(v, st)
	var arg0 *Value
	if len(c.args) > 0 {
		arg0 = c.args[0].val
	}
	switch c.how {
	case rule.DoInsert:
		return nil, c.inserted(v, arg0, list, known)
	case rule.DoPop:
		if len(c.args) == 0 && known && len(list) > 0 {
			f.place(v, list[:len(list)-1], st)
			return list[len(list)-1], true
		}
		if i, ok := placeOf(arg0, len(list)); ok && known {
			f.place(v, slices.Delete(slices.Clone(list), i, i+1), st)
			return list[i], true
		}
	case rule.DoRemove:
		if i := slices.IndexFunc(list, func(x *Value) bool { return sameText(x, arg0) }); known && i >= 0 {
			f.place(v, slices.Delete(list, i, i+1), st)
			return nil, true
		}
		f.scatter(v, st)
	case rule.DoReverse:
		if known {
			slices.Reverse(list)
			f.place(v, list, st)
			return nil, true
		}
		f.scatter(v, st)
	case rule.DoSort:
		f.scatter(v, st)
	case rule.DoClear:
		if known {
			f.place(v, nil, st)
			return nil, true
		}
	}
	return nil, false
}

// inserted puts an element where its position says, and reports whether that is known.
func (c *extCall) inserted(v, key *Value, list []*Value, known bool) bool {
	if len(c.args) < 2 {
		return false
	}
	i, isInt := key.number()
	if i < 0 {
		i += int64(len(list))
	}
	if !known || !isInt {
		c.f.scatter(v, c.st)
		return false
	}
	i = min(max(i, 0), int64(len(list)))
	x := c.f.noteStore(c.args[1].val, "[…]", c.in)
	c.f.place(v, slices.Insert(list, int(i), orUnknown(x)), c.st)
	return true
}

// sameText reports whether two values are the same literal.
func sameText(a, b *Value) bool {
	x, okX := a.konst()
	y, okY := b.konst()
	return okX && okY && x.lit == y.lit && x.name == y.name
}

package taint

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/rule"
)

// What operations on constants give, so that a branch which is never taken is none.

// A folded result is known where its operands are literals. Where one of them is a default that callers may override, the
// result is that of the default, and says so.

// foldedConst makes the value of an operation on constants of these operands.
func (f *frame) foldedConst(r Ref, operands ...*Value) *Value {
	w := &Value{refs: []Ref{r}, clean: true, sym: f.ev.syms.konst(r.name)}
	for _, x := range operands {
		w.deps |= f.ev.depsOf(x)
		if x != nil {
			w.assumed = cmp.Or(w.assumed, x.assumed)
		}
	}
	w.open = w.assumed != ""
	return w
}

// number gives the integer that a value certainly is.
func (v *Value) number() (int64, bool) {
	c, ok := v.konst()
	if !ok || c.lit != ir.Int {
		return 0, false
	}
	n, err := strconv.ParseInt(c.name, 0, 64)
	return n, err == nil
}

// foldBinary gives the result of arithmetic on integers; nil if it is not known.
func (f *frame) foldBinary(op ir.BinOp, a, b *Value) *Value {
	x, okX := a.number()
	y, okY := b.number()
	if !okX || !okY || max(x, y, -x, -y) > math.MaxInt32 {
		return nil
	}
	switch op {
	case ir.Add:
		x += y
	case ir.Sub:
		x -= y
	case ir.Mul:
		x *= y
	case ir.Mod:
		if y <= 0 || x < 0 {
			return nil
		}
		x %= y
	default:
		return nil
	}
	return f.foldedConst(Ref{kind: refConst, lit: ir.Int, name: strconv.FormatInt(x, 10)}, a, b)
}

// foldOrder decides which of two integers is greater.
func (f *frame) foldOrder(op ir.CmpOp, a, b *Value) *Value {
	x, okX := a.number()
	y, okY := b.number()
	if !okX || !okY {
		return nil
	}
	var t bool
	switch op {
	case ir.Less:
		t = x < y
	case ir.LessEq:
		t = x <= y
	case ir.Greater:
		t = x > y
	case ir.GreaterEq:
		t = x >= y
	default:
		return nil
	}
	return f.foldedConst(f.ev.boolean(t).refs[0], a, b)
}

// foldMember decides whether a literal is among those of a container built here, or part of a literal text.
func (f *frame) foldMember(op ir.CmpOp, a, b *Value) *Value {
	if op != ir.In && op != ir.NotIn || a == nil || b == nil {
		return nil
	}
	if name := f.ev.outside(b); name != "" { // "NAME" in os.environ
		if s, ok := a.strKonst(); ok {
			return f.outer2(op == ir.NotIn, outerMark+s)
		}
	}
	k, ok := a.konst()
	if !ok {
		return nil
	}
	if text, ok := b.strKonst(); ok && k.lit == ir.Str && isText(b) {
		return f.foldedConst(f.ev.boolean(strings.Contains(text, k.name) == (op == ir.In)).refs[0], a, b)
	}
	in, known := f.among(k, b)
	if !known {
		return nil
	}
	return f.foldedConst(f.ev.boolean(in == (op == ir.In)).refs[0], a)
}

// among reports whether a literal is an element of a container, or a key of a mapping, of which all is known.
func (f *frame) among(k *Ref, b *Value) (in, known bool) {
	if !b.shape || len(b.facts) > 0 {
		return false, false
	}
	for _, obj := range f.parts(b.sym) {
		if op := f.ev.syms.info[obj].op; op == symPhi {
			return false, false
		}
		for _, key := range f.keys(f.cur, obj) {
			name := strings.TrimSuffix(strings.TrimPrefix(key.seg, "["), "]")
			x, _ := f.lookup(f.cur, key.obj, key.seg)
			if _, err := strconv.Atoi(name); err != nil && name != "*" {
				if key.seg == keySeg || k.lit != ir.Str || x == nil || x.sometimes {
					return false, false
				}
				in = in || name == k.name
				continue
			}
			if x == nil || x.open || len(x.refs) == 0 || slices.ContainsFunc(x.refs, func(r Ref) bool { return r.kind != refConst }) {
				return false, false
			}
			switch found := slices.ContainsFunc(x.refs, func(r Ref) bool { return r.key() == k.key() }); {
			case found && len(x.refs) > 1:
				return false, false // perhaps
			case found:
				in = true
			}
		}
	}
	return in, true
}

// foldIndex gives a character of a literal text.
func (f *frame) foldIndex(v, key *Value) *Value {
	s, ok := v.strKonst()
	n, isInt := key.number()
	if !ok || !isInt || !isText(v) || v.assumed != "" {
		return nil
	}
	if n < 0 {
		n += int64(len(s))
	}
	if n < 0 || n >= int64(len(s)) || s[n] >= 0x80 {
		return nil
	}
	return f.foldedConst(Ref{kind: refConst, lit: ir.Str, name: s[n : n+1]}, v)
}

// foldedTest decides tests of a literal text: name.startswith("x").
func (c *extCall) foldedTest() (*Value, bool) {
	if c.self == nil || len(c.args) != 1 || !isText(c.self) {
		return nil, false
	}
	s, okS := c.self.strKonst()
	x, okX := c.args[0].val.strKonst()
	if !okS || !okX || strings.Contains(s, hole) {
		return nil, false
	}
	switch c.how {
	case rule.DoStartsWith:
		return c.f.foldedConst(c.f.ev.boolean(strings.HasPrefix(s, x)).refs[0], c.self, c.args[0].val), true
	case rule.DoEndsWith:
		return c.f.foldedConst(c.f.ev.boolean(strings.HasSuffix(s, x)).refs[0], c.self, c.args[0].val), true
	}
	return nil, false
}

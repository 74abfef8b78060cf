package ir

import (
	"errors"
	"fmt"
	"slices"

	"github.com/pickletrace/pickletrace/pkg/text"
)

// maxReported bounds how many broken invariants Check reports.
const maxReported = 20

// Check reports every broken invariant of a module: indexes in range, registers written once and before they are
// read on every path, blocks referred to once, spans inside the file. Lower gives no module that fails it.
func Check(m *Module) error {
	c := checker{m: m}
	c.module()
	return errors.Join(c.errs...)
}

type checker struct {
	m    *Module
	f    *Func
	errs []error

	written []bool // by register: some instruction writes it
	visible []bool // by register: written on every path to the current place
	blocks  []bool // by block: visited
	tries   []bool
}

func (c *checker) fail(format string, args ...any) {
	if len(c.errs) >= maxReported {
		return
	}
	where := "module"
	if c.f != nil {
		where = fmt.Sprintf("func %d %s", c.f.Index, c.f.Qual)
	}
	c.errs = append(c.errs, fmt.Errorf("%s: %s", where, fmt.Sprintf(format, args...)))
}

// within reports i as out of range unless 0 ≤ i < n.
func (c *checker) within(what string, i int32, n int) bool {
	if i >= 0 && int(i) < n {
		return true
	}
	c.fail("%s %d is outside 0..%d", what, i, n-1)
	return false
}

func (c *checker) span(s text.Span) {
	if s.Start < 0 || s.End < s.Start || int(s.End) > len(c.m.File.Text) {
		c.fail("span %d..%d is outside the file of %d bytes", s.Start, s.End, len(c.m.File.Text))
	}
}

func (c *checker) module() {
	m := c.m
	if len(m.Funcs) == 0 || m.Funcs[0].Kind != ModuleBody {
		c.fail("Funcs[0] is not the module body")
		return
	}
	for i := range m.Imports {
		c.span(m.Imports[i].Span)
		c.within("import's function", int32(m.Imports[i].Func), len(m.Funcs))
	}
	for _, s := range m.Partial {
		c.span(s)
	}
	for i, k := range m.Classes {
		c.class(i, k)
	}
	for i, f := range m.Funcs {
		if f == nil || f.Index != i {
			c.fail("function %d is missing or has another index", i)
			continue
		}
		c.f = f
		c.function()
		c.f = nil
	}
}

func (c *checker) class(i int, k *Class) {
	if k.Index != i {
		c.fail("class %d has index %d", i, k.Index)
	}
	c.span(k.Span)
	c.span(k.NameSpan)
	c.within("class's parent", int32(k.Parent), len(c.m.Funcs))
	if c.within("class body", int32(k.Body), len(c.m.Funcs)) {
		if b := c.m.Funcs[k.Body]; b.Kind != ClassBody || b.Class != i {
			c.fail("body of class %s is function %s", k.Qual, b.Qual)
		}
	}
	for _, n := range k.Methods {
		if c.within("method", int32(n), len(c.m.Funcs)) && c.m.Funcs[n].Class != i {
			c.fail("method %s does not know its class %s", c.m.Funcs[n].Qual, k.Qual)
		}
	}
}

func (c *checker) function() {
	f := c.f
	c.span(f.Span)
	c.span(f.NameSpan)
	if f.Index > 0 && (f.Parent < 0 || f.Parent >= f.Index) {
		c.fail("parent %d does not come first", f.Parent)
	}
	if f.Class >= len(c.m.Classes) || len(f.Params) > len(f.Body.Slots) || len(f.Body.Blocks) == 0 {
		c.fail("class %d, %d parameters, %d slots, %d blocks", f.Class, len(f.Params), len(f.Body.Slots), len(f.Body.Blocks))
		return
	}
	for i := range f.Params {
		if c.span(f.Params[i].Span); f.Params[i].Name != f.Body.Slots[i] {
			c.fail("parameter %d is %q, its slot %q", i, f.Params[i].Name, f.Body.Slots[i])
		}
	}
	if !slices.IsSorted(f.Body.Names) || !slices.IsSorted(f.Body.SelfStores) {
		c.fail("Names or SelfStores are not sorted")
	}
	for _, n := range f.Body.Names {
		c.within("name", n, len(c.m.Strings))
	}
	c.written = make([]bool, f.Body.Regs)
	c.visible = make([]bool, f.Body.Regs)
	c.blocks = make([]bool, len(f.Body.Blocks))
	c.tries = make([]bool, len(f.Body.Tries))
	c.block(0)
	if n := slices.Index(c.blocks, false); n >= 0 {
		c.fail("block %d belongs to no instruction", n)
	}
	if n := slices.Index(c.written, false); n >= 0 {
		c.fail("register r%d is never written", n)
	}
}

func (c *checker) block(b int32) {
	if !c.within("block", b, len(c.blocks)) {
		return
	}
	if c.blocks[b] {
		c.fail("block %d is referred to twice", b)
		return
	}
	c.blocks[b] = true
	var defined []Reg
	for i := range c.f.Body.Blocks[b] {
		in := &c.f.Body.Blocks[b][i]
		c.instr(in)
		if in.Dst < 0 || !c.within("register", in.Dst, len(c.written)) {
			continue
		}
		if c.written[in.Dst] {
			c.fail("register r%d is written twice", in.Dst)
		}
		c.written[in.Dst], c.visible[in.Dst] = true, true
		defined = append(defined, in.Dst)
	}
	for _, r := range defined {
		c.visible[r] = false
	}
}

func (c *checker) instr(in *Instr) {
	c.span(in.Span)
	if in.Op > Exit {
		c.fail("unknown operation %d", in.Op)
		return
	}
	if !c.lists(in) || !c.indexes(in) {
		return
	}
	for r := range c.f.Body.Uses(in) {
		if c.within("register", r, len(c.visible)) && !c.visible[r] {
			c.fail("%s at %d reads r%d, which may be unwritten", in.Op, in.Span.Start, r)
		}
	}
	for b := range c.f.Body.SubBlocks(in) {
		c.block(b)
	}
}

// lists checks the range of the operand list.
func (c *checker) lists(in *Instr) bool {
	start, count := int32(0), int32(0)
	switch in.Op {
	case Opaque, MakeTuple, MakeList, MakeSet, MakeDict, Format:
		start, count = in.A, in.B
	case Slice, Call, MakeFunc:
		start, count = in.B, in.C
	}
	if start < 0 || count < 0 || int(start)+int(count) > len(c.f.Body.Args) {
		c.fail("%s has operands %d+%d of %d", in.Op, start, count, len(c.f.Body.Args))
		return false
	}
	for _, a := range c.f.Body.Operands(in) {
		if a.Val < 0 || (a.Kind == KeywordArg) != (a.Name >= 0) || (a.Kind == DictPair) != (a.Key >= 0) {
			c.fail("%s has a malformed operand %+v", in.Op, a)
			return false
		}
		if a.Name >= 0 {
			c.within("keyword", a.Name, len(c.m.Strings))
		}
	}
	return true
}

// indexes checks the operands that are no registers.
func (c *checker) indexes(in *Instr) bool {
	m, f := c.m, c.f
	switch in.Op {
	case ConstOp:
		return c.within("constant", in.A, len(m.Consts))
	case Local, StoreLocal, DelLocal:
		return c.within("slot", in.A, len(f.Body.Slots))
	case Free, StoreFree:
		return c.free(in)
	case Global, StoreGlobal:
		return c.within("string", in.A, len(m.Strings))
	case Attr, StoreAttr:
		return c.within("string", in.B, len(m.Strings))
	case MakeFunc:
		return c.within("function", in.A, len(m.Funcs)) && c.nested(m.Funcs[in.A])
	case MakeClass:
		return c.within("class", in.A, len(m.Classes)) && c.nested(m.Funcs[m.Classes[in.A].Body])
	case ImportMod, ImportFrom, ImportStar:
		return c.within("import", in.A, len(m.Imports))
	case If:
		return c.within("block", in.B, len(f.Body.Blocks))
	case Loop:
		return c.within("block", in.A, len(f.Body.Blocks))
	case TryOp:
		return c.try(in.A)
	}
	return true
}

func (c *checker) try(i int32) bool {
	if !c.within("try", i, len(c.tries)) {
		return false
	}
	if c.tries[i] {
		c.fail("try %d is referred to twice", i)
		return false
	}
	c.tries[i] = true
	for _, h := range c.f.Body.Tries[i].Handlers {
		c.span(h.Span)
		if h.Slot >= 0 {
			c.within("slot", h.Slot, len(c.f.Body.Slots))
		}
	}
	return true
}

func (c *checker) nested(g *Func) bool {
	if g.Parent != c.f.Index {
		c.fail("makes %s, whose parent is function %d", g.Qual, g.Parent)
		return false
	}
	return true
}

// free checks that the function of a free variable encloses this one. The slots of an enclosing function are complete.
func (c *checker) free(in *Instr) bool {
	for p := c.f.Parent; p >= 0; p = c.m.Funcs[p].Parent {
		if int32(p) == in.A {
			return c.within("slot", in.B, len(c.m.Funcs[p].Body.Slots))
		}
	}
	c.fail("%s of function %d, which does not enclose this one", in.Op, in.A)
	return false
}

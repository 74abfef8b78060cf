package ir

// Str gives an interned string by its index.
func (m *Module) Str(i int32) string { return m.Strings[i] }

// ClassOf gives the class that f is a method or the body of, nil if there is none.
func (m *Module) ClassOf(f *Func) *Class {
	if f.Class < 0 {
		return nil
	}
	return m.Classes[f.Class]
}

// Method gives the method of that name defined in the body of c, nil if there is none.
func (m *Module) Method(c *Class, name string) *Func {
	if i, ok := c.Methods[name]; ok {
		return m.Funcs[i]
	}
	return nil
}

// FuncAt gives the innermost function whose definition holds the byte offset; the module body if no other does.
func (m *Module) FuncAt(offset int32) *Func {
	best := m.Funcs[0]
	for _, f := range m.Funcs[1:] {
		// Functions come in the order of their definitions, so a later one that fits is nested in an earlier one.
		if f.Span.Start <= offset && offset < f.Span.End {
			best = f
		}
	}
	return best
}

// Instrs calls yield with each instruction of f, block by block (not in the order of execution), until it returns false.
func (f *Body) Instrs() func(yield func(*Instr) bool) {
	return func(yield func(*Instr) bool) {
		for _, b := range f.Blocks {
			for i := range b {
				if !yield(&b[i]) {
					return
				}
			}
		}
	}
}

// Operands gives the operand list of an instruction; nil if it has none.
func (f *Body) Operands(in *Instr) []Arg {
	switch in.Op {
	case Opaque, MakeTuple, MakeList, MakeSet, MakeDict, Format:
		return f.Args[in.A : in.A+in.B]
	case Slice, Call, MakeFunc:
		return f.Args[in.B : in.B+in.C]
	}
	return nil
}

// Uses calls yield with each register that the instruction itself reads, not those its blocks read.
func (f *Body) Uses(in *Instr) func(yield func(Reg) bool) {
	return func(yield func(Reg) bool) {
		regs, reads := [3]Reg{in.A, in.B, in.C}, fieldUses(in.Op)
		for i, r := range regs {
			if reads[i] && r >= 0 && !yield(r) {
				return
			}
		}
		for _, a := range f.Operands(in) {
			if a.Key >= 0 && !yield(a.Key) || a.Val >= 0 && !yield(a.Val) {
				return
			}
		}
	}
}

// fieldUses gives which of A, B and C are registers that an instruction reads; they may be -1.
func fieldUses(op Op) [3]bool {
	switch op {
	case Attr, Slice, Call, Not, Iter, Unpack, UnpackStar, Await, Yield, YieldFrom, Enter, Exit, If, Return, Raise, Assert:
		return [3]bool{true, false, false}
	case Index, Bin, Cmp, And, Or, Decorate, DelIndex:
		return [3]bool{true, true, false}
	case StoreIndex, Append:
		return [3]bool{true, true, true}
	case StoreAttr:
		return [3]bool{true, false, true}
	case StoreLocal, StoreGlobal:
		return [3]bool{false, true, false}
	case StoreFree:
		return [3]bool{false, false, true}
	}
	return [3]bool{}
}

// SubBlocks gives the blocks that a control instruction refers to, in order; -1 entries are left out.
func (f *Body) SubBlocks(in *Instr) func(yield func(int32) bool) {
	return func(yield func(int32) bool) {
		switch in.Op {
		case If:
			_ = yieldBlocks(yield, in.B, in.C)
		case Loop:
			_ = yieldBlocks(yield, in.A, in.B)
		case TryOp:
			t := &f.Tries[in.A]
			if !yieldBlocks(yield, t.Body) {
				return
			}
			for i := range t.Handlers {
				if !yieldBlocks(yield, t.Handlers[i].Block) {
					return
				}
			}
			_ = yieldBlocks(yield, t.Else, t.Finally)
		}
	}
}

func yieldBlocks(yield func(int32) bool, blocks ...int32) bool {
	for _, b := range blocks {
		if b >= 0 && !yield(b) {
			return false
		}
	}
	return true
}

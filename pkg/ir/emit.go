package ir

import (
	"slices"
	"strconv"

	"github.com/pickletrace/pickletrace/pkg/syntax"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// An arena hands out exact copies of slices from large chunks, so that thousands of small blocks and lists cost few
// allocations and no slack each.
type arena[T any] struct {
	free  []T
	chunk int
}

func (a *arena[T]) copy(s []T) []T {
	n := len(s)
	if n == 0 {
		return nil
	}
	if n > len(a.free) {
		if n >= a.chunk {
			return slices.Clone(s)
		}
		a.free = make([]T, a.chunk)
	}
	out := a.free[:n:n]
	a.free = a.free[n:]
	copy(out, s)
	return out
}

// effect appends an instruction without a result.
func (l *lowerer) effect(op Op, at text.Span, a, b, c int32) {
	l.instrs = append(l.instrs, Instr{Op: op, Dst: -1, A: a, B: b, C: c, Span: at})
}

// value appends an instruction and gives the fresh register it writes.
func (l *lowerer) value(op Op, at text.Span, a, b, c int32) Reg {
	r := l.cur.nregs
	l.cur.nregs++
	l.instrs = append(l.instrs, Instr{Op: op, Dst: r, A: a, B: b, C: c, Span: at})
	return r
}

// An openBlock is a block being filled. Blocks close in the reverse order of opening.
type openBlock struct {
	index int32
	start int
}

func (l *lowerer) open() openBlock {
	b := openBlock{int32(len(l.blocks) - l.cur.block0), len(l.instrs)}
	l.blocks = append(l.blocks, nil)
	return b
}

// close gives the index of the finished block in Func.Blocks.
func (l *lowerer) close(b openBlock) int32 {
	l.blocks[l.cur.block0+int(b.index)] = l.instrArena.copy(l.instrs[b.start:])
	l.instrs = l.instrs[:b.start]
	return b.index
}

// emptyBlock gives a block without instructions.
func (l *lowerer) emptyBlock() int32 { return l.close(l.open()) }

// operands moves the pending operands from mark on into the function's Args.
func (l *lowerer) operands(mark int) (start, count int32) {
	start = int32(len(l.args) - l.cur.arg0)
	count = int32(len(l.pending) - mark)
	l.args = append(l.args, l.pending[mark:]...)
	l.pending = l.pending[:mark]
	return start, count
}

func (l *lowerer) push(kind ArgKind, v Reg) {
	l.pending = append(l.pending, Arg{Kind: kind, Name: -1, Key: -1, Val: v})
}

func (l *lowerer) pushKeyword(name int32, v Reg) {
	l.pending = append(l.pending, Arg{Kind: KeywordArg, Name: name, Key: -1, Val: v})
}

// opaque stands for syntax we do not model. Its operands are the pending ones from mark on.
func (l *lowerer) opaque(i int32, mark int) Reg {
	l.m.Opaque++
	if len(l.m.Partial) < 2*maxPartial { // finish sorts and drops what is there twice
		l.m.Partial = append(l.m.Partial, l.span(i))
	}
	a, b := l.operands(mark)
	return l.value(Opaque, l.span(i), a, b, 0)
}

// cut stands for what nests too deep.
func (l *lowerer) cut(i int32) Reg { return l.opaque(i, len(l.pending)) }

// unknown is a value nobody can know: the bound parts of an index, say. It is no gap in what we model.
func (l *lowerer) unknown(at text.Span, mark int) Reg {
	a, b := l.operands(mark)
	return l.value(Opaque, at, a, b, 0)
}

// intern gives the index of s in Module.Strings.
func (l *lowerer) intern(s string) int32 {
	if id := l.sids.find(s, func(id int32) bool { return l.m.Strings[id] == s }); id >= 0 {
		return id
	}
	l.m.Strings = append(l.m.Strings, s)
	l.mark = append(l.mark, 0)
	l.scopes.grow()
	return l.sids.add(func(id int32) string { return l.m.Strings[id] })
}

// name interns the text of identifier i.
func (l *lowerer) name(i int32) int32 {
	s := l.identText(i)
	if s == "" {
		s = missingName
	}
	return l.intern(s)
}

// identText is the text of an identifier, or of several with dots, as Python compares it: letters of another width or shape
// spell the same name.
func (l *lowerer) identText(i int32) string {
	s := l.text(i)
	for k := range len(s) {
		if s[k] >= 0x80 {
			return text.Identifier([]byte(s))
		}
	}
	return s
}

// missingName stands where the parser had to guess that a name is missing: no name is empty, and none is this one.
const missingName = "<missing>"

// mention adds a string to the Names of the current function.
func (l *lowerer) mention(sid int32) {
	if here := int32(l.cur.f.Index) + 1; l.mark[sid] != here {
		l.mark[sid] = here
		l.names = append(l.names, sid)
	}
}

// mentionDotted mentions each part of a dotted name.
func (l *lowerer) mentionDotted(s string) {
	start := 0
	for i := 0; i <= len(s); i++ {
		if i < len(s) && s[i] != '.' && s[i] != ':' {
			continue
		}
		if i > start {
			l.mention(l.intern(s[start:i]))
		}
		start = i + 1
	}
}

// constant gives a register with a literal.
func (l *lowerer) constant(at text.Span, kind ConstKind, s string) Reg {
	if kind == Str && looksDotted(s) {
		l.mentionDotted(s)
	}
	return l.value(ConstOp, at, l.constID(Const{kind, s}), 0, 0)
}

func (l *lowerer) constID(c Const) int32 {
	if id := l.consts.find(c.S, func(id int32) bool { return l.m.Consts[id] == c }); id >= 0 {
		return id
	}
	l.m.Consts = append(l.m.Consts, c)
	return l.consts.add(func(id int32) string { return l.m.Consts[id].S })
}

// newConst gives a literal of its own for Param.Default and Expr.Const.
func (l *lowerer) newConst(c Const) *Const {
	one := [1]Const{c}
	return &l.constArena.copy(one[:])[0]
}

// temp adds a slot of the compiler's own.
func (l *lowerer) temp() int32 {
	n := l.cur.temps
	l.cur.temps++
	return l.newSlot("." + strconv.Itoa(n))
}

func (l *lowerer) newSlot(name string) int32 {
	l.slots = append(l.slots, name)
	return int32(len(l.slots) - l.cur.slot0 - 1)
}

// looksDotted reports whether s is an identifier or a dotted path, perhaps of the form "module:name".
func looksDotted(s string) bool {
	if len(s) == 0 || len(s) > 120 {
		return false
	}
	start := true
	for i := range len(s) {
		c := s[i]
		switch {
		case isIdentStart(c), !start && c >= '0' && c <= '9':
			start = false
		case (c == '.' || c == ':') && !start:
			start = true
		default:
			return false
		}
	}
	return !start
}

func isIdentStart(c byte) bool {
	return c == '_' || c|0x20 >= 'a' && c|0x20 <= 'z' || c >= 0x80
}

func sortUnique(s []int32) []int32 {
	slices.Sort(s)
	return slices.Compact(s)
}

// sortedStrings gives the strings with the ids, sorted and unique.
func (l *lowerer) sortedStrings(ids []int32) []string {
	if len(ids) == 0 {
		return nil
	}
	ids = sortUnique(ids)
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = l.m.Strings[id]
	}
	slices.Sort(out)
	return out
}

// isExtra reports whether nodes of kind k may stand anywhere and mean nothing.
func isExtra(k syntax.Kind) bool {
	return k == syntax.KindComment || k == syntax.KindLineContinuation
}

// kids gives the named children of node i that mean something.
func (l *lowerer) kids(i int32) func(yield func(int32) bool) {
	return func(yield func(int32) bool) {
		end := l.nodes[i].Next
		for c := i + 1; c < end; c = l.nodes[c].Next {
			if n := &l.nodes[c]; n.Named && !isExtra(n.Kind) && !yield(c) {
				return
			}
		}
	}
}

// child gives the first named child of node i, -1 if it has none.
func (l *lowerer) child(i int32) int32 {
	for c := range l.kids(i) {
		return c
	}
	return -1
}

// field gives the child of node i that fills field f, -1 if none does. Comments inside a field's place do not count.
func (l *lowerer) field(i int32, f syntax.Field) int32 {
	end := l.nodes[i].Next
	for c := i + 1; c < end; c = l.nodes[c].Next {
		if n := &l.nodes[c]; n.Field == f && !isExtra(n.Kind) {
			return c
		}
	}
	return -1
}

// token reports whether node i has a child of kind k, a token.
func (l *lowerer) token(i int32, k syntax.Kind) bool {
	end := l.nodes[i].Next
	for c := i + 1; c < end; c = l.nodes[c].Next {
		if l.nodes[c].Kind == k {
			return true
		}
	}
	return false
}

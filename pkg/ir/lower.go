package ir

import (
	"cmp"
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/syntax"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// maxDepth bounds how deep statements and expressions nest in a lowered module. What lies deeper becomes one Opaque
// whose span is in Module.Partial, so neither lowering nor the analysis can exhaust the stack.
const maxDepth = 2000

// maxPartial bounds Module.Partial; a file with more broken places than that is told apart by Module.Opaque.
const maxPartial = 100

// Lower turns a syntax tree into a module. It accepts every tree.
func Lower(t *syntax.Tree) *Module {
	l := newLowerer(&unfinished{m: &Module{File: t.File}}, t)
	l.m.Partial = append(l.m.Partial, t.Errors...)
	if len(t.Nodes) <= 1 && strings.TrimSpace(l.src) != "" { // the parser gave up
		l.m.Partial = append(l.m.Partial, text.Span{End: int32(len(l.src))})
	}
	l.module()
	l.finish()
	m := l.m
	l.release()
	return m
}

// Empty gives the module of a file of which nothing is known.
func Empty(f *text.File) *Module {
	return &Module{File: f, Funcs: []*Func{{Kind: ModuleBody, Name: "<module>", Parent: -1, Class: -1, Body: &Body{Blocks: []Block{nil}}}}}
}

// A lowerer holds the state of one Lower call, see newLowerer. The slices named "stack" serve all functions being lowered at
// the same time: a nested function pushes above its parent's entries and pops them before the parent goes on.
type lowerer struct {
	*unfinished
	t     *syntax.Tree
	nodes []syntax.Node
	src   string
	cur   *fnState
	depth int

	scopes scopeTable
	mark   []int32 // by string: index+1 of the function that mentioned it last; spares most duplicates in names

	instrs  []Instr  // stack
	blocks  []Block  // stack
	args    []Arg    // stack
	tries   []Try    // stack
	names   []int32  // stack
	slots   []string // stack
	selfs   []int32  // stack
	pending []Arg    // stack of operands being evaluated
	spine   []int32  // stack of nodes of left-deep chains

	instrArena arena[Instr]
	blockArena arena[Block]
	argArena   arena[Arg]
	nameArena  arena[int32]
	slotArena  arena[string]
	constArena arena[Const]

	all      allList
	unions   int   // alternatives of match patterns around the current place
	typeCall int32 // node of the parentheses of `type(…)` read as a type alias; -1

	errors errorNodes

	suites []text.Suite // bodies that are postponed
	kept   kept         // places for functions of the postponed body at hand
}

// fnState is a function being lowered.
type fnState struct {
	f      *Func
	parent *fnState
	nregs  int32
	temps  int
	inComp int // comprehensions around the current place; they do not see class-body names

	// bases in the stacks
	instr0, block0, arg0, try0, name0, slot0, self0, bind0 int
}

func (l *lowerer) module() {
	f := l.newFunc(ModuleBody, 0)
	f.Name = "<module>"
	f.Parent, f.Class = -1, -1
	l.enter(f)
	l.block(0)
	l.leftovers(0)
	l.leave()
}

// finish moves what was collected for the whole module into it.
func (l *lowerer) finish() {
	l.m.All, l.m.AllKnown = l.all.result()
	p := l.m.Partial
	slices.SortFunc(p, func(a, b text.Span) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	})
	p = slices.Compact(p)
	l.m.Partial = slices.Clip(p[:min(len(p), maxPartial)])
}

// newFunc appends a function to the module. Its place in Funcs is before that of all functions nested in it.
func (l *lowerer) newFunc(kind FuncKind, node int32) *Func {
	f := &Func{Index: l.vacancy(), Kind: kind, Class: -1, Span: l.span(node), Body: &Body{}}
	if l.cur != nil {
		f.Parent = l.cur.f.Index
	}
	l.m.Funcs[f.Index] = f
	return f
}

// enter makes f the function being lowered and opens its body block.
func (l *lowerer) enter(f *Func) {
	l.cur = &fnState{
		f: f, parent: l.cur,
		instr0: len(l.instrs), block0: len(l.blocks), arg0: len(l.args), try0: len(l.tries), name0: len(l.names),
		slot0: len(l.slots), self0: len(l.selfs), bind0: l.scopes.mark(),
	}
	l.blocks = append(l.blocks, nil)
}

// leave closes the body block and moves what the stacks hold for the current function into it.
func (l *lowerer) leave() {
	s := l.cur
	l.blocks[s.block0] = l.instrArena.copy(l.instrs[s.instr0:])
	l.instrs = l.instrs[:s.instr0]
	f := s.f
	f.Body.Regs = int(s.nregs)
	f.Body.Blocks = l.blockArena.copy(l.blocks[s.block0:])
	f.Body.Args = l.argArena.copy(l.args[s.arg0:])
	if len(l.tries) > s.try0 {
		f.Body.Tries = append([]Try(nil), l.tries[s.try0:]...)
	}
	f.Body.Slots = l.slotArena.copy(l.slots[s.slot0:])
	f.Body.Names = l.nameArena.copy(sortUnique(l.names[s.name0:]))
	f.Body.SelfStores = l.sortedStrings(l.selfs[s.self0:])
	l.blocks, l.args, l.tries = l.blocks[:s.block0], l.args[:s.arg0], l.tries[:s.try0]
	l.slots, l.names, l.selfs = l.slots[:s.slot0], l.names[:s.name0], l.selfs[:s.self0]
	l.scopes.pop(s.bind0)
	l.cur = s.parent
}

func (l *lowerer) span(i int32) text.Span { return l.nodes[i].Span }

func (l *lowerer) kind(i int32) syntax.Kind { return l.nodes[i].Kind }

// text gives the source of node i without copying it.
func (l *lowerer) text(i int32) string {
	s := l.nodes[i].Span
	return l.src[s.Start:s.End]
}

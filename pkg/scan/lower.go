package scan

import (
	"fmt"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/syntax"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// defaultLeast is how many bytes a function's body has at least to be read apart from its module. Reading less costs more
// than it spares.
const defaultLeast = 100

// lower reads one file: the bodies of its functions later, if its layout allows that and it is not to be read as a whole.
func (t *tree) lower(i int) (m *ir.Module, problems []text.Problem) {
	f := t.files[i]
	defer contain(f, &problems, func() { m = nil })
	if !t.whole || isFollowed(f) {
		if m := skeleton(f, t.least); m != nil {
			return m, nil
		}
	}
	tree, problems := syntax.Parse(f)
	if tree == nil {
		return nil, problems
	}
	return ir.Lower(tree), problems
}

// skeleton gives the module of a file without the bodies of its functions, nil if that does not help.
func skeleton(f *text.File, least int) *ir.Module {
	suites, ok := text.Outline(f.Text, least)
	if !ok || len(suites) == 0 {
		return nil
	}
	tree, ok := syntax.ParseSkeleton(f, suites)
	if !ok {
		return nil
	}
	return ir.LowerSkeleton(tree, suites)
}

// Complete reads the postponed body of a function of file i. If anything is odd about it, it is taken from a tree of the
// whole file.
func (t *tree) Complete(i int, fn *ir.Func) {
	p, f := &t.modules[i], t.files[i]
	defer contain(f, &p.problems, func() { p.module.Complete(fn, nil, -1) })
	suite, _ := fn.Postponed()
	tree, def, ok := syntax.ParseSuite(f, suite)
	if !ok {
		if p.tree == nil {
			var problems []text.Problem
			p.tree, problems = syntax.Parse(f)
			p.problems = append(p.problems, problems...)
		}
		tree, def = p.tree, p.tree.Definition(suite.Def)
	}
	p.module.Complete(fn, tree, def)
}

// contain makes a bug of ours on one odd file a problem of that file, not the end of the scan.
func contain(f *text.File, problems *[]text.Problem, undo func()) {
	if r := recover(); r != nil {
		undo()
		*problems = append(*problems, text.Problem{Path: f.Path, Severity: text.Failed, Kind: "internal", Msg: fmt.Sprintf("internal error: %v", r)})
	}
}

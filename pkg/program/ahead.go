package program

import (
	"iter"
	"slices"

	"github.com/pickletrace/pickletrace/pkg/ir"
)

// What is told to the Tree about modules that will be loaded, so that it may read them ahead of time.

// Prepare tells that modules will be loaded next.
func (p *Program) Prepare(ms []*Module) {
	var files []int
	for _, m := range ms {
		if m.IR == nil {
			files = append(files, m.index)
		}
	}
	if len(files) > 1 {
		p.tree.Prepare(files)
	}
}

// preparing gives the modules one after another, prepared some at a time: whoever asks may stop early.
func (p *Program) preparing(ms []*Module) iter.Seq[*Module] {
	return func(yield func(*Module) bool) {
		for some := range slices.Chunk(ms, preparedAtOnce) {
			p.Prepare(some)
			for _, m := range some {
				if !yield(m) {
					return
				}
			}
		}
	}
}

const preparedAtOnce = 8

// ExpectImports says of which modules, if one that imports them is loaded, it is likely that they will be, too.
func (p *Program) ExpectImports(likely func(*Module) bool) { p.likely = likely }

// expectImports tells which modules will probably be loaded after m.
func (m *Module) expectImports() {
	for i := range m.IR.Imports {
		m.expectImport(&m.IR.Imports[i])
	}
}

func (m *Module) expectImport(im *ir.Import) {
	if m.prog.likely == nil || im.Name == "*" { // a star passes on much, of which little is used
		return
	}
	from := m.Resolve(im.Module, im.Level)
	if from != nil && from.IsPkg && im.Name != "" {
		if sub := from.Submodule(im.Name); sub != nil {
			from = sub
		}
	}
	if from != nil && from.IR == nil && m.prog.likely(from) {
		m.prog.tree.Expect(from.index)
	}
}

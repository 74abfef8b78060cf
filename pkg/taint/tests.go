package taint

import (
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/program"
)

// Test code runs beside the program, on data it has chosen or made itself. It is followed like any other, but what
// begins or ends there bothers nobody who did not ask for notes.

// isTest says whether a function is a test, by the name that test runners go by: what they pass to its parameters is
// chosen beside it.
func isTest(fn *program.Fn) bool { return strings.HasPrefix(fn.Name, "test_") }

// inTest says whether a flow begins or ends in test code. Where all there is is test code, it is what counts.
func (ev *eval) inTest(p *pending) bool {
	test := finding.IsTest(p.site.fn.Mod.Path)
	if o := p.fact.org; !test && o != nil && o.kind == originSource {
		test = finding.IsTest(o.fn.Mod.Path)
	}
	return test && slices.ContainsFunc(ev.prog.Paths(), func(path string) bool { return !finding.IsTest(path) })
}

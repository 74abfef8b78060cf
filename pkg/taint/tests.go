package taint

import (
	"strings"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/program"
)

// Test code runs beside the program, on data it has chosen or made itself. It is followed like any other, but what
// begins or ends there bothers nobody who did not ask for notes.

// isTest says whether a function is a test, by the name that test runners go by: what they pass to its parameters is
// chosen beside it.
func isTest(fn *program.Fn) bool { return strings.HasPrefix(fn.Name, "test_") }

// testCode says whether a function is test code. Where all there is is test code, none is.
func (x *textIndex) testCode(fn *program.Fn) bool {
	return isTest(fn) || finding.IsTest(fn.Mod.Path) && x.hasCode
}

// besides says whether a function is test code of what the site is in: what it passes says nothing of what others do.
func (x *textIndex) besides(fn *program.Fn, s *site) bool {
	return x.testCode(fn) && !finding.IsTest(s.fn.Mod.Path)
}

// inTest says whether a flow begins or ends in test code.
func (x *textIndex) inTest(p *pending) bool {
	test := finding.IsTest(p.site.fn.Mod.Path)
	if o := p.fact.org; !test && o != nil && o.kind == originSource {
		test = finding.IsTest(o.fn.Mod.Path)
	}
	return test && x.hasCode
}

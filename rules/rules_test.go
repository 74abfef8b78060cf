package rules_test

import (
	"fmt"
	"path/filepath"
	"runtime/debug"
	"testing"

	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/pkg/scantest"
	"github.com/pickletrace/pickletrace/rules"
)

func load(t testing.TB) *rule.Pack {
	t.Helper()
	pack, err := rule.Load(rules.FS)
	if err != nil {
		t.Fatalf("the built-in packs do not load:\n%v", err)
	}
	return pack
}

// TestExamples scans every example of every rule with all packs and compares the findings with its annotations.
func TestExamples(t *testing.T) {
	pack := load(t)
	for _, r := range pack.Rules {
		for i, e := range r.Bad {
			t.Run(fmt.Sprintf("%s/bad%d", r.ID, i+1), func(t *testing.T) { runExample(t, pack, r, e, true) })
		}
		for i, e := range r.Good {
			t.Run(fmt.Sprintf("%s/good%d", r.ID, i+1), func(t *testing.T) { runExample(t, pack, r, e, false) })
		}
	}
}

// runExample checks one example: a bad one must want its own rule, a good one must not.
func runExample(t *testing.T, pack *rule.Pack, r *rule.Rule, e rule.Example, bad bool) {
	for _, msg := range scantest.Example(r, e, bad, scantest.PackScanner(pack)) {
		t.Error(msg)
	}
}

// TestFacts scans the archives of testdata/facts: what shaped the packs, a sentence and its test in each.
func TestFacts(t *testing.T) {
	paths, err := filepath.Glob("testdata/facts/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatal("no facts", err)
	}
	scanner := scantest.PackScanner(load(t))
	for _, p := range paths {
		t.Run(filepath.Base(p), func(t *testing.T) { scantest.Run(t, p, scanner) })
	}
}

// BenchmarkLoad reads and compiles all packs, as every command does when it starts.
func BenchmarkLoad(b *testing.B) {
	defer reportCPU(b)()
	for b.Loop() {
		if _, err := rule.LoadFiles(rules.FS); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkLoadAll loads the packs of all libraries that derived ones are about as well: what a scan pays whose tree imports each.
func BenchmarkLoadAll(b *testing.B) {
	base, err := rule.LoadFiles(rules.FS)
	if err != nil {
		b.Fatal(err)
	}
	defer reportCPU(b)()
	for b.Loop() {
		base.For(func(string) bool { return true })
	}
}

// reportCPU begins to count the time that the processor works for the process, which others on the machine do not lengthen.
// Memory is collected as seldom as in the command.
func reportCPU(b *testing.B) (end func()) {
	seldom := debug.SetGCPercent(400)
	begin := processorTime(b)
	return func() {
		debug.SetGCPercent(seldom)
		b.ReportMetric(float64(processorTime(b)-begin)/1e6/float64(b.N), "cpu-ms/op")
	}
}

// TestSources scans the archives of testdata/sources, how frameworks, clients and the standard library bring data in and
// pass it on, and those of testdata/sinks, what reads it.
func TestSources(t *testing.T) {
	paths, err := filepath.Glob("testdata/s*/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatal("no sources", err)
	}
	scanner := scantest.PackScanner(load(t))
	for _, p := range paths {
		t.Run(filepath.Base(p), func(t *testing.T) { scantest.Run(t, p, scanner) })
	}
}

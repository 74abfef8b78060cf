package rules_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/pkg/scan"
	"github.com/pickletrace/pickletrace/pkg/scantest"
	"github.com/pickletrace/pickletrace/pkg/taint"
	"github.com/pickletrace/pickletrace/pkg/text"
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

// runExample checks one example: a bad one must want its own rule, a good one must want nothing.
func runExample(t *testing.T, pack *rule.Pack, r *rule.Rule, e rule.Example, bad bool) {
	where := fmt.Sprintf("%s:%d", e.At.File, e.At.Line)
	if wants := strings.Contains(e.Code, "# want "+r.ID); wants != bad {
		t.Fatalf("%s: an example that is bad=%v says want %s: %v", where, bad, r.ID, wants)
	}
	files := exampleFiles(t, e.Code)
	res := scan.Files(files, pack, &taint.Options{})
	scantest.CheckProblems(t, files, res.Problems)
	scantest.Check(t, where, files, res.Findings)
}

// exampleFiles gives the files of an example: one module, or several that begin with "-- NAME --".
func exampleFiles(t *testing.T, code string) []*text.File {
	name := "example.py"
	if strings.HasPrefix(code, "-- ") {
		name = "example.txtar"
	}
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(code), 0o644); err != nil {
		t.Fatal(err)
	}
	files, err := scantest.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

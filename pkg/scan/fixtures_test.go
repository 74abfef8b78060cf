package scan_test

import (
	"path"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/pkg/scan"
	"github.com/pickletrace/pickletrace/pkg/scantest"
	"github.com/pickletrace/pickletrace/pkg/taint"
	"github.com/pickletrace/pickletrace/pkg/text"
	"github.com/pickletrace/pickletrace/rules"
)

const testdata = "../../testdata"

// builtin loads the built-in rule packs once for all tests.
var builtin = sync.OnceValues(func() (*rule.Pack, error) { return rule.Load(rules.FS) })

// scanner scans the files of a fixture with the built-in packs. Files that are not Python only tell versions.
func scanner(t testing.TB) scantest.Scanner {
	t.Helper()
	pack, err := builtin()
	if err != nil {
		t.Fatal(err)
	}
	return func(files []*text.File) ([]finding.Finding, []text.Problem) {
		var python []*text.File
		var problems []text.Problem
		for _, f := range files {
			if !isPython(f.Path) {
				continue
			}
			read, ps := text.NewFile(f.Path, f.Text)
			python, problems = append(python, read), append(problems, ps...)
		}
		res := scan.Files(python, pack, &taint.Options{})
		return res.Findings, append(problems, res.Problems...)
	}
}

func isPython(name string) bool {
	ext := path.Ext(name)
	return ext == ".py" || ext == ".pyi" || ext == ".ipynb"
}

// runAll runs every fixture that one of the patterns below testdata matches, each as a subtest with its base name.
func runAll(t *testing.T, patterns ...string) {
	t.Helper()
	n := 0
	for _, pattern := range patterns {
		found, err := filepath.Glob(filepath.Join(testdata, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range found {
			n++
			name := strings.TrimSuffix(filepath.Base(p), filepath.Ext(p))
			t.Run(name, func(t *testing.T) { scantest.Run(t, p, scanner(t)) })
		}
	}
	if n == 0 {
		t.Fatalf("no fixtures match %q", patterns)
	}
}

func TestFlow(t *testing.T)    { runAll(t, "flow/*.py") }
func TestProject(t *testing.T) { runAll(t, "project/*.txtar") }
func TestDemo(t *testing.T)    { scantest.RunDir(t, filepath.Join(testdata, "demo"), scanner(t)) }

// TestCorpus scans every odd file by itself. It must come back, and whatever it says must lie inside the file.
func TestCorpus(t *testing.T) {
	files, err := scantest.LoadDir(filepath.Join(testdata, "corpus"))
	if err != nil {
		t.Fatal(err)
	}
	scanAll := scanner(t)
	for _, f := range files {
		t.Run(f.Path, func(t *testing.T) {
			found, problems := scanAll([]*text.File{f})
			for _, p := range problems {
				if p.Kind == "internal" {
					t.Errorf("%s:%d: %s", p.Path, p.Line, p.Msg)
				}
			}
			for i := range found {
				checkSpans(t, &found[i])
			}
		})
	}
}

// checkSpans fails for every step of f that is outside its file.
func checkSpans(t *testing.T, f *finding.Finding) {
	t.Helper()
	steps := []finding.Step{f.Sink}
	for _, fl := range f.Flows {
		steps = append(steps, fl.Steps...)
	}
	for _, s := range steps {
		if s.File == nil || s.Span.Start < 0 || s.Span.End < s.Span.Start || int(s.Span.End) > len(s.File.Text) {
			t.Errorf("%s: a step spans %v, outside the file", f.RuleID, s.Span)
		}
	}
}

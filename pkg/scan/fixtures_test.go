package scan_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/pkg/scantest"
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
	return scantest.PackScanner(pack)
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

// TestOrderOfFiles scans every archive with its files in another order: the findings must not change.
func TestOrderOfFiles(t *testing.T) {
	found, err := filepath.Glob(filepath.Join(testdata, "project/*.txtar"))
	if err != nil || len(found) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	scanAll := scanner(t)
	for _, p := range found {
		files, err := scantest.Load(p)
		if err != nil {
			t.Fatal(err)
		}
		want, _ := scanAll(files)
		slices.Reverse(files)
		got, _ := scanAll(files)
		if a, b := summary(want), summary(got); a != b {
			t.Errorf("%s: in another order of files:\n%s\ninstead of\n%s", filepath.Base(p), b, a)
		}
	}
}

// TestFingerprintsSurviveShifts puts lines above every fixture: the findings keep their identity.
func TestFingerprintsSurviveShifts(t *testing.T) {
	found, err := filepath.Glob(filepath.Join(testdata, "flow/*.py"))
	if err != nil || len(found) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	scanAll := scanner(t)
	for _, p := range found {
		files, err := scantest.Load(p)
		if err != nil {
			t.Fatal(err)
		}
		want, _ := scanAll(files)
		shifted := &text.File{Path: files[0].Path, Text: slices.Concat([]byte("# moved\n\n\n"), files[0].Text)}
		got, _ := scanAll([]*text.File{shifted})
		if a, b := fingerprints(want), fingerprints(got); !slices.Equal(a, b) || slices.Contains(a, "") {
			t.Errorf("%s: fingerprints %v, three lines lower %v", filepath.Base(p), a, b)
		}
	}
}

func fingerprints(found []finding.Finding) []string {
	var out []string
	for i := range found {
		out = append(out, found[i].Fingerprint)
	}
	return out
}

// summary gives all that a user sees of findings, one step per line.
func summary(found []finding.Finding) string {
	var b strings.Builder
	step := func(s finding.Step) {
		fmt.Fprintf(&b, "    %s:%d-%d %s %s\n", s.File.Path, s.Span.Start, s.Span.End, s.Kind, s.Note)
	}
	for i := range found {
		f := &found[i]
		fmt.Fprintf(&b, "%s %d %s %s %s %s\n", f.RuleID, f.Level, f.Confidence, f.Case, f.Message, f.Fingerprint)
		step(f.Sink)
		for _, fl := range f.Flows {
			fmt.Fprintf(&b, "  %s %s %v\n", fl.Kind, fl.SourceName, fl.Features)
			for _, s := range fl.Steps {
				step(s)
			}
		}
	}
	return b.String()
}

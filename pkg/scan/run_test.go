package scan_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/aymanbagabas/go-udiff"

	"github.com/pickletrace/pickletrace/pkg/scan"
	"github.com/pickletrace/pickletrace/pkg/scantest"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// TestRunReadsDisk writes every archive about versions to a folder and scans that: the outcome must be as in memory,
// where the test hands over the manifests itself.
func TestRunReadsDisk(t *testing.T) {
	inMemory := scanner(t)
	eachArchive(t, "project/version_*.txtar", func(name, base string, files []*text.File) {
		want, _ := inMemory(files)
		if a, b := summary(want), runOn(t, base, scan.Options{}); a != b {
			t.Errorf("%s: from disk:\n%s\ninstead of\n%s", name, b, a)
		}
	})
}

// TestParsingWhatIsNeeded scans every archive, and all fixtures of one file together, parsing all files, and only those
// that are asked for, with one worker and with several: the findings must not differ.
func TestParsingWhatIsNeeded(t *testing.T) {
	same := func(name, base string, _ []*text.File) {
		want := runOn(t, base, scan.Options{Parse: scan.ParseAll})
		for _, jobs := range []int{1, 8} {
			if got := runOn(t, base, scan.Options{Parse: scan.ParseNeeded, Least: 1, Jobs: jobs}); got != want {
				t.Errorf("%s: parsing what is needed, with %d workers:\n%s", name, jobs, udiff.Unified("all", "needed", want, got))
			}
		}
	}
	eachArchive(t, "project/*.txtar", same)
	same("flow", filepath.Join(testdata, "flow"), nil)
	same("demo", filepath.Join(testdata, "demo"), nil)
}

// runOn gives all that a user sees of the findings below a folder.
func runOn(t *testing.T, base string, opts scan.Options) string {
	t.Helper()
	pack, err := builtin()
	if err != nil {
		t.Fatal(err)
	}
	opts.Find = text.FindOptions{Roots: []string{base}, Base: base, NoIgnoreFiles: true}
	return summary(scan.Run(opts, pack).Findings)
}

// eachArchive writes every archive that the pattern below testdata matches to a folder.
func eachArchive(t *testing.T, pattern string, do func(name, base string, files []*text.File)) {
	t.Helper()
	archives, err := filepath.Glob(filepath.Join(testdata, pattern))
	if err != nil || len(archives) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, p := range archives {
		files, err := scantest.Load(p)
		if err != nil {
			t.Fatal(err)
		}
		base := t.TempDir()
		for _, f := range files {
			disk := filepath.Join(base, filepath.FromSlash(f.Path))
			if err := os.MkdirAll(filepath.Dir(disk), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(disk, f.Text, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		do(filepath.Base(p), base, files)
	}
}

package scan_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/pickletrace/pickletrace/pkg/scan"
	"github.com/pickletrace/pickletrace/pkg/scantest"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// TestRunReadsDisk writes every archive about versions to a folder and scans that: the outcome must be as in memory,
// where the test hands over the manifests itself.
func TestRunReadsDisk(t *testing.T) {
	pack, err := builtin()
	if err != nil {
		t.Fatal(err)
	}
	archives, err := filepath.Glob(filepath.Join(testdata, "project/version_*.txtar"))
	if err != nil || len(archives) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	inMemory := scanner(t)
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
		want, _ := inMemory(files)
		res := scan.Run(scan.Options{Find: text.FindOptions{Roots: []string{base}, Base: base}}, pack)
		if a, b := summary(want), summary(res.Findings); a != b {
			t.Errorf("%s: from disk:\n%s\ninstead of\n%s", filepath.Base(p), b, a)
		}
	}
}

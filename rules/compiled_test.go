package rules_test

import (
	"flag"
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/rules"
)

var update = flag.Bool("update", false, "write packs.bin anew")

// packFiles gives the texts of all packs, from the folder as it is now.
func packFiles(t *testing.T) []rule.File {
	t.Helper()
	var out []rule.File
	err := fs.WalkDir(os.DirFS("."), ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name == "testdata":
			return fs.SkipDir
		}
		if strings.HasSuffix(name, ".yaml") {
			data, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			out = append(out, rule.File{Name: name, Data: data})
		}
		return nil
	})
	if err != nil || len(out) == 0 {
		t.Fatal("no packs", err)
	}
	return out
}

// fewStale is how many packs may be newer than packs.bin while people work on them; CI wants none (PICKLETRACE_EXACT).
const fewStale = 4

// TestCompiled finds the packs that packs.bin does not hold as they are. Their YAML is read: nothing is wrong, but slow.
func TestCompiled(t *testing.T) {
	files := packFiles(t)
	if *update {
		data, err := rule.Compile(files)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(rule.CompiledName, data, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	stale := rule.Stale(rules.FS, files)
	if len(stale) > fewStale || len(stale) > 0 && os.Getenv("PICKLETRACE_EXACT") != "" {
		t.Errorf("%s is older than %v; run: go generate ./rules", rule.CompiledName, stale)
	}
}

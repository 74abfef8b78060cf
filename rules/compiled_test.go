package rules_test

import (
	"bytes"
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

// TestCompiled compares packs.bin with what the packs are now: stale, it is not wrong, but of no use.
func TestCompiled(t *testing.T) {
	want, err := rule.Compile(packFiles(t))
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(rule.CompiledName, want, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	got, err := fs.ReadFile(rules.FS, rule.CompiledName)
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("%s is older than the packs; run: go generate ./rules (%v)", rule.CompiledName, err)
	}
}

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/pickletrace/pickletrace/pkg/scantest"
)

// knownGaps is the part of the README that lists what the fixtures say is missed or wrongly found.
var knownGaps = regexp.MustCompile(`(?s)(<!-- known gaps -->\n).*?(<!-- end of known gaps -->)`)

// TestReadmeGaps compares that part with the fixtures; UPDATE=1 corrects it (make docs).
func TestReadmeGaps(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	if !knownGaps.Match(readme) {
		t.Fatal("the README has no place for known gaps")
	}
	list := "- Known mistakes are marked in the fixtures (`# missing`, `# spurious`); at the moment none is.\n"
	if gaps := fixtureGaps(t); len(gaps) > 0 {
		list = strings.Join(gaps, "\n") + "\n"
	}
	want := knownGaps.ReplaceAllStringFunc(string(readme), func(s string) string {
		m := knownGaps.FindStringSubmatch(s)
		return m[1] + list + m[2]
	})
	current(t, "../../README.md", want)
}

// fixtureGaps gives a line of Markdown for each marked mistake of all fixtures.
func fixtureGaps(t *testing.T) []string {
	t.Helper()
	var out []string
	read := 0
	for _, pattern := range []string{"flow/*.py", "project/*.txtar", "regress/*.py", "regress/*.txtar"} {
		found, err := filepath.Glob(filepath.Join("../../testdata", pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range found {
			read++
			files, err := scantest.Load(path)
			if err != nil {
				t.Fatal(err)
			}
			gaps, err := scantest.Gaps(files)
			if err != nil {
				t.Fatal(err)
			}
			name := filepath.Base(filepath.Dir(path)) + "/" + filepath.Base(path)
			for _, g := range gaps {
				what := "missed"
				if g.Spurious {
					what = "wrongly found"
				}
				out = append(out, fmt.Sprintf("- %s: %s (%s, [`%s`](testdata/%[4]s))", what, g.Why, g.Rule, name))
			}
		}
	}
	if read == 0 {
		t.Fatal("no fixtures")
	}
	return out
}

package report

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "rewrite the golden sections of testdata/output")

const outputDir = "../../testdata/output"

// archives reads all of testdata/output.
func archives(t testing.TB) map[string]*txtar.Archive {
	t.Helper()
	paths, err := filepath.Glob(outputDir + "/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no archives in %s: %v", outputDir, err)
	}
	out := map[string]*txtar.Archive{}
	for _, p := range paths {
		a, err := txtar.ParseFile(p)
		if err != nil {
			t.Fatal(err)
		}
		out[filepath.Base(p)] = a
	}
	return out
}

// goldenOptions are fixed for all goldens; a second section "want.FORMAT.all" shows what is left out by default.
func goldenOptions(all bool) Options {
	return Options{ShowSuppressed: all, AllFlows: all}
}

// TestOutput compares every "want.FORMAT" section with what the format writes. A section whose format does not exist
// fails: goldens must not be left behind.
func TestOutput(t *testing.T) {
	for name, a := range archives(t) {
		t.Run(strings.TrimSuffix(name, ".txtar"), func(t *testing.T) {
			r := parseSample(t, a)
			seen := 0
			for i, f := range a.Files {
				section, ok := strings.CutPrefix(f.Name, "want.")
				if !ok {
					continue
				}
				seen++
				format, all := strings.CutSuffix(section, ".all")
				write := Formats[format]
				if write == nil {
					t.Errorf("section %s: no such format", f.Name)
					continue
				}
				got := withoutAssets(render(t, write, r, goldenOptions(all)))
				if *update {
					a.Files[i].Data = got
				} else if want := f.Data; !bytes.Equal(got, want) {
					t.Errorf("%s differs at %s", f.Name, firstDifference(got, want))
				}
			}
			if seen == 0 {
				t.Error("no want sections")
			}
			if *update {
				if err := os.WriteFile(filepath.Join(outputDir, name), txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// TestEveryFormatHasAGolden keeps a new format from going untested.
func TestEveryFormatHasAGolden(t *testing.T) {
	have := map[string]bool{}
	for _, a := range archives(t) {
		for _, f := range a.Files {
			have[strings.TrimPrefix(f.Name, "want.")] = true
		}
	}
	for _, name := range Names() {
		if !have[name] {
			t.Errorf("no archive has a section want.%s", name)
		}
	}
}

func render(t testing.TB, write Func, r *Result, o Options) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b, r, o); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

var pageHash = regexp.MustCompile(`sha256-[^&]*(?:&#43;[^&]*)*`)

// withoutAssets keeps the style and script of the page out of the goldens.
func withoutAssets(page []byte) []byte {
	s := strings.NewReplacer(pageStyle, "STYLE", pageScript, "SCRIPT").Replace(string(page))
	return pageHash.ReplaceAll([]byte(s), []byte("HASH"))
}

func firstDifference(got, want []byte) string {
	g, w := strings.SplitAfter(string(got), "\n"), strings.SplitAfter(string(want), "\n")
	for i := range max(len(g), len(w)) {
		var a, b string
		if i < len(g) {
			a = g[i]
		}
		if i < len(w) {
			b = w[i]
		}
		if a != b {
			return "line " + strconv.Itoa(i+1) + ":\n got " + a + "\nwant " + b
		}
	}
	return "nothing"
}

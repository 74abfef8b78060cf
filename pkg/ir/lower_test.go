package ir

import (
	"bytes"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/pickletrace/pickletrace/pkg/syntax"
	"github.com/pickletrace/pickletrace/pkg/text"
)

var update = flag.Bool("update", false, "rewrite the goldens")

// lower parses and lowers src and fails the test if an invariant is broken.
func lower(t testing.TB, path string, src []byte) *Module {
	t.Helper()
	f, _ := text.NewFile(path, src)
	tree, _ := syntax.Parse(f)
	m := Lower(tree)
	if err := Check(m); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return m
}

// TestLower compares each archive in testdata: in.py and the module it becomes. Run with -update to rewrite them.
func TestLower(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatal("no goldens", err)
	}
	for _, p := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(p), ".txtar"), func(t *testing.T) { golden(t, p) })
	}
}

func golden(t *testing.T, path string) {
	a, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if len(a.Files) != 2 || a.Files[0].Name != "in.py" || a.Files[1].Name != "want.ir" {
		t.Fatal("want the sections in.py and want.ir")
	}
	got := lower(t, "in.py", a.Files[0].Data).String()
	if *update {
		a.Files[1].Data = []byte(got)
		if err := os.WriteFile(path, txtar.Format(a), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if want := string(a.Files[1].Data); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

// pythonFiles gives the contents of the Python files of the repository's fixtures, by path.
func pythonFiles(t testing.TB) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	for _, root := range []string{"testdata", filepath.Join("..", "..", "testdata")} {
		err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := os.ReadFile(p)
			switch filepath.Ext(p) {
			case ".py":
				files[p] = data
			case ".txtar":
				for _, f := range txtar.Parse(data).Files {
					if strings.HasSuffix(f.Name, ".py") {
						files[p+"/"+f.Name] = f.Data
					}
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(files) == 0 {
		t.Fatal("no Python files")
	}
	return files
}

// TestFixtures lowers every Python file of the fixtures: the invariants hold, and lowering again gives the same.
func TestFixtures(t *testing.T) {
	for path, src := range pythonFiles(t) {
		if a, b := lower(t, path, src), lower(t, path, src); a.String() != b.String() {
			t.Errorf("%s: lowering twice gives two modules", path)
		}
	}
}

// TestDepth lowers what nests deeper than the limit, and chains that are long but do not nest.
func TestDepth(t *testing.T) {
	const n = 3000
	deep := map[string]string{
		"parentheses": strings.Repeat("(", n) + "a" + strings.Repeat(")", n),
		"lists":       strings.Repeat("[", n) + strings.Repeat("]", n),
		"calls":       strings.Repeat("f(", n) + strings.Repeat(")", n),
		"methods":     "a" + strings.Repeat(".b()", n),
		"unary":       strings.Repeat("-", n) + "a",
		"not":         strings.Repeat("not ", n) + "a",
		"lambdas":     strings.Repeat("lambda: ", n) + "a",
		"conditional": strings.Repeat("a if b else ", n) + "c",
		"target":      strings.Repeat("[", n) + "a" + strings.Repeat("]", n) + " = b",
		"elif":        "if a:\n  b()\n" + strings.Repeat("elif a:\n  b()\n", n),
		"cases":       "match a:\n" + strings.Repeat("  case 1:\n    b()\n", n),
		"pattern":     "match a:\n  case " + strings.Repeat("[", n) + "b" + strings.Repeat("]", n) + ":\n    b()\n",
		"annotation":  "x: " + strings.Repeat("a[", n) + "b" + strings.Repeat("]", n),
	}
	for name, src := range deep {
		m := lower(t, name, []byte(src+"\nlast = 1\n"))
		if name != "annotation" && (m.Opaque == 0 || len(m.Partial) == 0) {
			t.Errorf("%s: the cut is not told: opaque %d, partial %v", name, m.Opaque, m.Partial)
		}
		if !strings.Contains(m.String(), "global last") {
			t.Errorf("%s: what follows is lost", name)
		}
	}
	long := map[string]string{
		"sum":     "a" + strings.Repeat(" + a", 9_000),
		"or":      "a" + strings.Repeat(" or a", 9_000),
		"compare": "a" + strings.Repeat(" < a", 100_000),
		"assign":  strings.Repeat("a = ", 2000) + "b",
		"list":    "[" + strings.Repeat("a, ", 100_000) + "]",
		"strings": strings.Repeat("'a' ", 100_000),
	}
	for name, src := range long {
		if m := lower(t, name, []byte(src)); m.Opaque != 0 || len(m.Partial) != 0 {
			t.Errorf("%s: opaque %d, partial %v", name, m.Opaque, m.Partial)
		}
	}
	// The parser itself cuts what nests deeper than its own limit.
	if m := lower(t, "long sum", []byte("a"+strings.Repeat(" + a", 100_000))); len(m.Partial) == 0 {
		t.Error("a sum of 100,001 operands is lowered in part and Partial does not tell")
	}
}

// FuzzLower lowers any bytes: no panic, and the invariants hold.
func FuzzLower(f *testing.F) {
	for _, src := range pythonFiles(f) {
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		if len(src) > 1<<14 || bytes.Count(src, []byte("\\\n")) > 100 {
			return // the parser takes long
		}
		m := lower(t, "fuzz.py", src)
		_ = m.String()
	})
}

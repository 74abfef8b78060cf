package ir

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/pickletrace/pickletrace/pkg/syntax"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// lowerLate lowers a file without its bodies first, and then those in reverse order. It gives nil if the file is one to be
// read as a whole, and the number of bodies that were read by themselves.
func lowerLate(t testing.TB, f *text.File) (m *Module, alone int) {
	t.Helper()
	suites, ok := text.Outline(f.Text, 1)
	if !ok {
		return nil, 0
	}
	tree, ok := syntax.ParseSkeleton(f, suites)
	if !ok {
		return nil, 0
	}
	m = LowerSkeleton(tree, suites)
	var whole *syntax.Tree
	for _, fn := range slices.Backward(m.Pending()) {
		s, _ := fn.Postponed()
		tree, def, ok := syntax.ParseSuite(f, s)
		if !ok {
			if whole == nil {
				whole, _ = syntax.Parse(f)
			}
			tree, def = whole, whole.Definition(s.Def)
		} else {
			alone++
		}
		m.Complete(fn, tree, def)
	}
	if err := Check(m); err != nil {
		t.Errorf("%s: %v", f.Path, err)
	}
	return m, alone
}

var numbers = regexp.MustCompile(`\b\d+(:|\b)`)

// described gives all that a function is, but for numbers that depend on the order in which bodies were lowered.
func described(m *Module) []string {
	var out []string
	for _, f := range m.Funcs {
		if f.Kind == Lambda && f.Name == "" {
			continue // a place that was kept for nothing
		}
		p := printer{m: m, f: f}
		p.function()
		var b strings.Builder
		fmt.Fprintf(&b, "%s\n%v %v regs %d params %v\n", numbers.ReplaceAllString(p.b.String(), "N"), f.Span, f.NameSpan, f.Body.Regs, len(f.Params))
		for _, n := range f.Body.Names {
			fmt.Fprintf(&b, "%q ", m.Strings[n])
		}
		for in := range f.Body.Instrs() {
			fmt.Fprintf(&b, "%v%d%v ", in.Op, in.Dst, in.Span)
		}
		out = append(out, b.String())
	}
	for i := range m.Imports {
		im := &m.Imports[i]
		out = append(out, fmt.Sprintf("%v in %s: %+v", im.Span, m.Funcs[im.Func].Qual, numbers.ReplaceAllString(importText(im), "N")))
	}
	return out
}

// sortedWords makes the names a function mentions comparable: they are in order of their numbers.
func sortedWords(s string) string {
	words := strings.Fields(s)
	slices.Sort(words)
	return strings.Join(words, " ")
}

// TestSkeleton lowers every fixture at once and body by body: it must come to the same. TREE=folder takes the files below
// a folder instead.
func TestSkeleton(t *testing.T) {
	root := os.Getenv("TREE")
	if root == "" {
		root = "../../testdata"
	}
	files, late, alone := 0, 0, 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".py" {
			return err
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		f, _ := text.NewFile(path, raw)
		if f == nil {
			return nil
		}
		files++
		got, n := lowerLate(t, f)
		if got == nil {
			return nil
		}
		late, alone = late+1, alone+n
		tree, _ := syntax.Parse(f)
		compareModules(t, path, got, Lower(tree))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if late < files*3/4 || alone == 0 {
		t.Errorf("only %d of %d files were lowered body by body, %d bodies by themselves", late, files, alone)
	}
	t.Logf("%d of %d files, %d bodies", late, files, alone)
}

func compareModules(t *testing.T, path string, got, want *Module) {
	a, b := described(got), described(want)
	slices.Sort(a)
	slices.Sort(b)
	if len(a) != len(b) {
		t.Errorf("%s: %d functions and imports, not %d", path, len(a), len(b))
		return
	}
	for i := range a {
		if x, y := sortedWords(a[i]), sortedWords(b[i]); x != y {
			t.Errorf("%s: body by body:\n%s\ninstead of\n%s", path, a[i], b[i])
			return
		}
	}
}

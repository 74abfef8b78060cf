package pkg

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// taintLayers are the files of pkg/taint from the bottom up: a file may use what files of its own layer and below declare.
// Files that are not named are the interpreter. It is one recursion and one package; this keeps its ends from growing in.
var taintLayers = []struct {
	name  string
	files []string // nil: all others
}{
	{"values", []string{"value", "fact", "prov", "sym", "domain", "segment", "pmap", "limits", "stats", "valueparts"}},
	{"states", []string{"state", "locals", "joinstate", "joinvalue", "verdict", "checked", "cond"}},
	{"reach", []string{"env", "mention", "near"}},
	{"interpreter", nil},
	{"driver", []string{"analyze", "worklist", "outward", "partly"}},
	{"findings", []string{"findings", "trace", "told", "print", "whence", "whencefrom"}},
}

// taintUpward are the files above it that a layer still uses. The list shrinks: what is no longer used must go from it, and
// nothing is added.
var taintUpward = map[string][]string{
	"values":      {"eval"},
	"states":      {"eval", "static"},
	"reach":       {"classrule", "eval"},
	"interpreter": {"analyze", "findings", "outward", "trace", "whencefrom", "worklist"},
	"driver":      {"findings"},
}

func taintLayerOf(file string) int {
	interpreter := -1
	for i, l := range taintLayers {
		if slices.Contains(l.files, file) {
			return i
		}
		if l.files == nil {
			interpreter = i
		}
	}
	return interpreter
}

// nothing stands for the packages that pkg/taint imports: what it declares itself is enough to see who uses it.
type nothing map[string]*types.Package

func (n nothing) Import(path string) (*types.Package, error) {
	if n[path] == nil {
		n[path] = types.NewPackage(path, filepath.Base(path))
		n[path].MarkComplete()
	}
	return n[path], nil
}

// fileUses gives, for each file of a package, which others it uses something of, and of that one name.
func fileUses(t *testing.T, dir string) map[string]map[string]string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no files in %s: %v", dir, err)
	}
	set := token.NewFileSet()
	var files []*ast.File
	for _, p := range paths {
		if strings.HasSuffix(p, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(set, p, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	info := &types.Info{Uses: map[*ast.Ident]types.Object{}}
	conf := types.Config{Importer: nothing{}, Error: func(error) {}} // of what is imported nothing is known
	ours, _ := conf.Check(dir, set, files, info)
	name := func(p token.Pos) string { return strings.TrimSuffix(filepath.Base(set.Position(p).Filename), ".go") }
	out := map[string]map[string]string{}
	for id, o := range info.Uses {
		if o.Pkg() != ours {
			continue
		}
		from, to := name(id.Pos()), name(o.Pos())
		if out[from] == nil {
			out[from] = map[string]string{}
		}
		out[from][to] = max(out[from][to], o.Name())
	}
	return out
}

// TestTaintLayers holds the files of pkg/taint to their order.
func TestTaintLayers(t *testing.T) {
	uses := fileUses(t, "taint")
	if len(uses["worklist"]) < 5 {
		t.Fatalf("worklist.go uses only %v: names are not found", uses["worklist"])
	}
	for _, l := range taintLayers {
		for _, f := range l.files {
			if uses[f] == nil {
				t.Errorf("taintLayers names %s.go, which is not there", f)
			}
		}
	}
	upward := map[string]map[string]bool{}
	for _, from := range slices.Sorted(maps.Keys(uses)) {
		low := taintLayerOf(from)
		layer := taintLayers[low].name
		for _, to := range slices.Sorted(maps.Keys(uses[from])) {
			high := taintLayerOf(to)
			if high <= low {
				continue
			}
			if upward[layer] == nil {
				upward[layer] = map[string]bool{}
			}
			upward[layer][to] = true
			if !slices.Contains(taintUpward[layer], to) {
				t.Errorf("taint/%s.go (%s) uses %s of %s.go (%s), which is above it", from, layer, uses[from][to], to, taintLayers[high].name)
			}
		}
	}
	for layer, files := range taintUpward {
		for _, f := range files {
			if !upward[layer][f] {
				t.Errorf("taintUpward: %s no longer uses %s.go; take it out", layer, f)
			}
		}
	}
}

package pkg_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/pickletrace/pickletrace/"

// layers says which packages of ours a package may import. The order is that of the pipeline; README.md is the map.
var layers = map[string][]string{
	"pkg/text":     {},
	"pkg/version":  {},
	"pkg/syntax":   {"pkg/text"},
	"pkg/ir":       {"pkg/text", "pkg/syntax"},
	"pkg/program":  {"pkg/text", "pkg/ir"},
	"pkg/rule":     {"pkg/version"},
	"pkg/manifest": {"pkg/text", "pkg/syntax", "pkg/version"},
	"pkg/finding":  {"pkg/text"},
	"pkg/taint":    {"pkg/text", "pkg/ir", "pkg/program", "pkg/rule", "pkg/finding"},
	"pkg/report":   {"pkg/text", "pkg/rule", "pkg/finding"},
	"pkg/scan": {"pkg/text", "pkg/syntax", "pkg/ir", "pkg/program", "pkg/rule", "pkg/version", "pkg/manifest", "pkg/finding",
		"pkg/taint"},
	"pkg/scantest": {"pkg/text", "pkg/rule", "pkg/finding", "pkg/report", "pkg/scan"},
	"pkg/config":   {},
	"rules":        {},
	"cmd/pickletrace": {"pkg/text", "pkg/syntax", "pkg/ir", "pkg/rule", "pkg/finding", "pkg/taint", "pkg/report", "pkg/scan",
		"pkg/scantest", "pkg/config", "rules"},
}

// homes says which packages may import a module of others. Tests are free.
var homes = map[string][]string{
	"github.com/smacker/go-tree-sitter": {"pkg/syntax"},
	"gopkg.in/yaml.v3":                  {"pkg/rule", "pkg/config", "pkg/manifest"},
	"github.com/pelletier/go-toml/v2":   {"pkg/config", "pkg/manifest"},
	"github.com/owenrumney/go-sarif/v2": {"pkg/report"},
	"github.com/bluekeyes/go-gitdiff":   {"pkg/finding"},
	"github.com/bmatcuk/doublestar/v4":  {"pkg/text", "cmd/pickletrace"},
	"golang.org/x/text":                 {"pkg/text"},
	"github.com/spf13/cobra":            {"cmd/pickletrace"},
	"github.com/spf13/pflag":            {"cmd/pickletrace"},
	"github.com/mattn/go-isatty":        {"cmd/pickletrace"},
}

// system says which packages may import those of the standard library that reach out of the program. Nobody may import
// net/http: a scan needs no network.
var system = map[string][]string{
	"os":      {"pkg/text", "pkg/manifest", "pkg/report", "pkg/scan", "pkg/scantest", "pkg/config", "cmd/pickletrace"},
	"os/exec": {"pkg/text", "cmd/pickletrace"},
	"testing": {"pkg/scantest"},
}

// goFiles gives the Go files of the repository that are no tests, by folder.
func goFiles(t *testing.T) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	root := os.DirFS("..")
	for _, top := range []string{"pkg", "cmd/pickletrace", "rules"} {
		err := fs.WalkDir(root, top, func(p string, _ fs.DirEntry, err error) error {
			if strings.HasSuffix(p, ".go") && !strings.HasSuffix(p, "_test.go") {
				out[path.Dir(p)] = append(out[path.Dir(p)], p)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(out["pkg/scan"]) == 0 {
		t.Fatal("pkg/scan has no files: wrong folder?")
	}
	return out
}

func TestLayers(t *testing.T) {
	used := map[string]bool{}
	for dir, files := range goFiles(t) {
		if _, ok := layers[dir]; !ok {
			t.Errorf("%s is not in layers", dir)
			continue
		}
		for _, file := range files {
			for _, imp := range importsOf(t, file) {
				checkImport(t, dir, file, imp, used)
			}
		}
	}
	for m := range homes {
		if !used[m] {
			t.Errorf("nobody imports %s: take it out of homes", m)
		}
	}
}

func importsOf(t *testing.T, file string) []string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), "../"+file, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, spec := range f.Imports {
		p, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, p)
	}
	return out
}

func checkImport(t *testing.T, dir, file, imp string, used map[string]bool) {
	t.Helper()
	if own, ok := strings.CutPrefix(imp, module); ok {
		if !slices.Contains(layers[dir], own) {
			t.Errorf("%s imports %s; see layers in this file", file, own)
		}
		return
	}
	if allowed, ok := system[imp]; ok && !slices.Contains(allowed, dir) {
		t.Errorf("%s imports %s; only %s may", file, imp, strings.Join(allowed, ", "))
	}
	if imp == "net/http" || imp == "net" {
		t.Errorf("%s imports %s: a scan needs no network", file, imp)
	}
	first, _, _ := strings.Cut(imp, "/")
	if !strings.Contains(first, ".") {
		return
	}
	for m, allowed := range homes {
		if imp == m || strings.HasPrefix(imp, m+"/") {
			used[m] = true
			if !slices.Contains(allowed, dir) {
				t.Errorf("%s imports %s; only %s may", file, m, strings.Join(allowed, ", "))
			}
			return
		}
	}
	t.Errorf("%s imports %s, which is not in homes", file, imp)
}

// libraries are names that only rule packs may know.
var libraries = regexp.MustCompile(`(?i)\b(pickle|_pickle|cPickle|cloudpickle|dill|joblib|torch|numpy|transformers|keras|safetensors|huggingface_hub|jsonpickle|shelve|pandas|sklearn|flask|django|requests\.get)\b`)

// namesake are words in code that are the name of a library and something else as well.
var namesake = map[string]string{
	"pkg/manifest/shell.go torch": "an option of an installer: --torch-backend",
	"pkg/taint/external.go numpy": "a method that many classes have",
}

// TestNoLibraryNames keeps what is known of libraries in the rule packs: a name in the engine is a special case.
func TestNoLibraryNames(t *testing.T) {
	for dir, files := range goFiles(t) {
		if !strings.HasPrefix(dir, "pkg/") {
			continue
		}
		for _, file := range files {
			for _, hit := range libraryNames(t, file) {
				t.Errorf("%s names a library: that belongs into rules/", hit)
			}
		}
	}
}

// libraryNames gives the places in code, not in comments, that name a library.
func libraryNames(t *testing.T, file string) []string {
	t.Helper()
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "../"+file, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	ast.Inspect(f, func(n ast.Node) bool {
		text := ""
		switch n := n.(type) {
		case *ast.Ident:
			text = n.Name
		case *ast.BasicLit:
			text = n.Value
		}
		if m := libraries.FindString(text); m != "" && namesake[file+" "+m] == "" {
			out = append(out, strings.TrimPrefix(fset.Position(n.Pos()).String(), "../")+" ("+m+")")
		}
		return true
	})
	return out
}

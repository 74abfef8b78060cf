package pkg

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/pickletrace/pickletrace/"

// layers says what each package may import of ours, tests aside. A package that is not here must not be.
var layers = map[string][]string{
	"disk":       {},
	"cache":      {"disk"},
	"git":        {"disk"},
	"text":       {"disk", "git"},
	"version":    {},
	"spell":      {},
	"config":     {"disk", "spell"},
	"syntax":     {"text"},
	"ir":         {"text", "syntax"},
	"program":    {"text", "ir"},
	"rule":       {"version", "spell"},
	"finding":    {"text"},
	"shell":      {},
	"fix":        {"text", "syntax", "rule", "finding"},
	"taint":      {"text", "ir", "program", "rule", "finding", "shell"},
	"manifest":   {"disk", "text", "syntax", "version", "shell"}, // setup.py is Python
	"learn":      {"text", "ir", "program", "rule", "taint", "scan"},
	"report":     {"text", "rule", "finding"},
	"lsp":        {"text", "rule", "finding", "report"},
	"scan":       {"fix", "text", "syntax", "ir", "program", "rule", "finding", "taint", "manifest", "version", "cache"},
	"sarifcheck": {},                                                       // for tests
	"scantest":   {"text", "rule", "manifest", "finding", "taint", "scan"}, // runs what it tests
}

// homes says which packages may import a module that is not ours, by the beginning of its path.
var homes = map[string][]string{
	"github.com/smacker/go-tree-sitter":        {"syntax"},
	"go.yaml.in/yaml/v3":                       {"rule", "config", "manifest", "learn"}, // three kinds of YAML: packs (read and written), settings, declarations
	"github.com/pelletier/go-toml/v2":          {"config", "manifest"},
	"github.com/owenrumney/go-sarif/v2":        {"report"},
	"github.com/bmatcuk/doublestar/v4":         {"text"},
	"golang.org/x/text":                        {"text"},
	"github.com/go-git/go-git/v5":              {"git"},
	"github.com/go-git/go-billy/v5":            {"git"}, // how go-git sees files
	"github.com/bluekeyes/go-gitdiff":          {"finding"},
	"github.com/aymanbagabas/go-udiff":         {"git", "report"},
	"github.com/santhosh-tekuri/jsonschema/v6": {"sarifcheck"},
	"mvdan.cc/sh/v3":                           {"shell"},
	"github.com/sourcegraph/jsonrpc2":          {"lsp"},
}

// standard says who may import packages of the standard library that reach beyond the program.
var standard = map[string][]string{
	"os":            {"disk", "cache", "git", "text", "config", "manifest", "report", "sarifcheck", "scan", "scantest"},
	"path/filepath": {"disk", "cache", "git", "text", "config", "report", "lsp", "sarifcheck", "scantest"}, // elsewhere paths are relative, with slashes
	"os/exec":       {},                                                                                    // no program is started on a tree that strangers wrote
	"net":           {},
	"net/http":      {},
	"plugin":        {},
	"unsafe":        {"syntax", "ir"}, // ir: a string that shares the bytes of the file
	"C":             {"syntax"},
}

// A source is a Go file below pkg that is not a test.
type source struct {
	path, pkg string
	file      *ast.File
	set       *token.FileSet
}

func sources(t *testing.T, mode parser.Mode) []source {
	t.Helper()
	var out []source
	err := filepath.WalkDir(".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && d.Name() == "testdata" {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(p, ".go") || strings.HasSuffix(p, "_test.go") {
			return nil
		}
		set := token.NewFileSet()
		f, err := parser.ParseFile(set, p, nil, mode)
		if err != nil {
			return err
		}
		out = append(out, source{filepath.ToSlash(p), path.Dir(filepath.ToSlash(p)), f, set})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(out) == 0 {
		t.Fatal("no Go files below pkg")
	}
	return out
}

func TestLayers(t *testing.T) {
	used := map[string]bool{}
	for _, s := range sources(t, parser.ImportsOnly) {
		used[s.pkg] = true
		if _, ok := layers[s.pkg]; !ok {
			t.Errorf("%s: pkg/%s is not in layers", s.path, s.pkg)
			continue
		}
		for _, im := range s.file.Imports {
			name, err := strconv.Unquote(im.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			if msg := forbidden(s.pkg, name); msg != "" {
				t.Errorf("%s: %s", s.path, msg)
			}
		}
	}
	for pkg := range layers {
		if !used[pkg] {
			t.Errorf("layers names pkg/%s, which is not there", pkg)
		}
	}
}

// forbidden says why a package may not import a path; "" if it may.
func forbidden(pkg, name string) string {
	if ours, ok := strings.CutPrefix(name, module); ok {
		if dep, ok := strings.CutPrefix(ours, "pkg/"); !ok || !slices.Contains(layers[pkg], dep) {
			return "pkg/" + pkg + " imports " + ours + "; see layers in layering_test.go"
		}
		return ""
	}
	if who, ok := standard[name]; ok && !slices.Contains(who, pkg) {
		return "pkg/" + pkg + " imports " + name + "; of our packages only these may: " + strings.Join(who, ", ")
	}
	head, _, _ := strings.Cut(name, "/")
	if !strings.Contains(head, ".") {
		return ""
	}
	for home, who := range homes {
		if name != home && !strings.HasPrefix(name, home+"/") {
			continue
		}
		if !slices.Contains(who, pkg) {
			return "pkg/" + pkg + " imports " + name + "; only " + strings.Join(who, ", ") + " may"
		}
		return ""
	}
	return "pkg/" + pkg + " imports " + name + ", which has no home in homes"
}

// TestForbidden shows that the rules can fail.
func TestForbidden(t *testing.T) {
	for _, c := range []struct{ pkg, name string }{
		{"ir", module + "pkg/rule"},
		{"text", module + "rules"},
		{"report", "go.yaml.in/yaml/v3"},
		{"taint", "github.com/smacker/go-tree-sitter/python"},
		{"taint", "os"},
		{"rule", "net/http"},
		{"scan", "example.org/new"},
	} {
		if forbidden(c.pkg, c.name) == "" {
			t.Errorf("pkg/%s may import %s", c.pkg, c.name)
		}
	}
}

// libraries are names that only rule packs may know. The engine has never heard of them.
var libraries = regexp.MustCompile(`(?i)\b(c?pickle|pickles|dill|cloudpickle|joblib|shelve|marshal|jsonpickle|torch|torchvision|` +
	`pytorch_lightning|lightning|transformers|diffusers|huggingface_hub|safetensors|sentence_transformers|numpy|np|pandas|scipy|` +
	`sklearn|xgboost|lightgbm|keras|tensorflow|tf|yaml\.load|ruamel|hyperpyyaml|flask|django|fastapi|aiohttp|tornado|gradio|` +
	`streamlit|requests|httpx|urllib3?|boto3|redis|celery|kombu|zmq|kafka|pika|ray|mlflow|wandb|bentoml|vllm|langchain|faiss)\b`)

// spoken are the exceptions: words that are names of libraries, but do not mean them.
var spoken = map[string]string{
	"manifest/install.go": "torch", // --torch-backend, an option of uv pip that takes a value
}

// TestNoLibraryNames holds string literals to it. Comments may name a library where a Python example needs one.
func TestNoLibraryNames(t *testing.T) {
	for _, s := range sources(t, parser.SkipObjectResolution) {
		ast.Inspect(s.file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ImportSpec:
				return false
			case *ast.BasicLit:
				if n.Kind == token.STRING {
					if name := libraries.FindString(n.Value); name != "" && spoken[s.path] != name {
						t.Errorf("%s: a string names %q; what libraries do belongs in rules/*.yaml", s.set.Position(n.Pos()), name)
					}
				}
			}
			return true
		})
	}
}

// standardLibrary are dotted names of what comes with Python. What such a call, type or base is to the engine packs say
// (intrinsics, types, propagators, validators).
var standardLibrary = regexp.MustCompile(`(?:^|[^\w.])(abc|argparse|asyncio|base64|builtins|bz2|codecs|collections|concurrent|configparser|contextlib|` +
	`copy|copyreg|csv|ctypes|dataclasses|datetime|email|enum|functools|glob|gzip|hashlib|hmac|http|importlib|importlib_metadata|inspect|` +
	`io|itertools|json|logging|lzma|multiprocessing|operator|os|pathlib|pkg_resources|pkgutil|pydoc|queue|random|re|runpy|sched|secrets|` +
	`shlex|shutil|six|socket|sqlite3|ssl|string|struct|subprocess|sys|tarfile|tempfile|threading|time|types|unittest|uuid|weakref|` +
	`xml|zipfile|zlib|attr|attrs)\.[a-zA-Z_]`)

// moved are words that packs have and the engine had: names of functions and methods of the standard library.
var moved = regexp.MustCompile(`^(md5|sha1|strtobool|urlparse|urlsplit|appendleft|put_nowait|extendleft|popleft|get_nowait|popitem|setdefault|` +
	`fullmatch|casefold|rpartition|rsplit|splitext|getenv|getcwd|namedtuple|defaultdict|deque|deepcopy|entry_points|iter_entry_points|` +
	`import_module|__import__|getattr|setattr|isinstance|issubclass|hasattr|SimpleNamespace|Namespace|Path|evolve|suppress)$`)

// known are the names of the standard library that the engine has left, by file: this list only shrinks.
var known = map[string][]string{
	"ir/lower_pattern.go": {"isinstance"},                            // what a class pattern is lowered to
	"rule/intrinsics.go":  {"suppress", "deque"},                     // keys of the language
	"taint/context.go":    {"collections.abc."},                      // annotations, beside typing.
	"taint/generic.go":    {"json.dumps", "json.loads", "json.load"}, // what the type of a text decides
}

// TestNoStandardLibrary holds string literals of the packages that know rules, and of those below, to it.
func TestNoStandardLibrary(t *testing.T) {
	left := map[string]bool{}
	for _, s := range sources(t, parser.SkipObjectResolution) {
		if s.pkg != "taint" && s.pkg != "program" && s.pkg != "ir" && s.pkg != "scan" && s.pkg != "rule" {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ImportSpec:
				return false
			case *ast.BasicLit:
				text, _ := strconv.Unquote(n.Value)
				if n.Kind != token.STRING || !standardLibrary.MatchString(text) && !moved.MatchString(text) {
					return true
				}
				if left[s.path+" "+text] = true; !slices.Contains(known[s.path], text) {
					t.Errorf("%s: a string names %q; which calls and types these are belongs in rules/*.yaml", s.set.Position(n.Pos()), text)
				}
			}
			return true
		})
	}
	for path, names := range known {
		for _, name := range names {
			if !left[path+" "+name] {
				t.Errorf("known lists %q of %s, which is not there any more", name, path)
			}
		}
	}
}

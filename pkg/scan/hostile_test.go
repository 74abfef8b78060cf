package scan_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pickletrace/pickletrace/pkg/scan"
	"github.com/pickletrace/pickletrace/pkg/taint"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// hostileFlow is what must be found beside everything a stranger can write.
const hostileFlow = "import pickle, requests\n\ndef f(u):\n    return pickle.loads(requests.get(u).content)\n"

// times writes a line with its number n times.
func times(n int, format string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

// hostileTrees are trees that are made to cost time, memory or a crash. Sizes are such that work which grows with the square
// of them would take minutes; what is counted is that the scan ends, tells no bug of ours, and finds the flow.
var hostileTrees = map[string]map[string]string{
	"semicolons":         {"a.py": strings.Repeat("x=1;", 100_000)},
	"comment run":        {"a.py": "def g(u):\n" + strings.Repeat("    # x = compute(value, other) + 1\n", 900) + "    return 1\n"},
	"empty attribute":    {"a.py": "[().[[[[[[[[]]]]]]]]import pickle.load\n"},
	"empty names":        {"a.py": "def (x): pass\nclass : pass\nx. = 1\nimport .\nfrom . import\nf(=1)\n@.\ndef g(): pass\npickle.()\n"},
	"brackets":           {"a.py": strings.Repeat("(", 50_000)},
	"nested calls":       {"a.py": strings.Repeat("f(", 3000) + "1" + strings.Repeat(")", 3000)},
	"sums":               {"a.py": "x = " + strings.Repeat("a+", 50_000) + "a\n"},
	"attributes":         {"a.py": "x = a" + strings.Repeat(".b", 50_000) + "\n"},
	"elifs":              {"a.py": "if a:\n    pass\n" + strings.Repeat("elif b:\n    pass\n", 10_000)},
	"decorators":         {"a.py": strings.Repeat("@d\n", 20_000) + "def g(): pass\n"},
	"lambdas":            {"a.py": "x = " + strings.Repeat("lambda: ", 5000) + "1\n"},
	"backslashes":        {"a.py": "x = 1" + strings.Repeat(" \\\n", 20_000) + "+ 1\n"},
	"indentation":        {"a.py": times(150, "%[1]*[1]sx = 1\n")},
	"strings":            {"a.py": "x = " + strings.Repeat(`"a" `, 50_000) + "\n"},
	"keywords":           {"a.py": "import torch\ntorch.load(x," + times(10_000, "k%d=1,") + ")\n"},
	"imports in circles": {"a.py": times(3000, "from b import x%d\n") + "from b import *\n", "b.py": times(3000, "from a import x%d\n") + "from a import *\n"},
	"ignore comments":    {"a.py": strings.Repeat("x = 1  # pickletrace: ignore[PKL101]\n", 10_000)},
	"codes":              {"a.py": "x = 1  # pickletrace: ignore[" + strings.Repeat("PKL101,", 20_000) + "PKL101]\n"},
	"zero bytes":         {"a.py": strings.Repeat("import pickle\x00\nx = 1\n", 1000)},
	"deep notebook":      {"n.ipynb": `{"cells": [], "x": ` + strings.Repeat("[", 9000) + strings.Repeat("]", 9000) + "}"},
	"tables":             {"pyproject.toml": times(20_000, "[a.b%d]\n")},
	"deep TOML":          {"pyproject.toml": "a = " + strings.Repeat("[", 200_000)},
	"deep YAML":          {"environment.yml": "dependencies: " + strings.Repeat("[", 50_000), "docker-compose.yml": strings.Repeat("{a: ", 50_000)},
	"aliases": {"environment.yml": "a: &a [x,x,x,x,x,x,x,x,x]\n" + aliases(20) + "dependencies: *z20\n",
		"docker-compose.yml": "a: &a [x,x,x,x,x,x,x,x,x]\n" + aliases(20) + "services: *z20\n"},
	"aliases of themselves": {"environment.yml": "dependencies: &a [*a]\n", "docker-compose.yml": "services: &s\n  x: *s\n", ".github/workflows/x.yml": "jobs: &j {a: *j}\n"},
	"requirements":          {"requirements.txt": "-r a.txt\n-r requirements.txt\n", "a.txt": "-r requirements.txt\n-r a.txt\n"},
	"markers":               {"requirements.txt": "torch>=2; " + strings.Repeat("(", 20_000) + "python_version>'3'" + strings.Repeat(")", 20_000)},
	"version":               {"requirements.txt": "torch==" + strings.Repeat("9", 50_000) + strings.Repeat(".1", 50_000)},
	"setup.py":              {"setup.py": "from setuptools import setup\nx = ['torch>=2']\n" + strings.Repeat("x = x + x\n", 60) + "setup(install_requires=x)\n"},
	"shell":                 {"x.sh": "export A=\"" + strings.Repeat("$A", 50_000) + "\"\n", "Dockerfile": "FROM x\nENV " + strings.Repeat("A=1 \\\n", 20_000)},
}

// aliases writes anchors each of which stands for nine of the one before.
func aliases(n int) string {
	var b strings.Builder
	last := "a"
	for i := range n {
		next := fmt.Sprintf("z%d", i+1)
		fmt.Fprintf(&b, "%s: &%s [%s]\n", next, next, strings.TrimSuffix(strings.Repeat("*"+last+",", 9), ","))
		last = next
	}
	return b.String()
}

func TestHostileTrees(t *testing.T) {
	pack, err := builtin()
	if err != nil {
		t.Fatal(err)
	}
	for name, files := range hostileTrees {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			for file, content := range files {
				writeTo(t, filepath.Join(dir, file), content)
			}
			writeTo(t, filepath.Join(dir, "zz_flow.py"), hostileFlow)
			res := scan.Run(scan.Options{Find: text.FindOptions{Roots: []string{dir}, Base: dir}}, pack)
			found := false
			for i := range res.Findings {
				found = found || res.Findings[i].Sink.File.Path == "zz_flow.py" && res.Findings[i].RuleID == "PKL101"
			}
			if !found {
				t.Error("the flow beside it is not found")
			}
			for _, p := range res.Problems {
				if p.Kind == "internal" {
					t.Errorf("%s: %s", p.Path, p.Msg)
				}
			}
		})
	}
}

// TestSplitCharacter moves a name of several bytes over the places where the text is given to the parser in pieces.
func TestSplitCharacter(t *testing.T) {
	pack, err := builtin()
	if err != nil {
		t.Fatal(err)
	}
	for shift := range 8 {
		code := "import pickle, requests\n#" + strings.Repeat("a", 1015-len("import pickle, requests\n#")-shift) + "\n数据𝒙 = requests.get(1).content\npickle.loads(数据𝒙)\n"
		file, _ := text.NewFile("a.py", []byte(code))
		if res := scan.Files([]*text.File{file}, nil, pack, &taint.Options{}); len(res.Findings) != 1 {
			t.Errorf("shifted by %d: %d findings", shift, len(res.Findings))
		}
	}
}

func writeTo(t *testing.T, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

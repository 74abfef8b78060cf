package manifest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/pickletrace/pickletrace/pkg/text"
	"github.com/pickletrace/pickletrace/pkg/version"
)

// tree gives the files of a text of the form "-- path --\ncontent".
func tree(t testing.TB, archive string) []File {
	t.Helper()
	var out []File
	for line := range strings.Lines(archive) {
		if name, ok := strings.CutPrefix(strings.TrimSuffix(strings.TrimSpace(line), " --"), "-- "); ok {
			out = append(out, File{Path: name})
			continue
		}
		if len(out) == 0 {
			if strings.TrimSpace(line) == "" {
				continue
			}
			t.Fatalf("%q before the first file", line)
		}
		f := &out[len(out)-1]
		f.Data = append(f.Data, line...)
	}
	return out
}

// set reads "a | b" with specifier sets a and b.
func set(t testing.TB, s string) version.Set {
	t.Helper()
	var any version.Set
	for part := range strings.SplitSeq(s, "|") {
		one, err := version.ParseRequirement(strings.TrimSpace(part))
		if err != nil {
			t.Fatal(err)
		}
		any = any.Union(one)
	}
	return any
}

func same(a, b version.Set) bool {
	return a.Intersect(b.Not()).Empty() && b.Intersect(a.Not()).Empty()
}

// expect compares what the facts allow. want is "file: library specifier", one per line; "file: library ?" for unknown,
// "file: library *" for every version.
func expect(t *testing.T, facts *Facts, want string) {
	t.Helper()
	for line := range strings.Lines(want) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		file, rest, _ := strings.Cut(line, ": ")
		name, spec, _ := strings.Cut(rest, " ")
		got, known := facts.Allowed(name, file)
		switch {
		case !known:
			if spec != "?" {
				t.Errorf("%s: not known", line)
			}
		case spec == "?":
			t.Errorf("%s: known: %s", line, members(t, got))
		default:
			if !same(got, set(t, strings.TrimSpace(strings.TrimPrefix(spec, "*")))) {
				t.Errorf("%s: allows %s", line, members(t, got))
			}
		}
	}
}

// members lists which of some versions are in the set.
func members(t testing.TB, s version.Set) string {
	var in []string
	for _, text := range strings.Fields("0.5 1.0 1.2 1.2.3 1.5 1.9 1.13 1.13.1 1.16.2 1.16.3 1.24 2.0 2.1 2.2 2.3 2.4 2.4.1 2.5 2.5.1 2.6rc1 2.6 2.6.1 2.7 2.7.1 2.8 3 4 5 6") {
		v, err := version.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		if s.Contains(v) {
			in = append(in, text)
		}
	}
	return fmt.Sprint(in)
}

// loadTree loads files and fails on problems that none of the wanted words is part of.
func loadTree(t *testing.T, archive string, problems ...string) *Facts {
	t.Helper()
	files := tree(t, archive)
	facts, got := Load(files)
	for _, p := range got {
		if !slices.ContainsFunc(problems, func(w string) bool { return strings.Contains(p.Msg, w) }) {
			t.Errorf("%s:%d: %s", p.Path, p.Line, p.Msg)
		}
	}
	for _, w := range problems {
		if !slices.ContainsFunc(got, func(p text.Problem) bool { return strings.Contains(p.Msg, w) }) {
			t.Errorf("no problem says %q", w)
		}
	}
	slices.Reverse(files)
	again, _ := Load(files)
	if fmt.Sprint(again.settings) != fmt.Sprint(facts.settings) || fmt.Sprint(sizes(again)) != fmt.Sprint(sizes(facts)) {
		t.Error("the order of the files matters")
	}
	return facts
}

func sizes(f *Facts) map[string]int {
	out := map[string]int{}
	for dir, fo := range f.folders {
		for name, ds := range fo.decls {
			out[dir+" "+name] = len(ds)
		}
	}
	return out
}

func TestFormats(t *testing.T) {
	for _, tt := range formatTests {
		t.Run(tt.name, func(t *testing.T) {
			expect(t, loadTree(t, tt.files, tt.problems...), tt.want)
		})
	}
}

// TestVersions checks the question the engine asks.
func TestVersions(t *testing.T) {
	facts := loadTree(t, "-- requirements.txt --\nTorch_X>=2.0\nnumpy==1.16.2\nbroken>3,<2\n")
	for _, tt := range []struct {
		name, spec string
		in         version.Relation
		known      bool
	}{
		{"torch-x", ">=2.6", version.Partly, true},
		{"Torch.X", ">=1", version.Inside, true},
		{"torch_x", "<2", version.Outside, true},
		{"torch-x", "", version.Inside, true},
		{"NumPy", "<1.16.3", version.Inside, true},
		{"numpy", ">=1.16.3", version.Outside, true},
		{"numpy", "nonsense", version.Partly, true},
		{"broken", ">=1", version.Partly, true},
		{"scipy", ">=1", version.Partly, false},
	} {
		if in, known := facts.Versions(tt.name, "app/main.py", tt.spec); in != tt.in || known != tt.known {
			t.Errorf("Versions(%s, %q) = %d, %v, want %d, %v", tt.name, tt.spec, in, known, tt.in, tt.known)
		}
	}
}

func TestDeclared(t *testing.T) {
	facts := loadTree(t, `
-- requirements.txt --
# pins
-r more.txt
torch>=2.0
-- more.txt --

torch<3
-- pyproject.toml --
[project]
name = "x"
dependencies = [
  "torch!=2.1",
]
-- sub/uv.lock --
version = 1

[[package]]
name = "torch"
version = "2.6.0"
`)
	want := "[{more.txt 2 torch<3} {pyproject.toml 4 torch!=2.1} {requirements.txt 3 torch>=2.0}]"
	if got := fmt.Sprint(facts.Declared("Torch", "a/b.py")); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	if got, want := fmt.Sprint(facts.Declared("torch", "sub/b.py")), "[{sub/uv.lock 4 torch==2.6.0}]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := facts.Declared("numpy", "a/b.py"); got != nil {
		t.Errorf("got %v", got)
	}
}

func TestNotebook(t *testing.T) {
	facts := loadTree(t, "-- requirements.txt --\ntorch>=2.0\nnumpy<2\n")
	facts.AddNotebook("nb/a.ipynb", []text.Install{{Line: 3, Command: `pip install -q "torch==2.4.1" numpy 'scipy>=1' --index-url https://x.y/z`}})
	expect(t, facts, `
		nb/a.ipynb: torch ==2.4.1
		nb/a.ipynb: numpy <2
		nb/a.ipynb: scipy >=1
		nb/b.ipynb: torch >=2.0
		nb/b.ipynb: scipy ?`)
}

// TestNotebookWritesRequirements: a requirements file that a cell writes says what a command would.
func TestNotebookWritesRequirements(t *testing.T) {
	facts := loadTree(t, "-- requirements.txt --\ntorch>=2.0\n")
	facts.AddNotebook("nb/a.ipynb", []text.Install{{Line: 2, Requirement: "# what this needs"}, {Line: 3, Requirement: "torch==2.4.1 # pinned"}})
	expect(t, facts, `
		nb/a.ipynb: torch ==2.4.1
		nb/b.ipynb: torch >=2.0`)
}

func TestBroken(t *testing.T) {
	for file, data := range map[string]string{
		"pyproject.toml": "[project]\nname = \"x\"\ndependencies = [",
		"uv.lock":        "<<<<<<< HEAD\n",
		"Pipfile.lock":   "{\n\"default\": {,}}",
	} {
		_, problems := Load([]File{{Path: "a/" + file, Data: []byte(data)}})
		if len(problems) != 1 || problems[0].Severity != text.Partial || problems[0].Path != "a/"+file || problems[0].Line == 0 {
			t.Errorf("%s: %+v", file, problems)
		}
	}
	_, problems := Load([]File{{Path: "requirements.txt", Data: []byte(strings.Repeat("torch => 2\n", 10))}})
	if len(problems) != maxOdd || !strings.Contains(problems[maxOdd-1].Msg, "and 7 more") || problems[0].Line != 1 || problems[0].Severity != text.Info {
		t.Errorf("%+v", problems)
	}
}

func TestEnv(t *testing.T) {
	facts := loadTree(t, envTree, "mapping values")
	var got []string
	for _, s := range facts.Env("SWITCH") {
		got = append(got, fmt.Sprintf("%s:%d %s", s.File, s.Line, s.Value))
	}
	want := strings.Split(strings.TrimSpace(envWant), "\n")
	if len(want) != len(got) {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
		return
	}
	for i := range want {
		if w := want[i]; w != got[i] {
			t.Errorf("got %q, want %q", got[i], w)
		}
	}
	if facts.Env("SWITC") != nil || facts.Env("") != nil {
		t.Error("a prefix is not the name")
	}
}

func TestOptions(t *testing.T) {
	var got []string
	for _, s := range loadTree(t, optionTree).Options() {
		if s.Name == "mode" && s.Option {
			got = append(got, fmt.Sprintf("%s:%d %s", s.File, s.Line, s.Value))
		}
	}
	if all := strings.Join(got, "\n"); all != strings.Trim(optionWant, "\n") {
		t.Errorf("got\n%s", all)
	}
}

func FuzzLoad(f *testing.F) {
	for _, tt := range formatTests {
		for _, file := range tree(f, tt.files) {
			f.Add(file.Path, file.Data)
		}
	}
	for _, file := range append(tree(f, envTree), tree(f, optionTree)...) {
		f.Add(file.Path, file.Data)
	}
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		if !strings.ContainsAny(name, ".fA") || len(data) > 1<<16 {
			return
		}
		facts, problems := Load([]File{{Path: name, Data: data}})
		for _, p := range problems {
			if p.Severity == text.Failed || p.Path != name {
				t.Errorf("problem %+v", p)
			}
		}
		lines := 1 + strings.Count(string(data), "\n")
		for _, fo := range facts.folders {
			for n, ds := range fo.decls {
				facts.Versions(n, fo.path+"/x.py", ">=1")
				for _, d := range ds {
					if d.line < 0 || d.line > lines {
						t.Errorf("%s: line %d of %d", n, d.line, lines)
					}
				}
			}
		}
		for _, s := range append(facts.Settings(), facts.Options()...) {
			if s.Line < 1 || s.Line > lines {
				t.Errorf("%s: line %d of %d", s.Name, s.Line, lines)
			}
		}
	})
}

package manifest

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// plant writes files below a new folder and gives it.
func plant(t *testing.T, files map[string]string) string {
	t.Helper()
	base := t.TempDir()
	for name, data := range files {
		p := filepath.Join(base, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return base
}

func paths(files []File) string {
	var out []string
	for _, f := range files {
		out = append(out, f.Path)
	}
	return strings.Join(out, " ")
}

func TestFind(t *testing.T) {
	base := plant(t, map[string]string{
		"requirements.txt":                 "-r deps/core.list\n-r ../outside.txt\n-r gone.txt",
		"deps/core.list":                   "-c pins.list\n",
		"deps/pins.list":                   "torch==2.6\n",
		"deps/other.list":                  "",
		"README.txt":                       "",
		"src/app/main.py":                  "",
		"src/app/pyproject.toml":           "",
		"other/requirements.txt":           "",
		"other/deep/down/requirements.txt": "",
		".github/workflows/ci.yml":         "",
		".hidden/requirements.txt":         "",
		"venv/requirements.txt":            "",
		"x-1.0.dist-info/METADATA":         "",
		"x-1.0.dist-info/RECORD":           "",
		"docs/Dockerfile":                  "",
		"big/poetry.lock":                  strings.Repeat("#", 2000),
	})
	if err := os.Symlink("/etc/hostname", filepath.Join(base, "constraints.txt")); err != nil {
		t.Skip(err)
	}
	if err := os.Symlink("requirements.txt", filepath.Join(base, "requirements-dev.txt")); err != nil {
		t.Skip(err)
	}
	files, problems := Find(Options{Base: base, Files: []string{"src/app/main.py", "/elsewhere/x.py", "../y.py"},
		Exclude: []string{"docs/**"}, MaxSize: 1000})
	want := ".github/workflows/ci.yml deps/core.list deps/pins.list other/requirements.txt requirements-dev.txt " +
		"requirements.txt src/app/pyproject.toml x-1.0.dist-info/METADATA"
	if got := paths(files); got != want {
		t.Errorf("found\n%s\nwant\n%s", got, want)
	}
	if len(problems) != 2 || problems[0].Path != "big/poetry.lock" || problems[0].Kind != "too-large" || problems[1].Path != "constraints.txt" ||
		problems[1].Kind != "symlink-outside" {
		t.Errorf("problems: %+v", problems)
	}
	for _, p := range problems {
		if strings.Contains(p.Msg, base) {
			t.Errorf("an absolute path in %q", p.Msg)
		}
	}
	facts, _ := Load(files)
	expect(t, facts, "src/app/main.py: torch ==2.6")
}

func TestFindNoBase(t *testing.T) {
	files, problems := Find(Options{Base: filepath.Join(t.TempDir(), "gone"), Files: []string{"a.py"}})
	if files != nil || len(problems) != 1 || strings.Contains(problems[0].Msg, os.TempDir()) {
		t.Errorf("%v %+v", files, problems)
	}
}

func TestKindOf(t *testing.T) {
	for _, tt := range []struct {
		path, folder string
		manifest     bool
		strength     strength
	}{
		{"requirements.txt", ".", true, required},
		{"a/requirements/base.txt", "a", true, required},
		{"a/requirements/gpu.in", "a", true, optional},
		{"a/dev-requirements.txt", "a", true, development},
		{"a/requirements-test_gpu.txt", "a", true, development},
		{"a/constraints-3.11.txt", "a", true, constraint},
		{"a/notes.txt", "", false, 0},
		{"a/METADATA", "", false, 0},
		{"a/b-1.dist-info/METADATA", "a", true, required},
		{"src/b.egg-info/requires.txt", ".", true, required},
		{"lib/b.egg-info/PKG-INFO", "lib", true, required},
		{"PKG-INFO", ".", true, required},
		{"docker/Dockerfile.gpu", ".", true, installed},
		{"x/worker.dockerfile", "x", true, installed},
		{"Dockerfile", ".", true, installed},
		{"compose.yaml", ".", true, required},
		{"decompose.yaml", "", false, 0},
		{".github/workflows/x.yaml", ".github/workflows", true, required},
		{"workflows/x.yaml", "", false, 0},
		{"environment-gpu.yml", ".", true, optional},
		{".env.production", ".", true, required},
		{".env.example", "", false, 0},
		{"pylock.cuda.toml", ".", true, required},
		{"main.py", "", false, 0},
	} {
		k := kindOf(tt.path)
		if (k.read != nil) != tt.manifest || tt.manifest && (k.folder != tt.folder || k.strength != tt.strength) {
			t.Errorf("%s: %v, folder %s, strength %d", tt.path, k.read != nil, k.folder, k.strength)
		}
	}
}

func TestFoldersAbove(t *testing.T) {
	var got []string
	for dir := range foldersAbove([]string{"a/b/c.py", "d.py"}) {
		got = append(got, dir)
	}
	slices.Sort(got)
	if want := []string{".", "a", "a/b"}; !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
}

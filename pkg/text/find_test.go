package text

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// tree writes the files, by slash-separated path, into a new folder and gives it.
func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, body := range files {
		full := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func paths(found []Found) []string {
	var ps []string
	for _, f := range found {
		ps = append(ps, f.Path)
	}
	return ps
}

func lines(ps []Problem) []string {
	var ls []string
	for _, p := range ps {
		ls = append(ls, fmt.Sprintf("%s: %d %s: %s", p.Path, p.Severity, p.Kind, p.Msg))
	}
	return ls
}

func same(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n got  %q\n want %q", what, got, want)
	}
}

func TestFind(t *testing.T) {
	dir := tree(t, map[string]string{
		"b/x.py": "1", "b.py": "1", "a.PY": "1", "w.pyw": "1", "n.ipynb": "{}", "stub.pyi": "1", "notes.txt": "1",
		"run": "#!/usr/bin/env python3\n", "sh": "#!/bin/sh\n", "empty": "",
		"build/gen.py": "1", "pkg/venv/lib.py": "1", "v2/pyvenv.cfg": "home = /usr/bin\n", "v2/bin/python": "", "v2/bin/b.py": "1", "v2/lib/l.py": "1", "v2/own.py": "1",
		"fake/pyvenv.cfg": "", "fake/lib/f.py": "1", "fake2/pyvenv.cfg": "home = x", "fake2/bin/f.py": "1", "__pycache__/c.py": "1",
	})
	found, problems := Find(FindOptions{Roots: []string{dir}})
	same(t, "found", paths(found), "a.PY", "b.py", "b/x.py", "fake/lib/f.py", "fake2/bin/f.py", "n.ipynb", "run", "v2/own.py", "w.pyw")
	same(t, "problems", lines(problems),
		": 0 skipped-folders: 5 folders not entered because of their name: 1 × __pycache__, 1 × bin, 1 × build, 1 × lib, 1 × venv")
}

func TestFindNamed(t *testing.T) {
	dir := tree(t, map[string]string{
		"site-packages/m/a.py": "1", "site-packages/m/build/b.py": "1", "conf": "x = 1", "s.pyi": "1",
	})
	in := func(p string) string { return filepath.Join(dir, filepath.FromSlash(p)) }
	found, problems := Find(FindOptions{Roots: []string{in("site-packages/m/build")}})
	same(t, "skipped name as root", paths(found), "b.py")
	same(t, "problems", lines(problems))

	found, _ = Find(FindOptions{Roots: []string{in("conf"), in("s.pyi"), in("site-packages"), in("conf")}})
	same(t, "several roots", paths(found), "conf", "s.pyi", "site-packages/m/a.py")

	found, _ = Find(FindOptions{Roots: []string{in("site-packages")}, NoDefaultSkips: true})
	same(t, "no skips", paths(found), "m/a.py", "m/build/b.py")

	found, _ = Find(FindOptions{Roots: []string{in("conf")}, Exclude: []string{"conf"}})
	same(t, "named and excluded", paths(found), "conf")
	found, _ = Find(FindOptions{Roots: []string{in("conf")}, Exclude: []string{"conf"}, ForceExclude: true})
	same(t, "force exclude", paths(found))
}

func TestFindNothing(t *testing.T) {
	dir := tree(t, map[string]string{"a.txt": "1", "sub/build/a.py": "1"})
	none := filepath.Join(dir, "none")
	found, problems := Find(FindOptions{Roots: []string{none, dir}})
	same(t, "found", paths(found))
	same(t, "problems", lines(problems),
		": 0 skipped-folders: 1 folder not entered because of their name: 1 × build",
		".: 2 no-python: there is no Python file in this folder apart from what is skipped, ignored or excluded",
		filepath.ToSlash(none)+": 2 no-such-path: no such file or folder")
}

func TestFindExclude(t *testing.T) {
	dir := tree(t, map[string]string{"a.py": "1", "tests/t.py": "1", "x/tests/t.py": "1", "x/gen_a.py": "1", "x/y/z.py": "1"})
	for _, c := range []struct {
		globs string
		want  []string
	}{
		{"tests", []string{"a.py", "x/gen_a.py", "x/y/z.py"}},
		{"tests/**", []string{"a.py", "x/gen_a.py", "x/tests/t.py", "x/y/z.py"}},
		{"x/", []string{"a.py", "tests/t.py", "x/gen_a.py", "x/tests/t.py", "x/y/z.py"}[:2]},
		{"gen_*.py", []string{"a.py", "tests/t.py", "x/tests/t.py", "x/y/z.py"}},
		{"x/**/*.py", []string{"a.py", "tests/t.py"}},
		{"{a,b}.py,./x", []string{"tests/t.py"}},
	} {
		globs := strings.Split(c.globs, ",")
		if strings.Contains(c.globs, "{") {
			globs = []string{"{a,b}.py", "./x"}
		}
		found, _ := Find(FindOptions{Roots: []string{dir}, Exclude: globs})
		same(t, c.globs, paths(found), c.want...)
	}
	_, problems := Find(FindOptions{Roots: []string{dir}, Exclude: []string{"[a"}})
	same(t, "bad glob", lines(problems), ": 2 bad-glob: not a glob pattern: [a")
}

func TestFindTooLargeByDefault(t *testing.T) {
	dir := tree(t, map[string]string{"a.py": strings.Repeat("#", DefaultMaxSize+1)})
	_, problems := Find(FindOptions{Roots: []string{dir}})
	same(t, "problems", lines(problems), "a.py: 2 too-large: not analysed: 4194305 bytes, over the size limit of 4194304")
}

func TestUnreadable(t *testing.T) {
	dir := tree(t, map[string]string{"a.py": "x = 1", "d/b.py": "1"})
	found, _ := Find(FindOptions{Roots: []string{dir}})
	f, problems := found[0].Read()
	if f == nil || string(f.Text) != "x = 1" || f.Path != "a.py" || len(problems) > 0 {
		t.Errorf("file %v, problems %v", f, problems)
	}
	os.Remove(filepath.Join(dir, "a.py"))
	f, problems = found[0].Read()
	same(t, "gone", lines(problems), "a.py: 2 unreadable: cannot be read: no such file or directory")
	if f != nil {
		t.Error("there is a file nevertheless")
	}

	os.Chmod(filepath.Join(dir, "d"), 0)
	defer os.Chmod(filepath.Join(dir, "d"), 0o755)
	if _, err := os.ReadDir(filepath.Join(dir, "d")); err == nil {
		t.Skip("this user may read everything")
	}
	_, problems = Find(FindOptions{Roots: []string{dir}})
	same(t, "problems", lines(problems), "d: 2 unreadable: cannot be read: permission denied")
}

// Paths must be the same wherever in the repository the scan starts and however its roots are written.
func TestFindPaths(t *testing.T) {
	dir := tree(t, map[string]string{"my app/ü.py": "1", "other/b.py": "1", ".git/HEAD": ""})
	opts := func(roots ...string) FindOptions { return FindOptions{Roots: roots, NoIgnoreFiles: true} }
	for _, at := range []string{"my app", "", "other"} {
		t.Chdir(filepath.Join(dir, at))
		found, _ := Find(opts(filepath.Join(dir, "my app")))
		same(t, "absolute root, from "+at, paths(found), "my app/ü.py")
	}
	found, _ := Find(opts(".", "../my app/ü.py"))
	same(t, "relative roots", paths(found), "my app/ü.py", "other/b.py")
	found, _ = Find(FindOptions{Roots: []string{"."}, Base: ".", NoIgnoreFiles: true})
	same(t, "given base", paths(found), "b.py")
}

func TestFindIgnored(t *testing.T) {
	dir := tree(t, map[string]string{
		".git/HEAD": "", ".gitignore": "gen/\n*_out.py\n", "a.py": "1", "a_out.py": "1", "gen/g.py": "1", "sub/x_out.py": "1",
	})
	ignored := ": 0 ignored: 3 files and folders not scanned because git ignores them, such as a_out.py"
	found, problems := Find(FindOptions{Roots: []string{dir}})
	same(t, "fallback", paths(found), "a.py")
	same(t, "fallback problems", lines(problems), ignored,
		".: 0 git-failed: what .git holds is not a repository; only .gitignore files were heeded")

	found, _ = Find(FindOptions{Roots: []string{filepath.Join(dir, "gen")}})
	same(t, "ignored root", paths(found), "gen/g.py")
	found, _ = Find(FindOptions{Roots: []string{dir}, NoIgnoreFiles: true})
	same(t, "no ignore files", paths(found), "a.py", "a_out.py", "gen/g.py", "sub/x_out.py")
}

// Patterns without end must not cost time without end, and hide nothing.
func TestFindManyPatterns(t *testing.T) {
	dir := tree(t, map[string]string{".git/HEAD": "", ".gitignore": strings.Repeat("*.py\n", 40_000), "a.py": "1"})
	found, problems := Find(FindOptions{Roots: []string{dir}})
	same(t, "found", paths(found), "a.py")
	same(t, "problems", lines(problems), ".: 0 git-failed: what .git holds is not a repository; only .gitignore files were heeded",
		".: 0 ignore-files: too many lines in .gitignore files: they hide nothing here")
}

func runGit(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd := exec.Command("git", append([]string{"-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "core.excludesFile="}, args...)...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if err != nil && !strings.HasPrefix(args[0], "check-ignore") {
		t.Skipf("git %v: %v %s", args, err, out)
	}
	return string(out)
}

func TestFindGit(t *testing.T) {
	dir := tree(t, map[string]string{
		".gitignore": "gen/\nkept_*.py\n", "a.py": "1", "kept_a.py": "1", "kept_b.py": "1", "gen/g.py": "1", "nested/n.py": "1",
		"nested/gen/h.py": "1", "new/new.py": "1",
	})
	runGit(t, dir, "init", "-q")
	runGit(t, filepath.Join(dir, "nested"), "init", "-q")
	runGit(t, dir, "add", "-f", "kept_a.py", "a.py")
	// A hostile tree must not get its own program run.
	runGit(t, dir, "config", "core.fsmonitor", "touch "+filepath.Join(dir, "pwned"))
	found, problems := Find(FindOptions{Roots: []string{dir}})
	same(t, "found", paths(found), "a.py", "kept_a.py", "nested/gen/h.py", "nested/n.py", "new/new.py")
	same(t, "problems", lines(problems), ": 0 ignored: 2 files and folders not scanned because git ignores them, such as gen")
	if _, err := os.Stat(filepath.Join(dir, "pwned")); err == nil {
		t.Error("git ran what the repository configures")
	}
}

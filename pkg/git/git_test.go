package git

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// What git itself says is what these tests compare with; git runs on repositories made here only.

// tree makes a folder with files; names that end in a slash are folders.
func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, files)
	return dir
}

func write(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// run gives what a git command prints.
func run(t *testing.T, dir string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("there is no git")
	}
	cmd := exec.Command("git", append([]string{"-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "core.excludesFile=",
		"-c", "protocol.file.allow=always", "-c", "init.defaultBranch=main"}, args...)...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1")
	out, err := cmd.Output()
	if err != nil {
		var more []byte
		if ee, ok := err.(*exec.ExitError); ok {
			more = ee.Stderr
		}
		t.Fatalf("git %v: %v %s", args, err, more)
	}
	return string(out)
}

func names0(out string) []string { return strings.Split(strings.TrimSuffix(out, "\x00"), "\x00") }

func open(t *testing.T, dir string) *Repository {
	t.Helper()
	r, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.Close)
	return r
}

// kept lists what is not ignored in a folder, as git ls-files -co does.
func kept(t *testing.T, r *Repository, dir string) []string {
	t.Helper()
	top, err := r.Ignores(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	var walk func(at string, s *Scope)
	walk = func(at string, s *Scope) {
		entries, err := os.ReadDir(at)
		if err != nil {
			t.Fatal(err)
		}
		if s != nil {
			s = s.Enter(at)
		}
		for _, e := range entries {
			full := filepath.Join(at, e.Name())
			if e.Name() == ".git" || s != nil && s.Ignored(full, e.IsDir()) {
				continue
			}
			if e.IsDir() {
				walk(full, s)
				continue
			}
			rel, _ := filepath.Rel(dir, full)
			out = append(out, filepath.ToSlash(rel))
		}
	}
	walk(dir, top)
	slices.Sort(out)
	return out
}

// TestKept compares what is ignored with git, for each version of the index and for a split one.
func TestKept(t *testing.T) {
	for _, how := range [][]string{{"2"}, {"3", "-N"}, {"4"}, {"4", "split"}, {"2", "split"}} {
		dir := tree(t, map[string]string{
			".gitignore": "gen/\n*_out.py\n!keep_out.py\nlogs\n", "a.py": "", "a_out.py": "", "keep_out.py": "", "gen/g.py": "", "gen/h.py": "",
			"gen/deep/i.py": "", "sub/.gitignore": "/x.py\n!b_out.py\n", "sub/x.py": "", "sub/b_out.py": "", "sub/deep/x.py": "",
			"logs/l.py": "", "ex/e.py": "", "ü/z.py": "", "ü/" + strings.Repeat("long", 50) + ".py": "",
		})
		run(t, dir, "init", "-q")
		write(t, dir, map[string]string{".git/info/exclude": "ex/\n"})
		run(t, dir, "update-index", "--index-version", how[0])
		run(t, dir, "add", ".")
		run(t, dir, "add", "-f", "gen/h.py", "a_out.py")
		if slices.Contains(how, "-N") {
			write(t, dir, map[string]string{"new.py": "", "new_out.py": ""})
			run(t, dir, "add", "-N", "-f", "new_out.py")
		}
		if slices.Contains(how, "split") {
			run(t, dir, "update-index", "--split-index")
			run(t, dir, "add", "-f", "gen/deep/i.py")
		}
		for _, sub := range []string{"", "sub", "gen", "gen/deep", "logs"} {
			at := filepath.Join(dir, sub)
			want := names0(run(t, at, "ls-files", "-co", "--exclude-standard", "-z"))
			slices.Sort(want)
			want = slices.Compact(want)
			if slices.Equal(want, []string{""}) { // named on purpose: nothing is ignored
				want = map[string][]string{"logs": {"l.py"}, "gen/deep": {"i.py"}}[sub]
			}
			if got := kept(t, open(t, dir), at); !slices.Equal(got, want) {
				t.Errorf("%v, in %q:\n%q, git:\n%q", how, sub, got, want)
			}
		}
	}
}

// TestRepositories finds the repository of additional work trees and submodules, and none that a tree only pretends to be.
func TestRepositories(t *testing.T) {
	dir := tree(t, map[string]string{"main/a.py": "", "lib/b.py": "", "main/.gitignore": "*.out\n"})
	main, lib := filepath.Join(dir, "main"), filepath.Join(dir, "lib")
	for _, d := range []string{main, lib} {
		run(t, d, "init", "-q")
		run(t, d, "add", ".")
		run(t, d, "commit", "-qm", "one")
	}
	run(t, main, "submodule", "add", "-q", lib, "vendor/lib")
	run(t, main, "commit", "-qm", "two")
	run(t, main, "worktree", "add", "-q", "-b", "side", filepath.Join(dir, "more"))
	for _, c := range []struct{ dir, branch string }{{main, "main"}, {filepath.Join(dir, "more"), "side"}, {filepath.Join(main, "vendor", "lib"), "main"}} {
		commit, branch := open(t, c.dir).Head()
		if want := strings.TrimSpace(run(t, c.dir, "rev-parse", "HEAD")); commit != want || branch != c.branch {
			t.Errorf("%s: commit %s, branch %s; want %s, %s", c.dir, commit, branch, want, c.branch)
		}
	}
	// plain files that look like a repository, and a file that names them
	bare := map[string]string{"HEAD": "ref: refs/heads/main\n", "objects/keep": "", "refs/keep": "", "config": "[core]\n\tbare = false\n", "info/exclude": "*\n"}
	fake := tree(t, map[string]string{"p/.git": "gitdir: data\n", "q/a.py": ""})
	write(t, filepath.Join(fake, "p", "data"), bare)
	write(t, filepath.Join(fake, "q"), bare)
	if _, err := Open(filepath.Join(fake, "p")); err == nil || !strings.Contains(err.Error(), "tree itself") {
		t.Errorf("error %v", err)
	}
	if top := TopOf(filepath.Join(fake, "q")); top == filepath.Join(fake, "q") {
		t.Error("a folder that looks like a bare repository counts as one")
	}
	for name, text := range map[string]string{"e1/.git": "", "e2/.git": "gitdir: ../none\n", "e3/.git/HEAD": "x", "e4/.git": strings.Repeat("x", maxSmall+1)} {
		write(t, fake, map[string]string{name: text})
		if _, err := Open(filepath.Join(fake, filepath.Dir(name))); err == nil {
			t.Errorf("%s is taken for a repository", name)
		}
	}
}

func TestFormats(t *testing.T) {
	for _, args := range [][]string{{"--object-format=sha256"}, {"--ref-format=reftable"}} {
		dir := t.TempDir()
		cmd := exec.Command("git", append([]string{"init", "-q"}, args...)...)
		cmd.Dir = dir
		if cmd.Run() != nil {
			continue // an older git
		}
		if _, err := Open(dir); err == nil || !strings.Contains(err.Error(), "are not read") {
			t.Errorf("%v: error %v", args, err)
		}
	}
}

package scripts

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Trees that try to make whoever asks git about them run a command, or hide their files. Each has a flow in app.py, and
// in its configuration commands that leave a mark.

const hostileFlow = "import pickle, requests\n\ndef f(u):\n    return pickle.loads(requests.get(u).content)\n"

// bareFiles are plain files that make a folder look like a repository to git, with the commands it would run.
func bareFiles(mark string) map[string]string {
	run := "touch " + mark
	return map[string]string{
		"HEAD": "ref: refs/heads/main\n", "objects/keep": "x", "refs/keep": "x", "info/exclude": "*.py\n", "hooks/post-checkout": "#!/bin/sh\n" + run + "\n",
		"config": fmt.Sprintf("[core]\n\trepositoryformatversion = 1\n\tbare = false\n\tworktree = .\n\tsshCommand = %q\n\tfsmonitor = %q\n\tpager = %q\n\thooksPath = hooks\n"+
			"[extensions]\n\tpartialClone = evil\n[remote \"evil\"]\n\turl = \"ssh://x/y\"\n\tpromisor = true\n[filter \"a=b\"]\n\tclean = %q\n", run, run, run, run),
	}
}

// gitOf runs git in a folder made by the test.
func gitOf(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd := exec.Command("git", append([]string{"-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"}, args...)...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("git %v: %v", args, err)
	}
	return strings.TrimSpace(string(out))
}

// history makes a repository with two commits, app.py being different in the first, which the branch base names.
func history(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "app.py"), hostileFlow)
	gitOf(t, dir, "init", "-q")
	gitOf(t, dir, "add", ".")
	gitOf(t, dir, "commit", "-qm", "one")
	gitOf(t, dir, "branch", "base")
	writeFile(t, filepath.Join(dir, "app.py"), hostileFlow+"# more\n")
	gitOf(t, dir, "commit", "-qam", "two")
	return dir
}

// dropObject takes the object of a file out of a repository, so that git would fetch it.
func dropObject(t *testing.T, dir, name string) {
	t.Helper()
	object := gitOf(t, dir, "rev-parse", name)
	if err := os.Remove(filepath.Join(dir, ".git/objects", object[:2], object[2:])); err != nil {
		t.Fatal(err)
	}
}

func appendFile(t *testing.T, path, text string) {
	t.Helper()
	writeFile(t, path, readFile(t, path)+text)
}

func TestHostileRepositories(t *testing.T) {
	mark := filepath.Join(t.TempDir(), "ran")
	bare := func(t *testing.T, at string) string {
		dir := t.TempDir()
		for name, text := range bareFiles(mark) {
			writeFile(t, filepath.Join(dir, at, name), text)
		}
		writeFile(t, filepath.Join(dir, "packages/api/app.py"), hostileFlow)
		return dir
	}
	tracked := func(dir string) string {
		gitOf(t, dir, "init", "-q")
		gitOf(t, dir, "add", "-Af")
		gitOf(t, dir, "commit", "-qm", "one")
		return dir
	}
	for _, c := range []struct {
		name, roots string
		base        bool
		code        int
		says        string
		tree        func(t *testing.T) string
	}{
		{"bare folder", "packages/api", false, 1, "PKL101", func(t *testing.T) string { return tracked(bare(t, "packages/api")) }},
		{"bare folder above", "packages/api", false, 1, "PKL101", func(t *testing.T) string { return tracked(bare(t, "packages")) }},
		{"bare folder, all scanned", ".", false, 1, "PKL101", func(t *testing.T) string { return tracked(bare(t, "packages")) }},
		{"bare folder without a checkout", "packages/api", false, 1, "PKL101", func(t *testing.T) string { return bare(t, "packages/api") }},
		{"index of the bare folder hides its ignore file", "packages/api", false, 1, "PKL101", func(t *testing.T) string {
			dir, other := bare(t, "packages/api"), t.TempDir()
			writeFile(t, filepath.Join(other, ".gitignore"), "*\n")
			gitOf(t, other, "init", "-q")
			gitOf(t, other, "add", "-f", ".")
			gitOf(t, other, "update-index", "--skip-worktree", ".gitignore")
			writeFile(t, filepath.Join(dir, "packages/api/index"), readFile(t, filepath.Join(other, ".git/index")))
			return tracked(dir)
		}},
		{"partial clone over a program", ".", true, 3, "the clone is partial", func(t *testing.T) string {
			dir := history(t)
			dropObject(t, dir, "base:app.py")
			appendFile(t, filepath.Join(dir, ".git/config"), "[extensions]\n\tpartialClone = evil\n[remote \"evil\"]\n\turl = \"ext::sh -c touch% "+mark+
				"\"\n\tpromisor = true\n[protocol \"ext\"]\n\tallow = always\n")
			return dir
		}},
		{"partial clone over ssh", ".", true, 3, "the clone is partial", func(t *testing.T) string {
			dir := history(t)
			dropObject(t, dir, "base:app.py")
			appendFile(t, filepath.Join(dir, ".git/config"), "[core]\n\tsshCommand = \"touch "+mark+"\"\n[extensions]\n\tpartialClone = evil\n[remote \"evil\"]\n"+
				"\turl = \"ssh://x/y\"\n\tpromisor = true\n[protocol \"ssh\"]\n\tallow = always\n")
			return dir
		}},
		{"missing commit", ".", true, 2, "no revision", func(t *testing.T) string {
			dir := history(t)
			dropObject(t, dir, "base^{commit}")
			return dir
		}},
		{"missing folder of a commit", ".", true, 3, "the tree ", func(t *testing.T) string {
			dir := history(t)
			dropObject(t, dir, "base^{tree}")
			return dir
		}},
		{"filter with an odd name", ".", true, 0, "No findings", func(t *testing.T) string {
			dir := history(t)
			writeFile(t, filepath.Join(dir, ".git/info/attributes"), "*.py filter=a=b diff=c\n")
			appendFile(t, filepath.Join(dir, ".git/config"), "[filter \"a=b\"]\n\tclean = \"touch "+mark+"; cat\"\n\tprocess = \"touch "+mark+"\"\n"+
				"[diff \"c\"]\n\ttextconv = \"touch "+mark+"; cat\"\n\tcommand = \"touch "+mark+"\"\n[core]\n\tfsmonitor = \"touch "+mark+"\"\n\tpager = \"touch "+mark+"\"\n")
			return dir
		}},
		{"worktree elsewhere", ".", false, 1, "PKL101", func(t *testing.T) string {
			dir := history(t)
			appendFile(t, filepath.Join(dir, ".git/config"), "[core]\n\tworktree = /\n\texcludesFile = "+filepath.Join(dir, "all")+"\n[include]\n\tpath = /etc/passwd\n")
			writeFile(t, filepath.Join(dir, "all"), "*.py\n")
			return dir
		}},
		{"patterns for what is tracked", ".", false, 1, "PKL101", func(t *testing.T) string {
			dir := history(t)
			writeFile(t, filepath.Join(dir, ".git/info/exclude"), "*\n")
			return dir
		}},
		{"a file .git that names plain files", ".", false, 1, "PKL101", func(t *testing.T) string {
			dir := t.TempDir()
			for name, text := range bareFiles(mark) {
				writeFile(t, filepath.Join(dir, "data", name), text)
			}
			writeFile(t, filepath.Join(dir, ".git"), "gitdir: data\n")
			writeFile(t, filepath.Join(dir, "app.py"), hostileFlow)
			return dir
		}},
		{"alternates that lead to a device", ".", true, 3, "is not in the repository", func(t *testing.T) string {
			dir := history(t)
			dropObject(t, dir, "base:app.py")
			writeFile(t, filepath.Join(dir, ".git/objects/info/alternates"), "/dev\n/proc/self\n")
			return dir
		}},
		{"damaged index", ".", false, 1, "PKL101", func(t *testing.T) string {
			dir := history(t)
			writeFile(t, filepath.Join(dir, ".git/index"), "DIRC\x00\x00\x00\x02\xff\xff\xff\xff"+strings.Repeat("x", 4000))
			return dir
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			args := []string{"scan", "--isolated"}
			if c.base {
				args = append(args, "--diff-base", "base")
			}
			code, out := watched(t, c.tree(t), append(args, c.roots)...)
			if code != c.code || !strings.Contains(out, c.says) {
				t.Errorf("exit code %d, want %d and %q:\n%s", code, c.code, c.says, out)
			}
			if _, err := os.Stat(mark); err == nil {
				t.Fatal("a command of the repository was run")
			}
		})
	}
}

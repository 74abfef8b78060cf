package scripts

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// TestHooks holds the hooks to what pre-commit needs to call them once, with all files that matter.
func TestHooks(t *testing.T) {
	var hooks []struct {
		ID      string   `yaml:"id"`
		Entry   string   `yaml:"entry"`
		Types   []string `yaml:"types_or"`
		Serial  bool     `yaml:"require_serial"`
		AllArgs *bool    `yaml:"pass_filenames"`
	}
	if err := yaml.Unmarshal([]byte(readFile(t, filepath.Join(repository(t), ".pre-commit-hooks.yaml"))), &hooks); err != nil {
		t.Fatal(err)
	}
	if len(hooks) != 2 {
		t.Errorf("%d hooks", len(hooks))
	}
	for _, h := range hooks {
		slices.Sort(h.Types)
		if !slices.Equal(h.Types, []string{"jupyter", "pyi", "python"}) || !h.Serial || h.AllArgs != nil || !strings.HasSuffix(h.Entry, "--within .") {
			t.Errorf("hook %s: %+v", h.ID, h)
		}
	}
}

// TestPreCommit runs the hook with pre-commit itself: a commit of the source fails because of a sink elsewhere, a commit
// of another file does not.
func TestPreCommit(t *testing.T) {
	preCommit(t)
	hooks := t.TempDir() // only the hooks: pre-commit clones what it is given
	copyFile(t, hooks, ".pre-commit-hooks.yaml")
	commit(t, hooks)
	tryHook(t, hooks, "pickletrace-system")
}

// TestPreCommitBuild lets pre-commit build the program, as it does for who has no pickletrace.
func TestPreCommitBuild(t *testing.T) {
	slow(t)
	preCommit(t)
	t.Setenv("GOFLAGS", "-trimpath -buildvcs=false") // shares compiled packages with builds in other folders
	repo := t.TempDir()
	for _, name := range tracked(t, repository(t), "*") {
		if !strings.Contains(name, "testdata/") && !strings.HasSuffix(name, "_test.go") {
			copyFile(t, repo, name)
		}
	}
	commit(t, repo)
	tryHook(t, repo, "pickletrace")
}

func preCommit(t *testing.T) {
	t.Helper()
	if _, err := exec.LookPath("pre-commit"); err != nil {
		t.Skip("there is no pre-commit")
	}
	run := exec.Command("pre-commit", "validate-manifest", filepath.Join(repository(t), ".pre-commit-hooks.yaml"))
	if out, err := run.CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}

func tryHook(t *testing.T, hooks, id string) {
	t.Helper()
	repo := t.TempDir()
	writeFile(t, filepath.Join(repo, "net.py"), "import requests\n\ndef get(url):\n    return requests.get(url).content\n")
	writeFile(t, filepath.Join(repo, "app.py"), "import pickle\nimport net\n\ndef load(url):\n    return pickle.loads(net.get(url))\n")
	writeFile(t, filepath.Join(repo, "other.py"), "import json\n")
	commit(t, repo)
	home := t.TempDir()
	try := func(file string) (string, int) {
		cmd := exec.Command("pre-commit", "try-repo", "--color=never", hooks, id, "--files", file)
		cmd.Dir = repo
		cmd.Env = append(os.Environ(), "PRE_COMMIT_HOME="+home, "GIT_CONFIG_GLOBAL="+os.DevNull,
			"PATH="+filepath.Dir(program(t))+string(os.PathListSeparator)+os.Getenv("PATH"))
		out, err := cmd.CombinedOutput()
		if cmd.ProcessState == nil {
			t.Fatal(err)
		}
		return string(out), cmd.ProcessState.ExitCode()
	}
	if out, code := try("net.py"); code != 1 || !strings.Contains(out, "at app.py:5") {
		t.Errorf("%s on the file of the source: code %d\n%s", id, code, out)
	}
	if out, code := try("other.py"); code != 0 || !strings.Contains(out, "Passed") {
		t.Errorf("%s on a file that nothing passes: code %d\n%s", id, code, out)
	}
}

// copyFile copies a file of the repository to the same place in another folder.
func copyFile(t *testing.T, to, name string) {
	t.Helper()
	writeFile(t, filepath.Join(to, name), readFile(t, filepath.Join(repository(t), name)))
}

// commit makes a repository of the folder, with one commit of all that is in it.
func commit(t *testing.T, dir string) {
	t.Helper()
	shell(t, dir, append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull), "git init -q -b main && git add -A && git -c user.name=a -c user.email=a@example.org commit -qm one")
}

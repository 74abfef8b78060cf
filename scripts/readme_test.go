package scripts

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var yamlBlock = regexp.MustCompile("(?s)```yaml\n(.*?)```")

// TestReadmeSnippets judges what users copy from the README and docs/ci.md by the schemas of those that read it, and by zizmor.
func TestReadmeSnippets(t *testing.T) {
	seen := map[string]int{}
	pages := readFile(t, filepath.Join(repository(t), "README.md")) + readFile(t, filepath.Join(repository(t), "docs/ci.md"))
	for _, m := range yamlBlock.FindAllStringSubmatch(pages, -1) {
		text := strings.ReplaceAll(m[1], "<commit>", strings.Repeat("0123456789", 4))
		kind := "other"
		switch {
		case strings.Contains(text, "\njobs:"):
			kind = "workflow"
			validate(t, "vendor.github-workflows", text)
			judge(t, text, "zizmor", "--quiet", "--offline", "--no-config", "--persona=pedantic")
		case strings.HasPrefix(text, "include:"), strings.HasPrefix(text, "pickletrace:\n"):
			kind = "gitlab"
			validate(t, "vendor.gitlab-ci", text)
		case strings.HasPrefix(text, "repos:"):
			kind = "pre-commit"
			judge(t, text, "pre-commit", "validate-config")
		}
		seen[kind]++
	}
	if seen["workflow"] < 2 || seen["gitlab"] < 2 || seen["pre-commit"] < 1 {
		t.Errorf("the pages lack snippets: %v", seen)
	}
}

// judge runs a program on a text and demands that it has nothing to say against it, if the program is there.
func judge(t *testing.T, text, tool string, args ...string) {
	t.Helper()
	if _, err := exec.LookPath(tool); err != nil {
		t.Logf("not judged by %s, which is not there", tool)
		return
	}
	file := filepath.Join(t.TempDir(), ".github/workflows/file.yml")
	writeFile(t, file, text)
	if out, err := exec.Command(tool, append(args, file)...).CombinedOutput(); err != nil {
		t.Errorf("%s: %v: %s\n%s", tool, err, out, text)
	}
}

// TestReadmeHook runs the hook that the README shows with pre-commit, on a wheel as a release has it.
func TestReadmeHook(t *testing.T) {
	slow(t)
	preCommit(t)
	text := readFile(t, filepath.Join(repository(t), "README.md"))
	_, text, ok := strings.Cut(text, "```yaml\nrepos:\n")
	if !ok {
		t.Fatal("the README shows no hook")
	}
	text, _, _ = strings.Cut(text, "```")
	dir, _ := released(t)
	wheels, err := filepath.Glob(filepath.Join(dir, "*.whl"))
	if err != nil || len(wheels) != 1 {
		t.Fatalf("%v %v", wheels, err)
	}
	repo := monorepo(t)
	writeFile(t, filepath.Join(repo, ".pre-commit-config.yaml"), "repos:\n"+strings.Replace(text, "pickletrace==0.1.0", wheels[0], 1))
	cmd := exec.Command("pre-commit", "run", "--color=never", "--files", "packages/api/main.py")
	cmd.Dir = repo
	cmd.Env = append(os.Environ(), "PRE_COMMIT_HOME="+t.TempDir(), "GIT_CONFIG_GLOBAL="+os.DevNull)
	if out, err := cmd.CombinedOutput(); cmd.ProcessState.ExitCode() != 1 || !strings.Contains(string(out), "at packages/shared/codec.py:4") {
		t.Errorf("%v: %s", err, out)
	}
}

// TestReadmeMeasured holds the table of costs in docs/measured.md to the figures it was made of.
func TestReadmeMeasured(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3")
	}
	cmd := exec.Command(python, "scripts/bench.py", "--from", "docs/measured.json", "--readme", "docs/measured.md", "--check")
	cmd.Dir = repository(t)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}

package scripts

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// monorepo makes a repository of two packages that give what they receive to a third.
func monorepo(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "packages/shared/codec.py"), "import pickle\n\ndef decode(data):\n    return pickle.loads(data)\n")
	writeFile(t, filepath.Join(dir, "packages/__init__.py"), "")
	writeFile(t, filepath.Join(dir, "packages/shared/__init__.py"), "")
	for _, p := range []string{"api", "train"} {
		writeFile(t, filepath.Join(dir, "packages", p, "__init__.py"), "")
		writeFile(t, filepath.Join(dir, "packages", p, "main.py"),
			"import requests\nfrom packages.shared import codec\n\ndef main(url):\n    return codec.decode(requests.get(url).content)\n")
	}
	commit(t, dir)
	return dir
}

// script runs the text of a CI job in a folder with the program on the path, and gives its exit code and what it printed.
func script(t *testing.T, dir, text string, env ...string) (int, string) {
	t.Helper()
	cmd := exec.Command("bash", "-e", "-c", text)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "PATH="+filepath.Dir(program(t))+string(os.PathListSeparator)+os.Getenv("PATH"), "GIT_CONFIG_GLOBAL="+os.DevNull)
	cmd.Env = append(cmd.Env, env...)
	out, err := cmd.CombinedOutput()
	if e := (*exec.ExitError)(nil); errors.As(err, &e) {
		return e.ExitCode(), string(out)
	} else if err != nil {
		t.Fatal(err)
	}
	return 0, string(out)
}

// wantMerged demands one result with the ways from both packages.
func wantMerged(t *testing.T, path string) {
	t.Helper()
	merged := readFile(t, path)
	if strings.Count(merged, `"ruleId":"PKL101"`) != 1 || !strings.Contains(merged, "packages/api/main.py") || !strings.Contains(merged, "packages/train/main.py") {
		t.Error("the merged report lacks the result with both ways")
	}
}

// TestGitHubMatrix does what the jobs of examples/github-matrix.yml do; the folder "reports" stands for the artifacts.
func TestGitHubMatrix(t *testing.T) {
	w := readWorkflow(t, filepath.Join(repository(t), "examples/github-matrix.yml"))
	for name, job := range w.Jobs {
		noExpressions(t, name, job.Steps)
	}
	pipeline := func(repo string) (scans []int, gate int) {
		for _, p := range []string{"api", "train"} {
			code, _ := githubJob(t, repo, w.Jobs["scan"].Steps, map[string]string{"matrix.package": p})
			shell(t, repo, os.Environ(), "mkdir -p all && mv reports/* all && rmdir reports")
			scans = append(scans, code)
		}
		shell(t, repo, os.Environ(), "mv all reports")
		gate, _ = githubJob(t, repo, w.Jobs["report"].Steps, nil)
		return scans, gate
	}
	repo := monorepo(t)
	if scans, gate := pipeline(repo); fmt.Sprint(scans, gate) != "[0 0] 1" {
		t.Errorf("with a finding: scans %v, gate %d", scans, gate)
	}
	wantMerged(t, filepath.Join(repo, "pickletrace.sarif"))
	repo = monorepo(t)
	writeFile(t, filepath.Join(repo, "packages/train/large.py"), strings.Repeat("x = 1\n", 1_000_000))
	if scans, gate := pipeline(repo); fmt.Sprint(scans, gate) != "[0 3] 3" {
		t.Errorf("with a file that is not read: scans %v, gate %d", scans, gate)
	}
}

// githubJob runs the scripts of a job, all even if one fails, and gives the first code that is not 0. The values are those
// of expressions; outputs of steps add to them.
func githubJob(t *testing.T, dir string, steps []workflowStep, values map[string]string) (code int, out string) {
	t.Helper()
	output := filepath.Join(t.TempDir(), "output")
	known := map[string]string{}
	for k, v := range values {
		known[k] = v
	}
	for _, s := range steps {
		if s.Run == "" || strings.HasPrefix(s.Run, "pip install ") {
			continue
		}
		env := []string{"GITHUB_OUTPUT=" + output}
		for name, v := range s.Env {
			v = strings.TrimSuffix(strings.TrimPrefix(v, "${{ "), " }}")
			if _, ok := known[v]; !ok {
				t.Fatalf("nothing is known of %s", v)
			}
			env = append(env, name+"="+known[v])
		}
		writeFile(t, output, "")
		c, printed := script(t, dir, s.Run, env...)
		out += printed
		if code == 0 {
			code = c
		}
		for line := range strings.Lines(readFile(t, output)) {
			name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
			known["steps."+s.ID+".outputs."+name] = value
		}
	}
	return code, out
}

// TestGitLabMatrix does what the jobs of examples/gitlab-matrix.yml do.
func TestGitLabMatrix(t *testing.T) {
	text := readFile(t, filepath.Join(repository(t), "examples/gitlab-matrix.yml"))
	validate(t, "vendor.gitlab-ci", text)
	jobs := map[string]gitlabJob{}
	if err := yaml.Unmarshal([]byte(text), &jobs); err != nil {
		t.Fatal(err)
	}
	pipeline := func(repo string) string {
		var codes []int
		for _, p := range []string{"api", "train"} {
			code, _ := script(t, repo, strings.Join(jobs["pickletrace-scan"].Script, "\n"), "PACKAGE="+p)
			codes = append(codes, code)
		}
		for _, name := range []string{"pickletrace-report", "pickletrace-gate"} {
			code, _ := script(t, repo, strings.Join(jobs[name].Script, "\n"))
			codes = append(codes, code)
		}
		return fmt.Sprint(codes)
	}
	repo := monorepo(t)
	if got := pipeline(repo); got != "[0 0 0 1]" {
		t.Errorf("with a finding: %s", got)
	}
	wantMerged(t, filepath.Join(repo, "pickletrace.sarif"))
	repo = monorepo(t)
	writeFile(t, filepath.Join(repo, "packages/api/large.py"), strings.Repeat("x = 1\n", 1_000_000))
	if got := pipeline(repo); got != "[3 0 0 3]" {
		t.Errorf("with a file that is not read: %s", got)
	}
}

// TestKubernetesJob runs what the pods of examples/kubernetes.yaml run, for ten repositories: eight that can be scanned
// (every second with a finding), one without the revision, one with nothing to scan.
func TestKubernetesJob(t *testing.T) {
	path := filepath.Join(repository(t), "examples/kubernetes.yaml")
	judgeKubernetes(t, path)
	config := t.TempDir()
	for name, text := range kubernetesConfig(t, path) {
		writeFile(t, filepath.Join(config, name), text)
	}
	var list strings.Builder
	for i := range 10 {
		repo := t.TempDir()
		revision := "main"
		switch {
		case i == 8:
			revision = "gone"
			fallthrough
		case i%2 == 0:
			writeFile(t, filepath.Join(repo, "app.py"), "import pickle, requests\npickle.loads(requests.get('http://x').content)\n")
		case i == 9:
			writeFile(t, filepath.Join(repo, "README"), "no Python")
		default:
			writeFile(t, filepath.Join(repo, "app.py"), "import json\n")
		}
		commit(t, repo)
		fmt.Fprintf(&list, "r%d file://%s %s\n", i, repo, revision)
	}
	writeFile(t, filepath.Join(config, "repositories"), list.String())
	reports := t.TempDir()
	for i := range 10 {
		env := []string{"CONFIG=" + config, "WORK=" + t.TempDir(), "REPORTS=" + reports, fmt.Sprintf("JOB_COMPLETION_INDEX=%d", i)}
		clone, out := script(t, config, "exec sh clone", env...)
		if (clone == 0) != (i != 8) {
			t.Errorf("clone of %d: code %d\n%s", i, clone, out)
		}
		if clone != 0 {
			continue
		}
		want := 0
		if i == 9 {
			want = 3
		}
		if code, out := script(t, config, "exec sh scan", env...); code != want {
			t.Errorf("scan of %d: code %d\n%s", i, code, out)
		}
		found := strings.Contains(readFile(t, filepath.Join(reports, fmt.Sprintf("r%d.sarif", i))), `"ruleId":"PKL101"`)
		summary := readFile(t, filepath.Join(reports, fmt.Sprintf("r%d.json", i)))
		if found != (i%2 == 0) || strings.Contains(summary, `"findings":1,`) != found || strings.Contains(summary, `"complete":true`) != (i != 9) {
			t.Errorf("report of %d: found %t, %s", i, found, summary)
		}
	}
}

// kubernetesConfig gives the data of the ConfigMap, and demands that the Job has a completion for each line of the list.
func kubernetesConfig(t *testing.T, path string) map[string]string {
	t.Helper()
	var data map[string]string
	completions := 0
	dec := yaml.NewDecoder(bytes.NewReader([]byte(readFile(t, path))))
	for {
		var doc struct {
			Kind string            `yaml:"kind"`
			Data map[string]string `yaml:"data"`
			Spec struct {
				Mode        string `yaml:"completionMode"`
				Completions int    `yaml:"completions"`
			} `yaml:"spec"`
		}
		if err := dec.Decode(&doc); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		switch doc.Kind {
		case "ConfigMap":
			data = doc.Data
		case "Job":
			if completions = doc.Spec.Completions; doc.Spec.Mode != "Indexed" {
				t.Errorf("the job is %s", doc.Spec.Mode)
			}
		}
	}
	if n := strings.Count(data["repositories"], "\n"); n != completions || n == 0 {
		t.Errorf("%d repositories, %d completions", n, completions)
	}
	return data
}

func judgeKubernetes(t *testing.T, path string) {
	t.Helper()
	if _, err := exec.LookPath("kubernetes-validate"); err != nil {
		t.Log("not judged by the schemas of Kubernetes: there is no kubernetes-validate")
		return
	}
	if out, err := exec.Command("kubernetes-validate", "--strict", path).CombinedOutput(); err != nil {
		t.Errorf("%s", out)
	}
}

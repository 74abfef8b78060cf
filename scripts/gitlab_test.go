package scripts

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// A gitlabJob is what the tests look at in a job of GitLab CI.
type gitlabJob struct {
	Image struct {
		Name       string   `yaml:"name"`
		Entrypoint []string `yaml:"entrypoint"`
	} `yaml:"image"`
	Needs     []string          `yaml:"needs"`
	Variables map[string]string `yaml:"variables"`
	Script    []string          `yaml:"script"`
	Artifacts struct {
		Paths   []string          `yaml:"paths"`
		Reports map[string]string `yaml:"reports"`
	} `yaml:"artifacts"`
}

var interpolation = regexp.MustCompile(`\$\[\[ inputs\.([a-z-]+) \]\]`)

// component gives templates/scan.yml as GitLab makes it for someone who gives these inputs.
func component(t *testing.T, given map[string]string) string {
	t.Helper()
	spec, jobs, ok := strings.Cut(readFile(t, filepath.Join(repository(t), "templates/scan.yml")), "\n---\n")
	if !ok {
		t.Fatal("the template has no header")
	}
	var head struct {
		Spec struct {
			Inputs map[string]struct {
				Default *string  `yaml:"default"`
				Options []string `yaml:"options"`
			} `yaml:"inputs"`
		} `yaml:"spec"`
	}
	if err := yaml.Unmarshal([]byte(spec), &head); err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	out := interpolation.ReplaceAllStringFunc(jobs, func(s string) string {
		name := interpolation.FindStringSubmatch(s)[1]
		in, ok := head.Spec.Inputs[name]
		if !ok || in.Default == nil {
			t.Fatalf("the template uses %s, which is no input with a default", s)
		}
		used[name] = true
		value := *in.Default
		if v, ok := given[name]; ok {
			value = v
		}
		if in.Options != nil && !slices.Contains(in.Options, value) {
			t.Fatalf("%s: %q is none of %v", name, value, in.Options)
		}
		return strings.ReplaceAll(value, "\n", `\n`)
	})
	for name := range head.Spec.Inputs {
		if !used[name] {
			t.Errorf("input %s is not used", name)
		}
	}
	return out
}

func gitlabJobs(t *testing.T, text string) map[string]gitlabJob {
	t.Helper()
	jobs := map[string]gitlabJob{}
	if err := yaml.Unmarshal([]byte(text), &jobs); err != nil {
		t.Fatal(err)
	}
	return jobs
}

// TestGitLabComponent looks at the jobs and lets GitLab's schema judge them, if there is a program for that.
func TestGitLabComponent(t *testing.T) {
	for _, report := range []string{"sarif", "sast"} {
		text := component(t, map[string]string{"report": report})
		jobs := gitlabJobs(t, text)
		scan, gate := jobs["pickletrace"], jobs["pickletrace-gate"]
		if len(jobs) != 2 || !slices.Equal(gate.Needs, []string{"pickletrace"}) || !slices.Equal(scan.Artifacts.Paths, []string{"pickletrace.code"}) {
			t.Error("there must be two jobs, and the second one must get the exit code from the first")
		}
		for name, job := range jobs {
			if !slices.Equal(job.Image.Entrypoint, []string{""}) || job.Image.Name == "" {
				t.Errorf("%s: image %v: the entry point must be empty for a shell to start", name, job.Image)
			}
			for _, s := range job.Script {
				if strings.Contains(s, "$[[") {
					t.Errorf("%s puts an input into code", name)
				}
			}
		}
		if r := scan.Artifacts.Reports; len(r) != 2 || r[report] == "" || r["codequality"] == "" {
			t.Errorf("reports: %v", r)
		}
		validate(t, "vendor.gitlab-ci", text)
	}
}

// validate judges a YAML text with one of the schemas that check-jsonschema carries.
func validate(t *testing.T, schema, text string) {
	t.Helper()
	tool, err := exec.LookPath("check-jsonschema")
	if err != nil {
		t.Logf("not judged by %s: there is no check-jsonschema", schema)
		return
	}
	file := filepath.Join(t.TempDir(), "file.yml")
	writeFile(t, file, text)
	if out, err := exec.Command(tool, "--builtin-schema", schema, file).CombinedOutput(); err != nil {
		t.Errorf("%s: %s", schema, out)
	}
}

// stub stands for pickletrace in scripts of CI systems: it writes down its arguments in "args", a report for every -o unless
// NO_REPORT is set, and ends with CODE.
const stub = `#!/bin/sh
for a in "$@"; do printf '%s\n' "$a"; done >args
for a in "$@"; do case $a in sarif=* | gitlab-*=*) [ -n "$NO_REPORT" ] || echo '{}' >"${a#*=}" ;; esac; done
exit "$CODE"
`

// runJob runs the script of a job in a folder, as GitLab does, and gives its exit code and what it printed.
func runJob(t *testing.T, dir string, job gitlabJob, env ...string) (int, string) {
	t.Helper()
	cmd := exec.Command("sh", "-e", "-c", strings.Join(job.Script, "\n"))
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "PATH="+dir+string(os.PathListSeparator)+os.Getenv("PATH"), "NO_REPORT=", "CI_MERGE_REQUEST_DIFF_BASE_SHA=", "CI_MERGE_REQUEST_TARGET_BRANCH_SHA=")
	for name, value := range job.Variables {
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	cmd.Env = append(cmd.Env, env...)
	out, err := cmd.CombinedOutput()
	if e := (*exec.ExitError)(nil); errors.As(err, &e) {
		return e.ExitCode(), string(out)
	} else if err != nil {
		t.Fatal(err)
	}
	return 0, string(out)
}

// TestGitLabScripts: the first job succeeds with a report and fails without, the gate ends with the code of the scan.
func TestGitLabScripts(t *testing.T) {
	jobs := gitlabJobs(t, component(t, nil))
	for _, c := range []struct {
		code, noReport string
		scan, gate     int
	}{
		{"0", "", 0, 0},
		{"1", "", 0, 1},
		{"3", "", 0, 3},
		{"2", "yes", 1, -1},
		{"1", "yes", 1, -1},
		{"0", "yes", 1, -1}, // success without a report is none
		{"137", "yes", 1, -1},
	} {
		dir := t.TempDir()
		writeFile(t, filepath.Join(dir, "pickletrace"), stub)
		writeFile(t, filepath.Join(dir, "pickletrace.report"), "of an earlier run")
		writeFile(t, filepath.Join(dir, "pickletrace.quality"), "of an earlier run")
		if got, out := runJob(t, dir, jobs["pickletrace"], "CODE="+c.code, "NO_REPORT="+c.noReport); got != c.scan {
			t.Errorf("scan with code %s, report %q: the job ended with %d, want %d\n%s", c.code, c.noReport, got, c.scan, out)
		}
		if c.gate < 0 {
			continue
		}
		if got, out := runJob(t, dir, jobs["pickletrace-gate"]); got != c.gate || !strings.Contains(out, "pickletrace: ") {
			t.Errorf("gate after code %s: %d, want %d\n%s", c.code, got, c.gate, out)
		}
	}
	if got, _ := runJob(t, t.TempDir(), jobs["pickletrace-gate"]); got == 0 {
		t.Error("the gate is green without a scan")
	}
}

// TestGitLabArguments: inputs arrive as they are.
func TestGitLabArguments(t *testing.T) {
	job := gitlabJobs(t, component(t, map[string]string{
		"paths": "a b.py\n*\n$(touch broken)", "args": "--exclude\ntests dir", "report": "sast", "fail-on": "never", "min-level": "note", "only-changes": "true",
	}))["pickletrace"]
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "pickletrace"), stub)
	if code, out := runJob(t, dir, job, "CODE=0", "CI_MERGE_REQUEST_DIFF_BASE_SHA=abc"); code != 0 {
		t.Fatalf("code %d\n%s", code, out)
	}
	want := []string{
		"scan", "--min-level", "note", "--fail-on", "never", "-o", "gitlab-sast=pickletrace.report", "-o", "gitlab-codequality=pickletrace.quality",
		"--diff-base", "abc", "--exclude", "tests dir", "--", "a b.py", "*", "$(touch broken)",
	}
	got := strings.Split(strings.TrimSuffix(readFile(t, filepath.Join(dir, "args")), "\n"), "\n")
	if !slices.Equal(got, want) {
		t.Errorf("arguments: %q\nwant       %q", got, want)
	}
	if _, err := os.Stat(filepath.Join(dir, "broken")); err == nil {
		t.Error("an input was run")
	}
	// the base of the diff is stale once others have been merged
	if code, _ := runJob(t, dir, job, "CODE=0", "CI_MERGE_REQUEST_DIFF_BASE_SHA=abc", "CI_MERGE_REQUEST_TARGET_BRANCH_SHA=def"); code != 0 ||
		!strings.Contains(readFile(t, filepath.Join(dir, "args")), "--diff-base\ndef\n") {
		t.Error("a pipeline for merged results is compared with something else than the target branch")
	}
	if code, _ := runJob(t, dir, job, "CODE=0"); code != 0 || strings.Contains(readFile(t, filepath.Join(dir, "args")), "--diff-base") {
		t.Error("without a merge request the whole repository counts")
	}
}

// TestGitLabProgram runs both jobs with the program itself.
func TestGitLabProgram(t *testing.T) {
	jobs := gitlabJobs(t, component(t, map[string]string{"paths": filepath.Join(repository(t), "testdata/demo")}))
	dir := t.TempDir()
	path := "PATH=" + filepath.Dir(program(t)) + string(os.PathListSeparator) + os.Getenv("PATH")
	if code, out := runJob(t, dir, jobs["pickletrace"], path); code != 0 {
		t.Fatalf("code %d\n%s", code, out)
	}
	if r := readFile(t, filepath.Join(dir, "pickletrace.report")); !strings.Contains(r, "sarif-2.1.0") || !strings.Contains(r, "PKL101") {
		t.Errorf("the report is no SARIF with the findings: %.300s", r)
	}
	if code, out := runJob(t, dir, jobs["pickletrace-gate"]); code != 1 {
		t.Errorf("the gate ended with %d\n%s", code, out)
	}
}

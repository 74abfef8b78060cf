package scripts

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// pinned is how the actions of others are named: by commit, with the version for people.
var (
	usesKey = regexp.MustCompile(`(?m)^[^\n#]*\buses:[ \t]*(.*)$`)
	pinned  = regexp.MustCompile(`^[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$`)
	// own is our action in examples: who copies one puts in the commit of the release.
	own = regexp.MustCompile(`^pickletrace/pickletrace@<commit> # v\d+\.\d+\.\d+$`)
)

// TestPins looks at every "uses:" in what git tracks: actions, workflows, pages and examples.
func TestPins(t *testing.T) {
	root := repository(t)
	n := 0
	versions := map[string]string{}
	for _, name := range tracked(t, root, "*.yml", "*.yaml", "*.md") {
		if strings.Contains(name, "testdata/") {
			continue
		}
		data, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range usesKey.FindAllStringSubmatch(string(data), -1) {
			use := strings.TrimSpace(m[1])
			if use == "./" || strings.HasPrefix(use, "./ #") || own.MatchString(use) {
				continue
			}
			n++
			if !pinned.MatchString(use) {
				t.Errorf("%s: uses: %s\nis not pinned as owner/name@<40 digits> # v1.2.3", name, use)
				continue
			}
			action, rest, _ := strings.Cut(use, "@")
			if old := versions[action]; old != "" && old != rest {
				t.Errorf("%s: %s is pinned as %s here and as %s elsewhere", name, action, rest, old)
			}
			versions[action] = rest
		}
	}
	if n < 10 {
		t.Errorf("found %d pinned actions only: the pattern misses some", n)
	}
}

// tracked gives the files that git knows and that fit one of the patterns.
func tracked(t *testing.T, root string, patterns ...string) []string {
	t.Helper()
	args := append([]string{"-c", "safe.directory=*", "-C", root, "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--"}, patterns...)
	out, err := exec.Command("git", args...).Output()
	if err != nil {
		t.Fatal(err)
	}
	names := strings.FieldsFunc(string(out), func(r rune) bool { return r == 0 })
	return slices.DeleteFunc(names, func(name string) bool {
		_, err := os.Stat(filepath.Join(root, name))
		return err != nil // removed, not committed yet
	})
}

// A workflow is what the tests look at in workflows and in action.yml.
type workflow struct {
	Permissions yaml.Node `yaml:"permissions"`
	Jobs        map[string]struct {
		Permissions map[string]string `yaml:"permissions"`
		Uses        string            `yaml:"uses"`
		Steps       []workflowStep    `yaml:"steps"`
	} `yaml:"jobs"`
	Inputs map[string]struct {
		Description string  `yaml:"description"`
		Default     *string `yaml:"default"`
	} `yaml:"inputs"`
	Outputs map[string]struct {
		Value string `yaml:"value"`
	} `yaml:"outputs"`
	Runs struct {
		Using string         `yaml:"using"`
		Steps []workflowStep `yaml:"steps"`
	} `yaml:"runs"`
}

type workflowStep struct {
	ID   string            `yaml:"id"`
	If   string            `yaml:"if"`
	Run  string            `yaml:"run"`
	Uses string            `yaml:"uses"`
	Env  map[string]string `yaml:"env"`
	With map[string]string `yaml:"with"`
}

func readWorkflow(t *testing.T, path string) *workflow {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	w := new(workflow)
	if err := yaml.Unmarshal(data, w); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return w
}

// TestWorkflows: no right that is not asked for by a job, no expression that becomes code.
func TestWorkflows(t *testing.T) {
	root := repository(t)
	files, err := filepath.Glob(filepath.Join(root, ".github/workflows/*.yml"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no workflows: %v", err)
	}
	for _, f := range files {
		w := readWorkflow(t, f)
		if w.Permissions.Kind != yaml.MappingNode || len(w.Permissions.Content) != 0 {
			t.Errorf("%s: permissions: {} must stand at the top", filepath.Base(f))
		}
		for name, job := range w.Jobs {
			if job.Permissions == nil {
				t.Errorf("%s: job %s does not say its permissions", filepath.Base(f), name)
			}
			noExpressions(t, filepath.Base(f)+" "+name, job.Steps)
		}
	}
}

func noExpressions(t *testing.T, where string, steps []workflowStep) {
	t.Helper()
	for i, s := range steps {
		if strings.Contains(s.Run, "${{") {
			t.Errorf("%s: step %d puts an expression into code: %s", where, i+1, s.Run)
		}
	}
}

// TestActionFile holds action.yml to what users rely on: its inputs and outputs, and that the gate is the last step.
func TestActionFile(t *testing.T) {
	w := readWorkflow(t, filepath.Join(repository(t), "action.yml"))
	if w.Runs.Using != "composite" {
		t.Errorf("using: %s", w.Runs.Using)
	}
	noExpressions(t, "action.yml", w.Runs.Steps)
	inputs := []string{"args", "cache", "category", "config", "diff-base", "fail-on", "format", "min-level", "paths", "sarif-file", "trust-head", "upload", "version", "working-directory"}
	text := readFile(t, filepath.Join(repository(t), "action.yml"))
	for name, in := range w.Inputs {
		if !slices.Contains(inputs, name) {
			t.Errorf("input %s is not among those that the tests know", name)
		}
		if in.Default == nil || in.Description == "" {
			t.Errorf("input %s needs a description and a default", name)
		}
		if !strings.Contains(text, "inputs."+name+" ") {
			t.Errorf("input %s is not used", name)
		}
	}
	if len(w.Inputs) != len(inputs) {
		t.Errorf("%d inputs, want %d", len(w.Inputs), len(inputs))
	}
	for _, name := range []string{"sarif-file", "findings", "new-findings", "exit-code"} {
		if want := "${{ steps.scan.outputs." + name + " }}"; w.Outputs[name].Value != want {
			t.Errorf("output %s is %q, want %q", name, w.Outputs[name].Value, want)
		}
	}
	actionOrder(t, w.Runs.Steps)
}

// actionOrder: install, scan, upload, gate; the upload does not depend on what was found, and nothing comes after the gate.
func actionOrder(t *testing.T, steps []workflowStep) {
	t.Helper()
	at := func(fits func(workflowStep) bool) int {
		i := slices.IndexFunc(steps, fits)
		if i < 0 {
			t.Fatal("action.yml lacks a step")
		}
		return i
	}
	install := at(func(s workflowStep) bool { return strings.HasSuffix(s.Run, `action.sh" install`) })
	scan := at(func(s workflowStep) bool { return strings.HasSuffix(s.Run, `action.sh" scan`) })
	upload := at(func(s workflowStep) bool { return strings.HasPrefix(s.Uses, "github/codeql-action/upload-sarif@") })
	gate := at(func(s workflowStep) bool { return strings.HasSuffix(s.Run, `action.sh" gate`) })
	if !slices.IsSorted([]int{install, scan, upload, gate}) || gate != len(steps)-1 {
		t.Errorf("the order of the steps is install %d, scan %d, upload %d, gate %d of %d", install, scan, upload, gate, len(steps))
	}
	if got, want := steps[upload].If, "${{ inputs.upload == 'true' && steps.scan.outputs.sarif-file != '' }}"; got != want {
		t.Errorf("the upload happens if %s, want %s", got, want)
	}
	if !strings.Contains(steps[gate].If, "!cancelled()") {
		t.Errorf("the gate is skipped when the upload fails: %s", steps[gate].If)
	}
}

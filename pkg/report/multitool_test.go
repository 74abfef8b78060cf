package report

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/pickletrace/pickletrace/pkg/rule"
	packs "github.com/pickletrace/pickletrace/rules"
)

// TestSARIFMultitool runs the public validator, if PICKLETRACE_SARIF_MULTITOOL names its program (the npm package
// @microsoft/sarif-multitool has it). Its exit code says nothing, so its own report is read: no error and no warning.
func TestSARIFMultitool(t *testing.T) {
	tool := os.Getenv("PICKLETRACE_SARIF_MULTITOOL")
	if tool == "" {
		t.Skip("PICKLETRACE_SARIF_MULTITOOL is not set")
	}
	pack, err := rule.Load(packs.FS)
	if err != nil {
		t.Fatal(err)
	}
	logs := map[string][]byte{
		"rich":  render(t, SARIF, richResult(t), richOptions()),
		"empty": render(t, SARIF, &Result{}, Options{}),
		"packs": render(t, SARIF, &Result{Pack: pack, Version: "1.2.3"}, Options{}),
	}
	for name := range archives(t) {
		logs[name] = render(t, SARIF, parseSample(t, archives(t)[name]), Options{})
	}
	for name, data := range logs {
		for what, n := range validate(t, tool, data) {
			t.Errorf("%s: %s, %d times", name, what, n)
		}
	}
	bad := []byte(`{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{"tool":{"driver":{"name":"x"}},"results":null}]}`)
	if len(validate(t, tool, bad)) == 0 {
		t.Error("the validator finds nothing in a broken file: it did not run")
	}
}

// validate gives the errors and warnings of the validator, counted by rule.
func validate(t *testing.T, tool string, data []byte) map[string]int {
	t.Helper()
	dir := t.TempDir()
	in, out := filepath.Join(dir, "in.sarif"), filepath.Join(dir, "out.sarif")
	if err := os.WriteFile(in, data, 0o666); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(tool, "validate", in, "--config", "testdata/github.config.xml", "--rule-kind", "Sarif;Ghas",
		"--level", "Error;Warning;Note", "--kind", "Fail;Review;Open", "-o", out, "--log", "ForceOverwrite")
	text, _ := cmd.CombinedOutput()
	report, err := os.ReadFile(out)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	var doc object
	if err := json.Unmarshal(report, &doc); err != nil {
		t.Fatal(err)
	}
	l, found := sarifLog{doc}, map[string]int{}
	for _, r := range l.results() {
		level, id := str(obj(r)["level"]), str(obj(r)["ruleId"])
		if i, ok := obj(r)["ruleIndex"].(float64); id == "" && ok {
			id = str(obj(l.rules()[int(i)])["id"])
		}
		if level == "" {
			level = "warning"
		}
		if level != "note" {
			found[level+" "+id]++
		}
	}
	return found
}

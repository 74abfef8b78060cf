package sarifcheck

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const broken = `{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{"tool":{"driver":{"name":"x"}},"results":null}]}`

// TestMultitool runs the public validator over all files that other tests kept; scripts/sarif-multitool installs it and
// sets both variables. Its exit code says nothing, so its own report is read: no error and no warning.
func TestMultitool(t *testing.T) {
	tool, dir := os.Getenv("PICKLETRACE_SARIF_MULTITOOL"), os.Getenv("PICKLETRACE_SARIF_DIR")
	if tool == "" || dir == "" {
		t.Skip("PICKLETRACE_SARIF_MULTITOOL and PICKLETRACE_SARIF_DIR are not set")
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.sarif"))
	if err != nil || len(files) < 20 {
		t.Fatalf("only %d files were kept by other tests: %v", len(files), err)
	}
	bad := filepath.Join(t.TempDir(), "broken.sarif")
	if err := os.WriteFile(bad, []byte(broken), 0o666); err != nil {
		t.Fatal(err)
	}
	found := validate(t, tool, append(files, bad))
	if len(found[filepath.Base(bad)]) == 0 {
		t.Error("the validator finds nothing in a broken file: it did not run")
	}
	delete(found, filepath.Base(bad))
	for name, complaints := range found {
		t.Errorf("%s: %s", name, strings.Join(complaints, ", "))
	}
	t.Logf("%d files without an error or a warning", len(files)-len(found))
}

// validate gives the errors and warnings of the validator by file.
func validate(t *testing.T, tool string, files []string) map[string][]string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out.sarif")
	args := append([]string{"validate"}, files...)
	args = append(args, "--config", "github.config.xml", "--rule-kind", "Sarif;Ghas", "--level", "Error;Warning",
		"--kind", "Fail;Review;Open", "-o", out, "--log", "ForceOverwrite")
	text, _ := exec.Command(tool, args...).CombinedOutput()
	data, err := os.ReadFile(out)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	var doc Object
	if err := json.Unmarshal(data, &doc); err != nil {
		t.Fatal(err)
	}
	l, found := Log{Doc: doc}, map[string][]string{}
	for _, r := range l.Results() {
		id := Str(Obj(r)["ruleId"])
		if i, ok := Obj(r)["ruleIndex"].(float64); id == "" && ok {
			id = Str(Obj(l.Rules()[int(i)])["id"])
		}
		uri := Str(At(first(List(Obj(r)["locations"])), "physicalLocation", "artifactLocation", "uri"))
		name := uri[strings.LastIndexByte(uri, '/')+1:]
		found[name] = append(found[name], Str(Obj(r)["level"])+" "+id)
	}
	return found
}

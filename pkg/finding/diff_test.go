package finding

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pickletrace/pickletrace/pkg/text"
)

const (
	oldApp = `import net, log
from checks import verify

def fetch(url):
    log.info("get")
    return net.get(url)

def parse(blob):
    if blob is None:
        return None
    return load(blob)

def main(url):
    data = fetch(url)
    verify(data)
    return parse(data)

def other(x):
    if x:
        raise ValueError
    return x
`
	oldChecks = `def verify(data):
    if digest(data) != WANT:
        raise ValueError
    return data

def unrelated(x):
    if x:
        raise ValueError
`
)

// gitDiff gives the diff that git makes between two states of a tree.
func gitDiff(t *testing.T, before, after map[string]string, args ...string) []byte {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	dir := t.TempDir()
	for side, files := range map[string]map[string]string{"a": before, "b": after} {
		for path, code := range files {
			p := filepath.Join(dir, side, path)
			if err := os.MkdirAll(filepath.Dir(p), 0o777); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(p, []byte(code), 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
	// Without prefixes the names of the two folders stand where a/ and b/ do in a repository.
	cmd := exec.Command("git", append(append([]string{"diff", "--no-index", "--no-prefix", "-M"}, args...), "a", "b")...)
	cmd.Dir = dir
	out, _ := cmd.Output() // exit code 1 means there are differences
	return out
}

// flowIn makes the finding of fetch → main → parse.
func flowIn(t *testing.T, files map[string]string) (Finding, []*text.File) {
	app := pyFile(t, "app.py", files["app.py"])
	all := []*text.File{app}
	for path, code := range files {
		if path != "app.py" {
			all = append(all, pyFile(t, path, code))
		}
	}
	sink := stepAt(t, app, "load(blob)", 0)
	steps := []Step{stepAt(t, app, "net.get(", 0), stepAt(t, app, "fetch(", 1), stepAt(t, app, "parse(data)", 0), sink}
	return Finding{RuleID: "PKL101", Sink: sink, Flows: []Flow{{Steps: steps}}}, all
}

// TestChanged makes one edit at a time and asks whether the finding belongs to it.
func TestChanged(t *testing.T) {
	for _, tc := range []struct {
		name, file, from, to string
		want                 bool
	}{
		{"nothing", "app.py", "", "", false},
		{"source", "app.py", "net.get(url)", "net.get(url, 1)", true},
		{"step between", "app.py", "data = fetch(url)", "data = fetch( url)", true},
		{"sink", "app.py", "return load(blob)", "return  load(blob)", true},
		{"line above the source", "app.py", `log.info("get")`, `log.info("fetch")`, false},
		{"line added in a function of the flow", "app.py", `log.info("get")`, "log.info(\"get\")\n    log.info(\"x\")", false},
		{"check removed in the flow", "app.py", "    verify(data)\n", "", true},
		{"check commented out", "app.py", "    verify(data)", "    # verify(data)", true},
		{"check turned round", "app.py", "if blob is None", "if blob is not None", true},
		{"check weakened", "app.py", "if blob is None:", "if False:", true},
		{"check made stricter", "app.py", "verify(data)", "verify(data, strict=True)", false},
		{"raise removed in the helper", "checks.py", "        raise ValueError\n    return data", "        pass\n    return data", true},
		{"other operator in the helper", "checks.py", "!=", "==", true},
		{"helper emptied", "checks.py", "    if digest(data) != WANT:\n        raise ValueError\n    return data\n", "    pass\n", true},
		{"helper removed", "checks.py", oldChecks[:len(oldChecks)-len("def unrelated(x):\n    if x:\n        raise ValueError\n")], "", true},
		{"check removed elsewhere", "app.py", "    if x:\n        raise ValueError\n    return x", "    return x", false},
		{"check removed in another helper", "checks.py", "    if x:\n        raise ValueError\n", "    pass\n", false},
		{"import removed", "app.py", "from checks import verify\n", "", false},
		{"comment and blank removed", "app.py", "\n\ndef parse", "\ndef parse", false},
		{"end of the file", "app.py", "    return x\n", "    return x", false},
	} {
		for _, context := range []string{"-U0", "-U3"} {
			before := map[string]string{"app.py": oldApp, "checks.py": oldChecks}
			after := map[string]string{"app.py": oldApp, "checks.py": oldChecks}
			if tc.from != "" {
				after[tc.file] = replaceOnce(t, after[tc.file], tc.from, tc.to)
			}
			checkChanged(t, tc.name+" "+context, gitDiff(t, before, after, context), after, tc.want)
		}
	}
}

func checkChanged(t *testing.T, name string, diff []byte, after map[string]string, want bool) {
	t.Helper()
	changes, err := ParseDiff(diff)
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, diff)
	}
	f, files := flowIn(t, after)
	kept, rest := changes.Changed([]Finding{f}, files)
	if (len(kept) == 1) != want || len(kept)+len(rest) != 1 {
		t.Errorf("%s: kept %v, want %v\n%s", name, len(kept) == 1, want, diff)
	}
}

func replaceOnce(t *testing.T, s, from, to string) string {
	t.Helper()
	if strings.Count(s, from) < 1 {
		t.Fatalf("no %q", from)
	}
	return strings.Replace(s, from, to, 1)
}

func TestChangedFiles(t *testing.T) {
	both := map[string]string{"app.py": oldApp, "checks.py": oldChecks}
	checkChanged(t, "new file", gitDiff(t, map[string]string{"checks.py": oldChecks}, both), both, true)
	checkChanged(t, "renamed file", gitDiff(t, map[string]string{"old.py": oldApp, "checks.py": oldChecks}, both), both, false)
	checkChanged(t, "helper's file removed", gitDiff(t, both, map[string]string{"app.py": oldApp}), map[string]string{"app.py": oldApp}, true)
	checkChanged(t, "empty diff", nil, both, false)
}

func TestChangesEmpty(t *testing.T) {
	gone := gitDiff(t, map[string]string{"a.py": oldApp, "b.py": "x = 1\n"}, map[string]string{"a.py": oldApp})
	for diff, want := range map[string]bool{"": true, string(gone): false} {
		c, err := ParseDiff([]byte(diff))
		if err != nil || c.Empty() != want {
			t.Errorf("%q: empty is %v, want %v (%v)", diff, c.Empty(), want, err)
		}
	}
	c, _ := ParseDiff(nil)
	if c.Whole("new.py"); c.Empty() {
		t.Error("a new file is no change")
	}
}

func TestParseDiffMistake(t *testing.T) {
	if _, err := ParseDiff([]byte("diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,3 +1 @@\n-x\n")); err == nil {
		t.Error("a diff that is cut short is accepted")
	}
}

func FuzzParseDiff(f *testing.F) {
	f.Add([]byte("diff --git a/app.py b/app.py\n--- a/app.py\n+++ b/app.py\n@@ -1,2 +1 @@\n-verify(x)\n import net\n"))
	app := &text.File{Path: "app.py", Text: []byte(oldApp)}
	x := Finding{Sink: Step{File: app, Span: text.Span{Start: 200, End: 210}}}
	f.Fuzz(func(t *testing.T, diff []byte) {
		c, err := ParseDiff(diff)
		if err != nil {
			return
		}
		if kept, rest := c.Changed([]Finding{x}, []*text.File{app}); len(kept)+len(rest) != 1 {
			t.Error("a finding was lost")
		}
	})
}

// TestNarrow: a finding is that of the flows with a step in the place asked for, those that are not shown among them.
func TestNarrow(t *testing.T) {
	f := pyFile(t, "a.py", "a()\nb()\nc()\nd()\ne()\ng()\nh()\nload(x)\n")
	sink := stepAt(t, f, "load(x)", 0)
	flow := func(src string, l Level) Flow {
		return Flow{Kind: src, KindTitle: "data of " + src, SourceName: src, Level: l, Steps: []Step{stepAt(t, f, src+"()", 0), sink}}
	}
	x := Finding{RuleID: "PKL101", Level: Error, SinkName: "load", Sink: sink, MoreFlows: 3,
		Flows: []Flow{flow("a", Error), flow("b", Error), flow("c", Error), flow("d", Error), flow("e", Error)},
		Other: []Flow{flow("g", Warning), flow("h", Note)}}
	fs := Finish([]Finding{x}, func(string) string { return "Title" })
	touch := func(codes ...string) func(*Step) bool {
		return func(s *Step) bool {
			at := string(f.Text[s.Span.Start:s.Span.End])
			return slices.Contains(codes, at)
		}
	}
	for _, tc := range []struct {
		touched []string
		want    string // sources of the flows shown
		level   Level
		more    int
	}{
		{[]string{"x()"}, "", 0, 0},
		{[]string{"b()"}, "b", Error, 7},
		{[]string{"g()", "h()"}, "gh", Warning, 6},
		{[]string{"h()"}, "h", Note, 7},
		{[]string{"load(x)"}, "abcde", Error, 3},
	} {
		kept, rest := Narrow(fs, touch(tc.touched...))
		if len(kept)+len(rest) != 1 || (tc.want == "") != (len(kept) == 0) {
			t.Fatalf("%v: %d kept, %d not", tc.touched, len(kept), len(rest))
		}
		if tc.want == "" {
			continue
		}
		got := ""
		for _, fl := range kept[0].Flows {
			got += fl.SourceName
		}
		k := kept[0]
		if got != tc.want || k.Level != tc.level || k.MoreFlows != tc.more || k.Fingerprint != fs[0].Fingerprint || !strings.Contains(k.Message, "('"+tc.want[:1]+"')") {
			t.Errorf("%v: flows %s, level %d, %d more, %q", tc.touched, got, k.Level, k.MoreFlows, k.Message)
		}
	}
	if len(fs[0].Flows) != 5 || len(fs[0].Other) != 2 {
		t.Error("the findings were changed")
	}
}

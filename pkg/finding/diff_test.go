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
func flowIn(t *testing.T, files map[string]string) ([]Finding, []*text.File) {
	app := pyFile(t, "app.py", files["app.py"])
	all := []*text.File{app}
	for path, code := range files {
		if path != "app.py" {
			all = append(all, pyFile(t, path, code))
		}
	}
	at := func(code string) Step { return stepAt(t, app, code, 0) }
	src, sink := at("net.get("), at("load(")
	src.Kind, src.Func, sink.Kind = StepSource, "app.fetch", StepSink
	x := Finding{RuleID: "PKL101", Level: Error, SinkName: "load", Function: "app.parse", Sink: sink, Flows: []Flow{{Kind: "net", SourceName: "net.get",
		Level: Error, Steps: []Step{src, at("fetch(url)\n    "), sink}}}}
	return Finish([]Finding{x}, func(string) string { return "Title" }), all
}

// TestSince makes one edit at a time of code whose finding was there before, and says what of it belongs to the edit.
func TestSince(t *testing.T) {
	for _, tc := range []struct {
		name, file, from, to string
		want                 bool
	}{
		{"nothing", "app.py", "", "", false},
		{"source formatted", "app.py", "net.get(url)", "net.get( url )", false},
		{"source edited", "app.py", "net.get(url)", "net.get(url, 1)", false},
		{"sink formatted", "app.py", "return load(blob)", "return  load(\n        blob\n    )", false},
		{"sink split", "app.py", "return load(blob)", "out = load(blob)\n    return out", false},
		{"sink edited", "app.py", "return load(blob)", "return load(blob, mode=1)", true},
		{"lines above", "app.py", "import net, log", "import net, log\n\n\nX = 1", false},
		{"check removed that the analysis does not know", "app.py", "    verify(data)\n", "", false},
		{"check removed elsewhere", "app.py", "    if x:\n        raise ValueError\n    return x", "    return x", false},
		{"function of another file with a name that is called", "checks.py", "def unrelated", "def fetch", false},
	} {
		before := map[string]string{"app.py": oldApp, "checks.py": oldChecks}
		after := map[string]string{"app.py": oldApp, "checks.py": oldChecks}
		if tc.from != "" {
			after[tc.file] = replaceOnce(t, after[tc.file], tc.from, tc.to)
		}
		changes, err := ParseDiff(gitDiff(t, before, after, "-U0"))
		if err != nil {
			t.Fatal(err)
		}
		was, wasFiles := flowIn(t, before)
		fs, files := flowIn(t, after)
		fresh, rest := changes.Since(fs, files, &Before{was, wasFiles})
		if (len(fresh) == 1) != tc.want || len(fresh)+len(rest) != 1 {
			t.Errorf("%s: new %v, want %v", tc.name, len(fresh) == 1, tc.want)
		}
		for _, f := range fresh {
			if !f.Explained() || f.Baseline != New {
				t.Errorf("%s: no reason is given", tc.name)
			}
		}
	}
}

// TestSinceNothing: what was not there at all belongs to the change, with the check that it took away.
func TestSinceNothing(t *testing.T) {
	before := map[string]string{"app.py": oldApp, "checks.py": oldChecks}
	after := map[string]string{"app.py": replaceOnce(t, oldApp, "    verify(data)\n", ""), "checks.py": oldChecks}
	changes, err := ParseDiff(gitDiff(t, before, after, "-U0"))
	if err != nil {
		t.Fatal(err)
	}
	fs, files := flowIn(t, after)
	_, wasFiles := flowIn(t, before)
	fresh, _ := changes.Since(fs, files, &Before{nil, wasFiles})
	if len(fresh) != 1 || len(fresh[0].Why) != 1 || fresh[0].Why[0].Kind != WhyCheck || !strings.Contains(fresh[0].Why[0].Text, "'verify(data)' (app.py:15 before)") {
		t.Errorf("%+v", fresh)
	}
}

func replaceOnce(t *testing.T, s, from, to string) string {
	t.Helper()
	if strings.Count(s, from) < 1 {
		t.Fatalf("no %q", from)
	}
	return strings.Replace(s, from, to, 1)
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
		if kept, rest := c.Since([]Finding{x}, []*text.File{app}, &Before{}); len(kept)+len(rest) != 1 {
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

package scantest

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// say makes a finding of rule at the line of files that holds sink, with one flow from the line that holds each of
// the sources.
func say(t *testing.T, files []*text.File, level finding.Level, rule, sink string, sources ...string) finding.Finding {
	t.Helper()
	f := finding.Finding{RuleID: rule, Level: level, SinkName: "pickle.loads", Sink: stepAt(t, files, sink)}
	for _, s := range sources {
		f.Flows = append(f.Flows, finding.Flow{Kind: "network-response", Steps: []finding.Step{stepAt(t, files, s), f.Sink}})
	}
	return f
}

func stepAt(t *testing.T, files []*text.File, needle string) finding.Step {
	t.Helper()
	for _, f := range files {
		if i := bytes.Index(f.Text, []byte(needle)); i >= 0 {
			return finding.Step{File: f, Span: text.Span{Start: int32(i), End: int32(i + len(needle))}}
		}
	}
	t.Fatalf("no %q in the fixture", needle)
	return finding.Step{}
}

func oneFile(src string) []*text.File {
	return []*text.File{{Path: "a.py", Text: []byte(src)}}
}

const flow = `import pickle, requests
body = requests.get("http://x").content  # source net
pickle.loads(body)  # want error PKL101 from net
`

func expectMessages(t *testing.T, got []string, want ...string) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("got %d messages, want %d:\n%s", len(got), len(want), strings.Join(got, "\n"))
	}
	for i := range want {
		if !strings.Contains(got[i], want[i]) {
			t.Errorf("message %d is\n\t%s\nand does not contain\n\t%s", i, got[i], want[i])
		}
	}
}

func TestWantMet(t *testing.T) {
	files := oneFile(flow)
	expectMessages(t, Compare(files, []finding.Finding{say(t, files, finding.Error, "PKL101", "pickle.loads", "requests.get")}))
}

func TestWantNotMet(t *testing.T) {
	files := oneFile(flow)
	expectMessages(t, Compare(files, nil), "a.py:3: want error PKL101 from net, got nothing")
}

func TestWrongLevelRuleSource(t *testing.T) {
	files := oneFile(flow)
	for name, f := range map[string]finding.Finding{
		"level":  say(t, files, finding.Warning, "PKL101", "pickle.loads", "requests.get"),
		"rule":   say(t, files, finding.Error, "PKL102", "pickle.loads", "requests.get"),
		"source": say(t, files, finding.Error, "PKL101", "pickle.loads", "import pickle"),
	} {
		got := Compare(files, []finding.Finding{f})
		if len(got) != 2 {
			t.Fatalf("%s: got %q, want a want not met and an unexpected finding", name, got)
		}
		if !strings.Contains(got[0]+got[1], "want error PKL101 from net, got "+levelName(f.Level)+" "+f.RuleID) {
			t.Errorf("%s: %q does not say what came instead", name, got)
		}
	}
}

func TestUnexpected(t *testing.T) {
	files := oneFile("import pickle\npickle.loads(b'')  # ok: a literal\n")
	f := say(t, files, finding.Note, "PKL101", "pickle.loads(")
	expectMessages(t, Compare(files, []finding.Finding{f}), "a.py:2: unexpected note PKL101 (pickle.loads)")

	files = oneFile("# notes: ignored\nimport pickle\npickle.loads(b'')  # ok: a literal\n")
	f = say(t, files, finding.Note, "PKL101", "pickle.loads(")
	expectMessages(t, Compare(files, []finding.Finding{f}))
	f.Level = finding.Warning
	expectMessages(t, Compare(files, []finding.Finding{f}), "a.py:3: unexpected warning")
}

func TestNearbyIsTold(t *testing.T) {
	files := oneFile(flow)
	f := say(t, files, finding.Error, "PKL101", "body = ")
	expectMessages(t, Compare(files, []finding.Finding{f}),
		"a.py:2: unexpected error PKL101",
		"got nothing on this line; nearby line 2: error PKL101")
}

func TestMissing(t *testing.T) {
	files := oneFile("import pickle\npickle.loads(x)  # missing PKL101: x is not followed\n")
	expectMessages(t, Compare(files, nil))
	f := say(t, files, finding.Error, "PKL101", "pickle.loads")
	expectMessages(t, Compare(files, []finding.Finding{f}), "PKL101 is found now; change missing to want")
}

func TestSpurious(t *testing.T) {
	files := oneFile("import pickle\npickle.loads(x)  # spurious PKL101: x is clean\n")
	f := say(t, files, finding.Error, "PKL101", "pickle.loads")
	expectMessages(t, Compare(files, []finding.Finding{f}))
	expectMessages(t, Compare(files, nil), "PKL101 is no longer reported here; remove the spurious comment")
}

func TestTwoSourcesOneFinding(t *testing.T) {
	files := oneFile(`a = get()  # source a
b = get2()  # source b
load(a or b)  # want PKL101 from a  # want PKL101 from b
`)
	both := say(t, files, finding.Error, "PKL101", "load(a", "a = get", "b = get2")
	expectMessages(t, Compare(files, []finding.Finding{both}))
	one := say(t, files, finding.Error, "PKL101", "load(a", "b = get2")
	expectMessages(t, Compare(files, []finding.Finding{one}), "want PKL101 from a, got error PKL101")
}

func TestBestFlowMustBeNamed(t *testing.T) {
	files := oneFile(flow)
	f := say(t, files, finding.Error, "PKL101", "pickle.loads", "import pickle", "requests.get")
	expectMessages(t, Compare(files, []finding.Finding{f}), "the best flow of PKL101 begins at a.py:1")
}

func TestPatternAndKind(t *testing.T) {
	files := oneFile("x = get()\nload(x)  # want PKL1?? from=network-response\n")
	f := say(t, files, finding.Error, "PKL101", "load(x", "x = get")
	expectMessages(t, Compare(files, []finding.Finding{f}))
	f.Flows[0].Kind = "remote-request"
	expectMessages(t, Compare(files, []finding.Finding{f}), "want PKL1?? from=network-response", "unexpected")
}

func TestCommentLineSpeaksOfNext(t *testing.T) {
	files := oneFile("# source a\n\nx = get()\n# want PKL101 from a\n# prose in between\nload(x)\n")
	f := say(t, files, finding.Error, "PKL101", "load(x", "x = get")
	expectMessages(t, Compare(files, []finding.Finding{f}))
}

func TestMistakesInAnnotations(t *testing.T) {
	for src, msg := range map[string]string{
		"x = 1  # want\n":                               "no rule given",
		"x = 1  # want pickle\n":                        `"pickle" is not a rule code`,
		"x = 1  # want PKL101 by a\n":                   `"by" is neither`,
		"x = 1  # want PKL101 from a\n":                 `no line is marked "# source a"`,
		"x = 1  # missing PKL101\n":                     "needs a reason",
		"x = 1  # ok:\n":                                "needs a reason",
		"x = 1\n":                                       "it says nothing",
		"a = 1  # source a\nb = 1  # source a\n# ok: x": "source a is already at a.py:1",
	} {
		got := Compare(oneFile(src), nil)
		if len(got) == 0 || !strings.Contains(got[0], msg) {
			t.Errorf("%q gives %q, want %q", src, got, msg)
		}
	}
}

func TestGaps(t *testing.T) {
	gaps, err := Gaps(oneFile("f()  # missing PKL101: eval\ng()  # spurious PKL2??: sized\n# ok: rest\n"))
	want := []Gap{{"a.py", 1, false, "PKL101", "eval"}, {"a.py", 2, true, "PKL2??", "sized"}}
	if err != nil || len(gaps) != 2 || gaps[0] != want[0] || gaps[1] != want[1] {
		t.Errorf("got %v, %v", gaps, err)
	}
}

func TestArchive(t *testing.T) {
	p := filepath.Join(t.TempDir(), "x.txtar")
	src := "what is shown\n-- net.py --\ndef get(): ...  # source net\n-- sub/app.py --\nload(get())  # want PKL101 from net\n"
	if err := os.WriteFile(p, []byte(src), 0o644); err != nil {
		t.Fatal(err)
	}
	ran := false
	Run(t, p, func(files []*text.File) ([]finding.Finding, []text.Problem) {
		ran = true
		if len(files) != 2 || files[0].Path != "net.py" || files[1].Path != "sub/app.py" {
			t.Fatalf("files are %v", files)
		}
		return []finding.Finding{say(t, files, finding.Note, "PKL101", "load(get", "def get")}, nil
	})
	if !ran {
		t.Error("the scanner was not called")
	}
	for src, msg := range map[string]string{
		"no files\n":                    "not a txtar archive",
		"-- a.py --\n-- a.py --\n":      "twice",
		"-- ../a.py --\n":               "clean relative path",
		"-- /etc/a.py --\nx = 1\n":      "clean relative path",
		"-- a//b.py --\nx = 1  # ok: 1": "clean relative path",
	} {
		if _, err := splitArchive([]byte(src)); err == nil || !strings.Contains(err.Error(), msg) {
			t.Errorf("%q gives %v, want %q", src, err, msg)
		}
	}
}

// recorder is a testing.TB that only counts failures.
type recorder struct {
	testing.TB
	msgs []string
}

func (r *recorder) Helper() {}
func (r *recorder) Errorf(format string, args ...any) {
	r.msgs = append(r.msgs, format)
}

func TestProblemsFail(t *testing.T) {
	files := oneFile("x = 1  # ok: nothing\n")
	r := &recorder{TB: t}
	CheckProblems(r, files, []text.Problem{{Path: "a.py", Severity: text.Info}, {Path: "a.py", Severity: text.Partial}})
	if len(r.msgs) != 1 {
		t.Errorf("got %d failures, want 1 for the partly read file", len(r.msgs))
	}
	r = &recorder{TB: t}
	CheckProblems(r, oneFile("# problems: expected\n"), []text.Problem{{Path: "a.py", Severity: text.Failed}})
	if len(r.msgs) != 0 {
		t.Errorf("an expected problem fails: %q", r.msgs)
	}
}

// TestFixturesReadable reads every fixture of the repository, so that a mistake in an annotation is found without a
// scanner.
func TestFixturesReadable(t *testing.T) {
	n := 0
	for _, pattern := range []string{"flow/*.py", "regress/*.py", "project/*.txtar", "regress/*.txtar"} {
		paths, err := filepath.Glob(filepath.Join("../../testdata", pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range paths {
			n++
			files, err := Load(p)
			if err != nil {
				t.Error(err)
				continue
			}
			_, errs := readAll(files)
			for _, err := range errs {
				t.Errorf("%s: %v", filepath.Base(p), err)
			}
		}
	}
	if n == 0 {
		t.Error("no fixtures")
	}
}

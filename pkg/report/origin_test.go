package report

import (
	"strings"
	"testing"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// TestLineURL: the page of a line, whatever its file is called.
func TestLineURL(t *testing.T) {
	r := &Result{Repo: &Repository{Lines: "https://github.com/o/r/blob/abc/{path}#L{line}"}}
	for path, want := range map[string]string{
		"a/b.py":        "https://github.com/o/r/blob/abc/a/b.py#L2",
		"my app/ü:1.py": "https://github.com/o/r/blob/abc/my%20app/%C3%BC:1.py#L2",
		"a?b#{line}.py": "https://github.com/o/r/blob/abc/a%3Fb%23%7Bline%7D.py#L2",
		"../out.py":     "",
		"/abs.py":       "",
	} {
		f, _ := text.NewFile(path, []byte("x\ny\n"))
		if got := r.lineURL(&finding.Step{File: f, Span: text.Span{Start: 2, End: 3}}); got != want {
			t.Errorf("%s: %s", path, got)
		}
	}
	if got := (&Result{}).lineURL(&finding.Step{}); got != "" {
		t.Error(got)
	}
}

// TestGate: what fails the run, in a sentence.
func TestGate(t *testing.T) {
	for want, g := range map[string]Gate{
		"Warnings and above fail the run: none does.":   {"warning", 0},
		"Notes and above fail the run: 1 finding does.": {"note", 1},
		"Errors fail the run: 3 findings do.":           {"error", 3},
		"No finding fails the run (--fail-on never).":   {"never", 0},
	} {
		if got := g.String(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestSummaries: what a person reads in the pages of a CI system says what to do, where the line is, and what the gate is.
func TestSummaries(t *testing.T) {
	r := parseSample(t, archives(t)["twofiles.txtar"])
	r.Repo = &Repository{Lines: "https://github.com/o/r/blob/abc/{path}#L{line}"}
	r.Gate = &Gate{FailOn: "warning", Failing: 2}
	for format, wants := range map[string][]string{
		"markdown":           {"Warnings and above fail the run: 2 findings do.", "](https://github.com/o/r/blob/abc/app/load.py#L8)", "**Fix**: Load <code>safetensors</code> or JSON"},
		"github":             {"Warnings and above fail the run: 2 findings do.", "https://github.com/o/r/blob/abc/app/load.py#L8", "fix: Load `safetensors` or JSON"},
		"gitlab-codequality": {"Warnings and above fail the run: 2 findings do.", "](https://github.com/o/r/blob/abc/app/load.py#L8)", "**Fix**: Load \\u003ccode\\u003esafetensors"},
		"junit":              {`<property name="fail-on" value="warning">`, "https://github.com/o/r/blob/abc/app/load.py#L8", "fix: Load `safetensors` or JSON"},
	} {
		out := string(render(t, Formats[format], r, Options{}))
		for _, want := range wants {
			if !strings.Contains(out, want) {
				t.Errorf("%s: no %q in\n%s", format, want, out)
			}
		}
	}
	md := string(render(t, Markdown, r, Options{}))
	if e, w := strings.Index(md, "| error |"), strings.Index(md, "| warning |"); e < 0 || w < e {
		t.Errorf("errors first: %d, %d", e, w)
	}
}

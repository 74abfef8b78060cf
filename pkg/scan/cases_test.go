package scan_test

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// A scanCase is one small program of testdata/cases with what a scan of it shall say; the format is told in
// testdata/README.md.
type scanCase struct {
	id    string
	want  []string // as they stand there: "error PKL* app.py~pickle.loads", "none"
	known bool     // it is wrong today
	files []*text.File
}

// readCases reads one file of cases.
func readCases(t *testing.T, name string) []*scanCase {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var out []*scanCase
	for _, part := range strings.Split("\n"+string(data), "\n=== ")[1:] {
		head, body, _ := strings.Cut(part, "\n--- ")
		lines := strings.Split(head, "\n")
		c := &scanCase{id: strings.TrimSpace(strings.Split(lines[0], "|")[0])}
		for _, line := range lines[1:] {
			switch {
			case strings.HasPrefix(line, "want "):
				c.want = append(c.want, line[len("want "):])
			case strings.HasPrefix(line, "known"):
				c.known = true
			case strings.TrimSpace(line) != "":
				t.Fatalf("%s: %s: %q is neither want nor known", name, c.id, line)
			}
		}
		for _, file := range strings.Split(body, "\n--- ") {
			path, src, _ := strings.Cut(file, "\n")
			c.files = append(c.files, &text.File{Path: strings.TrimSpace(path), Text: []byte(strings.TrimRight(src, "\n") + "\n")})
		}
		if len(c.want) == 0 {
			t.Fatalf("%s: %s wants nothing", name, c.id)
		}
		out = append(out, c)
	}
	return out
}

var levelNames = map[finding.Level]string{finding.Off: "nothing", finding.Note: "note", finding.Warning: "warning", finding.Error: "error"}

// met says whether the highest level of the findings at a place is one that is wanted.
func met(want string, best finding.Level) bool {
	switch want {
	case "may":
		return true
	case "any":
		return best > finding.Off
	case "warning+":
		return best >= finding.Warning
	case "warning-":
		return best == finding.Note || best == finding.Warning
	}
	return levelNames[best] == want
}

// judge says what is wrong with the findings. Notes that nobody asked for are not, unless silence is wanted.
func (c *scanCase) judge(got []finding.Finding) []string {
	var wrong []string
	used := map[int]bool{}
	for _, want := range c.want {
		if want == "none" || want == "silent" {
			continue
		}
		level, place, _ := strings.Cut(want, " ")
		best := finding.Off
		for i := range got {
			if isAt(&got[i], place) {
				used[i], best = true, max(best, got[i].Level)
			}
		}
		if !met(level, best) {
			wrong = append(wrong, fmt.Sprintf("want %s, got %s", want, levelNames[best]))
		}
	}
	for i := range got {
		if f := &got[i]; !used[i] && (f.Level > finding.Note || slices.Contains(c.want, "silent")) {
			wrong = append(wrong, fmt.Sprintf("unexpected %s %s in %s: %s", levelNames[f.Level], f.RuleID, f.Sink.File.Path, onLines(f.Sink)))
		}
	}
	return wrong
}

// isAt says whether a finding is of the rule and at the place of "PKL1* app.py~pickle.loads": its line holds that text.
func isAt(f *finding.Finding, place string) bool {
	rule, at, _ := strings.Cut(place, " ")
	file, needle, _ := strings.Cut(at, "~")
	ok, _ := path.Match(rule, f.RuleID)
	return ok && f.Sink.File.Path == file && strings.Contains(onLines(f.Sink), needle)
}

// onLines gives the whole lines on which a step stands.
func onLines(s finding.Step) string {
	src := string(s.File.Text)
	start := strings.LastIndexByte(src[:s.Span.Start], '\n') + 1
	end := int(s.Span.End)
	if n := strings.IndexByte(src[end:], '\n'); n >= 0 {
		end += n
	}
	return src[start:end]
}

// TestCases scans the small services, trainers, tools and notebooks that were written, before the engine could read them, by
// people who had not seen it. What is wrong today is marked, and fails when it changes.
func TestCases(t *testing.T) {
	names, err := filepath.Glob(filepath.Join(testdata, "cases", "*.txt"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	scan := scanner(t)
	for _, name := range names {
		for _, c := range readCases(t, name) {
			t.Run(c.id, func(t *testing.T) {
				got, problems := scan(c.files)
				for _, p := range problems {
					t.Errorf("%s:%d: %s", p.Path, p.Line, p.Msg)
				}
				switch wrong := c.judge(got); {
				case c.known && len(wrong) == 0:
					t.Error("it is right now: take its line `known` out")
				case !c.known && len(wrong) > 0:
					t.Error(strings.Join(wrong, "\n"))
				}
			})
		}
	}
}

package report

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// hostileText is what a stranger may put into names of files, code, settings and rules.
const hostileText = "\n::error file=x::one\r\n \u00a0::stop-commands::tok\n##[error]two##vso[task.setvariable variable=a]three ##teamcity[message]" +
	"\x1b[2J\x1b]0;title\x07\u202e\u2028<script>alert(1)</script>]]>--> `code` | [link](javascript:alert(1)) @user %0A::warning::four &amp; \"'\x00\xff=cmd|'/C calc'!A0"

// TestHostileText sends one hostile text through every place of a report, in every format.
func TestHostileText(t *testing.T) {
	code := "import pickle  # " + strings.ReplaceAll(hostileText, "\x00", "") + "\npickle.loads(x)  # ##[error]two <script>alert(1)</script>\n"
	f, _ := text.NewFile("a"+hostileText+".py", []byte(code))
	at := strings.Index(string(f.Text), "pickle.loads")
	step := finding.Step{File: f, Span: text.Span{Start: int32(at), End: int32(at + 12)}, Kind: finding.StepSink, Note: hostileText, Func: hostileText}
	r := &Result{
		Findings: []finding.Finding{{RuleID: "PKL101", Level: finding.Error, Sink: step, Message: "m " + hostileText, Function: hostileText,
			SinkName: hostileText, Notes: []string{hostileText}, Flows: []finding.Flow{{Steps: []finding.Step{step, step}, SourceName: hostileText}}}},
		Problems: []text.Problem{{Path: "p" + hostileText, Line: 1, Severity: text.Failed, Kind: "kind", Msg: hostileText}},
	}
	for _, name := range Names() {
		for _, color := range []bool{false, true} {
			var b bytes.Buffer
			if err := Formats[name](&b, r, Options{Color: color, AllFlows: true, ShowSuppressed: true}); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			harmlessOutput(t, name, b.String(), color && name == "text")
		}
	}
}

// readable are the formats that are read as they are; of JSON the reader decides what to show.
var readable = map[string]bool{"text": true, "github": true, "junit": true, "markdown": true, "html": true, "concise": true}

var (
	markdownLink = regexp.MustCompile(`[^\\]\]\(javascript`)
	commandLine  = regexp.MustCompile(`(?m)^[\s\p{Z}]*::`)
	ownCommand   = regexp.MustCompile(`^::(error|warning|notice) (file|title)=[^\n]*$`)
	ownColor     = regexp.MustCompile("\x1b\\[[0-9;]*m")
)

// harmlessOutput demands that nothing in the text is obeyed by where a format is shown.
func harmlessOutput(t *testing.T, name, out string, color bool) {
	t.Helper()
	if color {
		out = ownColor.ReplaceAllString(out, "")
	}
	for line := range strings.Lines(out) {
		if name == "github" {
			if !ownCommand.MatchString(strings.TrimSuffix(line, "\n")) || strings.Contains(line[2:], "::error file=x::one\r") {
				t.Errorf("%s: a line of its own: %q", name, line)
			}
		} else if commandLine.MatchString(line) {
			t.Errorf("%s: a command: %q", name, line)
		}
	}
	if m := commandInside.FindString(out); m != "" {
		t.Errorf("%s: a command: %q", name, m)
	}
	for _, c := range out {
		if c < ' ' && c != '\n' && c != '\t' || c == 0x7f || c == 0x202e && readable[name] {
			t.Errorf("%s: the character %U is written as it is", name, c)
			break
		}
	}
	switch name {
	case "html", "markdown":
		if strings.Contains(out, "<script>alert") || name == "markdown" && markdownLink.MatchString(out) {
			at := strings.Index(out, "<script>alert")
			if at < 0 {
				at = markdownLink.FindStringIndex(out)[0]
			}
			t.Errorf("%s: markup of the tree is written as it is: %q", name, out[max(0, at-20):at+20])
		}
	case "junit":
		for d := xml.NewDecoder(strings.NewReader(out)); ; {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("junit: %v", err)
			}
		}
	case "jsonl", "text", "github", "concise":
	default:
		if !json.Valid([]byte(out)) {
			t.Errorf("%s: not JSON", name)
		}
	}
}

func TestHarmless(t *testing.T) {
	var b bytes.Buffer
	if _, err := io.WriteString(Harmless(&b), "pickletrace: one\n  ::error::two ##[group]\x1b[2J\r\nthree::four\n"); err != nil {
		t.Fatal(err)
	}
	if got, want := b.String(), "pickletrace: one\n  ∶:error::two #♯[group]\\x1b[2J\\x0d\nthree::four\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

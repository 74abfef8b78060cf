package report

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/text"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// TestJSONSchema holds every JSON report to the schema that is shipped, and the schema to being strict.
func TestJSONSchema(t *testing.T) {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(JSONSchema))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("report", doc); err != nil {
		t.Fatal(err)
	}
	schema := c.MustCompile("report")
	if id := obj(doc)["$id"]; id != jsonSchemaURI {
		t.Errorf("the schema is %v, reports name %s", id, jsonSchemaURI)
	}
	results := map[string]*Result{"rich": richResult(t), "empty": {}, "made": made(t, 50, 3)}
	for name := range archives(t) {
		results[name] = archive(t, strings.TrimSuffix(name, ".txtar"))
	}
	for name, r := range results {
		for _, all := range []bool{false, true} {
			if err := schema.Validate(any(decodeLog(t, render(t, JSON, r, Options{ShowSuppressed: all})))); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	bad := decodeLog(t, render(t, JSON, richResult(t), Options{}))
	walk(bad, func(o object) {
		if o["fingerprint"] != nil {
			delete(o, "fingerprint")
		}
	})
	if schema.Validate(any(bad)) == nil {
		t.Error("a report without fingerprints is accepted")
	}
}

// TestJSONLines: the parts of the JSON report, one on each line.
func TestJSONLines(t *testing.T) {
	r := richResult(t)
	whole := decodeLog(t, render(t, JSON, r, Options{}))
	kinds := map[string]int{}
	lines := bytes.Split(bytes.TrimSuffix(render(t, JSONLines, r, Options{}), []byte("\n")), []byte("\n"))
	for _, line := range lines {
		kinds[str(decodeLog(t, line)["type"])]++
	}
	if kinds["finding"] != len(list(whole["findings"])) || kinds["problem"] != len(list(whole["problems"])) || kinds["summary"] != 1 {
		t.Errorf("lines %v", kinds)
	}
	if last := decodeLog(t, lines[len(lines)-1]); last["type"] != "summary" || last["complete"] != false {
		t.Errorf("the last line is %v", last)
	}
}

// TestTextIsSafe: what the scanned code says does not reach the terminal as a command.
func TestTextIsSafe(t *testing.T) {
	evil := "\x1b[2J\x07\u202e\u2066\x9b31m\u200b"
	file, _ := text.NewFile("a.py", []byte("x = '"+evil+"'; load(f)\n"))
	file.Path = evil + ".py"
	st := finding.Step{File: file, Span: text.Span{Start: 5, End: 12}, Note: evil, Kind: finding.StepSource}
	f := finding.Finding{RuleID: "PKL101", Level: finding.Error, Message: evil, Function: evil, Sink: st,
		Silenced: &finding.Silence{Reason: evil}, Flows: []finding.Flow{{SourceName: evil, Steps: []finding.Step{st}}, {SourceName: evil, Steps: []finding.Step{st}}}}
	r := &Result{Pack: samplePack(), Findings: []finding.Finding{f}, Problems: []text.Problem{{Path: evil, Msg: evil}}}
	for _, format := range []string{"text", "markdown", "junit", "html"} {
		out := string(render(t, Formats[format], r, Options{}))
		if i := strings.IndexAny(out, "\x1b\x07\u202e\u2066\u009b\u200b"); i >= 0 {
			t.Errorf("%s has %q", format, out[max(0, i-20):i+4])
		}
	}
	if out := string(render(t, Text, r, Options{})); !strings.Contains(out, `\x1b[2J\x07\u202e`) {
		t.Errorf("what was there is not shown: %s", out)
	}
}

// TestTextColor: colours only if asked for, and the same text without them.
func TestTextColor(t *testing.T) {
	r := richResult(t)
	plain, colored := render(t, Text, r, Options{}), render(t, Text, r, Options{Color: true})
	if bytes.Contains(plain, []byte("\x1b")) || !bytes.Contains(colored, []byte("\x1b[31;1merror[PKL101]\x1b[0m")) {
		t.Error("colours are wrong")
	}
	if got := regexp.MustCompile("\x1b\\[[0-9;]*m").ReplaceAll(colored, nil); !bytes.Equal(got, plain) {
		t.Errorf("the text differs at %s", firstDifference(got, plain))
	}
	r.Stats.Seconds = 1.234
	if bytes.Contains(render(t, Text, r, Options{}), []byte("second")) || !bytes.Contains(render(t, Text, r, Options{Terminal: true}), []byte("1.2 seconds")) {
		t.Error("the time is for a person only")
	}
}

// TestTextMarkers: the marker stands under the code, also behind wide characters and in a line that is cut.
func TestTextMarkers(t *testing.T) {
	for _, code := range []string{"load(f)", "\tload(f)", "漢字 = load(f)", "é = '😀'; load(f)", "a\u0301 = load(f)",
		"x = '" + strings.Repeat("漢x", 200) + "'; load(f); y = '" + strings.Repeat("z", 300) + "'"} {
		file, _ := text.NewFile("a.py", []byte(code+"\n"))
		start := int32(bytes.Index(file.Text, []byte("load")))
		st := finding.Step{File: file, Span: text.Span{Start: start, End: start + 7}, Kind: finding.StepSink}
		out := string(render(t, Text, &Result{Findings: []finding.Finding{{RuleID: "PKL101", Message: "M.", Sink: st}}}, Options{}))
		lines := strings.Split(out, "\n")
		i := slices.IndexFunc(lines, func(l string) bool { return strings.Contains(l, "^^^^^^^") })
		if i < 1 {
			t.Errorf("no marker in %s", out)
			continue
		}
		before, _, ok := strings.Cut(lines[i-1], "load(f)")
		if mark, _, _ := strings.Cut(lines[i], "^"); !ok || width(before) != width(mark) {
			t.Errorf("the marker is wrong:\n%s\n%s", lines[i-1], lines[i])
		}
		if w := width(lines[i-1]); w > codeWidth+20 {
			t.Errorf("line of %d columns", w)
		}
	}
}

var gitlabSchema = mustSchema("testdata/gitlab-sast-15.0.7.json")

// TestGitLabSAST: valid by the schema that knows no code flows yet, and the flows by themselves.
func TestGitLabSAST(t *testing.T) {
	start := time.Date(2026, 11, 23, 6, 0, 0, 5, time.FixedZone("", 3600))
	for _, r := range []*Result{richResult(t), {}, archive(t, "problems")} {
		old := decodeLog(t, render(t, GitLabSAST, r, Options{GitLab: "15.0.7", Start: start, End: start}))
		if err := gitlabSchema.Validate(any(old)); err != nil {
			t.Error(err)
		}
		if bytes.Contains(render(t, GitLabSAST, r, Options{GitLab: "15.0.7"}), []byte("code_flows")) {
			t.Error("an old version does not know code flows and rejects the report")
		}
		if old["version"] != "15.0.7" || at(old, "scan", "start_time") != "2026-11-23T05:00:00" {
			t.Errorf("version %v, start %v", old["version"], at(old, "scan", "start_time"))
		}
		now := decodeLog(t, render(t, GitLabSAST, r, Options{}))
		for i, v := range list(now["vulnerabilities"]) {
			checkGitLabFlows(t, &r.Findings[i], obj(v))
		}
		walk(now["vulnerabilities"], func(o object) { delete(o, "details") })
		if err := gitlabSchema.Validate(any(now)); err != nil {
			t.Error(err)
		}
	}
	var b bytes.Buffer
	if err := GitLabSAST(&b, &Result{}, Options{GitLab: "15"}); err == nil {
		t.Error("a version that is none is accepted")
	}
}

func checkGitLabFlows(t *testing.T, f *finding.Finding, v object) {
	t.Helper()
	first := obj(list(v["identifiers"])[0])
	if first["type"] != "pickletrace_rule_id" || first["value"] != f.RuleID {
		t.Errorf("first identifier %v", first)
	}
	flows := list(at(v, "details", "code_flows", "items"))
	if len(flows) != len(f.Flows) {
		t.Errorf("%d flows, want %d", len(flows), len(f.Flows))
	}
	for _, fl := range flows {
		for i, n := range list(fl) {
			want := "propagation"
			if i == 0 {
				want = "source"
			} else if i == len(list(fl))-1 {
				want = "sink"
			}
			place := obj(at(n, "file_location"))
			if at(n, "type") != "code-flow-node" || at(n, "node_type") != want || place["type"] != "file-location" ||
				str(place["file_name"]) == "" || place["line_start"].(float64) < 1 || place["line_end"].(float64) < place["line_start"].(float64) {
				t.Errorf("node %d: %v", i, n)
			}
		}
	}
}

// TestGitLabStrings: one string that is too long costs the whole finding.
func TestGitLabStrings(t *testing.T) {
	r := richResult(t)
	long := strings.Repeat("日本 ", 5000)
	for _, q := range r.Pack.Rules {
		q.Title, q.Why, q.Fix = long, long, long
	}
	for i := range r.Findings {
		r.Findings[i].Message = long
	}
	if err := gitlabSchema.Validate(any(decodeLog(t, render(t, GitLabSAST, r, Options{GitLab: "15.0.7"})))); err != nil {
		t.Error(err)
	}
	limits := map[string]int{"shortDescription": 1024, "fullDescription": 2048, "message": 2048}
	walk(decodeLog(t, render(t, SARIF, r, Options{})), func(o object) {
		for key, most := range limits {
			if n := utf8.RuneCountInString(str(at(o, key, "text"))); n > most {
				t.Errorf("%s of %d characters", key, n)
			}
		}
	})
}

func TestGitLabCodeQuality(t *testing.T) {
	r := richResult(t)
	twice := *r
	twice.Findings = append(slices.Clone(r.Findings), r.Findings...) // equal identities
	for _, r := range []*Result{r, &twice, {}} {
		data := render(t, GitLabCodeQuality, r, Options{})
		var issues []codeQualityIssue
		if err := json.Unmarshal(data, &issues); err != nil || data[0] != '[' {
			t.Fatalf("%v: %.80s", err, data)
		}
		seen := map[string]bool{}
		for _, x := range issues {
			if seen[x.Fingerprint] || x.Fingerprint == "" {
				t.Errorf("fingerprint %q is not unique", x.Fingerprint)
			}
			seen[x.Fingerprint] = true
			if x.Location.Path == "" || strings.HasPrefix(x.Location.Path, "./") || strings.HasPrefix(x.Location.Path, "/") || x.Location.Lines.Begin < 1 ||
				!slices.Contains([]string{"info", "minor", "major", "critical", "blocker"}, x.Severity) || x.Description == "" || x.CheckName == "" {
				t.Errorf("issue %+v", x)
			}
		}
		if len(issues) != len(r.Findings) {
			t.Errorf("%d issues for %d findings", len(issues), len(r.Findings))
		}
	}
}

func TestJUnit(t *testing.T) {
	r := richResult(t)
	var out junitSuites
	if err := xml.Unmarshal(render(t, JUnit, r, Options{}), &out); err != nil {
		t.Fatal(err)
	}
	failures, errs := 0, 0
	for _, s := range out.Suites {
		for _, c := range s.Cases {
			if c.Failure != nil {
				failures++
			}
			if c.Error != nil {
				errs++
			}
		}
	}
	if failures != len(r.Findings) || out.Failures != failures || errs != 1 || out.Errors != 1 || out.Tests != failures+errs {
		t.Errorf("%d failures, %d errors, counted as %+v", failures, errs, out)
	}
	if err := xml.Unmarshal(render(t, JUnit, &Result{}, Options{}), &out); err != nil || len(out.Suites[0].Cases) != 1 {
		t.Errorf("a clean scan has no test that passed: %v", err)
	}
	bad := archive(t, "hostile")
	bad.Findings[0].Message = "]]>\x00\x1b\ufffe\xff"
	if err := xml.Unmarshal(render(t, JUnit, bad, Options{}), &out); err != nil {
		t.Error(err)
	}
}

var command = regexp.MustCompile(`^::(error|warning|notice) ([^\n]*?)::([^\r\n]*)$`)

// TestGitHub: every line is a whole command whose parts hold what they should.
func TestGitHub(t *testing.T) {
	r := archive(t, "hostile")
	r.Findings[0].Sink.File.Path = "a,b:c%\r\n::error::x.py"
	r.Findings[0].Message = "100%\r\n::warning::two: a,b"
	out := string(render(t, GitHub, r, Options{}))
	m := command.FindStringSubmatch(strings.TrimSuffix(out, "\n"))
	if m == nil {
		t.Fatalf("not one command: %q", out)
	}
	back := strings.NewReplacer("%25", "%", "%0D", "\r", "%0A", "\n", "%3A", ":", "%2C", ",")
	props := map[string]string{}
	for _, p := range strings.Split(m[2], ",") {
		k, v, _ := strings.Cut(p, "=")
		props[k] = back.Replace(v)
	}
	if props["file"] != r.Findings[0].Sink.File.Path || props["line"] != "3" || props["title"] != "PKL101 untrusted-pickle-load" {
		t.Errorf("properties %q", props)
	}
	if msg := back.Replace(m[3]); !strings.HasPrefix(msg, r.Findings[0].Message+"\n") {
		t.Errorf("message %q", msg)
	}
}

func TestGitHubLimit(t *testing.T) {
	for _, tc := range []struct{ findings, errors, warnings, notices, left int }{
		{3, 1, 1, 1, 0}, {30, 10, 10, 10, 0}, {31, 10, 10, 10, 2}, {60, 10, 10, 10, 31}, {0, 0, 0, 0, 0},
	} {
		out := string(render(t, GitHub, made(t, tc.findings, 0), Options{}))
		got := []int{strings.Count(out, "::error "), strings.Count(out, "::warning "), strings.Count(out, "::notice ")}
		if !slices.Equal(got, []int{tc.errors, tc.warnings, tc.notices}) {
			t.Errorf("%d findings: %v", tc.findings, got)
		}
		told := strings.Contains(out, fmt.Sprintf("%d more are not shown", tc.left))
		if told != (tc.left > 0) || strings.Contains(out, "more are not") != (tc.left > 0) {
			t.Errorf("%d findings: the number left out is not told: %s", tc.findings, out[max(0, len(out)-200):])
		}
	}
}

// TestMarkdownLimit: a summary that is too long is not shown at all.
func TestMarkdownLimit(t *testing.T) {
	for _, n := range []int{20, 3000, 20000} {
		out := render(t, Markdown, made(t, n, 8), Options{})
		if len(out) > 1<<20 || !utf8.Valid(out) {
			t.Errorf("%d findings: %d bytes", n, len(out))
		}
		if cut := bytes.Contains(out, []byte("not shown: the summary would be too long")); cut != (n > 100) {
			t.Errorf("%d findings: cut is told: %v", n, cut)
		}
	}
}

// TestMarkdownIsSafe reads the summary as HTML would be: no element but ours, no open code or cell.
func TestMarkdownIsSafe(t *testing.T) {
	out := string(render(t, Markdown, archive(t, "hostile"), Options{}))
	for _, tag := range regexp.MustCompile(`<[^>]*>?`).FindAllString(out, -1) {
		if !slices.Contains([]string{"<code>", "</code>", "<details>", "</details>", "<summary>", "</summary>"}, tag) {
			t.Errorf("element %s", tag)
		}
	}
	if strings.Contains(strings.NewReplacer("\\`", "", "&#96;", "").Replace(out), "`") {
		t.Error("a backtick is left")
	}
	for _, line := range strings.Split(out, "\n") {
		if strings.HasPrefix(line, "| error") && strings.Count(strings.ReplaceAll(line, `\|`, ""), "|") != 5 {
			t.Errorf("cells: %s", line)
		}
	}
}

// TestRDJSON: columns are bytes.
func TestRDJSON(t *testing.T) {
	out := decodeLog(t, render(t, RDJSON, archive(t, "hostile"), Options{}))
	d := obj(list(out["diagnostics"])[0])
	if d["severity"] != "ERROR" || at(d, "code", "value") != "PKL101" || at(d, "location", "range", "start", "column") != 2.0 {
		t.Errorf("diagnostic %v", d)
	}
	src := obj(list(d["relatedLocations"])[0])
	line := "名 = \"漢字\"; x = \"😀é\"; data = requests.get(x)"
	if got, want := at(src, "location", "range", "start", "column"), float64(strings.Index(line, "requests")+1); got != want {
		t.Errorf("column %v, want %v", got, want)
	}
	if s := obj(list(d["suggestions"])[0]); s["text"] != "json.loads" {
		t.Errorf("suggestion %v", s)
	}
}

// TestHTMLPolicy: the hashes are those of the style and the script in the page, and nothing else can run or load.
func TestHTMLPolicy(t *testing.T) {
	out := string(render(t, HTML, richResult(t), Options{}))
	policy := html.UnescapeString(between(t, out, `http-equiv="Content-Security-Policy" content="`, `"`))
	for element, directive := range map[string]string{"style": "style-src", "script": "script-src"} {
		if n := strings.Count(out, "<"+element); n != 1 {
			t.Errorf("%d elements %s", n, element)
		}
		if want := directive + " " + policyHash(between(t, out, "<"+element+">", "</"+element+">")); !strings.Contains(policy, want) {
			t.Errorf("the policy %s has no %s", policy, want)
		}
	}
	if !strings.HasPrefix(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") {
		t.Errorf("policy %s", policy)
	}
	body := between(t, out, "<body>", "<script>")
	if m := regexp.MustCompile(`(?i)<(img|iframe|link|object|embed|base)\b|\s(on\w+|style|src|srcset)=["']|javascript:`).FindString(body); m != "" {
		t.Errorf("the page has %q", m)
	}
	for _, m := range regexp.MustCompile(`href="([^"]*)"`).FindAllStringSubmatch(body, -1) {
		if !strings.HasPrefix(m[1], "#") && !strings.HasPrefix(m[1], rulePages) {
			t.Errorf("the page links to %s", m[1])
		}
	}
}

func between(t *testing.T, s, from, to string) string {
	t.Helper()
	_, rest, ok := strings.Cut(s, from)
	inner, _, ok2 := strings.Cut(rest, to)
	if !ok || !ok2 {
		t.Fatalf("no %q … %q", from, to)
	}
	return inner
}

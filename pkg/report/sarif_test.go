package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/pkg/text"
	packs "github.com/pickletrace/pickletrace/rules"
)

func sarifOf(t testing.TB, r *Result, o Options) sarifLog {
	t.Helper()
	return logOf(decodeLog(t, render(t, SARIF, r, o)))
}

func archive(t testing.TB, name string) *Result { return parseSample(t, archives(t)[name+".txtar"]) }

// TestSARIFCleanScan: empty lists are lists.
func TestSARIFCleanScan(t *testing.T) {
	for _, r := range []*Result{archive(t, "clean"), {}} {
		data := render(t, SARIF, r, Options{})
		if !bytes.Contains(data, []byte(`"results":[]`)) || bytes.Contains(data, []byte("null")) {
			t.Errorf("clean scan: %s", data)
		}
		doc := decodeLog(t, data)
		if msgs := failedChecks(doc); len(msgs) > 0 {
			t.Errorf("clean scan: %v", msgs)
		}
	}
	if data := render(t, SARIF, &Result{}, Options{}); !bytes.Contains(data, []byte(`"rules":[]`)) {
		t.Errorf("no rules: %s", data)
	}
}

// TestSARIFFlow: the order, the ends and the depth of a flow.
func TestSARIFFlow(t *testing.T) {
	l := sarifOf(t, archive(t, "twofiles"), Options{})
	r := firstFlow(t, l.Doc)
	if n := len(list(r["codeFlows"])); n != 2 {
		t.Errorf("%d code flows, want 2", n)
	}
	for _, cf := range list(r["codeFlows"]) {
		steps := list(obj(list(obj(cf)["threadFlows"])[0])["locations"])
		for i, s := range steps {
			if at(s, "executionOrder") != float64(i+1) || str(at(s, "location", "message", "text")) == "" {
				t.Errorf("step %d: %v", i, s)
			}
			if ends := i == 0 || i == len(steps)-1; (at(s, "importance") == "essential") != ends {
				t.Errorf("step %d is %v", i, at(s, "importance"))
			}
			if n, ok := at(s, "nestingLevel").(float64); !ok || n < 0 {
				t.Errorf("step %d has nesting level %v", i, at(s, "nestingLevel"))
			}
		}
		last := at(steps[len(steps)-1], "location", "physicalLocation", "region")
		if at(last, "startLine") != region(r)["startLine"] || at(last, "startColumn") != region(r)["startColumn"] {
			t.Errorf("the flow ends at %v, not at the sink", last)
		}
		if !slices.Contains(list(at(steps[0], "kinds")), any("source")) {
			t.Errorf("the flow begins with %v", at(steps[0], "kinds"))
		}
	}
	steps := list(threadFlow(r)["locations"])
	if a, b := at(steps[0], "nestingLevel"), at(steps[2], "nestingLevel"); a != 1.0 || b != 0.0 {
		t.Errorf("the data goes up from its source to the caller, but the levels are %v and %v", a, b)
	}
}

// TestSARIFLongFlow: too many steps keep both ends.
func TestSARIFLongFlow(t *testing.T) {
	r := made(t, 1, 250)
	r.Findings[0].Flows[0].Steps[0].Kind = finding.StepSource
	r.Findings[0].Flows[0].Steps[249].Kind = finding.StepSink
	steps := list(threadFlow(firstFlow(t, sarifOf(t, r, Options{}).Doc))["locations"])
	if len(steps) != 100 {
		t.Fatalf("%d steps", len(steps))
	}
	if kind := list(at(steps[99], "kinds"))[0]; kind != "sink" {
		t.Errorf("the last step is %v", kind)
	}
	if msg := at(steps[50], "location", "message", "text"); msg != "151 steps left out." {
		t.Errorf("the cut says %v", msg)
	}
}

var linkForm = regexp.MustCompile(`'\[(?:[^\[\]\\]|\\.)+\]\(1\)'`)

// TestSARIFMessage: the first sentence names source and sink, and links the source.
func TestSARIFMessage(t *testing.T) {
	long := strings.Repeat("long name ", 200)
	hostile := made(t, 1, 2)
	hostile.Findings[0].Flows[0].SourceName = "a[b](1)\\" + long
	hostile.Findings[0].Message = ""
	hostile.Findings[0].Notes = []string{strings.Repeat("[x](2) ", 300), long}
	hostile.Findings = finding.Finish(hostile.Findings, func(string) string { return long })
	for _, r := range []*Result{archive(t, "twofiles"), archive(t, "hostile"), hostile} {
		for _, res := range sarifOf(t, r, Options{}).Results() {
			msg := str(at(res, "message", "text"))
			if n := utf8.RuneCountInString(msg); n > 1024 {
				t.Errorf("message of %d characters", n)
			}
			first, _, _ := strings.Cut(msg, ". ")
			if n := utf8.RuneCountInString(first); n > 255 {
				t.Errorf("first sentence of %d characters: %s", n, first)
			}
			hasFlow := obj(res)["codeFlows"] != nil
			if hasFlow != linkForm.MatchString(first) || strings.Count(first, "'") < 2 {
				t.Errorf("no link, or names without quotes: %s", first)
			}
			if links := regexp.MustCompile(`(^|[^\\])\]\(`).FindAllString(msg, -1); hasFlow && len(links) != 1 {
				t.Errorf("%d links in %s", len(links), msg)
			}
			if related := list(obj(res)["relatedLocations"]); hasFlow && (len(related) != 1 || at(related[0], "id") != 1.0) {
				t.Errorf("related locations %v", related)
			}
		}
	}
}

// TestSARIFColumns: columns are UTF-16 units, whatever stands before.
func TestSARIFColumns(t *testing.T) {
	for code, want := range map[string]float64{
		"load(f)":             1,
		"é = load(f)":         5,
		"漢 = load(f)":         5,
		"s = '😀'; load(f)":    11,
		"if x:\n\tload(f)":    2,
		"x = 1\r\ny; load(f)": 4,
		"\ufeffload(f)":       1,
	} {
		file, _ := text.NewFile("a.py", []byte(code))
		at := int32(bytes.Index(file.Text, []byte("load")))
		f := finding.Finding{RuleID: "PKL101", Level: finding.Error, Message: "M.", Sink: finding.Step{File: file, Span: text.Span{Start: at, End: at + 7}}}
		l := sarifOf(t, &Result{Pack: samplePack(), Findings: []finding.Finding{f}}, Options{})
		reg := region(obj(l.Results()[0]))
		if reg["startColumn"] != want || reg["endColumn"] != want+7 || l.Run()["columnKind"] != "utf16CodeUnits" {
			t.Errorf("%q: %v, want column %v", code, reg, want)
		}
	}
}

// TestSARIFRegionIsOneLine: a check on a change shows an alert only if all its lines were changed.
func TestSARIFRegionIsOneLine(t *testing.T) {
	r := archive(t, "twofiles")
	multi := false
	for _, f := range r.Findings {
		p := f.Sink.Place()
		multi = multi || p.EndLine > p.Line
	}
	if !multi {
		t.Fatal("no call over several lines in the archive")
	}
	for _, res := range sarifOf(t, r, Options{}).Results() {
		if reg := region(obj(res)); reg["startLine"] != reg["endLine"] || reg["endColumn"].(float64) <= reg["startColumn"].(float64) {
			t.Errorf("region %v", reg)
		}
	}
}

// TestSARIFFingerprints: the line hash is that of the bytes on disk.
func TestSARIFFingerprints(t *testing.T) {
	r := archive(t, "twofiles")
	disk := map[string][]byte{}
	for _, f := range r.Findings {
		disk[f.Sink.File.Path] = append([]byte("\ufeff"), f.Sink.File.Text...)
	}
	r.Raw = func(f *text.File) []byte { return disk[f.Path] }
	l := sarifOf(t, r, Options{})
	for i, res := range l.Results() {
		f := &r.Findings[i]
		want := finding.LineHashes(disk[f.Sink.File.Path])[f.Sink.Place().Line-1]
		if got := at(res, "partialFingerprints", "primaryLocationLineHash"); got != want {
			t.Errorf("line hash %v, want %s", got, want)
		}
		if got := at(res, "partialFingerprints", finding.HashKey); got != f.Fingerprint || len(f.Fingerprint) != 32 {
			t.Errorf("flow hash %v", got)
		}
	}
}

// TestSARIFFingerprintsUnknown: a file whose bytes are not known gets no line hash, for a wrong one is worse.
func TestSARIFFingerprintsUnknown(t *testing.T) {
	for code, want := range map[string]bool{"load(f)\n": true, "\ufeffload(f)\n": false, "# coding: latin-1\nload('\xe9')\n": false} {
		file, _ := text.NewFile("a.py", []byte(code))
		start := int32(bytes.Index(file.Text, []byte("load")))
		f := finding.Finding{RuleID: "PKL101", Message: "M.", Sink: finding.Step{File: file, Span: text.Span{Start: start, End: start + 4}}}
		l := sarifOf(t, &Result{Pack: samplePack(), Findings: []finding.Finding{f}}, Options{})
		if has := at(l.Results()[0], "partialFingerprints", "primaryLocationLineHash") != nil; has != want {
			t.Errorf("%q: line hash %v, want %v", code, has, want)
		}
	}
}

// TestSARIFNotebook: results point into the JSON of the notebook, and name the cell.
func TestSARIFNotebook(t *testing.T) {
	raw := `{"cells": [
 {"cell_type": "markdown", "metadata": {}, "source": ["# Title"]},
 {"cell_type": "code", "metadata": {}, "execution_count": null, "outputs": [], "source": [
  "import net\n",
  "blob = net.get(\"é\")"
 ]},
 {"cell_type": "code", "metadata": {}, "execution_count": null, "outputs": [], "source": [
  "x = 1\n",
  "s = \"a\\tb\"; load(blob)\n"
 ]}
], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
`
	file, problems := text.NewFile("nb/a.ipynb", []byte(raw))
	if len(problems) > 0 || !file.IsNotebook() {
		t.Fatalf("not read as a notebook: %v", problems)
	}
	step := func(code string) finding.Step {
		at := int32(bytes.Index(file.Text, []byte(code)))
		return finding.Step{File: file, Span: text.Span{Start: at, End: at + int32(len(code))}}
	}
	f := finding.Finding{RuleID: "PKL101", Message: "M.", Sink: step("load(blob)"),
		Flows: []finding.Flow{{SourceName: "net.get", Steps: []finding.Step{step("net.get"), step("load(blob)")}}}}
	r := &Result{Pack: samplePack(), Findings: []finding.Finding{f}, Raw: func(*text.File) []byte { return []byte(raw) }}
	l := sarifOf(t, r, Options{})
	if msgs := failedChecks(l.Doc); len(msgs) > 0 {
		t.Error(msgs)
	}
	res := obj(l.Results()[0])
	lines := strings.Split(raw, "\n")
	for _, reg := range []object{region(res), obj(at(list(threadFlow(res)["locations"])[0], "location", "physicalLocation", "region"))} {
		line := lines[int(reg["startLine"].(float64))-1]
		got := string([]rune(line)[int(reg["startColumn"].(float64))-1 : int(reg["endColumn"].(float64))-1])
		if want := at(reg, "snippet", "text"); got != want {
			t.Errorf("the region holds %q, want %q", got, want)
		}
	}
	if at(res, "properties", "cell") != 3.0 || at(res, "properties", "cellLine") != 2.0 {
		t.Errorf("cell %v, line %v", at(res, "properties", "cell"), at(res, "properties", "cellLine"))
	}
	if got, want := at(res, "partialFingerprints", "primaryLocationLineHash"), finding.LineHashes([]byte(raw))[8]; got != want {
		t.Errorf("line hash %v, want %s", got, want)
	}
	if out := string(render(t, Text, r, Options{})); !strings.Contains(out, "nb/a.ipynb:9") || !strings.Contains(out, "; load(blob)") {
		t.Errorf("text: %s", out)
	}
	for _, write := range Formats {
		render(t, write, r, Options{}) // none fails or panics
	}
}

// TestSARIFSuppressed: what is silenced is absent unless asked for, for one consumer opens an alert for it.
func TestSARIFSuppressed(t *testing.T) {
	r := archive(t, "twofiles")
	if data := render(t, SARIF, r, Options{}); bytes.Contains(data, []byte("suppressions")) || len(logOf(decodeLog(t, data)).Results()) != 2 {
		t.Error("a suppressed result is written without being asked for")
	}
	l := sarifOf(t, r, Options{ShowSuppressed: true})
	s := suppressed(l)
	if len(l.Results()) != 3 || s["kind"] != "inSource" || s["status"] != "accepted" || s["justification"] != "written by us" {
		t.Errorf("suppression %v", s)
	}
	if at(s, "location", "physicalLocation", "region", "startLine") != 22.0 {
		t.Errorf("the suppression is at %v", s["location"])
	}
}

// TestSARIFBaseline: new, unchanged and absent.
func TestSARIFBaseline(t *testing.T) {
	r := archive(t, "twofiles")
	base := finding.NewBaseline(r.Findings[:1], "known", "")
	base.Entries = append(base.Entries, finding.Entry{Flow: "gone", Rule: "PKL101", File: "old name.py"})
	c := base.Compare(r.Findings, "")
	r.Findings, r.Suppressed, r.Absent = c.New, c.Known, c.Absent
	states := func(o Options) (out []string) {
		l := sarifOf(t, r, o)
		if msgs := failedChecks(l.Doc); len(msgs) > 0 {
			t.Error(msgs)
		}
		for _, res := range l.Results() {
			out = append(out, str(obj(res)["baselineState"]))
		}
		slices.Sort(out)
		return out
	}
	if got := states(Options{}); !slices.Equal(got, []string{"new"}) {
		t.Errorf("by default: %v", got)
	}
	if got := states(Options{ShowSuppressed: true}); !slices.Equal(got, []string{"absent", "new", "unchanged"}) {
		t.Errorf("with all: %v", got)
	}
}

func TestSARIFCategoryAndTimes(t *testing.T) {
	r := archive(t, "clean")
	plain := render(t, SARIF, r, Options{})
	if bytes.Contains(plain, []byte("automationDetails")) || bytes.Contains(plain, []byte("TimeUtc")) {
		t.Errorf("category or times without being asked for: %s", plain)
	}
	start := time.Date(2026, 11, 23, 6, 0, 0, 0, time.FixedZone("", 3600))
	l := sarifOf(t, r, Options{Category: "nightly", Start: start, End: start.Add(-time.Hour)})
	if id := at(l.Run(), "automationDetails", "id"); id != "nightly/" {
		t.Errorf("category %v", id)
	}
	if inv := invocation(l); inv["startTimeUtc"] != "2026-11-23T05:00:00Z" || inv["endTimeUtc"] != "2026-11-23T05:00:00Z" {
		t.Errorf("times %v", inv)
	}
}

func TestSARIFNotifications(t *testing.T) {
	l := sarifOf(t, archive(t, "problems"), Options{})
	inv := invocation(l)
	if inv["executionSuccessful"] != false {
		t.Error("a scan that left out a file is called successful")
	}
	var got []string
	for _, n := range list(inv["toolExecutionNotifications"]) {
		uri := ""
		if locs := list(obj(n)["locations"]); len(locs) > 0 {
			uri = str(at(locs[0], "physicalLocation", "artifactLocation", "uri"))
		}
		got = append(got, str(obj(n)["level"])+" "+uri)
	}
	if want := []string{"note ", "error bad.py", "warning odd%20name.py"}; !slices.Equal(got, want) {
		t.Errorf("notifications %q, want %q", got, want)
	}
	if inv := invocation(sarifOf(t, archive(t, "clean"), Options{})); inv["executionSuccessful"] != true {
		t.Error("a whole scan is not called successful")
	}
}

// TestSARIFHasNothingOfTheMachine looks for names that only this machine knows.
func TestSARIFHasNothingOfTheMachine(t *testing.T) {
	host, _ := os.Hostname()
	dir, _ := os.Getwd()
	home, _ := os.UserHomeDir()
	for format, write := range Formats {
		data := string(render(t, write, richResult(t), Options{}))
		for _, s := range []string{host, dir, home + "/"} {
			if len(s) > 3 && strings.Contains(data, s) {
				t.Errorf("%s has %q", format, s)
			}
		}
	}
}

func TestSARIFLimits(t *testing.T) {
	var told []string
	o := Options{Warn: func(s string) { told = append(told, s) }}
	l := sarifOf(t, made(t, 6000, 0), o)
	if n := len(l.Results()); n != 5000 {
		t.Fatalf("%d results", n)
	}
	levels := map[string]int{}
	for _, r := range l.Results() {
		levels[str(obj(r)["level"])]++
	}
	if levels["error"] != 2000 || levels["warning"] != 2000 || levels["note"] != 1000 {
		t.Errorf("levels kept: %v", levels)
	}
	if first, last := obj(l.Results()[0])["level"], obj(l.Results()[4999])["level"]; first != "error" || last != "note" {
		t.Errorf("not sorted: %v … %v", first, last)
	}
	note := str(at(list(invocation(l)["toolExecutionNotifications"])[0], "message", "text"))
	if !strings.HasPrefix(note, "1000 of 6000 results are left out") || len(told) != 1 || !strings.Contains(told[0], note) {
		t.Errorf("the cut is told as %q and %q", note, told)
	}
}

// TestSARIFSize makes the file too large for each step of what is left out.
func TestSARIFSize(t *testing.T) {
	r := made(t, 60, 5)
	for i := range r.Findings {
		r.Findings[i].Flows = append(r.Findings[i].Flows, r.Findings[i].Flows[0])
	}
	size := len(render(t, SARIF, r, Options{}))
	for _, tc := range []struct {
		max             int
		snippets, flows bool
		all             bool
	}{
		{size + 1, true, true, true},
		{size - 1, false, true, true},
		{size / 2, false, false, true},
		{size / 5, false, false, false},
	} {
		var told []string
		data := render(t, SARIF, r, Options{MaxBytes: tc.max, Warn: func(s string) { told = append(told, s) }})
		l := logOf(decodeLog(t, data))
		flows := len(list(obj(l.Results()[0])["codeFlows"])) == 2
		snippets := bytes.Contains(data, []byte(`"snippet"`))
		if len(data) > tc.max || snippets != tc.snippets || flows != tc.flows || (len(l.Results()) == 60) != tc.all {
			t.Errorf("limit %d: %d bytes, snippets %v, flows %v, %d results", tc.max, len(data), snippets, flows, len(l.Results()))
		}
		if cut := !tc.snippets; cut != (len(told) > 0) || len(told) != len(list(invocation(l)["toolExecutionNotifications"])) {
			t.Errorf("limit %d: told %q", tc.max, told)
		}
	}
	if data := render(t, SARIF, r, Options{NoSnippets: true}); bytes.Contains(data, []byte("snippet")) {
		t.Error("code is written against the option")
	}
}

// TestSARIFDeterministic: the order of findings and problems in memory does not matter.
func TestSARIFDeterministic(t *testing.T) {
	one, two := richResult(t), richResult(t)
	finding.Sort(one.Findings)
	slices.Reverse(two.Findings)
	finding.Sort(two.Findings)
	slices.Reverse(two.Pack.Rules)
	for format, write := range Formats {
		if a, b := render(t, write, one, richOptions()), render(t, write, two, richOptions()); !bytes.Equal(a, b) {
			t.Errorf("%s differs at %s", format, firstDifference(a, b))
		}
	}
}

// TestSARIFFix: the deleted region holds what the file has there.
func TestSARIFFix(t *testing.T) {
	r := archive(t, "hostile")
	fix := list(firstFlow(t, sarifOf(t, r, Options{}).Doc)["fixes"])[0]
	change := list(obj(fix)["artifactChanges"])[0]
	rep := list(obj(change)["replacements"])[0]
	del := obj(obj(rep)["deletedRegion"])
	line := r.Findings[0].Sink.File.Line(int(del["startLine"].(float64)))
	if got := line[int(del["startColumn"].(float64))-1 : int(del["endColumn"].(float64))-1]; got != "pickle.loads" {
		t.Errorf("deletes %q", got)
	}
	if at(change, "artifactLocation", "uri") != "my%20app/%C3%BC%3A1.py" || at(rep, "insertedContent", "text") != "json.loads" {
		t.Errorf("change %v", change)
	}
}

// TestSARIFRules holds the descriptors of all packs to the limits of the consumers.
func TestSARIFRules(t *testing.T) {
	pack, err := rule.Load(packs.FS)
	if err != nil {
		t.Fatal(err)
	}
	l := sarifOf(t, &Result{Pack: pack, Version: "1.2.3"}, Options{})
	if msgs := failedChecks(l.Doc); len(msgs) > 0 {
		t.Error(msgs)
	}
	if len(l.Rules()) < 10 {
		t.Fatalf("%d rules", len(l.Rules()))
	}
	for _, r := range l.Rules() {
		id := str(obj(r)["id"])
		fail := func(format string, args ...any) { t.Errorf("%s: %s", id, fmt.Sprintf(format, args...)) }
		checkRule(obj(r), fail)
	}
}

func checkRule(r object, fail func(string, ...any)) {
	for part, most := range map[string]int{"shortDescription": 255, "fullDescription": 1024} {
		if n := utf8.RuneCountInString(str(at(r, part, "text"))); n == 0 || n > most {
			fail("%s of %d characters", part, n)
		}
	}
	if md := str(at(r, "help", "markdown")); !strings.Contains(md, "ignore[") || !strings.Contains(md, "```python") {
		fail("the help shows no example or no way to silence")
	}
	if uri := str(r["helpUri"]); !strings.HasPrefix(uri, "https://") || len(uri) > 2048 {
		fail("help page %q", uri)
	}
	tags := list(at(r, "properties", "tags"))
	if len(tags) > 10 || !slices.Contains(tags, any("security")) {
		fail("tags %v", tags)
	}
	external, own := 0, 0
	for _, tag := range tags {
		if strings.HasPrefix(str(tag), "external/cwe/cwe-") {
			external++
		}
		if strings.HasPrefix(str(tag), "cwe-") {
			own++
		}
		if strings.Contains(strings.ToLower(str(tag)), "cve") {
			fail("tag %v moves the finding to another list", tag)
		}
	}
	if external == 0 || external != own {
		fail("weaknesses are not named in both ways: %v", tags)
	}
	if p := str(at(r, "properties", "precision")); !slices.Contains([]string{"very-high", "high", "medium", "low"}, p) {
		fail("precision %q", p)
	}
	var sev float64
	text := str(at(r, "properties", "security-severity"))
	if _, err := fmt.Sscanf(text, "%f", &sev); err != nil || sev <= 0 || sev > 10 || text == "9.0" {
		fail("security-severity %q", text)
	}
	if p := str(at(r, "properties", "problem.severity")); !slices.Contains([]string{"error", "warning", "recommendation"}, p) {
		fail("problem.severity %q", p)
	}
}

// TestSARIFRank: the rank is ten times the severity, and never without it.
func TestSARIFRank(t *testing.T) {
	r := archive(t, "twofiles")
	r.Findings = append(r.Findings, finding.Finding{RuleID: finding.RuleBareIgnore, Level: finding.Note, Message: "M.", Sink: r.Findings[0].Sink})
	seen := 0
	for _, res := range sarifOf(t, r, Options{}).Results() {
		var sev float64
		_, _ = fmt.Sscanf(str(at(res, "properties", "security-severity")), "%f", &sev)
		rank, has := obj(res)["rank"].(float64)
		if has != (sev > 0) || has && (rank < sev*10-0.001 || rank > sev*10+0.001) {
			t.Errorf("rank %v, severity %v", rank, sev)
		}
		if has {
			seen++
		}
	}
	if seen != 2 {
		t.Errorf("%d results with a rank", seen)
	}
}

func TestSARIFVersion(t *testing.T) {
	for in, want := range map[string][2]string{
		"1.2.3": {"1.2.3", "1.2.3"}, "v1.2.3-rc.1": {"1.2.3-rc.1", "1.2.3-rc.1"}, "": {"0.0.0-dev", "0.0.0-dev"}, "(devel)": {"0.0.0-dev", "0.0.0-dev"},
	} {
		d := sarifOf(t, &Result{Version: in}, Options{}).Driver()
		if d["version"] != want[0] || d["semanticVersion"] != want[1] {
			t.Errorf("%q: %v, %v", in, d["version"], d["semanticVersion"])
		}
	}
}

// FuzzSARIF: whatever stands in the code and its names, the file keeps to the schema and to every check.
func FuzzSARIF(f *testing.F) {
	f.Add("my app/x.py", "load(f)\n", "source[0]", "a \\ note](1) [x](2)", int32(0), int32(7))
	f.Add("a:b\\c\x00\xff", "\xff\r\n😀\u2028", "'", "\x1b[31m\r\n", int32(-5), int32(900))
	f.Fuzz(func(t *testing.T, path, code, source, note string, start, end int32) {
		path = strings.Trim(strings.NewReplacer("..", "_", "./", "_").Replace(path), "/.")
		if path == "" {
			return
		}
		file, _ := text.NewFile("x.py", []byte(code))
		file.Path = path
		st := finding.Step{File: file, Span: text.Span{Start: start, End: end}, Note: note}
		fs := finding.Finish([]finding.Finding{{RuleID: "PKL101", Level: finding.Error, SinkName: source, Sink: st, Notes: []string{note},
			Flows: []finding.Flow{{KindTitle: note, SourceName: source, Steps: []finding.Step{st, {Note: note}, st}}}}}, func(string) string { return note })
		r := &Result{Pack: samplePack(), Findings: fs, Problems: []text.Problem{{Path: path, Line: 1, Severity: text.Failed, Msg: note}}}
		for id, msg := range failedChecks(decodeLog(t, render(t, SARIF, r, Options{}))) {
			t.Errorf("%s: %s", id, msg)
		}
		for _, format := range []string{"json", "jsonl", "gitlab-sast", "gitlab-codequality", "rdjson"} {
			for line := range bytes.Lines(render(t, Formats[format], r, Options{})) {
				if format != "json" && !json.Valid(line) {
					t.Errorf("%s: %s", format, line)
				}
			}
		}
	})
}

// TestSARIFHelpText: the help without Markdown keeps its code readable.
func TestSARIFHelpText(t *testing.T) {
	md := "Use `json`:\n\n```python\nx = load(a)\n\nif x:\n    y()\n```\n\nOr check\nfirst"
	want := "Use 'json':\n\n    x = load(a)\n    \n    if x:\n        y()\n\nOr check first."
	if got := plainBlocks(md); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

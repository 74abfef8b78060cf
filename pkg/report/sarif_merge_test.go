package report

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/text"
)

func parseLog(t testing.TB, name string, data []byte) *SARIFLog {
	t.Helper()
	l, err := ParseSARIF(name, data)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// merged gives the report of all; each is read anew.
func merged(t testing.TB, o Options, reports ...[]byte) ([]byte, Merged) {
	t.Helper()
	var logs []*SARIFLog
	for i, data := range reports {
		logs = append(logs, parseLog(t, string(rune('a'+i))+".sarif", data))
	}
	var b bytes.Buffer
	sum, err := MergeSARIF(&b, logs, o)
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), sum
}

// TestMergeOfOne: one report, alone or with itself, stays as it is to the byte.
func TestMergeOfOne(t *testing.T) {
	reports := map[string][]byte{"rich": render(t, SARIF, richResult(t), richOptions()), "made": render(t, SARIF, made(t, 40, 3), Options{})}
	for name := range archives(t) {
		reports[name] = render(t, SARIF, archive(t, strings.TrimSuffix(name, ".txtar")), Options{ShowSuppressed: true})
	}
	for name, data := range reports {
		for what, in := range map[string][][]byte{"alone": {data}, "twice": {data, data}, "with a mark": {append([]byte("\ufeff"), data...)}} {
			if got, _ := merged(t, Options{}, in...); !bytes.Equal(got, data) {
				t.Errorf("%s %s differs at %s", name, what, firstDifference(got, data))
			}
		}
	}
}

// part makes the report of one job: the finding with the flows that this job sees, and what change does.
func part(t testing.TB, change func(*Result), kinds ...string) []byte {
	t.Helper()
	shared, _ := text.NewFile("lib/shared.py", []byte("def use(x):\n    return load(x)\n"))
	sink := finding.Step{File: shared, Span: text.Span{Start: 23, End: 30}, Kind: finding.StepSink, Note: "load"}
	f := finding.Finding{RuleID: "PKL101", Level: finding.Warning, SinkName: "load", Function: "lib.shared.use", Sink: sink}
	for _, k := range kinds {
		file, _ := text.NewFile(k+"/main.py", []byte("use(get())\n"))
		src := finding.Step{File: file, Span: text.Span{Start: 4, End: 9}, Kind: finding.StepSource, Note: "get"}
		f.Flows = append(f.Flows, finding.Flow{Kind: k, KindTitle: "data of " + k, SourceName: k + ".get", Steps: []finding.Step{src, sink}})
	}
	r := &Result{Pack: samplePack(), Version: "1.2.3", Findings: finding.Finish([]finding.Finding{f}, func(string) string { return "" })}
	if change != nil {
		change(r)
	}
	return render(t, SARIF, r, Options{ShowSuppressed: true})
}

func flowsOf(t testing.TB, data []byte) (out []string) {
	t.Helper()
	l := logOf(decodeLog(t, data))
	if n := len(l.Results()); n != 1 {
		t.Fatalf("%d results: %s", n, data)
	}
	for _, cf := range list(obj(l.Results()[0])["codeFlows"]) {
		out = append(out, strings.Trim(strings.Split(str(at(cf, "message", "text")), ",")[0], "From '."))
	}
	return out
}

// TestMergeOverlap: two jobs find different ways into the same call. The order of the reports does not matter.
func TestMergeOverlap(t *testing.T) {
	a, b := part(t, nil, "a", "b"), part(t, func(r *Result) { r.Findings[0].Level = finding.Error }, "b", "c")
	one, sum := merged(t, Options{}, a, b)
	two, _ := merged(t, Options{}, b, a)
	if !bytes.Equal(one, two) {
		t.Errorf("the order matters: %s", firstDifference(one, two))
	}
	if got := flowsOf(t, one); !slices.Equal(got, []string{"b.get", "c.get", "a.get"}) {
		t.Errorf("flows %q: those of the loudest come first, each once", got)
	}
	if sum.Errors != 1 || sum.Warnings != 0 || !sum.Complete {
		t.Errorf("summary %+v", sum)
	}
	if msgs := failedChecks(decodeLog(t, one)); len(msgs) > 0 {
		t.Error(msgs)
	}
	bare := render(t, SARIF, parseBack(t, "a", "b"), Options{NoSnippets: true})
	if got, _ := merged(t, Options{}, a, bare); len(flowsOf(t, got)) != 2 {
		t.Errorf("a flow without code is taken for another: %q", flowsOf(t, got))
	}
	many, _ := merged(t, Options{}, part(t, nil, "a", "b", "c", "d"), part(t, nil, "e", "f", "g", "h"))
	msg := str(at(logOf(decodeLog(t, many)).Results()[0], "message", "text"))
	if len(flowsOf(t, many)) != finding.MaxFlows || !strings.Contains(msg, "3 more flows reach this place.") {
		t.Errorf("%d flows, message %q", len(flowsOf(t, many)), msg)
	}
}

// parseBack is the result of part.
func parseBack(t testing.TB, kinds ...string) (out *Result) {
	part(t, func(r *Result) { out = r }, kinds...)
	return out
}

// TestMergeSilenced: what one job reports is reported, whatever a comment in another silences.
func TestMergeSilenced(t *testing.T) {
	silence := func(r *Result) {
		r.Findings[0].Silenced = &finding.Silence{Reason: "ours"}
		r.Suppressed, r.Findings = r.Findings, nil
	}
	quiet, loud := part(t, silence, "a"), part(t, nil, "b")
	for _, in := range [][][]byte{{quiet, loud}, {loud, quiet}} {
		got, sum := merged(t, Options{}, in...)
		if bytes.Contains(got, []byte("suppressions")) || sum.Warnings != 1 || !slices.Equal(flowsOf(t, got), []string{"b.get"}) {
			t.Errorf("silenced: %+v %s", sum, got)
		}
	}
	got, sum := merged(t, Options{}, quiet, part(t, silence, "b"))
	if !bytes.Contains(got, []byte("suppressions")) || sum.Warnings != 0 || len(flowsOf(t, got)) != 2 {
		t.Errorf("silenced in both: %+v", sum)
	}
}

// TestMergeAbsent: a known finding is gone if no job has found it.
func TestMergeAbsent(t *testing.T) {
	gone := func(entries ...string) []byte {
		return part(t, func(r *Result) {
			for _, e := range entries {
				r.Absent = append(r.Absent, finding.Entry{Flow: e, Rule: "PKL101", File: e + ".py"})
			}
		}, "a")
	}
	got, _ := merged(t, Options{}, gone("x", "y"), gone("y", "z"), gone("y"))
	var left []string
	for _, r := range logOf(decodeLog(t, got)).Results() {
		if obj(r)["baselineState"] == "absent" {
			left = append(left, str(at(r, "partialFingerprints", finding.HashKey)))
		}
	}
	if !slices.Equal(left, []string{"y"}) {
		t.Errorf("absent: %q", left)
	}
}

// TestMergeInvocations: complete if all are, from the first start to the last end, each notification once.
func TestMergeInvocations(t *testing.T) {
	start := time.Date(2026, 11, 23, 5, 0, 0, 0, time.UTC)
	job := func(minute int, problems ...text.Problem) []byte {
		r := &Result{Pack: samplePack(), Version: "1.2.3", Problems: problems}
		at := start.Add(time.Duration(minute) * time.Minute)
		return render(t, SARIF, r, Options{Start: at, End: at.Add(time.Minute)})
	}
	odd := text.Problem{Path: "b.py", Line: 3, Severity: text.Partial, Kind: "syntax", Msg: "odd"}
	lost := text.Problem{Path: "a.py", Severity: text.Failed, Kind: "unreadable", Msg: "lost"}
	got, sum := merged(t, Options{Category: "all"}, job(2, odd), job(0, odd, lost), job(1))
	l := logOf(decodeLog(t, got))
	inv := invocation(l)
	if sum.Complete || inv["executionSuccessful"] != false || inv["startTimeUtc"] != "2026-11-23T05:00:00Z" || inv["endTimeUtc"] != "2026-11-23T05:03:00Z" {
		t.Errorf("invocation %v", inv)
	}
	var paths []string
	for _, n := range list(inv["toolExecutionNotifications"]) {
		paths = append(paths, str(at(list(obj(n)["locations"])[0], "physicalLocation", "artifactLocation", "uri")))
	}
	if !slices.Equal(paths, []string{"a.py", "b.py"}) || at(l.Run(), "automationDetails", "id") != "all/" {
		t.Errorf("notifications of %q, category %v", paths, at(l.Run(), "automationDetails", "id"))
	}
	if msgs := failedChecks(l.Doc); len(msgs) > 0 {
		t.Error(msgs)
	}
}

// TestMergeLimits: the limits hold for the whole.
func TestMergeLimits(t *testing.T) {
	r := made(t, 60, 5)
	a := render(t, SARIF, r, Options{})
	got, _ := merged(t, Options{MaxBytes: len(a) - 1}, a)
	if len(got) >= len(a) || bytes.Contains(got, []byte(`"snippet"`)) || !bytes.Contains(got, []byte("Code snippets are left out")) {
		t.Errorf("%d bytes of %d", len(got), len(a))
	}
	got, _ = merged(t, Options{MaxResults: 7}, a)
	if n := len(logOf(decodeLog(t, got)).Results()); n != 7 {
		t.Errorf("%d results", n)
	}
}

// TestMergeMistakes names what cannot be merged, and why.
func TestMergeMistakes(t *testing.T) {
	a := part(t, nil, "a")
	replace := func(old, with string) []byte {
		if !bytes.Contains(a, []byte(old)) {
			t.Fatalf("no %s in %s", old, a)
		}
		return bytes.Replace(a, []byte(old), []byte(with), 1)
	}
	for _, tc := range []struct {
		data []byte
		want string
	}{
		{nil, "b.sarif: not a SARIF report of pickletrace: EOF"},
		{[]byte("{}"), "b.sarif: not a SARIF 2.1.0 report"},
		{[]byte(`{"version":"2.1.0","runs":[]}`), "b.sarif: not a SARIF 2.1.0 report"},
		{[]byte(`{"version":"2.1.0","runs":[{"results":[]}]}`), "b.sarif: run 1: it does not say which tool wrote it"},
		{a[:len(a)/2], "b.sarif: not a SARIF report of pickletrace: unexpected EOF"},
		{append(slices.Clone(a), "{}"...), "b.sarif: something follows"},
		{replace(`"name":"pickletrace"`, `"name":"Other"`), "b.sarif: run 1: it is by 'Other'"},
		{replace(`"columnKind":`, `"newProperty":1,"columnKind":`), `unknown field "newProperty"`},
		{replace(`"executionSuccessful":true`, `"executionSuccessful":null`), "it has null for a value"},
		{replace(`"invocations":[{"executionSuccessful":true}],`, ``), "b.sarif: run 1: it does not say whether the scan was complete"},
		{replace(`"ruleId":"PKL101/warning"`, `"ruleId":"PKL999"`), "b.sarif: run 1: result 1 has no rule"},
		{replace(`"version":"1.2.3"`, `"version":"1.3.0"`), "a.sarif and b.sarif are of different versions of pickletrace"},
		{replace(`Unpickling runs`, `Unpickling never runs`), "rule PKL101 is not the same in a.sarif and b.sarif"},
		{render(t, SARIF, parseBack(t, "a"), Options{Category: "x"}), "a.sarif and b.sarif have different categories; give the report one with --sarif-category"},
		{part(t, func(r *Result) { r.Repo = &Repository{URI: "https://x/y", Revision: "2"} }, "a"), ""},
	} {
		log, err := ParseSARIF("b.sarif", tc.data)
		if err == nil {
			_, err = MergeSARIF(&bytes.Buffer{}, []*SARIFLog{parseLog(t, "a.sarif", a), log}, Options{})
		}
		if tc.want == "" {
			if err != nil {
				t.Error(err)
			}
		} else if err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%v, want %s", err, tc.want)
		}
	}
	at := func(rev string) *SARIFLog {
		return parseLog(t, rev+".sarif", part(t, func(r *Result) { r.Repo = &Repository{URI: "https://x/y", Revision: rev} }, "a"))
	}
	if _, err := MergeSARIF(&bytes.Buffer{}, []*SARIFLog{at("1"), at("2")}, Options{}); err == nil || !strings.Contains(err.Error(), "1.sarif is of https://x/y 1 and 2.sarif of https://x/y 2") {
		t.Errorf("two commits: %v", err)
	}
	if _, err := MergeSARIF(&bytes.Buffer{}, nil, Options{}); err == nil {
		t.Error("nothing to merge is no error")
	}
}

// FuzzMerge: whatever is read back can be merged, and the outcome is itself such a report.
func FuzzMerge(f *testing.F) {
	f.Add(part(f, nil, "a", "b"))
	f.Add([]byte(`{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"pickletrace","rules":[{"id":"A"}]}},"invocations":[{"executionSuccessful":true}],"results":[]}]}`))
	other := part(f, nil, "b", "c")
	f.Fuzz(func(t *testing.T, data []byte) {
		log, err := ParseSARIF("a", data)
		if err != nil {
			return
		}
		var b bytes.Buffer
		if _, err := MergeSARIF(&b, []*SARIFLog{log, parseLog(t, "b", other)}, Options{}); err != nil {
			return
		}
		if _, err := ParseSARIF("merged", b.Bytes()); err != nil {
			t.Error(err)
		}
	})
}

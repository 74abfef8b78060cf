package finding

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/pickletrace/pickletrace/pkg/text"
)

// pyFile makes a file of code.
func pyFile(t testing.TB, path, code string) *text.File {
	t.Helper()
	f, _ := text.NewFile(path, []byte(code))
	return f
}

// stepAt is the step at the n-th place (from 0) where code occurs in the file.
func stepAt(t testing.TB, f *text.File, code string, n int) Step {
	t.Helper()
	at := 0
	for ; ; n-- {
		i := strings.Index(string(f.Text[at:]), code)
		if i < 0 {
			t.Fatalf("no %q in %s", code, f.Path)
		}
		at += i
		if n == 0 {
			return Step{File: f, Span: text.Span{Start: int32(at), End: int32(at + len(code))}}
		}
		at += len(code)
	}
}

func knownRules(name string) (string, bool, bool) {
	switch strings.ToUpper(name) {
	case "PKL101", "UNTRUSTED-PICKLE-LOAD":
		return "PKL101", true, true
	case "PKL201":
		return "PKL201", false, true // did not run
	}
	return "", false, false
}

func ignoreOptions() IgnoreOptions {
	return IgnoreOptions{Today: "2026-11-23", AllRan: true, Known: knownRules, Title: func(string) string { return "Title" }}
}

// TestIgnorePlaces says for each piece of code whether the comment reaches "load(f)".
func TestIgnorePlaces(t *testing.T) {
	const c = "# pickletrace: ignore[PKL101] -- r"
	for _, tc := range []struct {
		code string
		want bool
	}{
		{"load(f)  " + c, true},
		{c + "\nload(f)", true},
		{c + "\n# more\nload(f)", true},
		{c + "\n\nload(f)", false},
		{"x = 1  " + c + "\nload(f)", false},
		{"load(f)\n" + c, false},
		{"x = (\n  load(f),\n  1)  " + c, true},
		{"x = (  " + c + "\n  load(f),\n  1)", true},
		{"x = (\n  " + c + "\n  load(f),\n  1)", true},
		{c + "\nx = (\n  1,\n  load(f))", true},
		{"x = 1; load(f)  " + c, true},
		{"load(f); x = 1  " + c, true},
		{"load(f)  # noqa: E501 " + c, true},
		{"load(f)  " + c + "  # noqa", true},
		{"load(f)  #pickletrace:ignore[untrusted-pickle-load]--r", true},
		{"load(f)  # pickletrace: ignore[PKL201,PKL101] - r", true},
		{"load(f)  # pickletrace: ignore[PKL201] -- r", false},
		{"load(f)  # pickletrace: ignore -- r", false},
		{"load(f)  # pickletrace: ignore[all] -- r", true},
		{"load(f)  # pickletrace: ignore[ALL] -- r", true},
		{"load(f)  # pickletrace: ignore[pkl101] -- r", true},
		{"load(f)  # Pickletrace: Ignore[PKL101] -- r", false},
		{"load(f)  # pickletrace : ignore[PKL101] -- r", true},
		{"load(f)  # as said, pickletrace: ignore[PKL101] -- r", false},
		{"load(f)  # pickletrace: ignore-file[PKL101] -- r", false},
		{"load(f)  # pickletrace: ignore[PKL101] -- r until 2099-01-31", false},
		{"x = (\n  load(f),\n  load(g))  " + c, false},
		{"x = (\n  load(g),  " + c + "\n  load(f))", false},
		{"x = (\n  load(g),\n  " + c + "\n  load(f))", true},
		{"x = (load(g),  " + c + "\n  load(f))", false},
		{"x = (  " + c + "\n  load(g), load(f))", true},
		{"x = load(f)(\n  1,  " + c + "\n  2)", true},
		{"load(f)  # pickletrace: ignore[PKL101 -- r", false},
		{"load(f)  # pickletrace: ignored by us", false},
		{"load(f)  # see pickletrace: a tool", false},
		{"load(f, '# pickletrace: ignore[PKL101] -- r')", false},
		{"load(f, '''\n# pickletrace: ignore[PKL101] -- r\n''')", false},
		{"with load(f) as g:  " + c + "\n    pass", true},
		{"with open(f):  " + c + "\n    load(f)", false},
		{"if x:\r\n    load(f)  " + c + "\r\n", true},
		{"load(f)  # pickletrace: ignore[PKL101] -- r (until 2026-11-23)", true},
		{"load(f)  # pickletrace: ignore[PKL101] -- r (until 2026-11-22)", false},
		{"load(f)  # pickletrace: ignore[PKL101] -- r (until 2026-13-01)", false},
		{"load(f)  # pickletrace: ignore[PKL101](until 2027-01-31) -- r", true},
		{"s = f\"{x['#']}\"; load(f)  " + c, true},
		{"@route(load(f))  " + c + "\ndef g():\n    pass", true},
		{c + "\n@route(load(f))\ndef g():\n    pass", true},
		{"@route\ndef g(x=load(f)):  " + c + "\n    pass", true},
		{"@route  " + c + "\ndef g(x=load(f)):\n    pass", false}, // a statement of its own
		{"def g(\n    a,\n    x=load(f),  " + c + "\n):\n    pass", true},
		{"def g():  " + c + "\n    load(f)", false},
		{"class A(load(f)):  " + c + "\n    pass", true},
		{"x = [\n    load(f)\n    for f in fs  " + c + "\n]", true},
		{"x = load(f) \\\n    + 1  " + c, true},
		{c + "\nx = load(f) \\\n    + 1", true},
		{"return (\n    load(f)\n    # why\n    " + c + "\n)", true},
		{"if load(f):  " + c + "\n    a()\nelse:\n    b()", true},
		{"if a:\n    b()\nelif load(f):  " + c + "\n    c()", true},
		{"lambda: load(f)  " + c, true},
		{"x = \"\"\"\nlong\n\"\"\" + load(f)  " + c, true},
		{"x: T = load(f)  " + c, true},
		{"\tif x:\n\t\tload(f)\t" + c, true},
	} {
		f := pyFile(t, "a.py", tc.code)
		fs := Finish([]Finding{{RuleID: "PKL101", Level: Error, SinkName: "load", Sink: stepAt(t, f, "load(f", 0)}}, ignoreOptions().Title)
		if strings.Contains(tc.code, "load(g") { // its neighbour
			fs = append(fs, Finding{RuleID: "PKL101", Level: Error, SinkName: "load", Sink: stepAt(t, f, "load(g)", 0)})
		}
		kept, _, _ := Ignore(fs, []*text.File{f}, ignoreOptions())
		got := !slices.ContainsFunc(kept, func(x Finding) bool { return x.Sink.Span == stepAt(t, f, "load(f", 0).Span })
		if got != tc.want {
			t.Errorf("silenced = %v, want %v:\n%s", got, tc.want, tc.code)
		}
	}
}

// TestIgnoreComplaints has the findings about comments themselves.
func TestIgnoreComplaints(t *testing.T) {
	for _, tc := range []struct {
		comment string // after a line with the finding of PKL101
		change  func(*IgnoreOptions)
		want    []string
	}{
		{"ignore[PKL101] -- r", nil, nil},
		{"ignore[PKL101]", nil, []string{RuleReasonlessIgnore}},
		{"ignore[PKL101]", func(o *IgnoreOptions) { o.RequireReason = true }, []string{RuleReasonlessIgnore}},
		{"ignore[all]", nil, []string{RuleReasonlessIgnore, RuleBareIgnore}},
		{"ignore[all] -- r", nil, []string{RuleBareIgnore}},
		{"ignore", nil, []string{RuleUnknownIgnore}},
		{"ignore -- r", nil, []string{RuleUnknownIgnore}},
		{"ignore PKL101", nil, []string{RuleUnknownIgnore}},
		{"ignore-file[PKL101] -- r", nil, []string{RuleUnknownIgnore}},
		{"Ignore[PKL101] -- r", nil, []string{RuleUnknownIgnore}},
		{"ignore[pkl101] -- r", nil, nil},
		{"ignore[PKL101] -- r until 2027-01-31", nil, []string{RuleUnknownIgnore}},
		{"ignore[PKL101] until 2027-01-31 -- r", nil, []string{RuleUnknownIgnore}},
		{"ignore what it says", nil, nil},
		{"ignored by nobody", nil, nil},
		{"ignore[] -- r", nil, []string{RuleUnknownIgnore}},
		{"ignore[PKL999] -- r", nil, []string{RuleUnknownIgnore}},
		{"ignore[PKL101, PKL999] -- r", nil, []string{RuleUnknownIgnore}},
		{"ignore[PKL201] -- r", nil, nil}, // did not run: nobody knows
		{"ignore[PKL101] -- r (until 2026-01-01)", nil, []string{RuleExpiredIgnore}},
		{"ignore[PKL101] -- r (until soon)", nil, []string{RuleUnknownIgnore}},
		{"ignroe[PKL101] -- r", nil, []string{RuleUnknownIgnore}},
		{"ignores[PKL101] -- r", nil, []string{RuleUnknownIgnore}},
		{"disable=PKL101", nil, []string{RuleUnknownIgnore}},
	} {
		f := pyFile(t, "a.py", "load(f)  # pickletrace: "+tc.comment+"\n")
		o := ignoreOptions()
		if tc.change != nil {
			tc.change(&o)
		}
		fs := Finish([]Finding{{RuleID: "PKL101", Level: Error, SinkName: "load", Sink: stepAt(t, f, "load(f)", 0)}}, o.Title)
		_, _, own := Ignore(fs, []*text.File{f}, o)
		var got []string
		for _, x := range own {
			got = append(got, x.RuleID)
		}
		slices.Sort(got)
		slices.Sort(tc.want)
		if !slices.Equal(got, tc.want) {
			t.Errorf("%q: got %v, want %v", tc.comment, got, tc.want)
		}
	}
}

// TestUnusedIgnoreFix applies the fix of an unused comment.
func TestUnusedIgnoreFix(t *testing.T) {
	for _, tc := range []struct{ code, want string }{
		{"x = 1  # pickletrace: ignore[PKL101] -- r\n", "x = 1\n"},
		{"# pickletrace: ignore[PKL101] -- r\nx = 1\n", "x = 1\n"},
		{"if x:\r\n    # pickletrace: ignore[PKL101] -- r\r\n    x = 1\r\n", "if x:\r\n    x = 1\r\n"},
		{"x = 1  # noqa  # pickletrace: ignore[PKL101] -- r\n", "x = 1  # noqa\n"},
		{"x = 1  # pickletrace: ignore[PKL101] -- r # noqa\n", "x = 1 # noqa\n"},
		{"x = 1  # pickletrace: ignore[PKL201, PKL101] -- r\n", "x = 1  # pickletrace: ignore[PKL201] -- r\n"},
		{"x = 1  # pickletrace: ignore[all] -- r", "x = 1"},
	} {
		f := pyFile(t, "a.py", tc.code)
		_, _, own := Ignore(nil, []*text.File{f}, ignoreOptions())
		i := slices.IndexFunc(own, func(x Finding) bool { return x.RuleID == RuleUnusedIgnore })
		if i < 0 {
			t.Errorf("%q: not called unused", tc.code)
			continue
		}
		if got := applyEdits(f, own[i].Fixes[0].Edits); got != tc.want {
			t.Errorf("%q: got %q, want %q", tc.code, got, tc.want)
		}
	}
}

func applyEdits(f *text.File, edits []Edit) string {
	out := string(f.Text)
	for _, e := range slices.Backward(edits) {
		out = out[:e.Span.Start] + e.New + out[e.Span.End:]
	}
	return out
}

// TestIgnoreFlows has a comment at the source of one of two flows: that flow goes, and the level with it.
func TestIgnoreFlows(t *testing.T) {
	f := pyFile(t, "a.py", "a = net()  # pickletrace: ignore[PKL101] -- our server\nb = arg()\nload(a or b)\n")
	flow := func(src string, l Level) Flow {
		return Flow{Kind: src, KindTitle: "data of " + src, SourceName: src, Level: l, Steps: []Step{stepAt(t, f, src, 0), stepAt(t, f, "load(a or b)", 0)}}
	}
	x := Finding{RuleID: "PKL101", Level: Error, SinkName: "load", Sink: stepAt(t, f, "load(a or b)", 0),
		Flows: []Flow{flow("net()", Error), flow("arg()", Note)}}
	fs := Finish([]Finding{x}, ignoreOptions().Title)
	kept, silenced, own := Ignore(fs, []*text.File{f}, ignoreOptions())
	if len(kept) != 1 || len(silenced) != 0 || len(own) != 0 {
		t.Fatalf("kept %d, silenced %d, own %d", len(kept), len(silenced), len(own))
	}
	k := kept[0]
	if len(k.Flows) != 1 || k.Level != Note || !strings.Contains(k.Message, "arg()") || k.Fingerprint != fs[0].Fingerprint {
		t.Errorf("kept %+v", k)
	}

	x.Flows = x.Flows[:1]
	kept, silenced, _ = Ignore(Finish([]Finding{x}, ignoreOptions().Title), []*text.File{f}, ignoreOptions())
	if len(kept) != 0 || len(silenced) != 1 || silenced[0].Silenced.Reason != "our server" {
		t.Errorf("a finding whose only flow is ignored: kept %v, silenced %v", kept, silenced)
	}
	x.MoreFlows = 2
	kept, _, _ = Ignore(Finish([]Finding{x}, ignoreOptions().Title), []*text.File{f}, ignoreOptions())
	if len(kept) != 1 || !strings.Contains(kept[0].Message, "not those that are not shown") {
		t.Errorf("a finding with flows nobody has seen must stay: %v", kept)
	}
}

// TestForeignIgnores has the comments of other tools, which count only if asked for, and only at the sink.
func TestForeignIgnores(t *testing.T) {
	for _, tc := range []struct {
		code string
		want bool
	}{
		{"load(f)  # nosec", true},
		{"load(f)  # nosec B301", true},
		{"load(f)  # nosec: B101,B301 because we wrote it", true},
		{"load(f)  # nosec B101", false},
		{"load(f)  # nosec B101 - not B301", false},
		{"load(f)  # noqa: E501,S301", true},
		{"load(f)  # NOQA:S301", true},
		{"load(f)  # noqa: E501", false},
		{"load(f)  # noqa", false},
		{"load(f)  # nosecond", false},
	} {
		f := pyFile(t, "a.py", tc.code)
		fs := Finish([]Finding{{RuleID: "PKL101", Level: Error, SinkName: "load", Sink: stepAt(t, f, "load(f)", 0)}}, ignoreOptions().Title)
		if _, silenced, own := Ignore(fs, []*text.File{f}, ignoreOptions()); len(silenced)+len(own) != 0 {
			t.Errorf("%s: counts without being asked for", tc.code)
		}
		o := ignoreOptions()
		o.Foreign = ForeignChecks
		if _, silenced, _ := Ignore(fs, []*text.File{f}, o); (len(silenced) == 1) != tc.want {
			t.Errorf("%s: silenced %d", tc.code, len(silenced))
		}
	}
}

// TestAddIgnores applies the comments and sees that they silence what they were made for.
func TestAddIgnores(t *testing.T) {
	for _, code := range []string{
		"load(f)\n", "load(f)", "x = load(\n    f,\n)\ny = 1\n", "load(f)  # why not\r\n", "if a: load(f); b()\n",
		"x = '''\n''' + load(f) + '''\n'''\n", "load(f) \\\n  .x\n",
	} {
		f := pyFile(t, "a.py", code)
		find := func(f *text.File) []Finding {
			return Finish([]Finding{{RuleID: "PKL101", Level: Error, SinkName: "load", Sink: stepAt(t, f, "load(", 0)}}, ignoreOptions().Title)
		}
		edits := AddIgnores(find(f), "old code")
		g := pyFile(t, "a.py", applyEdits(f, edits))
		kept, silenced, own := Ignore(find(g), []*text.File{g}, ignoreOptions())
		if len(kept) != 0 || len(silenced) != 1 || len(own) != 0 {
			t.Errorf("%q became %q: kept %d, silenced %d, own %v", code, g.Text, len(kept), len(silenced), own)
		}
	}
}

// FuzzIgnore: any bytes, no panic, and every span inside the file.
func FuzzIgnore(f *testing.F) {
	f.Add("load(f)  # pickletrace: ignore[PKL101] -- r (until 2027-01-31)")
	f.Add("x = f'{a[\"'''\n# pickletrace: ignore\n\\\r\n")
	f.Add("# pickletrace: ignore[[]]]--()(until )\n;;\n\t(")
	f.Fuzz(func(t *testing.T, code string) {
		file := &text.File{Path: "a.py", Text: []byte(code)}
		o := ignoreOptions()
		o.Foreign = ForeignChecks
		_, _, own := Ignore(nil, []*text.File{file}, o)
		for _, x := range own {
			check := []text.Span{x.Sink.Span}
			for _, fix := range x.Fixes {
				check = append(check, fix.Edits[0].Span)
			}
			for _, s := range check {
				if s.Start < 0 || s.End < s.Start || int(s.End) > len(code) {
					t.Fatal(fmt.Sprint("span ", s, " outside of ", len(code)))
				}
			}
		}
	})
}

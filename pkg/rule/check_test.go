package rule_test

import (
	"strings"
	"testing"

	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/rules"
)

func TestLint(t *testing.T) {
	const twoEach = `bad: ["x # want PKL101", "y # want bad-load"], good: [x, y]`
	rules := func(s string) string {
		return "rules: [{id: PKL101, name: bad-load, title: T, why: W, fix: F, cwe: 1, " + s + "}]\n"
	}
	sink := func(rows string) string {
		return "kinds: {net: {title: n}}\nlibraries: {lib: {pypi: lib}}\nsources: [{id: g, kind: net, call: a.get}]\n" +
			"sinks: [{id: s, call: a.b, input: args, reads: value, library: lib, cases: [" + rows + "]}]\n"
	}
	good := rules("flow: {from: any, to: s}, level: error, " + twoEach)
	tests := []struct{ name, text, want string }{
		{"nothing wrong", sink("{when: {arg.x: true}, verdict: safe}, {verdict: report}") + good, ""},
		{"row below a bare row", sink("{verdict: report}, {when: {arg.x: true}, verdict: safe}") + good,
			"p.yaml:6:96: this row of s never applies: whatever fits it fits the row on line 6 first"},
		{"row with fewer tests", sink("{when: {arg.x: [true, none]}, verdict: safe}, {when: {arg.x: true, arg.y: none}, verdict: report}") + good, "never applies"},
		{"row with more tests", sink("{when: {arg.x: true}, verdict: safe}, {when: {arg.x: [true, none]}, verdict: report}") + good, ""},
		{"row with another version", sink("{when: {lib: 'lib>2'}, verdict: safe}, {when: {lib: 'lib>3'}, verdict: report}") + good, ""},
		{"unknown without when", sink("{verdict: report, unknown: true}") + good, "unknown: true means nothing"},
		{"as on a safe row", sink("{verdict: safe, as: n}") + good, "as means nothing in a safe row"},
		{"case without a rule", sink("{when: {arg.x: true}, verdict: report, as: a}, {verdict: report, as: b}") +
			rules("flow: {from: any, to: s, cases: a}, level: error, "+twoEach), "no rule is about the case b of s"},
		{"sink without a rule", sink("{verdict: report}"), "no rule names the sink s"},
		{"kind without a source", sink("{verdict: report}") + good + "#", ""},
		{"one example", sink("") + rules("flow: {from: any, to: s}, level: error, bad: 'x # want PKL101', good: [x, y]"), "PKL101 has 1 bad and 2 good examples; want 2 of each"},
		{"bad example without want", sink("") + rules("flow: {from: any, to: s}, level: error, bad: [x, 'y # want PKL101'], good: [x, y]"), "this bad example of PKL101 wants no finding"},
		{"good example with want", sink("") + rules("flow: {from: any, to: s}, level: error, good: [x, 'y # want PKL101'], bad: ['y # want PKL101', 'x # want PKL101']"), "this good example of PKL101 wants a finding"},
		{"same call in two sinks", sink("") + strings.Replace(good, "to: s", "to: [s]", 1) + "#", ""},
		{"kind nobody looks for", sink("") + rules("call: {sink: s}, level: error, "+twoEach), "no rule is about data of the kind net"},
	}
	for _, tt := range tests {
		p, err := rule.LoadFiles(emptyFS, rule.File{Name: "p.yaml", Data: []byte(head + tt.text)})
		if err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		var got []string
		for _, r := range p.Lint() {
			got = append(got, r.String())
		}
		all := strings.Join(got, "\n")
		if tt.want == "" && all != "" || !strings.Contains(all, tt.want) {
			t.Errorf("%s: got\n%s\nwant %q", tt.name, all, tt.want)
		}
	}
}

func TestLintOfSinksAndNames(t *testing.T) {
	p := load(t, head+`kinds: {net: {title: n}, lost: {title: l}}
sinks: [{id: s, call: [a.b, a.c, a.b], input: args, reads: value}, {id: t, call: a.c, input: args, reads: value}]
rules: [{id: PKL101, name: 3d-load, title: T., why: W, fix: F, cwe: 1, flow: {from: net, to: [s, t]}, level: error, bad: ["# want PKL101", "# want PKL101"], good: [x, y]}]`)
	var got []string
	for _, r := range p.Lint() {
		got = append(got, r.Msg)
	}
	for _, want := range []string{"s lists a.b twice", "a.c is a call of t and of s (base.yaml:4:9)", "no source is of the kind lost, and no rule names it",
		"no rule is about data of the kind lost", `the word "3d" of its name begins with a digit, so 3dLoad reads badly`, "the title ends in a full stop"} {
		if !strings.Contains(strings.Join(got, "\n"), want) {
			t.Errorf("no remark %q in\n%s", want, strings.Join(got, "\n"))
		}
	}
	if len(got) != 6 {
		t.Errorf("%d remarks: %q", len(got), got)
	}
}

// TestBuiltinPacksLint logs what is doubtful in the built-in packs; what breaks their rules fails in package rules.
func TestBuiltinPacksLint(t *testing.T) {
	p, err := rule.Load(rules.FS)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range p.Lint() {
		t.Log(r)
	}
}

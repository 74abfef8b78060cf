package rule_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/pkg/version"
)

// facts is a call as a test writes it.
type facts struct {
	args   map[string]rule.ArgFact
	allow  string // versions of lib that are declared; "-" if none
	source string
	path   string // "" if not known
}

func (f facts) Arg(name string) rule.ArgFact { return f.args[name] }
func (f facts) Env(name string) rule.ArgFact { return f.args["env."+name] }
func (f facts) Source() string               { return f.source }

func (f facts) Lib(_, spec string) (rule.Tri, bool) {
	if f.allow == "-" {
		return rule.Maybe, false
	}
	allowed, err := version.ParseSet(f.allow)
	asked, err2 := version.ParseSet(spec)
	if err != nil || err2 != nil {
		panic("bad specifier")
	}
	return rule.Tri(allowed.Within(asked)), true
}

func (f facts) Beside(name string) bool { return name == "near" }

func (f facts) Suffix(s string) rule.Tri {
	switch {
	case f.path == "":
		return rule.Maybe
	case strings.HasSuffix(f.path, s):
		return rule.Yes
	default:
		return rule.No
	}
}

func konst(s string) rule.ArgFact { return rule.ArgFact{State: rule.Known, Const: s} }
func str(s string) rule.ArgFact   { return rule.ArgFact{State: rule.Known, Const: s, IsStr: true} }
func class(name string, bases ...string) rule.ArgFact {
	return rule.ArgFact{State: rule.KnownClass, Class: name, Bases: bases}
}

var (
	absent  = rule.ArgFact{}
	hidden  = rule.ArgFact{State: rule.Unknown}
	tainted = rule.ArgFact{State: rule.Unknown, Kinds: []string{"net"}}
)

// sinkWith loads a sink whose cases are these rows.
func sinkWith(t *testing.T, rows ...string) *rule.Sink {
	t.Helper()
	p := load(t, head+`kinds: {net: {title: n}, disk: {title: d}}
libraries: {lib: {pypi: lib}}
sinks:
  - {id: s, call: lib.load, input: {arg: [0, f]}, reads: value, library: lib, args: {x: 1}, cases: [`+strings.Join(rows, ", ")+"]}")
	return p.Sinks[0]
}

func TestConditions(t *testing.T) {
	args := map[string]rule.ArgFact{
		"absent": absent, "hidden": hidden, "true": konst("True"), "false": konst("False"), "none": konst("None"), "one": konst("1"),
		"zero": konst("0"), "text": str("abc"), "True-text": str("True"), "None-text": str("None"), "empty": str(""), "class": class("m.C", "m.B"), "tainted": tainted,
		"begins": {State: rule.Unknown, Prefix: "abc/"}, "list": {State: rule.Container, Elements: []string{"json", "OPTIONS: abc"}}, "whole": {State: rule.Container, Elements: []string{"json"}, All: true},
	}
	// For each condition the facts that make it yes and maybe; all others make it no.
	tests := []struct{ cond, yes, maybe string }{
		{"true", "true one", "hidden tainted class begins"},
		{"false", "false zero", "hidden tainted class begins"},
		{"none", "none", "hidden tainted begins"},
		{"absent", "absent", "hidden tainted begins"},
		{"unknown", "hidden tainted class begins", ""},
		{"given", "true false one zero text True-text None-text empty class list whole", "hidden tainted begins"},
		{"{const: abc}", "text", "hidden tainted class begins"},
		{"{const: 1}", "one", "hidden tainted class begins"},
		{"{matches: '^a'}", "text begins", "hidden tainted class"},
		{"{matches: '/$'}", "", "hidden tainted class begins"},
		{"{not-matches: '^a'}", "absent hidden true false none one zero True-text None-text empty class tainted list whole", ""},
		{"{contains: '^(abc|OPTIONS: a.c)$'}", "text list", "hidden tainted class begins"},
		{"{contains: xyz}", "", "hidden tainted class list begins"},
		{"{contains: js}", "list whole", "hidden tainted class begins"},
		{"{tainted: net}", "tainted", ""},
		{"{tainted: disk}", "", ""},
		{"{tainted: any}", "tainted", ""},
		{"{subclass-of: m.C}", "class", "hidden tainted begins"},
		{"{subclass-of: [x.Y, m.B]}", "class", "hidden tainted begins"},
		{"{subclass-of: m.D}", "", "hidden tainted begins"},
		{"[absent, none]", "absent none", "hidden tainted begins"},
		{"[true, unknown]", "true one hidden tainted class begins", ""},
		{"[false, {const: abc}]", "false zero text", "hidden tainted class begins"},
	}
	for _, tt := range tests {
		c := sinkWith(t, "{when: {arg.k: "+tt.cond+"}, verdict: safe}").Cases[0].When[0]
		for name, arg := range args {
			want := rule.No
			switch {
			case slices.Contains(strings.Fields(tt.yes), name):
				want = rule.Yes
			case slices.Contains(strings.Fields(tt.maybe), name):
				want = rule.Maybe
			}
			if got := c.Eval(facts{args: map[string]rule.ArgFact{"k": arg}}); got != want {
				t.Errorf("%s of %s = %d, want %d", tt.cond, name, got, want)
			}
		}
	}
}

// TestAlternatives is about an argument that is one of a few values.
func TestAlternatives(t *testing.T) {
	or := func(alts ...rule.ArgFact) rule.ArgFact {
		return rule.ArgFact{State: rule.Unknown, Alts: alts, Kinds: []string{"net"}}
	}
	tests := []struct {
		cond string
		arg  rule.ArgFact
		want rule.Tri
	}{
		{"{subclass-of: [m.A, m.B]}", or(class("m.A"), class("m.X", "m.B")), rule.Yes},
		{"[{subclass-of: m.A}, {subclass-of: m.B}]", or(class("m.A"), class("m.X", "m.B")), rule.Yes},
		{"{subclass-of: m.A}", or(class("m.A"), class("m.B")), rule.Maybe},
		{"{subclass-of: m.C}", or(class("m.A"), class("m.B")), rule.No},
		{"true", or(konst("True"), konst("1")), rule.Yes},
		{"true", or(konst("True"), konst("False")), rule.Maybe},
		{"unknown", or(konst("True"), konst("False")), rule.No},
		{"unknown", or(konst("True"), hidden), rule.Maybe},
		{"[absent, none]", or(absent, konst("None")), rule.Yes},
		{"{not-matches: '^a'}", or(str("b"), konst("None")), rule.Yes},
		{"{tainted: net}", or(str("b"), konst("None")), rule.Yes},
		{"true", or(), rule.Maybe},
	}
	for _, tt := range tests {
		c := sinkWith(t, "{when: {arg.k: "+tt.cond+"}, verdict: safe}").Cases[0].When[0]
		if got := c.Eval(facts{args: map[string]rule.ArgFact{"k": tt.arg}}); got != tt.want {
			t.Errorf("%s of %+v = %d, want %d", tt.cond, tt.arg.Alts, got, tt.want)
		}
	}
}

func TestOtherSubjects(t *testing.T) {
	tests := []struct {
		cond string
		f    facts
		want rule.Tri
	}{
		{"lib: 'lib>=2'", facts{allow: ">=2.1"}, rule.Yes},
		{"lib: 'lib>=2'", facts{allow: "<2"}, rule.No},
		{"lib: 'lib>=2'", facts{allow: ">=1"}, rule.Maybe},
		{"lib: 'lib>=2'", facts{allow: "-"}, rule.Maybe},
		{"lib: unknown", facts{allow: "-"}, rule.Yes},
		{"lib: unknown", facts{allow: ">=1"}, rule.No},
		{"lib: ['lib>=2', unknown]", facts{allow: "-"}, rule.Yes},
		{"lib: 'lib>=2,!=2.5.*'", facts{allow: "==2.5.1"}, rule.No},
		{"source: net", facts{source: "net"}, rule.Yes},
		{"source: [disk, net]", facts{source: "net"}, rule.Yes},
		{"source: net", facts{}, rule.No},
		{"path-suffix: [.a, .b]", facts{path: "x.b"}, rule.Yes},
		{"path-suffix: .a", facts{path: "x.b"}, rule.No},
		{"beside: [far, near]", facts{}, rule.Yes},
		{"beside: far", facts{}, rule.No},
		{"path-suffix: .a", facts{}, rule.Maybe},
		{"receiver: {subclass-of: m.C}", facts{args: map[string]rule.ArgFact{"receiver": class("m.C")}}, rule.Yes},
		// By position and by name, whichever says more.
		{"arg.x: true", facts{args: map[string]rule.ArgFact{"1": konst("True")}}, rule.Yes},
		{"arg.1: true", facts{args: map[string]rule.ArgFact{"x": konst("True")}}, rule.Yes},
		{"arg.x: true", facts{args: map[string]rule.ArgFact{"1": hidden, "x": konst("True")}}, rule.Yes},
		{"arg.x: true", facts{args: map[string]rule.ArgFact{"1": konst("True"), "x": hidden}}, rule.Yes},
		{"arg.0: {const: a}", facts{args: map[string]rule.ArgFact{"f": str("a")}}, rule.Yes},
		{"arg.2: absent", facts{args: map[string]rule.ArgFact{"x": konst("True")}}, rule.Yes},
	}
	for _, tt := range tests {
		c := sinkWith(t, "{when: {"+tt.cond+"}, verdict: safe}").Cases[0]
		if got := c.When[0].Eval(tt.f); got != tt.want {
			t.Errorf("%s with %+v = %d, want %d", tt.cond, tt.f, got, tt.want)
		}
		if got := rule.Holds(c.When, tt.f); got != tt.want {
			t.Errorf("Holds: %s with %+v = %d, want %d", tt.cond, tt.f, got, tt.want)
		}
	}
	if rule.Holds(nil, facts{}) != rule.Yes {
		t.Error("no conditions do not hold")
	}
}

// TestDecide is the meaning of a table of cases, see "How a sink's cases are read" in rules/README.md.
func TestDecide(t *testing.T) {
	x := func(a rule.ArgFact) facts { return facts{args: map[string]rule.ArgFact{"x": a}, allow: "-"} }
	xy := func(a, b rule.ArgFact) facts { return facts{args: map[string]rule.ArgFact{"x": a, "y": b}, allow: "-"} }
	lib := func(allow string) facts { return facts{allow: allow} }
	const (
		onTrue    = "{when: {arg.x: true}, verdict: report, as: t, note: is true}"
		onUnknown = "{when: {arg.x: unknown}, verdict: report, lower: 1, as: u}"
		safe      = "{verdict: safe}"
		report    = "{verdict: report, as: r}"
		hex       = "{when: {arg.x: {matches: '^[0-9a-f]{40}$'}}, verdict: safe}"
		oldLib    = "{when: {arg.x: absent, lib: 'lib<2'}, verdict: report, as: old}"
		newLib    = "{when: {arg.x: absent, lib: 'lib>=2'}, verdict: safe}"
		noLib     = "{when: {arg.x: absent, lib: unknown}, verdict: report, lower: 1, as: no-lib}"
	)
	tests := []struct {
		name string
		rows []string
		f    facts
		want string // verdict, case, lower, "?" when undecided
	}{
		{"no rows: report", nil, x(absent), "report"},
		{"first row wins", []string{onTrue, safe}, x(konst("True")), "report t"},
		{"none of the first, then safe", []string{onTrue, safe}, x(konst("False")), "safe"},
		{"no row applies: report", []string{hex}, x(str("main")), "report"},
		{"a row without conditions fits everything", []string{report, safe}, x(absent), "report r"},

		{"undecided report stands against a bare safe", []string{onTrue, safe}, x(hidden), "report t ?"},
		{"undecided report gives way to a row for unknown", []string{onTrue, onUnknown, safe}, x(hidden), "report u 1"},
		{"undecided report gives way to a safe row that asks for the argument", []string{onTrue, "{when: {arg.x: unknown}, verdict: safe}"}, x(hidden), "safe"},
		{"undecided report stands against a safe row about another argument",
			[]string{onTrue, "{when: {arg.y: true}, verdict: safe}"}, xy(hidden, konst("True")), "report t ?"},
		{"undecided report gives way to a bare report", []string{onTrue, report}, x(hidden), "report r ?"},
		{"undecided report and nothing else", []string{onTrue}, x(hidden), "report t ?"},
		{"the pending row that lowers least",
			[]string{"{when: {arg.x: true}, verdict: report, lower: 2, as: a}", "{when: {arg.x: false}, verdict: report, lower: 1, as: b}",
				"{when: {arg.x: none}, verdict: report, lower: 1, as: c}"}, x(hidden), "report b 1 ?"},

		{"undecided safe does not apply", []string{hex, report}, x(hidden), "report r ?"},
		{"undecided safe alone: report", []string{hex}, x(hidden), "report ?"},
		{"undecided safe, then a row for unknown", []string{hex, onUnknown, report}, x(hidden), "report u 1"},
		{"undecided safe, then decided safe", []string{hex, safe}, x(hidden), "safe ?"},

		{"unknown: true applies a report", []string{"{when: {arg.x: true}, verdict: report, lower: 1, as: t, unknown: true}", safe}, x(hidden), "report t 1 ?"},
		{"unknown: true applies a safe row", []string{"{when: {arg.x: true}, verdict: safe, unknown: true}", report}, x(hidden), "safe ?"},
		{"unknown: true does not apply when a condition is false",
			[]string{"{when: {arg.x: true, arg.y: true}, verdict: safe, unknown: true}", report}, xy(hidden, konst("False")), "report r"},

		{"old version", []string{newLib, oldLib, noLib}, lib("<2"), "report old"},
		{"new version", []string{newLib, oldLib, noLib}, lib(">=2"), "safe"},
		{"no version", []string{newLib, oldLib, noLib}, lib("-"), "report no-lib 1"},
		{"versions on both sides", []string{newLib, oldLib, noLib}, lib(">=1"), "report old ?"},
		{"no version and a bare safe: not reported", []string{oldLib, safe}, lib("-"), "safe ?"},
		{"versions on both sides and a bare safe: not reported", []string{oldLib, safe}, lib(">=1"), "safe ?"},
		{"argument and version undecided, bare safe", []string{"{when: {arg.x: true, lib: 'lib<2'}, verdict: report, as: both}", safe}, x(hidden), "report both ?"},
	}
	for _, tt := range tests {
		d := sinkWith(t, tt.rows...).Decide(tt.f)
		if got := show(d); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
	if d := sinkWith(t, onTrue).Decide(x(konst("True"))); !slices.Equal(d.Notes, []string{"is true"}) {
		t.Errorf("notes %q", d.Notes)
	}
}

func show(d rule.Decision) string {
	out := []string{"report"}
	if d.Safe {
		out[0] = "safe"
	}
	if d.Case != nil && d.Case.As != "" {
		out = append(out, d.Case.As)
	}
	if d.Lower > 0 {
		out = append(out, string(rune('0'+d.Lower)))
	}
	if d.Undecided {
		out = append(out, "?")
	}
	return strings.Join(out, " ")
}

func TestRulesAndLevels(t *testing.T) {
	p := load(t, head+`kinds: {net: {title: n}, disk: {title: d}, other: {title: o}}
sinks: [{id: s, call: a.b, input: args, reads: value, cases: [{when: {arg.x: true}, verdict: report, as: on}]}, {id: t, call: a.c, input: args, reads: value}]
rules:
  - {id: PKL101, name: one, title: T, why: W, fix: F, cwe: [1, 2], flow: {from: [net, disk], to: s}, level: {net: error, default: note}, bad: x, good: y}
  - {id: PKL102, name: two, title: T, why: W, fix: F, cwe: 1, call: {sink: [s, t], cases: [on]}, level: warning, bad: x, good: y}
  - {id: PKL103, name: three, title: T, why: W, fix: F, cwe: 1, call: {sink: s, cases: default}, level: off, bad: x, good: y}
`)
	one, two, three := p.Rule("one"), p.Rule("PKL102"), p.Rule("three")
	if p.Rule("none") != nil || rule.LevelFor(one, "net") != rule.Error || one.LevelFor("disk") != rule.Note || two.LevelFor("") != rule.Warning {
		t.Error("levels")
	}
	if !one.FromKind("disk") || one.FromKind("other") || two.FromKind("net") {
		t.Error("kinds of a flow rule")
	}
	if got := p.RulesFor(p.Sink("s")); !slices.Equal(got, []*rule.Rule{one, two, three}) {
		t.Errorf("RulesFor = %v", got)
	}
	on := rule.Decision{Case: &p.Sink("s").Cases[0]}
	plain, safe := rule.Decision{}, rule.Decision{Safe: true}
	if !one.Covers(on) || !one.Covers(plain) || one.Covers(safe) || !two.Covers(on) || two.Covers(plain) || three.Covers(on) || !three.Covers(plain) {
		t.Error("Covers")
	}
	if rule.Error.Lowered(1) != rule.Warning || rule.Warning.Lowered(5) != rule.Note || rule.Off.Lowered(1) != rule.Off || rule.Error.String() != "error" {
		t.Error("Lowered")
	}
}

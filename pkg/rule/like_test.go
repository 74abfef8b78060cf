package rule_test

import (
	"strings"
	"testing"

	"github.com/pickletrace/pickletrace/pkg/rule"
)

const likeBase = head + `kinds: {net: {title: n}}
libraries: {lib: {pypi: lib}, other: {pypi: other}}
sinks:
  - {id: base, call: lib.load, input: {arg: [0, f]}, reads: content, args: {safe: 1}, cases: [
      {when: {arg.safe: true}, verdict: safe}, {when: {arg.safe: false}, verdict: report, as: off},
      {when: {arg.safe: absent, lib: "lib>=2"}, verdict: safe}, {when: {arg.safe: [absent, none]}, verdict: report, as: old},
      {verdict: report, lower: 1, as: unsure}]}
`

// TestLike decides calls of a sink that is like another one: by its own arguments, as that one decides by what it is passed.
func TestLike(t *testing.T) {
	for _, tt := range []struct {
		with string
		arg  string
		fact rule.ArgFact
		want string // name of the case, "" if safe
	}{
		{"{safe: {arg: secure}}", "secure", konst("True"), ""},
		{"{safe: {arg: secure}}", "secure", konst("False"), "off"},
		{"{safe: {arg: secure}}", "2", konst("False"), "off"}, // by its position
		{"{safe: {arg: secure}}", "1", konst("False"), "old"}, // that of the other sink means nothing here
		{"{safe: {arg: secure}}", "secure", hidden, "unsure"},
		{"{safe: {arg: secure}}", "safe", konst("False"), "old"},
		{"{safe: {arg: secure, default: true}}", "f", str("x"), ""},
		{"{safe: {arg: secure, default: false}}", "f", str("x"), "off"},
		{"{safe: {arg: unsafe, not: true}}", "unsafe", konst("True"), "off"},
		{"{safe: {arg: unsafe, not: true}}", "unsafe", konst("False"), ""},
		{"{safe: {arg: unsafe, not: true, default: false}}", "f", str("x"), ""},
		{"{safe: true}", "safe", konst("False"), ""},
		{"{safe: false}", "safe", konst("True"), "off"},
		{"{safe: none}", "safe", konst("True"), "old"},
		{"{safe: unknown}", "safe", konst("True"), "unsure"},
		{"{}", "safe", konst("True"), "old"},
	} {
		p := load(t, likeBase+"  - {id: wrap, call: other.get, like: base, input: {arg: [0, path]}, reads: value, args: {secure: 2}, with: "+tt.with+"}\n")
		d := p.Sink("wrap").Decide(facts{args: map[string]rule.ArgFact{tt.arg: tt.fact}, allow: "==1"})
		got := ""
		if !d.Safe {
			got = d.Case.As
		}
		if got != tt.want {
			t.Errorf("with %s, %s = %v: case %q, want %q", tt.with, tt.arg, tt.fact, got, tt.want)
		}
	}
}

// TestLikeSafeWhen decides calls that do not come to the other sink.
func TestLikeSafeWhen(t *testing.T) {
	p := load(t, likeBase+`  - {id: wrap, call: other.get, like: base, input: {arg: 0}, reads: value, with: {safe: false},
      safe-when: [{arg.raw: true}, {arg.mode: [absent, none]}]}`)
	for _, tt := range []struct {
		raw, mode rule.ArgFact
		safe      bool
	}{
		{absent, str("x"), false}, {konst("False"), str("x"), false}, {konst("True"), str("x"), true}, {absent, absent, true}, {hidden, hidden, false},
	} {
		d := p.Sink("wrap").Decide(facts{args: map[string]rule.ArgFact{"raw": tt.raw, "mode": tt.mode}})
		if d.Safe != tt.safe {
			t.Errorf("raw %v, mode %v: safe %v", tt.raw, tt.mode, d.Safe)
		}
	}
}

// TestLikeRules checks that a rule about a sink is about those that are like it, and that versions count as there.
func TestLikeRules(t *testing.T) {
	p := load(t, likeBase+`  - {id: wrap, call: other.get, like: base, input: {arg: 0}, reads: value}
rules:
  - {id: AB100, name: r, title: t, why: w, fix: f, cwe: [502], flow: {from: any, to: base}, level: error, bad: [a, b], good: [a, b]}
`)
	if rs := p.RulesFor(p.Sink("wrap")); len(rs) != 1 || rs[0].ID != "AB100" {
		t.Errorf("rules about wrap: %v", rs)
	}
	for allow, safe := range map[string]bool{">=2": true, "==1": false} {
		if d := p.Sink("wrap").Decide(facts{allow: allow}); d.Safe != safe {
			t.Errorf("with lib%s: safe %v", allow, d.Safe)
		}
	}
}

func TestLikeMistakes(t *testing.T) {
	for entry, want := range map[string]string{
		"like: nothing":                              "unknown sink",
		"like: wrap":                                 "itself like another sink",
		"with: {safe: true}":                         "with goes with like",
		"safe-when: {arg.a: true}":                   "safe-when goes with like",
		"lower: 1":                                   "lower goes with like",
		"like: base, with: 3":                        "want this mapping",
		"like: base, cases: [{verdict: report}]":     "has its cases",
		"like: base, with: {safe: {arg: a, not: 3}}": "not",
		"like: base, with: {safe: perhaps}":          "perhaps",
	} {
		err := loadErr(likeBase + "  - {id: wrap, call: other.get, input: {arg: 0}, reads: value, " + entry + "}\n")
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", entry, err, want)
		}
	}
}

// TestLikeLower lowers what the other sink reports, by rows or without one.
func TestLikeLower(t *testing.T) {
	p := load(t, likeBase+`  - {id: wrap, call: other.get, like: base, lower: 1, input: {arg: 0}, reads: value, with: {safe: {arg: safe}}}
  - {id: plain, call: lib.plain, input: {arg: 0}, reads: value}
  - {id: wrapped, call: other.plain, like: plain, lower: 2, input: {arg: 0}, reads: value}
`)
	for id, want := range map[string]int{"wrap": 1, "wrapped": 2, "plain": 0} {
		d := p.Sink(id).Decide(facts{args: map[string]rule.ArgFact{"safe": konst("False")}, allow: "==1"})
		if d.Safe || d.Lower != want {
			t.Errorf("%s: lowered by %d, want %d", id, d.Lower, want)
		}
	}
}

package rule_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/pickletrace/pickletrace/pkg/rule"
)

const withSettings = head + `kinds: {net: {title: n}}
libraries: {lib: {pypi: lib}}
propagators: [{call: a.Socket.bind, from: {arg: 0}, to: receiver.address}]
sources:
  - {id: remote, kind: net, call: a.open, when: {arg.0: {matches: '^s3:'}, env.OFFLINE: absent}, sure: true}
  - {id: handler, kind: net, param: {function-name: handle, in-classes: true}}
settings:
  - {id: serializer, names: [SERIALIZER, task_serializer], calls: ["a.Config.set"], cases: [{when: {arg.value: {const: pickle}}, verdict: report}]}
  - {id: variable, names: [MODE], stored: [variable, keyword], cases: [{when: {arg.value: true, env.SAFE: absent, lib: 'lib<2'}, verdict: report}]}
sinks:
  - {id: recv, call: a.Socket.recv, input: receiver, reads: value, otherwise: safe, cases: [{when: {receiver.address: {matches: '^tcp:'}}, verdict: report}]}
`

func TestSettingsOfPacks(t *testing.T) {
	p := load(t, withSettings)
	s := p.Sink("serializer")
	for _, name := range []string{"SERIALIZER", "task_serializer"} {
		if got := p.Setting(name); !slices.Equal(got, []*rule.Sink{s}) {
			t.Errorf("%s: %v", name, got)
		}
	}
	all := rule.InVariable | rule.InAttribute | rule.InKey | rule.InKeyword | rule.InOption
	if p.Setting("MODES") != nil || !s.Quiet || s.Stored != all || p.Sink("variable").Stored != rule.InVariable|rule.InKeyword {
		t.Errorf("%+v", s)
	}
	if r := p.Call("a.Config.set"); r == nil || !slices.Equal(r.Setters, []*rule.Sink{s}) || !slices.Equal(p.SetterWords(), []string{"set"}) {
		t.Errorf("setters %+v, %q", r, p.SetterWords())
	}
	if names := p.EnvNames(); !slices.Equal(names, []string{"OFFLINE", "SAFE"}) {
		t.Error(names)
	}
	if !p.Sources[0].Sure || p.Sources[1].Sure || !p.Sources[1].Param.InClasses {
		t.Errorf("%+v, %+v", p.Sources[0], p.Sources[1])
	}
	for value, want := range map[string]string{"pickle": "report", "json": "safe"} {
		if got := show(s.Decide(facts{args: map[string]rule.ArgFact{"value": str(value)}, allow: "-"})); got != want {
			t.Errorf("%s: %s, want %s", value, got, want)
		}
	}
	if got := show(s.Decide(facts{args: map[string]rule.ArgFact{"value": hidden}, allow: "-"})); got != "safe" {
		t.Errorf("a value that is not known: %s", got)
	}
}

// TestOtherwise: without a row that surely applies such a sink is safe.
func TestOtherwise(t *testing.T) {
	s := load(t, withSettings).Sink("recv")
	for name, tt := range map[string]struct {
		address rule.ArgFact
		want    string
	}{"known": {str("tcp://*:5"), "report"}, "other": {str("ipc://x"), "safe"}, "hidden": {hidden, "safe"}, "nothing": {absent, "safe"}} {
		if got := show(s.Decide(facts{args: map[string]rule.ArgFact{"receiver.address": tt.address}, allow: "-"})); got != tt.want {
			t.Errorf("%s: %s, want %s", name, got, tt.want)
		}
	}
}

func TestMistakesInSettings(t *testing.T) {
	setting := func(rest string) string { return "settings: [{id: a, names: [MODE], " + rest + "}]" }
	for text, want := range map[string]string{
		setting("cases: [{when: {arg.mode: true}, verdict: report}]"):   "p.yaml:3:51: arg.mode cannot be asked in a setting; what is stored is arg.value, the line of an option arg.command",
		setting("cases: [{when: {receiver.x: true}, verdict: report}]"): "receiver.x cannot be asked in a setting",
		setting("cases: [{when: {source: net}, verdict: report}]"):      "source cannot be asked in a setting",
		setting("stored: [varable], cases: [{verdict: report}]"):        `"varable" is not a way to store a value (did you mean "variable"?)`,
		setting("stored: []"):                                                                            "want at least 1 of a way to store a value",
		"settings: [{id: a, cases: [{verdict: report}]}]":                                                "a setting needs names",
		"settings: [{id: a, names: ['a b'], cases: [{verdict: report}]}]":                                `"a b" is not a`,
		"kinds: {k: {title: x}}\nsources: [{id: a, kind: k, call: b, sure: true}]":                       "sure goes with when",
		"kinds: {k: {title: x}}\nsources: [{id: a, kind: k, param: {annotated: b.C, in-classes: true}}]": "in-classes goes with function-name",
	} {
		if err := loadErr(head + text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s\ngot  %v\nwant %s", text, err, want)
		}
	}
}

func TestLintOfSettingsAndTypes(t *testing.T) {
	p := load(t, head+`kinds: {net: {title: n}, disk: {title: d}}
sources: [{id: g, kind: net, call: a.Client.get}, {id: h, kind: disk, call: a.read}]
types: [{call: a.Client, returns: a.Clinet}, {call: b.other, returns: [a.Client, object]}, {call: w.make, returns: w.Thing}]
propagators: [{call: a.Socket.bind, from: {arg: 0}, to: receiver.address}, {call: "w.*.copy", from: receiver, to: return}]
settings:
  - {id: one, names: [MODE, MODE], cases: [{verdict: report}]}
  - {id: two, names: [MODE], stored: key, cases: [{verdict: report}]}
  - {id: three, names: [LEVEL], stored: key, cases: [{when: {arg.value: true}, verdict: safe}]}
  - {id: four, names: [LEVEL], stored: variable, cases: [{verdict: report}]}
sinks:
  - {id: s, call: a.b, input: args, reads: value, cases: [{when: {receiver.adress: {const: x}}, verdict: safe}, {when: {source: disk}, verdict: safe}, {verdict: report}]}
rules:
  - {id: PKL101, name: load, title: T, why: W, fix: F, cwe: 1, flow: {from: net, to: s}, level: {net: error, disk: note}, bad: ["# want PKL101", "# want PKL101"], good: [x, y]}
  - {id: PKL102, name: set, title: T, why: W, fix: F, cwe: 1, call: {sink: [one, two, three, four]}, level: error, bad: ["# want PKL102", "# want PKL102"], good: [x, y]}
`)
	var got []string
	for _, r := range p.Lint() {
		got = append(got, r.Msg)
	}
	want := []string{
		"no rule is about data of the kind disk",
		`no pattern here is about the type a.Clinet (did you mean "a.Client"?)`,
		"one lists MODE twice",
		"MODE is a setting of two and of one (base.yaml:8:5)",
		"three never reports: no row of its cases does",
		`no propagator leads to receiver.adress, so this is never known (did you mean "receiver.address"?)`,
		"no rule for s takes data of this kind, so this row never applies",
		"PKL101 has a level for disk, which its flow does not begin with",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

package rule_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/pickletrace/pickletrace/pkg/rule"
)

var emptyFS = fstest.MapFS{}

// builtin is three packs: base stands alone, more builds on base, apart on nothing.
var builtin = fstest.MapFS{
	"base.yaml":  {Data: []byte(base)},
	"more.yaml":  {Data: []byte("schema: 1\npack: {id: more, version: 1}\nextends: base\nsinks: [{id: more-load, call: more.load, input: args, reads: value}]\n")},
	"apart.yaml": {Data: []byte("schema: 1\npack: {id: apart, version: 1}\nkinds: {alien: {title: a}}\n")},
}

func user(t *testing.T, text string) *rule.Pack {
	t.Helper()
	p, err := rule.LoadFiles(builtin, rule.File{Name: "u.yml", Data: []byte("schema: 1\npack: {id: ours, version: 1}\n" + text)})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func ids(p *rule.Pack) string {
	var out []string
	for _, i := range p.Packs {
		out = append(out, i.ID)
	}
	return strings.Join(out, " ")
}

func TestExtends(t *testing.T) {
	for text, want := range map[string]string{
		"":                          "apart base more ours",
		"extends: default":          "apart base more ours",
		"extends: [apart, default]": "apart base more ours",
		"extends: []":               "ours",
		"extends: apart":            "apart ours",
		"extends: [more]":           "base more ours",
	} {
		if got := ids(user(t, text)); got != want {
			t.Errorf("%q loads %s, want %s", text, got, want)
		}
	}
	p, err := rule.LoadFiles(builtin)
	if err != nil || ids(p) != "apart base more" || p.Packs[0].User {
		t.Error(p, err)
	}
	_, err = rule.LoadFiles(builtin, rule.File{Name: "u.yml", Data: []byte("schema: 1\npack: {id: base, version: 1}\n")})
	if err == nil || err.Error() != "u.yml:2:12: pack base is already defined at base.yaml:2:12" {
		t.Error(err)
	}
	if p, err := rule.Load(builtin, "apart.yaml"); err != nil || ids(p) != "apart" {
		t.Error(p, err)
	}
	if _, err := rule.Load(builtin, "none.yaml"); err == nil {
		t.Error("a file that is not there loads")
	}
}

func TestSettings(t *testing.T) {
	p := user(t, `
kinds: {ours: {title: o, before: network-response}}
disable: [lib-loads, PKL101]
trust: [{call: ["our.fetch", lib.get]}]
paths: {exclude: ["tests/**"]}
`)
	if !p.Rule("PKL101").Disabled || len(p.RulesFor(p.Sink("lib-load"))) != 0 {
		t.Error("the rule is not disabled")
	}
	if p.Sink("lib-loads") != nil || p.Call("lib.loads") != nil {
		t.Error("the sink is not disabled")
	}
	trusted := p.Call("our.fetch")
	if trusted == nil || !trusted.Trusted || len(trusted.Sanitizers) != 1 || !trusted.Sanitizers[0].Content || trusted.Sanitizers[0].Clears != nil {
		t.Errorf("trust %+v", trusted)
	}
	if r := p.Call("lib.get"); len(r.Sources) != 0 || !r.Trusted {
		t.Errorf("a trusted source is still a source: %+v", r)
	}
	if r := p.Call("lib.post"); len(r.Sources) != 1 || r.Trusted {
		t.Errorf("another call of the source: %+v", r)
	}
	var kinds []string
	for i, k := range p.Kinds {
		kinds = append(kinds, k.ID)
		if k.Rank != i {
			t.Errorf("%s has rank %d at %d", k.ID, k.Rank, i)
		}
	}
	if want := []string{"alien", "remote-request", "ours", "network-response"}; !slices.Equal(kinds, want) {
		t.Errorf("kinds %v, want %v", kinds, want)
	}
	if !slices.Equal(p.Exclude, []string{"tests/**"}) {
		t.Errorf("exclude %v", p.Exclude)
	}
	first, again := user(t, "").Hash(), user(t, "").Hash()
	if first == p.Hash() || first != again || len(p.Hash()) != 64 {
		t.Error("hash")
	}
}

func TestDisabledSinks(t *testing.T) {
	p := user(t, "disable: lib-load")
	if r := p.Rule("PKL101"); r.Disabled || len(r.Flow.To) != 1 || r.Flow.To[0].ID != "lib-loads" {
		t.Errorf("%+v", r.Flow)
	}
	if p := user(t, "disable: [lib-load, lib-loads]"); !p.Rule("PKL101").Disabled {
		t.Error("a rule without sinks is in force")
	}
	if p := user(t, "disable: lib-get"); len(p.Sources) != 0 || p.Call("lib.get") != nil {
		t.Error("the source is not disabled")
	}
}

func TestLevelOverrides(t *testing.T) {
	if r := user(t, "levels: {PKL101: note}").Rule("PKL101"); r.LevelFor("network-response") != rule.Note {
		t.Error(r.Level)
	}
	r := user(t, "levels: {bad-load: {network-response: off, default: warning}}").Rule("PKL101")
	if r.LevelFor("network-response") != rule.Off || r.LevelFor("remote-request") != rule.Warning {
		t.Error(r.Level)
	}
	if r := user(t, "levels: {bad-load: {network-response: note}}").Rule("PKL101"); r.LevelFor("remote-request") != rule.Error {
		t.Error(r.Level)
	}
}

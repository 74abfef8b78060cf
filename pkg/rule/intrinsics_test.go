package rule_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/rules"
)

func TestIntrinsics(t *testing.T) {
	p := load(t, head+`libraries: {lib: {pypi: lib, same: {lib.old: lib.new}}}
intrinsics: {leave: [lib.bail, "lib.new.{quit,exit}", "*.die"], default-dict: lib.Table}
`)
	for name, want := range map[string]rule.Intrinsic{
		"lib.bail": rule.DoLeave, "lib.new.quit": rule.DoLeave, "lib.new.exit": rule.DoLeave, "lib.Table": rule.IsDefaultDict,
		"lib.Table.get": rule.NoIntrinsic, "bail": rule.NoIntrinsic, "die": rule.NoIntrinsic, "": rule.NoIntrinsic,
	} {
		if got := p.Intrinsic(name); got != want {
			t.Errorf("Intrinsic(%q) = %v, want %v", name, got, want)
		}
	}
	if p.MethodIntrinsic("die") != rule.DoLeave || p.MethodIntrinsic("bail") != rule.NoIntrinsic {
		t.Error("a method is one that is written with a star")
	}
	if got := fmt.Sprint(p.IntrinsicNames(rule.DoLeave), p.IntrinsicWords(rule.DoLeave), " ", p.IntrinsicName(rule.IsDefaultDict)); got != "[lib.bail lib.new.quit lib.new.exit] [bail quit exit die] lib.Table" {
		t.Error(got)
	}
}

// TestLanguagePackStays: what Python itself does is known whatever a pack builds on.
func TestLanguagePackStays(t *testing.T) {
	p, err := rule.LoadFiles(rules.FS, rule.File{Name: "own.yaml", Data: []byte(head + "extends: []\nintrinsics: {leave: acme.bail}\n")})
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Sinks) > 0 || p.Intrinsic("super") != rule.DoSuper || p.Intrinsic("acme.bail") != rule.DoLeave {
		t.Error("of the built-in packs, that of the language alone is read")
	}
	all, err := rule.LoadFiles(rules.FS)
	if err != nil {
		t.Fatal(err)
	}
	if all.Intrinsic("acme.bail") != rule.NoIntrinsic {
		t.Error("packs share what a third one adds")
	}
}

// TestIntrinsicsInReadme keeps the table of the reference as the language has it.
func TestIntrinsicsInReadme(t *testing.T) {
	data, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	const begin, end = "| intrinsic | calls, methods or types |\n|---|---|\n", "\n\n"
	before, rest, ok := strings.Cut(string(data), begin)
	got, after, closed := strings.Cut(rest, end)
	if !ok || !closed {
		t.Fatal("no table of intrinsics")
	}
	want := strings.TrimSuffix(rule.IntrinsicRows(), "\n")
	if got != want && *update {
		if err := os.WriteFile(readme, []byte(before+begin+want+end+after), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if got != want {
		t.Error("the table of intrinsics is not that of the language; run go test ./pkg/rule -update")
	}
}

func TestWords(t *testing.T) {
	p := load(t, head+"words: {common: [refresh, load], changing: [enlist, load]}\n")
	if !p.IsWord(rule.WordCommon, "load") || !p.IsWord(rule.WordChanging, "load") || p.IsWord(rule.WordChanging, "refresh") || p.IsWord(rule.WordCommon|rule.WordChanging, "other") {
		t.Error("a word may be in several sets, and is in no other")
	}
	if got := fmt.Sprint(p.WordsOf(rule.WordCommon), p.WordsOf(rule.WordOnce)); got != "[refresh load] []" {
		t.Error(got)
	}
	own := rule.File{Name: "own.yaml", Data: []byte(head + "words: {common: refresh}\n")}
	with, err := rule.LoadFiles(rules.FS, own)
	if err != nil {
		t.Fatal(err)
	}
	if !with.IsWord(rule.WordCommon, "refresh") || !with.IsWord(rule.WordCommon, "forward") {
		t.Error("the lists of all packs count together")
	}
}

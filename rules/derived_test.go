package rules_test

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/pkg/scantest"
	"github.com/pickletrace/pickletrace/rules"
)

// TestDerived checks every derived pack as if a user had given it, and that all of them together load.
func TestDerived(t *testing.T) {
	base, err := rule.LoadFiles(rules.FS)
	if err != nil {
		t.Fatal(err)
	}
	names := base.Derived()
	for _, name := range names {
		file := rule.DerivedFolder + "/" + name + ".yaml"
		data, err := fs.ReadFile(rules.FS, file)
		if err != nil {
			t.Fatal(err)
		}
		p, err := rule.LoadFiles(rules.FS, rule.File{Name: file, Data: data})
		if err != nil {
			t.Error(err)
			continue
		}
		for _, m := range p.Matchers() {
			if m.User && m.Head != name {
				t.Errorf("%s: %s is no name of the package %s", file, m.Pattern, name)
			}
		}
		if again := p.For(func(string) bool { return true }); slices.ContainsFunc(again.Packs, func(i rule.PackInfo) bool { return i.File == file && !i.User }) {
			t.Errorf("%s is read beside a pack of the user's about the same library", name)
		}
	}
	all := base.For(func(string) bool { return true })
	if want := len(base.Packs) + len(names); len(all.Packs) != want {
		t.Errorf("%d packs with all derived ones, want %d", len(all.Packs), want)
	}
	if p := base.For(func(head string) bool { return head == "nothing" }); p != base {
		t.Error("a pack is read for a library that is not imported")
	}
	for _, s := range all.Sinks {
		if s.Derived != "" && s.Like == nil {
			t.Errorf("%s is like no sink", s.ID)
		}
	}
}

// TestDerivedAdded checks that derived packs added to what is loaded mean what they do where all is loaded anew.
func TestDerivedAdded(t *testing.T) {
	every := func(string) bool { return true }
	base := load(t)
	sinks := len(base.Sinks)
	added := base.For(every)
	with, err := rule.LoadFiles(rules.FS, rule.File{Name: "own.yaml", Data: []byte("schema: 1\npack: {id: own, version: 2026.1.0}\n")})
	if err != nil {
		t.Fatal(err)
	}
	anew := with.For(every)
	if len(base.Sinks) != sinks || base.Hash() == added.Hash() {
		t.Error("the pack that others are added to has changed, or its sum has not")
	}
	if len(added.Sinks) != len(anew.Sinks) || len(added.Sinks) == sinks {
		t.Fatalf("%d sinks, anew %d", len(added.Sinks), len(anew.Sinks))
	}
	said := func(r *rule.Roles) string {
		if r == nil {
			return ""
		}
		return fmt.Sprint(len(r.Sources), len(r.Sinks), len(r.Propagators), len(r.Sanitizers), len(r.Types))
	}
	for i, s := range added.Sinks {
		o := anew.Sinks[i]
		if s.ID != o.ID || fmt.Sprint(s.ArgNames(), len(s.Cases)) != fmt.Sprint(o.ArgNames(), len(o.Cases)) {
			t.Errorf("%s with %d cases, anew %s with %d", s.ID, len(s.Cases), o.ID, len(o.Cases))
		}
		for _, name := range s.Calls {
			if a, b := said(added.Call(name)), said(anew.Call(name)); a != b {
				t.Errorf("%s: %s, anew %s", name, a, b)
			}
		}
	}
}

// TestHandWrittenWins checks that no derived entry is about a call that a pack written by hand speaks of.
func TestHandWrittenWins(t *testing.T) {
	base, err := rule.LoadFiles(rules.FS)
	if err != nil {
		t.Fatal(err)
	}
	all := base.For(func(string) bool { return true })
	for _, m := range all.Matchers() {
		if path.Dir(m.At.File) == rule.DerivedFolder && !strings.ContainsAny(m.Pattern, "*{") && base.Speaks(m.Pattern) {
			t.Errorf("%s:%d: %s is said by hand", m.At.File, m.At.Line, m.Pattern)
		}
	}
}

// TestDerivedFindings scans programs that use the libraries of derived packs.
func TestDerivedFindings(t *testing.T) {
	scantest.Run(t, "testdata/derived.txtar", scantest.PackScanner(load(t)))
}

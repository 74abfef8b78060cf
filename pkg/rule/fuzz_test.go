package rule_test

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/rules"
)

// FuzzLoad wants every text either refused with places inside the file, or loaded into a pack that can be used.
func FuzzLoad(f *testing.F) {
	f.Add([]byte(base))
	f.Add([]byte(everyRole))
	f.Add([]byte(head + "a: &a [*a]"))
	known := fstest.MapFS{"base.yaml": {Data: []byte(base)}}
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := rule.LoadFiles(known, rule.File{Name: "f.yaml", Data: data})
		if err != nil {
			checkPlaces(t, err, data)
			return
		}
		for _, m := range p.Matchers() {
			p.Call(m.Pattern)
			p.Call("?." + m.Head)
		}
		for _, s := range p.Sinks {
			s.Decide(facts{})
		}
		for _, r := range p.Rules {
			r.Markdown()
		}
		p.Lint()
		p.Words()
		p.SourceWords()
	})
}

func checkPlaces(t *testing.T, err error, data []byte) {
	var all interface{ Unwrap() []error }
	if !errors.As(err, &all) {
		t.Fatalf("not a list of mistakes: %v", err)
	}
	lines := strings.Count(string(data), "\n") + strings.Count(string(data), "\r") + strings.Count(string(data), "\u2028") +
		strings.Count(string(data), "\u2029") + strings.Count(string(data), "\u0085") + 2
	for _, one := range all.Unwrap() {
		var m *rule.Mistake
		if !errors.As(one, &m) || m.At.File == "f.yaml" && (m.At.Line < 0 || m.At.Line > lines) || m.Msg == "" {
			t.Errorf("mistake %v in a file of %d lines", one, lines)
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := rule.Load(rules.FS); err != nil {
			b.Fatal(err)
		}
	}
}

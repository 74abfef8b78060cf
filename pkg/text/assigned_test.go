package text_test

import (
	"strings"
	"testing"

	"github.com/pickletrace/pickletrace/pkg/text"
)

func TestAssignments(t *testing.T) {
	for src, want := range map[string]string{
		"self.a = 1":                        "a",
		"self.a: int = 1":                   "a",
		"self.a: int":                       "",
		"self.a += 1; self.b >>= 2":         "a b",
		"self.a == 1 or self.b >= 2":        "",
		"self.a, (self.b, *self.c) = x":     "a b c",
		"self.a = self.b = x.c":             "a b",
		"f(self.a, key=self.b)":             "",
		"x = self.a":                        "",
		"if (self.a := 1): pass":            "",
		"self.a[k] = v":                     "a []",
		"self.a[k].b = self.c[k]":           "b a []",
		"x[self.a] = 1":                     "a []", // rather too much
		"x[1:2] == self.a":                  "",
		"for self.a in x: pass":             "a",
		"for i, x[0] in y: pass":            "[]",
		"with open(p) as self.a: pass":      "a",
		"self.a.b.c = 1":                    "c",
		"self.a().b = 1":                    "b",
		"self.a (x)":                        "",
		"self.a \\\n = 1":                   "a",
		"(self\n  .a # x\n ) = 1":           "a",
		"'self.a = 1'\n# self.a = 1":        "",
		"self.a\nself.b = 1":                "b",
		"def f(x=self.a): self.b = 1":       "a b", // rather too much
		"g(self.a); self.b = lambda c=1: c": "a b",
		"":                                  "",
	} {
		a := text.Assignments([]byte(src))
		got := map[string]bool{}
		for _, name := range a.Attributes {
			got[name] = true
		}
		if a.Elements {
			got["[]"] = true
		}
		for name := range strings.FieldsSeq(want) {
			if !got[name] {
				t.Errorf("%q: %s is missing in %v", src, name, a)
			}
			delete(got, name)
		}
		for name := range got {
			t.Errorf("%q: %s is too much", src, name)
		}
	}
}

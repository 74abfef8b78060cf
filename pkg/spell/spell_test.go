package spell

import (
	"strings"
	"testing"
)

func TestNearest(t *testing.T) {
	words := []string{"exclude", "include", "rules", "baseline"}
	for name, want := range map[string]string{
		"exlcude": "exclude", "incldue": "include", "rule": "rules", "base-line": "baseline", "rulse": "rules", "xyz": "", "": "",
		"exclude": "exclude", strings.Repeat("exclude", 20): "",
	} {
		if got := Nearest(name, words); got != want {
			t.Errorf("%q: %q instead of %q", name, got, want)
		}
	}
	if got := Nearest("rule", make([]string, most+1)); got != "" {
		t.Errorf("of too many words: %q", got)
	}
	if got := Hint("rule", words) + Hint("xyzzy", words); got != ` (did you mean "rules"?)` {
		t.Errorf("got %q", got)
	}
}

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"a", "", 1}, {"ab", "ba", 1}, {"kitten", "sitting", 3}, {"abc", "abd", 1}, {"abcd", "badc", 2}} {
		if got := distance(c.a, c.b, 10); got != c.want || distance(c.b, c.a, 10) != got {
			t.Errorf("%s, %s: %d instead of %d", c.a, c.b, got, c.want)
		}
	}
	if got := distance("abcdef", "a", 3); got != 3 {
		t.Errorf("limited: %d", got)
	}
}

package text

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

func TestWords(t *testing.T) {
	for src, want := range map[string]string{
		"":                              "",
		"import pickle as p1\n":         "import pickle as p1",
		"x='pickle.loads'# _c":          "x pickle loads _c",
		"_":                             "_",
		"ｐickle.loads":                  "ickle pickle loads",
		"“pickle”":                      "pickle “pickle”",
		"naïve = conﬁg":                 "na ve naïve con g config",
		strings.Repeat("a", 100) + "()": strings.Repeat("a", 100),
	} {
		var got []string
		for w := range Words([]byte(src)) {
			got = append(got, string(w))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: %q, want %q", src, got, want)
		}
	}
}

func TestIdentifier(t *testing.T) {
	for in, want := range map[string]string{"pickle": "pickle", "ｐickle": "pickle", "𝓹ickle": "pickle", "é": "é"} {
		if got := Identifier([]byte(in)); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestWordSet(t *testing.T) {
	long := strings.Repeat("w", 80)
	words := []string{"pickle", "torch", "load", "", "pickle", long, "é"}
	s := NewWordSet(words)
	for src, want := range map[string][]int{
		"":                            nil,
		"unpickle pickles pick load_": nil,
		"import pickle; torch.load":   {0, 1, 2},
		long + "w":                    nil,
		long:                          {5},
		"é":                           {6},
		"ｐickle":                      {0},
	} {
		found := make([]bool, len(words))
		s.Match([]byte(src), found)
		var got []int
		for i, f := range found {
			if f {
				got = append(got, i)
			}
		}
		if !slices.Equal(got, want) || s.MatchAny([]byte(src)) != (len(want) > 0) {
			t.Errorf("%q: %v, want %v", src, got, want)
		}
	}
	text := bytes.Repeat([]byte("import os, sys  # nothing\n"), 10)
	if n := testing.AllocsPerRun(10, func() { s.MatchAny(text) }); n > 0 {
		t.Errorf("%v allocations for ASCII text", n)
	}
}

func BenchmarkWordSet(b *testing.B) {
	s := NewWordSet([]string{"pickle", "torch", "load", "loads", "joblib", "yaml", "shelve", "marshal", "dill", "cloudpickle"})
	text := bytes.Repeat([]byte("    def forward(self, hidden_states: torch_Tensor, attention_mask=None):  # the usual\n"), 1000)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		s.MatchAny(text)
	}
}

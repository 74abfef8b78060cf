package text_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/pickletrace/pickletrace/pkg/text"
)

func indexed(workers int, texts ...string) *text.Index {
	var files []*text.File
	for i, s := range texts {
		files = append(files, &text.File{Path: fmt.Sprintf("%d.py", i), Text: []byte(s)})
	}
	return text.NewIndex(files, workers)
}

var sample = []string{
	"import pickle\nfrom os import *\n\ndef load(f):\n    return pickle.load(f)\n",
	"from base import Reader as R, Writer\n\nclass Child(R,\n            metaclass=Meta):\n    def load(self): pass\n",
	"# a comment about pickle\nx = 1 # pickle\n\"\"\"a pickle\"\"\"\ny = \"pickle is prose\"\nz = 'nested', f'''{largo[\"#\"]}''', \"dumps\"\n",
	"class Alone: pass\nclass Generic[T](Writer): pass\nasync def load_all(): pass\n",
	"self.a = 1\nself.b == 1\nself.c: int = 1\nself.d += 1\nself.e - 1\nf(g=1)\nself.h[0] = 1\n",
	"größe = 1\nclass Maß(Basis): pass\n",
}

// TestIndexLastLine checks that a text means the same with and without a line break at its end.
func TestIndexLastLine(t *testing.T) {
	for _, code := range []string{"from pickle import load", "import pickle", "from a import (b,\n  pickle)", "x = 'pickle'"} {
		for _, end := range []string{"", "\n", "\r\n"} {
			if !indexed(1, code+end).Importing(0, "pickle") {
				t.Errorf("%q: pickle is not imported", code+end)
			}
		}
	}
}

func files(ps []text.Pair) (out []int) {
	for _, p := range ps {
		out = append(out, p.File)
	}
	return out
}

func heirs(x *text.Index, base string) []int     { return files(x.Heirs(base)) }
func renamings(x *text.Index, word string) []int { return files(x.Renamings(word)) }

func TestIndex(t *testing.T) {
	for _, workers := range []int{1, 2, 8} {
		x := indexed(workers, sample...)
		for _, c := range []struct {
			what string
			got  []int
			want []int
		}{
			{"pickle", x.Mentioning("pickle"), []int{0}},
			{"string", x.Mentioning("dumps"), []int{2}},
			{"in an f-string", x.Mentioning("largo"), []int{2}},
			{"pick", x.Mentioning("pick"), nil},
			{"def load", x.Defining("load"), []int{0, 1}},
			{"class Alone", x.Defining("Alone"), []int{3}},
			{"load_all", x.Defining("load_all"), []int{3}},
			{"f is only a parameter", x.Defining("f"), nil},
			{"base R", heirs(x, "R"), []int{1}},
			{"keyword in bases", heirs(x, "Meta"), []int{1}},
			{"base behind type parameters", heirs(x, "Writer"), []int{3}},
			{"body is no base", heirs(x, "pass"), nil},
			{"renamed", renamings(x, "Reader"), []int{1}},
			{"not renamed", renamings(x, "Writer"), nil},
			{"stored", x.Storing("a"), []int{4}},
			{"compared", x.Storing("b"), nil},
			{"annotated", x.Storing("c"), []int{4}},
			{"augmented", x.Storing("d"), []int{4}},
			{"subtracted", x.Storing("e"), nil},
			{"keyword", x.Storing("g"), nil},
			{"wide", x.Mentioning("größe"), []int{5}},
			{"wide base", heirs(x, "Basis"), []int{5}},
		} {
			if !slices.Equal(c.got, c.want) {
				t.Errorf("%d workers: %s: files %v, want %v", workers, c.what, c.got, c.want)
			}
		}
		if !x.Starring(0) || x.Starring(1) {
			t.Errorf("%d workers: Starring: %v %v", workers, x.Starring(0), x.Starring(1))
		}
		if got := x.Heirs("R"); len(got) != 1 || got[0].Name != "Child" {
			t.Errorf("%d workers: heirs of R: %v", workers, got)
		}
		if got := x.Renamings("Reader"); len(got) != 1 || got[0].Name != "R" {
			t.Errorf("%d workers: Reader is also %v", workers, got)
		}
		for _, c := range []struct {
			file int
			name string
			want bool
		}{{0, "pickle", true}, {0, "load", true}, {0, "f", false}, {1, "R", true}, {1, "Reader", false}, {1, "Writer", true}, {1, "metaclass", true}, {2, "x", true}, {2, "largo", false}} {
			if x.Binds(c.file, c.name) != c.want {
				t.Errorf("%d workers: file %d binds %s: %v", workers, c.file, c.name, !c.want)
			}
		}
		for _, c := range []struct {
			file int
			name string
			want bool
		}{{1, "Reader", true}, {1, "Writer", true}, {1, "R", true}, {0, "pickle", false}, {3, "Writer", true}, {3, "Alone", false}, {5, "Basis", true}} {
			if x.Passive(c.file, c.name) != c.want {
				t.Errorf("%d workers: file %d only derives from %s: %v", workers, c.file, c.name, !c.want)
			}
		}
		for _, c := range []struct {
			file int
			name string
			want bool
		}{{0, "pickle", true}, {0, "os", true}, {1, "base", true}, {1, "Meta", false}, {2, "dumps", true}, {2, "largo", true}, {2, "x", false}} {
			if x.Importing(c.file, c.name) != c.want {
				t.Errorf("%d workers: file %d imports %s: %v", workers, c.file, c.name, !c.want)
			}
		}
		if n := x.Definitions(); n != 3 {
			t.Errorf("%d workers: %d definitions, want 3", workers, n)
		}
		if !x.Mentions(0, "pickle") || x.Mentions(2, "pickle") || x.Mentions(1, "pickle") || x.Mentions(9, "pickle") {
			t.Errorf("%d workers: Mentions is not what Mentioning says", workers)
		}
	}
}

// TestIndexHoldsAllNames: every name of the code is in the index, whatever surrounds it.
func TestIndexHoldsAllNames(t *testing.T) {
	x := indexed(3, sample...)
	for i, s := range sample {
		lex := text.NewLexer([]byte(s))
		for l := lex.Next(); l.Kind != text.LexEnd; l = lex.Next() {
			if w := s[l.Start:l.End]; l.Kind == text.LexName && !slices.Contains(x.Mentioning(w), i) {
				t.Errorf("file %d holds %q", i, w)
			}
		}
	}
}

func BenchmarkIndex(b *testing.B) {
	var s []byte
	for i := range 20000 {
		s = fmt.Appendf(s, "def function_%d(argument, *args): return other_%d(argument.attribute)\n", i, i/7)
	}
	f := []*text.File{{Path: "a.py", Text: s}}
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		text.NewIndex(f, 1)
	}
}

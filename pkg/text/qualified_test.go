package text_test

import (
	"strings"
	"testing"

	"github.com/pickletrace/pickletrace/pkg/text"
)

func TestQualified(t *testing.T) {
	for _, c := range []struct {
		src  string
		want bool
	}{
		{"import json\njson.load(f)\n", true},
		{"def f(x):\n    import json\n    return json.load(x)\n", true},
		{"import json.tool as tl\ntl.load(f)\n", true},
		{"from json import tool as tl, x\ntl.load(f)\n", true},
		{"from json import (\n    tool,\n    tl,\n)\ntl.load(f)\n", false}, // the line does not tell
		{"from .json import tl\ntl.load(f)\n", false},                      // of the tree
		{"from json import tl\nfrom other import tl\ntl.load(f)\n", false},
		{"json.load(f)\n", false},                                  // never imported
		{"import json\njson = pickle\njson.load(f)\n", false},      // something else
		{"import pickle as json\njson.load(f)\n", false},           // something else
		{"from lib import json\njson.load(f)\n", false},            // something else
		{"import json\njson.load(f)\nself.load(f)\n", false},       // another receiver
		{"import json\nself.json.load(f)\n", false},                // another receiver
		{"import json\njson.load(f)\nload = 1\n", false},           // a name of its own
		{"import json\njson.load(f)\ngetattr(m, 'load')\n", false}, // in a string
		{"import json\nfor json in codecs:\n    json.load(f)\n", false},
		{"import json\njson.load(f)  # load\n\"load it\"\n", true},
		{"import json\njson.loads(f)\n", false},  // not there at all
		{"import other\nother.load(f)\n", false}, // not foreign
	} {
		if got := text.Qualified([]byte(c.src), "load", func(i text.Imported) bool { return strings.HasPrefix(i.Module, "json") }); got != c.want {
			t.Errorf("%q: %v", c.src, got)
		}
	}
}

func TestNamed(t *testing.T) {
	for src, want := range map[string]bool{
		"x.load(f)":              true,
		"load":                   true,
		"# load\nx.loads(f)":     false,
		"'please load it'":       false,
		"'torch.load'":           true,
		"f'{x.load(y)} done'":    true,
		"'\\x20 load'":           true,
		"\"\"\"load\n\nit\"\"\"": false,
	} {
		if got := text.Named([]byte(src), "load"); got != want {
			t.Errorf("Named(%q) = %v", src, got)
		}
		if got := text.AnyNamed([]byte(src), func(w []byte) bool { return string(w) == "load" }); got != want {
			t.Errorf("AnyNamed(%q) = %v", src, got)
		}
	}
}

func TestCalled(t *testing.T) {
	for src, want := range map[string]bool{
		"cls(1)":           true,
		"cls (1)":          true,
		"(cls)(1)":         true,
		"cls \\\n (1)":     true,
		"(cls # it\n )(1)": true,
		"cls.f(1)":         false,
		"x = cls\ny(1)":    false,
		"mycls(1)":         false,
	} {
		if got := text.Called([]byte(src), "cls"); got != want {
			t.Errorf("Called(%q) = %v", src, got)
		}
	}
}

func TestQualifiers(t *testing.T) {
	for src, want := range map[string]string{
		"json.load(f); tl.load(g); json.load(h)": "json tl",
		"json.load(f); load(g)":                  "?",
		"self.json.load(f)":                      "?",
		"get().load(f)":                          "?",
		"json.load(f); 'load'":                   "?",
		"json.load(f)  # load":                   "json",
		"json.loads(f)":                          "",
	} {
		names, all := text.Qualifiers([]byte(src), "load")
		got := strings.Join(names, " ")
		if !all {
			got = "?"
		}
		if got != want {
			t.Errorf("Qualifiers(%q) = %q, want %q", src, got, want)
		}
	}
}

func TestRebinds(t *testing.T) {
	for src, want := range map[string]bool{
		"tl.load(f)\nuse(x, tl)\nif tl == y: pass": false,
		"tl = x":                        true,
		"tl, y = x":                     true,
		"y, tl = x":                     true,
		"for y, tl in x: pass":          true,
		"import x as tl":                true,
		"from x import y, tl":           true,
		"with x() as tl: pass":          true,
		"def g(y, tl): pass":            true,
		"z = lambda tl: tl.q":           true,
		"if (tl := f()): pass":          true,
		"match x:\n case P(y=tl): pass": true,
		"tlx = 1":                       false,
	} {
		if got := text.Rebinds([]byte(src), "tl"); got != want {
			t.Errorf("Rebinds(%q) = %v", src, got)
		}
	}
}

func TestAnyWord(t *testing.T) {
	known := func(w []byte) bool { return string(w) == "load" }
	for src, want := range map[string]bool{
		"x.load(f)":           true,
		"x.loads(f) + reload": false,
		"# load":              true,
		"'a\\n b'":            false,
		"'\\x6coad'":          true,
		"'\\N{LATIN}'":        true,
		"x.lo\u00e4d":         true,
		"'\u2014'":            true,
		"":                    false,
	} {
		if got := text.AnyWord([]byte(src), known); got != want {
			t.Errorf("AnyWord(%q) = %v", src, got)
		}
	}
}

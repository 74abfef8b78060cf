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

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

package finding

import (
	"slices"
	"strings"
	"testing"

	"github.com/pickletrace/pickletrace/pkg/text"
)

const identityCode = `import net

def first(url):
    data = net.get(url)
    data = clean(data)
    return load(data, mode='r')

def second(url):
    return load(net.get(url), mode='r')
`

type identityCase struct {
	path, code, source, kind, rule, sink, function string
	line                                           int // which load: 0 or 1
}

func baseCase() identityCase {
	return identityCase{"src/pkg/mod.py", identityCode, "net.get", "network", "PKL101", "lib.load", "pkg.mod.first", 0}
}

// fingerprints gives those of all findings in the file, in order.
func (c identityCase) fingerprint(t *testing.T) string {
	f := pyFile(t, c.path, c.code)
	sink := stepAt(t, f, "load(", c.line)
	x := Finding{RuleID: c.rule, Level: Error, SinkName: c.sink, Function: c.function, Sink: sink,
		Flows: []Flow{{Kind: c.kind, SourceName: c.source, Steps: []Step{stepAt(t, f, "net", 1), sink}}}}
	return Finish([]Finding{x}, func(string) string { return "" })[0].Fingerprint
}

// TestFingerprint changes one thing at a time.
func TestFingerprint(t *testing.T) {
	base := baseCase().fingerprint(t)
	if len(base) != 32 {
		t.Fatalf("fingerprint %q", base)
	}
	for _, tc := range []struct {
		name   string
		change func(*identityCase)
		same   bool
	}{
		{"lines above", func(c *identityCase) { c.code = "# x\n\nx = 1\n" + c.code }, true},
		{"lines inside the function", func(c *identityCase) {
			c.code = strings.Replace(c.code, "    data = clean", "    log(1)\n    data = clean", 1)
		}, true},
		{"a step less", func(c *identityCase) { c.code = strings.Replace(c.code, "    data = clean(data)\n", "", 1) }, true},
		{"formatted", func(c *identityCase) {
			c.code = strings.Replace(c.code, "load(data, mode='r')", "load(\n        data,\n        mode=\"r\",  # new\n    )", 1)
		}, true},
		{"in brackets", func(c *identityCase) {
			c.code = strings.Replace(c.code, "return load(data, mode='r')", "return (\n        load(data, mode='r')\n    )", 1)
		}, true},
		{"split", func(c *identityCase) {
			c.code = strings.Replace(c.code, "return load(data, mode='r')", "out = load(data, mode='r')\n    return out", 1)
		}, true},
		{"joined", func(c *identityCase) {
			c.code = strings.Replace(c.code, "return load(data", "return load(clean(data)", 1)
		}, true},
		{"keyword", func(c *identityCase) { c.code = strings.Replace(c.code, "load(data", "load(data, safe=x", 1) }, false},
		{"indented with tabs", func(c *identityCase) { c.code = strings.ReplaceAll(c.code, "    ", "\t") }, true},
		{"Windows lines", func(c *identityCase) { c.code = strings.ReplaceAll(c.code, "\n", "\r\n") }, true},
		{"renamed file", func(c *identityCase) { c.path, c.function = "src/pkg/other.py", "pkg.other.first" }, true},
		{"moved package", func(c *identityCase) { c.path, c.function = "lib/a/b/mod.py", "a.b.mod.first" }, true},
		{"other source of the kind", func(c *identityCase) { c.source = "net.post" }, true},
		{"rule", func(c *identityCase) { c.rule = "PKL102" }, false},
		{"kind of source", func(c *identityCase) { c.kind = "file" }, false},
		{"sink", func(c *identityCase) { c.sink = "lib.loads" }, false},
		{"function", func(c *identityCase) { c.function = "pkg.mod.third" }, false},
		{"argument", func(c *identityCase) { c.code = strings.Replace(c.code, "mode='r'", "mode='w'", 1) }, false},
		{"other function and statement", func(c *identityCase) { c.line, c.function = 1, "pkg.mod.second" }, false},
	} {
		c := baseCase()
		tc.change(&c)
		if got := c.fingerprint(t); (got == base) != tc.same {
			t.Errorf("%s: same = %v, want %v", tc.name, got == base, tc.same)
		}
	}
}

// TestFingerprintOrdinal has equal statements in one function, which differ by their number only.
func TestFingerprintOrdinal(t *testing.T) {
	f := pyFile(t, "m.py", "def a():\n    load(x)\n    load(x)\n\ndef b():\n    load(x)\n")
	var fs []Finding
	for i, fn := range []string{"m.a", "m.a", "m.b"} {
		fs = append(fs, Finding{RuleID: "PKL101", Level: Error, SinkName: "load", Function: fn, Sink: stepAt(t, f, "load(x)", i)})
	}
	forward := Finish(fs, func(string) string { return "" })
	slices.Reverse(fs)
	backward := Finish(fs, func(string) string { return "" })
	seen := map[string]bool{}
	for i := range forward {
		seen[forward[i].Fingerprint] = true
		if forward[i].Fingerprint != backward[i].Fingerprint {
			t.Errorf("finding %d depends on the order of input", i)
		}
	}
	if len(seen) != 3 {
		t.Errorf("%d identities, want 3", len(seen))
	}
}

func TestLocalName(t *testing.T) {
	for _, tc := range [][3]string{
		{"src/pkg/mod.py", "pkg.mod.C.m", "C.m"},
		{"pkg/__init__.py", "pkg.f", "f"},
		{"pkg/__init__.py", "pkg", ""},
		{"mod.py", "mod", ""},
		{"mod.py", "mod.<module>", ""},
		{"mod.py", "other.f", "other.f"},
		{"a/modx.py", "a.modx.f", "f"},
		{"mod.py", "module.f", "module.f"},
		{"n/b.ipynb", "n.b.f", "f"},
		{"", "f", "f"},
	} {
		if got := localName(tc[0], tc[1]); got != tc[2] {
			t.Errorf("localName(%q, %q) = %q, want %q", tc[0], tc[1], got, tc[2])
		}
	}
}

// TestMerge has one rule twice on a line and another rule beside it.
func TestMerge(t *testing.T) {
	f := pyFile(t, "m.py", "x = load(a) or load(b)\ny = 1\n")
	flow := func(kind string, n int) Flow {
		return Flow{Kind: kind, KindTitle: "data", SourceName: kind, Steps: []Step{stepAt(t, f, "x", 0), stepAt(t, f, "load(", n)}}
	}
	at := func(n int) Step { return stepAt(t, f, []string{"load(a)", "load(b)"}[n], 0) }
	in := []Finding{
		{RuleID: "PKL101", Level: Note, SinkName: "load", Sink: at(0), Flows: []Flow{flow("file", 0)}, Notes: []string{"n"}, MoreFlows: 1},
		{RuleID: "PKL101", Level: Error, SinkName: "load", Sink: at(1), Flows: []Flow{flow("net", 1), flow("file", 1)}},
		{RuleID: "PKL201", Level: Note, SinkName: "load", Sink: at(0)},
	}
	for range 2 {
		out := Merge(in)
		if len(out) != 2 {
			t.Fatalf("%d findings, want 2", len(out))
		}
		i := slices.IndexFunc(out, func(x Finding) bool { return x.RuleID == "PKL101" })
		x := out[i]
		if x.Level != Error || x.Sink.Span != at(1).Span || len(x.Flows) != 3 || x.MoreFlows != 1 || x.Flows[0].Kind != "net" {
			t.Errorf("merged %+v", x)
		}
		if !slices.Contains(x.Notes, "n") || !slices.Contains(x.Notes, "Also 'load' in column 5 of this line.") {
			t.Errorf("notes %q", x.Notes)
		}
		slices.Reverse(in)
	}
	if len(in[0].Flows) != 1 || len(in[0].Notes) != 1 {
		t.Error("the input was changed")
	}
}

// TestMergeCap keeps a flow of each kind when there are too many.
func TestMergeCap(t *testing.T) {
	f := pyFile(t, "m.py", "load(a)\n")
	x := Finding{RuleID: "PKL101", Sink: stepAt(t, f, "load(a)", 0)}
	for _, kind := range []string{"a", "a", "a", "a", "a", "a", "b"} {
		x.Flows = append(x.Flows, Flow{Kind: kind, SourceName: kind, Steps: []Step{x.Sink}})
	}
	got := Merge([]Finding{x})[0]
	var kinds []string
	for _, fl := range got.Flows {
		kinds = append(kinds, fl.Kind)
	}
	if strings.Join(kinds, "") != "abaaa" || got.MoreFlows != 2 {
		t.Errorf("flows %v, %d more", kinds, got.MoreFlows)
	}
}

// FuzzIdentify: whatever the code and wherever the sink, lines above it change no identity.
func FuzzIdentify(f *testing.F) {
	f.Add("def a():\n    return (load(x),)\n", int32(20), int32(27))
	f.Add("'''\n\"\\\r\n((;#:=)", int32(4), int32(3))
	f.Fuzz(func(t *testing.T, code string, start, end int32) {
		identity := func(above string) string {
			file := &text.File{Path: "a.py", Text: []byte(above + code)}
			at := text.Span{Start: max(start, 0) + int32(len(above)), End: end}
			fs := []Finding{{RuleID: "R", SinkName: "load", Sink: Step{File: file, Span: at}}}
			Identify(fs)
			return fs[0].Fingerprint
		}
		if a, b := identity(""), identity("# a line\n\n"); a != b && start >= 0 && int(start) < len(code) {
			t.Errorf("%q at %d: %s, then %s", code, start, a, b)
		}
	})
}

package ir

import (
	"slices"
	"strings"
	"testing"

	"github.com/pickletrace/pickletrace/pkg/syntax"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// TestNames lists what the body of f mentions: not its locals, not what nested functions mention.
func TestNames(t *testing.T) {
	m := lower(t, "n.py", []byte(`
def f(p, q="dflt"):
    from a.b import c as d
    loc = glob.attr(key=p)
    getattr(p, "dyn", ["pkg.mod:fn", "not a name", b"raw"])
    loc.stored = "1x"
    def g():
        return inner
`))
	f := m.Funcs[1]
	var got []string
	for _, n := range f.Body.Names {
		got = append(got, m.Str(n))
	}
	slices.Sort(got)
	const want = "a attr b c d dyn fn getattr glob key mod pkg stored"
	if s := strings.Join(got, " "); s != want {
		t.Errorf("got  %s\nwant %s", s, want)
	}
}

// TestSelfStores sees stores through the first parameter by whatever name, in every kind of target.
func TestSelfStores(t *testing.T) {
	m := lower(t, "s.py", []byte(`
def f(me, other):
    me.a = other.b = 1
    me.c[0][1] = 2
    (me.d, [*me.e]), x = other
    for me.f in other:
        with other as me.g:
            me.h += 1
    me.i.j = 3
    me = other
`))
	if got, want := strings.Join(m.Funcs[1].Body.SelfStores, " "), "a c d e f g h"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestDecode(t *testing.T) {
	for _, c := range []struct{ prefix, src, want string }{
		{"", `a\n\t\\\'\"`, "a\n\t\\'\""},
		{"", `\0\101\1012`, "\x00AA2"},
		{"", `\x41\xe9\u00e9\U0001F600`, "Aéé😀"},
		{"", `\ud800`, "�"},
		{"", `\x4 \q \N{DASH} \`, `\x4 \q \N{DASH} \`},
		{"", "a\\\nb\\\r\nc\r\n", "abc\n"},
		{"r", `\n`, `\n`},
		{"b", `\xff\u00e9`, "\xff\\u00e9"},
		{"f", `{{\n}}`, "{\n}"},
		{"", `{{`, "{{"},
	} {
		if got := parsePrefix(c.prefix + `"`).decode(c.src); got != c.want {
			t.Errorf("%s%q: got %q, want %q", c.prefix, c.src, got, c.want)
		}
	}
}

func TestFuncAt(t *testing.T) {
	const src = "x\ndef f():\n    y\n    def g():\n        z\n    w\nclass C:\n    def m(self): v\n"
	m := lower(t, "a.py", []byte(src))
	for at, want := range map[string]string{"x": "", "y": "f", "z": "f.<locals>.g", "w": "f", "class": "C", "v": "C.m"} {
		if got := m.FuncAt(int32(strings.Index(src, at))).Qual; got != want {
			t.Errorf("at %s: got %q, want %q", at, got, want)
		}
	}
	f := m.Method(m.Classes[0], "m")
	if f == nil || m.ClassOf(f) != m.Classes[0] || m.Method(m.Classes[0], "n") != nil {
		t.Error("method m of class C is not found")
	}
}

// TestGaveUp lowers trees without content: of an empty file, of one the parser gave up on, and without any node.
func TestGaveUp(t *testing.T) {
	module := syntax.Node{Kind: syntax.KindModule, Named: true, Next: 1}
	for _, c := range []struct {
		src     string
		nodes   []syntax.Node
		partial int
	}{
		{" \n", []syntax.Node{module}, 0},
		{"f(", []syntax.Node{module}, 1},
		{"", nil, 0},
	} {
		m := Lower(&syntax.Tree{File: &text.File{Text: []byte(c.src)}, Nodes: c.nodes})
		if err := Check(m); err != nil || len(m.Partial) != c.partial {
			t.Errorf("%q: partial %v, %v", c.src, m.Partial, err)
		}
	}
}

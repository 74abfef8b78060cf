package finding

import (
	"slices"
	"testing"

	"github.com/pickletrace/pickletrace/pkg/text"
)

// TestLex has what makes it hard to see where a statement ends and a comment begins.
func TestLex(t *testing.T) {
	for _, tc := range []struct {
		code     string
		stmts    []string
		comments []string
	}{
		{"a = 1 # c\n#d\nb", []string{"a = 1", "b"}, []string{"# c", "#d"}},
		{"a; b;\n;c", []string{"a", "b", "c"}, nil},
		{"f(a,\n  b) # c\nd", []string{"f(a,\n  b)", "d"}, []string{"# c"}},
		{"f([;])", []string{"f([;])"}, nil},
		{"a = 1 + \\\n  2\nb", []string{"a = 1 + \\\n  2", "b"}, nil},
		{"a = '#' \"#\" '''#\n#''' # c", []string{"a = '#' \"#\" '''#\n#'''"}, []string{"# c"}},
		{`a = '\'#' # c`, []string{`a = '\'#'`}, []string{"# c"}},
		{`a = r'\' # c'`, []string{`a = r'\' # c'`}, nil},
		{`a = Rb"\"#" # c`, []string{`a = Rb"\"#"`}, []string{"# c"}},
		{`a = f"{b["#"]}" # c`, []string{`a = f"{b["#"]}"`}, []string{"# c"}},
		{`a = f"{{#}}{b:{c}}" # c`, []string{`a = f"{{#}}{b:{c}}"`}, []string{"# c"}},
		{"a = f\"{x\" # c\nb", []string{"a = f\"{x\" # c", "b"}, nil},
		{"a = 'open # c\nb", []string{"a = 'open # c", "b"}, nil},
		{"f(a\ndef g(): # c\n  pass", []string{"f(a", "def g():", "pass"}, []string{"# c"}},
		{"f(\n  class_=1,\n  with_=2)\nx", []string{"f(\n  class_=1,\n  with_=2)", "x"}, nil},
		{"f(\r\n  a)\r\nb\rc", []string{"f(\r\n  a)", "b", "c"}, nil},
		{"", nil, nil},
		{"\"\"\"open\n#", []string{"\"\"\"open\n#"}, nil},
	} {
		l := lex(&text.File{Text: []byte(tc.code)})
		var stmts, comments []string
		for _, s := range l.stmts {
			stmts = append(stmts, tc.code[s.start:s.end])
		}
		for _, c := range l.comments {
			comments = append(comments, tc.code[c.start:c.end])
		}
		if !slices.Equal(stmts, tc.stmts) || !slices.Equal(comments, tc.comments) {
			t.Errorf("%q:\n statements %q\n comments %q", tc.code, stmts, comments)
		}
	}
}

func TestNormalString(t *testing.T) {
	for in, want := range map[string]string{
		`'a'`: `"a"`, `"a"`: `"a"`, `'a"b'`: `'a"b'`, `U'a'`: `"a"`, `Rb'a'`: `rb"a"`, `'''a'''`: `"""a"""`, `'''a"'''`: `'''a"'''`, `'`: `'`, `''`: `""`,
	} {
		if got := normalString(in); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}

// TestNormalBrackets: brackets around all of an expression are the formatter's, others are the author's.
func TestNormalBrackets(t *testing.T) {
	for in, want := range map[string]string{
		"return (\n    load(a)\n)":          "return load ( a )",
		"return load(a)":                    "return load ( a )",
		"return (a, b,)":                    "return a , b",
		"x = (load(a))":                     "x = load ( a )",
		"x += (a)":                          "x + = a",
		"if (a\n    and load(b)):":          "if a and load ( b ) :",
		"for x in (load(a)):":               "for x in load ( a ) :",
		"with (open(a) as f, load(f)):":     "with open ( a ) as f , load ( f ) :",
		"from a import (\n    b,\n    c\n)": "from a import b , c",
		"return (a) + (b)":                  "return ( a ) + ( b )",
		"return (a).b(c)":                   "return ( a ) . b ( c )",
		"load((a))":                         "load ( ( a ) )",
		"f = load(a)":                       "f = load ( a )",
		"return ()":                         "return",
		"(a)":                               "( a )",
		"return a)":                         "return a )",
		"return (a":                         "return ( a",
		")":                                 ")",
	} {
		l := lex(&text.File{Text: []byte(in)})
		if len(l.stmts) != 1 {
			t.Fatalf("%q: %d statements", in, len(l.stmts))
		}
		if got := l.normal(&l.stmts[0]); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

package text

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"
)

func TestPosition(t *testing.T) {
	// In each text the position of X is asked for.
	for src, want := range map[string]Pos{
		"X":                            {1, 1},
		"a\nbX":                        {2, 2},
		"a\r\nbX":                      {2, 2},
		"a\rbX":                        {2, 2},
		"a\r\r\n\n\rX":                 {5, 1},
		"\n\nX":                        {3, 1},
		"\t\tX":                        {1, 3},
		"éX":                           {1, 2},
		"😀X":                           {1, 3},
		"\xef\xbb\xbfX":                {1, 1},
		"\xef\xbb\xbfa\nX":             {2, 1},
		"a\fb\vc\u2028d\u0085eX":       {1, 10},
		"a\xffbX":                      {1, 4},
		"\xe2\x82X":                    {1, 2}, // a character cut short is one replacement
		"\xe2\x28X":                    {1, 3},
		"\xf0\x9f\x98\xc3X":            {1, 3},
		"\xed\xa0\x80X":                {1, 4}, // a surrogate is none
		"# coding: latin-1\n\xe9\xe8X": {2, 3},
		"#!/x\n# vim: set fileencoding=cp1252 :\n\x80X": {3, 2},
		"\xff\xfe" + "a\x00\n\x00=\xd8\x00\xdeX\x00":    {2, 3}, // UTF-16 with a surrogate pair
		"\xfe\xff" + "\x00a\x00\n\x00X":                 {2, 1},
		"\xff\xfe\x00\x00X\x00\x00\x00":                 {1, 1},
	} {
		f, _ := NewFile("a.py", []byte(src))
		off := strings.IndexByte(string(f.Text), 'X')
		if got := f.Position(int32(off)); off < 0 || got != want {
			t.Errorf("%q: %v, want %v (text %q)", src, got, want, f.Text)
		}
		bare := &File{Text: f.Text}
		if got := bare.Position(int32(off)); got != want {
			t.Errorf("%q: %v without a line table, want %v", src, got, want)
		}
	}
}

func TestPositionOutside(t *testing.T) {
	f, _ := NewFile("a.py", []byte("ab\nc"))
	if got := f.Position(99); got != (Pos{2, 2}) {
		t.Errorf("past the end: %v", got)
	}
	if got := f.Position(-1); got != (Pos{1, 1}) {
		t.Errorf("before the start: %v", got)
	}
}

func TestLine(t *testing.T) {
	raw := []byte("\xef\xbb\xbfa = 1\r\n\r\n\tb\n")
	f, _ := NewFile("a.py", raw)
	var got []string
	for n := 0; n <= f.Lines()+1; n++ {
		got = append(got, f.Line(n))
	}
	same(t, "lines", got, "", "a = 1", "", "\tb", "", "")
	if f.SHA256 != sha256.Sum256(raw) {
		t.Error("the digest is not that of the bytes on disk")
	}
}

func TestEncoding(t *testing.T) {
	for _, c := range []struct{ raw, text, enc, problem string }{
		{"x = 'é'", "x = 'é'", "utf-8", ""},
		{"\xef\xbb\xbfé", "é", "utf-8-sig", ""},
		{"# -*- coding: latin-1 -*-\n\xe9", "# -*- coding: latin-1 -*-\né", "latin-1", ""},
		{"# coding=ISO_8859_15\n\xa4", "# coding=ISO_8859_15\n€", "iso-8859-15", ""},
		{"\n# coding: cp1251\n\xcf", "\n# coding: cp1251\nП", "cp1251", ""},
		{"# coding: utf-8-unix\né", "# coding: utf-8-unix\né", "utf-8", ""},
		{"# coding: shift_jis\n\x82\xa0", "# coding: shift_jis\nあ", "shift-jis", ""},
		{"x = 1\n# coding: latin-1\né", "x = 1\n# coding: latin-1\né", "utf-8", ""},
		{"#\n#\n# coding: latin-1\né", "#\n#\n# coding: latin-1\né", "utf-8", ""},
		{"s = 'coding: latin-1'\né", "s = 'coding: latin-1'\né", "utf-8", ""},
		{"# coding: ascii\n\xe9", "# coding: ascii\n\ufffd", "ascii", "2 0 undecodable"},
		{"a\nb\xff\xff", "a\nb\ufffd\ufffd", "utf-8", "2 0 undecodable"},
		{"#\n# coding: unicode_escape\nx", "#\n# coding: unicode_escape\nx", "utf-8", "2 2 unknown-encoding"},
		{"# coding: utf-7\n+AGE-", "# coding: utf-7\n+AGE-", "utf-8", "1 2 unknown-encoding"},
		{"# c\rimport x\r", "# c\nimport x\n", "utf-8", ""},
		{"a\r\nb\rc\r\n", "a\r\nb\nc\r\n", "utf-8", ""},
	} {
		f, problems := NewFile("a.py", []byte(c.raw))
		got := ""
		for _, p := range problems {
			got += fmt.Sprintf("%d %d %s", p.Line, p.Severity, p.Kind)
		}
		if string(f.Text) != c.text || f.Encoding != c.enc || got != c.problem {
			t.Errorf("%q: text %q, encoding %s, problems %q; want %q, %s, %q", c.raw, f.Text, f.Encoding, got, c.text, c.enc, c.problem)
		}
	}
}

// The caller's bytes are kept where they can be, and never written to.
func TestNewFileKeepsRaw(t *testing.T) {
	for _, src := range []string{"a\rb", "\xef\xbb\xbfa\rb", "a\xff"} {
		raw := []byte(src)
		NewFile("a.py", raw)
		if string(raw) != src {
			t.Errorf("%q became %q", src, raw)
		}
	}
}

func FuzzNewFile(f *testing.F) {
	f.Add([]byte("# coding: latin-1\r\xe9\r\n"))
	f.Add([]byte("\xff\xfea\x00"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		file, _ := NewFile("a.py", raw)
		last := Pos{1, 0}
		for off := range string(file.Text) {
			pos := file.Position(int32(off))
			if pos.Line < last.Line || pos.Line == last.Line && pos.Col <= last.Col && file.Text[off] != '\n' {
				t.Fatalf("offset %d is at %v, after %v", off, pos, last)
			}
			last = pos
		}
		for n := 1; n <= file.Lines(); n++ {
			if strings.ContainsAny(file.Line(n), "\r\n") {
				t.Fatalf("line %d holds a line end: %q", n, file.Line(n))
			}
		}
	})
}

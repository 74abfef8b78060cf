package text

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// book gives a notebook with the cells, whose lines are written as list elements, and the given indentation.
func book(t *testing.T, indent string, cells ...string) []byte {
	t.Helper()
	var list []any
	for _, c := range cells {
		kind, src := "code", c
		if md, ok := strings.CutPrefix(c, "markdown:"); ok {
			kind, src = "markdown", md
		}
		list = append(list, map[string]any{"source": strings.SplitAfter(src, "\n"), "cell_type": kind, "outputs": []any{}})
	}
	raw, err := json.MarshalIndent(map[string]any{"nbformat": 4, "cells": list,
		"metadata": map[string]any{"language_info": map[string]any{"name": "python"}}}, "", indent)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestNotebook(t *testing.T) {
	raw := book(t, " ", "import pickle\nx = \"é😀\\n\"\t; y = 1\n", "markdown:# title", "pickle.loads(x)")
	f, problems := NewFile("a.ipynb", raw)
	if len(problems) > 0 {
		t.Error(problems)
	}
	const want = "import pickle\nx = \"é😀\\n\"\t; y = 1\npickle.loads(x)\n"
	if string(f.Text) != want {
		t.Fatalf("text %q, want %q", f.Text, want)
	}
	for _, c := range []struct{ find, line string }{
		{"pickle\n", `"import pickle\n"`}, {"y = 1", `y = 1\n`}, {"loads", `"pickle.loads(x)"`}, {"é", "é😀"},
	} {
		off := strings.Index(want, c.find)
		pos := f.Position(int32(off))
		if !strings.Contains(f.Line(pos.Line), c.line) {
			t.Errorf("%q is on line %d: %s", c.find, pos.Line, f.Line(pos.Line))
		}
		if rest := fromColumn(f.Line(pos.Line), pos.Col); !strings.HasPrefix(rest, strings.TrimSuffix(c.find, "\n")) {
			t.Errorf("%q is at column %d: %s", c.find, pos.Col, rest)
		}
	}
	if cell, line := f.Cell(int32(strings.Index(want, "loads"))); cell != 3 || line != 1 {
		t.Errorf("cell %d line %d, want 3 and 1", cell, line)
	}
	if cell, line := f.Cell(int32(strings.Index(want, "y = 1"))); cell != 1 || line != 2 {
		t.Errorf("cell %d line %d, want 1 and 2", cell, line)
	}
	if off := int32(len(f.Text)); f.Position(off).Line != f.Position(off-2).Line {
		t.Error("the end is not on the line of the last character")
	}
}

// fromColumn gives what is from the 1-based UTF-16 column on.
func fromColumn(line string, col int) string {
	for i := range line {
		if utf16Len([]byte(line[:i])) == col-1 {
			return line[i:]
		}
	}
	return ""
}

// Every byte of Text that is not blanked must be found in the JSON at its position, however the JSON is written.
func TestNotebookPositions(t *testing.T) {
	src := "a = 'x\\ty'\nif a:\n\tb = \"é\U0001F600\" # \u2028 \x7f\n\tc\n"
	quoted, _ := json.Marshal(src)
	for name, raw := range map[string]string{
		"indented":  string(book(t, "  ", src, src)),
		"one line":  string(book(t, "", src)),
		"string":    `{"cells": [{"cell_type": "code", "source": ` + string(quoted) + `}]}`,
		"escapes":   `{"cells": [{"source": ["\u0061 \u003d \ud83d\ude00\n", "b\u0301"], "cell_type": "code"}]}`,
		"crlf":      "{\"cells\": [\r\n{\"cell_type\": \"code\", \"source\": [\"a = 1\\r\\n\",\r\n \"b = 2\\r\\n\"]}]}",
		"version 3": `{"worksheets": [{"cells": [{"cell_type": "code", "language": "python", "input": ["a = 1\n", "b"]}]}]}`,
		"bom":       "\xef\xbb\xbf" + string(book(t, " ", src)),
	} {
		f, problems := NewFile("a.ipynb", []byte(raw))
		if len(problems) > 0 || len(f.Text) == 0 {
			t.Errorf("%s: %v, text %q", name, problems, f.Text)
		}
		for off, r := range string(f.Text) {
			pos := f.Position(int32(off))
			rest := fromColumn(f.Line(pos.Line), pos.Col)
			quoted := strings.Trim(fmt.Sprintf("%+q", r), "'")
			if !strings.HasPrefix(rest, string(r)) && !strings.HasPrefix(rest, `\`) && !(r == '\n' && (rest == "" || rest[0] == '"' || rest[0] == ',' || rest[0] == ']' || rest[0] == '}')) {
				t.Fatalf("%s: %s at offset %d leads to %d:%d %q", name, quoted, off, pos.Line, pos.Col, rest)
			}
		}
	}
}

func TestMagics(t *testing.T) {
	for src, want := range map[string]string{
		"!ls -l":                           "      ",
		"x = 1\n%matplotlib inline\ny = 2": "x = 1\n                  \ny = 2",
		"x = (a\n % b)\n":                  "x = (a\n % b)\n",
		"?len":                             "    ",
		"len?":                             "    ",
		"np.linalg??":                      "           ",
		"x = a if b else c":                "x = a if b else c",
		"%time x = f()":                    "0;    x = f()",
		"%timeit -n 10 f()":                "0;            f()",
		"%%time\nx = f()":                  "      \nx = f()",
		"%%capture out\nx":                 "             \nx",
		"%%bash\necho 'it'":                "      \n         ",
		"\n%%writefile a.py\nx = 1\n":      "\n                \n     \n",
		"files = !ls 'a":                   "files = 0     ",
		"x = %env HOME":                    "x = 0        ",
		"x = a % b":                        "x = a % b",
		"x != y":                           "x != y",
		"if a:\n    !ls\n":                 "if a:\n    0  \n",
		"!echo \\\n  x\ny":                 "       \n   \ny",
		"s = '''\n!ls\n%x\n'''":            "s = '''\n!ls\n%x\n'''",
		"!echo \"it's (\"\nx = 1":          "              \nx = 1",
		"f(x)[0] = !ls":                    "f(x)[0] = 0  ",
		"%pip install torch==2.5":          "                       ",
		"d = {\n  'a': 1,\n  %b\n}":        "d = {\n  'a': 1,\n  %b\n}",
	} {
		f, problems := NewFile("a.ipynb", book(t, "", src))
		if got := strings.TrimSuffix(string(f.Text), "\n"); got != strings.TrimSuffix(want, "\n") || len(problems) > 0 {
			t.Errorf("%q:\n got  %q %v\n want %q", src, got, problems, want)
		}
	}
}

func TestBrokenCell(t *testing.T) {
	f, problems := NewFile("a.ipynb", book(t, " ", "x = 1", "f(", "y = '''", "z = 'a\nw = 2"))
	if got, want := string(f.Text), "x = 1\n  \n       \nz = 'a\nw = 2\n"; got != want {
		t.Errorf("text %q, want %q", got, want)
	}
	var got []string
	for _, p := range problems {
		got = append(got, fmt.Sprintf("%d %s %s", p.Severity, p.Kind, f.Line(p.Line)))
	}
	same(t, "problems", got, "1 broken-cell     \"f(\"", "1 broken-cell     \"y = '''\"")
}

func TestInstalls(t *testing.T) {
	f, _ := NewFile("a.ipynb", book(t, " ", "!pip install -q torch==2.1 'numpy~=1' # c\n%pip install x\npip = 1\n# pip install no",
		"%%bash\nset -e\npython -m pip install y==2 && z\n", "!{sys.executable} -m pip3 install w\nprint('pip install no')"))
	var got []string
	for _, i := range f.Installs {
		got = append(got, fmt.Sprintf("%s|%v", i.Args, strings.Contains(f.Line(i.Line), i.Args)))
	}
	same(t, "installs", got, "-q torch==2.1 'numpy~=1'|true", "x|true", "y==2|true", "w|true")
}

func TestBrokenNotebook(t *testing.T) {
	for raw, want := range map[string]string{
		"{\n\"cells\": [}":   "2 broken-notebook line 2",
		"":                   "2 broken-notebook line 1",
		"[]":                 "2 broken-notebook line 0",
		"{}":                 "2 broken-notebook line 0",
		`{"cells": 1}`:       "2 broken-notebook line 0",
		`{"cells": []}`:      "",
		`{"cells": [1, {}]}`: "",
		`{"cells": [{"cell_type": "code", "source": ["x"]}], "metadata": {"kernelspec": {"language": "R"}}}`: "0 other-language line 0",
	} {
		f, problems := NewFile("a.ipynb", []byte(raw))
		got := ""
		for _, p := range problems {
			got += fmt.Sprintf("%d %s line %d", p.Severity, p.Kind, p.Line)
		}
		if got != want || len(f.Text) > 0 {
			t.Errorf("%s: problems %q, want %q; text %q", raw, got, want, f.Text)
		}
	}
}

func FuzzNotebook(f *testing.F) {
	f.Add([]byte(`{"cells": [{"cell_type": "code", "source": ["a\n", "\u00e9\ud83d"]}]}`))
	f.Add([]byte(`{"cells": [{"cell_type": "code", "source": "%%time\nx = !ls\n(\r\n"}]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		file, _ := NewFile("a.ipynb", bytes.Clone(raw))
		last := Pos{}
		for off := range file.Text {
			pos := file.Position(int32(off))
			if pos.Line < 1 || pos.Col < 1 || pos.Line > file.Lines() {
				t.Fatalf("offset %d is at %v of %d lines", off, pos, file.Lines())
			}
			if pos.Line < last.Line && len(file.book.cells) == 1 {
				t.Fatalf("offset %d is at %v, before %v", off, pos, last)
			}
			last = pos
		}
	})
}

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
		"!ls -l":                           `get_ipython().system("ls -l")`,
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
		"%%bash\necho 'it'":                "get_ipython().run_cell_magic(\"bash\", \"\", \"\\n\\\necho 'it'\")",
		"\n%%writefile a.py\nx = 1\n":      "\n                \n     \n",
		"files = !ls 'a":                   `files = get_ipython().getoutput("ls 'a")`,
		"x = %env HOME":                    "x = 0        ",
		"x = a % b":                        "x = a % b",
		"x != y":                           "x != y",
		"if a:\n    !ls\n":                 "if a:\n    get_ipython().system(\"ls\")\n",
		"!echo \\\n  x\ny":                 "get_ipython().system(\"echo \\\\\\n\\\n  x\")\ny",
		"s = '''\n!ls\n%x\n'''":            "s = '''\n!ls\n%x\n'''",
		"!echo \"it's (\"\nx = 1":          "get_ipython().system(\"echo \\\"it's (\\\"\")\nx = 1",
		"if a:\n    %matplotlib inline\n":  "if a:\n    0                 \n",
		"u = 1\n!wget {u} $u $HOME {v:>3} $$ {{x}} {if}":   "u = 1\nget_ipython().system(\"wget \" + str(u) + \" \" + str(u) + \" $HOME \" + str(v) + \" $ {x} {if}\")",
		"!awk '{print $1}' f ${A} {a['k']} {f(x).y} {a,b}": "get_ipython().system(\"awk '{print $1}' f ${A} \" + str(a['k']) + \" \" + str(f(x).y) + \" {a,b}\")",
		"%cd {d}/x":                       `get_ipython().run_line_magic("cd", str(d) + "/x")`,
		"%sx ls":                          `get_ipython().system(" ls")`,
		"x = %sx ls":                      `x = get_ipython().getoutput("ls")`,
		"%time !wget u":                   `0;    get_ipython().system("wget u")`,
		"%run -i a b.ipynb":               "from ._run_0 import *",
		"%run x.sh":                       "         ",
		"pip install torch":               "                 ",
		"cd /content":                     `get_ipython().run_line_magic("cd", "/content")`,
		"ls -l":                           "     ",
		"ls = 1\nls -l":                   "ls = 1\nls -l",
		"cat * 2":                         "cat * 2",
		"run in jobs":                     "run in jobs",
		"rm -rf data*":                    "            ",
		"cp a.pkl b.pkl":                  `get_ipython().system("cp a.pkl b.pkl")`,
		"%%script bash -e\nx":             "get_ipython().run_cell_magic(\"bash\", \"\", \"\\n\\\nx\")",
		"%%writefile -a b/x.py\nimport a": "                     \n        ",
		"f(x)[0] = !ls":                   `f(x)[0] = get_ipython().getoutput("ls")`,
		"%pip install torch==2.5":         "                       ",
		"d = {\n  'a': 1,\n  %b\n}":       "d = {\n  'a': 1,\n  %b\n}",
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

func TestWrittenRequirements(t *testing.T) {
	f, _ := NewFile("d/a.ipynb", book(t, " ", "%%writefile requirements.txt\ntorch==2.4\n\nnumpy", "%%writefile deps/requirements-dev.txt\nscipy", "%%writefile notes.txt\ntorch==1.0", "%%writefile myrequirements.py\nx = 1"))
	var got []string
	for _, i := range f.Installs {
		got = append(got, i.Requirement+i.Command)
	}
	same(t, "requirements", got, "torch==2.4", "numpy", "scipy")
}

func TestInstalls(t *testing.T) {
	f, _ := NewFile("a.ipynb", book(t, " ", "!pip install -q torch==2.1 'numpy~=1' # c\n%pip install x\npip = 1\n# pip install no",
		"%%bash\nset -e\npython -m pip install y==2 && z\n", "!{sys.executable} -m pip3 install w\nprint('pip install no')",
		"%conda install -y pytorch=2.5\n!pip install -U \\\n a"))
	var got []string
	for _, i := range f.Installs {
		got = append(got, fmt.Sprintf("%s|%v", i.Command, strings.Contains(f.Line(i.Line), i.Command)))
	}
	same(t, "installs", got, "pip install -q torch==2.1 'numpy~=1' # c|true", "pip install x|true",
		"python -m pip install y==2 && z|false", "{sys.executable} -m pip3 install w|true", "conda install -y pytorch=2.5|true",
		"pip install -U   a|false")
	f, _ = NewFile("a.ipynb", book(t, " ", "pip install torch==2.4"))
	same(t, "installs", []string{fmt.Sprint(f.Installs)}, "[{7 pip install torch==2.4 }]")
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

// Code that takes the place of a line is found where the line is, and what follows it where it was.
func TestRewritten(t *testing.T) {
	f, _ := NewFile("d/a.ipynb", book(t, " ", "import os\n!wget {u} \\\n  -O é.pkl\nx = \"é\"; y", "%%bash\nls\ncurl u\n", "z = !ls\nlast"))
	for code, want := range map[string]string{"get_ipython().system": "!wget", "y\n": "y", "get_ipython().run": "%%bash", "curl u": "curl u",
		"getoutput": "!ls", "last": "last", "-O": "  -O", "os": "os"} {
		off := strings.Index(string(f.Text), code)
		if off < 0 {
			t.Fatalf("no %q in %q", code, f.Text)
		}
		pos := f.Position(int32(off))
		if rest := fromColumn(f.Line(pos.Line), pos.Col); !strings.HasPrefix(rest, want) && !strings.HasPrefix(rest, want[:1]) {
			t.Errorf("%q leads to %q, want %q", code, rest, want)
		}
	}
	off := int32(strings.Index(string(f.Text), "curl u"))
	if cell, line := f.Cell(off); cell != 2 || line != 3 {
		t.Errorf("cell %d line %d", cell, line)
	}
	if shown, ok := f.Shown(off); shown != "curl u" || !ok {
		t.Errorf("shown %q", shown)
	}
	if _, ok := f.Shown(int32(strings.Index(string(f.Text), "last"))); ok {
		t.Error("Python is as it was written")
	}
}

func TestWritten(t *testing.T) {
	f, _ := NewFile("d/a.ipynb", book(t, " ", "%%writefile x.py\nimport os\ny = 1", "%%writefile -a x.py\nz = 2\n", "%%writefile ../e/y.py\nw", "%%writefile a.txt\nq",
		"%run ../b c.ipynb\n%run lib.py a"))
	var got []string
	for _, w := range f.Written {
		got = append(got, w.ModulePath()+" "+w.Path)
	}
	same(t, "files", got, "d/x.py d/a.ipynb", "e/y.py d/a.ipynb")
	x := f.Written[0]
	if want := "\nimport os\ny = 1\n\nz = 2\n"; string(x.Text) != want {
		t.Errorf("text %q, want %q", x.Text, want)
	}
	for _, code := range []string{"import os", "y = 1", "z = 2"} {
		off := int32(strings.Index(string(x.Text), code))
		if pos := x.Position(off); !strings.HasPrefix(fromColumn(x.Line(pos.Line), pos.Col), code) {
			t.Errorf("%q is at %v", code, pos)
		}
	}
	if cell, line := x.Cell(int32(strings.Index(string(x.Text), "z = 2"))); cell != 2 || line != 2 {
		t.Errorf("cell %d line %d", cell, line)
	}
	same(t, "runs", []string{f.Run("_run_0"), f.Run("_run_1"), f.Run("_run_2"), f.Run("os")}, "b c.ipynb", "d/lib.py", "", "")
}

package scan_test

import (
	"bytes"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/scantest"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// A mutation rewrites code in a way that changes nothing of what it does.
type mutation struct {
	name   string
	change func(code []byte, fs []finding.Finding) []byte
}

var (
	indentForm = regexp.MustCompile(`(?m)^[ \t]+`)
	valueForm  = regexp.MustCompile(`(?m)^([ \t]*(?:return |\w+ = ))([\w.]+\([\w., ]*\))([ \t]*(?:#.*)?)$`)
	multiLine  = regexp.MustCompile(`"""|'''|\\\r?\n`)
)

// mutations are what people and formatters do to code that stays the same.
var mutations = []mutation{
	{"a docstring and lines above", func(code []byte, _ []finding.Finding) []byte {
		if bytes.Contains(code, []byte("from __future__")) || bytes.HasPrefix(code, []byte("#!")) {
			return slices.Concat([]byte("# new\n\n"), code)
		}
		return slices.Concat([]byte("# new\n# lines\n\nNEW = 1\n"), code)
	}},
	{"twice the indentation", func(code []byte, _ []finding.Finding) []byte {
		return indentForm.ReplaceAllFunc(code, func(b []byte) []byte { return slices.Concat(b, b) })
	}},
	{"line ends of Windows", func(code []byte, _ []finding.Finding) []byte {
		return bytes.ReplaceAll(bytes.ReplaceAll(code, []byte("\r\n"), []byte("\n")), []byte("\n"), []byte("\r\n"))
	}},
	{"calls over several lines", wrapCalls},
	{"brackets around what is returned and assigned", func(code []byte, _ []finding.Finding) []byte {
		return valueForm.ReplaceAll(code, []byte("$1(\n        $2\n    )$3"))
	}},
	{"comments behind sinks", func(code []byte, fs []finding.Finding) []byte {
		return bytes.ReplaceAll(code, []byte("\n"), []byte("  # new\n"))
	}},
}

// wrapCalls breaks the line behind the first bracket of each sink and before its last, with a comma where black puts one.
func wrapCalls(code []byte, fs []finding.Finding) []byte {
	at := map[int]string{}
	for i := range fs {
		s := fs[i].Sink.Span
		call := code[s.Start:s.End]
		open := bytes.IndexByte(call, '(')
		if open < 0 || call[len(call)-1] != ')' || bytes.ContainsAny(call, "\"'#\\") || bytes.ContainsRune(call, '*') {
			continue
		}
		if inner := bytes.TrimSpace(call[open+1 : len(call)-1]); len(inner) == 0 || bytes.Contains(inner, []byte(" for ")) {
			continue
		}
		at[int(s.Start)+open+1] = "\n        "
		at[int(s.End)-1] = ",\n    "
	}
	var out []byte
	last := 0
	for _, i := range slices.Sorted(maps.Keys(at)) {
		out = append(append(out, code[last:i]...), at[i]...)
		last = i
	}
	return append(out, code[last:]...)
}

// fits says whether the mutation is harmless for this file: strings over several lines are code to a line-wise change.
func fits(m *mutation, code []byte) bool {
	switch m.name {
	case "a docstring and lines above", "calls over several lines":
		return true
	case "comments behind sinks":
		return !multiLine.Match(code) && !bytes.Contains(code, []byte("\n\n\n\n"))
	}
	return !multiLine.Match(code)
}

// sharesLine says whether two findings of a line were put together: on lines of their own they are two.
func sharesLine(f finding.Finding) bool { return strings.Contains(f.Message, " of this line.") }

// TestFingerprintsSurviveFormatting rewrites fixtures as a formatter would: the findings keep their identity.
func TestFingerprintsSurviveFormatting(t *testing.T) {
	found, err := filepath.Glob(filepath.Join(testdata, "flow/*.py"))
	if err != nil || len(found) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	scanAll := scanner(t)
	changed := map[string]int{}
	for n, p := range found {
		if n%5 > 0 {
			continue // for time; the files are many and alike
		}
		files, err := scantest.Load(p)
		if err != nil {
			t.Fatal(err)
		}
		before, _ := scanAll(files)
		if slices.ContainsFunc(before, sharesLine) {
			continue
		}
		want := fingerprints(before)
		slices.Sort(want)
		for i := range mutations {
			m := &mutations[i]
			code := files[0].Text
			if len(before) == 0 || !fits(m, code) {
				continue
			}
			next := m.change(slices.Clone(code), before)
			if bytes.Equal(next, code) {
				continue
			}
			changed[m.name]++
			file, _ := text.NewFile(files[0].Path, next)
			after, _ := scanAll([]*text.File{file})
			got := fingerprints(after)
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Errorf("%s, %s: %d findings, then %d; identities differ:\n%v\n%v", filepath.Base(p), m.name, len(want), len(got), want, got)
			}
		}
	}
	for _, m := range mutations {
		if changed[m.name] < 20 {
			t.Errorf("%s changed only %d files", m.name, changed[m.name])
		}
	}
}

const identityStory = `import pickle
import requests

def fetch(url):
    return requests.get(url, timeout=5).content

def restore(url):
    data = fetch(url)
    return pickle.loads(data)
`

// TestFingerprintStory changes one thing of a small program and says whether its finding stays the same.
func TestFingerprintStory(t *testing.T) {
	scanAll := scanner(t)
	identity := func(path, code string) string {
		t.Helper()
		file, _ := text.NewFile(path, []byte(code))
		fs, _ := scanAll([]*text.File{file})
		if len(fs) != 1 {
			t.Fatalf("%d findings in\n%s", len(fs), code)
		}
		return fs[0].Fingerprint
	}
	base := identity("app.py", identityStory)
	for _, tc := range []struct {
		name, path, from, to string
		same                 bool
	}{
		{"renamed file", "lib/store.py", "", "", true},
		{"a step in a function of its own", "", "    data = fetch(url)\n", "    data = again(fetch(url))\n", true},
		{"the source in another function", "", "    data = fetch(url)\n", "    data = requests.get(url).content\n", true},
		{"another way to the network", "", "requests.get(url, timeout=5)", "requests.post(url)", true},
		{"functions in another order", "", "def fetch(url):\n    return requests.get(url, timeout=5).content\n\n", "", true},
		{"another name for the module", "", "import pickle\n", "import pickle  # noqa\n", true},
		{"another source kind", "", "requests.get(url, timeout=5).content", "open(input(), 'rb').read()", false},
		{"another sink", "", "pickle.loads(data)", "pickle.load(io.BytesIO(data))", false},
		{"another function", "", "def restore", "def load", false},
		{"in a class", "", "def restore(url):\n    data = fetch(url)\n    return pickle.loads(data)\n",
			"class A:\n    def restore(self, url):\n        data = fetch(url)\n        return pickle.loads(data)\n", false},
		{"another argument", "", "pickle.loads(data)", "pickle.loads(data, encoding='bytes')", false},
	} {
		code := strings.Replace(identityStory, tc.from, tc.to, 1) + "\n\ndef again(x):\n    return x\n"
		if tc.name == "functions in another order" {
			code += "\n" + tc.from
		}
		code = strings.Replace(code, "import pickle\n", "import io\nimport pickle\n", 1)
		path := tc.path
		if path == "" {
			path = "app.py"
		}
		if got := identity(path, code); (got == base) != tc.same {
			t.Errorf("%s: same is %v, want %v", tc.name, got == base, tc.same)
		}
	}
}

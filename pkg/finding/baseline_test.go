package finding

import (
	"slices"
	"strings"
	"testing"
)

// scanned makes findings: for each file the lines that load.
func scanned(t *testing.T, files map[string]string) []Finding {
	var fs []Finding
	for path, code := range files {
		f := pyFile(t, path, code)
		module := strings.ReplaceAll(strings.TrimSuffix(path, ".py"), "/", ".")
		for n := range strings.Count(code, "load(") {
			fs = append(fs, Finding{RuleID: "PKL101", Level: Error, SinkName: "load", Function: module + ".f", Sink: stepAt(t, f, "load(", n)})
		}
	}
	return Finish(fs, func(string) string { return "Title" })
}

const loads = "def f(x):\n    a = load(x)\n    b = load(x)\n"

func TestBaseline(t *testing.T) {
	base := NewBaseline(scanned(t, map[string]string{"a.py": loads}), "old", "")
	for _, tc := range []struct {
		name                 string
		files                map[string]string
		fresh, known, absent int
	}{
		{"same", map[string]string{"a.py": loads}, 0, 2, 0},
		{"moved down", map[string]string{"a.py": "\n\nimport x\n" + loads}, 0, 2, 0},
		{"renamed", map[string]string{"pkg/b.py": loads}, 0, 2, 0},
		{"copied", map[string]string{"a.py": loads, "b.py": loads}, 2, 2, 0},
		{"one more", map[string]string{"a.py": loads + "    c = load(x)\n"}, 1, 2, 0},
		{"same again in the function", map[string]string{"a.py": loads + "    b = load(x)\n"}, 1, 2, 0},
		{"one less", map[string]string{"a.py": strings.Replace(loads, "    a = load(x)\n", "", 1)}, 0, 1, 1},
		{"changed", map[string]string{"a.py": strings.Replace(loads, "a = load(x)", "a = load(x, y)", 1)}, 1, 1, 1},
		{"gone", nil, 0, 0, 2},
	} {
		c := base.Compare(scanned(t, tc.files), "2026-11-23")
		if len(c.New) != tc.fresh || len(c.Known) != tc.known || len(c.Absent) != tc.absent {
			t.Errorf("%s: %d new, %d known, %d absent; want %d, %d, %d", tc.name, len(c.New), len(c.Known), len(c.Absent), tc.fresh, tc.known, tc.absent)
		}
		for _, f := range c.Known {
			if f.Silenced == nil || f.Silenced.Reason != "old" || f.Baseline != Unchanged {
				t.Errorf("%s: known finding %+v", tc.name, f)
			}
		}
	}
}

func TestBaselineExpiry(t *testing.T) {
	fs := scanned(t, map[string]string{"a.py": loads})
	base := NewBaseline(fs, "later", "2026-11-23")
	if c := base.Compare(fs, "2026-11-23"); len(c.New) != 0 {
		t.Error("an entry counts on its last day")
	}
	c := base.Compare(fs, "2026-11-24")
	if len(c.New) != 2 || len(c.Expired) != 2 || c.New[0].Baseline != Unchanged || len(c.Absent) != 0 {
		t.Errorf("past the date: %+v", c)
	}
	if c := base.Compare(fs, ""); len(c.New) != 0 {
		t.Error("without a date nothing is past it")
	}
}

func TestBaselineFile(t *testing.T) {
	fs := scanned(t, map[string]string{"b.py": loads, "a.py": loads})
	b := NewBaseline(fs, "<old> & \"new\"", "2027-01-31")
	data := b.Format()
	lines := strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
	if len(lines) != 5 || !slices.IsSortedFunc(b.Entries, func(x, y Entry) int { return strings.Compare(x.File+x.Flow, y.File+y.Flow) }) {
		t.Errorf("not one sorted line for each entry:\n%s", data)
	}
	for _, text := range []string{string(data), strings.ReplaceAll(string(data), "\n", "\r\n"), "\ufeff" + string(data), string(data) + "\n\n"} {
		again, err := ParseBaseline("b.jsonl", []byte(text))
		if err != nil || string(again.Format()) != string(data) {
			t.Errorf("does not survive: %v", err)
		}
	}
	shuffled := slices.Clone(lines[1:])
	slices.Reverse(shuffled)
	again, err := ParseBaseline("b.jsonl", []byte(lines[0]+"\n"+strings.Join(shuffled, "\n")))
	if err != nil || string(again.Format()) != string(data) {
		t.Errorf("depends on the order of lines: %v", err)
	}
}

func TestBaselineMistakes(t *testing.T) {
	for text, want := range map[string]string{
		"":                              "b:1: not a baseline",
		"{}\n":                          "b:1: not a baseline",
		baselineHead + "\n{\"flow\":1}": "b:2: not an entry",
		baselineHead + "\n{\"flow\":\"x\",\"rule\":\"R\",\"file\":\"f\",\"line\":3}":             "b:2: not an entry: json: unknown field \"line\"",
		baselineHead + "\n\n{\"flow\":\"x\"}":                                                    "b:3: an entry needs flow, rule and file",
		baselineHead + "\n<<<<<<< HEAD":                                                          "b:2: a merge conflict",
		baselineHead + "\n{\"flow\":\"x\",\"rule\":\"R\",\"file\":\"f\",\"until\":\"1.1.2027\"}": "b:2: the date \"1.1.2027\"",
		baselineHead + "\n{\"flow\":\"x\",\"rule\":\"R\",\"file\":\"f\"} {}":                     "b:2: more than one entry",
	} {
		if _, err := ParseBaseline("b", []byte(text)); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
	two := baselineHead + "\nx\ny\n"
	if _, err := ParseBaseline("b", []byte(two)); err == nil || !strings.Contains(err.Error(), "b:2:") || !strings.Contains(err.Error(), "b:3:") {
		t.Errorf("not all mistakes are told: %v", err)
	}
}

func TestBaselineUpdateAndPrune(t *testing.T) {
	base := NewBaseline(scanned(t, map[string]string{"a.py": loads}), "old", "")
	now := scanned(t, map[string]string{"renamed.py": strings.Replace(loads, "    a = load(x)\n", "", 1) + "    c = load(x, 1)\n"})
	got := base.Update(now, "new", "2027-01-31")
	var text []string
	for _, e := range got.Entries {
		text = append(text, e.File+" "+e.Reason+" "+e.Until)
	}
	if want := []string{"a.py old ", "renamed.py new 2027-01-31", "renamed.py old "}; !slices.Equal(sorted(text), want) {
		t.Errorf("updated: %q", text)
	}
	if p := got.Prune(now); len(p.Entries) != 2 || p.Entries[0].File != "renamed.py" {
		t.Errorf("pruned: %+v", p.Entries)
	}
	if len(base.Entries) != 2 {
		t.Error("the old baseline was changed")
	}
}

func sorted(s []string) []string { s = slices.Clone(s); slices.Sort(s); return s }

func FuzzParseBaseline(f *testing.F) {
	f.Add([]byte(baselineHead + "\n{\"flow\":\"x\",\"rule\":\"R\",\"file\":\"f\"}\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := ParseBaseline("b", data)
		if err != nil {
			return
		}
		again, err := ParseBaseline("b", b.Format())
		if err != nil || !slices.Equal(again.Entries, b.Entries) {
			t.Errorf("%q: %v", data, err)
		}
	})
}

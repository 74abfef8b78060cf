package config

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"
)

// read writes the text to a file of that name and loads it.
func read(t *testing.T, name, text string) (*Config, error) {
	t.Helper()
	t.Chdir(t.TempDir())
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return Load(name)
}

const everythingYAML = `exclude: [tests, "docs/**"]
select: PKL1*
disable:
  - PKL502
levels: {PKL301: note, untrusted-pickle-load: off}
paths:
  - match: "tests/**"
    disable: [PKL101]
    levels: {"PKL2*": warning}
rules: [security/]
default-rules: false
threat-model: [remote-request, network-response]
min-level: note
min-confidence: medium
fail-on: never
baseline: known.jsonl
ignores:
  require-rule: true
  require-reason: true
  foreign: true
  require-until: true
max-file-size: 100000
gitignore: false
include: src
strict: true
`

const everythingTOML = `[project]
name = "x"
[tool.pickletrace]
exclude = ["tests", "docs/**"]
select = "PKL1*"
disable = [
  "PKL502",
]
rules = ["security/"]
default-rules = false
threat-model = ["remote-request", "network-response"]
min-level = "note"
min-confidence = "medium"
fail-on = "never"
baseline = "known.jsonl"
max-file-size = 100_000
gitignore = false
ignores.require-rule = true
ignores.require-reason = true
ignores.foreign = true
include = ["src"]
strict = true
ignores.require-until = true
[tool.pickletrace.levels]
PKL301 = "note"
untrusted-pickle-load = "off"
[[tool.pickletrace.paths]]
match = "tests/**"
disable = ["PKL101"]
levels = {"PKL2*" = "warning"}
[tool.other]
x = 1
`

func TestEverything(t *testing.T) {
	fromYAML, err := read(t, ".pickletrace.yml", everythingYAML)
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range keys {
		if fromYAML.Line(k.name) == 0 {
			t.Errorf("the test does not set %s", k.name)
		}
		for _, sub := range k.keys {
			if k.shape == isSection && fromYAML.Line(k.name+"."+sub.name) == 0 {
				t.Errorf("the test does not set %s.%s", k.name, sub.name)
			}
		}
	}
	want := &Config{
		File: ".pickletrace.yml", Dir: fromYAML.Dir,
		Exclude: []Word{{"tests", 1}, {"docs/**", 1}}, Select: []Word{{"PKL1*", 2}}, Disable: []Word{{"PKL502", 4}},
		Levels: []Level{{Word{"PKL301", 5}, "note"}, {Word{"untrusted-pickle-load", 5}, "off"}},
		Paths: []Path{{Match: []Word{{"tests/**", 7}}, Disable: []Word{{"PKL101", 8}},
			Levels: []Level{{Word{"PKL2*", 9}, "warning"}}}},
		Rules: []Word{{"security/", 10}}, ThreatModel: []Word{{"remote-request", 12}, {"network-response", 12}},
		MinLevel: "note", MinConfidence: "medium", FailOn: "never", Baseline: "known.jsonl",
		RequireRule: true, RequireReason: true, RequireUntil: true, ForeignIgnore: true, MaxFileSize: 100000, Include: []Word{{"src", 24}}, Strict: true,
		lines: fromYAML.lines,
	}
	if !reflect.DeepEqual(fromYAML, want) {
		t.Errorf("got  %+v\nwant %+v", fromYAML, want)
	}
	fromTOML, err := read(t, "pyproject.toml", everythingTOML)
	if err != nil {
		t.Fatal(err)
	}
	if fromTOML.Disable[0].Line != 7 || fromTOML.Levels[1].Rule.Line != 26 || fromTOML.Line("gitignore") != 17 ||
		fromTOML.Line("ignores.foreign") != 20 || fromTOML.Paths[0].Match[0].Line != 28 {
		t.Errorf("wrong lines: %+v", fromTOML)
	}
	withoutLines(fromTOML)
	withoutLines(want)
	fromTOML.Dir, fromTOML.File = want.Dir, want.File
	if !reflect.DeepEqual(fromTOML, want) {
		t.Errorf("TOML gives %+v\nYAML       %+v", fromTOML, want)
	}
}

// withoutLines makes Configs of different files comparable.
func withoutLines(c *Config) {
	c.lines = nil
	lists := []*[]Word{&c.Include, &c.Exclude, &c.Select, &c.Disable, &c.Rules, &c.ThreatModel, &c.Paths[0].Match, &c.Paths[0].Disable}
	for _, l := range lists {
		for i := range *l {
			(*l)[i].Line = 0
		}
	}
	for _, ls := range [][]Level{c.Levels, c.Paths[0].Levels} {
		for i := range ls {
			ls[i].Rule.Line = 0
		}
	}
}

func TestMistakes(t *testing.T) {
	for text, want := range map[string]string{
		"exlude: [a]\n":                      `f.yml:1: there is no setting "exlude" (did you mean "exclude"?)`,
		"a: 1\nmin-level: loud\n":            "f.yml:1: there is no setting \"a\"\nf.yml:2: min-level must be error, warning or note, not \"loud\"",
		"ignores:\n  require-reasons: true":  `f.yml:2: there is no setting "ignores.require-reasons" (did you mean "require-reason"?)`,
		"gitignore: maybe\n":                 "f.yml:1: gitignore must be true or false, not a string",
		"exclude: {a: b}\n":                  "f.yml:1: exclude must be a string or a list of strings, not a mapping",
		"exclude: [1]\n":                     "f.yml:1: exclude must be a string or a list of strings, not a list",
		"levels: {PKL101: loud}\n":           `f.yml:1: levels.PKL101 must be error, warning, note or off, not "loud"`,
		"levels: [PKL101]\n":                 "f.yml:1: levels must be a mapping of rules to levels, not a list",
		"paths:\n  - disable: [PKL101]\n":    "f.yml:2: paths.match is missing",
		"paths:\n  - match: a\n    level: 1": `f.yml:3: there is no setting "paths.level" (did you mean "levels"?)`,
		"paths: {match: a}\n":                "f.yml:1: paths must be a list of mappings, not a mapping",
		"max-file-size: 1.5\n":               "f.yml:1: max-file-size must be a whole number, not a number",
		"max-file-size: 0\n":                 "f.yml:1: max-file-size must be a number of bytes, or -1 for no limit",
		"select: a\n\nselect: b\n":           "f.yml:3: select is set already on line 1",
		"a: &x [1]\nb: *x\n":                 "f.yml:1: anchors and aliases are not read here: write the value out",
		"- a\n":                              "f.yml:1: the settings must be a mapping, not a list",
		"\n\na: [\n":                         "f.yml:3: not valid YAML: did not find expected node content",
		"{}\n---\n{}\n":                      "f.yml: there is more than one document in the file",
		"? [a]\n: b\n":                       "f.yml:1: a key must be a string",
		"a: [[[[[[[[[[1]]]]]]]]]]\n":         "f.yml:1: nested too deeply",
	} {
		if _, err := read(t, "f.yml", text); err == nil || err.Error() != want {
			t.Errorf("%q gives\n%v\nwant\n%s", text, err, want)
		}
	}
	for text, want := range map[string]string{
		"[tool.pickletrace]\nexlude = []\n":                    `f.toml:2: there is no setting "exlude" (did you mean "exclude"?)`,
		"[tool.pickletrace]\n\nmin-level = \"loud\"\n":         `f.toml:3: min-level must be error, warning or note, not "loud"`,
		"[tool.pickletrace]\nexclude = [\n  \"a\",\n  1,\n]\n": "f.toml:2: exclude must be a string or a list of strings, not a list",
		"[tool.pickletrace\n":                                  "f.toml:1: not valid TOML: ",
		"[tool.pickletrace]\nselect = 'a'\nselect = 'b'\n":     "f.toml:3: not valid TOML: ",
		"[tool.other]\nx = 1\n":                                "f.toml: there is no section [tool.pickletrace]",
	} {
		if _, err := read(t, "f.toml", text); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q gives\n%v\nwant\n%s", text, err, want)
		}
	}
}

func TestEmpty(t *testing.T) {
	for _, text := range []string{"", "# nothing\n", "{}\n", "---\n", "ignores: {}\n"} {
		c, err := read(t, "f.yml", text)
		if err != nil || !c.DefaultRules || !c.GitIgnore || c.File != "f.yml" {
			t.Errorf("%q: %+v, %v", text, c, err)
		}
	}
	if c := Default(); !c.DefaultRules || !c.GitIgnore || c.File != "" {
		t.Errorf("%+v", c)
	}
}

func TestFind(t *testing.T) {
	top := t.TempDir()
	write := func(name, text string) {
		path := filepath.Join(top, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	find := func(start string) string {
		c, err := Find(filepath.Join(top, start), filepath.Join(top, "repo"))
		if err != nil {
			return err.Error()
		}
		if c.File == "" {
			return ""
		}
		rel, _ := filepath.Rel(top, c.Dir)
		return filepath.ToSlash(rel) + "/" + filepath.Base(c.File)
	}
	write(".pickletrace.yml", "above: the repository\n")
	write("repo/a/b/c/x.py", "")
	if got := find("repo/a/b/c"); got != "" {
		t.Errorf("found %s above the repository", got)
	}
	write("repo/pyproject.toml", "[project]\nname = 'pickletrace-user'\n")
	if got := find("repo/a/b/c"); got != "" {
		t.Errorf("found %s without a section", got)
	}
	write("repo/pyproject.toml", "[tool.pickletrace]\nmin-level = 'note'\n")
	if got := find("repo/a/b/c"); got != "repo/pyproject.toml" {
		t.Errorf("found %q", got)
	}
	write("repo/a/.pickletrace.yaml", "")
	write("repo/a/pyproject.toml", "[tool.pickletrace]\n")
	if got := find("repo/a/b/c"); got != "repo/a/.pickletrace.yaml" {
		t.Errorf("found %q, not the nearest", got)
	}
	if got := find("repo"); got != "repo/pyproject.toml" {
		t.Errorf("found %q from the top", got)
	}
	write("repo/a/b/pyproject.toml", "[project\nx = 1\n")
	if got := find("repo/a/b/c"); got != "repo/a/.pickletrace.yaml" {
		t.Errorf("found %q: a broken file of others matters", got)
	}
	write("repo/a/b/pyproject.toml", "[project\n[tool.pickletrace]\n")
	if got := find("repo/a/b/c"); !strings.Contains(got, "pyproject.toml:1: not valid TOML") {
		t.Errorf("found %q instead of a broken file of ours", got)
	}
}

func TestSchema(t *testing.T) {
	var s struct {
		Properties map[string]struct {
			Description string
			Properties  map[string]any
		}
	}
	if err := json.Unmarshal(Schema(), &s); err != nil {
		t.Fatal(err)
	}
	if len(s.Properties) != len(keys) || s.Properties["exclude"].Description == "" || s.Properties["ignores"].Properties["foreign"] == nil {
		t.Errorf("the schema has %d properties: %+v", len(s.Properties), s)
	}
	for _, k := range keys {
		if !strings.Contains(Reference(), "| `"+k.name+"` |") {
			t.Errorf("%s is not in the reference", k.name)
		}
	}
}

// TestSchemaAgrees checks that the schema takes what the program takes and refuses what it refuses.
func TestSchemaAgrees(t *testing.T) {
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(string(Schema())))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("settings.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("settings.json")
	if err != nil {
		t.Fatal(err)
	}
	for text, valid := range map[string]bool{
		everythingYAML:                        true,
		"{}":                                  true,
		"exlude: [a]":                         false,
		"min-level: loud":                     false,
		"exclude: {a: b}":                     false,
		"levels: {PKL101: loud}":              false,
		"paths: [{match: a, level: 1}]":       false,
		"paths: [{disable: [PKL101]}]":        false,
		"max-file-size: 1.5":                  false,
		"ignores: {require-reasons: true}":    false,
		"ignores: {require-reason: 'always'}": false,
	} {
		var v any
		if err := yaml.Unmarshal([]byte(text), &v); err != nil {
			t.Fatal(err)
		}
		_, ours := read(t, "f.yml", text)
		theirs := schema.Validate(v)
		if (ours == nil) != valid || (theirs == nil) != valid {
			t.Errorf("%q: want valid=%v, the program says %v, the schema %v", text, valid, ours, theirs)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(everythingYAML))
	f.Add([]byte(everythingTOML))
	f.Fuzz(func(t *testing.T, data []byte) {
		if root, err := readYAML("f", data); err == nil {
			parse("f", "", root)
		}
		if hasSection(data) {
			if root, err := readTOML("f", data); err == nil {
				parse("f", "", root)
			}
		}
	})
}

package rule_test

import (
	"bytes"
	"flag"
	"io/fs"
	"os"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"

	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/rules"
)

var update = flag.Bool("update", false, "rewrite rules/schema.json")

const schemaFile = "../../rules/schema.json"

func TestSchemaIsUpToDate(t *testing.T) {
	want := rule.Schema()
	if *update {
		if err := os.WriteFile(schemaFile, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("rules/schema.json differs from the language in lang.go; run go test ./pkg/rule -update")
	}
}

func compileSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(rule.Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func validate(t *testing.T, s *jsonschema.Schema, data []byte) error {
	t.Helper()
	var doc any
	if err := yaml.Unmarshal(data, &doc); err != nil {
		t.Fatal(err)
	}
	return s.Validate(doc)
}

func TestSchemaAcceptsPacks(t *testing.T) {
	s := compileSchema(t)
	names, err := fs.Glob(rules.FS, "*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatal("no packs", err)
	}
	for _, name := range names {
		data, err := fs.ReadFile(rules.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		if err := validate(t, s, data); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The schema is printed from the tree of shapes that Load checks with, so it must refuse what that refuses.
func TestSchemaRefuses(t *testing.T) {
	s := compileSchema(t)
	const head = "schema: 1\npack: {id: p, version: 1.0}\n"
	if err := validate(t, s, []byte(head)); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{
		"sink: []",
		"sinks: [{id: a, call: b.c, reads: value}]",
		"sinks: [{id: a, call: b.c, input: retrun, reads: value}]",
		"sinks: [{id: a, call: b.c, input: {arg: 0}, reads: all}]",
		"sinks: [{id: a, call: b.c, input: {arg: 0}, reads: value, cases: [{when: {arg.x: tru}, verdict: safe}]}]",
		"sinks: [{id: a, call: b.c, input: {arg: 0}, reads: value, cases: [{when: {arg.x: {const: a, matches: b}}, verdict: safe}]}]",
		"sources: [{id: a, kind: k, call: b.c, attr: b.d}]",
		"sources: [{id: a, kind: k}]",
		"sources: [{id: a, kind: k, param: {names: [x]}}]",
		"sources: [{id: a, kind: k, param: {passed-to: a.b, function-name: x}}]",
		"libraries: {torch: {pypi: torch, stdlib: true}}",
		"levels: {PKL101: loud}",
	} {
		if err := validate(t, s, []byte(head+bad)); err == nil {
			t.Errorf("the schema accepts %s", bad)
		}
		if _, err := rule.LoadFiles(rules.FS, rule.File{Name: "u.yaml", Data: []byte(head + bad)}); err == nil {
			t.Errorf("Load accepts %s", bad)
		}
	}
}

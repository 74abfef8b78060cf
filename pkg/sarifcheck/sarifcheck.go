// Package sarifcheck tests SARIF files: it takes one and says what code scanning services would object to beyond its
// schema, as one check for each rule of the public validator, by the validator's ID. Only tests use it. It sees no more
// than the first run of a file.
package sarifcheck

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// Object is a decoded JSON object.
type Object = map[string]any

// A Log is a decoded SARIF file with one run. What is missing is empty.
type Log struct{ Doc Object }

func (l Log) Run() Object    { return Obj(first(List(l.Doc["runs"]))) }
func (l Log) Driver() Object { return Obj(Obj(l.Run()["tool"])["driver"]) }
func (l Log) Results() []any { return List(l.Run()["results"]) }
func (l Log) Rules() []any   { return List(l.Driver()["rules"]) }

func first(a []any) any {
	if len(a) == 0 {
		return nil
	}
	return a[0]
}

// Obj, List and Str give a value that has the type, or an empty one.
func Obj(v any) Object { o, _ := v.(Object); return o }
func List(v any) []any { a, _ := v.([]any); return a }
func Str(v any) string { s, _ := v.(string); return s }

// At follows keys of objects in objects.
func At(v any, path ...string) any {
	for _, p := range path {
		v = Obj(v)[p]
	}
	return v
}

// Walk calls do for every object in v.
func Walk(v any, do func(Object)) {
	switch v := v.(type) {
	case Object:
		do(v)
		for _, x := range v {
			Walk(x, do)
		}
	case []any:
		for _, x := range v {
			Walk(x, do)
		}
	}
}

// physical calls do for every physicalLocation in v.
func physical(v any, do func(Object)) {
	Walk(v, func(o Object) {
		if p := Obj(o["physicalLocation"]); p != nil {
			do(p)
		}
	})
}

// Parse decodes a file.
func Parse(data []byte) (Log, error) {
	var l Log
	err := json.Unmarshal(data, &l.Doc)
	return l, err
}

// Failed gives the IDs of the checks that fail, with what they say.
func (l Log) Failed() map[string]string {
	out := map[string]string{}
	for _, c := range checks {
		c.run(l, func(format string, args ...any) {
			if out[c.id] == "" {
				out[c.id] = fmt.Sprintf(format, args...)
			}
		})
	}
	return out
}

// IDs names all checks.
func IDs() []string {
	var out []string
	for _, c := range checks {
		out = append(out, c.id)
	}
	return out
}

//go:embed sarif-2.1.0-errata01.json
var schemaText []byte

var schema = sync.OnceValue(func() *jsonschema.Schema {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(schemaText))
	if err != nil {
		panic(err) // the file is part of this package
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("sarif.json", doc); err != nil {
		panic(err)
	}
	return c.MustCompile("sarif.json")
})

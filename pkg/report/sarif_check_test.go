package report

import (
	"fmt"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// What code scanning services demand of a SARIF file beyond its schema, as one check for each rule of the public
// validator, by the validator's ID. A check says what is wrong.

type object = map[string]any

// log gives easy access to a decoded SARIF file with one run.
type sarifLog struct{ doc object }

func (l sarifLog) run() object     { return obj(list(l.doc["runs"])[0]) }
func (l sarifLog) driver() object  { return obj(obj(l.run()["tool"])["driver"]) }
func (l sarifLog) results() []any  { return list(l.run()["results"]) }
func (l sarifLog) rules() []any    { return list(l.driver()["rules"]) }
func obj(v any) object             { o, _ := v.(object); return o }
func list(v any) []any             { a, _ := v.([]any); return a }
func str(v any) string             { s, _ := v.(string); return s }
func at(v any, path ...string) any { return dig(v, path) }

func dig(v any, path []string) any {
	for _, p := range path {
		v = obj(v)[p]
	}
	return v
}

// physical calls do for every physicalLocation in the document.
func physical(v any, do func(object)) {
	walk(v, func(o object) {
		if p := obj(o["physicalLocation"]); p != nil {
			do(p)
		}
	})
}

func walk(v any, do func(object)) {
	switch v := v.(type) {
	case object:
		do(v)
		for _, x := range v {
			walk(x, do)
		}
	case []any:
		for _, x := range v {
			walk(x, do)
		}
	}
}

type sarifCheck struct {
	id    string
	check func(l sarifLog, fail func(format string, args ...any))
}

var (
	ruleIDForm   = regexp.MustCompile(`^[A-Z]{2,5}\d{3,4}$`)
	pascalForm   = regexp.MustCompile(`^([A-Z][a-z0-9]*)+$`)
	uriReference = regexp.MustCompile(`^(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*$`)
	versionForm  = regexp.MustCompile(`^\d+(\.\d+)+`)
)

var sarifChecks = []sarifCheck{
	{"schema", func(l sarifLog, fail func(string, ...any)) {
		if err := sarifSchemaOf().Validate(any(l.doc)); err != nil {
			fail("%v", err)
		}
	}},
	{"GH1001", func(l sarifLog, fail func(string, ...any)) {
		for i, r := range l.results() {
			locs := list(obj(r)["locations"])
			if len(locs) == 0 || str(at(locs[0], "physicalLocation", "artifactLocation", "uri")) == "" {
				fail("result %d has no location", i)
			}
		}
	}},
	{"GH1002", func(l sarifLog, fail func(string, ...any)) {
		walk(l.doc, func(o object) {
			for _, loc := range list(o["threadFlows"]) {
				for _, tfl := range list(obj(loc)["locations"]) {
					if _, has := obj(tfl)["index"]; has || obj(tfl)["location"] == nil {
						fail("a flow location is not inline")
					}
				}
			}
		})
	}},
	{"GH1003", func(l sarifLog, fail func(string, ...any)) {
		for i, r := range l.results() {
			for _, loc := range list(obj(r)["locations"]) {
				if n, ok := at(loc, "physicalLocation", "region", "startLine").(float64); !ok || n < 1 {
					fail("result %d has no line", i)
				}
			}
		}
	}},
	{"GH1004", func(l sarifLog, fail func(string, ...any)) {
		if n := len(l.results()); n > 1000 {
			fail("%d results", n)
		}
		walk(l.results(), func(o object) {
			if o["message"] != nil && len(list(o["locations"])) > 10 && o["ruleId"] != nil {
				fail("more than 10 locations")
			}
			if len(list(o["codeFlows"])) > 100 {
				fail("more than 100 code flows")
			}
			for _, tf := range list(o["threadFlows"]) {
				if n := len(list(obj(tf)["locations"])); n > 100 {
					fail("%d flow locations", n)
				}
			}
		})
	}},
	{"GH1005", func(l sarifLog, fail func(string, ...any)) {
		physical(l.doc, func(p object) {
			if u, err := url.Parse(str(at(p, "artifactLocation", "uri"))); err == nil && u.Scheme != "" && u.Scheme != "file" {
				fail("%s is no place in the repository", u)
			}
		})
	}},
	{"GH1006", func(l sarifLog, fail func(string, ...any)) {
		physical(l.doc, func(p object) {
			if uri := str(at(p, "artifactLocation", "uri")); strings.HasPrefix(uri, "file:") || strings.HasPrefix(uri, "/") {
				fail("%s is absolute", uri)
			}
		})
	}},
	{"GH1007", func(l sarifLog, fail func(string, ...any)) {
		for i, r := range l.results() {
			if str(at(r, "message", "text")) == "" {
				fail("result %d has no message text", i)
			}
		}
	}},
	{"GH1011", func(l sarifLog, fail func(string, ...any)) {
		if strings.Contains(str(l.doc["$schema"]), "rtm") {
			fail("schema of a draft")
		}
	}},
	{"GH1013", func(l sarifLog, fail func(string, ...any)) {
		if str(l.doc["$schema"]) == "" {
			fail("no schema")
		}
	}},
	{"GH1014", func(l sarifLog, fail func(string, ...any)) {
		if _, ok := l.run()["results"].([]any); !ok {
			fail("results is no array")
		}
	}},
	{"GH1018", func(l sarifLog, fail func(string, ...any)) {
		if _, ok := l.driver()["rules"].([]any); !ok {
			fail("rules is no array")
		}
	}},
	{"GH2012", func(l sarifLog, fail func(string, ...any)) {
		for _, r := range l.rules() {
			for _, part := range []string{"shortDescription", "fullDescription", "help"} {
				if str(at(r, part, "text")) == "" {
					fail("rule %v has no %s", obj(r)["id"], part)
				}
			}
		}
	}},
	{"SARIF1001", func(l sarifLog, fail func(string, ...any)) {
		for _, r := range l.rules() {
			if obj(r)["name"] == obj(r)["id"] {
				fail("rule %v is named by its ID", obj(r)["id"])
			}
		}
	}},
	{"SARIF1002", func(l sarifLog, fail func(string, ...any)) {
		walk(l.doc, func(o object) {
			if uri, ok := o["uri"].(string); ok && !uriReference.MatchString(uri) {
				fail("%q is not a URI", uri)
			}
		})
	}},
	{"SARIF1004", func(l sarifLog, fail func(string, ...any)) {
		bases := obj(l.run()["originalUriBaseIds"])
		for id, b := range bases {
			if uri, ok := obj(b)["uri"].(string); ok && !strings.HasSuffix(uri, "/") {
				fail("base %s does not end in a slash", id)
			}
		}
		walk(l.doc, func(o object) {
			if id, ok := o["uriBaseId"].(string); ok && bases[id] == nil {
				fail("base %s is not declared", id)
			}
			if uri := str(o["uri"]); o["uriBaseId"] != nil && strings.Contains(strings.SplitN(uri, "/", 2)[0], ":") {
				fail("%s is absolute and has a base", uri)
			}
		})
	}},
	{"SARIF1006", func(l sarifLog, fail func(string, ...any)) {
		for _, inv := range list(l.run()["invocations"]) {
			start, end := str(obj(inv)["startTimeUtc"]), str(obj(inv)["endTimeUtc"])
			if end != "" && end < start {
				fail("ends before it starts")
			}
		}
	}},
	{"SARIF1009", func(l sarifLog, fail func(string, ...any)) {
		for i, r := range l.results() {
			n, ok := obj(r)["ruleIndex"].(float64)
			if !ok || int(n) >= len(l.rules()) || obj(l.rules()[int(n)])["id"] != obj(r)["ruleId"] {
				fail("result %d has a wrong rule index", i)
			}
		}
	}},
	{"SARIF1012", func(l sarifLog, fail func(string, ...any)) {
		walk(l.results(), func(o object) {
			if id := str(at(o, "message", "id")); id != "" {
				fail("message %s is not defined", id)
			}
		})
	}},
	{"SARIF2004", func(l sarifLog, fail func(string, ...any)) {
		walk(l.doc, func(o object) {
			for k, v := range o {
				if v == -1.0 {
					fail("%s is -1", k)
				}
			}
		})
	}},
	{"SARIF2005", func(l sarifLog, fail func(string, ...any)) {
		if str(l.driver()["informationUri"]) == "" || !versionForm.MatchString(str(l.driver()["version"])) {
			fail("no home page or numeric version")
		}
	}},
	{"SARIF2009", func(l sarifLog, fail func(string, ...any)) {
		for _, r := range l.rules() {
			if !ruleIDForm.MatchString(str(obj(r)["id"])) || !pascalForm.MatchString(str(obj(r)["name"])) {
				fail("rule %v is named %v", obj(r)["id"], obj(r)["name"])
			}
		}
	}},
	{"SARIF2017", func(l sarifLog, fail func(string, ...any)) {
		for i, r := range l.results() {
			for _, loc := range list(obj(r)["locations"]) {
				if at(loc, "physicalLocation", "region") == nil {
					fail("result %d has no region", i)
				}
			}
		}
	}},
	{"no-null", func(l sarifLog, fail func(string, ...any)) {
		walk(l.doc, func(o object) {
			for k, v := range o {
				if v == nil {
					fail("%s is null", k)
				}
			}
		})
	}},
	{"paths", func(l sarifLog, fail func(string, ...any)) {
		walk(l.doc, func(o object) {
			if uri, ok := o["uri"].(string); ok && o["uriBaseId"] != nil &&
				(slices.Contains(strings.Split(uri, "/"), "..") || strings.HasPrefix(uri, "./")) {
				fail("%s leaves the repository", uri)
			}
		})
	}},
}

var sarifSchemaOf = sync.OnceValue(func() *jsonschema.Schema {
	return mustSchema("testdata/sarif-2.1.0-errata01.json")
})

func mustSchema(path string) *jsonschema.Schema {
	f, err := os.Open(path)
	if err != nil {
		panic(err)
	}
	defer f.Close()
	doc, err := jsonschema.UnmarshalJSON(f)
	if err != nil {
		panic(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource(path, doc); err != nil {
		panic(err)
	}
	return c.MustCompile(path)
}

// failedChecks gives the IDs of the checks that fail, with what they say.
func failedChecks(doc object) map[string]string {
	out := map[string]string{}
	for _, c := range sarifChecks {
		c.check(sarifLog{doc}, func(format string, args ...any) {
			if out[c.id] == "" {
				out[c.id] = fmt.Sprintf(format, args...)
			}
		})
	}
	return out
}

// TestSARIFIsClean runs every check on every archive, with and without what is left out by default.
func TestSARIFIsClean(t *testing.T) {
	for name, a := range archives(t) {
		for _, all := range []bool{false, true} {
			doc := decodeLog(t, render(t, SARIF, parseSample(t, a), goldenOptions(all)))
			for id, msg := range failedChecks(doc) {
				t.Errorf("%s, all=%v: %s: %s", name, all, id, msg)
			}
		}
	}
	for id, msg := range failedChecks(richLog(t)) {
		t.Errorf("rich: %s: %s", id, msg)
	}
}

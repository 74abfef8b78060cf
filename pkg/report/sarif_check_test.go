package report

import (
	"os"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/pkg/sarifcheck"
	packs "github.com/pickletrace/pickletrace/rules"
)

type (
	object   = sarifcheck.Object
	sarifLog = sarifcheck.Log
)

var (
	obj, list, str = sarifcheck.Obj, sarifcheck.List, sarifcheck.Str
	at, walk       = sarifcheck.At, sarifcheck.Walk
)

func logOf(doc object) sarifLog { return sarifLog{Doc: doc} }

// failedChecks gives the IDs of the checks that fail, with what they say.
func failedChecks(doc object) map[string]string { return logOf(doc).Failed() }

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

// TestSARIFIsClean runs every check on every archive, with and without what is left out by default, and keeps the files
// for the public validator.
func TestSARIFIsClean(t *testing.T) {
	pack, err := rule.Load(packs.FS)
	if err != nil {
		t.Fatal(err)
	}
	logs := map[string][]byte{
		"rich":  render(t, SARIF, richResult(t), richOptions()),
		"empty": render(t, SARIF, &Result{}, Options{}),
		"packs": render(t, SARIF, &Result{Pack: pack, Version: "1.2.3"}, Options{}),
		"cut":   render(t, SARIF, made(t, 60, 250), Options{MaxResults: 40, MaxBytes: 1 << 20}),
	}
	logs["merged"], _ = merged(t, Options{}, part(t, nil, "a", "b"), part(t, nil, "c", "d"), part(t, nil, "e", "f"))
	for name, a := range archives(t) {
		logs[name] = render(t, SARIF, parseSample(t, a), goldenOptions(false))
		logs[name+"-all"] = render(t, SARIF, parseSample(t, a), goldenOptions(true))
	}
	for name, data := range logs {
		for id, msg := range failedChecks(decodeLog(t, data)) {
			t.Errorf("%s: %s: %s", name, id, msg)
		}
		sarifcheck.Keep(t, name, data)
	}
}

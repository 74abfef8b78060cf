package report

import (
	"slices"
	"strconv"
	"testing"

	"github.com/pickletrace/pickletrace/pkg/sarifcheck"
)

// TestSARIFChecksFire damages the rich log in one way after the other and names the checks that must see it, as the
// public validator does. A check that never fires proves nothing.
func TestSARIFChecksFire(t *testing.T) {
	for _, m := range sarifMutations {
		t.Run(m.name, func(t *testing.T) {
			doc := richLog(t)
			m.damage(logOf(doc), firstFlow(t, doc))
			got := failedChecks(doc)
			for _, id := range m.want {
				if got[id] == "" {
					t.Errorf("%s does not fire", id)
				}
			}
			if len(m.want) == 0 && len(got) > 0 {
				t.Errorf("fires without reason: %v", got)
			}
		})
	}
	fired := map[string]bool{}
	for _, m := range sarifMutations {
		for _, id := range m.want {
			fired[id] = true
		}
	}
	for _, id := range sarifcheck.IDs() {
		if !fired[id] {
			t.Errorf("no mutation for %s", id)
		}
	}
}

// firstFlow gives the first result with a flow.
func firstFlow(t testing.TB, doc object) object {
	for _, r := range logOf(doc).Results() {
		if obj(r)["codeFlows"] != nil {
			return obj(r)
		}
	}
	t.Fatal("no result with a flow")
	return nil
}

func repeat(v any, n int) []any {
	out := make([]any, n)
	for i := range out {
		out[i] = v
	}
	return out
}

func firstLocation(r object) object { return obj(at(list(r["locations"])[0], "physicalLocation")) }
func setURI(r object, uri string)   { obj(firstLocation(r)["artifactLocation"])["uri"] = uri }
func threadFlow(r object) object    { return obj(list(obj(list(r["codeFlows"])[0])["threadFlows"])[0]) }
func invocation(l sarifLog) object  { return obj(list(l.Run()["invocations"])[0]) }
func region(r object) object        { return obj(firstLocation(r)["region"]) }

func suppressed(l sarifLog) object {
	i := slices.IndexFunc(l.Results(), func(r any) bool { return obj(r)["suppressions"] != nil })
	return obj(list(obj(l.Results()[i])["suppressions"])[0])
}

var sarifMutations = []struct {
	name   string
	damage func(l sarifLog, r object)
	want   []string
}{
	{"nothing", func(l sarifLog, r object) {}, nil},
	{"no locations", func(l sarifLog, r object) { delete(r, "locations") }, []string{"GH1001"}},
	{"empty locations", func(l sarifLog, r object) { r["locations"] = []any{} }, []string{"GH1001"}},
	{"no region", func(l sarifLog, r object) {
		delete(firstLocation(r), "region")
		delete(firstLocation(r), "contextRegion")
	}, []string{"GH1003", "SARIF2017"}},
	{"flow location by index", func(l sarifLog, r object) {
		steps := list(threadFlow(r)["locations"])
		l.Run()["threadFlowLocations"] = []any{steps[0]}
		steps[0] = object{"index": 0.0}
	}, []string{"GH1002"}},
	{"message by id only", func(l sarifLog, r object) {
		r["message"] = object{"id": "default", "arguments": []any{"a", "b"}}
	}, []string{"GH1007", "SARIF1012"}},
	{"message by text and id", func(l sarifLog, r object) {
		obj(r["message"])["id"] = "default"
	}, []string{"SARIF1012"}},
	{"absolute file", func(l sarifLog, r object) { setURI(r, "file:///elsewhere/app/net.py") }, []string{"GH1006", "SARIF1004"}},
	{"web address", func(l sarifLog, r object) { setURI(r, "https://x/app/net.py") }, []string{"GH1005", "SARIF1004"}},
	{"backslash", func(l sarifLog, r object) { setURI(r, `app\net.py`) }, []string{"SARIF1002"}},
	{"blank not encoded", func(l sarifLog, r object) { setURI(r, "my app/net.py") }, []string{"SARIF1002"}},
	{"above the root", func(l sarifLog, r object) { setURI(r, "../net.py") }, []string{"paths"}},
	{"no rules", func(l sarifLog, r object) { delete(l.Driver(), "rules") }, []string{"GH1018", "SARIF1009"}},
	{"no help", func(l sarifLog, r object) { delete(obj(l.Rules()[0]), "help") }, []string{"GH2012"}},
	{"rule named by ID", func(l sarifLog, r object) {
		obj(l.Rules()[0])["name"] = obj(l.Rules()[0])["id"]
	}, []string{"SARIF1001"}},
	{"rule with an odd name", func(l sarifLog, r object) { obj(l.Rules()[0])["name"] = "odd-name" }, []string{"SARIF2009"}},
	{"results null", func(l sarifLog, r object) { l.Run()["results"] = nil }, []string{"schema", "GH1014", "no-null"}},
	{"results absent", func(l sarifLog, r object) { delete(l.Run(), "results") }, []string{"GH1014"}},
	{"eleven locations", func(l sarifLog, r object) { r["locations"] = repeat(list(r["locations"])[0], 11) }, []string{"GH1004"}},
	{"101 steps", func(l sarifLog, r object) {
		threadFlow(r)["locations"] = repeat(list(threadFlow(r)["locations"])[0], 101)
	}, []string{"GH1004"}},
	{"1001 results", func(l sarifLog, r object) {
		var all []any
		for i := range 1001 {
			c := object{"partialFingerprints": object{"primaryLocationLineHash": strconv.Itoa(i)}}
			for k, v := range r {
				if k != "partialFingerprints" {
					c[k] = v
				}
			}
			all = append(all, c)
		}
		l.Run()["results"] = all
	}, []string{"GH1004"}},
	{"no schema", func(l sarifLog, r object) { delete(l.Doc, "$schema") }, []string{"GH1013"}},
	{"schema of a draft", func(l sarifLog, r object) {
		l.Doc["$schema"] = "https://schemastore.azurewebsites.net/schemas/json/sarif-2.1.0-rtm.5.json"
	}, []string{"GH1011"}},
	{"no bases", func(l sarifLog, r object) { delete(l.Run(), "originalUriBaseIds") }, []string{"SARIF1004"}},
	{"base without slash", func(l sarifLog, r object) {
		obj(at(l.Run(), "originalUriBaseIds", sourceRoot))["uri"] = "file:///github/workspace"
	}, []string{"SARIF1004"}},
	{"message without a full stop", func(l sarifLog, r object) { obj(r["message"])["text"] = "Untrusted data" }, nil},
	{"ends before it starts", func(l sarifLog, r object) {
		invocation(l)["endTimeUtc"] = "2026-11-23T04:00:00Z"
	}, []string{"SARIF1006"}},
	{"column 0", func(l sarifLog, r object) { region(r)["startColumn"] = 0.0 }, []string{"schema"}},
	{"index of nothing", func(l sarifLog, r object) { obj(firstLocation(r)["artifactLocation"])["index"] = -1.0 }, []string{"SARIF2004"}},
	{"suppression without guid", func(l sarifLog, r object) { suppressed(l)["guid"] = nil }, []string{"schema", "no-null"}},
	{"version of words", func(l sarifLog, r object) { l.Driver()["version"] = "devel" }, []string{"SARIF2005"}},
}

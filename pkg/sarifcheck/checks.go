package sarifcheck

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
)

// A check is what one rule of the validator demands.
type check struct {
	id  string
	run func(l Log, fail func(format string, args ...any))
}

var (
	// RuleID is the form of a rule's ID, with the level that its descriptor is for.
	RuleID       = regexp.MustCompile(`^[A-Z]{2,5}\d{3,4}(/(error|warning|note))?$`)
	pascalForm   = regexp.MustCompile(`^([A-Z][a-z0-9]*)+$`)
	uriReference = regexp.MustCompile(`^(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*$`)
	versionForm  = regexp.MustCompile(`^\d+(\.\d+)+`)
)

var checks = []check{
	{"schema", func(l Log, fail func(string, ...any)) {
		if err := schema().Validate(any(l.Doc)); err != nil {
			fail("%v", err)
		}
	}},
	{"GH1001", func(l Log, fail func(string, ...any)) {
		for i, r := range l.Results() {
			locs := List(Obj(r)["locations"])
			if len(locs) == 0 || Str(At(locs[0], "physicalLocation", "artifactLocation", "uri")) == "" {
				fail("result %d has no location", i)
			}
		}
	}},
	{"GH1002", func(l Log, fail func(string, ...any)) {
		Walk(l.Doc, func(o Object) {
			for _, loc := range List(o["threadFlows"]) {
				for _, tfl := range List(Obj(loc)["locations"]) {
					if _, has := Obj(tfl)["index"]; has || Obj(tfl)["location"] == nil {
						fail("a flow location is not inline")
					}
				}
			}
		})
	}},
	{"GH1003", func(l Log, fail func(string, ...any)) {
		for i, r := range l.Results() {
			for _, loc := range List(Obj(r)["locations"]) {
				if n, ok := At(loc, "physicalLocation", "region", "startLine").(float64); !ok || n < 1 {
					fail("result %d has no line", i)
				}
			}
		}
	}},
	{"GH1004", func(l Log, fail func(string, ...any)) {
		if n := len(l.Results()); n > 1000 {
			fail("%d results", n)
		}
		Walk(l.Results(), func(o Object) {
			if o["message"] != nil && len(List(o["locations"])) > 10 && o["ruleId"] != nil {
				fail("more than 10 locations")
			}
			if len(List(o["codeFlows"])) > 100 {
				fail("more than 100 code flows")
			}
			for _, tf := range List(o["threadFlows"]) {
				if n := len(List(Obj(tf)["locations"])); n > 100 {
					fail("%d flow locations", n)
				}
			}
		})
	}},
	{"GH1005", func(l Log, fail func(string, ...any)) {
		physical(l.Doc, func(p Object) {
			if u, err := url.Parse(Str(At(p, "artifactLocation", "uri"))); err == nil && u.Scheme != "" && u.Scheme != "file" {
				fail("%s is no place in the repository", u)
			}
		})
	}},
	{"GH1006", func(l Log, fail func(string, ...any)) {
		physical(l.Doc, func(p Object) {
			if uri := Str(At(p, "artifactLocation", "uri")); strings.HasPrefix(uri, "file:") || strings.HasPrefix(uri, "/") {
				fail("%s is absolute", uri)
			}
		})
	}},
	{"GH1007", func(l Log, fail func(string, ...any)) {
		for i, r := range l.Results() {
			if Str(At(r, "message", "text")) == "" {
				fail("result %d has no message text", i)
			}
		}
	}},
	{"GH1011", func(l Log, fail func(string, ...any)) {
		if strings.Contains(Str(l.Doc["$schema"]), "rtm") {
			fail("schema of a draft")
		}
	}},
	{"GH1013", func(l Log, fail func(string, ...any)) {
		if Str(l.Doc["$schema"]) == "" {
			fail("no schema")
		}
	}},
	{"GH1014", func(l Log, fail func(string, ...any)) {
		if _, ok := l.Run()["results"].([]any); !ok {
			fail("results is no array")
		}
	}},
	{"GH1018", func(l Log, fail func(string, ...any)) {
		if _, ok := l.Driver()["rules"].([]any); !ok {
			fail("rules is no array")
		}
	}},
	{"GH2012", func(l Log, fail func(string, ...any)) {
		for _, r := range l.Rules() {
			for _, part := range []string{"shortDescription", "fullDescription", "help"} {
				if Str(At(r, part, "text")) == "" {
					fail("rule %v has no %s", Obj(r)["id"], part)
				}
			}
		}
	}},
	{"SARIF1001", func(l Log, fail func(string, ...any)) {
		for _, r := range l.Rules() {
			if Obj(r)["name"] == Obj(r)["id"] {
				fail("rule %v is named by its ID", Obj(r)["id"])
			}
		}
	}},
	{"SARIF1002", func(l Log, fail func(string, ...any)) {
		Walk(l.Doc, func(o Object) {
			if uri, ok := o["uri"].(string); ok && !uriReference.MatchString(uri) {
				fail("%q is not a URI", uri)
			}
		})
	}},
	{"SARIF1004", func(l Log, fail func(string, ...any)) {
		bases := Obj(l.Run()["originalUriBaseIds"])
		for id, b := range bases {
			if uri, ok := Obj(b)["uri"].(string); ok && !strings.HasSuffix(uri, "/") {
				fail("base %s does not end in a slash", id)
			}
		}
		Walk(l.Doc, func(o Object) {
			if id, ok := o["uriBaseId"].(string); ok && bases[id] == nil {
				fail("base %s is not declared", id)
			}
			if uri := Str(o["uri"]); o["uriBaseId"] != nil && strings.Contains(strings.SplitN(uri, "/", 2)[0], ":") {
				fail("%s is absolute and has a base", uri)
			}
		})
	}},
	{"SARIF1006", func(l Log, fail func(string, ...any)) {
		for _, inv := range List(l.Run()["invocations"]) {
			start, _ := time.Parse(time.RFC3339, Str(Obj(inv)["startTimeUtc"]))
			end, err := time.Parse(time.RFC3339, Str(Obj(inv)["endTimeUtc"]))
			if err == nil && end.Before(start) {
				fail("ends before it starts")
			}
		}
	}},
	{"SARIF1009", func(l Log, fail func(string, ...any)) {
		for i, r := range l.Results() {
			n, ok := Obj(r)["ruleIndex"].(float64)
			if !ok || int(n) >= len(l.Rules()) || Obj(l.Rules()[int(n)])["id"] != Obj(r)["ruleId"] {
				fail("result %d has a wrong rule index", i)
			}
		}
	}},
	{"SARIF1012", func(l Log, fail func(string, ...any)) {
		Walk(l.Results(), func(o Object) {
			if id := Str(At(o, "message", "id")); id != "" {
				fail("message %s is not defined", id)
			}
		})
	}},
	{"SARIF2004", func(l Log, fail func(string, ...any)) {
		Walk(l.Doc, func(o Object) {
			for k, v := range o {
				if v == -1.0 {
					fail("%s is -1", k)
				}
			}
		})
	}},
	{"SARIF2005", func(l Log, fail func(string, ...any)) {
		if Str(l.Driver()["informationUri"]) == "" || !versionForm.MatchString(Str(l.Driver()["version"])) {
			fail("no home page or numeric version")
		}
	}},
	{"SARIF2009", func(l Log, fail func(string, ...any)) {
		for _, r := range l.Rules() {
			if !RuleID.MatchString(Str(Obj(r)["id"])) || !pascalForm.MatchString(Str(Obj(r)["name"])) {
				fail("rule %v is named %v", Obj(r)["id"], Obj(r)["name"])
			}
		}
	}},
	{"SARIF2017", func(l Log, fail func(string, ...any)) {
		for i, r := range l.Results() {
			for _, loc := range List(Obj(r)["locations"]) {
				if At(loc, "physicalLocation", "region") == nil {
					fail("result %d has no region", i)
				}
			}
		}
	}},
	{"no-null", func(l Log, fail func(string, ...any)) {
		Walk(l.Doc, func(o Object) {
			for k, v := range o {
				if v == nil {
					fail("%s is null", k)
				}
			}
		})
	}},
	{"paths", func(l Log, fail func(string, ...any)) {
		Walk(l.Doc, func(o Object) {
			if uri, ok := o["uri"].(string); ok && o["uriBaseId"] != nil &&
				(slices.Contains(strings.Split(uri, "/"), "..") || strings.HasPrefix(uri, "./")) {
				fail("%s leaves the repository", uri)
			}
		})
	}},
}

package rule_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/pickletrace/pickletrace/pkg/rule"
)

// base is a small pack to which the tests below add.
const base = `schema: 1
pack: {id: base, version: 1.0}
kinds:
  remote-request: {title: data from a request}
  network-response: {title: data from the network}
libraries:
  lib: {pypi: lib, same: {lib.old: lib.new}}
sinks:
  - id: lib-load
    call: lib.load
    input: {arg: [0, f]}
    reads: content
    args: {flag: 2}
    cases:
      - {when: {arg.flag: true}, verdict: report, as: opt-out}
      - {verdict: safe}
  - {id: lib-loads, call: lib.loads, input: {arg: 0}, reads: value}
sources:
  - {id: lib-get, kind: network-response, call: "lib.{get,post}", clean: [status, "is_*"]}
rules:
  - {id: PKL101, name: bad-load, title: T, why: W, fix: F, cwe: 502, flow: {from: any, to: [lib-load, lib-loads]}, level: error, bad: x, good: y}
`

func load(t *testing.T, text string) *rule.Pack {
	t.Helper()
	p, err := rule.LoadFiles(fstest.MapFS{}, rule.File{Name: "base.yaml", Data: []byte(text)})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func loadErr(text string) error {
	_, err := rule.LoadFiles(fstest.MapFS{}, rule.File{Name: "p.yaml", Data: []byte(text)})
	return err
}

const head = "schema: 1\npack: {id: p, version: 1.0}\n"

// Each text follows head, so its first line is line 3.
func TestMistakes(t *testing.T) {
	tests := []struct{ text, want string }{
		// Keys and types.
		{"sinc: []", `p.yaml:3:1: unknown key "sinc" in a pack (did you mean "sinks"?)`},
		{"zzzzzzzz: []", `unknown key "zzzzzzzz" in a pack; known: schema, pack, extends`},
		{"sinks:\n  - {id: a, call: b, input: return, read: value}", `p.yaml:4:37: unknown key "read" in a sink (did you mean "reads"?)`},
		{"intrinsics: {leave: a.b, leaves: a.c}", `p.yaml:3:26: unknown key "leaves" in intrinsics (did you mean "leave"?)`},
		{"intrinsics:\n  leave: [a.b]\n  cast: [a.c, a.b]", `p.yaml:5:15: intrinsic a.b is already defined at p.yaml:4:11`},
		{"intrinsics: {leave: a.*.b}", `p.yaml:3:21: a.*.b: an intrinsic is of a whole name, or of a method: *.name`},
		{"libraries: {lib: {pypi: lib, same: {lib.old: lib.new}}}\nintrinsics: {leave: lib.old}", `p.yaml:4:21: lib.old never matches: lib.old is an alias; write lib.new`},
		{"validators: [{id: a, weak: b.c, weak-names: md5, clears: all}]", `p.yaml:3:45: weak-names goes with digest`},
		{"words: {common: a.b}", `p.yaml:3:17: "a.b" is not a Python name`},
		{"sinks: {id: a}", `p.yaml:3:8: want a list, each a sink (a mapping), not a mapping`},
		{"sinks: [a]", `want a sink (a mapping), not "a"`},
		{"sources: [{id: a, kind: [k], call: b}]", `p.yaml:3:25: want a kind id, not a list`},
		{"kinds: {a: {title: 5}}", `want words; quote it: "5"`},
		{"kinds: {a: {title: ''}}", `p.yaml:3:20: want words; this is empty`},
		{"kinds: {a: {title: }}", `want words; there is nothing here`},
		{"kinds: {A: {title: x}}", `"A" is not a kind id`},
		{"kinds: {a: {title: x}, a: {title: y}}", `p.yaml:3:24: a is given twice; first on line 3`},
		{"kinds: {a: {}}", `p.yaml:3:12: a kind needs title: words for messages`},
		{"sinks: [{id: a, call: b, input: {arg: -1}, reads: value}]", `from 0 to 63, not "-1"`},
		{"sinks: [{id: a, call: b, input: {arg: 0}, reads: contents}]", `"contents" is not value or content (did you mean "content"?)`},
		{"sinks: [{id: a, call: b, input: {arg: 0}, reads: value, cases: [{verdict: sage}]}]", `"sage" is not a verdict (did you mean "safe"?)`},
		{"libraries: {a: {stdlib: yes-please}}", `want true or false, not "yes-please"`},
		{"libraries: {a: {stdlib: false}}", `want true, or leave it out and give pypi`},
		{"disable: !!str x", `YAML tags are not used here`},
		{"<<: {a: b}", `unknown key "<<" in a pack`},
		{"? [a]\n: b", `a key of a pack must be a word`},
		// Groups.
		{"libraries: {a: {same: {}}}", `a library needs exactly one of pypi, stdlib`},
		{"libraries: {a: {pypi: a, stdlib: true}}", `a library can have only one of pypi, stdlib`},
		{"validators: [{id: a, clears: all}]", `a validator needs at least one of digest, weak`},
		{"sources: [{id: a, kind: k, param: {method-of: a, passed-to: b}}]", `param can have only one of decorated-by`},
		// Ids and references.
		{"kinds: {a: {title: x}}\nsources: [{id: s, kind: a, call: b}, {id: s, kind: a, call: c}]", `p.yaml:4:43: source s is already defined at p.yaml:4:16`},
		{"kinds: {net: {title: x}}\nsources: [{id: s, kind: nt, call: b}]", `p.yaml:4:25: unknown kind "nt" (did you mean "net"?)`},
		{"kinds: {a: {title: x}, b: {title: y, before: c}}", `no kind "c" before this one`},
		{"kinds: {any: {title: x}}", `any has a meaning of its own`},
		{"classes: [{id: c, subclass-of: a.B, acts-as: s}]", `unknown sink "s"`},
		{"extends: corr", `unknown pack "corr"`},
		{"disable: [PKL999]", `nothing to disable is called "PKL999"`},
		{"levels: {PKL999: note}", `unknown rule "PKL999"`},
		{"levels: {PKL999: loud}", `"loud" is not a level`},
		{"sinks: [{id: a, call: b, input: args, reads: value, library: c}]", `unknown library "c"`},
		// Patterns.
		{"types: [{call: 'a..b', returns: c}]", `"a..b" is not a pattern of a dotted name`},
		{"types: [{call: 'a b', returns: c}]", `"a b" is not a pattern of a dotted name`},
		{"types: [{call: 'a.{b', returns: c}]", `{ without }, or nested`},
		{"types: [{call: 'a.{b,{c}}', returns: c}]", `{ without }, or nested`},
		{"types: [{call: 'a.b}', returns: c}]", `} or , without {`},
		{"types: [{call: 'a.{b,c-}', returns: c}]", `is not a pattern`},
		{"types: [{call: 'a.{,1}', returns: c}]", `(one alternative is "a.")`},
		{"types: [{call: 'a.**', returns: c}]", `"a.**" is not a pattern`},
		{"types: [{call: '*.x*', returns: c}]", `*.x* is too broad`},
		{"types: [{call: 'a.{1,2,3,4,5,6,7,8,9}', returns: c}]", `is not a pattern`},
		{"types: [{call: '" + strings.Repeat("a", 301) + "', returns: c}]", `of 301 characters; at most 300`},
		{"types: [{call: 'a{b,c,d,e,f,g,h,i,j}{b,c,d,e,f,g,h,i}', returns: c}]", `stands for more than 64 names`},
		{"sinks: [{id: a, call: 'a.b*', input: args, reads: value}]", `a.b*: the last segment must be free of *`},
		{"libraries: {a: {pypi: a, same: {x.y: a.y}}}\ntypes: [{call: x.y.z, returns: c}]", `p.yaml:4:16: x.y.z never matches: x.y.z is an alias; write a.y.z`},
		{"libraries: {a: {pypi: a, same: {x: a}}}\ntypes: [{call: 'x.*', returns: c}]", `x.* never matches: x is an alias; write a.*`},
		{"libraries: {a: {pypi: a, same: {b: c, c: b}}}", `p.yaml:3:33: b: its replacement c never ends`},
		{"libraries: {a: {pypi: a, same: {b: b.c}}}", `b: its replacement b.c never ends`},
		{"libraries: {a: {pypi: a, same: {b: c}}, d: {pypi: d, same: {b: e}}}", `b already stands for c (p.yaml:3:33)`},
		// Slots.
		{"sinks: [{id: a, call: b, input: retrun, reads: value}]", `"retrun" is not a slot (did you mean "return"?)`},
		{"sinks: [{id: a, call: b, input: return, reads: value}]", `input cannot be return here`},
		{"sinks: [{id: a, call: b, input: {arg: 0, args-from: 1}, reads: value}]", `a slot can have only one of arg, args-from`},
		{"sinks: [{id: a, call: b, input: {arg: true}, reads: value}]", `want a position or an argument name`},
		{"sinks: [{id: a, call: b, input: {arg: 0, path: content}, reads: value}]", `"content" is not an access path`},
		{"sinks: [{id: a, call: b, input: 'args.a.b.c.d', reads: value}]", `is not a slot; want return, receiver, args`},
		{"kinds: {k: {title: x}}\nsources: [{id: a, kind: k, attr: b.c, slot: return}]", `slot goes with call only`},
		{"propagators: [{call: a, from: return, to: return}]", `from cannot be return here`},
		{"propagators: [{call: a, from: args}]", `a propagator with from needs to`},
		{"propagators: [{call: a, from: args, to: return, result: return}]", `result goes with invoke only`},
		{"propagators: [{call: a, invoke: {arg: 0}, to: return}]", `to goes with from, not with invoke`},
		{"sinks: [{id: a, call: b, input: {source: k}, reads: value}]", `unknown key "source" in a slot`},
		// Cases and conditions.
		{caseText("{when: {arg.x: tru}, verdict: safe}"), `"tru" is not a condition on an argument (did you mean "true"?)`},
		{caseText("{when: {arg.x: mmap}, verdict: safe}"), `"mmap" is not a condition on an argument; want true, false, none, absent`},
		{caseText("{when: {arg.x: 5}, verdict: safe}"), `{const: …} for a constant`},
		{caseText("{when: {arg.x: null}, verdict: safe}"), `(for Python's None write none)`},
		{caseText("{when: {arg.x: []}, verdict: safe}"), `want at least 1 of a condition on an argument`},
		{caseText("{when: {args.x: true}, verdict: safe}"), `unknown key "args.x" in when; known: receiver, lib, source, path-suffix, beside, and arg.NAME`},
		{caseText("{when: {arg.x: {const: true}}, verdict: safe}"), `write the condition as true, without const`},
		{caseText("{when: {arg.x: {matches: '('}}, verdict: safe}"), `bad regular expression: missing closing )`},
		{caseText("{when: {arg.x: {matches: '(?=a)'}}, verdict: safe}"), `bad regular expression`},
		{caseText("{when: {arg.x: {tainted: [zz]}}, verdict: safe}"), `unknown kind "zz"`},
		{caseText("{when: {arg.x: {matches: a, const: b}}, verdict: safe}"), `can have only one of const, matches`},
		{caseText("{when: {lib: 'lib>=2'}, verdict: safe}"), `unknown library "lib"`},
		{caseText("{when: {lib: '>=2'}, verdict: safe}"), `is not a version condition`},
		{caseText("{when: {lib: 'lib>=two'}, verdict: safe}"), `"two" is not a version`},
		{caseText("{when: {lib: unknown}, verdict: safe}"), `lib: unknown needs a library`},
		{caseText("{when: {source: zz}, verdict: safe}"), `unknown kind "zz"`},
		{caseText("{verdict: safe, lower: 1}"), `lower goes with verdict: report only`},
		{caseText("{verdict: report, lower: 9}"), `want a number of levels from 1 to 3, not "9"`},
		{caseText("{verdict: report, as: default}"), `default stands for rows without a name`},
		{"kinds: {k: {title: x}}\nsources: [{id: a, kind: k, call: b, when: {source: k}}]", `source cannot be asked in sources`},
		// Params.
		{"sources: [{id: a, kind: k, param: {names: x}}]", `param needs at least one of decorated-by`},
		{"sources: [{id: a, kind: k, param: {passed-to: b.c}}]", `passed-to and callback go together`},
		{"sources: [{id: a, kind: k, param: {function-name: f, methods: g}}]", `methods goes with method-of, decorated-by or passed-to`},
		// Rules.
		{ruleText("id: pkl1"), `"pkl1" is not a rule id like PKL101`},
		{ruleText("level: {net: error}"), `with from: any, level needs default`},
		{ruleText("level: {zz: error, default: note}"), `unknown kind "zz"`},
		{ruleText("flow: {from: [net, web], to: s}, level: {net: error}"), `level does not say web, and has no default`},
		{ruleText("flow: {from: any, to: s, cases: [nmed]}"), `no reported case "nmed" in these sinks (did you mean "named"?)`},
		{ruleText("title: " + strings.Repeat("x", 256)), `a title of 256 characters; at most 255`},
		{ruleText("references: ftp://x"), `"ftp://x" is not a URL`},
		{ruleText("cwe: CWE-502"), `want a CWE number, not "CWE-502"`},
		// Documents.
		{"\n---\nschema: 1", `a second YAML document; one file is one pack`},
		{"a: [", `YAML: `},
		{"a: *b", `unknown anchor`},
		{"pack: {id: q, version: 1}", `pack is given twice`},
	}
	for _, tt := range tests {
		err := loadErr(head + tt.text)
		if err == nil {
			t.Errorf("%s\nloads; want %s", tt.text, tt.want)
		} else if !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s\ngot  %v\nwant %s", tt.text, err, tt.want)
		}
	}
}

func caseText(row string) string {
	return "sinks: [{id: a, call: b, input: args, reads: value, cases: [" + row + "]}]"
}

// ruleText is a correct rule with some keys replaced.
func ruleText(change string) string {
	keys := []string{"id: PKL101", "name: n", "title: T", "why: W", "fix: F", "cwe: 502", "flow: {from: any, to: s}", "level: error", "bad: x", "good: y"}
	var out []string
	for _, k := range keys {
		name, _, _ := strings.Cut(k, ":")
		if !strings.Contains(", "+change, ", "+name+":") {
			out = append(out, k)
		}
	}
	return `kinds: {net: {title: n}, web: {title: w}}
sinks: [{id: s, call: a.b, input: args, reads: value, cases: [{verdict: report, as: named}]}]
rules: [{` + strings.Join(append(out, change), ", ") + "}]"
}

func TestMistakesOfDocuments(t *testing.T) {
	tests := []struct{ text, want string }{
		{"", "p.yaml: the file is empty"},
		{"# nothing\n", "p.yaml: the file is empty"},
		{"a", `p.yaml:1:1: want a pack (a mapping), not "a"`},
		{"[a]", "want a pack (a mapping), not a list"},
		{"schema: 2\npack: {id: p, version: 1}", `p.yaml:1:9: want the schema version from 1 to 1, not "2"`},
		{"pack: {id: p, version: 1}", "p.yaml:1:1: a pack needs schema: 1"},
		{"\xff\xfe", "not UTF-8 text"},
		{"a: \x00", "YAML: control characters"},
	}
	for _, tt := range tests {
		err := loadErr(tt.text)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%q: got %v, want %s", tt.text, err, tt.want)
		}
	}
}

// TestAllMistakesAtOnce wants every mistake of every file, in the order of files and places, each a *rule.Mistake.
func TestAllMistakesAtOnce(t *testing.T) {
	files := fstest.MapFS{
		"b.yaml": {Data: []byte(head + "sinks: [{id: a, call: 'a..b', input: retrun, reads: value}]\nkindz: {}\n")},
		"a.yaml": {Data: []byte("schema: 1\npack: {id: a, version: 1}\nsources: [{id: s, kind: none, call: x}]\n")},
		"c.txt":  {Data: []byte("not a pack")},
	}
	want := []string{
		`a.yaml:3:25: unknown kind "none"`,
		`b.yaml:3:23: "a..b" is not a pattern of a dotted name`,
		`b.yaml:3:38: "retrun" is not a slot (did you mean "return"?)`,
		`b.yaml:4:1: unknown key "kindz" in a pack (did you mean "kinds"?)`,
	}
	for range 5 {
		_, err := rule.Load(files)
		if err == nil || err.Error() != strings.Join(want, "\n") {
			t.Fatalf("got\n%v\nwant\n%s", err, strings.Join(want, "\n"))
		}
		var m *rule.Mistake
		if !errors.As(err, &m) || m.At != (rule.Place{File: "a.yaml", Line: 3, Col: 25}) {
			t.Fatalf("the first mistake is %+v", m)
		}
	}
}

func TestManyMistakesAreCounted(t *testing.T) {
	var b strings.Builder
	b.WriteString(head)
	for i := range 500 {
		fmt.Fprintf(&b, "k%d: x\n", i)
	}
	err := loadErr(b.String())
	if err == nil || !strings.Contains(err.Error(), "400 more mistakes not shown") {
		t.Errorf("got %v", err)
	}
}

// TestHostile wants packs that are made to cost much refused at once. The bound is far above what they take (well
// under 50 ms), and far below what reading them would.
func TestHostile(t *testing.T) {
	laughs := head + "a: &a [x,x,x,x,x,x,x,x,x,x]\n"
	for c := 'b'; c <= 'z'; c++ {
		laughs += fmt.Sprintf("%c: &%c [%s]\n", c, c, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*%c,", c-1), 10), ","))
	}
	fewLaughs := head + "a: &a [" + strings.Repeat("x,", 2000) + "]\nb: &b [*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b]\n"
	wide := head + "kinds: {" + strings.Repeat("a: b, ", 60_000) + "}\n"
	tests := map[string]struct{ text, want string }{
		"billion laughs":  {laughs, "more than 16 YAML aliases"},
		"few big aliases": {fewLaughs, "more than"},
		"own alias":       {head + "a: &a [*a]", ""},
		"deep flow":       {head + "a: " + strings.Repeat("[", 100_000), "brackets nested too deep"},
		"deep maps":       {head + "a: " + strings.Repeat("{a: ", 100_000), "brackets nested too deep"},
		"somewhat deep":   {head + "a: " + strings.Repeat("[", 60) + strings.Repeat("]", 60), "nested deeper than 24 levels"},
		"deep block":      {head + "a:\n" + strings.Repeat("- ", 50_000) + "a", ""},
		"huge":            {head + strings.Repeat("# x\n", 1<<20), "a pack has at most 1048576"},
		"wide":            {wide, "more than 100000 values"},
		"long key":        {head + "? " + strings.Repeat("a", 900_000) + "\n: b", "unknown key"},
		"many questions":  {head + strings.Repeat("? ", 50_000), ""},
		"many quotes":     {head + "a: " + strings.Repeat("'\"", 100_000), ""},
		"many kinds":      {manyKinds(), "kinds; at most 60"},
		"many names":      {manyNames(), "more than 50000 names"},
		"many anchors":    {head + "a: [" + strings.Repeat("&a x,", 50_000) + "]", ""},
	}
	for name, tt := range tests {
		err := loadErr(tt.text)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got %.200v, want %s", name, err, tt.want)
		}
	}
}

// manyKinds refers to unknown kinds a thousand times where a thousand are known.
func manyKinds() string {
	var b strings.Builder
	b.WriteString(head + "kinds:\n")
	for i := range 8000 {
		fmt.Fprintf(&b, "  kind-%d: {title: x}\n", i)
	}
	b.WriteString("sources:\n")
	for i := range 8000 {
		fmt.Fprintf(&b, "  - {id: s-%d, kind: kind-x%d, call: a.b}\n", i, i)
	}
	return b.String()
}

// manyNames makes patterns of 64 names each.
func manyNames() string {
	var b strings.Builder
	b.WriteString(head + "types:\n")
	for i := range 9000 {
		fmt.Fprintf(&b, "  - {call: 'a%d{a,b,c,d,e,f,g,h}{a,b,c,d,e,f,g,h}', returns: a}\n", i)
	}
	return b.String()
}

package rule_test

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/rules"
)

func TestMarkdown(t *testing.T) {
	p := load(t, head+`kinds: {net: {title: n}}
sinks: [{id: s, call: a.b, input: args, reads: value}]
rules:
  - id: PKL101
    name: bad-load
    title: T
    why: |
      It runs **code**.
    fix: Use JSON.
    cwe: [502]
    flow: {from: any, to: s}
    level: error
    references: https://example.org/x
    bad:
      - |
        -- get.py --
        import a  # needed
        def get():
            return a.get()  # source net

        -- main.py --
        # want is explained above
        a.b(get())  # want PKL101 from=net
      - second
    good: |
      a.b("# ok")  # ok: a constant
`)
	want := "It runs **code**.\n\n### Example\n\n`get.py`:\n\n```python\nimport a  # needed\ndef get():\n    return a.get()\n```\n\n" +
		"`main.py`:\n\n```python\na.b(get())\n```\n\n### What to do\n\nUse JSON.\n\nThis is not reported:\n\n" +
		"```python\na.b(\"# ok\")\n```\n\n### Silence it\n\n" +
		"Where you know that the data can be trusted, say why on the line of the call:\n\n" +
		"```python\n… # pickletrace: ignore[PKL101] -- reason\n```\n\n" +
		"To turn the rule off, or change its level, in .pickletrace.yml:\n\n" +
		"```yaml\ndisable: [PKL101]\n# or\nlevels: {PKL101: note}\n```\n\n" +
		"### References\n\n- [CWE-502](https://cwe.mitre.org/data/definitions/502.html)\n- <https://example.org/x>\n"
	if got := p.Rules[0].Markdown(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestPage(t *testing.T) {
	p := load(t, head+`kinds: {net: {title: the net}}
sinks: [{id: s, call: [a.b, a.c], input: {arg: [0, f]}, reads: content, cases: [{verdict: report, as: plain}]}]
settings: [{id: mode, names: [MODE], cases: [{when: {arg.value: {const: x}}, verdict: report}]}]
rules:
  - {id: PKL101, name: bad-load, title: T, why: W., fix: F., cwe: [502], flow: {from: [net], to: s, cases: plain}, level: {net: error, default: note},
     since: 0.1.0, changed: {0.2.0: quiet on x, "0.3": loud on y.}, bad: x, good: y}
  - {id: PKL102, name: bad-mode, title: T, why: W., fix: F., cwe: [502], call: {sink: mode}, level: note, bad: x, good: y}
`)
	page := p.Page(p.Rules[0])
	for _, want := range []string{"# PKL101: T\n\n`bad-load`. Precision: high. Since 0.1.0. " +
		"Changed in 0.2.0: quiet on x. Changed in 0.3: loud on y. Pack: p.\n\n| what the data is | level |\n|---|---|\n| the net (`net`) | error |\n| anything else | note |\n\nW.\n",
		p.Rules[0].Markdown(), "### What it looks at\n\n- `a.b`, `a.c`: argument 0 or `f`, and the file it names; cases: plain\n"} {
		if !strings.Contains(page, want) {
			t.Errorf("no %q in\n%s", want, page)
		}
	}
	if page := p.Page(p.Rules[1]); !strings.HasSuffix(page, "- settings `MODE`\n") {
		t.Error(page)
	}
}

// TestMarkdownOfPacks wants no annotation and no unclosed block in the text of any rule.
func TestMarkdownOfPacks(t *testing.T) {
	p, err := rule.Load(rules.FS)
	if err != nil {
		t.Fatal(err)
	}
	annotation := regexp.MustCompile(`# (want|source|ok:|missing|spurious)\b`)
	for _, r := range p.Rules {
		text := r.Markdown()
		if m := annotation.FindString(text); m != "" {
			t.Errorf("%s: %q in its text", r.ID, m)
		}
		if strings.Count(text, "```")%2 != 0 || strings.Contains(text, "\n\n\n\n") {
			t.Errorf("%s: unclosed block or gap in\n%s", r.ID, text)
		}
	}
}

const readme = "../../rules/README.md"

// TestReadmeExamplesLoad loads the YAML blocks of the reference, all in one pack.
func TestReadmeExamplesLoad(t *testing.T) {
	data, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	blocks := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllStringSubmatch(string(data), -1)
	if len(blocks) < 10 {
		t.Fatalf("%d blocks", len(blocks))
	}
	// What the examples refer to and the reference does not define.
	text := `schema: 1
pack: {id: readme, version: 1}
kinds: {registry-unpinned: {title: r}}
libraries: {numpy: {pypi: numpy}}
sinks: [{id: pickle-load, call: pickle.loads, input: args, reads: value}, {id: pickle-load-file, call: pickle.load, input: args, reads: content}]
`
	files := []rule.File{{Name: "start.yaml", Data: []byte(text)}}
	for i, b := range blocks {
		body := strings.ReplaceAll(b[1], "schema: 1\npack: {id: our-company, version: \"1\"}\n", "")
		body = fmt.Sprintf("schema: 1\npack: {id: block-%d, version: 1}\nextends: []\n", i) + body
		files = append(files, rule.File{Name: fmt.Sprintf("block-%d.yaml", i), Data: []byte(body)})
	}
	if _, err := rule.LoadFiles(emptyFS, files...); err != nil {
		t.Error(err)
	}
}

// TestReadmeNamesEveryKey wants each key of the language in the reference.
func TestReadmeNamesEveryKey(t *testing.T) {
	data, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range rule.Keys() {
		if !regexp.MustCompile("`[^`]*\\b" + regexp.QuoteMeta(key) + "\\b[^`]*`").Match(data) {
			t.Errorf("the reference does not name %s", key)
		}
	}
}

package main

import (
	"encoding/csv"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/rules"
)

// derivedNote is what learn writes at the top of a pack of the calls that other packs know.
var derivedNote = regexp.MustCompile(`# Of (\d+) public functions; (\d+) calls confirm what a pack says, (\d+) differ, of (\d+) nothing`)

// TestDerivedPage compares docs/derived.md with the packs of rules/derived.
func TestDerivedPage(t *testing.T) {
	base, err := rule.LoadFiles(rules.FS)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	b.WriteString(derivedHead)
	seconds, listed := column(t, "libraries.csv", 2), column(t, "libraries.csv", 1)
	entries, bytes, spent := 0, 0, 0.0
	for _, name := range base.Derived() {
		file := rule.DerivedFolder + "/" + name + ".yaml"
		data, err := fs.ReadFile(rules.FS, file)
		if err != nil {
			t.Fatal(err)
		}
		p := base.For(func(head string) bool { return head == name })
		n := [4]int{len(p.Sinks) - len(base.Sinks), len(p.Sources) - len(base.Sources), len(p.Propagators) - len(base.Propagators), len(p.Types) - len(base.Types)}
		m := derivedNote.FindStringSubmatch(string(data))
		if m == nil || listed[name] == "" {
			t.Errorf("%s: no note of its origin, or not in libraries.csv", file)
			continue
		}
		s, _ := strconv.ParseFloat(seconds[name], 64)
		entries, bytes, spent = entries+n[0]+n[1]+n[2]+n[3], bytes+len(data), spent+s
		fmt.Fprintf(&b, "| `%s` | %s | %s | %d | %d | %d | %d | %s | %s | %s | %.1f | %s |\n", name, strings.Replace(listed[name], "==", " ", 1), m[1], n[0], n[1], n[2], n[3], m[2], m[3], m[4], float64(len(data))/1024, seconds[name])
	}
	fmt.Fprintf(&b, "\n%d libraries, %d entries, %d KiB, derived in %.0f seconds of one processor.\n", len(base.Derived()), entries, bytes/1024, spent)
	b.WriteString(agreementHead)
	confirmed, differing := 0, 0
	rows := records(t, "agreement.csv")
	for _, r := range rows {
		c, _ := strconv.Atoi(r[2])
		d, _ := strconv.Atoi(r[3])
		confirmed, differing = confirmed+c, differing+d
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s |\n", r[0], strings.Replace(r[1], "==", " ", 1), r[2], r[3], r[4])
	}
	if confirmed+differing > 0 {
		fmt.Fprintf(&b, "\n%d of %d parameters agree (%d %%).\n", confirmed, confirmed+differing, 100*confirmed/(confirmed+differing))
	}
	current(t, "../../docs/derived.md", b.String())
}

const derivedHead = `# Packs that were derived

Generated; do not edit. Of these libraries the packs in [rules/derived](../rules/derived) say what their public functions do, as
` + "`pickletrace learn --essential`" + ` reads it from their source (see [learn.md](learn.md)); ` + "`scripts/derive WORK`" + ` makes them anew, and prints
what a new release changes. One is read where a tree imports the library and neither holds its source nor follows it. What a pack written by
hand says of a call is left out here: *confirmed* are parameters that reach a dangerous call in calls which such a pack knows to
be dangerous, *differing* those of which it says something else, *not derived* its calls of which the source says nothing that
the engine could follow.

| package | release | functions | sinks | sources | passing on | types | confirmed | differing | not derived | KiB | seconds |
|---|---|---|---|---|---|---|---|---|---|---|---|
`

const agreementHead = `
## Libraries that packs written by hand know

What is derived from their source, beside what the rules say of them. Nothing of it is shipped.

| package | release | confirmed | differing | not derived |
|---|---|---|---|---|
`

// records gives the lines of a table in rules/derived, the first apart.
func records(t *testing.T, name string) [][]string {
	t.Helper()
	f, err := os.Open("../../rules/derived/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil || len(rows) == 0 {
		t.Fatal(name, err)
	}
	return rows[1:]
}

// column gives a column by the first one.
func column(t *testing.T, name string, at int) map[string]string {
	out := map[string]string{}
	for _, r := range records(t, name) {
		out[r[0]] = r[at]
	}
	return out
}

package rules_test

import (
	"encoding/csv"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/pickletrace/pickletrace/pkg/rule"
)

// catalogueRows is how many sources, sinks, receivers, settings, sanitizers and propagators the catalogue lists.
const catalogueRows = 469

// TestCoverage checks that every row of the catalogue is either answered by an entry of a pack (coverage.csv) or has a
// reason why not (uncovered.csv), and that each entry named there exists and answers to the name beside it.
func TestCoverage(t *testing.T) {
	pack := load(t)
	seen := map[string]string{}
	for _, row := range readTable(t, "coverage.csv", 5) {
		note(t, seen, row[0], "coverage.csv")
		if err := checkEntry(pack, row[3], row[4]); err != nil {
			t.Errorf("coverage.csv: row %s (%s): %v", row[0], row[2], err)
		}
	}
	for _, row := range readTable(t, "uncovered.csv", 4) {
		note(t, seen, row[0], "uncovered.csv")
		if len(row[3]) < 10 {
			t.Errorf("uncovered.csv: row %s (%s) has no reason", row[0], row[2])
		}
	}
	for i := 1; i <= catalogueRows; i++ {
		if seen[fmt.Sprint(i)] == "" {
			t.Errorf("row %d of the catalogue is in neither table", i)
		}
	}
}

// note remembers in which table a row stands and fails when it stands in two.
func note(t *testing.T, seen map[string]string, row, table string) {
	if old := seen[row]; old != "" {
		t.Errorf("row %s stands in %s and in %s", row, old, table)
	}
	seen[row] = table
}

func readTable(t *testing.T, name string, columns int) [][]string {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.FieldsPerRecord = columns
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return rows[1:]
}

// checkEntry says whether the pack has the entry ("sink:torch-load") and gives it to the called or read name. Entries
// without ids are "propagator" and "sanitizer"; parameters and classes have no name of their own.
func checkEntry(pack *rule.Pack, entry, name string) error {
	if name == "" {
		if !slices.Contains(entriesWithoutName(pack), entry) {
			return fmt.Errorf("no source of parameters and no class has the id of %s", entry)
		}
		return nil
	}
	canonical := pack.Canonical(name)
	if got := entriesOf(pack, canonical); !slices.Contains(got, entry) {
		return fmt.Errorf("%s has %v, not %s", canonical, got, entry)
	}
	return nil
}

func entriesWithoutName(pack *rule.Pack) []string {
	var out []string
	for _, s := range pack.Sources {
		if s.Param != nil {
			out = append(out, "source:"+s.ID)
		}
	}
	for _, c := range pack.Classes {
		out = append(out, "class:"+c.ID)
	}
	return out
}

func entriesOf(pack *rule.Pack, name string) []string {
	var out []string
	for _, s := range pack.Setting(name) {
		out = append(out, "setting:"+s.ID)
	}
	if r := pack.Attr(name); r != nil {
		for _, s := range r.Sources {
			out = append(out, "source:"+s.ID)
		}
	}
	r := pack.Call(name)
	if r == nil {
		return out
	}
	for _, s := range r.Sinks {
		out = append(out, "sink:"+s.ID)
	}
	for _, s := range r.Sources {
		out = append(out, "source:"+s.ID)
	}
	for _, v := range slices.Concat(r.Digest, r.Weak, r.Mac, r.Compare, r.Verify, r.WhenArg) {
		out = append(out, "validator:"+v.ID)
	}
	if len(r.Propagators) > 0 {
		out = append(out, "propagator")
	}
	if len(r.Sanitizers) > 0 {
		out = append(out, "sanitizer")
	}
	return out
}

// TestRulesAreTold checks what the rule reference and SARIF show of each rule.
func TestRulesAreTold(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range load(t).Rules {
		if seen[r.ID] || seen[r.Name] {
			t.Errorf("%s: id or name is used twice", r.ID)
		}
		seen[r.ID], seen[r.Name] = true, true
		switch {
		case len(r.Bad) < 2 || len(r.Good) < 2:
			t.Errorf("%s: %d bad and %d good examples; want two of each", r.ID, len(r.Bad), len(r.Good))
		case len(r.References) == 0 || len(r.CWE) == 0 || r.Since == "":
			t.Errorf("%s: references, cwe or since is missing", r.ID)
		case !slices.ContainsFunc(r.Bad, func(e rule.Example) bool { return strings.Contains(e.Code, "def ") }):
			t.Errorf("%s: no bad example goes across functions", r.ID)
		}
	}
}

// TestLint keeps the packs free of rows that never apply, sinks nobody names and the like. Two calls are meant to be
// two sinks: one for the data that reaches them, one for what they fetch by themselves.
func TestLint(t *testing.T) {
	meant := []string{"is a call of", "no source is of the kind library", "no source is of the kind unknown"}
	for _, remark := range load(t).Lint() {
		if !slices.ContainsFunc(meant, func(m string) bool { return strings.Contains(remark.Msg, m) }) {
			t.Error(remark)
		}
	}
}

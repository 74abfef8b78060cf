package rules

import (
	"embed"
	"encoding/csv"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/rule"
)

// CatalogueRows is how many sources, sinks, receivers, settings, sanitizers and propagators the catalogue lists.
const CatalogueRows = 469

//go:embed coverage.csv uncovered.csv
var tables embed.FS

// A CoverageRow says how the packs answer one row of the catalogue.
type CoverageRow struct {
	Row   int
	Kind  string // of the catalogue: sink, source …
	What  string // as the catalogue names it
	Entry string // "sink:torch-load"; "" when there is none
	Name  string // the name that was asked for; "" for parameters and classes
	// Rules are the codes of the rules that speak of the entry; empty for what is not a sink.
	Rules  []string
	Reason string // why there is no entry
}

// Coverage asks the pack for every row of the catalogue and gives the answers in the order of the rows. The error names
// the rows that nothing answers as coverage.csv says, and those that stand in no table or in two.
func Coverage(pack *rule.Pack) ([]CoverageRow, error) {
	var rows []CoverageRow
	var errs []error
	covered, err := readTable("coverage.csv", 6)
	errs = append(errs, err)
	for _, r := range covered {
		row := CoverageRow{Kind: r[1], What: r[2], Entry: r[3], Name: r[4]}
		row.Row, _ = strconv.Atoi(r[0])
		for _, name := range append([]string{r[4]}, strings.Fields(r[5])...) {
			if err := answers(pack, r[3], name); err != nil {
				errs = append(errs, fmt.Errorf("coverage.csv: row %s (%s): %w", r[0], r[2], err))
			}
		}
		row.Rules = rulesOf(pack, r[3])
		rows = append(rows, row)
	}
	refused, err := readTable("uncovered.csv", 4)
	errs = append(errs, err)
	for _, r := range refused {
		row := CoverageRow{Kind: r[1], What: r[2], Reason: r[3]}
		row.Row, _ = strconv.Atoi(r[0])
		if len(row.Reason) < 10 {
			errs = append(errs, fmt.Errorf("uncovered.csv: row %s (%s) has no reason", r[0], r[2]))
		}
		rows = append(rows, row)
	}
	slices.SortStableFunc(rows, func(a, b CoverageRow) int { return a.Row - b.Row })
	return rows, errors.Join(append(errs, complete(rows)...)...)
}

// complete finds rows that are in no table, or in two.
func complete(rows []CoverageRow) []error {
	var errs []error
	seen := map[int]bool{}
	for _, r := range rows {
		if seen[r.Row] {
			errs = append(errs, fmt.Errorf("row %d of the catalogue is there twice", r.Row))
		}
		seen[r.Row] = true
	}
	for i := 1; i <= CatalogueRows; i++ {
		if !seen[i] {
			errs = append(errs, fmt.Errorf("row %d of the catalogue is in neither table", i))
		}
	}
	return errs
}

func readTable(name string, columns int) ([][]string, error) {
	f, err := tables.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.FieldsPerRecord = columns
	rows, err := r.ReadAll()
	if err != nil || len(rows) == 0 {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return rows[1:], nil
}

// answers says whether the pack has the entry and gives it to the called, read or stored name. Entries without ids are
// "propagator" and "sanitizer"; parameters and classes have no name of their own.
func answers(pack *rule.Pack, entry, name string) error {
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

// rulesOf gives the codes of the rules about a sink or setting.
func rulesOf(pack *rule.Pack, entry string) []string {
	_, id, _ := strings.Cut(entry, ":")
	var out []string
	if s := pack.Sink(id); s != nil && (strings.HasPrefix(entry, "sink:") || strings.HasPrefix(entry, "setting:")) {
		for _, r := range pack.RulesFor(s) {
			out = append(out, r.ID)
		}
	}
	return out
}

package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/rules"
)

func (a *app) rulesCoverageCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "coverage",
		Short: "Print how the built-in packs answer each row of the catalogue of known loaders and sources",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			pack, err := loadPacks(nil, false)
			if err != nil {
				return err
			}
			return a.coverage(pack)
		},
	}
}

// coverage prints the table as Markdown; rows that nothing answers are an error.
func (a *app) coverage(pack *rule.Pack) error {
	rows, err := rules.Coverage(pack)
	refused := 0
	var b strings.Builder
	for _, r := range rows {
		by, which := "`"+r.Entry+"`", strings.Join(r.Rules, ", ")
		if r.Entry == "" {
			refused++
			by, which = "not covered", r.Reason
		}
		fmt.Fprintf(&b, "| %d | %s | %s | %s | %s |\n", r.Row, r.Kind, cell(r.What), by, cell(which))
	}
	fmt.Fprintf(a.out, "# Coverage\n\nWhat the built-in packs know of a catalogue of sources, sinks, receivers, settings, sanitizers and propagators of Python\n"+
		"libraries: %d rows, of which %d are answered by an entry of a pack and %d are left out for the reason given.\n"+
		"Printed by `pickletrace rules coverage`; do not edit.\n\n"+
		"| row | kind | what | answered by | rules, or why not |\n|---|---|---|---|---|\n%s", len(rows), len(rows)-refused, refused, b.String())
	return err
}

// cell makes text fit for a cell of a Markdown table.
func cell(s string) string {
	return strings.NewReplacer("|", "\\|", "*", "\\*", "<", "&lt;", "_", "\\_").Replace(s)
}

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/pickletrace/pickletrace/pkg/report"
	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/pkg/scantest"
)

// packFlags are the flags of every command that reads rule packs.
type packFlags struct {
	rules     []string
	noDefault bool
}

func (p *packFlags) register(cmd *cobra.Command) {
	cmd.Flags().StringArrayVar(&p.rules, "rules", nil, "rule pack, or `folder` of rule packs, to add; repeatable")
	cmd.Flags().BoolVar(&p.noDefault, "no-default-rules", false, "use only the packs of --rules")
}

func (a *app) rulesCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "rules", Short: "List, check and test rules"}
	cmd.AddCommand(a.rulesListCommand(), a.rulesCheckCommand(), a.rulesTestCommand(), a.rulesSchemaCommand(), a.rulesCoverageCommand())
	return cmd
}

func (a *app) rulesListCommand() *cobra.Command {
	var packs packFlags
	var format string
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List all rules with their level",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			pack, err := loadPacks(packs.rules, packs.noDefault)
			if err != nil {
				return err
			}
			all := slices.Concat(report.OwnRules(), pack.Rules)
			slices.SortFunc(all, func(x, y *rule.Rule) int { return strings.Compare(x.ID, y.ID) })
			switch format {
			case "text":
				return listText(a.out, all)
			case "json":
				return listJSON(a.out, all)
			}
			return fmt.Errorf("--format: %w", oneOf(format, []string{"text", "json"}))
		},
	}
	packs.register(cmd)
	cmd.Flags().StringVarP(&format, "format", "f", "text", "text or json")
	return cmd
}

// loudest is the highest level a rule can report with.
func loudest(r *rule.Rule) rule.Level {
	top := rule.Off
	for _, l := range r.Level {
		top = max(top, l)
	}
	if r.Disabled {
		return rule.Off
	}
	return top
}

func listText(w io.Writer, all []*rule.Rule) error {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, r := range all {
		fmt.Fprintf(tw, "%s\t%s\t%s\t%s\n", r.ID, loudest(r), r.Name, r.Title)
	}
	return tw.Flush()
}

func listJSON(w io.Writer, all []*rule.Rule) error {
	type entry struct {
		ID        string `json:"id"`
		Name      string `json:"name"`
		Title     string `json:"title"`
		Level     string `json:"level"` // the highest it can have
		Precision string `json:"precision,omitempty"`
		CWE       []int  `json:"cwe"`
		Since     string `json:"since,omitempty"`
		Pack      string `json:"pack"`
	}
	list := make([]entry, len(all))
	for i, r := range all {
		list[i] = entry{r.ID, r.Name, r.Title, loudest(r).String(), r.Precision, append([]int{}, r.CWE...), r.Since, r.Pack}
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(list)
}

func (a *app) rulesCheckCommand() *cobra.Command {
	var noDefault bool
	cmd := &cobra.Command{
		Use:         "check FILE...",
		Short:       "Check rule packs and print every mistake with its line",
		Args:        cobra.MinimumNArgs(1),
		Annotations: map[string]string{needs: "a file, e.g. pickletrace rules check mine.yaml"},
		RunE: func(_ *cobra.Command, files []string) error {
			pack, err := loadPacks(files, noDefault)
			if err != nil {
				return err
			}
			own := ownFiles(pack)
			remarks := 0
			for _, remark := range pack.Lint() {
				if own[remark.At.File] {
					remarks++
					fmt.Fprintf(a.err, "%s\n", remark)
				}
			}
			rules := 0
			for _, r := range pack.Rules {
				if own[r.At.File] {
					rules++
				}
			}
			ok := "OK"
			if remarks > 0 {
				ok += ", with " + count(remarks, "warning")
			}
			_, err = fmt.Fprintf(a.out, "%s with %s: %s\n", count(len(own), "pack"), count(rules, "rule"), ok)
			return err
		},
	}
	cmd.Flags().BoolVar(&noDefault, "no-default-rules", false, "the packs stand alone")
	return cmd
}

// ownFiles are the files of the packs that the user gave.
func ownFiles(pack *rule.Pack) map[string]bool {
	own := map[string]bool{}
	for _, p := range pack.Packs {
		if p.User {
			own[p.File] = true
		}
	}
	return own
}

func (a *app) rulesTestCommand() *cobra.Command {
	var noDefault bool
	cmd := &cobra.Command{
		Use:   "test [FILE...]",
		Short: "Run the bad and good examples of rule packs; without files, of the built-in ones",
		RunE: func(_ *cobra.Command, files []string) error {
			pack, err := loadPacks(files, noDefault && len(files) > 0)
			if err != nil {
				return err
			}
			return a.testRules(pack)
		},
	}
	cmd.Flags().BoolVar(&noDefault, "no-default-rules", false, "the packs stand alone")
	return cmd
}

// testRules runs the examples of the user's packs, or of all if there are none.
func (a *app) testRules(pack *rule.Pack) error {
	own := ownFiles(pack)
	run, failed := 0, 0
	for _, r := range pack.Rules {
		if len(own) > 0 && !own[r.At.File] {
			continue
		}
		for i, e := range slices.Concat(r.Bad, r.Good) {
			run++
			msgs := scantest.Example(r, e, i < len(r.Bad), scantest.PackScanner(pack))
			for _, msg := range msgs {
				fmt.Fprintf(a.out, "%s: %s\n", r.ID, msg)
			}
			if len(msgs) > 0 {
				failed++
			}
		}
	}
	fmt.Fprintf(a.out, "%s, %d failed.\n", count(run, "example"), failed)
	if run == 0 {
		return errors.New("there are no examples in these packs")
	}
	if failed > 0 {
		return exit{code: exitFindings}
	}
	return nil
}

func (a *app) rulesSchemaCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: "Print the JSON schema of rule packs",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := a.out.Write(rule.Schema())
			return err
		},
	}
}

package main

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/pickletrace/pickletrace/pkg/report"
)

type flagGroup struct {
	title string
	flags []string
}

// flagGroups are the flags of commands that scan, as --help shows them: by what a reader is looking for.
var flagGroups = []flagGroup{
	{"What is scanned", []string{"include", "exclude", "force-exclude", "no-default-skips", "no-gitignore", "max-file-size", "allow-empty", "within", "follow", "stdin-filename"}},
	{"What is reported", []string{"min-level", "min-confidence", "diff-base", "trust-head", "baseline", "no-baseline", "no-ignores", "show-suppressed"}},
	{"Rules", []string{"select", "disable", "threat-model", "rules", "no-default-rules"}},
	{"Exit code", []string{"fail-on", "exit-zero", "strict"}},
	{"Output", []string{"format", "output", "quiet", "verbose", "color", "statistics", "stats", "explain-clean", "timestamps", "fixes", "sarif-category", "sarif-no-snippets", "gitlab-schema"}},
	{"Configuration", []string{"config", "isolated"}},
	{"Speed", []string{"jobs", "no-cache", "eager"}},
	{"Help", []string{"help"}},
}

// grouped makes --help of a command show its flags in groups; those of no group come first, under its own name.
func grouped(cmd *cobra.Command) {
	cmd.SetUsageFunc(func(c *cobra.Command) error {
		w := c.OutOrStderr()
		fmt.Fprintf(w, "Usage:\n  %s\n", c.UseLine())
		rest := c.LocalFlags()
		columns := columns(os.Stdout)
		print := func(title string, in func(name string) bool) {
			set := pflag.NewFlagSet(title, pflag.ContinueOnError)
			set.SortFlags = false
			rest.VisitAll(func(f *pflag.Flag) {
				if in(f.Name) {
					set.AddFlag(f)
				}
			})
			if set.HasAvailableFlags() {
				fmt.Fprintf(w, "\n%s:\n%s", title, set.FlagUsagesWrapped(columns))
			}
		}
		print("Flags of "+c.Name(), func(name string) bool {
			return !slices.ContainsFunc(flagGroups, func(g flagGroup) bool { return slices.Contains(g.flags, name) })
		})
		for _, g := range flagGroups {
			print(g.title, func(name string) bool { return slices.Contains(g.flags, name) })
		}
		return nil
	})
}

// oldNames are names of flags that were others: they still count.
func oldNames(_ *pflag.FlagSet, name string) pflag.NormalizedName {
	if name == "ignore" {
		name = "disable"
	}
	return pflag.NormalizedName(name)
}

// sourceKinds are the kinds of sources that the built-in packs know.
func sourceKinds() []string {
	return []string{"remote-request", "network-response", "registry-unpinned", "user-file", "shared-file", "library", "unknown"}
}

// completeList tells shells the values of a flag that takes several, by commas.
func completeList(cmd *cobra.Command, flag string, words func() []string) {
	complete := func(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
		before := ""
		if i := strings.LastIndexByte(typed, ','); i >= 0 {
			before = typed[:i+1]
		}
		var out []string
		for _, w := range words() {
			out = append(out, before+w)
		}
		return out, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
	}
	if err := cmd.RegisterFlagCompletionFunc(flag, complete); err != nil {
		panic(err) // there is no such flag: our mistake
	}
}

// ruleWords are the IDs of all rules with their names, for shells.
func (s *settings) ruleWords() []string {
	pack, err := loadPacks(s.rules, s.noDefaultRules)
	if err != nil {
		return nil
	}
	var out []string
	for _, r := range append(report.OwnRules(), pack.Rules...) {
		out = append(out, r.ID+"\t"+r.Name)
	}
	return out
}

// completeOutputs tells shells the formats of FORMAT=FILE.
func completeOutputs(cmd *cobra.Command) {
	complete := func(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
		if strings.Contains(typed, "=") {
			return nil, cobra.ShellCompDirectiveDefault
		}
		var out []string
		for _, name := range report.Names() {
			out = append(out, name+"=")
		}
		return out, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
	}
	if err := cmd.RegisterFlagCompletionFunc("output", complete); err != nil {
		panic(err) // there is no such flag: our mistake
	}
}

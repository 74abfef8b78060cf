package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/pickletrace/pickletrace/pkg/report"
	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/pkg/spell"
)

func (a *app) explainCommand() *cobra.Command {
	var packs packFlags
	cmd := &cobra.Command{
		Use:         "explain RULE",
		Short:       "Explain a rule: what can happen, examples, what to do",
		Args:        cobra.ExactArgs(1),
		Annotations: map[string]string{needs: "a rule, e.g. pickletrace explain PKL201"},
		RunE: func(_ *cobra.Command, args []string) error {
			pack, err := loadPacks(packs.rules, packs.noDefault)
			if err != nil {
				return err
			}
			r := findRule(pack, args[0])
			if r == nil {
				return fmt.Errorf("there is no rule %q%s; pickletrace rules list shows all", args[0], similarRule(pack, args[0]))
			}
			_, err = io.WriteString(a.out, pack.Page(r))
			return err
		},
	}
	packs.register(cmd)
	cmd.ValidArgsFunction = func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		pack, err := loadPacks(packs.rules, packs.noDefault)
		if err != nil {
			return nil, cobra.ShellCompDirectiveError
		}
		var names []string
		for _, r := range append(report.OwnRules(), pack.Rules...) {
			names = append(names, r.ID+"\t"+r.Name)
		}
		return names, cobra.ShellCompDirectiveNoFileComp
	}
	return cmd
}

func findRule(pack *rule.Pack, idOrName string) *rule.Rule {
	if r := pack.Rule(idOrName); r != nil {
		return r
	}
	for _, r := range append(report.OwnRules(), pack.Rules...) {
		if strings.EqualFold(r.ID, idOrName) || strings.EqualFold(r.Name, idOrName) {
			return r
		}
	}
	return nil
}

// similarRule names the rules in whose name the word occurs, or the one that is spelt most like it.
func similarRule(pack *rule.Pack, word string) string {
	var names []string
	for _, r := range pack.Rules {
		if strings.Contains(r.Name, strings.ToLower(word)) {
			names = append(names, r.ID+" "+r.Name)
		}
	}
	if near := spell.Nearest(word, ruleNames(pack)); len(names) == 0 && near != "" {
		names = append(names, near)
	}
	if len(names) == 0 || len(names) > 5 {
		return ""
	}
	return " (did you mean " + strings.Join(names, ", ") + "?)"
}

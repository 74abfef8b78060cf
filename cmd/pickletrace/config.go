package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/pickletrace/pickletrace/pkg/config"
)

func (a *app) configCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "config", Short: "Show and describe the settings"}
	s := newSettings()
	show := &cobra.Command{
		Use:   "show [PATH ...]",
		Short: "Print the settings of a scan of the paths and where each is from",
		RunE: func(_ *cobra.Command, paths []string) error {
			for _, p := range paths {
				if _, err := os.Stat(p); err != nil {
					return fileError(p, err)
				}
			}
			if err := s.resolve(paths); err != nil {
				return err
			}
			if err := s.findBaseline(); err != nil {
				return err
			}
			a.showSettings(s)
			return nil
		},
	}
	s.register(show)
	show.Flags().Var(&s.failOn, "fail-on", "exit with 1 at or above this level")
	show.Flags().StringVar(&s.baseline, "baseline", "", "`file` with known findings")
	cmd.AddCommand(show,
		&cobra.Command{Use: "schema", Short: "Print the JSON schema of the configuration file", Args: cobra.NoArgs,
			RunE: func(*cobra.Command, []string) error { _, err := a.out.Write(config.Schema()); return err }},
		&cobra.Command{Use: "reference", Short: "Print all settings as Markdown", Args: cobra.NoArgs,
			RunE: func(*cobra.Command, []string) error { _, err := fmt.Fprint(a.out, config.Reference()); return err }},
	)
	return cmd
}

// showSettings prints the settings as YAML with their origins in comments.
func (a *app) showSettings(s *settings) {
	file := s.config.File
	switch {
	case file == "" && s.isolated:
		file = "none (--isolated)"
	case file == "":
		file = "none"
	case s.configFrom != "":
		file += " (" + s.configFrom + ")"
	}
	fmt.Fprintf(a.out, "# configuration file: %s\n", file)
	line := func(key, flag, value string) {
		origin := "default"
		if at := s.fromConfig[flag]; at != "" {
			origin = at
		} else if n := s.config.Line(key); n > 0 {
			origin = s.config.At(n)
		}
		if f := s.flags.Lookup(flag); f != nil && f.Changed {
			if listKeys[key] && s.config.Line(key) > 0 {
				origin += " and --" + flag
			} else {
				origin = "--" + flag
			}
		}
		fmt.Fprintf(a.out, "%-32s # %s\n", key+": "+value, origin)
	}
	line("include", "include", list(s.include))
	line("exclude", "exclude", list(s.exclude))
	line("select", "select", list(s.selected))
	line("disable", "disable", list(s.disabled))
	for _, l := range s.config.Levels {
		fmt.Fprintf(a.out, "%-32s # %s\n", "levels."+l.Rule.Text+": "+l.Level, s.config.At(l.Rule.Line))
	}
	for _, p := range s.config.Paths {
		what := "paths: " + list(texts(p.Match)) + " disable " + list(texts(p.Disable))
		for _, l := range p.Levels {
			what += " " + l.Rule.Text + ": " + l.Level
		}
		fmt.Fprintf(a.out, "%-32s # %s\n", what, s.config.At(p.Match[0].Line))
	}
	line("rules", "rules", list(shownPaths(s.rules)))
	line("default-rules", "no-default-rules", fmt.Sprint(!s.noDefaultRules))
	line("threat-model", "threat-model", list(s.threatModel))
	line("min-level", "min-level", s.minLevel.String())
	line("min-confidence", "min-confidence", s.minConfidence)
	line("fail-on", "fail-on", s.failOn.String())
	line("baseline", "baseline", quoted(s.baseline))
	line("ignores.require-rule", "", fmt.Sprint(s.requireRule))
	line("ignores.require-reason", "", fmt.Sprint(s.requireReason))
	line("ignores.require-until", "", fmt.Sprint(s.requireUntil))
	line("ignores.foreign", "", fmt.Sprint(s.foreignIgnores))
	line("max-file-size", "max-file-size", fmt.Sprint(s.maxFileSize))
	line("strict", "strict", fmt.Sprint(s.strict))
	line("gitignore", "no-gitignore", fmt.Sprint(!s.noGitignore))
}

// listKeys are the settings to which flags add.
var listKeys = map[string]bool{"include": true, "exclude": true, "disable": true, "rules": true}

func list(items []string) string { return "[" + strings.Join(items, ", ") + "]" }

func shownPaths(paths []string) []string {
	out := make([]string, len(paths))
	for i, p := range paths {
		out[i] = shownPath(p)
	}
	return out
}

func quoted(path string) string {
	if path == "" {
		return `""`
	}
	return shownPath(path)
}

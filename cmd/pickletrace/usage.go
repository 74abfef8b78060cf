package main

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/pickletrace/pickletrace/pkg/spell"
)

// What a person typed wrong is told with what was probably meant, and ends with exit code 2: never with help text and 0,
// which a job in CI would take for a clean scan.

// strictUsage makes every command below tell wrong subcommands, flags and arguments in our words.
func strictUsage(cmd *cobra.Command) {
	cmd.SetFlagErrorFunc(flagError)
	if cmd.HasSubCommands() && cmd.Run == nil && cmd.RunE == nil {
		cmd.Args = cobra.ArbitraryArgs
		cmd.RunE = func(c *cobra.Command, args []string) error { return noSuchCommand(c, args) }
	}
	if args := cmd.Args; !cmd.HasSubCommands() {
		cmd.Args = func(c *cobra.Command, given []string) error {
			if err := checkEmpty(c.Flags(), given); err != nil {
				return err
			}
			if args != nil && args(c, given) != nil {
				return argsError(c, given)
			}
			return nil
		}
	}
	for _, sub := range cmd.Commands() {
		strictUsage(sub)
	}
}

// subcommands are the names a person may type after the command.
func subcommands(cmd *cobra.Command) []string {
	var names []string
	for _, sub := range cmd.Commands() {
		if !sub.Hidden {
			names = append(names, sub.Name())
		}
	}
	return names
}

// noSuchCommand is the error of a command that needs one of its subcommands and got none, or another word.
func noSuchCommand(cmd *cobra.Command, args []string) error {
	names := subcommands(cmd)
	path := cmd.CommandPath()
	if len(args) == 0 {
		cmd.SetOut(cmd.ErrOrStderr())
		_ = cmd.Help()
		return fmt.Errorf("%s needs a command: %s", path, strings.Join(names, ", "))
	}
	msg := fmt.Sprintf("%s has no command %q", path, args[0])
	if near := spell.Nearest(strings.ToLower(args[0]), names); near != "" {
		return fmt.Errorf("%s; did you mean %q?", msg, near)
	}
	if _, err := os.Stat(args[0]); err == nil && cmd.Parent() == nil && args[0] != "" {
		return fmt.Errorf("%s; did you mean \"pickletrace scan %s\"?", msg, args[0])
	}
	return fmt.Errorf("%s; the commands are %s", msg, strings.Join(names, ", "))
}

// argsError says what a command takes.
func argsError(cmd *cobra.Command, given []string) error {
	name := strings.TrimPrefix(cmd.CommandPath(), cmd.Root().Name()+" ")
	if len(given) == 0 {
		if need := cmd.Annotations[needs]; need != "" {
			return errors.New(name + " needs " + need)
		}
		return fmt.Errorf("%s needs an argument; see pickletrace %s --help", name, name)
	}
	if !strings.Contains(cmd.Use, " ") {
		return fmt.Errorf("%s takes no arguments (got %q)", name, given[0])
	}
	return fmt.Errorf("%s takes one argument (got %d: %s)", name, len(given), strings.Join(given, " "))
}

// needs is the annotation of a command that says what it cannot do without.
const needs = "needs"

// flagError tells of unknown flags with the nearest, and of values in our words.
func flagError(cmd *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var invalid *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown):
		name := unknown.GetSpecifiedName()
		dashes := "--"
		if unknown.GetSpecifiedShortnames() != "" {
			dashes = "-"
		}
		msg := fmt.Sprintf("unknown flag: %s%s", dashes, name)
		var known []string
		cmd.Flags().VisitAll(func(f *pflag.Flag) { known = append(known, f.Name) })
		if near := spell.Nearest(name, known); near != "" && dashes == "--" {
			return fmt.Errorf("%s; did you mean --%s?", msg, near)
		}
		return fmt.Errorf("%s; see %s --help", msg, cmd.CommandPath())
	case errors.As(err, &invalid):
		return fmt.Errorf("--%s: %s", invalid.GetFlag().Name, valueError(invalid))
	}
	return err
}

// valueError says what the value of a flag must be.
func valueError(e *pflag.InvalidValueError) string {
	f, got := e.GetFlag(), e.GetValue()
	switch f.Value.Type() {
	case "int", "int64":
		if f.Name == "max-file-size" {
			return fmt.Sprintf("want a number of bytes, e.g. 4194304 (got %q)", got)
		}
		return fmt.Sprintf("want a number (got %q)", got)
	case "bool":
		return fmt.Sprintf("must be true or false (got %q)", got)
	}
	return e.Unwrap().Error()
}

// oneOf is the error for a word that is none of the allowed ones.
func oneOf(got string, allowed []string) error {
	list := strings.Join(allowed, ", ")
	if n := len(allowed); n > 1 {
		list = strings.Join(allowed[:n-1], ", ") + " or " + allowed[n-1]
	}
	if near := spell.Nearest(strings.ToLower(got), allowed); near != "" {
		return fmt.Errorf("must be %s (got %q; did you mean %s?)", list, got, near)
	}
	return fmt.Errorf("must be %s (got %q)", list, got)
}

// checkEmpty refuses flags and arguments that were given with nothing in them: in CI that is a variable that is not set.
func checkEmpty(flags *pflag.FlagSet, args []string) error {
	if slices.Contains(args, "") {
		return errors.New(`a path is empty (""): is a variable not set? The current folder is "."`)
	}
	var err error
	flags.Visit(func(f *pflag.Flag) {
		empty := f.Value.Type() == "string" && f.Value.String() == ""
		if list, ok := f.Value.(pflag.SliceValue); ok {
			empty = slices.Contains(list.GetSlice(), "") || len(list.GetSlice()) == 0
		}
		if empty && err == nil {
			err = fmt.Errorf("--%s: the value is empty: is a variable not set?", f.Name)
		}
	})
	return err
}

// helpCommand is "help", which unlike cobra's own tells of topics that are none.
func helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "Explain a command",
		ValidArgsFunction: func(c *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			at, rest, err := c.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return subcommands(at), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(c *cobra.Command, args []string) error {
			at := c.Root()
			for i, word := range args {
				k := slices.IndexFunc(at.Commands(), func(s *cobra.Command) bool { return s.Name() == word || s.HasAlias(word) })
				if k < 0 {
					return noSuchCommand(at, args[i:])
				}
				at = at.Commands()[k]
			}
			return at.Help()
		},
	}
}

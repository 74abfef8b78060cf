package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/scan"
	"github.com/pickletrace/pickletrace/pkg/syntax"
	"github.com/pickletrace/pickletrace/pkg/taint"
	"github.com/pickletrace/pickletrace/pkg/text"
)

func (a *app) debugCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "debug", Short: "Show intermediate results of the analysis (for rule authors)"}
	cmd.AddCommand(
		&cobra.Command{
			Use:         "ir FILE...",
			Short:       "Print the instructions that files are lowered to",
			Args:        cobra.MinimumNArgs(1),
			Annotations: map[string]string{needs: "a file, e.g. pickletrace debug ir app.py"},
			RunE:        func(_ *cobra.Command, paths []string) error { return a.debugIR(paths) },
		},
		a.debugPrintCommand("calls", "Print the calls of each function and what they may go to", taint.Calls),
		a.debugPrintCommand("summary", "Print what callers know of each function: sinks it reaches, checks, changes", taint.Summaries),
		&cobra.Command{
			Use:   "parse [PATH ...]",
			Short: "Parse only (for benchmarks)",
			RunE:  func(_ *cobra.Command, paths []string) error { return a.debugParse(paths) },
		},
	)
	return cmd
}

// debugPrintCommand prints what the engine knows of files, and of nothing beside them: a folder is taken whole.
func (a *app) debugPrintCommand(name, short string, print scan.Printer) *cobra.Command {
	var packs packFlags
	cmd := &cobra.Command{
		Use:   name + " PATH...",
		Short: short,
		Args:  cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, paths []string) error {
			pack, err := loadPacks(packs.rules, packs.noDefault)
			if err != nil {
				return err
			}
			opts := scan.Options{Jobs: 1, Find: text.FindOptions{Roots: paths, Base: text.CommonBase(paths)}}
			out, problems := scan.Print(opts, pack, print)
			fmt.Fprint(a.out, out)
			return a.tell(problems)
		},
	}
	packs.register(cmd)
	return cmd
}

// tell prints problems. It gives an error if something could not be read.
func (a *app) tell(ps []text.Problem) error {
	complete := true
	for _, p := range ps {
		if p.Severity != text.Info {
			fmt.Fprintf(a.err, "%s:%d: %s (%s)\n", p.Path, p.Line, p.Msg, p.Kind)
		}
		complete = complete && p.Severity != text.Failed
	}
	if !complete {
		return exit{exitIncomplete, errors.New("not everything could be read")}
	}
	return nil
}

// eachTree parses the files of the paths one after another and prints their problems.
func (a *app) eachTree(paths []string, do func(*text.File, *syntax.Tree)) error {
	if len(paths) == 0 {
		paths = []string{"."}
	}
	found, problems := text.Find(text.FindOptions{Roots: paths, Base: text.CommonBase(paths)})
	failed := a.tell(problems)
	tell := func(ps []text.Problem) {
		if err := a.tell(ps); err != nil {
			failed = err
		}
	}
	for _, f := range found {
		file, ps := f.Read()
		tell(ps)
		if file == nil {
			continue
		}
		tree, ps := syntax.Parse(file)
		tell(ps)
		if tree != nil {
			do(file, tree)
		}
	}
	return failed
}

func (a *app) debugIR(paths []string) error {
	return a.eachTree(paths, func(f *text.File, t *syntax.Tree) {
		m := ir.Lower(t)
		fmt.Fprintf(a.out, "-- %s --\n%s", f.Path, m)
		if err := ir.Check(m); err != nil {
			fmt.Fprintf(a.err, "%s: broken: %v\n", f.Path, err)
		}
	})
}

func (a *app) debugParse(paths []string) error {
	files, nodes := 0, 0
	err := a.eachTree(paths, func(_ *text.File, t *syntax.Tree) {
		files++
		nodes += len(t.Nodes)
	})
	fmt.Fprintf(a.out, "%d files, %d nodes\n", files, nodes)
	return err
}

package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"github.com/pickletrace/pickletrace/pkg/disk"
	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/report"
	"github.com/pickletrace/pickletrace/pkg/text"
)

const defaultBaseline = ".pickletrace-baseline.jsonl"

func readBaseline(path string) (*finding.Baseline, error) {
	data, err := disk.Read(path, maxBaseline)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no baseline %s; pickletrace baseline create makes one", shownPath(path))
	}
	if err != nil {
		return nil, fmt.Errorf("reading the baseline: %w", err)
	}
	return finding.ParseBaseline(shownPath(path), data)
}

// baselineOptions are the flags of the baseline commands.
type baselineOptions struct {
	*settings
	reason, until string
}

// A baselineChange makes the new baseline out of the old one and the findings.
type baselineChange struct {
	name, short string
	adds        bool // makes new entries
	apply       func(o *baselineOptions, old *finding.Baseline, fs []finding.Finding) *finding.Baseline
}

var baselineChanges = []baselineChange{
	{"create", "Write all findings into a new file", true,
		func(o *baselineOptions, _ *finding.Baseline, fs []finding.Finding) *finding.Baseline {
			shown, _ := atLeast(fs, o.minLevel.level)
			return finding.NewBaseline(shown, o.reason, o.until)
		}},
	{"update", "Add new findings; entries keep their reason and follow renamed files", true,
		func(o *baselineOptions, old *finding.Baseline, fs []finding.Finding) *finding.Baseline {
			shown, _ := atLeast(fs, o.minLevel.level)
			return old.Update(shown, o.reason, o.until)
		}},
	{"prune", "Take out the entries whose finding is gone", false,
		func(_ *baselineOptions, old *finding.Baseline, fs []finding.Finding) *finding.Baseline {
			return old.Prune(fs)
		}},
}

func (a *app) baselineCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "baseline", Short: "Keep a file of known findings, so that scans report only new ones"}
	for i := range baselineChanges {
		cmd.AddCommand(a.baselineSub(&baselineChanges[i]))
	}
	return cmd
}

func (a *app) baselineSub(c *baselineChange) *cobra.Command {
	o := &baselineOptions{settings: newSettings()}
	cmd := &cobra.Command{
		Use:   c.name + " [PATH ...]",
		Short: c.short,
		RunE:  func(_ *cobra.Command, paths []string) error { return a.changeBaseline(c, o, paths) },
	}
	o.register(cmd)
	cmd.Flags().StringVar(&o.baseline, "baseline", "", "the `file` (default "+defaultBaseline+" at the top of the project)")
	if c.adds {
		cmd.Flags().StringVar(&o.reason, "reason", "", "why the new entries are acceptable")
		cmd.Flags().StringVar(&o.until, "until", "", "last `day` on which the new entries count: 2027-01-31")
	}
	return cmd
}

// changeBaseline scans and writes the changed file. An incomplete scan changes nothing: what was not seen is not gone.
func (a *app) changeBaseline(c *baselineChange, o *baselineOptions, paths []string) error {
	if _, err := time.Parse(time.DateOnly, o.until); o.until != "" && err != nil {
		return fmt.Errorf("--until: the date %q is not understood; write it as 2027-01-31", o.until)
	}
	r, err := a.runScan(o.settings, paths)
	if err != nil {
		return err
	}
	if err := a.whole(r); err != nil {
		return err
	}
	path := o.baseline
	if path == "" {
		path = filepath.Join(o.base, defaultBaseline)
	}
	old := &finding.Baseline{}
	if c.name == "create" {
		if _, err := os.Lstat(path); err == nil {
			return fmt.Errorf("%s exists already; pickletrace baseline update adds to it", shownPath(path))
		}
	} else if old, err = readBaseline(path); err != nil {
		return err
	}
	next := c.apply(o, old, r.res.Findings)
	err = report.WriteFile(path, func(w io.Writer) error { _, err := w.Write(next.Format()); return err })
	if err != nil {
		return exit{exitIncomplete, err}
	}
	if _, err = fmt.Fprintf(a.out, "%s: %s, %d before\n", shownPath(path), entries(len(next.Entries)), len(old.Entries)); err != nil || c.name != "create" {
		return err
	}
	use := ""
	if path != filepath.Join(o.base, defaultBaseline) {
		use = " --baseline " + shownPath(path)
	}
	_, err = fmt.Fprintf(a.out, "Commit it. From now on \"pickletrace scan%s\" reports only what is not in it; \"pickletrace baseline prune\" takes out what is gone.\n", use)
	return err
}

func entries(n int) string {
	if n == 1 {
		return "1 entry"
	}
	return fmt.Sprintf("%d entries", n)
}

// whole tells what was not analysed, and gives an error if there was something.
func (a *app) whole(r *run) error {
	if r.res.Complete() {
		return nil
	}
	for _, p := range r.res.Problems {
		if p.Severity == text.Failed {
			fmt.Fprintf(a.err, "error: %s: %s\n", report.Visible(p.Path), report.Visible(p.Msg))
		}
	}
	return exit{exitIncomplete, errors.New("the scan is incomplete, so nothing was changed")}
}

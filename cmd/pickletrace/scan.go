package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/spf13/cobra"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/report"
	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/pkg/scan"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// scanOptions are the flags of scan.
type scanOptions struct {
	format           string
	outputs          []output
	minLevel, failOn levelFlag
	exitZero         bool
	rules            []string
	noDefaultRules   bool
	threatModel      []string
	jobs             int
	color            string
	quiet, verbose   bool
	report           report.Options
}

func (a *app) scanCommand() *cobra.Command {
	o := &scanOptions{
		minLevel: levelFlag{level: finding.Warning, allowed: levels[1:]},
		failOn:   levelFlag{level: finding.Warning, allowed: append(levels[1:4:4], "never")},
	}
	var outputs []string
	cmd := &cobra.Command{
		Use:   "scan [PATH ...]",
		Short: "Scan files, folders and notebooks",
		RunE: func(_ *cobra.Command, paths []string) error {
			for _, s := range outputs {
				out, err := parseOutput(s)
				if err != nil {
					return err
				}
				o.outputs = append(o.outputs, out)
			}
			if err := checkFormat(o.format); err != nil {
				return err
			}
			return a.scan(o, paths)
		},
	}
	f := cmd.Flags()
	f.StringVarP(&o.format, "format", "f", "text", "what standard output gets")
	f.StringArrayVarP(&outputs, "output", "o", nil, "`FORMAT=FILE` to write as well; repeatable")
	f.Var(&o.minLevel, "min-level", "what is shown and written")
	f.Var(&o.failOn, "fail-on", "exit with 1 at or above this level")
	f.BoolVar(&o.exitZero, "exit-zero", false, "exit with 0 where it would be 1")
	f.StringArrayVar(&o.rules, "rules", nil, "rule pack, or folder of rule packs, to add; repeatable")
	f.BoolVar(&o.noDefaultRules, "no-default-rules", false, "use only the packs of --rules")
	f.StringSliceVar(&o.threatModel, "threat-model", nil, "`kinds` of sources that are reported at their full level (default all but library)")
	f.IntVarP(&o.jobs, "jobs", "j", runtime.GOMAXPROCS(0), "files read and parsed at a time")
	f.StringVar(&o.color, "color", "auto", "auto, always or never")
	f.BoolVarP(&o.quiet, "quiet", "q", false, "print nothing when there is nothing to report, and no progress")
	f.BoolVarP(&o.verbose, "verbose", "v", false, "print every flow and every problem")
	return cmd
}

// scan runs the pipeline on the paths and writes the reports; the error it gives holds the exit code.
func (a *app) scan(o *scanOptions, paths []string) error {
	if len(paths) == 0 {
		paths = []string{"."}
	}
	pack, err := loadPacks(o.rules, o.noDefaultRules)
	if err != nil {
		return exit{exitUsage, err}
	}
	opts := scan.Options{Find: text.FindOptions{Roots: paths, Base: text.CommonBase(paths)}, Jobs: o.jobs}
	if err := setThreatModel(&opts, o.threatModel, pack); err != nil {
		return exit{exitUsage, err}
	}
	stop := a.progress(o.quiet)
	start := time.Now()
	found := scan.Run(opts, pack)
	stop()
	res := result(&found, pack, opts.Find.Base)
	res.Stats.Seconds = time.Since(start).Seconds()
	res.Findings, res.Hidden = atLeast(found.Findings, o.minLevel.level)
	o.report.Color, o.report.Terminal, o.report.AllFlows = useColor(o.color, a.out), isTerminal(a.out), o.verbose
	if err := a.write(res, o); err != nil {
		return err
	}
	return o.verdict(found.Findings, res)
}

// result turns what the scan gives into what is reported.
func result(found *scan.Result, pack *rule.Pack, base string) *report.Result {
	return &report.Result{
		Problems: found.Problems,
		Pack:     pack,
		Version:  released(),
		Stats: report.Stats{
			Files:      found.Files,
			Functions:  found.Stats.Functions,
			Unresolved: found.Stats.UnknownCalls,
			Budgets:    found.Stats.StepCut + found.Stats.WriteCut,
		},
		Raw: func(f *text.File) []byte {
			raw, err := os.ReadFile(filepath.Join(base, filepath.FromSlash(f.Path)))
			if err != nil {
				return nil
			}
			return raw
		},
	}
}

// atLeast gives the findings at or above the level, and how many are below.
func atLeast(fs []finding.Finding, least finding.Level) (kept []finding.Finding, hidden int) {
	for _, f := range fs {
		if f.Level >= least {
			kept = append(kept, f)
		}
	}
	return kept, len(fs) - len(kept)
}

// verdict gives the error with the exit code of the scan; nil for 0. An incomplete scan is worse than findings: what was
// not seen may be worse than what was.
func (o *scanOptions) verdict(all []finding.Finding, res *report.Result) error {
	if !res.Complete() {
		return exit{code: exitIncomplete}
	}
	failing, _ := atLeast(all, o.failOn.level)
	if len(failing) > 0 && !o.exitZero {
		return exit{code: exitFindings}
	}
	return nil
}

// setThreatModel lowers the source kinds that the user does not name, and raises those that are named.
func setThreatModel(opts *scan.Options, kinds []string, pack *rule.Pack) error {
	if kinds == nil {
		return nil
	}
	raised, lowered := map[string]bool{}, map[string]bool{}
	for _, k := range pack.Kinds {
		lowered[k.ID] = true
	}
	for _, k := range kinds {
		if pack.Kind(k) == nil {
			return fmt.Errorf("--threat-model: there is no source kind %q; the kinds are %s", k, kindList(pack))
		}
		raised[k] = true
		delete(lowered, k)
	}
	opts.Taint.Raised, opts.Taint.Lowered = raised, lowered
	return nil
}

func kindList(pack *rule.Pack) string {
	s := ""
	for i, k := range pack.Kinds {
		if i > 0 {
			s += ", "
		}
		s += k.ID
	}
	return s
}

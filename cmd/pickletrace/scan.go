package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/report"
	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/pkg/scan"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// scanOptions are the flags of scan beyond the settings.
type scanOptions struct {
	*settings
	format         string
	outputs        []string
	exitZero       bool
	color          string
	verbose, stats bool
	explainClean   bool
	statistics     bool
	timestamps     bool
	stdinName      string
	diffBase       string
	fixes          string
	within         string
	report         report.Options
}

func (a *app) scanCommand() *cobra.Command {
	o := &scanOptions{settings: newSettings()}
	cmd := &cobra.Command{
		Use:   "scan [PATH ...]",
		Short: "Scan files, folders and notebooks",
		Long: "Scan files, folders and notebooks; without a path the current folder, and with - standard input.\n\n" +
			"The exit code is 0 if nothing is found at or above --fail-on, 1 if something is, 2 for wrong usage,\n" +
			"configuration or rules, 3 if something that should have been scanned was not, 130 when interrupted.",
		RunE: func(_ *cobra.Command, paths []string) error { return a.scan(o, paths) },
	}
	o.register(cmd)
	f := cmd.Flags()
	f.StringVarP(&o.format, "format", "f", "text", "`format` of standard output: "+strings.Join(report.Names(), ", "))
	f.StringArrayVarP(&o.outputs, "output", "o", nil, "report to write as well, as `FORMAT=FILE`; repeatable")
	f.Var(&o.failOn, "fail-on", "lowest level that fails the run with exit code 1")
	f.BoolVar(&o.exitZero, "exit-zero", false, "exit with 0 where the code would be 1")
	f.StringVar(&o.color, "color", "auto", "auto, always or never")
	f.BoolVar(&o.settings.eager, "eager", false, "parse every file, even those that cannot contribute to a finding")
	f.BoolVarP(&o.verbose, "verbose", "v", false, "print every flow and every problem")
	f.BoolVar(&o.stats, "stats", false, "print on standard error what was analysed, in figures")
	f.BoolVar(&o.explainClean, "explain-clean", false, "when nothing is reported, print on standard error why")
	f.BoolVar(&o.statistics, "statistics", false, "print how many findings each rule has instead of the findings")
	f.BoolVar(&o.timestamps, "timestamps", false, "write the time of the scan into reports")
	f.BoolVar(&o.report.ShowSuppressed, "show-suppressed", false, "also show findings that ignore comments or the baseline silence")
	f.StringVar(&o.report.Category, "sarif-category", "", "category of the SARIF report, to tell several scans of a repository apart")
	f.BoolVar(&o.report.NoSnippets, "sarif-no-snippets", false, "leave the code out of the SARIF report")
	f.StringVar(&o.report.GitLab, "gitlab-schema", "", "schema `version` of gitlab-sast (default "+report.DefaultGitLabSchema+")")
	f.StringVar(&o.fixes, "fixes", "auto", "prove the fixes that reports carry by another scan: auto (of small trees), always or never")
	f.StringVar(&o.stdinName, "stdin-filename", "stdin.py", "`name` of standard input in reports")
	f.StringVar(&o.baseline, "baseline", "", "`file` with known findings: report only others (default "+defaultBaseline+" beside the configuration, if it is there)")
	f.BoolVar(&o.noBaseline, "no-baseline", false, "use no baseline, not even "+defaultBaseline)
	f.StringVar(&o.diffBase, "diff-base", "", "report only what the changes since this git `revision` touch or bring in")
	f.BoolVar(&o.trustHead, "trust-head", false, "with --diff-base: settings, packs, baseline and ignore comments that the changes add count as well")
	f.StringVar(&o.within, "within", "", "scan all of this `folder`, but report only what passes through the paths")
	complete(cmd, "format", report.Names()...)
	completeOutputs(cmd)
	complete(cmd, "color", "auto", "always", "never")
	complete(cmd, "fixes", "auto", "always", "never")
	complete(cmd, "fail-on", o.failOn.allowed...)
	return cmd
}

// checkOutput finds wrong formats before the work is done, not after.
func (o *scanOptions) checkOutput() ([]output, error) {
	var outs []output
	for _, s := range o.outputs {
		out, err := parseOutput(s)
		if err != nil {
			return nil, err
		}
		outs = append(outs, out)
	}
	for _, f := range [][2]string{{"color", o.color}, {"fixes", o.fixes}} {
		if allowed := []string{"auto", "always", "never"}; !slices.Contains(allowed, f[1]) {
			return nil, fmt.Errorf("--%s: %w", f[0], oneOf(f[1], allowed))
		}
	}
	if err := checkFormat(o.format); err != nil {
		return nil, fmt.Errorf("--format: %w", err)
	}
	if v := o.report.GitLab; v != "" && !releaseForm.MatchString(v) {
		return nil, fmt.Errorf("--gitlab-schema: write it as 15.2.3 (got %q)", v)
	}
	return outs, checkTwice(outs)
}

// checkTogether refuses what does not go together.
func (o *scanOptions) checkTogether(paths []string) error {
	stdin := slices.Contains(paths, "-")
	switch {
	case stdin && len(paths) > 1:
		return errors.New("- (standard input) stands alone; other paths are scanned in a run of their own")
	case stdin && o.within != "":
		return errors.New("--within does not go with - (standard input)")
	case stdin && o.diffBase != "":
		return errors.New("--diff-base does not go with - (standard input)")
	case o.flags.Changed("stdin-filename") && !stdin:
		return errors.New("--stdin-filename is for - (standard input)")
	case o.trustHead && o.diffBase == "":
		return errors.New("--trust-head is for --diff-base")
	case o.noBaseline && o.baseline != "":
		return errors.New("--no-baseline does not go with --baseline")
	case o.statistics && o.format != "text":
		return errors.New("--statistics is for the text format")
	case o.isolated && o.configFile != "":
		return errors.New("--isolated reads no configuration file; it does not go with --config")
	}
	return nil
}

// scan runs the pipeline on the paths and writes the reports; the error it gives holds the exit code.
func (a *app) scan(o *scanOptions, paths []string) error {
	if err := o.checkTogether(paths); err != nil {
		return err
	}
	outs, err := o.checkOutput()
	if err != nil {
		return err
	}
	if o.diffBase != "" {
		roots := paths
		if o.within != "" {
			roots = []string{o.within}
		} else if len(roots) == 0 {
			roots = []string{"."}
		}
		past, close, err := openPast(roots, o.diffBase)
		if err != nil {
			return err
		}
		defer close()
		o.past = past
	}
	r, err := a.find(o, paths)
	if err != nil {
		return err
	}
	if err := r.knownFindings(); err != nil {
		return err
	}
	edits := r.gateChanges(r.res.Findings)
	if err := r.changed(a); err != nil {
		return err
	}
	r.res.Findings = append(r.res.Findings, edits...)
	finding.Sort(r.res.Findings)
	all := r.res.Findings
	r.hide(o.settings)
	o.present(r)
	o.proveFixes(a, r, outs)
	r.res.Gate = o.gate(all)
	if err := a.write(&r.res, o, outs); err != nil {
		return err
	}
	if o.stats {
		r.tellStats(a.err)
	}
	if o.explainClean {
		r.explainClean(a.err, o)
	}
	return o.verdict(r)
}

// find scans what the paths and flags name.
func (a *app) find(o *scanOptions, paths []string) (*run, error) {
	if o.within != "" {
		return a.scanWithin(o.settings, o.within, paths)
	}
	if len(paths) == 1 && paths[0] == "-" {
		return a.scanStdin(o)
	}
	return a.runScan(o.settings, paths)
}

// present sets what depends on who reads.
func (o *scanOptions) present(r *run) {
	o.report.AllFlows = o.verbose
	if o.timestamps || fixedTime() {
		o.report.Start, o.report.End = r.start, r.end
	}
	if needsRepository(o) {
		r.res.Repo = repositoryOf(o.base)
	}
}

// verdict gives the error with the exit code of the scan; nil for 0. An incomplete scan is worse than findings: what was
// not seen may be worse than what was.
func (o *scanOptions) verdict(r *run) error {
	if !r.res.Complete() {
		return exit{code: exitIncomplete}
	}
	if r.res.Gate.Failing > 0 && !o.exitZero {
		return exit{code: exitFindings}
	}
	return nil
}

// gate says what fails the run, and how many findings do.
func (o *scanOptions) gate(all []finding.Finding) *report.Gate {
	least := o.failOn
	if !o.flags.Changed("fail-on") && o.fromConfig["fail-on"] == "" && o.minLevel.level > least.level {
		least = o.minLevel // what is not shown does not fail unless that is asked for
	}
	failing, _ := atLeast(all, least.level)
	return &report.Gate{FailOn: least.String(), Failing: len(failing)}
}

// scanStdin scans standard input as one file.
func (a *app) scanStdin(o *scanOptions) (*run, error) {
	raw, err := io.ReadAll(a.in)
	if err != nil {
		return nil, exit{exitIncomplete, fmt.Errorf("reading standard input: %w", err)}
	}
	if len(raw) == 0 && !o.quiet {
		fmt.Fprintln(a.err, "pickletrace: standard input is empty: there is nothing to find in it")
	}
	o.instead = func(string) map[string][]byte { return map[string][]byte{o.stdinName: raw} }
	return a.runWith(o.settings, []string{"."}, func(opts scan.Options, pack *rule.Pack) scan.Result {
		file, problems := text.NewFile(o.stdinName, opts.Instead[o.stdinName])
		res := scan.Files([]*text.File{file}, nil, pack, &opts.Taint)
		res.Problems = append(problems, res.Problems...)
		return res
	})
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

// fixedTime says whether the time is given from outside, so that equal scans give equal reports.
func fixedTime() bool { return os.Getenv("SOURCE_DATE_EPOCH") != "" }

func now() time.Time {
	if s := os.Getenv("SOURCE_DATE_EPOCH"); s != "" {
		var sec int64
		if _, err := fmt.Sscanf(s, "%d", &sec); err == nil {
			return time.Unix(sec, 0).UTC()
		}
	}
	return time.Now()
}

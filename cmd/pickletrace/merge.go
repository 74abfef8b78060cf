package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/pickletrace/pickletrace/pkg/disk"
	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/report"
)

// mergeOptions are the flags of merge.
type mergeOptions struct {
	outputs []string
	format  string
	failOn  levelFlag
	// formatGiven: standard output gets a report even if files do
	formatGiven bool
	report      report.Options
}

func (a *app) mergeCommand() *cobra.Command {
	o := &mergeOptions{failOn: levelFlag{level: never, allowed: []string{"note", "warning", "error", "never"}}}
	cmd := &cobra.Command{
		Use:   "merge REPORT ...",
		Short: "Merge several SARIF reports of one repository",
		Long: "Make one report, in any format, of the SARIF reports that scans of parts of one repository wrote, as jobs of a\n" +
			"matrix do. A folder stands for all *.sarif files in it and below. The same finding is written once, with the flows of all scans.\n\n" +
			"The exit code is 3 if a report is missing or its scan was incomplete, 1 if --fail-on asks for it, 2 if reports\n" +
			"do not belong together: of different commits, versions or rules.",
		Args:        cobra.MinimumNArgs(1),
		Annotations: map[string]string{needs: "reports, e.g. pickletrace merge part1.sarif part2.sarif"},
		RunE: func(c *cobra.Command, paths []string) error {
			o.formatGiven = c.Flags().Changed("format")
			return a.merge(o, paths)
		},
	}
	f := cmd.Flags()
	f.StringVarP(&o.format, "format", "f", "sarif", "`format` of standard output: "+strings.Join(report.Names(), ", "))
	f.StringArrayVarP(&o.outputs, "output", "o", nil, "report to write instead, as `FORMAT=FILE`; repeatable; with --format as well")
	f.Var(&o.failOn, "fail-on", "exit with 1 at or above this level")
	f.StringVar(&o.report.Category, "sarif-category", "", "category of the merged report")
	complete(cmd, "fail-on", o.failOn.allowed...)
	complete(cmd, "format", report.Names()...)
	completeOutputs(cmd)
	return cmd
}

func (a *app) merge(o *mergeOptions, paths []string) error {
	outs, err := o.checkOutput()
	if err != nil {
		return err
	}
	logs, err := readLogs(paths)
	if err != nil {
		return exit{exitIncomplete, err}
	}
	o.report.Warn = func(msg string) { fmt.Fprintf(a.err, "pickletrace: %s\n", msg) }
	var merged strings.Builder
	sum, err := report.MergeSARIF(&merged, logs, o.report)
	if err != nil {
		return err
	}
	write := o.writer(merged.String(), len(logs), sum)
	for _, out := range outs {
		if err := report.WriteFile(out.path, func(w io.Writer) error { return write(w, out.format, o.report) }); err != nil {
			return exit{exitIncomplete, err}
		}
	}
	if len(outs) == 0 || o.formatGiven {
		opts := o.report
		if o.format == "text" {
			opts.Color, opts.Width = useColor("auto", a.out), columns(a.out)
		}
		if err := write(a.out, o.format, opts); err != nil {
			return exit{exitIncomplete, fmt.Errorf("writing to standard output: %w", err)}
		}
	}
	fmt.Fprintf(a.err, "merged reports: %d; errors: %d, warnings: %d, notes: %d\n", len(logs), sum.Errors, sum.Warnings, sum.Notes)
	return o.verdict(sum)
}

// writer gives what writes the merged report in a format.
func (o *mergeOptions) writer(merged string, reports int, sum report.Merged) func(io.Writer, string, report.Options) error {
	return func(w io.Writer, format string, opts report.Options) error {
		if format == "sarif" {
			_, err := io.WriteString(w, merged)
			return err
		}
		log, err := report.ParseSARIF("the merged report", []byte(merged))
		if err != nil {
			return err
		}
		pack, err := loadPacks(nil, false)
		if err != nil {
			return err
		}
		res := log.Result(pack, reports)
		res.Gate = &report.Gate{FailOn: o.failOn.String(), Failing: o.failing(sum)}
		return report.Formats[format](w, res, opts)
	}
}

func (o *mergeOptions) checkOutput() ([]output, error) {
	if err := checkFormat(o.format); err != nil {
		return nil, fmt.Errorf("--format: %w", err)
	}
	var outs []output
	for _, s := range o.outputs {
		out, err := parseOutput(s)
		if err != nil {
			return nil, err
		}
		outs = append(outs, out)
	}
	return outs, nil
}

func (o *mergeOptions) verdict(sum report.Merged) error {
	if !sum.Complete {
		return exit{exitIncomplete, errors.New("one of the scans was incomplete; the merged report names what it missed")}
	}
	if o.failing(sum) > 0 {
		return exit{code: exitFindings}
	}
	return nil
}

// failing counts the findings at or above --fail-on.
func (o *mergeOptions) failing(sum report.Merged) int {
	n := 0
	for level, count := range map[finding.Level]int{finding.Error: sum.Errors, finding.Warning: sum.Warnings, finding.Note: sum.Notes} {
		if level >= o.failOn.level {
			n += count
		}
	}
	return n
}

// readLogs reads the reports; the error tells of all that cannot be.
func readLogs(paths []string) ([]*report.SARIFLog, error) {
	var files []string
	var errs []error
	for _, p := range paths {
		found, err := sarifFiles(p)
		files, errs = append(files, found...), append(errs, err)
	}
	var logs []*report.SARIFLog
	for _, p := range files {
		data, err := disk.Read(p, maxRead)
		if err != nil {
			errs = append(errs, fmt.Errorf("reading a report: %w", fileError(p, err)))
			continue
		}
		log, err := report.ParseSARIF(filepath.ToSlash(p), data)
		logs, errs = append(logs, log), append(errs, err)
	}
	return logs, errors.Join(errs...)
}

// sarifFiles gives the reports in and below a folder, or the file itself.
func sarifFiles(path string) ([]string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("reading a report: %w", fileError(path, err))
	}
	if !info.IsDir() {
		return []string{path}, nil
	}
	var out []string
	err = filepath.WalkDir(path, func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && strings.HasSuffix(d.Name(), ".sarif") {
			out = append(out, p)
		}
		return err
	})
	if err == nil && out == nil {
		err = fmt.Errorf("%s: there is no report (*.sarif) in this folder", filepath.ToSlash(path))
	}
	return out, err
}

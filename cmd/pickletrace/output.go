package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/report"
)

// An output is a report that goes into a file.
type output struct{ format, path string }

// parseOutput reads the value of -o: FORMAT=FILE.
func parseOutput(s string) (output, error) {
	format, path, ok := strings.Cut(s, "=")
	if !ok || path == "" {
		return output{}, fmt.Errorf("--output %q: write it as FORMAT=FILE, for example sarif=%s", s, s)
	}
	return output{format, path}, checkFormat(format)
}

func checkFormat(name string) error {
	if slices.Contains(report.Names(), name) {
		return nil
	}
	return fmt.Errorf("there is no format %q; the formats are %s", name, strings.Join(report.Names(), ", "))
}

// write produces all reports: first the files, then what goes to standard output.
func (a *app) write(res *report.Result, o *scanOptions) error {
	base := o.report
	base.Warn = func(msg string) { fmt.Fprintf(a.err, "pickletrace: %s\n", msg) }
	for _, out := range o.outputs {
		opts := base
		opts.Color, opts.Terminal = false, false
		err := report.WriteFile(out.path, func(w io.Writer) error { return report.Formats[out.format](w, res, opts) })
		if err != nil {
			return exit{exitIncomplete, err}
		}
	}
	if o.quiet && o.format == "text" && len(res.Findings) == 0 && res.Complete() {
		return nil
	}
	if err := report.Formats[o.format](a.out, res, base); err != nil {
		return exit{exitIncomplete, fmt.Errorf("writing to standard output: %w", err)}
	}
	return nil
}

package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/report"
	"github.com/pickletrace/pickletrace/pkg/spell"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// An output is a report that goes into a file.
type output struct{ format, path string }

// parseOutput reads the value of -o: FORMAT=FILE.
func parseOutput(s string) (output, error) {
	format, path, ok := strings.Cut(s, "=")
	if !ok || path == "" {
		return output{}, fmt.Errorf("--output %q: write it as FORMAT=FILE, for example sarif=report.sarif", s)
	}
	if path == "-" {
		return output{}, fmt.Errorf("--output %s: it writes files; standard output gets what --format %s says", s, format)
	}
	if err := checkFormat(format); err != nil {
		return output{}, fmt.Errorf("--output: %w", err)
	}
	return output{format, path}, checkPlace(path)
}

// checkPlace tells before the scan that a report could not be written there.
func checkPlace(path string) error {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return fmt.Errorf("--output: %s is a folder; name the file", path)
	}
	dir := filepath.Dir(path)
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("--output: folder %s does not exist", filepath.ToSlash(dir))
	case err == nil && !info.IsDir():
		return fmt.Errorf("--output: %s is not a folder", filepath.ToSlash(dir))
	}
	return nil
}

// checkTwice refuses two reports in one file.
func checkTwice(outs []output) error {
	seen := map[string]bool{}
	for _, out := range outs {
		abs, err := filepath.Abs(out.path)
		if err == nil && seen[abs] {
			return fmt.Errorf("--output: %s is named twice", out.path)
		}
		seen[abs] = true
	}
	return nil
}

func checkFormat(name string) error {
	if slices.Contains(report.Names(), name) {
		return nil
	}
	near := ""
	if w := spell.Nearest(strings.ToLower(name), report.Names()); w != "" {
		near = fmt.Sprintf("; did you mean %s?", w)
	}
	return fmt.Errorf("there is no format %q; the formats are %s%s", name, strings.Join(report.Names(), ", "), near)
}

// write produces all reports: first the files, then what goes to standard output.
func (a *app) write(res *report.Result, o *scanOptions, outs []output) error {
	opts := o.report
	opts.Warn = func(msg string) { fmt.Fprintf(a.err, "pickletrace: %s\n", msg) }
	for _, out := range outs {
		err := report.WriteFile(out.path, func(w io.Writer) error { return report.Formats[out.format](w, res, opts) })
		if err != nil {
			return exit{exitIncomplete, err}
		}
	}
	shown := *res
	opts.Path = o.fromHere()
	if o.format == "text" {
		if o.quiet && len(res.Findings) == 0 && res.Complete() {
			return nil
		}
		if !o.verbose {
			shown.Problems = worthTelling(res.Problems)
		}
		opts.Color, opts.Terminal, opts.Width = useColor(o.color, a.out), isTerminal(a.out), columns(a.out)
		opts.Statistics = o.statistics
	}
	if err := report.Formats[o.format](a.out, &shown, opts); err != nil {
		return exit{exitIncomplete, fmt.Errorf("writing to standard output: %w", err)}
	}
	return nil
}

// fromHere gives what makes the paths of reports relative to the current folder, as a person would type them.
func (s *settings) fromHere() func(string) string {
	here, err := os.Getwd()
	if err == nil {
		here, err = filepath.EvalSymlinks(here)
	}
	base, err2 := filepath.EvalSymlinks(s.base)
	if err != nil || err2 != nil || here == base {
		return nil
	}
	return func(path string) string {
		abs := filepath.FromSlash(path)
		if !filepath.IsAbs(abs) {
			abs = filepath.Join(base, abs)
		}
		if rel, err := filepath.Rel(here, abs); err == nil {
			return filepath.ToSlash(rel)
		}
		return path
	}
}

// mostPartial is how many partly analysed files are named before they are only counted.
const mostPartial = 5

// worthTelling gives the problems for a person that did not ask for all: the failures, the first of the files that were
// analysed in part, and how many more there are.
func worthTelling(all []text.Problem) []text.Problem {
	var out []text.Problem
	partial := 0
	for _, p := range all {
		if p.Kind == ownSettings {
			out = append(out, p)
		}
		switch p.Severity {
		case text.Failed:
			out = append(out, p)
		case text.Partial:
			if p.Kind == limitReached {
				continue // the summary tells
			}
			if partial++; partial <= mostPartial {
				out = append(out, p)
			}
		}
	}
	if more := partial - mostPartial; more > 0 {
		out = append(out, text.Problem{Severity: text.Partial, Kind: "more", Msg: fmt.Sprintf("%d more places were analysed only in part; -v names all", more)})
	}
	return out
}

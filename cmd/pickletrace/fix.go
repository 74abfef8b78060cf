package main

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"

	"github.com/aymanbagabas/go-udiff"
	"github.com/spf13/cobra"

	"github.com/pickletrace/pickletrace/pkg/disk"
	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/report"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// fixOptions are the flags of fix beyond the settings.
type fixOptions struct {
	*settings
	diff       bool
	addIgnores string
}

func (a *app) fixCommand() *cobra.Command {
	o := &fixOptions{settings: newSettings()}
	cmd := &cobra.Command{
		Use:   "fix [PATH ...]",
		Short: "Remove ignore comments that silence nothing, or add some",
		Long: "Change files so that findings go away, only in ways that keep what the program does: remove ignore comments\n" +
			"that silence nothing, or add comments with a reason. With --diff nothing is written, and the exit code is 1\n" +
			"if something would be.",
		RunE: func(_ *cobra.Command, paths []string) error { return a.fix(o, paths) },
	}
	o.register(cmd)
	cmd.Flags().BoolVar(&o.diff, "diff", false, "print the changes and write nothing")
	cmd.Flags().StringVar(&o.addIgnores, "add-ignores", "", "instead put an ignore comment with this `reason` at every finding that is shown")
	return cmd
}

func (a *app) fix(o *fixOptions, paths []string) error {
	r, err := a.runScan(o.settings, paths)
	if err != nil {
		return err
	}
	if err := a.whole(r); err != nil {
		return err
	}
	if err := r.known(o.baseline); err != nil {
		return err
	}
	var edits []finding.Edit
	if o.addIgnores != "" {
		shown, _ := atLeast(r.res.Findings, o.minLevel.level)
		edits = finding.AddIgnores(shown, o.addIgnores)
	} else {
		edits = fixesOf(r.res.Findings)
	}
	changed := 0
	for _, e := range byFile(edits) {
		ok, err := a.changeFile(r, e, o.diff)
		if err != nil {
			return exit{exitIncomplete, err}
		}
		if ok {
			changed++
		}
	}
	if !o.diff {
		_, err = fmt.Fprintf(a.out, "%d files changed\n", changed)
		return err
	}
	if changed > 0 {
		return exit{code: exitFindings}
	}
	return nil
}

// fixesOf gives the edits of the first fix of each finding that keeps what the program does. What a call should be
// replaced with depends on the data, so no rule rewrites code.
func fixesOf(fs []finding.Finding) []finding.Edit {
	var out []finding.Edit
	for _, f := range fs {
		for _, x := range f.Fixes {
			if x.Safe {
				out = append(out, x.Edits...)
				break
			}
		}
	}
	return out
}

// byFile gives the edits of each file in the order of the text, the files in the order of their paths.
func byFile(edits []finding.Edit) [][]finding.Edit {
	edits = slices.Clone(edits)
	slices.SortStableFunc(edits, func(a, b finding.Edit) int {
		return cmp.Or(cmp.Compare(a.File.Path, b.File.Path), cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Span.End, b.Span.End))
	})
	var out [][]finding.Edit
	for i, e := range edits {
		if i == 0 || edits[i-1].File != e.File {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], e)
	}
	return out
}

// changeFile applies edits of one file, or prints what they would change; false means the file stays as it is.
func (a *app) changeFile(r *run, edits []finding.Edit, diff bool) (bool, error) {
	f := edits[0].File
	path := r.onDisk(f)
	old, err := disk.Read(path, int64(len(f.Text))*4+1024) // UTF-32 is the longest
	if err != nil {
		return false, err
	}
	mark, ok := markOf(f, old)
	if !ok {
		fmt.Fprintf(a.err, "%s: not changed: its text is not stored as UTF-8, or it has changed since it was scanned\n", report.Visible(f.Path))
		return false, nil
	}
	next := slices.Concat(mark, applyEdits(f.Text, edits))
	if bytes.Equal(old, next) {
		return false, nil
	}
	if diff {
		_, err := io.WriteString(a.out, udiff.Unified("a/"+f.Path, "b/"+f.Path, string(old), string(next)))
		return true, err
	}
	return true, report.WriteFile(path, func(w io.Writer) error { _, err := w.Write(next); return err })
}

// markOf gives the byte order mark that stands before the text on disk; ok is false if the bytes are not mark and text.
func markOf(f *text.File, raw []byte) (mark []byte, ok bool) {
	mark = []byte("\ufeff")
	if !bytes.HasPrefix(raw, mark) || bytes.HasPrefix(f.Text, mark) {
		mark = nil
	}
	return mark, sameBytes(f, raw) && bytes.Equal(raw[len(mark):], f.Text)
}

// applyEdits gives the text with the edits, which are in its order; one that overlaps the one before is left for the
// next run.
func applyEdits(text []byte, edits []finding.Edit) []byte {
	var out []byte
	at := int32(0)
	for _, e := range edits {
		if e.Span.Start < at {
			continue
		}
		out = append(out, text[at:e.Span.Start]...)
		out = append(out, e.New...)
		at = e.Span.End
	}
	return append(out, text[at:]...)
}

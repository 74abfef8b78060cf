package main

import (
	"bytes"
	"fmt"
	"io"
	"maps"
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
	diff, unsafe bool
	addIgnores   string
}

func (a *app) fixCommand() *cobra.Command {
	o := &fixOptions{settings: newSettings()}
	cmd := &cobra.Command{
		Use:   "fix [PATH ...]",
		Short: "Make calls safe, and remove ignore comments that silence nothing",
		Long: "Change files so that findings go away: give calls the argument that makes them safe (weights_only=True), where the\n" +
			"rule says how, and remove ignore comments that silence nothing, or add comments with a reason. A change is made only\n" +
			"if a scan of the changed files no longer shows the finding, and shows nothing new. With --diff nothing is written, and\n" +
			"the exit code is 1 if something would be.",
		RunE: func(_ *cobra.Command, paths []string) error { return a.fix(o, paths) },
	}
	o.register(cmd)
	cmd.Flags().BoolVar(&o.diff, "diff", false, "print the changes and write nothing")
	cmd.Flags().BoolVar(&o.unsafe, "unsafe-fixes", false, "also make changes that may break what the program does with its own data")
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
	if err := r.knownFindings(); err != nil {
		return err
	}
	changes, err := a.changes(o, r)
	if err != nil {
		return exit{exitIncomplete, err}
	}
	changed := 0
	for _, path := range slices.Sorted(maps.Keys(changes)) {
		ok, err := a.changeFile(r, changes[path], o.diff)
		if err != nil {
			return exit{exitIncomplete, err}
		}
		if ok {
			changed++
		}
	}
	if !o.diff {
		_, err = fmt.Fprintf(a.out, "%s changed\n", count(changed, "file"))
		return err
	}
	if changed > 0 {
		return exit{code: exitFindings}
	}
	return nil
}

// changes gives the edits to make, by path.
func (a *app) changes(o *fixOptions, r *run) (map[string][]finding.Edit, error) {
	shown := o.shown(r.res.Findings)
	if o.addIgnores != "" {
		return byPath(finding.AddIgnores(shown, o.addIgnores)), nil
	}
	edits := commentFixes(r.res.Findings)
	p := &proof{app: a, run: r, before: r.found.Findings}
	p.offer(shown, o.unsafe)
	proved, err := p.prove()
	if err != nil {
		return nil, err
	}
	p.tell(o.unsafe)
	return byPath(append(edits, proved...)), nil
}

// commentFixes gives the edits of ignore comments: the first fix of each finding about one.
func commentFixes(fs []finding.Finding) []finding.Edit {
	var out []finding.Edit
	for _, f := range fs {
		for _, x := range f.Fixes {
			if x.Safe && f.SinkID == "" {
				out = append(out, x.Edits...)
				break
			}
		}
	}
	return out
}

// byPath gives the edits of each file in the order of the text. The same edit of two findings is one; of two that overlap the
// second is left for the next run.
func byPath(edits []finding.Edit) map[string][]finding.Edit {
	out := map[string][]finding.Edit{}
	for _, e := range edits {
		out[e.File.Path] = append(out[e.File.Path], e)
	}
	for path, list := range out {
		slices.SortStableFunc(list, compareEdits)
		var keep []finding.Edit
		for _, e := range list {
			if n := len(keep); n > 0 && (keep[n-1] == e || overlap(keep[n-1], e)) {
				continue
			}
			keep = append(keep, e)
		}
		out[path] = keep
	}
	return out
}

func compareEdits(a, b finding.Edit) int {
	as, ae, _ := a.File.OnDisk(a.Span)
	bs, be, _ := b.File.OnDisk(b.Span)
	if as != bs {
		return int(as - bs)
	}
	return int(ae - be)
}

// overlap says whether the second edit begins inside of the first.
func overlap(a, b finding.Edit) bool {
	_, end, _ := a.File.OnDisk(a.Span)
	start, _, _ := b.File.OnDisk(b.Span)
	return start < end
}

// changeFile applies edits of one file, or prints what they would change; false means the file stays as it is.
func (a *app) changeFile(r *run, edits []finding.Edit, diff bool) (bool, error) {
	f := edits[0].File
	path := r.onDisk(f)
	old, err := readAgain(r, f)
	if err != nil {
		return false, err
	}
	next, ok := changedBytes(f, old, edits)
	if !ok {
		fmt.Fprintf(a.err, "%s: not changed: its text is not stored as UTF-8, or it has changed since it was scanned\n", report.Visible(f.Path))
		return false, nil
	}
	if bytes.Equal(old, next) {
		return false, nil
	}
	if diff {
		_, err := io.WriteString(a.out, udiff.Unified("a/"+f.Path, "b/"+f.Path, string(old), string(next)))
		return true, err
	}
	return true, report.WriteFile(path, func(w io.Writer) error { _, err := w.Write(next); return err })
}

// readAgain reads the bytes of a scanned file.
func readAgain(r *run, f *text.File) ([]byte, error) {
	if raw, ok := r.options.Instead[f.Path]; ok {
		return raw, nil
	}
	return disk.Read(r.onDisk(f), int64(len(f.Disk()))*4+1024) // UTF-32 is the longest
}

// changedBytes gives the bytes of a file with edits in it; ok is false if its bytes are not those that were scanned.
func changedBytes(f *text.File, raw []byte, edits []finding.Edit) (next []byte, ok bool) {
	mark := []byte("\ufeff")
	stored := f.Disk()
	if !bytes.HasPrefix(raw, mark) || bytes.HasPrefix(stored, mark) {
		mark = nil
	}
	if !sameBytes(f, raw) || !bytes.Equal(raw[len(mark):], stored) {
		return nil, false
	}
	return append(slices.Clone(mark), finding.Apply(f, edits)...), true
}

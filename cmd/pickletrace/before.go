package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/report"
	"github.com/pickletrace/pickletrace/pkg/scan"
)

// A change can bring in a finding and touch no line of it: a lower version of a library in requirements.txt, a check that
// is bound to another function, an ignore comment that is taken away. So where findings lie outside the changed lines,
// the state before is scanned as well, and what it does not have is new.

// brought parts findings into those that the scanned state has and the commit has not, or only at a lower level, and the
// rest.
func (r *run) brought(a *app, commit string, fs []finding.Finding) (fresh, old []finding.Finding, err error) {
	if !slices.ContainsFunc(fs, r.matters) {
		return nil, fs, nil
	}
	stop := a.progress(r.settings.quiet)
	defer stop()
	before, err := r.findingsAt(commit)
	if err != nil {
		return nil, nil, err
	}
	c := finding.NewBaseline(before, "", "").Compare(fs, "")
	level := map[string]finding.Level{} // the loudest of each identity before
	for i := range before {
		level[before[i].Fingerprint] = max(level[before[i].Fingerprint], before[i].Level)
	}
	isNew := map[string]bool{}
	for i := range c.New {
		isNew[placeKey(&c.New[i])] = true
	}
	for i := range fs {
		if f := &fs[i]; isNew[placeKey(f)] || f.Level > level[f.Fingerprint] {
			fresh = append(fresh, *f)
		} else {
			old = append(old, *f)
		}
	}
	return fresh, old, nil
}

func placeKey(f *finding.Finding) string {
	p := f.Sink.Place()
	return fmt.Sprintf("%s\x00%s\x00%d", p.Path, f.Fingerprint, p.Line)
}

// matters says whether a finding would be shown or fail the scan.
func (r *run) matters(f finding.Finding) bool {
	return f.Level >= min(r.settings.minLevel.level, r.settings.failOn.level)
}

// findingsAt scans the tree of a commit with the settings of this run.
func (r *run) findingsAt(commit string) ([]finding.Finding, error) {
	dir, err := os.MkdirTemp("", "pickletrace-")
	if err != nil {
		return nil, exit{exitIncomplete, err}
	}
	defer removeLater(dir)()
	if dir, err = filepath.EvalSymlinks(dir); err != nil {
		return nil, exit{exitIncomplete, err}
	}
	if err := exportCommit(r.settings.base, commit, dir); err != nil {
		return nil, fmt.Errorf("--diff-base: reading the state before: %w", err)
	}
	s := *r.settings
	s.base, s.noGitignore, s.roots = dir, true, nil
	for _, root := range r.settings.roots {
		if at := r.settings.inside(root, dir); at != "" {
			s.roots = append(s.roots, at)
		}
	}
	if s.roots == nil {
		return nil, nil // nothing of it was there
	}
	opts := r.options
	opts.Find = s.find()
	opts.Find.Exclude = append(opts.Find.Exclude, r.res.Pack.Exclude...)
	old := run{settings: &s, selection: r.selection, found: scan.Run(opts, r.res.Pack), res: report.Result{Pack: r.res.Pack}}
	old.ignore(r.selection, r.res.Pack)
	return old.res.Findings, nil
}

// inside gives where a root of the scan is in another folder that holds the same tree; "" if it is not there.
func (s *settings) inside(root, dir string) string {
	real, err := realPath(root)
	if err != nil {
		return ""
	}
	base, err := realPath(s.base)
	if err != nil {
		return ""
	}
	rel, err := filepath.Rel(base, real)
	if err != nil || !filepath.IsLocal(rel) {
		return ""
	}
	at := filepath.Join(dir, rel)
	if _, err := os.Stat(at); err != nil {
		return ""
	}
	return at
}

// A blob is a file of a commit.
type blob struct{ object, path string }

// largestBlob is in bytes; no file that is read is larger.
const largestBlob = 32 << 20

// exportCommit writes the files of a commit into a folder. git itself would apply filters, attributes and hooks of the
// repository; what it stores is taken as it is.
func exportCommit(dir, commit, into string) error {
	blobs, err := blobsOf(dir, commit)
	if err != nil {
		return err
	}
	cmd := gitCommand(dir, "cat-file", "--batch")
	var names bytes.Buffer
	for _, b := range blobs {
		names.WriteString(b.object + "\n")
	}
	cmd.Stdin = &names
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	err = writeBlobs(bufio.NewReader(out), blobs, into)
	_, _ = io.Copy(io.Discard, out)
	if waitErr := cmd.Wait(); err == nil {
		err = waitErr
	}
	return err
}

// blobsOf lists the regular files of a commit that could be read by a scan.
func blobsOf(dir, commit string) ([]blob, error) {
	out, err := git(dir, "ls-tree", "-r", "-l", "-z", "--full-tree", commit)
	if err != nil {
		return nil, err
	}
	var blobs []blob
	for entry := range strings.SplitSeq(strings.TrimSuffix(string(out), "\x00"), "\x00") {
		meta, path, _ := strings.Cut(entry, "\t")
		f := strings.Fields(meta) // mode, type, object, size
		if len(f) != 4 || f[1] != "blob" || !strings.HasPrefix(f[0], "100") || !filepath.IsLocal(filepath.FromSlash(path)) {
			continue // a symbolic link, a submodule
		}
		if size, err := strconv.Atoi(f[3]); err == nil && size <= largestBlob {
			blobs = append(blobs, blob{f[2], path})
		}
	}
	return blobs, nil
}

// writeBlobs reads what git says of the blobs: a line with the size, the bytes, a line end.
func writeBlobs(in *bufio.Reader, blobs []blob, into string) error {
	for _, b := range blobs {
		head, err := in.ReadString('\n')
		if err != nil {
			return err
		}
		f := strings.Fields(head)
		if len(f) != 3 {
			return errors.New(strings.TrimSpace(head) + "; in a partial clone the files of older commits are not there")
		}
		size, err := strconv.ParseInt(f[2], 10, 64)
		if err != nil {
			return err
		}
		if err := writeBlob(io.LimitReader(in, size), filepath.Join(into, filepath.FromSlash(b.path))); err != nil {
			return err
		}
		if _, err := in.ReadByte(); err != nil {
			return err
		}
	}
	return nil
}

func writeBlob(in io.Reader, path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	out, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, os.ErrExist) { // two names that are one in this file system
		_, err = io.Copy(io.Discard, in)
		return err
	}
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

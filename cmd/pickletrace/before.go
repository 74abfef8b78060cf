package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/git"
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
		return nil, exit{exitIncomplete, fmt.Errorf("--diff-base: reading the state before: %w", err)}
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

// Limits of the state before that is written down. Files above the first are not read by a scan either; above the second
// the commit is no program that people wrote.
const (
	largestBlob = 32 << 20
	largestTree = 4 << 30
)

// exportCommit writes the regular files of a commit into a folder, as they are stored: no filter, attribute or hook has a
// say.
func exportCommit(dir, commit, into string) error {
	repo, err := git.Open(dir)
	if err != nil {
		return err
	}
	defer repo.Close()
	hash, err := repo.Resolve(commit)
	if err != nil {
		return err
	}
	files, err := repo.Files(hash)
	if err != nil {
		return err
	}
	var total int64
	for _, f := range files {
		local := filepath.FromSlash(f.Path)
		if f.Type() != git.ModeRegular || !filepath.IsLocal(local) {
			continue // a symbolic link, a submodule
		}
		data, err := repo.Blob(f.Hash, largestBlob)
		if errors.Is(err, git.ErrLarge) {
			continue
		}
		if err != nil {
			return err
		}
		if total += int64(len(data)); total > largestTree {
			return errors.New("the files of the commit are too large together")
		}
		if err := writeBlob(data, filepath.Join(into, local)); err != nil {
			return err
		}
	}
	return nil
}

func writeBlob(data []byte, path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	out, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, os.ErrExist) { // two names that are one in this file system
		return nil
	}
	if err != nil {
		return err
	}
	_, err = out.Write(data)
	return errors.Join(err, out.Close())
}

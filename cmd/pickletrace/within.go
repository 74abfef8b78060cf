package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"

	"github.com/pickletrace/pickletrace/pkg/finding"
)

// within is --within: all of a folder is scanned, for flows go through files, but only what has to do with the named
// paths is reported. Hooks that are called with the files of a commit need it.

// scanWithin scans the folder and keeps the findings of which the sink or a step is in one of the paths.
func (a *app) scanWithin(s *settings, folder string, paths []string) (*run, error) {
	if len(paths) == 0 {
		return nil, errors.New("--within: name the files or folders to report on")
	}
	top, err := realPath(folder)
	if err != nil {
		return nil, exit{exitIncomplete, fmt.Errorf("--within: %w", fileError(folder, err))}
	}
	var named []string
	for _, p := range paths {
		real, err := realPath(p)
		if err != nil {
			return nil, exit{exitIncomplete, fileError(p, err)}
		}
		if !within(top, real) {
			return nil, fmt.Errorf("--within: %s is not in %s", p, folder)
		}
		named = append(named, real)
	}
	r, err := a.runScan(s, []string{folder})
	if err == nil {
		r.narrow(named)
	}
	return r, err
}

// fileError says why a file cannot be read, in words and by the name that the user gave it.
func fileError(path string, err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s: no such file or folder", path)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%s: permission denied", path)
	}
	return fmt.Errorf("%s: %w", path, err)
}

func realPath(path string) (string, error) {
	abs, err := filepath.Abs(path)
	if err == nil {
		abs, err = filepath.EvalSymlinks(abs)
	}
	return abs, err
}

// narrow takes out the findings that have nothing to do with the files or folders, which are absolute and resolved.
func (r *run) narrow(named []string) {
	here := func(s *finding.Step) bool {
		return s.File != nil && slices.ContainsFunc(named, func(n string) bool { return within(n, r.onDisk(s.File)) })
	}
	kept, rest := finding.Narrow(r.res.Findings, here)
	r.res.Findings, r.res.Unchanged = kept, len(r.settings.shown(rest))
	r.res.Incremental = "paths"
}

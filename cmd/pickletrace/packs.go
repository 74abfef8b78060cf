package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing/fstest"

	"github.com/pickletrace/pickletrace/pkg/disk"
	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/rules"
)

// loadPacks reads the built-in packs and the user's: files, or all packs in folders.
func loadPacks(paths []string, noDefault bool) (*rule.Pack, error) {
	return loadPacksAt(paths, noDefault, func(path string) string { return path })
}

// loadPacksAt reads what is named in another place.
func loadPacksAt(paths []string, noDefault bool, at func(path string) string) (*rule.Pack, error) {
	var own []rule.File
	for _, p := range paths {
		files, err := packFiles(p, at)
		if err != nil {
			return nil, err
		}
		own = append(own, files...)
	}
	if noDefault {
		if len(own) == 0 {
			return nil, fmt.Errorf("--no-default-rules leaves no rules: give some with --rules")
		}
		return rule.LoadFiles(fstest.MapFS{}, own...)
	}
	return rule.LoadFiles(rules.FS, own...)
}

// Limits of files that are read, in bytes. What is larger was not written for its purpose.
const (
	maxPack     = 4 << 20
	maxBaseline = 64 << 20
	maxRead     = 1 << 30 // of sources and of reports to merge
)

func packFiles(path string, at func(path string) string) ([]rule.File, error) {
	info, err := os.Stat(at(path))
	if err != nil {
		return nil, fmt.Errorf("reading a rule pack: %w", fileError(path, err))
	}
	names := []string{path}
	if info.IsDir() {
		names = nil
		entries, err := os.ReadDir(at(path))
		if err != nil {
			return nil, fmt.Errorf("reading rule packs: %w", fileError(path, err))
		}
		for _, e := range entries {
			if ext := filepath.Ext(e.Name()); ext == ".yaml" || ext == ".yml" {
				names = append(names, filepath.Join(path, e.Name()))
			}
		}
		if len(names) == 0 {
			return nil, fmt.Errorf("%s: there is no rule pack (*.yaml, *.yml) in this folder", path)
		}
		slices.Sort(names)
	}
	files := make([]rule.File, len(names))
	for i, name := range names {
		read := disk.ReadNamed // of the tree only regular files can be named, see insideTree
		if info.IsDir() {
			read = func(name string, limit int64) ([]byte, error) { return disk.ReadInside(at(path), name, limit) }
		}
		data, err := read(at(name), maxPack)
		if err != nil {
			return nil, fmt.Errorf("reading a rule pack: %w", fileError(name, err))
		}
		files[i] = rule.File{Name: filepath.ToSlash(name), Data: data}
	}
	return files, nil
}

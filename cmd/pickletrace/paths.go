package main

import (
	"crypto/sha256"
	"os"
	"path/filepath"

	"github.com/pickletrace/pickletrace/pkg/text"
)

// shownPath is a path as seen from the current folder if it is below it.
func shownPath(path string) string {
	abs, err := filepath.Abs(path)
	cwd, err2 := os.Getwd()
	if err == nil && err2 == nil && within(cwd, abs) {
		if rel, err := filepath.Rel(cwd, abs); err == nil {
			return filepath.ToSlash(rel)
		}
	}
	return filepath.ToSlash(path)
}

// sameBytes says whether the bytes are those the file was read from.
func sameBytes(f *text.File, raw []byte) bool { return sha256.Sum256(raw) == f.SHA256 }

// Package git reads what git knows of a work tree: which files it tracks and ignores, and what a commit holds. It starts
// no program, opens no connection, writes nothing, and obeys no configuration: a repository that is scanned is not
// trusted. Only the folder .git at the top of a work tree, or the place that a file of that name gives, is a repository;
// a folder of plain files that looks like one never is.
package git

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/format/config"
	"github.com/go-git/go-git/v5/storage/filesystem"

	"github.com/pickletrace/pickletrace/pkg/disk"
)

// Limits of what is read. Real repositories stay far below; whoever writes one to cost memory or time does not.
const (
	maxSmall  = 1 << 16   // bytes of a reference and the like
	maxConfig = 1 << 17   // bytes of a configuration
	maxIndex  = 256 << 20 // bytes of an index or of packed references
	maxFiles  = 1 << 20   // files of one commit
	maxDepth  = 256       // folders in each other
	maxCommit = 1 << 22   // commits visited
)

// A Hash is the name of an object.
type Hash = plumbing.Hash

// A Repository is what belongs to one work tree.
type Repository struct {
	top        string // the absolute folder of the work tree
	dir        string // of HEAD and the index
	common     string // of objects and references; that of dir unless the work tree is an additional one
	config     *config.Config
	store      *filesystem.Storage
	graft      map[Hash]bool     // commits whose parents a shallow clone does not have
	packedRefs map[string]string // by name; nil until asked for
}

// TopOf gives the innermost folder at or above dir that is the top of a work tree, "" if there is none.
func TopOf(dir string) string {
	for {
		if IsTop(dir) {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			return ""
		}
		dir = up
	}
}

// IsTop says whether the folder is the top of a work tree.
func IsTop(dir string) bool {
	_, err := os.Lstat(filepath.Join(dir, ".git"))
	return err == nil
}

// Open opens the repository of the work tree whose top is an absolute folder.
func Open(top string) (*Repository, error) {
	dir, err := gitFolder(top)
	if err != nil {
		return nil, err
	}
	r := &Repository{top: top, dir: dir, common: dir}
	if data, err := disk.ReadOwn(filepath.Join(dir, "commondir"), maxSmall); err == nil {
		r.common = joined(dir, strings.TrimSpace(string(data)))
	}
	for _, name := range []string{"objects", "refs"} {
		if info, err := os.Stat(filepath.Join(r.common, name)); err != nil || !info.IsDir() {
			return nil, errors.New("what .git holds is not a repository")
		}
	}
	r.config = readConfig(r.common)
	if format := r.setting("extensions", "", "objectformat"); format != "" && format != "sha1" {
		return nil, fmt.Errorf("repositories with %.20q object names are not read", format)
	}
	if format := r.setting("extensions", "", "refstorage"); format != "" && format != "files" {
		return nil, fmt.Errorf("repositories with %.20q reference storage are not read", format)
	}
	r.store = openStore(r.dir, r.common)
	r.graft = r.shallow()
	return r, nil
}

// gitFolder gives the folder that belongs to a work tree.
func gitFolder(top string) (string, error) {
	path := filepath.Join(top, ".git")
	info, err := os.Stat(path)
	if err != nil {
		return "", errors.New("what .git is cannot be read")
	}
	if info.IsDir() {
		return path, nil
	}
	data, err := disk.Read(path, maxSmall)
	rest, ok := bytes.CutPrefix(data, []byte("gitdir:"))
	if err != nil || !ok {
		return "", errors.New("the file .git names no repository")
	}
	dir := joined(top, strings.TrimSpace(string(rest)))
	// The repository of a submodule or of an additional work tree is in the folder .git of another one, or elsewhere;
	// among the files of the work tree itself anybody can put one who adds a file.
	inside := slices.Contains(strings.Split(filepath.ToSlash(dir), "/"), ".git")
	if rel, err := filepath.Rel(top, dir); err == nil && filepath.IsLocal(rel) && !inside {
		return "", errors.New("the file .git names a folder of the tree itself")
	}
	return dir, nil
}

// joined gives a path relative to a folder, or the path if it is absolute.
func joined(dir, path string) string {
	path = filepath.FromSlash(path)
	if filepath.IsAbs(path) {
		return filepath.Clean(path)
	}
	return filepath.Join(dir, path)
}

// Close frees what reading took.
func (r *Repository) Close() { _ = r.store.Close() }

// Remote gives the URL of a remote, "" if there is none.
func (r *Repository) Remote(name string) string { return r.setting("remote", name, "url") }

// Shallow says whether the clone lacks the older commits.
func (r *Repository) Shallow() bool { return len(r.graft) > 0 }

// Partial says whether the clone was made to fetch objects when they are needed, which we never do.
func (r *Repository) Partial() bool {
	packs, _ := filepath.Glob(filepath.Join(r.common, "objects", "pack", "*.promisor"))
	return len(packs) > 0 || r.setting("extensions", "", "partialclone") != ""
}

// shallow reads which commits a shallow clone ends at.
func (r *Repository) shallow() map[Hash]bool {
	data, err := disk.ReadOwn(filepath.Join(r.common, "shallow"), maxIndex)
	if err != nil {
		return nil
	}
	out := map[Hash]bool{}
	for line := range strings.Lines(string(data)) {
		if name := strings.TrimSpace(line); plumbing.IsHash(name) {
			out[plumbing.NewHash(name)] = true
		}
	}
	return out
}

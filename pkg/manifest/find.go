package manifest

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/text"
)

const (
	// DefaultMaxSize is the size limit of a manifest in bytes. Lock files of very large projects have a few MiB.
	DefaultMaxSize = 8 << 20

	// maxScript is the size limit of files that only tell variables and pip commands, in bytes.
	maxScript = 512 << 10

	// below is how many folders deep manifests are looked for beside the folders of scanned files: docker/,
	// .github/workflows/, deploy/compose/.
	below = 2

	// maxFolders bounds how many such folders are opened: a data set may have any number.
	maxFolders = 20_000
)

// Options says what to look for.
type Options struct {
	Base    string   // the folder on disk that paths are relative to
	Files   []string // the scanned files: slash-separated paths relative to Base
	Exclude []string // doublestar globs, as in text.FindOptions
	MaxSize int64    // in bytes; 0 means DefaultMaxSize
}

// Find reads the manifests that may speak of the scanned files: those in their folders and the folders above, up to
// Base, in folders just below these (but not in those that are skipped by their name), and requirements files that
// these include. Nothing outside of Base is read, also not through symbolic links. What cannot be read is told.
func Find(opts Options) ([]File, []text.Problem) {
	root, err := os.OpenRoot(opts.Base)
	if err != nil {
		return nil, []text.Problem{{Severity: text.Partial, Kind: "no-manifests", Msg: "versions of libraries are not known: " + reason(err)}}
	}
	defer root.Close()
	if opts.MaxSize == 0 {
		opts.MaxSize = DefaultMaxSize
	}
	f := &finder{opts: opts, root: root, fsys: root.FS(), found: map[string]*File{}}
	above := foldersAbove(opts.Files)
	for _, dir := range slices.Sorted(maps.Keys(above)) {
		f.folder(dir, above, below)
	}
	f.includes()
	var out []File
	for _, p := range slices.Sorted(maps.Keys(f.found)) {
		if f.found[p] != nil {
			out = append(out, *f.found[p])
		}
	}
	return out, f.problems
}

// foldersAbove gives the folders of the files and all above them.
func foldersAbove(files []string) map[string]bool {
	dirs := map[string]bool{}
	for _, p := range files {
		if path.IsAbs(p) || strings.HasPrefix(p, "..") {
			continue
		}
		for dir := path.Dir(p); !dirs[dir]; dir = path.Dir(dir) {
			dirs[dir] = true
		}
	}
	return dirs
}

type finder struct {
	opts     Options
	root     *os.Root
	fsys     fs.FS
	found    map[string]*File // nil: it is not to be read, or cannot be
	problems []text.Problem
	opened   int
}

// folder reads the manifests of a folder, and those of the folders below that are not listed in done, down to depth.
func (f *finder) folder(dir string, done map[string]bool, depth int) {
	if f.opened++; f.opened == maxFolders {
		f.problem("", "too-many-folders", fmt.Sprintf("manifests were looked for in %d folders only", maxFolders))
	}
	if f.opened >= maxFolders && !done[dir] {
		return
	}
	entries, err := fs.ReadDir(f.fsys, dir)
	if err != nil {
		return // the search for Python files has told it
	}
	for _, e := range entries {
		p := path.Join(dir, e.Name())
		switch {
		case e.IsDir():
			if depth > 0 && !done[p] && enters(e.Name()) && !text.Excluded(f.opts.Exclude, p) {
				f.folder(p, done, depth-1)
			}
		case kindOf(p).read != nil:
			f.file(p)
		}
	}
}

// enters says whether a folder without Python may hold manifests.
func enters(name string) bool {
	switch name {
	case ".github", ".devcontainer", ".docker":
		return true
	}
	return !strings.HasPrefix(name, ".") && !text.SkippedFolder(name)
}

// file reads one manifest.
func (f *finder) file(p string) {
	if _, seen := f.found[p]; seen {
		return
	}
	f.found[p] = nil
	if text.Excluded(f.opts.Exclude, p) {
		return
	}
	info, err := f.root.Stat(p)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return // a link that leads nowhere, or an included file that is generated
	case err != nil:
		if link, lerr := f.root.Lstat(p); lerr == nil && link.Mode()&fs.ModeSymlink != 0 {
			f.problems = append(f.problems, text.Problem{Path: p, Kind: "symlink-outside",
				Msg: "not read for versions: symbolic link to a place outside what is scanned"})
			return
		}
		f.problem(p, "unreadable", "the versions it declares are not known: "+reason(err))
		return
	case !info.Mode().IsRegular():
		return
	}
	limit := f.opts.MaxSize
	if ext := path.Ext(p); ext == ".sh" || ext == ".bash" || ext == ".py" || kindOf(p).strength == installed {
		limit = min(limit, maxScript)
	}
	if info.Size() > limit {
		f.problem(p, "too-large", fmt.Sprintf("not read for versions: %d bytes, over the size limit of %d", info.Size(), limit))
		return
	}
	data, err := f.root.ReadFile(p)
	if err != nil {
		f.problem(p, "unreadable", "the versions it declares are not known: "+reason(err))
		return
	}
	f.found[p] = &File{Path: p, Data: data}
}

// maxRounds bounds how long chains of included files may be that have unusual names.
const maxRounds = 8

// includes reads the files that requirements files include and that were not found by their name.
func (f *finder) includes() {
	for range maxRounds {
		var able []File
		for _, file := range f.found {
			if file != nil && mayInclude(file.Path) {
				able = append(able, *file)
			}
		}
		_, _, missing := load(able)
		n := len(f.found)
		for _, p := range missing {
			f.file(p)
		}
		if len(f.found) == n {
			return
		}
	}
}

// mayInclude says whether the file can name others: not so lock files, which are large.
func mayInclude(p string) bool {
	switch path.Ext(p) {
	case ".txt", ".in", ".pip", ".cfg":
		return true
	}
	switch k := kindOf(p); {
	case k.read == nil: // an included file
		return true
	default:
		return path.Base(p) == "pyproject.toml" || k.strength == installed || path.Ext(p) == ".yml" || path.Ext(p) == ".yaml"
	}
}

func (f *finder) problem(p, kind, msg string) {
	f.problems = append(f.problems, text.Problem{Path: p, Severity: text.Partial, Kind: kind, Msg: msg})
}

// reason gives what went wrong without the path, which may be absolute.
func reason(err error) string {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		err = pe.Err
	}
	return err.Error()
}

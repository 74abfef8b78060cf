package text

import (
	"bytes"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/pickletrace/pickletrace/pkg/disk"
	"github.com/pickletrace/pickletrace/pkg/git"
)

// CommonBase gives the folder that paths are relative to: the top of the git work tree that holds all roots; if there
// is none, the deepest folder that holds them all. The current folder has no part in it, so that the same files have
// the same paths wherever the scan is started. Roots that do not exist count for nothing.
func CommonBase(roots []string) string {
	w := &finder{opts: FindOptions{Roots: roots}}
	return commonBase(w.resolveRoots())
}

func commonBase(roots []root) string {
	base := ""
	for i, r := range roots {
		dir := r.real
		if !r.info.IsDir() {
			dir = filepath.Dir(dir)
		}
		if i == 0 {
			base = dir
		}
		for !within(base, dir) {
			base = filepath.Dir(base)
		}
	}
	if base == "" {
		return "."
	}
	if top := git.TopOf(base); top != "" {
		return top
	}
	return base
}

// within reports whether path is dir or lies under it. Both are absolute and clean.
func within(dir, path string) bool {
	if dir == path {
		return true
	}
	sep := string(filepath.Separator)
	return strings.HasPrefix(path, strings.TrimSuffix(dir, sep)+sep)
}

// hasPythonName reports whether a file of that name is taken without looking into it. Stubs (.pyi) hold no code.
func hasPythonName(name string) bool {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".py", ".pyw", ".ipynb":
		return true
	}
	return false
}

// hasShebang reports whether the file's first line makes it a Python script.
func hasShebang(path string) bool {
	f, err := disk.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	buf := make([]byte, 128)
	n, _ := f.Read(buf)
	line, _, _ := bytes.Cut(buf[:n], []byte("\n"))
	return bytes.HasPrefix(line, []byte("#!")) && bytes.Contains(line, []byte("python"))
}

// NotPython is the kind of a Problem about a file that was named and holds no Python.
const NotPython = "not-python"

// pythonSuffixes are those of files that hold Python and are read only when they are named.
var pythonSuffixes = []string{".pyi", ".wsgi", ".cgi", ".bzl", ".star", ".smk", ".tac", ".gyp", ".gypi", ".rpy", ".sage"}

// mayBePython reports whether a file that was named is to be read: by its suffix; without one, or with a line that names
// the interpreter, unless it is binary.
func mayBePython(path string) bool {
	ext := strings.ToLower(filepath.Ext(path))
	if hasPythonName(path) || slices.Contains(pythonSuffixes, ext) {
		return true
	}
	if ext != "" && !strings.HasPrefix(filepath.Base(path), ".") {
		return hasShebang(path)
	}
	f, err := disk.Open(path)
	if err != nil {
		return true // to be told that it cannot be read
	}
	defer f.Close()
	buf := make([]byte, 512)
	n, _ := f.Read(buf)
	utf16 := bytes.HasPrefix(buf[:n], []byte("\xff\xfe")) || bytes.HasPrefix(buf[:n], []byte("\xfe\xff"))
	return utf16 || bytes.IndexByte(buf[:n], 0) < 0 && !bytes.HasPrefix(buf[:n], []byte("\x80"))
}

// checkGlobs drops the patterns that are not globs, with a Problem each.
func (w *finder) checkGlobs() {
	w.opts.Exclude, w.opts.Include = w.goodGlobs(w.opts.Exclude), w.goodGlobs(w.opts.Include)
}

func (w *finder) goodGlobs(globs []string) []string {
	var good []string
	for _, g := range globs {
		if !doublestar.ValidatePattern(g) {
			w.problems = append(w.problems, Problem{Severity: Failed, Kind: "bad-glob", Msg: "not a glob pattern: " + g})
			continue
		}
		good = append(good, CleanGlob(g))
	}
	return good
}

// excludes reports whether a pattern of Exclude fits the path. Folders above it are looked at before what is in them.
func (w *finder) excludes(disk string) bool {
	return len(w.opts.Exclude) > 0 && w.fits(w.opts.Exclude, w.rel(disk))
}

// includes reports whether a pattern of Include fits the path or a folder above it; without patterns all are included.
func (w *finder) includes(disk string) bool {
	if len(w.opts.Include) == 0 {
		return true
	}
	for rel := w.rel(disk); rel != "." && rel != "/"; rel = path.Dir(rel) {
		if w.fits(w.opts.Include, rel) {
			return true
		}
	}
	return false
}

// fits reports whether one of the globs fits the path, and remembers all that do.
func (w *finder) fits(globs []string, rel string) bool {
	any := false
	for _, g := range globs {
		if GlobFits(g, rel) {
			w.met[g], any = true, true
		}
	}
	return any
}

// tellUnmet adds a Problem for each glob that is to be told when it fits nothing.
func (w *finder) tellUnmet() {
	for _, g := range slices.Concat(w.opts.Exclude, w.opts.Include) {
		if name := w.opts.Named[g]; name != "" && !w.met[g] && !skippedFolders[g] {
			w.met[g] = true
			w.problems = append(w.problems, Problem{Kind: UnmetGlob, Msg: name + " fits nothing that would be scanned without it"})
		}
	}
}

// UnmetGlob is the kind of a Problem about a glob that fits nothing.
const UnmetGlob = "unmatched-glob"

package text

import (
	"bytes"
	"path"
	"path/filepath"
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
		good = append(good, strings.TrimSuffix(strings.TrimPrefix(g, "./"), "/"))
	}
	return good
}

// excludes reports whether a pattern of Exclude matches the path.
func (w *finder) excludes(disk string) bool {
	if len(w.opts.Exclude) == 0 {
		return false
	}
	return matches(w.opts.Exclude, w.rel(disk))
}

// includes reports whether a pattern of Include matches the path or a folder above it; without patterns all are included.
func (w *finder) includes(disk string) bool {
	if len(w.opts.Include) == 0 {
		return true
	}
	for rel := w.rel(disk); rel != "." && rel != "/"; rel = path.Dir(rel) {
		if matches(w.opts.Include, rel) {
			return true
		}
	}
	return false
}

func matches(globs []string, rel string) bool {
	for _, g := range globs {
		subject := rel
		if !strings.Contains(g, "/") {
			subject = path.Base(rel)
		}
		if doublestar.MatchUnvalidated(g, subject) {
			return true
		}
	}
	return false
}

package git

import (
	"path/filepath"
	"strings"
)

// A Scope tells what git ignores in a folder and those under it: what a pattern fits, unless it is tracked. Paths are
// absolute, the separator is that of the machine.
type Scope struct {
	top     string
	tracked *tracked
	rules   *ignoreFiles
	all     bool // the folder is itself ignored, and with it whatever is not tracked
}

// tracked are the names of an index, slash-separated and relative to the top.
type tracked struct {
	files   map[string]bool
	folders map[string]bool // those that hold a file, or that a sparse checkout leaves out as a whole
	whole   map[string]bool // the latter
}

func newTracked(entries []entry) *tracked {
	t := &tracked{files: map[string]bool{}, folders: map[string]bool{}, whole: map[string]bool{}}
	for _, e := range entries {
		name, folder := strings.CutSuffix(e.path, "/")
		if folder {
			t.whole[name], t.folders[name] = true, true
		} else {
			t.files[name] = true
		}
		for {
			i := strings.LastIndexByte(name, '/')
			if i < 0 || t.folders[name[:i]] {
				break
			}
			name = name[:i]
			t.folders[name] = true
		}
	}
	return t
}

// has says whether a file or folder is tracked or holds something that is.
func (t *tracked) has(rel string, folder bool) bool {
	if t.files[rel] || folder && t.folders[rel] {
		return true
	}
	for dir := rel; len(t.whole) > 0; {
		i := strings.LastIndexByte(dir, '/')
		if i < 0 {
			break
		}
		if dir = dir[:i]; t.whole[dir] {
			return true
		}
	}
	return false
}

// Ignores gives what is ignored in a folder of the work tree; nil if nothing is, because the folder itself is ignored and
// was therefore named on purpose.
func (r *Repository) Ignores(dir string) (*Scope, error) {
	entries, err := r.entries()
	if err != nil {
		return nil, err
	}
	exclude := (*ignoreFiles)(nil).with(r.top, filepath.Join(r.common, "info", "exclude"))
	return scopeOf(r.top, dir, newTracked(entries), exclude), nil
}

// IgnoreFiles is Ignores by .gitignore files alone, for when the repository cannot be read: what is tracked and ignored
// all the same is not known.
func IgnoreFiles(top, dir string) *Scope { return scopeOf(top, dir, newTracked(nil), nil) }

func scopeOf(top, dir string, t *tracked, rules *ignoreFiles) *Scope {
	s := &Scope{top: top, tracked: t, rules: rules}
	rel, err := filepath.Rel(top, dir)
	if err != nil || !filepath.IsLocal(rel) {
		return nil
	}
	at := top
	for part := range strings.SplitSeq(rel, string(filepath.Separator)) {
		if part == "." {
			break
		}
		s = s.Enter(at)
		at = filepath.Join(at, part)
	}
	if s.covers(at) && !t.has(filepath.ToSlash(rel), true) {
		return nil
	}
	return s
}

// Enter gives the scope of what is in a folder; it is asked before the things there are.
func (s *Scope) Enter(dir string) *Scope {
	next := *s
	next.all = s.covers(dir)
	next.rules = s.rules.with(dir, filepath.Join(dir, ".gitignore"))
	return &next
}

// covers says whether a folder is ignored as such.
func (s *Scope) covers(dir string) bool { return s.all || dir != s.top && s.rules.ignored(dir, true) }

// Ignored says whether a file or folder is left out.
func (s *Scope) Ignored(path string, folder bool) bool {
	rel, err := filepath.Rel(s.top, path)
	if err != nil || s.tracked.has(filepath.ToSlash(rel), folder) {
		return false
	}
	return s.all || s.rules.ignored(path, folder)
}

// Tracks says whether a folder holds files that are tracked.
func (s *Scope) Tracks(folder string) bool {
	rel, err := filepath.Rel(s.top, folder)
	return err == nil && s.tracked.has(filepath.ToSlash(rel), true)
}

// Over says whether a file of patterns was left out because it is too large.
func (s *Scope) Over() bool { return s.rules != nil && s.rules.over }

package text

import (
	"path"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
)

// The globs of exclude, include and paths.match mean the same everywhere:
//
//	tests        a file or folder of that name, anywhere
//	/tests       the one at the top; ./tests is the same
//	src/legacy   that place, seen from the top
//	src/legacy/  the same
//
// What fits a folder fits all that is in it.

// CleanGlob gives the one spelling of a glob: without "./" and a slash at its end, anchored ones with a slash before them.
func CleanGlob(glob string) string {
	g := strings.TrimRight(glob, "/")
	if rest, ok := strings.CutPrefix(g, "./"); ok {
		g = "/" + strings.TrimLeft(rest, "/")
	}
	return g
}

// GlobIn gives the glob, which is seen from a folder, as seen from the base; the folder is relative to the base.
func GlobIn(folder, glob string) string {
	g := CleanGlob(glob)
	if !strings.Contains(g, "/") {
		return g
	}
	if g = path.Join(folder, strings.TrimPrefix(g, "/")); !strings.Contains(g, "/") {
		g = "/" + g
	}
	return g
}

// GlobFits says whether a clean glob fits the path itself, which is slash-separated and relative to the base.
func GlobFits(glob, p string) bool {
	if !strings.Contains(glob, "/") {
		p = path.Base(p)
	}
	ok, err := doublestar.Match(strings.TrimPrefix(glob, "/"), p)
	return err == nil && ok
}

// GlobHolds says whether a clean glob fits the path or a folder above it.
func GlobHolds(glob, p string) bool {
	for ; p != "." && p != "/" && p != ""; p = path.Dir(p) {
		if GlobFits(glob, p) {
			return true
		}
	}
	return false
}

// Excluded reports whether one of the patterns of FindOptions.Exclude fits the path or a folder above it. Patterns that
// are not globs match nothing; Find tells of them.
func Excluded(globs []string, p string) bool {
	return slices.ContainsFunc(globs, func(g string) bool { return GlobHolds(CleanGlob(g), p) })
}

package text

import (
	"path"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
)

// SkippedFolder reports whether folders of that name are not entered unless the user names them: other people's code,
// build products, caches.
func SkippedFolder(name string) bool { return skippedFolders[name] }

// Excluded reports whether one of the patterns of FindOptions.Exclude matches the path, which is slash-separated and
// relative to the base. Patterns that are not globs match nothing; Find tells of them.
func Excluded(globs []string, p string) bool {
	for _, g := range globs {
		g = strings.TrimSuffix(strings.TrimPrefix(g, "./"), "/")
		subject := p
		if !strings.Contains(g, "/") {
			subject = path.Base(p)
		}
		if ok, err := doublestar.Match(g, subject); err == nil && ok {
			return true
		}
	}
	return false
}

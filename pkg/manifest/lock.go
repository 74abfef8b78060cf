package manifest

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
)

// A lockFile is what uv.lock, poetry.lock, pdm.lock and pylock.toml have in common.
type lockFile struct {
	Package  []lockPackage `toml:"package"`
	Packages []lockPackage `toml:"packages"` // pylock.toml (PEP 751)
}

type lockPackage struct {
	Name    string `toml:"name"`
	Version string `toml:"version"`
	Source  table  `toml:"source"`
}

// readPackageLock pins every package of the lock file. Several versions of one are alternatives for environments.
func (s *source) readPackageLock() {
	var lock lockFile
	if !s.toml(&lock) {
		return
	}
	for _, p := range append(lock.Package, lock.Packages...) {
		s.line = s.nextLine("name = \"" + p.Name + "\"") // packages are in the order of the file
		if member := p.Source.str("editable") + p.Source.str("virtual"); member != "" {
			s.member(member)
		}
		if strings.Trim(p.Version, "0.") != "" {
			s.pin(p.Name, p.Version, locked)
		}
	}
}

// member makes the lock file count for the folder of a workspace member as well.
func (s *source) member(at string) {
	dir := path.Join(s.folder, at)
	if dir != s.folder && !path.IsAbs(at) && !strings.HasPrefix(dir, "..") && !slices.Contains(s.also, dir) {
		s.also = append(s.also, dir)
	}
}

// readPipfile reads the packages of a Pipfile; further tables of packages are optional.
func (s *source) readPipfile() {
	var root table
	if !s.toml(&root) {
		return
	}
	if v := root.sub("requires").str("python_version"); v != "" {
		s.setPython("==" + v + ".*")
	}
	for _, name := range root.keys() {
		switch name {
		case "source", "requires", "scripts", "pipenv", "build-system":
		case "packages":
			s.poetryDependencies(root.sub(name), required)
		case "dev-packages":
			s.poetryDependencies(root.sub(name), development)
		default:
			s.poetryDependencies(root.sub(name), groupStrength(name))
		}
	}
}

// readPipfileLock pins the packages of a Pipfile.lock.
func (s *source) readPipfileLock() {
	var root map[string]json.RawMessage
	if err := json.Unmarshal(s.data, &root); err != nil {
		line := 0
		if se := (*json.SyntaxError)(nil); errors.As(err, &se) {
			line = 1 + bytes.Count(s.data[:min(int64(len(s.data)), se.Offset)], []byte("\n"))
		}
		s.broken(line, err)
		return
	}
	for _, section := range slices.Sorted(maps.Keys(root)) {
		if section == "_meta" {
			continue
		}
		var packages map[string]struct{ Version, Ref, File string }
		if err := json.Unmarshal(root[section], &packages); err != nil {
			s.oddf("%s: %v", section, err)
			continue
		}
		st := locked
		if section != "default" {
			st = development
		}
		for _, name := range slices.Sorted(maps.Keys(packages)) {
			p := packages[name]
			s.line = s.lineOf(strconv.Quote(name))
			if v, ok := urlVersion(cmp.Or(p.File, "@"+p.Ref)); ok && p.Version == "" {
				p.Version = v.String()
			}
			s.pin(name, strings.TrimPrefix(p.Version, "=="), st)
		}
	}
}

// dotted joins the numbers of a version.
func dotted(numbers []int) string {
	var b strings.Builder
	for i, n := range numbers {
		if i > 0 {
			b.WriteByte('.')
		}
		b.WriteString(strconv.Itoa(n))
	}
	return b.String()
}

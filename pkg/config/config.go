// Package config reads the settings of a project: .pickletrace.yml, or the section [tool.pickletrace] of pyproject.toml.
//
// It takes a file or a folder to start from and gives a Config, or an error that names every mistake with file, line
// and what was probably meant. It knows which keys there are (keys.go is the one list of them; the JSON schema and the
// documentation are made of it) but not which rules and kinds exist, and it does not decide between a setting and a
// flag. What it reads is data: no key can run anything.
package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/disk"
)

// A Config is the settings of one file. The zero value has no settings.
type Config struct {
	File string // as found; "" when there is no file
	Dir  string // absolute folder of the file: globs and paths in it are relative to it

	Include       []Word // nil: all
	Exclude       []Word
	Select        []Word
	Disable       []Word
	Levels        []Level
	Paths         []Path
	Rules         []Word // rule packs, relative to Dir
	DefaultRules  bool   // true when not set
	ThreatModel   []Word // nil: the built-in one
	MinLevel      string
	FailOn        string
	MinConfidence string
	Baseline      string // relative to Dir
	RequireRule   bool   // of ignore comments
	RequireReason bool
	RequireUntil  bool
	ForeignIgnore bool
	MaxFileSize   int64 // in bytes; 0 is the default, -1 no limit
	GitIgnore     bool  // true when not set
	Strict        bool

	lines map[string]int
}

// A Word is a text with the line it stands on, for messages.
type Word struct {
	Text string
	Line int // 1-based
}

// A Level sets the level of the rules that a pattern names.
type Level struct {
	Rule  Word // ID, name or glob
	Level string
}

// A Path has settings for the findings in some files.
type Path struct {
	Match   []Word // globs
	Disable []Word
	Levels  []Level
}

// Line gives the line on which a key is set ("ignores.require-rule"); 0 if it is not.
func (c *Config) Line(key string) int { return c.lines[key] }

// At gives "file:line" for messages.
func (c *Config) At(line int) string { return fmt.Sprintf("%s:%d", c.File, line) }

// names of files that hold settings, in the order in which they are looked for in a folder.
const projectFile = "pyproject.toml"

var names = []string{".pickletrace.yml", ".pickletrace.yaml", projectFile}

// maxFile is the size limit of a file with settings, in bytes; a pyproject.toml has more than ours.
const maxFile = 2 << 20

// reason gives what went wrong without the path, which is said elsewhere.
func reason(err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}

// Find looks for settings in the folder start and upwards, at most up to the folder top; the nearest file counts. There
// may be none: the Config has no File then.
func Find(start, top string) (*Config, error) {
	for dir := start; ; dir = filepath.Dir(dir) {
		for _, name := range names {
			path := filepath.Join(dir, name)
			if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
				continue
			}
			data, err := disk.ReadInside(top, path, maxFile)
			switch {
			case err != nil:
				return nil, fmt.Errorf("reading the configuration %s: %w", shownPath(path), reason(err))
			}
			if name != projectFile || hasSection(data) {
				return parseFile(path, data)
			}
		}
		if dir == top || dir == filepath.Dir(dir) {
			return parse("", "", &node{kind: mapping})
		}
	}
}

// In gives the names of the files with settings in a folder, the one that counts first. Nothing outside of top is read.
func In(dir, top string) []string {
	var out []string
	for _, name := range names {
		path := filepath.Join(dir, name)
		if _, err := os.Lstat(path); err != nil {
			continue
		}
		if name == projectFile {
			if data, err := disk.ReadInside(top, path, maxFile); err != nil || !hasSection(data) {
				continue
			}
		}
		out = append(out, name)
	}
	return out
}

// Load reads the file at path. A pyproject.toml needs a section there.
func Load(path string) (*Config, error) {
	data, err := disk.Read(path, maxFile)
	if err != nil {
		return nil, fmt.Errorf("reading the configuration %s: %w", shownPath(path), reason(err))
	}
	if strings.HasSuffix(path, ".toml") && !hasSection(data) {
		return nil, fmt.Errorf("%s: there is no section [tool.pickletrace]", path)
	}
	return parseFile(path, data)
}

// Default is the Config without a file.
func Default() *Config {
	c, err := parse("", "", &node{kind: mapping})
	if err != nil {
		panic(err) // nothing was read
	}
	return c
}

func parseFile(path string, data []byte) (*Config, error) {
	dir, err := filepath.Abs(filepath.Dir(path))
	if err != nil {
		return nil, err
	}
	shown := shownPath(path)
	var root *node
	if strings.HasSuffix(path, ".toml") {
		root, err = readTOML(shown, data)
	} else {
		root, err = readYAML(shown, data)
	}
	if err != nil {
		return nil, err
	}
	return parse(shown, dir, root)
}

// shownPath is the path as seen from the current folder if the file is below it.
func shownPath(path string) string {
	abs, err := filepath.Abs(path)
	if err != nil {
		return filepath.ToSlash(path)
	}
	if cwd, err := os.Getwd(); err == nil {
		if rel, err := filepath.Rel(cwd, abs); err == nil && !strings.HasPrefix(rel, "..") {
			return filepath.ToSlash(rel)
		}
	}
	return filepath.ToSlash(path)
}

// parse turns the tree of a file into a Config; the error holds all mistakes in the order of their lines.
func parse(file, dir string, root *node) (*Config, error) {
	c := &Config{File: file, Dir: dir, DefaultRules: true, GitIgnore: true, lines: map[string]int{}}
	p := &parser{c: c}
	p.section(root, keys, "")
	slices.SortStableFunc(p.errs, func(a, b mistake) int { return a.line - b.line })
	errs := make([]error, len(p.errs))
	for i, m := range p.errs {
		errs[i] = fmt.Errorf("%s: %s", c.At(m.line), m.msg)
	}
	return c, errors.Join(errs...)
}

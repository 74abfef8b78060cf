package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/config"
	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// unusedConfig is the kind of problem that tells of settings which do not count.
const unusedConfig = "unused-configuration"

// unusedConfigs tells of files with settings that do not count in this scan: beside the one that does, in folders between it
// and what is scanned, and below. Nobody is to wonder why an exclude of theirs does nothing.
func (r *run) unusedConfigs() []text.Problem {
	s := r.settings
	if s.isolated || s.configFrom != "" || s.past != nil && !s.trustHead {
		return nil
	}
	used := ""
	if s.config.File != "" {
		used = filepath.Join(s.config.Dir, filepath.Base(s.config.File))
	}
	var unused []string
	for _, dir := range r.foldersScanned() {
		for _, name := range config.In(dir, s.base) {
			if at := filepath.Join(dir, name); at != used {
				unused = append(unused, shownPath(at))
			}
		}
	}
	if len(unused) == 0 {
		return nil
	}
	verb := "is"
	if len(unused) > 1 {
		verb = "are"
	}
	why := "one configuration counts for a scan, here " + s.config.File
	if used == "" {
		why = "a scan uses the configuration of the folder that holds all that is scanned, or of one above; scan the folder by itself to use its own"
	}
	return []text.Problem{{Kind: unusedConfig, Msg: fmt.Sprintf("%s %s not used: %s", shortList(unused), verb, why)}}
}

// foldersScanned gives the folder of the configuration, and all below it that lead to scanned files.
func (r *run) foldersScanned() []string {
	s := r.settings
	top := s.base
	if s.config.File != "" {
		top = s.config.Dir
	}
	seen := map[string]bool{top: true}
	for _, f := range r.found.Sources {
		for dir := filepath.Dir(r.onDisk(f)); within(top, dir) && !seen[dir]; dir = filepath.Dir(dir) {
			seen[dir] = true
		}
	}
	var out []string
	for dir := range seen {
		out = append(out, dir)
	}
	slices.SortFunc(out, strings.Compare)
	return out
}

// ownSettings is the kind of problem that tells what the configuration of the tree itself makes of the scan.
const ownSettings = "settings"

// hidingKeys are the settings that can keep a finding from being reported, or lower it.
var hidingKeys = []string{"include", "exclude", "gitignore", "max-file-size", "rules", "default-rules", "threat-model", "select", "disable", "levels", "paths",
	"min-level", "min-confidence", "baseline", "ignores.foreign"}

// ownSettings names the settings of the tree's configuration that can hide something: whoever reads a report did not always
// write them. A pack among them may say which sources are trusted and what counts as a check.
func (r *run) ownSettings() []text.Problem {
	c := r.settings.config
	if c.File == "" || r.settings.configFrom != "" {
		return nil
	}
	var parts []string
	for _, key := range hidingKeys {
		if v := c.Value(key); v != "" {
			if key == "paths" {
				v = pathsInWords(c)
			}
			parts = append(parts, key+": "+finding.Shorten(v, 80))
		}
	}
	if len(parts) == 0 {
		return nil
	}
	return []text.Problem{{Path: c.File, Kind: ownSettings, Msg: "settings that can keep findings from being reported: " + strings.Join(parts, "; ")}}
}

// pathsInWords says what is reported otherwise in which files.
func pathsInWords(c *config.Config) string {
	var parts []string
	for _, p := range c.Paths {
		what := strings.Join(texts(p.Match), ", ")
		if len(p.Disable) > 0 {
			what += " disable " + strings.Join(texts(p.Disable), ", ")
		}
		for _, l := range p.Levels {
			what += " " + l.Rule.Text + " " + l.Level
		}
		parts = append(parts, what)
	}
	return "[" + strings.Join(parts, "; ") + "]"
}

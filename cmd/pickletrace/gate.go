package main

import (
	"bytes"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/config"
	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/scan"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// What a change may decide about its own gate. With --diff-base, settings, packs, baselines and ignore comments are those of
// the state before, unless --trust-head is given. Either way each edit of them is a finding of its own, with what it
// silences: the scan is repeated with that one edit.

// gateChanges gives a finding for each edit of what decides about the scan. Current are the findings before those that were
// there already are taken out.
func (r *run) gateChanges(current []finding.Finding) []finding.Finding {
	s := r.settings
	if s.past == nil {
		return nil
	}
	g := &gate{r: r, current: current}
	now, then, err := s.bothConfigs()
	if err != nil {
		g.add(finding.Warning, s.past.top, filepath.FromSlash(s.past.settingsFile()), 1, "What this change makes of the configuration cannot be used: "+finding.Shorten(err.Error(), 300)+".")
	} else {
		for _, key := range config.Differing(then, now) {
			g.setting(key, now, then)
		}
	}
	g.files()
	g.gitIgnore()
	finding.Identify(g.out)
	finding.Sort(g.out)
	return r.selection.apply(g.out)
}

// settingsFile gives the file of settings that the change edits, the deepest if there are several.
func (p *past) settingsFile() string {
	out := ".pickletrace.yml"
	for _, f := range p.changes.Files() {
		switch path.Base(f.Path) {
		case ".pickletrace.yml", ".pickletrace.yaml", "pyproject.toml":
			out = f.Path
		}
	}
	return out
}

type gate struct {
	r       *run
	current []finding.Finding
	out     []finding.Finding
	opened  map[string]*text.File
}

// bothConfigs gives the configuration now and before.
func (s *settings) bothConfigs() (now, then *config.Config, err error) {
	head, base := *s.typed, *s.typed
	head.roots, base.roots = s.roots, s.roots
	head.trustHead, base.trustHead = true, false
	if now, err = head.findConfig(); err != nil {
		return nil, nil, err
	}
	if then, err = base.findConfig(); err != nil {
		return nil, nil, err
	}
	return now, then, nil
}

// add makes a finding at a line of a file.
func (g *gate) add(level finding.Level, dir, name string, line int, msg string) {
	disk := filepath.Join(dir, name)
	rel, err := filepath.Rel(g.r.settings.base, disk)
	if err != nil || !filepath.IsLocal(rel) {
		rel = name
	}
	shown := filepath.ToSlash(rel)
	if g.opened[shown] == nil {
		raw, err := os.ReadFile(disk)
		if err != nil {
			raw, _ = os.ReadFile(g.r.settings.past.then(disk))
		}
		if g.opened == nil {
			g.opened = map[string]*text.File{}
		}
		g.opened[shown], _ = text.NewFile(shown, raw)
	}
	f := g.opened[shown]
	if f == nil {
		f = &text.File{Path: shown}
	}
	g.out = append(g.out, finding.Finding{RuleID: finding.RuleGateChange, Level: level, Confidence: finding.High, Message: msg, Baseline: finding.New,
		Sink: finding.Step{File: f, Span: scan.LineSpan(f, max(line, 1)), Kind: finding.StepSink}})
}

// say adds a finding with what the edit silences.
func (g *gate) say(what, dir, name string, line int, silenced []finding.Finding) {
	level := finding.Note
	msg := what
	trusted := g.r.settings.trustHead
	if n := len(silenced); n > 0 {
		verb := "would silence"
		if trusted {
			verb = "silences"
		} else {
			level = finding.Warning
		}
		var named []string
		for i := range silenced {
			at := silenced[i].Sink.Place()
			named = append(named, fmt.Sprintf("%s (%s:%d)", silenced[i].RuleID, at.Path, at.Line))
		}
		msg += fmt.Sprintf(", which %s %s: %s", verb, count(n, "finding"), shortList(named))
	}
	if !trusted {
		msg += "; it does not count in the change that makes it"
	}
	g.add(level, dir, name, line, msg+".")
}

// setting tells of one key of the configuration file.
func (g *gate) setting(key string, now, then *config.Config) {
	was, is := then.Value(key), now.Value(key)
	what := fmt.Sprintf("This change sets %s to %s", key, finding.Shorten(is, 80))
	switch {
	case is == "":
		what = fmt.Sprintf("This change takes %s away, which was %s", key, finding.Shorten(was, 80))
	case was != "":
		what += ", which was " + finding.Shorten(was, 80)
	}
	at := now
	if now.File == "" {
		at = then
	}
	g.say(what, at.Dir, path.Base(at.File), now.Line(key), g.silenced(key, now, then))
}

// scanKeys are the settings that decide about the scan itself, not only about what is made of its findings.
var scanKeys = []string{"include", "exclude", "rules", "default-rules", "threat-model", "max-file-size", "gitignore", "strict"}

// silenced gives the findings that one edit takes out.
func (g *gate) silenced(key string, now, then *config.Config) []finding.Finding {
	cur := g.r.settings.config
	other := now
	if g.r.settings.trustHead {
		other = then
	}
	alt, err := g.repeat(cur.With(key, other), slices.Contains(scanKeys, key), key == "rules" || key == "baseline")
	if err != nil {
		return nil
	}
	mine := gated{g.r.settings, g.current}
	if g.r.settings.trustHead {
		return alt.without(mine)
	}
	return mine.without(alt)
}

// gated are the findings of a scan with the settings that decide which of them count.
type gated struct {
	s  *settings
	fs []finding.Finding
}

// counts gives how findings are shown, and fail, by what they are.
func (x gated) counts() map[string]int {
	out := map[string]int{}
	_, code := ownOnly(x.fs)
	for _, f := range x.s.shown(code) {
		out["shown "+placeKey(&f)]++
		if f.Level >= x.s.failOn.level {
			out["fails "+placeKey(&f)]++
		}
	}
	return out
}

func placeKey(f *finding.Finding) string { return sinkPlace(f) + "\x00" + f.Fingerprint }

func sinkPlace(f *finding.Finding) string { return f.Sink.Place().Path }

// without gives the findings that are shown, or fail, here and not there.
func (x gated) without(y gated) (out []finding.Finding) {
	there := y.counts()
	_, code := ownOnly(x.fs)
	for _, f := range x.s.shown(code) {
		k := placeKey(&f)
		there["shown "+k]--
		there["fails "+k]--
		if there["shown "+k] < 0 || f.Level >= x.s.failOn.level && there["fails "+k] < 0 {
			out = append(out, f)
		}
	}
	return out
}

// repeat gives what the scan finds with another configuration. Again says whether it is to be scanned again, other that
// files which are named are read on the other side of the change.
func (g *gate) repeat(c *config.Config, again, other bool) (gated, error) {
	from := g.r.settings
	s := *from.typed
	s.roots, s.base, s.past, s.trustHead, s.config = from.roots, from.base, from.past, from.trustHead, c
	if other {
		s.trustHead = !s.trustHead
	}
	s.merge()
	if s.baseline == "" && from.foundBaseline {
		s.baseline = from.baseline
	}
	pack, err := s.packs()
	if err != nil {
		return gated{}, err
	}
	sel, err := s.newSelection(pack)
	if err != nil {
		return gated{}, err
	}
	r := &run{settings: &s, selection: sel, found: g.r.found}
	if again {
		opts := scan.Options{Find: s.find(), Jobs: s.jobs, Parse: g.r.options.Parse}
		opts.Find.Exclude = append(opts.Find.Exclude, pack.Exclude...)
		if err := s.setThreatModel(&opts, pack); err != nil {
			return gated{}, err
		}
		r.found = scan.Run(opts, pack)
	}
	s.trustHead = from.trustHead // comments count as they do
	r.res.Pack = pack
	r.ignore(sel, pack)
	s.trustHead = from.trustHead != other
	err = r.known(s.baseline)
	return gated{&s, r.res.Findings}, err
}

// files tells of packs and baselines whose text is another.
func (g *gate) files() {
	s := g.r.settings
	if base := s.baseline; base != "" {
		g.file(base, "the baseline", false)
	}
	for _, p := range s.rules {
		if info, err := os.Stat(p); err == nil && info.IsDir() {
			entries, _ := os.ReadDir(p)
			for _, e := range entries {
				if ext := filepath.Ext(e.Name()); ext == ".yaml" || ext == ".yml" {
					g.file(filepath.Join(p, e.Name()), "the rule pack", true)
				}
			}
			continue
		}
		g.file(p, "the rule pack", true)
	}
}

// file tells of one such file.
func (g *gate) file(path, what string, again bool) {
	s := g.r.settings
	at := s.past.then(path)
	if at == path {
		return // outside of the repository
	}
	now, err1 := os.ReadFile(path)
	then, err2 := os.ReadFile(at)
	if (err1 != nil && err2 != nil) || bytes.Equal(oneLineEnd(now), oneLineEnd(then)) {
		return
	}
	var silenced []finding.Finding
	if alt, err := g.repeat(s.config, again, true); err == nil {
		mine := gated{s, g.current}
		if s.trustHead {
			silenced = alt.without(mine)
		} else {
			silenced = mine.without(alt)
		}
	}
	verb := "edits"
	if err2 != nil {
		verb = "adds"
	} else if err1 != nil {
		verb = "removes"
	}
	name := filepath.Base(path)
	g.say(fmt.Sprintf("This change %s %s %s", verb, what, name), filepath.Dir(path), name, firstOther(now, then), silenced)
}

func oneLineEnd(data []byte) []byte { return bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n")) }

// firstOther gives the number of the first line that differs.
func firstOther(now, then []byte) int {
	a, b := strings.Split(string(now), "\n"), strings.Split(string(then), "\n")
	for i := range a {
		if i >= len(b) || strings.TrimRight(a[i], "\r") != strings.TrimRight(b[i], "\r") {
			return i + 1
		}
	}
	return len(a)
}

// gitIgnore tells of patterns that the change adds to files of git.
func (g *gate) gitIgnore() {
	p := g.r.settings.past
	for _, f := range p.changes.Files() {
		if path.Base(f.Path) != ".gitignore" {
			continue
		}
		raw, _ := os.ReadFile(filepath.Join(p.top, filepath.FromSlash(f.Path)))
		lines := strings.Split(string(raw), "\n")
		for n, line := range lines {
			pattern := strings.TrimSpace(line)
			if pattern == "" || pattern[0] == '#' || f.Hunks != nil && !inHunks(f.Hunks, n+1) {
				continue
			}
			g.add(finding.Note, p.top, filepath.FromSlash(f.Path), n+1, fmt.Sprintf(
				"This change makes git ignore '%s': files that fit it and that git does not track are not scanned.", finding.Shorten(pattern, 80)))
		}
	}
}

func inHunks(hs []finding.Hunk, line int) bool {
	return slices.ContainsFunc(hs, func(h finding.Hunk) bool { return h.Line <= line && line < h.Line+len(h.Come) })
}

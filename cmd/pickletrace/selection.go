package main

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/config"
	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/report"
	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/pkg/spell"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// A selection says which rules are reported where, and at which level.
type selection struct {
	selected, disabled map[string]bool          // by rule ID; selected nil: all
	levels             map[string]finding.Level // by rule ID; Off is not reported
	paths              []pathSelection
}

// A pathSelection is what differs for the findings in some files.
type pathSelection struct {
	globs    []string
	disabled map[string]bool
	levels   map[string]finding.Level
}

// newSelection resolves the names of rules; the error tells all that name none.
func (s *settings) newSelection(pack *rule.Pack) (*selection, error) {
	r := &resolver{rules: append(report.OwnRules(), pack.Rules...)}
	c := s.config
	sel := &selection{disabled: r.words("--disable", s.flagged(s.disabled, c.Disable), nil)}
	r.merge(sel.disabled, "disable", c, c.Disable)
	if len(s.selected) > 0 {
		sel.selected = map[string]bool{}
		if s.fromConfig["select"] != "" {
			r.merge(sel.selected, "select", c, c.Select)
		} else {
			sel.selected = r.words("--select", s.selected, nil)
		}
	}
	if sel.selected != nil && len(r.errs) == 0 && !sel.anyRuns() {
		r.errs = append(r.errs, "no rule is left: all that are selected are turned off as well")
	}
	if len(sel.disabled) > 0 && len(r.errs) == 0 && !slices.ContainsFunc(r.rules, func(q *rule.Rule) bool { return q.Pack != "pickletrace" && sel.ran(q.ID) }) {
		r.errs = append(r.errs, "no rule is left: all are disabled")
	}
	sel.levels = r.levels("levels", c, c.Levels)
	for _, p := range c.Paths {
		ps := pathSelection{globs: s.globs(c.Dir, texts(p.Match)), disabled: map[string]bool{}, levels: r.levels("paths.levels", c, p.Levels)}
		r.merge(ps.disabled, "paths.disable", c, p.Disable)
		sel.paths = append(sel.paths, ps)
	}
	return sel, joinLines(r.errs)
}

// flagged gives the values of a list that flags added to those of the file.
func (s *settings) flagged(all []string, fromFile []config.Word) []string { return all[len(fromFile):] }

// resolver turns names and globs into rule IDs.
type resolver struct {
	rules []*rule.Rule
	errs  []string
}

// ids gives the rules that a pattern names.
func (r *resolver) ids(pattern, where string) []string {
	var out []string
	for _, q := range r.rules {
		for _, name := range []string{q.ID, q.Name} {
			if ok, _ := path.Match(pattern, name); ok || strings.EqualFold(pattern, name) {
				out = append(out, q.ID)
				break
			}
		}
	}
	if out == nil {
		r.errs = append(r.errs, fmt.Sprintf("%s: there is no rule %q%s", where, pattern, r.suggest(pattern)))
	}
	return out
}

// ruleNames are the IDs and names of all rules.
func ruleNames(pack *rule.Pack) []string { return namesOf(append(report.OwnRules(), pack.Rules...)) }

func namesOf(rules []*rule.Rule) []string {
	var words []string
	for _, q := range rules {
		words = append(words, q.ID, q.Name)
	}
	return words
}

func (r *resolver) suggest(pattern string) string {
	if w := spell.Nearest(pattern, namesOf(r.rules)); w != "" {
		return fmt.Sprintf(" (did you mean %q?)", w)
	}
	return "; see pickletrace rules list"
}

func (r *resolver) words(where string, patterns []string, into map[string]bool) map[string]bool {
	if into == nil {
		into = map[string]bool{}
	}
	for _, p := range patterns {
		for _, id := range r.ids(p, where) {
			into[id] = true
		}
	}
	return into
}

// merge adds the rules that words of the configuration file name.
func (r *resolver) merge(into map[string]bool, key string, c *config.Config, ws []config.Word) {
	for _, w := range ws {
		r.words(c.At(w.Line)+": "+key, []string{w.Text}, into)
	}
}

func (r *resolver) levels(key string, c *config.Config, ls []config.Level) map[string]finding.Level {
	out := map[string]finding.Level{}
	for _, l := range ls {
		for _, id := range r.ids(l.Rule.Text, c.At(l.Rule.Line)+": "+key) {
			out[id] = finding.Level(slices.Index(levels, l.Level))
		}
	}
	return out
}

// ran says whether a rule is reported anywhere.
func (s *selection) ran(id string) bool {
	return !s.disabled[id] && (s.selected == nil || s.selected[id])
}

// anyRuns says whether a selected rule is reported.
func (s *selection) anyRuns() bool {
	for id := range s.selected {
		if s.ran(id) {
			return true
		}
	}
	return false
}

// off says whether the rule was given a level at which it is not reported.
func (s *selection) off(id string) bool {
	level, set := s.levels[id]
	return set && level == finding.Off
}

// all says whether no rule is left out.
func (s *selection) all() bool { return s.selected == nil && len(s.disabled) == 0 }

// apply gives the findings of the selected rules, with their levels.
func (s *selection) apply(fs []finding.Finding) []finding.Finding {
	var out []finding.Finding
	for _, f := range fs {
		if s.ran(f.RuleID) && s.relevel(&f) {
			out = append(out, f)
		}
	}
	return out
}

// relevel sets the level of a finding that is not that of its rule; false means it is not reported.
func (s *selection) relevel(f *finding.Finding) bool {
	level, set := s.levels[f.RuleID]
	if f.Sink.File != nil {
		for _, p := range s.paths {
			if !p.fits(f.Sink.File.Path) {
				continue
			}
			if p.disabled[f.RuleID] {
				return false
			}
			if l, ok := p.levels[f.RuleID]; ok {
				level, set = l, true
			}
		}
	}
	if set {
		f.Level = level
	}
	return f.Level != finding.Off
}

// fits says whether a path is meant: it or a folder above it fits a glob.
func (p *pathSelection) fits(file string) bool {
	return slices.ContainsFunc(p.globs, func(g string) bool { return text.GlobHolds(g, file) })
}

// unmetPaths gives a problem for each glob of paths.match that fits none of the scanned files.
func (r *run) unmetPaths() (out []text.Problem) {
	for i, p := range r.settings.config.Paths {
		for k, g := range r.selection.paths[i].globs {
			fits := func(f *text.File) bool { return text.GlobHolds(g, f.Path) }
			if !slices.ContainsFunc(r.found.Sources, fits) && r.settings.whole() {
				out = append(out, text.Problem{Kind: text.UnmetGlob,
					Msg: fmt.Sprintf("%s: paths.match %q fits no file that is scanned", r.settings.config.At(p.Match[k].Line), p.Match[k].Text)})
			}
		}
	}
	return out
}

package config

import (
	"fmt"
	"maps"
	"slices"
)

// A field is a setting as two configurations can differ in it.
type field struct {
	name string
	get  func(c *Config) any
	take func(c, from *Config)
}

func texts(ws []Word) []string {
	out := make([]string, len(ws))
	for i, w := range ws {
		out[i] = w.Text
	}
	return out
}

func levelTexts(ls []Level) []string {
	out := make([]string, len(ls))
	for i, l := range ls {
		out[i] = l.Rule.Text + ": " + l.Level
	}
	return out
}

func pathTexts(ps []Path) []string {
	out := make([]string, len(ps))
	for i, p := range ps {
		out[i] = fmt.Sprint(texts(p.Match), texts(p.Disable), levelTexts(p.Levels))
	}
	return out
}

// fields has all settings that decide what is scanned and reported.
var fields = []field{
	{"include", func(c *Config) any { return texts(c.Include) }, func(c, o *Config) { c.Include = o.Include }},
	{"exclude", func(c *Config) any { return texts(c.Exclude) }, func(c, o *Config) { c.Exclude = o.Exclude }},
	{"select", func(c *Config) any { return texts(c.Select) }, func(c, o *Config) { c.Select = o.Select }},
	{"disable", func(c *Config) any { return texts(c.Disable) }, func(c, o *Config) { c.Disable = o.Disable }},
	{"levels", func(c *Config) any { return levelTexts(c.Levels) }, func(c, o *Config) { c.Levels = o.Levels }},
	{"paths", func(c *Config) any { return pathTexts(c.Paths) }, func(c, o *Config) { c.Paths = o.Paths }},
	{"rules", func(c *Config) any { return texts(c.Rules) }, func(c, o *Config) { c.Rules = o.Rules }},
	{"default-rules", func(c *Config) any { return c.DefaultRules }, func(c, o *Config) { c.DefaultRules = o.DefaultRules }},
	{"threat-model", func(c *Config) any { return texts(c.ThreatModel) }, func(c, o *Config) { c.ThreatModel = o.ThreatModel }},
	{"min-level", func(c *Config) any { return c.MinLevel }, func(c, o *Config) { c.MinLevel = o.MinLevel }},
	{"min-confidence", func(c *Config) any { return c.MinConfidence }, func(c, o *Config) { c.MinConfidence = o.MinConfidence }},
	{"fail-on", func(c *Config) any { return c.FailOn }, func(c, o *Config) { c.FailOn = o.FailOn }},
	{"baseline", func(c *Config) any { return c.Baseline }, func(c, o *Config) { c.Baseline = o.Baseline }},
	{"ignores.require-rule", func(c *Config) any { return c.RequireRule }, func(c, o *Config) { c.RequireRule = o.RequireRule }},
	{"ignores.require-reason", func(c *Config) any { return c.RequireReason }, func(c, o *Config) { c.RequireReason = o.RequireReason }},
	{"ignores.require-until", func(c *Config) any { return c.RequireUntil }, func(c, o *Config) { c.RequireUntil = o.RequireUntil }},
	{"ignores.foreign", func(c *Config) any { return c.ForeignIgnore }, func(c, o *Config) { c.ForeignIgnore = o.ForeignIgnore }},
	{"strict", func(c *Config) any { return c.Strict }, func(c, o *Config) { c.Strict = o.Strict }},
	{"max-file-size", func(c *Config) any { return c.MaxFileSize }, func(c, o *Config) { c.MaxFileSize = o.MaxFileSize }},
	{"gitignore", func(c *Config) any { return c.GitIgnore }, func(c, o *Config) { c.GitIgnore = o.GitIgnore }},
}

// Value gives a setting as text, "" if the file does not set it.
func (c *Config) Value(key string) string {
	for _, f := range fields {
		if f.name == key && c.Line(key) > 0 {
			return fmt.Sprint(f.get(c))
		}
	}
	return ""
}

// Differing gives the settings in which two configurations differ, in a fixed order.
func Differing(a, b *Config) []string {
	var out []string
	for _, f := range fields {
		if fmt.Sprint(f.get(a)) != fmt.Sprint(f.get(b)) {
			out = append(out, f.name)
		}
	}
	return out
}

// With gives the configuration with one setting of another.
func (c *Config) With(key string, from *Config) *Config {
	out := *c
	out.lines = maps.Clone(c.lines)
	if out.File == "" {
		out.File, out.Dir = from.File, from.Dir
	}
	i := slices.IndexFunc(fields, func(f field) bool { return f.name == key })
	if i < 0 {
		return &out
	}
	fields[i].take(&out, from)
	delete(out.lines, key)
	if n := from.lines[key]; n > 0 {
		out.lines[key] = n
	}
	return &out
}

package config

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/spell"
)

// A shape is what may stand behind a key.
type shape uint8

const (
	isFlag shape = iota
	isWord
	isWords // one or a list
	isNumber
	isLevels   // rule → level
	isSection  // a mapping with keys
	isSections // a list of these
)

// A key is one setting. This table is all that is known of them.
type key struct {
	name  string
	doc   string
	shape shape
	enum  []string
	keys  []key                    // of a section
	must  bool                     // may not be missing
	set   func(p *parser, n *node) // stores a value that has the shape
}

var (
	ruleLevels  = []string{"error", "warning", "note", "off"}
	shownLevels = ruleLevels[:3]
	confidences = []string{"high", "medium", "low"}
)

func words(field func(c *Config) *[]Word) func(*parser, *node) {
	return func(p *parser, n *node) { *field(p.c) = wordsOf(n) }
}

func text(field func(c *Config) *string) func(*parser, *node) {
	return func(p *parser, n *node) { *field(p.c) = n.text }
}

func boolean(field func(c *Config) *bool) func(*parser, *node) {
	return func(p *parser, n *node) { *field(p.c) = strings.EqualFold(n.text, "true") }
}

var keys = []key{
	{name: "include", shape: isWords, set: words(func(c *Config) *[]Word { return &c.Include }),
		doc: "Globs of the files and folders that are scanned, as in exclude. Without it, all; a file that is named on the command line always is."},
	{name: "exclude", shape: isWords, set: words(func(c *Config) *[]Word { return &c.Exclude }),
		doc: "Globs of files and folders that are not scanned, relative to the folder of this file: tests is that name anywhere, /tests the one in this folder, src/legacy that place; what fits a folder fits all in it."},
	{name: "select", shape: isWords, set: words(func(c *Config) *[]Word { return &c.Select }),
		doc: "Rules that are reported: IDs, names or globs (PKL1*). Without it, all."},
	{name: "disable", shape: isWords, set: words(func(c *Config) *[]Word { return &c.Disable }),
		doc: "Rules that are not reported: IDs, names or globs."},
	{name: "levels", shape: isLevels, set: func(p *parser, n *node) { p.c.Levels = levelsOf(n) },
		doc: "The level of single rules, whatever the source: error, warning, note or off. The last that fits counts."},
	{name: "paths", shape: isSections, set: func(p *parser, n *node) { p.paths(n) }, keys: pathKeys,
		doc: "Settings for the findings whose sink is in some files."},
	{name: "rules", shape: isWords, set: words(func(c *Config) *[]Word { return &c.Rules }),
		doc: "Rule packs, or folders of them, to add to the built-in ones, relative to the folder of this file."},
	{name: "default-rules", shape: isFlag, set: boolean(func(c *Config) *bool { return &c.DefaultRules }),
		doc: "Whether the built-in packs are used. Default true."},
	{name: "threat-model", shape: isWords, set: words(func(c *Config) *[]Word { return &c.ThreatModel }),
		doc: "Kinds of sources that are reported at their full level; flows from others become notes."},
	{name: "min-level", shape: isWord, enum: shownLevels, set: text(func(c *Config) *string { return &c.MinLevel }),
		doc: "The lowest level that is reported. Default warning."},
	{name: "min-confidence", shape: isWord, enum: confidences, set: text(func(c *Config) *string { return &c.MinConfidence }),
		doc: "The lowest confidence that is reported. Default low."},
	{name: "fail-on", shape: isWord, enum: []string{"error", "warning", "note", "never"}, set: text(func(c *Config) *string { return &c.FailOn }),
		doc: "The lowest level that fails the run with exit code 1. Default warning."},
	{name: "baseline", shape: isWord, set: text(func(c *Config) *string { return &c.Baseline }),
		doc: "File with the known findings, relative to the folder of this file."},
	{name: "ignores", shape: isSection, keys: ignoreKeys, set: func(p *parser, n *node) { p.section(n, ignoreKeys, "ignores.") },
		doc: "What ignore comments must have to count."},
	{name: "strict", shape: isFlag, set: boolean(func(c *Config) *bool { return &c.Strict }),
		doc: "A file or function that was analysed only in part, because of a syntax error or of a limit that was reached, makes the scan incomplete: exit code 3. Default false."},
	{name: "max-file-size", shape: isNumber, set: func(p *parser, n *node) { p.size(n) },
		doc: "Larger Python files, in bytes, are left out; notebooks may be 8 times as large. -1 means no limit. Default 4194304."},
	{name: "gitignore", shape: isFlag, set: boolean(func(c *Config) *bool { return &c.GitIgnore }),
		doc: "Whether files that git ignores are left out. Default true."},
}

var ignoreKeys = []key{
	{name: "require-rule", shape: isFlag, set: boolean(func(c *Config) *bool { return &c.RequireRule }),
		doc: "A comment that names no rule silences nothing."},
	{name: "require-reason", shape: isFlag, set: boolean(func(c *Config) *bool { return &c.RequireReason }),
		doc: "A comment without a reason silences nothing."},
	{name: "require-until", shape: isFlag, set: boolean(func(c *Config) *bool { return &c.RequireUntil }),
		doc: "A comment without a last day, (until 2027-01-31), silences nothing."},
	{name: "foreign", shape: isFlag, set: boolean(func(c *Config) *bool { return &c.ForeignIgnore }),
		doc: "Comments of other tools count too: nosec and noqa with a check about loading data."},
}

var pathKeys = []key{
	{name: "match", shape: isWords, must: true, doc: "Globs of files and folders, as in exclude."},
	{name: "disable", shape: isWords, doc: "Rules that are not reported there."},
	{name: "levels", shape: isLevels, doc: "The level of rules there."},
}

type mistake struct {
	line int
	msg  string
}

type parser struct {
	c    *Config
	errs []mistake
}

func (p *parser) errorf(line int, format string, args ...any) {
	p.errs = append(p.errs, mistake{line, fmt.Sprintf(format, args...)})
}

// section reads a mapping: every key must be known, be there once and have its shape. Prefix is that of the section.
func (p *parser) section(n *node, known []key, prefix string) {
	if n.kind == null {
		return
	}
	if n.kind != mapping {
		p.errorf(n.line, "the settings must be a mapping, not %s", n.kind)
		return
	}
	seen := map[string]int{}
	for _, q := range n.pairs {
		k := find(known, q.key)
		switch {
		case k == nil:
			p.errorf(q.line, "there is no setting %q%s", prefix+q.key, spell.Hint(q.key, namesOf(known)))
		case seen[q.key] > 0:
			p.errorf(q.line, "%s%s is set already on line %d", prefix, q.key, seen[q.key])
		case p.hasShape(k, q.val, prefix):
			p.c.lines[prefix+q.key] = q.line
			if k.set != nil {
				k.set(p, q.val)
			}
		}
		seen[q.key] = q.line
	}
	for _, k := range known {
		if k.must && seen[k.name] == 0 {
			p.errorf(n.line, "%s%s is missing", prefix, k.name)
		}
	}
}

func namesOf(known []key) []string {
	out := make([]string, len(known))
	for i, k := range known {
		out[i] = k.name
	}
	return out
}

func find(known []key, name string) *key {
	if i := slices.IndexFunc(known, func(k key) bool { return k.name == name }); i >= 0 {
		return &known[i]
	}
	return nil
}

// hasShape says whether the value fits the key, and tells if it does not.
func (p *parser) hasShape(k *key, n *node, prefix string) bool {
	name := prefix + k.name
	wrong := func(want string) bool {
		p.errorf(n.line, "%s must be %s, not %s", name, want, n.kind)
		return false
	}
	switch k.shape {
	case isFlag:
		return n.kind == flag || wrong("true or false")
	case isNumber:
		_, ok := n.int()
		return ok || wrong("a whole number")
	case isWord:
		return (n.kind == word || wrong("a string")) && p.allowed(k.enum, n, name)
	case isWords:
		return isTexts(n) || wrong("a string or a list of strings")
	case isLevels:
		return (n.kind == mapping || wrong("a mapping of rules to levels")) && p.levels(n, name)
	case isSection:
		return n.kind == mapping || wrong("a mapping")
	}
	return n.kind == sequence || wrong("a list of mappings")
}

func isTexts(n *node) bool {
	return n.kind == word || n.kind == sequence && !slices.ContainsFunc(n.items, func(i *node) bool { return i.kind != word })
}

func (p *parser) allowed(enum []string, n *node, name string) bool {
	if enum == nil || slices.Contains(enum, n.text) {
		return true
	}
	p.errorf(n.line, "%s must be %s, not %q", name, oneOf(enum), n.text)
	return false
}

func oneOf(enum []string) string {
	last := len(enum) - 1
	return strings.Join(enum[:last], ", ") + " or " + enum[last]
}

func (p *parser) levels(n *node, name string) bool {
	ok := true
	for _, q := range n.pairs {
		ok = p.allowed(ruleLevels, q.val, name+"."+q.key) && ok
	}
	return ok
}

func (p *parser) size(n *node) {
	v, _ := n.int()
	if v == 0 || v < -1 {
		p.errorf(n.line, "max-file-size must be a number of bytes, or -1 for no limit")
	}
	p.c.MaxFileSize = v
}

func (p *parser) paths(n *node) {
	for _, item := range n.items {
		before := len(p.errs)
		p.section(item, pathKeys, "paths.")
		if len(p.errs) > before {
			continue
		}
		path := Path{Match: wordsOf(item.get("match")), Disable: wordsOf(item.get("disable")), Levels: levelsOf(item.get("levels"))}
		p.c.Paths = append(p.c.Paths, path)
	}
}

// get gives the value of a key, nil if it is not there.
func (n *node) get(name string) *node {
	for _, q := range n.pairs {
		if q.key == name {
			return q.val
		}
	}
	return nil
}

func wordsOf(n *node) []Word {
	if n == nil {
		return nil
	}
	if n.kind == word {
		return []Word{{n.text, n.line}}
	}
	out := make([]Word, len(n.items))
	for i, item := range n.items {
		out[i] = Word{item.text, item.line}
	}
	return out
}

func levelsOf(n *node) []Level {
	if n == nil {
		return nil
	}
	out := make([]Level, len(n.pairs))
	for i, q := range n.pairs {
		out[i] = Level{Word{q.key, q.line}, q.val.text}
	}
	return out
}

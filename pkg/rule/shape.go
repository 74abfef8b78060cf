package rule

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/pickletrace/pickletrace/pkg/spell"
)

// A shape says what a YAML value may look like. The rule language is a tree of shapes (lang.go); the same tree checks
// packs, suggests corrections, and prints the JSON schema. A value is a scalar, a mapping or a sequence, so a shape
// has up to one alternative for each.
type shape struct {
	name   string  // for messages: "a slot"
	scalar *scalar // nil: no scalar
	object *object // nil: no mapping
	items  *shape  // nil: no sequence
	min    int     // least number of items
	single bool    // one item may stand for a list of it; scalar and object are then those of items
}

// A scalar says which text and YAML type a scalar may have.
type scalar struct {
	str, num, boolean bool // which YAML types
	re                *regexp.Regexp
	fits              func(string) bool // the same as re, faster; may be nil
	words             []string          // the only strings allowed (with re: or a match of it)
	min, max          int               // of a number
	maxLen            int               // of a string, in characters; 0 = no limit
	hint              string            // for messages: what to write
}

// An object is a mapping with known keys, or keys that fit a pattern.
type object struct {
	name   string // for messages: "a sink"
	keys   []key
	free   *freeKeys
	groups []group
}

// A key is one key of an object.
type key struct {
	name     string
	required bool
	shape    *shape
	doc      string
}

// freeKeys allows keys that are not listed.
type freeKeys struct {
	re    *regexp.Regexp
	what  string // for messages: "a kind id"
	shape *shape
}

// A group says how many of some keys must be there.
type group struct {
	keys    []string
	atLeast int
	atMost  int
}

func (o *object) key(name string) *key {
	for i := range o.keys {
		if o.keys[i].name == name {
			return &o.keys[i]
		}
	}
	return nil
}

func (o *object) names() []string {
	names := make([]string, len(o.keys))
	for i, k := range o.keys {
		names[i] = k.name
	}
	return names
}

// check reports everything in n that the shape does not allow.
func (s *shape) check(r *file, n *yaml.Node) {
	n = deref(n)
	if n.Style&yaml.TaggedStyle != 0 {
		r.errorf(n, "YAML tags are not used here")
		return
	}
	switch n.Kind {
	case yaml.ScalarNode:
		if s.scalar == nil {
			r.errorf(n, "want %s, not %s", s.name, quoteShort(n.Value))
			return
		}
		s.scalar.check(r, n, s.name)
	case yaml.MappingNode:
		if s.object == nil {
			r.errorf(n, "want %s, not a mapping", s.name)
			return
		}
		s.object.check(r, n)
	case yaml.SequenceNode:
		if s.items == nil {
			r.errorf(n, "want %s, not a list", s.name)
			return
		}
		if len(n.Content) < s.min {
			r.errorf(n, "want at least %d of %s", s.min, s.items.name)
		}
		for _, item := range n.Content {
			s.items.check(r, item)
		}
	}
}

func (c *scalar) check(r *file, n *yaml.Node, want string) {
	switch tag := n.ShortTag(); {
	case c.num && tag == "!!int":
		i, err := strconv.Atoi(n.Value)
		if err != nil || i < c.min || i > c.max {
			r.errorf(n, "want %s from %d to %d, not %s", want, c.min, c.max, quoteShort(n.Value))
		}
	case c.boolean && tag == "!!bool":
	case !c.str && (tag == "!!str" || c.boolean || c.num):
		r.errorf(n, "want %s, not %s%s", want, quoteShort(n.Value), spell.Hint(n.Value, c.allWords()))
	case tag == "!!null":
		r.errorf(n, "want %s; there is nothing here%s", want, c.nullHint())
	case tag == "!!bool" && c.num:
		r.errorf(n, "want %s, not %s", want, n.Value)
	case tag != "!!str" && c.re == nil && c.words == nil:
		r.errorf(n, "want %s; quote it: %q", want, n.Value)
	default:
		c.checkText(r, n, want)
	}
}

func (c *scalar) checkText(r *file, n *yaml.Node, want string) {
	switch {
	case slices.Contains(c.words, n.Value):
	case c.fits != nil && c.fits(n.Value):
	case c.fits == nil && c.re != nil && c.re.MatchString(n.Value):
	case c.re == nil && c.words == nil:
		if strings.TrimSpace(n.Value) == "" {
			r.errorf(n, "want %s; this is empty", want)
		}
	default:
		hint := spell.Hint(n.Value, c.allWords())
		switch {
		case hint != "":
		case c.hint != "":
			hint = "; " + c.hint
		case c.re != nil:
			hint = " (" + c.re.String() + ")"
		default:
			hint = "; want one of " + strings.Join(c.allWords(), ", ")
		}
		r.errorf(n, "%s is not %s%s", quoteShort(n.Value), want, hint)
	}
	if count := utf8.RuneCountInString(n.Value); c.maxLen > 0 && count > c.maxLen {
		r.errorf(n, "%s of %d characters; at most %d", want, count, c.maxLen)
	}
}

func (c *scalar) allWords() []string {
	if c.boolean {
		return append([]string{"true", "false"}, c.words...)
	}
	return c.words
}

func (c *scalar) nullHint() string {
	if slices.Contains(c.words, "none") {
		return " (for Python's None write none)"
	}
	return ""
}

func (o *object) check(r *file, n *yaml.Node) {
	seen := map[string]*yaml.Node{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, v := deref(n.Content[i]), n.Content[i+1]
		if k.Kind != yaml.ScalarNode {
			r.errorf(k, "a key of %s must be a word", o.name)
			continue
		}
		if first := seen[k.Value]; first != nil {
			r.errorf(k, "%s is given twice; first on line %d", k.Value, first.Line)
			continue
		}
		seen[k.Value] = k
		if known := o.key(k.Value); known != nil {
			known.shape.check(r, v)
			continue
		}
		if o.free != nil && o.free.re.MatchString(k.Value) {
			o.free.shape.check(r, v)
			continue
		}
		r.errorf(k, "%s", o.unknownKey(k.Value))
	}
	o.checkGroups(r, n, seen)
}

func (o *object) unknownKey(name string) string {
	hint := spell.Hint(name, o.names())
	switch {
	case o.free != nil && len(o.keys) == 0:
		return fmt.Sprintf("%s is not %s (%s)", quoteShort(name), o.free.what, o.free.re)
	case hint == "" && len(o.keys) > 0:
		hint = "; known: " + strings.Join(o.names(), ", ")
		if o.free != nil {
			hint += ", and " + o.free.what
		}
	}
	return fmt.Sprintf("unknown key %s in %s%s", quoteShort(name), o.name, hint)
}

func (o *object) checkGroups(r *file, n *yaml.Node, seen map[string]*yaml.Node) {
	for _, k := range o.keys {
		if k.required && seen[k.name] == nil {
			r.errorf(n, "%s needs %s: %s", o.name, k.name, k.doc)
		}
	}
	for _, g := range o.groups {
		count := 0
		for _, name := range g.keys {
			if seen[name] != nil {
				count++
			}
		}
		list := strings.Join(g.keys, ", ")
		switch {
		case count < g.atLeast && g.atMost == 1:
			r.errorf(n, "%s needs exactly one of %s", o.name, list)
		case count < g.atLeast:
			r.errorf(n, "%s needs at least one of %s", o.name, list)
		case count > g.atMost:
			r.errorf(n, "%s can have only one of %s", o.name, list)
		}
	}
}

package finding

import (
	"fmt"
	"slices"
	"strings"
)

// Ignore comments that a change adds are told apart from those that were there: a comment is the same if it names the same
// rules and the same last day and stands at the same statement of the same function, wherever that has moved.

// markNew notes which comments of a file the change added.
func markNew(ds []*directive, l *lexed, o IgnoreOptions) {
	if o.Before == nil || len(ds) == 0 {
		return
	}
	before, same := o.Before(ds[0].file)
	if same {
		return
	}
	had := map[string]int{}
	if before != nil {
		old := lex(before)
		for _, d := range directives(old, before, o.Known) {
			had[d.key(old)]++
		}
	}
	for _, d := range ds {
		k := d.key(l)
		had[k]--
		d.added = had[k] < 0
	}
}

// key says what a comment silences, without its reason.
func (d *directive) key(l *lexed) string {
	names := d.names()
	for i, r := range d.rules {
		if r.id != "" {
			names[len(names)-len(d.rules)+i] = r.id
		}
	}
	slices.Sort(names)
	parts := []string{strings.Join(names, ","), d.until, d.bad}
	for _, t := range d.targets {
		i := max(l.at(t.End), 0)
		if i >= len(l.stmts) {
			continue
		}
		parts = append(parts, l.normal(&l.stmts[i]))
		if fn := l.owners()[i]; fn >= 0 {
			parts = append(parts, l.defines(&l.stmts[fn]))
		}
	}
	return strings.Join(parts, "\x00")
}

// newLevel is how loud it is told that the change adds the comment: what would silence something is to be looked at.
func (d *directive) newLevel(o IgnoreOptions) Level {
	if d.would && !o.TrustNew {
		return Warning
	}
	return Note
}

// listed says what a comment that the change adds does.
func (d *directive) listed(o IgnoreOptions) string {
	what := strings.Join(d.names(), ", ")
	switch {
	case o.TrustNew && (d.used || slices.ContainsFunc(d.rules, func(r ruleRef) bool { return r.used })):
		return fmt.Sprintf("This change adds an ignore comment for %s, and it silences what is found here.", what)
	case o.TrustNew:
		return fmt.Sprintf("This change adds an ignore comment for %s.", what)
	case d.would:
		return fmt.Sprintf("This change adds an ignore comment for %s, which would silence what is found here; it does not count in the change that adds it.", what)
	}
	return fmt.Sprintf("This change adds an ignore comment for %s; it does not count in the change that adds it.", what)
}

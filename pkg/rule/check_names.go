package rule

import (
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/spell"
)

// settings finds a name in two settings that may meet it in the same way, and sinks that never report.
func (c *linter) settings() {
	first := map[string]*Sink{}
	for _, s := range c.p.Sinks {
		if s.Quiet && !slices.ContainsFunc(s.Cases, func(row Case) bool { return row.Verdict == Report }) {
			c.warn(s.At, "%s never reports: no row of its cases does", s.ID)
		}
		for _, name := range s.Settings {
			switch other := first[name]; {
			case other == nil:
				first[name] = s
			case other == s:
				c.warn(s.At, "%s lists %s twice", s.ID, name)
			case other.Stored&s.Stored != 0:
				c.warn(s.At, "%s is a setting of %s and of %s (%s)", name, s.ID, other.ID, other.At)
			}
		}
	}
}

// stored finds conditions on what a receiver was given before where nothing gives it.
func (c *linter) stored() {
	var known []string
	for _, q := range c.p.Propagators {
		for _, slot := range []Slot{q.From, q.To} {
			if (slot.What == Receiver || slot.What == Return) && strings.HasPrefix(slot.Path, ".") {
				known = append(known, receiverWord+slot.Path)
			}
		}
	}
	for _, s := range c.p.Sinks {
		for _, row := range s.Cases {
			c.conds(row.When, known)
		}
	}
	for _, s := range c.p.Sources {
		c.conds(s.When, known)
	}
}

const receiverWord = "receiver"

func (c *linter) conds(when []Cond, known []string) {
	for _, cond := range when {
		if strings.HasPrefix(cond.Subject, receiverWord+".") && !slices.Contains(known, cond.Subject) {
			c.warn(cond.At, "no propagator leads to %s, so this is never known%s", cond.Subject, spell.Hint(cond.Subject, known))
		}
	}
}

// kindsOfRules finds kinds that a rule or a row speaks of and that never get there: levels for kinds outside of from, rows
// with a source that no rule for the sink takes.
func (c *linter) kindsOfRules() {
	for _, r := range c.p.Rules {
		for _, kind := range keys(r.Level) {
			if kind != "" && r.Flow != nil && !r.FromKind(kind) {
				c.warn(r.At, "%s has a level for %s, which its flow does not begin with", r.ID, kind)
			}
		}
	}
	for _, s := range c.p.Sinks {
		rules := c.p.RulesFor(s)
		for _, row := range s.Cases {
			for _, cond := range row.When {
				if cond.Subject == "source" && len(rules) > 0 && !slices.ContainsFunc(cond.Any, func(t Test) bool {
					return slices.ContainsFunc(rules, func(r *Rule) bool { return r.FromKind(t.S) })
				}) {
					c.warn(cond.At, "no rule for %s takes data of this kind, so this row never applies", s.ID)
				}
			}
		}
	}
}

// types finds types of a user's pack that nothing goes on from: no pattern, class or condition names them or something
// of them.
func (c *linter) types() {
	used := map[string]bool{} // names and all that they begin with; single words only of patterns with a star
	use := func(texts ...string) {
		for _, p := range mustPatterns(texts) {
			name, _, star := strings.Cut(p.text, "*")
			if star {
				used[firstSegment(name)] = true
			}
			for ; strings.Contains(name, ".") && !used[name]; name = name[:strings.LastIndexByte(name, '.')] {
				used[name] = true
			}
		}
	}
	for _, m := range c.p.Matchers() {
		use(m.Pattern)
	}
	for _, s := range c.p.Sinks {
		for _, row := range s.Cases {
			for _, cond := range row.When {
				for _, t := range cond.Any {
					use(t.L...)
				}
			}
		}
	}
	for _, t := range c.p.Types {
		for _, name := range t.Returns {
			if strings.Contains(name, ".") && !used[c.p.Canonical(name)] && !used[firstSegment(name)] {
				c.warn(t.At, "no pattern here is about the type %s%s", name, spell.Hint(name, keys(used)))
			}
		}
	}
}

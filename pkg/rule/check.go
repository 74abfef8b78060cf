package rule

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// A Remark is on something in a pack that loads but is probably not meant.
type Remark struct {
	At  Place
	Msg string
}

func (w Remark) String() string { return w.At.String() + ": " + w.Msg }

// Lint looks for what Load accepts and a pack author would not want: rows that can never apply, kinds and sinks that
// nothing uses, rules that are not shown or tested enough. Sorted by place.
func (p *Pack) Lint() []Remark {
	c := &linter{p: p}
	for _, s := range p.Sinks {
		c.sink(s)
	}
	c.kinds()
	c.repeated()
	c.settings()
	c.stored()
	c.kindsOfRules()
	c.types()
	for _, r := range p.Rules {
		c.rule(r)
	}
	slices.SortStableFunc(c.out, func(a, b Remark) int {
		return cmp.Or(strings.Compare(a.At.File, b.At.File), cmp.Compare(a.At.Line, b.At.Line),
			cmp.Compare(a.At.Col, b.At.Col), strings.Compare(a.Msg, b.Msg))
	})
	return c.out
}

type linter struct {
	p   *Pack
	out []Remark
}

func (c *linter) warn(at Place, format string, args ...any) {
	c.out = append(c.out, Remark{at, fmt.Sprintf(format, args...)})
}

// sink looks at the rows of a sink and at the rules for it.
func (c *linter) sink(s *Sink) {
	for i := range s.Cases {
		row := &s.Cases[i]
		for j := range s.Cases[:i] {
			if above := &s.Cases[j]; above.covers(row) {
				c.warn(row.At, "this row of %s never applies: whatever fits it fits the row on line %d first", s.ID, above.At.Line)
				break
			}
		}
		if row.Unknown && len(row.When) == 0 {
			c.warn(row.At, "unknown: true means nothing in a row without when")
		}
		if row.As != "" && row.Verdict == Safe {
			c.warn(row.At, "as means nothing in a safe row: rules are about reported ones")
		}
		if row.Verdict == Report && !c.covered(s, row) {
			c.warn(row.At, "no rule is about the case %s of %s", cmp.Or(row.As, defaultWord), s.ID)
		}
	}
	if len(c.p.RulesFor(s)) == 0 {
		c.warn(s.At, "no rule names the sink %s", s.ID)
	}
}

func (c *linter) covered(s *Sink, row *Case) bool {
	rules := c.p.RulesFor(s)
	return len(rules) == 0 || slices.ContainsFunc(rules, func(r *Rule) bool { return r.Covers(Decision{Case: row}) })
}

// covers says whether every call that fits row fits c too: each condition of c is one of row, with at least its tests.
func (c *Case) covers(row *Case) bool {
	return !slices.ContainsFunc(c.When, func(mine Cond) bool {
		return !slices.ContainsFunc(row.When, func(its Cond) bool {
			return its.Subject == mine.Subject && !slices.ContainsFunc(its.Any, func(t Test) bool { return !mine.has(t) })
		})
	})
}

func (c Cond) has(t Test) bool {
	return slices.ContainsFunc(c.Any, func(u Test) bool {
		return u.Op == t.Op && u.S == t.S && u.Lib == t.Lib && slices.Equal(u.L, t.L)
	})
}

// kinds finds kinds that no source has, or that no rule looks for.
func (c *linter) kinds() {
	made := map[*Kind]bool{}
	for _, s := range c.p.Sources {
		made[s.Kind] = true
	}
	for _, s := range c.p.Sinks {
		made[s.ActsAs] = true
	}
	for _, q := range c.p.Propagators {
		made[q.Kind] = true
	}
	for _, k := range c.p.Kinds {
		if !made[k] && !slices.ContainsFunc(c.p.Rules, func(r *Rule) bool { return r.names(k.ID) }) {
			c.warn(k.At, "no source is of the kind %s, and no rule names it", k.ID)
		}
		if !slices.ContainsFunc(c.p.Rules, func(r *Rule) bool { return r.FromKind(k.ID) }) {
			c.warn(k.At, "no rule is about data of the kind %s", k.ID)
		}
	}
}

// names says whether a flow rule speaks of the kind itself, not only of any.
func (r *Rule) names(kind string) bool {
	_, level := r.Level[kind]
	return level || r.Flow != nil && r.Flow.From != nil && r.FromKind(kind)
}

// repeated finds one call pattern in two sinks: both would be reported at the same call.
func (c *linter) repeated() {
	first := map[string]*Sink{}
	for _, s := range c.p.Sinks {
		for _, pat := range mustPatterns(s.Calls) {
			switch other := first[pat.text]; other {
			case nil:
				first[pat.text] = s
			case s:
				c.warn(s.At, "%s lists %s twice", s.ID, pat.text)
			default:
				c.warn(s.At, "%s is a call of %s and of %s (%s)", pat.text, s.ID, other.ID, other.At)
			}
		}
	}
}

// minExamples is how many examples of each sort a rule should have.
const minExamples = 2

func (c *linter) rule(r *Rule) {
	if len(r.Bad) < minExamples || len(r.Good) < minExamples {
		c.warn(r.At, "%s has %d bad and %d good examples; want %d of each", r.ID, len(r.Bad), len(r.Good), minExamples)
	}
	for _, e := range r.Bad {
		if !r.wantedIn(e) {
			c.warn(e.At, "this bad example of %s wants no finding of it (# want %[1]s)", r.ID)
		}
	}
	for _, e := range r.Good {
		if r.wantedIn(e) {
			c.warn(e.At, "this good example of %s wants a finding of it", r.ID)
		}
	}
	for word := range strings.SplitSeq(r.Name, "-") {
		if word != "" && word[0] >= '0' && word[0] <= '9' {
			c.warn(r.At, "%s: the word %q of its name begins with a digit, so %s reads badly", r.ID, word, r.PascalName())
		}
	}
	if strings.HasSuffix(strings.TrimSpace(r.Title), ".") {
		c.warn(r.At, "%s: the title ends in a full stop", r.ID)
	}
	if len(r.sinks()) == 0 && !r.Disabled {
		c.warn(r.At, "%s has no sink left", r.ID)
	}
}

// wantedIn says whether an example wants a finding of the rule, of whatever level.
func (r *Rule) wantedIn(e Example) bool {
	for _, level := range []string{"", "note ", "warning ", "error "} {
		if strings.Contains(e.Code, "# want "+level+r.ID) || strings.Contains(e.Code, "# want "+level+r.Name) {
			return true
		}
	}
	return false
}

// PascalName gives the rule's name as SARIF wants it: UntrustedPickleLoad.
func (r *Rule) PascalName() string {
	var b strings.Builder
	for word := range strings.SplitSeq(r.Name, "-") {
		if word != "" {
			b.WriteString(strings.ToUpper(word[:1]) + word[1:])
		}
	}
	return b.String()
}

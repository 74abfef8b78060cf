package rule

import (
	"regexp/syntax"
	"slices"
	"strconv"
	"strings"
)

// A Decision is what a sink's cases say about one call.
type Decision struct {
	Safe  bool
	Lower int      // levels to lower by
	Case  *Case    // the row that decided; nil if none did: then the call is reported
	Notes []string // of that row
	// Undecided: a row above was passed over for something that is not known and that the deciding row does not ask
	// for, or the deciding row itself is undecided.
	Undecided bool
}

// Decide reads the sink's cases from the top. The rules, with examples, are in rules/README.md ("How a sink's cases
// are read"): a row applies when all its conditions are yes; an undecided safe row is passed over; an undecided report
// row is pending, and stands unless a later row takes its place. A report row that applies always does. A safe row
// does only if it asks for every argument that was undecided in the pending row, so a bare "safe" at the end cannot
// hide that a flag may be on; a version that nobody declared (lib) is no such argument. A quiet sink has no pending rows.
// Where an argument is one of a few values, each is decided for itself, and the worst counts.
func (s *Sink) Decide(f Facts) Decision { return s.decide(f, maxPinned) }

func (s *Sink) decide(f Facts, pins int) Decision {
	if c := s.choice(f); c != nil && pins > 0 {
		return s.worst(f, c, pins-1)
	}
	var open []*openRow
	for i := range s.Cases {
		c := &s.Cases[i]
		fits, unsure := c.fits(f)
		if fits == No {
			continue
		}
		row := &openRow{c, unsure}
		if fits == Maybe && !c.Unknown {
			if s.Quiet {
				continue
			}
			open = append(open, row)
			continue
		}
		if c.Verdict == Safe && slices.ContainsFunc(open, func(o *openRow) bool { return o.outlasts(c) }) {
			break // a pending row stands; no later row can be about this call, it has been decided here
		}
		return row.decision(open)
	}
	if s.Quiet {
		return Decision{Safe: true}
	}
	return pending(open)
}

// An openRow is a row with a condition that could not be decided.
type openRow struct {
	c      *Case
	unsure []string // subjects of those conditions
}

// outlasts says whether a pending report row stands against a safe row that applies.
func (o *openRow) outlasts(safe *Case) bool {
	return o.c.Verdict == Report && slices.ContainsFunc(o.unsure, func(subject string) bool {
		return subject != "lib" && !safe.asks(subject)
	})
}

func (c *Case) asks(subject string) bool {
	return slices.ContainsFunc(c.When, func(w Cond) bool { return w.Subject == subject })
}

// decision is the row's own, given the rows above that stayed open.
func (o *openRow) decision(above []*openRow) Decision {
	d := Decision{Safe: o.c.Verdict == Safe, Case: o.c, Lower: o.c.Lower, Undecided: len(o.unsure) > 0}
	if o.c.Note != "" {
		d.Notes = []string{o.c.Note}
	}
	for _, a := range above {
		for _, subject := range a.unsure {
			d.Undecided = d.Undecided || !o.c.asks(subject)
		}
	}
	return d
}

// pending decides when no row applied: the open report row that lowers least, or a plain report.
func pending(open []*openRow) Decision {
	var best *openRow
	for _, o := range open {
		if o.c.Verdict == Report && (best == nil || o.c.Lower < best.c.Lower) {
			best = o
		}
	}
	if best == nil {
		return Decision{Undecided: len(open) > 0}
	}
	return best.decision(nil)
}

// fits evaluates all conditions of a row; unsure lists the subjects of the undecided ones.
func (c *Case) fits(f Facts) (fits Tri, unsure []string) {
	fits = Yes
	for i := range c.When {
		switch c.When[i].Eval(f) {
		case No:
			return No, nil
		case Maybe:
			fits = Maybe
			unsure = append(unsure, c.When[i].Subject)
		}
	}
	return fits, unsure
}

// Eval evaluates a condition: Yes if one of its tests is, No if all are, else Maybe.
func (c Cond) Eval(f Facts) Tri {
	if !c.aboutArgument() {
		return c.any(func(t *Test) Tri { return t.call(f) })
	}
	a := c.value(f)
	if a.State != Unknown || len(a.Alts) == 0 {
		return c.any(func(t *Test) Tri { return t.arg(a) })
	}
	all, some := Yes, No
	for _, alt := range a.Alts {
		alt.Kinds = a.Kinds
		one := c.any(func(t *Test) Tri { return t.arg(alt) })
		all, some = min(all, one), max(some, one)
	}
	if all == some {
		return all
	}
	return Maybe
}

func (c Cond) any(eval func(*Test) Tri) Tri {
	answer := No
	for i := range c.Any {
		answer = max(answer, eval(&c.Any[i]))
	}
	return answer
}

func (c Cond) aboutArgument() bool {
	subject, _, _ := strings.Cut(c.Subject, ".")
	return subject == "receiver" || subject == "arg" || subject == "env"
}

// value gives what is known of the argument, or of the environment variable, that the condition is about.
func (c Cond) value(f Facts) ArgFact {
	if name, ok := strings.CutPrefix(c.Subject, "env."); ok {
		return f.Env(name)
	}
	return c.argument(f)
}

// Holds says whether all conditions hold (Yes), or one surely does not (No).
func Holds(when []Cond, f Facts) Tri {
	answer := Yes
	for _, c := range when {
		answer = min(answer, c.Eval(f))
	}
	return answer
}

// call evaluates a test of the call as a whole.
func (t *Test) call(f Facts) Tri {
	switch t.Op {
	case LibSpec:
		in, _ := f.Lib(t.Lib, t.S)
		return in
	case LibUnknown:
		_, known := f.Lib(t.Lib, "")
		return yesIf(!known)
	case SourceKind:
		return yesIf(f.Source() == t.S)
	case HasSuffix:
		return f.Suffix(t.S)
	case StandsBeside:
		return yesIf(f.Beside(t.S))
	default:
		return Maybe
	}
}

// argument asks for the argument under all its names and takes the most definite answer.
func (c Cond) argument(f Facts) ArgFact {
	if c.fixed != nil {
		return *c.fixed
	}
	var best ArgFact
	for _, name := range c.asked() {
		if a := f.Arg(name); rank(a) > rank(best) {
			best = a
		}
	}
	if c.absent != nil && best.State == Absent {
		best = *c.absent
	}
	if best.Decided && best.State == Unknown && c.asksTruth() {
		best.Alts = []ArgFact{{State: Known, Const: "True"}, {State: Known, Const: "False"}}
	}
	if c.negated {
		best = best.negate()
	}
	return best
}

// asksTruth says whether the condition is about a switch: whether the argument is true or false.
func (c Cond) asksTruth() bool {
	return slices.ContainsFunc(c.Any, func(t Test) bool { return t.Op == IsTrue || t.Op == IsFalse })
}

// asked gives the names under which the argument may be known.
func (c Cond) asked() []string {
	if c.lookup != nil {
		return c.lookup
	}
	return []string{strings.TrimPrefix(c.Subject, "arg.")}
}

// rank orders states by how much they say: a keyword that is there beats a position that *args may have filled.
func rank(a ArgFact) int {
	switch {
	case a.State == Known || a.State == KnownClass || a.State == Container:
		return 3
	case a.State == Unknown && a.Alts != nil:
		return 2
	case a.State == Unknown:
		return 1
	default:
		return 0
	}
}

// arg evaluates a test of an argument with one value.
func (t *Test) arg(a ArgFact) Tri {
	switch t.Op {
	case IsUnknown:
		return yesIf(a.State == Unknown || a.State == KnownClass)
	case IsTainted:
		return yesIf(slices.ContainsFunc(a.Kinds, func(k string) bool { return t.L == nil || slices.Contains(t.L, k) }))
	case NotMatches:
		return yesIf(!(a.State == Unknown && t.matchesPrefix(a.Prefix)) && !(a.State == Known && a.IsStr && t.regexpMatch(a.Const)))
	}
	switch {
	case t.Op == Contains:
		return t.contained(a)
	case t.Op == Matches && a.State == Unknown && t.matchesPrefix(a.Prefix):
		return Yes
	}
	if a.State == Unknown || a.State == KnownClass && t.asksConstant() {
		return Maybe
	}
	return yesIf(t.known(a))
}

// contained evaluates a test of what is in a container. A constant string counts as its only element.
func (t *Test) contained(a ArgFact) Tri {
	switch {
	case slices.ContainsFunc(a.Elements, t.regexpMatch), a.State == Known && a.IsStr && t.regexpMatch(a.Const), a.State == Unknown && a.Prefix != "" && t.matchesPrefix(a.Prefix):
		return Yes
	case a.State == Unknown, a.State == Container && !a.All, a.State == KnownClass:
		return Maybe
	default:
		return No
	}
}

// asksConstant says whether the test is about the value of a constant. A name of a library, which is what a known
// class or function is, may also stand for one: settings.ALLOW_PICKLE.
func (t *Test) asksConstant() bool {
	return t.Op == IsTrue || t.Op == IsFalse || t.Op == IsConst || t.Op == Matches
}

// known evaluates a test of an argument that is absent or has a known value.
func (t *Test) known(a ArgFact) bool {
	constant := a.State == Known
	switch t.Op {
	case IsTrue:
		return constant && !a.IsStr && (a.Const == "True" || isNumber(a.Const, false))
	case IsFalse:
		return constant && !a.IsStr && (a.Const == "False" || isNumber(a.Const, true))
	case IsNone:
		return isNone(a)
	case IsAbsent:
		return a.State == Absent
	case IsConst:
		return constant && a.Const == t.S
	case Matches:
		return constant && a.IsStr && t.regexpMatch(a.Const)
	case NotAbsentOrNone:
		return a.State != Absent && !isNone(a)
	case SubclassOf:
		return a.State == KnownClass && slices.ContainsFunc(t.L, func(name string) bool {
			return a.Class == name || slices.Contains(a.Bases, name)
		})
	default:
		return false
	}
}

func isNone(a ArgFact) bool { return a.State == Known && !a.IsStr && a.Const == "None" }

func (t *Test) regexpMatch(s string) bool { return t.re != nil && t.re.MatchString(s) }

// matchesPrefix says whether the pattern is found in a string that begins so, whatever follows: a match that reaches
// the end of what is known counts only where the pattern does not ask what follows.
func (t *Test) matchesPrefix(prefix string) bool {
	if t.re == nil || prefix == "" {
		return false
	}
	at := t.re.FindStringIndex(prefix)
	return at != nil && (at[1] < len(prefix) || !asksBeyond(t.S))
}

// asksBeyond says whether a pattern asks what follows the text it fits: the end of a text, of a line or of a word.
func asksBeyond(pattern string) bool {
	re, err := syntax.Parse(pattern, syntax.Perl)
	return err != nil || looksAhead(re)
}

func looksAhead(re *syntax.Regexp) bool {
	switch re.Op {
	case syntax.OpEndLine, syntax.OpEndText, syntax.OpWordBoundary, syntax.OpNoWordBoundary:
		return true
	}
	return slices.ContainsFunc(re.Sub, looksAhead)
}

// isNumber says whether text is an integer that is (or is not) zero: flags are also passed as 1 and 0.
func isNumber(text string, zero bool) bool {
	n, err := strconv.Atoi(text)
	return err == nil && (n == 0) == zero
}

func yesIf(b bool) Tri {
	if b {
		return Yes
	}
	return No
}

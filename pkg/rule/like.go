package rule

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A sink may be like another one: the call comes to a call of that one, with arguments that are its own or constants. It
// then has the cases of the other, asked of these arguments, and every rule about the other is about it too.

// buildLikes gives sinks that are like another one its cases, after all sinks are built.
func (l *loader) buildLikes() {
	each(l, "sinks", func(v view) {
		n, s := v.node("like"), l.sinks[v.str("id")]
		if n == nil {
			for _, key := range []string{"with", "safe-when", "lower"} {
				if v.has(key) {
					v.r.errorf(v.node(key), "%s goes with like", key)
				}
			}
			return
		}
		base := l.sink(v.r, n)
		switch {
		case base == nil || s == nil:
		case base.Like != nil || base == s:
			v.r.errorf(n, "%s is itself like another sink; name that one", base.ID)
		case v.has("cases"):
			v.r.errorf(v.node("cases"), "a sink that is like another one has its cases")
		default:
			l.becomeLike(v, s, base)
		}
	})
}

// becomeLike makes s the same as base, called with what the mapping "with" says.
func (l *loader) becomeLike(v view, s, base *Sink) {
	s.Like, s.Quiet = base, base.Quiet
	if s.Library == "" {
		s.Library = base.Library
	}
	passed := map[string]Cond{}
	for _, e := range v.view("with").pairs() {
		passed[e.key.Value] = l.passedArg(view{v.r, e.val}, s)
	}
	ctx := condContext{args: s.Args, input: &s.Input, library: s.Library, where: "a sink", subjects: []string{"env", "receiver", "lib"}}
	for _, n := range v.list("safe-when") {
		at := view{v.r, n}
		s.Cases = append(s.Cases, Case{When: l.whenOf(at, ctx), Verdict: Safe, At: at.at()})
	}
	key := passedKey(base, passed, v.num("lower", 0))
	if l.passed[key] == nil {
		l.passed[key] = slices.Clip(base.passing(passed, v.num("lower", 0)))
	}
	if len(s.Cases) == 0 {
		s.Cases = l.passed[key]
	} else {
		s.Cases = append(s.Cases, l.passed[key]...)
	}
	if n := v.num("lower", 0); n > 0 && !s.Quiet {
		s.Cases = append(s.Cases, Case{Verdict: Report, Lower: n, At: v.at()})
	}
}

// passing gives the cases of a sink where its arguments are what is passed, their levels lowered.
func (s *Sink) passing(passed map[string]Cond, lower int) []Case {
	out := slices.Clone(s.Cases)
	for i := range out {
		c := &out[i]
		c.When = slices.Clone(c.When)
		for j := range c.When {
			c.When[j].pass(passed, s)
		}
		if c.Verdict == Report {
			c.Lower = min(c.Lower+lower, int(Error)-int(Note))
		}
	}
	return out
}

// passedKey is the same for all sinks that pass the same to one: they share its cases.
func passedKey(base *Sink, passed map[string]Cond, lower int) string {
	var b strings.Builder
	b.WriteString(base.ID)
	b.WriteByte(byte('0' + lower))
	for _, name := range keys(passed) {
		c := passed[name]
		fmt.Fprintf(&b, "|%s %q %v", name, c.lookup, c.negated)
		for _, f := range []*ArgFact{c.fixed, c.absent} {
			if f != nil {
				fmt.Fprintf(&b, " %d %q %v", f.State, f.Const, f.IsStr)
			}
			b.WriteByte(';')
		}
	}
	return b.String()
}

// passedArg reads what is passed as one argument: a condition without tests that says where to look.
func (l *loader) passedArg(v view, s *Sink) Cond {
	if word := scalarText(v.n); word != "" {
		f := constFact(word)
		return Cond{fixed: &f}
	}
	if v.has("const") {
		return Cond{fixed: &ArgFact{State: Known, Const: v.str("const"), IsStr: true}}
	}
	c := Cond{negated: v.flag("not")}
	for _, a := range v.list("arg") {
		c.lookup = append(c.lookup, a.Value)
		if at, ok := s.Args[a.Value]; ok {
			c.lookup = append(c.lookup, strconv.Itoa(at))
		}
	}
	if n := v.node("default"); n != nil {
		f := constFact(scalarText(n))
		c.absent = &f
	}
	return c
}

// constFact reads a word of the language that stands for what an argument is.
func constFact(word string) ArgFact {
	switch strings.ToLower(word) {
	case "true":
		return ArgFact{State: Known, Const: "True"}
	case "false":
		return ArgFact{State: Known, Const: "False"}
	case "none":
		return ArgFact{State: Known, Const: "None"}
	case "unknown":
		return ArgFact{State: Unknown}
	}
	return ArgFact{State: Absent}
}

// pass makes a condition about an argument of base one about what is passed as that argument. What passed does not speak of
// is absent.
func (c *Cond) pass(passed map[string]Cond, base *Sink) {
	if !strings.HasPrefix(c.Subject, "arg.") {
		return
	}
	for _, name := range c.asked() {
		if p, ok := passed[name]; ok {
			c.lookup, c.fixed, c.absent, c.negated = p.lookup, p.fixed, p.absent, p.negated
			return
		}
		if at, ok := position(name); ok && slices.Contains(base.Input.Positions, at) || slices.Contains(base.Input.Names, name) {
			c.fixed = &ArgFact{State: Unknown} // the data itself
			return
		}
	}
	c.fixed = &ArgFact{State: Absent}
}

// position reads the name of an argument that is given by its place.
func position(name string) (int, bool) {
	if name == "" || name[0] < '0' || name[0] > '9' {
		return 0, false
	}
	at, err := strconv.Atoi(name)
	return at, err == nil
}

// negate gives the opposite of a truth value that is known.
func (a ArgFact) negate() ArgFact {
	if a.State == Known && !a.IsStr {
		switch a.Const {
		case "True":
			a.Const = "False"
		case "False", "None":
			a.Const = "True"
		}
	}
	a.Alts = slices.Clone(a.Alts)
	for i := range a.Alts {
		a.Alts[i] = a.Alts[i].negate()
	}
	return a
}

// ArgNames returns the names of the arguments that the sink's cases ask for, sorted.
func (s *Sink) ArgNames() []string {
	set := map[string]bool{}
	for i := range s.Cases {
		for _, name := range s.Cases[i].ArgNames() {
			set[name] = true
		}
	}
	return keys(set)
}

// ArgNames returns the names of the arguments that the case asks for, in its order.
func (c *Case) ArgNames() []string {
	var out []string
	for _, w := range c.When {
		if name, ok := strings.CutPrefix(w.Subject, "arg."); ok {
			out = append(out, name)
		}
	}
	return out
}

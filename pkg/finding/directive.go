package finding

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/pickletrace/pickletrace/pkg/text"
)

// The comments that silence findings:
//
//	pickle.load(f)  # pickletrace: ignore[PKL101, unpinned-download] -- we wrote the file (until 2027-01-31)
//
// The brackets are needed: ignore[all] is for every rule. A comment counts for the statement on whose lines it stands;
// on a line of a longer statement that holds a dangerous call of its own, for that call alone. On a line of its own it
// counts for the statement on the next line that is no comment. Another comment may stand before it, and another after it
// from " # " on; in the middle of a sentence the marker is prose.

const (
	marker  = "pickletrace:"
	allName = "all"
)

// A directive is one such comment.
type directive struct {
	file    *text.File
	span    text.Span // from its # to its end
	rules   []ruleRef
	bare    bool   // ignore[all]
	reason  string // "" if none is given
	until   string // "2027-01-31"; "" for no end
	bad     string // what is wrong with it, as a sentence; it then silences nothing
	prose   bool   // probably not meant as one: told only in a finding that it would silence
	foreign bool   // of another tool
	targets []text.Span
	line    text.Span // of the code on its line, in one of the targets; empty where it counts for all of them
	used    bool
	added   bool // by the change that is looked at
	would   bool // it is not trusted, and would silence something
}

// A ruleRef is a rule as a comment names it.
type ruleRef struct {
	name string // as written
	id   string // "" if there is no such rule
	ran  bool
	used bool
}

var (
	markerForm = regexp.MustCompile(`^[ \t]*pickletrace[ \t]*:[ \t]*(\w[\w-]*)`)
	nearForm   = regexp.MustCompile(`(?i)^[ \t]*pickletrace[ \t]*[:=.-]*[ \t]*((?:ig|in?go|disabl|skip|suppress|nosec|noqa|nolint|allow|off)[\w-]*)`)
	insideForm = regexp.MustCompile(`(?i)pickletrace[ \t]*:[ \t]*ignore\b`)
	listForm   = regexp.MustCompile(`^\s*\[([^\]#]*)\]`)
	reasonForm = regexp.MustCompile(`^\s*(?:--|—|–)\s*(.*)$`)
	untilForm  = regexp.MustCompile(`(?i)\s*\(until:?\s+([^)]*)\)`)
	looseUntil = regexp.MustCompile(`(?i)[ \t,;(]*\buntil:?[ \t]+(\d{4}-\d\d?-\d\d?)\b\)?`)
	meantForm  = regexp.MustCompile(`^\s*(?:$|[\[({:=,]|--|—|–|[A-Za-z]{2,5}\d{2,}\b|all\b)`)
	ruleForm   = regexp.MustCompile(`[A-Za-z]{2,}[A-Za-z-]*\d*`)
)

// directives reads the comments of a file. The function known resolves the name or ID of a rule.
func directives(l *lexed, f *text.File, known func(string) (id string, ran, ok bool)) []*directive {
	var out []*directive
	for i := range l.comments {
		c := &l.comments[i]
		for _, span := range l.parts(c) {
			if d := newDirective(string(l.src[span.Start+1:span.End]), known); d != nil {
				d.file, d.span = f, span
				d.targets, d.line = l.targets(c)
				out = append(out, d)
			}
		}
	}
	return out
}

// parts gives the comments that share a line: each from its # on, without the blanks at its end.
func (l *lexed) parts(c *comment) []text.Span {
	var out []text.Span
	for from := c.start; from < c.end; {
		to := c.end
		for i := from + 1; i < c.end; i++ {
			if l.src[i] == '#' && (l.src[i-1] == ' ' || l.src[i-1] == '\t') {
				to = i
				break
			}
		}
		out = append(out, text.Span{Start: from, End: from + int32(len(bytes.TrimRight(l.src[from:to], " \t")))})
		from = to
	}
	return out
}

// newDirective reads a comment without its #; nil if it has nothing to do with us.
func newDirective(s string, known func(string) (string, bool, bool)) *directive {
	d := &directive{}
	if m := markerForm.FindStringSubmatch(s); m != nil && m[1] == "ignore" {
		if rest := s[len(m[0]):]; strings.HasPrefix(strings.TrimSpace(rest), "[") {
			d.parse(rest, known)
			return d
		}
	}
	if m := nearForm.FindStringSubmatch(s); m != nil {
		d.misspelt(s[len(m[0]):], known)
		d.prose = !meantForm.MatchString(s[len(m[0]):])
		return d
	}
	if at := insideForm.FindStringIndex(s); at != nil {
		d.misspelt(s[at[1]:], known)
		d.prose = true
		return d
	}
	return nil
}

// misspelt says how a comment should be written of which the rest after the word is given.
func (d *directive) misspelt(rest string, known func(string) (string, bool, bool)) {
	reason := ""
	for _, dash := range []string{"--", "—", "–"} {
		if before, after, ok := strings.Cut(rest, dash); ok {
			rest, reason = before, strings.TrimSpace(after)
			break
		}
	}
	var names []string
	for _, w := range ruleForm.FindAllString(rest, -1) {
		if id, _, ok := known(w); ok {
			names = append(names, id)
		} else if strings.EqualFold(w, allName) {
			names = append(names, allName)
		}
	}
	d.bad = "write it as '" + spelling(names, reason, "") + "'"
	if len(names) == 0 {
		d.bad += ", or ignore[all] for every rule"
	}
	d.bad += "."
}

// spelling is a comment as it should be; what is not known stands in capitals.
func spelling(rules []string, reason, until string) string {
	if len(rules) == 0 {
		rules = []string{"RULE"}
	}
	s := "# " + marker + " ignore[" + strings.Join(rules, ", ") + "]"
	if reason == "" {
		reason = "REASON"
	}
	s += " -- " + Shorten(reason, 60)
	if until != "" {
		s += " (until " + until + ")"
	}
	return s
}

// parse reads what follows the word ignore, which is an opening bracket.
func (d *directive) parse(s string, known func(string) (string, bool, bool)) {
	m := listForm.FindStringSubmatch(s)
	if m == nil {
		d.bad = "the bracket after 'ignore' is not closed."
		return
	}
	s = s[len(m[0]):]
	var names []string
	for _, name := range strings.FieldsFunc(m[1], func(r rune) bool { return r == ',' || r == ' ' || r == '\t' }) {
		names = append(names, name)
		if strings.EqualFold(name, allName) {
			d.bare = true
			continue
		}
		id, ran, ok := known(name)
		if !ok {
			id = ""
		}
		d.rules = append(d.rules, ruleRef{name: name, id: id, ran: ran})
	}
	if len(names) == 0 {
		d.bad = "its brackets name no rule; write '" + spelling(nil, "", "") + "', or ignore[all] for every rule."
		return
	}
	d.rest(s, names)
}

// rest reads what follows the brackets: the last day, and the reason.
func (d *directive) rest(s string, names []string) {
	if m := untilForm.FindStringSubmatchIndex(s); m != nil {
		d.until = strings.TrimSpace(s[m[2]:m[3]])
		s = s[:m[0]] + s[m[1]:]
		if !isDate(d.until) {
			d.bad = "the date '" + Shorten(d.until, 40) + "' is not understood; write it as (until 2027-01-31)."
		}
	} else if m := looseUntil.FindStringSubmatchIndex(s); m != nil {
		reason := ""
		if r := reasonForm.FindStringSubmatch(s[:m[0]] + s[m[1]:]); r != nil {
			reason = strings.TrimSpace(r[1])
		}
		d.bad = "the date needs parentheses; write '" + spelling(names, reason, s[m[2]:m[3]]) + "'."
	}
	if m := reasonForm.FindStringSubmatch(s); m != nil {
		d.reason = strings.TrimSpace(m[1])
	}
}

func isDate(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

var (
	nosecForm = regexp.MustCompile(`(?:^|#)\s*nosec\b:?((?:[\s,]+[A-Z]+\d+)*)`)
	noqaForm  = regexp.MustCompile(`(?i:(?:^|#)\s*noqa):((?:[\s,]*[A-Z]+\d+)+)`)
)

// foreignDirectives reads the comments of other tools that mean one of the checks in ids. A nosec without checks means
// all; a noqa without checks is about style and means none of ours.
func foreignDirectives(l *lexed, f *text.File, ids []string) []*directive {
	var out []*directive
	for i := range l.comments {
		c := &l.comments[i]
		body := string(l.src[c.start+1 : c.end])
		for _, form := range []*regexp.Regexp{nosecForm, noqaForm} {
			m := form.FindStringSubmatch(body)
			if m == nil {
				continue
			}
			named := strings.FieldsFunc(m[1], func(r rune) bool { return r == ',' || r == ' ' || r == '\t' })
			if len(named) == 0 || slices.ContainsFunc(named, func(s string) bool { return slices.Contains(ids, s) }) {
				d := &directive{file: f, span: text.Span{Start: c.start, End: c.end}, bare: true, foreign: true, reason: strings.TrimSpace(body)}
				d.targets, _ = l.targets(c)
				out = append(out, d)
				break
			}
		}
	}
	return out
}

// targets gives the statements a comment counts for, each from the start of its first line to the end of its last, and
// the line of code that it stands on, or above inside of a statement.
func (l *lexed) targets(c *comment) (out []text.Span, line text.Span) {
	at := c.start
	if c.alone {
		below, ok := l.codeBelow(c.end)
		switch {
		case ok && c.inside:
			line = l.lineAt(below)
		case !ok && !c.inside:
			return nil, line
		}
		if !c.inside {
			at = below
		}
	} else {
		line = l.lineAt(at)
	}
	for i := max(l.at(at), 0); i >= 0 && i < len(l.stmts); i-- { // several may end on this line
		if s := &l.stmts[i]; s.first <= at && at <= s.last {
			out = append(out, text.Span{Start: s.first, End: s.last})
		} else if s.last < at {
			break
		}
	}
	return out, line
}

// lineAt is the line that holds the offset.
func (l *lexed) lineAt(at int32) text.Span {
	start, end := at, at
	for start > 0 && !isBreak(l.src[start-1]) {
		start--
	}
	for int(end) < len(l.src) && !isBreak(l.src[end]) {
		end++
	}
	return text.Span{Start: start, End: end}
}

// codeBelow finds the first code on the lines below, over comments but not over an empty line.
func (l *lexed) codeBelow(end int32) (int32, bool) {
	rest := l.src[end:]
	for {
		n := bytes.IndexAny(rest, "\r\n")
		if n < 0 {
			return 0, false
		}
		if rest[n] == '\r' && n+1 < len(rest) && rest[n+1] == '\n' {
			n++
		}
		rest = rest[n+1:]
		code := bytes.TrimLeft(rest, " \t\f")
		if len(code) == 0 || isBreak(code[0]) {
			return 0, false
		}
		if code[0] != '#' {
			return int32(len(l.src) - len(code)), true
		}
	}
}

// covers says whether the step lies in what the comment counts for.
func (d *directive) covers(s *Step) bool {
	if d.line.End > d.line.Start && !d.onLine(s) {
		return false
	}
	return d.holds(s)
}

// holds says whether the step begins in a statement the comment counts for.
func (d *directive) holds(s *Step) bool {
	return s.File == d.file && slices.ContainsFunc(d.targets, func(t text.Span) bool {
		return t.Start <= s.Span.Start && s.Span.Start <= t.End
	})
}

// onLine says whether some of the step's code is on the comment's line.
func (d *directive) onLine(s *Step) bool {
	return s.File == d.file && s.Span.Start < d.line.End && s.Span.End > d.line.Start
}

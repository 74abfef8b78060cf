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
// A comment counts for the statement on whose lines it stands. On a line of its own it counts for the statement on the
// next line that is no comment. Another comment may stand before it, and another after it from " # " on.

const marker = "pickletrace:"

// A directive is one such comment.
type directive struct {
	file    *text.File
	span    text.Span // from its # to its end
	rules   []ruleRef
	bare    bool   // names no rules
	reason  string // "" if none is given
	until   string // "2027-01-31"; "" for no end
	bad     string // what is wrong with it, as a sentence; it then silences nothing
	foreign bool   // of another tool
	targets []text.Span
	used    bool
}

// A ruleRef is a rule as a comment names it.
type ruleRef struct {
	name string // as written
	id   string // "" if there is no such rule
	ran  bool
	used bool
}

var (
	startForm  = regexp.MustCompile(`^\s*(ig[a-z]*|disable|skip|nosec)\b`)
	listForm   = regexp.MustCompile(`^\s*\[([^\]#]*)\]`)
	reasonForm = regexp.MustCompile(`^\s*(?:--|—|–)\s*(.*)$`)
	untilForm  = regexp.MustCompile(`\s*\(until\s+([^)]*)\)`)
)

// directives reads the comments of a file. The function known resolves the name or ID of a rule.
func directives(l *lexed, f *text.File, known func(string) (id string, ran, ok bool)) []*directive {
	var out []*directive
	for i := range l.comments {
		c := &l.comments[i]
		for from := c.start; from < c.end; {
			body := string(l.src[from:c.end])
			at := strings.Index(body, marker)
			if at < 0 {
				break
			}
			rest := body[at+len(marker):]
			if n := strings.Index(rest, " #"); n >= 0 {
				rest = rest[:n]
			}
			rest = strings.TrimRight(rest, " \t")
			span := text.Span{Start: from + int32(strings.LastIndexByte(body[:at], '#')), End: from + int32(at+len(marker)+len(rest))}
			from = span.End
			if d := newDirective(rest, known); d != nil {
				d.file, d.span, d.targets = f, span, l.targets(c)
				out = append(out, d)
			}
		}
	}
	return out
}

// newDirective reads what follows the marker; nil if that is prose.
func newDirective(s string, known func(string) (string, bool, bool)) *directive {
	m := startForm.FindStringSubmatch(s)
	if m == nil {
		return nil
	}
	d := &directive{}
	if m[1] == "ignore" {
		d.parse(s[len(m[0]):], known)
	} else {
		d.bad = "'" + m[1] + "' is not understood; write 'ignore[RULE] -- reason'."
	}
	return d
}

// parse reads what follows the word ignore.
func (d *directive) parse(s string, known func(string) (string, bool, bool)) {
	d.bare = true
	if m := listForm.FindStringSubmatch(s); m != nil {
		s = s[len(m[0]):]
		for _, name := range strings.FieldsFunc(m[1], func(r rune) bool { return r == ',' || r == ' ' || r == '\t' }) {
			d.bare = false
			id, ran, ok := known(name)
			if !ok {
				id = ""
			}
			d.rules = append(d.rules, ruleRef{name: name, id: id, ran: ran})
		}
	} else if strings.HasPrefix(strings.TrimSpace(s), "[") {
		d.bad = "The bracket after 'ignore' is not closed."
		return
	}
	if m := untilForm.FindStringSubmatchIndex(s); m != nil {
		d.until = strings.TrimSpace(s[m[2]:m[3]])
		s = s[:m[0]] + s[m[1]:]
		if !isDate(d.until) {
			d.bad = "The date '" + d.until + "' is not understood; write it as 2027-01-31."
		}
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
				out = append(out, &directive{file: f, span: text.Span{Start: c.start, End: c.end}, bare: true, foreign: true,
					reason: strings.TrimSpace(body), targets: l.targets(c)})
				break
			}
		}
	}
	return out
}

// targets gives the statements a comment counts for, each from the start of its first line to the end of its last.
func (l *lexed) targets(c *comment) []text.Span {
	at := c.start
	if c.alone && !c.inside {
		var ok bool
		if at, ok = l.codeBelow(c.end); !ok {
			return nil
		}
	}
	var out []text.Span
	for i := max(l.at(at), 0); i >= 0 && i < len(l.stmts); i-- { // several may end on this line
		if s := &l.stmts[i]; s.first <= at && at <= s.last {
			out = append(out, text.Span{Start: s.first, End: s.last})
		} else if s.last < at {
			break
		}
	}
	return out
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

// covers says whether the step lies in a statement the comment counts for.
func (d *directive) covers(s *Step) bool {
	return s.File == d.file && slices.ContainsFunc(d.targets, func(t text.Span) bool {
		return t.Start <= s.Span.Start && s.Span.Start <= t.End
	})
}

package rule

import (
	"fmt"
	"strings"
)

// A pattern is one alternative of a name pattern, braces expanded. Its stars match any non-empty run of characters.
type pattern struct {
	text  string
	parts []string // text between the stars; one part: no star
}

// maxAlternatives bounds what the braces of one pattern may expand to.
const maxAlternatives = 64

// validSegment says whether s is an identifier, or one with single stars for parts of it.
func validSegment(s string) bool {
	for i := range len(s) {
		c := s[i]
		switch {
		case c == '_' || 'a' <= c|0x20 && c|0x20 <= 'z':
		case '0' <= c && c <= '9' && i > 0:
		case c == '*' && (i == 0 || s[i-1] != '*'):
		default:
			return false
		}
	}
	return s != ""
}

// compilePattern expands the braces of a pattern over dotted names and checks it.
func compilePattern(text string) ([]pattern, error) {
	alts, err := expandBraces(text)
	if err != nil {
		return nil, err
	}
	out := make([]pattern, len(alts))
	for i, alt := range alts {
		for s := range strings.SplitSeq(alt, ".") {
			if !validSegment(s) {
				return nil, fmt.Errorf("%s is not a pattern of a dotted name%s", quoteShort(text), expandedTo(text, alt))
			}
		}
		out[i] = newPattern(alt)
	}
	return out, nil
}

func expandedTo(text, alt string) string {
	if text == alt {
		return ""
	}
	return fmt.Sprintf(" (one alternative is %q)", alt)
}

func newPattern(text string) pattern { return pattern{text, strings.Split(text, "*")} }

// expandBraces gives the alternatives of "a{b,c}d" in order.
func expandBraces(text string) ([]string, error) {
	if !strings.ContainsAny(text, "{},") {
		return []string{text}, nil
	}
	out := []string{""}
	for rest := text; rest != ""; {
		head, tail, found := strings.Cut(rest, "{")
		if strings.Contains(head, "}") || strings.Contains(head, ",") {
			return nil, fmt.Errorf("%s: } or , without {", quoteShort(text))
		}
		choices := []string{""}
		if found {
			inner, after, closed := strings.Cut(tail, "}")
			if !closed || strings.Contains(inner, "{") {
				return nil, fmt.Errorf("%s: { without }, or nested", quoteShort(text))
			}
			choices, tail = strings.Split(inner, ","), after
		}
		if len(out)*len(choices) > maxAlternatives {
			return nil, fmt.Errorf("%s stands for more than %d names", quoteShort(text), maxAlternatives)
		}
		next := make([]string, 0, len(out)*len(choices))
		for _, prefix := range out {
			for _, c := range choices {
				next = append(next, prefix+head+c)
			}
		}
		out, rest = next, tail
	}
	return out, nil
}

func (p pattern) exact() bool { return len(p.parts) == 1 }

// match compares a whole name with the pattern.
func (p pattern) match(s string) bool {
	first, last := p.parts[0], p.parts[len(p.parts)-1]
	if p.exact() {
		return s == p.text
	}
	if !strings.HasPrefix(s, first) {
		return false
	}
	s = s[len(first):]
	for _, part := range p.parts[1 : len(p.parts)-1] {
		if s == "" {
			return false
		}
		i := strings.Index(s[1:], part)
		if i < 0 {
			return false
		}
		s = s[1+i+len(part):]
	}
	return len(s) > len(last) && strings.HasSuffix(s, last)
}

// first and last segment, "" when it holds a star.
func (p pattern) firstSegment() string {
	head, _, _ := strings.Cut(p.text, ".")
	return starless(head)
}

func (p pattern) lastSegment() string { return starless(lastSegment(p.text)) }

func starless(s string) string {
	if strings.Contains(s, "*") {
		return ""
	}
	return s
}

func firstSegment(name string) string {
	head, _, _ := strings.Cut(name, ".")
	return head
}

func lastSegment(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }

// patterns is a compiled list of patterns or globs; it matches when one of them does.
type patterns []pattern

func (ps patterns) match(s string) bool {
	for _, p := range ps {
		if p.match(s) {
			return true
		}
	}
	return false
}

// compileGlobs compiles globs over plain names. "*" alone matches everything.
func compileGlobs(globs []string) patterns {
	out := make(patterns, len(globs))
	for i, g := range globs {
		out[i] = newPattern(g)
	}
	return out
}

// mustPatterns compiles patterns that Load has checked, or that were written by hand in Go; a bad one matches nothing.
func mustPatterns(texts []string) patterns {
	var out patterns
	for _, t := range texts {
		if ps, err := compilePattern(t); err == nil {
			out = append(out, ps...)
		}
	}
	return out
}

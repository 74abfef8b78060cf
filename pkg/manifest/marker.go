package manifest

import (
	"errors"
	"regexp"
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/version"
)

// A marker is the condition of a requirement: a tree of and, or and comparisons. nil always holds.
type marker struct {
	op    string // "and", "or", or the operator of a comparison
	kids  [2]*marker
	name  string // of a comparison: the variable
	value string
	set   version.Set // op "python": the Python versions for which it holds
}

type tri uint8

const (
	no tri = iota
	maybe
	yes
)

// unknownMarker stands for a marker that cannot be read.
var unknownMarker = &marker{op: "?"}

// eval says whether the marker holds for the Python versions: for none, some or all of them. All that is not about
// Python's version may hold.
func (m *marker) eval(python version.Set) tri {
	switch {
	case m == nil:
		return yes
	case m.op == "and":
		return min(m.kids[0].eval(python), m.kids[1].eval(python))
	case m.op == "or":
		return max(m.kids[0].eval(python), m.kids[1].eval(python))
	}
	set, ok := m.pythons()
	if !ok {
		return maybe
	}
	switch python.Within(set) {
	case version.Inside:
		return yes
	case version.Outside:
		return no
	default:
		return maybe
	}
}

var minorRE = regexp.MustCompile(`^[0-9]+\.[0-9]+$`)

// pythons gives the Python versions for which a comparison holds; ok is false if it is not about these.
func (m *marker) pythons() (set version.Set, ok bool) {
	if m.op == "python" {
		return m.set, true
	}
	if m.name != "python_version" && m.name != "python_full_version" {
		return set, false
	}
	op, v := m.op, m.value
	// python_version has two numbers: 3.8.1 is "3.8", which is neither > "3.8" nor != "3.8".
	if m.name == "python_version" && minorRE.MatchString(v) {
		switch op {
		case "==", "!=":
			v += ".*"
		case "<=", ">":
			below, err1 := version.ParseSet("<" + v)
			same, err2 := version.ParseSet("==" + v + ".*")
			if set = below.Union(same); op == ">" {
				set = set.Not()
			}
			return set, err1 == nil && err2 == nil
		}
	}
	set, bad := lenientSet(op + v)
	return set, bad == "" && op != "in" && op != "not in"
}

// extras gives the extras that the marker asks for.
func (m *marker) extras() []string {
	if m == nil {
		return nil
	}
	if m.op == "and" || m.op == "or" {
		return append(m.kids[0].extras(), m.kids[1].extras()...)
	}
	if m.name == "extra" && m.op == "==" {
		return []string{m.value}
	}
	return nil
}

var markerToken = regexp.MustCompile(`^\s*(?:(\()|(\))|("[^"]*"|'[^']*')|(===|==|~=|!=|<=|>=|<|>)|([A-Za-z_][A-Za-z0-9_.]*))`)

var (
	errMarker = errors.New("not an environment marker (PEP 508)")

	markerOps = []string{"===", "==", "~=", "!=", "<=", ">=", "<", ">"}
	flipped   = map[string]string{"<": ">", ">": "<", "<=": ">=", ">=": "<="}
)

// maxNesting bounds the depth of parentheses and the number of terms.
const maxNesting = 64

// parseMarker reads a marker; "" gives nil.
func parseMarker(s string) (*marker, error) {
	if strings.TrimSpace(s) == "" {
		return nil, nil
	}
	var tokens []string
	for rest := strings.TrimRight(s, " \t\r\n"); rest != ""; {
		t := markerToken.FindString(rest)
		if t == "" {
			return nil, errMarker
		}
		tokens = append(tokens, strings.TrimSpace(t))
		rest = rest[len(t):]
	}
	p := &markerParser{tokens: tokens}
	m, err := p.or(0)
	if err == nil && len(p.tokens) > 0 {
		err = errMarker
	}
	return m, err
}

type markerParser struct{ tokens []string }

func (p *markerParser) next() string {
	if len(p.tokens) == 0 {
		return ""
	}
	t := p.tokens[0]
	p.tokens = p.tokens[1:]
	return t
}

func (p *markerParser) peek() string {
	if len(p.tokens) == 0 {
		return ""
	}
	return p.tokens[0]
}

func (p *markerParser) or(depth int) (*marker, error)  { return p.chain("or", depth, p.and) }
func (p *markerParser) and(depth int) (*marker, error) { return p.chain("and", depth, p.term) }

func (p *markerParser) chain(word string, depth int, part func(int) (*marker, error)) (*marker, error) {
	m, err := part(depth)
	for n := 0; err == nil && p.peek() == word; n++ {
		if n > maxNesting {
			return nil, errMarker
		}
		p.next()
		var right *marker
		right, err = part(depth)
		m = &marker{op: word, kids: [2]*marker{m, right}}
	}
	return m, err
}

func (p *markerParser) term(depth int) (*marker, error) {
	if depth > maxNesting {
		return nil, errMarker
	}
	if p.peek() == "(" {
		p.next()
		m, err := p.or(depth + 1)
		if err == nil && p.next() != ")" {
			err = errMarker
		}
		return m, err
	}
	left, op := p.next(), p.next()
	if op == "not" && p.peek() == "in" {
		p.next()
		op = "not in"
	}
	right := p.next()
	if left == "" || right == "" || op != "in" && op != "not in" && !slices.Contains(markerOps, op) {
		return nil, errMarker
	}
	if isQuoted(left) && !isQuoted(right) && op != "in" && op != "not in" {
		left, right = right, left
		if f, ok := flipped[op]; ok {
			op = f
		}
	}
	return &marker{op: op, name: left, value: strings.Trim(right, `"'`)}, nil
}

func isQuoted(s string) bool { return s != "" && (s[0] == '"' || s[0] == '\'') }

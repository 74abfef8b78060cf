package scantest

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// mark is the word an annotation begins with.
type mark string

const (
	markSource   mark = "source"
	markWant     mark = "want"
	markOK       mark = "ok:"
	markMissing  mark = "missing"
	markSpurious mark = "spurious"
)

var marks = []mark{markSource, markWant, markOK, markMissing, markSpurious}

// headerLines is how many lines at the top of a file may hold a "# notes: ignored" or "# problems: expected".
const headerLines = 10

// An annotation is one comment that the checker understands.
type annotation struct {
	mark  mark
	path  string
	line  int           // 1-based line it speaks of
	level finding.Level // Off: any
	rule  string        // code or pattern
	from  string        // name of a source line, "" any
	kind  string        // source kind, "" any
	why   string
	name  string // for source: its name
}

// target says what the annotation expects, for messages.
func (a *annotation) target() string {
	var b strings.Builder
	if a.level != finding.Off {
		b.WriteString(levelName(a.level) + " ")
	}
	b.WriteString(a.rule)
	if a.from != "" {
		b.WriteString(" from " + a.from)
	}
	if a.kind != "" {
		b.WriteString(" from=" + a.kind)
	}
	return b.String()
}

// place is a line of a file.
type place struct {
	path string
	line int // 1-based
}

func (p place) String() string { return fmt.Sprintf("%s:%d", p.path, p.line) }

// expectations is all that the comments of a fixture say.
type expectations struct {
	all          []*annotation
	sources      map[string]place
	notesIgnored map[string]bool // by path
}

// readAll collects the annotations of the files of a fixture, and every mistake in them.
func readAll(files []*text.File) (*expectations, []error) {
	e := &expectations{sources: map[string]place{}, notesIgnored: map[string]bool{}}
	var errs []error
	for _, f := range files {
		if !annotated(f.Path) {
			continue
		}
		e.notesIgnored[f.Path] = headerSays(f.Text, "notes: ignored")
		found, bad := readFile(f)
		e.all = append(e.all, found...)
		errs = append(errs, bad...)
	}
	for _, a := range e.all {
		if a.mark != markSource {
			continue
		}
		if old, dup := e.sources[a.name]; dup {
			errs = append(errs, fmt.Errorf("%s:%d: source %s is already at %s", a.path, a.line, a.name, old))
			continue
		}
		e.sources[a.name] = place{a.path, a.line}
	}
	return e, append(errs, e.unresolved()...)
}

// annotated says whether the comments of a file are read: of Python, and of files that set environment variables.
func annotated(name string) bool {
	switch path.Ext(name) {
	case ".py", ".pyi", ".yml", ".yaml", ".sh":
		return true
	}
	base := path.Base(name)
	return strings.HasPrefix(base, "Dockerfile") || strings.HasPrefix(base, ".env")
}

// unresolved reports annotations whose "from NAME" names no source line, and a fixture that expects nothing at all.
func (e *expectations) unresolved() []error {
	var errs []error
	speaks := false
	for _, a := range e.all {
		speaks = speaks || a.mark != markSource
		if _, ok := e.sources[a.from]; a.from != "" && !ok {
			errs = append(errs, fmt.Errorf("%s:%d: no line is marked \"# source %s\"", a.path, a.line, a.from))
		}
	}
	if !speaks && len(errs) == 0 {
		errs = append(errs, fmt.Errorf("the fixture has no want, ok, missing or spurious comment: it says nothing"))
	}
	return errs
}

// headerSays tells whether one of the first lines is the comment "# words".
func headerSays(src []byte, words string) bool {
	for i, line := range bytes.SplitN(src, []byte("\n"), headerLines+1) {
		if i < headerLines && strings.TrimSpace(strings.TrimLeft(string(line), "# ")) == words && bytes.HasPrefix(line, []byte("#")) {
			return true
		}
	}
	return false
}

// readFile collects the annotations of one file.
func readFile(f *text.File) (found []*annotation, errs []error) {
	lines := strings.Split(string(f.Text), "\n")
	for i, line := range lines {
		hash := strings.IndexByte(line, '#')
		if hash < 0 {
			continue
		}
		about := i + 1
		if strings.TrimSpace(line[:hash]) == "" {
			about = nextCodeLine(lines, i)
		}
		for _, part := range strings.Split(line[hash+1:], "#") {
			a, err := parseAnnotation(part)
			if err != nil {
				errs = append(errs, fmt.Errorf("%s:%d: %w", f.Path, i+1, err))
			}
			if a != nil {
				a.path, a.line = f.Path, about
				found = append(found, a)
			}
		}
	}
	return found, errs
}

// nextCodeLine gives the 1-based number of the first line after index i that is neither blank nor a comment, or the
// number of line i itself when there is none.
func nextCodeLine(lines []string, i int) int {
	for j := i + 1; j < len(lines); j++ {
		if s := strings.TrimSpace(lines[j]); s != "" && s[0] != '#' {
			return j + 1
		}
	}
	return i + 1
}

// parseAnnotation reads what follows one "#". It gives nil for an ordinary comment.
func parseAnnotation(comment string) (*annotation, error) {
	fields := strings.Fields(comment)
	if len(fields) == 0 || !slices.Contains(marks, mark(fields[0])) {
		return nil, nil
	}
	a := &annotation{mark: mark(fields[0])}
	switch a.mark {
	case markOK:
		a.why = strings.Join(fields[1:], " ")
		return a, wantReason(a)
	case markSource:
		if len(fields) != 2 {
			return nil, nil // prose: "# source of the model"
		}
		a.name = fields[1]
		return a, nil
	}
	head, why, hasWhy := strings.Cut(comment, ": ")
	if a.mark == markWant {
		head, hasWhy = comment, true
	}
	a.why = strings.TrimSpace(why)
	if err := a.parseTarget(strings.Fields(head)[1:]); err != nil {
		return nil, fmt.Errorf("cannot read %q: %w", "#"+strings.TrimRight(comment, "\r"), err)
	}
	if !hasWhy {
		return nil, fmt.Errorf("%q needs a reason: \"# %s RULE: why\"", strings.TrimSpace(comment), a.mark)
	}
	return a, nil
}

func wantReason(a *annotation) error {
	if a.why == "" {
		return fmt.Errorf("\"# ok:\" needs a reason")
	}
	return nil
}

// parseTarget reads [LEVEL] RULE [from NAME] [from=KIND].
func (a *annotation) parseTarget(words []string) error {
	if len(words) > 0 {
		if l, ok := levels[words[0]]; ok {
			a.level, words = l, words[1:]
		}
	}
	if len(words) == 0 {
		return fmt.Errorf("no rule given")
	}
	a.rule, words = words[0], words[1:]
	if !isRule(a.rule) {
		return fmt.Errorf("%q is not a rule code", a.rule)
	}
	for len(words) > 0 {
		kind, isKind := strings.CutPrefix(words[0], "from=")
		switch {
		case isKind && kind != "":
			a.kind, words = kind, words[1:]
		case words[0] == "from" && len(words) > 1:
			a.from, words = words[1], words[2:]
		default:
			return fmt.Errorf("%q is neither \"from NAME\" nor \"from=KIND\"", words[0])
		}
	}
	return nil
}

// isRule tells whether s looks like a rule code or a pattern of codes: capital letters, then digits or "?".
func isRule(s string) bool {
	digits := strings.TrimLeft(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	return len(digits) >= 2 && len(digits) < len(s) && strings.Trim(digits, "0123456789?") == ""
}

var levels = map[string]finding.Level{"note": finding.Note, "warning": finding.Warning, "error": finding.Error}

func levelName(l finding.Level) string {
	for name, v := range levels {
		if v == l {
			return name
		}
	}
	return "off"
}

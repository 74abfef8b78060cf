package manifest

import (
	"path"
	"strings"
)

// readRequirements reads a requirements or constraints file of pip.
func (s *source) readRequirements() { s.requirementLines(s.strength) }

// requirementLines reads the lines of s.data.
func (s *source) requirementLines(st strength) {
	for _, l := range logicalLines(string(s.data)) {
		s.line = l.line
		s.requirementLine(l.text, st)
	}
}

// A textLine is a line with its continuations joined.
type textLine struct {
	text string
	line int // 1-based, of its beginning
}

// logicalLines joins continued lines and drops comments and empty lines.
func logicalLines(data string) []textLine {
	var out []textLine
	open := false
	n := 0
	for raw := range strings.Lines(data) {
		n++
		text := strings.TrimRight(raw, "\r\n")
		isComment := strings.HasPrefix(strings.TrimSpace(text), "#")
		body, more := strings.CutSuffix(text, `\`)
		if isComment {
			body, more = "", false // a comment ends nothing but itself: pip drops it before joining
			if open {
				continue
			}
		}
		if open {
			out[len(out)-1].text += " " + body
		} else {
			out = append(out, textLine{body, n})
		}
		open = more
	}
	kept := out[:0]
	for _, l := range out {
		if l.text = stripComment(l.text); l.text != "" {
			kept = append(kept, l)
		}
	}
	return kept
}

// stripComment cuts a comment, which a blank sets off: URLs hold # too.
func stripComment(s string) string {
	for _, mark := range []string{" #", "\t#"} {
		s, _, _ = strings.Cut(s, mark)
	}
	s = strings.TrimSpace(s)
	if strings.HasPrefix(s, "#") {
		return ""
	}
	return s
}

// requirementLine reads one line: an option or a requirement.
func (s *source) requirementLine(line string, st strength) {
	if strings.HasPrefix(line, "-") {
		s.requirementOption(line, st)
		return
	}
	// Options of a single requirement (--hash, --config-settings) follow a blank.
	for _, mark := range []string{" --", "\t--", " -C"} {
		line, _, _ = strings.Cut(line, mark)
	}
	s.installTarget(strings.TrimSpace(line), st)
}

// requirementOption reads -r, -c and -e; the other options say nothing about versions.
func (s *source) requirementOption(line string, st strength) {
	for _, opt := range []string{"--requirement", "-r", "--constraint", "-c", "--editable", "-e"} {
		rest, ok := strings.CutPrefix(line, opt)
		if !ok || strings.HasPrefix(opt, "--") && rest != "" && !strings.ContainsAny(rest[:1], "= \t") {
			continue
		}
		value := strings.Trim(strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(rest), "=")), `"'`)
		switch opt {
		case "--requirement", "-r":
			s.include(value, st)
		case "--constraint", "-c":
			s.include(value, constraint)
		default:
			s.installTarget(value, st)
		}
		return
	}
}

// installTarget declares what pip would install: a requirement, or a URL or path that tells name and version.
func (s *source) installTarget(target string, st strength) {
	isPlace := strings.HasPrefix(target, ".") || strings.HasPrefix(target, "/") || strings.HasSuffix(target, ".whl")
	if before, _, ok := strings.Cut(target, "://"); ok && !strings.ContainsAny(before, " @") {
		isPlace = true
	}
	switch {
	case target == "":
	case strings.Contains(target, "{{") || strings.Contains(target, "{%"):
		s.oddf("%q is a template", target)
	case isPlace:
		url, _, _ := strings.Cut(target, " ;")
		if name := urlName("/" + url); name != "" {
			s.requirement(name+" @ "+"/"+target, st)
		}
	default:
		if !strings.Contains(target, "@") && strings.Contains(target, "/") {
			return // a folder
		}
		s.requirement(target, st)
	}
}

// maxIncludes and maxIncluded bound how many files one file may include, directly or not, and their size in bytes.
const (
	maxIncludes = 200
	maxIncluded = 16 << 20
)

// include reads another requirements file as if its lines were here. Constraints stay constraints.
func (s *source) include(target string, st strength) {
	if target == "" || strings.Contains(target, "://") || strings.Contains(target, "$") || path.IsAbs(target) {
		return
	}
	p := path.Join(s.dir, target)
	if s.included[p] {
		return
	}
	f := s.byPath[p]
	switch {
	case strings.HasPrefix(p, ".."):
		s.oddf("%s is outside of what is scanned", target)
	case f == nil:
		s.missing[p] = true
	case len(s.included) > maxIncludes || s.inBytes+len(f.Data) > maxIncluded:
		s.oddf("%s is not read: it includes too much", target)
	default:
		s.included[p] = true
		s.inBytes += len(f.Data)
		inner := *s
		inner.file, inner.dir, inner.data, inner.decls, inner.odd = p, path.Dir(p), f.Data, nil, nil
		if s.strength == constraint {
			st = constraint
		}
		inner.requirementLines(st)
		s.decls, s.inBytes = append(s.decls, inner.decls...), inner.inBytes
		s.problems = append(s.problems, inner.oddities()...)
	}
}

// readRequires reads the requires.txt that setuptools writes: sections of extras and markers.
func (s *source) readRequires() {
	extra, marker := "", ""
	for _, l := range logicalLines(string(s.data)) {
		s.line = l.line
		if section, ok := strings.CutPrefix(l.text, "["); ok && strings.HasSuffix(section, "]") {
			extra, marker, _ = strings.Cut(strings.TrimSuffix(section, "]"), ":")
			continue
		}
		text, st := l.text, required
		if marker != "" {
			text += " ; " + marker
		}
		if extra != "" {
			st = groupStrength(extra)
		}
		s.requirement(text, st)
	}
}

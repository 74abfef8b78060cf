package manifest

import "strings"

// maxHeaders bounds the lines of metadata that are looked at; the description follows the headers.
const maxHeaders = 20_000

// readMetadata reads the headers of METADATA and PKG-INFO: what a built or installed package says of itself.
func (s *source) readMetadata() {
	var name, ver string
	var requires []textLine
	n := 0
	for raw := range strings.Lines(string(s.data)) {
		n++
		line := strings.TrimRight(raw, "\r\n")
		if line == "" || n > maxHeaders {
			break
		}
		key, value, ok := strings.Cut(line, ":")
		if !ok || strings.HasPrefix(line, " ") || strings.HasPrefix(line, "\t") {
			continue
		}
		value = strings.TrimSpace(value)
		switch strings.ToLower(key) {
		case "name":
			name, s.line = value, n
		case "version":
			ver = value
		case "requires-python":
			s.setPython(value)
		case "requires-dist", "requires":
			requires = append(requires, textLine{value, n})
		}
	}
	if name != "" {
		s.own(name, ver)
	}
	for _, r := range requires {
		s.line = r.line
		s.requirement(r.text, required)
	}
}

package manifest

import "strings"

// An iniEntry is one value of an INI file; its continuation lines are joined by line ends.
type iniEntry struct {
	section, key, value string
	line                int // 1-based, of the key
}

// parseINI reads what configparser reads. Lines it cannot place are passed over.
func parseINI(data string) []iniEntry {
	var out []iniEntry
	section := ""
	n, open := 0, false
	for raw := range strings.Lines(data) {
		n++
		line := strings.TrimRight(raw, " \t\r\n")
		trimmed := strings.TrimSpace(line)
		switch {
		case trimmed == "" || trimmed[0] == '#' || trimmed[0] == ';':
			if open {
				out[len(out)-1].value += "\n"
			}
		case line[0] == ' ' || line[0] == '\t':
			if open {
				out[len(out)-1].value += "\n" + trimmed
			}
		case line[0] == '[' && strings.HasSuffix(line, "]"):
			section, open = strings.TrimSpace(line[1:len(line)-1]), false
		default:
			i := strings.IndexAny(line, "=:")
			if open = i > 0; open {
				key := strings.ToLower(strings.TrimSpace(line[:i]))
				out = append(out, iniEntry{section, key, strings.TrimSpace(line[i+1:]), n})
			}
		}
	}
	return out
}

// readSetupCfg reads the declarative configuration of setuptools.
func (s *source) readSetupCfg() {
	entries := parseINI(string(s.data))
	s.ownFromINI(entries)
	for _, e := range entries {
		switch {
		case e.section == "options" && (e.key == "install_requires" || e.key == "install-requires"):
			s.iniRequirements(e, required)
		case e.section == "options" && (e.key == "python_requires" || e.key == "python-requires"):
			s.setPython(e.value)
		case e.section == "options" && e.key == "tests_require":
			s.iniRequirements(e, development)
		case e.section == "options.entry_points":
			s.iniEntryPoints(e.key, e.value)
		case e.section == "options.extras_require":
			s.iniRequirements(e, groupStrength(e.key))
		case e.section == "metadata" && e.key == "requires-dist":
			s.iniRequirements(e, required)
		}
	}
}

func (s *source) ownFromINI(entries []iniEntry) {
	name, ver := "", ""
	for _, e := range entries {
		if e.section != "metadata" {
			continue
		}
		switch e.key {
		case "name":
			name, s.line = e.value, e.line
		case "version":
			if !strings.Contains(e.value, ":") { // attr: and file: are not static
				ver = e.value
			}
		}
	}
	if name != "" {
		s.own(name, ver)
	}
}

// iniRequirements declares one requirement per line, or those of "file: a.txt, b.txt".
func (s *source) iniRequirements(e iniEntry, st strength) {
	if files, ok := strings.CutPrefix(e.value, "file:"); ok {
		for f := range strings.SplitSeq(files, ",") {
			s.include(strings.TrimSpace(f), st)
		}
		return
	}
	for i, line := range strings.Split(e.value, "\n") {
		s.line = e.line + i
		line = stripComment(strings.TrimSpace(line))
		if line == "" || strings.Contains(line, "%(") {
			continue
		}
		s.requirement(line, st)
	}
}

package manifest

import (
	"regexp"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/shell"
)

// pipOptions are the options of pip install that take the next word as their value.
var pipOptions = map[string]bool{
	"-i": true, "--index-url": true, "--extra-index-url": true, "-f": true, "--find-links": true, "-t": true, "--target": true,
	"--prefix": true, "--root": true, "--platform": true, "--python-version": true, "--implementation": true, "--abi": true,
	"--no-binary": true, "--only-binary": true, "--trusted-host": true, "--cache-dir": true, "--timeout": true, "--retries": true,
	"--proxy": true, "--src": true, "--progress-bar": true, "--report": true, "--config-settings": true, "--python": true,
	"--upgrade-strategy": true, "--log": true, "--index": true, "--default-index": true, "--index-strategy": true,
	"-C": true, "--cert": true, "--exists-action": true, "--global-option": true, "--build-option": true, "-p": true,
}

// pipArguments declares what the arguments of a pip install command install.
func (s *source) pipArguments(words []string) {
	for i := 0; i < len(words); i++ {
		w := words[i]
		value := ""
		if i+1 < len(words) {
			value = words[i+1]
		}
		switch {
		case w == "-r" || w == "--requirement":
			s.include(value, s.strength)
			i++
		case w == "-c" || w == "--constraint":
			s.include(value, constraint)
			i++
		case w == "-e" || w == "--editable":
			s.installTarget(value, s.strength)
			i++
		case pipOptions[w]:
			i++
		case strings.HasPrefix(w, "-"):
		default:
			s.installTarget(strings.TrimSpace(w), s.strength)
		}
	}
}

var pipWord = regexp.MustCompile(`(?:^|/)pip3?(?:\.[0-9]+)?$`)

// prints says whether a command only prints its words.
func prints(words []string) bool {
	return len(words) == 0 || words[0] == "echo" || words[0] == "printf"
}

// installCommand declares what a command installs, if it is one of pip, uv pip or conda.
func (s *source) installCommand(words []string) {
	if prints(words) {
		return
	}
	for i, w := range words {
		switch {
		case pipWord.MatchString(w):
			if args, ok := afterVerb(words[i+1:], "install"); ok {
				s.pipArguments(args)
			}
			return
		case w == "conda" || w == "mamba" || w == "micromamba":
			if args, ok := afterVerb(words[i+1:], "install"); ok {
				s.condaArguments(args)
			}
			return
		}
	}
}

// afterVerb gives the words after the verb, which only options may precede.
func afterVerb(words []string, verb string) ([]string, bool) {
	for i, w := range words {
		if w == verb {
			return words[i+1:], true
		}
		if !strings.HasPrefix(w, "-") {
			return nil, false
		}
	}
	return nil, false
}

// shell notes what a script does: what its programs are told, and the variables it gives them. The script begins on the given
// line (from 0).
func (s *source) shell(script shell.Script, first int) {
	for _, c := range script.Commands {
		s.options(c, first)
	}
	for _, v := range script.Exports {
		s.set(v.Name, v.Value, first+v.Line+1)
	}
}

// readScript reads a shell script of the project.
func readScript(script string, vars map[string]string) shell.Script {
	return shell.Read(script, shell.Options{Vars: vars, Written: true, Max: maxVariables})
}

// maxVariables bounds the environment variables of one file.
const maxVariables = 50_000

// set notes an environment variable.
func (s *source) set(name, value string, line int) {
	if s.variables++; s.variables <= maxVariables && shell.IsName(name) {
		s.facts.settings = append(s.facts.settings, Setting{Name: name, Value: value, File: s.file, Line: line, folder: envFolder(s.file)})
	}
}

// readShell reads the variables a script sets.
func (s *source) readShell() { s.shell(readScript(string(s.data), nil), 0) }

var optionRE = regexp.MustCompile(`^--([a-z][a-z0-9_-]*)(?:=(.*))?$`)

// options notes the options --long, --long=value and --long=yes of a command whose text begins on the given line (from 0).
func (s *source) options(c shell.Command, first int) {
	if prints(c.Words) {
		return
	}
	line := strings.Join(c.Words, " ")
	for i, w := range c.Words {
		m := optionRE.FindStringSubmatch(w)
		if m == nil {
			continue
		}
		if s.variables++; s.variables > maxVariables {
			return
		}
		value := m[2]
		if i+1 < len(c.Words) && !strings.Contains(w, "=") {
			value = c.Words[i+1]
		}
		set := Setting{Name: strings.ReplaceAll(m[1], "-", "_"), Value: value, File: s.file, Line: first + c.Line + 1, Option: true, Command: line}
		if c.Lines != nil {
			set.Line = first + c.Lines[i] + 1
		}
		s.facts.options = append(s.facts.options, set)
	}
}

// readDotEnv reads NAME=value lines.
func (s *source) readDotEnv() {
	n := 0
	for raw := range strings.Lines(string(s.data)) {
		n++
		line := strings.TrimPrefix(strings.TrimSpace(raw), "export ")
		name, value, ok := strings.Cut(line, "=")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		s.set(strings.TrimSpace(name), dotEnvValue(strings.TrimSpace(value)), n)
	}
}

// dotEnvValue takes quotes, or else a comment, off a value.
func dotEnvValue(v string) string {
	if len(v) > 1 && (v[0] == '"' || v[0] == '\'') {
		if end := strings.IndexByte(v[1:], v[0]); end >= 0 {
			return v[1 : 1+end]
		}
	}
	return stripComment(v)
}

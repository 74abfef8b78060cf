package manifest

import (
	"regexp"
	"strings"
)

// A command is one simple command of a shell script.
type command struct {
	words []string
	line  int   // 1-based, in the text given
	lines []int // of the words
}

// shellCommands cuts a script into simple commands, without running or fully parsing it: quotes, escapes, comments,
// variables that vars knows, separators. Redirections are dropped with their target: "pip install a>=1" installs a.
func shellCommands(script string, vars map[string]string) []command {
	l := &shellLexer{src: script, vars: vars, line: 1}
	l.run()
	return l.out
}

// shellWords gives the words of the first command.
func shellWords(s string, vars map[string]string) []string {
	for _, c := range shellCommands(s, vars) {
		return c.words
	}
	return nil
}

type shellLexer struct {
	src   string
	vars  map[string]string
	pos   int
	line  int
	word  strings.Builder
	has   bool // there is a word, perhaps an empty one
	drop  bool // the word is the target of a redirection
	words []string
	lines []int // of the words
	out   []command
}

func (l *shellLexer) run() {
	for l.pos < len(l.src) {
		c := l.src[l.pos]
		switch c {
		case '\n':
			l.endCommand()
			l.line++
		case ' ', '\t', '\r':
			l.endWord()
		case ';', '&', '|', '(', ')':
			l.endCommand()
		case '<', '>':
			l.endWord()
			l.drop = true
		case '\'':
			l.single()
		case '"':
			l.double()
		case '\\':
			l.escape()
		case '$':
			l.variable()
			continue
		case '#':
			if l.has {
				l.add("#")
				break
			}
			if i := strings.IndexByte(l.src[l.pos:], '\n'); i >= 0 {
				l.pos += i
			} else {
				l.pos = len(l.src)
			}
			continue
		default:
			l.add(l.src[l.pos : l.pos+1])
		}
		l.pos++
	}
	l.endCommand()
}

func (l *shellLexer) add(s string) {
	l.word.WriteString(s)
	l.has = true
}

func (l *shellLexer) endWord() {
	if !l.has {
		return
	}
	if !l.drop {
		l.words = append(l.words, l.word.String())
		l.lines = append(l.lines, l.line)
	}
	l.word.Reset()
	l.has, l.drop = false, false
}

func (l *shellLexer) endCommand() {
	l.endWord()
	l.drop = false
	if len(l.words) > 0 {
		l.out = append(l.out, command{l.words, l.lines[0], l.lines})
		l.words, l.lines = nil, nil
	}
}

// single reads '…', which nothing ends but the next quote.
func (l *shellLexer) single() {
	end := strings.IndexByte(l.src[l.pos+1:], '\'')
	if end < 0 {
		end = len(l.src) - l.pos - 1
	}
	s := l.src[l.pos+1 : l.pos+1+end]
	l.add(s)
	l.line += strings.Count(s, "\n")
	l.pos += 1 + end
}

// double reads "…" with escapes and variables.
func (l *shellLexer) double() {
	l.has = true
	for l.pos++; l.pos < len(l.src) && l.src[l.pos] != '"'; {
		switch c := l.src[l.pos]; {
		case c == '\\' && l.pos+1 < len(l.src) && strings.IndexByte("\\\"$`\n", l.src[l.pos+1]) >= 0:
			if l.src[l.pos+1] == '\n' {
				l.line++
			} else {
				l.add(l.src[l.pos+1 : l.pos+2])
			}
			l.pos += 2
		case c == '$':
			l.variable()
		default:
			if c == '\n' {
				l.line++
			}
			l.add(l.src[l.pos : l.pos+1])
			l.pos++
		}
	}
}

// escape reads a backslash: before a line end it joins lines.
func (l *shellLexer) escape() {
	rest := l.src[l.pos+1:]
	switch {
	case strings.HasPrefix(rest, "\n"):
		l.line++
		l.pos++
	case strings.HasPrefix(rest, "\r\n"):
		l.line++
		l.pos += 2
	case rest != "":
		l.add(rest[:1])
		l.pos++
	}
}

// maxValue is how long the value of a variable may be that is put in its place, in bytes: values made of values grow.
const maxValue = 256

var variableRE = regexp.MustCompile(`^\$(?:([A-Za-z_][A-Za-z0-9_]*)|\{([A-Za-z_][A-Za-z0-9_]*)(?::?-([^}$]*))?\})`)

// variable replaces $NAME and ${NAME:-default}; what is not known is kept as written.
func (l *shellLexer) variable() {
	m := variableRE.FindStringSubmatch(l.src[l.pos:])
	if m == nil {
		l.add("$")
		l.pos++
		return
	}
	value, known := l.vars[m[1]+m[2]]
	switch {
	case known && len(value) <= maxValue:
		l.add(value)
	case m[3] != "":
		l.add(m[3])
	default:
		l.add(m[0])
	}
	l.pos += len(m[0])
}

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

// shellKeywords are words that a command may follow.
var shellKeywords = map[string]bool{"then": true, "do": true, "else": true, "if": true, "while": true, "!": true, "{": true, "time": true, "exec": true, "sudo": true}

// simple drops the keywords before a command.
func simple(words []string) []string {
	for len(words) > 0 && shellKeywords[words[0]] {
		words = words[1:]
	}
	return words
}

// installCommand declares what a command installs, if it is one of pip, uv pip or conda.
func (s *source) installCommand(words []string) {
	words = simple(words)
	if len(words) > 0 && (words[0] == "echo" || words[0] == "printf") {
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

var assignRE = regexp.MustCompile(`^([A-Za-z_][A-Za-z0-9_]*)=`)

// exports notes the variables that a command sets for programs: export, env, and assignments before a command.
func (s *source) exports(c command) {
	words, exported := simple(c.words), false
	for len(words) > 0 && (words[0] == "export" || words[0] == "env" || words[0] == "declare" || words[0] == "typeset" ||
		exported && strings.HasPrefix(words[0], "-")) {
		exported = exported || words[0] == "export" || words[0] == "env" || len(words) > 1 && strings.HasPrefix(words[1], "-x")
		words = words[1:]
	}
	n := 0
	for n < len(words) && assignRE.MatchString(words[n]) {
		n++
	}
	if !exported && n == len(words) {
		return // a variable of the shell alone
	}
	for _, w := range words[:n] {
		name, value, _ := strings.Cut(w, "=")
		s.set(name, value, c.line)
	}
}

// maxVariables bounds the environment variables of one file.
const maxVariables = 50_000

// set notes an environment variable.
func (s *source) set(name, value string, line int) {
	if s.variables++; s.variables <= maxVariables && assignRE.MatchString(name+"=") {
		s.facts.settings = append(s.facts.settings, Setting{Name: name, Value: value, File: s.file, Line: line, folder: envFolder(s.file)})
	}
}

// readShell reads the variables a script sets.
func (s *source) readShell() {
	for _, c := range shellCommands(string(s.data), nil) {
		s.exports(c)
		s.options(c, 0)
	}
}

var optionRE = regexp.MustCompile(`^--([a-z][a-z0-9_-]*)(?:=(.*))?$`)

// options notes the options --long, --long=value and --long=yes of a command whose text begins on the given line (from 0).
func (s *source) options(c command, first int) {
	if words := simple(c.words); len(words) == 0 || words[0] == "echo" || words[0] == "printf" {
		return
	}
	line := strings.Join(c.words, " ")
	for i, w := range c.words {
		m := optionRE.FindStringSubmatch(w)
		if m == nil {
			continue
		}
		if s.variables++; s.variables > maxVariables {
			return
		}
		value := m[2]
		if i+1 < len(c.words) && !strings.Contains(w, "=") {
			value = c.words[i+1]
		}
		set := Setting{Name: strings.ReplaceAll(m[1], "-", "_"), Value: value, File: s.file, Line: first + c.line, Option: true, Command: line}
		if c.lines != nil {
			set.Line = first + c.lines[i]
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

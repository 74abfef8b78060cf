package manifest

import (
	"encoding/json"
	"maps"
	"strings"
)

// readDockerfile reads what a Dockerfile installs with pip or conda and the variables it sets.
func (s *source) readDockerfile() {
	vars := map[string]string{}
	for _, in := range dockerInstructions(string(s.data)) {
		s.line = in.line
		word, args, _ := strings.Cut(in.text, " ")
		args = strings.TrimSpace(args)
		switch strings.ToUpper(word) {
		case "FROM":
			s.from(shellWords(args, vars))
		case "ARG":
			for _, w := range shellWords(args, vars) {
				if name, value, ok := strings.Cut(w, "="); ok {
					vars[name] = value
				}
			}
		case "ENV":
			s.dockerEnv(in, args, vars)
		case "RUN":
			s.dockerRun(in, args, vars)
		case "CMD", "ENTRYPOINT":
			if words := execForm(args); words != nil {
				s.options(command{words: words, line: in.line}, 0)
				continue
			}
			for _, c := range shellCommands(args, vars) {
				s.options(c, in.line-1)
			}
		}
	}
}

// dockerEnv reads both forms: ENV A=1 B=2 and ENV A some text.
func (s *source) dockerEnv(in textLine, args string, vars map[string]string) {
	words := shellWords(args, vars)
	if len(words) == 0 {
		return
	}
	if !strings.Contains(words[0], "=") {
		_, value, _ := strings.Cut(args, " ")
		value = strings.TrimSpace(value)
		vars[words[0]] = value
		s.set(words[0], value, in.line)
		return
	}
	for _, w := range words {
		if name, value, ok := strings.Cut(w, "="); ok {
			vars[name] = value
			s.set(name, value, in.line)
		}
	}
}

// dockerRun reads the shell form, the JSON form and here-documents.
func (s *source) dockerRun(in textLine, args string, vars map[string]string) {
	for strings.HasPrefix(args, "--") { // --mount=… and the like
		_, args, _ = strings.Cut(args, " ")
		args = strings.TrimSpace(args)
	}
	if words := execForm(args); words != nil {
		s.installCommand(words)
		s.options(command{words: words, line: in.line}, 0)
		return
	}
	local := maps.Clone(vars)
	for _, c := range shellCommands(args, local) {
		s.options(c, in.line-1)
		s.line = in.line + c.line - 1
		c.line = s.line
		s.exports(c)
		s.installCommand(c.words)
	}
}

// execForm gives the words of the JSON form of an instruction, nil for the shell form.
func execForm(args string) []string {
	var words []string
	if !strings.HasPrefix(args, "[") || json.Unmarshal([]byte(strings.ReplaceAll(args, "\\\n", "\n")), &words) != nil {
		return nil
	}
	return words
}

// dockerInstructions joins continued lines with spaces and line ends kept, drops comments, and adds the bodies of
// here-documents to RUN.
func dockerInstructions(data string) []textLine {
	var out []textLine
	lines := strings.Split(data, "\n")
	for i := 0; i < len(lines); i++ {
		text := strings.TrimSpace(lines[i])
		if text == "" || text[0] == '#' {
			continue
		}
		in := textLine{line: i + 1}
		var b strings.Builder
		for {
			body, more := cutContinuation(text)
			b.WriteString(body)
			if !more || i+1 >= len(lines) {
				break
			}
			b.WriteString("\\\n")
			for i++; i+1 < len(lines) && strings.HasPrefix(strings.TrimSpace(lines[i]), "#"); i++ {
				b.WriteString("\\\n")
			}
			text = strings.TrimRight(lines[i], " \t\r")
		}
		in.text = b.String()
		if tag, ok := hereTag(in.text); ok {
			var body []string
			for i++; i < len(lines) && strings.TrimSpace(lines[i]) != tag; i++ {
				body = append(body, lines[i])
			}
			if strings.HasPrefix(strings.ToUpper(in.text), "RUN") {
				in.text = "RUN \\\n" + strings.Join(body, "\n")
			}
		}
		out = append(out, in)
	}
	return out
}

// cutContinuation takes the escape character off the end of a line that goes on.
func cutContinuation(text string) (string, bool) {
	for _, esc := range []string{`\`, "`"} {
		if body, ok := strings.CutSuffix(text, esc); ok {
			return body, true
		}
	}
	return text, false
}

// hereTag gives the word that ends a here-document begun by the instruction.
func hereTag(text string) (string, bool) {
	_, rest, ok := strings.Cut(text, "<<")
	if !ok || strings.HasPrefix(rest, "<") {
		return "", false
	}
	tag, _, _ := strings.Cut(strings.TrimPrefix(rest, "-"), " ")
	tag = strings.Trim(strings.TrimSpace(tag), `"'`)
	return tag, tag != "" && assignRE.MatchString(tag+"=")
}

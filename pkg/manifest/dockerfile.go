package manifest

import (
	"encoding/json"
	"regexp"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/shell"
)

// An instruction is one of a Dockerfile.
type instruction struct {
	name string // in upper case
	args string // what is behind the name; continued lines are joined with "\" and a line end
	line int    // 1-based
	here []hereDoc
}

// A hereDoc is a here-document of an instruction.
type hereDoc struct {
	tag  string
	body string
	line int // 1-based, of the body
}

// directive is a line before the first instruction that says how the file is read: # escape=`.
var directive = regexp.MustCompile("(?i)^#[ \t]*([a-z]+)[ \t]*=[ \t]*(.+?)[ \t]*$")

// escapeOf gives the character that joins lines. Directives stand before everything else, and each counts once.
func escapeOf(lines []string) byte {
	for _, l := range lines {
		m := directive.FindStringSubmatch(strings.TrimSpace(l))
		if m == nil {
			break
		}
		if strings.EqualFold(m[1], "escape") && (m[2] == "`" || m[2] == `\`) {
			return m[2][0]
		}
	}
	return '\\'
}

// instructions gives those of a Dockerfile, as a builder reads them: comments and empty lines between continued ones are left
// out, ONBUILD is the instruction that follows it, and RUN, COPY and ADD take their here-documents along.
func instructions(data string) []instruction {
	lines := strings.Split(strings.ReplaceAll(data, "\r\n", "\n"), "\n")
	escape := escapeOf(lines)
	var out []instruction
	for i := 0; i < len(lines); i++ {
		if skipped(lines[i]) {
			continue
		}
		in := instruction{line: i + 1}
		var b strings.Builder
		for {
			body, more := continued(lines[i], escape)
			b.WriteString(body)
			if !more || i+1 >= len(lines) {
				break
			}
			b.WriteString("\\\n")
			for i++; i+1 < len(lines) && skipped(lines[i]); i++ {
				b.WriteString("\\\n")
			}
		}
		in.name, in.args = cutName(strings.TrimLeft(b.String(), " \t"))
		if in.name == "ONBUILD" {
			in.name, in.args = cutName(in.args)
		}
		if in.name == "RUN" || in.name == "COPY" || in.name == "ADD" {
			i = in.takeHere(lines, i)
		}
		out = append(out, in)
	}
	return out
}

func skipped(line string) bool {
	line = strings.TrimSpace(line)
	return line == "" || line[0] == '#'
}

// continued takes the escape character off the end of a line that goes on. Two of them are one that does not.
func continued(line string, escape byte) (body string, more bool) {
	line = strings.TrimRight(line, " \t")
	n := len(line)
	if n == 0 || line[n-1] != escape || n > 1 && line[n-2] == escape {
		return line, false
	}
	return line[:n-1], true
}

// cutName cuts the name of an instruction off.
func cutName(text string) (name, args string) {
	i := strings.IndexAny(text, " \t\\")
	if i < 0 {
		return strings.ToUpper(text), ""
	}
	return strings.ToUpper(text[:i]), strings.TrimSpace(text[i:])
}

var hereTag = regexp.MustCompile(`<<-?[ \t]*(?:'([A-Za-z_][A-Za-z0-9_]*)'|"([A-Za-z_][A-Za-z0-9_]*)"|([A-Za-z_][A-Za-z0-9_]*))`)

// takeHere reads the here-documents whose tags the instruction names, from the line after the given one; it gives the last line.
// One that does not end is none.
func (in *instruction) takeHere(lines []string, at int) int {
	for _, m := range hereTag.FindAllStringSubmatch(in.args, -1) {
		tag := m[1] + m[2] + m[3]
		end := at + 1
		for end < len(lines) && strings.TrimLeft(lines[end], "\t") != tag {
			end++
		}
		if end == len(lines) {
			break
		}
		in.here = append(in.here, hereDoc{tag, strings.Join(lines[at+1:end], "\n"), at + 2})
		at = end
	}
	return at
}

// flags are the options of an instruction: --mount=…, --platform=….
var flags = regexp.MustCompile(`^(?:--[a-z][a-z-]*(?:=\S*)?[ \t]*(?:\\\n[ \t]*)?)+`)

// withoutFlags drops them, and keeps the number of lines.
func withoutFlags(args string) string {
	head := flags.FindString(args)
	return strings.Repeat("\\\n", strings.Count(head, "\n")) + args[len(head):]
}

// execForm gives the words of the JSON form of an instruction, nil for the shell form.
func execForm(args string) []string {
	args = strings.TrimSpace(strings.ReplaceAll(args, "\\\n", "\n"))
	var words []string
	if !strings.HasPrefix(args, "[") || json.Unmarshal([]byte(args), &words) != nil {
		return nil
	}
	return words
}

// script gives what a RUN instruction runs, and the line (from 0) where it begins. Here-documents without a command are the script,
// unless they name another program to read them.
func (in *instruction) script(vars map[string]string) (shell.Script, int) {
	args := withoutFlags(in.args)
	if words := execForm(args); words != nil {
		return shell.ReadWords(words, shell.Options{Written: true, Max: maxVariables}), in.line - 1
	}
	if len(in.here) == 0 {
		return readScript(args, vars), in.line - 1
	}
	if strings.HasPrefix(strings.TrimSpace(args), "<<") {
		first := in.here[0]
		if line, _, _ := strings.Cut(first.body, "\n"); strings.HasPrefix(line, "#!") && !strings.Contains(line, "sh") {
			return shell.Script{}, 0
		}
		return readScript(first.body, vars), first.line - 1
	}
	text := args
	for _, h := range in.here {
		text += "\n" + h.body + "\n" + h.tag
	}
	return readScript(text, vars), in.line - 1
}

package report

import (
	"bytes"
	"html"
	"io"
	"regexp"
	"strings"
	"unicode"
)

// Everything that a tree can choose, names of files, code, settings, is text that strangers wrote. This is the one home of
// what makes it harmless for the place it goes to: terminals, logs of CI systems, Markdown, HTML. JSON and XML are written by
// libraries, which escape for themselves.

// visible makes text out of the scanned code harmless to show: a tab becomes four blanks; control characters, which a
// terminal would obey, and those that turn the direction of text become \x1b or \u202e.
func visible(s string) string {
	s = strings.ToValidUTF8(s, "\ufffd")
	if strings.IndexFunc(s, hidden) < 0 {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\t':
			b.WriteString("    ")
		case !hidden(r):
			b.WriteRune(r)
		case r < 0x100:
			b.WriteString(`\x` + hex(r, 2))
		case r < 0x10000:
			b.WriteString(`\u` + hex(r, 4))
		default:
			b.WriteString(`\U` + hex(r, 8))
		}
	}
	return b.String()
}

// hidden says whether a character must not reach a reader as it is.
func hidden(r rune) bool {
	return unicode.IsControl(r) || r == 0x2028 || r == 0x2029 || r == 0xfeff || r == 0xfffe || r == 0xffff || unicode.Is(unicode.Cf, r)
}

func hex(r rune, digits int) string {
	const digit = "0123456789abcdef"
	out := make([]byte, digits)
	for i := digits - 1; i >= 0; i-- {
		out[i] = digit[r&15]
		r >>= 4
	}
	return string(out)
}

// Visible is visible for messages of the command.
func Visible(s string) string { return visible(s) }

// CI systems run commands that they find in the log of a job, whoever wrote them there:
//
//	::error file=a.py::text     at the start of a line, after blanks (GitHub)
//	##[error]text               anywhere in a line (GitHub, Azure)
//	##vso[task.setvariable]     anywhere in a line (Azure), ##teamcity[...] likewise
var (
	commandAtStart = regexp.MustCompile(`(?m)^([\s\p{Z}\x{85}]*):(:)`)
	commandInside  = regexp.MustCompile(`##([A-Za-z]*\[)`)
)

// noCommands makes text that no CI system takes for a command: one character is replaced by one that looks like it.
func noCommands(s string) string {
	if strings.Contains(s, "##") {
		s = commandInside.ReplaceAllString(s, "#♯$1")
	}
	if strings.Contains(s, "::") {
		s = commandAtStart.ReplaceAllString(s, "$1∶$2")
	}
	return s
}

// plainText makes a format of lines harmless in the log of a job.
func plainText(write Func) Func {
	return filtered(write, func(out []byte) []byte { return []byte(noCommands(string(out))) })
}

// jsonText does so for JSON, whose values stay the same: every number sign stands in a string there.
func jsonText(write Func) Func {
	return filtered(write, jsonNoCommands)
}

func jsonNoCommands(out []byte) []byte {
	return commandInside.ReplaceAll(out, []byte(`#\u0023$1`))
}

func filtered(write Func, filter func([]byte) []byte) Func {
	return func(w io.Writer, r *Result, o Options) error {
		var b bytes.Buffer
		if err := write(&b, r, o); err != nil {
			return err
		}
		_, err := w.Write(filter(b.Bytes()))
		return err
	}
}

// Harmless gives a writer for messages: of what is written, line ends stay as they are, and the rest is made visible and
// no command. Each write must end with its line.
func Harmless(w io.Writer) io.Writer { return harmless{w} }

type harmless struct{ w io.Writer }

func (h harmless) Write(p []byte) (int, error) {
	lines := strings.SplitAfter(string(p), "\n")
	for i, line := range lines {
		body, ended := strings.CutSuffix(line, "\n")
		if lines[i] = visible(body); ended {
			lines[i] += "\n"
		}
	}
	if _, err := io.WriteString(h.w, noCommands(strings.Join(lines, ""))); err != nil {
		return 0, err
	}
	return len(p), nil
}

// commandData keeps text inside of its workflow command.
func commandData(s string) string {
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		line, ended := strings.CutSuffix(line, "\r")
		if lines[i] = visible(line); ended {
			lines[i] += "\r"
		}
	}
	s = strings.Join(lines, "\n")
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(commandInside.ReplaceAllString(s, "#♯$1"))
}

// commandProperty does the same for the value of a property, which a comma or colon would end.
func commandProperty(s string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(commandData(s))
}

// mdText makes text that Markdown and HTML leave as it is, on one line.
func mdText(s string) string {
	s = visible(strings.Join(strings.Fields(s), " "))
	var b strings.Builder
	for _, r := range s {
		switch {
		case strings.ContainsRune("\\`*_[]#!|~$", r):
			b.WriteString(`\` + string(r))
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '&':
			b.WriteString("&amp;")
		case r == '@':
			b.WriteString("&#64;") // no mention of a person
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// mdCode makes inline code of s. HTML is used, because in a table a bar ends a cell even inside of backticks.
func mdCode(s string) string {
	s = strings.ReplaceAll(html.EscapeString(s), "|", "&#124;")
	return "<code>" + strings.NewReplacer("`", "&#96;", "*", "&#42;", "_", "&#95;", "[", "&#91;", "]", "&#93;", "~", "&#126;",
		"\\", "&#92;", "@", "&#64;", "$", "&#36;", "#", "&#35;", "://", "&#58;//").Replace(fixEntities(s)) + "</code>"
}

// fixEntities takes the number signs out of the entities written so far, which would otherwise be escaped again.
func fixEntities(s string) string {
	return strings.NewReplacer("&#34;", "&quot;", "&#39;", "&apos;", "&#124;", "&vert;").Replace(s)
}

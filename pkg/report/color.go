package report

import (
	"regexp"
	"slices"
)

// colorWord is a stretch of a line of code, by byte offsets, of one kind.
type colorWord struct {
	start, end int
	class      string // w for a keyword, s string, c comment, n number; "" for the rest
}

var (
	wordForm = regexp.MustCompile(`#.*|[rRbBuUfF]{0,2}(?:"""(?:[^\\]|\\.)*?(?:"""|$)|'''(?:[^\\]|\\.)*?(?:'''|$)|"(?:[^"\\]|\\.)*(?:"|$)|'(?:[^'\\]|\\.)*(?:'|$))|[\pL_][\pL\pN_]*|\pN[\pL\pN_.]*`)

	keywords = []string{"False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def",
		"del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal",
		"not", "or", "pass", "raise", "return", "try", "while", "with", "yield"}
)

// colorWords covers the whole line. It sees one line only, so inside of a string of several lines it may be wrong; that
// costs a colour, nothing else.
func colorWords(line string) []colorWord {
	var out []colorWord
	at := 0
	for _, m := range wordForm.FindAllStringIndex(line, -1) {
		if m[0] > at {
			out = append(out, colorWord{at, m[0], ""})
		}
		out = append(out, colorWord{m[0], m[1], classOf(line[m[0]:m[1]])})
		at = m[1]
	}
	if at < len(line) {
		out = append(out, colorWord{at, len(line), ""})
	}
	return out
}

func classOf(word string) string {
	switch c := word[len(word)-1]; {
	case word[0] == '#':
		return "c"
	case c == '"' || c == '\'' || word[0] == '"' || word[0] == '\'':
		return "s"
	case word[0] >= '0' && word[0] <= '9':
		return "n"
	}
	if _, ok := slices.BinarySearch(keywords, word); ok {
		return "w"
	}
	return ""
}

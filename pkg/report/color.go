package report

import (
	"regexp"
	"slices"
)

// colorWord is a stretch of code, by byte offsets, of one kind.
type colorWord struct {
	start, end int
	class      string // w for a keyword, s string, c comment, n number; "" for the rest
}

var (
	wordForm = regexp.MustCompile(`#[^\r\n]*|[rRbBuUfFtT]{0,2}(?:"""(?s:\\.|.)*?(?:"""|\z)|'''(?s:\\.|.)*?(?:'''|\z)|"(?:\\(?s:.)|[^"\\\r\n])*"?|'(?:\\(?s:.)|[^'\\\r\n])*'?)|[\pL_][\pL\pN_]*|\pN[\pL\pN_.]*`)

	keywords = []string{"False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def",
		"del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal",
		"not", "or", "pass", "raise", "return", "try", "while", "with", "yield"}
)

// colorWords covers the whole text, in order. What is no Python may be coloured wrongly, and nothing else.
func colorWords(code string) []colorWord {
	var out []colorWord
	at := 0
	for _, m := range wordForm.FindAllStringIndex(code, -1) {
		if m[0] > at {
			out = append(out, colorWord{at, m[0], ""})
		}
		out = append(out, colorWord{m[0], m[1], classOf(code[m[0]:m[1]])})
		at = m[1]
	}
	if at < len(code) {
		out = append(out, colorWord{at, len(code), ""})
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

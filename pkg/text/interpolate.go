package text

import (
	"regexp"
	"strings"
)

var (
	interpolation = regexp.MustCompile(`\$\$|\{\{|\}\}|\$([A-Za-z_]\w*)|(\$?)\{([^{}\n]+)\}`)
	simpleExpr    = regexp.MustCompile(`^[A-Za-z_]\w*(?:\.\w+|\[[^\[\]{}()]*\]|\([^(){}]*\))*$`)
	formatSpec    = regexp.MustCompile(`(![rsa])?(:[^{}\[\]()]*)?$`)
)

// interpolated gives the Python expression of a command line: {expression} and $name in it are Python's. What is no simple
// expression, or a name that the notebook does not hold, is the shell's.
func (m *magics) interpolated(command string) string {
	var parts []string
	literal := ""
	flush := func() {
		if literal != "" {
			parts = append(parts, quoted(literal))
			literal = ""
		}
	}
	at := 0
	for _, sub := range interpolation.FindAllStringSubmatchIndex(command, -1) {
		whole := command[sub[0]:sub[1]]
		literal += command[at:sub[0]]
		at = sub[1]
		expr := ""
		switch {
		case whole == "$$" || whole == "{{" || whole == "}}":
			literal += whole[:1]
			continue
		case sub[2] >= 0 && m.binds(command[sub[2]:sub[3]]):
			expr = command[sub[2]:sub[3]]
		case sub[6] >= 0 && sub[4] == sub[5]:
			expr = expression(command[sub[6]:sub[7]])
		}
		if expr == "" {
			literal += whole
			continue
		}
		flush()
		parts = append(parts, "str("+expr+")")
	}
	literal += command[at:]
	flush()
	if len(parts) == 0 {
		return `""`
	}
	return strings.Join(parts, " + ")
}

// expression gives a simple Python expression without its format, "" if the text is none.
func expression(text string) string {
	text = strings.TrimSpace(text)
	if loc := formatSpec.FindStringIndex(text); loc != nil {
		text = strings.TrimSpace(text[:loc[0]])
	}
	if !simpleExpr.MatchString(text) || keywords[text] {
		return ""
	}
	lex := NewLexer([]byte(text))
	for x := lex.Next(); x.Kind != LexEnd; x = lex.Next() {
		if x.Bad {
			return ""
		}
	}
	return text
}

// binds reports whether the notebook may give the name a value.
func (m *magics) binds(name string) bool {
	return regexp.MustCompile(`\b` + name + `\b[ \t]*(=[^=]|,|:)|\b(as|for|def|import)[ \t]+` + name + `\b`).Match(m.file.Text)
}

// keywords cannot stand as an expression.
var keywords = map[string]bool{
	"and": true, "as": true, "assert": true, "async": true, "await": true, "break": true, "class": true, "continue": true,
	"def": true, "del": true, "elif": true, "else": true, "except": true, "finally": true, "for": true, "from": true,
	"global": true, "if": true, "import": true, "in": true, "is": true, "lambda": true, "nonlocal": true, "not": true,
	"or": true, "pass": true, "raise": true, "return": true, "try": true, "while": true, "with": true, "yield": true,
}

// quoted gives a Python string literal that has as many line ends as the text.
func quoted(s string) string {
	s = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\r\n", "\\n\\\n", "\n", "\\n\\\n", "\r", "\\n\\\n", "\x00", "").Replace(s)
	return `"` + s + `"`
}

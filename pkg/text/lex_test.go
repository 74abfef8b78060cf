package text

import (
	"fmt"
	"strings"
	"testing"
)

// lexemes writes what the lexer gives: a letter for the kind and the text, "!" before what is bad.
func lexemes(src string) string {
	const letters = "EI_N/JCSnd()."
	var out []string
	l := NewLexer([]byte(src))
	for x := l.Next(); x.Kind != LexEnd; x = l.Next() {
		bad := ""
		if x.Bad {
			bad = "!"
		}
		out = append(out, fmt.Sprintf("%s%c%s", bad, letters[x.Kind], src[x.Start:x.End]))
	}
	return strings.ReplaceAll(strings.Join(out, " "), "\n", "~")
}

func TestLexer(t *testing.T) {
	for src, want := range map[string]string{
		"":                          "",
		"x = 1\n":                   "I nx .= d1 N~",
		"  x\n\n  # c\ny":           "I   nx N~ _ /~ _   C# c /~ I ny",
		"f(a,\n  b)\n":              "I nf (( na ., /~ nb )) N~",
		"a \\\n b\n":                "I na J\\~ nb N~",
		"  \\\n  a":                 "I  \\~   na",
		"'a' \"b\" rb'''x\n'y'''":   "I S'a' S\"b\" Srb'''x~'y'''",
		"'a\nb":                     "I !S'a N~ I nb",
		"'a\\\nb' c":                "I S'a\\~b' nc",
		"'''a":                      "I !S'''a",
		"r'\\' x'":                  "I Sr'\\' x'",
		"f'{a!r:{w}} {{' b":         "I Sf'{a!r:{w}} {{' nb",
		"f\"{d[\"k\"]}\" b":         "I Sf\"{d[\"k\"]}\" nb",
		"f'{f'{'x'}'}' b":           "I Sf'{f'{'x'}'}' nb",
		"t'{a\n + b}' c":            "I St'{a~ + b}' nc",
		"f'''{\na # it's\n}''' c":   "I Sf'''{~a # it's~}''' nc",
		"rft'a'":                    "I nrft S'a'",
		"é = 0x1F":                  "I né .= d0x1F",
		")x":                        "I !)) nx",
		"# c\r\nx\r\n":              "_ C# c /\r~ I nx N\r~",
		"x # 'c\ny":                 "I nx C# 'c N~ I ny",
		"f'{x:%H:%M}' b":            "I Sf'{x:%H:%M}' nb",
		"f'{ {\"a\": 1}[\"a\"]}' b": "I Sf'{ {\"a\": 1}[\"a\"]}' nb",
	} {
		if got := lexemes(src); got != want {
			t.Errorf("%q:\n got  %s\n want %s", src, got, want)
		}
	}
}

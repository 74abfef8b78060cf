package ir

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// decode resolves the escapes in the source text of a string's content, and doubled braces in that of an f-string.
// \N{…} stays as written. A line break is one newline, however the file writes it.
func (p prefix) decode(s string) string {
	if strings.IndexByte(s, '\r') >= 0 {
		s = strings.ReplaceAll(s, "\r\n", "\n")
	}
	if p.format && strings.ContainsAny(s, "{}") {
		s = strings.NewReplacer("{{", "{", "}}", "}").Replace(s)
	}
	if p.raw || strings.IndexByte(s, '\\') < 0 {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); {
		if s[i] != '\\' || i+1 == len(s) {
			b = append(b, s[i])
			i++
			continue
		}
		n := 0
		b, n = p.escape(b, s[i:])
		i += n
	}
	return string(b)
}

// simpleEscapes maps the letter of an escape to what it stands for.
var simpleEscapes = [256]byte{
	'\\': '\\', '\'': '\'', '"': '"', 'a': '\a', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t', 'v': '\v',
}

// escape appends what the escape at the start of s stands for and gives its length. An unknown one stays as it is.
func (p prefix) escape(b []byte, s string) ([]byte, int) {
	c := s[1]
	switch {
	case c == '\n':
		return b, 2
	case simpleEscapes[c] != 0:
		return append(b, simpleEscapes[c]), 2
	case c >= '0' && c <= '7':
		n := 2
		for n < len(s) && n < 4 && s[n] >= '0' && s[n] <= '7' {
			n++
		}
		v, _ := strconv.ParseUint(s[1:n], 8, 16)
		return p.code(b, v), n
	case c == 'x':
		return p.hex(b, s, 2)
	case c == 'u' && !p.bytes:
		return p.hex(b, s, 4)
	case c == 'U' && !p.bytes:
		return p.hex(b, s, 8)
	}
	return append(b, '\\'), 1
}

func (p prefix) hex(b []byte, s string, digits int) ([]byte, int) {
	if len(s) < 2+digits {
		return append(b, '\\'), 1
	}
	v, err := strconv.ParseUint(s[2:2+digits], 16, 32)
	if err != nil {
		return append(b, '\\'), 1
	}
	return p.code(b, v), 2 + digits
}

// code appends a byte or code point; what is no code point becomes U+FFFD.
func (p prefix) code(b []byte, v uint64) []byte {
	if p.bytes {
		return append(b, byte(v))
	}
	return utf8.AppendRune(b, rune(min(v, utf8.MaxRune+1)))
}

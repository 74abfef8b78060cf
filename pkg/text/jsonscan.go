package text

import (
	"bytes"
	"unicode/utf16"
	"unicode/utf8"
)

// A jsonScan walks over JSON that is known to be valid and knows where it is. The standard library decodes strings
// without telling which byte came from where.
type jsonScan struct {
	src []byte
	pos int
}

// peek gives the first byte of the next token, 0 at the end.
func (s *jsonScan) peek() byte {
	for s.pos < len(s.src) {
		switch c := s.src[s.pos]; c {
		case ' ', '\t', '\r', '\n', ',', ':':
			s.pos++
		default:
			return c
		}
	}
	return 0
}

// skip moves over the next value.
func (s *jsonScan) skip() {
	depth := 0
	for {
		switch s.peek() {
		case 0:
			return
		case '{', '[':
			depth++
			s.pos++
		case '}', ']':
			depth--
			s.pos++
		case '"':
			s.skipString()
		default:
			n := bytes.IndexAny(s.src[s.pos:], ",]} \t\r\n")
			if n < 0 {
				n = len(s.src) - s.pos
			}
			s.pos += n
		}
		if depth <= 0 {
			return
		}
	}
}

func (s *jsonScan) skipString() {
	for s.pos++; s.pos < len(s.src); s.pos++ {
		switch s.src[s.pos] {
		case '\\':
			s.pos++
		case '"':
			s.pos++
			return
		}
	}
}

// str gives the next value if it is a string. Runs tells which part of it comes from where; nil if it is not wanted.
func (s *jsonScan) str(run func(text []byte, disk int)) (string, bool) {
	if s.peek() != '"' {
		s.skip()
		return "", false
	}
	var out []byte
	emit := func(b []byte, at int) {
		out = append(out, b...)
		if run != nil && len(b) > 0 {
			run(b, at)
		}
	}
	s.pos++
	for {
		n := bytes.IndexAny(s.src[s.pos:], `"\`)
		if n < 0 {
			s.pos = len(s.src)
			return string(out), true
		}
		emit(s.src[s.pos:s.pos+n], s.pos)
		s.pos += n
		if s.src[s.pos] == '"' {
			s.pos++
			return string(out), true
		}
		at := s.pos
		emit(s.escape(), at)
	}
}

// escape gives what the escape sequence at pos stands for and moves over it.
func (s *jsonScan) escape() []byte {
	c := s.src[s.pos+1]
	s.pos += 2
	switch c {
	case 'b':
		return []byte{'\b'}
	case 'f':
		return []byte{'\f'}
	case 'n':
		return []byte{'\n'}
	case 'r':
		return []byte{'\r'}
	case 't':
		return []byte{'\t'}
	case 'u':
		s.pos -= 2
		return utf8.AppendRune(nil, s.unicodeEscape())
	}
	return []byte{c}
}

func (s *jsonScan) unicodeEscape() rune {
	r := s.hex()
	if utf16.IsSurrogate(r) {
		if second := s.pos; bytes.HasPrefix(s.src[s.pos:], []byte(`\u`)) {
			if full := utf16.DecodeRune(r, s.hex()); full != utf8.RuneError {
				return full
			}
			s.pos = second
		}
		return utf8.RuneError
	}
	return r
}

// hex reads \uXXXX.
func (s *jsonScan) hex() rune {
	var r rune
	for _, c := range s.src[s.pos+2 : s.pos+6] {
		switch {
		case c >= 'a':
			c -= 'a' - 10
		case c >= 'A':
			c -= 'A' - 10
		default:
			c -= '0'
		}
		r = r<<4 | rune(c)
	}
	s.pos += 6
	return r
}

// object calls yield with each key of the next value, if it is an object; yield has to move over the value.
func (s *jsonScan) object(yield func(key string)) {
	if s.peek() != '{' {
		s.skip()
		return
	}
	for s.pos++; s.peek() == '"'; {
		key, _ := s.str(nil)
		s.peek()
		yield(key)
	}
	s.pos++
}

// array calls yield before each element of the next value, if it is an array; yield has to move over it.
func (s *jsonScan) array(yield func()) {
	if s.peek() != '[' {
		s.skip()
		return
	}
	for s.pos++; s.peek() != ']' && s.peek() != 0; {
		yield()
	}
	s.pos++
}

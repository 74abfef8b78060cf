package text

import "bytes"

// maxNesting is how deep strings in the braces of strings are followed; CPython allows 150.
const maxNesting = 200

// A stringScan finds the end of a string literal. In format strings the braces hold expressions, which may since
// Python 3.12 hold any strings, so that f"{d["key"]}" is one literal.
type stringScan struct {
	src []byte
	pos int
}

// literal moves over the literal whose opening quote is at pos. It reports whether the literal ends; if not, pos is
// where the line or the text does.
func (s *stringScan) literal(format bool, depth int) bool {
	quote := s.src[s.pos : s.pos+1]
	triple := bytes.HasPrefix(s.src[s.pos:], bytes.Repeat(quote, 3))
	if triple {
		quote = s.src[s.pos : s.pos+3]
	}
	s.pos += len(quote)
	return s.body(quote, format, depth)
}

func (s *stringScan) body(quote []byte, format bool, depth int) bool {
	for s.pos < len(s.src) {
		switch c := s.src[s.pos]; {
		case c == '\\':
			s.pos = min(len(s.src), s.pos+max(2, joinLen(s.src[s.pos:])))
		case bytes.HasPrefix(s.src[s.pos:], quote):
			s.pos += len(quote)
			return true
		case isBreak(c) && len(quote) == 1:
			return false
		case c == '{' && format && depth < maxNesting:
			if s.at("{{") {
				s.pos += 2
			} else if !s.field(quote, depth) {
				return false
			}
		default:
			s.pos++
		}
	}
	return false
}

func (s *stringScan) at(p string) bool { return bytes.HasPrefix(s.src[s.pos:], []byte(p)) }

// field moves over a replacement field, whose brace is at pos. A quote in it starts a string of its own, whatever the
// quotes around the field: before Python 3.12 the same quote there was an error.
func (s *stringScan) field(quote []byte, depth int) bool {
	s.pos++
	for open := 0; s.pos < len(s.src); {
		switch c := s.src[s.pos]; {
		case c == '}' && open == 0:
			s.pos++
			return true
		case c == ':' && open == 0:
			s.pos++
			return s.formatSpec(quote, depth)
		case c == '(' || c == '[' || c == '{':
			open++
			s.pos++
		case c == ')' || c == ']' || c == '}':
			open = max(0, open-1)
			s.pos++
		case c == '#' && len(quote) == 3:
			for s.pos < len(s.src) && !isBreak(s.src[s.pos]) {
				s.pos++
			}
		case c == '\'' || c == '"':
			if !s.literal(isFormat(s.prefix()), depth+1) {
				return false
			}
		default:
			s.pos++
		}
	}
	return false
}

// formatSpec moves over what is between a colon and the brace that closes the field.
func (s *stringScan) formatSpec(quote []byte, depth int) bool {
	for s.pos < len(s.src) {
		switch c := s.src[s.pos]; {
		case c == '}':
			s.pos++
			return true
		case bytes.HasPrefix(s.src[s.pos:], quote):
			return true
		case isBreak(c) && len(quote) == 1:
			return false
		case c == '{' && depth < maxNesting:
			if !s.field(quote, depth+1) {
				return false
			}
		default:
			s.pos++
		}
	}
	return false
}

// prefix gives the string prefix just before pos.
func (s *stringScan) prefix() []byte {
	i := s.pos
	for i > 0 && s.pos-i < 3 && isNameByte(s.src[i-1]) {
		i--
	}
	if isPrefix(s.src[i:s.pos]) {
		return s.src[i:s.pos]
	}
	return nil
}

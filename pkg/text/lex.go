package text

import "bytes"

// A LexKind says what a Lexeme is.
type LexKind uint8

// The kinds of lexemes. Spaces between the others are not reported.
const (
	LexEnd     LexKind = iota // of the text
	LexIndent                 // what is before the first token of a logical line; may be empty
	LexBlank                  // what is before the comment or line end of a line without tokens; may be empty
	LexNewline                // the end of a logical line
	LexBreak                  // a line end that ends no logical line: in brackets, or of a blank line
	LexJoin                   // backslash and line end
	LexComment
	LexString // a whole string literal with its prefix, of whatever kind
	LexName   // identifiers and keywords
	LexNumber
	LexOpen  // ( [ {
	LexClose // ) ] }
	LexOther // one byte of an operator or of what is no Python
)

// A Lexeme is one piece of source text.
type Lexeme struct {
	Kind       LexKind
	Bad        bool  // a string that is not terminated, a bracket that closes nothing
	Start, End int32 // byte offsets
}

// A Lexer splits Python source roughly: enough to know what is code, string or comment, where logical lines start and
// how brackets nest. It reads anything, never fails, and knows the string syntax of every Python version.
type Lexer struct {
	src     []byte
	pos     int
	depth   int
	newLine bool // at the start of a physical line and outside brackets
	empty   bool // the line at hand has no tokens
}

// NewLexer gives a lexer at the start of src.
func NewLexer(src []byte) *Lexer { return &Lexer{src: src, newLine: true} }

func (l *Lexer) offset() int32 { return int32(l.pos) }

// Depth gives how many brackets are open.
func (l *Lexer) Depth() int { return l.depth }

// CloseBrackets takes all brackets for closed and begins a logical line: for who sees, at the start of a line, that one was
// forgotten.
func (l *Lexer) CloseBrackets() { l.depth, l.newLine = 0, true }

// SkipLine moves to the end of the physical line, or of the last one that backslashes join to it.
func (l *Lexer) SkipLine() {
	for l.pos < len(l.src) && !isBreak(l.src[l.pos]) {
		if l.src[l.pos] == '\\' {
			if n := joinLen(l.src[l.pos:]); n > 0 {
				l.pos += n
				continue
			}
		}
		l.pos++
	}
}

// Next gives the next lexeme. At the end of the text it gives LexEnd for ever.
func (l *Lexer) Next() Lexeme {
	if l.newLine && l.pos < len(l.src) {
		return l.lineStart()
	}
	for l.pos < len(l.src) && isBlank(l.src[l.pos]) {
		l.pos++
	}
	if l.pos >= len(l.src) {
		return l.take(LexEnd, 0)
	}
	switch c := l.src[l.pos]; {
	case isBreak(c):
		return l.lineEnd()
	case c == '#':
		n := bytes.IndexAny(l.src[l.pos:], "\r\n")
		if n < 0 {
			n = len(l.src) - l.pos
		}
		return l.take(LexComment, n)
	case c == '\\':
		if n := joinLen(l.src[l.pos:]); n > 0 {
			return l.take(LexJoin, n)
		}
	case isNameByte(c):
		return l.word()
	case c == '\'' || c == '"':
		return l.str(0)
	case bytes.IndexByte([]byte("([{"), c) >= 0:
		l.depth++
		return l.take(LexOpen, 1)
	case bytes.IndexByte([]byte(")]}"), c) >= 0:
		x := l.take(LexClose, 1)
		x.Bad = l.depth == 0
		l.depth = max(0, l.depth-1)
		return x
	}
	return l.take(LexOther, 1)
}

func (l *Lexer) take(k LexKind, n int) Lexeme {
	x := Lexeme{Kind: k, Start: int32(l.pos), End: int32(l.pos + n)}
	l.pos += n
	return x
}

// lineStart reads the indentation, which backslashes may spread over several lines.
func (l *Lexer) lineStart() Lexeme {
	l.newLine = false
	n := 0
	for l.pos+n < len(l.src) {
		if isBlank(l.src[l.pos+n]) {
			n++
		} else if j := joinLen(l.src[l.pos+n:]); j > 0 {
			n += j
		} else {
			break
		}
	}
	end := l.pos + n
	l.empty = end >= len(l.src) || l.src[end] == '#' || isBreak(l.src[end])
	if l.empty {
		return l.take(LexBlank, n)
	}
	return l.take(LexIndent, n)
}

func (l *Lexer) lineEnd() Lexeme {
	n := 1
	if l.src[l.pos] == '\r' && l.pos+1 < len(l.src) && l.src[l.pos+1] == '\n' {
		n = 2
	}
	kind := LexBreak
	if l.depth == 0 {
		l.newLine = true
		if !l.empty {
			kind = LexNewline
		}
	}
	return l.take(kind, n)
}

func (l *Lexer) word() Lexeme {
	n := 1
	for l.pos+n < len(l.src) && isNameByte(l.src[l.pos+n]) {
		n++
	}
	if end := l.pos + n; end < len(l.src) && (l.src[end] == '\'' || l.src[end] == '"') && isPrefix(l.src[l.pos:end]) {
		return l.str(n)
	}
	if c := l.src[l.pos]; c >= '0' && c <= '9' {
		return l.take(LexNumber, n)
	}
	return l.take(LexName, n)
}

// str reads a string literal whose prefix has n bytes.
func (l *Lexer) str(n int) Lexeme {
	s := stringScan{src: l.src, pos: l.pos + n}
	ok := s.literal(isFormat(l.src[l.pos:l.pos+n]), 0)
	x := l.take(LexString, s.pos-l.pos)
	x.Bad = !ok
	return x
}

// isPrefix reports whether p is a string prefix of any Python version.
func isPrefix(p []byte) bool {
	switch string(bytes.ToLower(p)) {
	case "r", "b", "u", "f", "t", "br", "rb", "ur", "fr", "rf", "tr", "rt":
		return true
	}
	return false
}

// isFormat reports whether strings with the prefix hold expressions in braces.
func isFormat(prefix []byte) bool { return bytes.ContainsAny(prefix, "fFtT") }

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\f' }

func isBreak(c byte) bool { return c == '\n' || c == '\r' }

func isNameByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= '0' && c <= '9' || c >= 0x80
}

// joinLen gives the length of the backslash and line end at the start of s, 0 if s starts otherwise.
func joinLen(s []byte) int {
	switch {
	case len(s) < 2 || s[0] != '\\' || !isBreak(s[1]):
		return 0
	case s[1] == '\r' && len(s) > 2 && s[2] == '\n':
		return 3
	}
	return 2
}

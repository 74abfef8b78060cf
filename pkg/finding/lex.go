package finding

import (
	"bytes"
	"slices"
	"sort"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/text"
)

// Identity, ignore comments and changed guards need to know where statements begin and end and what is a comment, and
// nothing more of Python. The syntax tree is gone when findings are made, so this file reads the text again, by tokens.
//
//	x = load(   # a comment inside the statement of lines 1 and 2
//	    f)
//	# a comment on its own line; it belongs to what follows
//
// It never fails: in broken code a statement may be too long or too short.

type tokenKind uint8

const (
	tokenWord   tokenKind = iota // names, keywords, numbers
	tokenString                  // with prefix and quotes
	tokenOp                      // one character
)

type token struct {
	kind       tokenKind
	start, end int32 // byte offsets
}

// A comment runs from its # to the end of the line.
type comment struct {
	start, end int32
	alone      bool // nothing but blanks before it on its line
	stmt       int  // index of the statement it lies in or after; -1 before the first
	inside     bool // of that statement: on one of its lines
}

// A statement is what stands between line ends and semicolons; a compound statement is only its header.
type statement struct {
	start, end  int32 // of its tokens
	first, last int32 // offsets where its first line starts and its last line ends
	indent      int   // columns before the line's first token; a tab goes to the next multiple of eight
	tokens      []token
}

// lexed is a file as statements and comments, both in order.
type lexed struct {
	src      []byte
	stmts    []statement
	comments []comment
	owner    []int // see owners
}

func lex(f *text.File) *lexed {
	l := &lexer{lexed: &lexed{src: f.Text}, in: text.NewLexer(f.Text)}
	l.run()
	return l.lexed
}

// lexers reads each file once.
type lexers map[*text.File]*lexed

func (m lexers) of(f *text.File) *lexed {
	if m[f] == nil {
		m[f] = lex(f)
	}
	return m[f]
}

type lexer struct {
	*lexed
	in        *text.Lexer
	lineStart int32
	lineEnd   int32 // of the last line that a statement was seen to end on
	cur       statement
	indent    int
	blankLine bool // only blanks so far on this line
}

func (l *lexer) run() {
	l.startLine(0)
	for {
		switch x := l.in.Next(); x.Kind {
		case text.LexEnd:
			l.endStatement()
			return
		case text.LexIndent, text.LexBlank:
			if n := bytes.LastIndexAny(l.src[x.Start:x.End], "\r\n"); n >= 0 { // backslashes before the first token
				l.lineStart = x.Start + int32(n) + 1
			}
		case text.LexNewline, text.LexBreak:
			l.newline(x.End)
		case text.LexJoin:
			l.lineStart = x.End
		case text.LexComment:
			l.comment(x.Start, x.End)
		case text.LexOther:
			if l.src[x.Start] == ';' && l.in.Depth() == 0 {
				l.endStatement()
				continue
			}
			l.token(tokenOp, x)
		case text.LexString:
			l.token(tokenString, x)
		case text.LexName, text.LexNumber:
			l.token(tokenWord, x)
		default:
			l.token(tokenOp, x)
		}
	}
}

func isBreak(c byte) bool { return c == '\n' || c == '\r' }

// newline begins the line at the offset.
func (l *lexer) newline(at int32) {
	if l.in.Depth() == 0 {
		l.endStatement()
	}
	l.startLine(at)
	if l.in.Depth() > 0 && l.opensStatement() {
		// A bracket was never closed. Without this, one slip would make the rest of the file a single statement.
		l.in.CloseBrackets()
		l.endStatement()
	}
}

// startLine measures the indentation of the line that begins at the offset.
func (l *lexer) startLine(at int32) {
	l.lineStart, l.blankLine = at, true
	col := 0
	for i := at; int(i) < len(l.src); i++ {
		switch l.src[i] {
		case ' ':
			col++
		case '\t':
			col += 8 - col%8
		case '\f':
			col = 0
		default:
			l.indent = col
			return
		}
	}
	l.indent = col
}

var statementWords = []string{"assert", "break", "class", "continue", "def", "del", "except", "finally", "global", "import",
	"nonlocal", "pass", "raise", "return", "try", "while", "with"}

// opensStatement says whether the line begins with a word that cannot stand inside brackets.
func (l *lexer) opensStatement() bool {
	rest := bytes.TrimLeft(l.src[l.lineStart:], " \t\f")
	n := 0
	for n < len(rest) && isWord(rest[n]) {
		n++
	}
	_, ok := slices.BinarySearch(statementWords, string(rest[:n]))
	return ok && (n == len(rest) || rest[n] != '=')
}

func (l *lexer) comment(start, end int32) {
	inside := !l.blankLine || len(l.cur.tokens) > 0
	c := comment{start: start, end: end, alone: l.blankLine, inside: inside, stmt: len(l.stmts) - 1}
	if len(l.cur.tokens) > 0 {
		c.stmt = len(l.stmts)
	}
	l.comments = append(l.comments, c)
}

func (l *lexer) token(kind tokenKind, x text.Lexeme) {
	if len(l.cur.tokens) == 0 {
		l.cur.first, l.cur.indent, l.cur.start = l.lineStart, l.indent, x.Start
	}
	l.blankLine = false
	l.cur.tokens = append(l.cur.tokens, token{kind, x.Start, x.End})
}

func isWord(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

func (l *lexer) endStatement() {
	if len(l.cur.tokens) == 0 {
		return
	}
	l.cur.end = l.cur.tokens[len(l.cur.tokens)-1].end
	l.cur.last = max(l.cur.end, min(l.lineEnd, int32(len(l.src))))
	for int(l.cur.last) < len(l.src) && !isBreak(l.src[l.cur.last]) {
		l.cur.last++
	}
	l.lineEnd = l.cur.last // many statements may share a line
	l.stmts = append(l.stmts, l.cur)
	l.cur = statement{}
}

// at gives the index of the statement that holds the offset, or of the last one before it; -1 if there is none.
func (l *lexed) at(off int32) int {
	return sort.Search(len(l.stmts), func(i int) bool { return l.stmts[i].start > off }) - 1
}

// normal gives the statement's text without what a formatter may change: blanks, line breaks, comments, the kind of
// quotes, trailing commas, brackets around all that is returned or assigned.
func (l *lexed) normal(s *statement) string {
	var b strings.Builder
	open, end := l.wrapped(s)
	for i, t := range s.tokens {
		if i == open || i == end {
			continue
		}
		word := string(l.src[t.start:t.end])
		if word == "," && i+1 < len(s.tokens) && strings.IndexByte(")]}", l.src[s.tokens[i+1].start]) >= 0 {
			continue
		}
		if t.kind == tokenString {
			word = normalString(word)
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(word)
	}
	return b.String()
}

// wrapped finds brackets that formatters put around a long expression, or take off a short one:
//
//	return (
//	    load(data)
//	)
//
// They come after a word or sign after which an expression begins, and reach to the end of the statement, or to the
// colon there. Without such brackets both indexes are -1.
func (l *lexed) wrapped(s *statement) (open, end int) {
	last := len(s.tokens) - 1
	if last > 0 && l.nth(s, last) == ":" {
		last--
	}
	if last < 1 || l.nth(s, last) != ")" {
		return -1, -1
	}
	depth := 0
	for i := last; i > 0; i-- {
		switch l.src[s.tokens[i].start] {
		case ')', ']', '}':
			depth++
		case '(', '[', '{':
			depth--
		}
		if depth == 0 {
			if _, ok := slices.BinarySearch(beforeExpression, l.nth(s, i-1)); ok && l.nth(s, i) == "(" {
				return i, last
			}
			break
		}
	}
	return -1, -1
}

var beforeExpression = []string{"=", "assert", "await", "del", "elif", "if", "import", "in", "raise", "return", "while", "with", "yield"}

// normalString writes a string literal with double quotes and a lower-case prefix where that changes nothing else.
func normalString(s string) string {
	i := strings.IndexAny(s, `"'`)
	prefix, body := strings.ToLower(s[:i]), s[i:]
	if len(body) >= 2 && body[0] == '\'' && body[len(body)-1] == '\'' && !strings.HasPrefix(body, "'''") {
		if inner := body[1 : len(body)-1]; !strings.ContainsAny(inner, `"'`) {
			body = `"` + inner + `"`
		}
	} else if inner, ok := strings.CutPrefix(body, "'''"); ok && strings.HasSuffix(inner, "'''") && !strings.Contains(inner, `"`) {
		body = `"""` + strings.TrimSuffix(inner, "'''") + `"""`
	}
	return strings.TrimPrefix(prefix, "u") + body
}

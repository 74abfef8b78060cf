package taint

import (
	"strings"
	"unicode"
)

// What SQL says of the columns that it fills and reads. Only the beginnings of plain statements are understood:
//
//	INSERT INTO carts (id, items) VALUES (?, ?)
//	UPDATE carts SET items = :items WHERE id = :id
//	SELECT items, seen FROM carts WHERE id = ?

// A sqlStatement is one statement about one table.
type sqlStatement struct {
	verb    string // insert, update, select
	table   string
	columns []string  // filled or read, in order; "" for an expression; none of an insert that names none
	marks   []sqlMark // what each is filled with
	all     bool      // SELECT *
}

// A sqlMark is what a column is filled with: the parameter number n, or that of a name; n is -1 for anything else.
type sqlMark struct {
	n    int
	name string
}

// maxSQL bounds the text of a statement that is read.
const maxSQL = 4096

// readSQL reads a statement; nil if it is none of those.
func readSQL(text string) *sqlStatement {
	if len(text) > maxSQL || strings.Contains(text, hole) {
		return nil
	}
	r := &sqlReader{tokens: sqlTokens(text)}
	switch strings.ToLower(r.word()) {
	case "insert", "replace":
		return r.insert()
	case "update":
		return r.update()
	case "select":
		return r.selects()
	}
	return nil
}

// sqlTokens splits SQL into words, marks and signs. Literals are one token each: "'".
func sqlTokens(text string) []string {
	var out []string
	for i := 0; i < len(text); {
		c := rune(text[i])
		switch {
		case unicode.IsSpace(c):
			i++
		case c == '\'':
			end := strings.IndexByte(text[i+1:], '\'')
			if end < 0 {
				return out
			}
			out, i = append(out, "'"), i+end+2
		case c == '"' || c == '`' || c == '[':
			end := strings.IndexAny(text[i+1:], "\"`]")
			if end < 0 {
				return out
			}
			out, i = append(out, text[i+1:i+1+end]), i+end+2
		case c == '%' && strings.HasPrefix(text[i:], "%("):
			end := strings.IndexByte(text[i:], ')')
			if end < 0 {
				return out
			}
			out, i = append(out, ":"+text[i+2:i+end]), min(i+end+2, len(text))
		case c == '%' && strings.HasPrefix(text[i:], "%s"):
			out, i = append(out, "?"), i+2
		case sqlWord(c) || (c == ':' || c == '$' || c == '@') && i+1 < len(text) && sqlWord(rune(text[i+1])):
			end := i + 1
			for end < len(text) && sqlWord(rune(text[end])) {
				end++
			}
			out, i = append(out, text[i:end]), end
		default:
			out, i = append(out, string(c)), i+1
		}
	}
	return out
}

func sqlWord(c rune) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

// A sqlReader reads tokens from the front.
type sqlReader struct {
	tokens []string
	marks  int // positional ones so far
}

// word takes the next token; "" at the end.
func (r *sqlReader) word() string {
	if len(r.tokens) == 0 {
		return ""
	}
	t := r.tokens[0]
	r.tokens = r.tokens[1:]
	return t
}

// next gives the next token and leaves it there.
func (r *sqlReader) next() string {
	if len(r.tokens) == 0 {
		return ""
	}
	return r.tokens[0]
}

// after drops what stands before a word, and the word; it reports whether that was there.
func (r *sqlReader) after(word string) bool {
	for len(r.tokens) > 0 {
		if strings.EqualFold(r.word(), word) {
			return true
		}
	}
	return false
}

// name takes a name that may have parts: main.carts is carts.
func (r *sqlReader) name() string {
	n := r.word()
	for r.next() == "." {
		r.word()
		n = r.word()
	}
	return n
}

// mark takes an expression up to a comma or the end of its list, and says which parameter it is.
func (r *sqlReader) mark() sqlMark {
	out, tokens := sqlMark{n: -1}, 0
	for depth := 0; len(r.tokens) > 0; tokens++ {
		t := strings.ToLower(r.next())
		if depth == 0 && (t == "," || t == ")" || t == "where" || t == "returning" || t == ";") {
			break
		}
		switch t = r.word(); {
		case t == "(":
			depth++
		case t == ")":
			depth--
		case t == "?":
			out = sqlMark{n: r.marks}
			r.marks++
		case t[0] == '$' && len(t) == 2:
			out = sqlMark{n: int(t[1]-'0') - 1}
		case t[0] == ':' || t[0] == '@' || t[0] == '$':
			out = sqlMark{n: -1, name: t[1:]}
		}
	}
	return out
}

func (r *sqlReader) insert() *sqlStatement {
	s := &sqlStatement{verb: "insert"}
	if !r.after("into") {
		return nil
	}
	s.table = r.name()
	if r.next() == "(" {
		r.word()
		for len(r.tokens) > 0 && r.next() != ")" {
			if c := r.word(); c != "," {
				s.columns = append(s.columns, strings.ToLower(c))
			}
		}
	}
	if !r.after("values") || r.word() != "(" {
		return nil
	}
	for len(r.tokens) > 0 {
		s.marks = append(s.marks, r.mark())
		if r.word() != "," {
			break
		}
	}
	return s
}

func (r *sqlReader) update() *sqlStatement {
	s := &sqlStatement{verb: "update", table: r.name()}
	if !r.after("set") {
		return nil
	}
	for len(r.tokens) > 0 {
		s.columns = append(s.columns, strings.ToLower(r.name()))
		if r.word() != "=" {
			return nil
		}
		s.marks = append(s.marks, r.mark())
		if r.word() != "," {
			break
		}
	}
	return s
}

func (r *sqlReader) selects() *sqlStatement {
	s := &sqlStatement{verb: "select"}
	if strings.EqualFold(r.next(), "distinct") {
		r.word()
	}
	for len(r.tokens) > 0 {
		column, plain := r.column()
		switch {
		case column == "*":
			s.all = true
		case plain:
			s.columns = append(s.columns, strings.ToLower(column))
		default:
			s.columns = append(s.columns, "")
		}
		if r.word() != "," {
			break
		}
	}
	s.table = r.name()
	return s
}

// column takes one expression that is read, and gives its name if it is nothing but that of a column.
func (r *sqlReader) column() (name string, plain bool) {
	n := r.name()
	plain = true
	for depth := 0; len(r.tokens) > 0; {
		t := r.next()
		if depth == 0 && (t == "," || strings.EqualFold(t, "from")) {
			return n, plain
		}
		switch r.word(); t {
		case "(":
			depth++
			plain = false
		case ")":
			depth--
		}
	}
	return n, false
}

package text

import "bytes"

// A Suite is the body of a function that can be read apart from its module. Offsets are those of the text.
type Suite struct {
	Def   int32 // where the definition begins: at `def` or `async`, decorators left out
	Start int32 // where the first statement of the body begins
	End   int32 // where the last statement ends
	Next  int32 // where the line after it begins, comments and blank lines passed over
	// Inner is how many functions the body defines, lambdas included; at least as many as there are.
	Inner int
}

// Outline gives the bodies of the functions of a text, in order, that a module means the same without: of functions that
// lie in no other function, with at least so many bytes, that define no class, declare nothing global and do not touch
// `__all__`. It reports false if the layout leaves doubt where a body ends: the text is to be read as a whole then.
func Outline(src []byte, least int) ([]Suite, bool) {
	o := outliner{src: src, lex: NewLexer(src), least: least}
	if bytes.IndexByte(src, '\f') >= 0 || !o.read() {
		return nil, false
	}
	return o.suites, true
}

// An outliner goes through a text line by line.
type outliner struct {
	src    []byte
	lex    *Lexer
	least  int
	suites []Suite

	tabs, spaces bool // used for indentation

	// of the function at hand
	open   bool
	now    Suite
	outer  int32 // column of its definition
	column int32 // of its body; 0 before the first line of it
	whole  bool  // is to be read with its module

	colon bool // that ends its header was met

	line lineState
}

// A lineState says what of a logical line came before.
type lineState uint8

const (
	lineStart  lineState = iota
	afterAsync           // `async` alone
	inLine
)

// read reads the text; it reports false where the layout leaves doubt.
func (o *outliner) read() bool {
	end := int32(0) // of the last token
	indent := Lexeme{}
	for {
		x := o.lex.Next()
		switch x.Kind {
		case LexEnd:
			o.close(x.Start, end)
			return true
		case LexIndent:
			if indent = x; !o.indented(x, end) {
				return false
			}
			continue
		case LexNewline:
			if o.open && o.column == 0 && !o.colon {
				return false
			}
			continue
		case LexBlank, LexBreak, LexComment, LexJoin:
			continue
		}
		if x.Bad || !o.token(x, indent) {
			return false
		}
		end = x.End
	}
}

// indented begins a logical line, which may end the function at hand; end is where the one before does.
func (o *outliner) indented(x Lexeme, end int32) bool {
	o.line = lineStart
	column := x.End - x.Start
	for _, c := range o.src[x.Start:x.End] {
		switch c {
		case '\t':
			o.tabs = true
		case ' ':
			o.spaces = true
		default:
			return false // lines joined by a backslash
		}
	}
	if o.tabs && o.spaces {
		return false
	}
	if !o.open {
		return true
	}
	switch {
	case o.column == 0 && column <= o.outer:
		return false
	case o.column == 0:
		o.column, o.now.Start = column, x.End
	case column <= o.outer:
		o.close(x.Start, end)
	case column < o.column:
		return false
	}
	return true
}

// close ends the function at hand, if there is one.
func (o *outliner) close(next, end int32) {
	if o.open && o.column > 0 && !o.whole && int(end-o.now.Start) >= o.least {
		o.now.End, o.now.Next = end, next
		o.suites = append(o.suites, o.now)
	}
	o.open = false
}

// token reads a token of a line that is indented so.
func (o *outliner) token(x, indent Lexeme) bool {
	if o.open {
		return o.inside(x)
	}
	state := o.line
	o.line = inLine
	if x.Kind != LexName || state == inLine {
		return true
	}
	switch string(o.src[x.Start:x.End]) {
	case "async":
		o.line = afterAsync
		o.now.Def = x.Start
	case "def":
		if state == lineStart {
			o.now.Def = x.Start
		}
		o.now = Suite{Def: o.now.Def}
		o.open, o.whole, o.colon = true, false, false
		o.outer, o.column = indent.End-indent.Start, 0
	}
	return true
}

// inside reads a token of the function at hand.
func (o *outliner) inside(x Lexeme) bool {
	if o.column == 0 {
		o.head(x)
		return true
	}
	switch x.Kind {
	case LexString:
		o.now.Inner += bytes.Count(o.src[x.Start:x.End], []byte("lambda"))
	case LexName:
		switch word := o.src[x.Start:x.End]; string(word) {
		case "def", "lambda":
			o.now.Inner++
		case "class", "global", "__all__":
			o.whole = true
		default:
			for _, c := range word {
				o.whole = o.whole || c >= 0x80
			}
		}
	}
	return true
}

// head reads a token before the body. What stands behind the colon on the same line is a body that is not worth it.
func (o *outliner) head(x Lexeme) {
	if o.colon {
		o.open = false
	}
	o.colon = x.Kind == LexOther && o.src[x.Start] == ':' && o.lex.Depth() == 0
}

package text

import (
	"bytes"
	"slices"
	"strings"
)

// An Imported tells what an import statement binds a name to: the dotted name of a module, with leading dots if it is
// relative, and the name of what is imported from there, "" for the module itself.
type Imported struct{ Module, Name string }

// Qualified says whether every place in which the code holds the word is an attribute of a name that imports alone bind, to
// things that foreign accepts: in `import json; json.load(f)` load is json's. Strings that may be names count as places.
func Qualified(src []byte, word string, foreign func(Imported) bool) bool {
	names, all := Qualifiers(src, word)
	return all && len(names) > 0 && !slices.ContainsFunc(names, func(name string) bool { return !onlyImported(src, name, foreign) })
}

// Named says whether the code may name the word: as a name, in a string that may be a name, or in one that holds code. Comments
// and prose do not count.
func Named(src []byte, word string) bool {
	named := false
	places(src, word, func([3]Lexeme) bool {
		named = true
		return false
	})
	return named
}

// Qualifiers gives the names of which the word is an attribute wherever the code names it, each once, in order. It is false if
// the word stands anywhere without such a name: alone, in a string, behind a longer chain or behind a call.
func Qualifiers(src []byte, word string) (names []string, all bool) {
	all = true
	places(src, word, func(before [3]Lexeme) bool {
		name := qualifier(src, before)
		if all = name != ""; all && !slices.Contains(names, name) {
			names = append(names, name)
		}
		return all
	})
	return names, all
}

// places calls yield with the lexemes before each place where the code names the word, none for one in a string, until it gives
// false.
func places(src []byte, word string, yield func(before [3]Lexeme) bool) {
	if !Holds(src, word) {
		return
	}
	var before [3]Lexeme // the last ones
	lex := NewLexer(src)
	for l := lex.Next(); l.Kind != LexEnd; l = lex.Next() {
		switch text := src[l.Start:l.End]; {
		case l.Kind == LexString && Holds(text, word) && maySpellName(text):
			if !yield([3]Lexeme{}) {
				return
			}
		case l.Kind == LexName && string(text) == word:
			if !yield(before) {
				return
			}
		}
		before = [3]Lexeme{before[1], before[2], l}
	}
}

// maySpellName says whether a string literal may be a dotted name, or hold code.
func maySpellName(literal []byte) bool {
	quote := bytes.IndexAny(literal, "'\"")
	return quote < 0 || isFormat(literal[:quote]) || bytes.IndexByte(literal, '\\') >= 0 || !bytes.ContainsAny(literal, " \n")
}

// Rebinds says whether the text may bind the name, by an import or in any other way. It says so too often rather than too rarely.
func Rebinds(src []byte, name string) bool {
	for start := nextWord(src, name, 0); start >= 0; start = nextWord(src, name, start+len(name)) {
		line, rest := lineAround(src, start), bytes.TrimLeft(src[start+len(name):], " \t")
		for _, head := range []string{"import ", "from ", "def ", "async def ", "case "} {
			if bytes.HasPrefix(line, []byte(head)) {
				return true
			}
		}
		if followsBinder(bytes.TrimRight(src[:start], " \t")) || assigned(rest) || bytes.HasPrefix(rest, []byte(",")) || bytes.HasPrefix(rest, []byte("in ")) {
			return true
		}
	}
	return false
}

// Called says whether the text may call what the bare name stands for: an opening parenthesis follows it, if only after blanks or
// something that is passed over here.
func Called(src []byte, name string) bool {
	for start := nextWord(src, name, 0); start >= 0; start = nextWord(src, name, start+len(name)) {
		if rest := bytes.TrimLeft(src[start+len(name):], " \t\r\n)"); len(rest) > 0 && (rest[0] == '(' || rest[0] == '\\' || rest[0] == '#') {
			return true
		}
	}
	return false
}

// Holds says whether the whole word stands anywhere in the text.
func Holds(src []byte, word string) bool { return word != "" && nextWord(src, word, 0) >= 0 }

// AnyNamed says whether the code may name a known word, as Named does.
func AnyNamed(src []byte, known func(word []byte) bool) bool {
	if !AnyWord(src, known) {
		return false // without looking what is code
	}
	lex := NewLexer(src)
	for l := lex.Next(); l.Kind != LexEnd; l = lex.Next() {
		switch text := src[l.Start:l.End]; l.Kind {
		case LexString:
			if maySpellName(text) && AnyWord(text, known) {
				return true
			}
		case LexName:
			if AnyWord(text, known) {
				return true
			}
		}
	}
	return false
}

// AnyWord says whether a known word stands anywhere in the text, strings and comments included, or something that may spell
// one otherwise: a letter outside of ASCII in a word, an escape in a string.
func AnyWord(src []byte, known func(word []byte) bool) bool {
	for i := 0; i < len(src); {
		if src[i] == '\\' && i+1 < len(src) && spells[src[i+1]] {
			return true
		}
		if !isNameByte(src[i]) {
			i++
			continue
		}
		start, wide := i, false
		for i < len(src) && isNameByte(src[i]) {
			wide = wide || src[i] >= 0x80
			i++
		}
		if wide || known(src[start:i]) {
			return true
		}
	}
	return false
}

// spells holds what may follow a backslash where that stands for a character that is written otherwise.
var spells = [256]bool{'x': true, 'u': true, 'U': true, 'N': true, '0': true, '1': true, '2': true, '3': true, '4': true, '5': true, '6': true, '7': true}

// nextWord gives the next place at or after from where the whole word stands; -1 if there is none.
func nextWord(src []byte, word string, from int) int {
	for {
		i := bytes.Index(src[from:], []byte(word))
		if i < 0 {
			return -1
		}
		start, end := from+i, from+i+len(word)
		if (start == 0 || !isNameByte(src[start-1])) && (end == len(src) || !isNameByte(src[end])) {
			return start
		}
		from = end
	}
}

// qualifier gives the name of which a word behind these lexemes is an attribute, "" if it is of something else.
func qualifier(src []byte, before [3]Lexeme) string {
	dot := func(l Lexeme) bool { return l.Kind == LexOther && src[l.Start] == '.' }
	if !dot(before[2]) || before[1].Kind != LexName || dot(before[0]) {
		return ""
	}
	return string(src[before[1].Start:before[1].End])
}

// onlyImported says whether the text binds the name by imports from foreign modules and in no other way.
func onlyImported(src []byte, name string, foreign func(Imported) bool) bool {
	imported := false
	for start := nextWord(src, name, 0); start >= 0; start = nextWord(src, name, start+len(name)) {
		end := start + len(name)
		line := lineAround(src, start)
		before := bytes.TrimRight(src[:start], " \t")
		switch {
		case bytes.HasPrefix(line, []byte("import ")), bytes.HasPrefix(line, []byte("from ")):
			binds, ok := importBinds(string(line), name, foreign)
			if !ok {
				return false
			}
			imported = imported || binds
		case followsBinder(before), assigned(src[end:]):
			return false
		}
	}
	return imported
}

// lineAround gives the statement on the line that holds offset i, without blanks and what follows a semicolon or comment sign.
func lineAround(src []byte, i int) []byte {
	start := bytes.LastIndexAny(src[:i], "\r\n;") + 1
	end := bytes.IndexAny(src[i:], "\r\n;#")
	if end < 0 {
		end = len(src) - i
	}
	return bytes.TrimSpace(src[start : i+end])
}

// importBinds says whether the import statement on a line binds the name; ok is false if it does so from a module that is
// not foreign, or if the line does not tell.
func importBinds(line, name string, foreign func(Imported) bool) (binds, ok bool) {
	from := ""
	if rest, isFrom := strings.CutPrefix(line, "from "); isFrom {
		module, names, found := strings.Cut(rest, " import ")
		if !found {
			return false, false
		}
		from, line = strings.TrimSpace(module), names
	} else {
		line = strings.TrimPrefix(line, "import ")
	}
	for _, item := range strings.Split(strings.Trim(line, " ()"), ",") {
		words := strings.Fields(item)
		if len(words) == 0 {
			continue
		}
		if len(words) > 3 || len(words) == 2 || strings.Trim(words[0], "._") == "" && from == "" || strings.ContainsAny(item, ";:=\\'\"") {
			return false, false // more than the names of an import
		}
		bound, what := words[len(words)-1], Imported{from, words[0]}
		if from == "" {
			what = Imported{Module: words[0]}
			if len(words) == 1 {
				bound, _, _ = strings.Cut(bound, ".")
			}
		}
		if bound == name {
			if !foreign(what) {
				return false, false
			}
			binds = true
		}
	}
	return binds, true
}

// followsBinder says whether a text ends in a keyword behind which a name is bound, or in the comma of an import's names
// that began on an earlier line.
func followsBinder(before []byte) bool {
	for _, w := range []string{"as", "for", "def", "class", "import", "global", "nonlocal", "lambda"} {
		if bytes.HasSuffix(before, []byte(w)) {
			return true
		}
	}
	return false
}

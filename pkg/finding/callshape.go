package finding

import (
	"slices"
	"strings"
)

// A call is known again by what it calls and how, not by the expression that its data is: these are one call,
//
//	return x(f(b), mode="r")
//	r = f(b)
//	return x(r, mode="r")
//
// and the statement around it is nothing of it. Of the arguments count the names, and the values that are written there:
// x(r, mode="w") is another call.

// callShape gives the call that begins at the offset without its data; "" if none does.
func (l *lexed) callShape(s *statement, start, end int32) string {
	i := slices.IndexFunc(s.tokens, func(t token) bool { return t.start >= start })
	if i < 0 {
		return ""
	}
	var out []string
	called := false
	for i < len(s.tokens) && (s.tokens[i].start < end || !called) {
		if l.nth(s, i) == "(" && len(out) > 0 {
			close := l.closing(s, i)
			out = append(out, "("+strings.Join(l.fixedArgs(s, i+1, close), ",")+")")
			i, called = close+1, true
			continue
		}
		out = append(out, l.nth(s, i))
		i++
	}
	if !called {
		return ""
	}
	return strings.Join(out, "")
}

// closing gives the index of the token that closes the bracket at i, or that of the last token.
func (l *lexed) closing(s *statement, i int) int {
	depth := 0
	for ; i < len(s.tokens); i++ {
		switch l.src[s.tokens[i].start] {
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return len(s.tokens) - 1
}

// fixedArgs gives the arguments between two tokens but the first: names of keywords, values that are written out, and a
// line for each other.
func (l *lexed) fixedArgs(s *statement, from, to int) []string {
	var out []string
	for n := 0; from < to; n++ {
		end := from
		for end < to && l.nth(s, end) != "," {
			if strings.IndexByte("([{", l.src[s.tokens[end].start]) >= 0 {
				end = min(l.closing(s, end), to)
			}
			end++
		}
		end = min(end, to)
		name := ""
		if end-from > 2 && l.nth(s, from+1) == "=" && l.nth(s, from+2) != "=" {
			name = l.nth(s, from) + "="
			from += 2
		}
		value := l.written(s, from, end)
		if name == "" && n > 0 && value == "" {
			value = "_"
		}
		if name != "" || n > 0 {
			out = append(out, name+value)
		}
		from = end + 1
	}
	return out
}

// written gives an expression that is the same wherever it stands: a literal, or a dotted name; "" for any other.
func (l *lexed) written(s *statement, from, to int) string {
	var b strings.Builder
	dotted := false
	for i := from; i < to; i++ {
		t := s.tokens[i]
		word := l.nth(s, i)
		switch {
		case t.kind == tokenString:
			if strings.ContainsAny(word[:strings.IndexAny(word, `"'`)], "fFtT") {
				return ""
			}
			word = normalString(word)
			dotted = true
		case t.kind == tokenWord:
			dotted = dotted || word[0] >= '0' && word[0] <= '9' || word == "True" || word == "False" || word == "None"
		case word == ".":
			dotted = true
		case word == "-":
		default:
			return ""
		}
		b.WriteString(word)
	}
	if !dotted {
		return ""
	}
	return b.String()
}

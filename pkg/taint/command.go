package taint

import (
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
)

// Command lines, given as a list or as one text:
//
//	subprocess.run(["curl", "-o", path, url])
//	os.system("wget -O model.pt https://models.example.com/model.pt")

// maxWords bounds the words of a command line that are looked at.
const maxWords = 32

// word gives the word after one of the options, in a command line; for "*" the last one. nil if there is none.
func (f *frame) word(v *Value, after []string, st *state) *Value {
	if v == nil {
		return nil
	}
	words := f.words(v, st)
	if len(words) == 0 {
		return nil
	}
	for i, w := range words {
		s, ok := w.strKonst()
		if !ok {
			continue
		}
		if i+1 < len(words) && slices.Contains(after, s) {
			return words[i+1]
		}
		if name, value, found := strings.Cut(s, "="); found && slices.Contains(after, name) && value != "" {
			return f.constant(&ir.Const{Kind: ir.Str, S: value})
		}
	}
	if slices.Contains(after, "*") {
		return words[len(words)-1]
	}
	return nil
}

// words gives the words of a command line, nil if it is not known.
func (f *frame) words(v *Value, st *state) []*Value {
	s, ok := v.strKonst()
	if begin, end := v.ends(); !ok && begin+end != "" {
		s, ok = begin+hole+end, true
	}
	if ok {
		var out []*Value
		for _, w := range strings.Fields(s) {
			if strings.Contains(w, hole) {
				out = append(out, nil)
				continue
			}
			out = append(out, f.constant(&ir.Const{Kind: ir.Str, S: strings.Trim(w, `"'`)}))
		}
		return out
	}
	var out []*Value
	for i := range maxWords {
		x, ok := f.heapGet(st, v.symbol(), "["+itoa(i)+"]")
		if !ok {
			break
		}
		out = append(out, x)
	}
	return out
}

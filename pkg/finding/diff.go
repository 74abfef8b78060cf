package finding

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/bluekeyes/go-gitdiff/gitdiff"

	"github.com/pickletrace/pickletrace/pkg/text"
)

// A finding belongs to a change if anything on its way was changed: the source, a step between, the sink. It also
// belongs to a change that took a check away, and then no line of the flow need be touched:
//
//	 def load(url):
//	     data = fetch(url)
//	-    verify(data)
//	     return parse(data)
//
// What was removed is gone from the code that was analysed, so checks are looked for in the removed lines: a statement
// that tests, raises or calls, in a function the flow goes through, or in a function that such a function calls.

// A removed line that comes back in the same place with all its words and operators was edited, not removed, unless it
// is a decision.

// Changes are the lines that differ between two states of a repository.
type Changes struct {
	files map[string]*fileChange // by the new path
	lost  []string               // names of functions whose definition was removed
	any   bool                   // something was changed, if only a file removed
}

// fileChange has the lines of one file.
type fileChange struct {
	whole   bool         // every line counts as changed
	added   map[int]bool // numbers in the new state
	removed []removal
}

// A removal is a removed line that may have been a check.
type removal struct {
	before int // the line of the new state it stood in front of
	indent int // its columns of indentation
}

// ParseDiff reads the output of git diff, with any number of context lines and the usual prefixes a/ and b/.
func ParseDiff(diff []byte) (*Changes, error) {
	files, _, err := gitdiff.Parse(bytes.NewReader(diff))
	if err != nil {
		return nil, fmt.Errorf("reading the diff: %w", err)
	}
	c := &Changes{files: map[string]*fileChange{}}
	for _, f := range files {
		c.any = true
		fc := &fileChange{added: map[int]bool{}, whole: f.IsBinary} // git was told not to look into it
		for _, frag := range f.TextFragments {
			c.fragment(fc, frag, text.IsNotebook(f.NewName))
		}
		if !f.IsDelete {
			c.files[f.NewName] = fc
		}
	}
	return c, nil
}

// Whole makes every line of a file count as changed, because it is new or nothing is known of its changes.
func (c *Changes) Whole(path string) { c.files[path], c.any = &fileChange{whole: true}, true }

// Empty says whether nothing was changed at all.
func (c *Changes) Empty() bool { return !c.any }

// fragment goes through the runs of removed and added lines between lines that stayed.
func (c *Changes) fragment(fc *fileChange, frag *gitdiff.TextFragment, notebook bool) {
	line := int(frag.NewPosition)
	if frag.NewLines == 0 {
		line++ // git gives the line before an empty range
	}
	var gone, come []string
	at := line
	flush := func() {
		c.run(fc, at, gone, come)
		gone, come = nil, nil
	}
	for _, l := range frag.Lines {
		switch l.Op {
		case gitdiff.OpAdd:
			fc.added[line] = true
			come = append(come, codeOf(l.Line, notebook))
			line++
		case gitdiff.OpDelete:
			gone = append(gone, codeOf(l.Line, notebook))
		default:
			flush()
			line++
			at = line
		}
	}
	flush()
}

// codeOf gives the code on a line of a diff: in a notebook it is a JSON string.
func codeOf(line string, notebook bool) string {
	var code string
	if notebook && json.Unmarshal([]byte(strings.TrimSuffix(strings.TrimSpace(line), ",")), &code) == nil {
		return code
	}
	return line
}

// run notes what was removed in one place.
func (c *Changes) run(fc *fileChange, at int, gone, come []string) {
	for _, line := range gone {
		l := lex(&text.File{Text: []byte(line)})
		if len(l.stmts) == 0 || slices.ContainsFunc(come, func(other string) bool { return keepsAll(other, l) }) {
			continue
		}
		if name := l.defines(&l.stmts[0]); name != "" {
			c.lost = append(c.lost, name)
		}
		if l.mayCheck(&l.stmts[0]) {
			fc.removed = append(fc.removed, removal{at, l.stmts[0].indent})
		}
	}
}

// keepsAll says whether the line does at least what the removed one did: a decision must be the same word for word, of
// any other statement all words and operators must be there. The text of strings does not count.
func keepsAll(line string, removed *lexed) bool {
	l := lex(&text.File{Text: []byte(line)})
	have, want := l.words(), removed.words()
	if len(want) > 0 && slices.Contains(decisions, want[0]) {
		return slices.Equal(have, want)
	}
	count := map[string]int{}
	for _, w := range have {
		count[w]++
	}
	for _, w := range want {
		if count[w]--; count[w] < 0 {
			return false
		}
	}
	return true
}

// words gives all tokens but strings.
func (l *lexed) words() []string {
	var out []string
	for _, s := range l.stmts {
		for _, t := range s.tokens {
			if t.kind != tokenString {
				out = append(out, string(l.src[t.start:t.end]))
			}
		}
	}
	return out
}

var decisions = []string{"assert", "elif", "except", "if", "raise", "while"}

var checkWords = []string{"assert", "break", "continue", "elif", "else", "except", "if", "raise", "return", "try", "while", "with"}

// mayCheck says whether a statement could be a check or a part of one: it decides, leaves, compares or calls.
func (l *lexed) mayCheck(s *statement) bool {
	first := l.nth(s, 0)
	if _, ok := slices.BinarySearch(checkWords, first); ok {
		return true
	}
	if first == "import" || first == "from" {
		return false
	}
	return slices.ContainsFunc(s.tokens, func(t token) bool { return l.src[t.start] == '(' || l.src[t.start] == '@' })
}

// nth gives the text of a token; "" if the statement has fewer.
func (l *lexed) nth(s *statement, i int) string {
	if i >= len(s.tokens) {
		return ""
	}
	return string(l.src[s.tokens[i].start:s.tokens[i].end])
}

// defines gives the name of the function that the statement defines; "" if it defines none.
func (l *lexed) defines(s *statement) string {
	if l.nth(s, 0) == "def" {
		return l.nth(s, 1)
	}
	if l.nth(s, 0) == "async" && l.nth(s, 1) == "def" {
		return l.nth(s, 2)
	}
	return ""
}

// enclosing gives the index of the statement that defines the innermost function around statement i and is indented
// less than the given columns; -1 for the module. A definition lies in its own function.
func (l *lexed) enclosing(i, indent int) int {
	for ; i >= 0; i-- {
		s := &l.stmts[i]
		if s.indent < indent && l.defines(s) != "" {
			return i
		}
		indent = min(indent, s.indent+1)
	}
	return -1
}

// owners gives, for each statement, the one that defines the innermost function around it; -1 for the module.
func (l *lexed) owners() []int {
	if l.owner != nil {
		return l.owner
	}
	l.owner = make([]int, len(l.stmts))
	var open []int
	for i := range l.stmts {
		s := &l.stmts[i]
		for len(open) > 0 && l.stmts[open[len(open)-1]].indent >= s.indent && l.stmts[open[len(open)-1]].first != s.first {
			open = open[:len(open)-1]
		}
		if l.defines(s) != "" {
			open = append(open, i)
		}
		l.owner[i] = -1
		if len(open) > 0 {
			l.owner[i] = open[len(open)-1]
		}
	}
	return l.owner
}

// Changed takes the findings out that have nothing to do with the changes. Files are all that were scanned.
func (c *Changes) Changed(fs []Finding, files []*text.File) (kept, rest []Finding) {
	d := &differ{Changes: c, lex: lexers{}, weak: map[string]bool{}, weakIn: map[*text.File]map[int]bool{}}
	for _, name := range c.lost {
		d.weak[name] = true
	}
	for _, f := range files {
		if fc := c.files[f.Path]; fc != nil {
			d.weaken(f, fc)
		}
	}
	return Narrow(fs, d.step)
}

type differ struct {
	*Changes
	lex    lexers
	weak   map[string]bool             // plain names of functions that may have lost a check
	weakIn map[*text.File]map[int]bool // the same, as the statements that define them; -1 is the module
}

// weaken notes the functions of a file out of which a check may have been taken.
func (d *differ) weaken(f *text.File, fc *fileChange) {
	l := d.lex.of(f)
	for i := 0; fc.whole && i < len(l.stmts); i++ {
		if name := l.defines(&l.stmts[i]); name != "" {
			d.weak[name] = true
		}
	}
	for _, r := range fc.removed {
		above := sort.Search(len(l.stmts), func(i int) bool { return f.Position(l.stmts[i].start).Line >= r.before }) - 1
		fn := l.enclosing(above, r.indent)
		if d.weakIn[f] == nil {
			d.weakIn[f] = map[int]bool{}
		}
		d.weakIn[f][fn] = true
		if fn >= 0 {
			d.weak[l.defines(&l.stmts[fn])] = true
		}
	}
}

// step says whether the statement of a step was changed, or a check taken out of its function or of one called there.
func (d *differ) step(s *Step) bool {
	if s.File == nil {
		return false
	}
	l := d.lex.of(s.File)
	i := l.at(s.Span.Start)
	if i < 0 {
		return false
	}
	if fc := d.files[s.File.Path]; fc != nil {
		first, last := s.File.Position(l.stmts[i].start).Line, s.File.Position(l.stmts[i].end).Line
		for n := first; n <= last; n++ {
			if fc.whole || fc.added[n] {
				return true
			}
		}
	}
	fn := l.owners()[i]
	return d.weakIn[s.File][fn] || d.callsWeak(l, fn)
}

// callsWeak says whether a function's text calls one that may have lost a check.
func (d *differ) callsWeak(l *lexed, fn int) bool {
	if len(d.weak) == 0 {
		return false
	}
	for i, owner := range l.owners() {
		if i == fn || owner != fn {
			continue
		}
		s := &l.stmts[i]
		for k := range s.tokens {
			if d.weak[l.nth(s, k)] && l.nth(s, k+1) == "(" {
				return true
			}
		}
	}
	return false
}

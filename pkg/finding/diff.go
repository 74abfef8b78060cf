package finding

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/bluekeyes/go-gitdiff/gitdiff"

	"github.com/pickletrace/pickletrace/pkg/text"
)

// Changes are the lines that differ between two states of a repository.
type Changes struct {
	files map[string]*fileChange // by the new path
	gone  []string               // files that were removed
	any   bool                   // something was changed, if only a file removed
}

// fileChange has the lines of one file.
type fileChange struct {
	before  string       // its path before; "" if it is new
	whole   bool         // every line counts as changed
	added   map[int]bool // numbers in the new state
	removed []removal
	hunks   []Hunk
}

// A removal is a removed line that may have been a check: it tests, raises or calls. One that comes back in the same place
// with all its words and operators was edited, not removed, unless it is a decision.
type removal struct {
	before int    // the line of the new state it stood in front of
	indent int    // its columns of indentation
	line   int    // its number in the old state
	text   string // without blanks around it
}

// A Hunk is what one place of a file was and is.
type Hunk struct {
	Line, Before int // numbers of the first lines, now and before
	Gone, Come   []string
}

// A FileChange is one file that differs.
type FileChange struct {
	Path, Before string // now and before; "" where it is not there
	Hunks        []Hunk // nil if every line counts
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
		if !f.IsNew {
			fc.before = f.OldName
		}
		for _, frag := range f.TextFragments {
			fc.fragment(frag, text.IsNotebook(f.NewName))
		}
		if f.IsDelete {
			c.gone = append(c.gone, f.OldName)
		} else {
			c.files[f.NewName] = fc
		}
	}
	return c, nil
}

// Whole makes every line of a file count as changed, because it is new or nothing is known of its changes.
func (c *Changes) Whole(path string) { c.files[path], c.any = &fileChange{whole: true}, true }

// Rewritten makes every line of a file that was there before count as changed.
func (c *Changes) Rewritten(path string) {
	c.files[path], c.any = &fileChange{whole: true, before: path}, true
}

// Empty says whether nothing was changed at all.
func (c *Changes) Empty() bool { return !c.any }

// Files gives what differs, in order of path.
func (c *Changes) Files() []FileChange {
	var out []FileChange
	for path, fc := range c.files {
		out = append(out, FileChange{Path: path, Before: fc.before, Hunks: fc.hunks})
	}
	for _, path := range c.gone {
		out = append(out, FileChange{Before: path})
	}
	slices.SortFunc(out, func(a, b FileChange) int { return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Before, b.Before)) })
	return out
}

// PathBefore gives where a file was before, "" if it is new, and whether it differs at all.
func (c *Changes) PathBefore(path string) (before string, changed bool) {
	return c.pathBefore(path), c.files[path] != nil
}

// pathBefore gives where a file was before; "" if it is new.
func (c *Changes) pathBefore(path string) string {
	if fc := c.files[path]; fc != nil {
		return fc.before
	}
	return path
}

// fragment goes through the runs of removed and added lines between lines that stayed.
func (fc *fileChange) fragment(frag *gitdiff.TextFragment, notebook bool) {
	line, old := int(frag.NewPosition), int(frag.OldPosition)
	if frag.NewLines == 0 {
		line++ // git gives the line before an empty range
	}
	if frag.OldLines == 0 {
		old++
	}
	var gone, come []string
	at, from := line, old
	flush := func() {
		if len(gone)+len(come) > 0 {
			fc.run(Hunk{Line: at, Before: from, Gone: gone, Come: come})
		}
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
			old++
		default:
			flush()
			line++
			old++
			at, from = line, old
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
func (fc *fileChange) run(h Hunk) {
	fc.hunks = append(fc.hunks, h)
	for i, line := range h.Gone {
		l := lex(&text.File{Text: []byte(line)})
		if len(l.stmts) == 0 || slices.ContainsFunc(h.Come, func(other string) bool { return keepsAll(other, l) }) {
			continue
		}
		if l.mayCheck(&l.stmts[0]) {
			fc.removed = append(fc.removed, removal{h.Line, l.stmts[0].indent, h.Before + i, strings.TrimSpace(line)})
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

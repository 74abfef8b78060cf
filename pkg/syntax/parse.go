package syntax

import (
	"fmt"

	_ "github.com/smacker/go-tree-sitter"        // the parser library, for its symbols
	_ "github.com/smacker/go-tree-sitter/python" // the grammar, likewise

	"github.com/pickletrace/pickletrace/pkg/text"
)

const (
	// maxDepth is the deepest tree that is kept whole. CPython compiles nothing this deep, and those who walk the
	// tree by recursion need a bound.
	maxDepth = 10_000

	// maxText is the longest text that is parsed, in bytes. A hostile one takes 400 times its size in memory.
	maxText = 32 << 20
)

// Parse reads the file's text into a tree. The tree always has a module as its root: what did not parse is in it as
// KindError, and a Problem tells. Parse may be called by any number of goroutines at a time.
func Parse(f *text.File) (*Tree, []text.Problem) {
	t := &Tree{File: f, Nodes: []Node{{Kind: KindModule, Named: true, Next: 1}}}
	if len(f.Text) > maxText {
		return t, []text.Problem{t.problem(text.Failed, "too-large", 0,
			fmt.Sprintf("not analysed: %d bytes of code, more than %d are not parsed", len(f.Text), maxText))}
	}
	w := takeWorker()
	defer w.release()
	r, ok := w.parseRepaired(f.Text)
	switch {
	case !ok:
		return t, []text.Problem{t.problem(text.Failed, "wide-indentation", 0,
			"not analysed: the code is indented more levels deep than Python allows")}
	case r.nodes == nil:
		return t, []text.Problem{t.problem(text.Failed, "parser-gave-up", 0,
			"not analysed: parsing takes too long; the file is damaged or made to do so")}
	}
	t.Nodes, t.Errors = r.nodes, r.errors
	return t, t.problems(r)
}

// parseRepaired parses src. Where the parser is known to misread valid code, it is given a copy that means the same;
// spans are those in src. It reports false if the indentation could not be repaired.
func (w *worker) parseRepaired(src []byte) (raw, bool) {
	if layoutSuspect(src) {
		fix := findRepairs(src, fixLayout|fixTypeCalls)
		if fix.tooDeep {
			return raw{}, false
		}
		if len(fix.edits) > 0 {
			return w.parseEdited(src, findRepairs(src, fixAll)), true
		}
	}
	r := w.parse(src)
	if r.aliases {
		if fix := findRepairs(src, fixTypeCalls); len(fix.edits) > 0 {
			r = w.parseEdited(src, fix)
		}
	}
	if r.total > 0 {
		if fix := findRepairs(src, fixAll&^fixLayout); len(fix.edits) > 0 {
			if again := w.parseEdited(src, fix); again.nodes != nil && again.total < r.total {
				return again, true
			}
		}
	}
	restoreSplats(r)
	return r, true
}

// parseEdited parses src with the repairs made and gives the tree with spans in src itself.
func (w *worker) parseEdited(src []byte, fix repairs) raw {
	edited, places := applyEdits(src, fix.edits)
	r := w.parse(edited)
	restoreSplats(r)
	for i := range r.nodes {
		n := &r.nodes[i]
		if n.Kind == KindExceptClause && fix.groups[places.start(n.Span.Start)] {
			n.Kind = KindExceptGroupClause
		}
		n.Span = places.span(n.Span)
	}
	for i := range r.errors {
		r.errors[i] = places.span(r.errors[i])
	}
	return r
}

func (t *Tree) problem(s text.Severity, kind string, off int32, msg string) text.Problem {
	p := text.Problem{Path: t.File.Path, Severity: s, Kind: kind, Msg: msg}
	if s != text.Failed {
		p.Line = t.File.Position(off).Line
	}
	return p
}

// problems tells what of the file is not in the tree as it should be: one Problem for each kind of loss.
func (t *Tree) problems(r raw) []text.Problem {
	var ps []text.Problem
	if r.total > 0 {
		msg := "syntax error"
		if r.total > 1 {
			msg = fmt.Sprintf("syntax error here and at %d more places", r.total-1)
		}
		ps = append(ps, t.problem(text.Partial, "syntax-error", r.errors[0].Start, msg+"; what surrounds it may not have been analysed"))
	}
	if r.cut > 0 {
		ps = append(ps, t.problem(text.Partial, "too-deep", t.firstCut(),
			fmt.Sprintf("code nested more than %d levels deep was not analysed", maxDepth)))
	}
	return ps
}

// firstCut gives where the first subtree was cut off: the first error node as deep as the limit.
func (t *Tree) firstCut() int32 {
	var open []int32
	for i := range t.Nodes {
		for len(open) > 0 && t.Nodes[open[len(open)-1]].Next <= int32(i) {
			open = open[:len(open)-1]
		}
		open = append(open, int32(i))
		if len(open) == maxDepth && t.Nodes[i].Kind == KindError {
			return t.Nodes[i].Span.Start
		}
	}
	return 0
}

package syntax

import (
	"sort"

	"github.com/pickletrace/pickletrace/pkg/text"
)

// ParseSkeleton reads the file's text without the suites, which are in order, as if there were one expression in the place
// of each. Spans are those in the file. It reports false if anything about the text is odd: Parse has to read it as a whole
// then.
func ParseSkeleton(f *text.File, suites []text.Suite) (*Tree, bool) {
	if len(f.Text) > maxText || layoutSuspect(f.Text) {
		return nil, false
	}
	edits := make([]edit, len(suites))
	for i, s := range suites {
		edits[i] = edit{s.Start, s.End, "0"}
	}
	edited, places := applyEdits(f.Text, edits)
	w := takeWorker()
	defer w.release()
	r := w.parse(edited)
	if r.nodes == nil || r.total > 0 || r.cut > 0 || r.aliases {
		return nil, false
	}
	restoreSplats(r)
	places.moveBack(r.nodes)
	return &Tree{File: f, Nodes: r.nodes}, true
}

// ParseSuite reads a function of the file by itself, without its decorators. It gives its tree and the node of the
// definition, with spans in the file. It reports false if anything about the text is odd.
func ParseSuite(f *text.File, s text.Suite) (t *Tree, def int32, ok bool) {
	w := takeWorker()
	defer w.release()
	r, ok := w.parseRepaired(f.Text[s.Def:s.Next])
	if !ok || r.nodes == nil || r.total > 0 || r.cut > 0 {
		return nil, 0, false
	}
	for i := range r.nodes {
		r.nodes[i].Span.Start += s.Def
		r.nodes[i].Span.End += s.Def
	}
	t = &Tree{File: f, Nodes: r.nodes}
	for c := range t.Kids(0) {
		switch n := &t.Nodes[c]; {
		case n.Kind == KindComment:
		case n.Kind == KindFunctionDefinition && n.Span.Start == s.Def && def == 0:
			def = c
		default:
			return nil, 0, false
		}
	}
	return t, def, def > 0
}

// Definition gives the node of the function definition that begins at the offset, -1 if there is none.
func (t *Tree) Definition(start int32) int32 {
	first := sort.Search(len(t.Nodes), func(i int) bool { return t.Nodes[i].Span.Start >= start })
	for i := first; i < len(t.Nodes) && t.Nodes[i].Span.Start == start; i++ {
		if t.Nodes[i].Kind == KindFunctionDefinition {
			return int32(i)
		}
	}
	return -1
}

// moveBack gives nodes in preorder their spans in the original.
func (m placeMap) moveBack(nodes []Node) {
	at := 0 // run of the node at hand
	for i := range nodes {
		s := &nodes[i].Span
		if at+1 < len(m) && m[at+1].at <= s.Start {
			for at+1 < len(m) && m[at+1].at <= s.Start {
				at++
			}
		} else if m[at].at > s.Start {
			at = max(0, sort.Search(len(m), func(i int) bool { return m[i].at > s.Start })-1)
		}
		if r := m[at]; r.kept && (at+1 == len(m) || s.End <= m[at+1].at) {
			by := r.src - r.at
			s.Start, s.End = s.Start+by, s.End+by
			continue
		}
		*s = m.span(*s)
	}
}

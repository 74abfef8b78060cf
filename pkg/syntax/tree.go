// Package syntax parses Python.
//
// It takes a text.File and gives its concrete syntax tree as a flat array, copied out of the parser's memory in one
// call. It is the only package that knows the parser library, and all of the program's C. It promises that whatever
// the bytes are the tree is well-formed (each node lies in its parent), no deeper than a recursion can follow, the same
// on every machine, and that what is missing from it is told in a Problem. Where the parser misreads valid Python, the
// tree is repaired (repair.go, newsyntax.go, splat.go). It checks nothing that CPython's compiler checks after parsing.
package syntax

import "github.com/pickletrace/pickletrace/pkg/text"

// A Tree is the concrete syntax tree of one file in preorder, copied out of the parser's memory.
// Nodes[0] is the module. Anonymous tokens (keywords, punctuation) are kept: operators need them.
type Tree struct {
	File   *text.File
	Nodes  []Node
	Errors []text.Span // of ERROR and MISSING nodes, in order of position; at most 100
}

// A Node is one syntax node. Its first child, if any, is the next element of Tree.Nodes.
type Node struct {
	Kind  Kind  // see kind.go; KindError for what did not parse
	Field Field // the grammar field this node fills in its parent; NoField if none
	Named bool
	Span  text.Span // byte offsets in File.Text
	Next  int32     // index just past this node's subtree: its next sibling, if it has one
}

// Kids calls yield with the index of each child of node i, in order, until it returns false.
func (t *Tree) Kids(i int32) func(yield func(int32) bool) {
	return func(yield func(int32) bool) {
		end := t.Nodes[i].Next
		for c := i + 1; c < end; c = t.Nodes[c].Next {
			if !yield(c) {
				return
			}
		}
	}
}

// Child gives the first child of node i that fills the field, or -1.
func (t *Tree) Child(i int32, f Field) int32 {
	for c := range t.Kids(i) {
		if t.Nodes[c].Field == f {
			return c
		}
	}
	return -1
}

// Text gives the source text of node i.
func (t *Tree) Text(i int32) string {
	s := t.Nodes[i].Span
	return string(t.File.Text[s.Start:s.End])
}

// Name gives the name that identifier i stands for. It differs from Text where the source uses letters that Python
// takes for others: identifiers are compared in normal form NFKC.
func (t *Tree) Name(i int32) string {
	s := t.Nodes[i].Span
	return text.Identifier(t.File.Text[s.Start:s.End])
}

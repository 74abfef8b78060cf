package syntax

// #include <stdlib.h>
// #include "dump.h"
import "C"

import (
	"fmt"
	"unsafe"

	_ "github.com/smacker/go-tree-sitter"        // the parser library, for its symbols
	_ "github.com/smacker/go-tree-sitter/python" // the grammar, likewise

	"github.com/pickletrace/pickletrace/pkg/text"
)

// maxDepth is the deepest tree that is kept whole: no Python interpreter compiles code this deep, and those who walk
// the tree by recursion need a bound.
const maxDepth = 10_000

// Parse reads the file's text into a tree. The tree is never nil: what did not parse is in it as KindError, and a
// Problem tells.
func Parse(f *text.File) (*Tree, []text.Problem) {
	p := C.ts_parser_new()
	defer C.ts_parser_delete(p)
	C.ts_parser_set_language(p, C.tree_sitter_python())
	t := &Tree{File: f}
	var count C.uint32_t
	ct := C.pt_parse(p, (*C.char)(unsafe.Pointer(unsafe.SliceData(f.Text))), C.uint32_t(len(f.Text)), &count)
	if ct == nil {
		t.Nodes = []Node{{Kind: KindModule, Named: true, Next: 1}}
		return t, []text.Problem{{Path: f.Path, Severity: text.Failed, Kind: "parser-gave-up", Msg: "the parser gave up on this file"}}
	}
	t.Nodes = make([]Node, count)
	d := (*C.pt_dump)(C.calloc(1, C.sizeof_pt_dump))
	defer C.free(unsafe.Pointer(d))
	language().configure(d)
	n := C.pt_dump_tree(ct, (*C.pt_node)(unsafe.Pointer(unsafe.SliceData(t.Nodes))), count, d)
	if n < 0 {
		panic(fmt.Sprintf("%s: the tree has more than the %d nodes it announced", f.Path, count))
	}
	t.Nodes = t.Nodes[:n]
	for i := range min(int(d.error_total), int(C.PT_MAX_ERRORS)) {
		t.Errors = append(t.Errors, text.Span{Start: int32(d.errors[2*i]), End: int32(d.errors[2*i+1])})
	}
	var problems []text.Problem
	if len(t.Errors) > 0 {
		problems = append(problems, text.Problem{Path: f.Path, Line: f.Position(t.Errors[0].Start).Line,
			Severity: text.Partial, Kind: "syntax-error", Msg: "syntax error"})
	}
	return t, problems
}

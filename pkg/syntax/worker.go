package syntax

// #include "dump.h"
import "C"

import (
	"fmt"
	"sync"
	"unsafe"

	"github.com/pickletrace/pickletrace/pkg/text"
)

// Limits of one parse, counted and not timed, so that a file is given up on every machine or on none. No file of
// 25,000 real ones needs a twentieth of the memory or a fifth of the pieces.
const (
	baseBytes    = 64 << 20 // of memory allocated, freed or not
	bytesPerByte = 3000     // of text
	basePieces   = 1000     // of text given to the parser
	piecesPerKB  = 200
)

// A worker has the memory that one parse at a time uses.
type worker struct {
	job  C.pt_job
	dump C.pt_dump
}

// idle keeps workers for the next file. Those that find no place in it free their memory.
var idle = make(chan *worker, 32)

var installArena = sync.OnceFunc(func() { C.pt_arena_install() })

func takeWorker() *worker {
	select {
	case w := <-idle:
		return w
	default:
	}
	installArena()
	w := &worker{}
	w.job.arena = C.pt_arena_new()
	language().configure(&w.dump)
	return w
}

func (w *worker) release() {
	C.pt_arena_clear(w.job.arena)
	select {
	case idle <- w:
	default:
		C.pt_arena_delete(w.job.arena)
	}
}

// A raw tree is what one call of the parser gives.
type raw struct {
	nodes   []Node      // nil if the parser was stopped at a limit
	errors  []text.Span // the first ones
	total   int         // of errors
	cut     int         // subtrees that were cut off because they are too deep
	splats  bool        // there may be a list_splat at a place where Python has none
	aliases bool        // there is a type_alias_statement
}

// parse gives the tree of src.
func (w *worker) parse(src []byte) raw {
	if !w.build(src) {
		return raw{}
	}
	return w.dumpTree()
}

// build makes the parser's own tree of src in the arena. It reports false if the parser was stopped at a limit.
func (w *worker) build(src []byte) bool {
	w.job.max_bytes = C.uint64_t(baseBytes + bytesPerByte*len(src))
	w.job.max_reads = C.uint64_t(basePieces + piecesPerKB*len(src)/1024)
	C.pt_parse(&w.job, (*C.char)(unsafe.Pointer(unsafe.SliceData(src))), C.uint32_t(len(src)))
	return w.job.tree != nil
}

// dumpTree copies out the tree that build made.
func (w *worker) dumpTree() raw {
	d := &w.dump
	d.cut, d.error_total, d.splats, d.aliases = 0, 0, 0, 0
	nodes := make([]Node, w.job.count)
	n := C.pt_dump_tree(&w.job, (*C.pt_node)(unsafe.Pointer(unsafe.SliceData(nodes))), d)
	if n < 0 {
		panic(fmt.Sprintf("the tree has more than the %d nodes it announced", w.job.count))
	}
	r := raw{nodes: nodes[:n], total: int(d.error_total), cut: int(d.cut), splats: d.splats > 0, aliases: d.aliases > 0}
	for i := range min(r.total, int(C.PT_MAX_ERRORS)) {
		r.errors = append(r.errors, text.Span{Start: int32(d.errors[2*i]), End: int32(d.errors[2*i+1])})
	}
	return r
}

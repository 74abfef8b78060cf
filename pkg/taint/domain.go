package taint

import (
	"github.com/pickletrace/pickletrace/pkg/program"
	"github.com/pickletrace/pickletrace/pkg/rule"
)

// What the analysis keeps is not one heap of tables. Each part owns some, is embedded in eval, and has the methods that need
// nothing else: given and domain here, textIndex (mention.go), summaryTable (eval.go), callGraph (call.go), cellStore
// (static.go), classTable (class.go), entryState (entry.go), ledger (sink.go), audience (probe.go).

// given is what the analysis was asked: what it reads of these is the same from first to last.
type given struct {
	prog *program.Program
	pack *rule.Pack
	opts *Options
}

// domain interns what values are made of: symbols, heap segments, origins, reasons. It knows neither program nor state.
type domain struct {
	syms    *symTab
	segs    *segTab
	fnIDs   map[*program.Fn]int
	origins map[originKey]*Origin
	reasons []string    // why checks do not count in full
	bound   map[sym]sym // what was bound to a module-level name that stands for it since; noSym for several things
}

type originKey struct {
	kind  OriginKind
	input int
	path  string
	src   *rule.Source
	what  *rule.Kind
	fn    *program.Fn
	start int32
}

// Package taint finds where data of a source reaches a sink.
//
// It takes a linked program and a rule pack and gives findings with traces. It interprets functions abstractly, with
// a summary per function (and per context of constants, functions and classes that a caller passes), starting from
// the functions that contain a sink and going outwards to everything that may call them. It knows no library: names
// mean what the pack says, and what the pack does not name passes on what it is given.
//
// Deliberately missed: implicit flows, attributes stored under computed names, metaclasses, exec and eval.
package taint

import (
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/program"
	"github.com/pickletrace/pickletrace/pkg/rule"
)

// Analyze finds the flows of a program.
func Analyze(prog *program.Program, pack *rule.Pack, opts *Options) ([]finding.Finding, Stats) {
	ev := newEval(prog, pack, opts)
	ev.run()
	return ev.findings(), ev.stats
}

func newEval(prog *program.Program, pack *rule.Pack, opts *Options) *eval {
	if opts == nil {
		opts = &Options{}
	}
	ev := &eval{given: given{prog: prog, pack: pack, opts: opts}}
	ev.domain = domain{syms: newSymTab(), segs: newSegTab(&ev.stats.Met), fnIDs: map[*program.Fn]int{}, origins: map[originKey]*Origin{}, bound: map[sym]sym{}}
	ev.textIndex = newTextIndex()
	ev.summaryTable = newSummaryTable()
	ev.callers = map[*program.Fn]map[*program.Fn]bool{}
	ev.cellStore = newCellStore()
	ev.classTable = classTable{classes: map[*program.Class]*classInfo{}, defaults: map[*program.Fn]map[string]*Value{}, staying: map[stayKey]bool{}}
	ev.entryState = newEntryState()
	ev.ledger = ledger{sites: map[siteKey]*site{}, fieldSinks: map[string][]*fieldSink{}, open: map[*site][]opening{}, cleared: map[spot]bool{}, several: map[spot]bool{}, outputs: outputs{}, readsBelow: map[*program.Module]bool{}}
	ev.syms.outside = ev.sourceAttr
	ev.hasCode = slices.ContainsFunc(prog.Paths(), func(path string) bool { return !finding.IsTest(path) })
	ev.rel = newRelevance(ev)
	ev.entries = newEntryPoints(ev)
	ev.env = readEnvironment(prog, pack)
	return ev
}

// run interprets what may matter for a finding.
func (ev *eval) run() {
	w := &worklist{relay: map[*program.Fn][]*program.Class{}, ev: ev, seen: map[*program.Fn]bool{}}
	w.run()
	ev.offers()
	ev.tellPartly()
	ev.stats.Sites = len(ev.order)
	ev.stats.Functions, ev.stats.Followed = ev.prog.Size(), len(ev.fnIDs)
}

// libraryKind and unknownKind are the kinds the engine itself gives: see kinds in the core pack.
const (
	libraryKind = "library"
	unknownKind = "unknown"
)

// publicName says whether users outside the tree can call the function.
func publicName(fn *program.Fn) bool {
	for _, part := range strings.Split(fn.Qual, ".") {
		if strings.HasPrefix(part, "_") && !(strings.HasPrefix(part, "__") && strings.HasSuffix(part, "__")) {
			return false
		}
		if part == "<locals>" {
			return false
		}
	}
	return true
}

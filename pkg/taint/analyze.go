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
	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
	"github.com/pickletrace/pickletrace/pkg/rule"
)

// Options of an analysis.
type Options struct {
	// Versions says whether the versions of a library that the project of the file allows lie inside a PEP 440
	// specifier; known is false when nothing declares one. nil: no versions are known.
	Versions func(file, library, specifier string) (in rule.Tri, known bool)
	// Quiet names source kinds whose flows are raised to warning by the user's threat model; see finding levels.
	Raised map[string]bool
	// Lowered names kinds that are not part of the user's threat model: their flows become notes.
	Lowered map[string]bool
}

// Stats says how much was looked at, and where a limit of work was met.
type Stats struct {
	Functions    int // in all modules
	Analysed     int // functions interpreted
	Activations  int // interpretations, contexts and rounds counted
	UnknownCalls int // calls of something unknown
	NameCalls    int // calls resolved by method name alone
	Sites        int // dangerous calls
	DepthCut     int // calls not entered because of their depth
	StepCut      int // functions cut short
	ContextCut   int // contexts merged into the top one
	PendingCut   int // open sinks dropped
	WriteCut     int // functions whose effects were cut short
}

// Analyze finds the flows of a program.
func Analyze(prog *program.Program, pack *rule.Pack, opts *Options) ([]finding.Finding, Stats) {
	if opts == nil {
		opts = &Options{}
	}
	ev := &eval{prog: prog, pack: pack, opts: opts, syms: newSymTab(), memo: map[memoKey]*summary{}, fnIDs: map[*program.Fn]int{},
		origins: map[originKey]*Origin{}, classes: map[*program.Class]*classInfo{}, sites: map[siteKey]*site{},
		fieldSinks: map[string][]*fieldSink{}, cells: map[cellKey]*Value{}, byObj: map[sym][]string{}, readers: map[cellKey]map[*program.Fn]bool{}, grown: map[cellKey]bool{}, selfStored: map[string]bool{}, contexts: map[*program.Fn]int{}, defaults: map[*program.Fn]map[string]*Value{}, callers: map[*program.Fn]map[*program.Fn]bool{}}
	ev.entries = newEntryPoints(ev)
	w := newWorklist(ev)
	w.run()
	ev.stats.Sites = len(ev.order)
	ev.stats.Analysed = len(ev.fnIDs)
	return ev.findings(), ev.stats
}

// worklist decides which functions are interpreted as roots: those that name a sink, those that may call a function
// with open sinks, and those that store attributes that reach one.
type worklist struct {
	ev    *eval
	users map[string][]*program.Fn // identifier → functions that mention it, in program order
	queue []*program.Fn
	seen  map[*program.Fn]bool
	names map[string]bool // names already looked for
}

func newWorklist(ev *eval) *worklist {
	w := &worklist{ev: ev, users: map[string][]*program.Fn{}, seen: map[*program.Fn]bool{}, names: map[string]bool{}}
	for _, m := range ev.prog.Modules {
		for _, fn := range m.Fns {
			ev.stats.Functions++
			for _, n := range fn.SelfStores {
				ev.selfStored[n] = true
			}
			for _, n := range fn.Names {
				name := m.IR.Strings[n]
				w.users[name] = append(w.users[name], fn)
			}
		}
	}
	return w
}

// nearby marks the functions that mention a sink or a source, or mention such a function, up to some steps: names and
// functions. Calls that can only be resolved by a method's name are followed to these alone, and a long function that
// is none of them is not interpreted just because it is called.
func (w *worklist) nearby() (names map[string]bool, near map[*program.Fn]bool) {
	names, near = map[string]bool{}, map[*program.Fn]bool{}
	words := slices.Concat(w.ev.pack.Words(), w.ev.pack.SourceWords())
	for range nearbySteps {
		var next []string
		for _, word := range words {
			if commonNames[word] || len(w.users[word]) > maxUsers {
				continue
			}
			for _, fn := range w.users[word] {
				near[fn] = true
				name := fn.Name
				if fn.Owner != nil && strings.HasPrefix(name, "__") {
					name = fn.Owner.Name
				}
				if !names[name] {
					names[name] = true
					next = append(next, name)
				}
			}
		}
		words = next
	}
	return names, near
}

const (
	nearbySteps = 4
	maxUsers    = 400 // a name mentioned by more functions than this says nothing
	smallFunc   = 60  // instructions
)

// follow says whether a call of fn is interpreted, or taken to pass on what it is given.
func (ev *eval) follow(fn *program.Fn) bool {
	if ev.near[fn] || strings.HasPrefix(fn.Name, "__") || fn.Kind != ir.Plain {
		return true
	}
	n := 0
	for _, b := range fn.Blocks {
		n += len(b)
	}
	return n <= smallFunc
}

func (w *worklist) run() {
	w.ev.matters, w.ev.near = w.nearby()
	for _, word := range w.ev.pack.Words() {
		w.add(w.users[word])
	}
	for range maxFieldRounds {
		w.drain()
		w.staticRounds()
		fresh := w.fieldRound()
		if !fresh && len(w.ev.again) == 0 {
			return
		}
		for _, fn := range w.ev.again {
			delete(w.seen, fn)
			w.add([]*program.Fn{fn})
		}
		w.ev.again = nil
	}
	w.drain()
}

// staticRounds interprets functions again that read from static objects what others have stored there since.
func (w *worklist) staticRounds() {
	for range maxStaticRounds {
		w.staticWriters()
		w.drain()
		stale := w.ev.staleReaders()
		if len(stale) == 0 {
			return
		}
		for _, fn := range stale {
			delete(w.seen, fn)
		}
		w.ev.forget(stale)
		w.add(stale)
		w.drain()
	}
}

const maxStaticRounds = 2

// staticWriters queues the functions that may store what sinks read from static objects: those that mention the
// attribute, or the module-level name, and a source.
func (w *worklist) staticWriters() {
	for _, name := range w.ev.wantedNames() {
		if commonNames[name] || len(w.users[name]) > maxUsers {
			continue
		}
		for _, fn := range w.users[name] {
			if w.ev.near[fn] {
				w.add([]*program.Fn{fn})
			}
		}
	}
}

// forget drops the summaries of functions.
func (ev *eval) forget(fns []*program.Fn) {
	drop := map[*program.Fn]bool{}
	for _, fn := range fns {
		drop[fn] = true
	}
	for k := range ev.memo {
		if drop[k.fn] {
			delete(ev.memo, k)
		}
	}
}

// maxFieldRounds bounds how often attributes are joined: each round can cross one attribute of an object.
const maxFieldRounds = 2

func (w *worklist) add(fns []*program.Fn) {
	for _, fn := range fns {
		if !w.seen[fn] {
			w.seen[fn] = true
			w.queue = append(w.queue, fn)
		}
	}
}

// drain interprets roots until no function with open sinks has callers left to look at.
func (w *worklist) drain() {
	for len(w.queue) > 0 {
		fn := w.queue[0]
		w.queue = w.queue[1:]
		s := w.ev.topSummary(fn)
		if slices.ContainsFunc(s.sinks, func(p *pending) bool { return !ownField(fn, p) }) {
			w.callers(fn)
		}
	}
}

// ownField says whether an open sink is fed by an attribute of the function's own object; stores find it then.
func ownField(fn *program.Fn, p *pending) bool {
	return fn.Owner != nil && p.fact.org.input == 0 && strings.HasPrefix(p.fact.org.path, "\x01.")
}

// callers adds the functions that mention the name a function is called by.
func (w *worklist) callers(fn *program.Fn) {
	switch {
	case fn.Kind == ir.Lambda || fn.Kind == ir.ModuleBody || fn.Kind == ir.ClassBody:
		return
	case fn.Owner != nil && (fn.Name == "__init__" || fn.Name == "__new__" || fn.Name == "__call__" || fn.Name == "__enter__"):
		w.mention(fn.Owner.Name)
	case fn.Parent > 0 && fn.Owner == nil:
		w.add([]*program.Fn{fn.Mod.Fns[fn.Parent]})
		w.mention(fn.Name)
	default:
		w.mention(fn.Name)
	}
}

func (w *worklist) mention(name string) {
	if w.names[name] {
		return
	}
	w.names[name] = true
	w.add(w.users[name])
}

// fieldRound joins attributes: open sinks below self become sinks of the stores. It says whether there is anything new.
func (w *worklist) fieldRound() bool {
	var fresh []*fieldSink
	for _, m := range w.ev.prog.Modules {
		for _, fn := range m.Fns {
			if w.seen[fn] {
				if s := w.ev.memo[memoKey{fn, ""}]; s != nil {
					fresh = append(fresh, w.ev.noteFields(fn, s)...)
				}
			}
		}
	}
	if len(fresh) == 0 {
		return false
	}
	// Summaries made before do not know these sinks: start anew, from the stores on.
	w.ev.memo = map[memoKey]*summary{}
	w.ev.contexts = map[*program.Fn]int{}
	w.seen = map[*program.Fn]bool{}
	w.names = map[string]bool{}
	for _, fs := range fresh {
		w.writers(fs)
	}
	return true
}

// writers queues the methods that store the attribute and the functions that make such objects.
func (w *worklist) writers(fs *fieldSink) {
	for _, m := range w.ev.prog.Modules {
		for _, c := range m.Class {
			if !related(c, fs.cls) {
				continue
			}
			w.mention(c.Name)
			for _, fn := range m.Fns {
				if fn.Owner == c && slices.Contains(fn.SelfStores, fs.name) {
					w.add([]*program.Fn{fn})
				}
			}
			for _, fn := range w.users[fs.name] {
				if fn.Owner == c {
					w.add([]*program.Fn{fn})
				}
			}
		}
	}
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

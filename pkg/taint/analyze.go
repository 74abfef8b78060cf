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
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// Options of an analysis.
type Options struct {
	// Versions says whether the versions of a library that the project of the file allows lie inside a PEP 440
	// specifier; known is false when nothing declares one. nil: no versions are known.
	Versions func(file, library, specifier string) (in rule.Tri, known bool)
	// Env gives the values that the project of the file gives an environment variable outside of its code. nil: none.
	Env func(name, file string) []string
	// Quiet names source kinds whose flows are raised to warning by the user's threat model; see finding levels.
	Raised map[string]bool
	// Lowered names kinds that are not part of the user's threat model: their flows become notes.
	Lowered map[string]bool
}

// Stats says how much was looked at, and where a limit of work was met.
type Stats struct {
	Functions    int            // in all modules
	Analysed     int            // functions interpreted
	Activations  int            // interpretations, contexts and rounds counted
	UnknownCalls int            // calls of something unknown
	NameCalls    int            // calls resolved by method name alone
	Sites        int            // dangerous calls
	DepthCut     int            // calls not entered because of their depth
	StepCut      int            // functions cut short
	ContextCut   int            // contexts merged into the top one
	PendingCut   int            // open sinks dropped
	WriteCut     int            // functions whose effects were cut short
	Broken       []text.Problem // functions that could not be followed because of a bug of ours
}

// Analyze finds the flows of a program.
func Analyze(prog *program.Program, pack *rule.Pack, opts *Options) ([]finding.Finding, Stats) {
	if opts == nil {
		opts = &Options{}
	}
	ev := &eval{prog: prog, pack: pack, opts: opts, syms: newSymTab(), memo: map[memoKey]*summary{}, fnIDs: map[*program.Fn]int{},
		origins: map[originKey]*Origin{}, classes: map[*program.Class]*classInfo{}, sites: map[siteKey]*site{},
		fieldSinks: map[string][]*fieldSink{}, cells: map[cellKey]*Value{}, byObj: map[sym][]string{}, readers: map[cellKey]map[*program.Fn]bool{}, grown: map[cellKey]bool{}, wanted: map[string]bool{}, wantedIn: map[*program.Module]bool{}, selfStored: map[string]bool{}, contexts: map[*program.Fn]int{}, open: map[*site][]opening{}, defaults: map[*program.Fn]map[string]*Value{}, callers: map[*program.Fn]map[*program.Fn]bool{}}
	ev.entries = newEntryPoints(ev)
	w := newWorklist(ev)
	ev.env = w.environment()
	w.run()
	ev.stats.Sites = len(ev.order)
	ev.stats.Analysed = len(ev.fnIDs)
	return ev.findings(), ev.stats
}

// worklist decides which functions are interpreted as roots: those that name a sink, those that may call a function
// with open sinks, and those that store attributes that reach one.
type worklist struct {
	ev      *eval
	users   map[string][]*program.Fn // identifier → functions that mention it, in program order
	queue   []*program.Fn
	seen    map[*program.Fn]bool
	words   map[*program.Module]map[string]bool
	aliases map[string][]alias
}

func newWorklist(ev *eval) *worklist {
	w := &worklist{ev: ev, users: map[string][]*program.Fn{}, seen: map[*program.Fn]bool{}, words: map[*program.Module]map[string]bool{}, aliases: map[string][]alias{}}
	for _, m := range ev.prog.Modules {
		w.words[m] = fileWords(m)
		w.noteAliases(m)
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
	fns := w.anchored("sink", "class", "source", "validator")
	for range nearbySteps {
		var next []*program.Fn
		for _, fn := range fns {
			if near[fn] {
				continue
			}
			near[fn] = true
			name := calledAs(fn)
			if names[name] || commonNames[name] || len(w.users[name]) > maxUsers {
				continue
			}
			names[name] = true
			next = append(next, w.users[name]...)
		}
		fns = next
	}
	return names, near
}

// calledAs is the name under which callers mention a function.
func calledAs(fn *program.Fn) string {
	if fn.Owner != nil && strings.HasPrefix(fn.Name, "__") {
		return fn.Owner.Name
	}
	return fn.Name
}

// anchored gives the functions that mention a name which rules of these sections are about, in a file that names its
// module.
func (w *worklist) anchored(sections ...string) []*program.Fn {
	var out []*program.Fn
	for _, a := range w.ev.pack.Anchors(sections...) {
		for _, fn := range w.users[a.Word] {
			if a.Heads == nil || slices.ContainsFunc(a.Heads, func(h string) bool { return w.words[fn.Mod][h] }) {
				out = append(out, fn)
			}
		}
		out = append(out, w.renamed(a)...)
	}
	return out
}

// renamed gives the functions that use the anchor under another name: `from pickle import loads as decode`.
func (w *worklist) renamed(a rule.Anchor) []*program.Fn {
	var out []*program.Fn
	for _, im := range w.aliases[a.Word] {
		head, _, _ := strings.Cut(im.module, ".")
		if a.Heads != nil && !slices.Contains(a.Heads, head) && !w.inTree(im) {
			continue
		}
		for _, fn := range w.users[im.bind] {
			if fn.Mod == im.mod {
				out = append(out, fn)
			}
		}
	}
	return out
}

// inTree says whether an import leads to a module of the tree, which may re-export anything.
func (w *worklist) inTree(im alias) bool { return im.mod.Resolve(im.module, im.level) != nil }

// An alias is an import that binds a name under another.
type alias struct {
	mod          *program.Module
	module, bind string
	level        int
}

func (w *worklist) noteAliases(m *program.Module) {
	for i := range m.IR.Imports {
		if im := &m.IR.Imports[i]; im.Name != "" && im.Bind != "" && im.Bind != im.Name {
			w.aliases[im.Name] = append(w.aliases[im.Name], alias{m, im.Module, im.Bind, im.Level})
		}
	}
}

// fileWords gives the identifiers a file mentions, names of imported modules included.
func fileWords(m *program.Module) map[string]bool {
	words := make(map[string]bool, len(m.IR.Strings))
	for _, s := range m.IR.Strings {
		words[s] = true
	}
	for i := range m.IR.Imports {
		for _, part := range strings.Split(m.IR.Imports[i].Module, ".") {
			words[part] = true
		}
		words[m.IR.Imports[i].Name] = true
	}
	return words
}

const (
	nearbySteps = 2
	maxUsers    = 40  // a name mentioned by more functions than this says little
	smallFunc   = 50  // instructions
	smallInit   = 120 // instructions of a constructor or another special method
)

// tired says how far the budget of interpretations is spent: above one budget no more contexts are opened and no call
// is resolved by a method's name alone; above two, only functions near a sink or source are followed into. A budget
// is a number of interpretations, never a time, so the same tree always meets it at the same place.
func (ev *eval) tired() int {
	return ev.stats.Activations / (baseBudget + ev.stats.Functions/budgetShare)
}

const (
	baseBudget  = 3000
	budgetShare = 20
)

// follow says whether a call of fn is interpreted, or taken to pass on what it is given.
func (ev *eval) follow(fn *program.Fn) bool {
	if ev.near[fn] || fn.Kind != ir.Plain {
		return true
	}
	if ev.tired() > 1 {
		return false
	}
	n := 0
	for _, b := range fn.Blocks {
		n += len(b)
	}
	if strings.HasPrefix(fn.Name, "__") {
		return n <= smallInit
	}
	return n <= smallFunc
}

func (w *worklist) run() {
	w.ev.matters, w.ev.near = w.nearby()
	w.add(w.anchored("sink", "class"))
	w.add(w.settingBodies())
	for _, m := range w.ev.prog.Modules {
		for _, c := range m.Class {
			if len(c.External()) > 0 && len(w.ev.classRules(c)) > 0 {
				w.add(w.users[c.Name]) // objects of the tree's own subclasses are used where the library is not named
			}
		}
	}
	for range maxFieldRounds {
		w.drain()
		w.staticRounds()
		fresh := w.fieldRound()
		if (!fresh && len(w.ev.again) == 0) || w.ev.tired() > 3 {
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
	for _, name := range slices.Sorted(maps.Keys(w.ev.wanted)) {
		if commonNames[name] || len(w.users[name]) > maxUsers {
			continue
		}
		for _, fn := range w.users[name] {
			if w.ev.near[fn] {
				w.add([]*program.Fn{fn})
			}
		}
	}
	for _, m := range w.ev.prog.Modules {
		if !w.ev.wantedIn[m] {
			continue
		}
		for _, fn := range m.Fns {
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
		s := w.root(fn)
		if slices.ContainsFunc(s.sinks, func(p *pending) bool { return !ownField(fn, p) }) || wrapper(fn, s) {
			w.callers(fn)
		}
		if fn.Kind == ir.ModuleBody {
			w.exported(fn, s)
		}
	}
}

// root interprets one root. A bug of ours in one function is reported as a problem of its file, and the others go on.
func (w *worklist) root(fn *program.Fn) (s *summary) {
	defer func() {
		if r := recover(); r != nil {
			w.ev.stack, w.ev.temps = nil, nil
			s = &summary{fn: fn, done: true}
			w.ev.memo[memoKey{fn, ""}] = s
			line := fn.Mod.IR.File.Position(fn.NameSpan.Start).Line
			w.ev.stats.Broken = append(w.ev.stats.Broken, text.Problem{Path: fn.Mod.Path, Line: line, Severity: text.Failed,
				Kind: "internal", Msg: fmt.Sprintf("internal error while following %s: %v", fn.QualName(), r)})
		}
	}()
	return w.ev.topSummary(fn)
}

// wrapper says whether the arguments of callers decide if a sink in the function is safe: its defaults may be.
func wrapper(fn *program.Fn, s *summary) bool {
	m := s.matter
	if fn.Owner != nil {
		m &^= 1 | 1<<32 // self
	}
	return s.touches >= maxTouch-1 && m != 0
}

// ownField says whether an open sink is fed by an attribute of the function's own object; stores find it then.
func ownField(fn *program.Fn, p *pending) bool {
	return fn.Owner != nil && p.fact.org.input == 0 && strings.HasPrefix(p.fact.org.path, "\x01.")
}

// callers adds the functions that mention the name a function is called by.
func (w *worklist) callers(fn *program.Fn) {
	switch {
	case fn.Kind == ir.ModuleBody || fn.Kind == ir.ClassBody:
		return
	case fn.Kind == ir.Lambda:
		w.outward(fn)
	case fn.Owner != nil && (fn.Name == "__init__" || fn.Name == "__new__" || fn.Name == "__call__" || fn.Name == "__enter__"):
		w.mention(fn.Owner.Name, fn)
	case fn.Parent > 0 && fn.Owner == nil:
		w.outward(fn)
		w.mention(fn.Name, fn)
	default:
		w.mention(fn.Name, fn)
	}
}

// outward adds the function that encloses a nested one, and its callers: it may hand the nested one out.
func (w *worklist) outward(fn *program.Fn) {
	outer := fn.Mod.Fns[fn.Parent]
	w.add([]*program.Fn{outer})
	if outer.Kind == ir.Plain {
		w.mention(calledAs(outer), outer)
	}
}

// exported adds the functions that use a name to which a module body binds a function it has made of a sink: an
// alias, a partial, a lambda, a table of loaders.
func (w *worklist) exported(body *program.Fn, s *summary) {
	global := w.ev.globalSym(body.Mod)
	for _, name := range slices.Sorted(maps.Keys(s.heap[global])) {
		v := s.heap[global][name]
		bs := body.Mod.Bindings(name)
		if v == nil || len(bs) == 0 || !computed(bs[0]) || !w.ev.reachesSink(v, s, 2) {
			continue
		}
		w.mention(name, body)
	}
}

// computed says whether a binding is the value of an expression, lambdas included.
func computed(b program.Binding) bool {
	return b.Kind == program.BindValue || (b.Kind == program.BindFunc && b.Fn.Kind == ir.Lambda)
}

// reachesSink says whether a value is, or holds, a function of the pack's sinks or one with open sinks.
func (ev *eval) reachesSink(v *Value, s *summary, depth int) bool {
	if v == nil || depth < 0 {
		return false
	}
	for i := range v.refs {
		switch r := &v.refs[i]; r.kind {
		case refExt:
			if roles := ev.pack.Call(ev.pack.Canonical(r.name)); roles != nil && len(roles.Sinks) > 0 {
				return true
			}
		case refPartial:
			if ev.reachesSink(r.self, s, depth-1) {
				return true
			}
		case refFunc:
			if m := ev.topSummary(r.fn); len(m.sinks) > 0 {
				return true
			}
		case refInst:
			return true
		}
	}
	for _, x := range s.heap[v.sym] {
		if ev.reachesSink(x, s, depth-1) {
			return true
		}
	}
	return false
}

// mention adds the functions that mention a name. Where very many do, only those count whose file also names the
// class or module it is defined in.
func (w *worklist) mention(name string, fn *program.Fn) {
	for _, al := range w.aliases[name] {
		if !w.inTree(al) {
			continue
		}
		for _, u := range w.users[al.bind] {
			if u.Mod == al.mod || namesModule(w.words[u.Mod], al.mod) {
				w.add([]*program.Fn{u})
			}
		}
	}
	users := w.users[name]
	if len(users) <= maxUsers && !commonNames[name] {
		w.add(users)
		return
	}
	for _, u := range users {
		words := w.words[u.Mod]
		if u.Mod == fn.Mod || (fn.Owner != nil && words[fn.Owner.Name]) || (fn.Owner == nil && namesModule(words, fn.Mod)) || w.namesSubclass(words, fn.Owner) {
			w.add([]*program.Fn{u})
		}
	}
}

// namesModule says whether a file mentions a module or a package it lies in.
func namesModule(words map[string]bool, m *program.Module) bool {
	return slices.ContainsFunc(strings.Split(m.Name, "."), func(part string) bool { return words[part] })
}

// namesSubclass says whether a file names a class that inherits from the owner of a method.
func (w *worklist) namesSubclass(words map[string]bool, owner *program.Class) bool {
	return owner != nil && slices.ContainsFunc(w.ev.prog.Subclasses(owner), func(c *program.Class) bool { return words[c.Name] })
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
	w.ev.keepOpen()
	w.ev.memo = map[memoKey]*summary{}
	w.ev.contexts = map[*program.Fn]int{}
	w.seen = map[*program.Fn]bool{}
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
			if m := c.Method("__init__"); m != nil {
				w.mention(c.Name, m)
			}
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

package taint

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// worklist decides which functions are interpreted as roots: those that name a sink, those that may call a function
// with open sinks, and those that store attributes that reach one.
type worklist struct {
	ev    *eval
	queue []*program.Fn
	seen  map[*program.Fn]bool
	relay map[*program.Fn][]*program.Class // functions that call a method of an object that may be of such a class; see relays

	methodsOfNew map[string]bool // see converterMakers
}

const (
	libraryCalls = 6   // the same of an installed library, where nothing is a root
	nearbyCalls  = 2   // a callee is entered if a sink, source or check is no further down
	fewFiles     = 8   // that many files are read without looking whether that is worth while
	maxUsers     = 40  // a name mentioned by more files than this says little
	smallFunc    = 50  // instructions of a function that is entered whatever it does
	smallInit    = 120 // the same of a constructor or another special method
)

func (w *worklist) run() {
	w.sinks()
	w.libraries()
	for range maxObjectRounds {
		w.drain()
		w.staticWriters()
		w.rowWriters()
		w.outsideWriters()
		w.drain()
		if !w.objectRound() {
			return
		}
	}
	w.drain()
}

// objectRound interprets functions again, in one go, for all that was learnt since of what objects hold: those that read from
// static objects what others have stored there, those that store attributes which turned out to reach sinks, those that turned
// out to be callbacks, and who calls them. It says whether there was anything new.
func (w *worklist) objectRound() bool {
	fresh := w.freshFields()
	if len(fresh) > 0 {
		w.ev.keepOpen()
	}
	direct := w.ev.staleReaders()
	maps.Copy(direct, w.ev.storing(fresh))
	called := w.ev.again // it may have been at work when that turned out
	w.ev.again = nil
	if len(direct) == 0 && len(fresh) == 0 && len(called) == 0 {
		return false
	}
	w.again(direct, w.ev.withCallers(direct), nil)
	for _, fn := range called {
		one := map[*program.Fn]bool{fn: true}
		w.ev.forget(one, one)
		delete(w.seen, fn)
		w.add(fn)
	}
	for _, fs := range fresh {
		w.writers(fs)
	}
	return true
}

// sinks queues the functions that may call a sink.
func (w *worklist) sinks() {
	w.ev.prog.ExpectImports(w.ev.rel.file)
	words := slices.Sorted(maps.Keys(w.ev.rel.sinks))
	files := map[string][]*program.Module{}
	var all []*program.Module
	for _, word := range words {
		files[word] = w.ev.rel.sinkFiles(word)
		all = append(all, files[word]...)
	}
	w.ev.prog.Prepare(all)
	for _, word := range words {
		for _, m := range files[word] {
			w.users(m, word)
			w.reexport(m, w.ev.rel.sinks[word])
			if len(w.ev.pack.Setting(word)) > 0 {
				w.settingBodies(m, word)
			}
		}
		if _, isClass := w.ev.rel.classes[word]; isClass || isClassName(word) {
			w.derived(word)
		}
	}
	w.computedNames(words)
}

// computedNames queues the functions that name a sink below a name that the __getattr__ of a module makes.
func (w *worklist) computedNames(words []string) {
	for _, m := range w.ev.prog.Defining("__getattr__") {
		if moduleGetter(m) == nil {
			continue
		}
		for _, word := range words {
			if a := w.ev.rel.sinks[word]; a.Modules == nil || !inFile(a, m) { // it makes names of libraries that it names
				continue
			}
			for _, o := range w.ev.prog.Mentioning(word) {
				if o != m && namesModule(o, m) {
					w.below(o, word, m)
				}
			}
		}
	}
}

// users queues the functions of the module that name the word and may mean a sink.
func (w *worklist) users(m *program.Module, word string) {
	a := w.ev.rel.sinks[word]
	for _, fn := range m.UsersBut(word, a.Modules) {
		if w.ev.rel.holdsSink(fn) {
			w.add(fn)
		}
	}
}

// reexport queues the functions that use an import of a sink: in the module itself under another name, elsewhere
// through the module, which then is all that they name.
func (w *worklist) reexport(m *program.Module, a rule.Anchor) {
	for _, im := range m.ImportsOf(a.Word) {
		if im.Bind == "" {
			continue
		}
		if im.Bind != im.Name {
			w.users(m, im.Bind)
		}
		if t := m.ImportTarget(im); im.Func > 0 || t.Ext == "" || !w.ev.rel.role(w.ev.pack.Canonical(t.Ext), sinks) {
			continue
		}
		for _, o := range w.ev.prog.Mentioning(im.Bind) {
			if o != m && !inFile(a, o) && namesModule(o, m) {
				w.refer(o, im.Bind, func(t program.Target) bool {
					return t.Ext != "" && w.ev.rel.role(w.ev.pack.Canonical(t.Ext), sinks)
				})
			}
		}
	}
}

// below queues the functions of a module that name something by a word below a name that another module has not.
func (w *worklist) below(m *program.Module, word string, of *program.Module) {
	for _, u := range m.UsersIf(word, func(fn *program.Fn) bool { return !fn.OnlyBelow(word) }) {
		if slices.ContainsFunc(w.ev.mentions(u).chains, func(c string) bool {
			above, ok := strings.CutSuffix(c, "."+word)
			i := strings.LastIndexByte(above, '.')
			return ok && i > 0 && u.Mod.LookupIn(u.Index, above[:i]).Mod == of
		}) {
			w.add(u)
		}
	}
}

// derived queues the functions that use classes of the tree below library classes of that name: objects of them are
// used where the library is not named. No class is below one of a library that no file names.
func (w *worklist) derived(word string) {
	if !w.ev.rel.named(w.ev.rel.sinks[word]) {
		return
	}
	for _, m := range w.ev.prog.Below(word) {
		for _, c := range m.Load().Class {
			if len(c.External()) > 0 && (len(w.ev.classRules(c)) > 0 || w.ev.madeByBase(c)) {
				w.mention(c.Name, c.Mod, nil, func(t program.Target) bool { return t.Class == c })
			}
		}
	}
}

// again drops the summaries of stale functions, and queues those that are to be interpreted anew even if nobody calls
// them: the ones that something new reaches directly, and former roots near a sink. What was known of the direct ones and of
// others does not hold; that of the rest may.
func (w *worklist) again(direct, stale, others map[*program.Fn]bool) {
	var roots []*program.Fn
	for _, fn := range inOrder(stale) {
		old := w.ev.memo[memoKey{fn, ""}]
		if direct[fn] || w.seen[fn] && old != nil && old.touches > 0 {
			roots = append(roots, fn)
		}
		delete(w.seen, fn)
	}
	changed := maps.Clone(direct)
	maps.Copy(changed, others)
	w.ev.forget(changed, stale)
	w.add(roots...)
}

// maxObjectRounds bounds how often functions are interpreted again for what objects hold: each round crosses one static object
// and one attribute more.
const maxObjectRounds = 3

// staticWriters queues the functions that may store what sinks read from static objects: those near a source that mention
// the attribute or module-level name and store something, and in the module of a sink that reads a file of a literal path
// those that mention a name or call that writes.
func (w *worklist) staticWriters() {
	for _, name := range slices.Sorted(maps.Keys(w.ev.wanted)) {
		files := w.ev.prog.Mentioning(name)
		if w.ev.pack.IsWord(rule.WordCommon, name) || len(files) > maxUsers {
			continue
		}
		for _, m := range files {
			if w.ev.homes[m] {
				w.givenOut(m, name)
			}
			if w.ev.rel.file(m) {
				w.near(m.Users(name), name)
				continue
			}
			if !w.ev.homes[m] {
				continue
			}
			for _, fn := range m.Users(name) { // it may store what others give it
				if len(fn.Params) > 0 && w.ev.stores(fn) {
					w.add(fn)
				}
			}
		}
	}
	for _, m := range w.ev.wantedModules() {
		w.near(m.LoadBodies().Fns, "")
	}
	for _, m := range slices.SortedFunc(maps.Keys(w.ev.readsBelow), (*program.Module).Compare) {
		for _, word := range w.ev.pack.WordsOf(rule.WordWriting) {
			w.add(m.Users(word)...)
		}
	}
	for _, m := range slices.SortedFunc(maps.Keys(w.ev.writersOf), (*program.Module).Compare) {
		for _, fn := range m.Fns {
			if w.ev.rel.enters(fn, nearbyCalls) || fn.Kind == ir.ModuleBody && m.IR.File.IsNotebook() { // its shell lines
				w.add(fn)
			}
		}
	}
}

// near queues the functions that store something, or call a method of what has the name, and that a sink, source or check
// is near.
func (w *worklist) near(fns []*program.Fn, name string) {
	for _, fn := range fns {
		// A module body that fills a table names functions and classes that are elsewhere.
		if (w.ev.stores(fn) || callsOn(fn, name)) && (name != "" && fn.Kind == ir.ModuleBody || w.ev.rel.enters(fn, nearbyCalls)) {
			w.add(fn)
		}
	}
}

// stores says whether a function puts something where others may find it: in an attribute, an element, a module-level
// name, or by a call that changes its receiver.
func (g *given) stores(fn *program.Fn) bool {
	return slices.ContainsFunc(fn.Body().Blocks, func(b ir.Block) bool {
		return slices.ContainsFunc(b, func(in ir.Instr) bool {
			switch in.Op {
			case ir.StoreAttr, ir.StoreIndex, ir.StoreGlobal:
				return true
			case ir.Attr:
				return g.pack.IsWord(rule.WordChanging, fn.Mod.IR.Strings[in.B])
			}
			return false
		})
	})
}

// mayStoreSomething is like stores, but may be true of a function whose body was not read.
func (g *given) mayStoreSomething(fn *program.Fn) bool {
	return fn.MayStore() || fn.MayHoldAny(func(word []byte) bool { return g.pack.IsWord(rule.WordChanging, string(word)) })
}

// callsOn reports whether a function calls a method of something that a name or an attribute of that name holds.
func callsOn(fn *program.Fn, name string) bool {
	of := map[ir.Reg]string{} // what a register holds, by its last name
	method := map[ir.Reg]bool{}
	for _, b := range fn.Body().Blocks {
		for i := range b {
			switch in := &b[i]; in.Op {
			case ir.Global:
				of[in.Dst] = fn.Mod.IR.Strings[in.A]
			case ir.Attr:
				of[in.Dst] = fn.Mod.IR.Strings[in.B]
				method[in.Dst] = of[in.A] == name
			case ir.Call:
				if method[in.A] {
					return true
				}
			}
		}
	}
	return false
}

// forget drops the summaries of functions, and what was not known of the input of their sinks. Those of functions that are not
// direct come back if nothing that they use has changed.
func (ev *eval) forget(direct, stale map[*program.Fn]bool) {
	for _, s := range ev.order {
		if stale[s.fn] && s.unplaced != nil {
			if ev.unplaced[s.fn] == nil {
				ev.unplaced[s.fn] = map[*site]*pending{}
			}
			ev.unplaced[s.fn][s] = s.unplaced
			s.unplaced = nil
		}
	}
	ev.drop(direct, stale)
}

func (w *worklist) add(fns ...*program.Fn) {
	for _, fn := range fns {
		if !w.seen[fn] && !fn.Mod.Installed { // a library is entered by calls alone
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
		if w.leadsAfterAll(fn, s) {
			continue
		}
		switch open := s.openOutside(fn); {
		case open == openAnywhere || wrapper(fn, s):
			w.callers(fn)
		case open == openNearby:
			w.refer(fn.Mod, fn.Name, func(t program.Target) bool { return t.Fn == fn })
		}
		w.relays(fn, s)
		w.configured(fn, s)
		if fn.Kind == ir.ModuleBody {
			w.exported(fn, s)
		}
		if s.touches >= maxTouch-1 && takesSent(fn) {
			w.callers(fn)
		}
		w.kept(fn, s)
		w.keptInField(fn, s)
		w.givesBack(fn, s)
		w.fills(fn, s)
		if fn.Kind == ir.ClassBody {
			w.heldByClass(fn, s)
		}
		w.defaults(fn, s)
	}
}

// leadsAfterAll notes that a function leads to a sink although its text does not say so: KINDS[name].revive(value). Whoever
// has called it so far, itself included, did not look into it, and is interpreted again.
func (w *worklist) leadsAfterAll(fn *program.Fn, s *summary) bool {
	if len(s.sinks) == 0 || w.ev.follow(fn) {
		return false
	}
	w.ev.led[fn] = true
	direct := map[*program.Fn]bool{fn: true}
	w.again(direct, w.ev.withCallers(direct), w.ev.callers[fn])
	return true
}

// root interprets one root. A bug of ours in one function is reported as a problem of its file, and the others go on.
func (w *worklist) root(fn *program.Fn) (s *summary) {
	defer func() {
		if r := recover(); r != nil {
			w.ev.stack, w.ev.temps = nil, nil
			clear(w.ev.earlier)
			// What was half made, or built on that, must not be taken for knowledge.
			maps.DeleteFunc(w.ev.memo, func(_ memoKey, s *summary) bool { return !s.done || s.temp })
			s = &summary{fn: fn, done: true}
			w.ev.memo[memoKey{fn, ""}] = s
			delete(w.ev.made, memoKey{fn, ""})
			line := fn.Mod.IR.File.Position(fn.NameSpan.Start).Line
			w.ev.stats.Broken = append(w.ev.stats.Broken, text.Problem{Path: fn.Mod.Path, Line: line, Severity: text.Failed,
				Kind: "internal", Msg: fmt.Sprintf("internal error while following %s: %v", fn.QualName(), r)})
		}
	}()
	return w.ev.topSummary(fn)
}

// freshFields joins attributes: open sinks below self become sinks of the stores. It gives those that are new.
func (w *worklist) freshFields() []*fieldSink {
	var fresh []*fieldSink
	for _, fn := range inOrder(w.seen) {
		if s := w.ev.memo[memoKey{fn, ""}]; s != nil {
			fresh = append(fresh, w.ev.noteFields(fn, s)...)
		}
	}
	return append(fresh, w.ev.sharedFields()...)
}

// storing gives the functions interpreted so far that may store one of the attributes. Their summaries do not know that
// it reaches a sink.
func (ev *eval) storing(fields []*fieldSink) map[*program.Fn]bool {
	byName := map[string][]*fieldSink{}
	filled := map[string]bool{} // classes that fill their fields from their arguments
	for _, fs := range fields {
		byName[fs.name] = append(byName[fs.name], fs)
		if fs.cls.Method("__init__") == nil {
			filled[fs.cls.Name] = true
			maps.Copy(filled, ev.prog.HeirNames(fs.cls.Name))
		}
	}
	out := map[*program.Fn]bool{}
	for fn := range ev.summarized() {
		if mayStore(fn, byName, filled) {
			out[fn] = true
		}
	}
	return out
}

func mayStore(fn *program.Fn, byName map[string][]*fieldSink, filled map[string]bool) bool {
	for _, n := range fn.Body().Names {
		name := fn.Mod.IR.Strings[n]
		switch fields := byName[name]; {
		case filled[name]:
			return true
		case len(fields) == 0:
		case storesAttr(fn, n), fn.Owner != nil && slices.ContainsFunc(fields, func(fs *fieldSink) bool { return related(fn.Owner, fs.cls) }):
			return true
		}
	}
	return false
}

// storesAttr says whether the function assigns to an attribute of that name (an index in Strings).
func storesAttr(fn *program.Fn, name int32) bool {
	return slices.ContainsFunc(fn.Body().Blocks, func(b ir.Block) bool {
		return slices.ContainsFunc(b, func(in ir.Instr) bool { return in.Op == ir.StoreAttr && in.B == name })
	})
}

// inOrder gives functions in program order.
func inOrder(fns map[*program.Fn]bool) []*program.Fn {
	return slices.SortedFunc(maps.Keys(fns), func(a, b *program.Fn) int {
		if c := a.Mod.Compare(b.Mod); c != 0 {
			return c
		}
		return a.Index - b.Index
	})
}

// writers queues the methods that store the attribute and the functions that make such objects.
func (w *worklist) writers(fs *fieldSink) {
	for _, c := range slices.Concat(fs.cls.MRO(), w.ev.prog.Heirs(fs.cls, maxRelatives, func(m *program.Module) bool { return m.Mentions(fs.name) })) {
		w.makers(c)
		for _, fn := range c.Mod.Fns {
			if fn.Owner == c && fn.StoresOnSelf(fs.name) {
				w.add(fn)
			}
		}
		for _, fn := range c.Mod.Users(fs.name) {
			if fn.Owner == c {
				w.add(fn)
			}
		}
	}
}

// maxRelatives bounds the files with classes below another whose stores to an attribute are looked at.
const maxRelatives = 200

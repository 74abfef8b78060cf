package taint

import (
	"slices"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
)

// eval interprets functions abstractly and remembers their summaries.
//
// A function is interpreted once with nothing known of its inputs (the top context) and, where a call passes
// constants, functions, classes or objects that can matter, once more per such context. Taint is never part of a
// context: facts about inputs are symbolic (Origin of kind input), so one summary serves every caller.
type eval struct {
	given
	stats Stats

	domain
	textIndex
	summaryTable
	callGraph
	cellStore
	classTable
	entryState
	audience
	ledger
}

// summaryTable holds the summaries, finished or provisional, and the activations that make them.
type summaryTable struct {
	memo      map[memoKey]*summary
	temps     []memoKey // summaries made while one they depend on was not done
	stack     []*frame
	steps     int // instructions interpreted in the current activation
	iterating int
	earlier   map[memoKey]*summary // of an earlier round: see dropTemps
	started   int                  // activations
	contexts  map[*program.Fn]int
	spent     map[*program.Module]int // interpretations of functions of a file
	cutFns    map[*program.Fn]bool    // functions of which a limit left something out: near a dangerous call?
	keptSummaries
}

func newSummaryTable() summaryTable {
	return summaryTable{memo: map[memoKey]*summary{}, earlier: map[memoKey]*summary{}, contexts: map[*program.Fn]int{}, spent: map[*program.Module]int{}, keptSummaries: newKeptSummaries()}
}

type memoKey struct {
	fn  *program.Fn
	ctx string
}

// A summary is what a call of a function does, in terms of its inputs.
type summary struct {
	fn      *program.Fn
	done    bool
	result  *Value           // nil: unknown
	returns bool             // some path returns
	heap    map[sym]segments // at the exits: objects reachable from the result, and what was written to inputs
	writes  []heapKey        // keys of heap that belong to inputs, globals or files, in order
	valid   map[sym]*guard   // guards that hold at every normal exit
	sinks   []*pending
	said    []remark // of sites, until it is final
	thrown  []*Value // exceptions that carry data out of it
	touches int      // how near a sink is: maxTouch in the function itself, one less per call, 0 beyond
	checks  int      // how near a check of data is, likewise
	heeds
	loosens bool     // looks a global up by a name that nothing limits
	member  []sym    // inputs that were compared with constants on every way back
	keyed   keyTable // of containers: what of the inputs is the key of the elements which are not told apart, see noteKeyed
	inside  keyTable // the same of what stands for any element of a container: that in which something was stored
	used    bool     // taken as provisional during recursion
	level   int      // depth of the activation that makes it, or of the outermost unfinished one it relies on
	temp    bool     // relies on one that is not done
	uses    []use    // while it is made: the summaries it is made from
	user    int      // the number of the last activation that noted that it uses it
}

// heeds are the inputs of a function whose identity or value, not their data, makes a difference in it.
type heeds struct {
	calls   deps // they decide which function is called
	methods deps // a method with a common name is called on them: it may be that of a library object
	skips   deps // they decide whether data is checked, also by not being given
	matter  deps // their identity decides what the function does: contexts are made of these
	asked   deps // a branch depends on them; they matter if a sink is touched
	flags   deps // switches of a sink: that somebody else decides them is part of a context
}

// pending is a sink that an input of the function reaches.
type pending struct {
	site  *site
	fact  *Fact     // org is an input
	at    sym       // the file below an input that is read, noSym if the input is all there is to say
	file  string    // the name of the file, if the data names a folder above it; see outputs
	below folderKey // where the name of that folder came from, nearest to the sink
	facts *callFacts
	trust []*Origin // the flow is stopped if these inputs are not attacker-controlled
	weak  []string  // why a check that was passed is not enough
	gates []string  // parameters that must be set against their default
	notes []string
	depth int  // calls between the input and the sink
	root  bool // found in the top context
	own   bool // a constructor stored the input in a field of its object, see stays
}

// frame is one activation of the interpreter.
type frame struct {
	ev     *eval
	fn     *program.Fn
	inputs []*Value // parameters, then free variables
	frees  []program.Free
	regs   []*Value
	sum    *summary
	root   bool // the top context
	control
	calling
	progress
	lent   map[sym][]loan // objects given to others that keep them
	nested []nestedFn     // see perhapsCalled
}

// control is where an activation can go on, or leave.
type control struct {
	exits    []*state
	paused   []pause // at the yields
	loops    []*loopCtx
	tries    []*tryCtx
	thrown   map[sym]segments        // what hangs on the exceptions that leave it
	handling []*Value                // what the handlers around have caught
	quiet    map[ir.Reg]map[sym]bool // open with blocks that swallow exceptions: guards before them
}

// calling is the call being interpreted, for what it calls implicitly.
type calling struct {
	cur      *state
	curInstr *ir.Instr
	byName   bool // it was resolved by the method's name alone
	invoking bool // a library calls what was handed to it
	atWork   int  // calls at work, one for the sake of the other; see callRefs
}

// progress is what an activation has done and met so far.
type progress struct {
	checked  int  // checks of data made so far
	fetches  int  // calls so far that fetch what they load, by a name
	left     deps // inputs that decide whether the function is left early
	deepSeen int  // cells looked at for the data below one value
	kept     int  // cells of new objects in the summary
	low      int  // lowest level of an unfinished summary this activation depends on
	number   int  // of this activation, from 1
}

type loopCtx struct {
	breaks    []*state
	continues []*state
}

type tryCtx struct {
	raised []*state
	thrown []*Value // exceptions that carry data
}

// Limits of work; they are counts, so that the same input always hits the same ones.
const (
	maxTouch   = 4       // calls from a sink within which callers' arguments decide what is interpreted
	maxDepth   = 60      // nested activations
	maxContext = 6       // contexts of one function besides the top one
	maxSteps   = 400_000 // instructions per activation, loops counted
	maxRounds  = 3       // of a recursive function
)

func (d *domain) fnID(fn *program.Fn) int {
	id, ok := d.fnIDs[fn]
	if !ok {
		id = len(d.fnIDs) + 1
		d.fnIDs[fn] = id
	}
	return id
}

// top gives the summary of fn with nothing known of its inputs.
func (ev *eval) topSummary(fn *program.Fn) *summary {
	if _, ok := ev.memo[memoKey{fn, ""}]; !ok && fn.Owner != nil {
		ev.constructorFirst(fn)
	}
	return ev.summarize(fn, "", nil)
}

// constructorFirst interprets the constructor of the class of a method that uses what the object holds. Asked for in the
// middle of the method, it would rely on a method that is not done, as would all others that it calls.
func (ev *eval) constructorFirst(fn *program.Fn) {
	init := fn.Owner.Method("__init__")
	if init == nil || init == fn || ev.memo[memoKey{init, ""}] != nil || len(ev.mentions(fn).own) == 0 || !ev.follow(init) {
		return
	}
	ev.summarize(init, "", nil)
}

// summarize gives the summary for a context: ctx is its key, seed the known inputs (nil entries are unknown). The activation
// at work is one that uses it.
func (ev *eval) summarize(fn *program.Fn, ctx string, seed *seeds) *summary {
	key := memoKey{fn, ctx}
	s := ev.summary(key, seed)
	ev.noteUse(key, seed, s)
	return s
}

// summary gives the summary of a key, and makes it if there is none that holds.
func (ev *eval) summary(key memoKey, seed *seeds) *summary {
	if s, ok := ev.memo[key]; ok {
		if !s.done {
			s.used = true
			ev.depend(s.level)
		} else if s.temp {
			ev.depend(s.level)
		}
		return s
	}
	if ev.holdsAgain(key) {
		return ev.memo[key]
	}
	fn := key.fn
	if len(ev.stack) >= maxDepth {
		ev.stats.DepthCut++
		ev.cutShort(fn, false)
		return &summary{fn: fn, done: true, returns: true}
	}
	level, mark := len(ev.stack), len(ev.temps)
	provisional := ev.provisional(key, level)
	low := level
	var dropped []memoKey
	for round := range maxRounds {
		ev.memo[key] = provisional
		next, l := ev.interpret(fn, key.ctx, seed)
		next.level = level
		low = min(low, l)
		stable := !provisional.used || !next.tellsMore(provisional)
		provisional = next
		if stable || round == maxRounds-1 || low < level { // the outermost of a cycle goes round for all
			break
		}
		dropped = append(dropped, ev.dropTemps(mark)...)
	}
	provisional.done = true
	ev.memo[key] = provisional
	ev.collect(provisional)
	if low < level {
		provisional.level, provisional.temp = low, true
		ev.temps = append(ev.temps, key) // an active caller further out is not done: what was learnt of it is not final
		return provisional
	}
	for _, k := range dropped {
		delete(ev.earlier, k)
	}
	others := ev.temps[mark:]
	ev.temps = ev.temps[:mark]
	return ev.close(key, others)
}

// depend notes that all active functions above a level rely on its unfinished summary.
func (t *summaryTable) depend(level int) {
	for _, f := range t.stack[min(level, len(t.stack)):] {
		f.low = min(f.low, level)
	}
}

// dropTemps takes back summaries that were made from an earlier round of a recursive function, and gives the keys of those
// that check something: where they are asked for again before they are done, they check what they did.
func (t *summaryTable) dropTemps(mark int) (checks []memoKey) {
	for _, k := range t.temps[mark:] {
		if s := t.memo[k]; len(s.valid) > 0 {
			t.earlier[k] = s
			checks = append(checks, k)
		}
		delete(t.memo, k)
	}
	t.temps = t.temps[:mark]
	return checks
}

// provisional gives what is known of a summary before it is made: what an earlier round of a function told that goes round for
// all that it calls, or nothing.
func (t *summaryTable) provisional(key memoKey, level int) *summary {
	old := t.earlier[key]
	if old == nil {
		return &summary{fn: key.fn, level: level}
	}
	s := *old
	s.level, s.done, s.temp, s.used, s.uses, s.user, s.said = level, false, false, false, nil, 0, nil
	return &s
}

// tellsMore says whether a round of a recursive function told anything that the round before did not.
func (s *summary) tellsMore(old *summary) bool {
	if s.returns != old.returns || s.result.grew(old.result) || len(s.valid) != len(old.valid) {
		return true
	}
	return slices.ContainsFunc(s.sinks, func(p *pending) bool {
		return !slices.ContainsFunc(old.sinks, func(q *pending) bool {
			return p.site == q.site && p.fact.org == q.fact.org && len(p.trust) == len(q.trust)
		})
	}) || slices.ContainsFunc(s.writes, func(k heapKey) bool {
		w, ok := old.heap[k.obj][k.seg]
		return !ok || s.heap[k.obj][k.seg].grew(w)
	})
}

// interpret runs one function body.
func (ev *eval) interpret(fn *program.Fn, ctx string, seed *seeds) (*summary, int) {
	f := &frame{ev: ev, fn: fn, frees: fn.Frees(), regs: make([]*Value, fn.Body().Regs), sum: &summary{fn: fn}, root: ctx == "", progress: progress{low: len(ev.stack), number: ev.started + 1}}
	ev.started++
	ev.stack = append(ev.stack, f)
	defer func() { ev.stack = ev.stack[:len(ev.stack)-1] }()
	st := newState(ev.segs, len(fn.Body().Slots))
	f.bindInputs(st, seed)
	saved := ev.steps
	ev.steps = 0
	f.block(0, st)
	ev.steps = saved
	if !st.dead {
		if fn.Kind == ir.ClassBody {
			f.publishAttrs(st)
		}
		f.leave(st, f.implicitResult(st))
	}
	f.endless()
	f.finish()
	f.keepThrown()
	if f.checked+f.fetches > 0 {
		f.decides(f.left)
	}
	if f.sum.touches > 0 && fn.Kind != ir.ModuleBody {
		f.sum.matter |= f.sum.asked
	}
	ev.stats.Activations++
	ev.spent[fn.Mod]++
	return f.sum, f.low
}

// publishAttrs puts the variables of a class body where classAttr finds them.
func (f *frame) publishAttrs(st *state) {
	if f.fn.Class < 0 {
		return
	}
	obj := f.ev.classSym(f.fn.Mod.Class[f.fn.Class])
	for i, v := range st.locals.all() {
		if v != nil {
			v = f.rename(v, f.ev.syms.of(symAttr, obj, 0, "."+f.fn.Body().Slots[i]), st)
			st.set(heapKey{obj, itoa(i)}, v)
		}
	}
	f.makeMembers(f.fn.Mod.Class[f.fn.Class], st)
}

// implicitResult is what a body gives when control falls off its end.
func (f *frame) implicitResult(*state) *Value {
	if f.fn.Body().IsGen {
		return f.generator()
	}
	return &Value{refs: []Ref{{kind: refConst, lit: ir.None, name: "None"}}, clean: true, sym: f.ev.syms.konst("None")}
}

// leave records an exit of the function with a result.
func (f *frame) leave(st *state, v *Value) {
	f.callAllNested(st)
	v = f.answering(f.vouched(v, st), st)
	snap := st.alive()
	f.vouchStored(snap, nil)
	if len(f.exits) == 0 {
		f.sum.result, f.sum.returns = v, true
	} else {
		f.sum.result = f.ev.joinValues(f.sum.result, v)
	}
	f.exits = append(f.exits, snap)
}

// finish turns the exit states into the summary.
func (f *frame) finish() {
	if len(f.exits) == 0 {
		return
	}
	exit := f.exits[0]
	if len(f.exits) > 1 {
		exit = newState(f.ev.segs, 0)
		f.ev.joinWays(exit, f.exits)
	}
	f.sum.valid = map[sym]*guard{}
	for n, g := range exit.valid.all {
		if g != nil && f.ev.escapes(sym(n)) {
			f.sum.valid[sym(n)] = g
		}
	}
	for _, n := range exit.member {
		if f.ev.escapes(n) {
			f.sum.member = append(f.sum.member, n)
		}
	}
	f.sum.heap = map[sym]segments{}
	for _, k := range f.written(exit) {
		v, _ := exit.get(k)
		f.sum.keep(k, v)
		f.sum.writes = append(f.sum.writes, k)
		f.keepBelow(exit, v.sym, 1)
	}
	f.keepBelow(exit, f.sum.result.symbol(), 3)
	f.choosesField()
}

// keep adds a cell to the heap of a summary.
func (s *summary) keep(k heapKey, v *Value) {
	segs := s.heap[k.obj]
	if segs == nil {
		segs = segments{}
		s.heap[k.obj] = segs
	}
	segs[k.seg] = v
}

// written gives what was stored in inputs, globals and files, in order: where that is too much, what can make a finding.
func (f *frame) written(exit *state) []heapKey {
	var out []heapKey
	for n, v := range exit.heap.all {
		if obj := sym(n >> 32); v != nil && f.ev.escapes(obj) && f.ev.worthWriting(obj, v) {
			if k := exit.tab.heapKey(n); k.seg != rowCell || f.ev.syms.inputOf(obj) >= 0 {
				out = append(out, k)
			}
		}
	}
	slices.SortFunc(out, compareKeys)
	if f.fn.Kind == ir.ModuleBody || f.fn.Kind == ir.ClassBody || len(out) <= maxWrites {
		return out
	}
	f.ev.stats.WriteCut++
	f.ev.cutShort(f.fn, false)
	return exit.worst(out, maxWrites)
}

// worst gives the n of some cells that can make a finding rather than the others, in their order.
func (s *state) worst(keys []heapKey, n int) []heapKey {
	if len(keys) <= n {
		return keys
	}
	out := slices.Clone(keys)
	weight := func(k heapKey) int {
		v, _ := s.get(k)
		return v.weight()
	}
	slices.SortStableFunc(out, func(a, b heapKey) int { return weight(b) - weight(a) })
	out = out[:n]
	slices.SortFunc(out, compareKeys)
	return out
}

// weight says how much a value can do for a finding: data of a source before that of an input, both before something that
// can be called, and that before anything else.
func (v *Value) weight() int {
	switch {
	case v == nil:
		return 0
	case slices.ContainsFunc(v.facts, func(f *Fact) bool { return f.org.kind == originSource }):
		return 4
	case slices.ContainsFunc(v.refs, func(r Ref) bool { return r.kind != refConst }):
		return 3
	case len(v.facts) > 0:
		return 2
	}
	return min(1, len(v.refs))
}

// worthWriting says whether callers need to know of a store: it changes what an object refers to, or brings data of
// another origin to it. What only moves an object's own data around inside it tells them nothing.
func (d *domain) worthWriting(obj sym, v *Value) bool {
	if depth := d.depth(obj); depth > maxWriteDepth+2 || depth > maxWriteDepth && v.weight() < 4 && !slices.ContainsFunc(v.refs, func(r Ref) bool { return r.kind == refFunc || r.kind == refClass || r.kind == refPartial }) {
		return false
	}
	if op := d.syms.info[obj].op; len(v.refs) > 0 || v.hash != nil || v.shape || op == symGlobal || op == symClass {
		return true
	}
	if in := d.syms.info[v.sym]; in.a == obj && (in.op == symOpaque && in.s == "[]" || in.op == symAttr && in.s == "[*]" || in.op == symIndex) {
		return true // an element that came to be when it was asked for: what was put into it is found through it
	}
	to := d.syms.inputOf(obj)
	if from := d.syms.inputOf(v.sym); from >= 0 && from != to {
		return true // a number, which carries no data, may be a constant that decides
	}
	for _, f := range v.facts {
		if f.org.kind == originSource || f.org.input != to {
			return true
		}
	}
	return len(v.facts) == 0 && v.clean
}

// depth is how many attributes and elements a symbol goes down from its base.
func (d *domain) depth(n sym) int { return int(d.syms.facts[n].depth) }

// maxWriteDepth is how many attributes and elements down from its base an object may lie that one call is said to change; what can
// make a finding may lie two further down: bus.handlers[topic].append(handler).
const maxWriteDepth = 2

// maxWrites bounds the attributes and elements one call may be said to change.
const maxWrites = 32

// keepBelow copies what hangs on an object of the exit state.
func (f *frame) keepBelow(exit *state, n sym, depth int) {
	if n == noSym {
		return
	}
	for _, obj := range f.parts(n) {
		if f.ev.escapes(obj) || f.sum.heap[obj] != nil {
			continue
		}
		keys := slices.DeleteFunc(exit.keysOf(obj), func(k heapKey) bool { v, _ := exit.get(k); return v == nil })
		if !f.ev.within(limitBelow, f.kept+len(keys)) {
			keys = exit.worst(keys, max(0, limits[limitBelow].max-f.kept))
		}
		for _, k := range keys {
			if f.kept >= limits[limitBelow].max {
				break
			}
			v, _ := exit.get(k)
			f.kept++
			f.sum.keep(k, v)
			if depth > 0 {
				f.keepBelow(exit, v.sym, depth-1)
			}
		}
	}
}

// escapes says whether what hangs on the symbol is visible outside the function: inputs, globals, constant paths.
func (d *domain) escapes(n sym) bool { return d.syms.facts[n].escapes }

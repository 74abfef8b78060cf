package taint

import (
	"bytes"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
	"github.com/pickletrace/pickletrace/pkg/rule"
)

// cellStore holds what is stored in static objects, who reads it, and what sinks ask for.
type cellStore struct {
	cells      map[cellKey]*Value // what is stored in static objects
	byObj      map[sym][]string
	readers    map[cellKey]map[*program.Fn]bool
	grown      map[cellKey]bool
	wanted     map[string]bool          // attributes of static objects that reach sinks
	homes      map[*program.Module]bool // that hold such objects
	wantedRows map[*program.Class]bool  // classes of which kept objects are read, see rows
	writersOf  map[*program.Module]bool // modules that may write files which sinks read
	wantedIn   map[*program.Module]bool // modules with sinks that read files with literal paths
	askedFor   map[asked]bool           // whose writers were looked for
	sought     map[outsidePlace]int     // places outside of which something is taken, in the order they were met
	hasRows    bool                     // something hands on rows, see rowCell
}

// asked is a file that a module reads.
type asked struct {
	by   *program.Module
	file sym
}

func newCellStore() cellStore {
	return cellStore{cells: map[cellKey]*Value{}, byObj: map[sym][]string{}, readers: map[cellKey]map[*program.Fn]bool{},
		grown: map[cellKey]bool{}, wanted: map[string]bool{}, homes: map[*program.Module]bool{}, wantedRows: map[*program.Class]bool{},
		writersOf: map[*program.Module]bool{}, wantedIn: map[*program.Module]bool{}, askedFor: map[asked]bool{}, sought: map[outsidePlace]int{}}
}

// Static objects are those that every function sees under the same symbol: modules and what hangs on their names,
// classes, files with a literal path. What one function stores there another may read, in an order nobody knows:
//
//	STATE = State()
//	def refresh(url): STATE.blob = requests.get(url).content
//	def current():    return pickle.loads(STATE.blob)
//
// Stores are collected from summaries (cells); a function that reads a cell is interpreted again when it has grown.

// cellKey is one attribute, element or content of a static object.
type cellKey = heapKey

// isStatic says whether a symbol means the same object in every function.
func (d *domain) isStatic(n sym) bool { return n != noSym && d.syms.facts[n].static }

// sourceAttr says whether a symbol is an attribute of a library that is a source by itself: what it holds is decided
// outside, whatever this program puts there (the environment, say).
func (ev *eval) sourceAttr(in symInfo) bool {
	lib, ok := strings.CutPrefix(ev.syms.info[in.a].s, libPrefix)
	if !ok || ev.syms.info[in.a].op != symGlobal {
		return false
	}
	roles := ev.pack.Attr(ev.pack.Canonical(lib + in.s))
	return roles != nil && len(roles.Sources) > 0
}

// libPrefix begins the name of the namespace of a library.
const libPrefix = "lib:"

// literalPath says whether a path is made of literals and static values alone.
func (d *domain) literalPath(n sym) bool { return n != noSym && d.syms.facts[n].literal }

// isCell says whether stores under the symbol are seen by other functions.
func (ev *eval) isCell(obj sym, seg string) bool {
	switch seg {
	case "%":
		return ev.literalPath(obj)
	case rowCell: // what a connection hands on is what this function has asked of it
		return false
	}
	if ev.syms.info[obj].op == symGlobal && ev.sourceAttr(symInfo{a: obj, s: seg}) {
		return false
	}
	return ev.isStatic(obj)
}

// static reads a cell, and remembers who did.
func (ev *eval) static(fn *program.Fn, obj sym, seg string) (*Value, bool) {
	if !ev.isCell(obj, seg) {
		return nil, false
	}
	var out *Value
	for _, k := range ev.cellsOf(fn.Mod, obj, seg) {
		if ev.readers[k] == nil {
			ev.readers[k] = map[*program.Fn]bool{}
		}
		ev.readers[k][fn] = true
		if v := ev.cells[k]; v != nil && out == nil {
			out = v
		} else if v != nil {
			out = ev.joinValues(out, v)
		}
	}
	return out, out != nil
}

// cellsOf gives the cells in which a module sees an object, and of files those of the notebooks it runs. Notebooks are
// programs of their own: a name from where one is means another file in each, and so does the folder that a program is in.
// A path that names the folder of the file is the same for scripts and for a notebook, and below two folders for all.
func (d *domain) cellsOf(m *program.Module, obj sym, seg string) []cellKey {
	all := cellKey{obj, seg}
	here := obj == d.syms.konst(".")
	if seg != "%" || !here && !d.syms.below(obj) {
		return []cellKey{all}
	}
	file, folders := m.Load().IR.File, strings.Count(path.Clean(d.syms.info[obj].s), "/")
	switch {
	case !here && folders > 1, !here && folders == 0 && !file.IsNotebook():
		return []cellKey{all}
	case !here && !file.IsNotebook():
		return []cellKey{all, {obj, seg + ofNotebooks}}
	}
	out := []cellKey{{obj, seg + m.Path}}
	for _, run := range file.Runs {
		out = append(out, cellKey{obj, seg + run})
	}
	if folders == 1 {
		out = append(out, all)
	}
	return out
}

// ofNotebooks marks the cell of what any notebook wrote to a path with a folder.
const ofNotebooks = "*.ipynb"

// writtenCells gives the cells that a module stores in.
func (d *domain) writtenCells(m *program.Module, obj sym, seg string) []cellKey {
	out := d.cellsOf(m, obj, seg)
	if last := len(out) - 1; last > 0 && out[last].seg == seg {
		return []cellKey{out[0], {obj, seg + ofNotebooks}}
	}
	return out[:1]
}

// handedOn reports whether a function stores an argument under a key that is one, too: what it is, and where, callers tell.
func (d *domain) handedOn(s *summary, k cellKey, v *Value) bool {
	return k.seg == "[*]" && s.keyed[k.obj] != noSym && d.syms.info[v.sym].op == symInput
}

// collect adds what a finished summary stores in static objects to their cells.
func (ev *eval) collect(s *summary) {
	for _, k := range s.writes {
		if v := s.heap[k.obj][k.seg]; v != nil && ev.isCell(k.obj, k.seg) && !ev.handedOn(s, k, v) {
			for _, cell := range ev.writtenCells(s.fn.Mod, k.obj, k.seg) {
				ev.grow(cell, ev.publishable(s, v, k, 0))
			}
		}
	}
}

// publishable gives a value without what only means something inside the function; the objects that hang on it move
// to cells of their own.
func (ev *eval) publishable(s *summary, v *Value, k cellKey, depth int) *Value {
	w := ev.detach(v)
	if s.fn.Index == 0 {
		w.facts = sourceFacts(v.facts, 0)
	}
	w.shape = v.shape
	if v.sym == noSym || w.sym != noSym || depth > 2 {
		return w
	}
	segs := s.heap[v.sym]
	if len(segs) == 0 && !v.shape && !ev.isFilled(v) {
		return w
	}
	w.sym = ev.syms.of(symAttr, k.obj, 0, k.seg)
	if k.seg[0] == '[' && k.seg != "[*]" {
		w.sym = ev.syms.of(symIndex, k.obj, 0, k.seg)
	}
	for _, seg := range slices.Sorted(maps.Keys(segs)) {
		ev.grow(cellKey{w.sym, seg}, ev.publishable(s, segs[seg], cellKey{w.sym, seg}, depth+1))
	}
	return w
}

// grow adds to a cell and notes whether that told anything new.
func (ev *eval) grow(k cellKey, v *Value) {
	old := ev.cells[k]
	next := v
	if old != nil {
		next = ev.joinValues(old, v)
	}
	if old != nil && len(next.facts) == len(old.facts) && len(next.refs) == len(old.refs) && next.open == old.open && next.clean == old.clean {
		return
	}
	if old == nil {
		ev.byObj[k.obj] = append(ev.byObj[k.obj], k.seg)
	}
	ev.cells[k] = next
	ev.noteGrown(k, k, old, next)
	if k.seg[0] == '[' && k.seg != "[*]" { // who reads any element reads this one
		ev.noteGrown(cellKey{k.obj, "[*]"}, k, old, next)
	}
}

// noteGrown notes that those who read one cell would read what another holds now.
func (ev *eval) noteGrown(read, k cellKey, old, next *Value) {
	if len(ev.readers[read]) > 0 && !ev.grown[read] && (ev.tells(old, next) || old == nil && next.clean && ev.fillsRows(k)) {
		ev.grown[read] = true
	}
}

// tells says whether what a cell holds now can bring its readers data of a source, or a way to a sink, that it could not
// before.
func (ev *eval) tells(old, next *Value) bool {
	if len(next.facts) > len(old.getFacts()) || next.sym != old.symbol() && ev.holdsData(next.sym) {
		return true
	}
	return slices.ContainsFunc(next.refs, func(r Ref) bool {
		k := r.key()
		return (old == nil || !slices.ContainsFunc(old.refs, func(o Ref) bool { return o.key() == k })) && (ev.leads(&r) || inRegistry(&r))
	})
}

// holdsData reports whether data of a source is known to hang on a static object: RECENT[name].append({"body": request.data}).
func (c *cellStore) holdsData(n sym) bool {
	return n != noSym && slices.ContainsFunc(c.byObj[n], func(seg string) bool { return len(c.cells[cellKey{n, seg}].getFacts()) > 0 })
}

// leads says whether calling something, or its methods, may lead to a sink, a source or a check.
func (ev *eval) leads(r *Ref) bool {
	switch r.kind {
	case refFunc:
		return ev.rel.reaches(r.fn, nearbyCalls)
	case refPartial:
		return slices.ContainsFunc(r.self.refs, func(r Ref) bool { return ev.leads(&r) })
	case refExt:
		return ev.rel.role(ev.pack.Canonical(r.name), anything)
	case refClass, refInst:
		return slices.ContainsFunc(r.cls.MRO(), func(c *program.Class) bool {
			return slices.ContainsFunc(c.Mod.Fns, func(fn *program.Fn) bool { return fn.Owner == c && ev.rel.reaches(fn, 1) })
		})
	default:
		return r.kind == refExtInst
	}
}

// keys gives the heap keys below an object, those of static objects included.
func (f *frame) keys(st *state, obj sym) []heapKey {
	out := st.keysOf(obj)
	f.ev.stats.Cells += len(out)
	known := len(f.ev.byObj[obj])
	if known == 0 {
		return out
	}
	if !f.ev.within(limitCells, known) {
		known = limits[limitCells].max
	}
	for _, seg := range f.ev.byObj[obj][:known] {
		k := heapKey{obj, seg}
		if _, ok := st.get(k); !ok && f.ev.cells[k] != nil {
			out = append(out, k)
		}
	}
	slices.SortFunc(out, compareKeys)
	return slices.Compact(out)
}

// rename gives an object the symbol of the module-level name it is bound to, so that everybody sees the same object.
func (f *frame) rename(v *Value, to sym, st *state) *Value {
	if k := (heapKey{to, "%"}); v != nil { // a file that the name was bound to before is another one
		if old, ok := st.get(k); ok && old != nil {
			st.set(k, nil)
		}
		f.invalidate(st, to)
	}
	if v == nil || v.sym == noSym || f.ev.stableSym(v.sym) || f.ev.isA(v, rule.IsFile) && f.ev.literalPath(v.sym) {
		return v
	}
	f.moveCells(v.sym, to, st)
	f.ev.bind(to, v.sym)
	w := *v
	w.sym = to
	return &w
}

// moveCells lets an object hold what another one does, also where that is the same data in another form: frozenset({…}).
func (f *frame) moveCells(from, to sym, st *state) {
	if in := f.ev.syms.info[from]; in.op == symSame {
		f.moveCells(in.a, to, st)
	}
	for _, k := range st.allKeysOf(from) {
		if x, ok := st.get(k); ok && x != nil {
			st.set(heapKey{to, k.seg}, x)
		}
	}
}

// staleReaders gives the functions that read from static objects what others have stored there since they were asked for.
func (c *cellStore) staleReaders() map[*program.Fn]bool {
	out := map[*program.Fn]bool{}
	for k := range c.grown {
		maps.Copy(out, c.readers[k])
	}
	c.grown = map[cellKey]bool{}
	return out
}

// withCallers gives functions and everything that was seen to call them, directly or not.
func (g *callGraph) withCallers(fns map[*program.Fn]bool) map[*program.Fn]bool {
	out := maps.Clone(fns)
	for queue := slices.Collect(maps.Keys(fns)); len(queue) > 0; queue = queue[1:] {
		for caller := range g.callers[queue[0]] {
			if !out[caller] {
				out[caller] = true
				queue = append(queue, caller)
			}
		}
	}
	return out
}

// want notes what a sink reads from a static object: somebody not yet interpreted may store there.
func (f *frame) want(v *Value) {
	if v == nil {
		return
	}
	for _, part := range f.parts(v.sym) {
		for _, n := range f.ev.syms.origins(part) {
			n = f.ev.syms.container(n)
			switch op := f.ev.syms.info[n].op; {
			case op == symAttr && f.ev.isStatic(n):
				f.ev.wantBelow(n)
			case op == symConst || f.ev.literalPath(n) || f.ev.pattern(n) != noSym:
				f.wantFile()
				f.wantWriters(n)
			}
		}
	}
}

// wantElement notes that something is called that an element of a static container may be.
func (f *frame) wantElement(v *Value) {
	if v == nil || v.sym == noSym {
		return
	}
	for _, n := range f.parts(v.sym) {
		if c := f.ev.syms.container(n); c != n && f.ev.syms.info[c].op == symAttr && f.ev.isStatic(c) {
			f.ev.wantBelow(c)
		}
	}
}

// wantBelow notes the names on the way down to a static object.
func (ev *eval) wantBelow(n sym) {
	for ev.syms.info[n].op == symAttr {
		ev.wanted[strings.TrimPrefix(ev.syms.info[n].s, ".")] = true
		n = ev.syms.info[n].a
	}
	if m := ev.prog.OfFile(ev.syms.info[n].s); m != nil {
		ev.homes[m] = true
	}
}

// wantFile notes that a file of a literal path is read: which, a variable of this or another module may tell.
func (f *frame) wantFile() {
	f.ev.wantedIn[f.fn.Mod] = true
	for _, i := range f.fn.Body().Names {
		name := f.fn.Mod.IR.Strings[i]
		if f.fn.Mod.Lookup(name).Value != nil {
			f.ev.wanted[name] = true
		}
	}
	f.wantVariables()
}

// wantWriters notes the modules whose text holds the name of the file, or names a folder it is in: they may write it. The name
// of a file without a folder says something to the modules beside it.
func (f *frame) wantWriters(n sym) {
	in := f.ev.syms.info[n]
	if in.op != symConst || len(in.s) > maxPathText || f.fn.Mod.Load().IR.File.IsNotebook() && !strings.Contains(in.s, "/") {
		return
	}
	k := asked{f.fn.Mod, n}
	if f.ev.askedFor[k] {
		return
	}
	f.ev.askedFor[k] = true
	f.wantNaming(path.Base(in.s), strings.Contains(in.s, "/"), path.Base(in.s))
	for dir, n := path.Dir(in.s), 0; dir != "." && dir != "/" && n < maxFolders; dir, n = path.Dir(dir), n+1 {
		f.wantNaming(path.Base(dir), true, `"`+dir+`"`, `'`+dir+`'`)
	}
}

// maxFolders is how many folders above a file are looked for in other files.
const maxFolders = 2

// wantNaming notes the modules whose text holds one of the ways in which a name is written: everywhere, or in the folder of
// this one.
func (f *frame) wantNaming(name string, everywhere bool, written ...string) {
	word := nameWord(name)
	if len(word) < shortestName {
		return
	}
	files := f.ev.prog.Mentioning(word)
	if len(files) > maxUsers {
		return
	}
	for _, m := range files {
		beside := path.Dir(m.Path) == path.Dir(f.fn.Mod.Path)
		if m == f.fn.Mod || !everywhere && (!beside || m.Load().IR.File.IsNotebook()) {
			continue
		}
		m.Load()
		if !slices.ContainsFunc(written, func(s string) bool { return bytes.Contains(m.IR.File.Text, []byte(s)) }) {
			continue
		}
		for _, variable := range variablesOf(m, name) { // others write what it names
			f.ev.wanted[variable] = true
		}
		if f.ev.rel.file(m) || m.IR.File.IsNotebook() {
			f.ev.writersOf[m] = true
		}
	}
}

// variablesOf gives the module-level names that are set to a text that ends with the name of a file, or are made with it.
func variablesOf(m *program.Module, name string) []string {
	var out []string
	named := false
	for in := range m.Fns[0].Body().Instrs() {
		switch in.Op {
		case ir.ConstOp:
			c := &m.IR.Consts[in.A]
			named = named || c.Kind == ir.Str && strings.HasSuffix(c.S, name)
		case ir.StoreGlobal:
			if named {
				out = append(out, m.IR.Strings[in.A])
			}
			named = false
		}
	}
	return out
}

// nameWord gives the longest identifier in a file's name.
func nameWord(name string) string {
	out := ""
	for _, w := range strings.FieldsFunc(name, func(r rune) bool {
		return r < 0x80 && r != '_' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	}) {
		if len(w) > len(out) {
			out = w
		}
	}
	return out
}

// shortestName is how long the name of a file must be to look for it in other files.
const shortestName = 3

// wantVariables notes variables of other modules that the function names as their attributes.
func (f *frame) wantVariables() {
	for _, c := range f.ev.mentions(f.fn).chains {
		if !strings.Contains(c, ".") {
			continue
		}
		if t := f.ev.chainTarget(f.fn, c); t.Value != nil && t.Rest == "" {
			f.ev.wanted[t.Name] = true
		}
	}
}

// wantedModules gives the modules with sinks that read files with literal paths, in program order.
func (c *cellStore) wantedModules() []*program.Module {
	return slices.SortedFunc(maps.Keys(c.wantedIn), (*program.Module).Compare)
}

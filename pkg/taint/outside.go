package taint

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
	"github.com/pickletrace/pickletrace/pkg/rule"
)

// Places outside of the program: what a request puts there is what another function takes from there.
//
//	cache.set(f"curve:{sensor}", request.body)        cache.get(f"curve:{sensor}")
//	kernels.insert_one({"state": body})               kernels.find_one({"id": k})["state"]
//	db.execute("INSERT INTO carts (items) VALUES (?)", (body,))      db.execute("SELECT items FROM carts")
//
// A place is a static object. It is named by what the pack says puts things there, and by what the call says of it: a
// collection, a table. Its cells are keys, fields or columns. Of a key that is put together, what is literal counts.

// outsideMark begins the name of such a place.
const outsideMark = "outside:"

// rowCell is the heap segment under which an object holds the row that a statement has given it.
const rowCell = "#row"

// An outsidePlace is one of which something is taken.
type outsidePlace struct {
	keep *rule.Keep
	name string
}

func (d *domain) outsideSym(p outsidePlace) sym {
	return d.syms.of(symGlobal, 0, 0, outsideMark+p.keep.With+":"+p.name)
}

// isOutside says whether a symbol is such a place.
func (d *domain) isOutside(n sym) bool {
	in := d.syms.info[n]
	return n != noSym && in.op == symGlobal && strings.HasPrefix(in.s, outsideMark)
}

// keepRoles gives what a call puts somewhere, or takes from there; nil if it does neither.
func (c *extCall) keepRoles() *rule.KeepRoles {
	if len(c.f.ev.pack.Keeps) == 0 {
		return nil
	}
	for _, n := range c.names {
		if r := c.f.ev.pack.Kept(n); r != nil {
			return r
		}
	}
	return nil
}

// outside does a call that may put something somewhere, take it from there, or hand on what was taken.
func (c *extCall) outside(known func() *Value) *Value {
	roles := c.keepRoles()
	if roles == nil {
		return c.handOn(known)
	}
	for _, k := range roles.Puts {
		if k.Held {
			c.putHeld(k)
		} else {
			c.putOutside(k)
		}
	}
	if v := c.takeHeld(roles.Takes); v != nil {
		return v
	}
	c.modelled = c.modelled || slices.ContainsFunc(roles.Takes, func(k *rule.Keep) bool { return k.Key.What != rule.NoSlot })
	v := known()
	for _, k := range roles.Takes {
		if !k.Held {
			v = c.take(k, v)
		}
	}
	return v
}

// putHeld puts a value below a section of the receiver: config.set("client", "state", raw).
func (c *extCall) putHeld(k *rule.Keep) {
	section, ok := c.slot(k.Section).strKonst()
	key, named := c.slot(k.Key).strKonst()
	if !ok || !named || c.self.symbol() == noSym {
		return
	}
	n := c.f.ev.syms.of(symIndex, c.self.sym, 0, "["+section+"]")
	c.st.set(heapKey{c.self.sym, "[" + section + "]"}, &Value{open: true, sym: n})
	c.st.set(heapKey{n, "[" + key + "]"}, c.f.noteStore(orUnknown(c.slot(k.Value)), "["+key+"]", c.in))
}

// takeHeld gives what lies below a section of the receiver, nil if that is not known.
func (c *extCall) takeHeld(takes []*rule.Keep) *Value {
	for _, k := range takes {
		section, ok := c.slot(k.Section).strKonst()
		key, named := c.slot(k.Key).strKonst()
		if !k.Held || !ok || !named {
			continue
		}
		below, ok := c.f.heapGet(c.st, c.self.symbol(), "["+section+"]")
		if !ok {
			continue
		}
		if v, ok := c.f.heapGet(c.st, below.symbol(), "["+key+"]"); ok {
			return v
		}
	}
	return nil
}

// placeOf gives the place that a call means besides its key.
func (c *extCall) placeOf(k *rule.Keep) outsidePlace {
	p := outsidePlace{keep: k}
	if k.Of.What != rule.NoSlot {
		p.name = c.f.ev.placeName(c.slot(k.Of))
	}
	return p
}

// placeName gives the last name by which an object outside is reached: hub["kernels"], hub.kernels, hub.get_collection("kernels").
func (d *domain) placeName(v *Value) string {
	n := v.symbol()
	if s, ok := v.strKonst(); ok {
		return s
	}
	if to := d.bound[n]; to != noSym {
		n = to
	}
	switch in := d.syms.info[n]; in.op {
	case symAttr, symIndex:
		return strings.Trim(in.s, ".[]\"'")
	case symVia:
		return in.s[strings.LastIndexByte(in.s, ',')+1:]
	}
	return ""
}

// keyText gives what is literal of a key.
func keyText(v *Value) string {
	if s, ok := v.strKonst(); ok {
		return s
	}
	begin, end := v.ends()
	return begin + hole + end
}

func (c *extCall) putOutside(k *rule.Keep) {
	switch {
	case k.Key.What != rule.NoSlot:
		c.putIn(c.placeOf(k), "["+keyText(c.slot(k.Key))+"]", c.slot(k.Value))
	case k.Fields.What != rule.NoSlot:
		c.putFields(c.placeOf(k), c.slot(k.Fields), 2)
	default:
		text, _ := c.slot(k.Statement).strKonst()
		if s := readSQL(text); s != nil && s.verb != "select" {
			c.putColumns(outsidePlace{k, s.table}, s, k)
		}
	}
}

// putFields puts the entries of a mapping, or of several in a list, under their keys: {"$set": {"state": body}}.
func (c *extCall) putFields(p outsidePlace, doc *Value, depth int) {
	if doc == nil || doc.sym == noSym || depth < 0 {
		return
	}
	for _, obj := range c.f.parts(doc.sym) {
		for _, k := range c.f.keys(c.st, obj) {
			x, _ := c.f.lookup(c.st, k.obj, k.seg)
			if x == nil || k.seg[0] != '[' {
				continue
			}
			if key := strings.Trim(k.seg, "[]"); strings.HasPrefix(key, "$") || x.shape && (key == "*" || isPlace(key)) {
				c.putFields(p, x, depth-1)
			} else {
				c.putIn(p, k.seg, x)
			}
		}
	}
}

// isPlace says whether a key of a container is the number of an element.
func isPlace(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// putColumns puts what a statement fills columns with.
func (c *extCall) putColumns(p outsidePlace, s *sqlStatement, k *rule.Keep) {
	for i, m := range s.marks {
		v := c.parameter(k, m)
		if v == nil {
			continue
		}
		if i < len(s.columns) {
			c.putIn(p, "["+s.columns[i]+"]", v)
		} else {
			c.putIn(p, "["+itoa(i)+"]", v)
		}
		c.putIn(p, "[*]", v)
	}
}

// parameter gives what a mark of a statement stands for; nil if that is not known.
func (c *extCall) parameter(k *rule.Keep, m sqlMark) *Value {
	if m.n < 0 && m.name == "" {
		return nil
	}
	list := c.slot(k.Values)
	if k.Values.What == rule.NoSlot { // the arguments that follow
		v, _ := c.arg([]int{m.n + 1}, nil)
		return v
	}
	if list == nil {
		return nil
	}
	seg := "[" + cmp.Or(m.name, itoa(m.n)) + "]"
	for range 2 { // rows of executemany
		if v, ok := c.f.heapGet(c.st, list.sym, seg); ok && !v.shape {
			return v
		}
		if list = c.f.element(list, c.st); list == nil {
			return nil
		}
	}
	return nil
}

// putIn puts what a value carries under a key, field or column of a place.
func (c *extCall) putIn(p outsidePlace, seg string, v *Value) {
	w := *orUnknown(v)
	facts := c.f.deep(v, c.st)
	if len(facts) == 0 { // others may put something there too: that this is harmless tells nothing
		return
	}
	w.facts = c.f.stepped(facts, provStore, c.in, said("kept in "+placeText(p, seg)))
	for _, x := range w.facts {
		x.feats |= ViaStore
	}
	w.refs, w.assumed, w.cond, w.hash, w.shape, w.sym = nil, "", nil, nil, false, noSym
	c.f.weakStore(c.st, heapKey{c.f.ev.outsideSym(p), seg}, &w)
}

// placeText names a key, field or column of a place.
func placeText(p outsidePlace, seg string) string {
	key := strings.ReplaceAll(strings.Trim(seg, "[]"), hole, "…")
	if p.name != "" {
		key = p.name + "." + key
	}
	return "'" + key + "'"
}

// take gives what a call takes from a place, with what else is known of its result.
func (c *extCall) take(k *rule.Keep, v *Value) *Value {
	switch {
	case k.Key.What != rule.NoSlot:
		return c.taken(c.placeOf(k), "["+keyText(c.slot(k.Key))+"]", v)
	case k.Fields.What != rule.NoSlot:
		p := c.placeOf(k)
		c.f.ev.seek(p)
		w := *orUnknown(v)
		w.sym, w.shape, w.clean = c.f.ev.outsideSym(p), false, false
		return &w
	}
	text, _ := c.slot(k.Statement).strKonst()
	s := readSQL(text)
	if s == nil || s.verb != "select" || s.table == "" {
		return v
	}
	return c.rowsTaken(k, c.rowTaken(outsidePlace{k, s.table}, s), v)
}

// taken gives what lies under a key of a place, and what a call gives besides.
func (c *extCall) taken(p outsidePlace, seg string, v *Value) *Value {
	c.f.ev.seek(p)
	got, ok := c.f.lookup(c.st, c.f.ev.outsideSym(p), seg)
	if !ok || len(got.facts) == 0 {
		return v
	}
	return v.withFacts(addFacts(got.facts, v.getFacts()))
}

// rowTaken makes a row of what a statement reads.
func (c *extCall) rowTaken(p outsidePlace, s *sqlStatement) *Value {
	c.f.ev.seek(p)
	place := c.f.ev.outsideSym(p)
	if s.all {
		return &Value{open: true, sym: place}
	}
	row := &Value{open: true, sym: c.f.ev.syms.of(symOpaque, c.f.callSym(), noSym, rowCell)}
	for i, column := range s.columns {
		got, ok := c.f.lookup(c.st, place, "["+column+"]")
		if column == "" || !ok || len(got.facts) == 0 { // others may write there too
			continue
		}
		for _, seg := range []string{"[" + itoa(i) + "]", "[" + column + "]", "." + column} {
			c.st.set(heapKey{row.sym, seg}, got)
		}
	}
	return row
}

// rowsTaken gives what a statement gives: an object that hands rows on, as its receiver does from now on, or rows.
func (c *extCall) rowsTaken(k *rule.Keep, row, v *Value) *Value {
	c.f.ev.hasRows = true
	switch k.Result {
	case "row":
		return row.besides(v)
	case "cell":
		return c.cell(row, v)
	case "rows":
		return c.several(row, v)
	}
	if c.self.symbol() != noSym {
		c.st.set(heapKey{c.self.sym, rowCell}, row)
	}
	out := c.handing(row, v)
	out.shape = false
	return out
}

// handing gives an object that hands on rows, with what else is known of it.
func (c *extCall) handing(row, known *Value) *Value {
	out := *orUnknown(known)
	if row.clean {
		out.facts = nil
	}
	out.sym = c.f.ev.syms.of(symOpaque, c.f.callSym(), noSym, "rows")
	c.st.set(heapKey{out.sym, rowCell}, row)
	return &out
}

// several gives a list of rows.
func (c *extCall) several(row, v *Value) *Value {
	out := &Value{open: true, sym: c.f.ev.syms.of(symOpaque, c.f.callSym(), noSym, "list")}
	if row == nil || !row.clean {
		out.facts = v.getFacts()
	} else {
		out.shape = true // of such rows alone
	}
	c.f.ev.hasRows = true
	if row != nil {
		c.st.set(heapKey{out.sym, "[*]"}, row.besides(v))
	}
	return out
}

// besides gives a row with what is known of the call that gives it, unless all of its columns are known.
func (v *Value) besides(known *Value) *Value {
	if v.clean || len(known.getFacts()) == 0 {
		return v
	}
	return v.withFacts(addFacts(v.facts, known.facts))
}

// cell gives the first column of a row.
func (c *extCall) cell(row, v *Value) *Value {
	x, ok := c.f.heapGet(c.st, row.symbol(), "[0]")
	if !ok {
		return v
	}
	if v == nil || x.isClean() {
		return x
	}
	return v.withFacts(addFacts(x.getFacts(), v.getFacts()))
}

// handOn gives what a method gives of something that was taken: cursor.fetchone(), kernels.find().sort("id").
func (c *extCall) handOn(known func() *Value) *Value {
	if c.self.symbol() == noSym {
		return known()
	}
	if c.f.ev.isOutside(c.self.sym) && c.f.ev.pack.HandsOn(last(c.name)) != 0 {
		return c.self
	}
	row := c.f.handedRow(c.self, c.st)
	if row == nil || c.self.sym == row.sym {
		return known()
	}
	return c.handOver(row, known())
}

// handOver gives what a method gives of an object that hands on rows, or the object where the method only says which rows.
func (c *extCall) handOver(row, known *Value) *Value {
	switch c.f.ev.pack.HandsOn(last(c.name)) {
	case rule.HandsRow:
		return row.besides(known)
	case rule.HandsRows:
		return c.several(row, known)
	case rule.HandsCell:
		return c.cell(row, known)
	case rule.HandsCells:
		return c.several(c.cell(row, nil), known)
	}
	return c.handing(row, known)
}

// seek notes that something is taken from a place. Who puts something there is interpreted first: what is known to lie there is
// nothing else.
func (ev *eval) seek(p outsidePlace) {
	if ev.sought[p] != 0 {
		return
	}
	ev.sought[p] = len(ev.sought) + 1
	for _, fn := range ev.putters(p) {
		if ev.memo[memoKey{fn, ""}] == nil && len(ev.stack) < maxDepth/2 {
			ev.topSummary(fn)
		}
	}
}

// putters gives the functions that may put something in a place, in the order of the program.
func (ev *eval) putters(p outsidePlace) []*program.Fn {
	var out []*program.Fn
	for _, word := range ev.pack.PutWords(p.keep.With) {
		files := ev.prog.Mentioning(word)
		if p.name == "" && len(files) > maxUsers {
			continue
		}
		for _, m := range files {
			if !ev.namesPlace(m, p.name) {
				continue
			}
			for _, fn := range m.Users(word) {
				if fn.Kind != ir.ClassBody && (len(fn.Params) > 0 || ev.rel.reaches(fn, nearbyCalls)) {
					out = append(out, fn)
				}
			}
		}
	}
	return out
}

// namesPlace says whether a file holds the name of a place, or names one that does.
func (ev *eval) namesPlace(m *program.Module, name string) bool {
	if name == "" || m.Mentions(name) {
		return true
	}
	files := ev.prog.Mentioning(name)
	return len(files) <= fewFiles && slices.ContainsFunc(files, func(o *program.Module) bool { return namesModule(m, o) })
}

// outsideWriters queues the functions that may put something where something is taken.
func (w *worklist) outsideWriters() {
	places := slices.SortedFunc(maps.Keys(w.ev.sought), func(a, b outsidePlace) int { return w.ev.sought[a] - w.ev.sought[b] })
	for _, p := range places {
		w.add(w.ev.putters(p)...)
	}
}

// inPlace gives an element of what was taken from a place: what is known to lie under its name, or, by a number, of several
// documents one, which is the same to us. It gives nil for everything else.
func (f *frame) inPlace(v, key *Value, st *state) *Value {
	k, ok := key.strKonst()
	if !ok || v == nil || !f.ev.isOutside(v.sym) {
		return nil
	}
	segs := []string{"[" + k + "]"}
	if isPlace(k) {
		segs = append(segs, "[*]")
	}
	for _, seg := range segs {
		if x, ok := f.lookup(st, v.sym, seg); ok && len(x.facts) > 0 {
			return x.withFacts(addFacts(x.facts, v.facts))
		}
	}
	if isPlace(k) {
		return v
	}
	return nil
}

// handedRow gives the row that an object hands on, nil if it hands on none.
func (f *frame) handedRow(v *Value, st *state) *Value {
	if !f.ev.hasRows || v.symbol() == noSym {
		return nil
	}
	row, _ := f.heapGet(st, v.sym, rowCell)
	return row
}

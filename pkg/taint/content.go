package taint

import (
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/rule"
)

// What files and buffers hold.

// content gives what the file that v names (or the buffer that v is) holds, as facts of values.
//
// written: the program filled it itself on the way here, so that facts are those of what was written, and who named
// the file does not matter.
func (f *frame) content(v *Value, st *state) (facts []*Fact, written bool) {
	if v == nil {
		return nil, false
	}
	facts, written = f.stored(v, st)
	if written {
		return facts, true
	}
	for _, fact := range v.facts {
		facts = addFacts(facts, []*Fact{{org: fact.org, feats: fact.feats, weak: fact.weak, prov: fact.prov, trust: fact.trust}})
	}
	return facts, false
}

// stored gives what was written to a file or buffer.
func (f *frame) stored(v *Value, st *state) (facts []*Fact, written bool) {
	if v.sym == noSym {
		return nil, false
	}
	for _, origin := range f.ev.syms.origins(v.sym) {
		for _, base := range f.located(origin, st) {
			more, is := f.storedAt(base, st)
			facts, written = addFacts(facts, more), written || is
		}
	}
	for _, n := range f.constantPaths(v) {
		more, _ := f.storedAt(n, st)
		facts = addFacts(facts, more)
	}
	return facts, written
}

// storedAt gives what was written to a file, or to a folder above it.
func (f *frame) storedAt(base sym, st *state) (facts []*Fact, written bool) {
	for _, at := range slices.Concat([]sym{base}, f.ev.syms.above(base), f.ev.syms.folders(base)) {
		for _, obj := range f.parts(at) {
			if x, ok := f.lookup(st, obj, "%"); ok {
				facts = addFacts(facts, x.facts)
				written = written || obj == base
			}
		}
	}
	if like := f.ev.pattern(base); like != noSym {
		if x, ok := f.lookup(st, like, "%"); ok {
			facts = addFacts(facts, x.facts)
		}
	}
	if here := f.ev.syms.konst("."); !written && f.ev.syms.below(base) {
		if x, ok := f.lookup(st, here, "%"); ok {
			facts = addFacts(facts, x.facts)
		}
	}
	return facts, written
}

// write adds data to the file that v names (or the buffer that v is).
func (f *frame) write(v, data *Value, st *state, in *ir.Instr) {
	if v == nil || v.sym == noSym {
		return
	}
	f.noteOutput(v)
	facts := f.deep(data, st)
	if len(facts) > 0 {
		facts = f.stepped(facts, provStore, in, said("written to "+f.describe(v)))
	}
	x := (&Value{clean: data.isClean(), sym: data.symbol()}).withFacts(facts)
	for _, obj := range f.writtenAt(f.ev.syms.ident(v.sym), st) {
		k := heapKey{obj, "%"}
		y := *x
		if old, ok := st.get(k); ok && old != nil {
			y.facts = addFacts(old.facts, x.facts)
			y.clean, y.sym = old.clean && x.clean, f.ev.syms.allOf(old, x)
		}
		st.set(k, &y)
		f.perhapsWritten(v, obj, x, st)
		if !data.isClean() {
			f.invalidate(st, obj)
		}
	}
	if len(facts) > 0 {
		for _, n := range f.constantPaths(v) {
			f.weakStore(st, heapKey{n, "%"}, x)
		}
	}
	if like := f.ev.pattern(v.sym); like != noSym {
		f.weakStore(st, heapKey{like, "%"}, x)
	}
	f.reachElement(v, "%", x, st, in)
	if !data.isClean() {
		f.invalidate(st, f.ev.syms.ident(v.sym))
	}
}

// perhapsWritten adds foreign data to what else a path may name that is one of several, or has a name below its folder of
// which nothing is known.
func (f *frame) perhapsWritten(v *Value, obj sym, x *Value, st *state) {
	if len(x.facts) == 0 {
		return
	}
	for _, part := range f.parts(obj)[1:] {
		if op := f.ev.syms.info[part].op; op != symPhi && op != symSame {
			f.weakStore(st, heapKey{f.ev.syms.ident(part), "%"}, x)
		}
	}
	in := f.ev.syms.info[obj]
	if _, end := v.ends(); in.op == symJoin && in.s == "" && end == "" && in.a != noSym && f.namedByData(in.b) {
		f.weakStore(st, heapKey{f.ev.syms.ident(in.a), "%"}, x)
	}
}

// constantPaths gives the constants that a path may be which is an element of several: for path in ["a.pkl", "b.pkl"].
func (f *frame) constantPaths(v *Value) []sym {
	var out []sym
	for i := range v.refs {
		if r := &v.refs[i]; len(v.refs) > 1 && r.kind == refConst && r.lit == ir.Str && !strings.Contains(r.name, hole) {
			out = append(out, f.ev.syms.ident(f.ev.syms.konst(r.name)))
		}
	}
	return out
}

// namedByData reports whether the name of a file is taken out of something else: url.split("/")[-1].
func (f *frame) namedByData(n sym) bool {
	op := f.ev.syms.info[f.ev.syms.ident(n)].op
	return op == symVia || op == symIndex && f.ev.syms.inputOf(n) >= 0
}

// overwrite forgets what a file held: it is about to be replaced.
func (f *frame) overwrite(v *Value, st *state) {
	for _, obj := range f.writtenAt(f.ev.syms.ident(v.sym), st) {
		k := heapKey{obj, "%"}
		if old, ok := st.get(k); ok && old != nil {
			st.set(k, nil)
		}
	}
}

// invalidate takes back what was checked of data that is now other data.
func (f *frame) invalidate(st *state, n sym) {
	for _, o := range f.ev.syms.origins(n) {
		if st.guardOf(o) != nil {
			st.setGuard(o, nil)
		}
	}
	if st.guardOf(n) != nil {
		st.setGuard(n, nil)
	}
}

// describe names a value for a message.
func (f *frame) describe(v *Value) string {
	if s, ok := v.strKonst(); ok && v.assumed == "" {
		return "'" + clip(s, 40) + "'"
	}
	return "a file"
}

func clip(s string, n int) string {
	if len(s) > n {
		return s[:n] + "…"
	}
	return s
}

// toPeer says whether what is written to an object of unknown type goes to somebody else, who does not send it back: a file
// or buffer takes text or bytes, and is not waited for.
//
//	await self.comm.write({"lang": LANG})
//	answer = await self.comm.read()         the peer's
func (c *extCall) toPeer(data *Value) bool {
	if c.self == nil || len(c.self.refs) > 0 && !(len(c.self.refs) == 1 && c.self.refs[0].kind == refExt) {
		return false
	}
	if data != nil && data.shape && c.how == rule.DoWrite {
		return true
	}
	for in := range c.f.fn.Body().Instrs() {
		if in.Op == ir.Await && in.A == c.in.Dst {
			return true
		}
	}
	return false
}

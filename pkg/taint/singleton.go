package taint

import (
	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
	"github.com/pickletrace/pickletrace/pkg/rule"
)

// Objects of which there is one, whoever asks for it:
//
//	def store():                            @lru_cache
//	    global _store                       def store(): return Store()
//	    if _store is None:
//	        _store = Store()                @classmethod
//	    return _store                       def shared(cls): cls._instance = cls.…
//
// They get the symbol of what keeps them, so that all functions see the same object.

// singleton gives an object that is made here and kept in an attribute of a class the symbol of that attribute.
func (f *frame) singleton(obj *Value, name string, v *Value, st *state) *Value {
	if obj.sym == noSym || len(obj.refs) != 1 || obj.refs[0].kind != refClass || v == nil || !f.ev.isMade(v) {
		return v
	}
	return f.renameAll(v, f.ev.syms.of(symAttr, obj.sym, 0, "."+name), st, 2)
}

// onlyOne gives the result of a function without parameters that keeps what it has once made the symbol of its name.
func (f *frame) onlyOne(fn *program.Fn, v *Value, st *state) *Value {
	if v == nil || len(fn.Params) > 0 || len(v.refs) != 1 || v.refs[0].kind != refInst || fn.Parent != 0 || !hasDecorator(fn, f.ev.pack.WordsOf(rule.WordOnce)...) {
		return v
	}
	return f.renameAll(v, f.ev.syms.of(symAttr, f.ev.globalSym(fn.Mod), 0, "."+fn.Name), st, 2)
}

// renameAll gives an object, and the containers and objects in its fields that are made here, other symbols.
func (f *frame) renameAll(v *Value, to sym, st *state, depth int) *Value {
	w := f.rename(v, to, st)
	if depth == 0 || w.symbol() != to {
		return w
	}
	for _, k := range st.allKeysOf(to) {
		x, _ := st.get(k)
		if x != nil && k.seg[0] == '.' && x.sym != noSym && (x.shape || f.ev.isMade(x) || f.ev.isFilled(x)) {
			st.set(k, f.renameAll(x, f.ev.syms.of(symAttr, to, 0, k.seg), st, depth-1))
		}
	}
	return w
}

// givenOut queues the functions that may change a static object which a function of its module gives out: store().put(x).
func (w *worklist) givenOut(m *program.Module, name string) {
	for _, u := range m.Users(name) {
		if u.Kind != ir.Plain {
			continue
		}
		by := u.Name
		if w.ev.pack.IsWord(rule.WordCommon, by) {
			if u.Owner == nil {
				continue
			}
			by = u.Owner.Name
		}
		if s := w.ev.memo[memoKey{u, ""}]; s == nil || !s.returns || s.result == nil || len(s.result.refs) == 0 {
			continue
		}
		files := w.ev.prog.Mentioning(by)
		if len(files) > maxMakers {
			continue
		}
		for _, o := range files {
			w.near(o.Users(by), by)
		}
	}
}

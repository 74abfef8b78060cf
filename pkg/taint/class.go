package taint

import (
	"github.com/pickletrace/pickletrace/pkg/program"
	"github.com/pickletrace/pickletrace/pkg/rule"
)

// classTable is what was found out about classes, and about the parameters of functions by their definition.
type classTable struct {
	classes  map[*program.Class]*classInfo
	defaults map[*program.Fn]map[string]*Value // values of parameter defaults that are not literals
	staying  map[stayKey]bool                  // objects that stay where they are made, or do not
}

// classInfo caches what is known of a class.
type classInfo struct {
	attrs      map[string]*Value        // from the class body
	fields     map[string]*Value        // from stores through self in methods
	made       map[string][]Ref         // what constructor calls pass for attributes; see madeRefs
	declared   map[string][]Ref         // what the class body declares; see declaredField
	held       map[string][]heldElement // see fieldElements
	digests    map[string]*fieldDigest  // see digestField
	busy       map[string]bool
	onClass    map[string]bool // attributes that are stored in the class itself; see storedOnClass
	store      *rule.Store     // that keeps objects of it, see storeOf
	storeKnown bool
	stores     map[string][]*program.Fn // methods of its own by the attributes of self they store, in order
	methods    []*program.Fn

	converters      []converter // see convertersOf
	convertersKnown bool
}

func (t *classTable) classOf(c *program.Class) *classInfo {
	ci := t.classes[c]
	if ci == nil {
		ci = &classInfo{fields: map[string]*Value{}, made: map[string][]Ref{}, declared: map[string][]Ref{}, held: map[string][]heldElement{}, digests: map[string]*fieldDigest{}, busy: map[string]bool{}, onClass: map[string]bool{}}
		t.classes[c] = ci
	}
	return ci
}

// classAttr gives a class attribute, looked up along the MRO.
func (ev *eval) classAttr(c *program.Class, name string) *Value {
	for _, k := range c.MRO() {
		if v := ev.ownAttr(k, name); v != nil {
			return v
		}
	}
	return nil
}

func (ev *eval) ownAttr(c *program.Class, name string) *Value {
	ci := ev.classOf(c)
	if ci.attrs == nil {
		ci.attrs = map[string]*Value{}
		body := c.Mod.Fns[c.Body]
		s := ev.topSummary(body)
		for i, slot := range body.Body().Slots {
			if v := s.heap[ev.classSym(c)][itoa(i)]; v != nil {
				ci.attrs[slot] = v.stored().withFacts(sourceFacts(v.facts, 0))
			}
		}
	}
	return ci.attrs[name]
}

func (d *domain) classSym(c *program.Class) sym {
	return d.syms.of(symClass, sym(c.Index), 0, c.Mod.Path)
}

// fieldValue gives what methods of the class (or of its in-tree relatives up the MRO) store in self.name: what it may
// refer to, and the sources that reach it. What inputs of those methods put there is joined by fieldSinks.
func (ev *eval) fieldValue(c *program.Class, name string) *Value {
	ci := ev.classOf(c)
	if v, ok := ci.fields[name]; ok {
		return v
	}
	if ci.busy[name] {
		return nil
	}
	ci.busy[name] = true
	defer delete(ci.busy, name)
	var out *Value
	found, taken := false, 0
	for _, k := range c.MRO() {
		for _, fn := range ev.storesOf(k, name) {
			if !ev.follow(fn) {
				continue
			}
			s := ev.topSummary(fn)
			w := s.heap[ev.syms.input(0)]["."+name]
			if w == nil {
				continue
			}
			taken = takenInput(ev, fn, w)
			w = ev.constructed(c, name, s, w)
			if found {
				out = ev.joinValues(out, w)
			} else {
				out, found = w, true
			}
		}
	}
	if out != nil {
		out = ev.givenFor(c, name, ev.passedFor(c, name, out), taken)
		if len(out.refs) == 0 && !out.shape {
			w := *out
			w.refs = ev.madeRefs(c, name)
			out = &w
		}
	}
	if len(ev.stack) < 2 || !ev.recursing() {
		ci.fields[name] = out
	}
	return out
}

// storesOf gives the methods of a class that store an attribute of self of that name.
func (t *classTable) storesOf(c *program.Class, name string) []*program.Fn {
	ci := t.classOf(c)
	if ci.stores == nil {
		ci.stores = map[string][]*program.Fn{}
		for _, fn := range c.Mod.Fns {
			if fn.Owner == c {
				ci.methods = append(ci.methods, fn)
			}
		}
	}
	fns, ok := ci.stores[name]
	if !ok {
		for _, fn := range ci.methods {
			if fn.StoresOnSelf(name) {
				fns = append(fns, fn)
			}
		}
		ci.stores[name] = fns
	}
	return fns
}

// recursing says whether some active summary was already used before it was done.
func (t *summaryTable) recursing() bool {
	for _, s := range t.stack {
		if m := t.memo[memoKey{s.fn, ""}]; m != nil && !m.done && m.used {
			return true
		}
	}
	return false
}

// detach gives a value without what only means something inside the function it came from.
func (d *domain) detach(v *Value) *Value {
	w := &Value{refs: v.refs, open: v.open, facts: sourceFacts(v.facts, ClassField), clean: v.clean, assumed: v.assumed, swayed: v.swayed}
	if v.sym != noSym && d.stableSym(v.sym) {
		w.sym = v.sym
	}
	return w
}

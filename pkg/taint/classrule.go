package taint

import (
	"slices"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
	"github.com/pickletrace/pickletrace/pkg/rule"
)

// Classes of the tree that derive from library classes of which rules speak.

// actAs gives an instance what rules say of its library base, and what constructing the base would give.
func (f *frame) actAs(c *program.Class, obj *Value, args []arg, in *ir.Instr, st *state) *Value {
	if len(args) == 0 {
		return obj
	}
	for _, cr := range f.ev.classRules(c) {
		sink := f.ev.pack.Sink(cr.ActsAs)
		if sink == nil {
			continue
		}
		x := &extCall{f: f, args: args, in: in, st: st}
		if v := x.slot(sink.Input); v != nil {
			st.set(heapKey{obj.sym, "stream"}, v)
		}
	}
	if len(c.External()) > 0 && c.Method("__init__") == nil {
		obj.facts = addFacts(obj.facts, f.blend(values(args), st, ViaUnknown).facts)
	}
	return obj
}

func values(args []arg) []*Value {
	var out []*Value
	for _, a := range args {
		out = append(out, a.val)
	}
	return out
}

// classRules gives the class rules that apply to a class of the tree.
func (ev *eval) classRules(c *program.Class) []*rule.ClassRule {
	var out []*rule.ClassRule
	for _, e := range c.External() {
		for _, cr := range ev.pack.ClassesFor(ev.pack.Canonical(e)) {
			if !slices.Contains(out, cr) {
				out = append(out, cr)
			}
		}
	}
	return out
}

// classLoad handles X(f).load() where X is a class of the tree that derives from an unpickler.
func (c *extCall) classLoad() (done bool) {
	if c.self == nil {
		return false
	}
	for i := range c.self.refs {
		r := &c.self.refs[i]
		if r.kind != refInst {
			continue
		}
		for _, cr := range c.f.ev.classRules(r.cls) {
			if sink := c.f.ev.pack.Sink(cr.ActsAs); sink != nil && slices.Contains(cr.Loads(), last(c.name)) {
				c.loadThrough(r.cls, cr, sink)
				done = true
			}
		}
	}
	return done
}

func (c *extCall) loadThrough(cls *program.Class, cr *rule.ClassRule, sink *rule.Sink) {
	in, _ := c.f.heapGet(c.st, c.self.sym, "stream")
	if in == nil {
		in = c.self
	}
	var notes []string
	if cr.Overrides != "" {
		if m := cls.Method(cr.Overrides); m != nil {
			if !c.f.ev.topSummary(m).loosens {
				c.f.sum.touches = maxTouch
				c.modelled, c.out.clean = true, true
				return
			}
			if cr.PermissiveNote != "" {
				notes = append(notes, cr.PermissiveNote)
			}
		}
	}
	x := *c
	x.name = cls.Name + "." + last(c.name)
	x.checkSink(sink, in, notes)
}

// loosen notes a look-up of a global by name that no comparison with constants limits; restricted unpicklers must
// not contain one.
func (c *extCall) loosen() {
	switch {
	case len(c.st.member) > 0:
	case c.name == "getattr" || c.name == "__import__" || c.name == "importlib.import_module" || c.name == "eval":
		c.f.sum.loosens = true
	case last(c.name) == c.f.fn.Name && c.f.fn.Owner != nil && len(c.f.fn.Owner.External()) > 0:
		c.f.sum.loosens = true // the base class's own method
	}
}

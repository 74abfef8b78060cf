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
		x := &extCall{f: f, args: baseArgs(c, args), in: in, st: st}
		if v := x.slot(sink.Input); v != nil {
			st.set(heapKey{obj.sym, "stream"}, v)
		}
	}
	if len(c.External()) > 0 && c.Method("__init__") == nil {
		obj.facts = addFacts(obj.facts, f.blend(values(args), st, ViaUnknown).facts)
	}
	return obj
}

// baseArgs gives what a constructor in the tree leaves for that of its library base:
//
//	def __init__(self, server, *args): super().__init__(*args)
func baseArgs(c *program.Class, args []arg) []arg {
	init := c.Method("__init__")
	if init == nil {
		return args
	}
	own := slices.IndexFunc(init.Params, func(p ir.Param) bool { return p.Kind == ir.VarPos }) - 1 // without self
	if own < 1 || len(args) <= own || slices.ContainsFunc(args[:own], func(a arg) bool { return a.name != "" || a.star != 0 }) {
		return args
	}
	return args[own:]
}

func values(args []arg) []*Value {
	var out []*Value
	for _, a := range args {
		out = append(out, a.val)
	}
	return out
}

// classRules gives the class rules that apply to a class of the tree.
func (g *given) classRules(c *program.Class) []*rule.ClassRule {
	var out []*rule.ClassRule
	for _, e := range c.External() {
		for _, cr := range g.pack.ClassesFor(g.pack.Canonical(e)) {
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
			if !c.f.ev.topSummary(m).loosens && !c.givenHarm(m) {
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

// givenHarm reports whether the object holds a list that the method asks and that admits something harmful, whoever gave it:
// Restricted(stream, {"os"}).load().
func (c *extCall) givenHarm(m *program.Fn) bool {
	return slices.ContainsFunc(c.f.keys(c.st, c.self.sym), func(k heapKey) bool {
		v, _ := c.f.lookup(c.st, k.obj, k.seg)
		return v != nil && v.shape && k.seg[0] == '.' && m.MentionsAny([]string{k.seg[1:]}) && c.f.admitsHarm(v, false)
	})
}

// loosen notes a look-up of a global by name that no comparison with constants limits; restricted unpicklers must
// not contain one.
func (c *extCall) loosen() {
	switch {
	case len(c.st.member) > 0:
	case c.f.ev.pack.Escapes.Calls(c.name):
		c.f.sum.loosens = true
	case last(c.name) == c.f.fn.Name && c.f.fn.Owner != nil && len(c.f.fn.Owner.External()) > 0:
		c.f.sum.loosens = true // the base class's own method
	}
}

// restricts says whether a class is an unpickler that restricts what it gives, or a class or module is one that holds such
// an unpickler in place of the library's: torch.load(f, pickle_module=SafePickle).
func (ev *eval) restricts(r *Ref) bool {
	switch r.kind {
	case refClass:
		if ev.restrictive(r.cls) {
			return true
		}
		return ev.holdsRestrictive(func(name string) *Value { return ev.classAttr(r.cls, name) })
	case refMod:
		return ev.holdsRestrictive(func(name string) *Value { return ev.moduleName(r.mod, name) })
	}
	return false
}

// holdsRestrictive says whether something holds a restrictive class under the name that the library's own has.
func (ev *eval) holdsRestrictive(member func(name string) *Value) bool {
	return slices.ContainsFunc(ev.pack.Classes, func(cr *rule.ClassRule) bool {
		return cr.Overrides != "" && slices.ContainsFunc(cr.SubclassOf, func(base string) bool {
			v := member(last(base))
			return v != nil && len(v.refs) == 1 && v.refs[0].kind == refClass && ev.restrictive(v.refs[0].cls)
		})
	})
}

// restrictive says whether a class overrides what its rule asks for and lets only what it lists through.
func (ev *eval) restrictive(c *program.Class) bool {
	for _, cr := range ev.classRules(c) {
		if m := c.Method(cr.Overrides); cr.Overrides != "" && m != nil && !ev.topSummary(m).loosens {
			return true
		}
	}
	return false
}

// builds says whether something makes a loader class of the tree, or one above it, build what a document asks for:
// ObjectLoader.add_constructor("!new", make), where make looks up what a tag names.
func (ev *eval) builds(c *program.Class, cr *rule.ClassRule) bool {
	for _, k := range c.MRO() {
		for _, m := range ev.prog.Mentioning(k.Name) {
			for _, fn := range m.Load().Fns {
				if ev.registers(fn, k, cr) {
					return true
				}
			}
		}
	}
	return false
}

// registers says whether a function gives the class a constructor that is not harmless.
func (ev *eval) registers(fn *program.Fn, c *program.Class, cr *rule.ClassRule) bool {
	if !fn.MentionsAny(cr.SafeUnlessCalls) {
		return false
	}
	names := ev.mentions(fn)
	attr := map[ir.Reg]*ir.Instr{}
	made := map[ir.Reg]*program.Fn{}
	for _, b := range fn.Body().Blocks {
		for i := range b {
			switch in := &b[i]; in.Op {
			case ir.Attr:
				attr[in.Dst] = in
			case ir.MakeFunc:
				made[in.Dst] = fn.Mod.Fns[in.A]
			case ir.Call:
				at := attr[in.A]
				if at == nil || !slices.Contains(cr.SafeUnlessCalls, fn.Mod.IR.Strings[at.B]) || !ev.ofClass(fn, names.dotted.of(at.A), c, in) {
					continue
				}
				for _, a := range fn.Body().Args[in.B : in.B+in.C] {
					if a.Val >= 0 && (ev.harmful(made[a.Val]) || slices.ContainsFunc(names.made(ev, fn, a.Val), func(r Ref) bool { return ev.harmful(r.fn) })) {
						return true
					}
				}
			}
		}
	}
	return false
}

// ofClass says whether a call is made on the class: by its name, by cls or self in a method of it, or with it as argument.
func (ev *eval) ofClass(fn *program.Fn, dotted string, c *program.Class, call *ir.Instr) bool {
	if dotted == "" {
		return fn.Owner == c
	}
	if ev.chainTarget(fn, dotted).Class == c {
		return true
	}
	names := ev.mentions(fn)
	return slices.ContainsFunc(fn.Body().Args[call.B:call.B+call.C], func(a ir.Arg) bool {
		return a.Val >= 0 && names.dotted.of(a.Val) != "" && ev.chainTarget(fn, names.dotted.of(a.Val)).Class == c
	})
}

// harmful says whether a function looks up what it is told to, or loads something itself.
func (ev *eval) harmful(fn *program.Fn) bool {
	if fn == nil {
		return false
	}
	s := ev.topSummary(fn)
	return s.loosens || len(s.sinks) > 0
}

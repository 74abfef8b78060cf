package taint

import (
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
	"github.com/pickletrace/pickletrace/pkg/rule"
)

// What a constructor says of the library object that it keeps in a field, as rules ask for it in other methods:
//
//	def __init__(self, address="ipc:///run/app"):
//	    self.inbox = zmq.Context().socket(zmq.PULL)
//	    self.inbox.bind(address)
//	def step(self):
//	    self.inbox.recv()            receiver.address

// fieldPart gives what the constructor of the method's class has noted of the object in a field; nil if nothing is known, or
// another method may put another object there.
func (f *frame) fieldPart(obj *Value, part string) *Value {
	if obj.symbol() == noSym || !isMethod(f.fn) {
		return nil
	}
	in := f.ev.syms.info[obj.sym]
	if in.op != symAttr || in.a != f.ev.syms.input(0) || len(in.s) < 2 || in.s[0] != '.' || !f.ev.onlyConstructed(f.fn.Owner, in.s[1:]) {
		return nil
	}
	for _, k := range f.fn.Owner.MRO() {
		for _, fn := range f.ev.storesOf(k, in.s[1:]) {
			if !constructors[fn.Name] || fn == f.fn || !f.ev.follow(fn) {
				continue
			}
			s := f.ev.topSummary(fn)
			w := s.heap[f.ev.syms.input(0)][in.s]
			if w.symbol() == noSym {
				continue
			}
			if x := s.heap[w.sym][part]; x != nil && !f.ev.addsElsewhere(f.fn.Owner, in.s[1:], part, w) {
				return f.ev.passedAs(f.fn.Owner, fn, x)
			}
		}
	}
	return nil
}

// addsElsewhere says whether a method beside the constructors calls something on the object w in the field that adds to the part:
// self.inbox.connect(peer).
func (ev *eval) addsElsewhere(c *program.Class, field, part string, w *Value) bool {
	for _, fn := range c.Mod.Users(field) {
		if constructors[fn.Name] {
			continue
		}
		holds := map[ir.Reg]bool{}
		for in := range fn.Body().Instrs() {
			if in.Op != ir.Attr {
				continue
			}
			name := fn.Mod.IR.Strings[in.B]
			holds[in.Dst] = name == field
			if holds[in.A] && ev.fills(w, name, part) {
				return true
			}
		}
	}
	return false
}

// fills says whether a method of the library object w adds to the part of it.
func (ev *eval) fills(w *Value, method, part string) bool {
	return slices.ContainsFunc(w.refs, func(r Ref) bool {
		roles := ev.pack.Call(ev.pack.Canonical(r.name + "." + method))
		return roles != nil && slices.ContainsFunc(roles.Propagators, func(p *rule.Propagator) bool { return p.To.What == rule.Receiver && p.To.Path == part })
	})
}

// passedAs gives a value of a constructor as its callers in the tree make it, if they pass constants; nil if it is not known.
func (ev *eval) passedAs(c *program.Class, init *program.Fn, x *Value) *Value {
	p := slices.IndexFunc(init.Params, func(q ir.Param) bool { return x.assumed != "" && q.Name == x.assumed })
	if p < 0 {
		p = takenInput(ev, init, x)
	}
	if p <= 0 {
		if len(x.refs) == 1 && x.refs[0].kind == refConst && !x.sometimes && (!x.open || strings.Contains(x.refs[0].name, hole)) {
			return ev.detach(x)
		}
		return nil
	}
	consts, omitted, sure := ev.passedConstants(c, init, p)
	if omitted || len(consts) == 0 {
		consts, sure = unionKonst(consts, x, sure)
	}
	if !sure || len(consts) == 0 {
		return nil
	}
	return &Value{refs: consts, clean: true}
}

// unionKonst adds the constant that a value is to some others.
func unionKonst(consts []Ref, x *Value, sure bool) ([]Ref, bool) {
	k, ok := x.konst()
	if !ok {
		return nil, false
	}
	out, fits := unionRefs(consts, []Ref{*k})
	return out, sure && fits
}

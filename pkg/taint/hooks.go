package taint

import (
	"slices"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
	"github.com/pickletrace/pickletrace/pkg/rule"
)

// Hooks: the call of a name calls all functions of that name that a decorator marks, each with the arguments it takes:
//
//	@hookimpl
//	def on_payload(self, payload): ...
//	manager.hook.on_payload(peer=peer, payload=sock.recv(65536))

// maxHooks bounds the functions that one call of a hook calls.
const maxHooks = 16

// callHooks calls the functions of the call's name that are marked as hooks.
func (c *extCall) callHooks(p *rule.Propagator) {
	c.modelled = true
	var out *Value
	for i, fn := range c.f.ev.hooks(last(c.name), p) {
		args := slices.DeleteFunc(slices.Clone(c.args), func(a arg) bool {
			return a.star == 0 && (a.name == "" || !slices.ContainsFunc(fn.Params, func(q ir.Param) bool { return q.Name == a.name }))
		})
		r := &Ref{kind: refFunc, fn: fn}
		if isMethod(fn) {
			r.self = &Value{refs: []Ref{{kind: refInst, cls: fn.Owner}}, open: true}
		}
		v := c.f.callFunc(r, args, c.in, c.st)
		c.st.dead = false // what one raises, the library may swallow
		if i == 0 {
			out = v
		} else {
			out = c.f.ev.joinValues(out, v)
		}
	}
	if out == nil {
		return
	}
	c.out.facts = addFacts(c.out.facts, out.getFacts()) // of all, or the first that gives something
	if c.out.symbol() != noSym {
		c.f.weakStore(c.st, heapKey{c.out.sym, "[*]"}, out)
	}
}

// hooks gives the functions of a name that are marked as hooks, in program order.
func (ev *eval) hooks(name string, p *rule.Propagator) []*program.Fn {
	files := ev.prog.Defining(name)
	if len(files) > maxMakers {
		return nil
	}
	var out []*program.Fn
	for _, m := range files {
		for _, fn := range m.Load().Fns {
			if fn.Name == name && len(out) < maxHooks && slices.ContainsFunc(ev.entries.decorators(fn), p.Hook) {
				out = append(out, fn)
			}
		}
	}
	return out
}

package taint

import (
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
	"github.com/pickletrace/pickletrace/pkg/rule"
)

// maxByName is how many methods of a name a call on an unknown receiver may go to.
const maxByName = 3

// byName resolves a method call on an unknown receiver by the method's name alone, if few classes define it.
func (c *extCall) byName() (*Value, bool) {
	if len(c.names) != 1 || !strings.HasPrefix(c.name, "?.") {
		return nil, false
	}
	name := c.name[2:]
	if c.f.ev.pack.IsWord(rule.WordCommon, name) || strings.HasPrefix(name, "__") || c.f.ev.tired(c.f.fn.Mod) > 0 {
		return nil, false
	}
	cands := c.f.ev.namesakes(name)
	if len(cands) == 0 {
		return nil, false
	}
	var out *Value
	any := false
	for _, fn := range cands {
		r := &Ref{kind: refFunc, fn: fn}
		if !hasDecorator(fn, "staticmethod") {
			r.self = orUnknown(c.self)
		}
		if !takes(fn, c.args) {
			continue
		}
		st := c.st.branch()
		saved := c.f.byName
		c.f.byName = true
		v := c.f.markNameMatch(c.f.callFunc(r, c.args, c.in, st))
		c.f.byName = saved
		if !any {
			out, any = v, true
		} else {
			out = c.f.ev.joinValues(out, v)
		}
		if !st.dead {
			c.f.ev.join(c.st, c.st.branch(), st)
		}
	}
	if !any {
		return nil, false
	}
	c.f.ev.stats.NameCalls++
	vs := []*Value{c.self}
	for _, a := range c.args {
		vs = append(vs, a.val)
	}
	return c.f.ev.joinValues(out, c.f.blend(vs, c.st, ViaUnknown)), true
}

// namesakes gives the methods of that name if there are few and a sink, source or check is near one of them.
func (ev *eval) namesakes(name string) []*program.Fn {
	out, ok := ev.sameName[name]
	if !ok {
		if slices.ContainsFunc(ev.prog.Defining(name), ev.rel.file) {
			out = ev.prog.Methods(name, maxByName)
		}
		if !slices.ContainsFunc(out, func(fn *program.Fn) bool { return ev.rel.reaches(fn, nearbyCalls) }) {
			out = nil
		}
		ev.sameName[name] = out
	}
	return out
}

// takes says whether a method can be called with these arguments.
func takes(fn *program.Fn, args []arg) bool {
	pos, variadic, kw := -1, false, false // self
	if hasDecorator(fn, "staticmethod") {
		pos = 0
	}
	for _, p := range fn.Params {
		switch p.Kind {
		case ir.VarPos:
			variadic = true
		case ir.VarKw:
			kw = true
		case ir.PosOnly, ir.PosOrKw:
			pos++
		}
	}
	n := 0
	for _, a := range args {
		switch {
		case a.star != 0:
			return true
		case a.name == "":
			n++
		case !kw && !slices.ContainsFunc(fn.Params, func(p ir.Param) bool { return p.Name == a.name }):
			return false
		}
	}
	return n <= pos || variadic
}

func (f *frame) markNameMatch(v *Value) *Value {
	if v == nil || len(v.facts) == 0 {
		return v
	}
	var fs []*Fact
	for _, fact := range v.facts {
		g := *fact
		g.feats |= NameMatch
		fs = append(fs, &g)
	}
	return v.withFacts(fs)
}

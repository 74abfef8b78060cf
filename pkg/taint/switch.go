package taint

import (
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/rule"
)

// Switches that are set outside of the code count with their default, like parameters that are True or False by default:
//
//	if os.environ.get("ALLOW_PICKLE", "0") != "1":
//	    raise PermissionError        what follows happens only where the variable is not left at its default
//
// The name of such a switch in Value.assumed begins with outerMark.

// variable gives a read of an environment variable the value it has where nobody sets it.
func (c *extCall) variable(out *Value) *Value {
	if c.does != rule.DoVariable || len(c.args) == 0 || out == nil {
		return out
	}
	name, ok := c.args[0].val.strKonst()
	if !ok {
		return out
	}
	if c.f.ev.opts.Env != nil && len(c.f.ev.opts.Env(name, c.f.fn.Mod.Path)) > 0 {
		return out
	}
	def := &Ref{kind: refConst, lit: ir.None, name: "None"}
	if len(c.args) > 1 {
		if def, ok = c.args[1].val.konst(); !ok || c.args[1].val.assumed != "" {
			return out
		}
	}
	w := *out
	w.refs, w.assumed, w.open, w.cond = []Ref{*def}, outerMark+name, true, nil
	return &w
}

// folded gives what simple calls make of the default of a switch: value.lower(), int(value).
func (c *extCall) folded() (*Value, bool) {
	v := c.self
	if v == nil && len(c.args) == 1 {
		v = c.args[0].val
	}
	k, ok := v.konst()
	if !ok || k.lit == ir.None && !v.isOuter() || strings.Contains(k.name, hole) {
		return nil, false
	}
	if w, ok := c.foldedTest(); ok {
		return w, true
	}
	if c.self != nil && len(c.args) > 0 {
		return nil, false
	}
	r := *k
	switch c.how {
	case rule.DoLower:
		r.name = strings.ToLower(r.name)
	case rule.DoUpper:
		r.name = strings.ToUpper(r.name)
	case rule.DoStrip:
		r.name = strings.TrimSpace(r.name)
	case rule.DoText:
	case rule.DoNumber:
		if r.lit = ir.Int; k.lit == ir.None || strings.Trim(r.name, "0123456789") != "" {
			return nil, false
		}
	case rule.DoTruth:
		r = c.f.ev.boolean(k.truth() == 1).refs[0]
	case rule.DoTruthOfText:
		r = c.f.ev.boolean(slices.Contains([]string{"1", "true", "yes", "y", "on", "t"}, strings.ToLower(r.name))).refs[0]
	default:
		return nil, false
	}
	w := *v
	w.refs, w.cond = []Ref{r}, nil
	if v.sym != noSym {
		w.sym = c.f.ev.syms.of(symVia, v.sym, 0, last(c.name))
	}
	c.out = &w
	c.sanitize() // a number carries no data, with a default or without
	return &w, true
}

// outer2 gives a truth value that holds where a switch is left at its default.
func (f *frame) outer2(t bool, name string) *Value {
	w := f.ev.boolean(t)
	w.assumed, w.open, w.clean = name, true, true
	return w
}

// outside says whether a value is the environment.
func (g *given) outside(v *Value) string {
	if len(v.refs) == 1 && v.refs[0].kind == refExt && g.pack.Intrinsic(v.refs[0].name) == rule.IsEnvironment {
		return v.refs[0].name
	}
	return ""
}

package taint

import (
	"slices"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/rule"
)

// invoke calls the function that was passed to a higher-order library call.
func (c *extCall) invoke(inv *rule.Invoke) {
	fn := c.slot(inv.Func)
	if fn == nil || len(fn.refs) == 0 {
		return
	}
	if inv.Method != "" {
		if fn = c.methodOfNew(fn, inv.Method); fn == nil {
			return
		}
	}
	args := c.invokedWith(inv, fn)
	invoking, before := c.f.invoking, c.st.valid
	c.f.invoking = true
	v := c.f.callRefs(fn, c.f.expand(args, c.st), c.in, c.st)
	c.f.invoking = invoking
	if inv.Later || inv.Result == "" { // what it raises is seen where somebody asks for the result, if anybody does
		late := c.f.postponed(c.st, before)
		if v != nil && len(late) > 0 {
			w := *v
			w.tell(v.says(), slices.Concat(v.later(), late))
			v = &w
		}
		if inv.Result != "" {
			c.out.tell(c.out.says(), append(c.out.later(), late...))
		}
	}
	c.st.dead = false // what the callee raises, the library may swallow
	switch inv.Result {
	case "same":
		c.modelled = true
		if v != nil {
			c.out = v
		}
	case "return":
		c.modelled = true
		c.out.facts = addFacts(c.out.facts, v.getFacts())
		if v != nil {
			c.out.clean = v.isClean()
			if len(c.out.refs) == 0 {
				c.out.refs = v.refs
			}
			c.out.hash = c.f.hashOf(v, c.st)
			if v.cond != nil && inv.Later && c.out.sym != noSym {
				c.st.set(heapKey{c.out.sym, doneCell}, &Value{cond: v.cond, deps: v.deps, open: true})
			}
			if v.sym != noSym {
				c.f.weakStore(c.st, heapKey{c.out.sym, "[*]"}, v)
			}
		}
	case "return[*]":
		c.modelled = true
		c.f.weakStore(c.st, heapKey{c.out.sym, "[*]"}, v)
		c.out.shape = true
	}
}

// methodOfNew gives a method of a new object of the class of the tree that a value is; nil if it is none.
func (c *extCall) methodOfNew(cls *Value, method string) *Value {
	if len(cls.refs) != 1 || cls.refs[0].kind != refClass {
		return nil
	}
	obj := c.f.construct(cls.refs[0].cls, nil, c.in, c.st)
	return c.f.attr(obj, method, c.st, c.in)
}

// invokedWith returns the arguments that the function fn is called with.
func (c *extCall) invokedWith(inv *rule.Invoke, fn *Value) []arg {
	var args []arg
	for range inv.Own {
		args = append(args, arg{val: &Value{open: true, clean: true}})
	}
	if inv.Receiver {
		args = append(args, arg{val: c.self})
	}
	if inv.ArgsFrom >= 0 {
		i := 0
		for _, a := range c.args {
			if a.name != "" || i >= inv.ArgsFrom {
				args = append(args, a)
			}
			if a.name == "" {
				i++
			}
		}
	}
	if inv.Elements >= 0 {
		if v, ok := c.arg([]int{inv.Elements}, nil); ok {
			args = append(args, arg{val: c.f.element(v, c.st)})
		}
	}
	if inv.Each.What != rule.NoSlot {
		args = append(args, arg{val: c.f.element(c.slot(inv.Each), c.st)})
	}
	if n := len(args) - 1; inv.Spread && n >= 0 && args[n].star == 0 {
		args[n].star = 1
	}
	if inv.Every.What != rule.NoSlot {
		for range mostParams(fn) {
			args = append(args, arg{val: c.f.element(c.slot(inv.Every), c.st)})
		}
	}
	if inv.ArgsIn.What != rule.NoSlot {
		args = append(args, arg{val: c.slot(inv.ArgsIn), star: 1})
	}
	if inv.KwargsIn.What != rule.NoSlot {
		args = append(args, arg{val: c.slot(inv.KwargsIn), star: 2})
	}
	return slices.DeleteFunc(args, func(a arg) bool { return a.star != 0 && a.val == nil })
}

// mostParams says how many arguments the functions that a value may be take at most, by position.
func mostParams(fn *Value) int {
	most := 0
	for i := range fn.refs {
		r := &fn.refs[i]
		if r.kind != refFunc {
			continue
		}
		n := 0
		for j := range r.fn.Params {
			if k := r.fn.Params[j].Kind; k == ir.PosOrKw || k == ir.PosOnly {
				n++
			}
		}
		if r.self != nil {
			n--
		}
		most = max(most, n)
	}
	return most
}

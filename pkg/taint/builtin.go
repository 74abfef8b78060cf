package taint

import (
	"cmp"
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/rule"
)

// python interprets calls that are part of how Python itself works: they decide which function is called and which object
// is meant, not what data means. Which calls these are the packs say (rule.Intrinsic).
func (c *extCall) python() (*Value, bool) {
	f := c.f
	switch c.does {
	case rule.DoSuper:
		return c.super(), true
	case rule.DoSuppress:
		return &Value{refs: []Ref{{kind: refExtInst, name: c.name}}}, true
	case rule.DoGetAttr:
		return c.getattr()
	case rule.DoSetAttr:
		if len(c.args) == 3 && c.setattr() {
			return nil, true
		}
	case rule.DoPartial, rule.DoPartialMethod:
		if len(c.args) > 0 && c.args[0].val != nil {
			name := ""
			if c.does == rule.DoPartialMethod {
				name = methodRef
			}
			return &Value{refs: []Ref{{kind: refPartial, name: name, self: c.args[0].val, with: &bound{args: slices.Clone(c.args[1:])}}}, sym: f.callSym()}, true
		}
	case rule.DoRecordClass:
		if v := c.recordClass(); v != nil {
			return v, true
		}
	case rule.DoImport:
		return c.importModule()
	case rule.DoGlobals:
		return refValue(Ref{kind: refMod, mod: f.fn.Mod}), true
	case rule.DoResolve:
		if len(c.args) > 0 {
			return c.resolved()
		}
	case rule.DoTypeOf:
		if len(c.args) == 1 {
			return classOf(c.args[0].val), true
		}
	case rule.DoEnter:
		if len(c.args) == 1 {
			return f.enter(c.args[0].val, c.st, c.in), true
		}
	case rule.DoIsInstance:
		return c.isA(), true
	case rule.DoAsk:
		return &Value{open: true, clean: true}, true
	case rule.DoLeave:
		f.raise(c.st)
		return nil, true
	case rule.DoHere: // a path below it is one that was chosen otherwise
		return f.constant(&ir.Const{Kind: ir.Str, S: "."}), true
	case rule.DoArgument:
		if len(c.args) == 1 {
			return c.args[0].val, true
		}
	}
	if c.name == "?.__subclasses__" {
		return c.subclasses()
	}
	if v, done := c.containers(); done {
		return v, true
	}
	if v, done := c.entryPoint(); done {
		return v, true
	}
	return c.newObject()
}

// containers interprets what makes containers and objects of others, and what gives their elements.
func (c *extCall) containers() (*Value, bool) {
	switch c.does {
	case rule.DoIterate, rule.DoCollect, rule.DoCast:
		return c.sameElements()
	case rule.DoNext:
		if len(c.args) > 0 {
			return c.f.element(c.args[0].val, c.st), true
		}
	case rule.DoMapping, rule.DoNamespace:
		return c.dictCall(), true
	case rule.IsDeque, rule.IsDefaultDict:
		return c.newContainer(), true
	case rule.DoChangedCopy:
		if len(c.args) > 0 && c.args[0].val.symbol() != noSym {
			return c.changedCopy(), true
		}
	case rule.DoGather:
		return c.gather(), true
	case rule.DoEnumerate, rule.DoZip:
		return c.zip(), true
	}
	return nil, false
}

// setattr stores an attribute; it reports whether its name is known.
func (c *extCall) setattr() bool {
	obj, v := c.args[0].val, c.args[2].val
	if s, ok := c.args[1].val.strKonst(); ok {
		c.f.storeAttr(obj, s, v, c.st, c.in)
		return true
	}
	if obj.symbol() != noSym { // any
		c.f.weakStore(c.st, heapKey{obj.sym, "[*]"}, c.f.noteStore(v, ".…", c.in))
	}
	return false
}

func (c *extCall) super() *Value {
	f := c.f
	cls := f.fn.Owner
	for p := f.fn; cls == nil && p.Parent > 0; {
		p = f.fn.Mod.Fns[p.Parent]
		cls = p.Owner
	}
	if cls == nil || len(f.inputs) == 0 {
		return nil
	}
	self := f.inputs[0]
	return &Value{refs: []Ref{{kind: refSuper, cls: cls, self: self}}, sym: noSym}
}

// getattr with a literal name is an attribute; with another name it may be any method of the receiver's class.
func (c *extCall) getattr() (*Value, bool) {
	if len(c.args) < 2 {
		return nil, false
	}
	obj := c.args[0].val
	s, ok := c.args[1].val.strKonst()
	if !ok {
		c.loosen()
		c.f.sum.calls |= c.f.ev.depsOf(c.args[1].val)
		if v := c.f.named(obj, c.args[1].val, c.st, c.in); v != nil {
			if len(texts(c.args[1].val)) == 0 {
				v = v.withFacts(addFacts(v.facts, c.f.underAnyName(obj, c.st)))
			}
			return v, true
		}
		return c.f.blend([]*Value{obj}, c.st, 0), true
	}
	v := c.f.attr(obj, s, c.st, c.in)
	if len(c.args) > 2 {
		v = c.f.ev.joinValues(v, c.args[2].val)
	}
	return v, true
}

// underAnyName gives what was stored in an object under names that are not known: setattr(obj, slot, v).
func (f *frame) underAnyName(obj *Value, st *state) []*Fact {
	out := f.ev.extend(obj.getFacts(), "[*]")
	if v, ok := f.heapGet(st, obj.symbol(), "[*]"); ok {
		out = addFacts(out, v.getFacts())
	}
	return out
}

func (c *extCall) importModule() (*Value, bool) {
	if len(c.args) == 0 {
		return nil, false
	}
	s, ok := c.args[0].val.strKonst()
	if !ok {
		c.loosen()
		c.sinks()
		c.f.sum.calls |= c.f.ev.depsOf(c.args[0].val)
		if v := c.f.modules(c.args[0].val); v != nil {
			return v, true
		}
		return &Value{open: true}, true
	}
	if m := c.f.fn.Mod.Resolve(s, 0); m != nil {
		return refValue(Ref{kind: refMod, mod: m}), true
	}
	return refValue(Ref{kind: refExt, name: s}), true
}

// sameElements: a container with the elements of another.
func (c *extCall) sameElements() (*Value, bool) {
	i := 0
	if c.does == rule.DoCast {
		i = 1
	}
	if len(c.args) <= i {
		return &Value{shape: true, clean: true, open: true, sym: c.f.callSym()}, true
	}
	v := c.args[i].val
	if c.does == rule.DoIterate && len(c.args) == 2 { // iter(callable, sentinel)
		el := c.f.callRefs(v, nil, c.in, c.st)
		out := &Value{open: true, facts: el.getFacts(), sym: el.symbol()}
		return out, true
	}
	if v == nil {
		return nil, true
	}
	w := *v
	w.cond = nil
	if c.does != rule.DoCast {
		w.text = ""
	}
	if w.sym != noSym {
		w.sym = c.f.ev.syms.of(symSame, v.sym, 0, c.name)
	}
	return &w, true
}

func (c *extCall) dictCall() *Value {
	f := c.f
	v := &Value{shape: true, clean: true, open: true, sym: f.callSym()}
	f.clearHeap(c.st, v.sym)
	c.st.makes(v.sym)
	ns := c.does == rule.DoNamespace
	for _, a := range c.args {
		v.clean = v.clean && a.val.isClean()
		switch {
		case a.name != "" && ns:
			c.st.set(heapKey{v.sym, "." + a.name}, orUnknown(a.val))
		case a.name != "":
			c.st.set(heapKey{v.sym, "[" + a.name + "]"}, orUnknown(a.val))
		default:
			f.copyItems(c.st, v.sym, a.val)
			v.shape = v.shape && a.val != nil && a.val.shape
			v.facts = addFacts(v.facts, a.val.getFacts())
		}
	}
	v.clean = v.clean && len(v.facts) == 0
	return v
}

// newContainer is a container of a library type: an object of its own, with the elements it is given.
func (c *extCall) newContainer() *Value {
	v := &Value{refs: []Ref{{kind: refExtInst, name: c.name}}, clean: true, sym: c.f.callSym()}
	c.f.clearHeap(c.st, v.sym)
	c.st.makes(v.sym)
	i := 0 // which argument holds elements
	if c.does == rule.IsDefaultDict {
		i = 1
	}
	if factory, _ := c.arg([]int{0}, []string{"default_factory"}); i == 1 && factory != nil && slices.ContainsFunc(factory.refs, func(r Ref) bool { return r.kind == refFunc || r.kind == refPartial }) {
		c.f.weakStore(c.st, heapKey{v.sym, "[*]"}, c.f.callRefs(factory, nil, c.in, c.st))
	}
	from, given := c.arg([]int{i}, nil)
	if !given || from == nil {
		return v
	}
	c.f.copyItems(c.st, v.sym, from)
	c.f.weakStore(c.st, heapKey{v.sym, "[*]"}, c.f.element(from, c.st))
	v.facts, v.clean = from.facts, from.isClean()
	return v
}

// gather is the list of what its arguments give, in their order.
func (c *extCall) gather() *Value {
	out := &Value{shape: true, open: true, sym: c.f.callSym()}
	c.f.clearHeap(c.st, out.sym)
	c.st.makes(out.sym)
	fixed := true
	for i, a := range c.args {
		switch {
		case a.name != "" || a.star == 2:
		case a.star == 0 && fixed:
			c.st.set(heapKey{out.sym, "[" + itoa(i) + "]"}, orUnknown(a.val))
		default:
			fixed = false
			x := a.val
			if a.star == 1 {
				x = c.f.element(x, c.st)
			}
			c.f.weakStore(c.st, heapKey{out.sym, "[*]"}, x)
		}
	}
	return out
}

// zip gives tuples of elements; enumerate tuples of a number and an element.
func (c *extCall) zip() *Value {
	f := c.f
	out := &Value{shape: true, open: true, sym: f.callSym()}
	tuple := &Value{shape: true, open: true, sym: f.ev.syms.of(symOpaque, out.sym, 0, "tuple")}
	i := 0
	if c.does == rule.DoEnumerate {
		c.st.set(heapKey{tuple.sym, "[0]"}, &Value{clean: true, open: true})
		i = 1
	}
	for _, a := range c.args {
		if a.name != "" || (c.does == rule.DoEnumerate && i > 1) {
			continue
		}
		c.st.set(heapKey{tuple.sym, "[" + itoa(i) + "]"}, orUnknown(f.element(a.val, c.st)))
		i++
	}
	c.st.set(heapKey{out.sym, "[*]"}, tuple)
	return out
}

// container interprets the methods of builtin containers and queues, on any receiver that no rule types: their names
// mean the same wherever they are used.
func (c *extCall) container() (*Value, bool) {
	v := c.self
	if v == nil || v.sym == noSym {
		return nil, false
	}
	f, st := c.f, c.st
	arg0 := func() *Value {
		if len(c.args) == 0 {
			return nil
		}
		return c.args[0].val
	}
	if out, done := c.moved(v); done {
		return cmp.Or(out, &Value{open: true, clean: true}), true
	}
	switch c.how {
	case rule.DoAdd:
		if len(c.args) > 0 {
			x := f.noteStore(arg0(), "[…]", c.in)
			f.put(v, "[*]", x, st, c.in)
		}
	case rule.DoSend:
		if !c.sent(arg0()) {
			return nil, false
		}
	case rule.DoWrite, rule.DoWriteLines:
		if !c.toPeer(arg0()) {
			f.write(v, arg0(), st, c.in)
		}
	case rule.DoInsert:
		if len(c.args) > 1 {
			f.put(v, "[*]", f.noteStore(c.args[1].val, "[…]", c.in), st, c.in)
		}
	case rule.DoExtend:
		f.put(v, "[*]", f.noteStore(f.element(arg0(), st), "[…]", c.in), st, c.in)
	case rule.DoUpdate:
		c.update(v)
	case rule.DoSetDefault:
		if len(c.args) > 1 {
			f.setDefault(v, arg0(), c.args[1].val, st, c.in)
		}
		return f.index(v, arg0(), st), true
	case rule.DoGet, rule.DoPop, rule.DoTake:
		out, done := c.fetch(v, arg0())
		if k, ok := arg0().strKonst(); ok && k != "" && c.how == rule.DoPop {
			f.deleteAt(v, arg0(), st)
		}
		return out, done
	case rule.DoValues:
		return f.seqOf(f.element(v, st), c), true
	case rule.DoItems:
		return c.items(v), true
	case rule.DoKeys:
		if k := f.anyKey(v, st); k != nil {
			return f.seqOf(k, c), true
		}
		return &Value{open: true, clean: v.clean, facts: v.facts}, true
	case rule.DoCopy:
		return v, true
	case rule.DoFormat:
		return c.formatCall(v), true
	default:
		return nil, false
	}
	return &Value{open: true, clean: true}, true
}

// put adds an element to a container.
func (f *frame) put(v *Value, seg string, x *Value, st *state, in *ir.Instr) {
	f.weakStore(st, heapKey{v.sym, seg}, x)
	f.aliasElement(st, heapKey{v.sym, seg}, x)
	f.reachElement(v, seg, x, st, in)
}

// update is that of mappings and sets.
func (c *extCall) update(v *Value) {
	f, st := c.f, c.st
	for _, a := range c.args {
		if a.name != "" {
			st.set(heapKey{v.sym, "[" + a.name + "]"}, orUnknown(a.val))
			f.reachElement(v, "["+a.name+"]", a.val, st, c.in)
			continue
		}
		f.copyItems(st, v.sym, a.val)
		if a.val == nil {
			continue
		}
		for _, k := range f.elementKeys(a.val, st) {
			x, _ := f.lookup(st, k.obj, k.seg)
			f.reachElement(v, k.seg, x, st, c.in)
		}
		if len(a.val.facts) > 0 {
			f.put(v, "[*]", f.element(a.val, st), st, c.in)
		}
	}
}

// fetch is get or pop: one element, known by its key or not.
func (c *extCall) fetch(v, key *Value) (*Value, bool) {
	var out *Value
	switch {
	case len(c.args) > 0 && c.args[0].name == "" && key != nil && !isFlag(key): // not that of a queue: get(True, timeout)
		_, known := key.konst()
		out = c.f.index(v, key, c.st)
		if !known && v.shape && out != nil && c.how == rule.DoGet && len(c.args) == 1 {
			out = c.f.ev.joinValues(out, c.f.constant(&ir.Const{Kind: ir.None})) // or there is none
		}
	default:
		out = c.f.element(v, c.st)
	}
	if len(c.args) > 1 && c.args[1].name == "" {
		out = c.f.ev.joinValues(out, c.args[1].val)
	}
	return out, true
}

// isFlag reports whether a value is True or False.
func isFlag(v *Value) bool {
	k, ok := v.konst()
	return ok && (k.lit == ir.True || k.lit == ir.False)
}

func (f *frame) seqOf(el *Value, c *extCall) *Value {
	out := &Value{shape: true, open: true, sym: f.callSym(), clean: el.isClean()}
	f.weakStore(c.st, heapKey{out.sym, "[*]"}, el)
	return out
}

func (c *extCall) items(v *Value) *Value {
	f := c.f
	tuple := &Value{shape: true, open: true, sym: f.ev.syms.of(symOpaque, f.callSym(), 0, "item")}
	el := f.element(v, c.st)
	key := f.anyKey(v, c.st)
	if key == nil {
		key = &Value{open: true, clean: v.clean, facts: v.facts}
	}
	c.st.set(heapKey{tuple.sym, "[0]"}, key)
	c.st.set(heapKey{tuple.sym, "[1]"}, orUnknown(el))
	return f.seqOf(tuple, c)
}

// formatCall is "…{}…".format(args): a string made of all of them, whose literal tail is kept.
func (c *extCall) formatCall(v *Value) *Value {
	vs := append([]*Value{v}, values(c.args)...)
	out := c.f.blend(vs, c.st, 0)
	out.facts = addFacts(c.f.deep(v, c.st), c.f.joinedFacts(values(c.args), c.f.templateBegins(v, "{"), c.st))
	if template, ok := v.strKonst(); ok {
		if pieces := c.fields(template); pieces != nil {
			return c.f.joined(out, pieces)
		}
	}
	for _, a := range c.args {
		switch {
		case a.val.symbol() == noSym:
		case out.sym == noSym:
			out.sym = a.val.sym
		default:
			out.sym = c.f.ev.syms.of(symJoin, out.sym, a.val.sym, "")
		}
	}
	if s, ok := v.strKonst(); ok {
		if i := strings.LastIndexByte(s, '}'); i >= 0 {
			begin, _, _ := strings.Cut(s, "{")
			out.refs = c.f.ev.partly(begin, s[i+1:])
		}
	}
	if out.sym != noSym { // a text below or around the argument is not the argument itself
		out.sym = c.f.ev.syms.of(symJoin, out.sym, v.sym, "")
	}
	return out
}

// changedCopy is the object that the first argument is, with some attributes of its own: replace(obj, name=value).
func (c *extCall) changedCopy() *Value {
	w := *c.args[0].val
	w.sym = c.f.ev.syms.of(symSame, w.sym, 0, c.name+itoa(int(c.f.callSym())))
	for _, a := range c.args[1:] {
		if a.name != "" {
			c.st.set(heapKey{w.sym, "." + a.name}, orUnknown(a.val))
		}
	}
	return &w
}

package taint

import (
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
	"github.com/pickletrace/pickletrace/pkg/rule"
)

// What a library call passes on: sources, propagators, sanitizers, and the default.

func (c *extCall) sources() {
	for _, s := range c.roles.Sources {
		if s.Sure && rule.Holds(s.When, c.facts(nil, nil)) != rule.Yes {
			continue
		}
		if c.checksItself() || !c.holds(s.When) {
			// Pinned, or verified by the call itself: what comes back was chosen by the caller.
			c.modelled, c.out.clean, c.out.facts = true, true, nil
			c.f.clears(c.in)
			if s.Carries == rule.CarryContent && s.Slot.What != rule.ArgSlot {
				c.out.refs, c.out.open = []Ref{{kind: refExtInst, name: pinnedBase}}, false
			}
			continue
		}
		name := strings.TrimPrefix(c.name, "?.")
		fact := &Fact{org: c.f.ev.sourceOrigin(s, s.Kind, name, c.f.fn, c.in), content: s.Carries == rule.CarryContent,
			prov: step(nil, provSource, c.f.fn, c.in.Span, name)}
		if s.Slot.What == rule.Return || s.Slot.What == rule.NoSlot {
			c.modelled = true
			if s.Stable {
				c.stay()
			} else {
				c.fresh()
			}
		}
		c.put(s.Slot, (&Value{open: true}).withFacts([]*Fact{fact}))
	}
}

// fresh gives the result a symbol of its own: asking the same source again gives other data.
func (c *extCall) fresh() {
	c.out.sym = c.f.callSym()
	if c.st.guardOf(c.out.sym) != nil {
		c.st.setGuard(c.out.sym, nil)
	}
}

// stay gives the result the symbol that every such question has: the body of the one request that is being served.
func (c *extCall) stay() {
	of := c.self.symbol()
	if of == noSym {
		of = c.f.ev.syms.of(symGlobal, 0, 0, libPrefix+c.name)
	}
	c.out.sym = c.f.ev.syms.of(symVia, of, 0, last(c.name)+argKey(c.args))
}

func (d *domain) sourceOrigin(s *rule.Source, kind *rule.Kind, name string, fn *program.Fn, in *ir.Instr) *Origin {
	k := originKey{kind: originSource, src: s, what: kind, fn: fn, start: in.Span.Start}
	o, ok := d.origins[k]
	if !ok {
		o = &Origin{kind: originSource, src: s, what: kind, name: name, fn: fn, span: in.Span, serial: len(d.origins)}
		d.origins[k] = o
	}
	return o
}

// optionOrigin is one part of what a parser of options gives: an attribute or element of it.
func (d *domain) optionOrigin(org *Origin, seg string) *Origin {
	k := originKey{kind: originSource, src: org.src, what: org.what, fn: org.fn, start: org.span.Start, path: seg}
	o, ok := d.origins[k]
	if !ok {
		part := *org
		part.path, part.serial = seg, len(d.origins)
		o = &part
		d.origins[k] = o
	}
	return o
}

// naming says whether a part is one that has a name: an attribute, or an element under a text.
func naming(seg string) bool {
	return len(seg) > 1 && (seg[0] == '.' || seg[1] != '*' && (seg[1] < '0' || seg[1] > '9'))
}

// put adds a value to what a slot holds.
func (c *extCall) put(s rule.Slot, v *Value) {
	switch s.What {
	case rule.Return, rule.NoSlot:
		if s.Path != "" {
			c.f.weakStore(c.st, heapKey{c.out.sym, trimPath(s.Path)}, v)
			return
		}
		c.out.facts = addFacts(c.out.facts, v.facts)
		c.out.clean = false
	case rule.Receiver:
		c.taint(c.self, v)
	case rule.ArgSlot:
		x, _ := c.arg(s.Positions, s.Names)
		c.taint(x, v)
	}
}

func trimPath(p string) string { return strings.NewReplacer(`"`, "", `'`, "").Replace(p) }

// taint makes an object carry more, for calls that fill their argument.
func (c *extCall) taint(obj, v *Value) {
	if obj == nil {
		return
	}
	for i := range obj.refs { // buffer.write, given as a callback: what it is called with ends up in the buffer
		if r := &obj.refs[i]; r.kind == refExt && r.self != nil {
			c.taint(r.self, v)
		} else if r.kind == refFunc && storesFree(r.fn) { // or in a variable
			c.f.callRefs(refValue(*r), []arg{{val: v}}, c.in, c.st)
		}
	}
	if obj.sym == noSym {
		return
	}
	c.f.weakStore(c.st, heapKey{obj.sym, "[*]"}, v)
	c.f.reachElement(obj, "[*]", v, c.st, c.in)
	c.f.write(obj, v, c.st, c.in)
}

// storesFree reports whether a function assigns to variables of the function around it.
func storesFree(fn *program.Fn) bool {
	for in := range fn.Body().Instrs() {
		if in.Op == ir.StoreFree {
			return true
		}
	}
	return false
}

// holds says whether none of the conditions is surely false.
func (c *extCall) holds(when []rule.Cond) bool {
	facts := c.facts(nil, nil)
	asked := c.f.sum.matter
	c.f.sum.matter = 0
	ok := !slices.ContainsFunc(when, func(w rule.Cond) bool { return w.Eval(facts) == rule.No })
	// Whether the call is a source at all depends on these inputs, however far the sink is.
	c.f.sum.calls |= c.f.sum.matter
	c.f.sum.matter |= asked
	return ok
}

func (c *extCall) propagate() {
	for _, p := range c.roles.Propagators {
		switch {
		case p.Invoke != nil:
			c.invoke(p.Invoke)
			continue
		case len(p.Hooks) > 0:
			c.callHooks(p)
			continue
		case p.Saves.What != rule.NoSlot:
			c.f.noteFolder(c.slot(p.Saves))
			continue
		case p.Converts == "object":
			c.fromModel()
			continue
		case p.Converts != "":
			continue
		}
		c.modelled = true
		c.propagateOne(p)
	}
}

func (c *extCall) propagateOne(p *rule.Propagator) {
	if p.From.What == rule.SourceSlot {
		fact := &Fact{org: c.f.ev.sourceOrigin(nil, p.Kind, c.name, c.f.fn, c.in), prov: step(nil, provSource, c.f.fn, c.in.Span, c.name)}
		if target := c.slot(p.To); p.ToCarry == rule.CarryContent && target.symbol() != noSym {
			c.f.overwrite(target, c.st)
		}
		c.deliver(p, &Value{open: true, facts: []*Fact{fact}}, nil)
		return
	}
	from := c.slot(p.From)
	if from == nil {
		from = c.inKwargs(p.From)
	}
	if from == nil {
		if p.To.What == rule.Return && p.Same && c.out.sym == noSym {
			c.out.sym = c.f.callSym()
		}
		if p.To.What == rule.Return && p.From.What == rule.ArgSlot && len(c.args) == 0 {
			c.out.clean = true // an empty buffer, a fresh object
		}
		return
	}
	v := &Value{open: true, clean: from.clean}
	if p.FromCarry == rule.CarryContent {
		facts, written := c.f.content(from, c.st)
		if !written {
			opened := asPath(c.f.deep(from, c.st))
			if p.From.What == rule.ArgSlot || c.f.ev.isA(from, rule.IsPath) {
				facts = addFacts(opened, facts)
			} else { // a handle, or a buffer
				facts = addFacts(facts, opened)
			}
		}
		v.facts = asValues(facts)
		v.clean = (from.isClean() || written) && len(v.facts) == 0
	} else {
		v.facts = c.f.deep(from, c.st)
		if p.Joins {
			v.facts = c.joins()
		}
		if p.Same { // a buffer made of another: what it holds, it holds
			if facts, ok := c.f.content(from, c.st); ok {
				v.facts = addFacts(v.facts, facts)
			}
		}
	}
	v.clean = v.clean && len(v.facts) == 0
	if p.ToCarry == rule.CarryContent { // a copy is what was checked, and what it is a copy of
		v = c.f.ev.voided(v, c.f.guarded(from.sym, c.st))
		v.sym = from.sym
	}
	c.deliver(p, v, from)
}

// inKwargs gives an argument that may be among the keywords the function passes on: super().__init__(**kwargs).
func (c *extCall) inKwargs(s rule.Slot) *Value {
	if s.What != rule.ArgSlot || len(s.Names) == 0 {
		return nil
	}
	for _, a := range c.args {
		if a.star != 2 || a.val == nil {
			continue
		}
		if i := c.f.ev.syms.inputOf(a.val.sym); i >= 0 && i < len(c.f.fn.Params) && c.f.fn.Params[i].Kind == ir.VarKw {
			return c.f.walkPath(c.f.item(a.val, "["+s.Names[0]+"]", c.st), s.Path, c.st)
		}
	}
	return nil
}

// asValues gives facts about contents as facts about values: the file has been read.
func asValues(fs []*Fact) []*Fact {
	var out []*Fact
	for _, f := range fs {
		if f.content {
			g := *f
			g.content = false
			f = &g
		}
		out = addFacts(out, []*Fact{f})
	}
	return out
}

// deliver puts what a propagator passes on where it goes.
func (c *extCall) deliver(p *rule.Propagator, v, from *Value) {
	if len(v.facts) > 0 && from != nil {
		v.facts = c.f.stepped(v.facts, provPass, c.in, c.passes())
	}
	to := p.To
	if p.ToCarry == rule.CarryContent {
		target := c.slot(to)
		if to.What == rule.Return {
			for _, fact := range v.facts {
				g := *fact
				g.content = true
				c.out.facts = addFacts(c.out.facts, []*Fact{&g})
			}
			return
		}
		c.f.write(target, v, c.st, c.in)
		return
	}
	if to.What == rule.Receiver && to.Path != "" && from != nil {
		if c.self.symbol() != noSym { // what the object was told: socket.bind(address)
			c.f.weakStore(c.st, heapKey{c.self.sym, trimPath(to.Path)}, from)
		}
		return
	}
	if to.What != rule.Return {
		v.sym = from.symbol()
		c.put(to, v)
		return
	}
	if to.Path != "" {
		if from != nil && p.FromCarry == rule.CarryValue {
			v = from // the thing itself: what it refers to counts too
		}
		if c.out.sym == noSym {
			c.out.sym = c.f.callSym()
		}
		c.f.weakStore(c.st, heapKey{c.out.sym, trimPath(to.Path)}, v)
		return
	}
	c.out.facts = addFacts(c.out.facts, v.facts)
	c.out.clean = v.clean
	if from == nil || from.sym == noSym {
		if p.Same && p.FromCarry == rule.CarryValue && len(c.out.refs) == 0 {
			c.out.refs = callableRefs(from) // another name for the function
		}
		return
	}
	if p.FromCarry == rule.CarryValue && c.out.hash == nil { // an encoding of a digest
		c.out.hash = c.f.hashOf(from, c.st)
	}
	switch {
	case p.Same:
		if all := from.allTexts(); len(all) == 1 && p.FromCarry == rule.CarryValue {
			c.out.text = all[0]
		} else if p.From.What == rule.AllArgs {
			c.out.text = c.argsText()
		}
		c.out.sym = c.f.ev.syms.of(symSame, from.sym, 0, last(c.name))
		if s, ok := from.konst(); ok && len(c.out.refs) == 0 {
			c.out.refs, c.out.assumed, c.out.open = []Ref{*s}, from.assumed, from.open
		} else if begin, _ := from.ends(); begin != "" && len(c.out.refs) == 0 {
			c.out.refs, c.out.open = c.f.ev.partly(begin, ""), true
		} else if len(c.out.refs) == 0 && p.FromCarry == rule.CarryValue {
			c.out.refs = callableRefs(from) // another name for the function
		}
	case p.FromCarry == rule.CarryContent:
		c.out.sym = c.f.ev.syms.of(symVia, from.sym, 0, last(c.name))
	case p.From.What == rule.AllArgs && !p.Joins && c.self == nil && len(c.args) == 1: // a part of it: os.path.basename
		c.out.sym = c.f.ev.syms.of(symVia, from.sym, 0, last(c.name))
	case p.From.What == rule.AllArgs:
		c.joinPath()
	}
}

// joinPath gives the result of a path join the symbol of its parts, and their text when all are literal.
func (c *extCall) joinPath() {
	n := noSym
	if c.self != nil {
		n = c.self.sym
	}
	var parts []string
	size := 0
	all := c.self == nil
	for _, a := range c.args {
		s, ok := a.val.strKonst()
		size += len(s) + 1
		all = all && ok && a.val.assumed == "" && c.f.ev.within(limitText, size)
		parts = append(parts, s)
		if a.val.symbol() == noSym {
			continue
		}
		if n == noSym {
			n = a.val.sym
		} else {
			n = c.f.ev.syms.of(symJoin, n, a.val.sym, "")
		}
	}
	c.out.sym = n
	if len(c.args) == 0 {
		return
	}
	text := strings.Join(parts, "/")
	if all {
		c.out.sym = c.f.ev.syms.konst(text)
		if len(c.out.refs) == 0 {
			c.out.refs, c.out.open = []Ref{{kind: refConst, lit: ir.Str, name: text}}, false
		}
	} else if len(c.out.refs) == 0 {
		begin, _ := c.args[0].val.ends()
		_, end := c.args[len(c.args)-1].val.ends()
		if c.self != nil {
			begin = ""
		}
		c.out.refs = c.f.ev.partly(begin, end)
	}
	if !all {
		c.out.text = c.argsText()
	}
}

// passThrough is the default: what goes in may come out.
func (c *extCall) passThrough() {
	v := c.f.blend(values(c.args), c.st, ViaUnknown)
	if c.self != nil { // a part or another form of the receiver is no doubt its data
		own := c.f.blend([]*Value{c.self}, c.st, 0)
		v.facts, v.deps = addFacts(own.facts, v.facts), v.deps|own.deps
		v.clean = own.clean && (v.clean || len(c.args) == 0)
	}
	if c.self != nil {
		v.facts = c.dropClean(v.facts)
		if facts, ok := c.f.content(c.self, c.st); ok {
			v.facts = addFacts(v.facts, facts)
		}
	}
	if len(v.facts) > 0 {
		v.facts = c.f.stepped(v.facts, provPass, c.in, c.passes())
	}
	c.out.facts = addFacts(c.out.facts, v.facts)
	c.out.clean = len(c.out.facts) == 0 && c.self != nil && c.self.isClean() && v.clean
}

// dropClean drops facts whose source says that this method of the value carries no payload.
func (c *extCall) dropClean(fs []*Fact) []*Fact {
	return slices.DeleteFunc(slices.Clone(fs), func(f *Fact) bool {
		return f.org.kind == originSource && f.org.isClean(last(c.name))
	})
}

// passes is the note of what goes through the call.
func (c *extCall) passes() note {
	name := strings.TrimPrefix(c.name, "?.")
	return note{verbThrough, &name}
}

func (c *extCall) sanitize() {
	for _, s := range c.roles.Sanitizers {
		if len(s.For) > 0 {
			continue // for single sinks: not modelled by value
		}
		if len(s.When) > 0 && rule.Holds(s.When, c.facts(nil, nil)) != rule.Yes {
			continue
		}
		switch s.Slot.What {
		case rule.Return, rule.NoSlot:
			c.out.facts = cleared(c.out.facts, s.Clears)
			c.out.clean = len(c.out.facts) == 0
		default:
			c.cleanSlot(s)
		}
	}
}

// cleanSlot notes that what a slot other than the result holds, or names, is the program's own from here on.
func (c *extCall) cleanSlot(s *rule.Sanitizer) {
	v := c.slot(s.Slot)
	if v.symbol() == noSym {
		return
	}
	if s.Content {
		c.f.noteOutput(v)
	}
	if s.Content && c.f.ev.literalPath(v.sym) { // other functions see that, too
		c.f.write(v, &Value{clean: true}, c.st, c.in)
	}
	c.guardAll(v, &guard{})
}

// contract applies what rules say of a library method to a method of the tree that overrides it: whatever it does beside,
// it fills the file that the library's own would.
func (f *frame) contract(r *Ref, args []arg, in *ir.Instr, st *state) {
	if r.self == nil || r.fn.Owner == nil || st.dead {
		return
	}
	for _, e := range r.fn.Owner.External() {
		roles := f.ev.pack.Call(f.ev.pack.Canonical(e + "." + r.fn.Name))
		if roles == nil {
			continue
		}
		c := &extCall{f: f, self: r.self, args: args, in: in, st: st, roles: roles}
		for _, s := range roles.Sanitizers {
			if s.Content && len(s.For) == 0 && rule.Holds(s.When, c.facts(nil, nil)) == rule.Yes && (s.Slot.What == rule.ArgSlot || s.Slot.What == rule.Receiver) {
				c.cleanSlot(s)
			}
		}
	}
}

func cleared(fs []*Fact, kinds []*rule.Kind) []*Fact {
	if kinds == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(fs), func(f *Fact) bool {
		return f.org.kind == originSource && slices.Contains(kinds, f.org.what)
	})
}

// attrSources: attributes that are sources by themselves.
func (f *frame) attrSources(w, v *Value, name string, in *ir.Instr) {
	if len(v.refs) == 0 && !slices.ContainsFunc(v.facts, func(x *Fact) bool { return x.org.kind == originSource }) {
		if roles := f.ev.pack.Attr("?." + name); roles != nil {
			f.attrSource(w, roles, name, in)
		}
	}
	for i := range v.refs {
		r := &v.refs[i]
		if r.kind == refInst {
			for _, e := range r.cls.External() {
				if roles := f.ev.pack.Attr(f.ev.pack.Canonical(e + "." + name)); roles != nil {
					f.attrSource(w, roles, e+"."+name, in)
				}
			}
		}
		if r.kind != refExt && r.kind != refExtInst {
			continue
		}
		roles := f.ev.pack.Attr(f.ev.pack.Canonical(r.name + "." + name))
		if roles == nil {
			continue
		}
		f.attrSource(w, roles, r.name+"."+name, in)
	}
}

// startsItself says whether a file runs itself as another process, by one of these names:
//
//	subprocess.run([sys.executable, __file__], input=pickle.dumps(job))
func (g *given) startsItself(m *program.Module, by []string) bool {
	return slices.ContainsFunc(by, func(name string) bool {
		last := name[strings.LastIndexByte(name, '.')+1:]
		return len(m.Users(last)) > 0 && g.pack.Canonical(m.Lookup(name).Ext) == name &&
			(len(m.Users("__file__")) > 0 || slices.Contains(m.IR.Strings, m.Name))
	})
}

func (f *frame) attrSource(w *Value, roles *rule.AttrRoles, name string, in *ir.Instr) {
	for _, s := range roles.Sources {
		if f.ev.startsItself(f.fn.Mod, s.SelfStarted) {
			w.clean = len(w.facts) == 0
			continue
		}
		name := strings.TrimPrefix(name, "?.")
		fact := &Fact{org: f.ev.sourceOrigin(s, s.Kind, name, f.fn, in), content: s.Carries == rule.CarryContent,
			prov: step(nil, provSource, f.fn, in.Span, name)}
		w.facts = addFacts(w.facts, []*Fact{fact})
		w.clean = false
	}
	for _, t := range roles.Types {
		if len(t.Returns) > 0 {
			w.refs = append(slices.Clip(w.refs), Ref{kind: refExtInst, name: t.Returns[0]})
		}
	}
}

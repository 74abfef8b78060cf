package taint

import (
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
	"github.com/pickletrace/pickletrace/pkg/rule"
)

const readsContent = rule.CarryContent

// extCall is one call of something outside the tree.
type extCall struct {
	f     *frame
	name  string // canonical name of the first reference, for messages
	names []string
	self  *Value
	args  []arg
	in    *ir.Instr
	st    *state
	roles *rule.Roles // never nil
	out   *Value
	// modelled: some rule says what the call gives, so arguments do not pass through by default.
	modelled bool
}

// callExternal calls library functions: the rule pack says what they do.
func (f *frame) callExternal(refs []*Ref, args []arg, in *ir.Instr, st *state) *Value {
	c := &extCall{f: f, args: args, in: in, st: st, roles: noRoles}
	for _, r := range refs {
		n := f.ev.pack.Canonical(r.name)
		c.names = append(c.names, n)
		if r.self != nil && c.self == nil {
			c.self = r.self
		}
		if roles := f.ev.pack.Call(n); roles != nil {
			c.roles = mergeRoles(c.roles, roles)
		}
	}
	c.name = c.names[0]
	if v, done := c.python(); done {
		return v
	}
	if strings.HasPrefix(c.name, "?.") && f.ev.telling(c.name[2:]) {
		f.sum.calls |= f.ev.depsOf(c.self)
	}
	if c.roles == noRoles {
		if v, done := c.digestMethod(); done {
			return v
		}
		if v, done := c.container(); done {
			return v
		}
		if v, done := c.byName(); done {
			return v
		}
	}
	c.out = &Value{open: true, sym: c.resultSym()}
	c.types()
	if !c.classLoad() {
		c.sinks()
	}
	c.settings()
	c.propagate()
	c.sources()
	c.validators()
	if !c.modelled {
		c.passThrough()
	}
	c.sanitize()
	c.shapeTest()
	c.loosen()
	c.callbacks()
	return c.out
}

// telling says whether a method name is one that rules know, so that the receiver's type
// would decide what the call is.
func (ev *eval) telling(name string) bool {
	if ev.words == nil {
		ev.words = map[string]bool{}
		for _, w := range slices.Concat(ev.pack.Words(), ev.pack.SourceWords()) {
			ev.words[w] = true
		}
	}
	return ev.words[name] && !commonNames[name] || name == "recv" || name == "read" || name == "load" || name == "loads"
}

var noRoles = &rule.Roles{}

// mergeRoles gives the roles of a call that may have either name. What the pack hands out is shared, so it is copied.
func mergeRoles(a, b *rule.Roles) *rule.Roles {
	if a == noRoles || a == b {
		return b
	}
	both := &rule.Roles{}
	both.Add(a)
	both.Add(b)
	return both
}

// resultSym: a method without arguments that matter gives a reading of its receiver; anything else is new.
func (c *extCall) resultSym() sym {
	if c.self != nil && c.self.sym != noSym && !slices.ContainsFunc(c.args, func(a arg) bool { return a.val != nil && !a.val.isClean() }) {
		return c.f.ev.syms.of(symVia, c.self.sym, 0, last(c.name)+argKey(c.args))
	}
	if len(c.args) > 0 && c.self == nil && allSyms(c.args) {
		n := c.f.ev.syms.of(symOpaque, noSym, noSym, c.name)
		for _, a := range c.args {
			n = c.f.ev.syms.of(symOpaque, n, a.val.sym, a.name)
		}
		return n
	}
	return c.f.callSym()
}

func allSyms(args []arg) bool {
	return !slices.ContainsFunc(args, func(a arg) bool { return a.val.symbol() == noSym || a.star != 0 })
}

func argKey(args []arg) string {
	var b strings.Builder
	for _, a := range args {
		s, _ := a.val.strKonst()
		b.WriteString("," + clip(s, 40))
	}
	return b.String()
}

func last(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }

// types gives the result its library type.
func (c *extCall) types() {
	for _, n := range c.names {
		if ts := c.f.ev.pack.TypeOf(n); len(ts) == 1 && ts[0] == "never" {
			c.f.raise(c.st) // it does not come back
		} else if len(ts) > 0 {
			c.out.refs = append(c.out.refs, Ref{kind: refExtInst, name: strings.Join(ts, "\x00")})
		} else if b := last(n); len(c.roles.Sources) > 0 && len(c.names) == 1 && b == n {
			continue
		} else if b := last(n); b != "" && b[0] >= 'A' && b[0] <= 'Z' && !strings.HasPrefix(n, "?.") {
			c.out.refs = append(c.out.refs, Ref{kind: refExtInst, name: n})
		}
	}
	if len(c.out.refs) > maxRefs {
		c.out.refs = nil
	}
}

// arg finds an argument by positions and names; nil, false when it is not passed.
func (c *extCall) arg(positions []int, names []string) (*Value, bool) {
	for _, n := range names {
		for _, a := range c.args {
			if a.name == n && a.star == 0 {
				return a.val, true
			}
		}
	}
	for _, p := range positions {
		i := 0
		for _, a := range c.args {
			if a.name != "" || a.star == 2 {
				continue
			}
			if a.star == 1 {
				return c.f.element(a.val, c.st), true
			}
			if i == p {
				return a.val, true
			}
			i++
		}
	}
	return nil, false
}

// slot gives the value in a slot.
func (c *extCall) slot(s rule.Slot) *Value {
	var v *Value
	switch s.What {
	case rule.Return:
		v = c.out
	case rule.Receiver:
		v = c.self
	case rule.ArgSlot:
		v, _ = c.arg(s.Positions, s.Names)
	case rule.AllArgs:
		v = c.all(s.From)
	default:
		return nil
	}
	return c.f.walkPath(v, s.Path, c.st)
}

func (c *extCall) all(from int) *Value {
	var vs []*Value
	i := 0
	for _, a := range c.args {
		if a.name != "" || i >= from {
			vs = append(vs, a.val)
		}
		if a.name == "" {
			i++
		}
	}
	if len(vs) == 1 {
		return vs[0]
	}
	v := c.f.blend(vs, c.st, 0)
	for _, x := range vs {
		switch {
		case x.symbol() == noSym:
		case v.sym == noSym:
			v.sym = x.sym
		default:
			v.sym = c.f.ev.syms.of(symJoin, v.sym, x.sym, "")
		}
	}
	return v
}

// walkPath follows a slot's path below a value.
func (f *frame) walkPath(v *Value, path string, st *state) *Value {
	for path != "" && v != nil {
		switch path[0] {
		case '.':
			end := strings.IndexAny(path[1:], ".[")
			name := path[1:]
			if end >= 0 {
				name = path[1 : end+1]
			}
			path = path[1+len(name):]
			v = f.attrPath(v, name, st)
		case '[':
			end := strings.IndexByte(path, ']')
			key := strings.Trim(path[1:end], `"'`)
			path = path[end+1:]
			if key == "*" {
				v = f.element(v, st)
			} else {
				v = f.item(v, "["+key+"]", st)
			}
		default:
			return v
		}
	}
	return v
}

// ---- sources, propagators, sanitizers ------------------------------------------------------------------------------

func (c *extCall) sources() {
	for _, s := range c.roles.Sources {
		if s.Sure && rule.Holds(s.When, c.facts(nil, nil)) != rule.Yes {
			continue
		}
		if c.checksItself() || !c.holds(s.When) {
			// Pinned, or verified by the call itself: what comes back was chosen by the caller.
			c.modelled, c.out.clean, c.out.facts = true, true, nil
			continue
		}
		fact := &Fact{org: c.f.ev.sourceOrigin(s, s.Kind, c.name, c.f.fn, c.in), content: s.Carries == rule.CarryContent,
			prov: step(nil, provSource, c.f.fn, c.in.Span, c.name)}
		if s.Slot.What == rule.Return || s.Slot.What == rule.NoSlot {
			c.modelled = true
			c.fresh()
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

func (ev *eval) sourceOrigin(s *rule.Source, kind *rule.Kind, name string, fn *program.Fn, in *ir.Instr) *Origin {
	k := originKey{kind: originSource, src: s, what: kind, fn: fn, start: in.Span.Start}
	o, ok := ev.origins[k]
	if !ok {
		o = &Origin{kind: originSource, src: s, what: kind, name: name, fn: fn, span: in.Span}
		ev.origins[k] = o
	}
	return o
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
		}
	}
	if obj.sym == noSym {
		return
	}
	c.f.weakStore(c.st, heapKey{obj.sym, "[*]"}, v)
	c.f.write(obj, v, c.st, c.in)
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
		if p.Invoke != nil {
			c.invoke(p.Invoke)
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
			facts = addFacts(facts, c.f.deep(from, c.st))
		}
		v.facts = asValues(facts)
		v.clean = (from.isClean() || written) && len(v.facts) == 0
	} else {
		v.facts = c.f.deep(from, c.st)
		if p.Same { // a buffer made of another: what it holds, it holds
			if facts, ok := c.f.content(from, c.st); ok {
				v.facts = addFacts(v.facts, facts)
			}
		}
	}
	v.clean = v.clean && len(v.facts) == 0
	c.deliver(p, v, from)
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
		v.facts = c.f.stepped(v.facts, provPass, c.in, "passes through "+shown(c.name))
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
		return
	}
	switch {
	case p.Same:
		c.out.sym = c.f.ev.syms.of(symSame, from.sym, 0, last(c.name))
		if s, ok := from.konst(); ok && len(c.out.refs) == 0 {
			c.out.refs, c.out.assumed, c.out.open = []Ref{*s}, from.assumed, from.open
		}
	case p.FromCarry == rule.CarryContent:
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
	all := c.self == nil
	for _, a := range c.args {
		s, ok := a.val.strKonst()
		all = all && ok && a.val.assumed == ""
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
		c.out.refs = partly(begin, end)
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
		v.facts = c.f.stepped(v.facts, provPass, c.in, "passes through "+shown(c.name))
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

func shown(name string) string {
	name = strings.TrimPrefix(name, "?.")
	return "'" + name + "'"
}

func (c *extCall) sanitize() {
	for _, s := range c.roles.Sanitizers {
		if len(s.For) > 0 {
			continue // for single sinks: not modelled by value
		}
		switch s.Slot.What {
		case rule.Return, rule.NoSlot:
			c.out.facts = cleared(c.out.facts, s.Clears)
			c.out.clean = len(c.out.facts) == 0
		case rule.ArgSlot:
			if v, ok := c.arg(s.Slot.Positions, s.Slot.Names); ok && v.symbol() != noSym {
				c.guardAll(v, &guard{})
			}
		case rule.Receiver:
			if c.self.symbol() != noSym {
				c.guardAll(c.self, &guard{})
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

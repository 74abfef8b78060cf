package taint

import (
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/rule"
)

const readsContent = rule.CarryContent

// extCall is one call of something outside the tree.
type extCall struct {
	f     *frame
	name  string         // canonical name of the first reference, for messages
	does  rule.Intrinsic // what the engine itself knows of it, by its name
	how   rule.Intrinsic // the same by the last part of its name, whatever it is called on
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
		if h := r.bound().handed; h != nil {
			h.called = true
		}
		if roles := f.ev.pack.Call(n); roles != nil {
			c.roles = mergeRoles(c.roles, roles)
		}
	}
	c.name = c.names[0]
	c.does, c.how = f.ev.pack.Intrinsic(c.name), f.ev.pack.MethodIntrinsic(last(c.name))
	c.keepErrors()
	return c.handLater(c.outside(c.run))
}

// run does what is known of the call.
func (c *extCall) run() *Value {
	f := c.f
	if v, done := c.python(); done {
		return v
	}
	if v, done := c.parted(); done {
		return v
	}
	if v, done := c.folded(); done {
		return v
	}
	if v, done := c.textCall(); done {
		return v
	}
	if v, done := c.kept(); done {
		return v
	}
	if strings.HasPrefix(c.name, "?.") {
		f.wantElement(c.self)
	}
	if strings.HasPrefix(c.name, "?.") && f.ev.telling(c.name[2:]) {
		f.sum.calls |= f.ev.depsOf(c.self)
	} else if strings.HasPrefix(c.name, "?.") {
		f.sum.methods |= f.ev.depsOf(c.self)
	}
	if c.roles == noRoles {
		if v, done := c.digestMethod(); done {
			return v
		}
		if v, done := c.container(); done {
			return c.variable(v)
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
	c.callbacks()
	if !c.invokes() {
		c.handedNested()
	}
	c.propagate()
	c.sources()
	c.commands()
	c.validators()
	c.consents()
	if !c.modelled {
		c.passThrough()
	}
	c.sanitize()
	c.shapeTest()
	c.loosen()
	return c.variable(c.out)
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
	return ev.words[name] && !ev.pack.IsWord(rule.WordCommon, name) || ev.pack.IsWord(rule.WordTelling, name)
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
	if _, literal := c.self.konst(); literal && len(c.args) == 1 && allSyms(c.args) { // b"".join(parts)
		return c.f.ev.syms.of(symVia, c.args[0].val.sym, 0, last(c.name))
	}
	if len(c.args) > 0 && c.self == nil && allSyms(c.args) && !c.makesObject() {
		n := c.f.ev.syms.of(symOpaque, noSym, noSym, c.name)
		for _, a := range c.args {
			n = c.f.ev.syms.of(symOpaque, n, a.val.sym, a.name)
		}
		return n
	}
	return c.f.callSym()
}

// makesObject reports whether the call makes a new object of settings alone, as Queue(10) does: two such are not the same.
func (c *extCall) makesObject() bool {
	return isClassName(c.name) && !slices.ContainsFunc(c.args, func(a arg) bool { return !a.val.isClean() })
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
			v.sym = c.f.ev.syms.join(v.sym, x.sym, "")
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

package taint

import (
	"maps"
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
)

// From a function with an open sink to those that may call it.

// wrapper says whether the arguments of callers decide if a sink in the function is safe: its defaults may be.
func wrapper(fn *program.Fn, s *summary) bool {
	m := s.matter
	if fn.Owner != nil {
		m &^= 1 | 1<<32 // self
	}
	return s.touches >= maxTouch-1 && m != 0
}

// ownField says whether an open sink is fed by an attribute of the function's own object; stores find it then.
func ownField(fn *program.Fn, p *pending) bool {
	return fn.Owner != nil && p.fact.org.input == 0 && strings.HasPrefix(p.fact.org.path, "\x01.")
}

// callers adds the functions that may call fn: that mention the name it is called by, as far as their text does not
// say that they mean something else.
func (w *worklist) callers(fn *program.Fn) {
	switch {
	case fn.Kind == ir.ModuleBody || fn.Kind == ir.ClassBody:
		return
	case fn.Kind == ir.Lambda:
		w.outward(fn)
	case fn.Owner != nil && (fn.Name == "__init__" || fn.Name == "__new__" || fn.Name == "__call__" || fn.Name == "__enter__"):
		w.makers(fn.Owner)
	case fn.Parent > 0 && fn.Owner == nil:
		w.outward(fn)
	default:
		if len(fn.Decorators) > 0 {
			w.add(fn.Mod.Fns[fn.Parent]) // a decorator may register it
		}
		w.throughHolders(fn)
		if fn.Owner != nil {
			w.throughGivers(fn.Owner, fn.Name)
		}
		w.mention(fn.Name, fn.Mod, fn.Owner, func(t program.Target) bool {
			return t.Fn == fn || t.Fn != nil && t.Fn.Owner != nil && fn.Owner != nil && related(t.Fn.Owner, fn.Owner)
		})
	}
}

// throughHolders adds methods that may call a method of an object they were given when theirs was made. What they know of
// it is a common name, in a file that does not name its class.
func (w *worklist) throughHolders(fn *program.Fn) {
	if fn.Owner == nil || !commonNames[fn.Name] {
		return
	}
	for _, h := range w.ev.holders(fn.Owner) {
		for _, u := range h.Mod.Users(fn.Name) {
			if u.Owner == h {
				w.add(u)
			}
		}
	}
}

// makers adds the functions that may make objects of a class, or of one below it, and the constructors of those, which
// may call that of the class.
func (w *worklist) makers(c *program.Class) {
	w.selfMakers(c)
	w.mention(c.Name, c.Mod, nil, func(t program.Target) bool { return t.Class != nil && slices.Contains(t.Class.MRO(), c) })
	for _, sub := range w.ev.prog.Heirs(c, maxUsers, func(*program.Module) bool { return true }) {
		if i, ok := sub.Methods["__init__"]; ok {
			w.add(sub.Mod.Fns[i])
		} else {
			w.mention(sub.Name, sub.Mod, nil, func(t program.Target) bool { return t.Class == sub })
		}
	}
}

// outward adds the function that encloses a nested one, and its callers: it may hand the nested one out.
func (w *worklist) outward(fn *program.Fn) {
	outer := fn.Mod.Fns[fn.Parent]
	w.add(outer)
	if outer.Kind == ir.Plain {
		w.callers(outer)
	}
}

// exported adds the functions that use a name to which a module body binds a function it has made of a sink: an
// alias, a partial, a lambda, a table of loaders.
func (w *worklist) exported(body *program.Fn, s *summary) {
	global := w.ev.globalSym(body.Mod)
	for _, name := range slices.Sorted(maps.Keys(s.heap[global])) {
		v := s.heap[global][name]
		bs := body.Mod.Bindings(name)
		if v == nil || len(bs) == 0 || !computed(bs[0]) || !w.ev.reachesSink(v, s, 2) {
			continue
		}
		w.mention(name, body.Mod, nil, func(t program.Target) bool {
			return t.Value == body.Mod && t.Name == name || t.Fn != nil && t.Fn.Kind == ir.Lambda && t.Fn.Mod == body.Mod
		})
	}
}

// heldByClass adds the functions that use an attribute to which a class body binds a function that is, or reaches, a sink.
func (w *worklist) heldByClass(body *program.Fn, s *summary) {
	if body.Class < 0 {
		return
	}
	c := body.Mod.Class[body.Class]
	for i, slot := range body.Slots {
		if _, method := c.Methods[slot]; method {
			continue
		}
		if v := s.heap[w.ev.classSym(c)][itoa(i)]; w.ev.reachesSink(v, s, 1) {
			w.mention(slot, c.Mod, c, func(program.Target) bool { return true })
			w.throughGivers(c, slot)
		}
	}
}

// kept adds the functions that use an object of another module in which a function with open sinks is kept:
//
//	@signals.received.connect
//	def on_received(body): return pickle.loads(body)
func (w *worklist) kept(fn *program.Fn, s *summary) {
	for _, k := range s.writes {
		m, name := w.ev.variable(k.obj)
		if m == nil || m == fn.Mod && fn.Kind == ir.ModuleBody {
			continue
		}
		if v := s.heap[k.obj][k.seg]; v != nil && slices.ContainsFunc(v.refs, func(r Ref) bool { return r.kind == refFunc }) && w.ev.reachesSink(v, s, 0) {
			w.mention(name, m, nil, func(t program.Target) bool { return t.Value == m && t.Name == name })
		}
	}
}

// fills adds the callers of a function that stores what it is given where a sink reads:
//
//	def remember(key, blob): CACHE[key] = blob
func (w *worklist) fills(fn *program.Fn, s *summary) {
	for _, k := range s.writes {
		v := s.heap[k.obj][k.seg]
		if v == nil || !slices.ContainsFunc(v.facts, func(x *Fact) bool { return x.org.kind == originInput }) {
			continue
		}
		if m, name := w.ev.variable(k.obj); m != nil && w.ev.wanted[name] {
			w.callers(fn)
			return
		}
	}
}

// variable gives the module-level name below which a symbol lies, nil if it lies below none.
func (ev *eval) variable(n sym) (*program.Module, string) {
	for n != noSym {
		in := ev.syms.info[n]
		switch in.op {
		case symAttr, symIndex, symSame:
			if up := ev.syms.info[in.a]; in.op == symAttr && up.op == symGlobal {
				return ev.prog.OfFile(up.s), strings.TrimPrefix(in.s, ".")
			}
		default:
			return nil, ""
		}
		n = in.a
	}
	return nil, ""
}

// defaults adds the functions defined in a body whose parameters have a function as default that reaches a sink.
func (w *worklist) defaults(body *program.Fn, s *summary) {
	for _, fn := range body.Mod.Fns {
		if fn.Parent != body.Index || w.ev.defaults[fn] == nil {
			continue
		}
		for _, name := range slices.Sorted(maps.Keys(w.ev.defaults[fn])) {
			if w.ev.reachesSink(w.ev.defaults[fn][name], s, 1) {
				w.add(fn)
			}
		}
	}
}

// computed says whether a binding is the value of an expression, lambdas included.
func computed(b program.Binding) bool {
	return b.Kind == program.BindValue || (b.Kind == program.BindFunc && b.Fn.Kind == ir.Lambda)
}

// reachesSink says whether a value is, or holds, a function of the pack's sinks or one with open sinks.
func (ev *eval) reachesSink(v *Value, s *summary, depth int) bool {
	if v == nil || depth < 0 {
		return false
	}
	for i := range v.refs {
		switch r := &v.refs[i]; r.kind {
		case refExt:
			if roles := ev.pack.Call(ev.pack.Canonical(r.name)); roles != nil && len(roles.Sinks) > 0 {
				return true
			}
		case refPartial:
			if ev.reachesSink(r.self, s, depth-1) {
				return true
			}
		case refFunc:
			if m := ev.topSummary(r.fn); len(m.sinks) > 0 {
				return true
			}
		case refInst:
			if m := r.cls.Method("__call__"); m != nil {
				if c := ev.memo[memoKey{m, ""}]; c != nil && len(c.sinks) > 0 {
					return true
				}
			}
		}
	}
	for _, x := range s.heap[v.sym] {
		if ev.reachesSink(x, s, depth-1) {
			return true
		}
	}
	return false
}

// mention adds the functions that name something of module in, or of the class owner, by which what is accepted may be
// meant. Where very many files do, only those count that also name the class or module.
func (w *worklist) mention(name string, in *program.Module, owner *program.Class, accept func(program.Target) bool) {
	files := w.ev.prog.Mentioning(name)
	many, some := len(files) > maxUsers || commonNames[name], len(files) > fewFiles
	files = slices.DeleteFunc(slices.Clone(files), func(m *program.Module) bool {
		return many && !w.about(m, in, owner) || some && owner == nil && m.OnlyInherits(name)
	})
	w.ev.prog.Prepare(files)
	for _, m := range files {
		w.refer(m, name, accept)
		w.renamed(m, name, accept)
		w.refersTo(m, name, owner)
	}
}

// renamed adds the functions that name something under another name that an import of the module gives it, in the module
// itself and in those that import it from there.
func (w *worklist) renamed(m *program.Module, name string, accept func(program.Target) bool) {
	for i := range m.Load().IR.Imports {
		im := &m.IR.Imports[i]
		if im.Name != name || im.Bind == name || im.Bind == "" || !accept(m.ImportTarget(im)) {
			continue
		}
		if im.Func > 0 {
			w.refer(m, im.Bind, accept)
		} else {
			w.mention(im.Bind, m, nil, accept)
		}
	}
}

// refer adds the functions of a module whose dotted names that end in name mean what is accepted.
func (w *worklist) refer(m *program.Module, name string, accept func(program.Target) bool) {
	for _, u := range m.Users(name) {
		for _, c := range w.ev.mentions(u).chains {
			if c != name && !strings.HasSuffix(c, "."+name) {
				continue
			}
			if t := w.ev.chainTarget(u, c); t == (program.Target{}) || t.Value != nil && t.Rest != "" || accept(t) {
				w.add(u)
				break
			}
		}
	}
}

// refersTo adds the functions of a module that name an attribute of something unknown, or of their own object if that may
// be one of the class owner.
func (w *worklist) refersTo(m *program.Module, name string, owner *program.Class) {
	for _, u := range m.Users(name) {
		ms := w.ev.mentions(u)
		if ms.attrs[name] || owner != nil && ms.own[name] && related(u.Owner, owner) {
			w.add(u)
		}
	}
}

// about says whether a file names the module, or the class or one below it if there is one.
func (w *worklist) about(m, in *program.Module, owner *program.Class) bool {
	if m == in {
		return true
	}
	if owner == nil {
		return namesModule(m, in)
	}
	if m.Mentions(owner.Name) {
		return true
	}
	for name := range w.ev.prog.HeirNames(owner.Name) {
		if m.Mentions(name) {
			return true
		}
	}
	return false
}

// namesModule says whether a file mentions a module or a package it lies in.
func namesModule(m, named *program.Module) bool {
	return slices.ContainsFunc(strings.Split(named.Name, "."), m.Mentions)
}

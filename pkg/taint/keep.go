package taint

import (
	"maps"
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
)

// From a place that keeps a function with open sinks, or a function that gives it back, to those that may use it there.

// exported adds the functions that use a name to which a module body binds a function it has made of a sink: an
// alias, a partial, a lambda, a table of loaders.
func (w *worklist) exported(body *program.Fn, s *summary) {
	global := w.ev.globalSym(body.Mod)
	for _, name := range slices.Sorted(maps.Keys(s.heap[global])) {
		v := s.heap[global][name]
		bs := body.Mod.Bindings(name)
		if v == nil || len(bs) == 0 || !computed(bs[0]) || !w.ev.reachesSink(v, s, 4) {
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
	for i, slot := range body.Body().Slots {
		if _, method := c.Methods[slot]; method {
			continue
		}
		if v := s.heap[w.ev.classSym(c)][itoa(i)]; w.ev.reachesSink(v, s, 1) {
			w.mention(slot, c.Mod, c, func(program.Target) bool { return true })
			if v := s.heap[w.ev.classSym(c)][itoa(i)]; len(v.refs) == 0 { // a field that converts what constructors are given
				w.makers(c)
			}
			w.throughGivers(c, slot)
			if w.ev.isEnum(c) {
				w.enumerated(c)
			}
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

// keptInField adds the functions that use a field in which a method keeps a function with open sinks, by itself or in a table:
//
//	def __init__(self): self.decode = restore
//	def run(self, body): return self.decode(body)
func (w *worklist) keptInField(fn *program.Fn, s *summary) {
	if fn.Owner == nil {
		return
	}
	for _, k := range s.writes {
		name := w.ev.ownField(k)
		if name == "" {
			continue
		}
		if v := s.heap[k.obj][k.seg]; w.ev.reachesSink(v, s, 2) {
			w.mention(name, fn.Mod, fn.Owner, func(program.Target) bool { return true })
		}
	}
}

// ownField returns the attribute of the function's own object that a heap key is, or lies below; "" if there is none.
func (d *domain) ownField(k heapKey) string {
	n, seg := d.syms.ident(k.obj), k.seg
	for range maxPlaceDepth {
		switch in := d.syms.info[n]; in.op {
		case symInput:
			if name, ok := strings.CutPrefix(seg, "."); ok && in.a == 0 {
				return name
			}
			return ""
		case symAttr, symIndex:
			n, seg = d.syms.ident(in.a), in.s
		default:
			return ""
		}
	}
	return ""
}

// givesBack adds the callers of a function that returns a function with open sinks: an element of a table of loaders.
func (w *worklist) givesBack(fn *program.Fn, s *summary) {
	if fn.Kind == ir.Plain && s.returns && w.ev.reachesSink(s.result, s, 1) {
		w.callers(fn)
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
		if m, name := w.ev.variable(k.obj); m != nil && w.ev.wanted[name] || w.ev.fillsRows(k) {
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
		case symOpaque, symVia:
			if in.s != "[]" && in.s != "[*]" {
				return nil, ""
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
			if ev.isSink(r.name) {
				return true
			}
		case refConst: // which a table of names holds
			if r.lit != ir.Str || len(r.name) > maxNameString {
				continue
			}
			if isDotted(r.name) && ev.isSink(r.name) || ev.reachesSink(refFuncs(ev.spelt(s.fn.Mod, r.name)), s, depth) {
				return true
			}
		case refPartial:
			if ev.reachesSink(r.self, s, depth-1) {
				return true
			}
		case refFunc:
			if ev.memo[memoKey{r.fn, ""}] == nil && !ev.rel.reaches(r.fn, nearbyCalls) {
				continue
			}
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
	if mod, ok := s.heap[v.sym]["[0]"].strKonst(); ok { // module and name apart
		if name, ok := s.heap[v.sym]["[1]"].strKonst(); ok && ev.isSink(mod+"."+name) {
			return true
		}
	}
	return slices.ContainsFunc(ev.syms.parts(v.sym), func(obj sym) bool {
		return slices.ContainsFunc(s.heap[obj].inOrder(), func(x *Value) bool { return ev.reachesSink(x, s, depth-1) })
	})
}

// isSink reports whether a library function is a sink of the pack.
func (g *given) isSink(name string) bool {
	roles := g.pack.Call(g.pack.Canonical(name))
	return roles != nil && len(roles.Sinks) > 0
}

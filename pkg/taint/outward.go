package taint

import (
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
	"github.com/pickletrace/pickletrace/pkg/rule"
)

// From a function with an open sink to those that may call it.

// wrapper says whether the arguments of callers decide if a sink in the function is safe: its defaults may be.
func wrapper(fn *program.Fn, s *summary) bool {
	m := s.matter
	if isMethod(fn) {
		m &^= 1 | 1<<32 // self
	}
	return s.touches >= maxTouch-1 && m != 0
}

// configured adds the functions that make objects of a method's class, where the constructor takes switches over into
// attributes that decide if a sink in the method is safe.
func (w *worklist) configured(fn *program.Fn, s *summary) {
	if fn.Owner == nil || s.touches < maxTouch-1 || s.matter&(1<<32) == 0 || !w.ev.switches(fn) {
		return
	}
	for _, call := range w.ev.makingCalls(fn.Owner) {
		w.add(call.fn)
	}
}

// switches reports whether a method names an attribute that holds what the constructor is given, or what a field says by
// default: a truth value or a word.
func (ev *eval) switches(fn *program.Fn) bool {
	init := fn.Owner.Method("__init__")
	for _, name := range ev.mentions(fn).own {
		if init == nil {
			if v, ok := ev.classAttr(fn.Owner, name).konst(); ok && isSwitch(v.lit) {
				return true
			}
			continue
		}
		if p := takenOver(init, name); p > 0 && (init.Params[p].Default == nil || isSwitch(init.Params[p].Default.Kind)) {
			return true
		}
	}
	return false
}

func isSwitch(k ir.ConstKind) bool {
	return k == ir.True || k == ir.False || k == ir.Str || k == ir.None
}

// How far the callers of a function with open sinks are looked for.
const (
	openNowhere  = iota
	openNearby   // in its own file: the sinks are common calls that are seldom meant (rule.Sink.Near)
	openAnywhere // in all files
)

// openOutside says how far callers of fn, whose summary this is, may decide about open sinks.
func (s *summary) openOutside(fn *program.Fn) int {
	open := openNowhere
	for _, p := range s.sinks {
		switch {
		case ownField(fn, p):
		case p.site != nil && len(p.site.sink.Near) > 0:
			open = max(open, openNearby)
		default:
			return openAnywhere
		}
	}
	return open
}

// ownField says whether an open sink is fed by an attribute of the function's own object; stores find it then.
func ownField(fn *program.Fn, p *pending) bool {
	return isMethod(fn) && p.fact.org.input == 0 && strings.HasPrefix(p.fact.org.path, "\x01.")
}

// callers adds the functions that may call fn: that mention the name it is called by, as far as their text does not
// say that they mean something else.
func (w *worklist) callers(fn *program.Fn) {
	switch {
	case fn.Kind == ir.ModuleBody || fn.Kind == ir.ClassBody:
		return
	case fn.Kind == ir.Lambda:
		w.outward(fn)
	case fn.Owner != nil && isMetaclass(fn.Owner) && (fn.Name == "__new__" || fn.Name == "__init__"):
		w.add(w.definers(fn.Owner)...)
	case fn.Owner != nil && isSpecial(fn.Name):
		w.makers(fn.Owner)
		if !constructors[fn.Name] {
			w.throughObjects(fn.Owner)
		}
	case fn.Owner != nil && fn.Name == "__init_subclass__":
		w.heirDefiners(fn.Owner)
	case fn.Parent > 0 && fn.Owner == nil:
		w.outward(fn)
	default:
		if len(fn.Decorators) > 0 {
			w.add(fn.Mod.Fns[fn.Parent]) // a decorator may register it
		}
		w.bySpelling(fn)
		w.generic(fn)
		w.throughHolders(fn)
		w.throughBases(fn)
		w.throughAliases(fn)
		w.converterMakers(fn)
		w.throughEntryPoints(fn)
		w.throughTakers(fn)
		if fn.Owner != nil {
			w.entering(fn.Owner)
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
	if fn.Owner == nil || !w.ev.pack.IsWord(rule.WordCommon, fn.Name) {
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

// throughBases adds the methods of the classes above that call a method by its name, whatever they call it on: a base calls
// what those below it define.
func (w *worklist) throughBases(fn *program.Fn) {
	if fn.Owner == nil || !w.ev.pack.IsWord(rule.WordCommon, fn.Name) {
		return
	}
	for _, k := range fn.Owner.MRO()[1:] {
		for _, u := range k.Mod.Users(fn.Name) {
			if u.Owner == k && u.Name != fn.Name {
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

// mention adds the functions that name something of module in, or of the class owner, by which what is accepted may be
// meant. Where very many files do, only those count that also name the class or module.
func (w *worklist) mention(name string, in *program.Module, owner *program.Class, accept func(program.Target) bool) {
	files := w.ev.prog.Mentioning(name)
	many, some := len(files) > maxUsers || w.ev.pack.IsWord(rule.WordCommon, name), len(files) > fewFiles
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
	for _, im := range m.ImportsOf(name) {
		if im.Bind == name || im.Bind == "" || !accept(m.ImportTarget(im)) {
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
		if ms.attrs.has(name) || owner != nil && ms.own.has(name) && related(u.Owner, owner) {
			w.add(u)
			w.mayRelay(u, owner)
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
	if m.Mentions("__subclasses__") && slices.ContainsFunc(owner.MRO(), func(k *program.Class) bool { return m.Mentions(k.Name) }) {
		return true // it asks a class above for those below
	}
	for name := range w.ev.prog.HeirNames(owner.Name) {
		if m.Mentions(name) {
			return true
		}
	}
	if meta := owner.Metaclass(); meta != nil && m.Mentions(meta.Name) {
		return true
	}
	return w.aboutBase(m, owner)
}

// aboutBase says whether a file names a class above one that classes below it enter where they are defined: it may give
// them out.
func (w *worklist) aboutBase(m *program.Module, owner *program.Class) bool {
	return slices.ContainsFunc(owner.MRO()[1:], func(k *program.Class) bool {
		return registers(k) && m.Mentions(k.Name) && len(w.ev.prog.Mentioning(k.Name)) <= maxUsers
	})
}

// namesModule says whether a file mentions a module or a package it lies in, or is a notebook that runs it.
func namesModule(m, named *program.Module) bool {
	return slices.ContainsFunc(strings.Split(named.Name, "."), m.Mentions) || m.RunsFile(named)
}

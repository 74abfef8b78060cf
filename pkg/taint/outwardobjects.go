package taint

import (
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
)

// Functions that come to a method without naming it: what they name is an object of its class, or another name for it.
//
//	TABLE = Table()                 TABLE[key]          calls Table.__getitem__
//	class Doc: scene = Lazy()       doc.scene = raw     calls Lazy.__set__
//	read_all = partialmethod(_read, "all")              doc.read_all() calls _read

// isSpecial says whether a method is one that the language calls by itself.
func isSpecial(name string) bool {
	return len(name) > 4 && strings.HasPrefix(name, "__") && strings.HasSuffix(name, "__") && name != "__init_subclass__" && name != "__class_getitem__"
}

// throughObjects adds the functions that name what holds an object of a class: a variable of a module, an attribute that a
// class body or a method sets.
func (w *worklist) throughObjects(c *program.Class) {
	for _, call := range w.ev.makingCalls(c) {
		for in := range call.fn.Body().Instrs() {
			if in.Op == ir.StoreGlobal && in.B == call.in.Dst || in.Op == ir.StoreAttr && in.C == call.in.Dst || in.Op == ir.StoreLocal && in.B == call.in.Dst {
				w.holders(call.fn, in)
			}
		}
	}
}

// holders adds the functions that name what an instruction stores in.
func (w *worklist) holders(fn *program.Fn, in *ir.Instr) {
	switch {
	case in.Op == ir.StoreGlobal:
		name := fn.Mod.IR.Strings[in.A]
		w.mention(name, fn.Mod, nil, func(t program.Target) bool { return t.Value == fn.Mod && t.Name == name })
	case in.Op == ir.StoreAttr:
		w.namesAttr(fn.Mod.IR.Strings[in.B], fn.Mod, fn.Owner)
	case fn.Kind == ir.ClassBody:
		if fn.Class >= 0 {
			w.namesAttr(fn.Body().Slots[in.A], fn.Mod, fn.Mod.Class[fn.Class])
		}
	}
}

// namesAttr adds the functions that read or store an attribute of a name that objects of a class have.
func (w *worklist) namesAttr(name string, in *program.Module, c *program.Class) {
	w.mention(name, in, c, func(program.Target) bool { return false })
	if c == nil {
		return
	}
	for _, m := range w.ev.prog.StoringModules(name) {
		if m != in && !m.Mentions(c.Name) {
			continue
		}
		for _, u := range m.Users(name) {
			if w.ev.mentions(u).stored.has(name) {
				w.add(u)
			}
		}
	}
}

// throughAliases adds the functions that call a method by another name that its class body gives it, as it is or with some
// arguments filled in.
func (w *worklist) throughAliases(m *program.Fn) {
	if m.Owner == nil {
		return
	}
	body := m.Mod.Fns[m.Owner.Body]
	holds := map[ir.Reg]bool{}
	for in := range body.Body().Instrs() {
		switch in.Op {
		case ir.Local:
			holds[in.Dst] = body.Body().Slots[in.A] == m.Name
		case ir.Call:
			for _, a := range body.Body().Args[in.B : in.B+in.C] {
				if a.Val >= 0 && holds[a.Val] {
					holds[in.Dst] = true
				}
			}
		case ir.StoreLocal:
			if name := body.Body().Slots[in.A]; holds[in.B] && name != m.Name {
				w.namesAttr(name, m.Mod, m.Owner)
			}
		}
	}
}

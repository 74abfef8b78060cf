package taint

import (
	"slices"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
	"github.com/pickletrace/pickletrace/pkg/rule"
)

// Files that use objects of a class, or the class, without its name: another file gives them out.
//
//	codecs.py    class Pickled: def loads(self, data): ...
//	             def resolve(): return Pickled()
//	             default = Pickled()
//	job.py       from codecs import resolve
//	             resolve().loads(data)
//
// A method with a common name would be looked for in far too many files; here only in those that also name what gives the
// objects out.

const (
	maxGivers   = 24 // names by which objects of one class are given out
	giverLevels = 2  // functions that give out what others give
)

// throughGivers adds functions that may use the attribute of a class, or of an object of it, which they got from elsewhere.
func (w *worklist) throughGivers(c *program.Class, name string) {
	for _, m := range w.ev.takers(c) {
		if !m.Mentions(name) {
			continue
		}
		for _, u := range m.Users(name) {
			if ms := w.ev.mentions(u); ms.attrs.has(name) || ms.own.has(name) || slices.ContainsFunc(ms.chains, func(s string) bool { return last(s) == name && s != name }) {
				w.add(u)
			}
		}
	}
}

// takers gives the files that name something which gives out objects of a class, in program order.
func (ev *eval) takers(c *program.Class) []*program.Module {
	if files, ok := ev.takersOf[c]; ok {
		return files
	}
	names := []string{c.Name}
	seen := map[string]bool{c.Name: true}
	var out []*program.Module
	for range giverLevels {
		var next []string
		for _, name := range names {
			files := ev.prog.Mentioning(name)
			if len(files) > maxMakers || ev.pack.IsWord(rule.WordCommon, name) {
				continue
			}
			for _, m := range files {
				if !m.OnlyInherits(name) {
					next = append(next, ev.givers(m, name, c)...)
				}
			}
		}
		names = nil
		for _, n := range next {
			if !seen[n] && len(seen) < maxGivers {
				seen[n] = true
				names = append(names, n)
			}
		}
		for _, n := range names {
			if files := ev.prog.Mentioning(n); len(files) <= maxUsers {
				out = append(out, files...)
			}
		}
	}
	slices.SortFunc(out, (*program.Module).Compare)
	out = slices.Compact(out)
	ev.takersOf[c] = out
	return out
}

// givers gives the names of what in a module may give out what name stands for: functions and classes whose code names it,
// variables of the module that are made with it.
func (x *textIndex) givers(m *program.Module, name string, c *program.Class) []string {
	var out []string
	for _, fn := range m.Users(name) {
		switch {
		case fn.Owner == c || fn.Kind == ir.ClassBody:
		case fn.Kind == ir.ModuleBody:
			out = append(out, x.madeNames(fn, name)...)
		case fn.Owner != nil && (x.rel.ev.pack.IsWord(rule.WordCommon, fn.Name) || fn.Name[0] == '_'):
			out = append(out, fn.Owner.Name)
		default:
			out = append(out, fn.Name)
		}
	}
	return out
}

// madeNames gives the variables of a module body that are set to something made with a name.
func (x *textIndex) madeNames(body *program.Fn, name string) []string {
	var out []string
	holds := make([]bool, body.Body().Regs)
	m := x.mentions(body)
	for _, b := range body.Body().Blocks {
		for i := range b {
			in := &b[i]
			switch {
			case in.Op == ir.StoreGlobal && in.B >= 0 && holds[in.B]:
				out = append(out, body.Mod.IR.Strings[in.A])
			case in.Dst < 0:
			case last(m.dotted.of(in.Dst)) == name:
				holds[in.Dst] = true
			default:
				for r := range body.Body().Uses(in) {
					holds[in.Dst] = holds[in.Dst] || holds[r]
				}
			}
		}
	}
	return out
}

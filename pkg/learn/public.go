package learn

import (
	"cmp"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
)

// A public is a function that users of a library can call.
type public struct {
	fn    *program.Fn
	names []string // dotted names, the shortest first
	class []string // of a method: dotted names of its class
	makes bool     // it is the constructor of the class that the names are of
	// first is the number of parameters that are not written at a call: self and cls.
	first int
}

// maxNames bounds the names of one function that a pack lists: the shortest are those that people write.
const maxNames = 4

// publics returns what a library's modules define or re-export under names that do not begin with an underscore, in the
// order of the files; and the shortest public names of its classes.
func publics(prog *program.Program) ([]*public, map[string]string) {
	short := map[string]string{}
	names := map[*program.Fn][]string{}
	classes := map[*program.Class][]string{}
	for _, m := range prog.All() {
		if name := dotted(m); !isPublic(name) || isTestModule(name) {
			continue
		}
		collect(m.Load(), names, classes)
	}
	var out []*public
	for _, m := range prog.All() {
		for _, fn := range m.Fns {
			if ns := names[fn]; len(ns) > 0 {
				out = append(out, &public{fn: fn, names: shortest(ns)})
			}
		}
		for _, c := range m.Class {
			if ns := classes[c]; len(ns) > 0 {
				ns = shortest(ns)
				short[c.QualName()] = ns[0]
				out = append(out, methods(c, ns)...)
			}
		}
	}
	return out, short
}

// dotted gives the name under which users import a module: folders without an __init__.py are packages, too.
func dotted(m *program.Module) string {
	name := strings.TrimSuffix(m.Path, path.Ext(m.Path))
	return strings.ReplaceAll(strings.TrimSuffix(name, "/__init__"), "/", ".")
}

// collect notes under which names of a module users reach functions and classes.
func collect(m *program.Module, names map[*program.Fn][]string, classes map[*program.Class][]string) {
	add := func(name string, t program.Target) {
		if !isPublic(name) {
			return
		}
		switch full := dotted(m) + "." + name; {
		case t.Fn != nil && t.Fn.Kind == ir.Plain && t.Fn.Owner == nil:
			names[t.Fn] = append(names[t.Fn], full)
		case t.Class != nil:
			classes[t.Class] = append(classes[t.Class], full)
		}
	}
	for _, fn := range m.Fns {
		if fn.Parent == 0 && fn.Kind == ir.Plain {
			add(fn.Name, m.Member(fn.Name))
		}
	}
	for _, c := range m.Class {
		if !strings.Contains(c.Name, ".") {
			add(c.Name, m.Member(c.Name))
		}
	}
	for i := range m.IR.Imports {
		if im := &m.IR.Imports[i]; im.Func == 0 && im.Bind != "" && im.Bind != "*" {
			add(im.Bind, m.ImportTarget(im))
		}
	}
}

// methods returns the public methods of a class, those that it inherits within the library included, and its constructor.
func methods(c *program.Class, class []string) []*public {
	var out []*public
	seen := map[string]bool{}
	for _, k := range c.MRO() {
		for _, name := range slices.Sorted(maps.Keys(k.Methods)) {
			fn := k.Mod.Fns[k.Methods[name]]
			if seen[name] || fn.Kind != ir.Plain {
				continue
			}
			seen[name] = true
			p := &public{fn: fn, class: class, first: 1}
			switch {
			case name == "__init__":
				p.names, p.makes = class, true
				out = append(out, p)
				continue
			case !isPublic(name):
				continue
			case slices.ContainsFunc(fn.Decorators, func(d ir.Decorator) bool { return d.Path == "staticmethod" }):
				p.first = 0
			}
			for _, n := range class {
				p.names = append(p.names, n+"."+name)
			}
			out = append(out, p)
		}
	}
	return out
}

// shortest returns the names that people write most: with the fewest dots, then the shortest.
func shortest(names []string) []string {
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(strings.Count(a, "."), strings.Count(b, ".")), cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
	})
	names = slices.Compact(names)
	return names[:min(len(names), maxNames)]
}

// isPublic reports whether no part of a dotted name is private by convention.
func isPublic(name string) bool {
	for part := range strings.SplitSeq(name, ".") {
		if strings.HasPrefix(part, "_") {
			return false
		}
	}
	return name != ""
}

// isTestModule reports whether a module belongs to the library's own tests.
func isTestModule(name string) bool {
	for part := range strings.SplitSeq(name, ".") {
		if part == "tests" || part == "test" || part == "testing" || strings.HasPrefix(part, "test_") || part == "conftest" {
			return true
		}
	}
	return false
}

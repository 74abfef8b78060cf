package program

import (
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
)

// A Class is a class as part of the program.
type Class struct {
	*ir.Class
	Mod *Module
	// Bases in order of the class statement: in-tree classes, or the dotted name of an external one.
	Supers []Super
	mro    []*Class
	ext    []string
	linked bool
}

// A Super is one base class: Class, or the qualified name of a class outside the tree.
type Super struct {
	Class *Class
	Ext   string
}

// QualName gives the dotted name of the class from its source root.
func (c *Class) QualName() string { return c.Mod.Name + "." + c.Qual }

// MRO gives the in-tree classes a member is looked up in, c first. (Depth-first, a class after all of its
// subclasses; equal to C3 except for rare diamonds.)
func (c *Class) MRO() []*Class { return c.mro }

// External gives the names of all ancestors outside the tree, nearest first.
func (c *Class) External() []string { return c.ext }

// Subclasses gives the direct in-tree subclasses of c.
func (p *Program) Subclasses(c *Class) []*Class { return p.subs[c] }

// Method finds the method of that name in c or its in-tree ancestors, or nil.
func (c *Class) Method(name string) *Fn {
	for _, k := range c.mro {
		if i, ok := k.Methods[name]; ok {
			return k.Mod.Fns[i]
		}
	}
	return nil
}

// Overrides gives the definitions of the method in the proper subclasses of c, nearest first, at most limit.
func (p *Program) Overrides(c *Class, name string, limit int) []*Fn {
	var out []*Fn
	seen := map[*Class]bool{c: true}
	for queue := slices.Clone(p.subs[c]); len(queue) > 0 && len(out) < limit; queue = queue[1:] {
		k := queue[0]
		if seen[k] {
			continue
		}
		seen[k] = true
		if i, ok := k.Methods[name]; ok {
			out = append(out, k.Mod.Fns[i])
		}
		queue = append(queue, p.subs[k]...)
	}
	return out
}

func (p *Program) linkClasses() {
	for _, m := range p.Modules {
		for _, c := range m.Class {
			for i := range c.Bases {
				c.Supers = append(c.Supers, m.base(c, &c.Bases[i]))
			}
		}
	}
	for _, m := range p.Modules {
		for _, c := range m.Class {
			c.link(nil)
			for _, s := range c.Supers {
				if s.Class != nil {
					p.subs[s.Class] = append(p.subs[s.Class], c)
				}
			}
		}
	}
}

// base resolves one base class expression.
func (m *Module) base(c *Class, e *ir.Expr) Super {
	if strings.HasSuffix(e.Path, "with_metaclass") && e.IsCall && len(e.Args) > 1 {
		return m.base(c, &e.Args[1]) // six.with_metaclass(Meta, Base)
	}
	if e.Path == "" {
		return Super{}
	}
	t := m.LookupIn(c.Parent, e.Path)
	if t.Class == c {
		return Super{}
	}
	return Super{Class: t.Class, Ext: t.Ext}
}

func (c *Class) link(stack []*Class) {
	if c.linked || slices.Contains(stack, c) {
		return
	}
	stack = append(stack, c)
	c.mro = []*Class{c}
	for _, s := range c.Supers {
		if s.Class == nil {
			if s.Ext != "" && !slices.Contains(c.ext, s.Ext) {
				c.ext = append(c.ext, s.Ext)
			}
			continue
		}
		s.Class.link(stack)
		for _, k := range s.Class.mro {
			// A class comes after all of its subclasses: a later occurrence moves it back.
			c.mro = slices.DeleteFunc(c.mro, func(x *Class) bool { return x == k && k != c })
			if k != c {
				c.mro = append(c.mro, k)
			}
		}
		for _, e := range s.Class.ext {
			if !slices.Contains(c.ext, e) {
				c.ext = append(c.ext, e)
			}
		}
	}
	c.linked = len(stack) == 1 || c.linked
}

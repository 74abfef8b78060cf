package program

import (
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
)

// A Class is a class as part of the program.
type Class struct {
	*ir.Class
	Mod    *Module
	supers []super // bases in order of the class statement
	mro    []*Class
	ext    []string
	linked bool
	busy   bool // being linked
}

// A super is one base class: Class, or the qualified name of a class outside the tree.
type super struct {
	Class *Class
	Ext   string
}

// QualName gives the dotted name of the class from its source root.
func (c *Class) QualName() string { return c.Mod.Name + "." + c.Qual }

// MRO gives the in-tree classes a member is looked up in, c first. (Depth-first, a class after all of its
// subclasses; equal to C3 except for rare diamonds.)
func (c *Class) MRO() []*Class {
	c.link()
	return c.mro
}

// External gives the names of all ancestors outside the tree, nearest first.
func (c *Class) External() []string {
	c.link()
	return c.ext
}

// Subclasses gives the direct in-tree subclasses of c, in order of file and position.
func (p *Program) Subclasses(c *Class) []*Class {
	subs, ok := p.subs[c]
	if !ok {
		for _, i := range p.derivers(c.Name) {
			for _, k := range p.modules[i].Load().Class {
				k.link()
				if slices.ContainsFunc(k.supers, func(s super) bool { return s.Class == c }) {
					subs = append(subs, k)
				}
			}
		}
		p.subs[c] = subs
	}
	return subs
}

// derivers gives the files that may hold a class with a base of that name, or with one it is imported as.
func (p *Program) derivers(name string) []int {
	files := p.tree.Deriving(name)
	for _, i := range p.tree.Renaming(name) {
		if !slices.Contains(files, i) {
			files = append(files, i)
		}
	}
	slices.Sort(files)
	return files
}

// Method finds the method of that name in c or its in-tree ancestors, or nil.
func (c *Class) Method(name string) *Fn {
	for _, k := range c.MRO() {
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
	for queue := slices.Clone(p.Subclasses(c)); len(queue) > 0 && len(out) < limit; queue = queue[1:] {
		k := queue[0]
		if seen[k] {
			continue
		}
		seen[k] = true
		if i, ok := k.Methods[name]; ok {
			out = append(out, k.Mod.Fns[i])
		}
		queue = append(queue, p.Subclasses(k)...)
	}
	return out
}

// base resolves one base class expression.
func (m *Module) base(c *Class, e *ir.Expr) super {
	if strings.HasSuffix(e.Path, "with_metaclass") && e.IsCall && len(e.Args) > 1 {
		return m.base(c, &e.Args[1]) // six.with_metaclass(Meta, Base)
	}
	if e.Path == "" {
		return super{}
	}
	t := m.LookupIn(c.Parent, e.Path)
	if t.Class == c {
		return super{}
	}
	return super{Class: t.Class, Ext: t.Ext}
}

// link finds the ancestors of a class. In a circle of classes, which no Python accepts, what closes it is left out.
func (c *Class) link() {
	if c.linked || c.busy {
		return
	}
	c.busy = true
	c.mro = []*Class{c}
	for i := range c.Bases {
		s := c.Mod.base(c, &c.Bases[i])
		c.supers = append(c.supers, s)
		if s.Class != nil {
			s.Class.link()
			c.inherit(s.Class)
		} else if s.Ext != "" && !slices.Contains(c.ext, s.Ext) {
			c.ext = append(c.ext, s.Ext)
		}
	}
	c.linked, c.busy = true, false
}

func (c *Class) inherit(base *Class) {
	for _, k := range base.mro {
		if k == c {
			continue
		}
		// A class comes after all of its subclasses: a later occurrence moves it back.
		c.mro = append(slices.DeleteFunc(c.mro, func(x *Class) bool { return x == k }), k)
	}
	for _, e := range base.ext {
		if !slices.Contains(c.ext, e) {
			c.ext = append(c.ext, e)
		}
	}
}

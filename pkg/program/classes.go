package program

import (
	"maps"
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/text"
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

// heirs is what the texts tell of the classes below those of a name: a superset, found by names alone.
type heirs struct {
	names map[string]bool // of the classes
	files []int           // that hold them, in order
}

// maxHeirs bounds the names that are followed downwards from one name.
const maxHeirs = 4000

// heirsOf follows class statements downwards from a name, and from what imports rename it to.
func (p *Program) heirsOf(name string) *heirs {
	h := p.heirs[name]
	if h != nil {
		return h
	}
	h = &heirs{names: map[string]bool{}}
	files := map[int]bool{}
	add := func(x text.Pair) bool {
		files[x.File] = true
		fresh := !h.names[x.Name] && len(h.names) < maxHeirs
		if fresh {
			h.names[x.Name] = true
		}
		return fresh
	}
	for queue := []string{name}; len(queue) > 0; queue = queue[1:] {
		for _, x := range p.tree.Heirs(queue[0]) {
			if add(x) {
				queue = append(queue, x.Name)
			}
		}
		for _, alias := range p.tree.Renamings(queue[0]) {
			for _, x := range p.tree.Heirs(alias.Name) {
				if x.File == alias.File && add(x) {
					queue = append(queue, x.Name)
				}
			}
		}
	}
	h.files = slices.Sorted(maps.Keys(files))
	p.heirs[name] = h
	return h
}

// HeirNames gives the names that classes below one of that name may have. It loads nothing.
func (p *Program) HeirNames(name string) map[string]bool { return p.heirsOf(name).names }

// Heirs gives the classes below c in files that are wanted, in program order; nil if there are more such files than limit.
func (p *Program) Heirs(c *Class, limit int, wanted func(*Module) bool) []*Class {
	var files []*Module
	for _, i := range p.heirsOf(c.Name).files {
		if m := p.modules[i]; wanted(m) {
			if files = append(files, m); len(files) > limit {
				return nil
			}
		}
	}
	p.Prepare(files)
	var out []*Class
	for _, m := range files {
		for _, k := range m.Load().Class {
			if k != c && slices.Contains(k.MRO(), c) {
				out = append(out, k)
			}
		}
	}
	return out
}

// Below gives the modules in which classes below one of that name, in the tree or not, may be, in order.
func (p *Program) Below(name string) []*Module { return p.pick(p.heirsOf(name).files) }

// both gives what two ascending lists have in common.
func both(a, b []int) []int {
	var out []int
	for _, x := range a {
		if _, found := slices.BinarySearch(b, x); found {
			out = append(out, x)
		}
	}
	return out
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

// Overrides gives the definitions of the method in classes below c, in program order, the first ones up to limit, in files
// that are wanted; all is false if there may be others.
func (p *Program) Overrides(c *Class, name string, limit int, wanted func(*Module) bool) (out []*Fn, all bool) {
	all = true
	var files []*Module
	for _, i := range both(p.heirsOf(c.Name).files, p.tree.Defining(name)) {
		if m := p.modules[i]; m == c.Mod || wanted(m) {
			files = append(files, m)
		} else {
			all = false
		}
	}
	for m := range p.preparing(files) {
		for _, k := range m.Load().Class {
			if m, ok := k.Methods[name]; ok && k != c && slices.Contains(k.MRO(), c) {
				if len(out) == limit {
					return out, false
				}
				out = append(out, k.Mod.Fns[m])
			}
		}
	}
	return out, all
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

// inherit adds the ancestors of a base. A class comes after all of its subclasses: a later occurrence moves it back.
func (c *Class) inherit(base *Class) {
	moved := make(map[*Class]bool, len(base.mro))
	for _, k := range base.mro {
		moved[k] = k != c
	}
	if len(c.mro) > 1 {
		c.mro = slices.DeleteFunc(c.mro, func(k *Class) bool { return moved[k] })
	}
	for _, k := range base.mro {
		if k != c && len(c.mro) < maxAncestors {
			c.mro = append(c.mro, k)
		}
	}
	for _, e := range base.ext {
		if !slices.Contains(c.ext, e) {
			c.ext = append(c.ext, e)
		}
	}
}

// maxAncestors bounds the classes above one that are looked at, the nearest first.
const maxAncestors = 512

// Metaclass gives the metaclass of the tree that a class names, or the nearest class above it; nil if there is none.
func (c *Class) Metaclass() *Class {
	for _, k := range c.MRO() {
		for i := range k.Kwargs {
			if k.Kwargs[i].Name == "metaclass" {
				return k.Mod.base(k, &k.Kwargs[i].Value).Class
			}
		}
		for i := range k.Bases {
			if b := &k.Bases[i]; b.IsCall && len(b.Args) > 0 && strings.HasSuffix(b.Path, "with_metaclass") {
				return k.Mod.base(k, &b.Args[0]).Class
			}
		}
	}
	return nil
}

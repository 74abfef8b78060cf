package program

import (
	"path"
	"strings"
)

// Libraries that are read beside the tree: their files lie below a folder of their own, and are there to be called from the
// tree. What is said of the tree as a whole (which files mention a word, which methods have a name) is not said of them.

// NewInstalled makes the program of a tree whose files below the folder are installed libraries. known says of a dotted
// name of theirs that it means more than its code: such a name stays symbolic.
func NewInstalled(tree Tree, folder string, known func(name string) bool) *Program {
	p := newProgram(tree, folder)
	p.known = known
	return p
}

// placeInstalled makes the module one of an installed library, if it is.
func (p *Program) placeInstalled(m *Module) bool {
	rest, ok := strings.CutPrefix(m.Path, p.installed+"/")
	if p.installed == "" || !ok {
		return false
	}
	m.Installed, m.Name = true, strings.ReplaceAll(stem(rest), "/", ".")
	return true
}

// installedModule finds a module of an installed library by its full name; nil if there is none.
func (p *Program) installedModule(dotted string) *Module {
	if p.installed == "" {
		return nil
	}
	return p.byPath[path.Join(p.installed, strings.ReplaceAll(dotted, ".", "/"))]
}

// Stays says whether a name of a module stays symbolic although the module is read.
func (m *Module) Stays(name string) bool {
	return m.Installed && m.prog.known != nil && m.prog.known(m.Name+"."+name)
}

// own leaves out what belongs to installed libraries.
func (p *Program) own(ms []*Module) []*Module {
	if p.installed == "" {
		return ms
	}
	out := ms[:0]
	for _, m := range ms {
		if !m.Installed {
			out = append(out, m)
		}
	}
	return out
}

// MentioningAll is Mentioning, installed libraries included.
func (p *Program) MentioningAll(word string) []*Module { return p.pick(p.tree.Mentioning(word)) }

// definingBeside gives the modules that may define the name, in the tree if m is there, else in libraries.
func (m *Module) definingBeside(name string) []*Module {
	if !m.Installed {
		return m.prog.Defining(name)
	}
	return m.prog.pick(m.prog.tree.Defining(name))
}

// ImportingInstalled gives the modules of the tree that import something of an installed library, in order.
func (p *Program) ImportingInstalled() []*Module {
	heads := map[string]bool{}
	for _, m := range p.modules {
		if m.Installed {
			head, _, _ := strings.Cut(m.Name, ".")
			heads[head] = true
		}
	}
	var out []*Module
	for _, m := range p.modules {
		if !m.Installed && p.importsAny(m, heads) {
			out = append(out, m)
		}
	}
	return out
}

func (p *Program) importsAny(m *Module, heads map[string]bool) bool {
	for head := range heads {
		if m.Imports(head) {
			return true
		}
	}
	return false
}

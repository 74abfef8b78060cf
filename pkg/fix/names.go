package fix

import (
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/syntax"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// expression gives the text of a value at the call: a dotted name as the file knows it.
func (m *maker) expression(value string) string {
	i := strings.LastIndexByte(value, '.')
	if i < 0 || value[0] == '"' {
		return value
	}
	return m.reach(value[:i], value[i+1:])
}

// reach gives the text by which the file reaches a name of a module: the same way as the call reaches its function, or by an
// import of the file, to which the name is added if need be.
func (m *maker) reach(module, name string) string {
	if object := m.Child(m.function, syntax.FieldObject); object >= 0 && m.Nodes[m.function].Kind == syntax.KindAttribute &&
		strings.HasPrefix(m.name, module+".") && strings.Count(m.name, ".") == strings.Count(module, ".")+1 {
		return m.Text(object) + "." + name
	}
	for _, im := range m.imports() {
		if im.module != module {
			continue
		}
		if im.list < 0 {
			return im.bound + "." + name
		}
		if as, ok := im.names[name]; ok {
			return as
		}
	}
	for _, im := range m.imports() {
		if im.module == module && im.list >= 0 {
			m.edit(text.Span{Start: im.last, End: im.last}, ", "+name)
			return name
		}
	}
	m.why = "the file does not import " + module
	return name
}

// rename makes the call one of another function of the same module.
func (m *maker) rename(to string) {
	i := strings.LastIndexByte(to, '.')
	module, name := to[:i], to[i+1:]
	switch m.Nodes[m.function].Kind {
	case syntax.KindAttribute:
		attr := m.Child(m.function, syntax.FieldAttribute)
		if attr < 0 || !strings.HasPrefix(m.name, module+".") {
			m.why = "the function is reached in another way than " + module
			return
		}
		m.edit(m.Nodes[attr].Span, name)
	case syntax.KindIdentifier:
		m.edit(m.Nodes[m.function].Span, m.reach(module, name))
	default:
		m.why = "the function has no name at the call"
	}
}

// An imported is what one import statement of the file binds.
type imported struct {
	module string
	bound  string            // the name of the module; "" for names out of it
	list   int32             // the statement, for names out of the module; else -1
	names  map[string]string // name → bound as
	last   int32             // the offset after the last name
}

// imports gives the import statements at the top of the file's blocks, in order.
func (m *maker) imports() []imported {
	var out []imported
	for i := range m.Nodes {
		switch m.Nodes[i].Kind {
		case syntax.KindImportStatement:
			for c := range m.Kids(int32(i)) {
				if m.Nodes[c].Field != syntax.FieldName {
					continue
				}
				name, as := m.aliased(c)
				if as == "" {
					as = name
				}
				out = append(out, imported{module: name, bound: as, list: -1})
			}
		case syntax.KindImportFromStatement:
			if im, ok := m.from(int32(i)); ok {
				out = append(out, im)
			}
		}
	}
	return out
}

func (m *maker) from(i int32) (imported, bool) {
	module := m.Child(i, syntax.FieldModuleName)
	if module < 0 {
		return imported{}, false
	}
	im := imported{module: m.Text(module), list: i, names: map[string]string{}}
	for c := range m.Kids(i) {
		if m.Nodes[c].Field != syntax.FieldName {
			continue
		}
		name, as := m.aliased(c)
		if as == "" {
			as = name
		}
		im.names[name], im.last = as, m.Nodes[c].Span.End
	}
	return im, len(im.names) > 0
}

// aliased gives the parts of "name as alias".
func (m *maker) aliased(i int32) (name, as string) {
	if m.Nodes[i].Kind != syntax.KindAliasedImport {
		return m.Text(i), ""
	}
	n, a := m.Child(i, syntax.FieldName), m.Child(i, syntax.FieldAlias)
	if n < 0 || a < 0 {
		return "", ""
	}
	return m.Text(n), m.Text(a)
}

// sorted gives edits in the order of the text.
func sorted(edits []finding.Edit) []finding.Edit {
	out := slices.Clone(edits)
	slices.SortStableFunc(out, func(a, b finding.Edit) int { return int(a.Span.Start - b.Span.Start) })
	return out
}

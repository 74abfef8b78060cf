package manifest

import (
	"cmp"
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/syntax"
)

// An EntryPoint is a name in a group under which a project gives one of its objects to those who ask for the group.
type EntryPoint struct {
	Group, Name string
	Object      string // "package.module:function"
}

// maxEntryPoints bounds the entry points of a tree; the first ones are kept.
const maxEntryPoints = 2000

// EntryPoints gives the entry points that projects of the tree declare, by group and name: [project.entry-points] of
// pyproject.toml, [tool.poetry.plugins], [options.entry_points] of setup.cfg, entry_points of setup.py.
func (f *Facts) EntryPoints() []EntryPoint { return slices.Clone(f.points) }

// entryPoint notes an entry point. Scripts are none that anybody asks for.
func (l *loader) entryPoint(group, name, object string) {
	object, _, _ = strings.Cut(object, "[") // extras
	p := EntryPoint{Group: strings.TrimSpace(group), Name: strings.TrimSpace(name), Object: strings.ReplaceAll(strings.TrimSpace(object), " ", "")}
	if p.Object != "" && p.Group != "console_scripts" && p.Group != "gui_scripts" && len(l.facts.points) < maxEntryPoints && !slices.Contains(l.facts.points, p) {
		l.facts.points = append(l.facts.points, p)
	}
}

// sortPoints puts the entry points in their order.
func (f *Facts) sortPoints() {
	slices.SortFunc(f.points, func(a, b EntryPoint) int {
		return cmp.Or(strings.Compare(a.Group, b.Group), strings.Compare(a.Name, b.Name), strings.Compare(a.Object, b.Object))
	})
}

// entryPoints reads a table of groups: [project.entry-points."app.readers"].
func (s *source) entryPoints(groups table) {
	for _, group := range groups.keys() {
		points := groups.sub(group)
		for _, name := range points.keys() {
			s.entryPoint(group, name, points.str(name))
		}
	}
}

// iniEntryPoints reads lines of "name = package.module:function".
func (s *source) iniEntryPoints(group, lines string) {
	for line := range strings.Lines(lines) {
		if name, object, ok := strings.Cut(stripComment(strings.TrimSpace(line)), "="); ok {
			s.entryPoint(group, name, object)
		}
	}
}

// setupEntryPoints reads a dictionary from groups to such lines, or a text with groups as sections.
func (r *setupReader) setupEntryPoints(e int32) {
	t := r.tree
	if e < 0 {
		return
	}
	switch t.Nodes[e].Kind {
	case syntax.KindDictionary:
		for k := range t.Kids(e) {
			if t.Nodes[k].Kind != syntax.KindPair {
				continue
			}
			group, ok := r.literal(t.Child(k, syntax.FieldKey))
			if !ok {
				continue
			}
			for _, line := range r.strings(t.Child(k, syntax.FieldValue), nil) {
				r.iniEntryPoints(group, line.text)
			}
		}
	case syntax.KindIdentifier:
		for _, v := range r.values[t.Text(e)] {
			if t.Nodes[v].Kind == syntax.KindDictionary {
				r.setupEntryPoints(v)
			}
		}
	default:
		if s, ok := r.literal(e); ok {
			for _, x := range parseINI(s) {
				r.entryPoint(x.section, x.key, x.value)
			}
		}
	}
}

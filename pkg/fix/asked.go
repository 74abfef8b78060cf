package fix

import (
	"slices"

	"github.com/pickletrace/pickletrace/pkg/syntax"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// maxHeld bounds the names that what a call gives is looked for under.
const maxHeld = 8

// Asked gives the attributes that are asked of what the call with the given span gives, of what that holds, and of what their methods
// give, in the order of the text: at once, as in load(f)["model"].float().eval(), or in the same function by the names it is assigned
// to. It reads the text alone: a name that is assigned anew still counts.
func Asked(tree *syntax.Tree, span text.Span) []string {
	m := &maker{Tree: tree}
	call := m.callAt(span)
	if call < 0 {
		return nil
	}
	return m.asked(call)
}

func (m *maker) asked(call int32) []string {
	a := &asking{maker: m, parent: make([]int32, len(m.Nodes))}
	for i := range m.Nodes {
		for k := range m.Kids(int32(i)) {
			a.parent[k] = int32(i)
		}
	}
	a.follow(call)
	def := m.enclosing(call)
	for n := 0; n < len(a.held) && n < maxHeld; n++ {
		for i := range m.Nodes {
			node := &m.Nodes[i]
			if (node.Kind == syntax.KindIdentifier || node.Kind == syntax.KindAttribute) && node.Span.Start > m.Nodes[call].Span.Start &&
				m.Text(int32(i)) == a.held[n] && m.enclosing(int32(i)) == def {
				a.follow(int32(i))
			}
		}
	}
	return a.names
}

// An asking collects what is asked of values.
type asking struct {
	*maker
	parent []int32
	held   []string // names that hold them, as they are written
	names  []string
}

// follow goes from an expression to what is made of it.
func (a *asking) follow(i int32) {
	for {
		up := a.parent[i]
		switch a.Nodes[up].Kind {
		case syntax.KindAttribute:
			attr := a.Child(up, syntax.FieldAttribute)
			if a.Child(up, syntax.FieldObject) != i || attr < 0 {
				return
			}
			if name := a.Text(attr); !slices.Contains(a.names, name) {
				a.names = append(a.names, name)
			}
		case syntax.KindSubscript:
			if a.Child(up, syntax.FieldValue) != i {
				return
			}
		case syntax.KindCall:
			if a.Child(up, syntax.FieldFunction) != i {
				return
			}
		case syntax.KindAssignment:
			left := a.Child(up, syntax.FieldLeft)
			if a.Child(up, syntax.FieldRight) != i || left < 0 {
				return
			}
			if k := a.Nodes[left].Kind; k == syntax.KindIdentifier || k == syntax.KindAttribute {
				if name := a.Text(left); !slices.Contains(a.held, name) {
					a.held = append(a.held, name)
				}
			}
			return
		case syntax.KindParenthesizedExpression, syntax.KindAwait:
		default:
			return
		}
		i = up
	}
}

package rule

import (
	"strconv"

	"go.yaml.in/yaml/v3"
)

// A view reads the keys of a mapping. The language check has already reported what is wrong, so a view gives zero
// values for what is missing or of another shape, and the builders stay free of error handling.
type view struct {
	r *file
	n *yaml.Node
}

// A pair is one entry of a mapping.
type pair struct{ key, val *yaml.Node }

func newView(r *file, n *yaml.Node) view { return view{r, deref(n)} }

func (v view) pairs() []pair {
	if v.n == nil || v.n.Kind != yaml.MappingNode {
		return nil
	}
	out := make([]pair, 0, len(v.n.Content)/2)
	for i := 0; i+1 < len(v.n.Content); i += 2 {
		out = append(out, pair{deref(v.n.Content[i]), deref(v.n.Content[i+1])})
	}
	return out
}

// node gives the value of a key, nil if it is not there.
func (v view) node(name string) *yaml.Node {
	if v.n == nil || v.n.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(v.n.Content); i += 2 {
		if k := v.n.Content[i]; k.Value == name && k.Kind == yaml.ScalarNode {
			return deref(v.n.Content[i+1])
		}
	}
	return nil
}

func (v view) has(name string) bool          { return v.node(name) != nil }
func (v view) view(name string) view         { return view{v.r, v.node(name)} }
func (v view) at() Place                     { return v.r.place(v.n) }
func (v view) str(name string) string        { return scalarText(v.node(name)) }
func (v view) flag(name string) bool         { return isTrue(v.node(name)) }
func (v view) list(name string) []*yaml.Node { return items(v.node(name)) }

// views gives the mappings in a list.
func (v view) views(name string) []view {
	var out []view
	for _, n := range v.list(name) {
		out = append(out, view{v.r, n})
	}
	return out
}

// strs gives the texts of a scalar or a list of scalars.
func (v view) strs(name string) []string {
	var out []string
	for _, n := range v.list(name) {
		if s := scalarText(n); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// num gives a number, or missing.
func (v view) num(name string, missing int) int {
	if i, err := strconv.Atoi(scalarText(v.node(name))); err == nil {
		return i
	}
	return missing
}

// items gives the items of a list, or a single value as a list of one.
func items(n *yaml.Node) []*yaml.Node {
	switch {
	case n == nil:
		return nil
	case n.Kind != yaml.SequenceNode:
		return []*yaml.Node{n}
	}
	out := make([]*yaml.Node, len(n.Content))
	for i, c := range n.Content {
		out[i] = deref(c)
	}
	return out
}

func scalarText(n *yaml.Node) string {
	if n == nil || n.Kind != yaml.ScalarNode || n.ShortTag() == "!!null" {
		return ""
	}
	return n.Value
}

func isTrue(n *yaml.Node) bool {
	var b bool
	return n != nil && n.ShortTag() == "!!bool" && n.Decode(&b) == nil && b
}

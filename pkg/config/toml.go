package config

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"

	"github.com/pickletrace/pickletrace/pkg/disk"
)

// section is the dotted name of our table in pyproject.toml.
var section = []string{"tool", "pickletrace"}

// hasSection says whether a TOML file has our table. A file that is no TOML has it when the word is in it: then the
// mistake must be told, but a project that does not use this program need not hear of it.
func hasSection(data []byte) bool {
	if !bytes.Contains(data, []byte("pickletrace")) {
		return false
	}
	if disk.CheckTOML(data) != nil {
		return true // told when it is read
	}
	var doc struct {
		Tool map[string]any `toml:"tool"`
	}
	if err := toml.Unmarshal(data, &doc); err != nil {
		return true
	}
	_, ok := doc.Tool[section[1]]
	return ok
}

// readTOML gives our table as a node. The decoder checks the whole file but does not tell lines of keys; the parser
// tells lines but does not check.
func readTOML(name string, data []byte) (*node, error) {
	if err := disk.CheckTOML(data); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	var doc map[string]any
	if err := toml.Unmarshal(data, &doc); err != nil {
		line := 1
		var de *toml.DecodeError
		if errors.As(err, &de) {
			line, _ = de.Position()
		}
		return nil, fmt.Errorf("%s:%d: not valid TOML: %s", name, line, bytes.TrimPrefix([]byte(err.Error()), []byte("toml: ")))
	}
	r := &tomlReader{root: &node{kind: mapping, line: 1}}
	r.table = r.root
	r.p.Reset(data)
	for r.p.NextExpression() {
		r.expression(r.p.Expression())
	}
	ours := r.root
	for _, key := range section {
		ours = ours.child(key, 1)
	}
	return ours, r.p.Error()
}

type tomlReader struct {
	p     unstable.Parser
	root  *node
	table *node // that key-values go into
	line  int   // of the last thing that had one
}

func (r *tomlReader) expression(e *unstable.Node) {
	switch e.Kind {
	case unstable.Table:
		r.table = r.descend(r.root, e.Key())
	case unstable.ArrayTable:
		list := r.descend(r.root, e.Key())
		if list.kind != sequence {
			*list = node{kind: sequence, line: list.line}
		}
		r.table = &node{kind: mapping, line: r.line}
		list.items = append(list.items, r.table)
	case unstable.KeyValue:
		r.keyValue(r.table, e)
	}
}

// descend goes down a dotted key and makes the mappings that are not there yet; below a list it goes into the last item.
func (r *tomlReader) descend(from *node, key unstable.Iterator) *node {
	for key.Next() {
		k := key.Node()
		r.at(k)
		if from.kind == sequence && len(from.items) > 0 {
			from = from.items[len(from.items)-1]
		}
		from = from.child(string(k.Data), r.line)
	}
	return from
}

// child gives the value of a key, which is an empty mapping if it was not there.
func (n *node) child(key string, line int) *node {
	for _, p := range n.pairs {
		if p.key == key {
			return p.val
		}
	}
	val := &node{kind: mapping, line: line}
	n.pairs = append(n.pairs, pair{key, line, val})
	return val
}

func (r *tomlReader) keyValue(into *node, e *unstable.Node) {
	place := r.descend(into, e.Key())
	*place = *r.value(e.Value())
}

func (r *tomlReader) value(v *unstable.Node) *node {
	r.at(v)
	n := &node{line: r.line, text: string(v.Data)}
	switch v.Kind {
	case unstable.Bool:
		n.kind = flag
	case unstable.Integer, unstable.Float:
		n.kind = number
	case unstable.Array:
		n.kind = sequence
		for it := v.Children(); it.Next(); {
			n.items = append(n.items, r.value(it.Node()))
		}
	case unstable.InlineTable:
		n.kind = mapping
		for it := v.Children(); it.Next(); {
			r.keyValue(n, it.Node())
		}
	default:
		n.kind = word
	}
	return n
}

// at remembers the line of a node that tells its place in the file; those that do not are on the line before.
func (r *tomlReader) at(n *unstable.Node) {
	if n.Raw.Length > 0 {
		r.line = r.p.Shape(n.Raw).Start.Line
	}
}

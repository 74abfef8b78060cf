package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"

	"go.yaml.in/yaml/v3"
)

// A node is a value of a file, of whatever language, with its line.
type node struct {
	kind  nodeKind
	line  int    // 1-based
	text  string // of a scalar
	items []*node
	pairs []pair // of a mapping, in order
}

type nodeKind uint8

const (
	null nodeKind = iota
	word
	flag
	number
	sequence
	mapping
)

func (k nodeKind) String() string {
	return []string{"nothing", "a string", "true or false", "a number", "a list", "a mapping"}[k]
}

type pair struct {
	key  string
	line int
	val  *node
}

// maxDepth is more than any key needs; it keeps hostile nesting from costing anything.
const maxDepth = 8

var yamlLine = regexp.MustCompile(`^yaml: line (\d+): `)

func readYAML(name string, data []byte) (*node, error) {
	dec := yaml.NewDecoder(bytes.NewReader(data))
	var doc yaml.Node
	switch err := dec.Decode(&doc); {
	case errors.Is(err, io.EOF):
		return &node{kind: mapping, line: 1}, nil // an empty file sets nothing
	case err != nil:
		line := "1"
		if m := yamlLine.FindStringSubmatch(err.Error()); m != nil {
			line = m[1]
		}
		return nil, fmt.Errorf("%s:%s: not valid YAML: %s", name, line, yamlLine.ReplaceAllString(err.Error(), ""))
	}
	if err := dec.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s: there is more than one document in the file", name)
	}
	return fromYAML(name, doc.Content[0], 0)
}

func fromYAML(name string, y *yaml.Node, depth int) (*node, error) {
	n := &node{line: y.Line, text: y.Value}
	if depth > maxDepth {
		return nil, fmt.Errorf("%s:%d: nested too deeply", name, y.Line)
	}
	if y.Kind == yaml.AliasNode || y.Anchor != "" {
		return nil, fmt.Errorf("%s:%d: anchors and aliases are not read here: write the value out", name, y.Line)
	}
	switch y.Kind {
	case yaml.ScalarNode:
		n.kind = map[string]nodeKind{"!!null": null, "!!bool": flag, "!!int": number, "!!float": number}[y.ShortTag()]
		if n.kind == null && y.ShortTag() != "!!null" {
			n.kind = word
		}
		return n, nil
	case yaml.SequenceNode:
		n.kind = sequence
		for _, c := range y.Content {
			item, err := fromYAML(name, c, depth+1)
			if err != nil {
				return nil, err
			}
			n.items = append(n.items, item)
		}
		return n, nil
	}
	n.kind = mapping
	for i := 0; i+1 < len(y.Content); i += 2 {
		key := y.Content[i]
		val, err := fromYAML(name, y.Content[i+1], depth+1)
		if err != nil {
			return nil, err
		}
		if key.Kind != yaml.ScalarNode {
			return nil, fmt.Errorf("%s:%d: a key must be a string", name, key.Line)
		}
		n.pairs = append(n.pairs, pair{key.Value, key.Line, val})
	}
	return n, nil
}

// int gives the number; ok is false if it is none or has a fraction.
func (n *node) int() (v int64, ok bool) {
	v, err := strconv.ParseInt(n.text, 0, 64)
	return v, n.kind == number && err == nil
}

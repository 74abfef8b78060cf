package rule

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// Limits of one file. The largest real pack is far below; what is above is refused before it costs time.
const (
	maxBytes   = 1 << 20
	maxNodes   = 100_000 // with aliases expanded
	maxDepth   = 24
	maxAliases = 16
	maxErrors  = 100 // shown for one file
)

// A File is the text of one pack, from anywhere.
type File struct {
	Name string // as shown in messages
	Data []byte
}

// A Mistake is one thing wrong in a pack.
type Mistake struct {
	At  Place // Line 0: the file as a whole
	Msg string
}

func (e *Mistake) Error() string {
	if e.At.Line == 0 {
		return fmt.Sprintf("%s: %s", e.At.File, e.Msg)
	}
	return fmt.Sprintf("%s:%d:%d: %s", e.At.File, e.At.Line, e.At.Col, e.Msg)
}

// A fileRole says whose pack a file is.
type fileRole uint8

const (
	asPack    fileRole = iota // whoever's
	asBuiltin                 // known to keep to the language
	asUser
)

// A file is one pack while it is read.
type file struct {
	name string
	user bool
	data []byte
	top  view
	id   string // pack id
	errs []*Mistake
	more int // errors beyond maxErrors
}

func (r *file) place(n *yaml.Node) Place {
	if n == nil {
		return Place{File: r.name}
	}
	return Place{r.name, n.Line, n.Column}
}

func (r *file) errorf(n *yaml.Node, format string, args ...any) {
	r.errorAt(r.place(n), format, args...)
}

func (r *file) errorAt(at Place, format string, args ...any) {
	if len(r.errs) >= maxErrors {
		r.more++
		return
	}
	r.errs = append(r.errs, &Mistake{at, fmt.Sprintf(format, args...)})
}

// problems gives the errors of a file in the order of their places.
func (r *file) problems() []error {
	slices.SortStableFunc(r.errs, func(a, b *Mistake) int {
		return cmp.Or(cmp.Compare(a.At.Line, b.At.Line), cmp.Compare(a.At.Col, b.At.Col), strings.Compare(a.Msg, b.Msg))
	})
	var out []error
	for i, e := range r.errs {
		if i > 0 && *e == *r.errs[i-1] {
			continue
		}
		out = append(out, e)
	}
	if r.more > 0 {
		out = append(out, &Mistake{Place{File: r.name}, fmt.Sprintf("%d more mistakes not shown", r.more)})
	}
	return out
}

// readFile parses a pack and checks it against the language. The file is returned also when it has errors.
func readFile(f File, role fileRole) *file {
	r := &file{name: f.Name, user: role == asUser, data: f.Data}
	root, err := parseYAML(f.Data)
	if err != nil {
		r.errorAt(Place{f.Name, err.line, min(err.line, 1)}, "%s", err.msg)
		return r
	}
	if msg, at := tooBig(root); msg != "" {
		r.errorf(at, "%s", msg)
		return r
	}
	if role != asBuiltin {
		fileShape.check(r, root)
	}
	return newFileOf(r, root)
}

// newFile is readFile for a pack that was read before.
func newFile(f File, root *yaml.Node, role fileRole) *file {
	return newFileOf(&file{name: f.Name, user: role == asUser, data: f.Data}, root)
}

func newFileOf(r *file, root *yaml.Node) *file {
	r.top = newView(r, root)
	r.id = r.top.view("pack").str("id")
	return r
}

// A yamlError is why a file is no YAML document.
type yamlError struct {
	line int // 1-based; 0 when unknown
	msg  string
}

var yamlLine = regexp.MustCompile(`^yaml: (?:line (\d+): )?`)

// parseYAML gives the one document of a file. It checks size and encoding first, and keeps a panic of the YAML
// package inside.
func parseYAML(data []byte) (root *yaml.Node, bad *yamlError) {
	defer func() {
		if r := recover(); r != nil {
			root, bad = nil, &yamlError{0, fmt.Sprintf("not readable as YAML: %v", r)}
		}
	}()
	if bad := refuse(data); bad != nil {
		return nil, bad
	}
	var doc, second yaml.Node
	dec := yaml.NewDecoder(bytes.NewReader(data))
	switch err := dec.Decode(&doc); {
	case errors.Is(err, io.EOF):
		return nil, &yamlError{0, "the file is empty"}
	case err != nil:
		return nil, fromYAML(err)
	}
	switch err := dec.Decode(&second); {
	case errors.Is(err, io.EOF):
	case err != nil:
		return nil, fromYAML(err)
	default:
		return nil, &yamlError{second.Line, "a second YAML document; one file is one pack"}
	}
	return doc.Content[0], nil
}

func fromYAML(err error) *yamlError {
	m := yamlLine.FindStringSubmatch(err.Error())
	if m == nil {
		return &yamlError{0, err.Error()}
	}
	line, _ := strconv.Atoi(m[1])
	return &yamlError{line, "YAML: " + strings.TrimPrefix(err.Error(), m[0])}
}

// refuse finds what would cost the YAML scanner more than milliseconds.
func refuse(data []byte) *yamlError {
	if len(data) > maxBytes {
		return &yamlError{0, fmt.Sprintf("%d bytes; a pack has at most %d", len(data), maxBytes)}
	}
	if !utf8.Valid(data) {
		return &yamlError{0, "not UTF-8 text"}
	}
	// Openers beyond any plausible nesting: the scanner keeps state for each, and looks at all of it for every token.
	depth := 0
	for i, c := range data {
		switch c {
		case '[', '{':
			depth++
		case ']', '}':
			depth = max(depth-1, 0)
		}
		if depth > 40*maxDepth {
			return &yamlError{1 + bytes.Count(data[:i], []byte("\n")), "brackets nested too deep"}
		}
	}
	return nil
}

// tooBig measures a document with its aliases expanded and says what is too much, and where.
func tooBig(root *yaml.Node) (string, *yaml.Node) {
	nodes, aliases := 0, 0
	var walk func(n *yaml.Node, depth int) (string, *yaml.Node)
	walk = func(n *yaml.Node, depth int) (string, *yaml.Node) {
		nodes++
		switch {
		case depth > maxDepth:
			return fmt.Sprintf("nested deeper than %d levels", maxDepth), n
		case nodes > maxNodes:
			return fmt.Sprintf("more than %d values", maxNodes), n
		case n.Kind == yaml.AliasNode:
			if aliases++; aliases > maxAliases {
				return fmt.Sprintf("more than %d YAML aliases", maxAliases), n
			}
			return walk(n.Alias, depth+1)
		}
		for _, c := range n.Content {
			if msg, at := walk(c, depth+1); msg != "" {
				return msg, at
			}
		}
		return "", nil
	}
	return walk(root, 0)
}

// deref follows an alias to the node it stands for. tooBig has bounded them.
func deref(n *yaml.Node) *yaml.Node {
	for n != nil && n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	return n
}

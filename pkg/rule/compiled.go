package rule

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Built-in packs are read once, when the program is built, and kept as what the YAML parser makes of them: reading YAML takes
// longer than all else that is done with them. What is kept belongs to the bytes it was made of; where a pack has others, its
// YAML is read.

// CompiledName is the file of built-in packs that holds what Compile gives.
const CompiledName = "packs.bin"

// compiledForm changes with the layout of compiled packs.
const compiledForm = "pickletrace packs 1\n"

// Compile gives the packs of files in the form that LoadFiles reads fastest. It holds a header, and for every file its name,
// the hash of its text, and its nodes.
func Compile(files []File) ([]byte, error) {
	var out bytes.Buffer
	out.WriteString(compiledForm)
	for _, f := range files {
		root, bad := parseYAML(f.Data)
		if bad != nil {
			return nil, &Mistake{Place{f.Name, bad.line, min(bad.line, 1)}, bad.msg}
		}
		w := &nodeWriter{strings: map[string]int{}, nodes: map[*yaml.Node]int{}}
		if err := w.node(root, 0); err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
		body := w.bytes()
		sum := sha256.Sum256(f.Data)
		writeText(&out, f.Name)
		out.Write(sum[:])
		writeNumber(&out, len(body))
		out.Write(body)
	}
	return out.Bytes(), nil
}

// compiled finds compiled packs by the hash of their text.
type compiled map[[sha256.Size]byte]string

// readCompiled gives the compiled packs of a folder; none if there are none, or they have another form.
func readCompiled(fsys fs.FS) compiled {
	data, err := fs.ReadFile(fsys, CompiledName)
	rest, ok := strings.CutPrefix(string(data), compiledForm)
	if err != nil || !ok {
		return nil
	}
	out := compiled{}
	r := &nodeReader{data: rest}
	for len(r.data) > 0 && !r.bad {
		r.text()
		var sum [sha256.Size]byte
		copy(sum[:], r.take(sha256.Size))
		out[sum] = r.take(r.number())
	}
	if r.bad {
		return nil
	}
	return out
}

// Stale gives the names of the files that the compiled packs of a folder do not hold as they are.
func Stale(fsys fs.FS, files []File) []string {
	done := readCompiled(fsys)
	var out []string
	for _, f := range files {
		if done.root(f.Data) == nil {
			out = append(out, f.Name)
		}
	}
	return out
}

// root gives the root of a pack with that text; nil if it was not compiled.
func (c compiled) root(data []byte) *yaml.Node {
	if c == nil {
		return nil
	}
	body, ok := c[sha256.Sum256(data)]
	if !ok {
		return nil
	}
	return decodeNodes(body)
}

// A nodeWriter writes the nodes of a document: their texts, each once, and then the nodes from the root on.
type nodeWriter struct {
	strings map[string]int
	texts   bytes.Buffer
	nodes   map[*yaml.Node]int // to the place in order
	body    bytes.Buffer
	links   int
}

var errNotPlain = errors.New("comments apart, only plain mappings, lists, scalars and aliases can be compiled")

func (w *nodeWriter) node(n *yaml.Node, depth int) error {
	if depth > maxDepth || n.Anchor != "" && n.Kind == yaml.AliasNode {
		return errNotPlain
	}
	w.nodes[n] = len(w.nodes)
	w.body.WriteByte(byte(n.Kind))
	writeNumber(&w.body, int(n.Style))
	writeNumber(&w.body, w.text(n.Tag))
	writeNumber(&w.body, w.text(n.Value))
	writeNumber(&w.body, n.Line)
	writeNumber(&w.body, n.Column)
	if n.Kind == yaml.AliasNode {
		at, known := w.nodes[n.Alias]
		if !known {
			return errNotPlain
		}
		writeNumber(&w.body, at)
		return nil
	}
	writeNumber(&w.body, len(n.Content))
	w.links += len(n.Content)
	for _, c := range n.Content {
		if err := w.node(c, depth+1); err != nil {
			return err
		}
	}
	return nil
}

func (w *nodeWriter) text(s string) int {
	at, ok := w.strings[s]
	if !ok {
		at = len(w.strings)
		w.strings[s] = at
		writeText(&w.texts, s)
	}
	return at
}

func (w *nodeWriter) bytes() []byte {
	var out bytes.Buffer
	writeNumber(&out, len(w.strings))
	out.Write(w.texts.Bytes())
	writeNumber(&out, len(w.nodes))
	writeNumber(&out, w.links)
	out.Write(w.body.Bytes())
	return out.Bytes()
}

func writeNumber(b *bytes.Buffer, n int) { b.Write(binary.AppendUvarint(nil, uint64(n))) }

func writeText(b *bytes.Buffer, s string) {
	writeNumber(b, len(s))
	b.WriteString(s)
}

// A nodeReader reads what a nodeWriter has written; bad is set where it is not that.
type nodeReader struct {
	data  string
	bad   bool
	texts []string
	nodes []yaml.Node
	next  int
	links []*yaml.Node
}

func (r *nodeReader) number() int {
	n, shift := 0, 0
	for i := 0; i < len(r.data) && shift < 35; i++ {
		c := r.data[i]
		n |= int(c&0x7f) << shift
		if c < 0x80 {
			r.data = r.data[i+1:]
			return n
		}
		shift += 7
	}
	r.bad, r.data = true, ""
	return 0
}

func (r *nodeReader) take(n int) string {
	if n > len(r.data) {
		r.bad, r.data = true, ""
		return ""
	}
	out := r.data[:n]
	r.data = r.data[n:]
	return out
}

func (r *nodeReader) text() string { return r.take(r.number()) }

func (r *nodeReader) textAt(i int) string {
	if i >= len(r.texts) {
		r.bad = true
		return ""
	}
	return r.texts[i]
}

// decodeNodes gives the root of the nodes that were written, nil if they were not.
func decodeNodes(body string) *yaml.Node {
	r := &nodeReader{data: body}
	if n := r.number(); n <= len(body) {
		r.texts = make([]string, n)
	}
	for i := range r.texts {
		r.texts[i] = r.text()
	}
	nodes, links := r.number(), r.number()
	if r.bad || nodes > len(body) || links > len(body) {
		return nil
	}
	r.nodes, r.links = make([]yaml.Node, nodes), make([]*yaml.Node, links)
	root := r.node(0)
	if r.bad || r.data != "" {
		return nil
	}
	return root
}

func (r *nodeReader) node(depth int) *yaml.Node {
	if r.bad || r.next >= len(r.nodes) || depth > maxDepth {
		r.bad = true
		return nil
	}
	n := &r.nodes[r.next]
	r.next++
	kind := r.take(1)
	if r.bad {
		return nil
	}
	n.Kind, n.Style = yaml.Kind(kind[0]), yaml.Style(r.number())
	n.Tag, n.Value = r.textAt(r.number()), r.textAt(r.number())
	n.Line, n.Column = r.number(), r.number()
	count := r.number()
	if n.Kind == yaml.AliasNode {
		if count >= r.next {
			r.bad = true
			return nil
		}
		n.Alias = &r.nodes[count]
		return n
	}
	if count > len(r.links) {
		r.bad = true
		return nil
	}
	n.Content, r.links = r.links[:count:count], r.links[count:]
	for i := range n.Content {
		n.Content[i] = r.node(depth + 1)
	}
	return n
}

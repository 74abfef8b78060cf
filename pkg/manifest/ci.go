package manifest

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/pickletrace/pickletrace/pkg/shell"
)

// maxDocuments bounds the YAML documents of one file.
const maxDocuments = 1000

var yamlLine = regexp.MustCompile(`line ([0-9]+)`)

// yaml gives the documents of s.data. A template that is no YAML yet is worth a word only.
func (s *source) yaml() []*yaml.Node {
	var out []*yaml.Node
	dec := yaml.NewDecoder(bytes.NewReader(s.data))
	for range maxDocuments {
		var doc yaml.Node
		err := dec.Decode(&doc)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			s.line = 0
			if m := yamlLine.FindStringSubmatch(err.Error()); m != nil {
				s.line, _ = strconv.Atoi(m[1])
			}
			s.oddf("%v", err)
			break
		}
		out = append(out, &doc)
	}
	return out
}

// resolve follows documents and aliases.
func resolve(n *yaml.Node) *yaml.Node {
	for range 8 {
		switch {
		case n == nil:
			return nil
		case n.Kind == yaml.AliasNode:
			n = n.Alias
		case n.Kind == yaml.DocumentNode && len(n.Content) > 0:
			n = n.Content[0]
		default:
			return n
		}
	}
	return n
}

// field gives the value of a key of a mapping; nil if there is none.
func field(n *yaml.Node, key string) *yaml.Node {
	n = resolve(n)
	if n == nil || n.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return resolve(n.Content[i+1])
		}
	}
	return nil
}

// items gives the elements of a sequence.
func items(n *yaml.Node) []*yaml.Node {
	n = resolve(n)
	if n == nil || n.Kind != yaml.SequenceNode {
		return nil
	}
	var out []*yaml.Node
	for _, e := range n.Content {
		out = append(out, resolve(e))
	}
	return out
}

// maxDepth bounds the nesting of YAML that is looked at.
const maxDepth = 64

// each calls do with the value of the key in every mapping of the document. Aliases are not entered: what they stand
// for is met where it is written.
func each(n *yaml.Node, key string, depth int, do func(*yaml.Node)) {
	if n == nil || depth > maxDepth {
		return
	}
	if n.Kind == yaml.MappingNode {
		for i := 0; i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value == key {
				do(resolve(n.Content[i+1]))
			}
		}
	}
	for _, c := range n.Content {
		each(c, key, depth+1, do)
	}
}

// environment notes a mapping NAME: value, a list of NAME=value, or a list of {name, value}. The mapping may be given
// by an anchor or merge one; values may be mappings with a value of their own.
func (s *source) environment(n *yaml.Node) { s.environmentAt(n, 0) }

func (s *source) environmentAt(n *yaml.Node, depth int) {
	n = resolve(n)
	if n == nil || depth > 4 || s.variables > maxVariables {
		return
	}
	if n.Kind == yaml.SequenceNode {
		for _, e := range items(n) {
			if e.Kind == yaml.MappingNode {
				if name, value := field(e, "name"), field(e, "value"); name != nil && value != nil {
					s.set(name.Value, value.Value, e.Line)
				}
				continue
			}
			if name, value, ok := strings.Cut(e.Value, "="); ok {
				s.set(name, value, e.Line)
			}
		}
	}
	if n.Kind != yaml.MappingNode {
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], resolve(n.Content[i+1])
		switch {
		case s.variables > maxVariables:
			return
		case key.Value == "<<":
			s.variables++
			s.merged(value, depth)
		case value.Kind == yaml.ScalarNode:
			s.set(key.Value, value.Value, key.Line)
		default:
			if v := field(value, "value"); v != nil {
				s.set(key.Value, v.Value, key.Line)
			}
		}
	}
}

// merged notes the variables of a merge key: one mapping or a list of them.
func (s *source) merged(n *yaml.Node, depth int) {
	if n.Kind == yaml.MappingNode {
		s.environmentAt(n, depth+1)
	}
	for _, e := range items(n) {
		if e.Kind == yaml.MappingNode {
			s.environmentAt(e, depth+1)
		}
	}
}

// readCompose reads the environments of the services of a compose file, and the options of what they run.
func (s *source) readCompose() {
	for _, doc := range s.yaml() {
		each(doc, "image", 0, func(n *yaml.Node) { s.image(composeDefaults(n.Value), n.Line) })
		each(doc, "environment", 0, s.environment)
		each(doc, "command", 0, s.composeCommand)
		each(doc, "entrypoint", 0, s.composeCommand)
	}
}

// composeCommand reads both forms of a command: a text, and a list of words.
func (s *source) composeCommand(n *yaml.Node) {
	if n.Kind == yaml.ScalarNode {
		s.script(n)
		return
	}
	var c shell.Command
	for _, e := range items(n) {
		c.Words, c.Lines = append(c.Words, e.Value), append(c.Lines, e.Line-1)
	}
	s.options(c, 0)
}

// readWorkflow reads the variables of a GitHub workflow, its jobs and steps, and what its scripts export.
func (s *source) readWorkflow() {
	s.readVariables("env")
	s.readScripts("run")
}

// readGitLab reads the variables of a GitLab pipeline and its jobs, and what its scripts export.
func (s *source) readGitLab() {
	s.readVariables("variables")
	s.readScripts("script")
	s.readScripts("before_script")
}

func (s *source) readVariables(key string) {
	for _, doc := range s.yaml() {
		each(doc, key, 0, s.environment)
	}
}

// readScripts reads the exports of the shell scripts under the key.
func (s *source) readScripts(key string) {
	for _, doc := range s.yaml() {
		each(doc, key, 0, func(n *yaml.Node) {
			if n.Kind == yaml.ScalarNode {
				s.script(n)
			}
			for _, line := range items(n) {
				if line.Kind == yaml.ScalarNode {
					s.script(line)
				}
			}
		})
	}
}

// script reads a text of a pipeline.
func (s *source) script(n *yaml.Node) {
	first := n.Line
	if n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		first++ // the text begins below the key
	}
	s.shell(readScript(withoutExpressions(n.Value), nil), first-1)
}

var expression = regexp.MustCompile(`\$\{\{[^{}]*\}\}`)

// withoutExpressions writes what a pipeline puts into a script before a shell sees it so that a shell reads it as a part of a word:
// ${{ matrix.version }}.
func withoutExpressions(script string) string {
	return expression.ReplaceAllStringFunc(script, func(s string) string {
		keep := func(r rune) rune {
			if r == '.' || r == '_' || r == '-' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
				return r
			}
			return -1
		}
		return "%{" + strings.Map(keep, s) + "}" + strings.Repeat("\\\n", strings.Count(s, "\n"))
	})
}

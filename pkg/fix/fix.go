// Package fix writes the changes of calls that rule packs offer: the smallest edit of the text that gives a call its
// argument, or another function, and keeps everything else byte by byte.
package fix

import (
	"bytes"
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/pkg/syntax"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// A Change is what a fix makes of one call.
type Change struct {
	Edits []finding.Edit
	Call  string // the call as it is afterwards, in one line; "" if that is not known
	Why   string // why there are no edits
	// By is the function that decides the argument by a parameter of its own, nil if none does.
	By *finding.Wrapper
}

// Make gives the change that a fix makes of the call with the given span. name is the call's canonical name, sink the one
// whose arguments have positions.
func Make(tree *syntax.Tree, span text.Span, name string, sink *rule.Sink, fix *rule.Fix) Change {
	m := &maker{Tree: tree, sink: sink, name: name}
	call := m.callAt(span)
	if call < 0 {
		return Change{Why: "the call is not written as one here"}
	}
	m.call, m.function, m.args = call, m.Child(call, syntax.FieldFunction), m.Child(call, syntax.FieldArguments)
	if m.function < 0 || m.args < 0 || m.Nodes[m.args].Kind != syntax.KindArgumentList {
		return Change{Why: "its arguments are not written one by one"}
	}
	if len(fix.Unless) > 0 {
		for _, name := range m.asked(call) {
			if slices.Contains(fix.Unless, name) {
				return Change{Why: "." + name + " is asked of what it gives, which the change would refuse"}
			}
		}
	}
	m.readArguments()
	for _, a := range fix.Set {
		m.set(a)
	}
	for _, a := range fix.Drop {
		m.drop(a)
	}
	if fix.Call != "" {
		m.rename(fix.Call)
	}
	if m.why == "" && len(m.edits) == 0 {
		m.why = "the call is as it should be"
	}
	if m.why == "" && tree.File.IsNotebook() && !m.fitsNotebook() {
		return Change{Why: "the cell is not written in one way with the notebook's text", Call: m.after(m.Nodes[call].Span), By: m.by}
	}
	if m.why != "" {
		return Change{Why: m.why, By: m.by}
	}
	return Change{Edits: m.edits, Call: m.after(m.Nodes[call].Span), By: m.by}
}

// A maker makes the edits of one call.
type maker struct {
	*syntax.Tree
	sink           *rule.Sink
	name           string
	call           int32
	function, args int32
	list           []argument
	starred        bool // there is *args
	doubled        bool // there is **kwargs
	edits          []finding.Edit
	why            string
	by             *finding.Wrapper
}

// An argument is one argument of the call.
type argument struct {
	node, value int32
	name        string // "" for one by position
}

// callAt gives the call with the span, -1 if there is none.
func (m *maker) callAt(span text.Span) int32 {
	for i := range m.Nodes {
		if n := &m.Nodes[i]; n.Span == span && n.Kind == syntax.KindCall {
			return int32(i)
		}
	}
	return -1
}

func (m *maker) readArguments() {
	for c := range m.Kids(m.args) {
		n := &m.Nodes[c]
		switch {
		case !n.Named || n.Kind == syntax.KindComment:
		case n.Kind == syntax.KindKeywordArgument:
			name, value := m.Child(c, syntax.FieldName), m.Child(c, syntax.FieldValue)
			if name < 0 || value < 0 {
				m.why = "an argument could not be read"
				return
			}
			m.list = append(m.list, argument{c, value, m.Name(name)})
		case n.Kind == syntax.KindDictionarySplat:
			m.doubled = true
			m.list = append(m.list, argument{c, c, "**"})
		case n.Kind == syntax.KindListSplat:
			m.starred = true
			m.list = append(m.list, argument{c, c, "*"})
		case n.Kind == syntax.KindError:
			m.why = "an argument could not be read"
			return
		default:
			m.list = append(m.list, argument{c, c, ""})
		}
	}
}

// find gives an argument by its keyword or position.
func (m *maker) find(name string) (argument, bool) {
	at, positional := m.sink.Args[name]
	n := 0
	for _, a := range m.list {
		if a.name == name {
			return a, true
		}
		if a.name == "" {
			if positional && n == at && !m.starred {
				return a, true
			}
			n++
		}
	}
	return argument{}, false
}

// set gives an argument its value.
func (m *maker) set(a rule.FixArg) {
	value := m.expression(a.Value)
	old, ok := m.find(a.Name)
	switch {
	case m.why != "":
	case ok && m.Text(old.value) == value:
	case ok:
		m.by = m.wrapper(m.call, old.value, a.Name)
		m.edit(m.Nodes[old.value].Span, value)
	case m.doubled:
		m.by = m.wrapper(m.call, m.splatNode(), a.Name)
		m.why = "**" + strings.TrimLeft(m.splat(), "*") + " may hold " + a.Name
	case m.starred && m.covers(a.Name):
		m.why = "the arguments that are unpacked may hold " + a.Name
	default:
		m.add(a.Name + "=" + value)
	}
}

// covers says whether an argument may be among those that are given by position.
func (m *maker) covers(name string) bool {
	_, positional := m.sink.Args[name]
	return positional
}

func (m *maker) splat() string { return m.Text(m.splatNode()) }

// splatNode gives the first **argument; there is one.
func (m *maker) splatNode() int32 {
	return m.list[slices.IndexFunc(m.list, func(a argument) bool { return a.name == "**" })].node
}

// add writes an argument after the last one, on a line of its own if those are.
func (m *maker) add(code string) {
	list := m.Nodes[m.args].Span
	if len(m.list) == 0 {
		m.edit(text.Span{Start: list.Start + 1, End: list.Start + 1}, code)
		return
	}
	last := m.Nodes[m.list[len(m.list)-1].node].Span
	comma := m.commaAfter(last.End, list.End)
	lead := ", "
	if comma >= 0 {
		last.End, lead = comma+1, " "
	}
	if indent, own := m.ownLine(last.Start); own && !m.File.IsNotebook() {
		lead = strings.TrimRight(lead, " ") + m.lineEnd() + indent
		if comma >= 0 {
			code += ","
		}
	}
	m.edit(text.Span{Start: last.End, End: last.End}, lead+code)
}

// commaAfter gives the offset of the comma between two offsets, -1 if there is none; comments are passed over.
func (m *maker) commaAfter(from, to int32) int32 {
	for c := range m.Kids(m.args) {
		if n := &m.Nodes[c]; n.Span.Start >= from && n.Span.End <= to && m.Text(c) == "," {
			return n.Span.Start
		}
	}
	return -1
}

// ownLine gives what is before the first thing on a line, if the offset is where that begins and the call began before.
func (m *maker) ownLine(at int32) (indent string, own bool) {
	src := m.File.Text
	start := at
	for start > 0 && src[start-1] != '\n' {
		start--
	}
	before := string(src[start:at])
	return before, strings.TrimSpace(before) == "" && start > m.Nodes[m.args].Span.Start
}

// lineEnd gives the line end of the file.
func (m *maker) lineEnd() string {
	if bytes.Contains(m.File.Text, []byte("\r\n")) {
		return "\r\n"
	}
	return "\n"
}

// drop takes an argument away, with the comma before it, or after it if it is the first.
func (m *maker) drop(name string) {
	a, ok := m.find(name)
	if ok && m.Text(a.value) == "None" { // as if it was not there
		return
	}
	if !ok {
		if m.doubled && m.why == "" {
			m.why = "the keywords that are unpacked may hold " + name
		}
		return
	}
	span := m.Nodes[a.node].Span
	for i, other := range m.list {
		if other.node != a.node {
			continue
		}
		if a.name == "" && i+1 < len(m.list) && m.list[i+1].name == "" {
			m.why = name + " is followed by other arguments by position"
			return
		}
		switch {
		case i > 0:
			span.Start = m.Nodes[m.list[i-1].node].Span.End
		case len(m.list) > 1:
			span.End = m.Nodes[m.list[1].node].Span.Start
		}
	}
	if bytes.IndexByte(m.File.Text[span.Start:span.End], '#') >= 0 {
		m.why = "there is a comment between its arguments"
		return
	}
	m.edit(span, "")
}

func (m *maker) edit(span text.Span, code string) {
	m.edits = append(m.edits, finding.Edit{File: m.File, Span: span, New: code})
}

// after gives a part of the text with the edits in it and without comments, in one line.
func (m *maker) after(span text.Span) string {
	var out []byte
	at := span.Start
	for _, e := range sorted(append(m.comments(span), m.edits...)) {
		if e.Span.Start < at || e.Span.End > span.End {
			continue
		}
		out = append(append(out, m.File.Text[at:e.Span.Start]...), e.New...)
		at = e.Span.End
	}
	return tidy(string(append(out, m.File.Text[at:span.End]...)))
}

// comments gives edits that take away the comments within a span.
func (m *maker) comments(span text.Span) []finding.Edit {
	var out []finding.Edit
	for i := range m.Nodes {
		if n := &m.Nodes[i]; n.Kind == syntax.KindComment && n.Span.Start >= span.Start && n.Span.End <= span.End {
			out = append(out, finding.Edit{File: m.File, Span: n.Span})
		}
	}
	return out
}

// fitsNotebook says whether the edits can be written into the notebook's text as they are.
func (m *maker) fitsNotebook() bool {
	for _, e := range m.edits {
		if strings.ContainsAny(e.New, "\"\\\n") {
			return false
		}
		if _, _, ok := m.File.OnDisk(e.Span); !ok {
			return false
		}
	}
	return true
}

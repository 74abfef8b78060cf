package fix

import (
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/pkg/syntax"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// longestWritten bounds what is taken over into advice: longer expressions are not shorter to read than the advice.
const longestWritten = 60

// longestCall bounds the whole calls that are.
const longestCall = 160

// A Written call is what advice says of one: the function, the dangerous argument and the whole call as they stand in the
// text. They are "" where they cannot be told in a few words; of a long call, the dangerous argument stands for all.
type Written struct{ Function, Input, Call string }

// Read gives how the call with the given span is written. sink says which of its arguments is the dangerous one.
func Read(tree *syntax.Tree, span text.Span, sink *rule.Sink) Written {
	m := &maker{Tree: tree, sink: sink}
	call := m.callAt(span)
	if call < 0 {
		return Written{}
	}
	m.function, m.args = m.Child(call, syntax.FieldFunction), m.Child(call, syntax.FieldArguments)
	if m.function < 0 || m.args < 0 || m.Nodes[m.args].Kind != syntax.KindArgumentList {
		return Written{}
	}
	m.readArguments()
	out := Written{Function: m.short(m.function)}
	if sink.Input.What == rule.ArgSlot {
		if a, ok := m.atSlot(sink.Input); ok {
			out.Input = m.short(a.value)
			out.Call = m.inShort(call, out, a)
		}
	}
	return out
}

// inShort gives the call as it is written, or what there is to say of a long one.
func (m *maker) inShort(call int32, w Written, input argument) string {
	if all := m.after(m.Nodes[call].Span); len(all) <= longestCall {
		return all
	}
	switch {
	case w.Function == "" || w.Input == "":
		return ""
	case input.name != "":
		return w.Function + "(..., " + input.name + "=" + w.Input + ")"
	}
	return w.Function + "(" + w.Input + ", ...)"
}

// Append gives the call with a text after that of its dangerous argument, in the place of one that begins in the same way:
// "org/name:main" and ":0123" make "org/name:0123". It is "" if the argument cannot be found.
func Append(tree *syntax.Tree, span text.Span, sink *rule.Sink, more string) string {
	m := &maker{Tree: tree, sink: sink}
	call := m.callAt(span)
	if call < 0 {
		return ""
	}
	m.args = m.Child(call, syntax.FieldArguments)
	if m.args < 0 || m.Nodes[m.args].Kind != syntax.KindArgumentList {
		return ""
	}
	m.readArguments()
	a, ok := m.atSlot(sink.Input)
	if !ok {
		return ""
	}
	value := m.Text(a.value)
	if quote := value[len(value)-1:]; strings.ContainsAny(quote, "\"'") && strings.HasPrefix(value, quote) && strings.Count(value, quote) == 2 {
		before, _, _ := strings.Cut(value[1:len(value)-1], more[:1])
		value = quote + before + more + quote
	} else {
		value = `f"{` + strings.ReplaceAll(value, `"`, "'") + "}" + more + `"`
	}
	m.edits = append(m.edits, finding.Edit{File: tree.File, Span: m.Nodes[a.value].Span, New: value})
	return m.after(m.Nodes[call].Span)
}

// atSlot gives the argument that a slot means.
func (m *maker) atSlot(s rule.Slot) (argument, bool) {
	n := 0
	for _, a := range m.list {
		if a.name == "*" {
			break
		}
		if a.name == "" {
			if slices.Contains(s.Positions, n) {
				return a, true
			}
			n++
		}
	}
	for _, a := range m.list {
		if slices.Contains(s.Names, a.name) {
			return a, true
		}
	}
	return argument{}, false
}

// short gives the text of an expression on one line, "" if it is long or holds a comment.
func (m *maker) short(node int32) string {
	code := m.Text(node)
	if strings.ContainsAny(code, "#\\") {
		return ""
	}
	code = tidy(code)
	if len(code) > longestWritten {
		return ""
	}
	return code
}

// tidy writes code on one line.
func tidy(code string) string {
	line := strings.Join(strings.Fields(code), " ")
	return strings.NewReplacer("( ", "(", ", )", ")", " )", ")").Replace(line)
}

// wrapper gives the wrapper around the call whose parameter is the value, nil if there is none.
func (m *maker) wrapper(call, value int32, parameter string) *finding.Wrapper {
	def := m.enclosing(call)
	if def < 0 {
		return nil
	}
	name := m.Child(def, syntax.FieldName)
	params := m.Child(def, syntax.FieldParameters)
	if name < 0 || params < 0 {
		return nil
	}
	node := &m.Nodes[value]
	want := m.Text(value)
	if node.Kind == syntax.KindDictionarySplat {
		want = strings.TrimSpace(strings.TrimLeft(want, "* "))
	} else if node.Kind == syntax.KindIdentifier {
		parameter = want
	} else {
		return nil
	}
	n := 0
	for p := range m.Kids(params) {
		switch got := m.paramName(p); {
		case got == want && node.Kind == syntax.KindDictionarySplat:
			return &finding.Wrapper{Function: m.Text(name), Parameter: parameter, Position: -1}
		case got == want:
			return &finding.Wrapper{Function: m.Text(name), Parameter: parameter, Position: n}
		case got != "" && (n > 0 || got != "self" && got != "cls"):
			n++
		}
	}
	return nil
}

// enclosing gives the innermost function definition around a node, -1 if there is none.
func (m *maker) enclosing(at int32) int32 {
	out := int32(-1)
	span := m.Nodes[at].Span
	for i := range m.Nodes {
		n := &m.Nodes[i]
		if n.Kind == syntax.KindFunctionDefinition && n.Span.Start <= span.Start && span.End <= n.Span.End &&
			(out < 0 || n.Span.Start >= m.Nodes[out].Span.Start) {
			out = int32(i)
		}
	}
	return out
}

// paramName gives the name that a parameter binds.
func (m *maker) paramName(p int32) string {
	switch m.Nodes[p].Kind {
	case syntax.KindDefaultParameter, syntax.KindTypedDefaultParameter:
		p = m.Child(p, syntax.FieldName)
	case syntax.KindTypedParameter, syntax.KindDictionarySplatPattern:
		for k := range m.Kids(p) {
			if m.Nodes[k].Named {
				return m.paramName(k)
			}
		}
	}
	if p < 0 || m.Nodes[p].Kind != syntax.KindIdentifier {
		return ""
	}
	return m.Text(p)
}

// Give gives a call of the wrapper with the value for its parameter, on one line; "" if that cannot be written.
func Give(tree *syntax.Tree, span text.Span, by *finding.Wrapper, value string) string {
	sink := &rule.Sink{Args: map[string]int{}}
	if by.Position >= 0 {
		sink.Args[by.Parameter] = by.Position
	}
	return Make(tree, span, "", sink, &rule.Fix{Set: []rule.FixArg{{Name: by.Parameter, Value: value}}}).Call
}

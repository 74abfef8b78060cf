package taint

import (
	"fmt"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// What the calls of a function may go to, kept for those who ask.

// callees are the names of what the calls of a function may go to, by their place in its text.
type callees map[text.Span]map[string]bool

// noteCallees keeps what a call may go to, if that is asked for.
func (f *frame) noteCallees(callee *Value, in *ir.Instr) {
	if f.ev.called == nil {
		return
	}
	calls := f.ev.called[f.fn]
	if calls == nil {
		calls = callees{}
		f.ev.called[f.fn] = calls
	}
	names := calls[in.Span]
	if names == nil {
		names = map[string]bool{}
		calls[in.Span] = names
	}
	if callee == nil || len(callee.refs) == 0 {
		names["?"] = true
		return
	}
	for i := range callee.refs {
		names[f.ev.refName(&callee.refs[i])] = true
	}
}

// refName says what a Ref is: where it is defined if that is in the tree, or its name in a library.
func (ev *eval) refName(r *Ref) string {
	switch r.kind {
	case refConst:
		return constName(r)
	case refExt:
		return ev.pack.Canonical(r.name)
	case refExtInst:
		return "a " + strings.ReplaceAll(ev.pack.Canonical(r.name), "\x00", ", ")
	case refMod:
		return "module " + r.mod.Name
	case refFunc:
		return r.fn.QualName() + " " + placeIn(r.fn.Mod, r.fn.Span)
	case refClass:
		return r.cls.QualName() + " " + r.cls.Mod.Path
	case refInst:
		return "a " + r.cls.QualName() + " " + r.cls.Mod.Path
	case refSuper:
		return "super of " + r.cls.QualName()
	}
	return "partial of " + ev.refNames(r.self)
}

func constName(r *Ref) string {
	if r.lit == ir.Str || r.lit == ir.Bytes {
		return fmt.Sprintf("%q", strings.ReplaceAll(r.name, hole, "…"))
	}
	return r.name
}

// place gives line and column, both 1-based.
func place(m *program.Module, s text.Span) string {
	p := m.IR.File.Position(s.Start)
	return fmt.Sprintf("%d:%d", p.Line, p.Col)
}

// placeIn is place with the path of the file.
func placeIn(m *program.Module, s text.Span) string { return m.Path + ":" + place(m, s) }

// refNames says what a value may be.
func (ev *eval) refNames(v *Value) string {
	if v == nil || len(v.refs) == 0 {
		return "?"
	}
	names := make([]string, 0, len(v.refs)+1)
	for i := range v.refs {
		names = append(names, ev.refName(&v.refs[i]))
	}
	if v.open {
		names = append(names, "?")
	}
	return strings.Join(names, " | ")
}

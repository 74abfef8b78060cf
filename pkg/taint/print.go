package taint

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// What the engine knows, for people who look for the reason of a finding or of a miss.

// Calls prints, for every function of a program, its calls and what they may go to, in the order of the files. One line is
// a 1-based line and column and the callees: functions and classes of the tree with their place, library names, "?" for
// what is not known. Every function is interpreted for it.
func Calls(prog *program.Program, pack *rule.Pack, opts *Options) string {
	ev := newEval(prog, pack, opts)
	ev.called = map[*program.Fn]callees{}
	return ev.print(func(b *strings.Builder, fn *program.Fn) {
		spans := slices.SortedFunc(maps.Keys(ev.called[fn]), func(a, b text.Span) int {
			return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
		})
		for _, s := range spans {
			names := slices.Sorted(maps.Keys(ev.called[fn][s]))
			fmt.Fprintf(b, "    %s %s\n", place(fn.Mod, s), strings.Join(names, " | "))
		}
	})
}

// Summaries prints what callers of each function of a program know of it when nothing is known of their arguments: what it
// gives back, which sinks its inputs reach, what it checks and what it changes. Every function is interpreted for it.
func Summaries(prog *program.Program, pack *rule.Pack, opts *Options) string {
	ev := newEval(prog, pack, opts)
	return ev.print(func(b *strings.Builder, fn *program.Fn) { ev.printSummary(b, ev.topSummary(fn)) })
}

// print interprets everything and lets one print what is known of each function.
func (ev *eval) print(one func(*strings.Builder, *program.Fn)) string {
	ev.run()
	for _, m := range ev.prog.All() {
		for _, fn := range m.Load().Fns {
			ev.topSummary(fn)
		}
	}
	var b strings.Builder
	for _, m := range ev.prog.All() {
		fmt.Fprintf(&b, "== %s\n", m.Path)
		for _, fn := range m.Fns {
			fmt.Fprintln(&b, title(fn))
			one(&b, fn)
		}
	}
	return b.String()
}

func title(fn *program.Fn) string {
	switch fn.Kind {
	case ir.ModuleBody:
		return "module " + fn.Mod.Name
	case ir.ClassBody:
		return "class " + fn.Qual
	}
	names := make([]string, len(fn.Params))
	for i := range fn.Params {
		names[i] = fn.Params[i].Name
	}
	return fn.Qual + "(" + strings.Join(names, ", ") + ")"
}

func (ev *eval) printSummary(b *strings.Builder, s *summary) {
	line := func(what, format string, args ...any) {
		fmt.Fprintf(b, "    %-8s "+format+"\n", append([]any{what}, args...)...)
	}
	if !s.returns {
		line("ends", "by an exception, on every path")
	} else if s.fn.Kind == ir.Plain || s.fn.Kind == ir.Lambda {
		line("returns", "%s", ev.valueText(s.fn, s.result))
	}
	for _, p := range s.sinks {
		line("reaches", "%s at %s: %s", shownSink(p.site.name), placeIn(p.site.fn.Mod, p.site.span), ev.factText(s.fn, p.fact)+openConditions(s.fn, p))
	}
	for _, n := range slices.Sorted(maps.Keys(s.valid)) {
		line("checks", "%s%s", ev.symText(s.fn, n), conditions(s.fn, ", if ", s.valid[n].trust, s.valid[n].weak))
	}
	for _, k := range s.writes {
		if v := s.heap[k.obj][k.seg]; !defines(v, k.seg) {
			line("writes", "%s = %s", ev.place(s.fn, k), ev.valueText(s.fn, v))
		}
	}
	for i, p := range s.fn.Params {
		if self, items := s.matter.has(i); self || items {
			line("depends", "on what %s is", p.Name)
		}
	}
}

// defines says whether a value is the function or class that a body defines under a name: its text says that already.
func defines(v *Value, name string) bool {
	if v == nil || len(v.refs) != 1 {
		return false
	}
	switch r := &v.refs[0]; r.kind {
	case refFunc:
		return r.fn.Name == name || r.fn.Parent >= 0 && r.fn.Mod.Fns[r.fn.Parent].Kind == ir.ClassBody
	case refClass:
		return r.cls.Name == name
	}
	return false
}

// place names what is stored to: a variable of the module, an attribute, an element.
func (d *domain) place(fn *program.Fn, k heapKey) string {
	switch d.syms.info[k.obj].op {
	case symGlobal:
		return k.seg
	case symClass:
		if i, err := strconv.Atoi(k.seg); err == nil && i < len(fn.Body().Slots) {
			return fn.Body().Slots[i]
		}
	}
	return d.symText(fn, k.obj) + k.seg
}

// openConditions says on what an open sink depends besides its input.
func openConditions(fn *program.Fn, p *pending) string {
	out := conditions(fn, ", unless ", p.trust, p.weak...)
	if d := p.facts.decide(""); d.Safe {
		out = ", safe as called here" + out
	}
	for _, g := range p.gates {
		out += ", if " + g + " is set"
	}
	return out
}

// conditions says whose data a check relies on, and what it lacks.
func conditions(fn *program.Fn, when string, trust []*Origin, weak ...string) string {
	var out string
	for _, t := range trust {
		out += when + inputText(fn, t) + " is the program's own"
	}
	for _, w := range weak {
		if w != "" {
			out += ", but " + w
		}
	}
	return out
}

// valueText says what a value may be and what data it carries.
func (ev *eval) valueText(fn *program.Fn, v *Value) string {
	out := ev.refNames(v)
	for _, f := range v.getFacts() {
		out += "; " + ev.factText(fn, f)
	}
	return out
}

// factText says of what origin data is.
func (ev *eval) factText(fn *program.Fn, f *Fact) string {
	of := ""
	if f.content {
		of = "what the file holds that is named by "
	}
	if f.org.kind == originSource {
		return of + f.org.name + " (" + f.org.what.ID + ") of " + placeIn(f.org.fn.Mod, f.org.span)
	}
	return of + inputText(fn, f.org)
}

// inputText names an input of fn and the access path below it.
func inputText(fn *program.Fn, o *Origin) string {
	if o.kind != originInput {
		return o.name
	}
	return inputName(fn, o.input) + strings.ReplaceAll(o.path, "\x01", "")
}

func inputName(fn *program.Fn, i int) string {
	if i < len(fn.Params) {
		return fn.Params[i].Name
	}
	if frees := fn.Frees(); i-len(fn.Params) < len(frees) {
		at := frees[i-len(fn.Params)]
		return fn.Mod.Fns[at.Func].Body().Slots[at.Slot]
	}
	return "?"
}

// symText writes a symbol like the expression that it stands for.
func (d *domain) symText(fn *program.Fn, n sym) string {
	switch in := d.syms.info[n]; in.op {
	case symConst:
		return fmt.Sprintf("%q", in.s)
	case symInput:
		return inputName(fn, int(in.a))
	case symAttr, symIndex:
		if of := d.syms.info[in.a]; of.op == symGlobal && !strings.HasPrefix(of.s, libPrefix) {
			return strings.TrimPrefix(in.s, ".")
		}
		return d.symText(fn, in.a) + in.s
	case symSame:
		return d.symText(fn, in.a)
	case symVia:
		return "part of " + d.symText(fn, in.a)
	case symJoin:
		if in.a == noSym || in.b == noSym {
			return "a path"
		}
		return d.symText(fn, in.a) + "/" + d.symText(fn, in.b)
	case symGlobal:
		if in.s != "" {
			return strings.TrimPrefix(in.s, libPrefix)
		}
		return "module"
	case symClass:
		return "class"
	}
	return "a value"
}

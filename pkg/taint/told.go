package taint

import (
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// What is told of the way to a call: every flow begins where the data comes from, or says that this is not known, and ends
// at the call.

// told gives the steps of a flow, and the name of its source.
func (ev *eval) told(c *candidate) ([]finding.Step, string) {
	steps := trace(c.p.fact.prov)
	name := c.name
	switch org := c.p.fact.org; {
	case org == nil || c.p.site != nil && itself(steps):
		a := ev.inputAccount(c.p.site)
		if a.from <= fromNone {
			if org != nil {
				name = ""
			}
			break
		}
		if org != nil { // the call fetches by itself what is named so
			name = a.name
		}
		begin := leveled(a.steps)
		if org == nil {
			begin[0].Note += ", of which nothing more is known"
		}
		steps = append(begin, steps[len(steps)-1])
	case org.kind == originSource && org.path != "" && len(steps) > 0:
		if d := ev.optionStep(org.src, strings.Trim(org.path, ".[]"), org.fn); d != nil {
			name = d.Note
			steps[0].Kind, d.Depth = finding.StepAssign, steps[0].Depth
			steps = append([]finding.Step{*d}, steps...)
		}
	}
	return ev.bothEnds(steps, c), name
}

// itself says whether a flow is the call alone, which reads by itself what it is told to.
func itself(steps []finding.Step) bool {
	n := len(steps)
	return n > 0 && steps[0].Span == steps[n-1].Span && steps[0].File == steps[n-1].File
}

// bothEnds makes sure that a flow has a beginning and the call at its end.
func (x *textIndex) bothEnds(steps []finding.Step, c *candidate) []finding.Step {
	if len(steps) == 0 {
		return steps
	}
	last := &steps[len(steps)-1]
	if len(steps) > 1 {
		return steps
	}
	begin := *last
	last.Kind = finding.StepSink
	begin.Kind = finding.StepSource
	begin.Note = "where this comes from is not known"
	if c.p.fact.org != nil {
		begin.Note = "received here"
	}
	if s := c.p.site; s != nil {
		if in := callAt(s.fn, s.span); in != nil {
			if r := slotReg(s.fn, in, s.sink.Input); r >= 0 {
				if def := x.mentions(s.fn).definition(s.fn, r); def != nil {
					begin.Span = def.Span
				}
			}
		}
	}
	return []finding.Step{begin, *last}
}

// decides says what the beginning of a flow decides: an option, or a source that a function reads for others.
func (c *candidate) decides() finding.Decision {
	org := c.p.fact.org
	switch {
	case org == nil || org.kind != originSource || c.p.site == nil:
	case org.path != "" || org.fn != c.p.site.fn && org.src != nil && org.src.Param == nil:
		return finding.DecidesWhat
	}
	return finding.NoDecision
}

// leveled makes the smallest depth of some steps 0, and leaves out those that say nothing new.
func leveled(steps []finding.Step) []finding.Step {
	var out []finding.Step
	least := 0
	for i := range steps {
		least = min(least, steps[i].Depth)
	}
	for _, s := range steps {
		if s.Depth -= least; !skip(out, &s) {
			out = append(out, s)
		}
	}
	return out
}

// callFlows gives the flows of a finding about a call alone: where what it is given comes from, and where the argument that
// decides about it does. They have no kind: the rule asks for none.
func (ev *eval) callFlows(s *site, d rule.Decision) []finding.Flow {
	out, doubtful, sent := ev.followed(s)
	if a := ev.inputAccount(s); a.from > fromNone && (len(out) == 0 || !sent && nearer(a, out[0])) {
		fl := ev.originFlow(s, a)
		if a.from == fromLiteral && !insideOf(a.steps[0].Span, s.span) || a.whole != "" {
			fl.Decides = finding.DecidesWhat
		}
		out = append([]finding.Flow{fl}, out...)
	}
	if len(out) == 0 {
		out = doubtful
	}
	if d.Case != nil {
		for _, name := range d.Case.ArgNames() {
			a := ev.argumentAccount(s, name)
			if a.from == fromNone {
				continue // as if it were not given
			}
			if len(a.steps) > 1 || len(a.steps) == 1 && !insideOf(a.steps[0].Span, s.span) {
				fl := ev.originFlow(s, a)
				if a.from == fromLiteral || a.whole != "" {
					fl.Decides = finding.DecidesHow
				}
				out = append(out, fl)
			}
		}
	}
	return distinct(out)
}

// nearer says whether an account tells more of a call than a flow that was followed: a parameter or an option close by says
// more than a setting of the environment that reaches it through much else.
func nearer(a account, fl finding.Flow) bool {
	return a.from >= fromCaller && len(a.steps)+1 < len(fl.Steps)
}

// followed gives the flows from sources into a call, one of each kind, worst first; those of which there is doubt apart. It says
// whether the first is of data that others send.
func (ev *eval) followed(s *site) (sure, doubtful []finding.Flow, sent bool) {
	var cs []candidate
	for _, org := range s.order {
		cs = append(cs, candidate{p: s.flows[org], name: org.name, kind: org.what.ID, title: org.what.Title})
	}
	ev.sort(cs)
	seen := map[string]bool{}
	for i := range cs {
		c := &cs[i]
		if seen[c.kind] || itself(trace(c.p.fact.prov)) {
			continue
		}
		seen[c.kind] = true
		steps, name := ev.told(c)
		flow := finding.Flow{KindTitle: c.title, SourceName: name, Steps: steps, Decides: c.decides()}
		if c.p.fact.feats&^Opened == 0 {
			sent = sent || len(sure) == 0 && c.p.fact.org.what.Decides
			sure = append(sure, flow)
		} else {
			doubtful = append(doubtful, flow)
		}
	}
	return sure, doubtful[:min(1, len(doubtful))], sent
}

// insideOf says whether a span lies in another one.
func insideOf(a, b text.Span) bool { return a.Start >= b.Start && a.End <= b.End }

func distinct(fs []finding.Flow) []finding.Flow {
	var out []finding.Flow
	for _, f := range fs {
		if !slices.ContainsFunc(out, func(g finding.Flow) bool { return finding.CompareFlows(f, g) == 0 }) && len(out) < finding.MaxFlows {
			out = append(out, f)
		}
	}
	return out
}

func (ev *eval) originFlow(s *site, a account) finding.Flow {
	steps := leveled(a.steps)
	end := finding.Step{File: s.fn.Mod.IR.File, Span: s.span, Kind: finding.StepSink, Note: shownSink(s.name), Func: s.fn.QualName(), Depth: steps[len(steps)-1].Depth}
	out := finding.Flow{SourceName: a.name, Steps: elide(append(steps, end))}
	if a.src != nil {
		out.KindTitle = a.src.Kind.Title
	}
	return out
}

// inputAccount gives where the input of a sink comes from: that of the address of the object, where rules say that a method
// of it is given one.
func (ev *eval) inputAccount(s *site) account {
	if s == nil {
		return account{}
	}
	in := callAt(s.fn, s.span)
	if in == nil {
		return ev.settingAccount(s)
	}
	r := slotReg(s.fn, in, s.sink.Input)
	if r < 0 {
		return account{}
	}
	w := ev.walker(s.fn)
	a := w.value(s.fn, r, 0)
	if s.sink.Input.What == rule.Receiver {
		a = w.withAddress(s, r, a)
	}
	return a
}

// argumentAccount gives where an argument that conditions ask for comes from.
func (ev *eval) argumentAccount(s *site, name string) account {
	in := callAt(s.fn, s.span)
	if in == nil {
		return account{}
	}
	for _, a := range s.fn.Body().Args[in.B : in.B+in.C] {
		if a.Kind == ir.KeywordArg && s.fn.Mod.IR.Strings[a.Name] == name {
			return ev.walker(s.fn).value(s.fn, a.Val, 0)
		}
	}
	for _, a := range s.fn.Body().Args[in.B : in.B+in.C] {
		if a.Kind == ir.DoubleStarArg {
			if a := ev.walker(s.fn).entry(s.fn, a.Val, name, 0); a.from > fromNowhere {
				return a
			}
		}
	}
	return account{}
}

// settingAccount is that of a value that is stored under a name.
func (ev *eval) settingAccount(s *site) account {
	for _, b := range s.fn.Body().Blocks {
		for i := range b {
			in := &b[i]
			if in.Span != s.span {
				continue
			}
			switch in.Op {
			case ir.StoreAttr, ir.StoreIndex, ir.StoreFree:
				return ev.walker(s.fn).value(s.fn, in.C, 0)
			case ir.StoreLocal, ir.StoreGlobal:
				return ev.walker(s.fn).value(s.fn, in.B, 0)
			case ir.ConstOp, ir.Local, ir.Global, ir.Attr:
				return ev.walker(s.fn).value(s.fn, in.Dst, 0)
			}
		}
	}
	return account{}
}

// callAt gives the call with a span; nil if there is none.
func callAt(fn *program.Fn, span text.Span) *ir.Instr {
	for _, b := range fn.Body().Blocks {
		for i := range b {
			if b[i].Op == ir.Call && b[i].Span == span {
				return &b[i]
			}
		}
	}
	return nil
}

// slotReg gives the register that a call passes in a slot, -1 for none.
func slotReg(fn *program.Fn, in *ir.Instr, s rule.Slot) ir.Reg {
	args := fn.Body().Args[in.B : in.B+in.C]
	switch s.What {
	case rule.Receiver:
		for _, b := range fn.Body().Blocks {
			for i := range b {
				if b[i].Dst == in.A && b[i].Op == ir.Attr {
					return b[i].A
				}
			}
		}
	case rule.AllArgs:
		for _, a := range args {
			return a.Val
		}
	case rule.ArgSlot:
		for _, a := range args {
			if a.Kind == ir.KeywordArg && slices.Contains(s.Names, fn.Mod.IR.Strings[a.Name]) {
				return a.Val
			}
		}
		for _, p := range s.Positions {
			if p < len(args) && !slices.ContainsFunc(args[:p+1], func(a ir.Arg) bool { return a.Kind != ir.PosArg }) {
				return args[p].Val
			}
		}
	}
	return -1
}

// withAddress puts where the address comes from in front of where the object was made: socket.bind(address).
func (w *walker) withAddress(s *site, r ir.Reg, made account) account {
	library, _, _ := cutLast(s.name)
	if library == "?" || library == "" {
		library = w.libraryType(s.fn, r, maxSetters)
	}
	for _, use := range w.usesOf(s.fn, r) {
		roles := w.ev.pack.Call(library + "." + use.method)
		if roles == nil {
			continue
		}
		for _, p := range roles.Propagators {
			if p.To.What != rule.Receiver || p.To.Path == "" {
				continue
			}
			arg := slotReg(use.fn, use.in, p.From)
			a := w.value(use.fn, arg, 0)
			if a.from == fromNowhere {
				continue
			}
			a = a.then(at(use.fn, use.in, finding.StepPass, "given to '"+use.method+"'", 0))
			for _, m := range made.steps {
				if m.Kind == finding.StepSource {
					m.Kind = finding.StepPass
				}
				a = a.then(m)
			}
			return a
		}
	}
	return made
}

func cutLast(name string) (before, after string, ok bool) {
	i := strings.LastIndexByte(name, '.')
	if i < 0 {
		return "", name, false
	}
	return name[:i], name[i+1:], true
}

// A methodUse is a call of a method on an object.
type methodUse struct {
	fn     *program.Fn
	in     *ir.Instr
	method string
}

// usesOf gives the calls of methods on the object that a register holds: on the same variable, and on the same attribute in
// all methods of the class.
func (w *walker) usesOf(fn *program.Fn, r ir.Reg) []methodUse {
	def := w.ev.mentions(fn).definition(fn, r)
	if def == nil {
		return nil
	}
	same := func(other *program.Fn, in *ir.Instr) bool {
		return other == fn && in.Op == def.Op && in.A == def.A && (in.Op == ir.Local || in.Op == ir.Global || in.Op == ir.Free && in.B == def.B)
	}
	fns := []*program.Fn{fn}
	if def.Op == ir.Attr {
		c, name := w.classOf(fn, def.A), fn.Mod.IR.Strings[def.B]
		if c == nil {
			return nil
		}
		fns = methodsOf(c)
		same = func(other *program.Fn, in *ir.Instr) bool {
			return in.Op == ir.Attr && other.Mod.IR.Strings[in.B] == name && w.classOf(other, in.A) == other.Owner
		}
	}
	var out []methodUse
	for _, other := range fns {
		m := w.ev.mentions(other)
		for _, b := range other.Body().Blocks {
			for i := range b {
				if b[i].Op != ir.Call {
					continue
				}
				callee := m.definition(other, b[i].A)
				if callee == nil || callee.Op != ir.Attr {
					continue
				}
				if obj := m.definition(other, callee.A); obj != nil && same(other, obj) {
					out = append(out, methodUse{other, &b[i], other.Mod.IR.Strings[callee.B]})
				}
			}
		}
	}
	return out
}

// methodsOf gives the methods of a class and of those above it.
func methodsOf(c *program.Class) []*program.Fn {
	var out []*program.Fn
	for _, k := range c.MRO() {
		for _, fn := range k.Mod.Fns {
			if fn.Owner == k && fn.Kind == ir.Plain {
				out = append(out, fn)
			}
		}
	}
	return out
}

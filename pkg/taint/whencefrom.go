package taint

import (
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
	"github.com/pickletrace/pickletrace/pkg/rule"
)

// From a parameter to what callers give, from an attribute to where it is stored, from an option to where it is declared.

// parameter gives the account of parameter i: what calls in the tree pass, else its default, else that it is one.
func (w *walker) parameter(fn *program.Fn, i int, depth int) account {
	p := &fn.Params[i]
	here := &ir.Instr{Span: p.Span}
	for _, s := range w.ev.entries.of(fn) {
		if w.ev.entries.means(s, fn, i) && !s.Param.Uncalled {
			a := account{from: fromSource, src: s, name: "parameter '" + p.Name + "' of " + fn.Name}
			if d := w.ev.declaration(fn, i); d != nil {
				a.steps = append(a.steps, *d)
			}
			return a.beginning(at(fn, here, finding.StepSource, "parameter '"+p.Name+"' of the entry point '"+fn.Name+"'", depth))
		}
	}
	var out account
	if c := w.classOfSelf(fn); c != nil && i == 0 {
		return account{}
	}
	called := false
	calls := []callTo{}
	if n := len(w.entered); n > 0 && w.entered[n-1].callee == fn {
		calls = append(calls, callTo{w.entered[n-1].by, w.firstOf(fn)})
		was := w.entered
		w.entered = w.entered[:n-1]
		defer func() { w.entered = was }()
	} else {
		calls = w.callsTo(fn)
	}
	for _, call := range calls {
		r, sure := argumentFrom(call.fn, call.in, fn, i, call.first)
		if r < 0 {
			called = called || sure
			continue
		}
		called = true
		if a := w.value(call.fn, r, depth-1); a.better(out) {
			out = a.then(at(call.fn, call.in, finding.StepCall, "passed to '"+fn.Name+"'", depth-1)).
				then(at(fn, here, finding.StepAssign, "parameter '"+p.Name+"'", depth))
		}
	}
	switch {
	case out.from > fromLiteral || called && out.from == fromLiteral && !p.HasDefault:
		return out
	case p.Default != nil && (called || p.Default.Kind != ir.None) && out.from <= fromNone:
		return ends(fn, here, written(p.Default), "default "+literalText(p.Default)+" of parameter '"+p.Name+"'", depth)
	case out.from > fromNowhere:
		return out
	}
	return ends(fn, here, fromCaller, "parameter '"+p.Name+"' of "+fn.Name, depth)
}

// beginning gives an account with a step that is its first, or follows what declares it.
func (a account) beginning(s finding.Step) account {
	if len(a.steps) > 0 {
		s.Kind = finding.StepAssign
	}
	a.steps = append(a.steps, s)
	return a
}

func (w *walker) classOfSelf(fn *program.Fn) *program.Class {
	if fn.Owner == nil || len(fn.Params) == 0 || hasDecorator(fn, "staticmethod") {
		return nil
	}
	return fn.Owner
}

// A callTo is a call of a function; its positional arguments begin with parameter first.
type callTo struct {
	makingCall
	first int
}

// callsTo gives the calls of a function in the tree, as far as names tell.
func (w *walker) callsTo(fn *program.Fn) []callTo {
	var out []callTo
	if c := w.classOfSelf(fn); c != nil && fn.Name == "__init__" {
		for _, call := range w.ev.makingCalls(c) {
			if w.test || !isTest(call.fn) {
				out = append(out, callTo{call, 1})
			}
		}
		return out
	}
	files := w.ev.prog.Mentioning(fn.Name)
	if len(files) > maxMakers || w.ev.pack.IsWord(rule.WordCommon, fn.Name) {
		return nil
	}
	only := len(w.ev.prog.Defining(fn.Name)) == 1 && w.definedOnce(fn)
	for _, m := range files {
		for _, user := range m.Users(fn.Name) {
			if isTest(user) && !w.test {
				continue
			}
			for _, b := range user.Body().Blocks {
				for i := range b {
					if b[i].Op != ir.Call {
						continue
					}
					if first, ok := w.calls(user, &b[i], fn, only); ok && len(out) < maxSetters {
						out = append(out, callTo{makingCall{user, &b[i]}, first})
					}
				}
			}
		}
	}
	return out
}

// firstOf gives the parameter that positional arguments of a call begin with: not the object of a method.
func (w *walker) firstOf(fn *program.Fn) int {
	return b2i(w.classOfSelf(fn) != nil)
}

// definedOnce says whether its module holds no other function of that name.
func (w *walker) definedOnce(fn *program.Fn) bool {
	n := 0
	for _, other := range fn.Mod.Fns {
		if other.Name == fn.Name && other.Kind == ir.Plain {
			n++
		}
	}
	return n == 1
}

// calls says whether an instruction calls the function, and with which parameter the positional arguments begin.
func (w *walker) calls(user *program.Fn, in *ir.Instr, fn *program.Fn, only bool) (first int, ok bool) {
	m := w.ev.mentions(user)
	bound := 0
	if w.classOfSelf(fn) != nil {
		bound = 1
	}
	if dotted := m.dotted.of(in.A); dotted != "" {
		t := w.ev.chainTarget(user, dotted)
		if t.Fn == fn {
			if hasDecorator(fn, "classmethod") {
				return bound, true
			}
			return 0, true
		}
		if t.Fn != nil || t.Class != nil || bound == 0 {
			return 0, false
		}
	}
	callee := m.definition(user, in.A)
	if callee == nil || callee.Op != ir.Attr || user.Mod.IR.Strings[callee.B] != fn.Name || bound == 0 {
		return 0, false
	}
	if c := w.classOf(user, callee.A); c != nil {
		return bound, c.Method(fn.Name) == fn
	}
	return bound, only
}

// classOf gives the class of the tree that an object is of, as far as the text says.
func (w *walker) classOf(fn *program.Fn, r ir.Reg) *program.Class {
	m := w.ev.mentions(fn)
	in := m.definition(fn, r)
	if in == nil || w.left <= 0 {
		return nil
	}
	w.left--
	switch in.Op {
	case ir.Local:
		if in.A == 0 {
			if c := w.classOfSelf(fn); c != nil {
				return c
			}
		}
		if int(in.A) < len(fn.Params) {
			return w.annotated(fn, fn.Params[in.A].Annotation)
		}
	case ir.Attr:
		c := w.classOf(fn, in.A)
		if c == nil {
			break
		}
		name := fn.Mod.IR.Strings[in.B]
		for _, s := range w.ev.fieldStores(c, name) {
			if d := w.ev.instanceClass(w.ev.mentions(s.fn).made(w.ev, s.fn, s.value)); d != nil {
				return d
			}
			if def := w.ev.mentions(s.fn).definition(s.fn, s.value); def != nil && def.Op == ir.Local && int(def.A) < len(s.fn.Params) && def.A > 0 {
				if d := w.annotated(s.fn, s.fn.Params[def.A].Annotation); d != nil {
					return d
				}
			}
		}
		return w.ev.instanceClass(w.ev.madeRefs(c, name))
	}
	return w.ev.instanceClass(m.made(w.ev, fn, r))
}

// instanceClass gives the one class of which objects are meant.
func (ev *eval) instanceClass(refs []Ref) *program.Class {
	if len(refs) == 1 && refs[0].kind == refInst {
		return refs[0].cls
	}
	return nil
}

// annotated gives the class of the tree that an annotation names.
func (w *walker) annotated(fn *program.Fn, a *ir.Expr) *program.Class {
	if a == nil || a.Path == "" {
		return nil
	}
	return fn.Mod.LookupIn(fn.Parent, a.Path).Class
}

// A storeOf is a store to an attribute.
type storeOf struct {
	fn    *program.Fn
	in    *ir.Instr
	value ir.Reg
}

// fieldStores gives the stores to an attribute in the methods of a class, those of its constructor first.
func (ev *eval) fieldStores(c *program.Class, name string) []storeOf {
	var out []storeOf
	for _, k := range c.MRO() {
		for _, fn := range k.Mod.Fns {
			if fn.Owner != k || fn.Kind != ir.Plain || len(fn.Params) == 0 || !slices.Contains(fn.Body().SelfStores, name) {
				continue
			}
			local := map[ir.Reg]bool{}
			for _, b := range fn.Body().Blocks {
				for i := range b {
					switch in := &b[i]; {
					case in.Op == ir.Local && in.A == 0:
						local[in.Dst] = true
					case in.Op == ir.StoreAttr && local[in.A] && fn.Mod.IR.Strings[in.B] == name && len(out) < maxSetters:
						out = append(out, storeOf{fn, in, in.C})
					}
				}
			}
		}
	}
	slices.SortStableFunc(out, func(a, b storeOf) int { return b2i(b.fn.Name == "__init__") - b2i(a.fn.Name == "__init__") })
	return out
}

// attribute gives the account of x.name.
func (w *walker) attribute(fn *program.Fn, in *ir.Instr, depth int) account {
	return w.member(fn, in.A, fn.Mod.IR.Strings[in.B], in, depth)
}

// member gives the account of an attribute of the object in a register, read by an instruction.
func (w *walker) member(fn *program.Fn, obj ir.Reg, name string, in *ir.Instr, depth int) account {
	if c := w.classOf(fn, obj); c != nil {
		if a := w.field(c, name, depth); a.from > fromNowhere {
			return a.then(at(fn, in, finding.StepLoad, "", depth))
		}
	}
	a := w.option(fn, w.value(fn, obj, depth), name)
	if a.from < fromCaller {
		return account{}
	}
	return a.then(at(fn, in, finding.StepLoad, "", depth))
}

// field gives the account of an attribute of the objects of a class: what its methods store, what calls of a class of
// fields pass by name, and what the class body says.
func (w *walker) field(c *program.Class, name string, depth int) account {
	var out account
	take := func(fn *program.Fn, r ir.Reg, s finding.Step) {
		if a := w.value(fn, r, depth); a.better(out) {
			out = a.then(s)
		}
	}
	for _, s := range w.ev.fieldStores(c, name) {
		take(s.fn, s.value, at(s.fn, s.in, finding.StepStore, "stored in '"+name+"'", depth))
	}
	if c.Method("__init__") == nil {
		for _, call := range w.ev.makingCalls(c) {
			for _, a := range call.fn.Body().Args[call.in.B : call.in.B+call.in.C] {
				if a.Kind == ir.KeywordArg && call.fn.Mod.IR.Strings[a.Name] == name && (w.test || !isTest(call.fn)) {
					take(call.fn, a.Val, at(call.fn, call.in, finding.StepStore, "stored in '"+name+"'", depth))
				}
			}
		}
	}
	for _, k := range c.MRO() {
		body := k.Mod.Fns[k.Body]
		slot := slices.Index(body.Body().Slots, name)
		for _, b := range body.Body().Blocks {
			for i := range b {
				if in := &b[i]; in.Op == ir.StoreLocal && int(in.A) == slot {
					take(body, in.B, at(body, in, finding.StepStore, "field '"+name+"'", depth))
				}
			}
		}
	}
	return out
}

// argumentFrom gives the register that a call passes for a parameter, where positional arguments begin with parameter first;
// -1 if none is written there; sure is false where it may be in a splat.
func argumentFrom(fn *program.Fn, call *ir.Instr, callee *program.Fn, p, first int) (r ir.Reg, sure bool) {
	pos := first
	for _, a := range fn.Body().Args[call.B : call.B+call.C] {
		switch a.Kind {
		case ir.PosArg:
			if pos == p && callee.Params[p].Kind <= ir.PosOrKw {
				return a.Val, true
			}
			pos++
		case ir.KeywordArg:
			if fn.Mod.IR.Strings[a.Name] == callee.Params[p].Name {
				return a.Val, true
			}
		default:
			return -1, false
		}
	}
	return -1, true
}

// option narrows an account of what a parser of the command line gives to one option, if it is declared in the tree.
func (w *walker) option(fn *program.Fn, a account, name string) account {
	if a.src == nil || len(a.src.Options) == 0 || a.whole != "" {
		return a
	}
	a.whole = name
	if d := w.ev.optionStep(a.src, name, fn); d != nil {
		a.name = d.Note
		a.steps = slices.Clone(a.steps)
		a.steps[0].Kind = finding.StepAssign
		a.steps = append([]finding.Step{*d}, a.steps...)
	}
	return a
}

// optionStep gives the call that declares an option: parser.add_argument("--ckpt-dir", dest="ckpt_dir"). It is looked for
// from the function outwards: in its file first, then in the others.
func (ev *eval) optionStep(src *rule.Source, name string, fn *program.Fn) *finding.Step {
	for _, call := range src.Options {
		for _, m := range append([]*program.Module{fn.Mod}, ev.prog.Mentioning(call)...) {
			for _, user := range m.Users(call) {
				for _, b := range user.Body().Blocks {
					for i := range b {
						if b[i].Op != ir.Call {
							continue
						}
						if flag := declares(ev, user, &b[i], call, name); flag != "" {
							s := at(user, &b[i], finding.StepSource, "option '"+flag+"'", 0)
							return &s
						}
					}
				}
			}
		}
	}
	return nil
}

// declares gives the option that a call declares under a name; "" if it declares none of that name.
func declares(ev *eval, fn *program.Fn, in *ir.Instr, call, name string) string {
	m := ev.mentions(fn)
	callee := m.definition(fn, in.A)
	if callee == nil || callee.Op != ir.Attr || fn.Mod.IR.Strings[callee.B] != call {
		return ""
	}
	flag, dest := "", ""
	for _, a := range fn.Body().Args[in.B : in.B+in.C] {
		def := m.definition(fn, a.Val)
		if def == nil || def.Op != ir.ConstOp || fn.Mod.IR.Consts[def.A].Kind != ir.Str {
			continue
		}
		text := fn.Mod.IR.Consts[def.A].S
		switch {
		case a.Kind == ir.KeywordArg && fn.Mod.IR.Strings[a.Name] == "dest":
			dest = text
		case a.Kind == ir.PosArg && (flag == "" || named(text) == name):
			flag = text
		}
	}
	if dest == name || dest == "" && flag != "" && named(flag) == name {
		return flag
	}
	return ""
}

// named gives the variable that an option goes to: --ckpt-dir is ckpt_dir.
func named(flag string) string {
	flag, _, _ = strings.Cut(flag, "/") // --on/--off
	return strings.ReplaceAll(strings.TrimLeft(flag, "-"), "-", "_")
}

// declaration gives the decorator that declares a parameter as an option; nil if none names it.
func (ev *eval) declaration(fn *program.Fn, i int) *finding.Step {
	for _, d := range fn.Decorators {
		for _, a := range d.Args {
			if a.Const == nil || a.Const.Kind != ir.Str || named(a.Const.S) != fn.Params[i].Name {
				continue
			}
			return &finding.Step{File: fn.Mod.IR.File, Span: d.Span, Kind: finding.StepSource, Note: "option '" + a.Const.S + "'", Func: fn.QualName()}
		}
	}
	return nil
}

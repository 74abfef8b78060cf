package taint

import (
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
	"github.com/pickletrace/pickletrace/pkg/rule"
)

// Where a value comes from that carries no data of a source, or none that was followed: the name of a repository, a socket
// and its address, a switch. It is read from the text alone, backwards from the call, and only for what is reported:
//
//	class Worker:
//	    def __init__(self, host):
//	        self.sock = zmq.Context().socket(zmq.PULL)      made here
//	        self.sock.bind(f"tcp://{host}:5555")            its address, see addressOf
//	    def run(self):
//	        return self.sock.recv_pyobj()
//
// Where there are several ways, the one that ends farthest outside is told. What the text does not say is left out: an
// account may be short, but names nothing that the value does not come through.

// standing says how far outside of the program an account begins.
type standing uint8

const (
	fromNowhere standing = iota // nothing is known
	fromNone                    // None is written in the program: something else stands in for it
	fromLiteral                 // written in the program
	fromLibrary                 // a library call gave it
	fromCaller                  // a parameter that the tree gives no value
	fromSource                  // a source of the rule pack
)

// An account is the way of a value, where it comes from first.
type account struct {
	steps []finding.Step
	name  string // what it comes from, for people
	from  standing
	src   *rule.Source // fromSource
	whole string       // what the steps so far name of the source: the option of a command line; "" for all of it
}

// then gives the account with one more step.
func (a account) then(s finding.Step) account {
	if len(a.steps) > 0 {
		a.steps = append(slices.Clip(a.steps), s)
	}
	return a
}

// better says whether an account says more than another one.
func (a account) better(b account) bool {
	if a.from != b.from {
		return a.from > b.from
	}
	return a.src != nil && b.src != nil && a.src.Kind.Rank < b.src.Kind.Rank
}

// maxWhence bounds the instructions that are looked at for one account, maxSetters the ways that are compared at one place.
const (
	maxWhence  = 200
	maxSetters = 8
)

// A walker goes back along the text.
type walker struct {
	ev   *eval
	left int
	busy map[walked]bool
	test bool // the call is in a test itself: callers in tests count
	// entered are the calls through which functions were entered to see what they give back, the last one the innermost.
	entered []entered
}

// An entered is a function with the call that it was entered by.
type entered struct {
	callee *program.Fn
	by     makingCall
}

type walked struct {
	fn *program.Fn
	r  ir.Reg
}

func (ev *eval) walker(fn *program.Fn) *walker {
	return &walker{ev: ev, left: maxWhence, busy: map[walked]bool{}, test: isTest(fn)}
}

// at makes a step.
func at(fn *program.Fn, in *ir.Instr, kind finding.StepKind, note string, depth int) finding.Step {
	return finding.Step{File: fn.Mod.IR.File, Span: in.Span, Kind: kind, Note: note, Func: fn.QualName(), Depth: depth}
}

// ends is an account that begins here.
func ends(fn *program.Fn, in *ir.Instr, from standing, name string, depth int) account {
	return account{steps: []finding.Step{at(fn, in, finding.StepSource, name, depth)}, name: name, from: from}
}

// value gives the account of a register's value.
func (w *walker) value(fn *program.Fn, r ir.Reg, depth int) account {
	key := walked{fn, r}
	if r < 0 || w.left <= 0 || w.busy[key] {
		return account{}
	}
	w.left--
	w.busy[key] = true
	defer delete(w.busy, key)
	in := w.ev.mentions(fn).definition(fn, r)
	if in == nil {
		return account{}
	}
	switch in.Op {
	case ir.ConstOp:
		return ends(fn, in, written(&fn.Mod.IR.Consts[in.A]), literalText(&fn.Mod.IR.Consts[in.A]), depth)
	case ir.Local:
		return w.variable(fn, int(in.A), in, depth)
	case ir.Free:
		return w.variable(fn.Mod.Fns[in.A], int(in.B), in, depth)
	case ir.Global, ir.Attr:
		return w.named(fn, r, in, depth)
	case ir.Call:
		return w.call(fn, in, depth)
	case ir.Index, ir.Slice, ir.Await, ir.Enter, ir.Iter, ir.Unpack, ir.UnpackStar:
		return w.part(fn, in, depth)
	case ir.Bin, ir.And, ir.Or:
		return w.best(fn, []ir.Reg{in.A, in.B}, depth)
	case ir.Format, ir.MakeTuple, ir.MakeList, ir.MakeDict, ir.MakeSet:
		return w.best(fn, operands(fn, in.A, in.B), depth)
	}
	return account{}
}

func operands(fn *program.Fn, from, n int32) []ir.Reg {
	var out []ir.Reg
	for _, a := range fn.Body().Args[from : from+n] {
		out = append(out, a.Val)
	}
	return out
}

// best gives the account that says most; of equals that of the part which is not written at this place.
func (w *walker) best(fn *program.Fn, regs []ir.Reg, depth int) account {
	var out account
	for _, r := range regs[:min(len(regs), maxSetters)] {
		if a := w.value(fn, r, depth); a.better(out) || a.from == out.from && len(a.steps) > len(out.steps) {
			out = a
		}
	}
	return out
}

// part gives the account of what an element, or another reading of a value, is taken from.
func (w *walker) part(fn *program.Fn, in *ir.Instr, depth int) account {
	a := w.value(fn, in.A, depth)
	if in.Op == ir.Index {
		if key := w.ev.mentions(fn).definition(fn, in.B); key != nil && key.Op == ir.ConstOp {
			a = w.option(fn, a, fn.Mod.IR.Consts[key.A].S)
		}
	}
	if a.from >= fromCaller {
		a = a.then(at(fn, in, finding.StepLoad, "", depth))
	}
	return a
}

// variable gives the account of a variable of a function where it is read.
func (w *walker) variable(fn *program.Fn, slot int, read *ir.Instr, depth int) account {
	var out account
	stores := 0
	for _, b := range fn.Body().Blocks {
		for i := range b {
			in := &b[i]
			if in.Op != ir.StoreLocal || int(in.A) != slot || in.Span.Start > read.Span.Start {
				continue
			}
			if stores++; stores > maxSetters {
				return out
			}
			if a := w.value(fn, in.B, depth); a.from >= out.from { // of equals the last
				out = a.then(at(fn, in, finding.StepAssign, "", depth))
			}
		}
	}
	if slot < len(fn.Params) {
		if a := w.parameter(fn, slot, depth); a.better(out) {
			out = a
		}
	}
	return out
}

// named gives the account of a global name or an attribute.
func (w *walker) named(fn *program.Fn, r ir.Reg, in *ir.Instr, depth int) account {
	m := w.ev.mentions(fn)
	if name := m.dotted.of(r); name != "" {
		t := w.ev.chainTarget(fn, name)
		switch {
		case t.Ext != "":
			if roles := w.ev.pack.Attr(t.Ext); roles != nil && len(roles.Sources) > 0 {
				return w.fromSource(fn, in, roles.Sources[0], t.Ext, depth)
			}
			return ends(fn, in, fromLibrary, t.Ext, depth)
		case t.Value != nil && t.Rest == "":
			return w.global(t.Value, t.Name, depth)
		}
	}
	if in.Op == ir.Attr {
		return w.attribute(fn, in, depth)
	}
	return account{}
}

// global gives the account of a module's variable.
func (w *walker) global(m *program.Module, name string, depth int) account {
	var out account
	body := m.Load().Fns[0]
	for _, fn := range append([]*program.Fn{body}, m.Stores(name)...) {
		for _, b := range fn.Body().Blocks {
			for i := range b {
				in := &b[i]
				if in.Op != ir.StoreGlobal || m.IR.Strings[in.A] != name {
					continue
				}
				if a := w.value(fn, in.B, depth); a.from > out.from {
					out = a.then(at(fn, in, finding.StepStore, "", depth))
				}
			}
		}
	}
	return out
}

// fromSource is an account that begins at a source of the pack.
func (w *walker) fromSource(fn *program.Fn, in *ir.Instr, src *rule.Source, name string, depth int) account {
	a := ends(fn, in, fromSource, strings.TrimPrefix(name, "?."), depth)
	a.src = src
	return a
}

// call gives the account of what a call gives.
func (w *walker) call(fn *program.Fn, in *ir.Instr, depth int) account {
	m := w.ev.mentions(fn)
	name := ""
	if dotted := m.dotted.of(in.A); dotted != "" {
		t := w.ev.chainTarget(fn, dotted)
		switch {
		case t.Fn != nil:
			return w.returned(fn, in, t.Fn, depth)
		case t.Class != nil:
			return ends(fn, in, fromLibrary, t.Class.Name+"()", depth)
		}
		name = t.Ext
	}
	callee := m.definition(fn, in.A)
	if callee != nil && callee.Op == ir.Attr && name == "" {
		method := fn.Mod.IR.Strings[callee.B]
		if c := w.classOf(fn, callee.A); c != nil {
			if target := c.Method(method); target != nil {
				return w.returned(fn, in, target, depth)
			}
		}
		name = "?." + method
		if t := w.libraryType(fn, callee.A, maxSetters); t != "" {
			name = w.ev.pack.Canonical(t + "." + method)
		}
	}
	if name == "" {
		return account{}
	}
	if attr, ok := w.readAttribute(fn, in, name, depth); ok {
		return attr
	}
	if roles := w.ev.pack.Call(name); roles != nil && len(roles.Sources) > 0 {
		return w.fromSource(fn, in, roles.Sources[0], name, depth)
	}
	made := ends(fn, in, fromLibrary, strings.TrimPrefix(name, "?."), depth)
	if len(w.ev.pack.TypeOf(name)) > 0 || isClassName(name) {
		return made
	}
	regs := operands(fn, in.B, in.C)
	if callee != nil && callee.Op == ir.Attr && m.dotted.of(callee.Dst) == "" {
		regs = append([]ir.Reg{callee.A}, regs...)
	}
	if a := w.best(fn, regs, depth); a.from > fromNowhere && a.from != fromLibrary {
		return a.then(at(fn, in, finding.StepPass, "through "+strings.TrimPrefix(name, "?."), depth))
	}
	return made
}

// readAttribute is the account of getattr(x, "name", default).
func (w *walker) readAttribute(fn *program.Fn, in *ir.Instr, name string, depth int) (account, bool) {
	regs := operands(fn, in.B, in.C)
	if w.ev.pack.Intrinsic(name) != rule.DoGetAttr || len(regs) < 2 {
		return account{}, false
	}
	attr := w.ev.mentions(fn).definition(fn, regs[1])
	if attr == nil || attr.Op != ir.ConstOp {
		return account{}, false
	}
	a := w.member(fn, regs[0], fn.Mod.IR.Consts[attr.A].S, in, depth)
	if len(regs) > 2 {
		if b := w.value(fn, regs[2], depth); b.better(a) {
			a = b
		}
	}
	return a, true
}

// libraryType gives the canonical type of a library object; "" if the text does not say it.
func (w *walker) libraryType(fn *program.Fn, r ir.Reg, left int) string {
	m := w.ev.mentions(fn)
	in := m.definition(fn, r)
	if in == nil || left == 0 {
		return ""
	}
	switch in.Op {
	case ir.Call:
		name := ""
		if dotted := m.dotted.of(in.A); dotted != "" {
			name = w.ev.chainTarget(fn, dotted).Ext
		} else if callee := m.definition(fn, in.A); callee != nil && callee.Op == ir.Attr {
			if t := w.libraryType(fn, callee.A, left-1); t != "" {
				name = w.ev.pack.Canonical(t + "." + fn.Mod.IR.Strings[callee.B])
			}
		}
		if ts := w.ev.pack.TypeOf(name); len(ts) == 1 {
			return ts[0]
		}
		if name != "" && isClassName(name) {
			return name
		}
	case ir.Local:
		if int(in.A) < len(m.single) && m.single[in.A] >= 0 {
			return w.libraryType(fn, m.single[in.A], left-1)
		}
	case ir.Attr:
		if c := w.classOf(fn, in.A); c != nil {
			for _, s := range w.ev.fieldStores(c, fn.Mod.IR.Strings[in.B]) {
				if t := w.libraryType(s.fn, s.value, left-1); t != "" {
					return t
				}
			}
		}
	}
	return ""
}

// returned gives the account of what a function of the tree gives back.
func (w *walker) returned(fn *program.Fn, call *ir.Instr, callee *program.Fn, depth int) account {
	var out account
	w.entered = append(w.entered, entered{callee, makingCall{fn, call}})
	for _, r := range returns(callee) {
		if a := w.value(callee, r, depth+1); a.better(out) {
			out = a
		}
	}
	w.entered = w.entered[:len(w.entered)-1]
	return out.then(at(fn, call, finding.StepReturn, "returned by '"+callee.Name+"'", depth))
}

// entry gives the account of what a mapping holds under a key, as far as it is made in sight.
func (w *walker) entry(fn *program.Fn, r ir.Reg, key string, depth int) account {
	m := w.ev.mentions(fn)
	in := m.definition(fn, r)
	if in == nil || w.left <= 0 {
		return account{}
	}
	w.left--
	switch in.Op {
	case ir.MakeDict:
		return w.entryOf(fn, fn.Body().Args[in.A:in.A+in.B], key, depth)
	case ir.Local:
		if int(in.A) < len(m.single) && m.single[in.A] >= 0 {
			return w.entry(fn, m.single[in.A], key, depth)
		}
	case ir.Global, ir.Attr:
		return w.entryNamed(fn, in, m.dotted.of(r), key, depth)
	case ir.Call:
		dotted := m.dotted.of(in.A)
		if dotted == "" {
			break
		}
		t := w.ev.chainTarget(fn, dotted)
		if t.Ext == "dict" {
			return w.entryOf(fn, fn.Body().Args[in.B:in.B+in.C], key, depth)
		}
		for _, ret := range returns(t.Fn) {
			if a := w.entry(t.Fn, ret, key, depth+1); a.from > fromNowhere {
				return a.then(at(fn, in, finding.StepReturn, "returned by '"+t.Fn.Name+"'", depth))
			}
		}
	}
	return account{}
}

// entryOf gives the account of an entry of a mapping that is written out: {"key": v}, dict(key=v), {**more}.
func (w *walker) entryOf(fn *program.Fn, args []ir.Arg, key string, depth int) account {
	for _, a := range args {
		switch a.Kind {
		case ir.DictPair:
			k := w.ev.mentions(fn).definition(fn, a.Key)
			if k != nil && k.Op == ir.ConstOp && fn.Mod.IR.Consts[k.A].S == key {
				return w.value(fn, a.Val, depth)
			}
		case ir.KeywordArg:
			if fn.Mod.IR.Strings[a.Name] == key {
				return w.value(fn, a.Val, depth)
			}
		case ir.DoubleStarArg:
			if b := w.entry(fn, a.Val, key, depth); b.from > fromNowhere {
				return b
			}
		}
	}
	return account{}
}

// entryNamed is that of a mapping that a module's variable or an attribute holds.
func (w *walker) entryNamed(fn *program.Fn, in *ir.Instr, dotted, key string, depth int) account {
	if dotted != "" {
		t := w.ev.chainTarget(fn, dotted)
		if t.Value == nil || t.Rest != "" {
			return account{}
		}
		body := t.Value.Load().Fns[0]
		for _, b := range body.Body().Blocks {
			for i := range b {
				if in := &b[i]; in.Op == ir.StoreGlobal && body.Mod.IR.Strings[in.A] == t.Name {
					if a := w.entry(body, in.B, key, depth); a.from > fromNowhere {
						return a
					}
				}
			}
		}
		return account{}
	}
	if in.Op != ir.Attr {
		return account{}
	}
	if c := w.classOf(fn, in.A); c != nil {
		for _, s := range w.ev.fieldStores(c, fn.Mod.IR.Strings[in.B]) {
			if a := w.entry(s.fn, s.value, key, depth); a.from > fromNowhere {
				return a
			}
		}
	}
	return account{}
}

// returns gives the registers that a function gives back; nil for no function.
func returns(fn *program.Fn) []ir.Reg {
	var out []ir.Reg
	if fn == nil {
		return nil
	}
	for _, b := range fn.Body().Blocks {
		for i := range b {
			if in := &b[i]; in.Op == ir.Return && in.A >= 0 {
				out = append(out, in.A)
			}
		}
	}
	return out
}

// written gives the standing of a constant.
func written(c *ir.Const) standing {
	if c.Kind == ir.None {
		return fromNone
	}
	return fromLiteral
}

// literalText is how a constant is named to people.
func literalText(c *ir.Const) string {
	switch c.Kind {
	case ir.Str, ir.Bytes:
		return "'" + finding.Shorten(c.S, 60) + "'"
	case ir.True:
		return "True"
	case ir.False:
		return "False"
	case ir.None:
		return "None"
	}
	return finding.Shorten(c.S, 60)
}

package taint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
	"github.com/pickletrace/pickletrace/pkg/rule"
)

func (f *frame) reg(r ir.Reg) *Value {
	if r < 0 {
		return nil
	}
	return f.regs[r]
}

func (f *frame) str(i int32) string { return f.fn.Mod.IR.Strings[i] }

// site gives the symbol of what instruction in produces.
func (f *frame) site(in *ir.Instr) sym {
	return f.ev.syms.of(symSite, sym(f.ev.fnID(f.fn)), sym(in.Dst), "")
}

// instr interprets one instruction.
func (f *frame) instr(in *ir.Instr, st *state) {
	f.cur, f.curInstr = st, in
	switch in.Op {
	case ir.ConstOp, ir.Local, ir.Free, ir.Global, ir.Attr, ir.Index, ir.Slice, ir.Call, ir.Bin, ir.Cmp, ir.Not, ir.And, ir.Or,
		ir.MakeTuple, ir.MakeList, ir.MakeSet, ir.MakeDict, ir.Format, ir.Iter, ir.Unpack, ir.UnpackStar, ir.Await, ir.Yield,
		ir.YieldFrom, ir.MakeFunc, ir.MakeClass, ir.Decorate, ir.Enter, ir.ImportMod, ir.ImportFrom, ir.Opaque:
		v := f.value(in, st)
		if in.Op == ir.Attr || in.Op == ir.Global || in.Op == ir.ImportFrom || in.Op == ir.Local {
			v = f.handOut(v, in, st)
		}
		if in.Dst >= 0 {
			f.regs[in.Dst] = v
		}
	case ir.ImportStar:
	case ir.StoreLocal, ir.StoreFree, ir.StoreGlobal, ir.StoreAttr, ir.StoreIndex, ir.DelLocal, ir.DelIndex, ir.Append:
		f.effect(in, st)
	case ir.If:
		f.ifElse(in, st)
	case ir.Loop:
		f.loop(in, st)
	case ir.Break:
		f.jump(st, func(l *loopCtx) *[]*state { return &l.breaks })
	case ir.Continue:
		f.jump(st, func(l *loopCtx) *[]*state { return &l.continues })
	case ir.Return:
		v := f.reg(in.A)
		switch {
		case f.fn.Body().IsGen:
			v = f.generator()
		case in.A < 0:
			v = f.implicitResult(st)
		}
		f.leave(st, v)
		st.dead = true
	case ir.Raise:
		v := f.reg(in.A)
		if n := len(f.handling); in.A < 0 && n > 0 {
			v = f.handling[n-1]
		}
		f.throw(v, st)
		f.raise(st)
	case ir.Assert:
		f.assert(in, st)
	case ir.TryOp:
		f.try(&f.fn.Body().Tries[in.A], st)
	case ir.Exit:
		f.exitWith(in, st)
	default:
		panic(fmt.Sprintf("unexpected instruction %d", in.Op))
	}
}

// assert assumes its condition; what it checks counts less, because python -O removes it.
func (f *frame) assert(in *ir.Instr, st *state) {
	v := f.reg(in.A)
	if v == nil || v.cond == nil {
		return
	}
	weak := &Cond{}
	for _, c := range v.cond.yes {
		if c.kind == condValid && c.weak == "" {
			c.weak = "the check is an assert, which python -O removes"
		}
		weak.yes = append(weak.yes, c)
	}
	f.assume(st, &Value{cond: weak}, true)
}

// value interprets an instruction that gives a value.
func (f *frame) value(in *ir.Instr, st *state) *Value {
	ev := f.ev
	switch in.Op {
	case ir.ConstOp:
		c := &f.fn.Mod.IR.Consts[in.A]
		if c.Kind == ir.Str {
			return f.text(c.S, in)
		}
		return f.constant(c)
	case ir.Local:
		return st.locals.get(int(in.A))
	case ir.Free:
		return f.free(in.A, in.B, st)
	case ir.Global:
		return f.global(f.str(in.A), st)
	case ir.Attr:
		return f.attr(f.reg(in.A), f.str(in.B), st, in)
	case ir.Index:
		return f.index(f.reg(in.A), f.reg(in.B), st)
	case ir.Slice:
		return f.slice(in, st)
	case ir.Call:
		return f.call(in, st)
	case ir.Bin:
		return f.binary(in, st)
	case ir.Cmp:
		return f.compare(in, st)
	case ir.Not:
		return ev.negation(f.reg(in.A))
	case ir.And:
		return f.andOr(f.reg(in.A), f.reg(in.B), 1)
	case ir.Or:
		return f.andOr(f.reg(in.A), f.reg(in.B), 0)
	case ir.MakeTuple, ir.MakeList, ir.MakeSet:
		return f.sequence(in, st)
	case ir.MakeDict:
		return f.dict(in, st)
	case ir.Format:
		return f.format(in, st)
	case ir.Iter:
		return f.iterate(f.reg(in.A), st)
	case ir.Unpack:
		return f.unpack(f.reg(in.A), int(in.B), int(in.C), st)
	case ir.UnpackStar:
		return f.part(f.reg(in.A), st, "rest")
	case ir.Await:
		return f.await(f.reg(in.A), st)
	case ir.Yield:
		f.yield(in, f.reg(in.A), st)
		return f.received(st)
	case ir.YieldFrom:
		f.yield(in, f.element(f.reg(in.A), st), st)
		return nil
	case ir.MakeFunc:
		return f.makeFunc(in, st)
	case ir.MakeClass:
		v := refValue(Ref{kind: refClass, cls: f.fn.Mod.Class[in.A]})
		v.sym = ev.classSym(f.fn.Mod.Class[in.A])
		f.subclassed(f.fn.Mod.Class[in.A], in, st)
		f.metaMade(f.fn.Mod.Class[in.A], in, st)
		return v
	case ir.Decorate:
		return f.decorate(in, st)
	case ir.Enter:
		return f.enter(f.reg(in.A), st, in)
	case ir.ImportMod, ir.ImportFrom:
		if f.fn.Index == 0 && f.importedOnly(in) {
			return nil // looked up where it is used: see moduleName
		}
		return ev.targetValue(f.fn.Mod.ImportTarget(&f.fn.Mod.IR.Imports[in.A]))
	default: // Opaque: unmodelled syntax passes on what its operands carry
		return f.blend(f.operands(in.A, in.B), st, 0)
	}
}

// negation returns what `not v` is, and what it says of others.
func (d *domain) negation(v *Value) *Value {
	if t, assumed := v.truth(); t >= 0 {
		w := d.boolean(t == 0)
		w.assumed, w.open, w.deps = assumed, assumed != "", d.depsOf(v)
		if assumed != "" {
			w.cond = not(d.condOfValue(v))
		}
		return w
	}
	if v == nil {
		return nil
	}
	return &Value{cond: not(d.condOfValue(v)), clean: v.clean, open: true, deps: d.depsOf(v), swayed: sways(v)}
}

func (f *frame) constant(c *ir.Const) *Value {
	r := constRef(c)
	return &Value{refs: []Ref{*r}, clean: true, sym: f.ev.syms.konst(r.name)}
}

// constRef gives the reference to a literal.
func constRef(c *ir.Const) *Ref {
	text := c.S
	switch c.Kind {
	case ir.None:
		text = "None"
	case ir.True:
		text = "True"
	case ir.False:
		text = "False"
	}
	return &Ref{kind: refConst, lit: c.Kind, name: text}
}

// text gives a literal text, or one put together of literals. One that names a file below a folder of which rules speak
// carries what is in the file.
func (f *frame) text(s string, in *ir.Instr) *Value {
	v := f.constant(&ir.Const{Kind: ir.Str, S: s})
	if src := f.ev.pack.FolderSource(s); src != nil {
		v.clean = false
		v.facts = []*Fact{{org: f.ev.sourceOrigin(src, src.Kind, s, f.fn, in), content: true, prov: step(nil, provSource, f.fn, in.Span, s)}}
	}
	return v
}

func (d *domain) boolean(b bool) *Value {
	if b {
		return &Value{refs: []Ref{{kind: refConst, lit: ir.True, name: "True"}}, clean: true, sym: d.syms.konst("True"), cond: nil}
	}
	return &Value{refs: []Ref{{kind: refConst, lit: ir.False, name: "False"}}, clean: true, sym: d.syms.konst("False")}
}

// andOr gives `a and b` (stop=1: b when a is true) or `a or b` (stop=0).
func (f *frame) andOr(a, b *Value, stop int) *Value {
	if t, assumed := a.truth(); t >= 0 && assumed == "" {
		if t == stop {
			return b
		}
		return a
	}
	if t, _ := b.truth(); t == 0 && stop == 1 && (b.isClean() || b.assumed != "") { // `x and False` is false whatever x is
		w := *b
		w.deps |= f.ev.depsOf(a) | f.ev.depsOf(b)
		return &w
	} else if t == 1 && stop == 0 && b.assumed == "" && len(a.getFacts()) == 0 {
		return b
	}
	v := f.ev.joinValues(a, b)
	if v == nil {
		v = &Value{open: true}
	}
	w := *v
	ca, cb := f.ev.condOfValue(a), f.ev.condOfValue(b)
	if stop == 1 {
		w.cond = f.ev.both(ca, cb)
	} else {
		w.cond = f.ev.either(ca, cb)
	}
	w.deps, w.swayed = f.ev.depsOf(a)|f.ev.depsOf(b), sways(a) || sways(b)
	if ca.checks() || cb.checks() {
		f.decides(w.deps)
	}
	if a != nil && b != nil && a.assumed != "" {
		ta, _ := a.truth()
		if ta != stop { // `flag and x` with a flag that is off by default: off by default
			w.refs, w.assumed, w.open = a.refs, a.assumed, true
		}
	}
	return &w
}

// operands gives the values of a list of operands.
func (f *frame) operands(start, n int32) []*Value {
	var out []*Value
	for _, a := range f.fn.Body().Args[start : start+n] {
		if a.Key >= 0 {
			out = append(out, f.reg(a.Key))
		}
		out = append(out, f.reg(a.Val))
	}
	return out
}

// blend gives an unknown value that carries what the given ones do.
func (f *frame) blend(vs []*Value, st *state, feats Feature) *Value {
	v := &Value{open: true, clean: len(vs) > 0}
	for _, x := range vs {
		v.deps |= f.ev.depsOf(x)
		for _, fact := range f.deep(x, st) {
			if feats&^fact.feats != 0 {
				g := *fact
				g.feats |= feats
				fact = &g
			}
			v.facts = addFacts(v.facts, []*Fact{fact})
		}
		v.clean = v.clean && (x.isClean() || f.numberParam(x))
	}
	v.clean = v.clean && len(v.facts) == 0
	return v
}

func (f *frame) binary(in *ir.Instr, st *state) *Value {
	a, b := f.reg(in.A), f.reg(in.B)
	if v := f.foldBinary(ir.BinOp(in.C), a, b); v != nil {
		return v
	}
	if v := f.union(in, a, b, st); v != nil {
		return v
	}
	if v := f.operator(ir.BinOp(in.C), a, b, st); v != nil {
		return v
	}
	v := f.blend([]*Value{a, b}, st, 0)
	v.facts = f.binaryFacts(ir.BinOp(in.C), a, b, st)
	switch ir.BinOp(in.C) {
	case ir.Div: // pathlib
		v.sym = f.ev.syms.join(a.symbol(), b.symbol(), "")
		v.text = f.joinedText("/", a, b)
		if a != nil && len(a.refs) == 1 && a.refs[0].kind == refExtInst {
			v.refs, v.open = a.refs, a.open
		}
	case ir.Add, ir.Mod, ir.BitOr:
		x, okX := a.strKonst()
		y, okY := b.strKonst()
		if okX && okY && a.assumed+b.assumed == "" && ir.BinOp(in.C) == ir.Add && f.ev.within(limitText, len(x)+len(y)) {
			return f.text(x+y, in)
		}
		if template, ok := a.strKonst(); ok && ir.BinOp(in.C) == ir.Mod {
			if pieces := f.percent(template, b, st); pieces != nil {
				v = f.joined(v, pieces)
				v.hash = f.textOfDigest([]*Value{a, b}, st)
				return v
			}
		}
		v.sym = f.ev.syms.of(symJoin, a.symbol(), b.symbol(), "+")
		if b.symbol() == noSym && a.symbol() == noSym {
			v.sym = f.site(in)
		}
		begin, _ := a.ends()
		_, end := b.ends()
		if ir.BinOp(in.C) == ir.Mod {
			end = afterVerb(begin)
			begin, _, _ = strings.Cut(begin, "%")
		}
		if ir.BinOp(in.C) != ir.BitOr {
			v.refs = f.ev.partly(begin, end)
			v.hash = f.textOfDigest([]*Value{a, b}, st)
		}
		if ir.BinOp(in.C) == ir.Add {
			v.text = f.joinedText("", a, b)
		}
		f.concatShape(v, a, b, st)
	default:
		v.sym = f.ev.syms.of(symOpaque, a.symbol(), b.symbol(), "op")
	}
	return v
}

// afterVerb gives what stands behind the last %s of a template.
func afterVerb(template string) string {
	i := strings.LastIndexByte(template, '%')
	if i < 0 {
		return ""
	}
	for j := i + 1; j < len(template); j++ {
		if c := template[j] | 0x20; 'a' <= c && c <= 'z' {
			return template[j+1:]
		} else if template[j] == '(' {
			j += max(strings.IndexByte(template[j:], ')'), 0)
		}
	}
	return ""
}

// concatShape keeps the elements of lists that are added.
func (f *frame) concatShape(v, a, b *Value, st *state) {
	if a == nil || b == nil || !a.shape || !b.shape {
		return
	}
	v.shape = true
	el := f.ev.joinValues(f.element(a, st), f.element(b, st))
	if el != nil {
		st.set(heapKey{v.sym, "[*]"}, el)
	}
}

func (f *frame) format(in *ir.Instr, st *state) *Value {
	vs := f.operands(in.A, in.B)
	v := f.blend(vs, st, 0)
	v.facts = f.joinedFacts(vs, false, st)
	v = f.joined(v, vs)
	if s, ok := v.strKonst(); ok && v.assumed == "" {
		return f.text(s, in)
	}
	if v.open && len(vs) > 0 {
		v.hash = f.textOfDigest(vs, st)
	}
	return v
}

// free reads a variable of an enclosing function: an input of this one, or a local if it is ours.
func (f *frame) free(fn, slot int32, st *state) *Value {
	if int(fn) == f.fn.Index {
		return st.locals.get(int(slot))
	}
	for i, fr := range f.frees {
		if fr.Func == fn && fr.Slot == slot {
			k := heapKey{f.ev.syms.input(len(f.fn.Params) + i), "free"}
			outer := f.inputs[len(f.fn.Params)+i]
			if v, ok := st.get(k); ok {
				return f.always(v, func() *Value { return outer })
			}
			return outer
		}
	}
	return nil
}

// effect interprets an instruction that stores.
func (f *frame) effect(in *ir.Instr, st *state) {
	switch in.Op {
	case ir.StoreLocal:
		if f.fn.Kind == ir.ClassBody {
			f.setting(rule.InVariable, f.fn.Body().Slots[in.A], in.B, in, st)
		}
		st.locals.set(int(in.A), f.noteAssign(f.declaredLocal(in.A, f.reg(in.B)), f.fn.Body().Slots[in.A], in))
	case ir.DelLocal:
		st.locals.set(int(in.A), nil)
	case ir.StoreFree:
		f.storeFree(in, st)
	case ir.StoreGlobal:
		if f.reg(in.B) == nil && f.fn.Index == 0 && importsOnly(f.fn.Mod.Bindings(f.str(in.A))) {
			return
		}
		f.setting(rule.InVariable, f.str(in.A), in.B, in, st)
		v := f.noteAssign(f.reg(in.B), f.str(in.A), in)
		if to := f.ev.syms.of(symAttr, f.ev.globalSym(f.fn.Mod), 0, "."+f.str(in.A)); f.fn.Index == 0 {
			v = f.rename(v, to, st)
		} else if f.ev.isMade(v) {
			v = f.renameAll(v, to, st, 2)
		}
		st.set(heapKey{f.ev.globalSym(f.fn.Mod), f.str(in.A)}, orUnknown(v))
	case ir.StoreAttr:
		f.setting(rule.InAttribute, f.str(in.B), in.C, in, st)
		f.storeAttr(f.reg(in.A), f.str(in.B), f.reg(in.C), st, in)
	case ir.StoreIndex:
		if k, ok := f.reg(in.B).strKonst(); ok {
			f.setting(rule.InKey, k, in.C, in, st)
		}
		f.storeIndex(f.reg(in.A), f.reg(in.B), f.reg(in.C), st, in)
	case ir.DelIndex:
		f.deleteAt(f.reg(in.A), f.reg(in.B), st)
	case ir.Append:
		obj := f.reg(in.A)
		if obj == nil {
			return
		}
		if in.C >= 0 {
			f.storeKey(st, obj.sym, f.reg(in.C), f.reg(in.B))
			return
		}
		f.weakStore(st, heapKey{obj.sym, "[*]"}, f.reg(in.B))
	}
}

// importedOnly says whether the name an import of the module body binds is bound by imports alone.
func (f *frame) importedOnly(in *ir.Instr) bool {
	return importsOnly(f.fn.Mod.Bindings(f.fn.Mod.IR.Imports[in.A].Bind))
}

func importsOnly(bs []program.Binding) bool {
	return len(bs) > 0 && !slices.ContainsFunc(bs, func(b program.Binding) bool { return b.Kind != program.BindImport })
}

func (f *frame) storeFree(in *ir.Instr, st *state) {
	v := f.reg(in.C)
	if int(in.A) == f.fn.Index {
		st.locals.set(int(in.B), v)
		return
	}
	for i, fr := range f.frees {
		if fr.Func == in.A && fr.Slot == in.B {
			st.set(heapKey{f.ev.syms.input(len(f.fn.Params) + i), "free"}, orUnknown(v))
		}
	}
}

// noteAssign adds the assignment to the trace of what v carries, if it carries anything.
func (f *frame) noteAssign(v *Value, name string, in *ir.Instr) *Value {
	if v == nil || len(v.facts) == 0 || strings.HasPrefix(name, ".") {
		return v
	}
	return v.withFacts(f.stepped(v.facts, provAssign, in, note{verbAssigned, &name}))
}

// stepped gives the facts with one more step in their traces. Steps on the line of the step before are dropped when
// the trace is shown.
func (f *frame) stepped(fs []*Fact, kind provKind, in *ir.Instr, n note) []*Fact {
	out := make([]*Fact, len(fs))
	for i, fact := range fs {
		g := *fact
		g.prov = noteStep(fact.prov, kind, f.fn, in.Span, n)
		out[i] = &g
	}
	return out
}

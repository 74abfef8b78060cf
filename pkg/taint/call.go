package taint

import (
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
	"github.com/pickletrace/pickletrace/pkg/rule"
)

// callGraph is who was seen to call whom.
type callGraph struct {
	callers   map[*program.Fn]map[*program.Fn]bool
	openBy    openCalls
	called    map[*program.Fn]callees              // kept for Calls alone; nil: not kept
	calleesBy map[*program.Fn]map[*program.Fn]bool // callers, the other way round; see probedInside
}

func (f *frame) call(in *ir.Instr, st *state) *Value {
	callee := f.reg(in.A)
	args := make([]arg, 0, in.C)
	for _, a := range f.fn.Body().Args[in.B : in.B+in.C] {
		x := arg{val: f.reg(a.Val)}
		switch a.Kind {
		case ir.KeywordArg:
			x.name = f.str(a.Name)
			f.setting(rule.InKeyword, x.name, a.Val, in, st)
		case ir.StarArg:
			x.star = 1
		case ir.DoubleStarArg:
			x.star = 2
		}
		args = append(args, x)
	}
	return f.callRefs(callee, f.expand(args, st), in, st)
}

// expand spreads *args and **kwargs whose shape is known.
func (f *frame) expand(args []arg, st *state) []arg {
	if !slices.ContainsFunc(args, func(a arg) bool { return a.star != 0 }) {
		return args
	}
	var out []arg
	for _, a := range args {
		if a.star == 0 || a.val == nil || a.val.sym == noSym {
			out = append(out, a)
			continue
		}
		spread := f.spread(a, st)
		out = append(out, spread...)
		if _, more := f.heapGet(st, a.val.sym, "[*]"); !a.val.shape || more && a.star == 1 {
			out = append(out, a)
		}
	}
	return out
}

// spread gives what is known of the elements of *val or **val. Of several containers that it may be, each has a say.
func (f *frame) spread(a arg, st *state) []arg {
	var out []arg
	seen := map[string]bool{}
	for _, obj := range f.parts(a.val.sym) {
		for _, k := range f.keys(st, obj) {
			x, _ := f.lookup(st, k.obj, k.seg)
			key := strings.TrimSuffix(strings.TrimPrefix(k.seg, "["), "]")
			if x == nil || !strings.HasPrefix(k.seg, "[") || key == "*" || seen[key] {
				continue
			}
			seen[key] = true
			if a.star == 2 {
				x, sure := f.inAll(a.val.sym, k.seg, st)
				out = append(out, arg{name: key, val: x.stored(), optional: !sure || x != nil && x.sometimes})
			}
		}
	}
	if a.star == 1 {
		for i := 0; i < 16 && seen[itoa(i)]; i++ {
			x, _ := f.heapGet(st, a.val.sym, "["+itoa(i)+"]")
			out = append(out, arg{val: x})
		}
	}
	return out
}

// inAll gives an element of a container that may be one of several, and whether all of them have it.
func (f *frame) inAll(obj sym, seg string, st *state) (v *Value, all bool) {
	all = true
	found := false
	for _, n := range f.parts(obj) {
		x, ok := f.lookup(st, n, seg)
		switch {
		case !ok || x == nil:
			op := f.ev.syms.info[n].op
			all = all && (op == symPhi || op == symSame)
		case found:
			v = f.ev.joinValues(v, x)
		default:
			v, found = x, true
		}
	}
	return v, all
}

// callRefs calls whatever the callee may be and joins the results.
func (f *frame) callRefs(callee *Value, args []arg, in *ir.Instr, st *state) *Value {
	saveI, saveS := f.curInstr, f.cur
	f.curInstr, f.cur = in, st
	f.atWork++
	defer func() { f.curInstr, f.cur, f.atWork = saveI, saveS, f.atWork-1 }()
	f.noteCallees(callee, in)
	if callee == nil || len(callee.refs) == 0 || !f.ev.within(limitNested, f.atWork) { // a property that reads itself goes on and on
		return f.callUnknown(callee, args, st)
	}
	callee = f.withHeirs(callee)
	f.chooses(callee, in)
	var out *Value
	any := false
	var ext []*Ref
	var ways []*state // one for each thing that may be called, if there are several
	for i := range callee.refs {
		r := &callee.refs[i]
		if r.kind == refExt {
			ext = append(ext, r)
			continue
		}
		way := st
		if len(callee.refs) > 1 || callee.open {
			way = st.branch()
		}
		v, ok := f.callRef(r, callee, args, in, way)
		if !ok {
			continue
		}
		if way != st {
			ways = append(ways, way)
		}
		if any {
			v = f.ev.joinValues(out, v)
		}
		out, any = v, true
	}
	if len(ways) > 0 && callee.open {
		ways = append(ways, st.branch()) // or something unknown, which comes back
	}
	if len(ext) > 0 && len(ways) > 0 {
		way := st.branch()
		v := f.callExternal(ext, args, in, way)
		out, ways, ext = f.ev.joinValues(out, v), append(ways, way), nil
	}
	if len(ways) > 0 {
		f.ev.join(st, ways...)
	}
	if len(ext) > 0 {
		v := f.callExternal(ext, args, in, st)
		if any {
			v = f.ev.joinValues(out, v)
		}
		out, any = v, true
	}
	if !any {
		return f.callUnknown(callee, args, st)
	}
	return out
}

func (f *frame) callRef(r *Ref, callee *Value, args []arg, in *ir.Instr, st *state) (*Value, bool) {
	switch r.kind {
	case refFunc:
		v := f.callFunc(r, args, in, st)
		for _, o := range f.dispatched(r.fn, args) {
			v = f.ev.joinValues(v, f.callFunc(&Ref{kind: refFunc, fn: o, self: r.self}, args, in, st))
		}
		f.contract(r, args, in, st)
		return v, true
	case refClass:
		return f.construct(r.cls, args, in, st), true
	case refPartial:
		if r.name == recordRef {
			return f.makeRecord(r, args, st), true
		}
		all := slices.Clone(r.bound().args)
		for _, a := range args {
			if a.name != "" {
				all = slices.DeleteFunc(all, func(b arg) bool { return b.name == a.name })
			}
			all = append(all, a)
		}
		// Positional arguments come before keywords whatever their order in the list.
		return f.callRefs(r.self, all, in, st), true
	case refInst:
		if m := r.cls.Method("__call__"); m != nil {
			v := f.classMember(r.cls, "__call__", callee, true)
			return f.callRefs(v, args, in, st), true
		}
		if m := f.instanceCall(r.cls); m != nil {
			return f.callRefs(f.boundMethod(m, callee, true), args, in, st), true
		}
		return f.callMember(r, callee, args, in, st)
	case refExtInst:
		if strings.HasPrefix(r.name, "collections.") && strings.HasSuffix(r.name, "[]") {
			return nil, false // an element of a plain container may be anything
		}
		return f.callExternal([]*Ref{{kind: refExt, name: r.name + ".__call__", self: callee}}, args, in, st), true
	}
	return nil, false
}

// instanceCall gives the method that a library base of the class calls when an object of it is called, nil if there is none. The
// names of such methods are telling enough to be followed for any class below one of a library.
func (f *frame) instanceCall(c *program.Class) *program.Fn {
	if len(c.External()) == 0 {
		return nil
	}
	for _, name := range f.ev.pack.InstanceCalls {
		if m := c.Method(name); m != nil {
			return m
		}
	}
	return nil
}

// callUnknown is a call of something we know nothing of: what goes in may come out.
func (f *frame) callUnknown(callee *Value, args []arg, st *state) *Value {
	f.sum.calls |= f.ev.depsOf(callee) | f.ev.elementDeps(callee.symbol(), 0)
	vs := make([]*Value, 0, len(args)+1)
	for _, a := range args {
		vs = append(vs, a.val)
	}
	f.ev.stats.UnknownCalls++
	f.wantElement(callee)
	if callee != nil && len(callee.facts) > 0 { // a function that somebody else sent, or gave: what it gives is theirs
		vs = append(vs, callee)
	}
	v := f.blend(vs, st, ViaUnknown)
	v.clean = false
	if f.curInstr != nil {
		v.sym = f.site(f.curInstr)
	}
	return v
}

// ---- calls of functions of the tree --------------------------------------------------------------------------------

// callFunc applies the summary of a function.
func (f *frame) callFunc(r *Ref, args []arg, in *ir.Instr, st *state) *Value {
	fn := r.fn
	if r.self != nil && isMethod(fn) {
		args = append([]arg{{val: r.self}}, args...)
	}
	actuals := f.bind(fn, args, st)
	env := r.bound().env
	for i, fr := range fn.Frees() {
		switch {
		case int(fr.Func) == f.fn.Index && fn.Mod == f.fn.Mod:
			actuals = append(actuals, st.locals.get(int(fr.Slot)))
		case i < len(env):
			actuals = append(actuals, env[i])
		default:
			actuals = append(actuals, f.outer(fn, fr, st))
		}
	}
	if !f.followWith(fn, actuals, st) {
		f.ev.noteCaller(fn, f.fn)
		f.ev.noteOpenCall(fn, f)
		return f.ev.declaredResult(fn, f.callUnknown(nil, args, st))
	}
	if isAbstract(fn) {
		return f.ev.declaredResult(fn, f.callUnknown(nil, args, st))
	}
	if f.ev.probing == fn {
		f.noteEntry(fn, actuals, st)
		f.ev.probing = nil
		defer func() { f.ev.probing = fn }()
	}
	f.ev.noteCaller(fn, f.fn)
	f.hear(fn, actuals)
	s := f.ev.topSummary(fn)
	top := s
	f.sum.calls |= f.passedDeps(s.calls, actuals)
	f.sum.skips |= f.passedDeps(s.skips, actuals)
	f.sum.methods |= f.passedDeps(s.methods, actuals)
	matter := s.calls | f.ofObjects(s.methods, actuals, st)
	if s.touches > 0 {
		matter |= s.matter
		f.sum.matter |= f.passedDeps(s.matter, actuals)
		f.sum.flags |= f.passedDeps(s.flags, actuals)
	}
	if matter != 0 {
		if sd := f.seeds(s, matter, actuals, st); sd.key != "" {
			sd = f.ev.admitted(fn, sd)
			t := f.ev.summarize(fn, sd.key, sd)
			f.feedSafe(s, t, actuals)
			s = t
		}
	}
	if s == top {
		f.ev.noteOpenCall(fn, f)
	}
	before := st.valid
	out := f.onlyOne(fn, f.apply(s, actuals, in, st), st)
	if fn.IsAsync && !fn.Body().IsGen {
		out = f.coroutine(out, before, st)
	}
	return f.ev.declaredResult(fn, out)
}

func (g *callGraph) noteCaller(fn, caller *program.Fn) {
	m := g.callers[fn]
	if m == nil {
		m = map[*program.Fn]bool{}
		g.callers[fn] = m
	}
	m[caller] = true
}

// ofObjects keeps of some inputs those for which objects are passed of which it is known what they are, or lists of such.
func (f *frame) ofObjects(d deps, actuals []*Value, st *state) deps {
	var out deps
	for i, v := range actuals {
		if self, items := d.has(i); v == nil || !self && !items {
			continue
		}
		if slices.ContainsFunc(v.refs, func(r Ref) bool { return r.kind != refConst }) || v.shape && len(f.callables(v, st, 1)) > 0 {
			out |= d & (1<<i | 1<<(32+i))
		}
	}
	return out
}

// passedDeps gives our own inputs that are passed for those of the callee.
func (f *frame) passedDeps(d deps, actuals []*Value) deps {
	var out deps
	for i, v := range actuals {
		if self, items := d.has(i); self || items {
			out |= f.ev.depsOf(v)
		}
	}
	return out
}

// feedSafe notes the open sinks of the top summary that this call's context closes: the call passes something safe.
//
// Only sinks in the function itself count: one further down may be closed just because another method is called here.
// Nor does an argument that is None: it says nothing of what others pass.
func (f *frame) feedSafe(top, ctx *summary, actuals []*Value) {
	for _, p := range top.sinks {
		if i := p.fact.org.input; p.depth > 0 || i < len(actuals) && isNone(actuals[i]) {
			continue
		}
		if !slices.ContainsFunc(ctx.sinks, func(q *pending) bool { return q.site == p.site && q.fact.org == p.fact.org }) {
			f.say(remark{p: p, as: isFed, by: feedKey{top.fn, p.fact.org}, fed: fedClean})
		}
	}
}

// outer reads a free variable of a sibling closure through our own inputs.
func (f *frame) outer(fn *program.Fn, fr program.Free, st *state) *Value {
	if fn.Mod != f.fn.Mod {
		return nil
	}
	for i, own := range f.frees {
		if own == fr {
			return f.inputs[len(f.fn.Params)+i]
		}
	}
	return nil
}

// bind matches arguments to parameters; nil where nothing is passed and the default is not a literal.
func (f *frame) bind(fn *program.Fn, args []arg, st *state) []*Value {
	out := make([]*Value, len(fn.Params))
	given := make([]bool, len(fn.Params))
	pos, varPos, varKw := 0, -1, -1
	for i, p := range fn.Params {
		switch p.Kind {
		case ir.VarPos:
			varPos = i
		case ir.VarKw:
			varKw = i
		}
	}
	var rest, kw []arg
	var spill []*Value // *args and **kwargs of unknown shape: may be any parameter
	for _, a := range args {
		switch {
		case a.star != 0:
			spill = append(spill, f.element(a.val, st))
		case a.name == "":
			for pos < len(fn.Params) && fn.Params[pos].Kind > ir.PosOrKw {
				pos = len(fn.Params)
			}
			if pos < len(fn.Params) {
				out[pos], given[pos] = orUnknown(a.val), true
				pos++
			} else {
				rest = append(rest, a)
			}
		default:
			i := slices.IndexFunc(fn.Params, func(p ir.Param) bool {
				return p.Name == a.name && p.Kind != ir.PosOnly && p.Kind != ir.VarPos && p.Kind != ir.VarKw
			})
			switch {
			case i < 0:
				if a.optional {
					a.val = a.val.maybe()
				}
				kw = append(kw, a)
			case a.optional:
				out[i], given[i] = f.ev.joinValues(orUnknown(a.val), f.omitted(fn, i)), true
			default:
				out[i], given[i] = orUnknown(a.val), true
			}
		}
	}
	f.bindMissing(fn, out, given, spill)
	if varPos >= 0 {
		out[varPos] = f.pack(rest, spill, false, st, varPos)
	}
	if varKw >= 0 {
		out[varKw] = f.pack(kw, spill, true, st, varKw)
	}
	return out
}

// bindMissing fills parameters that got no argument: with what may be in an unknown splat, or the default.
func (f *frame) bindMissing(fn *program.Fn, out []*Value, given []bool, spill []*Value) {
	for i, p := range fn.Params {
		if given[i] || p.Kind == ir.VarPos || p.Kind == ir.VarKw {
			continue
		}
		out[i] = f.omitted(fn, i)
		for _, s := range spill {
			if s != nil && len(s.facts) > 0 {
				if out[i] == nil {
					out[i] = s
				} else {
					w := *out[i]
					w.facts, w.clean = addFacts(w.facts, s.facts), false
					out[i] = &w
				}
			}
		}
	}
}

// omitted gives the value of a parameter that gets no argument; nil if it must have one.
func (f *frame) omitted(fn *program.Fn, i int) *Value {
	switch p := &fn.Params[i]; {
	case p.Default != nil:
		return f.constant(p.Default)
	case p.HasDefault:
		return f.ev.defaultOf(fn, i)
	}
	return nil
}

// defaultOf gives the value of a default that is not a literal, computed where the function is defined.
func (ev *eval) defaultOf(fn *program.Fn, i int) *Value {
	if ev.defaults[fn] == nil && fn.Parent >= 0 {
		ev.topSummary(fn.Mod.Fns[fn.Parent])
	}
	if v := ev.defaults[fn][fn.Params[i].Name]; v != nil {
		return v
	}
	return &Value{clean: true, open: true}
}

// pack makes the tuple or dict a variadic parameter receives.
func (f *frame) pack(args []arg, spill []*Value, named bool, st *state, n int) *Value {
	v := &Value{shape: len(spill) == 0, clean: true, open: true, sym: f.ev.syms.of(symOpaque, f.callSym(), sym(n), "variadic")}
	f.clearHeap(st, v.sym)
	for i, a := range args {
		seg := "[" + itoa(i) + "]"
		if named {
			seg = "[" + a.name + "]"
		}
		st.set(heapKey{v.sym, seg}, orUnknown(a.val))
		v.clean = v.clean && a.val.isClean()
	}
	for _, s := range spill {
		if s != nil {
			f.weakStore(st, heapKey{v.sym, "[*]"}, s)
			v.clean = false
		}
	}
	return v
}

func (f *frame) callSym() sym {
	if f.curInstr == nil || f.curInstr.Dst < 0 {
		return f.ev.syms.of(symSite, sym(f.ev.fnID(f.fn)), -2, "")
	}
	return f.site(f.curInstr)
}

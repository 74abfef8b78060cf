package taint

import (
	"slices"
	"strconv"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/rule"
)

// What is known at a call: the facts that conditions of rules ask for.

// callFacts is what is known at one call; it implements rule.Facts.
type callFacts struct {
	call   *extCall
	sink   *rule.Sink
	source string
	args   map[string]rule.ArgFact
	suffix []string
	made   map[string]rule.Decision
	mends  map[string]uint64 // by source: the fixes of the sink, by their numbers, that would make the call safe
}

// facts collects what conditions may ask. sink may be nil.
func (c *extCall) facts(s *rule.Sink, input *Value) *callFacts {
	cf := &callFacts{call: c, sink: s, args: map[string]rule.ArgFact{}, made: map[string]rule.Decision{}}
	cf.suffix = c.f.suffixes(input, c.st)
	if s != nil {
		cf.decideAll(c.f.ev.pack)
	}
	return cf
}

// decideAll decides for every kind of source a flow may have, so that the call itself need not be kept.
func (cf *callFacts) decideAll(pack *rule.Pack) {
	cf.decide("")
	if cf.sink.AsksSource() {
		for _, k := range pack.Kinds {
			cf.decide(k.ID)
		}
	}
	if len(cf.sink.Fixes) > 0 {
		cf.mendAll(pack)
	}
	cf.call = nil
}

// mendAll asks of the sink's fixes whether they would make the call safe, for every kind of source.
func (cf *callFacts) mendAll(pack *rule.Pack) {
	cf.mends = map[string]uint64{}
	kinds := []string{""}
	if cf.sink.AsksSource() {
		for _, k := range pack.Kinds {
			kinds = append(kinds, k.ID)
		}
	}
	for _, cf.source = range kinds {
		for i, fix := range cf.sink.Fixes {
			if fix.Mends(pack, cf.sink, cf) {
				cf.mends[cf.source] |= 1 << i
			}
		}
	}
}

// mending gives the fixes that would make the call safe for data of a kind.
func (cf *callFacts) mending(kind string) uint64 {
	if cf == nil || cf.sink == nil {
		return 0
	}
	if !cf.sink.AsksSource() {
		kind = ""
	}
	return cf.mends[kind]
}

func (cf *callFacts) decide(source string) rule.Decision {
	if cf.call == nil && !cf.sink.AsksSource() {
		source = ""
	}
	if d, ok := cf.made[source]; ok {
		return d
	}
	cf.source = source
	d := cf.sink.Decide(cf)
	cf.made[source] = d
	return d
}

func (cf *callFacts) caseKey() string {
	d := cf.decide("")
	if d.Case == nil {
		return ""
	}
	return d.Case.As + itoa(d.Lower) + d.Case.Note
}

// Arg implements rule.Facts.
func (cf *callFacts) Arg(name string) rule.ArgFact {
	if a, ok := cf.args[name]; ok {
		return a
	}
	a := cf.look(name)
	cf.args[name] = a
	return a
}

func (cf *callFacts) look(name string) rule.ArgFact {
	c := cf.call
	var v *Value
	var ok bool
	switch {
	case name == "picked" && cf.sink != nil && len(cf.sink.Picks) > 0:
		v, ok = c.f.ev.boolean(c.picked(cf.sink)), true
	case name == "flat" && cf.sink != nil && len(cf.sink.Picks) > 0:
		v, ok = c.f.ev.boolean(c.flat(cf.sink)), true
	case name == "receiver":
		v, ok = c.self, c.self != nil
	case strings.HasPrefix(name, "receiver."):
		if c.self != nil {
			if v, ok = c.f.heapGet(c.st, c.self.sym, name[len("receiver"):]); !ok {
				v = c.f.fieldPart(c.self, name[len("receiver"):])
				ok = v != nil
			}
			if cf.sink == nil && ok && len(c.f.frees) > 0 { // what the function around knows is not worth a context
				w := *v
				w.deps, w.sym = 0, noSym
				v = &w
			}
		}
	case name != "" && name[0] >= '0' && name[0] <= '9':
		n, _ := strconv.Atoi(name)
		v, ok = c.arg([]int{n}, nil)
		if !ok && cf.sink != nil && slices.Contains(cf.sink.Input.Positions, n) {
			v, ok = c.arg(nil, cf.sink.Input.Names)
		}
	default:
		var pos []int
		if cf.sink != nil {
			if p, has := cf.sink.Args[name]; has {
				pos = []int{p}
			}
		}
		v, ok = c.arg(pos, []string{name})
	}
	if !ok {
		if c.hiddenIn(name) {
			return rule.ArgFact{State: rule.Unknown}
		}
		return rule.ArgFact{State: rule.Absent}
	}
	a := c.f.fitting(c.f.argFact(v), v, c.st)
	if cf.sink != nil && len(a.Kinds) == 0 && c.f.sameInput(v, c.slot(cf.sink.Input)) {
		a.Kinds = []string{inputKind}
	}
	if v != nil && v.open && cf.sink != nil && cf.sink.AsksTruth(name) {
		c.f.sum.flags |= c.f.ev.depsOf(v)
	}
	if c.optional(name) && a.State != rule.Absent {
		if len(a.Alts) == 0 {
			a.Alts = []rule.ArgFact{a}
		}
		a.State, a.Alts = rule.Unknown, append(slices.Clip(a.Alts), rule.ArgFact{State: rule.Absent})
		return a
	}
	if a.State == rule.Unknown && v != nil && v.shape {
		a.State = rule.Container
		a.All = c.f.elements(v, c.st, "", maxElementDepth, &a.Elements)
	}
	return a
}

// inputKind stands for data of an input: of whatever kind that is, it is of the kind of what the sink reads.
const inputKind = "\x01input"

// sameInput says whether an argument is made of the very input that a sink reads: types that the file itself asks for.
func (f *frame) sameInput(v, read *Value) bool {
	return v != read && slices.ContainsFunc(v.getFacts(), func(x *Fact) bool {
		return x.org.kind == originInput && slices.ContainsFunc(read.getFacts(), func(y *Fact) bool { return y.org == x.org })
	})
}

// optional says whether an argument is passed on some ways to the call only.
func (c *extCall) optional(name string) bool {
	return slices.ContainsFunc(c.args, func(a arg) bool { return a.optional && a.name == name })
}

// hiddenIn says whether an argument that is not written may be in a ** argument. The function's own **kwargs of an
// unknown caller is taken to be empty: callers that fill it are interpreted in a context of their own.
func (c *extCall) hiddenIn(name string) bool {
	for _, a := range c.args {
		if a.star != 2 {
			continue
		}
		if a.val != nil && a.val.sym != noSym {
			if i := c.f.ev.syms.inputOf(a.val.sym); i >= 0 && i < len(c.f.fn.Params) && c.f.fn.Params[i].Kind == ir.VarKw {
				c.f.sum.matter |= 1 << (32 + min(i, 31))
				c.f.sum.flags |= 1 << (32 + min(i, 31))
				continue
			}
			c.f.sum.matter |= c.f.ev.depsOf(a.val)
			c.f.sum.flags |= c.f.ev.depsOf(a.val)
		}
		return true
	}
	return false
}

func (f *frame) argFact(v *Value) rule.ArgFact {
	f.sum.matter |= f.ev.depsOf(v)
	out := rule.ArgFact{State: rule.Unknown, Decided: sways(v)}
	if out.Decided && v.assumed != "" {
		return out // the default is not what counts
	}
	for _, fact := range v.getFacts() {
		if fact.org.kind == originSource && !slices.Contains(out.Kinds, fact.org.what.ID) {
			out.Kinds = append(out.Kinds, fact.org.what.ID)
		}
	}
	if begin, _ := v.ends(); f.surelyBegins(v) {
		out.Prefix = begin
	}
	if c, ok := v.konst(); ok && !strings.Contains(c.name, hole) {
		out.State, out.Const, out.IsStr = rule.Known, c.name, c.lit == ir.Str || c.lit == ir.Bytes
		return out
	}
	if v == nil || len(v.refs) == 0 || (v.open && v.assumed == "") {
		return out
	}
	if len(v.refs) > 1 {
		for i := range v.refs {
			out.Alts = append(out.Alts, f.argFact(&Value{refs: v.refs[i : i+1]}))
		}
		return out
	}
	switch r := &v.refs[0]; r.kind {
	case refExt, refExtInst:
		out.State, out.Class = rule.KnownClass, f.ev.pack.Canonical(r.name)
	case refClass, refInst:
		out.State, out.Class = rule.KnownClass, r.cls.QualName()
		out.Bases = f.ev.bases(r)
	case refFunc:
		out.State, out.Class = rule.KnownClass, r.fn.QualName()
	case refMod:
		out.State, out.Class = rule.KnownClass, r.mod.Name
		if f.ev.restricts(r) {
			out.Bases = []string{restrictedBase}
		}
	}
	return out
}

// surelyBegins says whether what is known of the beginning of a text holds on all ways here: not if it may be data of which
// nothing is known, too.
func (f *frame) surelyBegins(v *Value) bool {
	return v != nil && len(v.refs) == 1 && (!v.open || strings.Contains(v.refs[0].name, hole) && f.ev.syms.info[v.sym].op != symPhi)
}

// Bases that rules may ask for beside names of libraries.
const (
	restrictedBase = "restricted" // of restricted unpicklers, and of what stands in for their module
	loosenedBase   = "loosened"   // of safe loaders to which something was added that is not
	pinnedBase     = "pinned"     // of paths that a source gives whose conditions say that it is none: a pinned download
)

// bases gives the names of what a class derives from, as far as it still is what its base promises.
func (ev *eval) bases(r *Ref) []string {
	var out []string
	for _, k := range r.cls.MRO() {
		out = append(out, k.QualName())
	}
	for _, e := range r.cls.External() {
		name := ev.pack.Canonical(e)
		if !slices.ContainsFunc(ev.pack.ClassesFor(name), func(cr *rule.ClassRule) bool {
			return len(cr.SafeUnlessCalls) > 0 && ev.builds(r.cls, cr)
		}) {
			out = append(out, name)
		} else {
			out = append(out, loosenedBase)
		}
	}
	if ev.restricts(r) {
		out = append(out, restrictedBase)
	}
	return out
}

const (
	maxElements     = 64
	maxElementDepth = 4
)

// elements adds the constants in a container, at any depth, and says whether that is all there is.
func (f *frame) elements(v *Value, st *state, key string, depth int, out *[]string) bool {
	if v != nil && len(v.refs) > 0 && !slices.ContainsFunc(v.refs, func(r Ref) bool { return r.kind != refConst }) {
		for i := range v.refs { // one of these, where several are joined
			if strings.Contains(v.refs[i].name, hole) {
				return false
			}
			if len(*out) < maxElements {
				*out = append(*out, key+v.refs[i].name)
			}
		}
		return len(*out) < maxElements && !v.open
	}
	if v != nil && len(v.refs) > 0 && !v.open && !slices.ContainsFunc(v.refs, func(r Ref) bool { return r.kind != refExt && r.kind != refClass && r.kind != refFunc }) {
		for i := range v.refs { // functions and classes, by name
			switch r := &v.refs[i]; r.kind {
			case refExt:
				*out = append(*out, key+f.ev.pack.Canonical(r.name))
			case refClass:
				*out = append(*out, key+r.cls.QualName())
			default:
				*out = append(*out, key+r.fn.QualName())
			}
		}
		return len(*out) < maxElements
	}
	if v == nil || !v.shape || depth == 0 {
		return false
	}
	all := true
	for _, obj := range f.parts(v.sym) {
		for _, k := range f.keys(st, obj) {
			name, ok := strings.CutPrefix(k.seg, "[")
			if !ok {
				continue
			}
			name = strings.TrimSuffix(name, "]")
			if _, err := strconv.Atoi(name); err == nil || name == "*" {
				name = ""
			} else {
				name += ": "
			}
			x, _ := f.lookup(st, k.obj, k.seg)
			all = f.elements(x, st, name, depth-1, out) && all
		}
	}
	return all
}

// Lib implements rule.Facts.
func (cf *callFacts) Lib(lib, spec string) (rule.Tri, bool) {
	f := cf.call.f
	if f.ev.opts.Versions == nil {
		return rule.Maybe, false
	}
	return f.ev.opts.Versions(f.fn.Mod.Path, lib, spec)
}

// Env implements rule.Facts.
func (cf *callFacts) Env(name string) rule.ArgFact {
	f := cf.call.f
	values, unknown := f.ev.env.values(name, f.fn.Mod.Path)
	if f.ev.opts.Env != nil {
		values = append(values, f.ev.opts.Env(name, f.fn.Mod.Path)...)
	}
	return EnvFact(values, unknown)
}

// Source implements rule.Facts.
func (cf *callFacts) Source() string { return cf.source }

// Beside implements rule.Facts.
func (cf *callFacts) Beside(name string) bool { return cf.call.f.fn.Mod.Mentions(name) }

// Suffix implements rule.Facts.
func (cf *callFacts) Suffix(suffix string) rule.Tri {
	if len(cf.suffix) == 0 {
		return rule.Maybe
	}
	for _, s := range cf.suffix {
		if strings.HasSuffix(s, suffix) {
			return rule.Yes
		}
	}
	return rule.No
}

// suffixes gives what is known of how a path ends: its text, the literal tail it was built with, or a test passed.
func (f *frame) suffixes(v *Value, st *state) []string {
	if v == nil {
		return nil
	}
	f.sum.matter |= f.ev.depsOf(v)
	var out []string
	for i := range v.refs {
		if r := &v.refs[i]; r.kind == refConst && r.lit == ir.Str && v.assumed == "" {
			_, end, open := strings.Cut(r.name, hole)
			if !open {
				end = r.name
			}
			if end != "" {
				out = append(out, end)
			}
		}
	}
	if v.sym != noSym {
		for _, o := range f.ev.syms.origins(v.sym) {
			if x, ok := st.get(heapKey{o, "suffix"}); ok && x != nil {
				if s, ok := x.strKonst(); ok {
					out = append(out, s)
				}
			}
			if in := f.ev.syms.info[o]; in.op == symConst {
				out = append(out, in.s)
			}
		}
	}
	return out
}

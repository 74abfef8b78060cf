package taint

import (
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
)

// Generic functions: which implementation a call means, the type of its first argument decides.
//
//	@functools.singledispatch
//	def revive(x): ...
//	@revive.register
//	def _(x: bytes): ...

// implementations gives the functions that are registered with a generic one.
func (ev *eval) implementations(fn *program.Fn) []*program.Fn {
	if !hasDecorator(fn, "singledispatch", "singledispatchmethod") {
		return nil
	}
	var out []*program.Fn
	for _, o := range fn.Mod.Fns {
		if o != fn && o.Parent == fn.Parent && slices.ContainsFunc(o.Decorators, func(d ir.Decorator) bool { return d.Path == fn.Name+".register" }) {
			out = append(out, o)
		}
	}
	return out
}

// dispatched gives the functions registered with a generic one that a call with these arguments may mean.
func (f *frame) dispatched(fn *program.Fn, args []arg) []*program.Fn {
	out := f.ev.implementations(fn)
	if len(out) == 0 || len(args) == 0 || args[0].star != 0 {
		return out
	}
	return slices.DeleteFunc(out, func(o *program.Fn) bool {
		types := f.ev.registeredFor(o, fn.Name)
		return len(types) > 0 && !slices.ContainsFunc(types, func(t typeName) bool { return f.mayBeOf(args[0].val, t) })
	})
}

// A typeName is a type for which an implementation is registered: a class of the tree, or the name of another.
type typeName struct {
	cls  *program.Class
	name string
}

// registeredFor gives the types that an implementation is registered for: @revive.register(bytes), or by its annotation.
func (ev *eval) registeredFor(fn *program.Fn, generic string) []typeName {
	var out []typeName
	add := func(e *ir.Expr) {
		for _, x := range alternatives(e) {
			out = append(out, typeName{ev.chainTarget(fn.Mod.Fns[fn.Parent], x.Path).Class, x.Path})
		}
	}
	for i := range fn.Decorators {
		if d := &fn.Decorators[i]; d.Path == generic+".register" {
			for j := range d.Args {
				add(&d.Args[j])
			}
		}
	}
	first := 0
	if isMethod(fn) {
		first = 1
	}
	if len(out) == 0 && first < len(fn.Params) && fn.Params[first].Annotation != nil {
		add(fn.Params[first].Annotation)
	}
	return out
}

// alternatives gives the types of a union.
func alternatives(e *ir.Expr) []*ir.Expr {
	if e.Path != "|" && !strings.HasSuffix(e.Path, "Union") {
		return []*ir.Expr{e}
	}
	var out []*ir.Expr
	for i := range e.Args {
		out = append(out, alternatives(&e.Args[i])...)
	}
	return out
}

// mayBeOf reports whether a value may be of a type.
func (f *frame) mayBeOf(v *Value, t typeName) bool {
	if !plainTypes[t.name] || t.name == "object" || t.name == "Any" {
		object := func(r Ref) bool { return r.kind == refInst }
		if t.cls != nil && v != nil && (len(sourceFacts(v.facts, 0)) > 0 || f.textType(v) != "") && !slices.ContainsFunc(v.refs, object) {
			return false // what comes from outside is no object of a class of the tree
		}
		if t.cls == nil || v == nil || v.open || len(v.refs) == 0 {
			return true
		}
		return slices.ContainsFunc(v.refs, func(r Ref) bool {
			return r.kind != refConst && (r.kind != refInst || slices.Contains(r.cls.MRO(), t.cls))
		})
	}
	if v != nil && !v.open && len(v.refs) > 0 && !slices.ContainsFunc(v.refs, func(r Ref) bool { return r.kind != refInst }) {
		return false
	}
	name := f.textType(v)
	return name == "" || name == t.name || name == "json" && t.name != "bytes"
}

// textType gives "str" or "bytes" for a value that surely is text, or surely is bytes, by what made it, "json" for what was read
// of a JSON document; else "".
func (f *frame) textType(v *Value) string {
	if v == nil {
		return ""
	}
	if k, ok := v.konst(); ok && v.assumed == "" {
		return literalTypes[k.lit]
	}
	in := f.ev.syms.info[v.sym]
	switch in.op {
	case symSame, symVia:
		how, _, _ := strings.Cut(in.s, ",")
		return madeTypes[how]
	case symOpaque:
		return madeTypes[f.ev.syms.info[in.a].s]
	}
	return ""
}

// madeTypes says what methods of texts, and functions that write or read them, give. What is read of JSON is neither.
var madeTypes = map[string]string{"decode": "str", "str": "str", "hex": "str", "hexdigest": "str", "json.dumps": "str", "encode": "bytes", "bytes": "bytes",
	"tobytes": "bytes", "json.loads": "json", "json.load": "json"}

// generic adds the callers of the generic function that a function is registered with.
func (w *worklist) generic(fn *program.Fn) {
	for _, d := range fn.Decorators {
		name, ok := strings.CutSuffix(d.Path, ".register")
		if !ok {
			continue
		}
		for _, o := range fn.Mod.Fns {
			if o.Name == name && o.Parent == fn.Parent && o != fn && len(w.ev.implementations(o)) > 0 {
				w.callers(o)
			}
		}
	}
}

package taint

import (
	"maps"
	"slices"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
	"github.com/pickletrace/pickletrace/pkg/rule"
)

// Functions that libraries call, with some of their arguments given beforehand:
//
//	button.click(partial(adopt, bank), inputs=file)      def adopt(bank, upload): the library gives upload

// A handler is a function of the tree that is handed out to be called.
type handler struct {
	ref   *Ref
	bound []arg
}

// handlers gives the functions that a value may be, behind what is bound to their arguments.
func handlers(v *Value) []handler {
	var out []handler
	for i := range orUnknown(v).refs {
		h := handler{ref: &v.refs[i]}
		for h.ref.kind == refPartial && h.ref.name == "" && h.ref.self != nil && len(h.ref.self.refs) == 1 {
			h.bound = append(slices.Clone(h.ref.bound().args), h.bound...)
			h.ref = &h.ref.self.refs[0]
		}
		if h.ref.kind == refFunc {
			out = append(out, h)
		}
	}
	return out
}

// first gives the first parameter that the library fills by position.
func (h *handler) first() int {
	n := b2i(isMethod(h.ref.fn) && h.ref.self != nil)
	for _, a := range h.bound {
		n += b2i(a.name == "" && a.star == 0)
	}
	return n
}

// given says whether parameter i is given beforehand.
func (h *handler) given(i int) bool {
	name := h.ref.fn.Params[i].Name
	return i < h.first() || slices.ContainsFunc(h.bound, func(a arg) bool { return a.name == name })
}

// methods gives the methods of the objects or classes of the tree that a value may be which a source says are called.
func methodsGiven(v *Value, m *rule.ParamMatch) []handler {
	var out []handler
	for i := range orUnknown(v).refs {
		r := &v.refs[i]
		if r.kind != refInst && r.kind != refClass {
			continue
		}
		for _, k := range r.cls.MRO() {
			for _, name := range slices.Sorted(maps.Keys(k.Methods)) {
				if fn := k.Mod.Fns[k.Methods[name]]; m.Calls(name) && r.cls.Method(name) == fn {
					out = append(out, handler{ref: &Ref{kind: refFunc, fn: fn, self: v}})
				}
			}
		}
	}
	return out
}

// called notes that a function is a callback whose parameters are the source, but for those that are given beforehand
// wherever it is handed out.
func (e *entryPoints) called(v *Value, s *rule.Source) {
	all := handlers(v)
	if s.Param.OfObject() {
		all = methodsGiven(v, s.Param)
	}
	for _, h := range all {
		fn := h.ref.fn
		news := !slices.Contains(e.callback[fn], s)
		if news {
			e.callback[fn] = append(e.callback[fn], s)
		}
		for i := range fn.Params {
			k := fedParam{fn, s, i}
			was, before := e.given[k]
			now := h.given(i) && (was || !before)
			news = news || before && now != was
			e.given[k] = now
		}
		if news {
			delete(e.ev.memo, memoKey{fn, ""})
			e.ev.again = append(e.ev.again, fn)
		}
	}
}

// feeds notes which parameters of a callback are given data that does not count, by each of the calls that it is passed to:
//
//	gr.Interface(train, inputs=[gr.File(), gr.Slider(1, 100)])      the second one is a number
func (c *extCall) feeds(v *Value, s *rule.Source) {
	if s.Param.FedBy.What == rule.NoSlot {
		return
	}
	for _, h := range handlers(v) {
		first := h.first()
		for p := first; p < len(h.ref.fn.Params); p++ {
			if h.ref.fn.Params[p].Kind == ir.KwOnly {
				continue
			}
			k := fedParam{h.ref.fn, s, p}
			all, before := c.f.ev.entries.harmless[k]
			c.f.ev.entries.harmless[k] = (all || !before) && c.harmless(s.Param, c.fedWith(s.Param.FedBy, p-first))
		}
	}
}

// callBound calls functions that are handed out with objects of the tree bound to their arguments as the library will: which
// objects these are is known here alone. What they check does not count, nor does what they raise.
func (c *extCall) callBound(v *Value) {
	for _, h := range handlers(v) {
		for _, a := range h.bound {
			c.f.sum.methods |= c.f.ev.depsOf(a.val) // a caller may know
		}
		if !slices.ContainsFunc(h.bound, func(a arg) bool {
			return a.star == 0 && a.val != nil && slices.ContainsFunc(a.val.refs, func(r Ref) bool { return r.kind == refInst })
		}) {
			continue
		}
		fed := c.f.ev.entries.fed(h.ref.fn)
		fed = fed[min(h.first(), len(fed)):]
		valid, dead := c.st.valid, c.st.dead
		c.f.callRefs(&Value{refs: []Ref{*h.ref}}, append(slices.Clone(h.bound), fed...), c.in, c.st)
		c.st.valid, c.st.dead = valid, dead
	}
}

// throughTakers adds the functions that may hand an object of a method's class to a library which calls such methods.
func (w *worklist) throughTakers(fn *program.Fn) {
	if fn.Owner == nil {
		return
	}
	var words []string
	for _, s := range w.ev.entries.sources {
		if s.Param.OfObject() && s.Param.Calls(fn.Name) {
			words = append(words, s.Param.Words()...)
		}
	}
	if len(words) == 0 {
		return
	}
	files := w.ev.prog.Mentioning(fn.Owner.Name)
	if len(files) > maxMakers {
		return
	}
	for _, m := range files {
		if slices.ContainsFunc(words, m.Mentions) && !m.OnlyInherits(fn.Owner.Name) {
			w.add(m.Users(fn.Owner.Name)...)
		}
	}
}

package taint

import (
	"slices"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
	"github.com/pickletrace/pickletrace/pkg/rule"
)

// Functions defined in a function and handed to a library, which calls them in its own time. What they put into variables and
// containers of the function around them may be there from then on:
//
//	def once():
//	    body = b""
//	    def on_message(client, userdata, message):
//	        nonlocal body
//	        body = message.payload
//	    client.on_message = on_message
//	    ...
//	    return pickle.loads(body)

// A nestedFn is a function defined in the function being interpreted that a library may call at any time.
type nestedFn struct {
	ref Ref
	at  *ir.Instr // where it was handed out
}

// maxNested bounds the nested functions of one function that are called for what libraries may do with them.
const maxNested = 24

// perhapsCalled does what nested functions among the references of a value do to this function, if they are called.
func (f *frame) perhapsCalled(v *Value, in *ir.Instr, st *state) {
	if v == nil {
		return
	}
	for i := range v.refs {
		r := &v.refs[i]
		if r.kind != refFunc || r.fn.Mod != f.fn.Mod || r.fn.Parent != f.fn.Index || f.fn.Index == 0 || r.fn.Owner != nil || len(r.fn.Frees()) == 0 || len(f.nested) >= maxNested {
			continue
		}
		n := nestedFn{*r, in}
		f.nested = append(f.nested, n)
		if f.ev.changesOuter(r.fn) {
			f.callNested(n, st)
		}
	}
}

// callNested calls a nested function as the library will. What it checks does not count, nor does what it raises.
func (f *frame) callNested(n nestedFn, st *state) {
	valid, dead := st.valid, st.dead
	f.callRefs(refValue(n.ref), f.ev.entries.fed(n.ref.fn), n.at, st)
	st.valid, st.dead = valid, dead
}

// callAllNested calls the nested functions that libraries have when this function is left: one may find what another stored,
// whichever was handed out first.
func (f *frame) callAllNested(st *state) {
	if len(f.nested) < 2 || len(f.exits) > 1 || !slices.ContainsFunc(f.nested, func(n nestedFn) bool { return f.ev.changesOuter(n.ref.fn) }) {
		return
	}
	for _, n := range f.nested {
		if f.ev.follow(n.ref.fn) {
			f.callNested(n, st)
		}
	}
}

// changesOuter reports whether a function may change what variables of the function around it hold: it assigns to one, or stores
// something in what one holds.
func (g *given) changesOuter(fn *program.Fn) bool {
	outer := map[ir.Reg]bool{} // holds a variable of the function around, or a part of it
	for in := range fn.Body().Instrs() {
		switch in.Op {
		case ir.StoreFree:
			return true
		case ir.Free:
			outer[in.Dst] = true
		case ir.Index:
			outer[in.Dst] = outer[in.A]
		case ir.Attr:
			if outer[in.Dst] = outer[in.A]; outer[in.A] && g.pack.IsWord(rule.WordChanging, fn.Mod.IR.Strings[in.B]) {
				return true
			}
		case ir.StoreAttr, ir.StoreIndex:
			if outer[in.A] {
				return true
			}
		}
	}
	return false
}

// handedNested does the same for the arguments of a call of which it is not known what it does with functions: it may call those
// that assign to a variable of this function, which is what they are for.
func (c *extCall) handedNested() {
	for _, a := range c.args {
		if a.val != nil && slices.ContainsFunc(a.val.refs, func(r Ref) bool { return r.kind == refFunc && storesFree(r.fn) }) {
			c.f.perhapsCalled(a.val, c.in, c.st)
		}
	}
}

// invokes reports whether rules say which function the call calls.
func (c *extCall) invokes() bool {
	return slices.ContainsFunc(c.roles.Propagators, func(p *rule.Propagator) bool { return p.Invoke != nil })
}

// registered does the same for a nested function that a decorator makes an entry point.
func (f *frame) registered(v *Value, in *ir.Instr, st *state) {
	if v == nil || len(v.refs) != 1 || v.refs[0].kind != refFunc || len(f.ev.entries.of(v.refs[0].fn)) == 0 {
		return
	}
	f.perhapsCalled(v, in, st)
}

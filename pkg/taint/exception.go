package taint

import (
	"cmp"
	"slices"

	"github.com/pickletrace/pickletrace/pkg/ir"
)

// Exceptions carry data to the handler that catches them, out of any number of calls:
//
//	def fetch(url): raise Rejected(requests.get(url).content)
//	try: fetch(url)
//	except Rejected as e: pickle.loads(e.payload)

// maxThrown bounds the exceptions kept of one function or try block.
const maxThrown = 6

// throw notes that an exception which carries data is raised here: the try block around it, or the caller, may catch it.
func (f *frame) throw(v *Value, st *state) {
	if v == nil || len(f.deep(v, st)) == 0 {
		return
	}
	if n := len(f.tries); n > 0 {
		f.tries[n-1].thrown = addThrown(f.tries[n-1].thrown, v)
		return
	}
	if len(f.sum.thrown) == maxThrown || slices.Contains(f.sum.thrown, v) {
		return
	}
	f.sum.thrown = append(f.sum.thrown, v)
	if f.thrown == nil {
		f.thrown = map[sym]segments{}
	}
	f.copyBelow(f.thrown, v.sym, st, 2)
}

func addThrown(out []*Value, v *Value) []*Value {
	if len(out) < maxThrown && !slices.Contains(out, v) {
		out = append(slices.Clip(out), v)
	}
	return out
}

// copyBelow copies what hangs on an object that was made here.
func (f *frame) copyBelow(to map[sym]segments, n sym, st *state, depth int) {
	for _, obj := range f.parts(n) {
		if f.ev.escapes(obj) || to[obj] != nil {
			continue
		}
		for _, k := range st.keysOf(obj) {
			v, _ := st.get(k)
			if v == nil {
				continue
			}
			if to[obj] == nil {
				to[obj] = segments{}
			}
			to[obj][k.seg] = v
			if depth > 0 {
				f.copyBelow(to, v.sym, st, depth-1)
			}
		}
	}
}

// keepThrown adds to a finished summary what hangs on the exceptions that leave the function.
func (f *frame) keepThrown() {
	if f.thrown == nil {
		return
	}
	if f.sum.heap == nil {
		f.sum.heap = map[sym]segments{}
	}
	for obj, segs := range f.thrown {
		if f.sum.heap[obj] == nil {
			f.sum.heap[obj] = segs
			continue
		}
		for seg, v := range segs {
			f.sum.heap[obj][seg] = cmp.Or(f.sum.heap[obj][seg], v)
		}
	}
}

// thrown raises in the caller what the callee may raise.
func (a *applied) thrown() {
	for _, v := range a.s.thrown {
		w := a.value(v)
		a.st.makes(w.sym)
		a.reachable(v.symbol(), 2)
		a.f.throw(w, a.st)
	}
}

// catch returns what a handler binds: the exceptions raised in its try block that it is about, nil if none is known.
func (f *frame) catch(h *ir.Handler, thrown []*Value) (caught *Value, left []*Value) {
	for _, v := range thrown {
		switch {
		case !f.catches(h, v):
			left = append(left, v)
		case caught == nil:
			caught = v
		default:
			caught = f.ev.joinValues(caught, v)
		}
	}
	return caught, left
}

// catches reports whether a handler may catch an exception.
func (f *frame) catches(h *ir.Handler, v *Value) bool {
	if len(h.Types) == 0 || len(v.refs) == 0 {
		return true
	}
	return slices.ContainsFunc(h.Types, func(name string) bool {
		t := f.ev.chainTarget(f.fn, name)
		return t.Ext == "Exception" || t.Ext == "BaseException" || t.Ext == "" && t.Class == nil ||
			slices.ContainsFunc(v.refs, func(r Ref) bool {
				switch {
				case r.kind == refInst && t.Class != nil:
					return slices.Contains(r.cls.MRO(), t.Class)
				case r.kind == refInst:
					return slices.Contains(f.ev.entries.ancestors(r.cls), t.Ext)
				}
				return r.kind != refExtInst || f.ev.pack.Canonical(r.name) == t.Ext
			})
	})
}

package taint

import (
	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
)

// What is sent into a generator is what its yields give:
//
//	def collect():
//	    while True: pickle.loads((yield))
//	c = collect(); c.send(request.data)
//
// It is a static cell of the generator function: whoever sends is found like those who fill a module-level container.

// sentMark begins the name of the place where what is sent to a generator lies.
const sentMark = "sent:"

// sentSym returns the place of what is sent to the generators of a function.
func (d *domain) sentSym(id int) sym { return d.syms.of(symGlobal, 0, 0, sentMark+itoa(id)) }

// received is what a yield gives: what was sent in.
func (f *frame) received(st *state) *Value {
	v, _ := f.lookup(st, f.ev.sentSym(f.ev.fnID(f.fn)), "[*]")
	return v
}

// sent gives a generator of the tree what its method send is called with; it reports whether the receiver is one.
func (c *extCall) sent(x *Value) bool {
	n := c.self.symbol()
	for c.f.ev.syms.info[n].op == symCall {
		n = c.f.ev.syms.info[n].b
	}
	in := c.f.ev.syms.info[n]
	if in.op != symSite || in.s != "yield" {
		return false
	}
	c.f.weakStore(c.st, heapKey{c.f.ev.sentSym(int(in.a)), "[*]"}, c.f.noteStore(x, "send", c.in))
	return true
}

// takesSent reports whether a generator does something with what is sent to it.
func takesSent(fn *program.Fn) bool {
	if !fn.Body().IsGen {
		return false
	}
	used := map[ir.Reg]bool{}
	for _, b := range fn.Body().Blocks {
		for i := range b {
			for r := range fn.Body().Uses(&b[i]) {
				used[r] = true
			}
		}
	}
	for _, b := range fn.Body().Blocks {
		for i := range b {
			if b[i].Op == ir.Yield && used[b[i].Dst] {
				return true
			}
		}
	}
	return false
}

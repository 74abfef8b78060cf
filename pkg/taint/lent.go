package taint

import (
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
)

// Lent containers: what a function puts into a container after it has given it to an object that keeps it, reaches the
// sinks that the object's methods read it into.
//
//	jobs = queue.Queue()
//	Worker(jobs).start()          run: pickle.loads(self.jobs.get())
//	jobs.put(conn.recv(4096))

// A loan says that a sink reads what lies below an object that was lent.
type loan struct {
	to   *pending
	rest string // access path below the object
}

// maxLoans bounds the sinks kept for one lent object.
const maxLoans = 8

// lend notes that a sink behind a field, or in a function that a library calls in its own time, reads what lies below the
// argument of this call. It reports whether that is an
// object of this function's own.
func (a *applied) lend(p *pending) bool {
	if p.fact.feats&ClassField == 0 && !a.f.invoking || p.fact.org.path == "" {
		return false
	}
	f, obj := a.f, a.actual(p.fact.org.input).symbol()
	if obj == noSym || f.ev.syms.inputOf(obj) >= 0 || f.ev.syms.info[obj].op == symConst {
		return false
	}
	if len(f.lent[obj]) >= maxLoans || slices.ContainsFunc(f.lent[obj], func(l loan) bool { return l.to.site == p.site && l.rest == p.fact.org.path[1:] }) {
		return true
	}
	if f.lent == nil {
		f.lent = map[sym][]loan{}
	}
	l := loan{to: p, rest: p.fact.org.path[1:]}
	f.lent[obj] = append(f.lent[obj], l)
	for _, k := range a.st.holding(obj) {
		f.shareLoan(k, l)
	}
	return true
}

// reachLent raises the sinks that read what is stored under seg of the object n, or of what holds it.
func (f *frame) reachLent(n sym, seg string, x *Value, st *state, in *ir.Instr) {
	if len(f.lent) == 0 {
		return
	}
	below := []string{seg}
	for range maxPlaceDepth {
		for _, l := range f.lent[n] {
			fs := &fieldSink{name: f.paramOf(l.to), rest: l.rest, p: l.to}
			if rest, ok := fs.after(below); ok {
				fs.rest = rest
				f.raiseField(fs, &Value{sym: n, open: true}, x, st, in)
			}
		}
		info := f.ev.syms.info[n]
		if info.op != symAttr && info.op != symIndex {
			return
		}
		below, n = append([]string{info.s}, below...), info.a
	}
}

// paramOf names the parameter that a sink hangs on.
func (f *frame) paramOf(p *pending) string {
	o := p.fact.org
	if o.input < len(o.fn.Params) {
		return o.fn.Params[o.input].Name
	}
	return ""
}

// shareLoan notes that a lent object is also held by a field of another: whoever fills it there reaches the same sink.
func (f *frame) shareLoan(k heapKey, l loan) {
	name, ok := strings.CutPrefix(k.seg, ".")
	if !ok {
		return
	}
	for _, c := range f.classesOf(k.obj, 0) {
		f.ev.shared = append(f.ev.shared, &fieldSink{cls: c, name: name, rest: l.rest, p: l.to})
	}
}

// heldLoans notes that the field under k is given an object that was lent before.
func (f *frame) heldLoans(k heapKey, v *Value) {
	if v == nil || len(f.lent) == 0 {
		return
	}
	for _, l := range f.lent[v.sym] {
		f.shareLoan(k, l)
	}
}

// sharedFields returns the field sinks that lent objects brought to other classes, as far as they are new.
func (l *ledger) sharedFields() []*fieldSink {
	var added []*fieldSink
	for _, fs := range l.shared {
		if len(l.fieldSinks[fs.name]) < maxFieldSinks && !l.knowsField(fs.name, fs.p.site, fs.cls, fs.rest) {
			l.fieldSinks[fs.name] = append(l.fieldSinks[fs.name], fs)
			added = append(added, fs)
		}
	}
	l.shared = nil
	return added
}

// knowsField reports whether a sink is known to read what lies below an attribute of a class.
func (l *ledger) knowsField(name string, s *site, c *program.Class, rest string) bool {
	return slices.ContainsFunc(l.fieldSinks[name], func(o *fieldSink) bool { return o.p.site == s && o.cls == c && o.rest == rest })
}

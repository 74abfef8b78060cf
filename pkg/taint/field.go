package taint

import (
	"cmp"
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
)

// A fieldSink says that the content of an attribute reaches a sink in some method of a class, when nothing in the
// tree builds the object and calls the method in one view:
//
//	class Loader:
//	    def __init__(self, path): self.path = path      store: the attribute is a sink here
//	    def run(self): torch.load(self.path)            pending sink of input self, path .path
type fieldSink struct {
	cls  *program.Class
	name string
	rest string // access path below the attribute
	p    *pending
}

// maxFieldDepth is how many calls may lie between reading an attribute and the sink.
const maxFieldDepth = 3

// maxFieldSinks bounds the sinks kept for one attribute name.
const maxFieldSinks = 24

// noteFields turns pending sinks below attributes of self into field sinks. It gives the new ones.
func (l *ledger) noteFields(fn *program.Fn, s *summary) []*fieldSink {
	if fn.Owner == nil || hasDecorator(fn, "staticmethod") {
		return nil
	}
	var added []*fieldSink
	for _, p := range s.sinks {
		if p.fact.org.input != 0 || p.fact.org.path == "" || p.fact.feats&NameMatch != 0 || p.depth > maxFieldDepth {
			continue
		}
		seg, rest, _ := strings.Cut(p.fact.org.path[1:], "\x01")
		if !strings.HasPrefix(seg, ".") {
			continue
		}
		name := seg[1:]
		if len(l.fieldSinks[name]) >= maxFieldSinks || l.knowsField(name, p.site, fn.Owner, rest) {
			continue
		}
		fs := &fieldSink{cls: fn.Owner, name: name, rest: rest, p: p}
		l.fieldSinks[name] = append(l.fieldSinks[name], fs)
		added = append(added, fs)
	}
	return added
}

// reachField raises the sinks of an attribute when something is stored in it.
func (f *frame) reachField(obj *Value, name string, v *Value, st *state, in *ir.Instr) {
	sinks := f.ev.fieldSinks[name]
	if len(sinks) == 0 || in == nil || f.stays(obj) {
		return
	}
	for i := range obj.refs {
		r := &obj.refs[i]
		if r.kind != refInst && r.kind != refClass {
			continue
		}
		for _, fs := range sinks {
			if related(r.cls, fs.cls) {
				f.raiseField(fs, obj, v, st, in)
			}
		}
	}
}

// related says whether one class is an ancestor of the other.
func related(a, b *program.Class) bool {
	return slices.Contains(a.MRO(), b) || slices.Contains(b.MRO(), a)
}

// raiseField raises one sink of an attribute of obj in which v is stored.
func (f *frame) raiseField(fs *fieldSink, obj, v *Value, st *state, in *ir.Instr) {
	f.sum.touches = maxTouch
	a := &applied{f: f, s: &summary{fn: fs.p.fact.org.fn}, actuals: []*Value{v}, in: in, st: st}
	path := ""
	if fs.rest != "" {
		path = "\x01" + fs.rest
	}
	facts, _ := a.input(&Origin{input: 0, path: path}, fs.p.content())
	g := f.guarded(v.symbol(), st)
	a.actuals = []*Value{obj}
	trust, trusted := a.trust(fs.p.trust)
	checked := g != nil && g.weak == "" && len(g.trust) == 0 || len(fs.p.trust) > 0 && trusted && len(trust) == 0
	if checked || len(facts) == 0 && v.isClean() {
		f.feed(fs.p, &Value{clean: true}, false)
		return
	}
	for _, fact := range facts {
		if fact.content && !fs.p.content() || fact.org.kind == originSource && trusted && len(trust) > 0 {
			continue
		}
		q := *fs.p
		p := step(fact.prov, provLoad, fs.p.fact.org.fn, fs.p.fact.org.fn.NameSpan, "read from '."+fs.name+"' in '"+fs.p.fact.org.fn.Name+"'")
		p.inner = fs.p.fact.prov
		p.n += provLen(p.inner)
		q.fact = &Fact{org: fact.org, feats: chain(fact.feats, fs.p.fact.feats) | ClassField, weak: cmp.Or(fact.weak, fs.p.fact.weak), prov: p}
		q.gates, q.trust = append(slices.Clip(fs.p.gates), st.gates...), trust
		q.own = f.ownObject(obj)
		if f.applyGuard(&q, g) {
			f.hit(&q)
		}
	}
	if len(facts) > 0 {
		f.feed(fs.p, v, true)
	}
}

package taint

import (
	"maps"
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/program"
)

// A digest that a constructor keeps in one field, of the data that it keeps in another:
//
//	def __init__(self, blob): self.blob, self.digest = blob, sha256(blob).hexdigest()
//	def load(self):
//	    if self.digest != EXPECTED: raise ValueError
//	    return pickle.loads(self.blob)

// A fieldDigest says of which fields another field is a digest.
type fieldDigest struct {
	of []string
	d  *digest
}

// digestField returns of which fields the field of a class is a digest; nil if it is none, or stored more than once.
func (ev *eval) digestField(c *program.Class, name string) *fieldDigest {
	ci := ev.classOf(c)
	out, ok := ci.digests[name]
	if ok {
		return out
	}
	ci.digests[name] = nil
	var by []*program.Fn
	for _, k := range c.MRO() {
		by = append(by, ev.storesOf(k, name)...)
	}
	if len(by) != 1 || !ev.follow(by[0]) {
		return nil
	}
	self := ev.topSummary(by[0]).heap[ev.syms.input(0)]
	w := self["."+name]
	if w == nil || w.hash == nil || w.hash.bad || len(w.hash.trust) > 0 {
		return nil
	}
	out = &fieldDigest{d: w.hash}
	for _, seg := range slices.Sorted(maps.Keys(self)) {
		if field, ok := strings.CutPrefix(seg, "."); ok && self[seg].symbol() != noSym && slices.Contains(w.hash.of, self[seg].sym) {
			out.of = append(out.of, field)
		}
	}
	if len(out.of) == 0 {
		out = nil
	}
	ci.digests[name] = out
	return out
}

// digested gives a field of an object the digest of another field that it is.
func (f *frame) digested(c *program.Class, name string, out, self *Value) *Value {
	if self.symbol() == noSym || out != nil && out.hash != nil {
		return out
	}
	fd := f.ev.digestField(c, name)
	if fd == nil {
		return out
	}
	d := *fd.d
	d.of = nil
	for _, field := range fd.of {
		d.of = addDigested(d.of, f.ev.syms.of(symAttr, self.sym, 0, "."+field))
	}
	w := *orUnknown(out)
	w.hash = &d
	return &w
}

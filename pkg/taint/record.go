package taint

import (
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/program"
	"github.com/pickletrace/pickletrace/pkg/rule"
)

// Named tuples: objects whose parts have names and places.
//
//	Outcome = namedtuple("Outcome", "ok reason")
//	class Outcome(NamedTuple): ok: bool; reason: str
//	ok, reason = Outcome(True, "")

const (
	recordRef       = "record" // the name of a reference to a class of named tuples; its arguments are named as the fields
	maxRecordFields = 64
)

// recordClass gives the class that namedtuple("Outcome", "ok reason") makes; nil where its fields are not literal.
func (c *extCall) recordClass() *Value {
	list, _ := c.arg([]int{1}, []string{"field_names"})
	var fields []arg
	if s, ok := list.strKonst(); ok {
		for _, name := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' }) {
			fields = append(fields, arg{name: name})
		}
	}
	for i := 0; list != nil && list.shape && i < maxRecordFields; i++ {
		x, ok := c.f.heapGet(c.st, list.sym, "["+itoa(i)+"]")
		name, literal := x.strKonst()
		if !ok || !literal {
			break
		}
		fields = append(fields, arg{name: name})
	}
	if len(fields) == 0 || len(fields) > maxRecordFields {
		return nil
	}
	return &Value{refs: []Ref{{kind: refPartial, name: recordRef, self: refValue(Ref{kind: refExt, name: c.name}), with: &bound{args: fields}}}, clean: true, sym: c.f.callSym()}
}

// makeRecord makes a named tuple of a class that was made by a call.
func (f *frame) makeRecord(r *Ref, args []arg, st *state) *Value {
	obj := &Value{shape: true, clean: true, open: true, sym: f.ev.syms.of(symOpaque, f.callSym(), noSym, "new")}
	fields := r.bound().args
	f.clearHeap(st, obj.sym)
	st.makes(obj.sym)
	for i, a := range args {
		if a.star != 0 {
			obj.shape, obj.clean = false, false
			obj.facts = addFacts(obj.facts, f.element(a.val, st).getFacts())
			continue
		}
		at := i
		if a.name != "" {
			at = slices.IndexFunc(fields, func(p arg) bool { return p.name == a.name })
		}
		if at < 0 || at >= len(fields) {
			continue
		}
		st.set(heapKey{obj.sym, "." + fields[at].name}, orUnknown(a.val))
		st.set(heapKey{obj.sym, "[" + itoa(at) + "]"}, orUnknown(a.val))
		obj.clean = obj.clean && a.val.isClean()
	}
	return obj
}

// byPlace gives the fields of an object of a class of named tuples their places too.
func (f *frame) byPlace(c *program.Class, obj *Value, st *state) {
	if !f.ev.below(c, rule.IsRecord) {
		return
	}
	for i, name := range f.ev.fieldNames(c) {
		x, ok := st.get(heapKey{obj.sym, "." + name})
		if !ok || x == nil {
			x = f.ev.classAttr(c, name)
		}
		if x != nil && i < maxRecordFields {
			st.set(heapKey{obj.sym, "[" + itoa(i) + "]"}, x)
		}
	}
}

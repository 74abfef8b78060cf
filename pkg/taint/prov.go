package taint

import (
	"github.com/pickletrace/pickletrace/pkg/program"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// A Prov is one step of how a fact came to be, linked backwards. Chains are shared and immutable.
type Prov struct {
	prev  *Prov
	inner *Prov       // steps inside a callee, from its input on
	fn    *program.Fn // function the step is in
	name  *string     // what the note is about
	span  text.Span
	n     int32 // steps in all, inner ones included
	kind  provKind
	verb  provVerb
}

// A note is what the user is told of a step: of the many steps few are ever told, so it is put together then.
type note struct {
	verb provVerb
	name *string
}

// A provVerb says what was done with a name.
type provVerb uint8

const (
	verbNone provVerb = iota // the name is all there is to say
	verbPassed
	verbReturned
	verbParam
	verbAssigned
	verbThrough
)

var verbs = [...]string{verbPassed: "passed to", verbReturned: "returned by", verbParam: "parameter", verbAssigned: "assigned to", verbThrough: "passes through"}

// said is a note in other words.
func said(words string) note { return note{name: &words} }

// note is what the user is told of the step.
func (p *Prov) note() string {
	if p.verb == verbNone {
		return *p.name
	}
	return verbs[p.verb] + " '" + *p.name + "'"
}

type provKind uint8

const (
	provSource provKind = iota
	provParam           // the input as parameter of fn
	provAssign
	provPass // through a library call
	provCall // into a callee: inner follows
	provReturn
	provStore
	provLoad
	provSink
)

func step(prev *Prov, kind provKind, fn *program.Fn, span text.Span, words string) *Prov {
	return noteStep(prev, kind, fn, span, said(words))
}

func noteStep(prev *Prov, kind provKind, fn *program.Fn, span text.Span, n note) *Prov {
	long := int32(1)
	if prev != nil {
		long += prev.n
	}
	return &Prov{prev: prev, kind: kind, fn: fn, span: span, verb: n.verb, name: n.name, n: long}
}

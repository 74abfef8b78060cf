package taint

import (
	"math/bits"
	"slices"

	"github.com/pickletrace/pickletrace/pkg/program"
	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// Feature marks what makes a flow less certain.
type Feature uint16

const (
	ViaUnknown  Feature = 1 << iota // through a library call without a model
	ClassField                      // through an attribute of an object built elsewhere
	CondUnknown                     // a condition of the sink was undecided
	NameMatch                       // a call resolved by method name alone
	WeakGuard                       // checked by an assert or a broken digest
	Broad                           // through an access path cut short
	Gated                           // only when a parameter that is off by default is set
	ViaGlobal                       // through a module-level variable set by a function
	PathPart                        // names a part of a path, behind a beginning of the program's own
	Part                            // stands behind the beginning of a text, which may become a path: see asPart
	Opened                          // an input that was taken for the path of a file
	ViaStore                        // through a table or collection, from which it was read back
)

// A Fact says that a value carries data of an origin.
type Fact struct {
	org *Origin
	// content: not the value itself but the file it names carries the data.
	content bool
	feats   Feature
	weak    uint8 // why a check of the data does not count in full, see reason
	prov    *Prov
	trust   *[]*Origin // see relies
}

// relies gives the inputs against which the data was checked: the fact is void where they carry no foreign data.
func (f *Fact) relies() []*Origin {
	if f.trust == nil {
		return nil
	}
	return *f.trust
}

// relying sets the inputs against which the data was checked.
func (f *Fact) relying(on []*Origin) *Fact {
	if f.trust = nil; len(on) > 0 {
		f.trust = &on
	}
	return f
}

// OriginKind is the kind of an Origin.
type OriginKind uint8

const (
	originInput  OriginKind = iota // input and access path of the function being interpreted
	originSource                   // a source of the rule pack
)

// An Origin is where data comes from. Origins are interned: compare pointers.
type Origin struct {
	kind  OriginKind
	input int
	// path: of an input, the access path below it, at most maxPath segments; of a source with options, the one that is meant.
	path string
	src  *rule.Source
	what *rule.Kind
	name string // what the user is told: "requests.get"
	fn   *program.Fn
	span text.Span
	// serial: origins are numbered as they are found.
	serial int
}

// isClean says whether an attribute or method of the source's value carries no payload.
func (o *Origin) isClean(name string) bool { return o.src != nil && o.src.IsClean(name) }

// maxPath is the longest access path kept (segments).
const maxPath = 4

// addFacts gives the union of facts; of two with the same origin and content the first stays, unless the second is a better
// account. It gives a itself if b has nothing beyond it.
func addFacts(a, b []*Fact) []*Fact {
	if len(a) == 0 {
		return b
	}
	out, copied := a, false
next:
	for _, f := range b {
		for i, g := range out {
			if g.org != f.org || g.content != f.content {
				continue
			}
			if better(f, g) {
				if !copied {
					out, copied = slices.Clone(out), true
				}
				out[i] = f
			}
			continue next
		}
		if len(out) >= maxFacts {
			if out, copied = worstFacts(out, f, copied); copied && out[len(out)-1] == f {
				continue
			}
			if full(out, f) {
				continue
			}
		}
		if !copied {
			out, copied = slices.Clone(out), true
		}
		out = append(out, f)
	}
	return out
}

// full says whether there are as many facts of the kind of origin that f has as a value can have.
func full(fs []*Fact, f *Fact) bool {
	n := 0
	for _, g := range fs {
		if g.org.kind == f.org.kind {
			n++
		}
	}
	return n >= maxFacts
}

// worstFacts puts f in the place of the fact that matters least, if there are too many of its kind and f matters more.
func worstFacts(fs []*Fact, f *Fact, copied bool) ([]*Fact, bool) {
	if !full(fs, f) {
		return fs, copied
	}
	least := -1
	for i, g := range fs {
		if g.org.kind == f.org.kind && (least < 0 || matters(fs[least], g)) {
			least = i
		}
	}
	if !matters(f, fs[least]) {
		return fs, copied
	}
	return append(slices.Delete(slices.Clone(fs), least, least+1), f), true
}

// matters says whether f matters more than g, of which one has to go: data of a worse kind does, and else what was found
// first.
func matters(f, g *Fact) bool {
	if f.org.what != nil && g.org.what != nil && f.org.what.Rank != g.org.what.Rank {
		return f.org.what.Rank < g.org.what.Rank
	}
	return f.org.serial < g.org.serial
}

// better says whether f is a better account of the same fact than g: what is not checked by anything before what is, then
// what has fewer doubts, then the shorter way.
func better(f, g *Fact) bool {
	if f == g {
		return false
	}
	if a, b := f.trust != nil, g.trust != nil; a != b {
		return b
	}
	if a, b := (f.feats &^ Opened).doubts(), (g.feats &^ Opened).doubts(); a != b {
		return a < b
	}
	return provLen(f.prov) < provLen(g.prov)
}

// doubts counts the marks.
func (f Feature) doubts() int { return bits.OnesCount16(uint16(f)) }

func provLen(p *Prov) int32 {
	if p == nil {
		return 0
	}
	return p.n
}

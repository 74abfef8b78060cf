package taint

import (
	"slices"

	"github.com/pickletrace/pickletrace/pkg/rule"
)

// What is known on a branch: truth facts, and the inputs they depend on.

// A Cond is what is known when a value is true, and when it is false.
type Cond struct{ yes, no []condFact }

// A condFact is one thing known on a branch.
type condFact struct {
	kind condKind
	sym  sym    // condValid: the data that was checked; condSuffix: the path; condMember: the tested value
	text string // condSuffix: the suffix
	weak string // condValid: why the check is not enough by itself, "" if it is
	// trust: inputs of the function that the check relies on (the expected digest is a parameter)
	trust []*Origin
}

type condKind uint8

const (
	condValid condKind = iota
	condSuffix
	condMember // the value was compared with constants
)

// deps is a set of inputs: bit i stands for input i itself, bit 32+i for attributes and elements of it.
type deps uint64

// depsOf gives the inputs whose identity decides what the value refers to or is worth.
func (ev *eval) depsOf(v *Value) deps {
	if v == nil {
		return 0
	}
	d := v.deps
	if i := ev.syms.inputOf(v.sym); i >= 0 && i < 32 {
		if ev.syms.info[v.sym].op == symInput {
			d |= 1 << i
		} else {
			d |= 1 << (32 + i)
		}
	}
	return d
}

// has says whether input i takes part, and whether its attributes do.
func (d deps) has(i int) (self, items bool) {
	if i >= 32 {
		return false, false
	}
	return d&(1<<i) != 0, d&(1<<(32+i)) != 0
}

func not(c *Cond) *Cond {
	if c == nil {
		return nil
	}
	return &Cond{yes: c.no, no: c.yes}
}

func both(a, b *Cond) *Cond {
	if a == nil || b == nil {
		if a == nil {
			a = b
		}
		if a == nil || len(a.yes) == 0 {
			return nil
		}
		return &Cond{yes: a.yes}
	}
	return &Cond{yes: slices.Concat(a.yes, b.yes), no: meet(a.no, b.no)}
}

func either(a, b *Cond) *Cond { return not(both(not(a), not(b))) }

// meet keeps what both lists know.
func meet(a, b []condFact) []condFact {
	var out []condFact
	for _, x := range a {
		for _, y := range b {
			if x.kind == y.kind && x.sym == y.sym && x.text == y.text {
				if x.weak == "" {
					x.weak = y.weak
				}
				x.trust = append(slices.Clone(x.trust), y.trust...)
				out = append(out, x)
				break
			}
		}
	}
	return out
}

// A digest says of which data a value is a digest, signature check or MAC.
type digest struct {
	of    []sym
	weak  string    // "md5" …, "" if it is not broken
	trust []*Origin // inputs the key comes from
	bad   bool      // the key is not secret from the attacker
	keyed bool      // a MAC: it vouches by its key, whoever sends the expected value
	val   *rule.Validator
}

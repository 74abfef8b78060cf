package taint

import (
	"github.com/pickletrace/pickletrace/pkg/program"
	"github.com/pickletrace/pickletrace/pkg/rule"
)

// What a value may carry beside what it is and whose data it is.

// A Cond is what is known when a value is true, and when it is false.
type Cond struct{ yes, no []condFact }

// A condFact is one thing known on a branch.
type condFact struct {
	kind  condKind
	sym   sym    // condValid: the data that was checked; condSuffix: the path; condMember, condAbsent: the tested value
	by    sym    // condValid: what it was compared with
	text  string // condSuffix: the suffix
	check bool   // condValid: by a digest or signature, not by being one of some literals
	weak  string // condValid: why the check is not enough by itself, "" if it is
	// trust: inputs of the function that the check relies on (the expected digest is a parameter)
	trust   []*Origin
	classes []*program.Class // condIs, condIsNot; text names them
}

type condKind uint8

const (
	condValid condKind = iota
	condSuffix
	condPattern // the text fits a literal pattern
	condMember  // the value was compared with constants
	condAbsent  // the value is None, empty or false
	condIs      // the value is an object of one of some classes
	condIsNot   // the value is an object of none of some classes
)

// deps is a set of inputs: bit i stands for input i itself, bit 32+i for attributes and elements of it.
type deps uint64

// A digest says of which data a value is a digest, signature check or MAC.
type digest struct {
	of    []sym
	weak  string    // "md5" …, "" if it is not broken
	trust []*Origin // inputs the key comes from
	bad   bool      // the key is not secret from the attacker
	keyed bool      // a MAC: it vouches by its key, whoever sends the expected value
	val   *rule.Validator
}

// A saying is what holds where a value is one of its constants.
type saying struct {
	key   string
	facts []condFact
}

// A lateGuard holds where the value that carries it was waited for.
type lateGuard struct {
	sym   sym
	guard *guard
}

// A guard says that data was checked against something an attacker does not control. A nil *guard in a state takes
// back one from before.
type guard struct {
	weak  string // why it does not count in full
	by    sym    // what the data was compared with
	trust []*Origin
	// digest: it is by a digest or signature, which speaks of all that the data is a form or a whole reading of.
	digest bool
}

// A handed is a mention of a dangerous function in a place other than that of a call.
type handed struct {
	called bool // some call was followed here
	noted  bool
}

// arg is one argument of a call.
type arg struct {
	name string // keyword, "" for positional
	val  *Value
	star int // 1: *val, 2: **val
	// optional: it is passed on some ways to the call only.
	optional bool
}

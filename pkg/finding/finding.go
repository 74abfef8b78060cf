// Package finding holds what we say about the user's code: a finding, its flows, its identity.
package finding

import "github.com/pickletrace/pickletrace/pkg/text"

// Level is how loud a finding is; the zero value is below all.
type Level uint8

const (
	Off Level = iota
	Note
	Warning
	Error
)

// StepKind says what happens at a step.
type StepKind string

const (
	StepSource StepKind = "source"
	StepAssign StepKind = "assign"
	StepCall   StepKind = "call"   // data enters a function
	StepReturn StepKind = "return" // data comes back from a function
	StepStore  StepKind = "store"  // into an attribute, global or file
	StepLoad   StepKind = "load"   // out of an attribute, global or file
	StepPass   StepKind = "pass"   // through a library call
	StepGuard  StepKind = "guard"  // a check that was seen and is not enough
	StepElided StepKind = "elided" // steps left out
	StepSink   StepKind = "sink"
)

// A Step is one place on the way of the data.
type Step struct {
	File  *text.File
	Span  text.Span
	Kind  StepKind
	Note  string // one sentence, plain text
	Func  string // qualified name of the function the step is in
	Depth int    // call depth, 0 = the function of the source
}

// A Flow is one way from a source to the sink. Steps[0] is the source, the last is the sink.
type Flow struct {
	Kind       string // source kind ID; "" for none
	KindTitle  string
	SourceName string // "requests.get", "parameter 'path'"
	Steps      []Step
	Features   []string // sorted: "via-unknown", "class-field", "cond-unknown", "assert-guard", "weak-digest" …
	Level      Level    // of a finding with this flow alone; Off means that of the finding
	Decides    Decision // what is decided where it begins
}

// A Finding is one rule violated at one sink.
type Finding struct {
	RuleID      string
	Level       Level
	Confidence  string // high, medium, low
	Case        string // sink case, "" if none
	SinkName    string // canonical name: "lib.load"
	SinkID      string
	Function    string // qualified name of the function holding the sink: "pkg.mod.C.m"
	Message     string // first sentence names source and sink; plain text, at most 1024 characters
	Notes       []string
	Sink        Step
	Flows       []Flow // best first; empty for a call rule without a source
	Other       []Flow // further flows, for questions about all of them; not shown
	MoreFlows   int    // flows found and not shown, those of Other and beyond
	Fingerprint string // identity without line numbers; see Identify
	Fixes       []Fix
	Changed     string   // the call as it should be, and where a wrapper decides that of the wrapper; "" if that is not known
	Advice      string   // what to do about this finding, instead of the rule's general advice; "" if there is none
	Example     string   // the code that goes with Advice; "" for Changed
	Wrapper     *Wrapper // the function around the call whose parameter decides; nil if none does
	NoFix       string   // why the change that would make the call safe cannot be written; "" if there is none, or it is in Fixes
	Remedies    uint64   // of the sink's fixes in the pack, by their numbers: those that make this call safe
	Silenced    *Silence // why this finding is not reported; nil if it is
	Baseline    string   // "" without a baseline, else New or Unchanged
	Why         []Reason // why it belongs to the change that is looked at; nil where none is
}

// How a finding stands to a baseline.
const (
	New       = "new"
	Unchanged = "unchanged"
)

// A Wrapper is a function with the parameter that decides about a call in it, and a call of it on the way of the data.
type Wrapper struct {
	Function, Parameter string
	Position            int   // of the parameter in calls, -1 if it is given by name only
	Caller              *Step // nil if no call is known
}

// A Fix is one change of the code that makes the finding go away.
type Fix struct {
	Title  string // one sentence, plain text
	Safe   bool   // keeps the meaning of every program that never loads hostile data
	Breaks string // what it may break; "" if Safe
	Edits  []Edit
	// Proved says that a scan of the changed text does not show the finding and nothing new. Changes of ignore comments need none.
	Proved bool
}

// Carried gives the fix that a report offers to apply, nil if there is none: the safe one that "pickletrace fix" writes.
func (f *Finding) Carried() *Fix {
	for i := range f.Fixes {
		if x := &f.Fixes[i]; x.Safe && len(x.Edits) > 0 && (x.Proved || f.SinkID == "") {
			return x
		}
	}
	return nil
}

// An Edit replaces the bytes of a span.
type Edit struct {
	File *text.File
	Span text.Span // byte offsets in File.Text
	New  string
}

// A Silence says why a finding is not reported.
type Silence struct {
	InCode bool   // by a comment, else by the baseline file
	Reason string // "" if none was given
	Until  string // "2027-01-31"; "" for no end
	At     Step   // the comment
}

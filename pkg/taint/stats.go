package taint

import (
	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// Options of an analysis.
type Options struct {
	// Versions says whether the versions of a library that the project of the file allows lie inside a PEP 440
	// specifier; known is false when nothing declares one. nil: no versions are known.
	Versions func(file, library, specifier string) (in rule.Tri, known bool)
	// Env gives the values that the project of the file gives an environment variable outside of its code. nil: none.
	Env func(name, file string) []string
	// EntryPoints are what the projects of the tree give under names in groups: by their own metadata.
	EntryPoints []EntryPoint
	// Quiet names source kinds whose flows are raised to warning by the user's threat model; see finding levels.
	Raised map[string]bool
	// Lowered names kinds that are not part of the user's threat model: their flows become notes.
	Lowered map[string]bool
}

// An EntryPoint is a name in a group, and the object that it stands for: "package.module:function".
type EntryPoint struct{ Group, Name, Object string }

// Stats says how much was looked at, and where a limit of work was met.
type Stats struct {
	Functions    int            // in all files
	Followed     int            // functions interpreted
	Activations  int            // interpretations, contexts and rounds counted
	UnknownCalls int            // calls of something unknown
	NameCalls    int            // calls resolved by method name alone
	Sites        int            // dangerous calls
	Instructions int            // interpreted
	Cells        int            // looked at, of objects that are looked at as a whole
	Joins        int            // variables and cells in which joined states differed
	DepthCut     int            // calls not entered because of their depth
	StepCut      int            // functions cut short
	ContextCut   int            // contexts merged into the top one
	PendingCut   int            // open sinks dropped
	WriteCut     int            // functions whose effects were cut short
	Cut          int            // functions of which a limit left something out
	CutNear      int            // those of them that hold a dangerous call or lead to one
	Partly       []Partly       // the first of them
	Broken       []text.Problem // functions that could not be followed because of a bug of ours
	Met          [numLimits]int // by limit, how often it was met; see Cuts
}

// A Partly is a function of which a limit left something out: what happens there may be missed.
type Partly struct {
	Name string // dotted, from the source root
	Path string
	Line int
	Near bool // it holds a dangerous call, or leads to one
}

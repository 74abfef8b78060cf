// Package rule says what is a source, sink, sanitizer and propagator: the rule packs, read from YAML and checked.
//
// It matches canonical dotted names and argument slots, never syntax. The engine asks two things of it: which roles
// does this qualified name have (Pack.Call, Pack.Attr), and which case of a sink applies to these argument facts (Sink.Decide).
package rule

import "regexp"

// A Pack is the union of all packs of a run, checked and ready to match. It is read-only.
type Pack struct {
	Packs       []PackInfo
	Kinds       []*Kind // order = trust, worst first
	Libraries   []*Library
	Types       []*Type
	Sources     []*Source
	Sinks       []*Sink
	Propagators []*Propagator
	Shells      []*Shell
	Sanitizers  []*Sanitizer
	Consents    []*Consent
	Validators  []*Validator
	Classes     []*ClassRule
	Stores      []*Store
	Keeps       []*Keep
	Rules       []*Rule
	Exclude     []string // globs of paths not to scan, from paths.exclude

	Homes []string // folders that programs begin in: a path from there is a relative one

	InstanceCalls []string // methods that library classes call when an object of theirs is called
	Escapes       Escapes

	commands   []*Command
	intrinsics intrinsics
	words      wordTable

	derived *derivation // what is loaded when it is needed; nil: nothing

	index *index // built by Load
	hash  string
}

// PackInfo names one pack.
type PackInfo struct {
	ID, Version, License, File string
	User                       bool // given by the user, not built in
}

// A Kind is what tainted data is. Rank 0 is the worst.
type Kind struct {
	ID    string
	Title string
	Rank  int
	// Part is by how many levels a flow is lowered whose data names only a part of the path of what is loaded.
	Part int
	// Own is by how many levels a flow is lowered whose data names only the folder of a file that the program writes.
	Own int
	// Decides: a switch that such data decides is set to the worst by whoever sends it.
	Decides bool
	At      Place
}

// Place is where something was written in a pack.
type Place struct {
	File      string
	Line, Col int // 1-based
}

// A Library gives the distribution whose version decides defaults, and other names of the same things.
type Library struct {
	Name   string
	PyPI   string // distribution name; "" for the standard library
	Stdlib bool
	// Same maps an alias (a dotted name or dotted prefix) to its canonical name: "cPickle" → "pickle",
	// "torch.serialization.load" → "torch.load".
	Same map[string]string
	// Images are container images that come with the library.
	Images []Image
	At     Place
}

// An Image is a family of container images that come with a library.
type Image struct {
	Name     *regexp.Regexp // of the reference, name:tag
	Versions string         // a PEP 440 specifier; $1 or $name stand for groups of Name
}

// A Type says what a library call returns, for receivers that are not scanned.
type Type struct {
	Calls   []string // patterns
	Attrs   []string // patterns of attributes that have the type without a call
	Returns []string // canonical type names; more than one = a tuple of these ("object" = unknown)
	At      Place
}

// A Slot names a place at a call: where a value goes in or comes out.
type Slot struct {
	What SlotKind
	// Arg: positions and keyword names that may hold the value, tried in order: {arg: [0, f, path]}.
	Positions []int
	Names     []string
	// From: for AllArgs, the first position that counts.
	From int
	// Path is an access path below the value: ".content", "[*]", `["k"]`; "" for the value itself.
	Path string
}

// SlotKind is the kind of a Slot.
type SlotKind uint8

const (
	NoSlot SlotKind = iota
	Return
	Receiver
	ArgSlot
	AllArgs    // every argument
	SourceSlot // propagators only: the value is new, of Kind
)

// Carry says whether a value itself is meant or the content of the file it names.
type Carry uint8

const (
	CarryValue Carry = iota
	CarryContent
)

// A Source is where data of a Kind comes from. Exactly one of Calls, Attrs, Param is set.
type Source struct {
	ID      string
	Kind    *Kind
	Calls   []string
	Attrs   []string
	Param   *ParamMatch
	Below   []string // folders: literal paths that begin with one name files of the kind
	Slot    Slot
	Carries Carry
	Clean   []string // attributes and methods of the value that carry no payload
	When    []Cond   // all must hold or be undecided
	Sure    bool     // all must hold
	Stable  bool     // asking again gives the same data
	// SelfStarted: names by which a program is started. What a file that starts itself so is sent this way is its own.
	SelfStarted []string
	// Options: methods that declare what the data consists of, each part under the name that it is read by:
	// parser.add_argument("--path") for args.path. A trace begins there.
	Options []string
	At      Place

	clean patterns
}

// ParamMatch picks parameters of functions that a framework calls.
type ParamMatch struct {
	DecoratedBy       []string // patterns of the decorator's canonical name
	MethodOf          []string // patterns of a base class; with Methods
	Methods           []string // method names or globs; empty = all public
	FunctionName      []string // plain function names or globs (AWS "lambda_handler"); with DecoratedBy and MethodOf empty
	InClasses         bool     // with FunctionName: also methods of classes without a base in a library
	PassedTo          []string // callbacks: patterns of calls whose argument Callback the function is (gradio's Button.click)
	Callback          Slot
	BesideNames       []string // only of functions that have a parameter with one of these names or globs
	Beside            []string // only of functions that have a parameter whose annotation resolves to one of these
	Annotated         []string // only parameters whose annotation resolves to one of these
	Names             []string // only these parameter names or globs; empty = all but self/cls
	ExceptNames       []string
	ExceptAnnotated   []string // canonical or builtin names
	ExceptDefaultCall []string
	FedBy             Slot     // with PassedTo: what gives the parameters their data, one for each
	ExceptFed         []string // not parameters that objects of these types feed
	Uncalled          bool     // only where nothing in the tree calls the function with data of its own

	compiled paramPatterns
}

// A Sink is a call that deserializes its input (or an attribute, a reference, a class).
type Sink struct {
	ID    string
	Calls []string
	// Except: patterns of calls that are not meant although Calls match them.
	Except []string
	Input  Slot
	Reads  Carry
	Picks  []string       // elements of the input that name what is built: arg.picked is true where one was compared with own names
	Near   []string       // names of which a file must hold one to be looked through for the call; nil: any file
	Args   map[string]int // argument name → position, for conditions
	Cases  []Case         // first that applies wins; none applies = report
	Quiet  bool           // none applies = safe, and an undecided row is passed over
	// Settings: instead of calls, names under which a value is stored: a variable of a module or class, an attribute, a
	// key, a keyword argument. The value is the argument "value".
	Settings []string
	Setters  []string // patterns of calls that are given the name and the value
	Stored   Stored   // the ways in which the value counts
	Fixes    []*Fix   // changes of the call that make it safe; the first that does is offered
	ActsAs   *Kind    // the call is also the source: it reads this kind of data by itself
	// Like: the call comes to a call of that sink. Its cases are here, asked of this call; its rules hold here too.
	Like    *Sink
	Derived string // "NAME==VERSION FILE:LINE" of the code that the entry was derived from; "" if written by hand
	Title   string // short words for messages: "torch.load", default the matched name
	Library string // Library.Name whose version the cases ask for
	At      Place
}

// Stored is a set of ways to store a value under a name.
type Stored uint8

const (
	InVariable  Stored = 1 << iota // of a module or class
	InAttribute                    // obj.NAME = value
	InKey                          // obj["NAME"] = value, {"NAME": value}
	InKeyword                      // f(NAME=value)
	InOption                       // --name value, in the command lines of Dockerfiles, compose files, CI configuration and scripts
)

// A Case is one row of a sink's table.
type Case struct {
	When    []Cond
	Verdict Verdict
	Lower   int    // levels to lower by
	As      string // name of the case, for Rule.Call
	Note    string // appended to the message
	Unknown bool   // also applies when a condition is undecided
	At      Place
}

// Verdict of a case.
type Verdict uint8

const (
	Report Verdict = iota
	Safe
)

// Cond is one condition; see Facts for how it is evaluated.
type Cond struct {
	// Subject: "arg.<name or position>", "lib", "source", "path-suffix", "receiver", "env.<NAME>".
	Subject string
	// Any of these must hold.
	Any []Test
	At  Place

	lookup []string // for arg.*: the names and positions to ask Facts.Arg for; nil = the one in Subject
	// Of a sink that is like another one:
	fixed   *ArgFact // the argument, whatever the call says; nil: it is looked up
	absent  *ArgFact // what the argument is where the call does not give it
	negated bool     // the truth of what the call gives is turned round
}

// A Test is one alternative of a Cond.
type Test struct {
	Op TestOp
	// S: for IsConst the literal's text, for Matches, NotMatches and Contains an RE2 pattern, for LibSpec the specifier without
	// the library (">=2.6"), for SourceKind a kind ID, for HasSuffix the suffix, for SubclassOf the first name of L.
	S   string
	L   []string // IsTainted: kind IDs, nil = any; SubclassOf: names
	Lib string   // LibSpec, LibUnknown: Library.Name

	re *regexp.Regexp
}

// TestOp is the operation of a Test.
type TestOp uint8

const (
	IsTrue TestOp = iota
	IsFalse
	IsNone
	IsAbsent
	IsUnknown // not a constant
	IsConst
	Matches    // a string constant that matches
	Contains   // a string constant, or a container of one at any depth, that matches; entries of mappings are "key: text"
	NotMatches // anything but a string constant that matches (absent, None, unknown, another string)
	NotAbsentOrNone
	IsTainted
	SubclassOf // a class (or instance of it) that is or derives from S
	LibSpec    // library version set intersects / is inside the specifier
	LibUnknown
	SourceKind
	HasSuffix
	StandsBeside // the file of the call holds the name S
)

// Tri is a three-valued answer.
type Tri int8

const (
	No Tri = iota
	Maybe
	Yes
)

// Facts is what the engine knows at one call. Implemented by the engine.
type Facts interface {
	// Arg gives what is known of the argument with this name (or, for digits, at this position). The name "receiver"
	// means the object the method is called on, "receiver.address" what a propagator stored there. Conditions ask for both the name and the position of an argument
	// where a sink's args tells it, and take the more definite answer.
	Arg(name string) ArgFact
	// Env gives what is known of an environment variable: that the project does not set it, or to what.
	Env(name string) ArgFact
	// Lib says whether the allowed versions of the library lie inside the PEP 440 specifier:
	// Yes all, No none, Maybe some or unknown. known is false when no version fact exists. The specifier "" allows
	// every version: such a call asks for known only.
	Lib(library, specifier string) (in Tri, known bool)
	// Source says whether the flow under test has a source of this kind ("" = no source).
	Source() string
	// Beside says whether the file of the call holds the name, anywhere in its code.
	Beside(name string) bool
	// Suffix says whether the input path ends in the suffix.
	Suffix(suffix string) Tri
}

// ArgState is what is known of one argument.
type ArgState uint8

const (
	Absent     ArgState = iota
	Known               // a constant: Const holds it
	KnownClass          // a class or function: Class holds its canonical name and Bases its external ancestors
	Container           // a list, tuple, set or mapping built here: Elements holds the constants in it
	Unknown
)

// ArgFact is what is known of one argument.
type ArgFact struct {
	State ArgState
	Const string   // "True", "False", "None", or the text of a string or number
	IsStr bool     // Const is a string
	Class string   // canonical name
	Bases []string // canonical names of all known ancestors
	Kinds []string // kinds of taint it carries
	// Decided: somebody who is not trusted decides what it is. Where a switch is asked for, it is both on and off.
	Decided bool
	// Prefix is how a string begins of which the rest is not known.
	Prefix string
	// Elements: of a list, tuple, set or mapping built here, the constants in it at any depth; those of a mapping are
	// "key: text". All says that there is nothing else in it.
	Elements []string
	All      bool
	// Alts: the value is one of these (two imports in try and except, a default and a branch). State is Unknown then.
	// A condition is Yes when it holds for all of them, No when for none. nil when nothing is known.
	Alts []ArgFact
}

// A Propagator says how a library call passes data on.
type Propagator struct {
	Calls     []string
	From, To  Slot
	Kind      *Kind // From.What == SourceSlot
	FromCarry Carry // reads the value, or the content of the file it names (open: content → value)
	ToCarry   Carry // writes the value, or the content of the file the To slot names
	// Joins means the result is a path or text that begins with the first argument.
	Joins bool
	// Same means the result stands for the same data (str, Path, BytesIO, open): a check of one is a check of the other.
	Same bool
	// Invoke: the call calls the function in this slot.
	Invoke *Invoke
	// Converts: as a decorator of a method, or in an annotation, it makes a function that objects of the class are made with:
	// "field" for what it gives the fields that are named, "object" for the whole. Called on a class with "object", it makes
	// one of its first argument.
	Converts string
	// Hooks are decorators: the functions of the call's name that one of them marks are called.
	Hooks []string
	hooks patterns
	// Saves names the folder below which the program writes files of its own.
	Saves Slot
	At    Place
}

// Invoke describes a higher-order library call.
type Invoke struct {
	Func     Slot
	ArgsFrom int  // call arguments from this position on are passed (-1: none)
	Elements int  // elements of the argument at this position are passed as first argument (-1: none)
	Each     Slot // elements of this slot are passed as first argument
	Own      int  // so many arguments of the library's own come first
	Spread   bool // of such an element: its own elements are the arguments
	Receiver bool // the object the method is called on is passed as first argument
	// Method: the slot holds a class; the method of that name of an object of it is called.
	Method   string
	ArgsIn   Slot // the arguments are the elements of this slot (Thread(args=(…)))
	KwargsIn Slot
	Every    Slot   // each parameter is data of this slot: a hook that gets parts of what is decoded
	Later    bool   // what the function raises is seen where the result is asked for
	Result   string // "return", "return[*]", "same" (the very thing), "" = dropped
}

// A Sanitizer clears taint.
type Sanitizer struct {
	Calls  []string
	Slot   Slot     // Return: the result is clean; ArgSlot: that argument is clean afterwards
	Clears []*Kind  // nil = all
	For    []string // only for these sink IDs; empty = all
	// Content: the file that the cleaned value names is clean too.
	Content bool
	When    []Cond // all must hold
	// Trusted: declared with trust. The call's result is clean whatever the call is otherwise: Pack.Call gives no
	// sources for it.
	Trusted bool
	At      Place
}

// A Consent is a call that comes back only where an argument is true, which whoever runs the program decides.
type Consent struct {
	Calls []string
	Flag  Slot
	At    Place
}

// A Validator recognises integrity checks.
type Validator struct {
	ID     string
	Digest []string // calls that make a digest object or value of their input
	Weak   []string // the same, but broken: the finding is lowered
	// WeakNames are the names of broken algorithms, where an argument of a call of Digest says which it is.
	WeakNames []string
	Mac       []string // keyed: calls hmac.new(key, msg, alg)
	Compare   []string // calls that compare like ==
	Verify    *VerifyCall
	WhenArg   *WhenArg
	// The expected value (or key) must not carry these kinds; nil = no taint at all.
	NotTainted []*Kind
	Clears     []*Kind // nil = all
	At         Place
}

// VerifyCall is a library call that checks its input.
type VerifyCall struct {
	Calls  []string
	Input  Slot
	Raises bool     // true: raises when wrong; false: returns a truth value
	Attrs  []string // attributes of what it returns that are true when right
	Key    Slot     // what it is checked with
	When   []Cond   // all must hold
	Unless []string // with a Key that is one of these classes it is no check
}

// WhenArg: the call checks by itself when an argument is set.
type WhenArg struct {
	Calls []string
	When  []Cond
}

// A ClassRule recognises user classes by their base.
type ClassRule struct {
	ID         string
	SubclassOf []string
	// Instances act as the file argument of this sink: X(f).load() ≡ sink(f).
	ActsAs      string   // sink ID
	LoadMethods []string // default ["load"]
	// Overrides: a subclass that overrides this method restrictively is safe.
	Overrides string
	// SafeUnless: for loader classes used as an argument: safe unless one of these is called on the class with a
	// function that is not harmless.
	SafeUnlessCalls []string
	PermissiveNote  string
	At              Place

	bases patterns
}

// A Store is a library that keeps objects of user classes, and gives them back elsewhere: tables, collections.
type Store struct {
	ID    string
	Model []string // bases of the classes
	Gives []string // names of functions and methods that are given a class and give back what is kept of it
	Fills []string // names of methods of what a class gives that store the attributes they are given
	// Columns are names of methods of what a class gives that give the attributes whose names they are given.
	Columns []string
	At      Place

	bases patterns
}

// A Keep is calls of a library that put data outside of the program under a name, and that take it from there: caches,
// documents, tables.
type Keep struct {
	ID        string
	With      string // the id of the entry whose names these are; its own by default
	Puts      []string
	Takes     []string
	Of        Slot     // what names the place besides its key; NoSlot: nothing
	Key       Slot     // the name of what is put or taken
	Section   Slot     // with Held: what the key lies below
	Held      bool     // the receiver holds it, in the program
	Value     Slot     // what is put
	Fields    Slot     // instead: a mapping, or several, of which each entry is put under its key
	Statement Slot     // instead: SQL that says what is put, or taken
	Values    Slot     // with Statement: what its marks stand for; the arguments after it where there is no such
	Result    string   // of a statement: cursor, row, rows, cell
	Rows      []string // with Statement: methods of what a statement gives that give several rows,
	Row       []string // one row,
	Cells     []string // the first column of several,
	Cell      []string // of one
	Same      []string // methods of what is taken that give it again: sort, limit
	At        Place
}

// A Rule is what a user sees.
type Rule struct {
	ID        string // PKL101
	Name      string // untrusted-pickle-load
	Title     string
	Why, Fix  string   // Markdown
	Advice    []Advice // instead of Fix in reports, for some of its findings; the first that fits counts
	CWE       []int
	Precision string // very-high, high, medium, low
	Since     string
	Changed   []Change
	Flow      *FlowRule
	Call      *CallRule
	// Level by kind ID; "" is the default for kinds not named, and for Call rules.
	Level      map[string]Level
	References []string
	Bad, Good  []Example
	Disabled   bool
	Pack       string
	At         Place
}

// A Change says what a release changed in what a rule reports.
type Change struct{ Version, What string }

// FlowRule: data of one of From reaches one of To.
type FlowRule struct {
	From  []*Kind // nil = any
	To    []*Sink
	Cases []string // only these cases of the sinks; nil = all
}

// CallRule: the call alone is the finding, source or not.
type CallRule struct {
	Sinks []*Sink
	Cases []string // nil = all
}

// Level is how loud a finding is.
type Level uint8

const (
	Off Level = iota
	Note
	Warning
	Error
)

// An Example is Python code with annotations (# source, # want RULE from=KIND, # ok). Files is nil for a single file.
type Example struct {
	Code string
	At   Place
}

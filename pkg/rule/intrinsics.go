package rule

import (
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// An Intrinsic is what the engine does by itself, without being told how: leave the function, import a module, copy a
// container. Which calls, methods and types have it is said by packs; that it is done is Go.
type Intrinsic uint8

// What calls do, what methods do whatever they are called on, and what objects of a type are.
const (
	NoIntrinsic Intrinsic = iota

	DoSuper
	DoGetAttr
	DoSetAttr
	DoTypeOf
	DoIsInstance
	DoAsk
	DoGlobals
	DoImport
	DoResolve
	DoPartial
	DoPartialMethod
	DoRecordClass
	DoLeave
	DoHere
	DoArgument
	DoEnter
	DoSuppress

	DoIterate
	DoCollect
	DoCast
	DoNext
	DoMapping
	DoNamespace
	DoChangedCopy
	DoGather
	DoEnumerate
	DoZip
	DoAnyOf
	IsDeque
	IsDefaultDict

	DoEntryPoints
	DoEntryPointsOf
	DoEntryPointLoad
	IsEntryPoint
	IsEntryPoints

	DoAdd
	DoInsert
	DoExtend
	DoUpdate
	DoSetDefault
	DoGet
	DoPop
	DoTake
	DoRemove
	DoReverse
	DoSort
	DoClear
	DoValues
	DoItems
	DoKeys
	DoCopy
	DoSend
	DoWrite
	DoWriteLines

	DoFormat
	DoJoin
	DoLower
	DoUpper
	DoStrip
	DoStartsWith
	DoEndsWith
	DoSplit
	DoSplitLast
	DoPartition
	DoPartitionLast
	DoText
	DoNumber
	DoTruth
	DoTruthOfText

	DoPattern
	DoMatch
	DoMatchAll
	IsPattern
	IsPath
	IsFile
	DoExtension
	DoBaseName
	DoSplitPath
	DoSplitAddress

	DoVariable
	IsEnvironment

	IsEnum
	IsRecord
	IsRoot
	IsDeclaring

	intrinsicCount
)

// intrinsicKeys gives each of them the key under which packs name its calls.
var intrinsicKeys = [intrinsicCount]struct{ name, doc string }{
	DoSuper:         {"super", "calls that give the rest of the bases of the class at hand"},
	DoGetAttr:       {"get-attribute", "calls that give an attribute by its name"},
	DoSetAttr:       {"set-attribute", "calls that store an attribute by its name"},
	DoTypeOf:        {"type-of", "calls that give the class of an object"},
	DoIsInstance:    {"is-instance", "calls that ask whether an object is of a class"},
	DoAsk:           {"ask", "calls that ask what an object is or has"},
	DoGlobals:       {"globals", "calls that give the variables of the module"},
	DoImport:        {"import", "calls that import the module of a name"},
	DoResolve:       {"resolve", "calls that give what a dotted name stands for"},
	DoPartial:       {"partial", "calls that bind arguments of a function"},
	DoPartialMethod: {"partial-method", "the same, for a function of a class"},
	DoRecordClass:   {"record-class", "calls that make a class of named tuples of the names of its fields"},
	DoLeave:         {"leave", "calls that do not come back"},
	DoHere:          {"here", "calls that give the folder that relative paths begin at"},
	DoArgument:      {"argument", "calls that give their only argument again, as far as data is concerned"},
	DoEnter:         {"enter", "calls that enter a context and give what it gives"},
	DoSuppress:      {"suppress", "contexts that end exceptions of their body"},

	DoIterate:     {"iterate", "calls that give the elements of their argument, or of what it gives when it is called"},
	DoCollect:     {"collect", "calls that make a container with the elements of their argument, or a copy of it"},
	DoCast:        {"cast", "calls that give their second argument again"},
	DoNext:        {"next", "calls that give an element of their argument"},
	DoMapping:     {"mapping", "calls that make a mapping of mappings and keywords"},
	DoNamespace:   {"namespace", "calls that make an object with their keywords as attributes"},
	DoChangedCopy: {"changed-copy", "calls that copy an object, their keywords replacing attributes"},
	DoGather:      {"gather", "calls that give a list of what their arguments give"},
	DoEnumerate:   {"enumerate", "calls that give pairs of a number and an element"},
	DoZip:         {"zip", "calls that give tuples of elements of their arguments"},
	DoAnyOf:       {"any-of", "calls that ask whether elements of their argument are true"},
	IsDeque:       {"deque", "types of containers made of the elements of their first argument"},
	IsDefaultDict: {"default-dict", "types of mappings whose first argument makes what is missing"},

	DoEntryPoints:    {"entry-points", "calls that give entry points, all of them or those of the keyword group"},
	DoEntryPointsOf:  {"entry-points-of", "calls that give the entry points of the group that is their first argument"},
	DoEntryPointLoad: {"entry-point-load", "calls that give what an entry point stands for"},
	IsEntryPoint:     {"entry-point", "the type of an entry point"},
	IsEntryPoints:    {"entry-point-list", "the type of several entry points"},

	DoAdd:        {"add", "methods that put their first argument into a container"},
	DoInsert:     {"insert", "methods that put their second argument into a list, at a position"},
	DoExtend:     {"extend", "methods that put the elements of their argument into a container"},
	DoUpdate:     {"update", "methods that put the items of mappings, and keywords, into a mapping, or data into a digest"},
	DoSetDefault: {"set-default", "methods that give an element, and put it there where there is none"},
	DoGet:        {"get", "methods that give an element by its key, or a default"},
	DoPop:        {"pop", "methods that take an element out, by its key or position"},
	DoTake:       {"take", "methods that take some element out"},
	DoRemove:     {"remove", "methods that take an element out that is like their argument"},
	DoReverse:    {"reverse", "methods that turn the order of elements"},
	DoSort:       {"sort", "methods that sort elements"},
	DoClear:      {"clear", "methods that take out all elements"},
	DoValues:     {"values", "methods that give the values of a mapping"},
	DoItems:      {"items", "methods that give pairs of keys and values"},
	DoKeys:       {"keys", "methods that give the keys of a mapping"},
	DoCopy:       {"copy", "methods that give a container with the same elements"},
	DoSend:       {"send", "methods that give a generator what its yield gives"},
	DoWrite:      {"write", "methods that write their argument to a file or peer"},
	DoWriteLines: {"write-lines", "the same, of several lines"},

	DoFormat:        {"format", "methods that put arguments into a text"},
	DoJoin:          {"join", "methods that put a text between the elements of their argument"},
	DoLower:         {"lower", "methods that give a text in lower case"},
	DoUpper:         {"upper", "methods that give a text in upper case"},
	DoStrip:         {"strip", "methods that give a text without blanks around it"},
	DoStartsWith:    {"starts-with", "methods that ask how a text begins"},
	DoEndsWith:      {"ends-with", "methods that ask how a text ends"},
	DoSplit:         {"split", "methods that split a text at a mark"},
	DoSplitLast:     {"split-last", "the same, from the end"},
	DoPartition:     {"partition", "methods that give what is before a mark, the mark, and what is after it"},
	DoPartitionLast: {"partition-last", "the same, of the last mark"},
	DoText:          {"text", "calls that give their argument as text"},
	DoNumber:        {"number", "calls that give the number that a text says"},
	DoTruth:         {"truth", "calls that give whether their argument is true"},
	DoTruthOfText:   {"truth-of-text", "calls that give whether a text says yes"},

	DoPattern:      {"pattern", "calls that compile a regular expression"},
	DoMatch:        {"match", "calls, and methods of a compiled one, that ask whether a text begins as a regular expression says"},
	DoMatchAll:     {"match-all", "the same, of the whole text"},
	IsPattern:      {"compiled-pattern", "the type of a compiled regular expression"},
	IsPath:         {"path", "types of paths"},
	IsFile:         {"file", "types of open files"},
	DoExtension:    {"extension", "calls that split a path before its extension, and attributes that give that"},
	DoBaseName:     {"base-name", "calls and attributes that give the last part of a path"},
	DoSplitPath:    {"split-path", "calls that split a path before its last part"},
	DoSplitAddress: {"split-address", "calls that give the parts of an address, its path as the attribute path"},

	DoVariable: {"variable", "calls that give a variable of the environment, or a default"},

	IsEnum:        {"enumeration", "bases of enumerations"},
	IsRecord:      {"record", "bases of classes of named tuples"},
	IsRoot:        {"root", "bases that give a class nothing"},
	IsDeclaring:   {"declaring", "bases that only say that a class is generic, or which methods others have"},
	IsEnvironment: {"environment", "mappings that hold the environment"},
}

// intrinsics finds what names do: whole names, and last segments of names.
type intrinsics struct {
	names, methods map[string]Intrinsic
	whole, words   [intrinsicCount][]string // the whole names of each, and the last segments of all, in pack order
}

// Intrinsic says what a call, or a type, of a canonical name is to the engine.
func (p *Pack) Intrinsic(name string) Intrinsic { return p.intrinsics.names[name] }

// MethodIntrinsic says what a method of a name does, whatever it is called on.
func (p *Pack) MethodIntrinsic(name string) Intrinsic { return p.intrinsics.methods[name] }

// IntrinsicWords gives the last segments of the names that have an intrinsic: a file in which it is used holds one of them.
func (p *Pack) IntrinsicWords(is Intrinsic) []string { return p.intrinsics.words[is] }

// IntrinsicNames gives the whole names that have an intrinsic.
func (p *Pack) IntrinsicNames(is Intrinsic) []string { return p.intrinsics.whole[is] }

// IntrinsicName gives the first of them, for what the engine itself makes; "" if there is none.
func (p *Pack) IntrinsicName(is Intrinsic) string {
	if names := p.intrinsics.whole[is]; len(names) > 0 {
		return names[0]
	}
	return ""
}

// intrinsicsObject is the section in the language.
func intrinsicsObject() *object {
	o := &object{name: "intrinsics"}
	for _, k := range intrinsicKeys[1:] {
		o.keys = append(o.keys, key{k.name, false, tPatterns, k.doc})
	}
	return o
}

// buildIntrinsics reads the section of all files. A name has one meaning.
func (l *loader) buildIntrinsics() {
	copied := false
	for section := range l.sections("intrinsics") {
		if !copied { // the pack may share what it has with another
			l.pack.intrinsics.names, l.pack.intrinsics.methods = maps.Clone(l.pack.intrinsics.names), maps.Clone(l.pack.intrinsics.methods)
			copied = true
		}
		for is, k := range intrinsicKeys {
			for _, n := range section.list(k.name) {
				l.addIntrinsic(section.r, n, Intrinsic(is))
			}
		}
	}
}

func (l *loader) addIntrinsic(r *file, n *yaml.Node, is Intrinsic) {
	if scalarText(n) == "" || !isPatternText(n.Value) {
		return
	}
	x := &l.pack.intrinsics
	for _, p := range l.compile(r, n) {
		name, method := strings.CutPrefix(p.text, "*.")
		if strings.Contains(name, "*") || method && strings.Contains(name, ".") {
			r.errorf(n, "%s: an intrinsic is of a whole name, or of a method: *.name", p.text)
			continue
		}
		if l.checkCanonical(r, n, p); !l.define(r, n, "intrinsic", p.text) {
			continue
		}
		table := &x.names
		if method {
			table = &x.methods
		} else {
			x.whole[is] = append(slices.Clip(x.whole[is]), name)
		}
		if *table == nil {
			*table = map[string]Intrinsic{}
		}
		(*table)[name] = is
		if w := lastSegment(name); !slices.Contains(x.words[is], w) {
			x.words[is] = append(slices.Clip(x.words[is]), w)
		}
	}
}

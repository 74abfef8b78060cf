package rule

import (
	"math"
	"regexp"
	"strings"
)

// This file is the rule language: every key of every mapping, with what it may hold. rules/README.md explains it with
// examples, rules/schema.json is printed from it, and Load checks packs with it before it builds anything.

const (
	idPattern      = `^[a-z0-9]+(-[a-z0-9]+)*$`
	patternPattern = `^[A-Za-z0-9_.*{},]+$`
	globPattern    = `^[A-Za-z0-9_*]+$`
	nearPattern    = `^@?[A-Za-z_][A-Za-z0-9_]*$`
	namePattern    = `^[A-Za-z_][A-Za-z0-9_]*$`
	dottedPattern  = `^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*$`
	slotPattern    = `^(return|receiver|args)` + pathSteps + `$`
	pathSteps      = `(\.[A-Za-z_][A-Za-z0-9_]*|\[\*\]|\[[0-9]{1,4}\]|\["[^"\\]{1,80}"\]){0,3}`
	ruleIDPattern  = `^[A-Z]{2,5}[0-9]{3,4}$`
	urlPattern     = `^https?://[^\s]+$`
	mostPosition   = 63
	longestName    = 300 // characters of ids, names and patterns
)

func text(name, pattern string) *shape {
	s := &shape{name: name, scalar: &scalar{str: true}}
	if pattern != "" {
		s.scalar.re, s.scalar.maxLen = regexp.MustCompile(pattern), longestName
	}
	return s
}

// fast gives a text shape a function that says the same as its regular expression.
func fast(s *shape, fits func(string) bool) *shape {
	s.scalar.fits = fits
	return s
}

// isPatternText is patternPattern: packs hold thousands of patterns.
func isPatternText(s string) bool {
	for i := range len(s) {
		c := s[i]
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("_.*{},", c) >= 0) {
			return false
		}
	}
	return s != ""
}

func words(name string, list ...string) *shape {
	return &shape{name: name, scalar: &scalar{str: true, words: list}}
}

func number(name string, low, high int) *shape {
	return &shape{name: name, scalar: &scalar{num: true, min: low, max: high}}
}

// many is one item or a list of items.
func many(item *shape) *shape { return manyOf(item, 1) }

func manyOf(item *shape, least int) *shape {
	return &shape{name: item.name, scalar: item.scalar, object: item.object, items: item, min: least, single: true}
}

func list(item *shape) *shape {
	return &shape{name: "a list, each " + item.name, items: item}
}

func mapping(o *object) *shape { return &shape{name: o.name + " (a mapping)", object: o} }

func mapOf(what, pattern string, value *shape) *shape {
	return mapping(&object{name: "this mapping", free: &freeKeys{regexp.MustCompile(pattern), what, value}})
}

func exactlyOne(keys ...string) group { return group{keys, 1, 1} }
func atLeastOne(keys ...string) group { return group{keys, 1, math.MaxInt} }

var (
	tFlag     = &shape{name: "true or false", scalar: &scalar{boolean: true}}
	tID       = text("an id", idPattern)
	tKind     = text("a kind id", idPattern)
	tKinds    = many(tKind)
	tSinkID   = text("a sink id", idPattern)
	tCaseName = text("the name of a case", idPattern)
	tPattern  = fast(text("a pattern of a dotted name", patternPattern), isPatternText)
	tPatterns = many(tPattern)
	tGlobs    = many(text("a name or glob", globPattern))
	tName     = text("a Python name", namePattern)
	tNear     = text("a Python name, or @ and that of a decorator", nearPattern)
	tDotted   = text("a dotted name", dottedPattern)
	tCarry    = words("value or content", "value", "content")
	tWords    = text("words", "")
	tMarkdown = text("Markdown", "")
	// tVersion takes any scalar: an unquoted 1.0 or 2026 is fine.
	tVersion = text("a version", `^\S+$`)

	tPosOrName = &shape{name: "a position or an argument name", scalar: &scalar{str: true, num: true, max: mostPosition,
		re: regexp.MustCompile(namePattern)}}
	slotObject = &object{name: "a slot", groups: []group{exactlyOne("arg", "args-from")}, keys: []key{
		{"arg", false, many(tPosOrName), "positions and keyword names, tried in order"},
		{"args-from", false, number("a position", 0, mostPosition), "all arguments from this position on"},
		{"path", false, text("an access path", `^`+pathSteps+`$`), "below the value"},
	}}
	tSlot = &shape{name: "a slot", object: slotObject, scalar: &scalar{str: true, words: []string{"return", "receiver", "args"},
		re: regexp.MustCompile(slotPattern), hint: "want return, receiver, args, {arg: …} or {args-from: …}"}}
	tFromSlot = &shape{name: "a slot", scalar: tSlot.scalar, object: &object{name: "a slot",
		groups: []group{exactlyOne("arg", "args-from", "source")},
		keys:   append(slotObject.keys[:3:3], key{"source", false, tKind, "new data of this kind"})}}

	tLevel    = words("a level", "off", "note", "warning", "error")
	tLevelMap = &shape{name: "a level or a mapping from kinds to levels", scalar: tLevel.scalar,
		object: &object{name: "this mapping", free: &freeKeys{regexp.MustCompile(idPattern), "a kind id", tLevel}}}
	tArgs = mapOf("an argument name", namePattern, number("a position", 0, mostPosition))
)

// Conditions.
var (
	argTest = &object{name: "a condition", groups: []group{exactlyOne("const", "matches", "not-matches", "contains", "tainted", "subclass-of")},
		keys: []key{
			{"const", false, &shape{name: "a constant", scalar: &scalar{str: true, re: regexp.MustCompile(`(?s)^.*$`)}}, "this constant"},
			{"matches", false, text("a regular expression (RE2)", ""), "a constant string with a match"},
			{"not-matches", false, text("a regular expression (RE2)", ""), "anything but a constant string with a match"},
			{"contains", false, text("a regular expression (RE2)", ""), "a list or mapping, at any depth of which a constant has a match"},
			{"tainted", false, tKinds, "data of these kinds, or any"},
			{"subclass-of", false, many(tDotted), "a class that is or derives from one of these"},
		}}
	tArgValue = manyOf(&shape{name: "a condition on an argument", object: argTest, scalar: &scalar{str: true, boolean: true,
		words: []string{"none", "absent", "unknown", "given"},
		hint:  "want true, false, none, absent, unknown, given, or {const: …} for a constant"}}, 1)
	whenObject = &object{name: "when", keys: []key{
		{"receiver", false, tArgValue, "the object the method is called on"},
		{"lib", false, many(text("a version condition", "")), `"LIBRARY>=1.2", or unknown`},
		{"source", false, tKinds, "the flow comes from such a source"},
		{"path-suffix", false, many(tWords), "the input's path ends so"},
		{"beside", false, many(tName), "the file of the call also holds one of these names"},
	}, free: &freeKeys{regexp.MustCompile(`^(arg\.([A-Za-z_][A-Za-z0-9_]*|[0-9]{1,2})|(env|receiver)\.[A-Za-z_][A-Za-z0-9_]*)$`), "arg.NAME, arg.POSITION, receiver.NAME or env.NAME", tArgValue}}
	tWhen = mapping(whenObject)
)

var kindObject = &object{name: "a kind", keys: []key{
	{"title", true, tWords, "words for messages"},
	{"before", false, tKind, "the kind this one is worse than"},
	{"part", false, number("a number of levels", 1, 3), "lower the level by so many steps where the data is only a part of a path"},
	{"own", false, number("a number of levels", 1, 3), "lower the level by so many steps where the data names a folder, and the file below it is one that the program writes itself"},
	{"decides", false, tFlag, "who sends such data sets a switch that it decides to the worst"},
}}

var libraryObject = &object{name: "a library", groups: []group{exactlyOne("pypi", "stdlib")}, keys: []key{
	{"pypi", false, text("a distribution name", `^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$`), "distribution name"},
	{"stdlib", false, tFlag, "part of the standard library"},
	{"same", false, mapOf("a dotted name", dottedPattern, tDotted), "aliases and their canonical names"},
	{"images", false, mapOf("a regular expression (RE2)", `^\S+$`, text("a PEP 440 specifier", "")), "container images that come with it, and the versions they hold"},
}}

var typeObject = &object{name: "a type", groups: []group{atLeastOne("call", "attr")}, keys: []key{
	{"call", false, tPatterns, "calls that return it"},
	{"attr", false, tPatterns, "attributes that hold it"},
	{"returns", true, many(tDotted), "canonical type name; a list is a tuple"},
	{"derived-from", false, tDerived, "release, file and line of the code that the entry was derived from"},
}}

var paramObject = &object{name: "param", groups: []group{
	{[]string{"decorated-by", "method-of", "function-name", "passed-to"}, 0, 1},
	atLeastOne("decorated-by", "method-of", "function-name", "passed-to", "beside", "annotated"),
}, keys: []key{
	{"decorated-by", false, tPatterns, "decorators"},
	{"method-of", false, tPatterns, "base classes"},
	{"methods", false, tGlobs, "with method-of: method names; with passed-to: the callback is an object, of which these methods are called"},
	{"function-name", false, tGlobs, "names of plain functions"},
	{"in-classes", false, tFlag, "with function-name: also methods of classes without a library's base"},
	{"passed-to", false, tPatterns, "calls that take the function as a callback"},
	{"callback", false, tSlot, "with passed-to: the slot of the callback"},
	{"beside", false, tPatterns, "only of functions that have a parameter with one of these annotations"},
	{"beside-names", false, tGlobs, "only of functions that have a parameter of one of these names"},
	{"annotated", false, tPatterns, "only parameters with these annotations"},
	{"names", false, tGlobs, "only parameters with these names"},
	{"except-names", false, tGlobs, "not parameters with these names"},
	{"except-annotated", false, tPatterns, "not parameters with these annotations"},
	{"except-default-call", false, tPatterns, "not parameters whose default calls one of these"},
	{"fed-by", false, tSlot, "with passed-to: the slot of what gives the parameters their data, one for each"},
	{"except-fed", false, tPatterns, "with fed-by: not parameters that an object of these types, or one named so, feeds"},
	{"uncalled", false, tFlag, "only where nothing in the tree calls the function"},
}}

var sourceObject = &object{name: "a source", groups: []group{exactlyOne("call", "attr", "param", "below")}, keys: []key{
	{"id", true, tID, "a name for it"},
	{"kind", true, tKind, "what the data is"},
	{"call", false, tPatterns, "calls that yield the data"},
	{"attr", false, tPatterns, "attributes that hold the data"},
	{"param", false, mapping(paramObject), "parameters of functions a framework calls"},
	{"below", false, many(text("a folder", `^/\S+/$`)), "literal paths that begin so name files of this kind"},
	{"slot", false, tSlot, "where the data comes out; default return"},
	{"args", false, tArgs, "positions of the arguments in conditions"},
	{"carries", false, tCarry, "the value itself, or the content of the file it names"},
	{"clean", false, tGlobs, "attributes and methods without payload"},
	{"when", false, tWhen, "conditions; counts unless one is false"},
	{"sure", false, tFlag, "counts only when all conditions surely hold"},
	{"stable", false, tFlag, "asking again gives the same data"},
	{"self-started", false, many(tDotted), "not in files that start themselves by one of these names"},
	{"options", false, many(tDotted), "methods that declare the parts of the data by their names"},
	{"derived-from", false, tDerived, "release, file and line of the code that the entry was derived from"},
}}

var caseObject = &object{name: "a case", keys: []key{
	{"when", false, tWhen, "conditions that must all hold"},
	{"verdict", true, words("a verdict", "report", "safe"), "report or safe"},
	{"lower", false, number("a number of levels", 1, 3), "lower the level by so many steps"},
	{"as", false, tCaseName, "name of the case, for rules"},
	{"note", false, tWords, "one sentence added to the message"},
	{"unknown", false, tFlag, "also applies when a condition is undecided"},
}}

// tPassed is what a call passes as an argument of the sink that it is like.
var tPassed = &shape{name: "what is passed", scalar: &scalar{str: true, boolean: true, words: []string{"none", "absent", "unknown"},
	hint: "want true, false, none, absent, unknown, {const: …} or {arg: …}"}, object: &object{name: "what is passed",
	groups: []group{exactlyOne("arg", "const")}, keys: []key{
		{"arg", false, many(tPosOrName), "an argument of this call: positions and keyword names, tried in order"},
		{"const", false, tWords, "this text"},
		{"not", false, tFlag, "the opposite of it"},
		{"default", false, &shape{name: "a default", scalar: &scalar{str: true, boolean: true, words: []string{"none", "absent", "unknown"}}}, "where the call does not give it"},
	}}}

var tDerived = &shape{name: "NAME==VERSION FILE:LINE", scalar: &scalar{str: true, maxLen: longestName}}

var sinkObject = &object{name: "a sink", groups: []group{atLeastOne("input", "acts-as-source")}, keys: []key{
	{"id", true, tID, "a name for it"},
	{"call", true, tPatterns, "the calls"},
	{"except", false, tPatterns, "not these of the calls"},
	{"input", false, tSlot, "slot of the dangerous data; may be left out with acts-as-source, where only the call's own data counts"},
	{"reads", true, tCarry, "the bytes themselves, or the content of the file the input names"},
	{"args", false, tArgs, "positions of the arguments in conditions"},
	{"cases", false, list(mapping(caseObject)), "the table of cases, the first that applies wins"},
	{"like", false, tSinkID, "the sink that the call comes to: its cases and rules hold"},
	{"with", false, mapOf("an argument name", namePattern, tPassed), "with like: what that sink's arguments are; absent if not named"},
	{"safe-when", false, many(tWhen), "with like: conditions on this call under which it does not come to that sink"},
	{"lower", false, number("a number of levels", 1, 3), "with like: lower the level by so many steps"},
	{"derived-from", false, tDerived, "release, file and line of the code that the entry was derived from"},
	{"picks", false, many(tName), "elements of the input that name what is built; the condition arg.picked is true where one was compared with names of the program's own"},
	{"near", false, many(tNear), "looked for only in functions that also name one of these"},
	{"otherwise", false, words("safe", "safe"), "without a row that applies the call is safe, and undecided rows are passed over"},
	{"fixes", false, list(mapping(fixObject)), "changes of the call that make it safe"},
	{"acts-as-source", false, tKind, "the call fetches data of this kind by itself"},
	{"title", false, tWords, "short words for messages"},
	{"library", false, text("a library id", `^[a-z0-9]+([-_.][a-z0-9]+)*$`), "the library whose version counts"},
}}

// storedWords are the ways to store a value under a name; Stored is a set of them.
var storedWords = []string{"variable", "attribute", "key", "keyword", "option"}

var settingObject = &object{name: "a setting", keys: []key{
	{"id", true, tID, "a name for it"},
	{"names", true, many(tDotted), "names that the value is stored under"},
	{"calls", false, tPatterns, "calls that are given the name and the value"},
	{"stored", false, many(words("a way to store a value", storedWords...)), "only values stored so; default all"},
	{"cases", true, list(mapping(caseObject)), "the table of cases; the first that applies wins, and without one it is safe"},
	{"title", false, tWords, "short words for messages"},
	{"library", false, text("a library id", `^[a-z0-9]+([-_.][a-z0-9]+)*$`), "the library whose version counts"},
}}

var withObject = &object{name: "with", keys: []key{
	{"args-from", false, number("a position", 0, mostPosition), "the arguments from this position on"},
	{"elements-of", false, number("a position", 0, mostPosition), "the elements of the argument at this position"},
	{"each-of", false, tSlot, "the elements of this slot"},
	{"own", false, number("a number of arguments", 1, mostPosition), "that many arguments of the library's own come first"},
	{"spread", false, tFlag, "of such an element: its own elements, each an argument"},
	{"every", false, tSlot, "each of its parameters is data of this slot"},
	{"receiver", false, tFlag, "the object the method is called on"},
	{"method", false, tName, "the slot holds a class: this method of an object of it is called"},
	{"args-in", false, tSlot, "the elements of this slot"},
	{"kwargs-in", false, tSlot, "the items of this slot"},
}}

var propagatorObject = &object{name: "a propagator", groups: []group{exactlyOne("from", "invoke", "converts", "saves", "hooks")}, keys: []key{
	{"call", true, tPatterns, "the calls"},
	{"saves", false, tSlot, "the folder below which the program writes files of its own"},
	{"from", false, tFromSlot, "where data goes in"},
	{"to", false, tSlot, "where it comes out"},
	{"reads", false, tCarry, "of from: the value, or the content of the file it names"},
	{"writes", false, tCarry, "of to: the value, or the content of the file it names"},
	{"same", false, tFlag, "the result stands for the same data"},
	{"joins", false, tFlag, "the result is a path that begins with the first argument"},
	{"invoke", false, tSlot, "slot of a function that is called"},
	{"with", false, mapping(withObject), "with invoke: its arguments"},
	{"converts", false, words("field or object", "field", "object"), "the decorated method, or the function given in an annotation, is called with what a field, or the whole object, is given"},
	{"hooks", false, tPatterns, "functions of the call's name that one of these decorates are called with its keyword arguments"},
	{"later", false, tFlag, "with invoke: what the function raises is seen where the result is asked for"},
	{"result", false, words("return, return[*] or same", "return", "return[*]", "same"), "with invoke: where its result goes"},
	{"derived-from", false, tDerived, "release, file and line of the code that the entry was derived from"},
}}

var tClears = many(text("all or a kind id", idPattern))

var sanitizerObject = &object{name: "a sanitizer", keys: []key{
	{"call", true, tPatterns, "the calls"},
	{"slot", false, tSlot, "what is clean; default return"},
	{"clears", true, tClears, "all or kind ids"},
	{"for", false, many(tSinkID), "only for these sinks"},
	{"content", false, tFlag, "the file it names is clean too"},
	{"when", false, tWhen, "conditions on arguments that must all hold"},
	{"derived-from", false, tDerived, "release, file and line of the code that the entry was derived from"},
}}

var consentObject = &object{name: "a consent", keys: []key{
	{"call", true, tPatterns, "the calls"},
	{"flag", true, tSlot, "the argument that must be true"},
}}

var verifyObject = &object{name: "verify", keys: []key{
	{"call", true, tPatterns, "the calls"},
	{"input", true, tSlot, "what is checked"},
	{"on", true, words("raises or returns-true", "raises", "returns-true"), "raises when wrong, or returns-true when right"},
	{"attrs", false, many(tName), "attributes of the result that are true when right; the result itself then says nothing"},
	{"key", false, tSlot, "what it is checked with; no check where that comes from others"},
	{"args", false, tArgs, "positions of the arguments in conditions"},
	{"when", false, tWhen, "conditions without which it is no check"},
	{"unless", false, tPatterns, "classes: with a key that is an object of one of them it is no check"},
}}

var whenArgObject = &object{name: "when-arg", keys: []key{
	{"call", true, tPatterns, "the calls"},
	{"args", false, tArgs, "positions of the arguments in conditions"},
	{"when", true, tWhen, "conditions on arguments"},
}}

var validatorObject = &object{name: "a validator", groups: []group{
	atLeastOne("digest", "weak", "mac", "compare", "verify", "when-arg"),
}, keys: []key{
	{"id", true, tID, "a name for it"},
	{"digest", false, tPatterns, "calls that make a digest"},
	{"weak", false, tPatterns, "calls that make a broken digest"},
	{"weak-names", false, many(tWords), "names of broken algorithms, where an argument of a digest says which; in any case"},
	{"mac", false, tPatterns, "keyed digests, called (key, message)"},
	{"compare", false, tPatterns, "calls that compare like =="},
	{"verify", false, mapping(verifyObject), "calls that check their input"},
	{"when-arg", false, mapping(whenArgObject), "calls that check by themselves"},
	{"not-tainted", false, many(text("any or a kind id", idPattern)), "kinds the expected value must not carry"},
	{"clears", true, tClears, "all or kind ids"},
}}

var classObject = &object{name: "a class", groups: []group{exactlyOne("acts-as", "safe-unless-calls")}, keys: []key{
	{"id", true, tID, "a name for it"},
	{"subclass-of", true, tPatterns, "the base classes"},
	{"acts-as", false, tSinkID, "the sink that X(f).load() is"},
	{"load-methods", false, many(tName), "with acts-as; default load"},
	{"overrides", false, tName, "with acts-as: the method to override restrictively"},
	{"permissive-note", false, tWords, "with overrides: note when the override lets everything through"},
	{"safe-unless-calls", false, many(tName), "safe unless one of these is called on the class"},
}}

var storeObject = &object{name: "a store", keys: []key{
	{"id", true, tID, "a name for it"},
	{"model", true, tPatterns, "bases of the classes whose objects are kept"},
	{"gives", false, many(tName), "functions and methods that are given a class, and give back what is kept of it"},
	{"fills", false, many(tName), "methods of what the class gives that store the attributes they are given"},
	{"columns", false, many(tName), "methods of what the class gives that give the attributes whose names they are given"},
}}

var keepObject = &object{name: "a keep", groups: []group{exactlyOne("key", "fields", "statement")}, keys: []key{
	{"id", true, tID, "a name for it"},
	{"with", false, tID, "the keep whose names these are; default this one"},
	{"puts", false, tPatterns, "calls that put something there"},
	{"takes", false, tPatterns, "calls that give what is there"},
	{"of", false, tSlot, "what names the place besides its key: receiver"},
	{"key", false, tSlot, "the name under which something is put or taken"},
	{"value", false, tSlot, "with key: what is put"},
	{"held", false, tFlag, "the receiver holds it, in the program"},
	{"section", false, tSlot, "with held: what the key lies below"},
	{"fields", false, tSlot, "instead of key: mappings of which each entry is put under its own key"},
	{"statement", false, tSlot, "instead of key: the SQL that says what is put or taken"},
	{"values", false, tSlot, "with statement: what its marks stand for; default all arguments after it"},
	{"result", false, words("a result of a statement", "cursor", "row", "rows", "cell"), "with statement: what the call gives; default cursor"},
	{"rows", false, many(tName), "with statement: methods that give several rows"},
	{"row", false, many(tName), "with statement: methods that give one row"},
	{"cells", false, many(tName), "with statement: methods that give the first column of several rows"},
	{"cell", false, many(tName), "with statement: methods that give the first column of one"},
	{"same", false, many(tName), "methods of what is taken that give it again"},
}}

var escapesObject = &object{name: "escapes", groups: []group{atLeastOne("modules", "partly", "names", "calls")}, keys: []key{
	{"modules", false, many(tDotted), "modules that nobody may be given who is not to run code"},
	{"partly", false, many(tDotted), "the same of modules that hold harmless things beside: a name below one is judged by itself"},
	{"names", false, many(tName), "functions that run, or give, whatever they are told to, in whatever module"},
	{"calls", false, many(tDotted), "calls that give, or run, whatever a name or text says"},
}}

var ruleObject = &object{name: "a rule", groups: []group{exactlyOne("flow", "call")}, keys: []key{
	{"id", true, text("a rule id like PKL101", ruleIDPattern), "a code like PKL101"},
	{"name", true, text("a kebab-case name", idPattern), "a kebab-case name of the bad pattern"},
	{"title", true, &shape{name: "a title", scalar: &scalar{str: true, maxLen: 255}}, "one sentence"},
	{"why", true, tMarkdown, "what can happen"},
	{"fix", true, tMarkdown, "what to do instead"},
	{"advice", false, list(mapping(adviceObject)), "what to do instead, for some of its findings; the first row that fits counts"},
	{"cwe", true, many(number("a CWE number", 1, 9999)), "CWE numbers"},
	{"precision", false, words("a precision", "very-high", "high", "medium", "low"), "how often it is right"},
	{"since", false, tVersion, "first release with it"},
	{"changed", false, mapOf("a version", `^[0-9][A-Za-z0-9.-]*$`, tWords), "what later releases report that it did not, or the other way round"},
	{"flow", false, mapping(&object{name: "flow", keys: []key{
		{"from", true, tKinds, "kinds, or any"},
		{"to", true, many(tSinkID), "sinks"},
		{"cases", false, many(tCaseName), "only these cases"},
	}}), "data of a kind reaches a sink"},
	{"call", false, mapping(&object{name: "call", keys: []key{
		{"sink", true, many(tSinkID), "sinks"},
		{"cases", false, many(tCaseName), "only these cases"},
	}}), "the call alone is the finding"},
	{"level", true, tLevelMap, "how loud it is"},
	{"references", false, many(text("a URL", urlPattern)), "further reading"},
	{"bad", true, many(text("a Python example", "")), "examples with findings"},
	{"good", true, many(text("a Python example", "")), "examples without"},
}}

var packObject = &object{name: "pack", keys: []key{
	{"id", true, tID, "a name for the pack"},
	{"version", true, tVersion, "its version"},
	{"license", false, tWords, "SPDX id"},
}}

var trustObject = &object{name: "a trust entry", keys: []key{
	{"call", true, tPatterns, "calls whose result is trusted"},
}}

var fileObject = &object{name: "a pack", keys: []key{
	{"schema", true, number("the schema version", 1, 1), "1"},
	{"pack", true, mapping(packObject), "id, version and license"},
	{"extends", false, manyOf(text("a pack id", idPattern), 0), "packs it builds on"},
	{"kinds", false, mapOf("a kind id", idPattern, mapping(kindObject)), "what data is, worst first"},
	{"libraries", false, mapOf("a library id", `^[a-z0-9]+([-_.][a-z0-9]+)*$`, mapping(libraryObject)), "names and versions"},
	{"types", false, list(mapping(typeObject)), "what library calls return"},
	{"sources", false, list(mapping(sourceObject)), "where data comes from"},
	{"sinks", false, list(mapping(sinkObject)), "calls that deserialize"},
	{"settings", false, list(mapping(settingObject)), "values that switch something on, wherever they are stored"},
	{"propagators", false, list(mapping(propagatorObject)), "calls that pass data on"},
	{"sanitizers", false, list(mapping(sanitizerObject)), "calls that clean"},
	{"consents", false, list(mapping(consentObject)), "calls that come back only where somebody has agreed"},
	{"homes", false, many(text("an absolute path", `^(/[A-Za-z0-9._-]+)+$`)), "folders that programs begin in"},
	{"escapes", false, mapping(escapesObject), "what an allow-list of names must not hold"},
	{"intrinsics", false, mapping(intrinsicsObject()), "calls, methods and types that the engine itself knows how to interpret"},
	{"words", false, mapping(wordsObject()), "names that say something wherever they stand"},
	{"instance-calls", false, many(tName), "methods that library classes call when an object of theirs is called"},
	{"shells", false, list(mapping(shellObject)), "calls that run command lines"},
	{"commands", false, list(mapping(commandObject)), "what programs on command lines do with files and addresses"},
	{"validators", false, list(mapping(validatorObject)), "integrity checks"},
	{"classes", false, list(mapping(classObject)), "subclasses of library classes"},
	{"stores", false, list(mapping(storeObject)), "what keeps objects of the project's classes"},
	{"keeps", false, list(mapping(keepObject)), "calls that put data outside of the program under a name, and take it from there"},
	{"rules", false, list(mapping(ruleObject)), "what a user sees"},
	{"disable", false, many(text("an id or name", `^[A-Za-z0-9-]+$`)), "ids to leave out"},
	{"levels", false, mapOf("a rule id or name", `^[A-Za-z0-9-]+$`, tLevelMap), "other levels for rules"},
	{"trust", false, list(mapping(trustObject)), "trusted fetchers"},
	{"paths", false, mapping(&object{name: "paths", keys: []key{
		{"exclude", false, many(text("a glob", "")), "files not to scan"},
	}}), "which files to scan"},
}}

var fileShape = mapping(fileObject)

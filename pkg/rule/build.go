package rule

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

const (
	anyKind     = "any"     // in from, tainted, not-tainted: every kind
	allKinds    = "all"     // in clears: every kind
	defaultWord = "default" // in level: the other kinds; in cases: rows without a name
	maxKinds    = 60        // the engine keeps sets of kinds in a machine word
	maxNames    = 50_000    // of all patterns, braces expanded
)

// kind looks up a kind id and reports an unknown one; nil then.
func (l *loader) kind(r *file, n *yaml.Node) *Kind {
	id := scalarText(n)
	if id == "" {
		return nil
	}
	k := l.kinds[id]
	if k == nil {
		r.errorf(n, "unknown kind %s%s", quoteShort(id), suggestKey(r, id, l.kinds))
	}
	return k
}

// kindList reads kind ids; nil when the word that stands for all is given, or nothing.
func (l *loader) kindList(v view, name, all string) []*Kind {
	list := v.list(name)
	if len(list) == 1 && list[0].Value == all {
		return nil
	}
	out := []*Kind{}
	for _, n := range list {
		if n.Value == all {
			v.r.errorf(n, "%s stands alone", all)
			continue
		}
		if k := l.kind(v.r, n); k != nil {
			out = append(out, k)
		}
	}
	if len(list) == 0 {
		return nil
	}
	return out
}

// sink looks up a sink id and reports an unknown one; nil then.
func (l *loader) sink(r *file, n *yaml.Node) *Sink {
	id := scalarText(n)
	if id == "" {
		return nil
	}
	s := l.sinks[id]
	if s == nil {
		r.errorf(n, "unknown sink %s%s", quoteShort(id), suggestKey(r, id, l.sinks))
	}
	return s
}

// patterns reads a list of patterns, reports bad ones and those that can never match, and gives the rest.
func (l *loader) patterns(v view, name string) []string {
	out := l.loosePatterns(v, name)
	for _, n := range v.list(name) {
		for _, p := range l.compiled[scalarText(n)] {
			if p.firstSegment() == "" && p.lastSegment() == "" {
				v.r.errorf(n, "%s is too broad: its first or last segment must be free of *", p.text)
			}
		}
	}
	return out
}

// loosePatterns is patterns for lists that are matched one by one and need no word to be found by.
func (l *loader) loosePatterns(v view, name string) []string {
	var out []string
	for _, n := range v.list(name) {
		text := scalarText(n)
		if !isPatternText(text) {
			continue
		}
		if ps := l.compile(v.r, n); ps != nil {
			for _, p := range ps {
				l.checkCanonical(v.r, n, p)
			}
			out = append(out, text)
		}
	}
	return out
}

// compile compiles one pattern, reporting a bad one, and keeps the result by its text.
func (l *loader) compile(r *file, n *yaml.Node) []pattern {
	if ps, ok := l.compiled[n.Value]; ok || l.names > maxNames {
		return ps
	}
	ps, err := compilePattern(n.Value)
	if err != nil {
		r.errorf(n, "%s", err)
		return nil
	}
	l.compiled[n.Value] = ps
	if before := l.names; before <= maxNames {
		if l.names += len(ps); l.names > maxNames {
			r.errorf(n, "more than %d names in all patterns together", maxNames)
		}
	}
	return ps
}

// checkCanonical refuses a pattern over an alias: names are canonical when they are matched.
func (l *loader) checkCanonical(r *file, n *yaml.Node, p pattern) {
	fixed := p.text
	if !p.exact() {
		fixed = p.parts[0][:strings.LastIndexByte(p.parts[0], '.')+1]
		fixed = strings.TrimSuffix(fixed, ".")
	}
	if to, _ := l.alias.canonical(fixed); to != fixed {
		r.errorf(n, "%s never matches: %s is an alias; write %s", p.text, fixed, to+strings.TrimPrefix(p.text, fixed))
	}
}

// literalEnd reports patterns whose last segment has a star, where files are chosen by that word.
func (l *loader) literalEnd(v view, name string) {
	for _, n := range v.list(name) {
		for _, p := range l.compiled[scalarText(n)] {
			if p.lastSegment() == "" {
				v.r.errorf(n, "%s: the last segment must be free of * here, because files are chosen by that word", p.text)
			}
		}
	}
}

var slotWordRE = regexp.MustCompile(slotPattern)

// slot reads a slot; the language check has reported a bad one.
func (l *loader) slot(v view, name string) Slot {
	n := v.node(name)
	if n == nil {
		return Slot{}
	}
	if word := scalarText(n); word != "" {
		m := slotWordRE.FindStringSubmatch(word)
		if m == nil {
			return Slot{}
		}
		kind := map[string]SlotKind{"return": Return, "receiver": Receiver, "args": AllArgs}[m[1]]
		return Slot{What: kind, Path: strings.TrimPrefix(word, m[1])}
	}
	o := view{v.r, n}
	switch {
	case o.has("source"):
		return Slot{What: SourceSlot}
	case o.has("args-from"):
		return Slot{What: AllArgs, From: o.num("args-from", 0), Path: o.str("path")}
	}
	s := Slot{What: ArgSlot, Path: o.str("path")}
	for _, a := range o.list("arg") {
		if i, err := strconv.Atoi(a.Value); err == nil && a.ShortTag() == "!!int" {
			s.Positions = append(s.Positions, i)
		} else {
			s.Names = append(s.Names, a.Value)
		}
	}
	return s
}

// slotOf reads a slot and reports one that makes no sense here.
func (l *loader) slotOf(v view, name string, allowed ...SlotKind) Slot {
	s := l.slot(v, name)
	if s.What != NoSlot && !slices.Contains(allowed, s.What) {
		v.r.errorf(v.node(name), "%s cannot be %s here", name, slotNames[s.What])
	}
	return s
}

var slotNames = map[SlotKind]string{
	Return: "return", Receiver: "receiver", ArgSlot: "an argument", AllArgs: "all arguments", SourceSlot: "a source",
}

func carry(text string) Carry {
	if text == "content" {
		return CarryContent
	}
	return CarryValue
}

// args reads positions of arguments; several calls with different signatures may share one.
func (l *loader) args(v view) map[string]int {
	out := map[string]int{}
	for _, p := range v.view("args").pairs() {
		if i, err := strconv.Atoi(p.val.Value); err == nil {
			out[p.key.Value] = i
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

func (l *loader) buildType(v view) {
	l.pack.Types = append(l.pack.Types, &Type{
		Calls: l.patterns(v, "call"), Attrs: l.patterns(v, "attr"), Returns: v.strs("returns"), At: v.at(),
	})
}

func (l *loader) buildSource(v view) {
	s := &Source{ID: v.str("id"), Kind: l.kind(v.r, v.node("kind")), Calls: l.patterns(v, "call"), Attrs: l.patterns(v, "attr"),
		Slot: Slot{What: Return}, Carries: carry(v.str("carries")), Clean: v.strs("clean"), Below: v.strs("below"), At: v.at()}
	if v.has("slot") {
		s.Slot = l.slotOf(v, "slot", Return, Receiver, ArgSlot, AllArgs)
		if !v.has("call") {
			v.r.errorf(v.node("slot"), "slot goes with call only")
		}
	}
	if v.has("when") && !v.has("call") {
		v.r.errorf(v.node("when"), "when goes with call only")
	}
	if s.Sure = v.flag("sure"); v.has("sure") && !v.has("when") {
		v.r.errorf(v.node("sure"), "sure goes with when")
	}
	if s.Stable = v.flag("stable"); s.Stable && !v.has("call") {
		v.r.errorf(v.node("stable"), "stable goes with call only")
	}
	if s.SelfStarted = v.strs("self-started"); v.has("self-started") && !v.has("attr") {
		v.r.errorf(v.node("self-started"), "self-started goes with attr only")
	}
	if s.Options = v.strs("options"); v.has("options") && !v.has("call") {
		v.r.errorf(v.node("options"), "options goes with call only")
	}
	s.When = l.conds(v, "when", condContext{args: l.args(v), where: "sources", subjects: []string{"env", "receiver", "lib", "path-suffix", "beside"}})
	if p := v.view("param"); p.n != nil {
		s.Param = l.param(p)
	}
	s.clean = compileGlobs(s.Clean)
	if l.define(v.r, v.node("id"), "source", s.ID) {
		l.pack.Sources = append(l.pack.Sources, s)
	}
}

func (l *loader) param(v view) *ParamMatch {
	m := &ParamMatch{
		DecoratedBy: l.patterns(v, "decorated-by"), MethodOf: l.loosePatterns(v, "method-of"), Methods: v.strs("methods"),
		FunctionName: v.strs("function-name"), InClasses: v.flag("in-classes"), PassedTo: l.patterns(v, "passed-to"), Annotated: l.loosePatterns(v, "annotated"),
		Beside: l.loosePatterns(v, "beside"), Callback: l.slotOf(v, "callback", ArgSlot, AllArgs), Names: v.strs("names"), ExceptNames: v.strs("except-names"),
		ExceptAnnotated: l.loosePatterns(v, "except-annotated"), ExceptDefaultCall: l.loosePatterns(v, "except-default-call"), Uncalled: v.flag("uncalled"),
		BesideNames: v.strs("beside-names"), FedBy: l.slotOf(v, "fed-by", ArgSlot), ExceptFed: l.loosePatterns(v, "except-fed"),
	}
	if v.has("methods") && !v.has("method-of") && !v.has("decorated-by") && !v.has("passed-to") {
		v.r.errorf(v.node("methods"), "methods goes with method-of, decorated-by or passed-to")
	}
	if v.has("in-classes") && !v.has("function-name") {
		v.r.errorf(v.node("in-classes"), "in-classes goes with function-name")
	}
	if v.has("fed-by") != v.has("except-fed") || v.has("fed-by") && !v.has("passed-to") {
		v.r.errorf(v.n, "fed-by and except-fed go together, with passed-to")
	}
	if v.has("passed-to") != v.has("callback") {
		v.r.errorf(v.n, "passed-to and callback go together")
	}
	m.compile()
	return m
}

func (l *loader) buildPropagator(v view) {
	p := &Propagator{Calls: l.patterns(v, "call"), FromCarry: carry(v.str("reads")), ToCarry: carry(v.str("writes")),
		Same: v.flag("same"), Joins: v.flag("joins"), Converts: v.str("converts"), At: v.at()}
	l.pack.Propagators = append(l.pack.Propagators, p)
	if p.Converts != "" {
		return
	}
	if v.has("hooks") {
		p.Hooks = l.patterns(v, "hooks")
		p.hooks = mustPatterns(p.Hooks)
		return
	}
	if v.has("saves") {
		p.Saves = l.slotOf(v, "saves", Receiver, ArgSlot)
		return
	}
	if v.has("invoke") {
		p.Invoke = l.invoke(v)
		return
	}
	p.From = l.slotOf(v, "from", Receiver, ArgSlot, AllArgs, SourceSlot)
	p.To = l.slotOf(v, "to", Return, Receiver, ArgSlot, AllArgs)
	if p.From.What == SourceSlot {
		p.Kind = l.kind(v.r, v.view("from").node("source"))
	}
	if p.To.What == NoSlot {
		v.r.errorf(v.n, "a propagator with from needs to")
	}
	for _, name := range []string{"with", "result", "later"} {
		if v.has(name) {
			v.r.errorf(v.node(name), "%s goes with invoke only", name)
		}
	}
}

func (l *loader) invoke(v view) *Invoke {
	for _, name := range []string{"to", "reads", "writes", "same", "joins"} {
		if v.has(name) {
			v.r.errorf(v.node(name), "%s goes with from, not with invoke", name)
		}
	}
	w := v.view("with")
	return &Invoke{
		Func: l.slotOf(v, "invoke", ArgSlot, Receiver), Result: v.str("result"), Later: v.flag("later"),
		ArgsFrom: w.num("args-from", -1), Elements: w.num("elements-of", -1), Receiver: w.flag("receiver"),
		Each: l.slotOf(w, "each-of", ArgSlot, Receiver), Spread: w.flag("spread"), Own: w.num("own", 0), Method: w.str("method"),
		ArgsIn: l.slotOf(w, "args-in", ArgSlot, Receiver), KwargsIn: l.slotOf(w, "kwargs-in", ArgSlot, Receiver),
		Every: l.slotOf(w, "every", ArgSlot, Receiver),
	}
}

func (l *loader) buildSanitizer(v view) {
	s := &Sanitizer{Calls: l.patterns(v, "call"), Slot: Slot{What: Return}, Clears: l.kindList(v, "clears", allKinds),
		Content: v.flag("content"), At: v.at()}
	if v.has("slot") {
		s.Slot = l.slotOf(v, "slot", Return, Receiver, ArgSlot, AllArgs)
	}
	s.When = l.conds(v, "when", condContext{args: l.args(v), where: "sanitizers"})
	for _, n := range v.list("for") {
		if sink := l.sink(v.r, n); sink != nil {
			s.For = append(s.For, sink.ID)
		}
	}
	l.pack.Sanitizers = append(l.pack.Sanitizers, s)
}

func (l *loader) buildConsent(v view) {
	l.pack.Consents = append(l.pack.Consents, &Consent{Calls: l.patterns(v, "call"), Flag: l.slotOf(v, "flag", ArgSlot), At: v.at()})
}

// buildTrust turns a trusted fetcher into a sanitizer of its result and of the file that names.
func (l *loader) buildTrust(v view) {
	l.pack.Sanitizers = append(l.pack.Sanitizers, &Sanitizer{
		Calls: l.patterns(v, "call"), Slot: Slot{What: Return}, Content: true, Trusted: true, At: v.at(),
	})
}

func (l *loader) buildValidator(v view) {
	d := &Validator{ID: v.str("id"), Digest: l.patterns(v, "digest"), Weak: l.patterns(v, "weak"), Mac: l.patterns(v, "mac"),
		Compare: l.patterns(v, "compare"), NotTainted: l.kindList(v, "not-tainted", anyKind),
		Clears: l.kindList(v, "clears", allKinds), WeakNames: v.strs("weak-names"), At: v.at()}
	if v.has("weak-names") && !v.has("digest") {
		v.r.errorf(v.node("weak-names"), "weak-names goes with digest")
	}
	if f := v.view("verify"); f.n != nil {
		d.Verify = &VerifyCall{Calls: l.patterns(f, "call"), Input: l.slotOf(f, "input", Receiver, ArgSlot, AllArgs), Raises: f.str("on") == "raises",
			Attrs: f.strs("attrs"), Key: l.slotOf(f, "key", Receiver, ArgSlot), When: l.conds(f, "when", condContext{args: l.args(f), where: "verify"}),
			Unless: l.patterns(f, "unless")}
	}
	if w := v.view("when-arg"); w.n != nil {
		d.WhenArg = &WhenArg{Calls: l.patterns(w, "call"), When: l.conds(w, "when", condContext{args: l.args(w), where: "when-arg"})}
	}
	if l.define(v.r, v.node("id"), "validator", d.ID) {
		l.pack.Validators = append(l.pack.Validators, d)
	}
}

func (l *loader) buildClass(v view) {
	c := &ClassRule{ID: v.str("id"), SubclassOf: l.patterns(v, "subclass-of"), LoadMethods: v.strs("load-methods"),
		Overrides: v.str("overrides"), SafeUnlessCalls: v.strs("safe-unless-calls"), PermissiveNote: v.str("permissive-note"), At: v.at()}
	l.literalEnd(v, "subclass-of")
	if v.has("acts-as") {
		if s := l.sink(v.r, v.node("acts-as")); s != nil {
			c.ActsAs = s.ID
		}
		if c.LoadMethods == nil {
			c.LoadMethods = []string{"load"}
		}
	} else {
		for _, name := range []string{"load-methods", "overrides", "permissive-note"} {
			if v.has(name) {
				v.r.errorf(v.node(name), "%s goes with acts-as only", name)
			}
		}
	}
	c.bases = mustPatterns(c.SubclassOf)
	if l.define(v.r, v.node("id"), "class", c.ID) {
		l.pack.Classes = append(l.pack.Classes, c)
	}
}

func (l *loader) buildStore(v view) {
	s := &Store{ID: v.str("id"), Model: l.patterns(v, "model"), Gives: v.strs("gives"), Fills: v.strs("fills"), Columns: v.strs("columns"), At: v.at()}
	s.bases = mustPatterns(s.Model)
	if l.define(v.r, v.node("id"), "store", s.ID) {
		l.pack.Stores = append(l.pack.Stores, s)
	}
}

func (l *loader) buildKeep(v view) {
	k := &Keep{ID: v.str("id"), With: v.str("with"), Puts: l.patterns(v, "puts"), Takes: l.patterns(v, "takes"),
		Of: l.slotOf(v, "of", Receiver, ArgSlot), Key: l.slotOf(v, "key", ArgSlot), Section: l.slotOf(v, "section", ArgSlot), Held: v.flag("held"), Value: l.slotOf(v, "value", ArgSlot),
		Fields: l.slotOf(v, "fields", ArgSlot), Statement: l.slotOf(v, "statement", ArgSlot), Values: l.slotOf(v, "values", ArgSlot),
		Result: v.str("result"), Rows: v.strs("rows"), Row: v.strs("row"), Cells: v.strs("cells"), Cell: v.strs("cell"), Same: v.strs("same"), At: v.at()}
	if k.With == "" {
		k.With = k.ID
	}
	if v.has("section") != v.has("held") || v.has("held") && !v.has("key") {
		v.r.errorf(v.n, "section and held go together, with key")
	}
	if v.has("value") && !v.has("key") {
		v.r.errorf(v.node("value"), "value goes with key")
	}
	for _, name := range []string{"values", "result", "rows", "row", "cells", "cell"} {
		if v.has(name) && !v.has("statement") {
			v.r.errorf(v.node(name), "%s goes with statement", name)
		}
	}
	if l.define(v.r, v.node("id"), "keep", k.ID) {
		l.pack.Keeps = append(l.pack.Keeps, k)
	}
}

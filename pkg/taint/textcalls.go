package taint

import (
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/rule"
)

// What calls make of texts that are partly known: parts of paths, pieces, tests. The calls are those of Python's own texts and
// paths; what else they mean is the rule packs' business.

// textCall does a call on a text of which something is known.
func (c *extCall) textCall() (*Value, bool) {
	v := c.self
	if v == nil && len(c.args) > 0 && c.args[0].name == "" && c.args[0].star == 0 {
		v = c.args[0].val
	}
	all := v.allTexts()
	if all == nil {
		return nil, false
	}
	if c.self == nil {
		return c.pathCall(v, all)
	}
	switch c.how {
	case rule.DoEndsWith:
		return c.tested(all, endsIn)
	case rule.DoStartsWith:
		return c.tested(all, beginsIn)
	case rule.DoLower:
		return c.mapped(v, all, strings.ToLower)
	case rule.DoUpper:
		return c.mapped(v, all, strings.ToUpper)
	case rule.DoSplit, rule.DoSplitLast, rule.DoPartitionLast:
		return c.pieced(v, all)
	case rule.DoJoin:
		return c.strung(v)
	}
	return nil, false
}

// strung gives the text of sep.join(list), if all places of the list are known: the same as that of its pieces in a template.
func (c *extCall) strung(sep *Value) (*Value, bool) {
	if !isText(sep) || len(c.args) != 1 {
		return nil, false
	}
	list, ok := c.f.positions(c.args[0].val, c.st)
	if !ok || len(list) < 2 || len(list) > maxPieces {
		return nil, false
	}
	between, _ := sep.strKonst()
	var pieces []*Value
	for i, x := range list {
		if i > 0 && between != "" {
			pieces = append(pieces, sep)
		}
		pieces = append(pieces, x)
	}
	out := c.f.blend(pieces, c.st, 0)
	out.facts = c.f.joinedFacts(pieces, false, c.st)
	return c.f.joined(out, pieces), true
}

// tested decides a test of how a text begins or ends, also against one of several.
func (c *extCall) tested(all []string, ask func(s, x string) int) (*Value, bool) {
	if len(c.args) != 1 {
		return nil, false
	}
	x := c.args[0].val
	list, ok := c.f.literals(x)
	if s, is := x.strKonst(); is && x.assumed == "" {
		list, ok = []string{s}, true
	}
	if !ok {
		return nil, false
	}
	w := c.f.decideTexts(all, func(s string) int { return anyOf(list, func(x string) int { return ask(s, x) }) }, c.self, x)
	return w, w != nil
}

// mapped gives the texts with what a function makes of what is known of them.
func (c *extCall) mapped(v *Value, all []string, change func(string) string) (*Value, bool) {
	if !partial(all) || len(c.args) > 0 {
		return nil, false // see folded
	}
	out := make([]string, len(all))
	for i, s := range all {
		out[i] = change(s)
	}
	w := c.f.sometext(c.ofText(v), out)
	return w, w != nil
}

// partial says whether one of the texts is not known as a whole.
func partial(all []string) bool {
	return slices.ContainsFunc(all, func(s string) bool { return strings.Contains(s, hole) })
}

// ofText gives what comes of a text: its data, in another form.
func (c *extCall) ofText(v *Value) *Value {
	w := &Value{facts: v.facts, clean: v.isClean(), deps: c.f.ev.depsOf(v)}
	if v.sym != noSym {
		w.sym = c.f.ev.syms.of(symVia, v.sym, 0, last(c.name)+argKey(c.args))
	}
	return w
}

// pathCall gives the parts of a path of which the end is known.
func (c *extCall) pathCall(v *Value, all []string) (*Value, bool) {
	var tail func(s string) string
	switch c.does {
	case rule.DoExtension:
		tail = extension
	case rule.DoBaseName, rule.DoSplitPath:
		tail = baseName
	default:
		if c.how == rule.DoSplitAddress {
			return c.addressParts(v, all)
		}
		return nil, false
	}
	tails := make([]string, len(all))
	for i, s := range all {
		if tails[i] = tail(s); tails[i] == unknownTail {
			return nil, false
		}
	}
	if c.does == rule.DoBaseName {
		w := c.f.sometext(c.ofText(v), tails)
		return w, w != nil
	}
	return c.listed(v, c.f.sometext(c.ofText(v), tails))
}

// unknownTail stands for a part of which nothing is known.
const unknownTail = hole

// extension gives the suffix of a path; unknownTail if it is not known.
func extension(s string) string {
	_, end := endsOf(s)
	open := strings.Contains(s, hole)
	name := end[strings.LastIndexByte(end, '/')+1:]
	whole := !open || len(name) < len(end) // the name begins in what is known
	i := strings.LastIndexByte(name, '.')
	switch {
	case i > 0 || i == 0 && !whole && strings.TrimLeft(name, ".") != "":
		return name[i:]
	case whole:
		return ""
	}
	return unknownTail
}

// baseName gives the last part of a path, partly known if it begins in what is not.
func baseName(s string) string {
	_, end := endsOf(s)
	if i := strings.LastIndexByte(end, '/'); i >= 0 || !strings.Contains(s, hole) {
		return end[i+1:]
	}
	return hole + end
}

// pathAttr gives the suffix or the name of a path of which the end is known; nil if that is not asked for, or not known.
func (f *frame) pathAttr(v *Value, name string) *Value {
	if v.text == "" || !f.ev.isA(v, rule.IsPath) {
		return nil
	}
	var part string
	switch f.ev.pack.MethodIntrinsic(name) {
	case rule.DoExtension:
		part = extension(v.text)
	case rule.DoBaseName:
		part = baseName(v.text)
	default:
		return nil
	}
	w := &Value{facts: v.facts, clean: v.isClean(), deps: f.ev.depsOf(v)}
	if v.sym != noSym {
		w.sym = f.ev.syms.of(symAttr, v.sym, 0, "."+name)
	}
	return f.sometext(w, []string{part})
}

// addressParts gives a split address, of which the path is told.
func (c *extCall) addressParts(v *Value, all []string) (*Value, bool) {
	paths := make([]string, len(all))
	for i, s := range all {
		_, rest, ok := strings.Cut(s, "://")
		at := strings.IndexByte(rest, '/')
		if !ok || at < 0 {
			return nil, false
		}
		paths[i] = rest[at:]
		if end := strings.IndexAny(paths[i], "?#"); end >= 0 {
			paths[i] = paths[i][:end]
		}
	}
	p := c.f.sometext(c.ofText(v), paths)
	if p == nil {
		return nil, false
	}
	out := c.ofText(v)
	out.open = true
	c.st.set(heapKey{out.sym, ".path"}, p)
	return out, out.sym != noSym
}

// pieced gives the last piece of texts that are split.
func (c *extCall) pieced(v *Value, all []string) (*Value, bool) {
	if !partial(all) && len(v.facts) == 0 || len(c.args) == 0 {
		return nil, false // see parted
	}
	sep, ok := c.args[0].val.strKonst()
	if !ok || sep == "" || c.how == rule.DoSplit && len(c.args) > 1 {
		return nil, false
	}
	tails := make([]string, len(all))
	for i, s := range all {
		_, end := endsOf(s)
		at := strings.LastIndex(end, sep)
		if at < 0 {
			return nil, false
		}
		tails[i] = end[at+len(sep):]
	}
	return c.listed(v, c.f.sometext(c.ofText(v), tails))
}

// listed gives a list of parts of a text, of which the last one is known.
func (c *extCall) listed(v, end *Value) (*Value, bool) {
	if end == nil {
		return nil, false
	}
	out := &Value{shape: true, open: true, facts: v.facts, clean: v.isClean(), deps: c.f.ev.depsOf(v), sym: c.f.callSym()}
	c.f.clearHeap(c.st, out.sym)
	c.st.makes(out.sym)
	first := c.ofText(v)
	first.open = true
	c.st.set(heapKey{out.sym, "[*]"}, first)
	c.st.set(heapKey{out.sym, "[-1]"}, end)
	if c.does == rule.DoExtension || c.does == rule.DoSplitPath {
		c.st.set(heapKey{out.sym, "[0]"}, first)
		c.st.set(heapKey{out.sym, "[1]"}, end)
	}
	return out, true
}

// argsText gives what is known of the path that a call joins.
func (c *extCall) argsText() string {
	if slices.ContainsFunc(c.args, func(a arg) bool { return a.star != 0 || a.name != "" }) {
		return ""
	}
	parts := values(c.args)
	if c.self != nil {
		parts = append([]*Value{c.self}, parts...)
	}
	return c.f.joinedText("/", parts...)
}

package taint

import (
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/program"
	"github.com/pickletrace/pickletrace/pkg/rule"
)

// relevance answers from text alone whether a function may hold a sink, a source or a check, itself or in what it calls.
type relevance struct {
	ev      *eval
	sinks   map[string]rule.Anchor // by word: of sinks and of classes that act as one
	checks  map[string]rule.Anchor // by word: of sinks, classes and checks
	classes map[string]rule.Anchor // by word: of classes
	all     map[string]rule.Anchor // by word: of everything that makes a function worth entering
	made    map[string]rule.Anchor // the same, where the file makes the objects whose methods they are, or names their classes
	files   map[*program.Module]bool
	direct  map[directKey]bool
	near    map[nearKey]bool
	renames map[*program.Module]map[string]bool // see otherNames
}

// A need says what of the pack is looked for.
type need uint8

const (
	anything need = iota // that makes a function worth entering
	sinks                // and classes that act as one
	checks               // of data, and sinks
	within               // like anything, with objects that the file makes itself, or whose classes it names
)

type directKey struct {
	fn   *program.Fn
	what need
}

type nearKey struct {
	fn    *program.Fn
	steps int
	what  need
}

func newRelevance(ev *eval) *relevance {
	r := &relevance{ev: ev, files: map[*program.Module]bool{}, direct: map[directKey]bool{}, near: map[nearKey]bool{}, renames: map[*program.Module]map[string]bool{}}
	r.sinks = byWord(ev.pack.Anchors("sink", "class"))
	r.checks = byWord(ev.pack.Anchors("sink", "class", "validator"))
	r.classes = byWord(ev.pack.Anchors("class"))
	r.all = byWord(ev.pack.Anchors("sink", "class", "source", "validator", "maker"))
	r.made = map[string]rule.Anchor{}
	for word, a := range r.all {
		if a.Held {
			a.Modules, a.Imported = a.Makers, true
			r.made[word] = a
		}
	}
	for _, a := range r.all {
		for _, m := range ev.prog.MentioningAll(a.Word) {
			if !r.files[m] && inFile(a, m) {
				r.files[m] = true
			}
		}
	}
	return r
}

func byWord(as []rule.Anchor) map[string]rule.Anchor {
	out := make(map[string]rule.Anchor, len(as))
	for _, a := range as {
		out[a.Word] = a
	}
	return out
}

// inFile says whether the anchor's word, if the file holds it, may mean what the anchor is about.
func inFile(a rule.Anchor, m *program.Module) bool {
	mentions := func(name string) bool { return m.Mentions(strings.TrimPrefix(name, "@")) }
	if a.Near != nil && !slices.ContainsFunc(a.Near, mentions) {
		return false
	}
	return a.Modules == nil || slices.ContainsFunc(a.Modules, func(path string) bool {
		head, rest, _ := strings.Cut(path, ".")
		if head == a.Word { // a builtin
			return true
		}
		if a.Imported && !m.Imports(head) && !m.Stars() {
			return false
		}
		if !m.Mentions(head) { // another module may import it for this one: import *, common.pickle
			return false
		}
		for part := range strings.SplitSeq(rest, ".") {
			if part != "" && !m.Mentions(part) {
				return false
			}
		}
		return true
	})
}

// named says whether some file names one of the libraries that the anchor is about.
func (r *relevance) named(a rule.Anchor) bool {
	return a.Modules == nil || slices.ContainsFunc(a.Modules, func(path string) bool {
		head, _, _ := strings.Cut(path, ".")
		return len(r.ev.prog.MentioningAll(head)) > 0
	})
}

// near says whether the function names something without which a call is not looked for.
func (m *mention) near(names []string) bool {
	return names == nil || slices.ContainsFunc(names, func(name string) bool {
		return m.attrs.has(name) || m.signature.has(name) || slices.ContainsFunc(m.chains, func(c string) bool {
			return slices.Contains(strings.Split(c, "."), name)
		})
	})
}

// sinkFiles gives the files in which the word may mean a sink, or a class that acts as one.
func (r *relevance) sinkFiles(word string) []*program.Module {
	a := r.sinks[word]
	var out []*program.Module
	for _, m := range r.ev.prog.Mentioning(word) {
		if inFile(a, m) && (a.Modules == nil || !m.MeansAnother(word, a.Modules)) {
			out = append(out, m)
		}
	}
	return out
}

// file says whether a file may hold anything that makes a function worth entering. It does not load it.
func (r *relevance) file(m *program.Module) bool { return r.files[m] }

// holdsSink says whether the function may call a sink, or make an object of a class that acts as one.
func (r *relevance) holdsSink(fn *program.Fn) bool { return r.holds(fn, sinks) }

// holds says whether the function itself names something of the pack.
func (r *relevance) holds(fn *program.Fn, what need) bool {
	k := directKey{fn, what}
	v, ok := r.direct[k]
	if !ok {
		v = r.look(fn, what)
		r.direct[k] = v
	}
	return v
}

func (r *relevance) look(fn *program.Fn, what need) bool {
	anchors := [...]map[string]rule.Anchor{anything: r.all, sinks: r.sinks, checks: r.checks, within: r.made}[what]
	if !r.mayHold(fn, anchors) {
		return false
	}
	m := r.ev.mentions(fn)
	attrs := m.attrs
	if what == within && !m.uses(r.ev.pack.IntrinsicNames(rule.DoGetAttr)) { // nor asks for attributes by names that it computes
		attrs = m.read
	}
	for _, names := range []nameSet{attrs, m.own} {
		for _, name := range names {
			if a, ok := anchors[name]; ok && inFile(a, fn.Mod) && m.near(a.Near) {
				return true
			}
		}
	}
	for _, names := range []nameSet{m.attrs, m.stored} {
		for _, name := range names {
			if len(r.ev.pack.Setting(name)) > 0 {
				return true
			}
		}
	}
	for _, c := range m.chains {
		if r.chainHolds(fn, c, what, anchors) {
			return true
		}
	}
	return false
}

// mayHold says whether a function can name something of the pack as far as its text tells, before it is parsed.
func (r *relevance) mayHold(fn *program.Fn, anchors map[string]rule.Anchor) bool {
	return fn.MayHoldAny(func(word []byte) bool {
		if a, ok := anchors[string(word)]; ok && inFile(a, fn.Mod) {
			return true
		}
		return len(r.ev.pack.Setting(string(word))) > 0 || r.otherNames(fn.Mod)[string(word)]
	})
}

// otherNames gives the names by which imports and assignments of a module call something that has another name.
func (r *relevance) otherNames(m *program.Module) map[string]bool {
	names, ok := r.renames[m]
	if !ok {
		names = map[string]bool{}
		for i := range m.IR.Imports {
			if im := &m.IR.Imports[i]; im.Name != "" && im.Name != im.Bind {
				names[im.Bind] = true
			}
		}
		for name := range r.ev.mentions(m.Fns[0]).alias {
			names[name] = true
		}
		r.renames[m] = names
	}
	return names
}

// chainHolds says whether a dotted name of the function may mean something of the pack.
func (r *relevance) chainHolds(fn *program.Fn, dotted string, what need, anchors map[string]rule.Anchor) bool {
	if of, value := r.alias(fn, dotted); of != nil {
		fn, dotted = of, value
	}
	last := dotted[strings.LastIndexByte(dotted, '.')+1:]
	a, known := anchors[last]
	if known && !inFile(a, fn.Mod) {
		known = false
	}
	if known && !r.ev.mentions(fn).near(a.Near) {
		return false
	}
	if !known && !r.renamed(fn, dotted) {
		return false
	}
	switch t := r.ev.chainTarget(fn, dotted); {
	case t.Ext != "":
		return r.role(t.Ext, what)
	case t.Value != nil:
		return known && t.Rest != "" && !(what == within && r.isTable(t))
	case t.Fn != nil || t.Mod != nil:
		return false
	case t.Class != nil:
		return len(r.ev.classRules(t.Class)) > 0
	default:
		return known
	}
}

// alias gives the module body that binds a bare name to another dotted name, and that; nil if there is none.
func (r *relevance) alias(fn *program.Fn, name string) (body *program.Fn, dotted string) {
	if strings.Contains(name, ".") {
		return nil, ""
	}
	if bs := fn.Mod.Bindings(name); len(bs) == 0 || bs[0].Kind != program.BindValue {
		return nil, ""
	}
	body = fn.Mod.Fns[0]
	if dotted = r.ev.mentions(body).alias[name]; dotted == "" || dotted == name {
		return nil, ""
	}
	return body, dotted
}

// isTable says whether a module-level name is bound to nothing but a list, dict or set that is written there: no method of
// one is a source.
func (r *relevance) isTable(t program.Target) bool {
	return r.ev.mentions(t.Value.Fns[0]).tables[t.Name]
}

// renamed says whether a chain is one name that an import binds to something of another name.
func (r *relevance) renamed(fn *program.Fn, dotted string) bool {
	if strings.Contains(dotted, ".") {
		return false
	}
	for im := range fn.Visible {
		if im.Bind == dotted && im.Name != "" && im.Name != dotted {
			return true
		}
	}
	return false
}

// role says whether the pack has anything to say of a library name.
func (r *relevance) role(name string, what need) bool {
	if len(r.ev.pack.ClassesFor(name)) > 0 {
		return true
	}
	if roles := r.ev.pack.Call(name); roles != nil {
		if len(roles.Sinks) > 0 {
			return true
		}
		if what != sinks && len(roles.Digest)+len(roles.Weak)+len(roles.Mac)+len(roles.Compare)+len(roles.Verify) > 0 {
			return true
		}
		if (what == anything || what == within) && len(roles.Sources)+len(roles.Shells)+len(roles.Decorates)+len(roles.Callbacks) > 0 {
			return true
		}
	}
	attr := r.ev.pack.Attr(name)
	return (what == anything || what == within) && (attr != nil && len(attr.Sources) > 0 || r.ev.pack.Makes(name))
}

// reaches says whether the function, or what it calls within that many calls, names something of the pack.
func (r *relevance) reaches(fn *program.Fn, calls int) bool { return r.comesTo(fn, calls, anything) }

// enters is like reaches, but leaves out methods of library objects that nothing in the file of the function makes or names:
// a function that is handed such an object reaches one all the same.
func (r *relevance) enters(fn *program.Fn, calls int) bool { return r.comesTo(fn, calls, within) }

func (r *relevance) comesTo(fn *program.Fn, calls int, what need) bool {
	if r.holds(fn, what) {
		return true
	}
	if calls == 0 {
		return false
	}
	k := nearKey{fn, calls, what}
	v, ok := r.near[k]
	if !ok {
		v = slices.ContainsFunc(r.callees(fn), func(c *program.Fn) bool { return r.comesTo(c, calls-1, what) })
		r.near[k] = v
	}
	return v
}

// callees gives the functions of the tree that the text of fn names, as far as they lie in files that matter.
func (r *relevance) callees(fn *program.Fn) []*program.Fn {
	var out []*program.Fn
	m := r.ev.mentions(fn)
	for _, c := range m.chains {
		if !r.leadsTo(fn, c) {
			continue
		}
		switch t := r.ev.chainTarget(fn, c); {
		case t.Fn != nil:
			out = append(out, t.Fn)
		case t.Class != nil:
			if init := t.Class.Method("__init__"); init != nil {
				out = append(out, init)
			}
		}
	}
	if fn.Owner != nil {
		for _, k := range fn.Owner.MRO() {
			for _, name := range m.own {
				if i, ok := k.Methods[name]; ok {
					out = append(out, k.Mod.Fns[i])
				}
			}
		}
	}
	return out
}

// leadsTo says whether a dotted name may lead to a function in a file that matters. It loads nothing but packages.
func (r *relevance) leadsTo(fn *program.Fn, dotted string) bool {
	head, _, _ := strings.Cut(dotted, ".")
	for im := range fn.Visible {
		if im.Bind != head {
			continue
		}
		from := fn.Mod.Resolve(im.Module, im.Level)
		return from != nil && (from.IsPkg || r.file(from))
	}
	return len(fn.Mod.Bindings(head)) > 0
}

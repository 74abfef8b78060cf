package rule

import (
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// paramPatterns is a ParamMatch compiled.
type paramPatterns struct {
	decoratedBy, methodOf, methods, functionName, passedTo, beside, besideNames, annotated, names, exceptNames, exceptAnnotated, exceptDefault, exceptFed patterns
}

func (m *ParamMatch) compile() {
	m.compiled = paramPatterns{
		decoratedBy: mustPatterns(m.DecoratedBy), methodOf: mustPatterns(m.MethodOf), methods: compileGlobs(m.Methods),
		functionName: compileGlobs(m.FunctionName), passedTo: mustPatterns(m.PassedTo), beside: mustPatterns(m.Beside), besideNames: compileGlobs(m.BesideNames), annotated: mustPatterns(m.Annotated),
		names: compileGlobs(m.Names), exceptNames: compileGlobs(m.ExceptNames),
		exceptAnnotated: mustPatterns(m.ExceptAnnotated), exceptDefault: mustPatterns(m.ExceptDefaultCall), exceptFed: mustPatterns(m.ExceptFed),
	}
}

// Decorator says whether a decorator of this canonical name marks the function.
func (m *ParamMatch) Decorator(name string) bool { return m.compiled.decoratedBy.match(name) }

// Base says whether the parameters of methods in classes with this canonical ancestor are meant.
func (m *ParamMatch) Base(name string) bool { return m.compiled.methodOf.match(name) }

// Marks says whether a parameter with this annotation marks the function that has it, and whose others are meant.
func (m *ParamMatch) Marks(annotation string) bool { return m.compiled.beside.match(annotation) }

// Neighbour says whether a parameter of this name marks the function that has it.
func (m *ParamMatch) Neighbour(name string) bool { return m.compiled.besideNames.match(name) }

// Method says whether a method of this name is meant, its class being so: by default every public one.
func (m *ParamMatch) Method(name string) bool {
	if len(m.compiled.methods) == 0 {
		return name != "" && name[0] != '_'
	}
	return m.compiled.methods.match(name)
}

// OfObject says whether the callback is an object, of which methods are called.
func (m *ParamMatch) OfObject() bool { return len(m.PassedTo) > 0 && len(m.Methods) > 0 }

// Words gives the last segments of the calls that the callback is passed to, sorted.
func (m *ParamMatch) Words() []string {
	set := map[string]bool{}
	addWords(set, m.PassedTo)
	return keys(set)
}

// Calls says whether a method of an object that is handed over is called: one without a leading underscore, unless it is
// named so.
func (m *ParamMatch) Calls(name string) bool {
	return m.Method(name) && (name[0] != '_' || slices.Contains(m.Methods, name))
}

// Hook says whether a decorator marks functions that the call calls.
func (p *Propagator) Hook(decorator string) bool { return p.hooks.match(decorator) }

// Function says whether a plain function of this name is meant.
func (m *ParamMatch) Function(name string) bool { return m.compiled.functionName.match(name) }

// Harmless says whether an object of this canonical type feeds a parameter with data that does not count.
func (m *ParamMatch) Harmless(name string) bool { return m.compiled.exceptFed.match(name) }

// Param says whether a parameter of a function that is meant counts: name is its name, annotation and defaultCall
// the canonical names of its annotation and of the call in its default, "" if there is none or it is not known.
// It does not know self and cls; leave them out.
func (m *ParamMatch) Param(name, annotation, defaultCall string) bool {
	c := &m.compiled
	switch {
	case len(c.names) > 0 && !c.names.match(name), c.exceptNames.match(name):
		return false
	case len(c.annotated) > 0 && !c.annotated.match(annotation), annotation != "" && c.exceptAnnotated.match(annotation):
		return false
	default:
		return defaultCall == "" || !c.exceptDefault.match(defaultCall)
	}
}

// IsClean says whether an attribute or method of the source's value carries no payload.
func (s *Source) IsClean(name string) bool { return s.clean.match(name) }

// ActsAsParam says whether the source is a parameter of the project's own functions.
func (s *Source) ActsAsParam() bool { return s.Param != nil }

// FolderSource gives the source that files below a literal path are; nil if none.
func (p *Pack) FolderSource(path string) *Source {
	if path == "" || path[0] != '/' {
		return nil
	}
	for _, s := range p.index.below {
		if slices.ContainsFunc(s.Below, func(folder string) bool { return strings.HasPrefix(path+"/", folder) }) {
			return s
		}
	}
	return nil
}

// MethodsOfNew gives the names of methods that library calls call on objects which they make of the classes they are given.
func (p *Pack) MethodsOfNew() map[string]bool {
	out := map[string]bool{}
	for _, q := range p.Propagators {
		if q.Invoke != nil && q.Invoke.Method != "" {
			out[q.Invoke.Method] = true
		}
	}
	return out
}

// ParamSources gives the sources that are parameters of the project's own functions, in pack order.
func (p *Pack) ParamSources() []*Source {
	var out []*Source
	for _, s := range p.Sources {
		if s.ActsAsParam() {
			out = append(out, s)
		}
	}
	return out
}

// Base says whether a class with this canonical ancestor is meant.
func (c *ClassRule) Base(name string) bool { return c.bases.match(name) }

// Loads gives the methods that load: LoadMethods, or "load" when a rule written in Go leaves it empty.
func (c *ClassRule) Loads() []string {
	if len(c.LoadMethods) == 0 {
		return []string{"load"}
	}
	return c.LoadMethods
}

// ClassesFor gives the rules for classes that have an ancestor of this canonical name, in pack order.
func (p *Pack) ClassesFor(base string) []*ClassRule {
	var out []*ClassRule
	for _, c := range p.Classes {
		if c.Base(base) {
			out = append(out, c)
		}
	}
	return out
}

// Sink gives a sink by ID, nil if there is none.
func (p *Pack) Sink(id string) *Sink { return p.index.sinks[id] }

// Kind gives a kind by ID, nil if there is none.
func (p *Pack) Kind(id string) *Kind { return p.index.kinds[id] }

// Rule gives a rule by code or name, nil if there is none. Disabled rules are found too.
func (p *Pack) Rule(idOrName string) *Rule { return p.index.byName[idOrName] }

// RulesFor gives the rules in force that name this sink, in pack order.
func (p *Pack) RulesFor(s *Sink) []*Rule { return p.index.rules[s] }

// Covers says whether the rule is about the case of a decision; a safe decision is no rule's.
func (r *Rule) Covers(d Decision) bool {
	cases := []string(nil)
	switch {
	case d.Safe:
		return false
	case r.Flow != nil:
		cases = r.Flow.Cases
	case r.Call != nil:
		cases = r.Call.Cases
	}
	if cases == nil {
		return true
	}
	name := defaultWord
	if d.Case != nil && d.Case.As != "" {
		name = d.Case.As
	}
	for _, c := range cases {
		if c == name {
			return true
		}
	}
	return false
}

// FromKind says whether a flow rule is about data of this kind.
func (r *Rule) FromKind(kind string) bool {
	if r.Flow == nil {
		return false
	}
	if r.Flow.From == nil {
		return true
	}
	for _, k := range r.Flow.From {
		if k.ID == kind {
			return true
		}
	}
	return false
}

// LevelFor gives the level of a finding from data of this kind; "" for a call rule. A kind that the rule does not
// name has the default level.
func LevelFor(r *Rule, kind string) Level {
	if level, ok := r.Level[kind]; ok {
		return level
	}
	return r.Level[""]
}

// LevelFor is the function of the same name as a method.
func (r *Rule) LevelFor(kind string) Level { return LevelFor(r, kind) }

// Lowered gives the level n steps lower, but a finding that is shown at all stays at least a note.
func (l Level) Lowered(n int) Level {
	if l == Off {
		return Off
	}
	return Level(max(int(l)-n, int(Note)))
}

// String gives the word of the rule language.
func (l Level) String() string {
	for word, level := range levelWords {
		if level == l {
			return word
		}
	}
	return "off"
}

// Name gives the keyword of an argument, or its position if it has none.
func (s *Slot) Name() string {
	switch {
	case len(s.Names) > 0:
		return s.Names[0]
	case len(s.Positions) > 0:
		return strconv.Itoa(s.Positions[0])
	}
	return ""
}

// AsksSource says whether a case of the sink depends on the kind of the source.
func (s *Sink) AsksSource() bool {
	return slices.ContainsFunc(s.Cases, func(c Case) bool { return c.asks("source") })
}

// AsksTruth says whether a row of the sink's cases asks whether the argument is true or false.
func (s *Sink) AsksTruth(name string) bool {
	return slices.ContainsFunc(s.Cases, func(c Case) bool {
		return slices.ContainsFunc(c.When, func(w Cond) bool {
			return w.aboutArgument() && slices.Contains(w.asked(), name) && w.asksTruth()
		})
	})
}

// Speaks says whether the packs say anything of a call or attribute of this dotted name beyond what they say of a method of
// that name on any object.
func (p *Pack) Speaks(name string) bool {
	name = p.Canonical(name)
	r, any := p.Call(name), p.Call("?."+lastSegment(name))
	if r != nil && !r.Empty() && !reflect.DeepEqual(r, any) {
		return true
	}
	a := p.Attr(name)
	return a != nil && len(a.Sources)+len(a.Types) > 0
}

// StoreFor gives the store that keeps objects of classes with an ancestor of this canonical name; nil if none does.
func (p *Pack) StoreFor(base string) *Store {
	for _, s := range p.Stores {
		if s.bases.match(base) {
			return s
		}
	}
	return nil
}

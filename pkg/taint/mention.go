package taint

import (
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
)

// textIndex answers from text and index alone, before anything is interpreted.
type textIndex struct {
	rel       *relevance
	env       environment
	mentioned map[*program.Fn]*mention
	sameName  map[string][]*program.Fn             // see namesakes
	takersOf  map[*program.Class][]*program.Module // see takers
	words     map[string]bool                      // see telling
	hasCode   bool                                 // there is a file that is no test code
}

func newTextIndex() textIndex {
	return textIndex{mentioned: map[*program.Fn]*mention{}, sameName: map[string][]*program.Fn{}, takersOf: map[*program.Class][]*program.Module{}}
}

// What a function's text names, before anything is interpreted. Interpreting a function is dear and reading its
// instructions once is cheap, so this decides where interpretation starts, which callers are looked at, and which
// callees are entered.

// A mention is everything of one function that may name something elsewhere.
type mention struct {
	// chains are dotted names whose first part the module, the function or builtins bind: "pickle.loads".
	chains nameSet
	// attrs are attributes of values of which the text says nothing, and the parts of strings that look like names;
	// own those of the function's own object.
	attrs, own nameSet
	// read are the attrs that are read as such, and the parts of texts with dots.
	read nameSet
	// stored are names under which something is stored, or given to a call.
	stored nameSet
	// signature are the names of parameters, and, with a "@" before them, the last parts of decorators: "@post".
	signature nameSet
	// tables are module-level names that are bound to lists, dicts and sets, and to nothing else.
	tables map[string]bool
	// alias: module-level names that are bound to a dotted name: "_load = torch.load".
	alias map[string]string
	// dotted is the dotted name that each register holds; single the register that each slot is set to, if that happens
	// once, else -1.
	dotted dottedNames
	single []ir.Reg
}

// A nameSet is a set of names, sorted, each once. There are very many of them, and most are small.
type nameSet []string

func (s nameSet) has(name string) bool {
	_, found := slices.BinarySearch(s, name)
	return found
}

// seal makes a set of names as they came.
func (s *nameSet) seal() {
	slices.Sort(*s)
	*s = slices.Clip(slices.Compact(*s))
}

// dottedNames gives dotted names by register.
type dottedNames struct {
	names []string // names[0] is ""
	byReg []int32  // indexes of names
}

// of gives the name that a register holds, "" if it holds none.
func (d *dottedNames) of(r ir.Reg) string { return d.names[d.byReg[r]] }

func (d *dottedNames) set(r ir.Reg, name string) {
	d.byReg[r] = int32(len(d.names))
	d.names = append(d.names, name)
}

// mentions gives what the function's text names.
func (x *textIndex) mentions(fn *program.Fn) *mention {
	m := x.mentioned[fn]
	if m == nil {
		m = readMentions(fn)
		x.mentioned[fn] = m
	}
	return m
}

func readMentions(fn *program.Fn) *mention {
	body := fn.Body()
	m := &mention{signature: signatureNames(fn), dotted: dottedNames{names: []string{""}, byReg: make([]int32, body.Regs)}}
	r := &mentionReader{fn: fn, self: make([]bool, body.Regs), table: make([]bool, body.Regs), out: m}
	for _, b := range body.Blocks {
		for i := range b {
			r.imports(&b[i])
		}
	}
	for _, b := range body.Blocks {
		for i := range b {
			r.instr(&b[i])
		}
	}
	m.single = singles(fn)
	for _, s := range []*nameSet{&m.chains, &m.attrs, &m.own, &m.read, &m.stored, &m.signature} {
		s.seal()
	}
	return m
}

// signatureNames gives what a function's head names.
func signatureNames(fn *program.Fn) nameSet {
	var out nameSet
	for i := range fn.Params {
		out = append(out, fn.Params[i].Name)
	}
	for i := range fn.Decorators {
		path := fn.Decorators[i].Path
		out = append(out, "@"+path[strings.LastIndexByte(path, '.')+1:])
	}
	return out
}

// uses says whether the function uses one of some names of builtins or libraries.
func (m *mention) uses(names []string) bool { return slices.ContainsFunc(names, m.chains.has) }

// singles gives for each slot the register it is set to, -1 if there is none or several.
func singles(fn *program.Fn) []ir.Reg {
	out := make([]ir.Reg, len(fn.Body().Slots))
	stores := make([]int, len(fn.Body().Slots))
	for _, b := range fn.Body().Blocks {
		for i := range b {
			if in := &b[i]; in.Op == ir.StoreLocal {
				stores[in.A]++
				out[in.A] = in.B
			}
		}
	}
	for i := range out {
		if stores[i] != 1 || i < len(fn.Params) {
			out[i] = -1
		}
	}
	return out
}

// A mentionReader follows names through registers.
type mentionReader struct {
	fn       *program.Fn
	self     []bool       // by register: it holds the function's own object
	table    []bool       // by register: it holds a list, dict or set that is written here
	imported map[int]bool // slots that an import of this function binds
	out      *mention
}

// imports notes the slots that import statements bind. An import is stored right after it.
func (r *mentionReader) imports(in *ir.Instr) {
	switch in.Op {
	case ir.ImportMod, ir.ImportFrom:
		if in.Dst >= 0 {
			r.out.dotted.set(in.Dst, r.fn.Mod.IR.Imports[in.A].Bind)
		}
	case ir.StoreLocal:
		if in.B >= 0 && r.out.dotted.of(in.B) != "" && r.fn.Body().Slots[in.A] == r.out.dotted.of(in.B) {
			if r.imported == nil {
				r.imported = map[int]bool{}
			}
			r.imported[int(in.A)] = true
		}
	}
}

func (r *mentionReader) instr(in *ir.Instr) {
	switch in.Op {
	case ir.Global:
		r.chain(in.Dst, r.fn.Mod.IR.Strings[in.A])
	case ir.Local:
		switch {
		case r.imported[int(in.A)]:
			r.chain(in.Dst, r.fn.Body().Slots[in.A])
		case in.A == 0 && isMethod(r.fn) && in.Dst >= 0:
			r.self[in.Dst] = true
		}
	case ir.Free:
		outer := r.fn.Mod.Fns[in.A]
		if name := outer.Body().Slots[in.B]; r.fn.Mod.Binds(outer.Index, name) {
			r.chain(in.Dst, name)
		}
	case ir.ImportMod, ir.ImportFrom:
		if im := &r.fn.Mod.IR.Imports[in.A]; im.Bind != "" {
			r.out.chains = append(r.out.chains, im.Bind)
		}
	case ir.Attr:
		name := r.fn.Mod.IR.Strings[in.B]
		switch {
		case in.A >= 0 && r.out.dotted.of(in.A) != "":
			r.chain(in.Dst, r.out.dotted.of(in.A)+"."+name)
		case in.A >= 0 && r.self[in.A]:
			r.out.own = append(r.out.own, name)
		default:
			r.out.attrs, r.out.read = append(r.out.attrs, name), append(r.out.read, name)
		}
	case ir.StoreAttr:
		r.out.stored = append(r.out.stored, r.fn.Mod.IR.Strings[in.B])
	case ir.Call:
		for _, a := range r.fn.Body().Args[in.B : in.B+in.C] {
			if a.Kind == ir.KeywordArg {
				r.out.stored = append(r.out.stored, r.fn.Mod.IR.Strings[a.Name])
			}
		}
	case ir.StoreGlobal:
		r.storeGlobal(r.fn.Mod.IR.Strings[in.A], in.B)
	case ir.MakeDict, ir.MakeList, ir.MakeSet:
		if in.Dst >= 0 {
			r.table[in.Dst] = true
		}
	case ir.ConstOp:
		if c := &r.fn.Mod.IR.Consts[in.A]; c.Kind == ir.Str && len(c.S) <= maxNameString && isDotted(strings.Replace(c.S, ":", ".", 1)) {
			for part := range strings.SplitSeq(strings.Replace(c.S, ":", ".", 1), ".") {
				r.out.attrs = append(r.out.attrs, part)
				if strings.Contains(c.S, ".") {
					r.out.read = append(r.out.read, part)
				}
			}
		}
	}
}

// storeGlobal notes that a module-level name is bound to what a register holds.
func (r *mentionReader) storeGlobal(name string, v ir.Reg) {
	m := r.out
	if m.tables == nil {
		m.tables, m.alias = map[string]bool{}, map[string]string{}
	}
	before, known := m.tables[name]
	m.tables[name] = v >= 0 && r.table[v] && (before || !known)
	m.stored = append(m.stored, name)
	if v >= 0 && m.dotted.of(v) != "" {
		m.alias[name] = m.dotted.of(v)
	}
}

// maxNameString is the longest string that is taken for a name, in bytes.
const maxNameString = 200

// isDotted says whether a text is an identifier or several with dots between them.
func isDotted(s string) bool {
	start := true
	for i := range len(s) {
		switch c := s[i]; {
		case c == '.':
			if start {
				return false
			}
			start = true
			continue
		case c == '_' || c >= 0x80 || 'a' <= c|0x20 && c|0x20 <= 'z':
		case '0' <= c && c <= '9' && !start:
		default:
			return false
		}
		start = false
	}
	return !start
}

func (r *mentionReader) chain(dst ir.Reg, dotted string) {
	r.out.chains = append(r.out.chains, dotted)
	if dst >= 0 {
		r.out.dotted.set(dst, dotted)
	}
}

// chainTarget gives what a chain of a function refers to; Ext is canonical.
func (ev *eval) chainTarget(fn *program.Fn, dotted string) program.Target {
	t := fn.Mod.LookupIn(fn.Index, dotted)
	if t == (program.Target{}) {
		head, rest, _ := strings.Cut(dotted, ".")
		if rest != "" && fn.Mod.LookupIn(fn.Index, head) != (program.Target{}) {
			return t // an attribute of a class that only its library base has
		}
		t.Ext = ev.unboundExt(fn.Mod, dotted)
	}
	if t.Ext != "" {
		t.Ext = ev.pack.Canonical(t.Ext)
	}
	return t
}

// unboundExt names a dotted path that the module does not bind: by a star import of a library, or a builtin.
func (ev *eval) unboundExt(m *program.Module, dotted string) string {
	head, _, _ := strings.Cut(dotted, ".")
	for _, im := range m.StarImports() {
		if m.Resolve(im.Module, im.Level) == nil && !builtinNames[head] {
			abs, _ := m.Absolute(im)
			return abs + "." + dotted
		}
	}
	return dotted
}

// isMethod reports whether the first parameter of a function is the object, or the class, that it is called on.
func isMethod(fn *program.Fn) bool {
	return fn.Owner != nil && len(fn.Params) > 0 && !hasDecorator(fn, "staticmethod")
}

// builtinNames are names of builtins that a star import of a library is not taken to replace.
var builtinNames = setOf("open str bytes bytearray int float bool list dict set tuple len print range enumerate zip map filter sorted " +
	"reversed isinstance issubclass getattr setattr hasattr super type object property staticmethod classmethod iter next " +
	"input eval exec compile min max sum any all abs repr hash id vars dir callable memoryview frozenset format round ord chr " +
	"Exception ValueError TypeError KeyError RuntimeError ImportError IOError OSError AttributeError NotImplementedError unicode xrange raw_input file reduce")

func hasDecorator(fn *program.Fn, names ...string) bool {
	for i := range fn.Decorators {
		p := fn.Decorators[i].Path
		p = p[strings.LastIndexByte(p, '.')+1:]
		if slices.Contains(names, p) {
			return true
		}
	}
	return false
}

func setOf(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

package taint

import (
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
)

// Allow-lists of names: which names and modules are on one decides what it is worth.
//
//	if module in {"collections", "acme.types"}: return super().find_class(module, name)     safe
//	if module in {"builtins", "collections"}: ...                                           builtins holds eval
//	if (module, name) in {("builtins", "getattr")}: ...                                     gives anything

// harmfulModules hold functions that run, or give, whatever they are told to; harmfulNames are such functions.
var (
	harmfulModules = setOf("builtins __builtin__ __builtins__ os posix nt subprocess sys importlib shutil runpy pty code codeop ctypes " +
		"pydoc pkgutil operator functools types inspect webbrowser commands popen2 multiprocessing timeit")
	harmfulNames = setOf("eval exec execfile compile getattr setattr delattr __import__ import_module system popen apply " +
		"Popen call check_call check_output getoutput run_module run_path attrgetter methodcaller partial")
)

// admitsHarm reports whether an allow-list names something that runs or gives anything. With prefix, it names beginnings.
func (f *frame) admitsHarm(v *Value, prefix bool) bool {
	if v == nil {
		return false
	}
	if c, ok := v.konst(); ok && (c.lit == ir.Str || c.lit == ir.Bytes) {
		return harmfulEntry(c.name, prefix)
	}
	if !v.shape {
		return slices.ContainsFunc(v.refs, func(r Ref) bool { return r.kind == refConst && r.lit == ir.Str && harmfulEntry(r.name, prefix) })
	}
	for _, obj := range f.parts(v.sym) {
		for _, k := range f.keys(f.cur, obj) {
			name := strings.TrimSuffix(strings.TrimPrefix(k.seg, "["), "]")
			x, _ := f.lookup(f.cur, k.obj, k.seg)
			switch {
			case x == nil || k.seg == keySeg:
			case name != "*" && strings.Trim(name, "0123456789") != "": // a key of a mapping
				if harmfulEntry(name, prefix) {
					return true
				}
			case x.shape:
				if f.harmfulPair(x) {
					return true
				}
			case f.admitsHarm(x, prefix):
				return true
			}
		}
	}
	return false
}

// harmfulPair reports whether a pair of module and name is of something harmful.
func (f *frame) harmfulPair(v *Value) bool {
	module, _ := f.heapGet(f.cur, v.sym, "[0]")
	name, _ := f.heapGet(f.cur, v.sym, "[1]")
	m, okM := module.strKonst()
	n, okN := name.strKonst()
	if !okM || !okN {
		return false
	}
	roles := f.ev.pack.Call(f.ev.pack.Canonical(m + "." + n))
	return roles != nil && len(roles.Sinks) > 0 || harmfulEntry(m+"."+n, false)
}

// harmfulEntry reports whether an entry of an allow-list is a harmful module or name, or a function by its dotted name.
func harmfulEntry(entry string, prefix bool) bool {
	if prefix && entry == "" {
		return true
	}
	entry = strings.TrimSuffix(entry, ".")
	i := strings.LastIndexByte(entry, '.')
	if i < 0 {
		return harmfulModules[entry] || harmfulNames[entry]
	}
	head, name := entry[:i], entry[i+1:]
	return harmfulNames[name] || harmfulModules[head] && head != "builtins" && head != "__builtin__" && head != "types" && head != "functools" && head != "operator"
}

// ownWords reports whether a value is words of the program's own: no source is known to have given them.
func (f *frame) ownWords(v *Value) bool {
	if v.isClean() {
		return true
	}
	return v != nil && (v.shape || len(v.refs) > 0) && !slices.ContainsFunc(f.deep(v, f.cur), func(x *Fact) bool { return x.org.kind == originSource })
}

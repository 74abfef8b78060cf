package taint

import (
	"slices"
	"strings"
)

// A program's own output: files that it writes below a folder which somebody names, and reads again.
//
//	path = os.path.join(args.output_dir, f"step-{n}.pt")
//	torch.save(state, path)                                  written below what --output_dir names
//	torch.load(max(glob(join(args.output_dir, "step-*.pt"))))
//
// Whoever names the folder does not name the file. Kinds of sources weigh that differently (rule.Kind.Own). Which function
// writes and which reads does not matter: the folder is known by where its name comes from.

// An outputs table holds the names of files that are written below what an origin names.
type outputs map[folderKey][]string

// A folderKey says where the name of a folder comes from: a source, an input of a function, or an attribute of the objects
// of a class.
type folderKey struct {
	org   *Origin
	class sym
	path  string
}

// maxOutputs bounds the names that are told apart below one folder.
const maxOutputs = 16

// folderOf gives the key of what an origin names.
func (ev *eval) folderOf(o *Origin) folderKey {
	if o.kind == originInput && o.input == 0 && o.path != "" && isMethod(o.fn) {
		return folderKey{class: ev.classSym(o.fn.Owner), path: o.path}
	}
	return folderKey{org: o}
}

// noteOutput notes that the program writes to the file that v names.
func (f *frame) noteOutput(v *Value) {
	name := f.ev.fileName(v.symbol())
	if name == "" {
		return
	}
	for _, fact := range v.facts {
		k := f.ev.folderOf(fact.org)
		if all := f.ev.outputs[k]; len(all) < maxOutputs && !slices.Contains(all, name) {
			f.ev.outputs[k] = append(all, name)
		}
	}
}

// noteFolder notes that the program writes files of any name below the folder that v names.
func (f *frame) noteFolder(v *Value) {
	if v == nil {
		return
	}
	for _, fact := range v.facts {
		f.ev.outputs[f.ev.folderOf(fact.org)] = []string{"*"}
	}
}

// bind notes what a module-level name stands for.
func (d *domain) bind(name, n sym) {
	if old, ok := d.bound[name]; ok && old != n {
		n = noSym
	}
	d.bound[name] = n
}

// fileName gives the name of a file below a folder, with a star for each part that is not known; "" if it is no such file,
// or if nothing of its name is known.
func (d *domain) fileName(n sym) string {
	for depth := 0; depth < maxOrigins; depth++ {
		if m := d.bound[n]; m != noSym {
			n = m
		}
		in := d.syms.info[n]
		if in.op == symJoin {
			break
		}
		if in.op != symSame && in.op != symVia && in.op != symIndex && !(in.op == symOpaque && (in.s == "[]" || in.b != noSym)) {
			return ""
		}
		if n = in.a; in.op == symOpaque && in.s != "[]" { // a call with one argument
			n = in.b
		}
	}
	in := d.syms.info[n]
	if in.op != symJoin || in.a == noSym {
		return ""
	}
	text := d.patternText(n, 0)
	i := strings.LastIndexByte(text, '/')
	if i < 0 {
		return ""
	}
	name := strings.ReplaceAll(text[i+1:], anyPart, "*")
	if len(strings.Trim(name, "*.")) == 0 {
		return ""
	}
	return name
}

// placed notes which file below a folder a flow reads, if the data names the folder.
func (f *frame) placed(p *pending, v *Value, fact *Fact) {
	if p.file = f.ev.fileName(v.symbol()); p.file != "" {
		p.below = f.ev.folderOf(fact.org)
		f.ev.readsBelow[f.fn.Mod] = true
	}
}

// isOutput says whether a flow reads a file that the program writes itself below a folder which the data names.
func (ev *eval) isOutput(p *pending) bool {
	if p.file == "" {
		return false
	}
	for _, k := range []folderKey{ev.folderOf(p.fact.org), p.below} {
		if slices.ContainsFunc(ev.outputs[k], func(name string) bool { return mayBeOne(name, p.file) }) {
			return true
		}
	}
	return false
}

// mayBeOne says whether there is a text that fits both of two patterns with stars.
func mayBeOne(a, b string) bool {
	switch {
	case a == "" || b == "":
		return strings.Trim(a+b, "*") == ""
	case a[0] == '*':
		return mayBeOne(a[1:], b) || mayBeOne(a, b[1:])
	case b[0] == '*':
		return mayBeOne(b, a)
	}
	return a[0] == b[0] && mayBeOne(a[1:], b[1:])
}

// ownLower says by how many levels a flow is lowered because it reads the program's own output.
func (ev *eval) ownLower(p *pending, kind string) int {
	if k := ev.pack.Kind(kind); k != nil && k.Own > 0 && ev.isOutput(p) {
		return k.Own
	}
	return 0
}

package taint

import (
	"path"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
)

// Where the program is: the folder that relative paths begin at.

// currentDir is the object whose only element is the folder that relative paths begin at.
func (d *domain) currentDir() heapKey {
	return heapKey{d.syms.of(symOpaque, noSym, noSym, "cwd"), ".path"}
}

// moveTo notes that relative paths begin at another folder from here on.
func (f *frame) moveTo(v *Value, st *state) {
	k := f.ev.currentDir()
	to, known := v.strKonst()
	if !known || strings.HasPrefix(to, "~") {
		st.set(k, &Value{open: true})
		return
	}
	st.set(k, f.constant(&ir.Const{Kind: ir.Str, S: path.Join(f.dir(st), to)}))
	if strings.HasPrefix(to, "/") {
		st.set(k, f.constant(&ir.Const{Kind: ir.Str, S: f.ev.homeless(to)}))
	}
}

// dir gives the folder that relative paths begin at, from where the program began; "" for the same, or if it is not known.
func (f *frame) dir(st *state) string {
	if x, ok := st.get(f.ev.currentDir()); ok && x != nil {
		s, _ := x.strKonst()
		return s
	}
	return ""
}

// homeless gives a path from a folder that programs begin in as one from there.
func (g *given) homeless(p string) string {
	for _, home := range g.pack.Homes {
		if rest, ok := strings.CutPrefix(p, home); ok && (rest == "" || rest[0] == '/') {
			return path.Clean("." + rest)
		}
	}
	return p
}

// maxPathText is how long a text may be that is taken for a path.
const maxPathText = 1024

// located gives the symbols of the file that a path names where it is read: from where the program began, and as it is
// written, for others may write it without a word of the folder that they are in.
func (f *frame) located(n sym, st *state) []sym {
	p, dir, ok := f.below(n, st)
	switch {
	case !ok:
		return []sym{f.ev.syms.pathOf(n)}
	case strings.HasPrefix(p, "/"):
		return []sym{f.ev.syms.konst(p)}
	case dir != "" && path.Join(dir, p) != p:
		return []sym{f.ev.syms.konst(path.Join(dir, p)), f.ev.syms.konst(p)}
	}
	return []sym{f.ev.syms.konst(p), f.ev.syms.konst(somewhere + p)}
}

// somewhere begins the name of a file as it was written by a program that knew in which other folder it was: who does not
// know where it is may mean that file, who does know may not.
const somewhere = "\x00/"

// writtenAt gives the symbols of the file that a path names where it is written.
func (f *frame) writtenAt(n sym, st *state) []sym {
	p, dir, ok := f.below(n, st)
	switch {
	case !ok:
		return []sym{f.ev.syms.pathOf(n)}
	case dir != "" && !strings.HasPrefix(p, "/") && path.Join(dir, p) != p:
		return []sym{f.ev.syms.konst(path.Join(dir, p)), f.ev.syms.konst(somewhere + p)}
	}
	return []sym{f.ev.syms.konst(p)}
}

// below gives a literal path written in one way, and the folder that it begins at; false for other paths.
func (f *frame) below(n sym, st *state) (p, dir string, ok bool) {
	in := f.ev.syms.info[n]
	if in.op != symConst || in.s == "" || len(in.s) > maxPathText {
		return "", "", false
	}
	return f.ev.homeless(path.Clean(in.s)), f.dir(st), true
}

// pathOf gives the symbol of a path that is put together by hand as that of one that is joined: f"{folder}/{name}" is
// os.path.join(folder, name).
func (t *symTab) pathOf(n sym) sym {
	in := t.info[n]
	if in.op != symJoin || in.s != "f" && in.s != "+" {
		return n
	}
	a, b := t.info[in.a], t.info[in.b]
	if rest, ok := strings.CutPrefix(b.s, "/"); ok && b.op == symConst && rest != "" {
		return t.of(symJoin, t.pathOf(in.a), t.konst(rest), "")
	}
	if a.op == symJoin && (a.s == "f" || a.s == "+") && t.info[a.b].op == symConst {
		if middle := t.info[a.b].s; middle == "/" {
			return t.of(symJoin, t.pathOf(a.a), in.b, "")
		}
	}
	return n
}

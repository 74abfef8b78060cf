package taint

import "strings"

// Files whose names have a constant folder and some part that is not known: what one function writes to such a file,
// another reads from one that is named alike.
//
//	(STORE / f"{n}.pkl").write_bytes(body)
//	pickle.loads((STORE / f"{n}.pkl").read_bytes())

// anyPart stands for a part of a path that is not known.
const anyPart = "\x01*"

// pattern returns the symbol of all files that are named like a path; noSym if the path does not begin with a constant
// folder, or has no part that is not known.
func (d *domain) pattern(n sym) sym {
	for d.syms.info[n].op == symSame {
		n = d.syms.info[n].a
	}
	if d.syms.info[n].op != symJoin {
		return noSym
	}
	text := d.patternText(n, 0)
	i := strings.Index(text, anyPart)
	if i < 0 || !strings.Contains(text[:i], "/") || strings.HasPrefix(text, anyPart) {
		return noSym
	}
	return d.syms.konst(text)
}

func (d *domain) patternText(n sym, depth int) string {
	in := d.syms.info[n]
	switch {
	case n == noSym || depth > maxGuardDepth:
		return anyPart
	case in.op == symConst:
		return in.s
	case in.op == symSame:
		return d.patternText(in.a, depth+1)
	case in.op == symJoin && in.s == "":
		return strings.TrimSuffix(d.patternText(in.a, depth+1), "/") + "/" + d.patternText(in.b, depth+1)
	case in.op == symJoin && (in.s == "+" || in.s == "f"):
		return d.patternText(in.a, depth+1) + d.patternText(in.b, depth+1)
	case d.isStatic(n):
		return "\x01" + itoa(int(n))
	}
	return anyPart
}

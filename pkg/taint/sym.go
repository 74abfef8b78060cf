package taint

import (
	"slices"
	"strings"
)

// A sym is a value number: two values of one function with the same sym are the same data, as far as the analysis
// can tell. Symbols are what guards, files and object fields hang on:
//
//	path = os.path.join(d, "m.pt")      sym join(d, 'm.pt')
//	check(open(path).read())            validates read(open(path)), hence path
//	torch.load(path)                    asks whether path is validated
//
// They are interned per analysis, so equal expressions get equal numbers. Symbols of inputs are relative to the
// function that is being interpreted, and rewritten when a summary is applied at a call (see translate).
type sym int32

const noSym sym = 0

type symOp uint8

const (
	symConst  symOp = iota // literal s
	symInput               // input number a of the current function
	symAttr                // a.s
	symIndex               // a[s]
	symSame                // the same data as a in another form: str(a), open(a), BytesIO(a)
	symVia                 // a part or reading of a: a.read(), an element of a
	symJoin                // a path below directory a: join(a, b)
	symOpaque              // op s over a and b
	symPhi                 // a or b
	symSite                // result of instruction (register) b of function number a
	symCall                // sym b of a callee, seen at the call with sym a
	symGlobal              // the namespace of module number a
	symClass               // the attributes of class number a
)

type symInfo struct {
	op   symOp
	a, b sym
	s    string
}

// A symTab interns symbols.
type symTab struct {
	info  []symInfo
	index map[symInfo]sym
}

func newSymTab() *symTab {
	t := &symTab{index: map[symInfo]sym{}}
	t.info = append(t.info, symInfo{op: symOpaque})
	return t
}

func (t *symTab) of(op symOp, a, b sym, s string) sym {
	k := symInfo{op, a, b, s}
	if n, ok := t.index[k]; ok {
		return n
	}
	n := sym(len(t.info))
	t.info = append(t.info, k)
	t.index[k] = n
	return n
}

func (t *symTab) konst(s string) sym { return t.of(symConst, 0, 0, s) }
func (t *symTab) input(i int) sym    { return t.of(symInput, sym(i), 0, "") }

// inputOf gives the input a symbol is built on (through attributes and elements), -1 for none.
func (t *symTab) inputOf(n sym) int {
	for n != noSym {
		in := t.info[n]
		switch in.op {
		case symInput:
			return int(in.a)
		case symAttr, symIndex, symSame, symVia:
			n = in.a
		default:
			return -1
		}
	}
	return -1
}

// ident strips what only changes the form of the data.
func (t *symTab) ident(n sym) sym {
	for t.info[n].op == symSame {
		n = t.info[n].a
	}
	return n
}

// join gives the symbol of a path below another, or of two texts put together; of literals that is one.
func (t *symTab) join(a, b sym, how string) sym {
	if x, y := t.info[a], t.info[b]; x.op == symConst && y.op == symConst {
		switch how {
		case "":
			return t.konst(x.s + "/" + y.s)
		case "+", "f":
			return t.konst(x.s + y.s)
		}
	}
	return t.of(symJoin, a, b, how)
}

// inputPath says whether a symbol is a path that is put together from inputs, or what is read from there.
func (t *symTab) inputPath(n sym) bool {
	below := false
	for n != noSym {
		in := t.info[n]
		switch in.op {
		case symInput:
			return below
		case symJoin, symVia, symSame:
			below = true
		case symAttr, symIndex:
		default:
			return false
		}
		n = in.a
	}
	return false
}

// container returns what n is an element of, at any depth; n itself if it is none.
func (t *symTab) container(n sym) sym {
	for {
		in := t.info[n]
		if in.op != symIndex && !(in.op == symOpaque && in.s == "[]") && !(in.op == symVia && in.s == "[*]") {
			return n
		}
		n = in.a
	}
}

// origins gives n and all symbols it is the same as, or a reading of.
func (t *symTab) origins(n sym) []sym {
	var out []sym
	for n != noSym && len(out) < 32 {
		out = append(out, n)
		if op := t.info[n].op; op != symSame && op != symVia {
			break
		}
		n = t.info[n].a
	}
	return out
}

// partMark begins the name of a part of data with fixed bounds: data[:32].
const partMark = "part"

// whole gives n and what it is a reading of as a whole: a check of a part says nothing of the rest.
func (t *symTab) whole(n sym) []sym {
	out := t.origins(n)
	for i, o := range out {
		if in := t.info[o]; in.op == symVia && strings.HasPrefix(in.s, partMark) {
			return out[:i+1]
		}
	}
	return out
}

// above gives the directories a path symbol was built below, nearest first.
func (t *symTab) above(n sym) []sym {
	var out []sym
	for len(out) < 16 {
		in := t.info[n]
		switch in.op {
		case symJoin:
			out = append(out, in.a)
		case symSame, symVia:
		default:
			return out
		}
		n = in.a
	}
	return out
}

// maxParts bounds how many symbols a joined one may stand for.
const maxParts = 6

// phi gives the symbol of a value that has symbol a or b. One that already stands for the other is it; a join of too
// many has no symbol.
func (t *symTab) phi(a, b sym) sym {
	pa, pb := t.parts(a), t.parts(b)
	switch {
	case slices.Contains(pa, b):
		return a
	case slices.Contains(pb, a):
		return b
	case len(pa)+len(pb) > 2*maxParts:
		return noSym
	}
	return t.of(symPhi, a, b, "")
}

// parts gives the symbols a symbol may stand for, itself first.
func (t *symTab) parts(n sym) []sym {
	if n == noSym {
		return nil
	}
	out := []sym{n}
	for i := 0; i < len(out) && len(out) < 2*maxParts; i++ {
		switch in := t.info[out[i]]; in.op {
		case symPhi:
			out = append(out, in.a, in.b)
		case symSame:
			out = append(out, in.a)
		}
	}
	return out
}

// folders gives the folders above a literal path, nearest first.
func (t *symTab) folders(n sym) []sym {
	if t.info[n].op != symConst {
		return nil
	}
	var out []sym
	for p := t.info[n].s; len(out) < 8; {
		i := strings.LastIndexByte(p, '/')
		if i <= 0 {
			break
		}
		p = p[:i]
		out = append(out, t.konst(p))
	}
	return out
}

// allOf gives the symbol of what two values make together: a file that both were written to.
func (t *symTab) allOf(a, b *Value) sym {
	switch {
	case a.sym == b.sym || len(b.facts) == 0:
		return a.sym
	case len(a.facts) == 0:
		return b.sym
	case a.sym == noSym || b.sym == noSym:
		return noSym
	}
	return t.of(symJoin, a.sym, b.sym, "%")
}

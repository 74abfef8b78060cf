package taint

import (
	"hash/maphash"
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

// A symTab interns symbols. What is asked of a symbol again and again is worked out once, when it is made, from what is
// known of the symbols it is made of: chains of symbols grow with the length of a function.
type symTab struct {
	info  []symInfo
	slots []symSlot // a hash table of the symbols by their infos, with open addressing; at most half of it is in use
	seed  maphash.Seed
	facts []symFacts
	ids   []sym         // the symbols themselves, in order: a list of one symbol is a part of it
	sames map[sym][]sym // see origins
	alts  map[sym][]sym // see parts
	// outside says whether an attribute of a library holds what is decided outside of the program, see sourceAttr.
	outside func(symInfo) bool
}

// symFacts is what is known of a symbol.
type symFacts struct {
	input   int32 // the input it is built on, through attributes and elements; -1 for none
	depth   int32 // how many attributes and elements it goes down from its base
	calls   int32 // how many calls it is nested in, see callDepth
	static  bool  // it means the same object in every function
	literal bool  // it is a path that is made of literals and static values alone
	escapes bool  // what hangs on it is visible outside of the function: inputs, globals, constant paths
}

func newSymTab() *symTab {
	t := &symTab{slots: make([]symSlot, 1<<12), seed: maphash.MakeSeed(), sames: map[sym][]sym{}, alts: map[sym][]sym{}, outside: func(symInfo) bool { return false }}
	t.info = append(t.info, symInfo{op: symOpaque})
	t.facts = append(t.facts, symFacts{input: -1})
	t.ids = append(t.ids, noSym)
	return t
}

func (t *symTab) of(op symOp, a, b sym, s string) sym {
	k := symInfo{op, a, b, s}
	hash := maphash.Comparable(t.seed, k)
	at := t.find(hash, &k)
	if n := t.slots[at].n; n != noSym {
		return n
	}
	n := sym(len(t.info))
	t.info = append(t.info, k)
	t.facts = append(t.facts, t.learn(k))
	t.ids = append(t.ids, n)
	t.slots[at] = symSlot{uint32(hash >> 32), n}
	if 2*len(t.info) > len(t.slots) {
		t.grow()
	}
	return n
}

// A symSlot holds a symbol, noSym if it is free, and the upper half of the hash of its info.
type symSlot struct {
	hash uint32
	n    sym
}

// find gives the place in the table at which a symbol is, or belongs.
func (t *symTab) find(hash uint64, k *symInfo) uint64 {
	mask := uint64(len(t.slots) - 1)
	at := hash & mask
	for s := t.slots[at]; s.n != noSym && (s.hash != uint32(hash>>32) || t.info[s.n] != *k); s = t.slots[at] {
		at = (at + 1) & mask
	}
	return at
}

func (t *symTab) grow() {
	t.slots = make([]symSlot, 2*len(t.slots))
	for n := 1; n < len(t.info); n++ {
		hash := maphash.Comparable(t.seed, t.info[n])
		t.slots[t.find(hash, &t.info[n])] = symSlot{uint32(hash >> 32), sym(n)}
	}
}

// learn works out what is known of a new symbol.
func (t *symTab) learn(in symInfo) symFacts {
	out := symFacts{input: -1}
	var a, b symFacts // of what it is made of
	switch in.op {
	case symAttr, symIndex, symSame, symVia, symJoin, symOpaque, symPhi:
		a, b = t.facts[in.a], t.facts[in.b]
		out.calls = min(a.calls+1, maxCallDepth)
	case symCall:
		out.calls = min(t.facts[in.b].calls+1, maxCallDepth)
	}
	switch in.op {
	case symConst:
		out.literal, out.escapes = in.s != "None" && in.s != "", true
	case symInput:
		out.input, out.escapes = int32(in.a), true
	case symGlobal, symClass:
		out.static, out.literal, out.escapes = true, true, true
	case symAttr, symIndex:
		out.input, out.escapes, out.depth = a.input, a.escapes, a.depth+1
		out.static = a.static && !(in.op == symAttr && t.outside(in))
		out.literal = out.static
	case symSame:
		out = symFacts{input: a.input, depth: a.depth, calls: out.calls, static: a.static, literal: a.literal, escapes: a.escapes}
	case symVia:
		out.input, out.escapes, out.depth = a.input, a.escapes, a.depth
	case symJoin:
		out.escapes, out.depth = a.escapes, a.depth
		out.literal = (in.a == noSym || a.literal) && (in.b == noSym || b.literal)
		out.static = out.literal
	}
	return out
}

// maxCallDepth is as far as calls are counted in which a symbol is nested.
const maxCallDepth = 20

func (t *symTab) konst(s string) sym { return t.of(symConst, 0, 0, s) }
func (t *symTab) input(i int) sym    { return t.of(symInput, sym(i), 0, "") }

// inputOf gives the input a symbol is built on (through attributes and elements), -1 for none.
func (t *symTab) inputOf(n sym) int { return int(t.facts[n].input) }

// ident strips what only changes the form of the data.
func (t *symTab) ident(n sym) sym {
	for t.info[n].op == symSame {
		n = t.info[n].a
	}
	return n
}

// join gives the symbol of a path below another, or of two texts put together; of literals that is one.
func (t *symTab) join(a, b sym, how string) sym {
	x, y := t.info[t.ident(a)], t.info[t.ident(b)]
	if how == "" && b != noSym && x.op == symConst && (x.s == "." || x.s == "") {
		return b // ./x is x
	}
	if x.op == symConst && y.op == symConst && len(x.s)+len(y.s) < limits[limitText].max {
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

// origins gives n and all symbols it is the same as, or a reading of. The list is shared.
func (t *symTab) origins(n sym) []sym {
	if op := t.info[n].op; n == noSym || op != symSame && op != symVia {
		return t.only(n)
	}
	out, ok := t.sames[n]
	if !ok {
		for at := n; at != noSym && len(out) < maxOrigins; at = t.info[at].a {
			out = append(out, at)
			if op := t.info[at].op; op != symSame && op != symVia {
				break
			}
		}
		t.sames[n] = out
	}
	return out
}

// maxOrigins bounds the forms and readings of data that are told apart.
const maxOrigins = 32

// only gives a list of one symbol, an empty one for none.
func (t *symTab) only(n sym) []sym {
	if n == noSym {
		return nil
	}
	return t.ids[n : n+1 : n+1]
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

// parts gives the symbols a symbol may stand for, itself first. The list is shared.
func (t *symTab) parts(n sym) []sym {
	if op := t.info[n].op; n == noSym || op != symPhi && op != symSame {
		return t.only(n)
	}
	out, ok := t.alts[n]
	if !ok {
		out = []sym{n}
		for i := 0; i < len(out) && len(out) < 2*maxParts; i++ {
			switch in := t.info[out[i]]; in.op {
			case symPhi:
				out = append(out, in.a, in.b)
			case symSame:
				out = append(out, in.a)
			}
		}
		t.alts[n] = out
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

// below says whether a symbol is a literal path from where the program is.
func (t *symTab) below(n sym) bool {
	in := t.info[n]
	return in.op == symConst && in.s != "." && in.s != "" && in.s[0] != '/' && !strings.HasPrefix(in.s, "..") && !strings.Contains(in.s, "://")
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

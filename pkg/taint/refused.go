package taint

import (
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
)

// Names by which a class is chosen, and that somebody turns away:
//
//	class PickleCodec(Codec):
//	    media_type = "application/x-pickle"
//
//	CODECS = {c.media_type: c for c in (JsonCodec, PickleCodec)}
//
//	def handle(request):
//	    if self.public and request.content_type == "application/x-pickle":
//	        raise Unsupported
//	    codec = CODECS[request.content_type]()
//
// Which class a table gives is not followed that far. A refusal of the class's own name is taken for a check that may not
// always stand before it: it lowers, and is mentioned.

// refusal is a sentence that says which name of the site's class is refused, and where; "" if none is.
func (ev *eval) refusal(s *site) string {
	if s.refused == nil {
		text := ev.findRefusal(s.fn.Owner)
		s.refused = &text
	}
	return *s.refused
}

func (ev *eval) findRefusal(c *program.Class) string {
	if c == nil {
		return ""
	}
	for _, slot := range c.Mod.Fns[c.Body].Body().Slots {
		name, ok := ev.ownAttr(c, slot).strKonst()
		if !ok || len(name) < 4 {
			continue
		}
		word := longestWord(name)
		for _, m := range ev.prog.Mentioning(word) {
			if m != c.Mod && !strings.Contains(name, "/") {
				continue // too common a name
			}
			may := mayEqual(m.Load(), name, word)
			for _, fn := range m.Fns {
				if fn.MayHoldAny(may) && ev.refuses(fn, name) {
					return "'" + name + "', by which the class is chosen, is refused in '" + fn.QualName() + "', if not always."
				}
			}
		}
	}
	return ""
}

// longestWord gives the longest part of a text that looks like a name.
func longestWord(s string) string {
	best := ""
	for _, w := range strings.FieldsFunc(s, func(r rune) bool {
		return r != '_' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	}) {
		if len(w) > len(best) {
			best = w
		}
	}
	return best
}

// refuses says whether the function raises, or returns at once, where something equals the name.
func (ev *eval) refuses(fn *program.Fn, name string) bool {
	consts, equal := map[ir.Reg]bool{}, map[ir.Reg]bool{}
	for _, b := range fn.Body().Blocks {
		for i := range b {
			switch in := &b[i]; in.Op {
			case ir.ConstOp:
				if k := &fn.Mod.IR.Consts[in.A]; k.Kind == ir.Str && k.S == name {
					consts[in.Dst] = true
				}
			case ir.Global:
				if v := fn.Mod.IR.Strings[in.A]; isConstantName([]byte(v)) {
					if s, ok := ev.moduleName(fn.Mod, v).strKonst(); ok && s == name {
						consts[in.Dst] = true
					}
				}
			case ir.MakeTuple, ir.MakeList, ir.MakeSet:
				consts[in.Dst] = slices.ContainsFunc(fn.Body().Args[in.A:in.A+in.B], func(a ir.Arg) bool { return consts[a.Val] })
			case ir.Cmp:
				op := ir.CmpOp(in.C)
				equal[in.Dst] = (op == ir.Eq || op == ir.In) && (consts[in.A] || consts[in.B])
			case ir.And:
				equal[in.Dst] = equal[in.A] || equal[in.B]
			case ir.If:
				if equal[in.A] && in.B >= 0 && leaves(fn, in.B) {
					return true
				}
			}
		}
	}
	return false
}

// mayEqual gives what says of a word of a module's text whether it may stand for the name, one word of which is given: that word,
// or that of a constant which may be the name.
func mayEqual(m *program.Module, name, word string) func(w []byte) bool {
	own := slices.ContainsFunc(m.IR.Consts, func(k ir.Const) bool { return k.Kind == ir.Str && k.S == name })
	return func(w []byte) bool {
		if string(w) == word {
			return true
		}
		if !isConstantName(w) {
			return false
		}
		return slices.ContainsFunc(m.Bindings(string(w)), func(b program.Binding) bool { return own || b.Kind == program.BindImport })
	}
}

// isConstantName says whether a name is spelt like that of a constant: in capitals.
func isConstantName(name []byte) bool {
	capitals := false
	for _, c := range name {
		if c >= 'a' && c <= 'z' || c >= 0x80 {
			return false
		}
		capitals = capitals || c >= 'A' && c <= 'Z'
	}
	return capitals
}

// leaves says whether a block ends in a raise or return.
func leaves(fn *program.Fn, block int32) bool {
	b := fn.Body().Blocks[block]
	return len(b) > 0 && (b[len(b)-1].Op == ir.Raise || b[len(b)-1].Op == ir.Return)
}

package taint

import (
	"strconv"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
)

// Texts that are made of a template and values are the same texts as f-strings: "%s/%s" % (a, b), "{}/{}".format(a, b)
// and f"{a}/{b}" have one symbol.

// maxPieces bounds the pieces of a text.
const maxPieces = 64

// joined gives a value the symbol, and what is literal, of pieces that are put together to a text.
func (f *frame) joined(v *Value, pieces []*Value) *Value {
	var b strings.Builder
	all := true
	for _, x := range pieces {
		s, ok := x.strKonst()
		all = all && ok && x.assumed == "" && f.ev.within(limitText, b.Len()+len(s))
		if all {
			b.WriteString(s)
		}
	}
	if all {
		return &Value{refs: []Ref{{kind: refConst, lit: ir.Str, name: b.String()}}, clean: true, sym: f.ev.syms.konst(b.String())}
	}
	v.sym = noSym
	for _, x := range pieces {
		v.sym = f.ev.syms.of(symJoin, v.sym, x.symbol(), "f")
		if v.sym != noSym && f.ev.syms.info[v.sym].a == noSym {
			v.sym = x.symbol()
		}
	}
	if len(pieces) > 0 {
		begin, _ := pieces[0].ends()
		_, end := pieces[len(pieces)-1].ends()
		v.refs = f.ev.partly(begin, end)
	}
	v.text = f.joinedText("", pieces...)
	return v
}

// piece gives a literal piece of a template.
func (f *frame) piece(s string) *Value { return f.constant(&ir.Const{Kind: ir.Str, S: s}) }

// percent gives the pieces of template % args; nil if they are not known.
func (f *frame) percent(template string, args *Value, st *state) []*Value {
	var out []*Value
	n := 0
	for {
		i := strings.IndexByte(template, '%')
		if i < 0 || i+1 >= len(template) {
			break
		}
		end := i + 1
		for end < len(template)-1 && strings.IndexByte("0123456789.-+# ", template[end]) >= 0 {
			end++
		}
		verb := template[end]
		switch {
		case verb == '%':
			out = append(out, f.piece(template[:end]))
		case strings.IndexByte("sdrifgxa", verb) < 0 || len(out) > maxPieces:
			return nil // names, stars
		default:
			out = append(out, f.piece(template[:i]), f.argument(args, n, st))
			n++
		}
		template = template[end+1:]
	}
	return f.pieces(out, template)
}

// argument gives argument n of template % args: an element of a tuple, or the one value.
func (f *frame) argument(args *Value, n int, st *state) *Value {
	if x, ok := f.heapGet(st, args.symbol(), "["+itoa(n)+"]"); ok {
		return x
	}
	if n == 0 && (args == nil || !args.shape) {
		return args
	}
	return nil
}

// fields gives the pieces of template.format(args); nil if they are not known.
func (c *extCall) fields(template string) []*Value {
	var out []*Value
	next := 0
	for {
		i := strings.IndexAny(template, "{}")
		if i < 0 {
			break
		}
		if i+1 < len(template) && template[i+1] == template[i] {
			out, template = append(out, c.f.piece(template[:i+1])), template[i+2:]
			continue
		}
		end := strings.IndexByte(template, '}')
		if template[i] == '}' || end < i || len(out) > maxPieces {
			return nil
		}
		name, _, _ := strings.Cut(template[i+1:end], ":")
		if name, _, _ = strings.Cut(name, "!"); strings.ContainsAny(name, ".[{") {
			return nil
		}
		var positions []int
		var names []string
		if name == "" {
			positions = []int{next}
			next++
		} else if at, err := strconv.Atoi(name); err == nil {
			positions = []int{at}
		} else {
			names = []string{name}
		}
		v, ok := c.arg(positions, names)
		if !ok {
			return nil
		}
		out, template = append(out, c.f.piece(template[:i]), v), template[end+1:]
	}
	return c.f.pieces(out, template)
}

// pieces ends a list of pieces, without those that are empty.
func (f *frame) pieces(list []*Value, last string) []*Value {
	var out []*Value
	for _, v := range append(list, f.piece(last)) {
		if s, ok := v.strKonst(); !ok || s != "" {
			out = append(out, v)
		}
	}
	return out
}

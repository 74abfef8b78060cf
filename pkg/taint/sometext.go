package taint

import (
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
)

// What is known of a text of which only the beginning and the end are: f"{folder}/rgb.tif" does not end in ".npy", whatever
// the folder is, so a branch that asks for that is not taken.

// allTexts gives the texts that a value surely is one of, or names as a path; parts that are not known are holes in them.
// nil if it may be anything else.
func (v *Value) allTexts() []string {
	switch {
	case v == nil || v.assumed != "" || v.sometimes || v.many:
		return nil
	case v.text != "":
		return []string{v.text}
	case v.open:
		return nil
	}
	var out []string
	for i := range v.refs {
		r := &v.refs[i]
		if r.kind != refConst || r.lit != ir.Str || strings.Contains(r.name, hole) {
			return nil
		}
		out = append(out, r.name)
	}
	return out
}

// sometext makes a value one of some texts; nil if that is more than can be told of a value.
func (f *frame) sometext(v *Value, all []string) *Value {
	w := *orUnknown(v)
	w.refs, w.cond, w.text = nil, nil, ""
	if len(all) == 1 && strings.Contains(all[0], hole) {
		if all[0] == hole || !f.ev.within(limitText, len(all[0])) {
			return nil
		}
		w.open, w.text = true, all[0]
		begin, end := endsOf(all[0])
		w.refs = f.ev.partly(begin, end)
		return &w
	}
	for _, s := range all {
		r := Ref{kind: refConst, lit: ir.Str, name: s}
		if strings.Contains(s, hole) {
			return nil
		}
		if !slices.ContainsFunc(w.refs, r.same) {
			w.refs = append(w.refs, r)
		}
	}
	if len(w.refs) == 0 || len(w.refs) > maxRefs {
		return nil
	}
	w.open = false
	return &w
}

// joinedText gives what is known of texts, or paths, that are put together with something between them; "" if that is nothing.
func (f *frame) joinedText(between string, parts ...*Value) string {
	var b strings.Builder
	for i, v := range parts {
		if i > 0 {
			b.WriteString(between)
		}
		if all := v.allTexts(); len(all) == 1 {
			b.WriteString(all[0])
		} else {
			b.WriteString(hole)
		}
	}
	s := b.String()
	i, j := strings.Index(s, hole), strings.LastIndex(s, hole)
	if i >= 0 {
		s = s[:i] + hole + s[j+1:]
	}
	if s == hole || s == "" || !f.ev.within(limitText, len(s)) {
		return ""
	}
	return s
}

// endsOf cuts a text into what is known of its beginning and its end; both are the whole if all is known.
func endsOf(s string) (begin, end string) {
	begin, end, open := strings.Cut(s, hole)
	if !open {
		return s, s
	}
	return begin, end
}

// endsIn says whether a text ends in x: 1 surely, 0 surely not, -1 perhaps.
func endsIn(s, x string) int {
	_, end := endsOf(s)
	switch {
	case strings.HasSuffix(end, x):
		return 1
	case len(end) >= len(x) || !strings.Contains(s, hole) || !strings.HasSuffix(x, end):
		return 0
	}
	return -1
}

// beginsIn says whether a text begins with x.
func beginsIn(s, x string) int {
	begin, _ := endsOf(s)
	switch {
	case strings.HasPrefix(begin, x):
		return 1
	case len(begin) >= len(x) || !strings.Contains(s, hole) || !strings.HasPrefix(x, begin):
		return 0
	}
	return -1
}

// isThe says whether a text is x.
func isThe(s, x string) int {
	begin, end, open := strings.Cut(s, hole)
	if !open {
		return b2i(s == x)
	}
	if len(x) < len(begin)+len(end) || !strings.HasPrefix(x, begin) || !strings.HasSuffix(x, end) {
		return 0
	}
	return -1
}

// decideTexts asks the same of all texts; nil where the answers differ, or one is not known.
func (f *frame) decideTexts(all []string, ask func(s string) int, operands ...*Value) *Value {
	if len(all) == 0 {
		return nil
	}
	t := ask(all[0])
	if t < 0 || slices.ContainsFunc(all[1:], func(s string) bool { return ask(s) != t }) {
		return nil
	}
	return f.foldedConst(f.ev.boolean(t == 1).refs[0], operands...)
}

// foldTexts decides whether a text is another one, or one of several.
func (f *frame) foldTexts(op ir.CmpOp, a, b *Value) *Value {
	all, x := a.allTexts(), b
	if op == ir.Eq || op == ir.NotEq {
		if _, literal := a.strKonst(); literal {
			all, x = b.allTexts(), a
		}
		k, ok := x.strKonst()
		if !ok || x.assumed != "" || !isText(x) {
			return nil
		}
		return f.decideTexts(all, func(s string) int { return turned(isThe(s, k), op == ir.NotEq) }, a, b)
	}
	if all == nil || op != ir.In && op != ir.NotIn {
		return nil
	}
	among, ok := f.literals(b)
	if !ok {
		return nil
	}
	return f.decideTexts(all, func(s string) int {
		return turned(anyOf(among, func(x string) int { return isThe(s, x) }), op == ir.NotIn)
	}, a)
}

// turned gives the opposite of an answer, if it is asked for.
func turned(t int, not bool) int {
	if t < 0 || !not {
		return t
	}
	return 1 - t
}

// anyOf says whether one of several answers is yes.
func anyOf(list []string, ask func(string) int) int {
	out := 0
	for _, x := range list {
		switch ask(x) {
		case 1:
			return 1
		case -1:
			out = -1
		}
	}
	return out
}

// literals gives the texts in a container of which all is known.
func (f *frame) literals(v *Value) (out []string, ok bool) {
	if v == nil || !v.shape || len(v.facts) > 0 || f.ev.syms.info[v.sym].op == symPhi {
		return nil, false
	}
	for _, obj := range f.parts(v.sym) {
		for _, k := range f.keys(f.cur, obj) {
			if k.seg == keySeg {
				continue
			}
			if k.seg[0] != '[' {
				return nil, false
			}
			x, _ := f.lookup(f.cur, k.obj, k.seg)
			if name := k.seg[1 : len(k.seg)-1]; name != "*" && strings.Trim(name, "-0123456789") != "" { // a key
				out = append(out, name)
			} else if s, is := x.strKonst(); is && x.assumed == "" {
				out = append(out, s)
			} else {
				return nil, false
			}
		}
	}
	return out, len(out) > 0
}

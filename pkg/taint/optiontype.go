package taint

import (
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
	"github.com/pickletrace/pickletrace/pkg/rule"
)

// Functions that options of the command line go through, and what these check:
//
//	def commit(text):
//	    if not COMMIT.fullmatch(text): raise ValueError(text)
//	    return text
//	parser.add_argument("--revision", type=commit)        args.revision fits the pattern

// A typedOption is an option of the parsers that a module declares.
type typedOption struct {
	mod  *program.Module
	name string
}

// checkedOption does to an option that was read what the function does that its declaration names, as far as that checks.
func (f *frame) checkedOption(w *Value, name string, in *ir.Instr, st *state) {
	if in == nil || w.sym == noSym || len(w.facts) == 0 {
		return
	}
	for _, x := range w.facts {
		if x.org.kind != originSource || x.org.src == nil || len(x.org.src.Options) == 0 || x.org.path != "."+name {
			continue
		}
		if fn := f.ev.optionType(x.org.src, name, f.fn.Mod); fn != nil && fn != f.fn {
			before := st.branch()
			f.callRefs(refValue(Ref{kind: refFunc, fn: fn}), []arg{{val: w}}, in, st)
			if st.dead && !before.dead {
				*st = *before
			}
		}
		return
	}
}

// optionType gives the function of the tree that an option goes through, if it may check something: of a parser that the
// module declares, or that others do, the first.
func (ev *eval) optionType(src *rule.Source, name string, m *program.Module) *program.Fn {
	k := typedOption{m, name}
	fn, known := ev.optionTypes[k]
	if known {
		return fn
	}
	ev.optionTypes[k] = nil
	for _, call := range src.Options {
		for _, o := range append([]*program.Module{m}, ev.prog.Mentioning(call)...) {
			for _, user := range o.Users(call) {
				for in := range user.Body().Instrs() {
					if in.Op == ir.Call && declares(ev, user, in, call, name) != "" {
						fn = ev.typeGiven(user, in)
						ev.optionTypes[k] = fn
						return fn
					}
				}
			}
		}
	}
	return nil
}

// typeGiven gives the function of the tree that a declaration names as type, nil if it names none that may check something.
func (ev *eval) typeGiven(fn *program.Fn, in *ir.Instr) *program.Fn {
	m := ev.mentions(fn)
	for _, a := range fn.Body().Args[in.B : in.B+in.C] {
		if a.Kind != ir.KeywordArg || fn.Mod.IR.Strings[a.Name] != "type" || a.Val < 0 || m.dotted.of(a.Val) == "" {
			continue
		}
		t := ev.chainTarget(fn, m.dotted.of(a.Val)).Fn
		if t != nil && (ev.rel.comesTo(t, 1, checks) || ev.testsText(t)) {
			return t
		}
	}
	return nil
}

// testsText says whether a function asks whether a text fits a pattern.
func (ev *eval) testsText(fn *program.Fn) bool {
	m := ev.mentions(fn)
	for _, how := range slices.Concat(ev.pack.IntrinsicWords(rule.DoMatch), ev.pack.IntrinsicWords(rule.DoMatchAll)) {
		if m.attrs.has(how) {
			return true
		}
		for _, c := range m.chains {
			if strings.HasSuffix(c, "."+how) {
				return true
			}
		}
	}
	return false
}

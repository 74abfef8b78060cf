package scan

import (
	"slices"
	"strings"
	"sync"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/fix"
	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/pkg/syntax"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// A fixer gives findings the change that makes their call safe, where the pack has one, and what advice says of the call.
type fixer struct {
	pack  *rule.Pack
	trees map[*text.File]*syntax.Tree
}

// addFixes gives findings their fixes.
func addFixes(fs []finding.Finding, pack *rule.Pack) {
	x := &fixer{pack, map[*text.File]*syntax.Tree{}}
	for i := range fs {
		f := &fs[i]
		sink := pack.Sink(f.SinkID)
		if sink == nil || f.Sink.File == nil {
			continue
		}
		if tree := x.tree(f.Sink.File); tree != nil {
			x.fix(f, tree, sink)
			x.advise(f, tree, sink)
		}
	}
}

func (x *fixer) tree(file *text.File) *syntax.Tree {
	tree, ok := x.trees[file]
	if !ok {
		tree, _ = syntax.Parse(file)
		x.trees[file] = tree
	}
	return tree
}

// fix makes the first change that the pack has for the call. One that does not make it safe by itself is only shown.
func (x *fixer) fix(f *finding.Finding, tree *syntax.Tree, sink *rule.Sink) {
	for n, row := range sink.Fixes {
		mends := f.Remedies&(1<<n) != 0
		if f.Remedies != 0 && !mends || len(row.Of) > 0 && !slices.Contains(row.Of, f.SinkName) {
			continue
		}
		c := fix.Make(tree, f.Sink.Span, f.SinkName, sink, row)
		if c.By != nil && f.Wrapper == nil && len(row.Set) > 0 {
			x.wrapper(f, c.By, row.Set[0].Value)
		}
		if c.Call != "" {
			f.Changed = strings.TrimRight(c.Call+"\n"+f.Changed, "\n")
		}
		if c.Why != "" {
			if mends {
				f.NoFix = c.Why
			}
			if c.Call != "" {
				return
			}
			continue
		}
		f.NoFix = ""
		if mends {
			f.Fixes = append(f.Fixes, finding.Fix{Title: row.Title, Safe: row.Breaks == "", Breaks: row.Breaks, Edits: c.Edits})
		}
		return
	}
}

// advise fills in what the rule says of findings like this one.
func (x *fixer) advise(f *finding.Finding, tree *syntax.Tree, sink *rule.Sink) {
	r := x.pack.Rule(f.RuleID)
	if r == nil || len(r.Advice) == 0 {
		return
	}
	kind := ""
	if len(f.Flows) > 0 {
		kind = f.Flows[0].Kind
	}
	written := fix.Read(tree, f.Sink.Span, sink)
	row := r.Advise(f.SinkID, f.Case, kind, rule.Call{
		Function: written.Function, Input: written.Input, Call: written.Call,
		Fixed: func() string { return fixed(f, tree, sink) },
		Asked: sync.OnceValue(func() []string { return fix.Asked(tree, f.Sink.Span) }),
	})
	if row == nil {
		return
	}
	f.Advice, f.Example = row.Text, row.Code
	if row.Added != "" {
		f.Example = fix.Append(tree, f.Sink.Span, sink, row.Added)
	}
	if len(row.Set) > 0 {
		f.Example = fix.Make(tree, f.Sink.Span, f.SinkName, sink, &rule.Fix{Set: row.Set}).Call
	}
}

// fixed gives the call as it is with the sink's first change, whether or not that can be made by itself; "" if there is none.
func fixed(f *finding.Finding, tree *syntax.Tree, sink *rule.Sink) string {
	if len(sink.Fixes) == 0 {
		return ""
	}
	return fix.Make(tree, f.Sink.Span, f.SinkName, sink, &rule.Fix{Set: sink.Fixes[0].Set, Drop: sink.Fixes[0].Drop}).Call
}

// wrapper notes the function that decides, and how the call of it on the way of the data should be written.
func (x *fixer) wrapper(f *finding.Finding, by *finding.Wrapper, value string) {
	f.Wrapper = by
	for _, flow := range f.Flows {
		for i := range flow.Steps {
			st := &flow.Steps[i]
			if st.Kind != finding.StepCall || st.File == nil || i+1 == len(flow.Steps) || flow.Steps[i+1].Func != f.Sink.Func {
				continue
			}
			if tree := x.tree(st.File); tree != nil {
				if code := fix.Give(tree, st.Span, by, value); code != "" {
					by.Caller, f.Changed = st, code
					return
				}
			}
		}
	}
}

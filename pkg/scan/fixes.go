package scan

import (
	"slices"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/fix"
	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/pkg/syntax"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// addFixes gives findings the change that makes their call safe, where the pack has one.
func addFixes(fs []finding.Finding, pack *rule.Pack) {
	trees := map[*text.File]*syntax.Tree{}
	for i := range fs {
		f := &fs[i]
		sink := pack.Sink(f.SinkID)
		if f.Remedies == 0 || sink == nil || f.Sink.File == nil {
			continue
		}
		tree, ok := trees[f.Sink.File]
		if !ok {
			tree, _ = syntax.Parse(f.Sink.File)
			trees[f.Sink.File] = tree
		}
		if tree == nil {
			continue
		}
		for n, row := range sink.Fixes {
			if f.Remedies&(1<<n) == 0 || len(row.Of) > 0 && !slices.Contains(row.Of, f.SinkName) {
				continue
			}
			c := fix.Make(tree, f.Sink.Span, f.SinkName, sink, row)
			if c.Why != "" {
				f.NoFix = c.Why
				continue
			}
			f.NoFix, f.Changed = "", c.Call
			f.Fixes = append(f.Fixes, finding.Fix{Title: row.Title, Safe: row.Breaks == "", Breaks: row.Breaks, Edits: c.Edits})
			break
		}
	}
}

package scan

import (
	"fmt"
	"slices"

	"github.com/pickletrace/pickletrace/pkg/program"
	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// UnmetRule is the kind of a problem that tells of an entry of the user's packs that matches nothing.
const UnmetRule = "unmet-rule"

// unmet tells which entries of the user's packs are about modules that no file imports: they match nothing, perhaps by
// a spelling mistake.
func unmet(prog *program.Program, pack *rule.Pack) []text.Problem {
	met := func(head string) bool {
		return slices.ContainsFunc(pack.Heads(head), func(h string) bool { return len(prog.Mentioning(h)) > 0 })
	}
	var out []text.Problem
	for _, m := range pack.Unmet(met) {
		what := m.Section
		if m.ID != "" {
			what += " " + m.ID
		}
		out = append(out, text.Problem{Path: m.At.File, Line: m.At.Line, Severity: text.Info, Kind: UnmetRule,
			Msg: fmt.Sprintf("%s: no file imports %s, so %s matches nothing", what, m.Head, m.Pattern)})
	}
	return out
}

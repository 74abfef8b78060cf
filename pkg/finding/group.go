package finding

import "github.com/pickletrace/pickletrace/pkg/text"

// Decision says what the place decides that a flow begins at, so that one change there settles all findings it makes.
type Decision uint8

const (
	NoDecision  Decision = iota
	DecidesWhat          // what is loaded: the default of an option, a constant, a function that opens what others read
	DecidesHow           // how: a switch that is written there
)

// A Group is what a report shows as one: a finding, or all those of one rule that one decision makes.
type Group struct {
	Root     *Step // where the decision is; nil for a finding that stands alone
	Findings []*Finding
}

// Groups puts together what one decision makes. Groups stand where their first finding stands, and findings in their order.
func Groups(fs []*Finding) []Group {
	size := map[rootKey]int{}
	for _, f := range fs {
		for _, r := range rootsOf(f) {
			size[r.key]++
		}
	}
	var out []Group
	at := map[rootKey]int{}
	for _, f := range fs {
		r := largest(rootsOf(f), size)
		if size[r.key] < 2 {
			out = append(out, Group{Findings: []*Finding{f}})
			continue
		}
		i, ok := at[r.key]
		if !ok {
			i = len(out)
			at[r.key] = i
			out = append(out, Group{Root: r.step})
		}
		out[i].Findings = append(out[i].Findings, f)
	}
	for i := range out { // whose others belong to greater groups
		if len(out[i].Findings) == 1 {
			out[i].Root = nil
		}
	}
	return out
}

// largest gives the root with the most findings, of equals the first.
func largest(roots []root, size map[rootKey]int) root {
	var out root
	for _, r := range roots {
		if out.step == nil || size[r.key] > size[out.key] {
			out = r
		}
	}
	return out
}

// ID is a name of the group that stays the same when lines move: of the rule, the file and function of the decision, and its
// code.
func (g *Group) ID() string {
	if g.Root == nil {
		return ""
	}
	code := ""
	if file := g.Root.File; file != nil {
		start, end := clampSpan(file, g.Root.Span)
		code = string(file.Text[start:end])
	}
	return hashOf("group", g.Findings[0].RuleID, g.Root.Place().Path, g.Root.Func, code)
}

type rootKey struct {
	rule string
	file *text.File
	span text.Span
}

type root struct {
	key  rootKey
	step *Step
}

// rootsOf gives the decisions a finding comes from, those about how before those about what.
func rootsOf(f *Finding) []root {
	var out []root
	for _, d := range []Decision{DecidesHow, DecidesWhat} {
		for i := range f.Flows {
			fl := &f.Flows[i]
			if fl.Decides != d || len(fl.Steps) == 0 || fl.Steps[0].File == nil || d == DecidesWhat && i > 0 {
				continue
			}
			s := &fl.Steps[0]
			out = append(out, root{rootKey{f.RuleID, s.File, s.Span}, s})
		}
	}
	return out
}

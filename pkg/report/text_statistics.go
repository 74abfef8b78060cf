package report

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/finding"
)

// statistics prints how many findings each rule has, most first, with their levels.
func (p *printer) statistics(r *Result) {
	p.tally(r.Findings, func(f *finding.Finding) string { return "" })
	p.problems(r)
	p.summary(r)
}

// longReport is how many findings make a report long: its end tells what they are.
const longReport = 20

// digest ends a long report: how many findings each rule has, by what decided about the call.
func (p *printer) digest(fs []finding.Finding) {
	if len(fs) >= longReport {
		p.tally(fs, func(f *finding.Finding) string { return f.Case })
	}
}

// A tallied is how many findings a rule has, and a decision of it.
type tallied struct {
	rule, decision string
	n              int
	levels         string
}

// tally prints how many findings each rule has, most first, apart by what decision says of them.
func (p *printer) tally(fs []finding.Finding, decision func(*finding.Finding) string) {
	rows := tallyOf(fs, decision)
	digits, names, decisions := 0, 0, 0
	for _, x := range rows {
		digits, names = max(digits, len(strconv.Itoa(x.n))), max(names, width(p.rules.byID[x.rule].Name))
		decisions = max(decisions, width(x.decision))
	}
	line := func(x tallied, names int) string {
		n := strconv.Itoa(x.n)
		out := strings.Repeat(" ", digits-len(n)) + n + "  " + x.rule
		if names > 0 {
			out += "  " + pad(p.rules.byID[x.rule].Name, names)
		}
		if decisions > 0 {
			out += "  " + pad(x.decision, decisions)
		}
		return out + "  " + x.levels
	}
	wide := func(x tallied) bool { return width(line(x, names)) > p.opts.Width }
	if p.opts.Width > 0 && slices.ContainsFunc(rows, wide) {
		names = 0 // the rule says it as well
	}
	for _, x := range rows {
		p.line("%s", line(x, names))
	}
	if len(rows) > 0 {
		p.line("")
	}
}

func tallyOf(fs []finding.Finding, decision func(*finding.Finding) string) []tallied {
	type key struct{ rule, decision string }
	levels := map[key][3]int{}
	for i := range fs {
		k := key{fs[i].RuleID, visible(decision(&fs[i]))}
		e, w, n := counts(fs[i : i+1])
		old := levels[k]
		levels[k] = [3]int{old[0] + e, old[1] + w, old[2] + n}
	}
	var rows []tallied
	for k, l := range levels {
		rows = append(rows, tallied{k.rule, k.decision, l[0] + l[1] + l[2], levelCounts(l[0], l[1], l[2])})
	}
	slices.SortFunc(rows, func(a, b tallied) int {
		return cmp.Or(cmp.Compare(b.n, a.n), cmp.Compare(a.rule, b.rule), cmp.Compare(a.decision, b.decision))
	})
	return rows
}

func pad(s string, n int) string { return s + strings.Repeat(" ", max(n-width(s), 0)) }

package report

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// statistics prints how many findings each rule has, most first, with their levels.
func (p *printer) statistics(r *Result) {
	type row struct {
		id                      string
		errors, warnings, notes int
	}
	byID := map[string]*row{}
	var rows []*row
	for i := range r.Findings {
		id := r.Findings[i].RuleID
		if byID[id] == nil {
			byID[id] = &row{id: id}
			rows = append(rows, byID[id])
		}
		e, w, n := counts(r.Findings[i : i+1])
		byID[id].errors, byID[id].warnings, byID[id].notes = byID[id].errors+e, byID[id].warnings+w, byID[id].notes+n
	}
	sum := func(x *row) int { return x.errors + x.warnings + x.notes }
	slices.SortFunc(rows, func(a, b *row) int { return cmp.Or(cmp.Compare(sum(b), sum(a)), cmp.Compare(a.id, b.id)) })
	names, digits := 0, 0
	for _, x := range rows {
		names, digits = max(names, width(p.rules.byID[x.id].Name)), max(digits, len(strconv.Itoa(sum(x))))
	}
	for _, x := range rows {
		n := strconv.Itoa(sum(x))
		p.line("%s  %s  %s  %s", strings.Repeat(" ", digits-len(n))+n, x.id, pad(p.rules.byID[x.id].Name, names), levelCounts(x.errors, x.warnings, x.notes))
	}
	if len(rows) > 0 {
		p.line("")
	}
	p.problems(r)
	p.summary(r)
}

func pad(s string, n int) string { return s + strings.Repeat(" ", max(n-width(s), 0)) }

package main

import (
	"fmt"
	"slices"

	"github.com/pickletrace/pickletrace/pkg/report"
)

// provedBelow is the size of a tree, in bytes of Python, whose fixes are proved without being asked for: the proof is another
// scan of all of it.
const provedBelow = 2 << 20

// proveFixes marks the fixes of the findings that are shown as what "pickletrace fix" would write. Only these are carried by
// reports; without a proof there are none.
func (o *scanOptions) proveFixes(a *app, r *run, outs []output) {
	if o.fixes == "never" || !o.carriesFixes(outs) || !r.res.Complete() {
		return
	}
	p := &proof{app: a, run: r, before: r.found.Findings}
	p.offer(r.res.Findings, false)
	if len(p.edits()) == 0 {
		return
	}
	if o.fixes == "auto" && r.bytes() > provedBelow {
		if !o.quiet {
			fmt.Fprintf(a.err, "pickletrace: the report carries no fixes: more than %d MiB of Python (--fixes always proves them by another scan)\n", provedBelow>>20)
		}
		return
	}
	if _, err := p.prove(); err != nil {
		fmt.Fprintf(a.err, "pickletrace: the report carries no fixes: %s\n", report.Visible(err.Error()))
		return
	}
	for i := range p.offers {
		if x := &p.offers[i]; x.why == "" {
			x.finding.Fixes = slices.Clone(x.finding.Fixes)
			x.finding.Fixes[0].Proved = true
		}
	}
}

// carriesFixes says whether one of the reports has a place for fixes.
func (o *scanOptions) carriesFixes(outs []output) bool {
	carries := func(format string) bool { return slices.Contains(report.WithFixes, format) }
	return carries(o.format) || slices.ContainsFunc(outs, func(out output) bool { return carries(out.format) })
}

// bytes gives how much Python was scanned.
func (r *run) bytes() int {
	sum := 0
	for _, f := range r.found.Sources {
		sum += len(f.Text)
	}
	return sum
}

package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/report"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// A proof finds out which changes of calls do what they are for: a scan of the changed files must no longer show the finding,
// and nothing that was not there.
type proof struct {
	*app
	run    *run
	before []finding.Finding
	offers []offer
	unsafe int // changes that are left out because they may break something
}

// An offer is the change that a finding has.
type offer struct {
	finding *finding.Finding
	edits   []finding.Edit
	why     string // why it is not made; "" while it may be
}

// offer takes the changes of findings.
func (p *proof) offer(fs []finding.Finding, unsafe bool) {
	for i := range fs {
		f := &fs[i]
		if f.SinkID == "" || f.Silenced != nil {
			continue
		}
		if len(f.Fixes) == 0 {
			if f.NoFix != "" {
				p.offers = append(p.offers, offer{finding: f, why: f.NoFix})
			}
			continue
		}
		if x := f.Fixes[0]; x.Safe || unsafe {
			p.offers = append(p.offers, offer{finding: f, edits: x.Edits})
		} else {
			p.unsafe++
		}
	}
}

// maxRounds bounds the scans of changed files; what is not proved by then is not made.
const maxRounds = 4

// prove gives the edits that are proved.
func (p *proof) prove() ([]finding.Edit, error) {
	for round := 0; ; round++ {
		edits := p.edits()
		if len(edits) == 0 {
			return nil, nil
		}
		if round == maxRounds {
			for i := range p.offers {
				p.offers[i].drop("together with the other changes it does not take the finding away")
			}
			return nil, nil
		}
		dropped, err := p.try(byPath(edits))
		if err != nil {
			return nil, err
		}
		if !dropped {
			return edits, nil
		}
	}
}

func (p *proof) edits() []finding.Edit {
	var out []finding.Edit
	for _, o := range p.offers {
		if o.why == "" {
			out = append(out, o.edits...)
		}
	}
	return out
}

func (o *offer) drop(why string) bool {
	if o.why != "" {
		return false
	}
	o.why = why
	return true
}

// try scans the changed files and drops the offers that do not do what they are for.
func (p *proof) try(changes map[string][]finding.Edit) (dropped bool, err error) {
	opts := p.run.options
	opts.Instead = maps.Clone(opts.Instead)
	if opts.Instead == nil {
		opts.Instead = map[string][]byte{}
	}
	for path, edits := range changes {
		f := edits[0].File
		raw, err := readAgain(p.run, f)
		if err != nil {
			return false, err
		}
		next, ok := changedBytes(f, raw, edits)
		if !ok {
			dropped = p.dropIn(path, "its text is not stored as UTF-8, or it has changed since it was scanned") || dropped
			continue
		}
		opts.Instead[path] = next
	}
	if dropped {
		return true, nil
	}
	res := p.run.do(opts, p.run.pack)
	if p.broken(res.Problems) {
		return true, nil
	}
	return p.compare(res.Findings, changes), nil
}

// broken drops the offers in files that no longer parse.
func (p *proof) broken(problems []text.Problem) (dropped bool) {
	count := func(ps []text.Problem) map[string]int {
		out := map[string]int{}
		for _, x := range ps {
			if x.Severity > text.Info {
				out[x.Path]++
			}
		}
		return out
	}
	old := count(p.run.found.Problems)
	for path, n := range count(problems) {
		if n > old[path] {
			dropped = p.dropIn(path, "the changed file could not be read in full") || dropped
		}
	}
	return dropped
}

func (p *proof) dropIn(path, why string) (dropped bool) {
	for i := range p.offers {
		if p.offers[i].finding.Sink.File.Path == path {
			dropped = p.offers[i].drop(why) || dropped
		}
	}
	return dropped
}

// A spot is where a finding is, in the changed text.
type spot struct {
	rule, path, module string
	start              int32
}

func spotOf(f *finding.Finding, changes map[string][]finding.Edit) spot {
	if f.Sink.File == nil {
		return spot{rule: f.RuleID}
	}
	at := f.Sink.Span.Start
	for _, e := range changes[f.Sink.File.Path] {
		if e.File == f.Sink.File && e.Span.End <= f.Sink.Span.Start {
			at += int32(len(e.New)) - (e.Span.End - e.Span.Start)
		}
	}
	return spot{f.RuleID, f.Sink.File.Path, f.Sink.File.ModulePath(), at}
}

// compare drops the offers whose finding is still there, and those in files where something new is.
func (p *proof) compare(after []finding.Finding, changes map[string][]finding.Edit) (dropped bool) {
	was, now := map[spot]bool{}, map[spot]bool{}
	for i := range p.before {
		was[spotOf(&p.before[i], changes)] = true
	}
	for i := range after {
		now[spotOf(&after[i], nil)] = true
	}
	for i := range p.offers {
		if o := &p.offers[i]; now[spotOf(o.finding, changes)] {
			dropped = o.drop("the finding would still be there") || dropped
		}
	}
	if dropped {
		return true
	}
	for s := range now {
		if was[s] {
			continue
		}
		why := "it would bring " + s.rule
		if !p.dropIn(s.path, why) {
			for i := range p.offers {
				p.offers[i].drop(why)
			}
		}
		dropped = true
	}
	return dropped
}

// tell says of changes that are not made why.
func (p *proof) tell(unsafe bool) {
	left := slices.DeleteFunc(slices.Clone(p.offers), func(o offer) bool { return o.why == "" })
	slices.SortStableFunc(left, func(a, b offer) int {
		x, y := a.finding.Sink.Place(), b.finding.Sink.Place()
		return cmp.Or(cmp.Compare(x.Path, y.Path), cmp.Compare(x.Line, y.Line), cmp.Compare(a.finding.RuleID, b.finding.RuleID))
	})
	for _, o := range left {
		at := o.finding.Sink.Place()
		fmt.Fprintf(p.err, "%s:%d: %s is not changed: %s\n", report.Visible(at.Path), at.Line, o.finding.RuleID, report.Visible(o.why))
	}
	if p.unsafe > 0 && !unsafe {
		fmt.Fprintf(p.err, "%d more with --unsafe-fixes, which may break what the program does with its own data\n", p.unsafe)
	}
}

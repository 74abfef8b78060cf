package taint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/program"
)

// What is found in a library that is read beside the tree is told of the call in the tree by which the data goes into it.

// inTree leaves out the steps inside libraries.
func inTree(raw []rawStep) []rawStep {
	return slices.DeleteFunc(raw, func(r rawStep) bool { return r.p.fn.Mod.Installed })
}

// entry gives the last step of a flow in the tree: the call by which it goes into the library where its sink is; nil if it
// never leaves the library.
func (p *pending) entry() *Prov {
	raw := inTree(expand(nil, p.fact.prov, 0))
	if len(raw) == 0 {
		return nil
	}
	return raw[len(raw)-1].p
}

// libraryFindings gives what is found at a site in a library: for each call in the tree from which data comes there, one
// finding for each rule. What the library does by itself, and with what is given it by nobody in sight, is not told.
func (ev *eval) libraryFindings(s *site, open []opening) []finding.Finding {
	var out []finding.Finding
	for _, r := range ev.pack.RulesFor(s.sink) {
		if r.Disabled || r.Flow == nil {
			continue
		}
		type place struct {
			file  string
			start int32
		}
		var order []place
		entries, groups := map[place]*Prov{}, map[place][]candidate{}
		for _, c := range ev.candidates(s, r, open) {
			at := c.p.entry()
			if at == nil {
				continue
			}
			k := place{at.fn.Mod.Path, at.span.Start}
			if entries[k] == nil {
				entries[k] = at
				order = append(order, k)
			}
			groups[k] = append(groups[k], c)
		}
		for _, k := range order {
			if f := ev.build(s, r, ev.bestFirst(groups[k])); f != nil {
				s.tellAt(f, entries[k])
				out = append(out, *f)
			}
		}
	}
	return out
}

// tellAt moves a finding in a library to the call in the tree by which the data went there.
func (s *site) tellAt(f *finding.Finding, at *Prov) {
	line := s.fn.Mod.IR.File.Position(s.span.Start).Line
	f.Function, f.Remedies = at.fn.QualName(), 0
	f.Sink = finding.Step{File: at.fn.Mod.IR.File, Span: at.span, Kind: finding.StepSink, Func: f.Function}
	f.Notes = append(f.Notes, fmt.Sprintf("This call comes to '%s' in %s, line %d.", f.SinkName, s.fn.Mod.Name, line))
}

// onePerCall keeps of findings at one call by one rule the worst, and of equals the first: a library may load in several ways.
func onePerCall(fs []finding.Finding) []finding.Finding {
	type key struct {
		rule, file string
		start      int32
	}
	at := map[key]int{}
	var out []finding.Finding
	for _, f := range fs {
		k := key{f.RuleID, f.Sink.File.Path, f.Sink.Span.Start}
		switch i, seen := at[k]; {
		case !seen:
			at[k] = len(out)
			out = append(out, f)
		case f.Level > out[i].Level:
			out[i] = f
		}
	}
	return out
}

// libraries queues the functions of the tree that name something of an installed library which comes to a sink, or makes
// objects that do.
func (w *worklist) libraries() {
	for _, m := range w.ev.prog.ImportingInstalled() {
		for _, fn := range m.LoadBodies().Fns {
			if slices.ContainsFunc(w.ev.mentions(fn).chains, func(c string) bool { return w.leadsOut(fn, c) }) {
				w.add(fn)
			}
		}
	}
}

// leadsOut says whether a dotted name of a function means something of an installed library that comes to a sink.
func (w *worklist) leadsOut(fn *program.Fn, dotted string) bool {
	switch t := w.ev.chainTarget(fn, dotted); {
	case t == (program.Target{}): // below a folder that is no package
		head, rest, _ := strings.Cut(dotted, ".")
		of := w.ev.chainTarget(fn, head).Mod
		return rest != "" && of != nil && of.Installed
	case t.Fn != nil:
		return t.Fn.Mod.Installed && w.ev.rel.reaches(t.Fn, libraryCalls)
	case t.Value != nil:
		return t.Value.Installed && w.ev.rel.file(t.Value)
	case t.Class != nil:
		for _, k := range t.Class.MRO() {
			for _, i := range k.Methods {
				if k.Mod.Installed && w.ev.rel.reaches(k.Mod.Fns[i], libraryCalls-1) {
					return true
				}
			}
		}
	}
	return false
}

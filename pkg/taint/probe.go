package taint

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/program"
	"github.com/pickletrace/pickletrace/pkg/rule"
)

// audience is what a probing file hears of what reaches its calls; see hear.
type audience struct {
	heard     map[*program.Fn][]ProbedFact // by functions of the probing file; nil: nobody listens
	listening *program.Module              // the probing file
}

// What a call does, seen from outside: a function that makes the call, and nothing else, is written beside a program, and
// its summary is read.

// A Probe is what one function of a probing file does with its parameters.
type Probe struct {
	Func    string
	Sinks   []ProbedSink
	Result  []ProbedFact
	Returns []string // classes that the result is an object of: dotted names
	Writes  []ProbedWrite
	Filled  []ProbedFact // what is in the file that the result names
	Fields  []ProbedField
	Inside  []ProbedInside
	Heard   []ProbedFact // what functions of the probing file are called with, by what is called here
	Clean   bool         // the result is a value that carries nothing: a number, a truth value, a text of its own
	Depends []int        // parameters that decide what is done, 0-based
	Calls   []int        // parameters that decide which function is called, 0-based
}

// A ProbedSink is a dangerous call that data of a parameter reaches.
type ProbedSink struct {
	Sink  *rule.Sink
	Input int    // the parameter, 0-based
	Below string // access path below the parameter
	File  bool   // the parameter names the file that holds the data
	// Args is what the arguments that the sink's cases ask for are, by name or position.
	Args map[string]rule.ArgFact
	// Checked: whether the data was compared with something depends on the caller; Gated: on a flag that is off by default.
	Checked, Gated bool
	Path           string
	Line           int // 1-based
}

// A ProbedFact is data that a value carries: of a parameter (Kind nil), or of a source of that kind.
type ProbedFact struct {
	Kind   *rule.Kind
	Source string // the call that the data comes from
	Input  int
	Below  string // access path below the parameter
	// File: the value names a file that holds the data, or the data is what the file holds that the parameter names.
	File bool
	// Same: the value is the parameter itself, or stands for it as a path made of it does.
	Same bool
}

// A ProbedWrite says that data is in the file that a parameter names, after the call.
type ProbedWrite struct {
	Input int
	Fact  ProbedFact
}

// A ProbedField is data in an attribute: of the object that is returned (Input -1), or of a parameter after the call.
type ProbedField struct {
	Input int
	Name  string
	Fact  ProbedFact
}

// A ProbedInside is a dangerous call that is reached by data which is fetched on the way to it: no parameter brings it.
type ProbedInside struct {
	Sink *rule.Sink
	Kind *rule.Kind
	Args map[string]rule.ArgFact
	// Within are the functions, innermost first, by which the call is reached: dotted names.
	Within []string
}

// Probes returns what each function of a file of the program does, in the order of the file.
func Probes(prog *program.Program, pack *rule.Pack, opts *Options, file string) []Probe {
	ev := newEval(prog, pack, opts)
	m := prog.OfFile(file)
	if m == nil {
		return nil
	}
	ev.heard, ev.listening = map[*program.Fn][]ProbedFact{}, m
	ev.run()
	for _, fn := range m.Load().Fns {
		ev.topSummary(fn)
	}
	var out []Probe
	for _, fn := range m.Fns {
		if fn.Parent == 0 {
			out = append(out, ev.probe(fn))
		}
	}
	return out
}

func (ev *eval) probe(fn *program.Fn) Probe {
	s := ev.topSummary(fn)
	p := Probe{Func: fn.Name, Result: ev.probedFacts(s.result), Returns: ev.probedClasses(s.result)}
	p.Clean = s.returns && plain(s)
	for i := range fn.Params {
		if self, items := s.matter.has(i); self || items {
			p.Depends = append(p.Depends, i)
		}
		if self, _ := s.calls.has(i); self {
			p.Calls = append(p.Calls, i)
		}
	}
	for _, q := range s.sinks {
		if q.fact.org.kind == originInput && q.fact.feats&(ViaUnknown|PathPart|NameMatch|ClassField) == 0 {
			p.Sinks = append(p.Sinks, probedSink(q))
		}
	}
	ev.probeWrites(s, &p)
	if s.result != nil && ev.syms.inputOf(s.result.sym) < 0 {
		for _, n := range ev.syms.origins(s.result.sym) {
			if n = ev.syms.pathOf(ev.syms.ident(n)); ev.syms.inputOf(n) < 0 {
				p.Filled = append(p.Filled, ev.probedFacts(s.heap[n]["%"])...)
			}
		}
		p.Fields = append(p.Fields, ev.probedFields(-1, s.heap[s.result.sym])...)
	}
	p.Inside = ev.probedInside(fn)
	p.Heard = ev.heard[fn]
	return p
}

// probeWrites adds what is in files that parameters name, and in their attributes.
func (d *domain) probeWrites(s *summary, p *Probe) {
	for _, k := range s.writes {
		in := d.syms.info[k.obj]
		v := s.heap[k.obj][k.seg]
		if in.op != symInput || v == nil {
			continue
		}
		if k.seg == "%" {
			for _, f := range d.probedFacts(v) {
				p.Writes = append(p.Writes, ProbedWrite{int(in.a), f})
			}
		} else if strings.HasPrefix(k.seg, ".") {
			p.Fields = append(p.Fields, d.probedFields(int(in.a), segments{k.seg: v})...)
		}
	}
}

// probedFields gives what attributes of an object carry.
func (d *domain) probedFields(input int, segs segments) []ProbedField {
	var out []ProbedField
	for _, seg := range slices.Sorted(maps.Keys(segs)) {
		if !strings.HasPrefix(seg, ".") {
			continue
		}
		for _, f := range d.probedFacts(segs[seg]) {
			out = append(out, ProbedField{input, seg, f})
		}
	}
	return out
}

// maxInside bounds the functions between a probe and a dangerous call that data fetched on the way reaches.
const maxInside = 40

// probedInside gives the sites below a function that sources reach with no help of a parameter.
func (ev *eval) probedInside(fn *program.Fn) []ProbedInside {
	above := map[*program.Fn]*program.Fn{fn: nil} // who calls it, on a shortest way
	order := []*program.Fn{fn}
	for i := 0; i < len(order) && len(order) < maxInside; i++ {
		for _, callee := range ev.calleesOf(order[i]) {
			if _, seen := above[callee]; !seen {
				above[callee] = order[i]
				order = append(order, callee)
			}
		}
	}
	var out []ProbedInside
	for _, s := range ev.order {
		if _, reached := above[s.fn]; !reached || s.fn == fn {
			continue
		}
		for _, org := range s.order {
			if p := s.flows[org]; !org.entry() && org.fn.Mod != fn.Mod && p.fact.feats&(ViaUnknown|NameMatch|Broad) == 0 && len(p.weak) == 0 && len(p.gates) == 0 {
				in := ProbedInside{Sink: s.sink, Kind: org.what, Args: maps.Clone(p.facts.args)}
				for f := s.fn; f != nil && f != fn; f = above[f] {
					in.Within = append(in.Within, f.QualName())
				}
				out = append(out, in)
				break
			}
		}
	}
	return out
}

// calleesOf gives the functions that a function was seen to call, in program order.
func (g *callGraph) calleesOf(fn *program.Fn) []*program.Fn {
	if g.calleesBy == nil {
		g.calleesBy = map[*program.Fn]map[*program.Fn]bool{}
		for callee, callers := range g.callers {
			for caller := range callers {
				if g.calleesBy[caller] == nil {
					g.calleesBy[caller] = map[*program.Fn]bool{}
				}
				g.calleesBy[caller][callee] = true
			}
		}
	}
	return inOrder(g.calleesBy[fn])
}

// hear keeps what a function of the probing file is called with, for the probe that gave it away.
func (f *frame) hear(fn *program.Fn, actuals []*Value) {
	if f.ev.heard == nil || fn.Mod != f.ev.listening || f.fn.Mod == fn.Mod {
		return
	}
	for i := len(f.ev.stack) - 1; i >= 0; i-- {
		if by := f.ev.stack[i].fn; by.Mod == fn.Mod {
			for _, v := range actuals {
				for _, x := range f.ev.probedFacts(v) {
					if x.Kind != nil && !slices.Contains(f.ev.heard[by], x) {
						f.ev.heard[by] = append(f.ev.heard[by], x)
					}
				}
			}
			return
		}
	}
}

// plain reports whether a summary's result carries no data, itself or in what hangs on it, and is not None.
func plain(s *summary) bool {
	v := s.result
	if v == nil || len(v.facts) > 0 || v.shape || isNone(v) {
		return false
	}
	return !slices.ContainsFunc(v.refs, func(r Ref) bool { return r.kind != refConst }) && (v.sym == noSym || len(s.heap[v.sym]) == 0)
}

func probedSink(q *pending) ProbedSink {
	at := q.site.fn.Mod.IR.File.Position(q.site.span.Start)
	return ProbedSink{Sink: q.site.sink, Input: q.fact.org.input, Below: below(q.fact.org.path), File: q.content() || q.fact.feats&Opened != 0, Args: maps.Clone(q.facts.args),
		Checked: len(q.trust)+len(q.weak) > 0, Gated: len(q.gates) > 0, Path: q.site.fn.Mod.Path, Line: at.Line}
}

// entry reports whether an origin is a parameter of an entry point.
func (o *Origin) entry() bool { return o.src != nil && o.src.ActsAsParam() }

// below writes an access path: ".name[*]".
func below(path string) string { return strings.ReplaceAll(path, "\x01", "") }

func (d *domain) probedFacts(v *Value) []ProbedFact {
	var out []ProbedFact
	for _, f := range v.getFacts() {
		p := ProbedFact{File: f.content || f.feats&Opened != 0}
		switch {
		case f.feats&ViaUnknown != 0:
			continue // a call of which nothing is known may or may not pass it on
		case f.org.entry():
			continue // a parameter that a framework fills: no call gives it
		case f.org.kind == originSource:
			p.Kind, p.Source, p.File = f.org.what, f.org.name, f.content
		default:
			p.Input, p.Below = f.org.input, below(f.org.path)
			p.Same = p.Below == "" && d.syms.ident(v.sym) == d.syms.input(p.Input)
		}
		if !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	slices.SortStableFunc(out, func(a, b ProbedFact) int { return cmp.Compare(a.Input, b.Input) })
	return out
}

func (g *given) probedClasses(v *Value) []string {
	if v == nil || v.open {
		return nil
	}
	var out []string
	for i := range v.refs {
		switch r := &v.refs[i]; r.kind {
		case refInst:
			out = append(out, r.cls.QualName())
		case refExtInst:
			out = append(out, g.pack.Canonical(r.name))
		default:
			return nil
		}
	}
	return out
}

package taint

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/program"
	"github.com/pickletrace/pickletrace/pkg/rule"
)

// What a call does, seen from outside: a function that makes the call, and nothing else, is written beside a program, and
// its summary is read.

// A Probe is what one function of a probing file does with its parameters.
type Probe struct {
	Func    string
	Sinks   []ProbedSink
	Result  []ProbedFact
	Returns []string // classes that the result is an object of: dotted names
	Writes  []ProbedWrite
	Clean   bool  // the result is a value that carries nothing: a number, a truth value, a text of its own
	Depends []int // parameters that decide what is done, 0-based
}

// A ProbedSink is a dangerous call that data of a parameter reaches.
type ProbedSink struct {
	Sink  *rule.Sink
	Input int  // the parameter, 0-based
	File  bool // the parameter names the file that holds the data
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

// Probes returns what each function of a file of the program does, in the order of the file.
func Probes(prog *program.Program, pack *rule.Pack, opts *Options, file string) []Probe {
	ev := newEval(prog, pack, opts)
	ev.run()
	m := prog.OfFile(file)
	if m == nil {
		return nil
	}
	var out []Probe
	for _, fn := range m.Load().Fns {
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
	}
	for _, q := range s.sinks {
		if q.fact.org.kind == originInput && q.fact.org.path == "" {
			p.Sinks = append(p.Sinks, probedSink(q))
		}
	}
	for _, k := range s.writes {
		in := ev.syms.info[k.obj]
		v := s.heap[k.obj][k.seg]
		if k.seg != "%" || in.op != symInput || v == nil {
			continue
		}
		for _, f := range ev.probedFacts(v) {
			p.Writes = append(p.Writes, ProbedWrite{int(in.a), f})
		}
	}
	return p
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
	return ProbedSink{Sink: q.site.sink, Input: q.fact.org.input, File: q.content() || q.fact.feats&Opened != 0, Args: maps.Clone(q.facts.args),
		Checked: len(q.trust)+len(q.weak) > 0, Gated: len(q.gates) > 0, Path: q.site.fn.Mod.Path, Line: at.Line}
}

func (ev *eval) probedFacts(v *Value) []ProbedFact {
	var out []ProbedFact
	for _, f := range v.getFacts() {
		p := ProbedFact{File: f.content || f.feats&Opened != 0}
		switch {
		case f.feats&ViaUnknown != 0:
			continue // a call of which nothing is known may or may not pass it on
		case f.org.kind == originSource:
			p.Kind, p.Source, p.File = f.org.what, f.org.name, f.content
		default:
			p.Input, p.Below = f.org.input, strings.ReplaceAll(f.org.path, "\x01", "")
			p.Same = p.Below == "" && ev.syms.ident(v.sym) == ev.syms.input(p.Input)
		}
		if !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	slices.SortStableFunc(out, func(a, b ProbedFact) int { return cmp.Compare(a.Input, b.Input) })
	return out
}

func (ev *eval) probedClasses(v *Value) []string {
	if v == nil || v.open {
		return nil
	}
	var out []string
	for i := range v.refs {
		switch r := &v.refs[i]; r.kind {
		case refInst:
			out = append(out, r.cls.QualName())
		case refExtInst:
			out = append(out, ev.pack.Canonical(r.name))
		default:
			return nil
		}
	}
	return out
}

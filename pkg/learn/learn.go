// Package learn derives rule packs from the source of libraries.
//
// It asks the engine what calls of a library's public functions do: which arguments reach a dangerous call, under which
// values of which flags; what comes back from the network; what passes an argument on, or writes it to a file. The
// questions are Python code, one function a call, written beside the library; the library itself is read, never imported.
// The answers are entries in the language of rule packs, each with the place it was derived from.
package learn

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/program"
	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/pkg/scan"
	"github.com/pickletrace/pickletrace/pkg/taint"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// Options of a derivation.
type Options struct {
	Scan scan.Options
	// Release is "NAME==VERSION" of what is read, for derived-from; the entries say only file and line if it is "".
	Release string
	// Essential leaves out what Doc.Essential does.
	Essential bool
}

// A Summary counts what was derived.
type Summary struct {
	Public      int // functions and methods that users can call
	Sinks       int
	Sources     int
	Propagators int
	Types       int
	Sanitizers  int
	Confirmed   int      // parameters that reach a sink in calls that a loaded pack knows to be dangerous
	Differing   []string // calls of which a pack that is loaded says something, but not that they are dangerous
	Silent      []string // calls that a pack that is loaded knows to be dangerous, of which nothing was derived
}

// Derive reads a library and returns what its public functions do, as a pack.
func Derive(opts Options, pack *rule.Pack) (*Doc, Summary, []text.Problem) {
	prober, problems := scan.NewProber(opts.Scan, pack)
	prog, met := prober.Program()
	problems = append(problems, met...)
	d := &deriver{pack: pack, release: opts.Release, prog: prog, ids: map[string]bool{}, answers: map[*public][]answer{}}
	ps, classes := publics(prog)
	d.sum.Public, d.classes = len(ps), classes
	d.ask(prober, ps)
	d.noteFields(ps)
	for _, p := range ps {
		d.function(p)
	}
	d.doc.canonical(pack.Canonical)
	if opts.Essential {
		d.doc.Essential(pack)
	}
	d.doc.join()
	d.count()
	d.doc.note = fmt.Sprintf("Of %d public functions; %d calls confirm what a pack says, %d differ, of %d nothing was derived.", d.sum.Public, d.sum.Confirmed, len(d.sum.Differing), len(d.sum.Silent))
	return &d.doc, d.sum, problems
}

// probeFile is the name of the file that asks. A library has none of this name.
const probeFile = "zz_pickletrace_questions.py"

// An answer is what a call does.
type answer struct {
	q *question
	taint.Probe
}

type deriver struct {
	pack    *rule.Pack
	prog    *program.Program
	release string
	doc     Doc
	sum     Summary
	ids     map[string]bool
	answers map[*public][]answer
	classes map[string]string // shortest public names of classes, by the names they are defined under
	read    map[string]bool   // attributes that methods read
	filled  map[string]bool   // attributes that constructors and methods fill
	public  map[string]bool   // names of functions that are defined under them and public under some name
}

// ask asks of every function what it does with its arguments, and of those that depend on some what it does with flags.
func (d *deriver) ask(prober *scan.Prober, ps []*public) {
	var first, second []*question
	for _, p := range ps {
		first = append(first, basic(p)...)
	}
	d.answer(prober, first)
	for _, p := range ps {
		second = append(second, callbacks(p, d.answers[p])...)
		for _, a := range d.answers[p] {
			if len(a.Depends)+len(a.Sinks) > 0 {
				second = append(second, flags(p, d.answers[p][len(d.answers[p])-1].q)...)
				break
			}
		}
	}
	d.answer(prober, second)
}

func (d *deriver) answer(prober *scan.Prober, qs []*question) {
	if len(qs) == 0 {
		return
	}
	for _, p := range prober.Ask(probeFile, write(qs)) {
		if n, err := strconv.Atoi(p.Func[1:]); err == nil && n < len(qs) && p.Func[0] == 'q' {
			d.answers[qs[n].of] = append(d.answers[qs[n].of], answer{qs[n], p})
		}
	}
}

// function adds the entries about one public function.
func (d *deriver) function(p *public) {
	d.sinks(p)
	d.clean(p)
	for _, a := range d.answers[p] {
		if a.q.value == callback {
			d.hears(p, a)
		}
		if !a.q.base() {
			continue
		}
		for _, in := range a.Inside {
			d.inside(p, in)
		}
		for _, f := range a.Fields {
			d.field(p, a.q, f)
		}
		for _, f := range a.Result {
			d.result(p, a.q, f)
		}
		for _, f := range a.Filled {
			d.fills(p, a.q, f)
		}
		for _, w := range a.Writes {
			d.write(p, a.q, w)
		}
		if len(a.Returns) == 1 {
			d.returns(p, a.Returns[0])
		}
	}
}

// known returns what a pack that is loaded says of a function, by any of its names; nil if it says nothing but what it says
// of methods of that name on any object.
func (d *deriver) known(p *public) *rule.Roles {
	for _, name := range p.names {
		r := d.pack.Call(d.pack.Canonical(name))
		any := d.pack.Call("unknown" + name[strings.LastIndexByte(name, '.'):])
		if r != nil && !r.Empty() && !reflect.DeepEqual(r, any) {
			return r
		}
	}
	return nil
}

// sinks adds an entry for each parameter, or attribute of the object, that reaches a dangerous call.
func (d *deriver) sinks(p *public) {
	type reach struct {
		sink  *rule.Sink
		param int
		below string
	}
	var order []reach
	seen := map[reach][]observation{}
	for _, a := range d.answers[p] {
		for _, s := range a.Sinks {
			r := reach{s.Sink, a.q.input(s.Input), s.Below}
			if s.Checked || !isPath(r.below) || r.param < 0 && (!a.q.object || s.Input != 0 || r.below == "") {
				continue
			}
			if seen[r] == nil {
				order = append(order, r)
			}
			seen[r] = append(seen[r], observation{a.q, s})
		}
	}
	slices.SortStableFunc(order, func(a, b reach) int {
		return cmp.Or(cmp.Compare(a.param, b.param), cmp.Compare(a.below, b.below), cmp.Compare(a.sink.ID, b.sink.ID))
	})
	if k := d.known(p); k != nil && len(k.Sinks) > 0 && len(order) == 0 && byName(k.Sinks) {
		d.sum.Silent = append(d.sum.Silent, p.names[0])
	}
	for _, r := range order {
		if k := d.known(p); k != nil {
			d.compare(p, k, r.sink)
			continue
		}
		d.doc.Sinks = append(d.doc.Sinks, d.sink(p, r.sink, slot(p, r.param, r.below), seen[r]))
	}
}

// compare counts what a pack that is loaded says of the call: that it is dangerous, perhaps by a rule of its own, or not.
func (d *deriver) compare(p *public, k *rule.Roles, sink *rule.Sink) {
	if len(k.Sinks) > 0 {
		d.sum.Confirmed++
		return
	}
	d.sum.Differing = append(d.sum.Differing, p.names[0]+" reaches "+sink.ID)
}

// byName reports whether a sink has a pattern about functions of one library, not about all functions with such a name.
func byName(sinks []*rule.Sink) bool {
	return slices.ContainsFunc(sinks, func(s *rule.Sink) bool {
		return slices.ContainsFunc(s.Calls, func(pattern string) bool { return !strings.HasPrefix(pattern, "*") })
	})
}

// count counts the entries that were derived.
func (d *deriver) count() {
	d.sum.Sinks, d.sum.Sources, d.sum.Propagators = len(d.doc.Sinks), len(d.doc.Sources), len(d.doc.Propagators)
	d.sum.Types, d.sum.Sanitizers = len(d.doc.Types), len(d.doc.Sanitizers)
}

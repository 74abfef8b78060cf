package learn

import (
	"cmp"
	"fmt"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/pkg/taint"
)

// A Doc is a rule pack as it is written.
type Doc struct {
	Schema      int               `yaml:"schema"`
	Pack        map[string]string `yaml:"pack,flow"`
	Types       []entry           `yaml:"types,omitempty"`
	Sources     []entry           `yaml:"sources,omitempty"`
	Sinks       []entry           `yaml:"sinks,omitempty"`
	Propagators []entry           `yaml:"propagators,omitempty"`
	Sanitizers  []entry           `yaml:"sanitizers,omitempty"`
}

// An entry is one mapping of a section; empty keys are left out.
type entry struct {
	ID      string         `yaml:"id,omitempty"`
	Call    []string       `yaml:"call,flow"`
	Returns string         `yaml:"returns,omitempty"`
	Kind    string         `yaml:"kind,omitempty"`
	Carries string         `yaml:"carries,omitempty"`
	Like    string         `yaml:"like,omitempty"`
	Input   any            `yaml:"input,omitempty,flow"`
	Reads   string         `yaml:"reads,omitempty"`
	Args    map[string]int `yaml:"args,omitempty,flow"`
	With    map[string]any `yaml:"with,omitempty,flow"`
	Safe    []any          `yaml:"safe-when,omitempty,flow"`
	From    any            `yaml:"from,omitempty,flow"`
	To      any            `yaml:"to,omitempty,flow"`
	Writes  string         `yaml:"writes,omitempty"`
	Same    bool           `yaml:"same,omitempty"`
	Clears  string         `yaml:"clears,omitempty"`
	Derived string         `yaml:"derived-from,omitempty"`
}

// YAML returns the text of the pack, which begins with a comment that says where it comes from.
func (d *Doc) YAML(id, release string) ([]byte, error) {
	d.Schema, d.Pack = 1, map[string]string{"id": id, "version": "1"}
	if _, version, ok := strings.Cut(release, "=="); ok {
		d.Pack["version"] = version
	}
	var b strings.Builder
	fmt.Fprintf(&b, "# Derived from the source of %s by pickletrace learn. Do not edit: derive it again, and say what\n", cmp.Or(release, id))
	fmt.Fprintf(&b, "# differs in a pack of your own, which wins.\n")
	enc := yaml.NewEncoder(&b)
	enc.SetIndent(2)
	if err := enc.Encode(d); err != nil {
		return nil, err
	}
	err := enc.Close()
	return []byte(b.String()), err
}

// newID returns an id for an entry about a function that no other entry has.
func (d *deriver) newID(p *public) string {
	var b strings.Builder
	for _, c := range strings.ToLower(p.names[0]) {
		switch {
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
			b.WriteRune(c)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	base := "derived-" + strings.Trim(b.String(), "-")
	id := base
	for n := 2; d.ids[id]; n++ {
		id = fmt.Sprintf("%s-%d", base, n)
	}
	d.ids[id] = true
	return id
}

// from says where an entry was derived from.
func (d *deriver) from(p *public) string {
	at := fmt.Sprintf("%s:%d", p.fn.Mod.Path, p.fn.Mod.IR.File.Position(p.fn.NameSpan.Start).Line)
	if d.release == "" {
		return at
	}
	return d.release + " " + at
}

// slot writes the argument of a call that a parameter stands for.
func slot(p *public, param int) any {
	if param < 0 {
		return "receiver"
	}
	a := &p.fn.Params[param]
	var at []any
	if a.Kind != ir.KwOnly {
		at = append(at, param-p.first)
	}
	if a.Kind != ir.PosOnly {
		at = append(at, a.Name)
	}
	return map[string]any{"arg": at}
}

func (d *deriver) result(p *public, q *question, f taint.ProbedFact) {
	if d.known(p) != nil {
		return
	}
	switch {
	case f.Kind != nil:
		e := entry{Call: p.names, Kind: f.Kind.ID, Derived: d.from(p)}
		if f.File {
			e.Carries = "content"
		}
		if has(d.doc.Sources, e) {
			return
		}
		e.ID = d.newID(p)
		d.doc.Sources = append(d.doc.Sources, e)
		d.sum.Sources++
	case f.Below == "" || q.input(f.Input) < 0:
		e := entry{Call: p.names, From: slot(p, q.input(f.Input)), To: "return", Derived: d.from(p)}
		if f.File {
			e.Reads = "content"
		}
		e.Same = f.Same && !f.File
		d.propagator(e)
	}
}

func (d *deriver) write(p *public, q *question, w taint.ProbedWrite) {
	to := q.input(w.Input)
	if d.known(p) != nil || to < 0 {
		return
	}
	e := entry{Call: p.names, To: slot(p, to), Writes: "content", Derived: d.from(p)}
	switch {
	case w.Fact.Kind != nil:
		e.From = map[string]any{"source": w.Fact.Kind.ID}
	case w.Fact.Below != "" || q.input(w.Fact.Input) == to:
		return
	default:
		e.From = slot(p, q.input(w.Fact.Input))
		if w.Fact.File {
			e.Reads = "content"
		}
	}
	d.propagator(e)
}

func (d *deriver) propagator(e entry) {
	if !has(d.doc.Propagators, e) {
		d.doc.Propagators = append(d.doc.Propagators, e)
		d.sum.Propagators++
	}
}

// has reports whether the same entry is there; entries of one function follow each other.
func has(es []entry, e entry) bool {
	for i := len(es) - 1; i >= 0 && es[i].Derived == e.Derived; i-- {
		o := es[i]
		o.ID = e.ID
		if fmt.Sprint(o) == fmt.Sprint(e) {
			return true
		}
	}
	return false
}

// clean adds an entry for a function whose result carries nothing, whatever it is called with.
func (d *deriver) clean(p *public) {
	as := d.answers[p]
	if d.known(p) != nil || len(as) == 0 || len(p.fn.Params) == p.first {
		return
	}
	for _, a := range as {
		if !a.Clean {
			return
		}
	}
	d.sum.Sanitizers++
	d.doc.Sanitizers = append(d.doc.Sanitizers, entry{Call: p.names, Clears: "all", Derived: d.from(p)})
}

func (d *deriver) returns(p *public, class string) {
	if d.known(p) != nil || !isPublic(class) {
		return
	}
	e := entry{Call: p.names, Returns: class, Derived: d.from(p)}
	if !has(d.doc.Types, e) {
		d.doc.Types = append(d.doc.Types, e)
		d.sum.Types++
	}
}

// An observation is that an argument of a question reaches a sink.
type observation struct {
	q *question
	s taint.ProbedSink
}

// sink makes the entry about one parameter that reaches a sink, from all questions in which it does.
func (d *deriver) sink(p *public, sink *rule.Sink, param int, seen []observation) entry {
	base := sink
	if sink.Like != nil {
		base = sink.Like
	}
	e := entry{ID: d.newID(p), Call: p.names, Like: base.ID, Input: slot(p, param), Reads: "value", Derived: d.from(p),
		With: map[string]any{}, Args: map[string]int{}}
	for _, o := range seen {
		if o.s.File {
			e.Reads = "content"
		}
	}
	used := map[int]bool{} // flags that are arguments of the sink
	for _, name := range base.ArgNames() {
		v, flag := passed(p, name, seen)
		if v != nil {
			e.With[name] = v
		}
		if flag >= 0 {
			used[flag] = true
			e.position(p, flag)
		}
	}
	for i := p.first; i < len(p.fn.Params); i++ {
		if when := d.avoided(p, i, seen); when != nil && !used[i] {
			e.Safe = append(e.Safe, map[string]any{"arg." + p.fn.Params[i].Name: when})
			e.position(p, i)
		}
	}
	return e
}

// position notes where a parameter stands among the arguments of a call.
func (e *entry) position(p *public, param int) {
	if a := &p.fn.Params[param]; a.Kind != ir.KwOnly {
		e.Args[a.Name] = param - p.first
	}
}

// avoided returns the values of a flag with which the function does not reach the sink; nil if it decides nothing.
func (d *deriver) avoided(p *public, flag int, seen []observation) any {
	reached := map[string]bool{}
	asked := false
	for _, o := range seen {
		if o.q.flag < 0 {
			reached["default"] = true
		} else if o.q.flag == flag {
			reached[o.q.value] = true
		}
	}
	for _, a := range d.answers[p] {
		asked = asked || a.q.flag == flag
	}
	switch {
	case !asked || reached["True"] == reached["False"]:
		return nil
	case reached["default"] && reached["True"]:
		return false
	case reached["default"]:
		return true
	case reached["True"]:
		return []any{false, "absent", "none"}
	default:
		return []any{true, "absent", "none"}
	}
}

// passed says what the function passes as an argument of the sink: an argument of its own, which then is flag, a constant,
// or nil for nothing.
func passed(p *public, name string, seen []observation) (v any, flag int) {
	for _, o := range seen {
		f, ok := o.s.Args[name]
		if o.q.flag < 0 || !ok || f.State != rule.Known || f.IsStr || f.Const != "True" && f.Const != "False" {
			continue
		}
		if !follows(name, f.Const, o, seen) {
			continue
		}
		a := &p.fn.Params[o.q.flag]
		v := map[string]any{"arg": a.Name}
		if f.Const != o.q.value {
			v["not"] = true
		}
		if a.Default != nil {
			switch a.Default.Kind {
			case ir.True:
				v["default"] = true
			case ir.False:
				v["default"] = false
			case ir.None:
				v["default"] = "none"
			}
		}
		return v, o.q.flag
	}
	return constant(seen[0].s.Args[name]), -1
}

// constant writes what is known of an argument whatever the function is given; nil if it is absent.
func constant(f rule.ArgFact) any {
	switch {
	case f.State == rule.Absent:
		return nil
	case f.State == rule.Known && f.IsStr:
		return map[string]any{"const": f.Const}
	case f.State == rule.Known && f.Const == "True":
		return true
	case f.State == rule.Known && f.Const == "False":
		return false
	case f.State == rule.Known && f.Const == "None":
		return "none"
	}
	return "unknown"
}

// follows reports whether an argument of the sink is what the flag of a question makes it: no question without that flag,
// and none with its opposite, gives it the same value.
func follows(name, value string, with observation, seen []observation) bool {
	for _, o := range seen {
		f, ok := o.s.Args[name]
		same := ok && f.State == rule.Known && f.Const == value
		if same && (o.q.flag != with.q.flag || o.q.value != with.q.value) {
			return false
		}
	}
	return true
}

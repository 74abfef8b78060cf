package learn

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

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

	note string // for the comment that the text begins with
}

// An entry is one mapping of a section; empty keys are left out.
type entry struct {
	ID      string         `yaml:"id,omitempty"`
	Call    []string       `yaml:"call,omitempty,flow"`
	Param   *heard         `yaml:"param,omitempty,flow"`
	Returns string         `yaml:"returns,omitempty"`
	Kind    string         `yaml:"kind,omitempty"`
	Carries string         `yaml:"carries,omitempty"`
	Like    string         `yaml:"like,omitempty"`
	Acts    string         `yaml:"acts-as-source,omitempty"`
	Lower   int            `yaml:"lower,omitempty"`
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

// A heard is a callback: the calls that it is passed to, and where.
type heard struct {
	PassedTo []string `yaml:"passed-to,flow"`
	Callback any      `yaml:"callback,flow"`
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
	if d.note != "" {
		fmt.Fprintf(&b, "# %s\n", d.note)
	}
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

// slot writes the argument of a call that a parameter stands for, or what lies below it; param is -1 for the object.
func slot(p *public, param int, below string) any {
	if param < 0 {
		return "receiver" + below
	}
	a := &p.fn.Params[param]
	var at []any
	if a.Kind != ir.KwOnly {
		at = append(at, param-p.first)
	}
	if a.Kind != ir.PosOnly && a.Kind != ir.VarPos {
		at = append(at, a.Name)
	}
	if below != "" {
		return map[string]any{"arg": at, "path": below}
	}
	return map[string]any{"arg": at}
}

// pathForm is an access path that the language of packs can write.
var pathForm = regexp.MustCompile(`^(\.[A-Za-z_]\w*|\[\*\]|\[\d+\]){0,3}$`)

func isPath(below string) bool { return pathForm.MatchString(below) }

// fieldOf gives the attribute that a path begins with: ".x".
func fieldOf(below string) string {
	if !strings.HasPrefix(below, ".") {
		return ""
	}
	end := strings.IndexAny(below[1:], ".[")
	if end < 0 {
		return below
	}
	return below[:end+1]
}

// noteFields notes which attributes of objects matter: what one call stores and another one reads.
func (d *deriver) noteFields(ps []*public) {
	d.read, d.filled, d.public = map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, p := range ps {
		d.public[p.fn.QualName()] = true
		for _, a := range d.answers[p] {
			for _, f := range a.Fields {
				d.filled[f.Name] = true
			}
			if !a.q.object {
				continue
			}
			for _, s := range a.Sinks {
				if s.Input == 0 {
					d.read[fieldOf(s.Below)] = true
				}
			}
			for _, f := range a.Result {
				if f.Kind == nil && f.Input == 0 {
					d.read[fieldOf(f.Below)] = true
				}
			}
		}
	}
}

// fromFact writes where data comes from; ok is false if the language of packs cannot say it, or nobody needs it.
func (d *deriver) fromFact(p *public, q *question, f taint.ProbedFact) (from any, reads string, ok bool) {
	if f.Kind != nil {
		return map[string]any{"source": f.Kind.ID}, "", true
	}
	param := q.input(f.Input)
	if param < 0 && (!q.object || f.Input != 0 || !d.filled[fieldOf(f.Below)]) || !isPath(f.Below) {
		return nil, "", false
	}
	if f.File {
		reads = "content"
	}
	return slot(p, param, f.Below), reads, true
}

func (d *deriver) result(p *public, q *question, f taint.ProbedFact) {
	if d.known(p) != nil {
		return
	}
	if f.Kind != nil {
		e := entry{Call: p.names, Kind: f.Kind.ID, Derived: d.from(p)}
		if f.File {
			e.Carries = "content"
		}
		if !has(d.doc.Sources, e) {
			e.ID = d.newID(p)
			d.doc.Sources = append(d.doc.Sources, e)
		}
		return
	}
	if from, reads, ok := d.fromFact(p, q, f); ok {
		d.propagator(entry{Call: p.names, From: from, Reads: reads, To: "return", Same: f.Same && !f.File, Derived: d.from(p)})
	}
}

// fills adds an entry for a function that returns the path of a file which it has written.
func (d *deriver) fills(p *public, q *question, f taint.ProbedFact) {
	if f.Kind != nil {
		f.File = true
		d.result(p, q, f)
		return
	}
	if from, reads, ok := d.fromFact(p, q, f); ok && d.known(p) == nil {
		d.propagator(entry{Call: p.names, From: from, Reads: reads, To: "return", Writes: "content", Derived: d.from(p)})
	}
}

// field adds an entry for what a constructor or method puts into an attribute that some method reads.
func (d *deriver) field(p *public, q *question, f taint.ProbedField) {
	from, reads, ok := d.fromFact(p, q, f.Fact)
	if !ok || d.known(p) != nil || !d.read[f.Name] || !isPath(f.Name) {
		return
	}
	e := entry{Call: p.names, From: from, Reads: reads, Derived: d.from(p)}
	switch {
	case f.Input < 0:
		e.To = "return" + f.Name
	case q.object && f.Input == 0:
		e.To = "receiver" + f.Name
	default:
		return
	}
	if from != e.To || reads != "" { // else the attribute stays what it is
		d.propagator(e)
	}
}

func (d *deriver) write(p *public, q *question, w taint.ProbedWrite) {
	to := q.input(w.Input)
	from, reads, ok := d.fromFact(p, q, w.Fact)
	if !ok || d.known(p) != nil || to < 0 || w.Fact.Kind == nil && q.input(w.Fact.Input) == to {
		return
	}
	d.propagator(entry{Call: p.names, From: from, Reads: reads, To: slot(p, to, ""), Writes: "content", Derived: d.from(p)})
}

// hears adds an entry for a callback that gets data of others.
func (d *deriver) hears(p *public, a answer) {
	for _, f := range a.Heard {
		e := entry{Kind: f.Kind.ID, Param: &heard{p.names, slot(p, a.q.flag, "")}, Derived: d.from(p)}
		if d.known(p) == nil && !has(d.doc.Sources, e) {
			e.ID = d.newID(p)
			d.doc.Sources = append(d.doc.Sources, e)
		}
	}
}

// argNames gives the arguments that a sink's cases ask for by name.
func argNames(s *rule.Sink) []string {
	return slices.DeleteFunc(s.ArgNames(), func(name string) bool { return name[0] <= '9' })
}

// localPath fits what is certainly a path and no name on a hub.
const localPath = `^(\.{0,2}/|~)`

// pathParams gives the parameters by which a function takes the path of a file that the sink reads.
func (d *deriver) pathParams(p *public, sink *rule.Sink) []int {
	var out []int
	for _, a := range d.answers[p] {
		for _, s := range a.Sinks {
			if i := a.q.input(s.Input); s.Sink == sink && s.File && s.Below == "" && i >= 0 && !slices.Contains(out, i) {
				out = append(out, i)
			}
		}
	}
	slices.Sort(out)
	return out
}

// inside adds an entry for a function that fetches data and loads it. What it fetches is the library's own choice, which whoever
// installs the library trusts to some degree: the level is lowered by a step. Of functions that call each other the innermost
// public one has it.
func (d *deriver) inside(p *public, in taint.ProbedInside) {
	at := slices.IndexFunc(in.Within, func(name string) bool { return d.public[name] })
	if at < 0 || in.Within[at] != p.fn.QualName() || d.known(p) != nil {
		return
	}
	base := in.Sink
	if base.Like != nil {
		base = base.Like
	}
	if base.ActsAs != nil { // what is asked of a hub is the library's own choice
		return
	}
	e := entry{Call: p.names, Like: base.ID, Acts: in.Kind.ID, Lower: 1, Reads: "value", With: map[string]any{}, Args: map[string]int{}, Derived: d.from(p)}
	for _, i := range d.pathParams(p, in.Sink) {
		e.Safe = append(e.Safe, map[string]any{"arg." + p.fn.Params[i].Name: map[string]any{"matches": localPath}})
		e.position(p, i)
	}
	for _, name := range argNames(base) {
		if v := constant(in.Args[name]); v != nil {
			e.With[name] = v
		}
	}
	if !has(d.doc.Sinks, e) {
		e.ID = d.newID(p)
		d.doc.Sinks = append(d.doc.Sinks, e)
	}
}

func (d *deriver) propagator(e entry) {
	if !has(d.doc.Propagators, e) {
		d.doc.Propagators = append(d.doc.Propagators, e)
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
	if d.known(p) != nil || p.makes || len(as) == 0 || len(p.fn.Params) == p.first && !as[0].q.object {
		return
	}
	for _, a := range as {
		if !a.Clean && a.q.value != callback {
			return
		}
	}
	d.doc.Sanitizers = append(d.doc.Sanitizers, entry{Call: p.names, Clears: "all", Derived: d.from(p)})
}

func (d *deriver) returns(p *public, class string) {
	if name := d.classes[class]; name != "" {
		class = name
	}
	if d.known(p) != nil || p.makes || !isPublic(class) {
		return
	}
	e := entry{Call: p.names, Returns: class, Derived: d.from(p)}
	if !has(d.doc.Types, e) {
		d.doc.Types = append(d.doc.Types, e)
	}
}

// An observation is that an argument of a question reaches a sink.
type observation struct {
	q *question
	s taint.ProbedSink
}

// sink makes the entry about one parameter that reaches a sink, from all questions in which it does.
func (d *deriver) sink(p *public, sink *rule.Sink, input any, seen []observation) entry {
	base := sink
	if sink.Like != nil {
		base = sink.Like
	}
	e := entry{ID: d.newID(p), Call: p.names, Like: base.ID, Input: input, Reads: "value", Derived: d.from(p),
		With: map[string]any{}, Args: map[string]int{}}
	for _, o := range seen {
		if o.s.File {
			e.Reads = "content"
		}
	}
	used := map[int]bool{} // flags that are arguments of the sink
	for _, name := range argNames(base) {
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

package scan

import (
	"slices"

	"github.com/pickletrace/pickletrace/pkg/program"
	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/pkg/taint"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// A Prober answers what calls of a library's functions do, by code that makes these calls.
type Prober struct {
	files []*text.File
	pack  *rule.Pack
	opts  Options
	taint *taint.Options
}

// NewProber reads the Python files of the given paths. The problems are those of finding and reading them. Which versions of
// other libraries are allowed is what programs that use the library say, not what lies beside it.
func NewProber(opts Options, pack *rule.Pack) (*Prober, []text.Problem) {
	found, problems := text.Find(opts.Find)
	files, more := read(found, &opts)
	facts, bad := facts(nil, nil, pack)
	p := &Prober{files: files, pack: pack, opts: opts, taint: told(facts, pack, &opts)}
	return p, sortProblems(slices.Concat(problems, more, bad))
}

// Program returns the library's files, linked. Files that do not parse are told in the problems, sorted.
func (p *Prober) Program() (*program.Program, []text.Problem) {
	t := newTree(slices.Clone(p.files), p.opts.Jobs)
	t.parseAll()
	met, _ := t.problems()
	return program.New(t), met
}

// Ask returns what each function of a file of that name (no file of the library) does with its parameters.
func (p *Prober) Ask(name string, code []byte) []taint.Probe {
	f := &text.File{Path: name, Text: code}
	t := newTree(append(slices.Clone(p.files), f), p.opts.Jobs)
	stop := t.parseAhead()
	defer stop()
	return taint.Probes(program.New(t), p.pack, p.taint, name)
}

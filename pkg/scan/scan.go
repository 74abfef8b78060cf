// Package scan is the pipeline: files in, findings out. Start reading here.
package scan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/cache"
	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/manifest"
	"github.com/pickletrace/pickletrace/pkg/program"
	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/pkg/taint"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// Options of a scan.
type Options struct {
	Find  text.FindOptions
	Jobs  int // files read and parsed at a time; less than 1 means 1
	Parse Parse
	Least int // bytes of a function's body that is parsed apart from its file; less than 1 means a number that pays
	Taint taint.Options
	// Instead holds bytes that are read in the place of those on disk, by path.
	Instead map[string][]byte
	// Follow is the folder of installed libraries that calls are followed into; "": none are.
	Follow string
	Cache  *cache.Cache // nil: nothing is kept
	Build  string       // what program this is: another one does not use what this one keeps; "": nothing is kept
}

// Parse says which files are parsed. The findings are the same; what does not parse is told of those files alone.
type Parse uint8

const (
	ParseAuto   Parse = iota // all of a small tree, of a larger one those that may matter for a finding
	ParseAll                 // all
	ParseNeeded              // those that may matter for a finding
)

// A Result is what a scan gives.
type Result struct {
	Findings []finding.Finding
	Problems []text.Problem
	Files    int
	Parsed   int            // files that were parsed, because something in them may matter
	Sources  []*text.File   // the files that were analysed, by path
	Skipped  map[string]int // why → how many folders and files were left out on purpose
	Stats    taint.Stats
	Cached   bool `json:"-"` // taken from the cache
}

// Run finds the Python files of the given paths and scans them. Its result depends on their bytes and the pack alone.
func Run(opts Options, pack *rule.Pack) Result {
	found, problems := text.Find(opts.Find)
	files, more := read(found, &opts)
	beside, odd := findManifests(opts.Find, files)
	libs, met := follow(files, pack, &opts)
	res := analyzeCached(input{files, beside, libs}, pack, &opts)
	res.Problems = sortProblems(slices.Concat(problems, more, odd, met, res.Problems))
	return res
}

// An input is what an analysis reads.
type input struct {
	files  []*text.File
	beside []manifest.File // what says which versions the project allows, and which environment variables it sets
	libs   []*text.File    // of installed libraries
}

// Files scans files that are already in memory. Beside them may be files that say which versions their project allows
// and which environment variables it sets.
func Files(files []*text.File, beside []manifest.File, pack *rule.Pack, opts *taint.Options) Result {
	var o Options
	if opts != nil {
		o.Taint = *opts
	}
	res := analyze(input{files: withWritten(slices.Clone(files)), beside: beside}, pack, &o)
	res.Problems = sortProblems(res.Problems)
	return res
}

// wholeBelow is the size of a tree, in bytes of Python, that counts as small: parsing all of it costs little.
const wholeBelow = 2 << 20

// A Printer writes what the engine knows of a program: taint.Calls, taint.Summaries.
type Printer func(*program.Program, *rule.Pack, *taint.Options) string

// Print finds the Python files of the given paths and prints what the engine knows of them, and what was met while they
// were read.
func Print(opts Options, pack *rule.Pack, print Printer) (string, []text.Problem) {
	found, problems := text.Find(opts.Find)
	files, more := read(found, &opts)
	beside, odd := findManifests(opts.Find, files)
	facts, bad := facts(beside, files, pack)
	t := newTree(files, opts.Jobs)
	t.parseAll()
	out := print(linked(t, pack), pack, told(facts, pack, &opts))
	met, _ := t.problems()
	return out, sortProblems(slices.Concat(problems, more, odd, bad, met))
}

// linked gives the program of the tree, which knows the names of the pack's libraries.
func linked(t *tree, pack *rule.Pack) *program.Program {
	prog := program.NewInstalled(t, followedFolder, namedBy(pack))
	known := map[string]program.Library{}
	for _, m := range pack.Matchers() {
		if m.Section == "sink" && !m.User && m.Head != "" {
			known[m.Head] = program.Foreign
		}
	}
	for _, lib := range pack.Libraries {
		known[lib.Name] = program.Foreign
		if lib.Stdlib {
			known[lib.Name] = program.Standard
		}
	}
	prog.Library = func(head string) program.Library { return known[head] }
	return prog
}

// told gives the engine's options, with what the project's files say.
func told(facts *manifest.Facts, pack *rule.Pack, opts *Options) *taint.Options {
	out := opts.Taint
	out.Versions, out.Env = versions(facts, pack), facts.EnvFor
	for _, p := range facts.EntryPoints() {
		out.EntryPoints = append(out.EntryPoints, taint.EntryPoint(p))
	}
	return &out
}

func analyze(in input, pack *rule.Pack, opts *Options) Result {
	files := in.files
	sortFiles(files)
	facts, problems := facts(in.beside, files, pack)
	t := newTree(slices.Concat(files, in.libs), opts.Jobs)
	pack = pack.For(t.imports)
	if opts.Least > 0 {
		t.least = opts.Least
	}
	if opts.Parse == ParseAll || opts.Parse == ParseAuto && t.size() < wholeBelow {
		t.parseAll()
	}
	stop := t.parseAhead()
	defer stop()
	prog := linked(t, pack)
	problems = append(problems, unmet(prog, pack)...)
	fs, stats := taint.Analyze(prog, pack, told(facts, pack, opts))
	set, sources := settings(facts, in.beside, pack)
	fs, sources = append(fs, set...), slices.Concat(files, sources)
	title := func(id string) string {
		if r := pack.Rule(id); r != nil {
			return r.Title
		}
		return id
	}
	met, asked := t.problems()
	done := finding.Finish(fs, title)
	addFixes(done, pack)
	return Result{Findings: done, Problems: slices.Concat(problems, met, stats.Broken), Files: len(files),
		Parsed: asked, Sources: sources, Stats: stats}
}

// read reads files on several workers; the result does not depend on how many.
func read(found []text.Found, opts *Options) ([]*text.File, []text.Problem) {
	files := make([]*text.File, len(found))
	problems := make([][]text.Problem, len(found))
	each(len(found), opts.Jobs, func(i int) {
		if raw, ok := opts.Instead[found[i].Path]; ok {
			files[i], problems[i] = text.NewFile(found[i].Path, raw)
			return
		}
		files[i], problems[i] = found[i].Read()
	})
	return withWritten(slices.DeleteFunc(files, func(f *text.File) bool { return f == nil })), slices.Concat(problems...)
}

// withWritten adds the files that notebooks write. Where two have one name, the first is imported by it; a file that is
// there comes before one that is written.
func withWritten(files []*text.File) []*text.File {
	taken := map[string]bool{}
	for _, f := range files {
		taken[f.ModulePath()] = true
	}
	for _, f := range slices.Clone(files) {
		for i, w := range f.Written {
			if taken[w.As] {
				w.As = fmt.Sprintf("%s.%d.py", f.Path, i+1)
			}
			taken[w.As] = true
			files = append(files, w)
		}
	}
	return files
}

func sortProblems(ps []text.Problem) []text.Problem {
	slices.SortStableFunc(ps, func(a, b text.Problem) int {
		if c := strings.Compare(a.Path, b.Path); c != 0 {
			return c
		}
		return a.Line - b.Line
	})
	return ps
}

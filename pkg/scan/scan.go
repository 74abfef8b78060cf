// Package scan is the pipeline: files in, findings out. Start reading here.
package scan

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/manifest"
	"github.com/pickletrace/pickletrace/pkg/program"
	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/pkg/syntax"
	"github.com/pickletrace/pickletrace/pkg/taint"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// Options of a scan.
type Options struct {
	Find  text.FindOptions
	Jobs  int // files read and parsed at a time; less than 1 means 1
	Taint taint.Options
}

// A Result is what a scan gives.
type Result struct {
	Findings []finding.Finding
	Problems []text.Problem
	Files    int
	Sources  []*text.File   // the files that were analysed, by path
	Skipped  map[string]int // why → how many folders and files were left out on purpose
	Stats    taint.Stats
}

// Run finds the Python files of the given paths and scans them. Its result depends on their bytes and the pack alone.
func Run(opts Options, pack *rule.Pack) Result {
	found, problems := text.Find(opts.Find)
	mods, more := load(found, opts.Jobs)
	beside, odd := findManifests(opts.Find, mods)
	res := analyze(mods, beside, pack, &opts.Taint)
	res.Problems = sortProblems(slices.Concat(problems, more, odd, res.Problems))
	return res
}

// Files scans files that are already in memory. Beside them may be files that say which versions their project allows
// and which environment variables it sets.
func Files(files []*text.File, beside []manifest.File, pack *rule.Pack, opts *taint.Options) Result {
	var mods []*ir.Module
	var problems []text.Problem
	for _, f := range files {
		m, ps := lower(f)
		problems = append(problems, ps...)
		if m != nil {
			mods = append(mods, m)
		}
	}
	res := analyze(mods, beside, pack, opts)
	res.Problems = sortProblems(slices.Concat(problems, res.Problems))
	return res
}

func analyze(mods []*ir.Module, beside []manifest.File, pack *rule.Pack, opts *taint.Options) Result {
	facts, problems := facts(beside, mods)
	told := *opts
	told.Versions, told.Env = versions(facts, pack), facts.EnvFor
	slices.SortFunc(mods, func(a, b *ir.Module) int { return strings.Compare(a.File.Path, b.File.Path) })
	sources := make([]*text.File, len(mods))
	for i, m := range mods {
		sources[i] = m.File
	}
	prog := program.Link(mods)
	problems = append(problems, unmet(prog, pack)...)
	fs, stats := taint.Analyze(prog, pack, &told)
	set, read := settings(facts, beside, pack)
	fs, sources = append(fs, set...), append(sources, read...)
	title := func(id string) string {
		if r := pack.Rule(id); r != nil {
			return r.Title
		}
		return id
	}
	return Result{Findings: finding.Finish(fs, title), Problems: append(problems, stats.Broken...), Files: len(mods), Sources: sources, Stats: stats}
}

// load reads, parses and lowers files on several workers; the result does not depend on how many.
func load(found []text.Found, jobs int) ([]*ir.Module, []text.Problem) {
	mods := make([]*ir.Module, len(found))
	problems := make([][]text.Problem, len(found))
	next := make(chan int)
	var wg sync.WaitGroup
	for range max(jobs, 1) {
		wg.Go(func() {
			for i := range next {
				mods[i], problems[i] = loadOne(&found[i])
			}
		})
	}
	for i := range found {
		next <- i
	}
	close(next)
	wg.Wait()
	return slices.DeleteFunc(mods, func(m *ir.Module) bool { return m == nil }), slices.Concat(problems...)
}

func loadOne(f *text.Found) (*ir.Module, []text.Problem) {
	raw, err := os.ReadFile(f.Disk)
	if err != nil {
		return nil, []text.Problem{{Path: f.Path, Severity: text.Failed, Kind: "unreadable", Msg: err.Error()}}
	}
	file, problems := text.NewFile(f.Path, raw)
	m, more := lower(file)
	return m, append(problems, more...)
}

// lower parses and lowers one file. A bug of ours on one odd file is a problem of that file, not the end of the scan.
func lower(f *text.File) (m *ir.Module, problems []text.Problem) {
	defer func() {
		if r := recover(); r != nil {
			m, problems = nil, append(problems, text.Problem{Path: f.Path, Severity: text.Failed, Kind: "internal", Msg: fmt.Sprintf("internal error: %v", r)})
		}
	}()
	tree, problems := syntax.Parse(f)
	if tree == nil {
		return nil, problems
	}
	return ir.Lower(tree), problems
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

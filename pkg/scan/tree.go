package scan

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/syntax"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// A tree is the files of a scan: all of them read, each parsed only when the analysis asks for it. It is a program.Tree.
type tree struct {
	*text.Index
	files   []*text.File // sorted by path
	paths   []string
	modules []parsed // by file
	ahead   chan int // files to parse ahead of being asked for; nil if nobody does
}

// A parsed file is lowered once.
type parsed struct {
	once     sync.Once
	module   *ir.Module
	problems []text.Problem
	asked    bool // by the analysis, not just ahead of it
	expected bool // to be asked for
}

func newTree(files []*text.File, workers int) *tree {
	t := &tree{files: files, modules: make([]parsed, len(files)), paths: make([]string, len(files))}
	slices.SortStableFunc(t.files, func(a, b *text.File) int { return strings.Compare(a.Path, b.Path) })
	for i, f := range t.files {
		t.paths[i] = f.Path
	}
	t.Index = text.NewIndex(t.files, workers)
	return t
}

// Paths gives the paths of the files, sorted.
func (t *tree) Paths() []string { return t.paths }

// Text gives the text of a file.
func (t *tree) Text(i int) []byte { return t.files[i].Text }

// Lower gives the module of a file, nil if it cannot be analysed.
func (t *tree) Lower(i int) *ir.Module {
	t.modules[i].asked, t.modules[i].expected = true, true
	return t.parse(i)
}

// parseAhead starts workers that parse files which the analysis will probably ask for, while it is busy with others. What
// they do changes nothing but when a file is parsed. They end when stop is called.
func (t *tree) parseAhead(workers int) (stop func()) {
	if workers < 1 {
		return func() {}
	}
	t.ahead = make(chan int, len(t.files)) // each file is sent once at most
	done := make(chan struct{})
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for {
				select {
				case <-done:
					return
				case i := <-t.ahead:
					t.parse(i)
				}
			}
		})
	}
	return func() {
		close(done)
		wg.Wait()
	}
}

// Expect says that the analysis will probably ask for a file.
func (t *tree) Expect(i int) {
	if p := &t.modules[i]; t.ahead != nil && !p.expected {
		p.expected = true
		t.ahead <- i
	}
}

// parse reads file i unless that has been done. It may be called by several goroutines.
func (t *tree) parse(i int) *ir.Module {
	p := &t.modules[i]
	p.once.Do(func() { p.module, p.problems = lower(t.files[i]) })
	return p.module
}

// parseAll reads every file on several workers, as if the analysis had asked for it.
func (t *tree) parseAll(workers int) {
	each(len(t.files), workers, func(i int) { t.Lower(i) })
}

// size gives the bytes of all files.
func (t *tree) size() int {
	n := 0
	for _, f := range t.files {
		n += len(f.Text)
	}
	return n
}

// problems gives what was met in the files that the analysis asked for, and how many those are.
func (t *tree) problems() (out []text.Problem, asked int) {
	for i := range t.modules {
		if p := &t.modules[i]; p.asked {
			out = append(out, p.problems...)
			asked++
		}
	}
	return out, asked
}

// lower parses and lowers one file. A bug of ours on one odd file is a problem of that file, not the end of the scan.
func lower(f *text.File) (m *ir.Module, problems []text.Problem) {
	defer func() {
		if r := recover(); r != nil {
			m, problems = nil, append(problems, text.Problem{Path: f.Path, Severity: text.Failed, Kind: "internal", Msg: fmt.Sprintf("internal error: %v", r)})
		}
	}()
	t, problems := syntax.Parse(f)
	if t == nil {
		return nil, problems
	}
	return ir.Lower(t), problems
}

// each calls do with 0 to n-1 on several workers, in no order.
func each(n, workers int, do func(int)) {
	next := make(chan int)
	var wg sync.WaitGroup
	for range max(workers, 1) {
		wg.Go(func() {
			for i := range next {
				do(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wg.Wait()
}

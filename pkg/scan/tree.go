package scan

import (
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
	ahead   *stack   // files to parse ahead of being asked for; nil if nobody does
	workers int
	whole   bool // files of the tree itself are parsed as a whole
	least   int  // bytes of a function's body that is parsed by itself
}

// A parsed file is lowered once.
type parsed struct {
	once     sync.Once
	module   *ir.Module
	problems []text.Problem
	tree     *syntax.Tree // of the whole file, if a body of it is odd
	asked    bool         // by the analysis, not just ahead of it
	expected bool         // to be asked for
}

func newTree(files []*text.File, workers int) *tree {
	t := &tree{files: files, workers: workers, least: defaultLeast, modules: make([]parsed, len(files)), paths: make([]string, len(files))}
	sortFiles(t.files)
	for i, f := range t.files {
		t.paths[i] = f.ModulePath()
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
func (t *tree) parseAhead() (stop func()) {
	if t.workers <= 1 {
		return func() {}
	}
	t.ahead = newStack()
	var wg sync.WaitGroup
	for range t.workers - 1 {
		wg.Go(func() {
			for i, ok := t.ahead.pop(); ok; i, ok = t.ahead.pop() {
				t.parse(i)
			}
		})
	}
	return func() {
		t.ahead.close()
		wg.Wait()
	}
}

// Prepare parses files that the analysis is going to ask for, if there are several workers.
func (t *tree) Prepare(files []int) {
	if t.workers <= 1 {
		return
	}
	each(len(files), t.workers, func(i int) { t.parse(files[i]) })
}

// Expect says that the analysis will probably ask for a file.
func (t *tree) Expect(i int) {
	if p := &t.modules[i]; t.ahead != nil && !p.expected {
		p.expected = true
		t.ahead.push(i)
	}
}

// A stack hands files to workers, the newest first: what was expected last is likely to be asked for next.
type stack struct {
	mu     sync.Mutex
	some   *sync.Cond
	files  []int
	closed bool
}

func newStack() *stack {
	s := &stack{}
	s.some = sync.NewCond(&s.mu)
	return s
}

func (s *stack) push(i int) {
	s.mu.Lock()
	s.files = append(s.files, i)
	s.mu.Unlock()
	s.some.Signal()
}

// pop waits for a file; ok is false once the stack is closed.
func (s *stack) pop() (file int, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.files) == 0 && !s.closed {
		s.some.Wait()
	}
	if s.closed {
		return 0, false
	}
	file = s.files[len(s.files)-1]
	s.files = s.files[:len(s.files)-1]
	return file, true
}

func (s *stack) close() {
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	s.some.Broadcast()
}

// parse reads file i unless that has been done. It may be called by several goroutines.
func (t *tree) parse(i int) *ir.Module {
	p := &t.modules[i]
	p.once.Do(func() { p.module, p.problems = t.lower(i) })
	return p.module
}

// parseAll reads every file of the tree itself on several workers, as if the analysis had asked for it.
func (t *tree) parseAll() {
	t.whole = true
	each(len(t.files), t.workers, func(i int) {
		if !isFollowed(t.files[i]) {
			t.Lower(i)
		}
	})
}

// imports says whether a file of the tree itself imports a library of that name, of which no source is there.
func (t *tree) imports(head string) bool {
	found := false
	for _, i := range t.Mentioning(head) {
		if p := strings.TrimPrefix(t.paths[i], followedFolder+"/"); strings.HasPrefix(p, head+"/") || p == head+".py" {
			return false
		}
		found = found || !isFollowed(t.files[i]) && t.Importing(i, head)
	}
	return found
}

// size gives the bytes of the tree's own files.
func (t *tree) size() int {
	n := 0
	for _, f := range t.files {
		if !isFollowed(f) {
			n += len(f.Text)
		}
	}
	return n
}

// problems gives what was met in the tree's own files that the analysis asked for, and how many those are.
func (t *tree) problems() (out []text.Problem, asked int) {
	for i := range t.modules {
		if p := &t.modules[i]; p.asked && !isFollowed(t.files[i]) {
			out = append(out, p.problems...)
			asked++
		}
	}
	return out, asked
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

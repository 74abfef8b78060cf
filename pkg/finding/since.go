package finding

import (
	"cmp"
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/text"
)

// A finding belongs to a change if the state before did not have it: the same rule at the same call of the same function,
// as loud, and with the same ways into it. Nothing is concluded from names that happen to be equal, and what is only
// formatted, moved or commented is the same. A call that was there gets a finding of the change
//
//   - if it is louder than before,
//   - if there is a way into it from a source that it did not have, some step of which the change wrote.

// A Before is the state before a change. Its findings are all that were found, those that comments silenced among them.
type Before struct {
	Findings []Finding
	Files    []*text.File
}

// Since parts findings into those that a change brings, with the reasons that its lines give, and the rest. What is silenced
// is in neither, and is only known again. Files are those that were scanned.
func (c *Changes) Since(fs []Finding, files []*text.File, before *Before) (fresh, rest []Finding) {
	s := newSince(c, files, before)
	match := s.pair(fs)
	for i := range fs {
		f := fs[i]
		b, known := match[i]
		switch {
		case f.Silenced != nil:
		case !known, before.Findings[b].Silenced != nil:
			fresh = append(fresh, f)
		case f.Level > before.Findings[b].Level:
			fresh = append(fresh, s.louder(f, before.Findings[b].Level))
		default:
			in, out := s.newFlows(&f, &before.Findings[b])
			if len(in) == 0 {
				rest = append(rest, f)
				continue
			}
			if len(out) > 0 || f.MoreFlows > len(f.Other) {
				f = f.only(in, out)
			}
			fresh = append(fresh, f)
		}
	}
	for i := range fresh {
		fresh[i].Baseline = New
		fresh[i].Why = append(fresh[i].Why, s.reasons(&fresh[i])...)
	}
	return fresh, rest
}

// since compares two states.
type since struct {
	*Changes
	before   *Before
	lex      lexers
	byPath   map[string]*text.File      // of the state before
	normals  map[string]map[string]bool // statements of a file before, as formatters leave them
	nowDefs  map[string]bool            // functions that are defined now, by their names inside modules
	thenDefs map[string]bool
}

func newSince(c *Changes, files []*text.File, before *Before) *since {
	s := &since{Changes: c, before: before, lex: lexers{}, byPath: map[string]*text.File{}, normals: map[string]map[string]bool{}}
	for _, f := range before.Files {
		s.byPath[f.Path] = f
	}
	s.nowDefs, s.thenDefs = s.defs(files), s.defs(before.Files)
	return s
}

// defs gives the names, inside their modules, of the functions that changed files define.
func (s *since) defs(files []*text.File) map[string]bool {
	out := map[string]bool{}
	for _, f := range files {
		if s.files[f.Path] == nil && !slices.Contains(s.gone, f.Path) && !s.wasRenamed(f.Path) {
			continue
		}
		for _, name := range s.lex.of(f).qualified() {
			out[name] = true
		}
	}
	return out
}

// qualified gives the functions of a file with the classes and functions around them: "C.m".
func (l *lexed) qualified() (out []string) {
	type scope struct {
		indent int
		name   string
	}
	var open []scope
	for i := range l.stmts {
		st := &l.stmts[i]
		for len(open) > 0 && open[len(open)-1].indent >= st.indent {
			open = open[:len(open)-1]
		}
		fn, name := l.defines(st), ""
		if name = fn; l.nth(st, 0) == "class" {
			name = l.nth(st, 1)
		}
		if name == "" {
			continue
		}
		if len(open) > 0 {
			name = open[len(open)-1].name + "." + name
		}
		open = append(open, scope{st.indent, name})
		if fn != "" {
			out = append(out, name)
		}
	}
	return out
}

func (s *since) wasRenamed(before string) bool {
	for path, fc := range s.files {
		if fc.before == before && path != before {
			return true
		}
	}
	return false
}

// pair gives for each finding that was there before which one it is: by file, call and function; then in another file;
// then in a function that has another name now.
func (s *since) pair(fs []Finding) map[int]int {
	match, taken := map[int]int{}, map[int]bool{}
	for _, key := range []func(f *Finding, path string) string{
		func(f *Finding, path string) string {
			return strings.Join([]string{path, sinkParts(f), localName(sinkPath(f), f.Function), callOf(f, s.lex)}, "\x00")
		},
		func(f *Finding, _ string) string {
			return strings.Join([]string{sinkParts(f), localName(sinkPath(f), f.Function), callOf(f, s.lex)}, "\x00")
		},
		func(f *Finding, path string) string {
			return strings.Join([]string{path, sinkParts(f), s.renamed(f), callOf(f, s.lex)}, "\x00")
		},
	} {
		s.pairBy(fs, match, taken, key)
	}
	return match
}

// renamed gives what stands for all functions whose definition is there in one of the states only, and the name of any
// other.
func (s *since) renamed(f *Finding) string {
	name := localName(sinkPath(f), f.Function)
	if s.nowDefs[name] != s.thenDefs[name] {
		return "\x01"
	}
	return f.Function
}

func (s *since) pairBy(fs []Finding, match map[int]int, taken map[int]bool, key func(f *Finding, path string) string) {
	then := map[string][]int{}
	for n := range s.before.Findings {
		if f := &s.before.Findings[n]; !taken[n] {
			k := key(f, sinkPath(f))
			then[k] = append(then[k], n)
		}
	}
	now := map[string][]int{}
	var order []string
	for i := range fs {
		if _, done := match[i]; done {
			continue
		}
		k := key(&fs[i], s.pathBefore(sinkPath(&fs[i])))
		if now[k] == nil {
			order = append(order, k)
		}
		now[k] = append(now[k], i)
	}
	for _, k := range order {
		here, there := now[k], then[k]
		// What the change wrote is what is left over.
		slices.SortStableFunc(here, func(a, b int) int {
			return cmp.Or(cmp.Compare(s.rank(&fs[a]), s.rank(&fs[b])), -cmp.Compare(fs[a].Level, fs[b].Level))
		})
		slices.SortStableFunc(there, func(a, b int) int {
			x, y := &s.before.Findings[a], &s.before.Findings[b]
			return cmp.Or(cmp.Compare(silencedRank(x), silencedRank(y)), -cmp.Compare(x.Level, y.Level))
		})
		for n := range min(len(here), len(there)) {
			match[here[n]], taken[there[n]] = there[n], true
		}
	}
}

// rank puts what the change wrote behind what it did not, and what is silenced last.
func (s *since) rank(f *Finding) int {
	if s.written(&f.Sink) {
		return 1 + silencedRank(f)
	}
	return silencedRank(f)
}

func silencedRank(f *Finding) int {
	if f.Silenced != nil && f.Silenced.InCode {
		return 2
	}
	return 0
}

// louder is the finding with the flows that make it louder than before.
func (s *since) louder(f Finding, was Level) Finding {
	f.Why = append(f.Why, Reason{Kind: WhyLouder, Text: "it was " + levelWord(was) + " before"})
	var in, out []Flow
	for _, fl := range slices.Concat(f.Flows, f.Other) {
		if fl.Level == Off || fl.Level > was {
			in = append(in, fl)
		} else {
			out = append(out, fl)
		}
	}
	if len(in) > 0 && len(out) > 0 {
		return f.only(in, out)
	}
	return f
}

func levelWord(l Level) string {
	return [...]string{"off", "a note", "a warning", "an error"}[min(int(l), 3)]
}

// newFlows parts the flows of a finding into those that the change brought and the rest.
func (s *since) newFlows(f, before *Finding) (in, out []Flow) {
	all := slices.Concat(f.Flows, f.Other)
	old := slices.Concat(before.Flows, before.Other)
	known, taken := make([]bool, len(all)), make([]bool, len(old))
	for _, key := range []func(fl *Flow, path string) string{
		func(fl *Flow, path string) string { return path + "\x00" + s.sourceKey(fl, true, true) },
		func(fl *Flow, _ string) string { return s.sourceKey(fl, true, true) },
		func(fl *Flow, path string) string { return path + "\x00" + s.sourceKey(fl, true, false) },
		func(fl *Flow, _ string) string { return s.sourceKey(fl, false, true) },
		func(fl *Flow, _ string) string { return s.sourceKey(fl, true, false) },
	} {
		free := map[string][]int{}
		for n := range old {
			if !taken[n] {
				k := key(&old[n], sourcePath(&old[n]))
				free[k] = append(free[k], n)
			}
		}
		for i := range all {
			k := key(&all[i], s.pathBefore(sourcePath(&all[i])))
			if known[i] || len(free[k]) == 0 {
				continue
			}
			known[i], taken[free[k][0]] = true, true
			free[k] = free[k][1:]
		}
	}
	for i, fl := range all {
		if !known[i] && slices.ContainsFunc(fl.Steps, func(step Step) bool { return s.written(&step) }) {
			in = append(in, fl)
		} else {
			out = append(out, fl)
		}
	}
	return in, out
}

func sourcePath(fl *Flow) string {
	if len(fl.Steps) == 0 || fl.Steps[0].File == nil {
		return ""
	}
	return fl.Steps[0].File.Path
}

// sourceKey says which source a flow has: kind and name, with its function and its statement.
func (s *since) sourceKey(fl *Flow, function, stmt bool) string {
	key := fl.Kind + "\x00" + fl.SourceName
	if len(fl.Steps) == 0 || fl.Steps[0].File == nil {
		return key
	}
	src := &fl.Steps[0]
	if function {
		key += "\x00" + localName(src.File.Path, src.Func)
	}
	if stmt {
		l := s.lex.of(src.File)
		if i := l.at(src.Span.Start); i >= 0 {
			key += "\x00" + l.normal(&l.stmts[i])
		}
	}
	return key
}

// written says whether the change wrote the statement of a step: some of its lines are new, and the file did not have the
// statement before.
func (s *since) written(step *Step) bool {
	if !s.onNewLine(step) {
		return false
	}
	l := s.lex.of(step.File)
	i := l.at(step.Span.Start)
	return i < 0 || !s.had(s.files[step.File.Path].before, l.normal(&l.stmts[i]))
}

// onNewLine says whether some line of the statement of a step is new.
func (s *since) onNewLine(step *Step) bool {
	if step.File == nil {
		return false
	}
	fc := s.files[step.File.Path]
	if fc == nil {
		return false
	}
	l := s.lex.of(step.File)
	i := l.at(step.Span.Start)
	if i < 0 || fc.whole {
		return fc.whole
	}
	first, last := step.File.Position(l.stmts[i].start).Line, step.File.Position(l.stmts[i].end).Line
	for n := first; n <= last; n++ {
		if fc.added[n] {
			return true
		}
	}
	return false
}

// had says whether a file had the statement before the change.
func (s *since) had(path, stmt string) bool {
	if path == "" {
		return false
	}
	if s.normals[path] == nil {
		s.normals[path] = map[string]bool{}
		if f := s.byPath[path]; f != nil {
			l := s.lex.of(f)
			for i := range l.stmts {
				s.normals[path][l.normal(&l.stmts[i])] = true
			}
		}
	}
	return s.normals[path][stmt]
}

package scan

import (
	"bytes"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// Small says whether the Python of the files is little enough to be scanned as a whole while somebody types.
func Small(files []*text.File) bool {
	n := 0
	for _, f := range files {
		n += len(f.Text)
	}
	return n < wholeBelow
}

// Part scans some of the files of an earlier scan, with opts.Instead in the place of their texts, as if there were no
// others. What is open in a function that only other files call is told as if nobody called it.
func Part(opts Options, pack *rule.Pack, files []*text.File) Result {
	var again []*text.File
	var problems []text.Problem
	for _, f := range files {
		if f.As != "" {
			continue // comes with its notebook
		}
		if raw, ok := opts.Instead[f.Path]; ok {
			var more []text.Problem
			f, more = text.NewFile(f.Path, raw)
			problems = append(problems, more...)
		}
		again = append(again, f)
	}
	again = withWritten(again)
	beside, odd := findManifests(opts.Find, again)
	libs, met := follow(again, pack, &opts)
	res := analyze(input{again, beside, libs}, pack, &opts)
	res.Problems = sortProblems(slices.Concat(problems, odd, met, res.Problems))
	return res
}

const (
	nearFiles     = 150     // files that are near another
	nearBytes     = 1 << 20 // of their text together
	nearImporters = 40
)

// Near gives the file with the path and those that have to do with it, in the order of files: those named first, those
// that import it, and what these and it import, as far as there is room. How modules are found is guessed from the ends
// of their paths: a file too much costs a little time.
func Near(files []*text.File, file string, first []string) []*text.File {
	n := &nearby{byStem: map[string][]*text.File{}, taken: map[*text.File]bool{}}
	var start *text.File
	for _, f := range files {
		n.byStem[stem(f.Path)] = append(n.byStem[stem(f.Path)], f)
		if f.Path == file && f.As == "" {
			start = f
		}
	}
	if start == nil {
		return nil
	}
	n.take(start)
	for _, f := range files {
		if slices.Contains(first, f.Path) {
			n.take(f)
		}
	}
	importers, word := 0, []byte(stem(file))
	for _, f := range files {
		if importers < nearImporters && f != start && bytes.Contains(f.Text, word) && slices.Contains(n.imports(f), start) && n.take(f) {
			importers++
		}
	}
	for i := 0; i < len(n.queue); i++ {
		for _, f := range n.imports(n.queue[i]) {
			n.take(f)
		}
	}
	return slices.DeleteFunc(slices.Clone(files), func(f *text.File) bool { return !n.taken[f] })
}

// nearby collects files.
type nearby struct {
	byStem map[string][]*text.File
	taken  map[*text.File]bool
	queue  []*text.File
	bytes  int
}

func (n *nearby) take(f *text.File) bool {
	if n.taken[f] || len(n.queue) > 0 && (len(n.queue) >= nearFiles || n.bytes+len(f.Text) > nearBytes) {
		return n.taken[f]
	}
	n.taken[f] = true
	n.queue = append(n.queue, f)
	n.bytes += len(f.Text)
	return true
}

// stem gives the last part of the name of the module that a file is.
func stem(p string) string {
	name := path.Base(p)
	if name == "__init__.py" {
		return path.Base(path.Dir(p))
	}
	return strings.TrimSuffix(name, path.Ext(name))
}

var importLine = regexp.MustCompile(`(?m)^[ \t]*(?:from[ \t]+(\.*)([\w.]*)[ \t]+import[ \t]*(\([^)]*\)|[^\r\n#;]*)|import[ \t]+([^\r\n#;]+))`)

var nameOf = regexp.MustCompile(`[\w.]+`)

// imports gives the files that the import lines of a file may mean.
func (n *nearby) imports(f *text.File) []*text.File {
	var out []*text.File
	for _, m := range importLine.FindAllSubmatch(f.Text, 500) {
		if m[4] != nil {
			for _, name := range nameOf.FindAllString(string(m[4]), 50) {
				out = append(out, n.named(f, 0, name)...)
			}
			continue
		}
		dots, from := len(m[1]), string(m[2])
		out = append(out, n.named(f, dots, from)...)
		for _, name := range nameOf.FindAllString(string(m[3]), 50) {
			out = append(out, n.named(f, dots, strings.TrimPrefix(from+"."+name, "."))...)
		}
	}
	return out
}

// named gives the files whose paths end as the module's name does.
func (n *nearby) named(importer *text.File, dots int, name string) []*text.File {
	tail := strings.ReplaceAll(name, ".", "/")
	if dots > 0 {
		dir := path.Dir(importer.Path)
		for range dots - 1 {
			dir = path.Dir(dir)
		}
		tail = path.Join(dir, tail)
	}
	if tail == "" {
		return nil
	}
	var out []*text.File
	for _, f := range n.byStem[path.Base(tail)] {
		module := strings.TrimSuffix(strings.TrimSuffix(f.Path, path.Ext(f.Path)), "/__init__")
		if module == tail || dots == 0 && strings.HasSuffix(module, "/"+tail) {
			out = append(out, f)
		}
	}
	return out
}

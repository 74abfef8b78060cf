package scan_test

import (
	"bytes"
	"fmt"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/scantest"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// A rewriting changes a program and nothing of what it does. It gives nil where it cannot be applied.
type rewriting struct {
	name   string
	change func(fs []*text.File) []*text.File
}

const strayCode = `

def _stray_function(value):
    import dill, joblib, numpy, pickle, requests, socket, torch, yaml
    return value


class _StrayClass:
    def load(self):
        return None


# pickle.loads torch.load requests.get recv hashlib.sha256 yaml.load load loads get read
`

const strayFile = `import pickle

import requests
import torch


def load(path):
    return None


def get(url):
    return url


class Store:
    def put(self, key, value):
        self.value = None

    def run(self):
        return None
`

var (
	manyLines = regexp.MustCompile(`"""|'''|\\\r?\n`)
	future    = regexp.MustCompile(`(?m)^from __future__ .*\n`)
	starred   = regexp.MustCompile(`(?m)^from .* import \*`)
	firstLine = regexp.MustCompile(`(?m)^`)
	lastWords = regexp.MustCompile(`(?m)^( +)return (\w[\w.]*\([\w., ]*\))$`)
)

// rewritings are laws: which findings there are follows from what a program does.
var rewritings = []rewriting{
	{"unused functions, classes, imports and words", eachPython(func(code []byte) []byte { return append(code, strayCode...) })},
	{"a file that nobody imports", func(fs []*text.File) []*text.File {
		if !slices.ContainsFunc(fs, func(f *text.File) bool { return !finding.IsTest(f.Path) }) {
			return nil // a tree of tests alone is told in full
		}
		file, _ := text.NewFile("stray_file.py", []byte(strayFile))
		return append(slices.Clone(fs), file)
	}},
	{"a name for what is returned", eachPython(func(code []byte) []byte {
		return lastWords.ReplaceAll(code, []byte("${1}stray_result = $2\n${1}return stray_result"))
	})},
	{"if True around all", eachPython(func(code []byte) []byte {
		if manyLines.Match(code) || future.Match(code) || starred.Match(code) || bytes.Contains(code, []byte("# ///")) || len(bytes.TrimSpace(code)) == 0 {
			return nil
		}
		return slices.Concat([]byte("if True:\n    pass\n"), firstLine.ReplaceAll(code, []byte("    ")))
	})},
	{"functions in another order", someOf(swapped)},
	{"other names for variables", oneFile(func(code []byte) []byte { return renamed(code, localSet, false) })},
	{"other names for functions", oneFile(func(code []byte) []byte { return renamed(code, privateDef, true) })},
	{"a function in a file of its own", moved},
}

// someOf changes the Python files that can be changed.
func someOf(change func(code []byte) []byte) func([]*text.File) []*text.File {
	return func(fs []*text.File) []*text.File {
		changed := false
		out := eachPython(func(code []byte) []byte {
			if next := change(bytes.Clone(code)); next != nil {
				changed = true
				return next
			}
			return code
		})(fs)
		if !changed {
			return nil
		}
		return out
	}
}

// oneFile changes programs of one file.
func oneFile(change func(code []byte) []byte) func([]*text.File) []*text.File {
	return func(fs []*text.File) []*text.File {
		if len(fs) != 1 {
			return nil
		}
		return eachPython(change)(fs)
	}
}

// eachPython changes the Python files of a program, notebooks aside.
func eachPython(change func(code []byte) []byte) func([]*text.File) []*text.File {
	return func(fs []*text.File) []*text.File {
		var out []*text.File
		for _, f := range fs {
			if path.Ext(f.Path) != ".py" {
				out = append(out, f)
				continue
			}
			code := change(bytes.Clone(f.Text))
			if code == nil {
				return nil
			}
			file, _ := text.NewFile(f.Path, code)
			out = append(out, file)
		}
		return out
	}
}

// meaning is what findings say apart from where they are.
func meaning(found []finding.Finding) string {
	var out []string
	for i := range found {
		f := &found[i]
		var kinds []string
		for _, fl := range f.Flows {
			kinds = append(kinds, fl.Kind)
		}
		out = append(out, fmt.Sprintf("%v %s %v", f.Level, f.RuleID, kinds))
	}
	slices.Sort(out)
	return strings.Join(out, "\n")
}

// programs gives the fixtures and cases by name.
func programs(t *testing.T) (names []string, of map[string][]*text.File) {
	t.Helper()
	of = map[string][]*text.File{}
	for _, pattern := range []string{"flow/*.py", "project/*.txtar"} {
		found, err := filepath.Glob(filepath.Join(testdata, pattern))
		if err != nil || len(found) == 0 {
			t.Fatalf("no fixtures: %v", err)
		}
		for _, p := range found {
			files, err := scantest.Load(p)
			if err != nil {
				t.Fatal(err)
			}
			names = append(names, filepath.Base(p))
			of[filepath.Base(p)] = files
		}
	}
	cases, _ := filepath.Glob(filepath.Join(testdata, "cases", "*.txt"))
	for _, p := range cases {
		for _, c := range readCases(t, p) {
			if !c.known {
				names = append(names, c.id)
				of[c.id] = c.files
			}
		}
	}
	return names, of
}

// TestMeaning rewrites programs in ways that change nothing of what they do: the findings must stay the same.
func TestMeaning(t *testing.T) {
	names, of := programs(t)
	scanAll := scanner(t)
	applied := map[string]int{}
	for n, name := range names {
		if testing.Short() && n%8 > 0 {
			continue
		}
		files := of[name]
		before, _ := scanAll(files)
		for _, r := range rewritings {
			next := r.change(files)
			if next == nil {
				continue
			}
			applied[r.name]++
			after, _ := scanAll(next)
			if want, got := meaning(before), meaning(after); got != want {
				t.Errorf("%s with %s:\n%s\ninstead of\n%s", name, r.name, got, want)
			}
		}
	}
	for _, r := range rewritings {
		if applied[r.name] < 10 && !testing.Short() {
			t.Errorf("%s was applied to %d programs", r.name, applied[r.name])
		}
	}
}

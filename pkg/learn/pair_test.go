package learn_test

import (
	"cmp"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/learn"
	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/pkg/scan"
	"github.com/pickletrace/pickletrace/pkg/text"
	"github.com/pickletrace/pickletrace/rules"
)

// The law of packs that derive themselves: what is found in a program through a library is the same whether the library's
// source lies in the tree, is followed into, or is known by the pack that was derived from it.

// TestPairs checks the law on small libraries and programs: lib/ and app/ of each archive. A line of want says what is found,
// at the last line of the program that the data passes; "pack:" or "tree:" or "follow:" before it marks a known difference.
func TestPairs(t *testing.T) {
	paths, err := filepath.Glob("../../testdata/learn/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatal("no pairs", err)
	}
	for _, p := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(p), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(p)
			if err != nil {
				t.Fatal(err)
			}
			dir, want := t.TempDir(), map[string][]string{}
			for _, f := range a.Files {
				if f.Name == "want" {
					want = wants(string(f.Data))
					continue
				}
				full := filepath.Join(dir, filepath.FromSlash(f.Name))
				if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(full, f.Data, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			got := pair(t, filepath.Join(dir, "lib"), filepath.Join(dir, "app"), nil, finding.Warning)
			for _, way := range ways {
				if g, w := strings.Join(got[way], "\n"), strings.Join(want[way], "\n"); g != w {
					t.Errorf("%s: found\n%s\nwant\n%s", way, g, w)
				}
			}
		})
	}
}

var ways = []string{"tree", "follow", "pack"}

func wants(lines string) map[string][]string {
	out := map[string][]string{}
	for line := range strings.Lines(lines) {
		line = strings.TrimSpace(line)
		of, rest, marked := strings.Cut(line, ": ")
		for _, way := range ways {
			if !marked || slices.Contains(strings.Split(of, ","), way) {
				out[way] = append(out[way], cmp.Or(map[bool]string{true: rest, false: line}[marked]))
			}
		}
	}
	for _, way := range ways {
		slices.Sort(out[way])
	}
	return out
}

// TestRealPairs checks the law on real libraries: PICKLETRACE_SITE is the folder they are installed in, PICKLETRACE_PAIRS
// lists LIBRARY=PROGRAM_DIR, separated by commas. It prints what differs, and fails if the share of findings that are the
// same is below nine in ten. See scripts/learn-pairs.
func TestRealPairs(t *testing.T) {
	site, pairs := os.Getenv("PICKLETRACE_SITE"), os.Getenv("PICKLETRACE_PAIRS")
	if site == "" || pairs == "" {
		t.Skip("no libraries are named")
	}
	same, all := 0, 0
	for p := range strings.SplitSeq(pairs, ",") {
		name, dir, _ := strings.Cut(p, "=")
		got := pair(t, filepath.Join(site, name), dir, []string{name}, finding.Note)
		s, n := 0, map[string]bool{}
		for _, line := range slices.Concat(got["tree"], got["pack"]) {
			if n[line] || slices.Contains(got["alone"], line) && !slices.Contains(got["tree"], line) {
				continue // a rule written by hand says it of the library's name
			}
			n[line] = true
			in, by := slices.Contains(got["tree"], line), slices.Contains(got["pack"], line)
			if in && by {
				s++
			} else {
				t.Logf("%s: only with the %s: %s", name, map[bool]string{true: "source", false: "pack"}[in], line)
			}
		}
		follow := len(got["follow"])
		t.Logf("%s: %d findings with the source in the tree, %d with the pack, %d followed, %d of %d the same", p, len(got["tree"]), len(got["pack"]), follow, s, len(n))
		same, all = same+s, all+len(n)
	}
	if all > 0 && same*10 < all*9 {
		t.Errorf("%d of %d findings are the same", same, all)
	}
}

// pair gives what is found in the program in the three ways, at a level and above. Libraries limits what is read of lib to
// the packages of these names.
func pair(t *testing.T, lib, app string, libraries []string, least finding.Level) map[string][]string {
	t.Helper()
	pack := load(t)
	site := lib
	if libraries != nil {
		site = filepath.Dir(lib)
	}
	whole := t.TempDir()
	must(t, os.CopyFS(whole, os.DirFS(app)))
	own := find(whole)
	out := map[string][]string{"alone": found(scan.Run(scan.Options{Find: own, Jobs: 2}, pack), nil, least), "follow": found(scan.Run(scan.Options{Find: own, Jobs: 2, Follow: filepath.ToSlash(site)}, pack), nil, least)}
	var derived []rule.File
	packages, err := os.ReadDir(site)
	must(t, err)
	for _, e := range packages {
		if libraries != nil && !slices.Contains(libraries, e.Name()) || !e.IsDir() {
			continue
		}
		dir := filepath.Join(site, e.Name())
		doc, _, _ := learn.Derive(learn.Options{Scan: scan.Options{Jobs: 2, Find: text.FindOptions{Roots: []string{dir}, Base: site,
			NoIgnoreFiles: true, NoDefaultSkips: true}}}, pack)
		data, err := doc.YAML("derived-"+strings.ReplaceAll(e.Name(), "_", "-"), "")
		must(t, err)
		derived = append(derived, rule.File{Name: e.Name() + ".yaml", Data: data})
	}
	with, err := rule.LoadFiles(rules.FS, derived...)
	must(t, err)
	out["pack"] = found(scan.Run(scan.Options{Find: own, Jobs: 2}, with), nil, least)
	theirs := map[string]bool{}
	for _, e := range packages {
		if libraries == nil || slices.Contains(libraries, e.Name()) {
			theirs[e.Name()] = true
			if e.IsDir() {
				must(t, os.CopyFS(filepath.Join(whole, e.Name()), os.DirFS(filepath.Join(site, e.Name()))))
			}
		}
	}
	out["tree"] = found(scan.Run(scan.Options{Find: own, Jobs: 2}, pack), theirs, least)
	return out
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func find(dir string) text.FindOptions {
	return text.FindOptions{Roots: []string{dir}, Base: dir, NoIgnoreFiles: true, NoDefaultSkips: true}
}

func load(t *testing.T) *rule.Pack {
	t.Helper()
	pack, err := rule.LoadFiles(rules.FS)
	must(t, err)
	return pack
}

// found lists the findings of at least a level, each at the last line of the program that the data passes; theirs are the
// libraries' packages in the tree.
func found(res scan.Result, theirs map[string]bool, least finding.Level) []string {
	worst := map[string]finding.Level{}
	note := func(f *finding.Finding, steps []finding.Step, level finding.Level) {
		for _, s := range slices.Backward(steps) {
			head, _, _ := strings.Cut(s.File.Path, "/")
			if theirs[head] {
				continue
			}
			at := fmt.Sprintf("%s:%d %s", s.File.Path, s.File.Position(s.Span.Start).Line, f.RuleID)
			worst[at] = max(worst[at], cmp.Or(level, f.Level))
			return
		}
	}
	for i := range res.Findings {
		f := &res.Findings[i]
		for _, flow := range slices.Concat(f.Flows, f.Other) {
			note(f, flow.Steps, flow.Level)
		}
		if len(f.Flows) == 0 {
			note(f, []finding.Step{f.Sink}, f.Level)
		}
	}
	var out []string
	for _, at := range slices.Sorted(maps.Keys(worst)) {
		if level := worst[at]; level >= least {
			out = append(out, at+" "+[]string{"off", "note", "warning", "error"}[level])
		}
	}
	return out
}

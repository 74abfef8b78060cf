package rules_test

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/pkg/scan"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// TestFixes applies every fix that findings in bad examples have, one at a time: the file parses, the finding is gone, and
// nothing new is there. Every fix of the packs is offered in some example, or for a call of its sink made up here.
func TestFixes(t *testing.T) {
	pack := load(t)
	offered := map[string]bool{}
	for _, r := range pack.Rules {
		for i, e := range r.Bad {
			t.Run(fmt.Sprintf("%s/bad%d", r.ID, i+1), func(t *testing.T) { tryFixes(t, pack, example(e.Code), offered) })
		}
	}
	for _, s := range pack.Sinks {
		for _, x := range s.Fixes {
			if offered[s.ID+x.Title] || !plainCall(s) {
				continue
			}
			name := s.Calls[0]
			if len(x.Of) > 0 {
				name = x.Of[0]
			}
			if strings.ContainsAny(name, "{*") {
				continue
			}
			module := name[:strings.LastIndexByte(name, '.')]
			for _, args := range calls(x) {
				code := fmt.Sprintf("import sys\nimport %s\n%s(sys.argv[1]%s)\n", module, name, args)
				t.Run(s.ID, func(t *testing.T) { tryFixes(t, pack, map[string]string{"a.py": code}, offered) })
			}
		}
	}
	var idle []string
	total := 0
	for _, s := range pack.Sinks {
		for _, x := range s.Fixes {
			if total++; !offered[s.ID+x.Title] {
				idle = append(idle, s.ID+": "+x.Title)
			}
		}
	}
	t.Logf("%d of %d fixes were tried", total-len(idle), total)
	if len(idle) > 0 {
		t.Errorf("fixes that no example tries:\n%s", strings.Join(idle, "\n"))
	}
}

// plainCall says whether a call of the sink's first function can be written down.
func plainCall(s *rule.Sink) bool {
	return len(s.Calls) > 0 && s.Input.What == rule.ArgSlot && strings.Contains(s.Calls[0], ".")
}

// calls gives arguments that a fix may be for: none, and the other truth value.
func calls(x *rule.Fix) []string {
	out := []string{""}
	for _, a := range x.Set {
		switch a.Value {
		case "True":
			out = append(out, ", "+a.Name+"=False")
		case "False":
			out = append(out, ", "+a.Name+"=True")
		}
	}
	return out
}

// example gives the files of an example.
func example(code string) map[string]string {
	files := map[string]string{}
	archive := txtar.Parse([]byte(code))
	if len(archive.Files) == 0 {
		return map[string]string{"example.py": code}
	}
	for _, f := range archive.Files {
		files[f.Name] = string(f.Data)
	}
	return files
}

func scanned(t *testing.T, pack *rule.Pack, files map[string]string) scan.Result {
	t.Helper()
	var list []*text.File
	for name, code := range files {
		f, _ := text.NewFile(name, []byte(code))
		list = append(list, f)
	}
	return scan.Files(list, nil, pack, nil)
}

func tryFixes(t *testing.T, pack *rule.Pack, files map[string]string, offered map[string]bool) {
	before := scanned(t, pack, files)
	count := map[string]int{}
	for _, f := range before.Findings {
		count[f.RuleID]++
	}
	for _, f := range before.Findings {
		for _, x := range f.Fixes {
			if f.SinkID == "" {
				continue
			}
			offered[f.SinkID+x.Title] = true
			next := map[string]string{}
			for name, code := range files {
				next[name] = code
			}
			file := x.Edits[0].File
			next[file.Path] = string(finding.Apply(file, x.Edits))
			after := scanned(t, pack, next)
			if len(after.Problems) > len(before.Problems) {
				t.Errorf("%s: %v\n%s", x.Title, after.Problems, next[file.Path])
			}
			now := map[string]int{}
			for _, g := range after.Findings {
				now[g.RuleID]++
			}
			if now[f.RuleID] >= count[f.RuleID] {
				t.Errorf("%s: %s is still there:\n%s", x.Title, f.RuleID, next[file.Path])
			}
			for id, n := range now {
				if n > count[id] {
					t.Errorf("%s: it brings %s:\n%s", x.Title, id, next[file.Path])
				}
			}
		}
	}
}

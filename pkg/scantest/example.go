package scantest

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/manifest"
	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/pkg/scan"
	"github.com/pickletrace/pickletrace/pkg/taint"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// Example scans an example of a rule, which is one module or a txtar archive, and gives a message for every difference
// to its annotations: none if it is as it should be. A bad example must want the rule and a good one must not. Each
// message begins with the place of the example in its pack.
func Example(r *rule.Rule, e rule.Example, bad bool, scan Scanner) []string {
	where := fmt.Sprintf("%s:%d: ", e.At.File, e.At.Line)
	wants := regexp.MustCompile(`# want (?:error |warning |note )?` + regexp.QuoteMeta(r.ID) + `\b`).MatchString(e.Code)
	if wants != bad {
		if bad {
			return []string{where + "this bad example does not want " + r.ID}
		}
		return []string{where + "this good example wants " + r.ID}
	}
	files := []*text.File{{Path: "example.py", Text: []byte(e.Code)}}
	if strings.HasPrefix(e.Code, "-- ") {
		var err error
		if files, err = splitArchive([]byte(e.Code)); err != nil {
			return []string{where + err.Error()}
		}
	}
	got, problems := scan(files)
	out := problemMessages(files, problems)
	out = append(out, Compare(files, got)...)
	for i := range out {
		out[i] = where + out[i]
	}
	return out
}

// PackScanner gives the Scanner that scans fixtures with a pack. Files that are not Python tell versions and variables.
func PackScanner(pack *rule.Pack) Scanner {
	return func(files []*text.File) ([]finding.Finding, []text.Problem) {
		var python []*text.File
		var problems []text.Problem
		var beside []manifest.File
		for _, f := range files {
			beside = append(beside, manifest.File{Path: f.Path, Data: f.Text})
			if isPython(f.Path) {
				read, ps := text.NewFile(f.Path, f.Text)
				python, problems = append(python, read), append(problems, ps...)
			}
		}
		res := scan.Files(python, beside, pack, &taint.Options{})
		return res.Findings, slices.Concat(problems, res.Problems)
	}
}

func isPython(name string) bool {
	ext := path.Ext(name)
	return ext == ".py" || ext == ".pyi" || ext == ".ipynb"
}

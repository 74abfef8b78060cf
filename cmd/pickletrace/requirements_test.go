package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	requirementRow = regexp.MustCompile(`(?m)^\| (R-[A-Z]\d+)? ?\| [^|]+ \| ([^|]+) \|$`)
	testProof      = regexp.MustCompile("`([a-z/]+): ((?:Test|Fuzz)[A-Za-z]+)`")
	fileProof      = regexp.MustCompile("`((?:testdata/script|scripts)/[a-z.-]+|\\.ci/run)`")
)

// TestRequirements: each promise of docs/requirements.md is there once, and each proof that is named exists.
func TestRequirements(t *testing.T) {
	page, err := os.ReadFile("../../docs/requirements.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]int{}
	for _, m := range requirementRow.FindAllStringSubmatch(string(page), -1) {
		if m[2] == "proof" {
			continue // the head of a table
		}
		rows[m[1]]++
		tests, files := testProof.FindAllStringSubmatch(m[2], -1), fileProof.FindAllStringSubmatch(m[2], -1)
		if len(tests)+len(files) == 0 && !strings.Contains(m[2], "ot here") {
			t.Errorf("%s: neither a test nor a reason", m[1])
		}
		for _, p := range tests {
			if !testsIn(t, p[1])[p[2]] {
				t.Errorf("%s: there is no test %s in %s", m[1], p[2], p[1])
			}
		}
		for _, p := range files {
			if _, err := os.Stat(filepath.Join("../..", p[1])); err != nil {
				t.Errorf("%s: %v", m[1], err)
			}
		}
		if rest := fileProof.ReplaceAllString(testProof.ReplaceAllString(m[2], ""), ""); strings.Contains(rest, "Test") || strings.Contains(rest, "txtar") {
			t.Errorf("%s: a proof is not written as one: %s", m[1], rest)
		}
	}
	for group, n := range map[string]int{"S": 21, "G": 5, "A": 14, "C": 15} {
		for i := range n {
			if id := fmt.Sprintf("R-%s%d", group, i+1); rows[id] != 1 {
				t.Errorf("%s is there %d times", id, rows[id])
			}
		}
	}
}

var testNames = map[string]map[string]bool{}

// testsIn gives the names of the tests in a folder of the repository.
func testsIn(t *testing.T, dir string) map[string]bool {
	t.Helper()
	if testNames[dir] != nil {
		return testNames[dir]
	}
	names := map[string]bool{}
	files, _ := filepath.Glob(filepath.Join("../..", dir, "*_test.go"))
	for _, path := range files {
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil {
				names[fn.Name.Name] = true
			}
		}
	}
	testNames[dir] = names
	return names
}

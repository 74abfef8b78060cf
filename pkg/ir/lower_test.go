package ir

import (
	"flag"



	"testing"



	"github.com/pickletrace/pickletrace/pkg/syntax"
	"github.com/pickletrace/pickletrace/pkg/text"
)

var update = flag.Bool("update", false, "rewrite the goldens")

// lower parses and lowers src and fails the test if an invariant is broken.
func lower(t testing.TB, path string, src []byte) *Module {
	t.Helper()
	tree, _ := syntax.Parse(&text.File{Path: path, Text: src})
	m := Lower(tree)
	if err := Check(m); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return m
}

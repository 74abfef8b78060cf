package ir

import (
	"maps"
	"slices"
	"testing"

	"github.com/pickletrace/pickletrace/pkg/syntax"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// benchFile is one large module made of the repository's fixtures.
func benchFile(b *testing.B) *text.File {
	files := pythonFiles(b)
	var src []byte
	for _, p := range slices.Sorted(maps.Keys(files)) {
		if t, problems := syntax.Parse(&text.File{Path: p, Text: files[p]}); len(problems) == 0 && len(t.Errors) == 0 {
			src = append(append(src, files[p]...), '\n')
		}
	}
	return &text.File{Path: "bench.py", Text: src}
}

// BenchmarkParse is what BenchmarkLower is to be compared with.
func BenchmarkParse(b *testing.B) {
	f := benchFile(b)
	b.SetBytes(int64(len(f.Text)))
	for b.Loop() {
		syntax.Parse(f)
	}
}

func BenchmarkLower(b *testing.B) {
	f := benchFile(b)
	t, _ := syntax.Parse(f)
	b.SetBytes(int64(len(f.Text)))
	b.ReportAllocs()
	for b.Loop() {
		Lower(t)
	}
}

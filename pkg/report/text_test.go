package report

import (
	"fmt"
	"strings"
	"testing"
)

// TestTextWidth checks that on a terminal of any width no line with a marker, a message or a note is wider than it; only
// places, and code to copy, may be.
func TestTextWidth(t *testing.T) {
	for name, a := range archives(t) {
		r := parseSample(t, a)
		for _, columns := range []int{40, 60, 80, 120, 200} {
			t.Run(fmt.Sprintf("%s/%d", strings.TrimSuffix(name, ".txtar"), columns), func(t *testing.T) {
				out := render(t, Text, r, Options{Width: columns, ShowSuppressed: true, AllFlows: true})
				for line := range strings.Lines(string(out)) {
					line = strings.TrimRight(line, "\n")
					bar := strings.Contains(line, " | ")
					if (bar || strings.Contains(line, ": ")) && width(line) > columns && !strings.HasPrefix(line, "       ") {
						t.Errorf("%d columns: %s", width(line), line)
					}
				}
			})
		}
	}
}

// TestTextMarker checks that each marker stands under what it marks, also where the code was cut.
func TestTextMarker(t *testing.T) {
	for name, a := range archives(t) {
		r := parseSample(t, a)
		for _, columns := range []int{0, 50, 80} {
			code := ""
			for line := range strings.Lines(string(render(t, Text, r, Options{Width: columns}))) {
				left, right, ok := strings.Cut(line, " | ")
				if !ok {
					continue
				}
				if strings.TrimLeft(left, " 0123456789") == "" {
					code = strings.TrimRight(right, "\n")
					continue
				}
				from := strings.IndexByte(right, '^')
				if from < 0 || strings.TrimSpace(right[:from]) != "" {
					continue // a note below its marker
				}
				if to := strings.LastIndexByte(strings.Split(right[from:], " ")[0], '^') + from; to >= width(code) {
					t.Errorf("%s, %d columns: the marker goes beyond the code:\n%s\n%s", name, columns, code, right)
				}
			}
		}
	}
}

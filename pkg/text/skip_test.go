package text

import "testing"

func TestSkippedAndExcluded(t *testing.T) {
	if !SkippedFolder("node_modules") || SkippedFolder("src") {
		t.Error("SkippedFolder does not agree with Find")
	}
	globs := []string{"docs/**", "*.lock", "./a/b/", "[broken"}
	for p, want := range map[string]bool{"docs/x/y.txt": true, "x/uv.lock": true, "a/b": true, "a/c": false, "docs.txt": false, "[broken": false} {
		if got := Excluded(globs, p); got != want {
			t.Errorf("Excluded(%q) = %v", p, got)
		}
	}
}

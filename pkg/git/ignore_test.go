package git

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// TestIgnoreFiles compares our reading of .gitignore with git's.
func TestIgnoreFiles(t *testing.T) {
	names := []string{"a.py", "b.py", "ab.py", "a+b.py", "a(1).py", "d/a.py", "d/e/a.py", "d/e/f/b.py", "é.py", "a b.py",
		"!x.py", "#x.py", "x/d/a.py", "z.py", "-.py", "].py", "D/a.py", "a.pyc", "foo/bar/a.py", "x/foo/bar/a.py", "tr ", "9.py"}
	patterns := []string{"a.py", "/a.py", "*.py", "d/", "d", "/d/e", "d/*", "d/**", "**/a.py", "**/e", "d/**/a.py", "e/f", "[ab].py",
		"[!ab].py", "[^ab].py", "[a-b]b.py", "?.py", "a?b.py", "a+b.py", "a(1).py", "\\!x.py", "\\#x.py", "#x.py", "*\n!a.py",
		"*\n!*/\n/!*.py", "d\n!d/a.py", "\ufeffa.py", "a b.py ", "tr\\ ", "tr ", "[[:digit:]].py", "[]].py", "[a", "a\\", "/",
		"**", "*/a.py", "foo/bar", "/foo/*", "**/foo/**", "d/e/", "d//a.py", "***.py", "*.py\n!/*.py", "é.py", "[é].py",
		"a[/]py", "[-a].py", "[a-].py", "d/\r", "!a.py\na.py", "x/**/a.py", "[]-a].py", "\\a.py", "d**/a.py"}
	files := map[string]string{}
	for _, n := range names {
		files[n] = "1"
	}
	dir := tree(t, files)
	run(t, dir, "init", "-q")
	for _, p := range patterns {
		if err := os.WriteFile(filepath.Join(dir, ".gitignore"), []byte(p+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		kept := names0(run(t, dir, "ls-files", "-co", "--exclude-standard", "-z"))
		scope := IgnoreFiles(dir, dir).Enter(dir)
		for _, n := range names {
			got := false
			for i := range n {
				if n[i] == '/' {
					got = got || scope.Ignored(filepath.Join(dir, n[:i]), true)
				}
			}
			got = got || scope.Ignored(filepath.Join(dir, n), false)
			if want := !slices.Contains(kept, n); got != want {
				t.Errorf("pattern %q, file %q: ignored = %v, git says %v", p, n, got, want)
			}
		}
	}
}

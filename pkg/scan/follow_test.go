package scan

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/pkg/text"
	"github.com/pickletrace/pickletrace/rules"
)

// TestFollowBounds reads libraries whole or not at all, in the order of their names, and tells which it did not.
func TestFollowBounds(t *testing.T) {
	pack, err := rule.LoadFiles(rules.FS)
	if err != nil {
		t.Fatal(err)
	}
	site := t.TempDir()
	for name, code := range map[string]string{
		"able/__init__.py": "import charly\n", "able/x.py": "", "able/tests/test_x.py": "", "baker/__init__.py": "", "baker/y.py": "", "baker/z.py": "",
		"charly.py": "import numpy\n", "numpy/__init__.py": "", "other.py": "",
	} {
		p := filepath.Join(site, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(code), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(t.TempDir(), filepath.Join(site, "linked")); err != nil {
		t.Skip("no links here")
	}
	main, _ := text.NewFile("main.py", []byte("import able, baker, linked, main, missing\n"))
	for _, c := range []struct {
		files      int
		want, told string
	}{
		{100, "able/__init__.py able/x.py baker/__init__.py baker/y.py baker/z.py charly.py", ""},
		{3, "able/__init__.py able/x.py charly.py", "baker"},
		{1, "", "able, baker"},
	} {
		saved := followBounds
		followBounds.files = c.files
		libs, problems := follow([]*text.File{main}, pack, &Options{Follow: filepath.ToSlash(site)})
		followBounds = saved
		var got []string
		for _, f := range libs {
			got = append(got, strings.TrimPrefix(f.Path, followedFolder+"/"))
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("at most %d files: read %q, want %q", c.files, s, c.want)
		}
		told := ""
		for _, p := range problems {
			_, told, _ = strings.Cut(p.Msg, "read: ")
		}
		if told != c.told {
			t.Errorf("at most %d files: told %q, want %q", c.files, told, c.told)
		}
	}
}

package disk

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestRead(t *testing.T) {
	dir := t.TempDir()
	tree := filepath.Join(dir, "tree")
	if err := os.MkdirAll(filepath.Join(tree, "sub"), 0o755); err != nil {
		t.Fatal(err)
	}
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	link := func(name, to string) string {
		path := filepath.Join(tree, name)
		if err := os.Symlink(to, path); err != nil {
			t.Skip(err)
		}
		return path
	}
	write("tree/a", "12345")
	write("secret", "secret")
	link("out", "../secret")
	link("in", "sub/../a")
	link("loop", "loop")
	link("zero", "/dev/zero")
	link("folder", "sub")
	for _, c := range []struct {
		name string
		read func(string) ([]byte, error)
		want string // the text, or "!" and what the error says
	}{
		{"a", read(5), "12345"},
		{"a", read(4), "!larger than 4 bytes"},
		{"in", read(9), "12345"},
		{"in", own, "!a symbolic link"},
		{"a", own, "12345"},
		{"zero", read(9), "!not a regular file"},
		{"folder", read(9), "!not a regular file"},
		{"loop", read(9), "!"},
		{"none", read(9), "!"},
		{"out", inside(tree), "!leads out of the tree"},
		{"../secret", inside(tree), "!leads out of the tree"},
		{"in", inside(tree), "12345"},
		{"sub/../a", inside(tree), "12345"},
	} {
		got, err := c.read(filepath.Join(tree, c.name))
		if msg, fails := strings.CutPrefix(c.want, "!"); fails {
			if err == nil || !strings.Contains(err.Error(), msg) {
				t.Errorf("%s: %q, %v; want an error with %q", c.name, got, err, msg)
			}
		} else if err != nil || string(got) != c.want {
			t.Errorf("%s: %q, %v; want %q", c.name, got, err, c.want)
		}
	}
	var large TooLarge
	if _, err := Read(filepath.Join(tree, "a"), 1); !errors.As(err, &large) || large.Limit != 1 {
		t.Errorf("error %v", err)
	}
}

func read(limit int64) func(string) ([]byte, error) {
	return func(path string) ([]byte, error) { return Read(path, limit) }
}

func own(path string) ([]byte, error) { return ReadOwn(path, 9) }

func inside(root string) func(string) ([]byte, error) {
	return func(path string) ([]byte, error) { return ReadInside(root, path, 9) }
}

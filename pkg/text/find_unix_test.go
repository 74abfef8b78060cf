//go:build unix

package text

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

func TestFindOddFiles(t *testing.T) {
	dir := tree(t, map[string]string{"a/a.py": "1", "big.py": "0123456789", "big.ipynb": "0123456789", "out/o.py": "1"})
	outside := tree(t, map[string]string{"far.py": "1"})
	link := func(target, name string) {
		if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
			t.Skip(err)
		}
	}
	link("..", "a/up")
	link("a/a.py", "l.py")
	link("nowhere", "broken.py")
	link("loop2.py", "loop1.py")
	link("loop1.py", "loop2.py")
	link(outside, "away")
	link(filepath.Join(outside, "far.py"), "far.py")
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe.py"), 0o644); err != nil {
		t.Fatal(err)
	}
	found, problems := Find(FindOptions{Roots: []string{dir}, MaxSize: 5})
	same(t, "found", paths(found), "a/a.py", "big.ipynb", "out/o.py")
	same(t, "problems", lines(problems),
		"away: 0 symlink-outside: not followed: symbolic link to a place outside what is scanned",
		"big.py: 0 too-large: not analysed: 10 bytes, over the size limit of 5",
		"broken.py: 0 broken-symlink: symbolic link that leads nowhere: no such file or directory",
		"far.py: 0 symlink-outside: not followed: symbolic link to a place outside what is scanned",
		"loop1.py: 0 broken-symlink: symbolic link that leads nowhere: the symbolic links form a loop",
		"loop2.py: 0 broken-symlink: symbolic link that leads nowhere: the symbolic links form a loop",
		"pipe.py: 0 not-a-file: not scanned: neither a file nor a folder")
	_, problems = Find(FindOptions{Roots: []string{filepath.Join(dir, "pipe.py")}})
	same(t, "pipe as root", lines(problems), "pipe.py: 2 not-a-file: neither a file nor a folder")
}

package git

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestResolve compares revisions with git, loose and packed.
func TestResolve(t *testing.T) {
	dir := tree(t, map[string]string{"a.py": "1"})
	run(t, dir, "init", "-q")
	run(t, dir, "add", ".")
	run(t, dir, "commit", "-qm", "one")
	run(t, dir, "branch", "side")
	run(t, dir, "commit", "-qm", "two", "--allow-empty")
	run(t, dir, "tag", "light")
	run(t, dir, "tag", "-am", "x", "heavy")
	run(t, dir, "checkout", "-q", "side")
	run(t, dir, "commit", "-qm", "three", "--allow-empty")
	run(t, dir, "checkout", "-q", "main")
	run(t, dir, "merge", "-q", "--no-edit", "side")
	clone := filepath.Join(t.TempDir(), "clone")
	run(t, dir, "clone", "-q", "file://"+dir, clone)
	short := run(t, dir, "rev-parse", "HEAD")[:7]
	good := []string{"HEAD", "@", "main", "refs/heads/main", "heads/main", "light", "heavy", "heavy^{commit}", "heavy~1", "HEAD^2", "HEAD^1",
		"HEAD~2", "HEAD^2~1", "HEAD^0", "HEAD~0", "HEAD^^", short, strings.TrimSpace(run(t, dir, "rev-parse", "HEAD~1")), "heavy^{}"}
	bad := []string{"none", "HEAD~9", "HEAD^3", "config", "index", "../main", "refs/heads", "HEAD^{tree}", "HEAD:a.py", "deadbeef", "HEAD~x",
		"HEAD~99999999999999999999", "@{upstream}", strings.Repeat("0", 40), strings.Repeat("a", 4000), "a\x00b", "", "~"}
	for _, at := range []string{dir, clone} {
		r := open(t, at)
		names := good
		if at == clone {
			names = append([]string{"origin/main", "origin", "origin/side~1"}, good...)
		}
		for _, name := range names {
			want := strings.TrimSpace(run(t, at, "rev-parse", name+"^{commit}"))
			if got, err := r.Resolve(name); err != nil || got.String() != want {
				t.Errorf("%s: %s, %v; git says %s", name, got, err, want)
			}
		}
		for _, name := range bad[:len(bad)-2] {
			if got, err := r.Resolve(name); !errors.Is(err, ErrNoRevision) {
				t.Errorf("%q: %s, %v", name, got, err)
			}
		}
	}
}

// TestMergeBase compares with git on histories with many merges, all of the same second.
func TestMergeBase(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	dir := tree(t, map[string]string{"a.py": "1"})
	run(t, dir, "init", "-q")
	run(t, dir, "add", ".")
	tree := strings.TrimSpace(run(t, dir, "write-tree"))
	var all []string
	for i := range 40 {
		args := []string{"commit-tree", "-m", fmt.Sprint(i), tree}
		for range min(i, 1+rnd.IntN(2)) {
			args = append(args, "-p", all[max(0, len(all)-1-rnd.IntN(6))])
		}
		all = append(all, strings.TrimSpace(run(t, dir, args...)))
	}
	run(t, dir, "update-ref", "refs/heads/main", all[len(all)-1])
	r := open(t, dir)
	for range 60 {
		a, b := all[rnd.IntN(len(all))], all[rnd.IntN(len(all))]
		want := strings.Fields(run(t, dir, "merge-base", "--all", a, b))
		ha, err := r.Resolve(a)
		if err != nil {
			t.Fatal(err)
		}
		hb, err := r.Resolve(b)
		if err != nil {
			t.Fatal(err)
		}
		got, err := r.MergeBase(ha, hb)
		if err != nil || !strings.Contains(strings.Join(want, " "), got.String()) {
			t.Errorf("%s and %s: %s, %v; git says %v", a, b, got, err, want)
		}
	}
}

// TestDiff compares the differences of a work tree with what git finds.
func TestDiff(t *testing.T) {
	dir := tree(t, map[string]string{
		"same.py": "a\nb\n", "edited.py": lines(1, 40), "gone.py": "x = 1\n", "moved.py": lines(1, 30), "renamed.py": lines(50, 90), "crlf.py": "a\nb\n",
		"data.bin": "a\x00b", "n.py": "no end", ".gitignore": "*.out\n", "sub/ü \"q\".py": "1\n", "dir/f.py": "1\n", "exact.py": "1\n2\n",
	})
	run(t, dir, "init", "-q")
	if err := os.Symlink("same.py", filepath.Join(dir, "link.py")); err != nil {
		t.Skip(err)
	}
	run(t, dir, "add", ".")
	run(t, dir, "commit", "-qm", "one")
	for _, gone := range []string{"gone.py", "moved.py", "dir/f.py", "exact.py", "dir"} {
		if err := os.Remove(filepath.Join(dir, gone)); err != nil {
			t.Fatal(err)
		}
	}
	write(t, dir, map[string]string{
		"edited.py": "first\n" + lines(1, 10) + "new\n" + lines(12, 39), "to/moved.py": lines(1, 30), "crlf.py": "a\r\nb\r\n", "data.bin": "a\x00c",
		"n.py": "no end either", "new.out": "", "loose.py": "1\n", "sub/ü \"q\".py": "2\n", "dir": "now a file\n", "exact2.py": "1\n2\n", "added.py": "y\n",
	})
	run(t, dir, "mv", "renamed.py", "other name.py")
	write(t, dir, map[string]string{"other name.py": lines(50, 89) + "z\n"})
	run(t, dir, "add", "to/moved.py", "exact2.py", "added.py", "dir")
	r := open(t, dir)
	head, err := r.Resolve("HEAD")
	if err != nil {
		t.Fatal(err)
	}
	diff, untracked, err := r.Diff(head, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	want := run(t, dir, "-c", "core.autocrlf=input", "-c", "core.safecrlf=false", "diff", "--no-color", "--find-renames", "--unified=0", "HEAD", "--")
	if got, want := shape(string(diff)), shape(want); got != want {
		t.Errorf("difference:\n%s\ngit:\n%s", got, want)
	}
	if got := strings.Join(untracked, " "); got != "loose.py" {
		t.Errorf("untracked: %s", got)
	}
}

// shape keeps of a diff what says which lines changed.
func shape(diff string) string {
	var out []string
	for line := range strings.Lines(diff) {
		if strings.HasPrefix(line, "index ") || strings.HasPrefix(line, "similarity ") || strings.HasPrefix(line, "warning") {
			continue
		}
		if strings.HasPrefix(line, "@@") {
			line = line[:strings.Index(line[2:], "@@")+4] + "\n"
			line = strings.ReplaceAll(line+" ", ",1 ", " ")
		}
		out = append(out, strings.TrimRight(line, " \t\n"))
	}
	return strings.Join(out, "\n")
}

func lines(from, to int) string {
	var b strings.Builder
	for i := from; i <= to; i++ {
		fmt.Fprintf(&b, "line %d\n", i)
	}
	return b.String()
}

package git

import (
	"bytes"
	"cmp"
	"crypto/sha1" // what objects are named by
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/disk"
)

// A change is one file that differs between a commit and the work tree.
type change struct {
	before, after *File // nil: the file is not there
	old, next     []byte
	whole         bool // not text, too large, or of another kind: all of it differs
}

// A comparison is what differs between a commit and the work tree.
type comparison struct {
	r       *Repository
	limit   int64
	changes []change
}

// Diff compares the work tree with a commit and gives what differs as text in the notation of git diff, with no lines of
// context and renames found. New files that are not tracked, and not ignored, are listed apart. Of files above the limit
// only whether their size changed is looked at. Line ends count as equal whether they are written as one character or
// two, and nothing that attributes say of a file changes how it is compared.
func (r *Repository) Diff(commit Hash, limit int64) (diff []byte, untracked []string, err error) {
	files, err := r.Files(commit)
	if err != nil {
		return nil, nil, err
	}
	entries, err := r.entries()
	if err != nil {
		return nil, nil, err
	}
	t := newTracked(entries)
	absent := map[string]bool{}
	for _, e := range entries {
		if e.absent {
			absent[e.path] = true
		}
	}
	c := &comparison{r: r, limit: limit}
	known := map[string]bool{}
	for i := range files {
		f := &files[i]
		known[f.Path] = true
		gone := absent[f.Path] || t.has(f.Path, false) && !t.files[f.Path]
		if err := c.compare(f, gone); err != nil {
			return nil, nil, err
		}
	}
	for _, path := range sortedKeys(t.files) {
		if !known[path] {
			if err := c.added(path); err != nil {
				return nil, nil, err
			}
			known[path] = true
		}
	}
	c.renames()
	if untracked, err = r.untracked(known); err != nil {
		return nil, nil, err
	}
	return c.text(), untracked, nil
}

func sortedKeys(m map[string]bool) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// place gives where a file of the repository is on disk.
func (r *Repository) place(path string) string { return filepath.Join(r.top, filepath.FromSlash(path)) }

// compare notes whether a file of the commit differs from that of the work tree. What a sparse checkout leaves out is
// not deleted.
func (c *comparison) compare(f *File, leftOut bool) error {
	disk := c.r.place(f.Path)
	info, err := os.Lstat(disk)
	switch {
	case err != nil && leftOut:
		return nil
	case err != nil && (errors.Is(err, fs.ErrNotExist) || strings.Contains(err.Error(), "not a directory")):
		return c.deleted(f)
	case err != nil:
		return fmt.Errorf("%s cannot be read", f.Path)
	case f.Type() == ModeSubmodule && info.IsDir():
		return nil // a tree of its own
	case f.Type() == ModeLink && info.Mode()&fs.ModeSymlink != 0:
		if target, err := os.Readlink(disk); err == nil && blobName([]byte(target)) == f.Hash {
			return nil
		}
	case f.Type() == ModeRegular && info.Mode().IsRegular():
		return c.compareText(f, info.Size())
	case f.Type() == ModeRegular && info.IsDir():
		return c.deleted(f)
	}
	c.changes = append(c.changes, change{before: f, after: f, whole: true})
	return nil
}

func (c *comparison) compareText(f *File, size int64) error {
	if size > c.limit {
		if c.r.Size(f.Hash) != size {
			c.changes = append(c.changes, change{before: f, after: f, whole: true})
		}
		return nil
	}
	next, err := disk.ReadOwn(c.r.place(f.Path), c.limit)
	if err != nil {
		return fmt.Errorf("%s cannot be read", f.Path)
	}
	if blobName(next) == f.Hash {
		return nil
	}
	old, err := c.r.Blob(f.Hash, c.limit)
	if err != nil && !errors.Is(err, ErrLarge) {
		return fmt.Errorf("%s: %w", f.Path, err)
	}
	if err == nil && bytes.Equal(oneLineEnd(old), oneLineEnd(next)) {
		return nil
	}
	whole := err != nil || isBinary(old) || isBinary(next)
	c.changes = append(c.changes, change{before: f, after: f, old: old, next: next, whole: whole})
	return nil
}

func (c *comparison) deleted(f *File) error {
	ch := change{before: f, whole: true}
	if f.Type() == ModeRegular {
		old, err := c.r.Blob(f.Hash, c.limit)
		if err != nil && !errors.Is(err, ErrLarge) {
			return fmt.Errorf("%s: %w", f.Path, err)
		}
		ch.old, ch.whole = old, err != nil || isBinary(old)
	}
	c.changes = append(c.changes, ch)
	return nil
}

// added notes a tracked file that the commit does not have.
func (c *comparison) added(path string) error {
	info, err := os.Lstat(c.r.place(path))
	if err != nil || info.IsDir() {
		return nil // removed again, or a submodule
	}
	ch := change{after: &File{Path: path, Mode: ModeRegular}, whole: true}
	if info.Mode().IsRegular() && info.Size() <= c.limit {
		if ch.next, err = disk.ReadOwn(c.r.place(path), c.limit); err != nil {
			return fmt.Errorf("%s cannot be read", path)
		}
		ch.whole = isBinary(ch.next)
	}
	c.changes = append(c.changes, ch)
	return nil
}

// blobName gives the name that git gives to a file with that content.
func blobName(data []byte) (h Hash) {
	s := sha1.New()
	fmt.Fprintf(s, "blob %d\x00", len(data))
	s.Write(data)
	s.Sum(h[:0])
	return h
}

func oneLineEnd(data []byte) []byte { return bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n")) }

// isBinary is git's rule.
func isBinary(data []byte) bool { return bytes.IndexByte(data[:min(len(data), 8000)], 0) >= 0 }

// untracked lists the files that are neither known nor ignored.
func (r *Repository) untracked(known map[string]bool) ([]string, error) {
	scope, err := r.Ignores(r.top)
	if err != nil {
		return nil, err
	}
	var out []string
	var walk func(dir string, scope *Scope, depth int)
	walk = func(dir string, scope *Scope, depth int) {
		entries, err := os.ReadDir(dir)
		if err != nil || depth > maxDepth {
			return // the scan tells what it cannot read
		}
		scope = scope.Enter(dir)
		for _, e := range entries {
			full := filepath.Join(dir, e.Name())
			switch {
			case e.Name() == ".git" || scope.Ignored(full, e.IsDir()):
			case e.IsDir():
				if !IsTop(full) {
					walk(full, scope, depth+1)
				}
			default:
				if rel, err := filepath.Rel(r.top, full); err == nil && !known[filepath.ToSlash(rel)] {
					out = append(out, filepath.ToSlash(rel))
				}
			}
		}
	}
	walk(r.top, scope, 0)
	return out, nil
}

// text writes the changes down.
func (c *comparison) text() []byte {
	var b bytes.Buffer
	slices.SortStableFunc(c.changes, func(x, y change) int { return cmp.Compare(x.path(), y.path()) })
	for i := range c.changes {
		c.changes[i].write(&b)
	}
	return b.Bytes()
}

func (ch *change) path() string {
	if ch.after != nil {
		return ch.after.Path
	}
	return ch.before.Path
}

func (ch *change) write(b *bytes.Buffer) {
	old, next := ch.path(), ch.path()
	if ch.before != nil {
		old = ch.before.Path
	}
	from, to := quoted("a/"+old), quoted("b/"+next)
	fmt.Fprintf(b, "diff --git %s %s\n", from, to)
	switch {
	case ch.before == nil:
		from = os.DevNull
		b.WriteString("new file mode 100644\n")
	case ch.after == nil:
		to = os.DevNull
		b.WriteString("deleted file mode 100644\n")
	case old != next:
		fmt.Fprintf(b, "similarity index %d%%\nrename from %s\nrename to %s\n", similarity(ch.old, ch.next), quoted(old), quoted(next))
	}
	if ch.whole {
		fmt.Fprintf(b, "Binary files %s and %s differ\n", from, to)
		return
	}
	a, n := linesOf(ch.old), linesOf(ch.next)
	hunks := diffLines(a, n)
	if len(hunks) > 0 {
		fmt.Fprintf(b, "--- %s\n+++ %s\n", ended(from), ended(to))
	}
	for _, h := range hunks {
		fmt.Fprintf(b, "@@ -%s +%s @@\n", span(h.a0, h.a1), span(h.b0, h.b1))
		for _, l := range a[h.a0:h.a1] {
			writeLine(b, '-', l)
		}
		for _, l := range n[h.b0:h.b1] {
			writeLine(b, '+', l)
		}
	}
}

// ended marks where a name with a space ends.
func ended(name string) string {
	if strings.Contains(name, " ") {
		return name + "\t"
	}
	return name
}

// span writes lines [from, to) as diffs do, where an empty one is named by the line before it.
func span(from, to int) string {
	if from == to {
		return fmt.Sprintf("%d,0", from)
	}
	return fmt.Sprintf("%d,%d", from+1, to-from)
}

func writeLine(b io.Writer, op byte, line string) {
	if !strings.HasSuffix(line, "\n") {
		line += "\n\\ No newline at end of file\n"
	}
	fmt.Fprintf(b, "%c%s", op, line)
}

// linesOf splits a text into lines with their ends.
func linesOf(data []byte) []string {
	return slices.Collect(strings.Lines(string(oneLineEnd(data))))
}

// quoted writes a name as git does: in double quotes, in octal, if it has bytes that could be mistaken.
func quoted(name string) string {
	plain := func(c byte) bool { return c >= ' ' && c < 0x7f && c != '"' && c != '\\' }
	if !slices.ContainsFunc([]byte(name), func(c byte) bool { return !plain(c) }) {
		return name
	}
	var b strings.Builder
	b.WriteByte('"')
	for _, c := range []byte(name) {
		switch {
		case plain(c):
			b.WriteByte(c)
		case c == '"' || c == '\\':
			b.WriteByte('\\')
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, `\%03o`, c)
		}
	}
	b.WriteByte('"')
	return b.String()
}

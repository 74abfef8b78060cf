package git

import (
	"bytes"
	"errors"
	"path"
	"strconv"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
)

// A File is one of a commit: a regular file, a symbolic link or a submodule.
type File struct {
	Path string // slash-separated, from the top
	Mode int
	Hash Hash
}

// Modes of files, without what an owner may do with them.
const (
	ModeRegular   = 0o100000
	ModeLink      = 0o120000
	ModeSubmodule = 0o160000
	modeFolder    = 0o040000
	modeType      = 0o170000
)

// Type gives one of the modes above.
func (f *File) Type() int { return f.Mode & modeType }

// errTree is told of a commit that no work tree could be like.
var errTree = errors.New("the commit has more files or folders in each other than are read")

// Files lists what a commit holds in order of path. Names that no file can have are left out.
func (r *Repository) Files(commit Hash) ([]File, error) {
	c, err := r.readCommit(commit)
	if err != nil {
		return nil, err
	}
	w := &treeWalk{r: r}
	if err := w.walk(c.tree, "", 0); err != nil {
		return nil, err
	}
	return w.files, nil
}

// Blob gives the content of a file of at most limit bytes.
func (r *Repository) Blob(h Hash, limit int64) ([]byte, error) {
	return r.object(h, plumbing.BlobObject, limit)
}

// Size gives the size of a file of a commit, -1 if it is not known without reading it.
func (r *Repository) Size(h Hash) (size int64) {
	defer func() {
		if recover() != nil {
			size = -1
		}
	}()
	size, err := r.store.EncodedObjectSize(h)
	if err != nil {
		return -1
	}
	return size
}

// A treeWalk counts what it meets: a few objects can describe more files than there is memory for.
type treeWalk struct {
	r     *Repository
	files []File
	seen  int
}

func (w *treeWalk) walk(tree Hash, dir string, depth int) error {
	if depth > maxDepth {
		return errTree
	}
	data, err := w.r.object(tree, plumbing.TreeObject, maxIndex)
	if err != nil {
		return err
	}
	for len(data) > 0 {
		head, rest, ok := bytes.Cut(data, []byte{0})
		if !ok || len(rest) < len(tree) {
			return errors.New("a folder of the commit is damaged")
		}
		mode, name, _ := strings.Cut(string(head), " ")
		data = rest[len(tree):]
		if w.seen++; w.seen > maxFiles {
			return errTree
		}
		n, err := strconv.ParseUint(mode, 8, 32)
		if err != nil || !plainName(name) {
			continue
		}
		f := File{Path: path.Join(dir, name), Mode: int(n)}
		copy(f.Hash[:], rest)
		if f.Type() != modeFolder {
			w.files = append(w.files, f)
		} else if err := w.walk(f.Hash, f.Path, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// plainName says whether a name is that of something in its folder.
func plainName(name string) bool {
	return name != "" && name != "." && name != ".." && !strings.EqualFold(name, ".git") && !strings.ContainsAny(name, "/\x00")
}

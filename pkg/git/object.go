package git

import (
	"bufio"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/go-git/go-billy/v5"
	"github.com/go-git/go-billy/v5/osfs"
	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/cache"
	"github.com/go-git/go-git/v5/storage/filesystem"
	"github.com/go-git/go-git/v5/storage/filesystem/dotgit"

	"github.com/pickletrace/pickletrace/pkg/disk"
)

// A MissingError tells of an object that the repository does not have.
type MissingError struct {
	What    string // commit, tree or file
	Object  Hash
	Partial bool // the clone is a partial one
	Shallow bool
}

func (e *MissingError) Error() string {
	msg := fmt.Sprintf("the %s %s is not in the repository", e.What, e.Object.String()[:12])
	switch {
	case e.Partial:
		msg += ": the clone is partial, and nothing is fetched while scanning; clone without --filter (actions/checkout: filter: '')"
	case e.Shallow:
		msg += ": the clone is shallow; fetch more of it (actions/checkout: fetch-depth: 0; GitLab: GIT_DEPTH: 0)"
	}
	return msg
}

// openStore gives access to packed objects and references.
func openStore(dir, common string) *filesystem.Storage {
	var files billy.Filesystem = regularFiles{osfs.New(dir)}
	if common != dir {
		files = dotgit.NewRepositoryFilesystem(files, regularFiles{osfs.New(common)})
	}
	root := regularFiles{osfs.New(string(filepath.Separator))}
	return filesystem.NewStorageWithOptions(files, cache.NewObjectLRU(32*cache.MiByte),
		filesystem.Options{ExclusiveAccess: true, KeepDescriptors: true, AlternatesFS: root})
}

// regularFiles opens regular files only, and nothing for writing.
type regularFiles struct{ billy.Filesystem }

func (f regularFiles) Open(name string) (billy.File, error) {
	info, err := f.Filesystem.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "open", Path: name, Err: disk.ErrIrregular}
	}
	if !strings.HasPrefix(filepath.ToSlash(name), "objects/") && info.Size() > maxIndex {
		return nil, &fs.PathError{Op: "open", Path: name, Err: disk.TooLarge{Limit: maxIndex}}
	}
	return f.Filesystem.Open(name)
}

func (f regularFiles) OpenFile(name string, flag int, _ os.FileMode) (billy.File, error) {
	if flag != os.O_RDONLY {
		return nil, billy.ErrReadOnly
	}
	return f.Open(name)
}

func (f regularFiles) Chroot(path string) (billy.Filesystem, error) {
	sub, err := f.Filesystem.Chroot(path)
	if err != nil {
		return nil, err
	}
	return regularFiles{sub}, nil
}

// ErrLarge is told of an object above the limit of whoever reads it.
var ErrLarge = errors.New("too large")

// object reads an object of a type that has at most limit bytes.
func (r *Repository) object(h Hash, want plumbing.ObjectType, limit int64) (data []byte, err error) {
	defer func() {
		if p := recover(); p != nil {
			data, err = nil, fmt.Errorf("the %s %s is damaged", kindName(want), h.String()[:12])
		}
	}()
	kind, data, err := r.loose(h, limit)
	if errors.Is(err, fs.ErrNotExist) {
		kind, data, err = r.packed(h, limit)
	}
	switch {
	case errors.Is(err, plumbing.ErrObjectNotFound):
		return nil, &MissingError{kindName(want), h, r.Partial(), r.Shallow()}
	case err != nil:
		return nil, fmt.Errorf("reading the %s %s: %w", kindName(want), h.String()[:12], err)
	case kind != want:
		return nil, fmt.Errorf("%s is no %s", h.String()[:12], kindName(want))
	}
	return data, nil
}

func kindName(t plumbing.ObjectType) string {
	if t == plumbing.BlobObject {
		return "file"
	}
	return t.String()
}

// packed reads an object of a pack, or of a repository that this one shares objects with.
func (r *Repository) packed(h Hash, limit int64) (plumbing.ObjectType, []byte, error) {
	if size, err := r.store.EncodedObjectSize(h); err == nil && size > limit {
		return 0, nil, ErrLarge
	}
	o, err := r.store.EncodedObject(plumbing.AnyObject, h)
	if err != nil {
		return 0, nil, err
	}
	in, err := o.Reader()
	if err != nil {
		return 0, nil, err
	}
	defer in.Close()
	data, err := upTo(in, limit)
	return o.Type(), data, err
}

// loose reads an object that has a file of its own, whatever size it claims to have.
func (r *Repository) loose(h Hash, limit int64) (kind plumbing.ObjectType, data []byte, err error) {
	name := h.String()
	f, err := disk.Open(filepath.Join(r.common, "objects", name[:2], name[2:]))
	if err != nil {
		return 0, nil, err
	}
	defer f.Close()
	z, err := zlib.NewReader(bufio.NewReader(f))
	if err != nil {
		return 0, nil, err
	}
	in := bufio.NewReader(z)
	head, err := in.ReadSlice(0)
	if err != nil {
		return 0, nil, errors.New("not an object")
	}
	word, size, _ := strings.Cut(string(head[:len(head)-1]), " ")
	if n, err := strconv.ParseInt(size, 10, 64); err != nil || n > limit {
		return 0, nil, ErrLarge
	}
	if kind, err = plumbing.ParseObjectType(word); err != nil {
		return 0, nil, err
	}
	data, err = upTo(in, limit)
	return kind, data, err
}

func upTo(in io.Reader, limit int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(in, limit+1))
	if err == nil && int64(len(data)) > limit {
		err = ErrLarge
	}
	return data, err
}

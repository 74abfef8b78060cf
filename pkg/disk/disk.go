// Package disk reads files of trees that strangers wrote. A name there may be a device that never ends, a pipe that
// nobody writes to, a link to a file of the machine, or a file larger than memory: all of these are errors here, and
// nothing waits.
package disk

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

var (
	// ErrIrregular is told of what is neither a file nor a link to one.
	ErrIrregular = errors.New("not a regular file")
	// ErrOutside is told of a link that leads out of the tree it is in.
	ErrOutside = errors.New("the symbolic link leads out of the tree")
	// ErrLink is told of a link where only a file of its own counts.
	ErrLink = errors.New("a symbolic link, which is not followed")
)

// A TooLarge error tells of a file above the limit of whoever reads it.
type TooLarge struct{ Limit int64 }

func (e TooLarge) Error() string { return fmt.Sprintf("larger than %d bytes", e.Limit) }

// Open opens a regular file, or a link to one, without ever waiting for it.
func Open(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = &fs.PathError{Op: "open", Path: path, Err: ErrIrregular}
	}
	if err != nil {
		_ = f.Close()
		return nil, err
	}
	return f, nil
}

// Read gives the bytes of a regular file that has at most limit of them.
func Read(path string, limit int64) ([]byte, error) {
	f, err := Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return bounded(f, path, limit)
}

func bounded(f *os.File, path string, limit int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err == nil && int64(len(data)) > limit {
		err = &fs.PathError{Op: "read", Path: path, Err: TooLarge{limit}}
	}
	if err != nil {
		return nil, err
	}
	return data, nil
}

// ReadNamed is Read for what the user named: it may also be a pipe, for which it waits.
func ReadNamed(path string, limit int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return bounded(f, path, limit)
}

// ReadOwn is Read for a file that must not be a link.
func ReadOwn(path string, limit int64) ([]byte, error) {
	info, err := os.Lstat(path)
	if err != nil {
		return nil, err
	}
	if info.Mode()&fs.ModeSymlink != 0 {
		return nil, &fs.PathError{Op: "open", Path: path, Err: ErrLink}
	}
	return Read(path, limit)
}

// ReadInside is Read for a file that lies in the folder root, also when all links on its way are followed.
func ReadInside(root, path string, limit int64) ([]byte, error) {
	if err := Inside(root, path); err != nil {
		return nil, err
	}
	return Read(path, limit)
}

// Inside says, as an error, that a path leads out of the folder root when links are followed, or nowhere.
func Inside(root, path string) error {
	real, err := filepath.EvalSymlinks(path)
	if err != nil {
		return err
	}
	top, err := filepath.EvalSymlinks(root)
	if err != nil {
		return err
	}
	if real, err = filepath.Abs(real); err != nil {
		return err
	}
	if top, err = filepath.Abs(top); err != nil {
		return err
	}
	rel, err := filepath.Rel(top, real)
	if err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return &fs.PathError{Op: "open", Path: path, Err: ErrOutside}
	}
	return nil
}

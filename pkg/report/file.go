package report

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// WriteFile has write produce a file that replaces the one at path only when it is complete: at every moment path holds
// the whole old or the whole new content. What is there and is no regular file, a pipe or a device, is written directly.
func WriteFile(path string, write func(io.Writer) error) error {
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target // the link stays a link
	}
	mode := os.FileMode(0o666) // the system takes the user's mask off
	if info, err := os.Stat(path); err == nil {
		if !info.Mode().IsRegular() {
			return writeDirect(path, write)
		}
		mode = info.Mode().Perm()
	}
	tmp, err := createBeside(path, mode)
	if err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	if err := fill(tmp, write); err != nil {
		return errors.Join(fmt.Errorf("writing %s: %w", path, err), os.Remove(tmp.Name()))
	}
	if err := os.Rename(tmp.Name(), path); err != nil {
		return errors.Join(fmt.Errorf("writing %s: %w", path, err), os.Remove(tmp.Name()))
	}
	return nil
}

func writeDirect(path string, write func(io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	if err := fill(f, write); err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	return nil
}

// createBeside makes a new file in the folder of path, because a rename is atomic only inside a file system.
func createBeside(path string, mode os.FileMode) (*os.File, error) {
	for i := 0; ; i++ {
		name := fmt.Sprintf("%s.%d.%d.tmp", path, os.Getpid(), i)
		f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
		if !errors.Is(err, os.ErrExist) || i > 100 {
			return f, err
		}
	}
}

// fill writes, forces the bytes to disk where the file can do that, and closes.
func fill(f *os.File, write func(io.Writer) error) error {
	buf := bufio.NewWriter(f)
	err := write(buf)
	if err == nil {
		err = buf.Flush()
	}
	if info, statErr := f.Stat(); err == nil && statErr == nil && info.Mode().IsRegular() {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

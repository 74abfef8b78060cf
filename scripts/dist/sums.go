package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

const sumsName = "checksums.txt"

// writeSums writes the checksums of all files in the folder, as sha256sum does. The archives must have those that the
// known file says, which is what users of the action compare with, unless its name is empty.
func (r *release) writeSums(known string) error {
	entries, err := os.ReadDir(r.out)
	if err != nil {
		return err
	}
	var lines strings.Builder
	sums := map[string]string{}
	for _, e := range entries {
		if e.Name() == sumsName {
			continue
		}
		data, err := os.ReadFile(filepath.Join(r.out, e.Name()))
		if err != nil {
			return err
		}
		sums[e.Name()] = fmt.Sprintf("%x", sha256.Sum256(data))
		fmt.Fprintf(&lines, "%s  %s\n", sums[e.Name()], e.Name())
	}
	if len(sums) == 0 {
		return fmt.Errorf("%s is empty", r.out)
	}
	if known != "" {
		if err := r.compare(known, sums); err != nil {
			return err
		}
	}
	return writeTo(filepath.Join(r.out, sumsName), func(w io.Writer) error {
		_, err := io.WriteString(w, lines.String())
		return err
	})
}

// compare demands that every archive there should be is there, with the checksum that the file says.
func (r *release) compare(path string, sums map[string]string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	want := map[string]string{}
	for line := range strings.Lines(string(data)) {
		if f := strings.Fields(line); len(f) == 2 && f[0] != "#" {
			want[f[1]] = f[0]
		}
	}
	var errs []error
	for i := range targets {
		name := filepath.Base(r.path(&targets[i], ".tar.gz"))
		switch {
		case want[name] == "":
			errs = append(errs, fmt.Errorf("%s has no checksum of %s", path, name))
		case sums[name] == "":
			errs = append(errs, fmt.Errorf("%s was not made", name))
		case want[name] != sums[name]:
			errs = append(errs, fmt.Errorf("%s has the checksum %s, not %s as %s says", name, sums[name], want[name], path))
		}
	}
	return errors.Join(errs...)
}

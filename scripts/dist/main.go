// Command dist makes what a release consists of: for each platform the program in an archive and in a Python wheel, and a
// list of its parts (SBOM); then the checksums of all. The same source, version and Go give the same bytes on every
// machine; so CI and people use it alike, and each can check the other.
//
//	go run ./scripts/dist -version 1.2.3 linux/amd64 linux/arm64 windows/amd64 windows/arm64
//	go run ./scripts/dist -version 1.2.3 -sums
//
// Programs for Linux and Windows are compiled with zig (pip install -r scripts/dist/requirements.txt), whatever machine
// this is; those for macOS on a Mac with its own compiler.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
)

// A release is what is asked for.
type release struct {
	version string
	out     string // the folder that gets the files
	zig     string // the command of the zig compiler
	sbom    bool
}

var versionForm = regexp.MustCompile(`^\d+\.\d+\.\d+$`)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "dist:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	var r release
	fs := flag.NewFlagSet("dist", flag.ContinueOnError)
	fs.StringVar(&r.version, "version", "", "version of the release, such as 1.2.3")
	fs.StringVar(&r.out, "o", "dist", "folder for the files")
	fs.StringVar(&r.zig, "zig", "python3 -m ziglang", "command of the zig compiler")
	fs.BoolVar(&r.sbom, "sbom", true, "write the list of parts of each program")
	binary := fs.String("binary", "", "pack this program, for the one target named, instead of building it")
	sums := fs.Bool("sums", false, "write checksums.txt of all files in the folder")
	known := fs.String("known", "", "with -sums: file of checksums that the archives must have")
	if err := fs.Parse(args); err != nil {
		return err
	}
	if !versionForm.MatchString(r.version) {
		return fmt.Errorf("-version %q: write it as 1.2.3", r.version)
	}
	if *sums {
		return r.writeSums(*known)
	}
	if fs.NArg() == 0 || *binary != "" && fs.NArg() != 1 {
		return errors.New("name the targets, such as linux/amd64; with -binary, one")
	}
	for _, name := range fs.Args() {
		t, err := targetOf(name)
		if err != nil {
			return err
		}
		if err := r.make(t, *binary); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// make writes all files for a target.
func (r *release) make(t *target, binary string) error {
	if err := os.MkdirAll(r.out, 0o755); err != nil {
		return err
	}
	if binary == "" {
		dir, err := os.MkdirTemp("", "dist")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		binary = filepath.Join(dir, t.program())
		if err := r.build(t, binary); err != nil {
			return err
		}
	}
	data, err := os.ReadFile(binary)
	if err != nil {
		return err
	}
	if r.sbom {
		if err := r.writeSBOM(t, binary); err != nil {
			return err
		}
	}
	if err := r.writeArchive(t, data); err != nil {
		return err
	}
	return r.writeWheel(t, data)
}

// path is a file of the release for a target.
func (r *release) path(t *target, ending string) string {
	return filepath.Join(r.out, fmt.Sprintf("pickletrace-%s-%s-%s%s", r.version, t.os, t.arch, ending))
}

func targetOf(name string) (*target, error) {
	i := slices.IndexFunc(targets, func(t target) bool { return t.os+"/"+t.arch == name })
	if i < 0 {
		return nil, fmt.Errorf("there is no target %q", name)
	}
	return &targets[i], nil
}

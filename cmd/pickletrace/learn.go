package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/spf13/cobra"

	"github.com/pickletrace/pickletrace/pkg/learn"
	"github.com/pickletrace/pickletrace/pkg/scan"
	"github.com/pickletrace/pickletrace/pkg/text"
)

func (a *app) learnCommand() *cobra.Command {
	var packs packFlags
	var output, id, release string
	cmd := &cobra.Command{
		Use:   "learn PACKAGE_DIR",
		Short: "Derive a rule pack from the source of a library",
		Long: `Derive a rule pack from the source of a library.

Reads the package in the folder, never imports or runs it, and writes what calls of its public functions do: which
argument reaches a dangerous call, and under which flags; what comes from the network; what passes an argument on, or
writes it to a file. A scan with --rules and that pack finds through the library what it finds when the library's source
lies in the tree. Every entry says the file and line it was derived from. What packs that are loaded say already is left
out: hand-written rules win.`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, paths []string) error {
			pack, err := loadPacks(packs.rules, packs.noDefault)
			if err != nil {
				return err
			}
			dir, err := packageDir(paths[0])
			if err != nil {
				return err
			}
			if release == "" {
				release = releaseOf(dir)
			}
			if id == "" {
				id = "derived-" + packID(filepath.Base(dir))
			} else if id != packID(id) {
				return fmt.Errorf("--id: %q is not an id; want lower-case words with - between them, as in %q", id, packID(id))
			}
			opts := learn.Options{Release: release, Scan: scan.Options{Jobs: 2, Find: text.FindOptions{Roots: []string{dir}, Base: filepath.Dir(dir), NoIgnoreFiles: true, NoDefaultSkips: true}}}
			doc, sum, problems := learn.Derive(opts, pack)
			out, err := doc.YAML(id, release)
			if err != nil {
				return err
			}
			if err := a.writeLearnt(output, out); err != nil {
				return err
			}
			a.tellLearnt(sum)
			return a.tell(problems)
		},
	}
	packs.register(cmd)
	cmd.Flags().StringVarP(&output, "output", "o", "-", "`file` to write, - for standard output")
	cmd.Flags().StringVar(&id, "id", "", "id of the pack (default derived-NAME)")
	cmd.Flags().StringVar(&release, "release", "", "`NAME==VERSION` of the library (default what its metadata beside it says)")
	return cmd
}

// packageDir returns the absolute path of a folder that holds a Python package.
func packageDir(path string) (string, error) {
	dir, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	if s, err := os.Stat(dir); err != nil || !s.IsDir() {
		return "", fmt.Errorf("%s is not the folder of a package", path)
	}
	return dir, nil
}

func (a *app) writeLearnt(output string, text []byte) error {
	if output == "-" {
		_, err := a.out.Write(text)
		return err
	}
	if err := os.WriteFile(output, text, 0o644); err != nil {
		var pe *os.PathError
		if errors.As(err, &pe) {
			err = pe.Err
		}
		return fmt.Errorf("%s cannot be written: %w", output, err)
	}
	return nil
}

func (a *app) tellLearnt(s learn.Summary) {
	fmt.Fprintf(a.err, "%d public functions: %d sinks, %d sources, %d propagators, %d types, %d sanitizers derived\n", s.Public, s.Sinks, s.Sources, s.Propagators, s.Types, s.Sanitizers)
	fmt.Fprintf(a.err, "%d calls confirm what a pack says", s.Confirmed)
	if n := len(s.Differing); n > 0 {
		fmt.Fprintf(a.err, ", %d differ:\n  %s", n, strings.Join(s.Differing, "\n  "))
	}
	fmt.Fprintln(a.err)
}

var (
	notID     = regexp.MustCompile(`[^a-z0-9]+`)
	distInfo  = regexp.MustCompile(`^([A-Za-z0-9][A-Za-z0-9._]*)-([0-9][A-Za-z0-9.!+_]*)\.dist-info$`)
	separator = regexp.MustCompile(`[-_.]+`)
)

func packID(name string) string {
	return strings.Trim(notID.ReplaceAllString(strings.ToLower(name), "-"), "-")
}

// releaseOf returns "NAME==VERSION" of an installed package by the metadata folder beside it, "" if there is none of its name.
func releaseOf(dir string) string {
	beside, err := os.ReadDir(filepath.Dir(dir))
	if err != nil {
		return ""
	}
	normal := func(s string) string { return separator.ReplaceAllString(strings.ToLower(s), "-") }
	for _, e := range beside {
		if m := distInfo.FindStringSubmatch(e.Name()); m != nil && normal(m[1]) == normal(filepath.Base(dir)) {
			return m[1] + "==" + m[2]
		}
	}
	return ""
}

package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/spf13/cobra"

	"github.com/pickletrace/pickletrace/pkg/disk"
	"github.com/pickletrace/pickletrace/pkg/learn"
	"github.com/pickletrace/pickletrace/pkg/report"
	"github.com/pickletrace/pickletrace/pkg/scan"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// learnOptions are the flags of learn.
type learnOptions struct {
	packs               packFlags
	output, id, release string
	compare             string
	essential           bool
}

func (a *app) learnCommand() *cobra.Command {
	o := &learnOptions{}
	cmd := &cobra.Command{
		Use:         "learn PACKAGE_DIR ...",
		Short:       "Derive a rule pack from the source of a library",
		Annotations: map[string]string{needs: "the folder of a package, e.g. pickletrace learn site-packages/acme"},
		Long: `Derive a rule pack from the source of a library.

Reads the packages in the folders, never imports or runs them, and writes what calls of their public functions do: which
argument reaches a dangerous call, and under which flags; what comes from the network; what passes an argument on, or
writes it to a file. A scan with --rules and that pack finds through the library what it finds when the library's source
lies in the tree. Every entry says the file and line it was derived from. What packs that are loaded say already is left
out: hand-written rules win.

With --compare it prints what the release changes for callers since a pack was derived, and exits with 1 if anything.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, paths []string) error { return a.learn(o, paths) },
	}
	o.packs.register(cmd)
	f := cmd.Flags()
	f.StringVarP(&o.output, "output", "o", "", "`file` to write, - for standard output (default -, with --compare none)")
	f.StringVar(&o.id, "id", "", "id of the pack (default derived-NAME)")
	f.StringVar(&o.release, "release", "", "`NAME==VERSION` of the library (default what its metadata beside it says)")
	f.StringVar(&o.compare, "compare", "", "`pack` that was derived before: print what is different now")
	f.BoolVar(&o.essential, "essential", false, "leave out what only passes on its arguments, or comes from the user's own machine")
	return cmd
}

func (a *app) learn(o *learnOptions, paths []string) error {
	pack, err := loadPacks(o.packs.rules, o.packs.noDefault)
	if err != nil {
		return err
	}
	dirs, base, err := packageDirs(paths)
	if err != nil {
		return err
	}
	if o.release == "" {
		o.release = releaseOf(dirs[0])
	}
	if o.id == "" {
		o.id = "derived-" + packID(filepath.Base(dirs[0]))
	} else if o.id != packID(o.id) {
		return fmt.Errorf("--id: %q is not an id; want lower-case words with - between them, as in %q", o.id, packID(o.id))
	}
	var before []byte
	if o.compare != "" {
		if before, err = disk.ReadNamed(o.compare, maxPack); err != nil {
			return fmt.Errorf("--compare: %w", err)
		}
	}
	opts := learn.Options{Release: o.release, Essential: o.essential, Scan: scan.Options{Jobs: 2,
		Find: text.FindOptions{Roots: dirs, Base: base, NoIgnoreFiles: true, NoDefaultSkips: true}}}
	doc, sum, problems := learn.Derive(opts, pack)
	if o.output != "" || o.compare == "" {
		out, err := doc.YAML(o.id, o.release)
		if err != nil {
			return err
		}
		if err := a.writeLearnt(cmp.Or(o.output, "-"), out); err != nil {
			return err
		}
	}
	a.tellLearnt(sum)
	if err := a.tell(problems); err != nil || o.compare == "" {
		return err
	}
	return a.tellChanges(o.compare, doc, before)
}

// tellChanges prints what differs from a pack that was derived before; the error holds exit code 1 if anything does.
func (a *app) tellChanges(name string, doc *learn.Doc, before []byte) error {
	changes, err := doc.Compare(before)
	if err != nil {
		return fmt.Errorf("--compare: %s is no rule pack: %w", name, err)
	}
	for _, c := range changes {
		fmt.Fprintln(a.out, report.Visible(c.String()))
	}
	if len(changes) > 0 {
		return exit{code: exitFindings}
	}
	return nil
}

// packageDirs returns the absolute paths of folders that hold Python packages, and the one folder that holds them all.
func packageDirs(paths []string) (dirs []string, base string, err error) {
	for _, p := range paths {
		dir, err := packageDir(p)
		if err != nil {
			return nil, "", err
		}
		if base == "" {
			base = filepath.Dir(dir)
		} else if base != filepath.Dir(dir) {
			return nil, "", fmt.Errorf("%s does not lie beside %s; packages that are derived together do", p, paths[0])
		}
		dirs = append(dirs, dir)
	}
	return dirs, base, nil
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
	if n := len(s.Silent); n > 0 {
		fmt.Fprintf(a.err, "%d calls that a pack names, of which nothing was derived:\n  %s\n", n, strings.Join(s.Silent, "\n  "))
	}
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

// Package scantest runs annotated Python fixtures: files that say in comments which findings they expect.
//
// It takes one .py file or one txtar archive of several files (a small project), hands the files to a Scanner and
// compares what comes back with the comments. It is strict both ways: a wanted finding that does not come fails, and
// so does a finding that nobody wanted. Authors of own rule packs can use it in the same way.
//
// The annotations, all in Python comments:
//
//	# source NAME                 the line where a trace begins
//	# want RULE                   a finding of RULE ends on this line
//	# want RULE from NAME         … and its trace begins at the line named NAME
//	# want RULE from=KIND         … and its trace begins with a source of this kind
//	# want error RULE from NAME   … and it has this level (error, warning or note)
//	# ok: why                     near miss; documents only (anything unexpected fails anyway)
//	# missing RULE: why           known false negative; fails when it is found
//	# spurious RULE: why          known false positive; fails when it goes away
//	# notes: ignored              in the first lines: findings of level note in this file are not compared
//	# problems: expected          in the first lines: the scan may report problems reading this file
//
// RULE is a rule code (PKL101) or a pattern in which ? stands for one character (PKL1??). One line may carry several
// annotations. An annotation on a line of its own speaks of the next line that is not a comment. Two wants with
// different sources may be met by one finding that has a flow from each.
package scantest

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// A Scanner scans the files of one fixture. Files that are not Python (requirements.txt, Dockerfile) are passed too.
type Scanner func(files []*text.File) ([]finding.Finding, []text.Problem)

// Load reads a fixture. A path that ends in .txtar gives the files of the archive, any other path gives that one
// file, under its base name.
func Load(path string) ([]*text.File, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if !strings.HasSuffix(path, ".txtar") {
		return []*text.File{{Path: filepath.Base(path), Text: data}}, nil
	}
	files, err := splitArchive(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Base(path), err)
	}
	return files, nil
}

// Run loads the fixture at path, scans it and checks the outcome, including that reading it met no problem.
func Run(t testing.TB, path string, scan Scanner) {
	t.Helper()
	files, err := Load(path)
	if err != nil {
		t.Fatal(err)
	}
	got, problems := scan(files)
	CheckProblems(t, files, problems)
	Check(t, filepath.Base(path), files, got)
}

// RunDir scans all files below dir as one project and checks it. Paths are relative to dir.
func RunDir(t testing.TB, dir string, scan Scanner) {
	t.Helper()
	files, err := LoadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	got, problems := scan(files)
	CheckProblems(t, files, problems)
	Check(t, filepath.Base(dir), files, got)
}

// LoadDir reads all files below dir, sorted by path, as one project. Paths are relative to dir.
func LoadDir(dir string) ([]*text.File, error) {
	var files []*text.File
	err := filepath.WalkDir(dir, func(p string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, p)
		files = append(files, &text.File{Path: filepath.ToSlash(rel), Text: data})
		return err
	})
	if err == nil && len(files) == 0 {
		err = fmt.Errorf("no files in %s", dir)
	}
	return files, err
}

// CheckProblems fails for every problem that takes something away from the scan of a file that does not say
// "# problems: expected".
func CheckProblems(t testing.TB, files []*text.File, problems []text.Problem) {
	t.Helper()
	for _, msg := range problemMessages(files, problems) {
		t.Errorf("%s", msg)
	}
}

// problemMessages gives a message for every problem that is not expected.
func problemMessages(files []*text.File, problems []text.Problem) []string {
	expected := map[string]bool{}
	for _, f := range files {
		expected[f.Path] = headerSays(f.Text, "problems: expected")
	}
	var out []string
	for _, p := range problems {
		if p.Severity != text.Info && !expected[p.Path] {
			out = append(out, fmt.Sprintf("%s:%d: the scan had a problem (%s): %s", p.Path, p.Line, p.Kind, p.Msg))
		}
	}
	return out
}

// splitArchive reads the txtar format: free text, then files that each begin with a line "-- NAME --".
func splitArchive(data []byte) ([]*text.File, error) {
	var files []*text.File
	seen := map[string]bool{}
	for len(data) > 0 {
		line, rest, _ := bytes.Cut(data, []byte("\n"))
		name, ok := archiveName(line)
		switch {
		case ok && (name != path.Clean(name) || strings.HasPrefix(name, "/") || strings.HasPrefix(name, "..")):
			return nil, fmt.Errorf("file name %q in the archive is not a clean relative path", name)
		case ok && seen[name]:
			return nil, fmt.Errorf("file %q is twice in the archive", name)
		case ok:
			seen[name] = true
			files = append(files, &text.File{Path: name})
		case len(files) > 0:
			f := files[len(files)-1]
			f.Text = append(f.Text, data[:len(data)-len(rest)]...)
		}
		data = rest
	}
	if len(files) == 0 {
		return nil, errors.New(`no "-- NAME --" line: not a txtar archive`)
	}
	return files, nil
}

// archiveName gives the file name of a line that begins a file of an archive.
func archiveName(line []byte) (string, bool) {
	s := strings.TrimRight(string(line), " \r")
	if len(s) < len("-- x --") || !strings.HasPrefix(s, "-- ") || !strings.HasSuffix(s, " --") {
		return "", false
	}
	name := strings.TrimSpace(s[3 : len(s)-3])
	return name, name != ""
}

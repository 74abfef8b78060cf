package text

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// A Repository knows which files of a git work tree count.
type Repository interface {
	// Kept lists the files under dir that git tracks or would not ignore, slash-separated and relative to dir. A
	// folder that is a work tree of its own ends in a slash, or is listed like a file if it is a submodule.
	Kept(dir string) ([]string, error)
}

// gitCommand asks the git command, the only one that knows its rules and its index fully.
type gitCommand struct{}

// The scanned tree is not trusted: its configuration must not make git run programs (fsmonitor), and a checkout owned
// by another user, as containers have it, must not stop us. The user's own ignore file is left out, since the same
// tree must give the same findings on every machine.
var gitArgs = []string{"-c", "safe.directory=*", "-c", "core.fsmonitor=false", "-c", "core.excludesFile=",
	"-c", "core.hooksPath=/dev/null", "ls-files", "-co", "--exclude-standard", "-z"}

func (gitCommand) Kept(dir string) ([]string, error) {
	git, err := exec.LookPath("git")
	if err != nil {
		return nil, errors.New("there is no git command")
	}
	cmd := exec.Command(git, gitArgs...)
	cmd.Dir = dir
	for _, v := range os.Environ() {
		// GIT_DIR, GIT_INDEX_FILE and their like, set in hooks, would lead to another repository.
		if !strings.HasPrefix(v, "GIT_") {
			cmd.Env = append(cmd.Env, v)
		}
	}
	cmd.Env = append(cmd.Env, "GIT_OPTIONAL_LOCKS=0", "LC_ALL=C")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		first, _, _ := strings.Cut(stderr.String(), "\n")
		return nil, errors.New("git ls-files failed: " + strings.ReplaceAll(first, dir, "."))
	}
	return strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00"), nil
}

// An ignorer tells what to leave out of a folder and those under it. Paths are absolute.
type ignorer interface {
	ignored(path string, folder bool) bool
	enter(dir string) ignorer // called with each folder before it is asked about what is in it
}

// scopeFor gives what git ignores under dir, nil if nothing is: dir is in no work tree, or is itself ignored and was
// therefore named on purpose.
func (w *finder) scopeFor(dir string) ignorer {
	top := workTree(dir)
	if w.opts.NoIgnoreFiles || top == "" {
		return nil
	}
	kept, err := w.opts.Repository.Kept(dir)
	if err != nil {
		w.problem(top, Info, "git-failed", err.Error()+"; .gitignore files were read instead")
		return ignoreFilesAbove(top, dir)
	}
	if len(kept) == 0 || len(kept) == 1 && kept[0] == "" {
		return nil
	}
	k := &keptFiles{root: dir, files: map[string]bool{}, folders: map[string]bool{}}
	for _, name := range kept {
		folder := strings.HasSuffix(name, "/")
		name = strings.TrimSuffix(name, "/")
		k.files[name] = !folder
		for {
			if folder {
				k.folders[name] = true
			}
			i := strings.LastIndexByte(name, '/')
			if i < 0 || k.folders[name[:i]] {
				break
			}
			name, folder = name[:i], true
		}
	}
	return k
}

// keptFiles ignores what git does not list.
type keptFiles struct {
	root    string
	files   map[string]bool // slash-separated, relative to root
	folders map[string]bool // those that hold a kept file
}

func (k *keptFiles) enter(string) ignorer { return k }

func (k *keptFiles) ignored(path string, folder bool) bool {
	rel, err := filepath.Rel(k.root, path)
	if err != nil {
		return false
	}
	rel = filepath.ToSlash(rel)
	return !k.files[rel] && !(folder && k.folders[rel])
}

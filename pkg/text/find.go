package text

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/pickletrace/pickletrace/pkg/disk"
	"github.com/pickletrace/pickletrace/pkg/git"
)

// DefaultMaxSize is the size limit of Python files in bytes. The largest file met in 20,000 of real packages has
// 2.2 MB; memory and time grow with hostile ones.
const DefaultMaxSize = 4 << 20

// notebookFactor is how much larger than a Python file a notebook may be: most of it is output, which is not parsed.
const notebookFactor = 8

// skippedFolders are not entered unless the user names them: other people's code, build products, caches.
var skippedFolders = map[string]bool{
	".git": true, ".hg": true, ".svn": true, ".venv": true, "venv": true, "node_modules": true, "__pycache__": true,
	".tox": true, ".nox": true, "build": true, "dist": true, "site-packages": true, ".eggs": true, ".mypy_cache": true,
	".ruff_cache": true, ".pytest_cache": true, ".ipynb_checkpoints": true,
}

// FindOptions says what to look for.
type FindOptions struct {
	Roots          []string          // files and folders as the user wrote them
	Base           string            // the folder that paths are relative to; "" means CommonBase(Roots)
	Include        []string          // globs as in Exclude: of what is met in folders only what they fit, or what is below; nil: all
	Exclude        []string          // doublestar globs over the path; one without a slash is matched with the name alone; see CleanGlob
	Named          map[string]string // clean globs of Include and Exclude that are told if they fit nothing, with what to call them
	ForceExclude   bool              // Exclude counts for files that Roots names, too
	MaxSize        int64             // in bytes; 0 means DefaultMaxSize, negative means no limit
	AllowEmpty     bool              // a folder without Python is worth no more than a word
	MaxSizeOfTree  bool              // MaxSize is what the scanned tree says of itself: it may not make a scan look complete
	NoDefaultSkips bool              // enter build, dist, site-packages … (never .git)
	NoIgnoreFiles  bool              // do not heed .gitignore
}

// A Found is a file to scan.
type Found struct {
	Path     string // slash-separated, relative to the base
	Disk     string // the absolute path to open, symbolic links resolved
	Size     int64  // in bytes
	Explicit bool   // named by the user itself, not met in a folder
}

// Read reads the file. It gives nil if it cannot, and a Problem that tells why.
func (f Found) Read() (*File, []Problem) {
	raw, err := disk.Read(f.Disk, max(f.Size, DefaultMaxSize*notebookFactor))
	if err != nil {
		return nil, []Problem{{Path: f.Path, Severity: Failed, Kind: "unreadable", Msg: "cannot be read: " + reason(err)}}
	}
	return NewFile(f.Path, raw)
}

// Find gives the Python files and notebooks of the roots in order of path, each once. What is named explicitly is
// taken whatever its name and whatever ignores it. Everything that was left out is counted in a Problem.
func Find(opts FindOptions) ([]Found, []Problem) {
	w := &finder{opts: opts, seen: map[string]bool{}, skipped: map[string]int{}, met: map[string]bool{}, envs: map[string]bool{}}
	w.checkGlobs()
	roots := w.resolveRoots()
	w.base = opts.Base
	if w.base == "" {
		w.base = commonBase(roots)
	} else if real, err := filepath.EvalSymlinks(w.base); err == nil {
		w.base, _ = filepath.Abs(real)
	}
	for _, r := range roots {
		w.root(r)
	}
	w.tellSkipped()
	w.tellUnmet()
	slices.SortFunc(w.found, func(a, b Found) int { return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Disk, b.Disk)) })
	slices.SortStableFunc(w.problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Msg, b.Msg))
	})
	return w.found, w.problems
}

// A root is a file or folder the user named.
type root struct {
	named string // as written
	real  string // absolute, symbolic links resolved
	info  fs.FileInfo
}

type finder struct {
	opts     FindOptions
	base     string
	found    []Found
	problems []Problem
	seen     map[string]bool // by Disk
	met      map[string]bool // globs that fit something
	skipped  map[string]int  // folders left out, by name
	envs     map[string]bool // folders that may be virtual environments, and whether they are
	ignored  left            // files and folders git ignores
	excluded left            // files and folders that Exclude and Include leave out
	roots    []root
}

func (w *finder) resolveRoots() []root {
	for _, named := range w.opts.Roots {
		abs, err := filepath.Abs(named)
		if err == nil {
			abs, err = filepath.EvalSymlinks(abs)
		}
		var info fs.FileInfo
		if err == nil {
			info, err = os.Stat(abs)
		}
		if err != nil {
			kind, msg := "unreadable", "cannot be read: "+reason(err)
			if errors.Is(err, fs.ErrNotExist) {
				kind, msg = "no-such-path", "no such file or folder"
			}
			w.problems = append(w.problems, Problem{Path: filepath.ToSlash(named), Severity: Failed, Kind: kind, Msg: msg})
			continue
		}
		w.roots = append(w.roots, root{named, abs, info})
	}
	return w.roots
}

func (w *finder) root(r root) {
	if !r.info.IsDir() {
		w.rootFile(r)
		return
	}
	before, problems := len(w.seen), len(w.problems)
	w.folder(r.real, w.scopeFor(r.real))
	if len(w.seen) == before && len(w.problems) == problems && !w.coveredBefore(r) {
		severity := Failed
		if w.opts.AllowEmpty {
			severity = Info
		}
		w.problem(r.real, severity, "no-python", "there is no Python file in this folder"+w.leftOut())
	}
}

// coveredBefore reports whether an earlier root holds this one.
func (w *finder) coveredBefore(r root) bool {
	for _, o := range w.roots {
		if o.named == r.named {
			return false
		}
		if within(o.real, r.real) {
			return true
		}
	}
	return false
}

func (w *finder) rootFile(r root) {
	switch {
	case !r.info.Mode().IsRegular():
		w.problem(r.real, Failed, "not-a-file", "neither a file nor a folder")
	case !mayBePython(r.real):
		w.problem(r.real, Failed, NotPython, "not Python")
	case w.opts.ForceExclude && Excluded(w.opts.Exclude, w.rel(r.real)):
		w.excluded.add(w.rel(r.real))
	default:
		w.add(r.real, r.info, true)
	}
}

// scopeFor gives what git ignores under dir, nil if nothing is: dir is in no work tree, or is itself ignored and was
// therefore named on purpose.
func (w *finder) scopeFor(dir string) *git.Scope {
	top := git.TopOf(dir)
	if w.opts.NoIgnoreFiles || top == "" {
		return nil
	}
	scope, err := ignoresOf(top, dir)
	if err != nil {
		w.problem(top, Info, "git-failed", err.Error()+"; only .gitignore files were heeded")
		return git.IgnoreFiles(top, dir)
	}
	return scope
}

func ignoresOf(top, dir string) (*git.Scope, error) {
	r, err := git.Open(top)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return r.Ignores(dir)
}

// folder adds what is in the folder. Scope knows what git ignores there; nil if nothing is.
func (w *finder) folder(dir string, scope *git.Scope) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		w.problem(dir, Failed, "unreadable", "cannot be read: "+reason(err))
	}
	if scope != nil {
		over := scope.Over()
		if scope = scope.Enter(dir); scope.Over() && !over {
			w.problem(dir, Info, "ignore-files", "too many lines in .gitignore files: they hide nothing here")
		}
	}
	for _, e := range entries {
		full := filepath.Join(dir, e.Name())
		switch {
		case e.Type()&fs.ModeSymlink != 0:
			w.link(full, scope)
		case e.IsDir():
			w.subfolder(full, e.Name(), scope)
		default:
			w.entry(full, e, scope)
		}
	}
}

func (w *finder) subfolder(full, name string, scope *git.Scope) {
	switch {
	case name == ".git":
	case !w.opts.NoDefaultSkips && (skippedFolders[name] || w.ofVirtualEnv(full, name, scope)):
		w.skipped[name]++
		w.excludes(full) // a pattern that fits is met
	case w.excludes(full):
		w.excluded.add(w.rel(full))
	case scope != nil && git.IsTop(full):
		w.folder(full, w.scopeFor(full))
	case scope != nil && scope.Ignored(full, true):
		w.ignored.add(w.rel(full))
	default:
		w.folder(full, scope)
	}
}

// venvFolders are what a virtual environment consists of.
var venvFolders = map[string]bool{"bin": true, "Scripts": true, "lib": true, "Lib": true, "lib64": true, "include": true, "share": true}

// ofVirtualEnv reports whether the folder belongs to a virtual environment of whatever name. A file pyvenv.cfg alone makes
// none: it must say where Python is, Python must be there, and what git tracks was not installed.
func (w *finder) ofVirtualEnv(full, name string, scope *git.Scope) bool {
	if !venvFolders[name] || scope != nil && scope.Tracks(full) {
		return false
	}
	dir := filepath.Dir(full)
	env, seen := w.envs[dir]
	if !seen {
		data, err := disk.ReadOwn(filepath.Join(dir, "pyvenv.cfg"), 1<<16)
		env = err == nil && bytes.Contains(data, []byte("home"))
		if env {
			_, unix := os.Lstat(filepath.Join(dir, "bin", "python"))
			_, windows := os.Lstat(filepath.Join(dir, "Scripts", "python.exe"))
			env = unix == nil || windows == nil
		}
		w.envs[dir] = env
	}
	return env
}

func (w *finder) entry(full string, e fs.DirEntry, scope *git.Scope) {
	if !e.Type().IsRegular() {
		if hasPythonName(e.Name()) {
			w.problem(full, Info, "not-a-file", "not scanned: neither a file nor a folder")
		}
		return
	}
	if !hasPythonName(e.Name()) && !(!strings.Contains(e.Name(), ".") && hasShebang(full)) {
		w.excludes(full) // the pattern is of use for other tools, or for manifests
		return
	}
	switch info, err := e.Info(); {
	case err != nil:
		w.problem(full, Failed, "unreadable", "cannot be read: "+reason(err))
	case w.excludes(full) || !w.includes(full):
		w.excluded.add(w.rel(full))
	case scope != nil && scope.Ignored(full, false):
		w.ignored.add(w.rel(full))
	default:
		w.add(full, info, false)
	}
}

// link follows a symbolic link to a Python file inside a root. Folders inside a root are met under their own name.
func (w *finder) link(full string, scope *git.Scope) {
	name := filepath.Base(full)
	if w.excludes(full) {
		w.excluded.add(w.rel(full))
		return
	}
	if scope != nil && scope.Ignored(full, false) {
		return
	}
	real, err := filepath.EvalSymlinks(full)
	var info fs.FileInfo
	if err == nil {
		info, err = os.Stat(real)
	}
	switch {
	case err != nil:
		if hasPythonName(name) || !strings.Contains(name, ".") {
			w.problem(full, Info, "broken-symlink", "symbolic link that leads nowhere: "+reason(err))
		}
	case info.IsDir() && !w.inRoots(real), hasPythonName(name) && !w.inRoots(real):
		w.problem(full, Info, "symlink-outside", "not followed: symbolic link to a place outside what is scanned")
	case info.Mode().IsRegular() && hasPythonName(name) && !w.includes(full):
		w.excluded.add(w.rel(full))
	case info.Mode().IsRegular() && hasPythonName(name):
		w.add(real, info, false)
	}
}

func (w *finder) inRoots(path string) bool {
	return slices.ContainsFunc(w.roots, func(r root) bool { return within(r.real, path) })
}

// add takes the file unless it is too large or is there already.
func (w *finder) add(disk string, info fs.FileInfo, explicit bool) {
	if w.seen[disk] {
		return
	}
	w.seen[disk] = true
	if limit, set := w.limit(disk); limit >= 0 && info.Size() > limit {
		severity := Failed
		if set && !(w.opts.MaxSizeOfTree && info.Size() <= w.defaultLimit(disk)) {
			severity = Info
		}
		w.problem(disk, severity, "too-large", fmt.Sprintf("not analysed: %d bytes, over the size limit of %d", info.Size(), limit))
		return
	}
	w.found = append(w.found, Found{Path: w.rel(disk), Disk: disk, Size: info.Size(), Explicit: explicit})
}

// limit gives the size limit for the file, negative if none, and whether the user chose it.
func (w *finder) limit(disk string) (limit int64, chosen bool) {
	limit = w.opts.MaxSize
	if chosen = limit != 0; !chosen {
		limit = DefaultMaxSize
	}
	if IsNotebook(disk) {
		limit *= notebookFactor
	}
	return limit, chosen
}

func (w *finder) defaultLimit(disk string) int64 {
	if IsNotebook(disk) {
		return DefaultMaxSize * notebookFactor
	}
	return DefaultMaxSize
}

func (w *finder) problem(disk string, s Severity, kind, msg string) {
	w.problems = append(w.problems, Problem{Path: w.rel(disk), Severity: s, Kind: kind, Msg: msg})
}

// rel gives the path relative to the base, or the whole path if it is not under it.
func (w *finder) rel(disk string) string {
	rel, err := filepath.Rel(w.base, disk)
	if err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		rel = disk
	}
	return strings.ToValidUTF8(filepath.ToSlash(rel), "\ufffd")
}

// tellSkipped adds one Problem for each way in which files were left out.
func (w *finder) tellSkipped() {
	if len(w.skipped) > 0 {
		total, parts := 0, []string(nil)
		for _, name := range slices.Sorted(maps.Keys(w.skipped)) {
			total += w.skipped[name]
			parts = append(parts, fmt.Sprintf("%d × %s", w.skipped[name], name))
		}
		w.problems = append(w.problems, Problem{Kind: "skipped-folders", Count: total,
			Msg: fmt.Sprintf("%s not entered because of their name: %s", plural(total, "folder"), strings.Join(parts, ", "))})
	}
	if w.ignored.n > 0 {
		w.problems = append(w.problems, Problem{Kind: "ignored", Count: w.ignored.n,
			Msg: w.ignored.tell("git ignores %s")})
	}
	if w.excluded.n > 0 {
		w.problems = append(w.problems, Problem{Kind: "excluded", Count: w.excluded.n,
			Msg: w.excluded.tell("the settings leave %s out")})
	}
}

// left counts what is left out and keeps the first of it by name.
type left struct {
	n     int
	first string
}

func (l *left) add(path string) {
	if l.n++; l.first == "" || path < l.first {
		l.first = path
	}
}

// tell says how many there are, and names one.
func (l *left) tell(why string) string {
	if l.n == 1 {
		return fmt.Sprintf("not scanned because "+why+": %s", "it", l.first)
	}
	return fmt.Sprintf("%d files and folders not scanned because "+why+", such as %s", l.n, "them", l.first)
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// leftOut hints at why a folder seems to hold nothing.
func (w *finder) leftOut() string {
	if len(w.skipped) > 0 || w.ignored.n > 0 || w.excluded.n > 0 {
		return " apart from what is skipped, ignored or excluded"
	}
	return ""
}

// reason gives what went wrong without the path, which may be absolute and is said elsewhere.
func reason(err error) string {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		err = pe.Err
	}
	if errors.Is(err, syscall.ELOOP) || strings.Contains(err.Error(), "too many links") {
		return "the symbolic links form a loop"
	}
	return err.Error()
}

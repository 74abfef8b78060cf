package main

import (
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/disk"
	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/git"
	"github.com/pickletrace/pickletrace/pkg/report"
	"github.com/pickletrace/pickletrace/pkg/scan"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// With --diff-base the state before is scanned as well: what it has is not new, whatever lines the change touched, and what
// it has not is, even if no line of it was touched: a lower version of a library in requirements.txt, a check that is taken
// out of another file. The state before also says how the change is scanned: see gate.go.

// A past is the state that a scan is compared with.
type past struct {
	top     string // the absolute folder of the work tree
	dir     string // a folder with the files of the commit
	commit  string
	changes *finding.Changes
	modules []string // paths of submodules that it has
}

// openPast writes the state before a change down; close removes it. Roots are the paths to be scanned.
func openPast(roots []string, revision string) (p *past, close func(), err error) {
	base := text.CommonBase(roots)
	if abs, err := filepath.Abs(base); err == nil {
		base = abs
	}
	top := git.TopOf(base)
	if top == "" {
		return nil, nil, fmt.Errorf("--diff-base: %s is not in a git repository", shownPath(base))
	}
	changes, commit, err := changesSince(top, revision)
	if err != nil {
		return nil, nil, err
	}
	dir, err := os.MkdirTemp("", "pickletrace-")
	if err != nil {
		return nil, nil, exit{exitIncomplete, fmt.Errorf("--diff-base: the state before needs a temporary folder: %w", err)}
	}
	close = removeLater(dir)
	if dir, err = filepath.EvalSymlinks(dir); err != nil {
		close()
		return nil, nil, exit{exitIncomplete, err}
	}
	p = &past{top: top, dir: dir, commit: commit, changes: changes}
	if err := p.export(top, commit, ""); err != nil {
		close()
		return nil, nil, exit{exitIncomplete, fmt.Errorf("--diff-base: reading the state before: %w", err)}
	}
	return p, close, nil
}

// then gives where a file or folder of the work tree is in the state before, whether or not it is there; what is elsewhere
// is where it is.
func (p *past) then(path string) string {
	if p == nil {
		return path
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	if real, err := filepath.EvalSymlinks(filepath.Dir(abs)); err == nil {
		abs = filepath.Join(real, filepath.Base(abs))
	}
	rel, err := filepath.Rel(p.top, abs)
	if err != nil || !filepath.IsLocal(rel) {
		return path
	}
	return filepath.Join(p.dir, rel)
}

// now gives where a file of the state before is in the work tree.
func (p *past) now(path string) string {
	if rel, err := filepath.Rel(p.dir, path); err == nil && filepath.IsLocal(rel) {
		return filepath.Join(p.top, rel)
	}
	return path
}

// fileBefore gives what a scanned file was before, nil if it is new, and whether it is the same.
func (p *past) fileBefore(f *text.File) (before *text.File, same bool) {
	at, changed := p.changes.PathBefore(f.Path)
	if !changed {
		return nil, true
	}
	if at == "" {
		return nil, false
	}
	raw, err := disk.Read(filepath.Join(p.dir, filepath.FromSlash(at)), largestBlob)
	if err != nil {
		return nil, false
	}
	before, _ = text.NewFile(at, raw)
	return before, false
}

// changed takes out the findings that the change did not bring, and says of the others why they belong to it.
func (r *run) changed(a *app) error {
	p := r.settings.past
	if p == nil {
		return nil
	}
	r.res.Incremental = "diff-informed"
	p.complete(r.found.Sources)
	own, fs := ownOnly(r.res.Findings)
	if p.changes.Empty() {
		r.res.Findings, r.res.Unchanged = nil, r.res.Unchanged+len(r.settings.shown(r.res.Findings))
		return nil
	}
	before := &finding.Before{}
	if slices.ContainsFunc(fs, r.matters) {
		stop := a.progress(r.settings.quiet)
		defer stop()
		before = r.before(p.dir)
	}
	_, silenced := ownOnly(r.res.Suppressed)
	fresh, rest := p.changes.Since(slices.Concat(fs, silenced), r.found.Sources, before)
	r.explain(fresh)
	title := report.Titles(r.res.Pack)
	for i := range fresh {
		fresh[i].Tell(title(fresh[i].RuleID))
	}
	ownFresh, ownRest := p.changes.Since(own, r.found.Sources, r.ownBefore(before))
	r.res.Findings = slices.Concat(fresh, ownFresh)
	finding.Sort(r.res.Findings)
	r.res.Unchanged += len(r.settings.shown(rest)) + len(r.settings.shown(ownRest))
	return nil
}

// ownOnly parts the findings about comments from those about code.
func ownOnly(fs []finding.Finding) (own, code []finding.Finding) {
	mine := map[string]bool{}
	for _, q := range report.OwnRules() {
		mine[q.ID] = true
	}
	for _, f := range fs {
		if mine[f.RuleID] {
			own = append(own, f)
		} else {
			code = append(code, f)
		}
	}
	return own, code
}

// ownBefore gives the findings about comments of the state before; where that was not scanned, of the files that changed.
func (r *run) ownBefore(before *finding.Before) *finding.Before {
	if before.Files != nil {
		own, _ := ownOnly(before.Findings)
		return &finding.Before{Findings: own, Files: before.Files}
	}
	out := &finding.Before{}
	for _, f := range r.found.Sources {
		if old, same := r.settings.past.fileBefore(f); old != nil {
			out.Files = append(out.Files, old)
		} else if same {
			out.Files = append(out.Files, f)
		}
	}
	opts := r.ignoreOptions()
	opts.Before = nil
	_, _, own := finding.Ignore(nil, out.Files, opts)
	out.Findings = r.selection.apply(own)
	return out
}

// matters says whether a finding would be shown or fail the scan.
func (r *run) matters(f finding.Finding) bool {
	return f.Level >= min(r.settings.minLevel.level, r.settings.failOn.level)
}

// before scans a folder that holds the same tree at another time, with the settings of this run.
func (r *run) before(dir string) *finding.Before {
	s := *r.settings
	s.base, s.noGitignore, s.roots, s.past = dir, true, nil, nil
	for _, root := range r.settings.roots {
		if at := r.settings.inside(root, dir); at != "" {
			s.roots = append(s.roots, at)
		}
	}
	if s.roots == nil {
		return &finding.Before{} // nothing of it was there
	}
	opts := r.options
	opts.Find = s.find()
	opts.Find.Exclude = append(opts.Find.Exclude, r.res.Pack.Exclude...)
	old := run{settings: &s, selection: r.selection, found: scan.Run(opts, r.res.Pack), res: report.Result{Pack: r.res.Pack}}
	old.ignore(r.selection, r.res.Pack)
	return &finding.Before{Findings: slices.Concat(old.res.Findings, old.res.Suppressed), Files: old.found.Sources}
}

// inside gives where a root of the scan is in another folder that holds the same tree; "" if it is not there.
func (s *settings) inside(root, dir string) string {
	real, err := realPath(root)
	if err != nil {
		return ""
	}
	base, err := realPath(s.base)
	if err != nil {
		return ""
	}
	rel, err := filepath.Rel(base, real)
	if err != nil || !filepath.IsLocal(rel) {
		return ""
	}
	at := filepath.Join(dir, rel)
	if _, err := os.Stat(at); err != nil {
		return ""
	}
	return at
}

// Limits of the state before that is written down. Files above the first are not read by a scan either; above the second
// the commit is no program that people wrote.
const (
	largestBlob = 32 << 20
	largestTree = 4 << 30
)

// export writes the regular files of a commit of a work tree below a folder of the state before, as they are stored: no
// filter, attribute or hook has a say. What a sparse checkout leaves out is left out here as well, and a submodule is what
// its commit holds.
func (p *past) export(top, commit, under string) error {
	repo, err := git.Open(top)
	if err != nil {
		return err
	}
	defer repo.Close()
	hash, err := repo.Resolve(commit)
	if err != nil {
		return err
	}
	files, err := repo.Files(hash)
	if err != nil {
		return err
	}
	absent, err := repo.LeftOut()
	if err != nil {
		return err
	}
	var total int64
	for _, f := range files {
		local := filepath.FromSlash(f.Path)
		if !filepath.IsLocal(local) || leftOut(absent, f.Path) {
			continue
		}
		if f.Type() == git.ModeSubmodule && under == "" {
			p.submodule(filepath.Join(top, local), f)
			continue
		}
		if f.Type() != git.ModeRegular || neverRead[strings.ToLower(path.Ext(f.Path))] {
			continue
		}
		data, err := repo.Blob(f.Hash, largestBlob)
		if errors.Is(err, git.ErrLarge) {
			continue
		}
		if err != nil {
			return err
		}
		if total += int64(len(data)); total > largestTree {
			return errors.New("the files of the commit are too large together")
		}
		if err := writeBlob(data, filepath.Join(p.dir, filepath.FromSlash(under), local)); err != nil {
			return err
		}
	}
	return nil
}

// neverRead are the suffixes of files that are neither code nor say anything of versions, variables or settings.
var neverRead = map[string]bool{".png": true, ".jpg": true, ".jpeg": true, ".gif": true, ".svg": true, ".ico": true, ".webp": true, ".pdf": true,
	".md": true, ".rst": true, ".html": true, ".css": true, ".js": true, ".ts": true, ".tsx": true, ".map": true, ".woff": true, ".woff2": true,
	".mp4": true, ".wav": true, ".zip": true, ".gz": true, ".pt": true, ".pth": true, ".bin": true, ".onnx": true, ".safetensors": true,
	".npz": true, ".npy": true, ".parquet": true, ".csv": true, ".so": true, ".whl": true}

func leftOut(absent map[string]bool, p string) bool {
	if len(absent) == 0 {
		return false
	}
	if absent[p] {
		return true
	}
	for dir := path.Dir(p); dir != "."; dir = path.Dir(dir) {
		if absent[dir+"/"] {
			return true
		}
	}
	return false
}

// submodule writes what a submodule was, if its commit is there.
func (p *past) submodule(top string, f git.File) {
	if !git.IsTop(top) {
		return // it is not checked out, and so not scanned either
	}
	p.modules = append(p.modules, f.Path)
	_ = p.export(top, f.Hash.String(), f.Path) // without that commit all that is in it is new
}

// complete adds to the changes what git does not compare: files that are scanned and were not there, as in a repository
// inside of this one, and those of submodules.
func (p *past) complete(files []*text.File) {
	inModule := func(f string) bool {
		return slices.ContainsFunc(p.modules, func(m string) bool { return strings.HasPrefix(f, m+"/") })
	}
	for _, f := range files {
		if _, known := p.changes.PathBefore(f.Path); known || !filepath.IsLocal(filepath.FromSlash(f.Path)) {
			continue
		}
		switch info, err := os.Stat(p.place(f.Path)); {
		case err != nil || !info.Mode().IsRegular():
			p.changes.Whole(f.Path)
		case inModule(f.Path):
			if raw, err := os.ReadFile(p.place(f.Path)); err != nil || !sameBytes(f, raw) {
				p.changes.Rewritten(f.Path)
			}
		}
	}
}

func writeBlob(data []byte, path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	out, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, os.ErrExist) { // two names that are one in this file system
		return nil
	}
	if err != nil {
		return err
	}
	_, err = out.Write(data)
	return errors.Join(err, out.Close())
}

package main

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/disk"
	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/manifest"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// Where a change wrote no step of a flow and took nothing out of its functions, the reason is found by trying: the files it
// touched are put, one at a time, into the state before, until the finding is there. So what is told is the cause, not
// something that has a name in common with it.

// Limits of trying. A change of more files is told by its files alone.
const (
	maxTries     = 16
	maxTried     = 96 << 20 // bytes of Python scanned for it
	maxHunkTries = 6
)

// explain finds the reasons of the findings that have none yet.
func (r *run) explain(fresh []finding.Finding) {
	open := map[int]bool{}
	for i := range fresh {
		if !fresh[i].Explained() && r.matters(fresh[i]) {
			open[i] = true
		}
	}
	if len(open) == 0 {
		return
	}
	t := &trial{r: r, fresh: fresh, open: open}
	for _, f := range r.sources() {
		t.bytes += len(f.Text)
	}
	for _, f := range t.candidates() {
		if len(open) == 0 || !t.affordable() {
			break
		}
		t.file(f)
	}
	for i := range open {
		fresh[i].Why = append(fresh[i].Why, finding.Reason{Kind: finding.WhyEdit,
			Text: "the state before does not have it; several edits of this change bring it together: " + r.editedPlaces()})
	}
}

func (r *run) sources() []*text.File { return r.found.Sources }

// editedPlaces names the first places of the change.
func (r *run) editedPlaces() string {
	var out []string
	for _, f := range r.settings.past.changes.Files() {
		if !speaks(f) {
			continue
		}
		at := f.Path
		if at == "" {
			at = f.Before + " (removed)"
		} else if len(f.Hunks) > 0 {
			at += fmt.Sprintf(":%d", f.Hunks[0].Line)
		}
		out = append(out, at)
	}
	return shortList(out)
}

// A trial looks for the causes of findings.
type trial struct {
	r     *run
	fresh []finding.Finding
	open  map[int]bool
	tries int
	bytes int
}

func (t *trial) affordable() bool { return t.tries < maxTries && (t.tries+1)*t.bytes < maxTried }

// speaks says whether a file can have to do with a finding.
func speaks(f finding.FileChange) bool {
	p := f.Path
	if p == "" {
		p = f.Before
	}
	switch strings.ToLower(path.Ext(p)) {
	case ".py", ".pyw", ".ipynb", "":
		return true
	}
	return manifest.Known(p)
}

// candidates gives the files of the change, first those that declare versions, then those the flows go through.
func (t *trial) candidates() []finding.FileChange {
	on := map[string]bool{}
	for i := range t.open {
		for _, fl := range t.fresh[i].Flows {
			for _, s := range fl.Steps {
				if s.File != nil {
					on[s.File.Path] = true
				}
			}
		}
	}
	var out []finding.FileChange
	for _, f := range t.r.settings.past.changes.Files() {
		if speaks(f) {
			out = append(out, f)
		}
	}
	rank := func(f finding.FileChange) int {
		switch {
		case manifest.Known(f.Path):
			return 0
		case on[f.Path]:
			return 1
		}
		return 2
	}
	slices.SortStableFunc(out, func(a, b finding.FileChange) int { return rank(a) - rank(b) })
	return out
}

// file tries one file, and then its hunks one by one.
func (t *trial) file(f finding.FileChange) {
	next, _ := disk.ReadInside(t.r.settings.past.top, filepath.Join(t.r.settings.past.top, filepath.FromSlash(f.Path)), largestBlob)
	caused := t.with(f, next, f.Path == "")
	if len(caused) == 0 {
		return
	}
	hunk := finding.Hunk{}
	if len(f.Hunks) > 0 {
		hunk = f.Hunks[0]
	}
	if old, err := disk.Read(t.r.settings.past.place(f.Before), largestBlob); err == nil && len(f.Hunks) > 1 && len(f.Hunks) <= maxHunkTries {
		for _, h := range f.Hunks {
			if !t.affordable() {
				break
			}
			if slices.Equal(t.with(f, apply(old, h), false), caused) {
				hunk = h
				break
			}
		}
	}
	why := reasonOf(f, hunk)
	for _, i := range caused {
		t.fresh[i].Why = append(t.fresh[i].Why, why)
		delete(t.open, i)
	}
}

func (p *past) place(path string) string { return filepath.Join(p.dir, filepath.FromSlash(path)) }

// with gives the open findings that the state before has once a file is what it is now.
func (t *trial) with(f finding.FileChange, next []byte, gone bool) (caused []int) {
	t.tries++
	p := t.r.settings.past
	undo := p.replace(f, next, gone)
	now := t.r.before(p.dir)
	undo()
	louder := map[string]finding.Level{}
	for i := range now.Findings {
		g := &now.Findings[i]
		if g.Silenced != nil {
			continue
		}
		louder[g.Fingerprint] = max(louder[g.Fingerprint], g.Level)
	}
	for i := range t.fresh {
		if t.open[i] && louder[t.fresh[i].Fingerprint] >= t.fresh[i].Level {
			caused = append(caused, i)
		}
	}
	return caused
}

// replace writes a file of the change into the state before, and gives how to take it back.
func (p *past) replace(f finding.FileChange, next []byte, gone bool) (undo func()) {
	var undos []func()
	keep := func(path string) {
		old, err := disk.Read(path, largestBlob)
		undos = append(undos, func() {
			if err != nil {
				_ = os.Remove(path)
			} else {
				_ = os.WriteFile(path, old, 0o600)
			}
		})
	}
	if f.Before != "" && (gone || f.Before != f.Path) {
		keep(p.place(f.Before))
		_ = os.Remove(p.place(f.Before))
	}
	if !gone {
		at := p.place(f.Path)
		keep(at)
		_ = os.MkdirAll(filepath.Dir(at), 0o700)
		_ = os.WriteFile(at, next, 0o600)
	}
	return func() {
		for _, u := range slices.Backward(undos) {
			u()
		}
	}
}

// apply gives a file with one hunk of its changes.
func apply(old []byte, h finding.Hunk) []byte {
	lines := strings.SplitAfter(string(old), "\n")
	from := min(max(h.Before-1, 0), len(lines))
	to := min(from+len(h.Gone), len(lines))
	come := slices.Clone(h.Come)
	for i := range come {
		come[i] = strings.TrimRight(come[i], "\r\n") + "\n"
	}
	return []byte(strings.Join(slices.Concat(lines[:from], come, lines[to:]), ""))
}

// reasonOf says what a hunk did.
func reasonOf(f finding.FileChange, h finding.Hunk) finding.Reason {
	gone, come := firstLine(h.Gone), firstLine(h.Come)
	at, line := f.Path, h.Line
	if at == "" {
		return finding.Reason{Kind: finding.WhyEdit, Path: f.Before, Text: "this change removes " + f.Before}
	}
	place := at
	if line > 0 {
		place = fmt.Sprintf("%s:%d", at, line)
	}
	why := finding.Reason{Kind: finding.WhyEdit, Path: at, Line: line}
	switch {
	case manifest.Known(at) && gone != "" && come != "":
		why.Kind = finding.WhyVersion
		why.Text = fmt.Sprintf("this change sets '%s' instead of '%s' (%s)", come, gone, place)
	case manifest.Known(at) && gone != "":
		why.Kind = finding.WhyVersion
		why.Text = fmt.Sprintf("this change takes away '%s' (%s)", gone, place)
	case manifest.Known(at) && come != "":
		why.Kind = finding.WhyVersion
		why.Text = fmt.Sprintf("this change sets '%s' (%s)", come, place)
	case finding.IsIgnore(h.Gone) && !finding.IsIgnore(h.Come):
		why.Kind = finding.WhyIgnore
		why.Text = fmt.Sprintf("this change takes an ignore comment away (%s)", place)
	case finding.HasCheck(h.Gone):
		why.Kind = finding.WhyCheck
		why.Text = fmt.Sprintf("taken away by this change: '%s' (%s:%d before)", gone, f.Before, h.Before)
	case f.Before == "" || len(h.Gone)+len(h.Come) == 0:
		why.Text = "this change adds " + at
	case come != "":
		why.Text = fmt.Sprintf("this change writes '%s' (%s)", come, place)
	default:
		why.Text = fmt.Sprintf("this change takes away '%s' (%s)", gone, place)
	}
	return why
}

// firstLine gives the first line that is more than blanks and comment, short.
func firstLine(lines []string) string {
	for _, l := range lines {
		if l = strings.TrimSpace(l); l != "" && !strings.HasPrefix(l, "#") {
			return finding.Shorten(l, 80)
		}
	}
	return ""
}

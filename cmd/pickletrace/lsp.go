package main

import (
	"bytes"
	"io"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"github.com/pickletrace/pickletrace/pkg/disk"
	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/lsp"
	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/pkg/scan"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// typingPause is how long the language server waits for more of what is typed before it scans.
const typingPause = 150 * time.Millisecond

func (a *app) lspCommand() *cobra.Command {
	s := newSettings()
	cmd := &cobra.Command{
		Use:   "lsp",
		Short: "Show findings in an editor (Language Server Protocol)",
		Long: "Talk with an editor through standard input and output: findings with their traces while code is written, the rule\n" +
			"on hover, proved fixes and ignore comments as code actions. The texts in the editor count, not those on disk. In\n" +
			"projects with more than 2 MB of Python the file that is edited is scanned with the files near it, and the whole\n" +
			"project when it is saved. Settings are those of the project. How to set editors up is in docs/editors.md.",
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return a.serveLSP(s) },
	}
	s.register(cmd)
	cmd.Flags().StringVar(&s.baseline, "baseline", "", "`file` with known findings: show only others")
	cmd.Flags().Bool("stdio", true, "talk through standard input and output; there is no other way")
	_ = cmd.Flags().MarkHidden("stdio") // clients give it without being asked
	return cmd
}

func (a *app) serveLSP(s *settings) error {
	if err := s.check(); err != nil {
		return err
	}
	own := *a
	own.out, own.tty = io.Discard, nil // standard output is the editor's
	code := lsp.Serve(a.in, a.out, &projects{&own, s}, lsp.Options{Version: thisBuild().String(), Pause: typingPause, Log: a.err})
	if code != 0 {
		return exit{code: code}
	}
	return nil
}

// projects scans for the language server.
type projects struct {
	app      *app
	settings *settings // as the flags say
}

// Real gives the absolute path without symbolic links.
func (p *projects) Real(path string) string { return nearestReal(path) }

// Whole scans a folder or file as the command scan does.
func (p *projects) Whole(root string, texts map[string][]byte) (*lsp.State, error) {
	return p.scan(root, texts, scan.Run)
}

// Near scans a file with those near it and those that its findings of the last scan go through.
func (p *projects) Near(whole *lsp.State, texts map[string][]byte, file string) (*lsp.State, error) {
	var path string
	for _, f := range whole.Sources {
		if f.As == "" && whole.Path(f.Path) == file {
			path = f.Path
		}
	}
	if path == "" {
		return nil, nil
	}
	var first []string
	for i := range whole.Findings {
		if f := &whole.Findings[i]; f.Sink.File != nil && f.Sink.File.Path == path && len(f.Flows) > 0 {
			for _, st := range f.Flows[0].Steps {
				if st.File != nil {
					first = append(first, st.File.Path)
				}
			}
		}
	}
	near := scan.Near(whole.Sources, path, first)
	return p.scan(whole.Root, texts, func(o scan.Options, pack *rule.Pack) scan.Result { return scan.Part(o, pack, near) })
}

func (p *projects) scan(root string, texts map[string][]byte, do func(scan.Options, *rule.Pack) scan.Result) (*lsp.State, error) {
	s := *p.settings
	s.quiet, s.allowEmpty = true, true
	s.instead = func(base string) map[string][]byte { return differing(base, texts) }
	r, err := p.app.runWith(&s, []string{root}, do)
	if err != nil {
		return nil, err
	}
	if err := r.knownFindings(); err != nil {
		return nil, err
	}
	r.hide(&s)
	return &lsp.State{
		Root:     root,
		Findings: r.res.Findings, Problems: r.res.Problems, Sources: r.found.Sources, Large: !scan.Small(r.found.Sources),
		Path: func(path string) string { return r.onDisk(&text.File{Path: path}) },
		Rule: func(id string) *rule.Rule { return findRule(r.pack, id) },
		Prove: func(f *finding.Finding) lsp.Fix {
			edits, why := p.app.proveOne(r, f)
			return lsp.Fix{Edits: edits, Why: why}
		},
	}, nil
}

// differing gives the texts that are not what is on disk, by their paths in reports. They are UTF-8, whatever the file says.
func differing(base string, texts map[string][]byte) map[string][]byte {
	out := map[string][]byte{}
	for path, now := range texts {
		rel, err := filepath.Rel(base, path)
		if err != nil || !filepath.IsLocal(rel) {
			continue
		}
		if old, err := disk.Read(path, int64(len(now))); err == nil && bytes.Equal(old, now) {
			continue
		}
		out[filepath.ToSlash(rel)] = append([]byte("\ufeff"), now...)
	}
	return out
}

// proveOne finds out whether the change of a finding's call does what it is for.
func (a *app) proveOne(r *run, f *finding.Finding) (edits []finding.Edit, why string) {
	p := &proof{app: a, run: r, before: r.found.Findings}
	p.offer([]finding.Finding{*f}, true)
	if len(p.offers) == 0 {
		return nil, ""
	}
	edits, err := p.prove()
	if err != nil {
		return nil, err.Error()
	}
	return edits, p.offers[0].why
}

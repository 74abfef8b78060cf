package lsp

import (
	"bytes"
	"slices"
	"strings"

	"github.com/sourcegraph/jsonrpc2"
)

// A project is a folder of the workspace, or a file that is in none.
type project struct {
	root  string // as the editor writes it
	real  string // as the scanner knows it
	file  bool   // it is a file
	dirty bool   // something has changed since the last scan of all of it began
	near  []string
	whole *State
	shown map[string]*shown // by real path: what the editor shows
}

// holds says whether a file, by its real path, belongs to the project.
func (p *project) holds(path string) bool { return path == p.real || !p.file && below(p.real, path) }

// source gives the bytes of a file that the last scan of all has read.
func (p *project) source(path string) ([]byte, bool) {
	if p.whole == nil {
		return nil, false
	}
	for _, f := range p.whole.Sources {
		if f.As == "" && p.whole.Path(f.Path) == path {
			return f.Disk(), true
		}
	}
	return nil, false
}

// addFolder makes a project of a folder of the workspace.
func (s *server) addFolder(uri string) {
	path, ok := pathOf(uri)
	if !ok {
		return
	}
	real := s.scanner.Real(path)
	if len(s.projects) >= maxProjects || slices.ContainsFunc(s.projects, func(p *project) bool { return p.real == real }) {
		return
	}
	s.projects = append(s.projects, &project{root: path, real: real, shown: map[string]*shown{}})
}

// projectOf gives the project of a file: the innermost folder that holds it, or one of its own.
func (s *server) projectOf(path, asWritten string) *project {
	var best *project
	for _, p := range s.projects {
		if p.holds(path) && (best == nil || len(p.real) > len(best.real)) {
			best = p
		}
	}
	if best == nil && len(s.projects) < maxProjects {
		best = &project{root: asWritten, real: path, file: true, shown: map[string]*shown{}}
		s.projects = append(s.projects, best)
	}
	return best
}

// uri gives the URI by which the editor knows a file.
func (s *server) uri(p *project, path string) string {
	if d := s.docs[path]; d != nil {
		return d.uri
	}
	if rest, ok := strings.CutPrefix(path, p.real); ok && (rest == "" || rest[0] == '/' || rest[0] == '\\') {
		return uriOf(p.root + rest)
	}
	return uriOf(path)
}

// find gives the real path of a document.
func (s *server) find(uri string) (real, path string, ok bool) {
	path, ok = pathOf(uri)
	if !ok {
		return "", "", false
	}
	return s.scanner.Real(path), path, true
}

func (s *server) didOpen(q *documentParams) (any, *jsonrpc2.Error) {
	real, path, ok := s.find(q.TextDocument.URI)
	if !ok {
		return nil, nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.projectOf(real, path)
	if p == nil || len(s.docs) >= maxDocuments || len(q.TextDocument.Text) > maxText {
		return nil, nil
	}
	d := &document{uri: q.TextDocument.URI, text: []byte(q.TextDocument.Text), version: q.TextDocument.Version}
	s.docs[real] = d
	if known, ok := p.source(real); ok && bytes.Equal(known, d.text) {
		s.fresh(p, real) // as the last scan saw it
		return nil, nil
	}
	p.dirty = true
	s.changed.Broadcast()
	return nil, nil
}

func (s *server) didChange(q *didChangeParams) (any, *jsonrpc2.Error) {
	real, path, ok := s.find(q.TextDocument.URI)
	if !ok || len(q.ContentChanges) == 0 {
		return nil, nil
	}
	last := q.ContentChanges[len(q.ContentChanges)-1]
	s.mu.Lock()
	defer s.mu.Unlock()
	d, p := s.docs[real], s.projectOf(real, path)
	if d == nil || p == nil {
		return nil, nil
	}
	if last.Range != nil || len(last.Text) > maxText { // was not agreed on: what is on disk is the better text
		delete(s.docs, real)
		p.dirty = true
		s.changed.Broadcast()
		return nil, nil
	}
	d.text, d.version, d.edited = []byte(last.Text), q.TextDocument.Version, true
	if p.whole != nil && p.whole.Large {
		if !slices.Contains(p.near, real) {
			p.near = append(p.near, real)
		}
	} else {
		p.dirty = true
	}
	s.changed.Broadcast()
	return nil, nil
}

func (s *server) didSave(q *documentParams) (any, *jsonrpc2.Error) {
	s.settle(q.TextDocument.URI, true)
	return nil, nil
}

func (s *server) didClose(q *documentParams) (any, *jsonrpc2.Error) {
	s.settle(q.TextDocument.URI, false)
	return nil, nil
}

// settle is what saving and closing have in common: what is on disk counts from now on, and the project is scanned if
// that may be another text.
func (s *server) settle(uri string, stays bool) {
	real, path, ok := s.find(uri)
	if !ok {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	d, p := s.docs[real], s.projectOf(real, path)
	if p == nil {
		return
	}
	if d == nil && stays || d != nil && d.edited {
		p.dirty = true
		s.changed.Broadcast()
	}
	switch {
	case d != nil && stays:
		d.edited = false
	case d != nil:
		delete(s.docs, real)
		if p.file { // nobody asks for what is in no folder of the workspace
			s.remove(p)
		}
	}
}

// remove forgets a project and what is shown of it.
func (s *server) remove(p *project) {
	s.projects = slices.DeleteFunc(s.projects, func(q *project) bool { return q == p })
	s.clear(p)
}

func (s *server) watched(q *watchedParams) (any, *jsonrpc2.Error) {
	for _, c := range q.Changes {
		real, _, ok := s.find(c.URI)
		if !ok {
			continue
		}
		s.mu.Lock()
		for _, p := range s.projects {
			if p.holds(real) && s.docs[real] == nil {
				p.dirty = true
			}
		}
		s.changed.Broadcast()
		s.mu.Unlock()
	}
	return nil, nil
}

func (s *server) folders(q *foldersParams) (any, *jsonrpc2.Error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range q.Event.Removed {
		path, ok := pathOf(f.URI)
		if !ok {
			continue
		}
		for _, p := range slices.Clone(s.projects) {
			if p.root == path && !p.file {
				s.remove(p)
			}
		}
	}
	for _, f := range q.Event.Added {
		s.addFolder(f.URI)
	}
	for _, p := range s.projects {
		p.dirty = p.dirty || p.whole == nil
	}
	s.changed.Broadcast()
	return nil, nil
}

package lsp

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"
)

// A shown is what the editor shows of one file.
type shown struct {
	uri     string
	version int
	items   []item
}

// wholes scans projects that have changed, one after the other, until the connection is over.
func (s *server) wholes() {
	s.loop(func() func() {
		i := slices.IndexFunc(s.projects, func(p *project) bool { return p.dirty })
		if i < 0 {
			return nil
		}
		p := s.projects[i]
		return func() { s.wholeOf(p) }
	})
}

// nears scans single files of large projects while the rest waits for the file to be saved.
func (s *server) nears() {
	s.loop(func() func() {
		i := slices.IndexFunc(s.projects, func(p *project) bool { return len(p.near) > 0 && p.whole != nil })
		if i < 0 {
			return nil
		}
		p := s.projects[i]
		file := p.near[0]
		return func() { s.nearOf(p, file) }
	})
}

// loop does the jobs that next gives, and waits where there is none.
func (s *server) loop(next func() func()) {
	for {
		s.mu.Lock()
		job := next()
		for job == nil && !s.over {
			s.changed.Wait()
			job = next()
		}
		over := s.over
		s.mu.Unlock()
		if over {
			return
		}
		time.Sleep(s.Pause) // who types goes on typing
		job()
	}
}

// texts gives the documents of a project as they are now, and their versions.
func (s *server) texts(p *project) (texts map[string][]byte, versions map[string]int) {
	texts, versions = map[string][]byte{}, map[string]int{}
	for path, d := range s.docs {
		if p.holds(path) {
			texts[path], versions[path] = d.text, d.version
		}
	}
	return texts, versions
}

func (s *server) wholeOf(p *project) {
	s.mu.Lock()
	p.dirty = false
	texts, versions := s.texts(p)
	s.mu.Unlock()
	state, err := s.guarded(func() (*State, error) { return s.scanner.Whole(p.real, texts) })
	if err != nil {
		s.say(1, "pickletrace: "+err.Error())
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if !slices.Contains(s.projects, p) {
		return
	}
	p.whole = state
	s.show(p, s.itemsOf(p, state), versions, "")
}

func (s *server) nearOf(p *project, file string) {
	s.mu.Lock()
	p.near = slices.DeleteFunc(p.near, func(f string) bool { return f == file })
	texts, versions := s.texts(p)
	whole := p.whole
	s.mu.Unlock()
	state, err := s.guarded(func() (*State, error) { return s.scanner.Near(whole, texts, file) })
	if err != nil || state == nil {
		return // the scan of all tells
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if !slices.Contains(s.projects, p) || p.whole != whole {
		return
	}
	items := s.itemsOf(p, state)[file]
	items = append(items, s.kept(p, whole, state, file, texts[file])...)
	s.show(p, map[string][]item{file: items}, versions, file)
}

// guarded makes a bug of ours in a scan an error of that scan.
func (s *server) guarded(scan func() (*State, error)) (state *State, err error) {
	defer func() {
		if r := recover(); r != nil {
			state, err = nil, fmt.Errorf("internal error: %v", r)
		}
	}()
	return scan()
}

// show publishes what was found: of all files, or only of one. A document that has changed since the scan began is left
// as it is: the editor moves what it shows along with the text, and another scan is to come.
func (s *server) show(p *project, found map[string][]item, versions map[string]int, only string) {
	paths := slices.Collect(maps.Keys(found))
	if only == "" {
		for path := range p.shown {
			if found[path] == nil {
				paths = append(paths, path)
			}
		}
	}
	slices.Sort(paths)
	for _, path := range paths {
		if d := s.docs[path]; d != nil {
			if v, ok := versions[path]; ok && v != d.version || !ok && d.edited {
				continue
			}
		}
		sh := &shown{uri: s.uri(p, path), items: found[path]}
		if old := p.shown[path]; old == nil && len(sh.items) == 0 {
			continue
		}
		p.shown[path] = sh
		s.fresh(p, path)
		if len(sh.items) == 0 {
			delete(p.shown, path)
		}
	}
}

// fresh publishes what is known of a file, for the document as it is now.
func (s *server) fresh(p *project, path string) {
	sh := p.shown[path]
	if sh == nil {
		return
	}
	out := publishParams{URI: s.uri(p, path), Diagnostics: []diagnostic{}}
	if d := s.docs[path]; d != nil {
		sh.version = d.version
		out.Version = &sh.version
	}
	if sh.uri != out.URI { // it was shown under another spelling
		s.notify(publishParams{URI: sh.uri, Diagnostics: []diagnostic{}})
		sh.uri = out.URI
	}
	for _, it := range sh.items {
		out.Diagnostics = append(out.Diagnostics, it.diagnostic)
	}
	s.notify(out)
}

// clear takes all of a project away from what the editor shows.
func (s *server) clear(p *project) {
	for _, path := range slices.Sorted(maps.Keys(p.shown)) {
		s.notify(publishParams{URI: p.shown[path].uri, Diagnostics: []diagnostic{}})
	}
	p.shown = map[string]*shown{}
}

func (s *server) notify(p publishParams) {
	_ = s.conn.Notify(context.Background(), "textDocument/publishDiagnostics", p)
}

// Package lsp speaks the Language Server Protocol with an editor: findings become diagnostics with their traces, hovers with
// the rule, and code actions with fixes that are proved and ignore comments. It knows nothing of how a scan is made; it asks
// a Scanner.
//
// The texts that the editor holds stand in the place of the files on disk. There are no deadlines: a scan begins when
// something has changed, and what changes meanwhile begins the next one. What comes from the editor is bounded, and what
// is no message is answered with an error.
package lsp

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"path/filepath"
	"sync"
	"time"

	"github.com/sourcegraph/jsonrpc2"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// A Scanner scans projects for the server. Its methods are called by several goroutines.
type Scanner interface {
	// Whole scans a folder or a file, with the texts in the place of what is on disk; texts are by absolute path.
	Whole(root string, texts map[string][]byte) (*State, error)
	// Near scans a file of a project together with the files that have to do with it.
	Near(whole *State, texts map[string][]byte, file string) (*State, error)
	// Real gives the path by which the scanner knows a file: absolute, with symbolic links resolved.
	Real(path string) string
}

// A State is what a scan of a project has found. It is read-only.
type State struct {
	Root     string // as it was given
	Findings []finding.Finding
	Problems []text.Problem // what could not be analysed
	Sources  []*text.File
	Large    bool                         // scanning it takes longer than one who types wants to wait
	Path     func(path string) string     // of a reported path: the absolute path
	Rule     func(id string) *rule.Rule   // nil if there is none
	Prove    func(f *finding.Finding) Fix // finds out whether the change of a finding's call does what it is for
}

// A Fix is the change that makes a call safe.
type Fix struct {
	Edits []finding.Edit
	Why   string // why there is none
}

// Options of a server.
type Options struct {
	Version string
	Pause   time.Duration // how long to wait for more of what is typed before a scan begins
	Log     io.Writer
}

const (
	maxDocuments = 2000     // that are open at a time; more are read from disk
	maxText      = 16 << 20 // bytes of one document; larger ones are read from disk
	maxProjects  = 32       // folders of a workspace, and files outside of them
)

// A server is one connection with an editor.
type server struct {
	Options
	scanner Scanner
	conn    *jsonrpc2.Conn

	mu       sync.Mutex
	changed  *sync.Cond
	ready    bool // initialize was answered
	down     bool // shutdown was asked for
	over     bool // no more scans
	code     int  // of the process
	client   client
	docs     map[string]*document // by real path
	projects []*project
	told     map[string]bool
	asking   chan struct{} // bounds the requests that are answered beside others
	left     chan struct{} // closed on exit
	once     sync.Once
}

// client is what the editor can show.
type client struct{ related, disabled, literals, watches bool }

// A document is a text that the editor holds.
type document struct {
	uri     string
	text    []byte
	version int
	edited  bool // since it was opened or saved
}

// Serve talks with an editor until it says exit or the connection ends. It gives the exit code that the protocol wants.
func Serve(in io.Reader, out io.Writer, scanner Scanner, opts Options) int {
	s := &server{Options: opts, scanner: scanner, docs: map[string]*document{}, told: map[string]bool{}, code: 1,
		asking: make(chan struct{}, 4), left: make(chan struct{})}
	if s.Log == nil {
		s.Log = io.Discard
	}
	s.changed = sync.NewCond(&s.mu)
	st := newStream(in, out)
	var working sync.WaitGroup
	s.mu.Lock() // no message is handled before the connection is known
	s.conn = jsonrpc2.NewConn(context.Background(), st, handler{s}, jsonrpc2.SetLogger(log.New(s.Log, "pickletrace: ", 0)))
	s.mu.Unlock()
	working.Go(s.wholes)
	working.Go(s.nears)
	select {
	case <-s.left:
	case <-s.conn.DisconnectNotify():
	}
	s.mu.Lock()
	s.over = true
	s.changed.Broadcast()
	code := s.code
	s.mu.Unlock()
	_ = s.conn.Close()
	_ = st.Close() // also where the connection has ended by itself: what was answered is written
	working.Wait()
	return code
}

// A handler gets the messages one after the other.
type handler struct{ *server }

// Handle answers a message. What takes long is answered beside the others.
func (h handler) Handle(ctx context.Context, conn *jsonrpc2.Conn, req *jsonrpc2.Request) {
	if req.Method != "textDocument/codeAction" {
		h.answer(ctx, conn, req)
		return
	}
	select {
	case h.asking <- struct{}{}:
		go func() {
			defer func() { <-h.asking }()
			h.answer(ctx, conn, req)
		}()
	default:
		_ = conn.Reply(ctx, req.ID, []codeAction{})
	}
}

func (s *server) answer(ctx context.Context, conn *jsonrpc2.Conn, req *jsonrpc2.Request) {
	result, err := s.handle(req)
	if req.Notif {
		return // nobody waits for an answer
	}
	if err != nil {
		_ = conn.ReplyWithError(ctx, req.ID, err)
		return
	}
	if result == nil {
		result = json.RawMessage("null")
	}
	_ = conn.Reply(ctx, req.ID, result)
}

func fail(code int64, format string, args ...any) *jsonrpc2.Error {
	return &jsonrpc2.Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

const notInitialized = -32002

// handle does what a message asks for. A mistake of ours is an error of this message alone.
func (s *server) handle(req *jsonrpc2.Request) (result any, failed *jsonrpc2.Error) {
	defer func() {
		if r := recover(); r != nil {
			fmt.Fprintf(s.Log, "pickletrace: internal error in %s: %v\n", req.Method, r)
			result, failed = nil, fail(jsonrpc2.CodeInternalError, "internal error: %v", r)
		}
	}()
	s.mu.Lock()
	ready, down := s.ready, s.down
	s.mu.Unlock()
	switch {
	case req.Method == "exit":
		s.once.Do(func() { close(s.left) })
		return nil, nil
	case down:
		return nil, fail(jsonrpc2.CodeInvalidRequest, "the server is shutting down")
	case !ready && req.Method != "initialize":
		return nil, fail(notInitialized, "initialize comes first")
	}
	do, ok := methods[req.Method]
	if !ok {
		return nil, fail(jsonrpc2.CodeMethodNotFound, "no method %q", req.Method)
	}
	params := json.RawMessage("{}")
	if req.Params != nil && string(*req.Params) != "null" {
		params = *req.Params
	}
	return do(s, params)
}

// methods are what the server understands.
var methods = map[string]func(*server, json.RawMessage) (any, *jsonrpc2.Error){
	"initialize":                          method((*server).initialize),
	"initialized":                         method((*server).initialized),
	"shutdown":                            method((*server).shutdown),
	"textDocument/didOpen":                method((*server).didOpen),
	"textDocument/didChange":              method((*server).didChange),
	"textDocument/didSave":                method((*server).didSave),
	"textDocument/didClose":               method((*server).didClose),
	"textDocument/hover":                  method((*server).hover),
	"textDocument/codeAction":             method((*server).codeAction),
	"workspace/didChangeWatchedFiles":     method((*server).watched),
	"workspace/didChangeWorkspaceFolders": method((*server).folders),
}

// method decodes the parameters for a function.
func method[P any](do func(*server, *P) (any, *jsonrpc2.Error)) func(*server, json.RawMessage) (any, *jsonrpc2.Error) {
	return func(s *server, raw json.RawMessage) (any, *jsonrpc2.Error) {
		var p P
		if err := json.Unmarshal(raw, &p); err != nil {
			return nil, fail(jsonrpc2.CodeInvalidParams, "the parameters are not those of the method: %v", err)
		}
		return do(s, &p)
	}
}

func (s *server) initialize(p *initializeParams) (any, *jsonrpc2.Error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ready {
		return nil, fail(jsonrpc2.CodeInvalidRequest, "initialize was answered before")
	}
	s.ready = true
	doc := &p.Capabilities.TextDocument
	s.client = client{
		related: doc.PublishDiagnostics.RelatedInformation, disabled: doc.CodeAction.DisabledSupport,
		literals: doc.CodeAction.CodeActionLiteralSupport != nil, watches: p.Capabilities.Workspace.DidChangeWatchedFiles.DynamicRegistration,
	}
	folders := p.WorkspaceFolders
	if len(folders) == 0 && p.RootURI != "" {
		folders = []workspaceFolder{{p.RootURI}}
	}
	if len(folders) == 0 && filepath.IsAbs(p.RootPath) {
		folders = []workspaceFolder{{uriOf(p.RootPath)}}
	}
	for _, f := range folders {
		s.addFolder(f.URI)
	}
	var out initializeResult
	c := &out.Capabilities
	c.TextDocumentSync = syncOptions{OpenClose: true, Change: 1, Save: true}
	c.HoverProvider = true
	c.CodeActionProvider.CodeActionKinds = []string{"quickfix"}
	c.Workspace.WorkspaceFolders.Supported, c.Workspace.WorkspaceFolders.ChangeNotifications = true, true
	out.ServerInfo.Name, out.ServerInfo.Version = "pickletrace", s.Version
	return out, nil
}

// watchedFiles are what a scan reads: code, what says which versions a project allows, and the settings.
const watchedFiles = "**/{*.py,*.pyw,*.ipynb,*requirements*.txt,pyproject.toml,setup.py,setup.cfg,Pipfile*,*.lock,environment*.yml,Dockerfile*,.pickletrace.yml}"

// initialized begins with the scans, and asks to be told of files that change on disk.
func (s *server) initialized(*struct{}) (any, *jsonrpc2.Error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range s.projects {
		p.dirty = true
	}
	s.changed.Broadcast()
	if s.client.watches {
		go func() { // the answer is read by who calls this
			_ = s.conn.Call(context.Background(), "client/registerCapability", map[string]any{"registrations": []any{map[string]any{
				"id": "files", "method": "workspace/didChangeWatchedFiles",
				"registerOptions": map[string]any{"watchers": []any{map[string]any{"globPattern": watchedFiles}}},
			}}}, nil)
		}()
	}
	return nil, nil
}

func (s *server) shutdown(*struct{}) (any, *jsonrpc2.Error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.down, s.over, s.code = true, true, 0
	s.changed.Broadcast()
	return nil, nil
}

// say shows a message, each once.
func (s *server) say(kind int, msg string) {
	s.mu.Lock()
	again := s.told[msg]
	if len(s.told) < 1000 {
		s.told[msg] = true
	}
	s.mu.Unlock()
	if !again {
		_ = s.conn.Notify(context.Background(), "window/showMessage", messageParams{kind, msg})
	}
}

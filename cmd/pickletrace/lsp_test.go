package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sourcegraph/jsonrpc2"
)

// An editor is a client of the language server that runs in this process.
type editor struct {
	*testing.T
	dir  string
	conn *jsonrpc2.Conn
	code chan int
	in   *io.PipeWriter // what the server reads

	mu    sync.Mutex
	news  chan struct{}
	diags map[string]published // by name of the file
	said  []string
}

type published struct {
	times       int
	Version     *int
	Diagnostics []lspDiagnostic
}

type lspDiagnostic struct {
	Range    lspRange
	Severity int
	Code     string
	Message  string
	Related  []struct {
		Location struct {
			URI   string
			Range lspRange
		}
		Message string
	} `json:"relatedInformation"`
}

type lspRange struct {
	Start, End struct{ Line, Character int }
}

type lspAction struct {
	Title, Kind string
	IsPreferred bool
	Disabled    *struct{ Reason string }
	Edit        struct {
		Changes map[string][]struct {
			Range   lspRange
			NewText string
		}
	}
}

type pipes struct {
	io.Reader
	io.WriteCloser
}

// startEditor writes the files into a folder and opens it as a workspace.
func startEditor(t *testing.T, files map[string]string, args ...string) *editor {
	t.Helper()
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	e := &editor{T: t, dir: dir, code: make(chan int, 1), news: make(chan struct{}, 1), diags: map[string]published{}}
	for name, code := range files {
		e.write(name, code)
	}
	serverIn, clientOut := io.Pipe()
	clientIn, serverOut := io.Pipe()
	e.in = clientOut
	go func() {
		a := &app{in: serverIn, out: serverOut, err: io.Discard}
		code := a.run(append([]string{"lsp"}, args...))
		serverOut.Close()
		e.code <- code
	}()
	stream := jsonrpc2.NewBufferedStream(pipes{clientIn, clientOut}, jsonrpc2.VSCodeObjectCodec{})
	e.conn = jsonrpc2.NewConn(context.Background(), stream, jsonrpc2.HandlerWithError(e.handle), jsonrpc2.SetLogger(log.New(io.Discard, "", 0)))
	t.Cleanup(func() { e.conn.Close() })
	var caps any
	if err := json.Unmarshal([]byte(`{"textDocument": {"publishDiagnostics": {"relatedInformation": true},
		"codeAction": {"codeActionLiteralSupport": {}, "disabledSupport": true}},
		"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": true}}}`), &caps); err != nil {
		t.Fatal(err)
	}
	var got struct{ Capabilities struct{ HoverProvider bool } }
	e.call("initialize", map[string]any{"processId": nil, "rootUri": e.uri(""), "capabilities": caps}, &got)
	if !got.Capabilities.HoverProvider {
		t.Fatal("the server offers no hover")
	}
	e.tell("initialized", map[string]any{})
	return e
}

func (e *editor) handle(_ context.Context, _ *jsonrpc2.Conn, req *jsonrpc2.Request) (any, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	switch req.Method {
	case "textDocument/publishDiagnostics":
		var p struct {
			URI string
			published
		}
		if err := json.Unmarshal(*req.Params, &p); err != nil {
			e.Error(err)
		}
		name := e.name(p.URI)
		p.times = e.diags[name].times + 1
		e.diags[name] = p.published
	case "window/showMessage":
		e.said = append(e.said, string(*req.Params))
	}
	select {
	case e.news <- struct{}{}:
	default:
	}
	return nil, nil
}

func (e *editor) uri(name string) string {
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(filepath.Join(e.dir, name))}).String()
}

func (e *editor) name(uri string) string {
	u, err := url.Parse(uri)
	if err != nil {
		e.Error(err)
	}
	rel, err := filepath.Rel(e.dir, filepath.FromSlash(u.Path))
	if err != nil {
		e.Error(err)
	}
	return filepath.ToSlash(rel)
}

func (e *editor) write(name, code string) {
	path := filepath.Join(e.dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		e.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(code), 0o644); err != nil {
		e.Fatal(err)
	}
}

func (e *editor) call(method string, params, result any) {
	e.Helper()
	if err := e.conn.Call(context.Background(), method, params, result); err != nil {
		e.Fatalf("%s: %v", method, err)
	}
}

func (e *editor) tell(method string, params any) {
	e.Helper()
	if err := e.conn.Notify(context.Background(), method, params); err != nil {
		e.Fatalf("%s: %v", method, err)
	}
}

func (e *editor) open(name, code string) {
	e.tell("textDocument/didOpen", map[string]any{"textDocument": map[string]any{"uri": e.uri(name), "languageId": "python", "version": 1, "text": code}})
}

func (e *editor) change(name string, version int, code string) {
	e.tell("textDocument/didChange", map[string]any{"textDocument": map[string]any{"uri": e.uri(name), "version": version},
		"contentChanges": []any{map[string]any{"text": code}}})
}

func (e *editor) save(name string) {
	e.tell("textDocument/didSave", map[string]any{"textDocument": map[string]any{"uri": e.uri(name)}})
}

// wait waits until the file is shown as the function wants it.
func (e *editor) wait(name, what string, want func(published) bool) published {
	e.Helper()
	end := time.After(2 * time.Minute)
	for {
		e.mu.Lock()
		p := e.diags[name]
		e.mu.Unlock()
		if p.times > 0 && want(p) {
			return p
		}
		select {
		case <-e.news:
		case <-end:
			e.Fatalf("%s: %s was not shown; last:\n%+v\nsaid: %s", name, what, p, e.said)
		}
	}
}

func (e *editor) codes(name string, codes ...string) published {
	e.Helper()
	return e.wait(name, fmt.Sprint(codes), func(p published) bool {
		if len(p.Diagnostics) != len(codes) {
			return false
		}
		for i, d := range p.Diagnostics {
			if d.Code != codes[i] {
				return false
			}
		}
		return true
	})
}

func (e *editor) actions(name string, at lspRange) []lspAction {
	e.Helper()
	var out []lspAction
	e.call("textDocument/codeAction", map[string]any{"textDocument": map[string]any{"uri": e.uri(name)},
		"range": at, "context": map[string]any{"diagnostics": []any{}}}, &out)
	return out
}

func (e *editor) hover(name string, line, character int) string {
	e.Helper()
	var out struct{ Contents struct{ Value string } }
	e.call("textDocument/hover", map[string]any{"textDocument": map[string]any{"uri": e.uri(name)},
		"position": map[string]any{"line": line, "character": character}}, &out)
	return out.Contents.Value
}

// apply gives the text with the edits of an action.
func (e *editor) apply(name, code string, a lspAction) string {
	e.Helper()
	for _, x := range a.Edit.Changes[e.uri(name)] {
		lines := strings.SplitAfter(code, "\n")
		offset := func(line, char int) int { return len(strings.Join(lines[:line], "")) + char }
		code = code[:offset(x.Range.Start.Line, x.Range.Start.Character)] + x.NewText + code[offset(x.Range.End.Line, x.Range.End.Character):]
	}
	return code
}

// end says shutdown and exit.
func (e *editor) end() {
	e.Helper()
	e.call("shutdown", nil, nil)
	e.tell("exit", nil)
	select {
	case code := <-e.code:
		if code != 0 {
			e.Errorf("exit code %d", code)
		}
	case <-time.After(time.Minute):
		e.Error("the server does not end")
	}
}

func choose(actions []lspAction, title string) (out lspAction, ok bool) {
	for _, a := range actions {
		if strings.Contains(a.Title, title) {
			return a, true
		}
	}
	return out, false
}

const lspApp = `import requests
from store import restore


def fetch(url):
    data = requests.get(url).content
    return restore(data)
`

const lspStore = `import pickle


def restore(blob):
    return pickle.loads(blob)
`

// TestLSP edits a project: what is typed counts, in every file that it changes something for.
func TestLSP(t *testing.T) {
	e := startEditor(t, map[string]string{"app.py": lspApp, "store.py": lspStore})
	p := e.codes("store.py", "PKL101")
	d := p.Diagnostics[0]
	if d.Severity != 1 || d.Range.Start.Line != 4 || d.Range.Start.Character != 11 || len(d.Related) < 3 {
		t.Errorf("shown as %+v", d)
	}
	first, last := d.Related[0], d.Related[len(d.Related)-1]
	if e.name(first.Location.URI) != "app.py" || first.Location.Range.Start.Line != 5 || !strings.HasPrefix(first.Message, "Source") ||
		e.name(last.Location.URI) != "store.py" || !strings.HasPrefix(last.Message, "Sink") {
		t.Errorf("trace %+v", d.Related)
	}

	e.open("store.py", lspStore)
	e.open("app.py", lspApp)
	e.wait("store.py", "the version of the document", func(p published) bool { return p.Version != nil && *p.Version == 1 })
	if h := e.hover("store.py", 4, 15); !strings.Contains(h, "**PKL101 ") || !strings.Contains(h, "(error,") {
		t.Errorf("hover: %s", h)
	}
	if h := e.hover("app.py", 5, 15); !strings.Contains(h, "Step 1 of ") || !strings.Contains(h, "store.py:5") {
		t.Errorf("hover over a step: %s", h)
	}
	if h := e.hover("store.py", 0, 0); h != "" {
		t.Errorf("hover over nothing: %s", h)
	}

	// The other file no longer feeds network data: nothing is saved, the texts of the editor count.
	e.change("app.py", 2, strings.Replace(lspApp, "requests.get(url).content", "b''", 1))
	e.codes("store.py")
	e.change("app.py", 3, lspApp)
	e.codes("store.py", "PKL101")

	// An ignore comment as a code action.
	a, ok := choose(e.actions("store.py", d.Range), "Ignore PKL101")
	if !ok || a.Kind != "quickfix" {
		t.Fatalf("no ignore among %+v", e.actions("store.py", d.Range))
	}
	ignored := e.apply("store.py", lspStore, a)
	if !strings.Contains(ignored, "pickle.loads(blob)  # pickletrace: ignore[PKL101] -- ") {
		t.Errorf("ignored as\n%s", ignored)
	}
	e.change("store.py", 2, ignored)
	e.codes("store.py")

	// Files that change on disk.
	e.change("store.py", 3, lspStore)
	e.codes("store.py", "PKL101")
	e.tell("textDocument/didClose", map[string]any{"textDocument": map[string]any{"uri": e.uri("store.py")}})
	e.write("store.py", ignored)
	e.tell("workspace/didChangeWatchedFiles", map[string]any{"changes": []any{map[string]any{"uri": e.uri("store.py"), "type": 2}}})
	e.codes("store.py")
	e.end()
}

const lspTorch = `import sys

import torch

model = torch.load(sys.argv[1], weights_only=False)
é = "é", torch.load(sys.argv[2], weights_only=False)
`

// TestLSPFixes makes calls safe, and tells why where that is not possible.
func TestLSPFixes(t *testing.T) {
	files := map[string]string{
		"load.py": lspTorch, "requirements.txt": "torch>=2.6\n",
		"wrapper.py": "import sys\n\nimport torch\n\n\ndef load(path, **kw):\n    return torch.load(path, **kw)\n\n\nload(sys.argv[1], weights_only=False)\n",
	}
	e := startEditor(t, files)
	p := e.codes("load.py", "PKL201", "PKL201")
	e.open("load.py", lspTorch)
	second := p.Diagnostics[1].Range
	if second.Start.Line != 5 || second.Start.Character != 9 {
		t.Errorf("columns are not counted in UTF-16: %+v", second)
	}
	a, ok := choose(e.actions("load.py", p.Diagnostics[0].Range), "Change to torch.load(sys.argv[1], weights_only=True)")
	if !ok || !a.IsPreferred {
		t.Fatalf("no fix among %+v", e.actions("load.py", p.Diagnostics[0].Range))
	}
	fixed := e.apply("load.py", lspTorch, a)
	e.change("load.py", 2, fixed)
	e.codes("load.py", "PKL201")
	e.write("load.py", fixed)
	e.save("load.py")
	e.codes("load.py", "PKL201")

	e.open("wrapper.py", files["wrapper.py"])
	w := e.codes("wrapper.py", "PKL201")
	a, ok = choose(e.actions("wrapper.py", w.Diagnostics[0].Range), "Make the call safe")
	if !ok || a.Disabled == nil || !strings.Contains(a.Disabled.Reason, "**kw may hold weights_only") {
		t.Errorf("the fix that is not possible: %+v", a)
	}
	// A document that has changed since it was scanned gets no edits that would hit something else.
	e.change("wrapper.py", 2, "\n"+files["wrapper.py"])
	for _, a := range e.actions("wrapper.py", w.Diagnostics[0].Range) {
		for uri, edits := range a.Edit.Changes {
			for _, x := range edits {
				if x.Range.Start.Line != 7 {
					t.Errorf("edit of an old text in %s: %+v", uri, x)
				}
			}
		}
	}
	e.end()
}

// TestLSPLarge edits a file of a project that is too large to be scanned whenever a key is pressed.
func TestLSPLarge(t *testing.T) {
	files := map[string]string{"app.py": lspApp, "store.py": lspStore, "other.py": lspStore}
	line := "TABLE.append((1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12))\n"
	for i := range 3 {
		files[fmt.Sprintf("table%d.py", i)] = "TABLE = []\n" + strings.Repeat(line, 800<<10/len(line))
	}
	e := startEditor(t, files, "--min-level", "note")
	e.codes("store.py", "PKL101")
	e.open("store.py", lspStore)
	two := lspStore + "\n\ndef again(blob):\n    return pickle.loads(blob)\n"
	e.change("store.py", 2, two)
	p := e.wait("store.py", "both calls", func(p published) bool { return len(p.Diagnostics) == 2 && p.Version != nil && *p.Version == 2 })
	if p.Diagnostics[0].Severity != 1 || p.Diagnostics[1].Severity != 3 {
		t.Errorf("the file that is edited is not seen with the one that imports it: %+v", p.Diagnostics)
	}
	e.change("store.py", 3, "\n\n"+two)
	p = e.wait("store.py", "moved calls", func(p published) bool { return p.Version != nil && *p.Version == 3 })
	if len(p.Diagnostics) != 2 || p.Diagnostics[0].Range.Start.Line != 6 {
		t.Errorf("moved calls: %+v", p.Diagnostics)
	}
	// What the edit changes elsewhere is shown when the file is saved.
	e.open("app.py", lspApp)
	quiet := strings.Replace(lspApp, "requests.get(url).content", "b''", 1)
	e.change("app.py", 2, quiet)
	e.write("app.py", quiet)
	e.save("app.py")
	e.wait("store.py", "no error", func(p published) bool { return len(p.Diagnostics) > 0 && p.Diagnostics[0].Severity != 1 })
	e.end()
}

// TestLSPConfiguration tells of settings that cannot be used, and uses them when they can.
func TestLSPConfiguration(t *testing.T) {
	e := startEditor(t, map[string]string{"app.py": lspApp, "store.py": lspStore, ".pickletrace.yml": "min-level: loud\n"})
	end := time.After(time.Minute)
	for said := ""; !strings.Contains(said, "min-level"); {
		select {
		case <-e.news:
		case <-end:
			t.Fatalf("said %q", said)
		}
		e.mu.Lock()
		said = strings.Join(e.said, "\n")
		e.mu.Unlock()
	}
	e.write(".pickletrace.yml", "min-level: note\n")
	e.tell("workspace/didChangeWatchedFiles", map[string]any{"changes": []any{map[string]any{"uri": e.uri(".pickletrace.yml")}}})
	e.codes("store.py", "PKL101")
	e.end()
}

// TestLSPMalformed sends what is no message, or not the right one: each is answered, none ends the server.
func TestLSPMalformed(t *testing.T) {
	e := startEditor(t, map[string]string{"app.py": lspApp, "store.py": lspStore})
	send := func(body string) {
		if _, err := fmt.Fprintf(e.in, "Content-Length: %d\r\n\r\n%s", len(body), body); err != nil {
			t.Fatal(err)
		}
	}
	for _, body := range []string{"", "{", "null", "[]", "[{}]", `"x"`, "{}", `{"jsonrpc":"2.0"}`, "\xff\xfe", strings.Repeat("[", 100_000),
		`{"jsonrpc":"2.0","method":1}`, `{"jsonrpc":"2.0","method":"textDocument/didOpen"}`, `{"jsonrpc":"2.0","method":"textDocument/didOpen","params":[1]}`,
		`{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":"untitled:1"},"contentChanges":[{"text":"x"}]}}`,
		`{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"file:///%00","text":"x"}}}`,
		`{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"file://../../x","text":"x"}}}`,
		`{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":"` + e.uri("app.py") + `"},"contentChanges":[]}}`,
		`{"jsonrpc":"2.0","id":77777,"result":null}`, `{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":1}}`,
		`{"jsonrpc":"2.0","method":"workspace/didChangeWorkspaceFolders","params":{"event":{"added":[{"uri":"http://x"}],"removed":[{"uri":""}]}}}`,
	} {
		send(body)
	}
	for method, params := range map[string]any{"textDocument/unknown": nil, "textDocument/hover": []int{1}, "textDocument/codeAction": "x", "initialize": map[string]any{}} {
		if err := e.conn.Call(context.Background(), method, params, nil); err == nil {
			t.Errorf("%s with %v is no error", method, params)
		}
	}
	if h := e.hover("nowhere.py", 1<<30, -5); h != "" {
		t.Errorf("hover of nothing: %s", h)
	}
	e.codes("store.py", "PKL101")
	e.end()
}

// TestLSPEnds looks at what ends the server: no length, too large a message, the end of the input.
func TestLSPEnds(t *testing.T) {
	for _, in := range []string{"", "\r\n\r\n", "Content-Length: 99999999999\r\n\r\n{}", "Content-Length: -1\r\n\r\n{}", "Content-Length: x\r\n\r\n",
		"Content-Length: 10\r\n\r\n{}", strings.Repeat("X-Header: y\r\n", 10_000), strings.Repeat("x", 1<<20)} {
		var out, errs bytes.Buffer
		a := &app{in: strings.NewReader(in), out: &out, err: &errs}
		if code := a.run([]string{"lsp"}); code != 1 {
			t.Errorf("%.40q: exit code %d\n%s%s", in, code, &out, &errs)
		}
	}
	var out bytes.Buffer
	body := `{"jsonrpc":"2.0","id":1,"method":"textDocument/hover"}`
	a := &app{in: strings.NewReader(fmt.Sprintf("content-length: %d\r\nContent-Type: x\r\n\r\n%s", len(body), body)), out: &out, err: io.Discard}
	a.run([]string{"lsp"})
	if !strings.Contains(out.String(), "initialize comes first") {
		t.Errorf("before initialize: %s", &out)
	}
}

// TestLSPPlaces opens a workspace through a symbolic link, and a file that is in no workspace, with other line ends and a
// cookie that says of the text what it is only on disk.
func TestLSPPlaces(t *testing.T) {
	e := startEditor(t, map[string]string{"app.py": lspApp, "store.py": lspStore})
	e.codes("store.py", "PKL101")
	other := t.TempDir()
	link := filepath.Join(other, "link")
	if err := os.Symlink(e.dir, link); err != nil {
		t.Skip(err)
	}
	e.tell("workspace/didChangeWorkspaceFolders", map[string]any{"event": map[string]any{"added": []any{}, "removed": []any{map[string]any{"uri": e.uri("")}}}})
	e.codes("store.py")
	at := (&url.URL{Scheme: "file", Path: filepath.ToSlash(link)}).String()
	e.tell("workspace/didChangeWorkspaceFolders", map[string]any{"event": map[string]any{"added": []any{map[string]any{"uri": at}}, "removed": []any{}}})
	through, err := filepath.Rel(e.dir, filepath.Join(link, "store.py"))
	if err != nil {
		t.Fatal(err)
	}
	p := e.codes(filepath.ToSlash(through), "PKL101")
	if at := p.Diagnostics[0].Related[0].Location.URI; !strings.HasSuffix(at, "/link/app.py") {
		t.Errorf("the trace leads to %s", at)
	}

	code := "# coding: latin-1\r\nimport pickle, requests\r\n\r\nä = \"ü\", pickle.loads(requests.get(\"é\").content)\r\n"
	e.dir = other
	e.write("one.py", "# coding: latin-1\r\n")
	e.open("one.py", code)
	p = e.codes("one.py", "PKL101")
	if at := p.Diagnostics[0].Range; at.Start.Line != 3 || at.Start.Character != 9 {
		t.Errorf("found at %+v", at)
	}
	if _, ok := choose(e.actions("one.py", p.Diagnostics[0].Range), "Ignore PKL101"); !ok {
		t.Error("no action for a text with a cookie")
	}
	e.tell("textDocument/didClose", map[string]any{"textDocument": map[string]any{"uri": e.uri("one.py")}})
	e.codes("one.py")
	e.end()
}

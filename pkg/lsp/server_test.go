package lsp

import (
	"bytes"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// fake finds something in every file that the editor holds and that says load.
type fake struct{}

func (fake) Real(path string) string { return filepath.Clean(path) }

func (fake) Near(_ *State, texts map[string][]byte, _ string) (*State, error) {
	return fake{}.Whole("", texts)
}

func (fake) Whole(root string, texts map[string][]byte) (*State, error) {
	st := &State{Root: root, Large: strings.Contains(root, "large"), Path: func(p string) string { return p },
		Rule:  func(string) *rule.Rule { return &rule.Rule{ID: "PKL1", Title: "T", Why: "W", Fix: "F"} },
		Prove: func(*finding.Finding) Fix { return Fix{Why: "no"} }}
	for path, now := range texts {
		f, _ := text.NewFile(path, now)
		st.Sources = append(st.Sources, f)
		if i := bytes.Index(f.Text, []byte("load")); i >= 0 {
			st.Findings = append(st.Findings, finding.Finding{RuleID: "PKL1", SinkID: "s", Level: finding.Error, NoFix: "no",
				Sink: finding.Step{File: f, Span: text.Span{Start: int32(i), End: int32(i + 4)}}})
		}
	}
	return st, nil
}

func frame(body string) string { return fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(body), body) }

// FuzzServe sends whatever to the server: it ends when the input does, and says nothing that is no message.
func FuzzServe(f *testing.F) {
	start := frame(`{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"rootUri":"file:///large","capabilities":{"textDocument":{"codeAction":{"codeActionLiteralSupport":{},"disabledSupport":true}}}}}`) +
		frame(`{"jsonrpc":"2.0","method":"initialized"}`)
	open := frame(`{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"file:///large/a.py","version":1,"text":"load(é)\n"}}}`)
	f.Add([]byte(start + open + frame(`{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":"file:///large/a.py","version":2},"contentChanges":[{"text":"\nload"}]}}`)))
	f.Add([]byte(start + open + frame(`{"jsonrpc":"2.0","id":2,"method":"textDocument/hover","params":{"textDocument":{"uri":"file:///large/a.py"},"position":{"line":0,"character":1}}}`)))
	f.Add([]byte(start + open + frame(`{"jsonrpc":"2.0","id":2,"method":"textDocument/codeAction","params":{"textDocument":{"uri":"file:///large/a.py"},"range":{"start":{"line":0,"character":0},"end":{"line":9,"character":0}}}}`)))
	f.Add([]byte(start + frame(`{"jsonrpc":"2.0","id":3,"method":"shutdown"}`) + frame(`{"jsonrpc":"2.0","method":"exit"}`)))
	f.Add([]byte("Content-Length: 3\r\n\r\n{}{"))
	f.Fuzz(func(t *testing.T, in []byte) {
		var out bytes.Buffer
		Serve(bytes.NewReader(in), &out, fake{}, Options{})
		for rest := out.String(); rest != ""; {
			head, body, ok := strings.Cut(rest, "\r\n\r\n")
			var n int
			if _, err := fmt.Sscanf(head, "Content-Length: %d", &n); !ok || err != nil || n > len(body) {
				t.Fatalf("the server writes %q", rest)
			}
			rest = body[n:]
		}
	})
}

// TestStream reads messages one byte at a time, and reports what has no end.
func TestStream(t *testing.T) {
	s := newStream(io.MultiReader(strings.NewReader("Content-Le"), strings.NewReader("ngth: 7\r\n\r\n{\"a\""), strings.NewReader(":1}")), io.Discard)
	var v struct{ A int }
	if err := s.ReadObject(&v); err != nil || v.A != 1 {
		t.Errorf("got %+v, %v", v, err)
	}
	if err := s.ReadObject(&v); err != io.EOF {
		t.Errorf("at the end: %v", err)
	}
	s.Close()
	if err := s.WriteObject(1); err == nil {
		t.Error("something is written after the end")
	}
}

func TestPaths(t *testing.T) {
	for uri, want := range map[string]string{"file:///a/b%20c.py": "/a/b c.py", "file:///a/../b.py": "/b.py", "file:///a%00": "", "untitled:x": "", "http://a/b": "", "": "", "file:": ""} {
		if got, ok := pathOf(uri); got != want && (ok || want != "") {
			t.Errorf("%s: %q instead of %q", uri, got, want)
		}
	}
	if got := uriOf("/a/b c#é.py"); got != "file:///a/b%20c%23%C3%A9.py" {
		t.Errorf("got %s", got)
	}
}

// TestMovedSpan follows a place through one edit.
func TestMovedSpan(t *testing.T) {
	old, _ := text.NewFile("a.py", []byte("a\nload(x)\nb\n"))
	at := text.Span{Start: 2, End: 9}
	for now, want := range map[string]int{"a\nload(x)\nb\nc\n": 1, "\n\na\nload(x)\nb\n": 3, "load(x)\nb\n": 0, "a\nload(y)\nb\n": -1, "": -1} {
		got, ok := movedSpan(old, at, []byte(now))
		if ok != (want >= 0) || ok && got.Start.Line != want {
			t.Errorf("%q: %+v %v, want line %d", now, got, ok, want)
		}
	}
}

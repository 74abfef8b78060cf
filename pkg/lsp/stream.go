package lsp

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"
)

const (
	maxMessage = 64 << 20 // bytes of one message
	maxHeader  = 4 << 10  // bytes of its header
)

// A stream reads and writes messages with the headers of the protocol. It is a jsonrpc2.ObjectStream that bounds what it
// reads, and answers what is no message instead of giving up.
type stream struct {
	in    *bufio.Reader
	queue chan []byte // to write: an editor that writes may read only afterwards
	done  chan struct{}
	mu    sync.RWMutex // of ended
	ended bool
}

// maxQueue is how many messages wait to be written.
const maxQueue = 4096

func newStream(in io.Reader, out io.Writer) *stream {
	s := &stream{in: bufio.NewReaderSize(in, 64<<10), queue: make(chan []byte, maxQueue), done: make(chan struct{})}
	go func() {
		defer close(s.done)
		var err error
		for data := range s.queue {
			if err == nil {
				_, err = out.Write(data)
			}
		}
	}()
	return s
}

// WriteObject writes one message, some time later.
func (s *stream) WriteObject(v any) error {
	data, err := json.Marshal(v)
	if err != nil {
		return err
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.ended {
		return io.ErrClosedPipe
	}
	s.queue <- fmt.Appendf(nil, "Content-Length: %d\r\n\r\n%s", len(data), data)
	return nil
}

// parseError is the answer to what is no message.
var parseError = map[string]any{"jsonrpc": "2.0", "id": nil, "error": map[string]any{"code": -32700, "message": "this is no message of JSON-RPC 2.0"}}

// ReadObject reads the next message that can be read. Without a length nobody knows where the next one begins: that is an
// error.
func (s *stream) ReadObject(v any) error {
	for {
		length, err := s.header()
		if err != nil {
			return err
		}
		var body bytes.Buffer // grows with what is there, not with what is promised
		if _, err := io.CopyN(&body, s.in, length); err != nil {
			return io.ErrUnexpectedEOF
		}
		if data := bytes.TrimSpace(body.Bytes()); len(data) > 0 && data[0] == '{' && json.Unmarshal(data, v) == nil {
			return nil
		}
		if err := s.WriteObject(parseError); err != nil {
			return err
		}
	}
}

// header reads the lines up to an empty one and gives the length of the body.
func (s *stream) header() (int64, error) {
	length, read := int64(-1), 0
	for {
		line, err := s.in.ReadSlice('\n')
		if read += len(line); errors.Is(err, bufio.ErrBufferFull) || read > maxHeader {
			return 0, errors.New("the header of a message is too long")
		}
		if err != nil {
			return 0, err
		}
		text := strings.TrimRight(string(line), "\r\n")
		if text == "" && length >= 0 {
			return length, nil
		}
		name, value, _ := strings.Cut(text, ":")
		if !strings.EqualFold(strings.TrimSpace(name), "Content-Length") {
			continue
		}
		n, err := strconv.ParseInt(strings.TrimSpace(value), 10, 64)
		if err != nil || n < 0 || n > maxMessage {
			return 0, fmt.Errorf("a message of %q bytes: at most %d are read", strings.TrimSpace(value), maxMessage)
		}
		length = n
	}
}

// Close writes what waits to be written. The reader is not stopped.
func (s *stream) Close() error {
	s.mu.Lock()
	if !s.ended {
		s.ended = true
		close(s.queue)
	}
	s.mu.Unlock()
	<-s.done
	return nil
}

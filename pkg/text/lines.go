package text

import (
	"bytes"
	"encoding/binary"
	"sort"
	"sync"
	"unicode/utf8"
)

// Position gives the place of the byte offset off in the file on disk. An offset past the end gives the end.
func (f *File) Position(off int32) Pos {
	off = max(0, min(off, int32(len(f.Text))))
	if f.book != nil {
		return f.book.position(off)
	}
	starts := f.lines()
	i := lineAt(starts, off)
	return Pos{Line: i + 1, Col: 1 + utf16Len(f.Text[starts[i]:off])}
}

// Line gives line n (1-based) of the file on disk without its line end; "" if there is no such line.
func (f *File) Line(n int) string {
	text, starts := f.Text, f.lines()
	if f.book != nil {
		text, starts = f.book.disk, f.book.starts
	}
	if n < 1 || n > len(starts) {
		return ""
	}
	line := text[starts[n-1]:]
	if n < len(starts) {
		line = text[starts[n-1]:starts[n]]
	}
	return string(bytes.TrimRight(line, "\r\n"))
}

// Lines gives how many lines the file on disk has; the last may be empty.
func (f *File) Lines() int {
	if f.book != nil {
		return len(f.book.starts)
	}
	return len(f.lines())
}

// A lineTable holds the offset in a text of each line's first byte. Few files are ever asked for theirs.
type lineTable struct {
	once   sync.Once
	starts []int32
}

// lines gives the line table of Text. A File that NewFile did not make has none, and pays for it at each call.
func (f *File) lines() []int32 {
	if f.table == nil {
		return lineStarts(f.Text)
	}
	f.table.once.Do(func() { f.table.starts = lineStarts(f.Text) })
	return f.table.starts
}

// lineAt gives the 0-based line of the offset.
func lineAt(starts []int32, off int32) int {
	return sort.Search(len(starts), func(i int) bool { return starts[i] > off }) - 1
}

// utf16Len counts the UTF-16 code units of s.
func utf16Len(s []byte) int {
	n := 0
	for i := 0; i < len(s); {
		if len(s)-i >= 8 && binary.LittleEndian.Uint64(s[i:])&0x8080808080808080 == 0 { // long lines are nearly all ASCII
			i, n = i+8, n+8
			continue
		}
		if s[i] < utf8.RuneSelf {
			i++
			n++
			continue
		}
		r, size := utf8.DecodeRune(s[i:])
		if r >= 0x10000 {
			n++
		}
		n++
		i += size
	}
	return n
}

// lineStarts gives the offset of each line's first byte. LF, CR and CRLF end a line, nothing else does.
func lineStarts(text []byte) []int32 {
	starts := make([]int32, 1, 1+len(text)/32)
	cr := bytes.IndexByte(text, '\r') >= 0
	for i := 0; ; {
		n := -1
		if cr {
			n = bytes.IndexAny(text[i:], "\r\n")
		} else {
			n = bytes.IndexByte(text[i:], '\n')
		}
		if n < 0 {
			return starts
		}
		i += n + 1
		if text[i-1] == '\r' && i < len(text) && text[i] == '\n' {
			i++
		}
		starts = append(starts, int32(i))
	}
}

package text

import (
	"sort"
	"unicode/utf8"
)

// Position gives the place of the byte offset off in the file on disk. Offsets past the end give the end.
func (f *File) Position(off int32) Pos {
	off = max(0, min(off, int32(len(f.Text))))
	lines := f.lineStarts()
	i := sort.Search(len(lines), func(i int) bool { return lines[i] > off }) - 1
	return Pos{Line: i + 1, Col: 1 + utf16Len(f.Text[lines[i]:off])}
}

// utf16Len counts the UTF-16 code units of s.
func utf16Len(s []byte) int {
	n := 0
	for len(s) > 0 {
		r, size := utf8.DecodeRune(s)
		if r >= 0x10000 {
			n++
		}
		n++
		s = s[size:]
	}
	return n
}

// lineStarts gives the offset of each line's first byte.
func (f *File) lineStarts() []int32 {
	starts := []int32{0}
	for i, b := range f.Text {
		if b == '\n' || b == '\r' && (i+1 == len(f.Text) || f.Text[i+1] != '\n') {
			starts = append(starts, int32(i+1))
		}
	}
	return starts
}

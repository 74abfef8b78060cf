package finding

import (
	"strconv"
	"unicode/utf8"
)

// The hash GitHub calls primaryLocationLineHash.
//
// GitHub recognises an alert of the last scan by this value, and warns when ours differs from what its upload step
// would compute, so it must be the same to the bit. Over the UTF-16 code units of the file as it is on disk, without
// spaces and tabs and with every line break as one line feed, runs a window of 100 units; a line's hash is that of the
// 100 units from its first one on, so it also depends on the lines that follow. Take
//
//	a = load(f)
//	b = 1
//
// The hash of line 1 covers "a=load(f)", the line feed, "b=1", the line feed, an end mark of 65535, and zeros.

const (
	hashWindow  = 100
	hashBase    = 37
	hashEndMark = 65535
)

// LineHashes gives GitHub's hash of every line of a file, the first line at index 0. The input is the file as it is on
// disk, byte order mark and all. Only LF, CR and CRLF start a new line; a file that ends in one has an empty last line.
func LineHashes(raw []byte) []string {
	h := lineHasher{seen: map[uint64]int{}, atStart: true}
	for i := range h.lines {
		h.lines[i] = -1
	}
	for len(raw) > 0 {
		r, size := utf8.DecodeRune(raw)
		if r == utf8.RuneError && size == 1 {
			size = badLength(raw)
		}
		raw = raw[size:]
		if r >= 0x10000 {
			r -= 0x10000
			h.unit(0xd800 + uint64(r>>10))
			h.unit(0xdc00 + uint64(r&0x3ff))
			continue
		}
		h.unit(uint64(r))
	}
	h.unit(hashEndMark)
	for range hashWindow {
		h.emit()
		h.shift(0)
	}
	return h.out
}

// badLength gives the number of bytes at the start of b that together become one replacement character. GitHub's
// upload step decodes as browsers do: a sequence cut short is one error, not one per byte as in Go.
func badLength(b []byte) int {
	lo, hi, need := byte(0x80), byte(0xbf), 0
	switch c := b[0]; {
	case c >= 0xc2 && c <= 0xdf:
		need = 1
	case c >= 0xe0 && c <= 0xef:
		need = 2
		if c == 0xe0 {
			lo = 0xa0
		} else if c == 0xed {
			hi = 0x9f
		}
	case c >= 0xf0 && c <= 0xf4:
		need = 3
		if c == 0xf0 {
			lo = 0x90
		} else if c == 0xf4 {
			hi = 0x8f
		}
	}
	n := 1
	for n <= need && n < len(b) && b[n] >= lo && b[n] <= hi {
		n++
		lo, hi = 0x80, 0xbf
	}
	return n
}

// lineHasher holds the ring of units in the window and, beside each, the line that starts there.
type lineHasher struct {
	units   [hashWindow]uint64
	lines   [hashWindow]int // index in out of the line whose first unit this is; -1 for none
	next    int             // the slot of the ring that is overwritten next
	hash    uint64
	out     []string
	seen    map[uint64]int
	atStart bool // the next unit is the first of a line
	afterCR bool
}

// hashLeaving is what one unit is worth when it leaves the window: hashBase to the power of hashWindow.
var hashLeaving = func() uint64 {
	p := uint64(1)
	for range hashWindow {
		p *= hashBase
	}
	return p
}()

// unit takes one code unit of the file.
func (h *lineHasher) unit(c uint64) {
	if c == ' ' || c == '\t' || h.afterCR && c == '\n' {
		h.afterCR = false
		return
	}
	h.afterCR = c == '\r'
	if h.afterCR {
		c = '\n'
	}
	h.emit()
	if h.atStart {
		h.lines[h.next] = len(h.out)
		h.out = append(h.out, "")
	}
	h.atStart = c == '\n'
	h.shift(c)
}

// emit writes down the hash of the line whose first unit is about to leave the window.
func (h *lineHasher) emit() {
	line := h.lines[h.next]
	if line < 0 {
		return
	}
	h.seen[h.hash]++
	h.out[line] = strconv.FormatUint(h.hash, 16) + ":" + strconv.Itoa(h.seen[h.hash])
	h.lines[h.next] = -1
}

// shift moves the window on by one unit.
func (h *lineHasher) shift(c uint64) {
	leaving := h.units[h.next]
	h.units[h.next] = c
	h.hash = hashBase*h.hash + c - hashLeaving*leaving
	h.next = (h.next + 1) % hashWindow
}

package finding

import (
	"slices"

	"github.com/pickletrace/pickletrace/pkg/text"
)

// Apply gives the bytes of a file with edits of it, which are taken in the order of the text. One that overlaps the one before
// is left out.
func Apply(f *text.File, edits []Edit) []byte {
	type piece struct {
		start, end int32
		code       string
	}
	var list []piece
	for _, e := range edits {
		if start, end, ok := e.File.OnDisk(e.Span); ok {
			list = append(list, piece{start, end, e.New})
		}
	}
	slices.SortStableFunc(list, func(a, b piece) int { return int(a.start - b.start) })
	disk := f.Disk()
	var out []byte
	at := int32(0)
	for _, p := range list {
		if p.start < at {
			continue
		}
		out = append(append(out, disk[at:p.start]...), p.code...)
		at = p.end
	}
	return append(out, disk[at:]...)
}

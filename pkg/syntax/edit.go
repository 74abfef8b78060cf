package syntax

import (
	"sort"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/text"
)

// An edit replaces src[start:end].
type edit struct {
	start, end int32
	with       string
}

// blank replaces the range by as many spaces.
func blank(start, end int32) edit { return edit{start, end, strings.Repeat(" ", int(end-start))} }

// A place map leads from offsets in an edited text back to the original.
type placeMap []placeRun

// A placeRun is a part of the edited text, up to the next one. Either it was kept and its offsets correspond one by
// one, or it replaces the original's part up to end.
type placeRun struct {
	at, src, end int32
	kept         bool
}

// applyEdits makes the edits, which are in order and do not overlap, in a copy of src.
func applyEdits(src []byte, edits []edit) ([]byte, placeMap) {
	out := make([]byte, 0, len(src)+64)
	var places placeMap
	keep := func(from, to int32) {
		places = append(places, placeRun{int32(len(out)), from, to, true})
		out = append(out, src[from:to]...)
	}
	done := int32(0)
	for _, e := range edits {
		keep(done, e.start)
		same := len(e.with) == int(e.end-e.start)
		places = append(places, placeRun{int32(len(out)), e.start, e.end, same})
		out = append(out, e.with...)
		done = e.end
	}
	keep(done, int32(len(src)))
	return out, places
}

// run gives the run that holds the byte at off; the last one that starts there if off is where empty ones start.
func (m placeMap) run(off int32) placeRun {
	return m[max(0, sort.Search(len(m), func(i int) bool { return m[i].at > off })-1)]
}

// start gives the original offset of what starts at off.
func (m placeMap) start(off int32) int32 {
	r := m.run(off)
	if r.kept {
		return r.src + off - r.at
	}
	if off == r.at {
		return r.src
	}
	return r.end
}

// span gives the original span of s. An end belongs to the byte before it.
func (m placeMap) span(s text.Span) text.Span {
	start := m.start(s.Start)
	if s.End <= s.Start {
		return text.Span{Start: start, End: start}
	}
	r := m.run(s.End - 1)
	end := r.end
	if r.kept {
		end = r.src + s.End - r.at
	}
	return text.Span{Start: start, End: max(start, end)}
}

package git

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io/fs"
	"path/filepath"

	"github.com/pickletrace/pickletrace/pkg/disk"
)

// Of the index, which tells what is tracked, names are all we need. The library reads neither a split index nor a sparse
// one, so it is read here: versions 2 to 4 as git's documentation of the format describes them.

// An entry is one name of the index.
type entry struct {
	path   string // ends in a slash if it stands for a whole folder that a sparse checkout leaves out
	absent bool   // a sparse checkout leaves it out of the work tree
}

var errIndex = errors.New("the index is damaged")

// entries gives what the index holds, with nothing for a repository that has none yet.
func (r *Repository) entries() ([]entry, error) {
	data, err := disk.ReadOwn(filepath.Join(r.dir, "index"), maxIndex)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, errors.New("the index cannot be read")
	}
	own, base, err := parseIndex(data)
	if err != nil || base == "" {
		return own, err
	}
	// A split index keeps most names in a file of its own. Which of them are gone since is not read: a file is then
	// scanned although git might ignore it by now.
	if data, err = disk.ReadOwn(filepath.Join(r.dir, "sharedindex."+base), maxIndex); err != nil {
		return nil, errors.New("a part of the index cannot be read")
	}
	shared, _, err := parseIndex(data)
	return append(shared, own...), err
}

// LeftOut gives what a sparse checkout leaves out of the work tree; names of whole folders end in a slash.
func (r *Repository) LeftOut() (map[string]bool, error) {
	entries, err := r.entries()
	out := map[string]bool{}
	for _, e := range entries {
		if e.absent {
			out[e.path] = true
		}
	}
	return out, err
}

const (
	fixedPart   = 62 // bytes of an entry before its name: times, owner, size, object, flags
	flagsAt     = 60
	objectBytes = 20
)

// parseIndex reads an index, and the name of the one it builds on, "" if there is none.
func parseIndex(data []byte) (out []entry, base string, err error) {
	if len(data) < 12+objectBytes || string(data[:4]) != "DIRC" {
		return nil, "", errIndex
	}
	version := binary.BigEndian.Uint32(data[4:])
	if version < 2 || version > 4 {
		return nil, "", errors.New("the index has a version that is not read")
	}
	count, rest := binary.BigEndian.Uint32(data[8:]), data[12:len(data)-objectBytes]
	previous, total := "", 0
	for range count {
		var e entry
		var ok bool
		if e, rest, ok = nextEntry(rest, version, previous); !ok {
			return nil, "", errIndex
		}
		if total += len(e.path); total > maxIndex {
			return nil, "", errIndex // names that share beginnings can describe more than there is memory for
		}
		previous = e.path
		if e.path != "" { // in a split index one stands for a change of another
			out = append(out, e)
		}
	}
	for len(rest) >= 8 {
		size := binary.BigEndian.Uint32(rest[4:])
		body := rest[8:]
		if uint64(size) > uint64(len(body)) {
			return nil, "", errIndex
		}
		if string(rest[:4]) == "link" && size >= objectBytes {
			var h Hash
			copy(h[:], body)
			if !h.IsZero() {
				base = h.String()
			}
		}
		rest = body[size:]
	}
	return out, base, nil
}

// nextEntry reads one entry and gives what comes after it.
func nextEntry(data []byte, version uint32, previous string) (e entry, rest []byte, ok bool) {
	if len(data) < fixedPart {
		return e, nil, false
	}
	flags, head := binary.BigEndian.Uint16(data[flagsAt:]), fixedPart
	if flags&0x4000 != 0 { // there are more flags
		if head += 2; len(data) < head {
			return e, nil, false
		}
		e.absent = binary.BigEndian.Uint16(data[fixedPart:])&0x4000 != 0
	}
	name, keep := data[head:], 0
	if version == 4 { // names share the beginning of the one before
		cut, n := offset(name)
		if n == 0 || cut > uint64(len(previous)) {
			return e, nil, false
		}
		name, head, keep = name[n:], head+n, len(previous)-int(cut)
	}
	end := bytes.IndexByte(name, 0)
	if end < 0 {
		return e, nil, false
	}
	e.path = previous[:keep] + string(name[:end])
	if len(e.path) > 1<<16 {
		return e, nil, false
	}
	size := head + end + 1
	if version < 4 {
		size = (head + end + 8) &^ 7
	}
	if size > len(data) {
		return e, nil, false
	}
	return e, data[size:], true
}

// offset reads a number of variable length and gives how many bytes it took, 0 if it is cut off.
func offset(data []byte) (n uint64, size int) {
	for i, b := range data {
		if i > 8 {
			break
		}
		if i > 0 {
			n++
		}
		n = n<<7 | uint64(b&0x7f)
		if b < 0x80 {
			return n, i + 1
		}
	}
	return 0, 0
}

// Package cache keeps what was once computed below a folder of the user's, under a key that says what it was computed
// from.
//
// It promises that Get gives the bytes that Put was given under that key, or nothing: an entry that is broken, cut short
// or not its own is as good as none. Whatever goes wrong with the folder (read-only, full, gone) costs time and is no
// error. Entries are written under another name first, so that nobody reads half of one. Who can write to the folder is
// trusted; it is made for its owner alone. A nil Cache holds nothing.
package cache

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/pickletrace/pickletrace/pkg/disk"
)

const (
	// MaxBytes is how much a cache holds. What was not used for the longest time goes first.
	MaxBytes = 512 << 20

	// maxEntry is the largest entry.
	maxEntry = 64 << 20

	// staleAfter is after how long a file that was never finished is removed.
	staleAfter = time.Hour
)

// A Key says what an entry was computed from.
type Key [sha256.Size]byte

// A KeyHash makes a Key of parts, in order.
type KeyHash struct{ h hash.Hash }

// NewKey begins a key for entries of a kind.
func NewKey(kind string) *KeyHash {
	k := &KeyHash{sha256.New()}
	k.Add(kind)
	return k
}

// Add adds parts. Where one ends and the next begins counts.
func (k *KeyHash) Add(parts ...string) {
	for _, p := range parts {
		n := len(p)
		k.h.Write([]byte{byte(n), byte(n >> 8), byte(n >> 16), byte(n >> 24)})
		_, _ = io.WriteString(k.h, p)
	}
}

// Key gives the key of what was added.
func (k *KeyHash) Key() Key { return Key(k.h.Sum(nil)) }

// A Cache is a folder of entries. It may be used by several goroutines and processes.
type Cache struct{ dir string }

// Default gives the cache below the user's cache folder, nil if the user has none.
func Default() *Cache {
	dir, err := os.UserCacheDir()
	if err != nil || !filepath.IsAbs(dir) {
		return nil
	}
	return &Cache{filepath.Join(dir, "pickletrace")}
}

// Dir gives the folder, which need not be there.
func (c *Cache) Dir() string { return c.dir }

// entries is the folder of the entries. Another layout gets another one.
func (c *Cache) entries() string { return filepath.Join(c.dir, "v1") }

func (c *Cache) path(k Key) string {
	name := hex.EncodeToString(k[:])
	return filepath.Join(c.entries(), name[:2], name[2:])
}

var magic = []byte("pickletrace cache 1\n")

const headLen = 20 + 2*sha256.Size

// Get gives the entry of a key.
func (c *Cache) Get(k Key) ([]byte, bool) {
	if c == nil {
		return nil, false
	}
	path := c.path(k)
	raw, err := disk.Read(path, maxEntry+headLen)
	if err != nil || len(raw) < headLen || !bytes.HasPrefix(raw, magic) {
		return nil, false
	}
	data := raw[headLen:]
	sum := sha256.Sum256(data)
	if !bytes.Equal(raw[len(magic):headLen], slices.Concat(k[:], sum[:])) {
		return nil, false
	}
	now := time.Now()
	_ = os.Chtimes(path, now, now) // it was used
	return data, true
}

// Put keeps data under a key, and removes what is too much.
func (c *Cache) Put(k Key, data []byte) {
	if c == nil || len(data) > maxEntry {
		return
	}
	path := c.path(k)
	if os.MkdirAll(filepath.Dir(path), 0o700) != nil {
		return
	}
	f, err := os.CreateTemp(filepath.Dir(path), unfinished+"*") // for its owner alone
	if err != nil {
		return
	}
	sum := sha256.Sum256(data)
	_, err = f.Write(slices.Concat(magic, k[:], sum[:], data))
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name())
		return
	}
	c.shrink(MaxBytes)
}

const unfinished = "part-"

// A kept entry, or a file that is to become one.
type kept struct {
	path string
	size int64
	used time.Time
}

// list gives the files of the cache, the one that was used last first.
func (c *Cache) list() []kept {
	var out []kept
	_ = filepath.WalkDir(c.entries(), func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			if info, err := d.Info(); err == nil {
				out = append(out, kept{path, info.Size(), info.ModTime()})
			}
		}
		return nil
	})
	slices.SortFunc(out, func(a, b kept) int { return b.used.Compare(a.used) })
	return out
}

// shrink removes the entries that do not fit into so many bytes, and what was never finished.
func (c *Cache) shrink(most int64) {
	sum := int64(0)
	for _, k := range c.list() {
		left := bytes.HasPrefix([]byte(filepath.Base(k.path)), []byte(unfinished)) && time.Since(k.used) > staleAfter
		if sum += k.size; sum > most || left {
			_ = os.Remove(k.path)
		}
	}
}

// Size gives how many entries there are, and their bytes.
func (c *Cache) Size() (entries int, size int64) {
	for _, k := range c.list() {
		entries++
		size += k.size
	}
	return entries, size
}

// Clean removes all entries, those of other layouts as well.
func (c *Cache) Clean() error { return os.RemoveAll(c.dir) }

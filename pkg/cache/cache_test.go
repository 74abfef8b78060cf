package cache

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func key(parts ...string) Key {
	k := NewKey("test")
	k.Add(parts...)
	return k.Key()
}

func TestKeysTellPartsApart(t *testing.T) {
	if key("ab", "c") == key("a", "bc") || key("a") == key("a", "") || NewKey("x").Key() == NewKey("y").Key() {
		t.Error("different parts have one key")
	}
}

func TestHitAndMiss(t *testing.T) {
	c := &Cache{filepath.Join(t.TempDir(), "pickletrace")}
	if _, ok := c.Get(key("a")); ok {
		t.Error("an empty cache holds something")
	}
	c.Put(key("a"), []byte("data"))
	if got, ok := c.Get(key("a")); !ok || string(got) != "data" {
		t.Errorf("got %q, %v", got, ok)
	}
	if _, ok := c.Get(key("b")); ok {
		t.Error("there is an entry of another key")
	}
	info, err := os.Stat(c.path(key("a")))
	if err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("others can read the entry: %v %v", info.Mode(), err)
	}
	if info, _ := os.Stat(c.Dir()); info.Mode().Perm()&0o077 != 0 {
		t.Errorf("others can enter the folder: %v", info.Mode())
	}
	if n, size := c.Size(); n != 1 || size != headLen+4 {
		t.Errorf("%d entries of %d bytes", n, size)
	}
	if err := c.Clean(); err != nil {
		t.Error(err)
	}
	if n, _ := c.Size(); n != 0 {
		t.Error("something is left")
	}
}

// TestBrokenEntries changes, cuts and exchanges entries: none is read.
func TestBrokenEntries(t *testing.T) {
	c := &Cache{t.TempDir()}
	c.Put(key("a"), []byte("some data"))
	c.Put(key("b"), []byte("some data"))
	whole, err := os.ReadFile(c.path(key("a")))
	if err != nil {
		t.Fatal(err)
	}
	write := func(data []byte) {
		if err := os.WriteFile(c.path(key("a")), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for i := range whole {
		write(whole[:i])
		if _, ok := c.Get(key("a")); ok {
			t.Errorf("an entry cut at %d is read", i)
		}
		odd := bytes.Clone(whole)
		odd[i] ^= 1
		write(odd)
		if _, ok := c.Get(key("a")); ok {
			t.Errorf("an entry with byte %d changed is read", i)
		}
	}
	other, err := os.ReadFile(c.path(key("b")))
	if err != nil {
		t.Fatal(err)
	}
	write(other)
	if _, ok := c.Get(key("a")); ok {
		t.Error("the entry of another key is read")
	}
	c.Put(key("a"), []byte("some data"))
	if _, ok := c.Get(key("a")); !ok {
		t.Error("a broken entry is not replaced")
	}
}

func TestNoFolder(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []*Cache{nil, {file}} {
		c.Put(key("a"), []byte("data"))
		if _, ok := c.Get(key("a")); ok {
			t.Error("there is no folder, and an entry in it")
		}
	}
}

func TestShrink(t *testing.T) {
	c := &Cache{t.TempDir()}
	now := time.Now()
	for i, name := range []string{"old", "new", "used"} {
		c.Put(key(name), []byte("data"))
		if err := os.Chtimes(c.path(key(name)), now, now.Add(time.Duration(i-10)*time.Minute)); err != nil {
			t.Fatal(err)
		}
	}
	left := filepath.Join(filepath.Dir(c.path(key("old"))), unfinished+"1")
	if err := os.WriteFile(left, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(left, now, now.Add(-2*staleAfter)); err != nil {
		t.Fatal(err)
	}
	c.shrink(2 * (headLen + 4))
	for name, want := range map[string]bool{"old": false, "new": true, "used": true} {
		if _, ok := c.Get(key(name)); ok != want {
			t.Errorf("%s: kept %v", name, ok)
		}
	}
	if _, err := os.Stat(left); err == nil {
		t.Error("what was never finished is left")
	}
}

package main

import (
	"os"
	"sync"
)

// Folders that are to be removed when the program ends, also when it is interrupted.
var leftovers = struct {
	sync.Mutex
	dirs map[string]bool
}{dirs: map[string]bool{}}

// removeLater remembers a folder; the function it gives removes it now.
func removeLater(dir string) (remove func()) {
	leftovers.Lock()
	leftovers.dirs[dir] = true
	leftovers.Unlock()
	return func() {
		leftovers.Lock()
		defer leftovers.Unlock()
		_ = os.RemoveAll(dir)
		delete(leftovers.dirs, dir)
	}
}

// removeAll removes what is left. It keeps others from adding more.
func removeAll() {
	leftovers.Lock()
	for dir := range leftovers.dirs {
		_ = os.RemoveAll(dir)
	}
}

package rule

import (
	"io/fs"
	"testing/fstest"
)

// A mapFS is a folder of files by their names.
type mapFS map[string][]byte

func (m mapFS) Open(name string) (fs.File, error) {
	all := fstest.MapFS{}
	for n, data := range m {
		all[n] = &fstest.MapFile{Data: data}
	}
	return all.Open(name)
}

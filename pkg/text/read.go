package text

import (
	"crypto/sha256"
	"fmt"
	"strings"
)

// maxFile is the largest file that is read, in bytes: offsets are int32, and decoding can make three bytes of one.
const maxFile = 512 << 20

// NewFile makes a File of the bytes on disk. The path is what Problems and findings will show; its suffix .ipynb
// makes the file a notebook. The File is never nil; what could not be read is missing from its Text, and a Problem
// tells. The File keeps raw.
func NewFile(path string, raw []byte) (*File, []Problem) {
	f := &File{Path: path, SHA256: sha256.Sum256(raw)}
	if len(raw) > maxFile {
		return f, []Problem{{Path: path, Severity: Failed, Kind: "too-large",
			Msg: fmt.Sprintf("not analysed: the file has %d bytes, and more than %d cannot be read", len(raw), maxFile)}}
	}
	var problems []Problem
	if IsNotebook(path) {
		problems = f.readNotebook(raw)
	} else {
		f.Text, f.Encoding, problems = decodeSource(path, raw)
	}
	f.table = &lineTable{}
	return f, problems
}

// IsNotebook reports whether the path is that of a Jupyter notebook.
func IsNotebook(path string) bool { return strings.HasSuffix(strings.ToLower(path), ".ipynb") }

// Package text finds and reads the Python files of a tree and knows positions in them.
//
// It gives files with decoded text and promises that a byte offset in that text can always be turned into the
// line and column a person sees in the file on disk, also for notebooks, whose cells are read as one module.
package text

// A Span is a half-open range of byte offsets in a File's Text.
type Span struct{ Start, End int32 }

// A Severity says how much a Problem takes away from the scan.
type Severity uint8

const (
	// Info is worth telling and takes nothing away: a file skipped by its size limit on purpose, a syntax
	// construct that was recovered from.
	Info Severity = iota
	// Partial means part of a file was not analysed (a syntax error in one function).
	Partial
	// Failed means a whole file, or a path the user named, was not analysed: the scan is incomplete.
	Failed
)

// A Problem is bad input met while reading: collected and shown, never fatal.
type Problem struct {
	Path     string // slash-separated, relative to the scan root; "" when no single file is meant
	Line     int    // 1-based; 0 when the whole file is meant
	Severity Severity
	Count    int    // of the files and folders that are summed up; 0 for a problem of one
	Kind     string // stable kebab-case word: "unreadable", "syntax-error", "too-large", "wide-indentation" …
	Msg      string
}

// A File is one Python file (or notebook) as read. It is immutable.
type File struct {
	Path     string    // slash-separated, relative to the scan root
	Text     []byte    // UTF-8; for a notebook the code cells in order, as one module
	SHA256   [32]byte  // of the bytes on disk
	Encoding string    // what Text was decoded from: "utf-8", "utf-8-sig", "utf-16", "iso-8859-1" …
	Installs []Install // what notebook cells install with pip, in order; nil for other files

	starts []int32   // offset in Text of each line's first byte; nil until NewFile fills it
	book   *notebook // nil unless the file is a notebook
}

// An Install is a pip command of a notebook cell.
type Install struct {
	Line int    // 1-based, of the file on disk
	Args string // what follows "pip install" on that line, as written
}

// A Pos is a place as a person sees it in the file on disk.
type Pos struct {
	Line int // 1-based
	Col  int // 1-based, in UTF-16 code units
}

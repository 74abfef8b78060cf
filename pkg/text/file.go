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
	Installs []Install // the commands of notebook cells that install packages, in order; nil for other files

	// As is the path that the text has for the program, if that is not where it is written: a cell of a notebook that is
	// written to a file. "" for all other files.
	As      string
	Written []*File  // the Python files that cells of the notebook are written to, as parts of the notebook
	Runs    []string // the paths of files that the notebook runs as its own code, in order

	rewritten []rewritten // what of the text is not what is on disk

	table *lineTable // nil until NewFile makes one
	book  *notebook  // nil unless the file is a notebook
}

// ModulePath gives the path that says which module the file is.
func (f *File) ModulePath() string {
	if f.As != "" {
		return f.As
	}
	return f.Path
}

// An Install is a command line of a notebook cell that installs packages.
type Install struct {
	Line    int    // 1-based, of the file on disk
	Command string // of a shell, as written, without the mark before it
	// Requirement is a line of a requirements file that the notebook writes, in place of a command.
	Requirement string
}

// A Pos is a place as a person sees it in the file on disk.
type Pos struct {
	Line int // 1-based
	Col  int // 1-based, in UTF-16 code units
}

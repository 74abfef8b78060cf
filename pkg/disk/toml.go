package disk

import (
	"bytes"
	"errors"
)

// Limits of TOML, whose readers look at all keys of a table, and all tables of a table, for each that is added, and go
// deeper for each bracket. The largest lock files have less than a tenth of any.
const (
	maxTables  = 4000 // headers of tables that are no items of a list
	maxKeys    = 8000 // lines without a header between them
	maxOnLine  = 2000 // equals signs on a line
	maxNesting = 500  // brackets that are opened one after the other, with nothing closed between them
)

// ErrTOML is told of TOML that would cost more time or memory than a file of its size should.
var ErrTOML = errors.New("too many tables, keys or brackets in each other; it is not read")

// CheckTOML looks at a TOML file before it is read. It counts in the text alone, so what it counts may stand in a string.
func CheckTOML(data []byte) error {
	tables, keys, open := 0, 0, 0
	for line := range bytes.Lines(data) {
		line = bytes.TrimSpace(line)
		keys++
		switch {
		case bytes.HasPrefix(line, []byte("[[")):
			keys = 0
		case bytes.HasPrefix(line, []byte("[")):
			tables++
			keys = 0
		}
		if tables > maxTables || keys > maxKeys || bytes.Count(line, []byte("=")) > maxOnLine {
			return ErrTOML
		}
		for _, c := range line {
			switch c {
			case '[', '{':
				open++
			case ']', '}':
				open = 0
			}
			if open > maxNesting {
				return ErrTOML
			}
		}
	}
	return nil
}

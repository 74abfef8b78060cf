package text

import (
	"encoding/json"
	"errors"
	"sort"
	"strings"
)

// A notebook maps the joined code cells to the .ipynb file.
//
// The cells' source is in JSON strings, mostly one for each line. Text is put together from runs: stretches of such a
// string without escape sequences, and the escape sequences themselves. Each run knows where in the JSON it is, so an
// offset in Text leads to the line and column of the character in the .ipynb file.
type notebook struct {
	disk   []byte  // the JSON as decoded
	starts []int32 // offset in disk of each line's first byte
	runs   []cellRun
	cells  []cell
}

// A cellRun is a part of Text, up to the next one, that is found at one place of the JSON.
type cellRun struct {
	text, disk int32 // offsets
	escape     bool  // an escape sequence, all of whose text is at disk
}

// A cell is a code cell.
type cell struct {
	number     int   // 1-based, counting cells of every type
	start, end int32 // offsets in Text, without the line end that is added
}

// position gives the place of an offset of Text.
func (b *notebook) position(off int32) Pos {
	disk := b.diskAt(off)
	line := lineAt(b.starts, disk)
	return Pos{Line: line + 1, Col: 1 + utf16Len(b.disk[b.starts[line]:disk])}
}

// diskAt gives the offset in the JSON of an offset of Text.
func (b *notebook) diskAt(off int32) int32 {
	i := b.runAt(off)
	if i < 0 {
		return 0
	}
	r := b.runs[i]
	if r.escape {
		return r.disk
	}
	return r.disk + off - r.text
}

// IsNotebook reports whether the file is a notebook that could be read.
func (f *File) IsNotebook() bool { return f.book != nil }

// Cell gives the cell that holds the offset and the line in it, both 1-based; cells of every type are counted, as
// they are numbered on the screen from top to bottom. For files that are no notebooks it gives 0, 0.
func (f *File) Cell(off int32) (cell, line int) {
	if f.book == nil || len(f.book.cells) == 0 {
		return 0, 0
	}
	cells := f.book.cells
	c := cells[max(0, sort.Search(len(cells), func(i int) bool { return cells[i].start > off })-1)]
	starts := f.lines()
	return c.number, 1 + lineAt(starts, max(off, c.start)) - lineAt(starts, c.start)
}

// readNotebook fills Text with the code cells of the JSON.
func (f *File) readNotebook(raw []byte) []Problem {
	disk, name, marked := stripMark(raw)
	if !marked {
		disk = raw
	}
	f.Encoding = name
	disk, problems := repair(f.Path, disk)
	starts := lineStarts(disk)
	var any json.RawMessage
	if err := json.Unmarshal(disk, &any); err != nil {
		at := int64(len(disk))
		if se := (*json.SyntaxError)(nil); errors.As(err, &se) {
			at = min(at, max(0, se.Offset-1))
		}
		return append(problems, Problem{Path: f.Path, Line: 1 + lineAt(starts, int32(at)), Severity: Failed,
			Kind: "broken-notebook", Msg: "not analysed: the notebook is not valid JSON: " + err.Error()})
	}
	r := bookReader{file: f, scan: jsonScan{src: disk}, book: &notebook{disk: disk, starts: starts}}
	r.read()
	f.book = r.book
	if r.language != "" && !strings.Contains(strings.ToLower(r.language), "python") {
		f.Text, r.book.cells, r.book.runs = nil, nil, nil
		return append(problems, Problem{Path: f.Path, Kind: "other-language", Msg: "not analysed: a notebook in " + r.language})
	}
	if !r.isBook {
		return append(problems, Problem{Path: f.Path, Severity: Failed, Kind: "broken-notebook",
			Msg: "not analysed: there are no notebook cells in this file"})
	}
	return append(problems, f.blankMagics()...)
}

// A bookReader collects the code cells. It reads nbformat 4 and 3.
type bookReader struct {
	file     *File
	scan     jsonScan
	book     *notebook
	isBook   bool // there is a list of cells
	language string
	number   int // of cells met
}

func (r *bookReader) read() {
	r.scan.object(func(key string) {
		switch key {
		case "cells":
			r.cells()
		case "worksheets":
			r.scan.array(func() {
				r.scan.object(func(key string) {
					if key == "cells" {
						r.cells()
					} else {
						r.scan.skip()
					}
				})
			})
		case "metadata":
			r.metadata()
		default:
			r.scan.skip()
		}
	})
}

// metadata takes the language from language_info.name, else from kernelspec.language.
func (r *bookReader) metadata() {
	var spec, info, kernel string
	r.scan.object(func(key string) {
		r.scan.object(func(inner string) {
			switch key + "." + inner {
			case "kernelspec.language":
				spec, _ = r.scan.str(nil)
			case "kernelspec.name":
				kernel, _ = r.scan.str(nil)
			case "language_info.name":
				info, _ = r.scan.str(nil)
			default:
				r.scan.skip()
			}
		})
	})
	// Any of the three may be what a notebook is run by: only where all that is said is another language it is one.
	r.language = ""
	for _, said := range []string{info, spec, kernel} {
		if said == "" {
			continue
		}
		if python := strings.Contains(strings.ToLower(said), "py"); python || r.language == "" && said != kernel {
			r.language = said
			if python {
				r.language = "python"
				break
			}
		}
	}
}

func (r *bookReader) cells() {
	r.isBook = r.isBook || r.scan.peek() == '['
	r.scan.array(func() {
		r.number++
		code := false
		source := -1
		r.scan.object(func(key string) {
			switch key {
			case "cell_type":
				kind, _ := r.scan.str(nil)
				code = kind == "code"
				return
			case "source", "input":
				r.scan.peek()
				source = r.scan.pos
			}
			r.scan.skip()
		})
		if code && source >= 0 {
			after := r.scan.pos
			r.scan.pos = source
			r.source()
			r.scan.pos = after
		}
	})
}

// source appends the code of a cell: one string, or a list of strings that have their line ends.
func (r *bookReader) source() {
	f := r.file
	c := cell{number: r.number, start: int32(len(f.Text))}
	end := r.scan.pos
	take := func() {
		if _, ok := r.scan.str(r.run); ok {
			end = r.scan.pos - 1
		}
	}
	if r.scan.peek() == '[' {
		r.scan.array(take)
	} else {
		take()
	}
	c.end = int32(len(f.Text))
	r.book.cells = append(r.book.cells, c)
	if n := len(f.Text); n > 0 && f.Text[n-1] != '\n' {
		// The line end is where the last string ends.
		r.book.runs = append(r.book.runs, cellRun{int32(n), int32(end), true})
		f.Text = append(f.Text, '\n')
	}
}

// run appends a part of a string that is at the offset of the JSON. A lone CR ends a line and becomes LF.
func (r *bookReader) run(part []byte, disk int) {
	f := r.file
	escape := r.scan.src[disk] == '\\'
	r.book.runs = append(r.book.runs, cellRun{int32(len(f.Text)), int32(disk), escape})
	if len(part) == 1 && part[0] == '\r' {
		part = []byte{'\n'}
	}
	if n := len(f.Text); len(part) == 1 && part[0] == '\n' && n > 0 && f.Text[n-1] == '\n' && r.wasReturn(disk) {
		return
	}
	f.Text = append(f.Text, part...)
}

// wasReturn reports whether the escape sequence before the one at disk is \r: CRLF is one line end.
func (r *bookReader) wasReturn(disk int) bool {
	return disk >= 2 && string(r.scan.src[disk-2:disk+2]) == `\r\n`
}

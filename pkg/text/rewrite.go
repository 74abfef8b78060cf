package text

import (
	"path"
	"slices"
	"sort"
	"strconv"
	"strings"
)

// A rewriting is a part of a notebook's text that becomes other text, of as many lines.
type rewriting struct {
	start, end int32 // in Text before it
	code       string
	written    string // what the notebook has there
}

// A rewritten is a part of Text that is not what the notebook has.
type rewritten struct {
	start, end int32
	written    string
}

// rewrite puts other code in the place of parts of the text, which do not overlap and are in order. Every line of such
// code is found where the line of the notebook begins that it stands for.
func (f *File) rewrite(edits []rewriting) {
	if len(edits) == 0 {
		return
	}
	b := f.book
	out := make([]byte, 0, len(f.Text)+64*len(edits))
	var runs []cellRun
	next, at := 0, int32(0)  // in b.runs and Text
	keep := func(to int32) { // copies the text up to the offset, with its runs
		shift := int32(len(out)) - at
		if i := b.runAt(at); i >= 0 && at < to && b.runs[i].text < at { // the rest of a run
			r := b.runs[i]
			if !r.escape {
				r.disk += at - r.text
			}
			runs = append(runs, cellRun{at + shift, r.disk, r.escape})
		}
		for next = sort.Search(len(b.runs), func(i int) bool { return b.runs[i].text >= at }); next < len(b.runs) && b.runs[next].text < to; next++ {
			r := b.runs[next]
			runs = append(runs, cellRun{r.text + shift, r.disk, r.escape})
		}
		out = append(out, f.Text[at:to]...)
		at = to
	}
	cells := slices.Clone(b.cells)
	i := 0
	for k := range cells {
		shift := int32(0)
		for ; i < len(edits) && edits[i].start < b.cells[k].end; i++ {
			e := edits[i]
			keep(e.start)
			start := int32(len(out))
			runs = append(runs, f.codeRuns(&e, start)...)
			out = append(out, e.code...)
			f.rewritten = append(f.rewritten, rewritten{start, int32(len(out)), e.written})
			shift += int32(len(e.code)) - (e.end - e.start)
			at = e.end
		}
		cells[k].end += shift
		for rest := k + 1; rest < len(cells); rest++ {
			cells[rest].start += shift
			cells[rest].end += shift
		}
	}
	keep(int32(len(f.Text)))
	f.Text = out
	f.table = &lineTable{}
	b.runs, b.cells = runs, cells
}

// codeRuns gives the runs of the code that is put at the offset of the new text: one for each line.
func (f *File) codeRuns(e *rewriting, start int32) []cellRun {
	var runs []cellRun
	from := e.start
	for line := range strings.Lines(e.code) {
		runs = append(runs, cellRun{start, f.book.diskAt(from), true})
		start += int32(len(line))
		for from < e.end && f.Text[from] != '\n' {
			from++
		}
		if from < e.end-1 {
			from++
		}
	}
	return runs
}

// runAt gives the index of the run that holds the offset, -1 if none does.
func (b *notebook) runAt(off int32) int {
	return sort.Search(len(b.runs), func(i int) bool { return b.runs[i].text > off }) - 1
}

// Shown gives what the notebook has on the line where other code was put into the text, see rewrite. For all other offsets
// ok is false: there the text is what is on disk.
func (f *File) Shown(off int32) (line string, ok bool) {
	i := sort.Search(len(f.rewritten), func(i int) bool { return f.rewritten[i].end > off })
	if i == len(f.rewritten) || f.rewritten[i].start > off {
		return "", false
	}
	r := f.rewritten[i]
	lines := strings.Split(r.written, "\n")
	n := strings.Count(string(f.Text[r.start:off]), "\n")
	return strings.TrimSpace(lines[min(n, len(lines)-1)]), true
}

// addWritten notes a cell whose text from start to end is written to a Python file. It is kept before it is blanked.
func (f *File) addWritten(args string, start, end int32) {
	words := strings.Fields(args)
	adds := slices.Contains(words, "-a") || slices.Contains(words, "--append")
	words = slices.DeleteFunc(words, func(w string) bool { return strings.HasPrefix(w, "-") })
	if len(words) != 1 {
		return
	}
	name := strings.Trim(words[0], `"'`)
	if !strings.HasSuffix(name, ".py") || strings.ContainsAny(name, "{}$") {
		return
	}
	part := f.part(start, end)
	part.Path, part.As = f.Path, path.Join(path.Dir(f.Path), name)
	if adds {
		for _, w := range f.Written {
			if w.As == part.As {
				w.join(part)
				return
			}
		}
	}
	f.Written = append(f.Written, part)
}

// part gives a part of the notebook's text as a file of its own, whose places are those of the notebook.
func (f *File) part(start, end int32) *File {
	out := &File{SHA256: f.SHA256, Encoding: f.Encoding, Text: slices.Clone(f.Text[start:end])}
	b := &notebook{disk: f.book.disk, starts: f.book.starts}
	if i := f.book.runAt(start); i >= 0 {
		r := f.book.runs[i]
		if !r.escape {
			r.disk += start - r.text
		}
		b.runs = append(b.runs, cellRun{0, r.disk, r.escape})
	}
	for _, r := range f.book.runs {
		if r.text > start && r.text < end {
			b.runs = append(b.runs, cellRun{r.text - start, r.disk, r.escape})
		}
	}
	for _, c := range f.book.cells {
		if c.start <= start && end <= c.end {
			b.cells = []cell{{number: c.number, start: 0, end: end - start}}
		}
	}
	if n := len(out.Text); n > 0 && out.Text[n-1] != '\n' {
		out.Text = append(out.Text, '\n')
	}
	out.book, out.table = b, &lineTable{}
	return out
}

// join adds the text of another part of the same notebook.
func (f *File) join(o *File) {
	n := int32(len(f.Text))
	f.Text = append(f.Text, o.Text...)
	for _, r := range o.book.runs {
		f.book.runs = append(f.book.runs, cellRun{r.text + n, r.disk, r.escape})
	}
	for _, c := range o.book.cells {
		f.book.cells = append(f.book.cells, cell{c.number, c.start + n, c.end + n})
	}
	f.table = &lineTable{}
}

// runName begins the module names by which the files are imported that %run names.
const runName = "_run_"

// addRun notes a file that "%run" runs in the notebook, and gives the name under which the text imports it from; "" if it is
// no file of Python.
func (f *File) addRun(args string) string {
	words := strings.Fields(args)
	for len(words) > 0 && strings.HasPrefix(words[0], "-") {
		words = words[1:]
	}
	if len(words) == 0 {
		return ""
	}
	name := strings.TrimSpace(args[strings.Index(args, words[0]):])
	if i := strings.Index(name, ".ipynb"); i >= 0 { // names of notebooks have blanks
		name = name[:i+len(".ipynb")]
	} else {
		name = words[0]
	}
	name = strings.Trim(name, `"'`)
	if ext := path.Ext(name); ext != ".py" && ext != ".ipynb" || strings.ContainsAny(name, "{}$") {
		return ""
	}
	f.Runs = append(f.Runs, path.Join(path.Dir(f.Path), name))
	return runName + strconv.Itoa(len(f.Runs)-1)
}

// Run gives the path of the file that the text imports under a module name, see Runs; "" if it is another name.
func (f *File) Run(module string) string {
	number, ok := strings.CutPrefix(module, runName)
	if !ok {
		return ""
	}
	i, err := strconv.Atoi(number)
	if err != nil || i < 0 || i >= len(f.Runs) {
		return ""
	}
	return f.Runs[i]
}

// OnDisk gives the bytes on disk that a span of the text is: the same for a plain file, a part of the JSON for a notebook. ok
// is false if it is not one piece there, or not what the notebook has.
func (f *File) OnDisk(span Span) (start, end int32, ok bool) {
	if f.book == nil {
		return span.Start, span.End, true
	}
	if _, rewritten := f.Shown(max(span.Start-1, 0)); rewritten {
		return 0, 0, false
	}
	before := span.Start - 1 // an insertion is behind the character before it
	if before < 0 || !f.stands(before) || span.End > span.Start && !f.stands(span.End-1) {
		return 0, 0, false
	}
	start = f.book.diskEnd(before)
	end = start
	if span.End > span.Start {
		start, end = f.book.diskAt(span.Start), f.book.diskEnd(span.End-1)
	}
	for off := span.Start; off < span.End; off++ {
		if f.Text[off] == '\n' {
			return 0, 0, false
		}
	}
	return start, end, end >= start
}

// stands says whether the character is in the JSON, as itself or as an escape sequence.
func (f *File) stands(off int32) bool {
	i := f.book.runAt(off)
	return i >= 0 && (!f.book.runs[i].escape || f.book.disk[f.book.runs[i].disk] == '\\')
}

// diskEnd gives the offset in the JSON behind the character at an offset of Text.
func (b *notebook) diskEnd(off int32) int32 {
	at := b.diskAt(off)
	if i := b.runAt(off); i < 0 || !b.runs[i].escape {
		return at + 1
	}
	switch rest := string(b.disk[at:min(int(at)+12, len(b.disk))]); {
	case !strings.HasPrefix(rest, `\u`):
		return at + 2
	case len(rest) == 12 && rest[6:8] == `\u` && strings.ContainsAny(rest[2:3], "dD") && strings.ContainsAny(rest[3:4], "89aAbB"):
		return at + 12 // two halves of one character
	default:
		return at + 6
	}
}

// Disk gives the bytes on disk as far as they are known: of a notebook, the JSON.
func (f *File) Disk() []byte {
	if f.book != nil {
		return f.book.disk
	}
	return f.Text
}

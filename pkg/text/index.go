package text

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"sync"
)

// An Index tells which texts hold a word, define a name, or derive a class, without parsing any of them.
//
// It looks at words alone, in code and in strings that have no blanks (they may name something) or an address (they may be
// command lines), and passes over comments, prose and docstrings. What it names is a superset of what a parser would find,
// and what it does not name is certainly not there. Files are numbered as they were given. It is read-only and may be used
// by several goroutines.
type Index struct{ shards []*shard }

// NewIndex reads the files once, on several workers; the result does not depend on how many.
func NewIndex(files []*File, workers int) *Index {
	x := &Index{}
	total := 0
	for _, f := range files {
		total += len(f.Text)
	}
	var wg sync.WaitGroup
	for start := 0; start < len(files); {
		end, size := start, 0
		for end < len(files) && (end == start || size < total/max(workers, 1)+1) {
			size += len(files[end].Text)
			end++
		}
		s := newShard(start)
		x.shards = append(x.shards, s)
		part := files[start:end]
		wg.Go(func() {
			for _, f := range part {
				s.add(f.Text)
			}
			s.seal()
		})
		start = end
	}
	wg.Wait()
	return x
}

// Mentioning gives the files that hold the word, in order.
func (x *Index) Mentioning(word string) []int {
	return x.collect(word, func(s *shard) *postings { return &s.all })
}

// Defining gives the files in which the name follows `def` or `class`, in order.
func (x *Index) Defining(name string) []int {
	return x.collect(name, func(s *shard) *postings { return &s.defs })
}

// A Pair is a name of a file that stands in relation to another name.
type Pair struct {
	Name string
	File int
}

// Heirs gives the classes between whose parentheses the word stands, in order.
func (x *Index) Heirs(base string) []Pair {
	return x.pairs(base, func(s *shard) *relation { return &s.heirs })
}

// Renamings gives the names that follow the word and `as`, in order.
func (x *Index) Renamings(word string) []Pair {
	return x.pairs(word, func(s *shard) *relation { return &s.renamed })
}

func (x *Index) pairs(word string, of func(*shard) *relation) []Pair {
	var out []Pair
	for _, s := range x.shards {
		for _, r := range of(s).of(s.lookup(word)) {
			e := &s.entries[r.to]
			out = append(out, Pair{string(s.text[e.start:e.end]), int(r.file)})
		}
	}
	return out
}

// Storing gives the files in which something is assigned to an attribute of that name, in order.
func (x *Index) Storing(name string) []int {
	return x.collect(name, func(s *shard) *postings { return &s.stored })
}

// Binds says whether file number i may bind the name: by a definition, an import or an assignment.
func (x *Index) Binds(i int, name string) bool {
	return x.has(i, name, func(s *shard) *postings { return &s.defs }) || x.has(i, name, func(s *shard) *postings { return &s.bound })
}

// Importing says whether file number i holds the word in an import statement or in a string, by which it may be imported.
func (x *Index) Importing(i int, word string) bool {
	return x.has(i, word, func(s *shard) *postings { return &s.imported })
}

// Passive says whether file number i holds the name, but only where it imports it or derives from a class of that name.
func (x *Index) Passive(i int, name string) bool {
	return x.has(i, name, func(s *shard) *postings { return &s.passive })
}

// Starring says whether file number i holds `import *`.
func (x *Index) Starring(i int) bool { return x.Mentions(i, star) }

// star is the entry of files that import everything from somewhere. It is no word, so no word is mistaken for it.
const star = "*"

// Mentions says whether file number i holds the word.
func (x *Index) Mentions(i int, word string) bool {
	return x.has(i, word, func(s *shard) *postings { return &s.all })
}

func (x *Index) has(i int, word string, of func(*shard) *postings) bool {
	for _, s := range x.shards {
		if i >= s.first && i < s.first+s.count {
			_, found := slices.BinarySearch(of(s).of(s.lookup(word)), int32(i))
			return found
		}
	}
	return false
}

// Definitions counts the words that follow `def`, in all files: about as many as there are functions.
func (x *Index) Definitions() int {
	n := 0
	for _, s := range x.shards {
		n += s.functions
	}
	return n
}

func (x *Index) collect(word string, of func(*shard) *postings) []int {
	var out []int
	for _, s := range x.shards {
		for _, i := range of(s).of(s.lookup(word)) {
			out = append(out, int(i))
		}
	}
	return out
}

// A shard is the index of some files that follow each other.
type shard struct {
	first, count int
	functions    int
	slots        []int32 // open hash table: entry plus one, 0 if free
	entries      []entry
	text         []byte // of all entries, one after another

	all, defs, bound, stored, imported, passive postings
	heirs, renamed                              relation
}

// An entry is one word.
type entry struct {
	hash       uint32
	start, end uint32
	seen       int32 // the last file that holds it, plus one
	used       int32 // the last file that does more with it than importing it or deriving from it, plus one
}

// postings say which files belong to each entry.
type postings struct {
	pairs []posting // as met, files in order; nil once sealed
	start []int32   // by entry: where its files begin in files
	files []int32
}

type posting struct{ entry, file int32 }

func (p *postings) add(entry, file int32) { p.pairs = append(p.pairs, posting{entry, file}) }

// seal sorts the pairs by entry, each once; files stay in order.
func (p *postings) seal(entries int) {
	last := make([]int32, entries) // file of the last pair of an entry, plus one
	p.start = make([]int32, entries+1)
	kept := p.pairs[:0]
	for _, x := range p.pairs {
		if last[x.entry] != x.file+1 {
			last[x.entry] = x.file + 1
			p.start[x.entry+1]++
			kept = append(kept, x)
		}
	}
	for i := range entries {
		p.start[i+1] += p.start[i]
	}
	next := slices.Clone(p.start)
	p.files = make([]int32, len(kept))
	for _, x := range kept {
		p.files[next[x.entry]] = x.file
		next[x.entry]++
	}
	p.pairs = nil
}

// of gives the files of an entry; none for -1.
func (p *postings) of(entry int32) []int32 {
	if entry < 0 {
		return nil
	}
	return p.files[p.start[entry]:p.start[entry+1]]
}

// A relation holds pairs of words that belong together in a file.
type relation struct{ links []link }

type link struct{ from, to, file int32 }

func (r *relation) add(from, to, file int32) { r.links = append(r.links, link{from, to, file}) }

// seal sorts the links by their first word; those of one word stay in order.
func (r *relation) seal() {
	slices.SortStableFunc(r.links, func(a, b link) int { return cmp.Compare(a.from, b.from) })
}

// of gives the links of a word; none for -1.
func (r *relation) of(from int32) []link {
	start, _ := slices.BinarySearchFunc(r.links, from, func(l link, e int32) int { return cmp.Compare(l.from, e) })
	end := start
	for end < len(r.links) && r.links[end].from == from {
		end++
	}
	return r.links[start:end]
}

func newShard(first int) *shard { return &shard{first: first, slots: make([]int32, 1<<12)} }

func (s *shard) seal() {
	for _, p := range []*postings{&s.all, &s.defs, &s.bound, &s.stored, &s.imported, &s.passive} {
		p.seal(len(s.entries))
	}
	s.heirs.seal()
	s.renamed.seal()
}

// add reads one text.
func (s *shard) add(src []byte) {
	r := &reader{shard: s, file: int32(s.first + s.count), src: src, prev: -1}
	s.count++
	r.words(0, len(src), true)
	for _, e := range r.passive {
		if s.entries[e].used != r.file+1 {
			s.passive.add(e, r.file)
		}
	}
}

// A reader keeps what the words before mean for the next.
type reader struct {
	*shard
	file      int32
	src       []byte
	prev      int32 // the word before, if only blanks lie between; else -1
	prevEnd   int
	before    string // keyword that the next word follows: "def", "class", "as"
	object    int32  // the word before `as`
	class     int32  // of the class statement at hand
	basesTill int    // end of its parentheses
	namesTill int    // end of the names of an import statement
	fromTill  int    // end of the line of `from`, which may begin one
	quoted    bool   // the words are those of a string
	passive   []int32
}

// words reads the words from i to end. In code, comments are passed over and strings are read as such.
func (r *reader) words(i, end int, code bool) {
	for i < end {
		switch c := r.src[i]; {
		case wordByte[c]:
			i = r.word(i, end)
		case code && (c == '"' || c == '\''):
			i = r.literal(i)
		case code && c == '#':
			for i < end && !isBreak(r.src[i]) {
				i++
			}
		default:
			i++
		}
	}
}

// literal reads the string literal whose opening quote is at i, and gives where it ends. One that is not terminated is
// read like code.
func (r *reader) literal(i int) int {
	s := stringScan{src: r.src, pos: i}
	format := isFormat(s.prefix())
	if !s.literal(format, 0) {
		return i + 1
	}
	if text := r.src[i:s.pos]; format || !bytes.ContainsAny(text, " \n") || commandLine(text) {
		r.quoted = true
		r.words(i, s.pos, false)
		r.quoted = false
	}
	return s.pos
}

// commandLine says whether a literal may be a command line that names files: one with an address. Docstrings are none.
func commandLine(literal []byte) bool {
	return bytes.Contains(literal, []byte("://")) && !bytes.Contains(literal, []byte(`"""`)) && !bytes.Contains(literal, []byte("'''"))
}

// maxWord is the longest word that is kept, in bytes.
const maxWord = 255

// word reads the word at i, which lies before end, and gives where it ends.
func (r *reader) word(i, end int) int {
	start, hash, wide := i, hashSeed, false
	for i < end && wordByte[r.src[i]] {
		c := r.src[i]
		wide = wide || c >= 0x80
		hash = (hash ^ uint32(c)) * 16777619
		i++
	}
	w := r.src[start:i]
	switch {
	case wide:
		wideWords(w, func(part []byte) bool {
			r.note(r.intern(part, wordHash(part)), start, i)
			return true
		})
	case len(w) > maxWord || w[0] <= '9':
		r.prev, r.before = -1, ""
	default:
		r.keyword(w, r.intern(w, hash^hash>>15), start, i)
	}
	return i
}

// keyword reads a word that may be one of those that give the next a meaning.
func (r *reader) keyword(w []byte, e int32, start, end int) {
	prev := r.prev
	if prev >= 0 && !blank(r.src[r.prevEnd:start]) {
		prev = -1
	}
	r.note(e, start, end)
	switch string(w) {
	case "def", "class":
		r.before = string(w)
	case "from":
		r.fromTill = lineEnd(r.src, end)
	case "import":
		r.namesTill = importEnd(r.src, end)
		if rest := bytes.TrimLeft(r.src[end:], " \t("); len(rest) > 0 && rest[0] == '*' {
			r.note(r.intern([]byte(star), wordHash([]byte(star))), end, end)
		}
	case "as":
		if prev >= 0 {
			r.before, r.object = "as", prev
		}
	}
}

// note records one word.
func (r *reader) note(e int32, start, end int) {
	if r.entries[e].seen != r.file+1 {
		r.entries[e].seen = r.file + 1
		r.all.add(e, r.file)
	}
	imported, base := start < r.namesTill, start < r.basesTill
	if r.before != "" {
		if blank(r.src[r.prevEnd:start]) {
			r.follow(e, end)
		}
		r.before = ""
	}
	if imported || start < r.fromTill || r.quoted {
		r.imported.add(e, r.file)
	}
	if imported || base {
		r.passive = append(r.passive, e)
	} else {
		r.entries[e].used = r.file + 1
	}
	if base {
		r.heirs.add(e, r.class, r.file)
	}
	r.bind(e, start, end, imported)
	r.prev, r.prevEnd = e, end
}

// bind records a word that is bound, as a name or as an attribute.
func (r *reader) bind(e int32, start, end int, imported bool) {
	switch {
	case imported && !bytes.HasPrefix(bytes.TrimLeft(r.src[end:], " \t\\\r\n"), []byte("as ")):
		r.bound.add(e, r.file)
	case !assigned(r.src[end:]):
	case start > 0 && r.src[start-1] == '.':
		r.stored.add(e, r.file)
	default:
		r.bound.add(e, r.file)
	}
}

// follow records a word behind a keyword.
func (r *reader) follow(e int32, end int) {
	switch r.before {
	case "as":
		r.renamed.add(r.object, e, r.file)
	case "def":
		r.functions++
		r.defs.add(e, r.file)
	case "class":
		r.defs.add(e, r.file)
		r.class, r.basesTill = e, closing(r.src, end)
	}
}

// assigned says whether a text begins with an assignment: with =, += and its like, or the colon of an annotation.
func assigned(rest []byte) bool {
	i := 0
	for i < len(rest) && (rest[i] == ' ' || rest[i] == '\t') {
		i++
	}
	if i < len(rest) && strings.IndexByte("+-*/%&|^@", rest[i]) >= 0 {
		return i+1 < len(rest) && rest[i+1] == '='
	}
	return i < len(rest) && (rest[i] == ':' || rest[i] == '=' && (i+1 == len(rest) || rest[i+1] != '='))
}

// lineEnd returns where the line of byte i ends: at its line break, or at the end of the text.
func lineEnd(src []byte, i int) int {
	if n := bytes.IndexAny(src[i:], "\r\n"); n >= 0 {
		return i + n
	}
	return len(src)
}

// importEnd gives where the names of an import statement end that begin at i: at the end of the statement or of the
// parentheses.
func importEnd(src []byte, i int) int {
	end := bytes.IndexAny(src[i:], "\r\n;(")
	if end >= 0 && src[i+end] == '(' {
		end = bytes.IndexByte(src[i:], ')')
	}
	if end < 0 {
		return len(src)
	}
	return i + end
}

// maxBases is the longest list of base classes that is read, in bytes.
const maxBases = 2000

// closing gives where the parenthesis that opens at i, behind blanks, is closed; i if none opens.
func closing(src []byte, i int) int {
	start, depth := i, 0
	for ; i < len(src) && i < start+maxBases; i++ {
		switch c := src[i]; {
		case c == '(':
			depth++
		case c == ')':
			if depth--; depth <= 0 {
				return i
			}
		case depth == 0 && c != ' ' && c != '\t' && c != '\\' && c != '[' && !wordByte[c] && c != ']' && c != ',':
			return start
		}
	}
	return i
}

func blank(b []byte) bool {
	for _, c := range b {
		if c != ' ' && c != '\t' && c != '\\' && c != '\n' && c != '\r' {
			return false
		}
	}
	return len(b) > 0
}

// intern gives the entry of a word.
func (s *shard) intern(w []byte, hash uint32) int32 {
	mask := uint32(len(s.slots) - 1)
	h := hash & mask
	for ; s.slots[h] != 0; h = (h + 1) & mask {
		if e := &s.entries[s.slots[h]-1]; e.hash == hash && string(s.text[e.start:e.end]) == string(w) {
			return s.slots[h] - 1
		}
	}
	start := uint32(len(s.text))
	s.text = append(s.text, w...)
	s.entries = append(s.entries, entry{hash: hash, start: start, end: uint32(len(s.text))})
	s.slots[h] = int32(len(s.entries))
	if 2*len(s.entries) > len(s.slots) {
		s.grow()
	}
	return int32(len(s.entries)) - 1
}

func (s *shard) grow() {
	s.slots = make([]int32, 4*len(s.slots))
	mask := uint32(len(s.slots) - 1)
	for i := range s.entries {
		h := s.entries[i].hash & mask
		for s.slots[h] != 0 {
			h = (h + 1) & mask
		}
		s.slots[h] = int32(i + 1)
	}
}

// lookup gives the entry of a word, -1 if no text holds it.
func (s *shard) lookup(word string) int32 {
	hash := wordHash([]byte(word))
	mask := uint32(len(s.slots) - 1)
	for h := hash & mask; s.slots[h] != 0; h = (h + 1) & mask {
		if e := &s.entries[s.slots[h]-1]; e.hash == hash && string(s.text[e.start:e.end]) == word {
			return s.slots[h] - 1
		}
	}
	return -1
}

package text

import (
	"hash/maphash"
	"iter"

	"golang.org/x/text/unicode/norm"
)

// Identifier gives the name that an identifier of the source means. Python compares identifiers after NFKC
// normalization, so that letters of another width or shape spell the same name.
func Identifier(word []byte) string {
	for _, c := range word {
		if c >= 0x80 {
			return string(norm.NFKC.Bytes(word))
		}
	}
	return string(word)
}

// Words yields the words of the text in order, wherever they are: in code, strings or comments. A word is what could
// be an identifier, keyword or number: a stretch of ASCII letters, digits and underscores. A stretch that holds other
// letters, too, is yielded after its ASCII parts, normalized as Identifier does. Nothing is allocated for ASCII text.
// The slices are parts of the text and must not be changed.
func Words(text []byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		for i := 0; i < len(text); {
			if !wordByte[text[i]] {
				i++
				continue
			}
			start, wide := i, false
			for i < len(text) && wordByte[text[i]] {
				wide = wide || text[i] >= 0x80
				i++
			}
			if !wide {
				if !yield(text[start:i]) {
					return
				}
			} else if !wideWords(text[start:i], yield) {
				return
			}
		}
	}
}

// wideWords yields the ASCII parts of a word and the whole.
func wideWords(word []byte, yield func([]byte) bool) bool {
	for i := 0; i < len(word); {
		start := i
		for i < len(word) && word[i] < 0x80 {
			i++
		}
		if i > start && !yield(word[start:i]) {
			return false
		}
		for i < len(word) && word[i] >= 0x80 {
			i++
		}
	}
	return yield(norm.NFKC.Bytes(word))
}

// wordByte tells which bytes belong to words.
var wordByte = func() (t [256]bool) {
	for c := range t {
		t[c] = isNameByte(byte(c))
	}
	return t
}()

// A WordSet finds out which of its words occur in a text, in one pass and without allocating. It is read-only and may
// be used by several goroutines.
type WordSet struct {
	words   []string
	lengths [256]uint64 // by first byte: bit n is set if there is a word of n bytes, bit 63 for all longer ones
	slots   []int32     // open hash table: index in words plus one, 0 if free
	mask    uint32
}

// NewWordSet makes a set of the words, which are identifiers. Later indices mean places in words.
func NewWordSet(words []string) *WordSet {
	size := uint32(16)
	for size < 4*uint32(len(words)) {
		size *= 2
	}
	s := &WordSet{words: words, slots: make([]int32, size), mask: size - 1}
	for i, w := range words {
		if w == "" || s.index([]byte(w)) >= 0 {
			continue
		}
		s.lengths[w[0]] |= 1 << min(len(w), 63)
		h := wordHash([]byte(w)) & s.mask
		for s.slots[h] != 0 {
			h = (h + 1) & s.mask
		}
		s.slots[h] = int32(i + 1)
	}
	return s
}

// index gives the place of the word, the first one if it is in the set twice; -1 if it is not in the set.
func (s *WordSet) index(word []byte) int {
	if s.lengths[word[0]]&(1<<min(len(word), 63)) == 0 {
		return -1
	}
	for h := wordHash(word) & s.mask; s.slots[h] != 0; h = (h + 1) & s.mask {
		if i := int(s.slots[h]) - 1; s.words[i] == string(word) {
			return i
		}
	}
	return -1
}

// hashSeed differs from run to run, so that nobody can write words that all fall on one place of a table. Nothing but the
// time a search takes depends on it.
var hashSeed = uint32(maphash.Comparable(maphash.MakeSeed(), 0))

func wordHash(word []byte) uint32 {
	h := hashSeed
	for _, c := range word {
		h = (h ^ uint32(c)) * 16777619
	}
	return h ^ h>>15
}

// MatchAny reports whether a word of the set occurs in the text.
func (s *WordSet) MatchAny(text []byte) bool {
	for w := range Words(text) {
		if s.index(w) >= 0 {
			return true
		}
	}
	return false
}

// Match sets found[i] for each word i of the set that occurs in the text. Found is as long as the list of words; of
// words that are in the list twice only the first is found.
func (s *WordSet) Match(text []byte, found []bool) {
	for w := range Words(text) {
		if i := s.index(w); i >= 0 {
			found[i] = true
		}
	}
}

package rule

import "maps"

// A WordSet is a set of names of methods and functions that say something wherever they stand, before anything is known of what
// they are called on.
type WordSet uint8

const (
	WordCommon WordSet = 1 << iota
	WordTelling
	WordChanging
	WordEmptying
	WordWriting
	WordStarting
	WordWaiting
	WordOnce
)

// wordKeys gives each set the key under which packs list it.
var wordKeys = []struct {
	is        WordSet
	name, doc string
}{
	{WordCommon, "common", "methods that so many classes have that the name alone means none of them"},
	{WordTelling, "telling", "methods that mean something to rules although they are common"},
	{WordChanging, "changing", "methods by which containers, queues and files change, and functions that fill files"},
	{WordEmptying, "emptying", "methods that take elements out of containers"},
	{WordWriting, "writing", "methods and functions that write the program's own files"},
	{WordStarting, "starting", "calls that start what they are given and do not wait for it"},
	{WordWaiting, "waiting", "methods that wait for what they are called on"},
	{WordOnce, "once", "decorators that keep what a function gives, so that it is made once"},
}

// A wordTable finds the sets of a word.
type wordTable struct {
	sets map[string]WordSet
	of   map[WordSet][]string // in pack order
}

// IsWord says whether a name is in one of some sets.
func (p *Pack) IsWord(sets WordSet, name string) bool { return p.words.sets[name]&sets != 0 }

// WordsOf lists a set.
func (p *Pack) WordsOf(is WordSet) []string { return p.words.of[is] }

func wordsObject() *object {
	o := &object{name: "words"}
	for _, k := range wordKeys {
		o.keys = append(o.keys, key{k.name, false, many(tName), k.doc})
	}
	return o
}

// buildWords adds up the lists of all files.
func (l *loader) buildWords() {
	copied := false
	for section := range l.sections("words") {
		x := &l.pack.words
		if !copied { // the pack may share what it has with another
			x.sets, x.of, copied = maps.Clone(x.sets), maps.Clone(x.of), true
		}
		if x.sets == nil {
			x.sets, x.of = map[string]WordSet{}, map[WordSet][]string{}
		}
		for _, k := range wordKeys {
			for _, name := range section.strs(k.name) {
				if x.sets[name]&k.is == 0 {
					x.sets[name] |= k.is
					x.of[k.is] = append(x.of[k.is][:len(x.of[k.is]):len(x.of[k.is])], name)
				}
			}
		}
	}
}

package rule

import "slices"

// An Anchor is an identifier by which a call of interest is written, and the modules of which a file must name one for
// the identifier to mean that call. Heads is nil when the receiver may be anything.
type Anchor struct {
	Word  string
	Heads []string
}

// Anchors gives the anchors of the matchers in these sections ("sink", "source", "class" …), sorted by word. Aliases
// count: an anchor of "pickle.loads" has the heads "pickle", "cPickle", "six" …
func (p *Pack) Anchors(sections ...string) []Anchor {
	heads := map[string]map[string]bool{} // word → heads; "" among them: any file
	add := func(word, head string) {
		if heads[word] == nil {
			heads[word] = map[string]bool{}
		}
		heads[word][head] = true
	}
	byHead := p.aliasHeads()
	for _, m := range p.Matchers() {
		if !slices.Contains(sections, m.Section) {
			continue
		}
		for _, pat := range mustPatterns([]string{m.Pattern}) {
			word := pat.lastSegment()
			if word == "" {
				word = pat.firstSegment()
			}
			add(word, m.Head)
			for _, h := range byHead[m.Head] {
				add(word, h)
			}
		}
	}
	for _, alias := range p.index.alias.sorted() {
		if name := p.Canonical(alias); heads[lastSegment(name)] != nil {
			add(lastSegment(alias), firstSegment(alias))
		}
	}
	out := make([]Anchor, 0, len(heads))
	for _, word := range keys(heads) {
		a := Anchor{Word: word}
		if !heads[word][""] {
			a.Heads = keys(heads[word])
		}
		out = append(out, a)
	}
	return out
}

// aliasHeads gives, for each first segment of a canonical name, the first segments of its aliases.
func (p *Pack) aliasHeads() map[string][]string {
	out := map[string][]string{}
	for _, alias := range p.index.alias.sorted() {
		h, a := firstSegment(p.Canonical(alias)), firstSegment(alias)
		if h != a && !slices.Contains(out[h], a) {
			out[h] = append(out[h], a)
		}
	}
	return out
}

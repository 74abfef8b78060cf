package git

import (
	"path"
	"slices"
)

// maxRenamePairs bounds how many pairs of a removed and a new file are looked at line by line; above
// it none are, as git does.
const maxRenamePairs = 1 << 14

// least is the part of a file, in percent, that must have stayed for the new one to be the old one renamed.
const least = 50

// renames joins a removed file and a new one into one change where they are alike: first those that are the same, then
// those that have most in common.
func (c *comparison) renames() {
	var gone, come []int
	for i := range c.changes {
		ch := &c.changes[i]
		switch {
		case ch.whole:
		case ch.after == nil && len(ch.old) > 0:
			gone = append(gone, i)
		case ch.before == nil && len(ch.next) > 0:
			come = append(come, i)
		}
	}
	c.join(c.same(gone, come))
	c.join(c.alike(gone, come))
	c.changes = slices.DeleteFunc(c.changes, func(ch change) bool { return ch.before == nil && ch.after == nil })
}

// same pairs files with the same content.
func (c *comparison) same(gone, come []int) (pairs []pair) {
	byName := map[Hash][]int{}
	for _, n := range come {
		name := blobName(c.changes[n].next)
		byName[name] = append(byName[name], n)
	}
	for _, g := range gone {
		name := c.changes[g].before.Hash
		if ns := byName[name]; len(ns) > 0 {
			pairs = append(pairs, pair{g, ns[0], 100})
			byName[name] = ns[1:]
		}
	}
	return pairs
}

// alike pairs files that have at least the least part in common, the most alike first.
func (c *comparison) alike(gone, come []int) (pairs []pair) {
	looked := 0
	for _, g := range gone {
		for _, n := range come {
			old, next := &c.changes[g], &c.changes[n]
			if old.before == nil || next.before != nil || path.Ext(old.path()) != path.Ext(next.path()) {
				continue
			}
			if looked++; looked > maxRenamePairs {
				return nil
			}
			if alike := similarity(old.old, next.next); alike >= least {
				pairs = append(pairs, pair{g, n, alike})
			}
		}
	}
	slices.SortStableFunc(pairs, func(x, y pair) int { return y.alike - x.alike })
	return pairs
}

// A pair is a removed file and a new one, as indexes of changes.
type pair struct{ gone, come, alike int }

// join makes one change of each pair whose files are both free.
func (c *comparison) join(pairs []pair) {
	used := map[int]bool{}
	for _, p := range pairs {
		if used[p.gone] || used[p.come] {
			continue
		}
		used[p.gone], used[p.come] = true, true
		c.changes[p.come].before, c.changes[p.come].old = c.changes[p.gone].before, c.changes[p.gone].old
		c.changes[p.gone].before = nil
	}
}

// similarity gives in percent how many bytes of the larger text are on lines that the other has, too.
func similarity(a, b []byte) int {
	if large := max(len(a), len(b)); large == 0 || min(len(a), len(b))*100 < large*least {
		return 0
	}
	count := map[string]int{}
	for _, l := range linesOf(a) {
		count[l]++
	}
	same := 0
	for _, l := range linesOf(b) {
		if count[l] > 0 {
			count[l]--
			same += len(l)
		}
	}
	return same * 100 / max(len(oneLineEnd(a)), len(oneLineEnd(b)))
}

package git

import (
	"slices"
	"sort"
	"strings"

	"github.com/aymanbagabas/go-udiff/lcs"
)

// A hunk says that the lines [a0, a1) of the old state became the lines [b0, b1) of the new one.
type hunk struct{ a0, a1, b0, b1 int }

// diffLines compares two texts line by line. Lines that both have once are taken as the same (patience), which is what a
// reader does and costs no more than sorting; what is between them is left to the library, which stops early where
// little is the same.
func diffLines(a, b []string) []hunk {
	d := &lineDiff{a: a, b: b}
	d.between(0, len(a), 0, len(b), 0)
	for i := range d.hunks {
		d.slide(i)
	}
	return d.hunks
}

type lineDiff struct {
	a, b  []string
	hunks []hunk
}

// rounds is how often the text between anchors is searched for anchors of its own.
const rounds = 16

func (d *lineDiff) between(a0, a1, b0, b1, round int) {
	for a0 < a1 && b0 < b1 && d.a[a0] == d.b[b0] {
		a0, b0 = a0+1, b0+1
	}
	for a0 < a1 && b0 < b1 && d.a[a1-1] == d.b[b1-1] {
		a1, b1 = a1-1, b1-1
	}
	if a0 == a1 || b0 == b1 {
		d.add(hunk{a0, a1, b0, b1})
		return
	}
	var anchors [][2]int
	if round < rounds {
		anchors = d.anchors(a0, a1, b0, b1)
	}
	if len(anchors) == 0 {
		for _, e := range lcs.DiffLines(d.a[a0:a1], d.b[b0:b1]) {
			d.add(hunk{a0 + e.Start, a0 + e.End, b0 + e.ReplStart, b0 + e.ReplEnd})
		}
		return
	}
	for _, p := range anchors {
		if p[0] < a0 || p[1] < b0 {
			continue
		}
		d.between(a0, p[0], b0, p[1], round+1)
		a0, b0 = p[0]+1, p[1]+1
	}
	d.between(a0, a1, b0, b1, round+1)
}

// add notes a hunk, joined with the one before if nothing is between them.
func (d *lineDiff) add(h hunk) {
	if h.a0 == h.a1 && h.b0 == h.b1 {
		return
	}
	if n := len(d.hunks); n > 0 && d.hunks[n-1].a1 == h.a0 && d.hunks[n-1].b1 == h.b0 {
		d.hunks[n-1].a1, d.hunks[n-1].b1 = h.a1, h.b1
		return
	}
	d.hunks = append(d.hunks, h)
}

// anchors gives the longest run of lines that both ranges have exactly once, in the order of both.
func (d *lineDiff) anchors(a0, a1, b0, b1 int) [][2]int {
	type place struct{ inA, inB, at, to int }
	places := map[string]*place{}
	for i := a0; i < a1; i++ {
		p := places[d.a[i]]
		if p == nil {
			p = &place{}
			places[d.a[i]] = p
		}
		p.inA, p.at = p.inA+1, i
	}
	for i := b0; i < b1; i++ {
		if p := places[d.b[i]]; p != nil {
			p.inB, p.to = p.inB+1, i
		}
	}
	var pairs [][2]int
	for i := a0; i < a1; i++ {
		if p := places[d.a[i]]; p.inA == 1 && p.inB == 1 {
			pairs = append(pairs, [2]int{p.at, p.to})
		}
	}
	return increasing(pairs)
}

// increasing gives the longest part of the pairs, sorted by their first, whose second increases, too.
func increasing(pairs [][2]int) [][2]int {
	var ends []int // of runs of each length, the index of the pair that ends lowest
	before := make([]int, len(pairs))
	for i, p := range pairs {
		n := sort.Search(len(ends), func(k int) bool { return pairs[ends[k]][1] >= p[1] })
		before[i] = -1
		if n > 0 {
			before[i] = ends[n-1]
		}
		if n == len(ends) {
			ends = append(ends, i)
		} else {
			ends[n] = i
		}
	}
	if len(ends) == 0 {
		return nil
	}
	var out [][2]int
	for i := ends[len(ends)-1]; i >= 0; i = before[i] {
		out = append(out, pairs[i])
	}
	slices.Reverse(out)
	return out
}

// slide moves lines that were only added, or only removed, to where a person would say they are: of the places that mean
// the same, between blocks rather than across them, and further down rather than up.
func (d *lineDiff) slide(i int) {
	h := &d.hunks[i]
	lines, from, to := d.b, &h.b0, &h.b1
	if h.b0 == h.b1 {
		lines, from, to = d.a, &h.a0, &h.a1
	} else if h.a0 != h.a1 {
		return
	}
	low, high := 0, len(lines)-*to // how far up and down there are lines
	if i > 0 {
		low = min(h.a0-d.hunks[i-1].a1, h.b0-d.hunks[i-1].b1)
	} else {
		low = min(h.a0, h.b0)
	}
	if i+1 < len(d.hunks) {
		high = min(d.hunks[i+1].a0-h.a1, d.hunks[i+1].b0-h.b1)
	}
	up, down := 0, 0
	for up < low && lines[*from-up-1] == lines[*to-up-1] {
		up++
	}
	for down < high && lines[*from+down] == lines[*to+down] {
		down++
	}
	best, least := 0, -1
	for k := -up; k <= down; k++ {
		cost := depth(lines, *from+k) + depth(lines, *to+k)
		if least < 0 || cost <= least {
			best, least = k, cost
		}
	}
	h.a0, h.a1, h.b0, h.b1 = h.a0+best, h.a1+best, h.b0+best, h.b1+best
}

// depth gives how far the first line with text from line i on is indented; at the end of the text it is none.
func depth(lines []string, i int) int {
	for n := 0; i < len(lines) && n < 8; i, n = i+1, n+1 {
		if rest := strings.TrimLeft(lines[i], " \t"); strings.TrimSpace(rest) != "" {
			return len(lines[i]) - len(rest)
		}
	}
	return 0
}

package git

import (
	"container/heap"
	"errors"
	"strconv"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
)

// ErrUnrelated is told of two commits that have no common ancestor in the clone.
var ErrUnrelated = errors.New("no common ancestor")

// commit is what we need of one.
type commit struct {
	hash    Hash
	tree    Hash
	parents []Hash
	date    int64 // of the committer, in seconds
}

// readCommit reads a commit. In a shallow clone those at its end have no parents.
func (r *Repository) readCommit(h Hash) (*commit, error) {
	data, err := r.object(h, plumbing.CommitObject, maxIndex)
	if err != nil {
		return nil, err
	}
	c := &commit{hash: h}
	for line := range strings.SplitSeq(string(data), "\n") {
		key, value, _ := strings.Cut(line, " ")
		switch key {
		case "tree":
			c.tree = plumbing.NewHash(value)
		case "parent":
			if !r.graft[h] {
				c.parents = append(c.parents, plumbing.NewHash(value))
			}
		case "committer":
			if words := strings.Fields(value[strings.LastIndexByte(value, '>')+1:]); len(words) > 0 {
				c.date, _ = strconv.ParseInt(words[0], 10, 64)
			}
		case "":
			return c, nil // the message begins
		}
	}
	return c, nil
}

// What MergeBase knows of a commit: from which side it can be reached, and that a common ancestor has been found above.
const (
	left, right = 1, 2
	common      = left | right
	stale       = 4
)

// MergeBase gives the commit where two went apart: of their common ancestors the youngest that is no ancestor of
// another one.
func (r *Repository) MergeBase(a, b Hash) (Hash, error) {
	w := &baseWalk{r: r, marks: map[Hash]int{}, queued: map[Hash]bool{}}
	if err := errors.Join(w.reach(a, left), w.reach(b, right)); err != nil {
		return Hash{}, err
	}
	var found []*commit
	for w.live > 0 || len(w.queue) > 0 && w.open(found) > 1 { // of several, one may still turn out to be above another
		c := w.next()
		mark := w.marks[c.hash]
		if mark == common {
			found = append(found, c)
			mark |= stale
		}
		for _, p := range c.parents {
			if err := w.reach(p, mark); err != nil {
				return Hash{}, err
			}
		}
	}
	for _, c := range found {
		if w.marks[c.hash]&stale == 0 {
			return c.hash, nil
		}
	}
	return Hash{}, ErrUnrelated
}

// open counts the commits that are not known to be ancestors of another common one.
func (w *baseWalk) open(found []*commit) int {
	n := 0
	for _, c := range found {
		if w.marks[c.hash]&stale == 0 {
			n++
		}
	}
	return n
}

// A baseWalk goes from two commits to their ancestors, the youngest first.
type baseWalk struct {
	r      *Repository
	queue  commits
	marks  map[Hash]int
	queued map[Hash]bool
	live   int // how many of the queue are not stale
}

// next takes the youngest commit out of the queue.
func (w *baseWalk) next() *commit {
	c := heap.Pop(&w.queue).(*commit)
	delete(w.queued, c.hash)
	if w.marks[c.hash]&stale == 0 {
		w.live--
	}
	return c
}

// reach adds marks to a commit, and looks at it again if it did not have them.
func (w *baseWalk) reach(h Hash, mark int) error {
	old := w.marks[h]
	if old|mark == old {
		return nil
	}
	if len(w.marks) > maxCommit {
		return errors.New("the history is too long")
	}
	c, err := w.r.readCommit(h)
	if err != nil {
		return err
	}
	w.marks[h] = old | mark
	isStale := w.marks[h]&stale != 0
	switch {
	case !w.queued[h]:
		heap.Push(&w.queue, c)
		w.queued[h] = true
		if !isStale {
			w.live++
		}
	case isStale && old&stale == 0:
		w.live--
	}
	return nil
}

// commits is a heap with the youngest on top; of equally old ones the order is that of their names.
type commits []*commit

func (q commits) Len() int { return len(q) }
func (q commits) Less(i, j int) bool {
	if q[i].date != q[j].date {
		return q[i].date > q[j].date
	}
	return q[i].hash.String() < q[j].hash.String()
}
func (q commits) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *commits) Push(x any)   { *q = append(*q, x.(*commit)) }
func (q *commits) Pop() any {
	last := (*q)[len(*q)-1]
	*q = (*q)[:len(*q)-1]
	return last
}

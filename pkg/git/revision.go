package git

import (
	"encoding/hex"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/go-git/go-git/v5/plumbing"

	"github.com/pickletrace/pickletrace/pkg/disk"
)

// ErrNoRevision is told of a name that is no commit of the repository.
var ErrNoRevision = errors.New("there is no such revision")

// Resolve gives the commit that a revision names: a branch, a tag, a remote branch, HEAD, the name of a commit or its
// first digits; after it any number of ~N, ^N, ^{commit} and ^{}.
func (r *Repository) Resolve(revision string) (Hash, error) {
	end := strings.IndexAny(revision, "~^")
	if end < 0 {
		end = len(revision)
	}
	h, err := r.named(revision[:end])
	if err != nil {
		return Hash{}, err
	}
	if h, err = r.peel(h); err != nil {
		return Hash{}, err
	}
	for rest := revision[end:]; rest != ""; {
		op := rest[0]
		if rest = rest[1:]; op == '^' && strings.HasPrefix(rest, "{") {
			what, after, closed := strings.Cut(rest[1:], "}")
			if !closed || what != "" && what != "commit" {
				return Hash{}, fmt.Errorf("%w; of the notations with braces ^{commit} is read", ErrNoRevision)
			}
			rest = after
			continue
		}
		digits := len(rest) - len(strings.TrimLeft(rest, "0123456789"))
		n := 1
		if digits > 0 {
			if n, err = strconv.Atoi(rest[:digits]); err != nil {
				return Hash{}, ErrNoRevision
			}
		}
		if rest = rest[digits:]; rest != "" && rest[0] != '~' && rest[0] != '^' {
			return Hash{}, ErrNoRevision
		}
		if h, err = r.ancestor(h, op, n); err != nil {
			return Hash{}, err
		}
	}
	return h, nil
}

// ancestor goes n steps to first parents (~), or one to the n-th parent (^).
func (r *Repository) ancestor(h Hash, op byte, n int) (Hash, error) {
	steps, parent := n, 1
	if op == '^' {
		steps, parent = min(n, 1), n
	}
	for ; steps > 0; steps-- {
		c, err := r.readCommit(h)
		if err != nil {
			return Hash{}, err
		}
		if len(c.parents) < parent {
			return Hash{}, ErrNoRevision
		}
		h = c.parents[parent-1]
	}
	return h, nil
}

// named gives the object that a name without steps means, in git's order.
func (r *Repository) named(name string) (Hash, error) {
	if name == "@" || name == "" {
		name = "HEAD"
	}
	if strings.ContainsAny(name, "@{:") && strings.Contains(name, "@{") || strings.Contains(name, ":") {
		return Hash{}, fmt.Errorf("%w; notations with @{ or a colon are not read", ErrNoRevision)
	}
	if plumbing.IsHash(name) {
		return plumbing.NewHash(name), nil
	}
	for _, format := range []string{"%s", "refs/%s", "refs/tags/%s", "refs/heads/%s", "refs/remotes/%s", "refs/remotes/%s/HEAD"} {
		full := fmt.Sprintf(format, name)
		if format == "%s" && strings.ToUpper(name) != name && !strings.HasPrefix(name, "refs/") {
			continue // HEAD, FETCH_HEAD; not the file config
		}
		if h, ok := r.reference(full); ok {
			return h, nil
		}
	}
	if h, ok := r.abbreviated(name); ok {
		return h, nil
	}
	return Hash{}, ErrNoRevision
}

// reference gives what a reference points to in the end.
func (r *Repository) reference(name string) (Hash, bool) {
	for range 5 { // more links in a row git does not follow either
		target, ok := r.readReference(name)
		if !ok {
			return Hash{}, false
		}
		if plumbing.IsHash(target) {
			return plumbing.NewHash(target), true
		}
		if name, ok = strings.CutPrefix(target, "ref: "); !ok {
			return Hash{}, false
		}
		name = strings.TrimSpace(name)
	}
	return Hash{}, false
}

// readReference gives the name of an object, or "ref: " and another reference.
func (r *Repository) readReference(name string) (string, bool) {
	local := filepath.FromSlash(name)
	if !filepath.IsLocal(local) || strings.ContainsAny(name, "\\\x00") {
		return "", false
	}
	dir := r.common
	if !strings.Contains(name, "/") {
		dir = r.dir // HEAD is that of the work tree
	}
	if data, err := disk.Read(filepath.Join(dir, local), maxSmall); err == nil {
		line, _, _ := strings.Cut(strings.TrimSpace(string(data)), "\n")
		if word, _, ok := strings.Cut(line, "\t"); ok {
			line = word // FETCH_HEAD says more
		}
		return line, true
	}
	if !strings.HasPrefix(name, "refs/") {
		return "", false
	}
	if r.packedRefs == nil {
		r.packedRefs = r.readPackedRefs()
	}
	target, ok := r.packedRefs[name]
	return target, ok
}

func (r *Repository) readPackedRefs() map[string]string {
	out := map[string]string{}
	data, err := disk.ReadOwn(filepath.Join(r.common, "packed-refs"), maxIndex)
	if err != nil {
		return out
	}
	for line := range strings.Lines(string(data)) {
		if hash, name, ok := strings.Cut(strings.TrimSpace(line), " "); ok && plumbing.IsHash(hash) {
			out[name] = hash
		}
	}
	return out
}

// abbreviated gives the only object whose name begins with at least four digits.
func (r *Repository) abbreviated(name string) (found Hash, ok bool) {
	if len(name) < 4 || len(name) > 40 || strings.Trim(strings.ToLower(name), "0123456789abcdef") != "" {
		return Hash{}, false
	}
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	prefix, err := hex.DecodeString(name[:len(name)&^1])
	if err != nil {
		return Hash{}, false
	}
	all, err := r.store.HashesWithPrefix(prefix)
	if err != nil {
		return Hash{}, false
	}
	for _, h := range all {
		if !strings.HasPrefix(h.String(), strings.ToLower(name)) || h == found {
			continue
		}
		if _, err := r.peel(h); err != nil {
			continue // a file or folder of that name is not meant
		}
		if ok {
			return Hash{}, false
		}
		found, ok = h, true
	}
	return found, ok
}

// peel gives the commit that an object is, or that a tag is of.
func (r *Repository) peel(h Hash) (Hash, error) {
	for range 5 {
		data, err := r.object(h, plumbing.TagObject, maxSmall)
		if err != nil {
			break // not a tag; whether it is a commit is seen next
		}
		line, _, _ := strings.Cut(string(data), "\n")
		target, ok := strings.CutPrefix(line, "object ")
		if !ok || !plumbing.IsHash(target) {
			return Hash{}, ErrNoRevision
		}
		h = plumbing.NewHash(target)
	}
	if _, err := r.readCommit(h); err != nil {
		return Hash{}, fmt.Errorf("%w: %w", ErrNoRevision, err)
	}
	return h, nil
}

// Date gives when a revision was committed.
func (r *Repository) Date(revision string) (time.Time, error) {
	h, err := r.Resolve(revision)
	if err != nil {
		return time.Time{}, err
	}
	c, err := r.readCommit(h)
	if err != nil {
		return time.Time{}, err
	}
	return time.Unix(c.date, 0), nil
}

// Head gives the commit that is checked out and its branch, as far as they are known.
func (r *Repository) Head() (commit, branch string) {
	if target, ok := r.readReference("HEAD"); ok {
		if name, ok := strings.CutPrefix(target, "ref: refs/heads/"); ok {
			branch = strings.TrimSpace(name)
		}
	}
	if h, ok := r.reference("HEAD"); ok {
		commit = h.String()
	}
	return commit, branch
}

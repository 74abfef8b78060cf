// Package version reads versions and version specifiers of Python distributions (PEP 440) and compares sets of them.
//
// It answers one question for the analysis: do the versions a project allows lie inside the versions for which a
// default is safe? A specifier set is a union of intervals on the total order of versions, so that question is
// arithmetic on cut points; it never needs a list of the releases that exist. No I/O.
package version

import (
	"cmp"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A Version is one parsed version. The zero value is not a version; use Parse.
type Version struct {
	epoch   int
	release []int // as written; trailing zeros do not count when comparing
	pre     byte  // 'a', 'b', 'r' (rc); 0 for none
	preN    int
	post    int // none, or the number; infinite in cut points
	dev     int // none, or the number; -1 in cut points: before .dev0
	local   []string
	allLoc  bool // cut points only: after every local version
}

// none marks an absent post or dev part.
const none = math.MinInt

var versionRE = regexp.MustCompile(`^v?(?:([0-9]+)!)?([0-9]+(?:\.[0-9]+)*)` +
	`(?:[-_.]?(alpha|a|beta|b|preview|pre|c|rc)[-_.]?([0-9]*))?` +
	`(?:(?:-([0-9]+))|(?:[-_.]?(post|rev|r)[-_.]?([0-9]*)))?` +
	`(?:[-_.]?(dev)[-_.]?([0-9]*))?` +
	`(?:\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?$`)

// maxLen bounds the text of a version or specifier set; real ones are far below.
const maxLen = 1000

// Parse reads a version in any spelling PEP 440 accepts ("1.0-RC.1", "v2", "1!2.0.post3+local").
func Parse(s string) (Version, error) {
	text := strings.ToLower(strings.TrimSpace(s))
	if len(text) > maxLen {
		return Version{}, fmt.Errorf("version of %d characters", len(text))
	}
	m := versionRE.FindStringSubmatch(text)
	if m == nil {
		return Version{}, fmt.Errorf("%q is not a version (PEP 440)", s)
	}
	v := Version{post: none, dev: none}
	var bad error
	num := func(digits string) int {
		if digits == "" {
			return 0
		}
		n, err := strconv.ParseInt(digits, 10, 32)
		if err != nil {
			bad = fmt.Errorf("%q: the number %s is too large", s, digits)
		}
		return int(n)
	}
	v.epoch = num(m[1])
	for part := range strings.SplitSeq(m[2], ".") {
		v.release = append(v.release, num(part))
	}
	if m[3] != "" {
		v.pre, v.preN = preLetter(m[3]), num(m[4])
	}
	switch {
	case m[5] != "":
		v.post = num(m[5])
	case m[6] != "":
		v.post = num(m[7])
	}
	if m[8] != "" {
		v.dev = num(m[9])
	}
	if m[10] != "" {
		v.local = strings.FieldsFunc(m[10], func(r rune) bool { return strings.ContainsRune("-_.", r) })
	}
	return v, bad
}

func preLetter(word string) byte {
	switch word[0] {
	case 'a':
		return 'a'
	case 'b':
		return 'b'
	default: // c, rc, pre, preview
		return 'r'
	}
}

// String gives the normal form.
func (v Version) String() string {
	var b strings.Builder
	if v.epoch != 0 {
		fmt.Fprintf(&b, "%d!", v.epoch)
	}
	for i, n := range v.release {
		if i > 0 {
			b.WriteByte('.')
		}
		b.WriteString(strconv.Itoa(n))
	}
	switch v.pre {
	case 'a', 'b':
		fmt.Fprintf(&b, "%c%d", v.pre, v.preN)
	case 'r':
		fmt.Fprintf(&b, "rc%d", v.preN)
	}
	if v.post != none {
		fmt.Fprintf(&b, ".post%d", v.post)
	}
	if v.dev != none {
		fmt.Fprintf(&b, ".dev%d", v.dev)
	}
	for i, part := range v.local {
		b.WriteByte("+."[min(i, 1)])
		b.WriteString(normalLocal(part))
	}
	return b.String()
}

// normalLocal drops leading zeros of a numeric segment.
func normalLocal(part string) string {
	if !isDigits(part) {
		return part
	}
	if t := strings.TrimLeft(part, "0"); t != "" {
		return t
	}
	return "0"
}

// Release gives the numbers of the release as written, without epoch and suffixes: 1, 2, 0 for 1.2.0rc1.
func (v Version) Release() []int { return slices.Clone(v.release) }

// IsPrerelease says whether the version is an alpha, beta, release candidate or development release.
func (v Version) IsPrerelease() bool { return v.pre != 0 || v.dev != none }

// Compare orders versions as PEP 440 does: -1, 0 or +1.
func (v Version) Compare(w Version) int {
	if c := cmp.Compare(v.epoch, w.epoch); c != 0 {
		return c
	}
	if c := compareRelease(v.release, w.release); c != 0 {
		return c
	}
	if c := cmp.Compare(v.preRank(), w.preRank()); c != 0 {
		return c
	}
	if v.pre != 0 {
		if c := cmp.Compare(v.preN, w.preN); c != 0 {
			return c
		}
	}
	// An absent post part sorts before any, an absent dev part after any.
	if c := cmp.Compare(v.post, w.post); c != 0 {
		return c
	}
	if c := cmp.Compare(devRank(v.dev), devRank(w.dev)); c != 0 {
		return c
	}
	return compareLocal(v, w)
}

// preRank orders 1.0.dev1 < 1.0a1 < 1.0b1 < 1.0rc1 < 1.0 = 1.0.post1.
func (v Version) preRank() int {
	switch {
	case v.pre != 0:
		return int(v.pre)
	case v.post == none && v.dev != none:
		return 0
	default:
		return math.MaxInt
	}
}

func devRank(dev int) int {
	if dev == none {
		return math.MaxInt
	}
	return dev
}

// compareRelease compares number by number; missing ones are zero.
func compareRelease(a, b []int) int {
	for i := range max(len(a), len(b)) {
		if c := cmp.Compare(at(a, i), at(b, i)); c != 0 {
			return c
		}
	}
	return 0
}

func at(s []int, i int) int {
	if i < len(s) {
		return s[i]
	}
	return 0
}

func compareLocal(v, w Version) int {
	if v.allLoc != w.allLoc {
		if v.allLoc {
			return 1
		}
		return -1
	}
	return slices.CompareFunc(v.local, w.local, compareSegment)
}

// compareSegment puts numbers above words, as PEP 440 does in local versions.
func compareSegment(a, b string) int {
	an, bn := isDigits(a), isDigits(b)
	switch {
	case an && bn:
		a, b = normalLocal(a), normalLocal(b)
		return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
	case an:
		return 1
	case bn:
		return -1
	default:
		return cmp.Compare(a, b)
	}
}

func isDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

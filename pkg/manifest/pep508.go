package manifest

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/version"
)

// A Requirement is one dependency as PEP 508 writes it.
type Requirement struct {
	Name   string // as written
	Extras []string
	Set    version.Set // what the specifier, or the version in the URL, allows
	URL    string      // "" unless a place is given
	Marker string      // "" if there is none
	Bad    string      // a part of the specifier that could not be read, and is taken to allow everything

	marker *marker
}

var (
	nameRE = regexp.MustCompile(`^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?`)
	runRE  = regexp.MustCompile(`[-_.]+`)
)

// maxLine bounds the text of one requirement, in bytes.
const maxLine = 4096

// Normalize gives the form in which names of distributions are compared (PEP 503).
func Normalize(name string) string {
	return strings.ToLower(runRE.ReplaceAllString(strings.TrimSpace(name), "-"))
}

// ParseRequirement reads a dependency: "name[extra] >=1.0,<2 ; python_version < '3.9'", "name @ https://…", and the
// older "name (>=1.0)". Version clauses that PEP 440 does not know are read as installers used to, or passed over.
func ParseRequirement(s string) (*Requirement, error) {
	rest := strings.TrimSpace(s)
	if len(rest) > maxLine {
		return nil, fmt.Errorf("requirement of %d characters", len(rest))
	}
	name := nameRE.FindString(rest)
	if name == "" {
		return nil, fmt.Errorf("%q is not a requirement (PEP 508)", s)
	}
	req := &Requirement{Name: name, Set: version.All()}
	rest = strings.TrimSpace(rest[len(name):])
	if strings.HasPrefix(rest, "[") {
		inner, after, ok := strings.Cut(rest[1:], "]")
		if !ok {
			return nil, fmt.Errorf("%q: the bracket is not closed", s)
		}
		for e := range strings.SplitSeq(inner, ",") {
			if e = strings.TrimSpace(e); e != "" {
				req.Extras = append(req.Extras, e)
			}
		}
		rest = strings.TrimSpace(after)
	}
	if url, ok := strings.CutPrefix(rest, "@"); ok {
		req.setURL(strings.TrimSpace(url))
	} else if err := req.setSpecifier(rest, s); err != nil {
		return nil, err
	}
	m, err := parseMarker(req.Marker)
	if err != nil {
		m = unknownMarker
	}
	req.marker = m
	return req, nil
}

// setURL takes the place and the marker, which must be set off by a blank.
func (r *Requirement) setURL(rest string) {
	r.URL = rest
	for _, sep := range []string{" ;", "\t;"} {
		if url, marker, ok := strings.Cut(r.URL, sep); ok {
			r.URL, r.Marker = strings.TrimSpace(url), strings.TrimSpace(marker)
		}
	}
	if v, ok := urlVersion(r.URL); ok {
		r.Set = version.Exactly(v)
	}
}

func (r *Requirement) setSpecifier(rest, whole string) error {
	spec, marker, _ := strings.Cut(rest, ";")
	spec, r.Marker = strings.TrimSpace(spec), strings.TrimSpace(marker)
	if inner, ok := strings.CutPrefix(spec, "("); ok {
		if inner, ok = strings.CutSuffix(inner, ")"); !ok {
			return fmt.Errorf("%q: the parenthesis is not closed", whole)
		}
		spec = strings.TrimSpace(inner)
	}
	if spec != "" && !strings.ContainsRune("=<>!~", rune(spec[0])) {
		return fmt.Errorf("%q is not a requirement (PEP 508)", whole)
	}
	r.Set, r.Bad = lenientSet(spec)
	return nil
}

var (
	clauseStart = regexp.MustCompile(`(===|==|~=|!=|<=|>=|<|>|=)`)
	numberStar  = regexp.MustCompile(`(\.\*)+$`)
)

// lenientSet reads a specifier set. Clauses that PEP 440 does not know are read as installers used to (">=1.8.*" is
// ">=1.8", "=1.0" is "==1.0", and a comma may be missing); bad is the first one that says nothing at all.
func lenientSet(spec string) (set version.Set, bad string) {
	if set, err := version.ParseRequirement(spec); err == nil {
		return set, ""
	}
	set = version.All()
	for _, clause := range splitClauses(spec) {
		one, err := version.ParseRequirement(clause)
		if err != nil {
			one, err = version.ParseRequirement(modernClause(clause))
		}
		if err != nil {
			if bad == "" {
				bad = clause
			}
			continue
		}
		set = set.Intersect(one)
	}
	return set, bad
}

// splitClauses cuts at commas and before operators.
func splitClauses(spec string) []string {
	var out []string
	for part := range strings.SplitSeq(spec, ",") {
		ops := clauseStart.FindAllStringIndex(part, -1)
		if len(ops) == 0 || strings.TrimSpace(part[:ops[0][0]]) != "" {
			ops = append([][]int{{0, 0}}, ops...)
		}
		for i, op := range ops {
			end := len(part)
			if i+1 < len(ops) {
				end = ops[i+1][0]
			}
			if c := strings.TrimSpace(part[op[0]:end]); c != "" {
				out = append(out, c)
			}
		}
	}
	return out
}

// modernClause gives the present spelling of a clause that used to be accepted.
func modernClause(c string) string {
	op := clauseStart.FindString(c)
	v := strings.Trim(c[len(op):], ` '"`)
	switch op {
	case "=":
		op = "=="
	case "~=":
		if !strings.Contains(v, ".") {
			op = ">="
		}
		v = numberStar.ReplaceAllString(v, "")
	case "<", "<=", ">", ">=":
		v = numberStar.ReplaceAllString(v, "")
		v, _, _ = strings.Cut(v, "+")
	}
	return op + v
}

var (
	wheelRE = regexp.MustCompile(`/([A-Za-z0-9_.]+)-([0-9][^-/]*)(?:-[^-/]+){3,4}\.whl$`)
	sdistRE = regexp.MustCompile(`/([A-Za-z0-9_.-]+?)-(v?[0-9][A-Za-z0-9.!+_]*)\.(?:tar\.gz|zip|tar\.bz2|tgz)$`)
	tagRE   = regexp.MustCompile(`(?:@|/(?:archive|tags|tarball|zipball|releases/download)/(?:refs/tags/)?)(v?[0-9]+(?:\.[0-9]+)+[A-Za-z0-9.+]*?)(?:\.git|\.zip|\.tar\.gz)?$`)
)

// urlVersion finds the version in the URL of a wheel, of a source archive, or of a repository with a tag.
func urlVersion(url string) (version.Version, bool) {
	url, _, _ = strings.Cut(url, "#")
	url, _, _ = strings.Cut(url, "?")
	url = strings.NewReplacer("%2B", "+", "%2b", "+").Replace(url)
	text := ""
	if m := wheelRE.FindStringSubmatch(url); m != nil {
		text = m[2]
	} else if m := sdistRE.FindStringSubmatch(url); m != nil {
		text = m[2]
	} else if m := tagRE.FindStringSubmatch(url); m != nil {
		text = m[1]
	}
	if text == "" {
		return version.Version{}, false
	}
	v, err := version.Parse(text)
	return v, err == nil
}

// urlName finds the name of a distribution in its URL: #egg=name, or a wheel's or archive's file name.
func urlName(url string) string {
	url, fragment, _ := strings.Cut(url, "#")
	for part := range strings.SplitSeq(fragment, "&") {
		if egg, ok := strings.CutPrefix(part, "egg="); ok {
			return nameRE.FindString(egg)
		}
	}
	if m := wheelRE.FindStringSubmatch(url); m != nil {
		return m[1]
	}
	if m := sdistRE.FindStringSubmatch(url); m != nil {
		return m[1]
	}
	return ""
}

package manifest

import (
	"bytes"
	"fmt"
	"path"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/text"
	"github.com/pickletrace/pickletrace/pkg/version"
)

// A loader reads all manifests of a tree.
type loader struct {
	facts    *Facts
	byPath   map[string]*File
	missing  map[string]bool // included files that are not there
	problems []text.Problem
	sources  int
}

// A source is one manifest being read.
type source struct {
	*loader
	id       int
	file     string   // path of the file being read, which may be an included one
	dir      string   // its folder
	folder   string   // the folder that it counts for
	also     []string // more such folders
	data     []byte
	strength strength // of its plain declarations
	line     int      // of the declaration being read, 1-based; 0 if not known

	at, atLine int // offset in data of the declaration found last, and the number of line ends before it
	looked     int // bytes gone through so far
	variables  int // environment variables met so far

	project  string // normalized name of the project itself
	python   version.Set
	hasPy    bool
	decls    []named
	included map[string]bool
	inBytes  int            // size of the included files
	odd      []text.Problem // what could not be understood
}

// A named is a declaration of a library.
type named struct {
	name string // normalized
	decl decl
}

func (l *loader) read(f *File, k kind) {
	l.sources++
	s := &source{loader: l, id: l.sources, file: f.Path, dir: path.Dir(f.Path), folder: k.folder, strength: k.strength,
		data: bytes.TrimPrefix(f.Data, []byte("\xef\xbb\xbf")), included: map[string]bool{f.Path: true}}
	k.read(s)
	s.commit()
}

// commit files what was read under the folders it counts for.
func (s *source) commit() {
	s.problems = append(s.problems, s.oddities()...)
	if len(s.decls) == 0 && !s.hasPy {
		return
	}
	for _, dir := range append([]string{s.folder}, s.also...) {
		fo := s.facts.folders[dir]
		if fo == nil {
			fo = &folder{path: dir, decls: map[string][]decl{}}
			s.facts.folders[dir] = fo
		}
		for _, n := range s.decls {
			fo.decls[n.name] = append(fo.decls[n.name], n.decl)
		}
		if s.hasPy {
			if !fo.has {
				fo.python = version.All()
			}
			if both := fo.python.Intersect(s.python); !both.Empty() {
				fo.python, fo.has = both, true
			}
		}
	}
}

// maxOdd is how many odd places of one file are told one by one.
const maxOdd = 3

// oddities gives the odd places, the first ones one by one.
func (s *source) oddities() []text.Problem {
	if n := len(s.odd); n > maxOdd {
		s.odd[maxOdd-1].Msg += fmt.Sprintf(" (and %d more places)", n-maxOdd)
		s.odd = s.odd[:maxOdd]
	}
	return s.odd
}

// oddf notes something that is not understood and is passed over.
func (s *source) oddf(format string, args ...any) {
	s.odd = append(s.odd, text.Problem{Path: s.file, Line: s.line, Severity: text.Info, Kind: "odd-manifest",
		Msg: "versions: " + fmt.Sprintf(format, args...)})
}

// broken notes that the file cannot be read at all.
func (s *source) broken(line int, err error) {
	s.problems = append(s.problems, text.Problem{Path: s.file, Line: line, Severity: text.Partial, Kind: "broken-manifest",
		Msg: "the versions it declares are not known: " + strings.TrimSpace(err.Error())})
}

// setPython notes the Python versions the project is for.
func (s *source) setPython(spec string) {
	if strings.TrimSpace(spec) == "" {
		return
	}
	if set, bad := lenientSet(spec); bad == "" {
		s.python, s.hasPy = set, true
	}
}

// requirement declares what a PEP 508 text says.
func (s *source) requirement(line string, st strength) {
	req, err := ParseRequirement(line)
	if err != nil {
		s.oddf("%v", err)
		return
	}
	s.declare(req, st, line)
}

func (s *source) declare(req *Requirement, st strength, text string) {
	if req.Bad != "" {
		s.oddf("%q is not a version specifier; it is taken to allow every version", req.Bad)
	}
	if extras := req.marker.extras(); len(extras) > 0 {
		st = max(st, optional)
		if st == optional && allDevelopment(extras) {
			st = development
		}
	}
	s.add(req.Name, req.Set, st, req.marker, text)
}

// add declares a library. A project that names itself (its own extras) says nothing about versions.
func (s *source) add(name string, set version.Set, st strength, when *marker, text string) {
	name = Normalize(name)
	if name == "" || name == s.project && st != locked {
		return
	}
	text = strings.TrimSpace(text)
	s.decls = append(s.decls, named{name, decl{set: set, strength: st, when: when, source: s.id, file: s.file, line: s.line, text: text}})
}

// pin declares the one version that a lock file or an installed package has.
func (s *source) pin(name, v string, st strength) {
	parsed, err := version.Parse(v)
	if err != nil {
		if v != "" {
			s.oddf("%v", err)
		}
		return
	}
	s.add(name, version.Exactly(parsed), st, nil, Normalize(name)+"=="+v)
}

// own notes the project's name and, if it is static, its version. A version of zeros is a placeholder.
func (s *source) own(name, v string) {
	s.project = Normalize(name)
	if strings.Trim(v, "0.") != "" {
		s.pin(name, v, locked)
	}
}

// maxLookup bounds the bytes of a file that are gone through to find the lines of its declarations.
const maxLookup = 256 << 20

// lineOf gives the line of the next occurrence of a text after the one found last, or else of the first one; 0 if
// there is none.
func (s *source) lineOf(needle string) int {
	if line := s.nextLine(needle); line > 0 {
		return line
	}
	s.at, s.atLine = 0, 0
	return s.nextLine(needle)
}

// nextLine looks on from the occurrence found last.
func (s *source) nextLine(needle string) int {
	if needle == "" || s.looked > maxLookup {
		return 0
	}
	i := bytes.Index(s.data[s.at:], []byte(needle))
	if i < 0 {
		s.looked += len(s.data) - s.at
		return 0
	}
	s.looked += i
	s.atLine += bytes.Count(s.data[s.at:s.at+i], []byte("\n"))
	s.at += i
	return 1 + s.atLine
}

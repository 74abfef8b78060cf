package manifest

import (
	"regexp"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/version"
)

// An image is one container image that a Dockerfile or a compose file starts from, by its reference.
type image struct {
	reference string // name:tag
	file      string
	folder    string
	line      int
}

// image notes an image that has a tag; what only names the newest one says nothing of versions.
func (s *source) image(reference string, line int) {
	reference, _, _ = strings.Cut(reference, "@") // the digest repeats what the tag says
	if strings.LastIndexByte(reference, ':') > strings.LastIndexByte(reference, '/') {
		s.facts.images = append(s.facts.images, image{reference, s.file, s.folder, line})
	}
}

var composeDefault = regexp.MustCompile(`\$\{[A-Za-z_][A-Za-z0-9_]*:?-([^}]*)\}`)

// composeDefaults puts the defaults of variables into a text of a compose file: ${TAG:-2.1}.
func composeDefaults(text string) string { return composeDefault.ReplaceAllString(text, "$1") }

// AddImages declares what container images come with: holds gives the distributions in an image by its reference, each
// with a PEP 440 specifier of its versions. It counts like what the Dockerfile installs with pip.
func (f *Facts) AddImages(holds func(reference string) map[string]string) {
	for i, im := range f.images {
		l := &loader{facts: f, byPath: map[string]*File{}, missing: map[string]bool{}}
		s := &source{loader: l, id: -1 - i, file: im.file, folder: im.folder, line: im.line}
		for name, specifier := range holds(im.reference) {
			if set, err := version.ParseSet(specifier); err == nil {
				s.add(name, set, installed, nil, im.reference)
			}
		}
		s.commit()
	}
}

package manifest

import (
	"bytes"
	"path"
	"strings"
)

// scriptStart and scriptEnd enclose the metadata of a script (PEP 723):
//
//	# /// script
//	# dependencies = ["torch>=2.6"]
//	# ///
const (
	scriptStart = "# /// script"
	scriptEnd   = "# ///"
)

// AddScript adds what a script says of itself, if it does (PEP 723); that decides before the script's folder does.
func (f *Facts) AddScript(file string, code []byte) {
	metadata, line, ok := scriptMetadata(code)
	if !ok {
		return
	}
	l := &loader{facts: f, byPath: map[string]*File{}, missing: map[string]bool{}}
	s := &source{loader: l, file: file, dir: path.Dir(file), folder: file, strength: required, data: metadata}
	var root table
	if !s.toml(&root) {
		return
	}
	s.setPython(root.str("requires-python"))
	s.requirements(root["dependencies"], required)
	for i := range s.decls {
		s.decls[i].decl.line += line
	}
	delete(f.folders, file)
	s.commit()
}

// scriptMetadata gives the TOML of the block, and the number of lines before it.
func scriptMetadata(code []byte) (metadata []byte, line int, ok bool) {
	if !bytes.Contains(code, []byte(scriptStart)) {
		return nil, 0, false
	}
	n, inside := 0, false
	for raw := range strings.Lines(string(code)) {
		n++
		text := strings.TrimRight(raw, " \t\r\n")
		switch {
		case !inside && text == scriptStart:
			inside, line = true, n
		case inside && text == scriptEnd:
			return metadata, line, true
		case inside && (text == "#" || strings.HasPrefix(text, "# ")):
			metadata = append(append(metadata, strings.TrimPrefix(text[1:], " ")...), '\n')
		case inside:
			return nil, 0, false
		}
	}
	return nil, 0, false
}

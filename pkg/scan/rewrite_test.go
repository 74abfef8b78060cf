package scan_test

import (
	"bytes"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/text"
)

// topLevel splits a file into its statements at the margin, each with its body, decorators and comments; nil where that cannot
// be told from the lines alone.
func topLevel(code []byte) []string {
	if manyLines.Match(code) || bytes.Contains(code, []byte("\t")) {
		return nil
	}
	var out []string
	lead := false // what stands last is only comments and decorators of what follows
	for line := range strings.Lines(string(code)) {
		inside := strings.TrimSpace(line) == "" || strings.ContainsAny(line[:1], " )]}") ||
			slices.Contains([]string{"else", "elif", "except", "finally"}, firstWord.FindString(line))
		switch {
		case len(out) > 0 && (inside || lead):
			out[len(out)-1] += line
		default:
			out = append(out, line)
		}
		if !inside || lead {
			lead = line[0] == '#' || line[0] == '@'
		}
	}
	return out
}

var (
	firstWord  = regexp.MustCompile(`^\w+`)
	plainDef   = regexp.MustCompile(`^def (\w+)\(`)
	word       = regexp.MustCompile(`\b[A-Za-z_]\w*\b`)
	privateDef = regexp.MustCompile(`(?m)^ *def (_[a-z]\w+)\(`)
	localSet   = regexp.MustCompile(`(?m)^ +([a-z]\w+) = `)
	quoted     = regexp.MustCompile(`"[^"\n]*"|'[^'\n]*'`)
	annotated  = regexp.MustCompile(`# (source|want|ok|missing|spurious)\b.*`)
)

// swapped gives a file with neighbouring functions in each other's place.
func swapped(code []byte) []byte {
	parts := topLevel(code)
	changed := false
	for i := 0; i+1 < len(parts); i++ {
		a, b := plainDef.FindStringSubmatch(parts[i]), plainDef.FindStringSubmatch(parts[i+1])
		if a == nil || b == nil || a[1] == b[1] || strings.Contains(header(parts[i+1]), a[1]) {
			continue
		}
		parts[i], parts[i+1] = endLine(parts[i+1]), endLine(parts[i])
		changed = true
		i++
	}
	if !changed {
		return nil
	}
	return []byte(strings.Join(parts, ""))
}

// header is the first line of a function; its defaults and annotations are evaluated where it stands.
func header(def string) string { return def[:strings.IndexByte(def, '\n')+1] }

func endLine(s string) string { return strings.TrimRight(s, "\n") + "\n\n\n" }

// renamed gives a file in which the names that a pattern finds are called otherwise, those that may mean something else left
// out: what strings hold, attributes, keyword arguments, parameters and global names.
func renamed(code []byte, pattern *regexp.Regexp, attributes bool) []byte {
	inStrings := map[string]bool{}
	for _, q := range quoted.FindAll(annotated.ReplaceAll(code, nil), -1) {
		for _, w := range word.FindAllString(string(q), -1) {
			inStrings[w] = true
		}
	}
	names := map[string]bool{}
	for _, m := range pattern.FindAllSubmatch(code, -1) {
		name := string(m[1])
		elsewhere := regexp.MustCompile(`\b` + name + `=|(global|nonlocal|from|import|as|for|def|lambda|class) [^\n]*\b` + name + `\b|\b` + name + `\s*:|(?m)^` + name + `\b`)
		if attributes {
			elsewhere = regexp.MustCompile(`\b` + name + `=|(global|nonlocal|from|import|as) [^\n]*\b` + name + `\b`)
		} else if regexp.MustCompile(`\.` + name + `\b`).Match(code) {
			continue
		}
		if !inStrings[name] && !elsewhere.Match(code) {
			names[name] = true
		}
	}
	if len(names) == 0 {
		return nil
	}
	return word.ReplaceAllFunc(code, func(w []byte) []byte {
		if names[string(w)] {
			return append(bytes.Clone(w), "_renamed"...)
		}
		return w
	})
}

// moved puts the first function of a program of one file that needs nothing but imports into a file of its own.
func moved(fs []*text.File) []*text.File {
	if len(fs) != 1 || path.Dir(fs[0].Path) != "." || path.Ext(fs[0].Path) != ".py" {
		return nil
	}
	parts := topLevel(fs[0].Text)
	bound := map[string]bool{} // names of the file that are no imports
	imports := ""
	for _, p := range parts {
		if strings.HasPrefix(p, "import ") || strings.HasPrefix(p, "from ") {
			imports += p
			continue
		}
		for _, w := range word.FindAllString(header(p+"\n"), -1) {
			bound[w] = true
		}
	}
	for i, p := range parts {
		m := plainDef.FindStringSubmatch(p)
		if m == nil || slices.ContainsFunc(word.FindAllString(p[len(header(p)):], -1), func(w string) bool { return bound[w] && w != "return" }) {
			continue
		}
		helpers, _ := text.NewFile("moved_helpers.py", []byte(imports+"\n\n"+p))
		rest := strings.Join(parts[:i], "") + "from moved_helpers import " + m[1] + "\n" + strings.Join(parts[i+1:], "")
		file, _ := text.NewFile(fs[0].Path, []byte(rest))
		return []*text.File{file, helpers}
	}
	return nil
}

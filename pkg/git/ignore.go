package git

import (
	"bytes"
	"errors"
	"path/filepath"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/pickletrace/pickletrace/pkg/disk"
)

// Limits of the patterns that are heeded. Above them a file hides nothing, so that more is scanned, not less.
const (
	maxIgnoreFile  = 1 << 18
	maxIgnoreLines = 20_000 // in one file and those above it
)

// ignoreFiles has the patterns of the .gitignore files of a folder and those above it. The last matching pattern of the
// innermost file decides.
type ignoreFiles struct {
	up       *ignoreFiles
	dir      string
	patterns []ignorePattern
	lines    int  // patterns here and above
	over     bool // a file here or above was too large
}

type ignorePattern struct {
	re     *regexp.Regexp // matches paths relative to the folder of the .gitignore file
	negate bool
	folder bool // matches folders only
}

// with adds the patterns of a file for what is in a folder. A link counts as no file, as for git.
func (g *ignoreFiles) with(dir, path string) *ignoreFiles {
	next := &ignoreFiles{up: g, dir: dir}
	if g != nil {
		next.lines, next.over = g.lines, g.over
	}
	data, err := disk.ReadOwn(path, maxIgnoreFile)
	lines := bytes.Count(data, []byte("\n"))
	switch {
	case errors.As(err, new(disk.TooLarge)) || next.lines+lines > maxIgnoreLines:
		next.over = true
	case err == nil:
		next.lines += lines
		next.patterns = parseIgnore(data)
	}
	return next
}

// ignored is for what enter was called above; git sees bytes, so a "?" stands for half an é.
func (g *ignoreFiles) ignored(path string, folder bool) bool {
	for ; g != nil; g = g.up {
		if len(g.patterns) == 0 {
			continue
		}
		rel, err := filepath.Rel(g.dir, path)
		if err != nil {
			continue
		}
		rel = byteRunes(filepath.ToSlash(rel))
		for i := len(g.patterns) - 1; i >= 0; i-- {
			p := g.patterns[i]
			if (folder || !p.folder) && p.re.MatchString(rel) {
				return !p.negate
			}
		}
	}
	return false
}

// parseIgnore reads the lines of a .gitignore file.
func parseIgnore(data []byte) []ignorePattern {
	var ps []ignorePattern
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	for line := range strings.SplitSeq(string(data), "\n") {
		if p, ok := parseIgnoreLine(byteRunes(strings.TrimSuffix(line, "\r"))); ok {
			ps = append(ps, p)
		}
	}
	return ps
}

func parseIgnoreLine(line string) (p ignorePattern, ok bool) {
	for strings.HasSuffix(line, " ") && !strings.HasSuffix(line, `\ `) {
		line = line[:len(line)-1]
	}
	if strings.HasPrefix(line, "#") {
		return p, false
	}
	line, p.negate = strings.CutPrefix(line, "!")
	line, p.folder = strings.CutSuffix(line, "/")
	anchored := strings.Contains(line, "/")
	line = strings.TrimPrefix(line, "/")
	if line == "" {
		return p, false
	}
	expr, ok := globExpr(line)
	if !ok {
		return p, false
	}
	if !anchored {
		expr = "(?:.*/)?" + expr
	}
	re, err := regexp.Compile("(?s)^" + expr + "$")
	p.re = re
	return p, err == nil
}

// byteRunes gives a string with one character for each byte of s.
func byteRunes(s string) string {
	runes := make([]rune, len(s))
	for i := range len(s) {
		runes[i] = rune(s[i])
	}
	return string(runes)
}

// globExpr turns git's glob into a regular expression, whose matching takes linear time whatever the pattern.
func globExpr(g string) (string, bool) {
	var b strings.Builder
	for i := 0; i < len(g); {
		switch c := g[i]; c {
		case '*':
			n := len(g[i:]) - len(strings.TrimLeft(g[i:], "*"))
			i += starExpr(&b, g, i, n)
		case '?':
			b.WriteString("[^/]")
			i++
		case '[':
			n := classExpr(&b, g[i:])
			if n == 0 {
				return "", false
			}
			i += n
		case '\\':
			if i++; i == len(g) {
				return "", false
			}
			fallthrough
		default:
			_, size := utf8.DecodeRuneInString(g[i:])
			b.WriteString(regexp.QuoteMeta(g[i : i+size]))
			i += size
		}
	}
	return b.String(), true
}

// starExpr writes the expression of n stars at g[i:] and gives how many bytes of g they and a slash after them take.
func starExpr(b *strings.Builder, g string, i, n int) int {
	// Git compares what comes before the first wildcard first and cuts it off, so "a**/b" is "a" and then "**/b".
	before := i == strings.IndexAny(g, "*?[\\") || g[i-1] == '/'
	switch {
	case n == 2 && before && i+2 == len(g):
		b.WriteString(".*")
	case n == 2 && before && g[i+2] == '/':
		b.WriteString("(?:.*/)?")
		return 3
	default:
		b.WriteString("[^/]*")
	}
	return n
}

// classExpr writes the expression of the bracket expression at the start of g and gives its length, 0 if it is not
// closed: git then matches nothing.
func classExpr(b *strings.Builder, g string) int {
	var set strings.Builder
	i := 1
	if i < len(g) && (g[i] == '!' || g[i] == '^') {
		set.WriteByte('^')
		i++
	}
	for first := true; i < len(g); first = false {
		if g[i] == ']' && !first {
			// A class never matches a slash.
			if set.Len() > 0 && set.String()[0] == '^' {
				b.WriteString("[" + set.String() + "/]")
			} else {
				b.WriteString("[" + set.String() + "]")
			}
			return i + 1
		}
		if named := posixClass.FindString(g[i:]); named != "" {
			set.WriteString(named)
			i += len(named)
			continue
		}
		if g[i] == '-' && !first && i+1 < len(g) && g[i+1] != ']' {
			set.WriteByte('-')
			i++
			continue
		}
		if g[i] == '\\' && i+1 < len(g) {
			i++
		}
		_, size := utf8.DecodeRuneInString(g[i:])
		set.WriteString(classQuote(g[i : i+size]))
		i += size
	}
	return 0
}

var posixClass = regexp.MustCompile(`^\[:[a-z]+:\]`)

// classQuote writes a character so that it means itself inside brackets.
func classQuote(s string) string {
	if strings.Contains(`\]^-[`, s) {
		return `\` + s
	}
	return s
}

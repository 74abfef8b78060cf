package finding

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// MaxMessage is the longest message, in characters.
	MaxMessage = 1024
	// MaxSentence is the longest first sentence, in characters: alone it is the title of an alert.
	MaxSentence = 255

	nameRoom = 80 // characters of each of the two names in the first sentence
	linkRoom = 24 // for the marks of a link around the first name
)

// Compose gives the message of a finding. Its first sentence names source and sink in single quotes; then come the
// notes and the number of sources not shown. The title is that of the rule; it is used when there is no flow.
func Compose(f *Finding, title string) string {
	parts := []string{firstSentence(f, title)}
	for _, n := range f.Notes {
		parts = append(parts, sentence(n))
	}
	if f.MoreFlows > 0 {
		parts = append(parts, moreSources(f.MoreFlows))
	}
	msg := parts[0]
	for _, p := range parts[1:] {
		if utf8.RuneCountInString(msg)+1+utf8.RuneCountInString(p) > MaxMessage {
			break
		}
		msg += " " + p
	}
	return msg
}

func moreSources(n int) string {
	if n == 1 {
		return "One more flow reaches this place."
	}
	return fmt.Sprintf("%d more flows reach this place.", n)
}

var moreForm = regexp.MustCompile(`(?:One|(\d+)) more flows? reach(?:es)? this place\.`)

// AddMoreFlows makes a message say that n more flows reach the place, beyond those it tells of already.
func AddMoreFlows(msg string, n int) string {
	if m := moreForm.FindStringSubmatchIndex(msg); m != nil {
		before := 1
		if m[2] >= 0 {
			before, _ = strconv.Atoi(msg[m[2]:m[3]])
		}
		return msg[:m[0]] + moreSources(before+n) + msg[m[1]:]
	}
	if more := " " + moreSources(n); utf8.RuneCountInString(msg+more) <= MaxMessage {
		return msg + more
	}
	return msg
}

func firstSentence(f *Finding, title string) string {
	sink, fn := Shorten(f.SinkName, nameRoom), ""
	if f.Function != "" {
		fn = " in '" + Shorten(f.Function, nameRoom) + "'"
	}
	if len(f.Flows) == 0 || f.Flows[0].Kind == "" { // flows of no kind say where the parts of the call come from
		return titled(title, ": '"+sink+"'"+fn)
	}
	fl := f.Flows[0]
	what := fl.KindTitle
	if what == "" {
		what = "untrusted data"
	}
	if fl.SourceName == "" { // where it happens says more than nothing
		return titled(what, " reaches '"+sink+"'"+fn)
	}
	return titled(what, " ('"+SourceLabel(&fl)+"') reaches '"+sink+"'")
}

// titled makes a sentence of a title and what follows it, and cuts the title if that is too long.
func titled(title, rest string) string {
	room := MaxSentence - linkRoom - utf8.RuneCountInString(rest) - len(".")
	return sentence(Shorten(oneLine(title), room) + rest)
}

// SourceLabel is the source's name as the message shows it between single quotes.
func SourceLabel(fl *Flow) string {
	name := fl.SourceName
	if name == "" {
		name = "source"
	}
	return Shorten(strings.ReplaceAll(oneLine(name), "'", ""), nameRoom)
}

// sentence makes a sentence of plain text. A name out of code keeps its small letter.
func sentence(s string) string {
	s = oneLine(s)
	if first, _, _ := strings.Cut(s, " "); !strings.ContainsAny(first, "_=(.") || strings.HasSuffix(first, ".") {
		s = upperFirst(s)
	}
	if s == "" || strings.HasSuffix(s, ".") || strings.HasSuffix(s, "!") || strings.HasSuffix(s, "?") {
		return s
	}
	return s + "."
}

func upperFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[n:]
}

// oneLine joins the words of s with single spaces.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// Shorten cuts s to at most n characters, taking them out of the middle: both ends of a qualified name tell something.
func Shorten(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	r := []rune(s)
	head := (n - 1) / 2
	tail := n - 1 - head
	return string(r[:head]) + "…" + string(r[len(r)-tail:])
}

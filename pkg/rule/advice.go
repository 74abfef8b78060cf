package rule

import (
	"regexp"
	"slices"
	"strings"
)

// An Advice is what to do about a rule's findings of one kind: those of a case, of a sink, or with data of a kind.
type Advice struct {
	Cases []string // names of cases; nil: any
	Sinks []string // ids; nil: any
	From  []string // kinds of the first flow; nil: any
	Text  string   // Markdown, one paragraph
	Code  string   // Python; "" for the call as it should be
	Set   []FixArg // what Code is made of instead: the call with these arguments
}

var adviceObject = &object{name: "a row of advice", keys: []key{
	{"case", false, many(tCaseName), "only for these cases"},
	{"sink", false, many(tSinkID), "only for these sinks"},
	{"from", false, many(tKind), "only for data of these kinds"},
	{"text", true, tMarkdown, "what to do, in one paragraph"},
	{"code", false, text("Python", ""), "how that is written; default the call as it should be"},
	{"set", false, mapOf("an argument name", namePattern, fixValue), "shows the call with these arguments"},
}}

// adviceMark is a part of advice that the finding fills in.
var adviceMark = regexp.MustCompile(`\{(function|input)\}`)

func (l *loader) advice(v view, ru *Rule) {
	for _, row := range v.views("advice") {
		a := Advice{Cases: row.strs("case"), From: row.strs("from"), Text: row.str("text"), Code: row.str("code"), Set: fixArgs(row.view("set"))}
		for _, s := range l.sinkList(row, "sink") {
			a.Sinks = append(a.Sinks, s.ID)
		}
		for _, n := range row.list("from") {
			l.kind(row.r, n)
		}
		ru.Advice = append(ru.Advice, a)
	}
}

// Advise gives the first row for a finding whose marks can be filled in, with that done; nil if there is none. function and
// input are how the call is written, "" where that is not told.
func (r *Rule) Advise(sink, kase, kind, function, input string) *Advice {
	fill := func(s string) (string, bool) {
		whole := true
		out := adviceMark.ReplaceAllStringFunc(s, func(mark string) string {
			with := map[string]string{"{function}": function, "{input}": input}[mark]
			whole = whole && with != ""
			return with
		})
		return out, whole
	}
	for _, a := range r.Advice {
		if a.Cases != nil && !slices.Contains(a.Cases, kase) || a.Sinks != nil && !slices.Contains(a.Sinks, sink) ||
			a.From != nil && !slices.Contains(a.From, kind) {
			continue
		}
		text, full := fill(a.Text)
		code, filled := fill(a.Code)
		if full && filled {
			a.Text, a.Code = strings.TrimSpace(text), strings.TrimRight(code, "\n")
			return &a
		}
	}
	return nil
}

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
	Asked []string // attributes of what the call gives, of which one is asked for; nil: any
	Text  string   // Markdown, one paragraph
	Code  string   // Python; "" for the call as it should be
	Set   []FixArg // what Code is made of instead: the call with these arguments
	Added string   // what Code is made of instead: the call with this text after its dangerous argument
}

var adviceObject = &object{name: "a row of advice", keys: []key{
	{"case", false, many(tCaseName), "only for these cases"},
	{"sink", false, many(tSinkID), "only for these sinks"},
	{"from", false, many(tKind), "only for data of these kinds"},
	{"asked", false, many(tName), "only where one of these attributes is asked of what the call gives, or of what that holds"},
	{"text", true, tMarkdown, "what to do, in one paragraph"},
	{"code", false, text("Python", ""), "how that is written; default the call as it should be"},
	{"set", false, mapOf("an argument name", namePattern, fixValue), "shows the call with these arguments"},
	{"append", false, text("a text", `^[:@#?][A-Za-z0-9_.=-]+$`), "shows the call with this text after the dangerous argument"},
}}

// adviceMark is a part of advice that the finding fills in.
var adviceMark = regexp.MustCompile(`\{(function|input|call|fixed)\}`)

func (l *loader) advice(v view, ru *Rule) {
	for _, row := range v.views("advice") {
		a := Advice{Cases: row.strs("case"), From: row.strs("from"), Asked: row.strs("asked"), Text: row.str("text"), Code: row.str("code"), Added: row.str("append"), Set: fixArgs(row.view("set"))}
		for _, s := range l.sinkList(row, "sink") {
			a.Sinks = append(a.Sinks, s.ID)
		}
		for _, n := range row.list("from") {
			l.kind(row.r, n)
		}
		ru.Advice = append(ru.Advice, a)
	}
}

// A Call is what advice says of one. The texts are "" where they are not told in a few words.
type Call struct {
	Function, Input, Call string // as they are written

	Fixed func() string   // the call with the change of the sink's fix
	Asked func() []string // the attributes that are asked of what it gives
}

// Advise gives the first row for a finding whose marks can be filled in, with that done; nil if there is none.
func (r *Rule) Advise(sink, kase, kind string, call Call) *Advice {
	fill := func(s string) (string, bool) {
		whole := true
		out := adviceMark.ReplaceAllStringFunc(s, func(mark string) string {
			with := call.Function
			switch mark {
			case "{input}":
				with = call.Input
			case "{call}":
				with = call.Call
			case "{fixed}":
				with = call.Fixed()
			}
			whole = whole && with != ""
			return with
		})
		return out, whole
	}
	for _, a := range r.Advice {
		if a.Cases != nil && !slices.Contains(a.Cases, kase) || a.Sinks != nil && !slices.Contains(a.Sinks, sink) ||
			a.From != nil && !slices.Contains(a.From, kind) || a.Asked != nil && !meet(a.Asked, call.Asked()) {
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

func meet(a, b []string) bool {
	return slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}

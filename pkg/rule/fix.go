package rule

import (
	"regexp"
	"strconv"
	"strings"
)

// A Fix is a change of a call that makes it safe, which a program can make: it is written in the rule language, and offered
// where the sink's own cases say that the changed call is safe.
type Fix struct {
	Of     []string // only calls of these functions; nil: all of the sink's
	Call   string   // another function, by its canonical name; "" for the same
	Set    []FixArg // arguments that get a value
	Unless []string // attributes of the result: where one is asked for, the change is not for this call
	Drop   []string // arguments that go
	Title  string   // one sentence
	Breaks string   // what the change may break; "" if nothing but loading hostile data
	At     Place
}

// A FixArg is an argument with the Python expression it gets: True, a number, a string in quotes, or a dotted name.
type FixArg struct{ Name, Value string }

var fixValue = &shape{name: "a Python value", scalar: &scalar{str: true, num: true, boolean: true, min: -9999, max: 9999,
	re: regexp.MustCompile(fixValuePattern)}}

const fixValuePattern = `^(True|False|None|-?[0-9]+|"[A-Za-z0-9_.:/ -]*"|[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)+)$`

var fixObject = &object{name: "a fix", groups: []group{atLeastOne("call", "set")}, keys: []key{
	{"title", true, tWords, "one sentence about the change"},
	{"call", false, tDotted, "the function to call instead"},
	{"of", false, many(tDotted), "only of these functions"},
	{"set", false, mapOf("an argument name", namePattern, fixValue), "arguments and the values they get"},
	{"unless-asked", false, many(tName), "not where one of these attributes is asked of the result, or of what that holds"},
	{"drop", false, many(tName), "arguments that go"},
	{"breaks", false, tWords, "what the change may break: such changes are made only on demand"},
}}

func (l *loader) fixes(v view) []*Fix {
	var out []*Fix
	for _, row := range v.views("fixes") {
		f := &Fix{Of: row.strs("of"), Call: row.str("call"), Drop: row.strs("drop"), Unless: row.strs("unless-asked"), Title: row.str("title"), Breaks: row.str("breaks"), At: row.at()}
		f.Set = fixArgs(row.view("set"))
		out = append(out, f)
	}
	return out
}

// fixArgs reads arguments and the values they get.
func fixArgs(v view) []FixArg {
	var out []FixArg
	for _, p := range v.pairs() {
		value := p.val.Value
		if p.val.ShortTag() == "!!bool" {
			value = strings.ToUpper(value[:1]) + value[1:]
		}
		out = append(out, FixArg{p.key.Value, value})
	}
	return out
}

// Mends says whether the sink's cases call the changed call safe, as far as they decide.
func (f *Fix) Mends(p *Pack, s *Sink, facts Facts) bool {
	if f.Call != "" {
		roles := p.Call(f.Call)
		return roles == nil || len(roles.Sinks) == 0
	}
	return s.Decide(&fixedFacts{facts, f, s.Args}).Safe
}

// fixedFacts are facts of a call with other arguments.
type fixedFacts struct {
	Facts
	fix  *Fix
	args map[string]int
}

// Arg implements Facts.
func (f *fixedFacts) Arg(name string) ArgFact {
	for _, a := range f.fix.Set {
		if a.Name == name {
			return a.fact()
		}
		if at, ok := f.args[a.Name]; ok && name == strconv.Itoa(at) {
			return a.fact()
		}
	}
	for _, d := range f.fix.Drop {
		if d == name {
			return ArgFact{}
		}
	}
	return f.Facts.Arg(name)
}

func (a FixArg) fact() ArgFact {
	switch {
	case a.Value == "True" || a.Value == "False" || a.Value == "None" || strings.IndexFunc(a.Value, notDigit) < 0:
		return ArgFact{State: Known, Const: a.Value}
	case a.Value[0] == '"':
		return ArgFact{State: Known, Const: strings.Trim(a.Value, `"`), IsStr: true}
	default:
		return ArgFact{State: KnownClass, Class: a.Value, Bases: []string{a.Value}}
	}
}

func notDigit(r rune) bool { return (r < '0' || r > '9') && r != '-' }

package rule

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/pickletrace/pickletrace/pkg/version"
)

func (l *loader) buildSinks() {
	each(l, "sinks", l.buildSink)
	l.buildLikes()
	each(l, "settings", l.buildSetting)
}

// buildSetting makes a sink of a setting: its input is the value, and without a row that applies it is safe.
func (l *loader) buildSetting(v view) {
	var stored Stored
	for i, word := range storedWords {
		if slices.Contains(v.strs("stored"), word) || !v.has("stored") {
			stored |= 1 << i
		}
	}
	l.finishSink(v, &Sink{ID: v.str("id"), Stored: stored, Settings: v.strs("names"), Setters: l.patterns(v, "calls"), Input: Slot{What: ArgSlot, Names: []string{"value"}}, Quiet: true,
		Title: v.str("title"), Library: v.str("library"), At: v.at()})
}

func (l *loader) buildSink(v view) {
	s := &Sink{ID: v.str("id"), Calls: l.patterns(v, "call"), Except: l.patterns(v, "except"), Input: l.slotOf(v, "input", Receiver, ArgSlot, AllArgs),
		Reads: carry(v.str("reads")), Near: v.strs("near"), Picks: v.strs("picks"), Args: l.args(v), Quiet: v.has("otherwise"), Title: v.str("title"), Library: v.str("library"), Derived: v.str("derived-from"), At: v.at()}
	s.Fixes = l.fixes(v)
	l.literalEnd(v, "call")
	if n := v.node("acts-as-source"); n != nil {
		s.ActsAs = l.kind(v.r, n)
	}
	l.finishSink(v, s)
}

// finishSink reads what sinks and settings have alike.
func (l *loader) finishSink(v view, s *Sink) {
	if n := v.node("library"); n != nil && l.libraries[s.Library] == nil {
		v.r.errorf(n, "unknown library %s%s", quoteShort(s.Library), suggestKey(v.r, s.Library, l.libraries))
	}
	if s.Library == "" {
		s.Library = firstLibrary(v)
	}
	ctx := condContext{args: s.Args, input: &s.Input, library: s.Library, where: "a sink",
		subjects: []string{"env", "receiver", "lib", "source", "path-suffix", "beside"}}
	if s.Settings != nil {
		ctx.where, ctx.subjects, ctx.setting = "a setting", []string{"env", "lib"}, true
	}
	for _, row := range v.views("cases") {
		s.Cases = append(s.Cases, l.sinkCase(row, ctx))
	}
	if l.define(v.r, v.node("id"), "sink", s.ID) {
		l.sinks[s.ID] = s
		l.pack.Sinks = append(l.pack.Sinks, s)
	}
}

func (l *loader) sinkCase(v view, ctx condContext) Case {
	c := Case{When: l.conds(v, "when", ctx), Lower: v.num("lower", 0), As: v.str("as"), Note: v.str("note"),
		Unknown: v.flag("unknown"), At: v.at()}
	if v.str("verdict") == "safe" {
		c.Verdict = Safe
		if v.has("lower") {
			v.r.errorf(v.node("lower"), "lower goes with verdict: report only")
		}
	}
	if c.As == defaultWord {
		v.r.errorf(v.node("as"), "default stands for rows without a name; choose another one")
	}
	return c
}

// firstLibrary gives the library of the first version condition in a sink's cases.
func firstLibrary(v view) string {
	for _, row := range v.views("cases") {
		for _, n := range row.view("when").list("lib") {
			if m := libRE.FindStringSubmatch(scalarText(n)); m != nil {
				return m[1]
			}
		}
	}
	return ""
}

// A condContext says what conditions may ask for at one place of the language.
type condContext struct {
	args     map[string]int // positions of named arguments
	input    *Slot          // nil outside sinks
	library  string         // what lib: unknown asks for; "" if it may not be asked
	where    string         // for messages
	subjects []string       // allowed besides arg.*
	setting  bool           // the only argument is the value
}

// conds reads a when mapping.
func (l *loader) conds(v view, name string, ctx condContext) []Cond {
	return l.whenOf(v.view(name), ctx)
}

// whenOf reads the conditions of a mapping.
func (l *loader) whenOf(v view, ctx condContext) []Cond {
	var out []Cond
	for _, e := range v.pairs() {
		subject := e.key.Value
		if !whenObject.free.re.MatchString(subject) && whenObject.key(subject) == nil {
			continue // reported by the language check
		}
		c := Cond{Subject: subject, At: v.r.place(e.key)}
		if arg, ok := strings.CutPrefix(subject, "arg."); ok && ctx.setting && arg != "value" && arg != "command" {
			v.r.errorf(e.key, "%s cannot be asked in %s; what is stored is arg.value, the line of an option arg.command", subject, ctx.where)
			continue
		} else if ok {
			c.lookup = lookupKeys(arg, ctx)
		} else if word, _, named := strings.Cut(subject, "."); named && (word == "env" || word == receiverWord) && slices.Contains(ctx.subjects, word) {
			// what the receiver was given before, and the environment
		} else if !slices.Contains(ctx.subjects, subject) {
			v.r.errorf(e.key, "%s cannot be asked in %s", subject, ctx.where)
			continue
		}
		for _, n := range items(e.val) {
			if t, ok := l.test(v.r, subject, n, ctx); ok {
				c.Any = append(c.Any, t)
			}
		}
		out = append(out, c)
	}
	return out
}

// lookupKeys lists the names under which the engine may know an argument: its position and its keywords.
func lookupKeys(arg string, ctx condContext) []string {
	out := []string{arg}
	pos, err := strconv.Atoi(arg)
	if err != nil {
		if at, ok := ctx.args[arg]; ok {
			out = append(out, strconv.Itoa(at))
		}
		return out
	}
	for _, name := range keys(ctx.args) {
		if ctx.args[name] == pos {
			out = append(out, name)
		}
	}
	if in := ctx.input; in != nil && slices.Contains(in.Positions, pos) {
		for _, name := range in.Names {
			if !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
	}
	return out
}

// test reads one alternative of a condition.
func (l *loader) test(r *file, subject string, n *yaml.Node, ctx condContext) (Test, bool) {
	switch subject {
	case "lib":
		return l.libTest(r, n, ctx)
	case "source":
		k := l.kind(r, n)
		return Test{Op: SourceKind, S: scalarText(n)}, k != nil
	case "beside":
		return Test{Op: StandsBeside, S: scalarText(n)}, scalarText(n) != ""
	case "path-suffix":
		return Test{Op: HasSuffix, S: scalarText(n)}, scalarText(n) != ""
	}
	if n.Kind == yaml.ScalarNode {
		op, ok := argWords[strings.ToLower(n.Value)]
		return Test{Op: op}, ok
	}
	return l.argTest(r, newView(r, n))
}

var argWords = map[string]TestOp{
	"true": IsTrue, "false": IsFalse, "none": IsNone, "absent": IsAbsent, "unknown": IsUnknown, "given": NotAbsentOrNone,
}

func (l *loader) argTest(r *file, v view) (Test, bool) {
	switch {
	case v.has("const"):
		n := v.node("const")
		if word := strings.ToLower(n.Value); n.ShortTag() == "!!bool" || word == "none" {
			r.errorf(n, "write the condition as %s, without const", word)
		}
		return Test{Op: IsConst, S: n.Value}, true
	case v.has("matches"):
		return l.regexpTest(r, v.node("matches"), Matches)
	case v.has("not-matches"):
		return l.regexpTest(r, v.node("not-matches"), NotMatches)
	case v.has("contains"):
		return l.regexpTest(r, v.node("contains"), Contains)
	case v.has("tainted"):
		t := Test{Op: IsTainted}
		for _, k := range l.kindList(v, "tainted", anyKind) {
			t.L = append(t.L, k.ID)
		}
		return t, true
	case v.has("subclass-of"):
		t := Test{Op: SubclassOf, L: v.strs("subclass-of")}
		if len(t.L) > 0 {
			t.S = t.L[0]
		}
		for _, n := range v.list("subclass-of") {
			if to, _ := l.alias.canonical(n.Value); to != n.Value {
				r.errorf(n, "%s is an alias; write %s", n.Value, to)
			}
		}
		return t, true
	default:
		return Test{}, false
	}
}

func (l *loader) regexpTest(r *file, n *yaml.Node, op TestOp) (Test, bool) {
	re := l.regexps[n.Value]
	if re == nil {
		var err error
		if re, err = regexp.Compile(n.Value); err != nil {
			r.errorf(n, "bad regular expression: %s", strings.TrimPrefix(err.Error(), "error parsing regexp: "))
			return Test{}, false
		}
		l.regexps[n.Value] = re
	}
	return Test{Op: op, S: n.Value, re: re}, true
}

var libRE = regexp.MustCompile(`^([a-z0-9]+(?:[-_.][a-z0-9]+)*)\s*([<>=!~].*)$`)

// libTest reads "numlib>=1.2" or unknown.
func (l *loader) libTest(r *file, n *yaml.Node, ctx condContext) (Test, bool) {
	text := scalarText(n)
	if text == "unknown" {
		if ctx.library == "" {
			r.errorf(n, "lib: unknown needs a library; name one with library:")
		}
		return Test{Op: LibUnknown, Lib: ctx.library}, true
	}
	m := libRE.FindStringSubmatch(text)
	if m == nil {
		r.errorf(n, "%s is not a version condition; want unknown, or a library id and a specifier as in \"numlib>=1.2\"", quoteShort(text))
		return Test{}, false
	}
	if l.libraries[m[1]] == nil {
		r.errorf(n, "unknown library %s%s", quoteShort(m[1]), suggestKey(r, m[1], l.libraries))
	}
	if _, err := version.ParseSet(m[2]); err != nil {
		r.errorf(n, "%s", err)
		return Test{}, false
	}
	return Test{Op: LibSpec, S: m[2], Lib: m[1]}, true
}

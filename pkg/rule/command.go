package rule

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A Shell is a call that runs a command line.
type Shell struct {
	ID     string
	Calls  []string
	Line   Slot // the command line: a text, a list of words, or arguments that are the words
	When   []Cond
	Prints bool // the result holds what the commands print
	Enters Slot // instead of a line: the call makes this folder the one that relative paths begin at
	// Fails is how a program that fails is seen: "raises", "return" (the result is not 0), or an attribute of the result
	// that is not 0. "" where it is not seen at all.
	Fails string
	At    Place
}

// A Command says what a program does with the files and addresses on its command line.
type Command struct {
	ID       string
	Programs [][]string // the words the line begins with: "aws", "s3", "cp"
	Takes    []string   // options whose value is the next word
	Has      []string   // one of these options is there
	Lacks    []string   // none of them is
	Brings   *Kind      // new data of this kind; nil: what is read
	Given    *Given     // what is brought depends on a word
	Pinned   *regexp.Regexp
	Reads    Word
	Writes   Word
	Into     Word
	Named    Word
	Strip    []string // endings that the written file's name loses
	Bundled  bool     // the first word may be options without a dash
	Whole    bool     // what is in the folder as a whole is written
	Enters   Word
	Checks   Word // files that the program fails on where they are not what was signed
	Key      Word // with Checks: what they are checked with
	At       Place
}

// Given: the word must match.
type Given struct {
	Word Word
	Re   *regexp.Regexp
}

// A Word is a place on a command line: the value of an option, or else an argument by its position, counted from the end
// where it is negative.
type Word struct {
	After    []string
	Position int
	All      bool // every argument
	Set      bool // Position or All is given
}

// None says whether the place is not given at all.
func (w Word) None() bool { return !w.Set && len(w.After) == 0 }

// Commands gives what the packs say of programs, by the last part of the first word's path.
func (p *Pack) Commands(program string) []*Command { return p.index.commands[program] }

const lastWord = "last"

var (
	tOptions = many(text("an option", `^-\S+$`))
	tWord    = mapping(&object{name: "a word", groups: []group{atLeastOne("after", "word")}, keys: []key{
		{"after", false, tOptions, "the value of one of these options"},
		{"word", false, &shape{name: "a position, last or all", scalar: &scalar{str: true, num: true, max: mostPosition,
			words: []string{lastWord, allKinds}, re: regexp.MustCompile(`^(last|all)$`)}}, "the argument at this position, the last one, or all"},
	}})
	shellObject = &object{name: "a shell", groups: []group{exactlyOne("line", "enters")}, keys: []key{
		{"id", true, tID, "a name for it"},
		{"call", true, tPatterns, "the calls"},
		{"line", false, tSlot, "the command line: a text, or a list of words"},
		{"args", false, tArgs, "positions of the arguments in conditions"},
		{"when", false, tWhen, "conditions that must all hold"},
		{"prints", false, tFlag, "the result holds what the commands print"},
		{"enters", false, tSlot, "the folder that relative paths begin at from here on"},
		{"fails", false, text("raises, return or a Python name", namePattern), "a program that fails raises, gives a result that is not 0, or one with an attribute of this name that is not 0"},
	}}
	commandObject = &object{name: "a command", keys: []key{
		{"id", true, tID, "a name for it"},
		{"program", true, many(text("words", `^[a-z0-9][a-z0-9._+-]*( [a-z0-9][a-z0-9._+-]*)*$`)), "the words that a command line begins with"},
		{"takes", false, tOptions, "options whose value is the next word"},
		{"has", false, tOptions, "one of these options is given"},
		{"lacks", false, tOptions, "none of these options is given"},
		{"brings", false, tKind, "new data of this kind; default what is read"},
		{"given", false, mapping(&object{name: "given", keys: []key{
			{"word", true, tWord, "the word"},
			{"matches", true, text("a regular expression (RE2)", ""), "what it must match"},
		}}), "only where a word matches"},
		{"pinned", false, text("a regular expression (RE2)", ""), "where the line matches, what it brings was chosen by its writer"},
		{"reads", false, tWord, "files whose content goes in; default the standard input"},
		{"writes", false, tWord, "the file or folder that is written"},
		{"into", false, tWord, "the folder that files are written to"},
		{"named", false, tWord, "addresses or files whose last part names the file, if writes gives none"},
		{"strip", false, many(text("an ending", `^\.[A-Za-z0-9.]+$`)), "endings that the name loses"},
		{"bundled", false, tFlag, "the first word may be options of one letter without a dash"},
		{"whole", false, tFlag, "files of unknown names are written to the folder"},
		{"enters", false, tWord, "the folder that relative paths begin at from here on"},
		{"checks", false, tWord, "files whose signature is checked: the program fails where it is wrong"},
		{"key", false, tWord, "with checks: the key, or its file; no check where that comes from others"},
	}}
)

func (l *loader) buildShell(v view) {
	s := &Shell{ID: v.str("id"), Calls: l.patterns(v, "call"), Line: l.slotOf(v, "line", ArgSlot, AllArgs),
		Prints: v.flag("prints"), Enters: l.slotOf(v, "enters", ArgSlot), Fails: v.str("fails"), At: v.at()}
	s.When = l.conds(v, "when", condContext{args: l.args(v), where: "shells", subjects: []string{"receiver"}})
	if l.define(v.r, v.node("id"), "shell", s.ID) {
		l.pack.Shells = append(l.pack.Shells, s)
	}
}

func (l *loader) buildCommand(v view) {
	c := &Command{ID: v.str("id"), Takes: v.strs("takes"), Has: v.strs("has"), Lacks: v.strs("lacks"), Reads: word(v.view("reads")),
		Writes: word(v.view("writes")), Into: word(v.view("into")), Named: word(v.view("named")), Strip: v.strs("strip"),
		Whole: v.flag("whole"), Bundled: v.flag("bundled"), Enters: word(v.view("enters")),
		Checks: word(v.view("checks")), Key: word(v.view("key")), At: v.at()}
	for _, p := range v.strs("program") {
		c.Programs = append(c.Programs, strings.Fields(p))
	}
	if v.has("brings") {
		c.Brings = l.kind(v.r, v.node("brings"))
	}
	c.Pinned = l.regexp(v, "pinned")
	if g := v.view("given"); g.n != nil {
		c.Given = &Given{Word: word(g.view("word")), Re: l.regexp(g, "matches")}
	}
	for _, w := range []Word{c.Reads, c.Writes, c.Into, c.Checks, c.Key} {
		c.Takes = append(c.Takes, w.After...)
	}
	slices.Sort(c.Takes)
	if l.define(v.r, v.node("id"), "command", c.ID) {
		l.pack.commands = append(l.pack.commands, c)
	}
}

// regexp compiles the regular expression of a key and reports a bad one; nil if there is none.
func (l *loader) regexp(v view, name string) *regexp.Regexp {
	text := v.str(name)
	if text == "" {
		return nil
	}
	re, err := regexp.Compile(text)
	if err != nil {
		v.r.errorf(v.node(name), "%s", err)
	}
	return re
}

func word(v view) Word {
	w := Word{After: v.strs("after")}
	switch n := v.str("word"); n {
	case "":
	case lastWord:
		w.Position, w.Set = -1, true
	case allKinds:
		w.All, w.Set = true, true
	default:
		w.Position, _ = strconv.Atoi(n)
		w.Set = true
	}
	return w
}

// addShells files the calls that run command lines, and the programs.
func (b *indexer) addShells(p *Pack) {
	for _, s := range p.Shells {
		b.calls("source", s.ID, s.At, s.Calls, func(r *Roles) { addNew(&r.Shells, s) })
	}
	b.x.commands = map[string][]*Command{}
	for _, c := range p.commands {
		for _, words := range c.Programs {
			if list := b.x.commands[words[0]]; !slices.Contains(list, c) {
				b.x.commands[words[0]] = append(list, c)
			}
		}
	}
}

// Fits says whether the row is about a command line, as far as the program's name says if has is nil, and gives how many
// words that name has.
func (c *Command) Fits(words []string, has func(option string) bool) (n int, ok bool) {
	for _, name := range c.Programs {
		if n, ok = begins(words, name); ok {
			break
		}
	}
	if !ok || has == nil {
		return n, ok
	}
	return n, (len(c.Has) == 0 || slices.ContainsFunc(c.Has, has)) && !slices.ContainsFunc(c.Lacks, has)
}

// begins says whether a command line begins with the words of a name, between which there may be options.
func begins(words, name []string) (n int, ok bool) {
	for _, want := range name[1:] {
		for n++; n < len(words) && strings.HasPrefix(words[n], "-"); n++ {
		}
		if n >= len(words) || words[n] != want {
			return 0, false
		}
	}
	return n + 1, true
}

// Package shell reads command lines: which programs are called with which words, and which variables they are given. It runs
// nothing and expands nothing that is not said in the text itself or by who asks. It is the one home of this: notebooks, calls of
// subprocess, Dockerfiles, workflows and scripts are all read here.
package shell

import (
	"regexp"
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// Unknown stands in a word for what only a run would tell: $HOME, $(date).
const Unknown = '\uf8ff'

// A Command is one call of a program.
type Command struct {
	Words []string // the program first; with Unknown where a part is not known
	Lines []int    // of the words in the script, from 0; nil if they are all on Line
	In    string   // the file its standard input comes from; "" for none
	Out   []string // the files its standard output goes to
	Line  int      // of the script, from 0
	Piped int      // the command whose output it reads, counted in the list that holds both; -1 for none
}

// A Variable is one that a script gives to the programs it starts.
type Variable struct {
	Name, Value string
	Line        int // of the script, from 0
}

// A Script is what is read of one.
type Script struct {
	Commands []Command
	Exports  []Variable
}

// Options say how a script is read. The zero value is right for one that stands alone.
type Options struct {
	Vars    map[string]string // known from elsewhere; not changed
	Written bool              // keep what is not known as it is written: $HOME
	Max     int               // commands and exports that are read; 0 is 200
}

const (
	maxScript   = 1 << 16 // bytes of a script that is parsed as a whole
	maxNested   = 500     // brackets of it: the parser calls itself for each
	maxCommands = 200     // of one script
	maxVariable = 512     // bytes of a variable's value: values made of values grow
	maxGrown    = 1 << 20 // bytes of values that are put into the words of one script
	maxDepth    = 4       // scripts in scripts: bash -c "bash -c …"
)

// Parse gives the commands of a script in the order of the text.
func Parse(script string) []Command { return Read(script, Options{}).Commands }

// Read gives the commands of a script and what it exports. A script that is no shell as a whole is read line by line, a line that
// is none is cut at blanks.
func Read(script string, o Options) Script {
	r := newReader(o)
	r.script(script)
	return r.out
}

// Words gives the command that a list of words is: the arguments of a process that no shell starts.
func Words(words []string) []Command { return ReadWords(words, Options{}).Commands }

// ReadWords gives the command that a list of words is, and what it exports.
func ReadWords(words []string, o Options) Script {
	r := newReader(o)
	r.words(words, nil, 0)
	return r.out
}

// Fields cuts a line into words as a shell does, without reading it as a command: A=1 "b c".
func Fields(line string, o Options) []string {
	r := newReader(o)
	var out []string
	err := error(nil)
	if r.src = line; bounded(line) {
		for w, bad := range parser().WordsSeq(strings.NewReader(line)) {
			if bad != nil {
				err = bad
				break
			}
			out = append(out, r.word(w))
		}
	}
	if err != nil || !bounded(line) {
		return plainWords(line)
	}
	return out
}

func parser() *syntax.Parser { return syntax.NewParser(syntax.Variant(syntax.LangBash)) }

// bounded says whether a text is one that may be parsed.
func bounded(text string) bool {
	n := 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '(', '{', '`', '[':
			n++
		}
	}
	return len(text) <= maxScript && n <= maxNested
}

// Base gives what is after the last slash.
func Base(word string) string { return word[strings.LastIndexByte(word, '/')+1:] }

func isShell(word string) bool {
	switch Base(word) {
	case "sh", "bash", "zsh", "dash", "ksh":
		return true
	}
	return false
}

var assignment = regexp.MustCompile(`^([A-Za-z_][A-Za-z0-9_]*)=`)

// IsName says whether a text can be a variable's name.
func IsName(s string) bool { return assignment.MatchString(s + "=") }

package taint

import (
	"bytes"
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/pkg/shell"
)

// Command lines: what the rule packs say of programs, for calls that run them.
//
//	subprocess.run(["curl", "-o", path, url])
//	os.system("wget -O model.pt https://models.example.com/model.pt && tar xf model.tar")
//	!gdown {url} -O {name}

const (
	maxWords   = 64     // words of a command line given as a list
	maxHoles   = 500    // values in a command line that are not literal
	firstHole  = 0xe000 // the first of the characters that stand for them
	standardIO = "-"    // as a file: what is piped
)

// commands runs through the command lines that a call runs.
func (c *extCall) commands() {
	for _, s := range c.roles.Shells {
		if !c.holds(s.When) {
			continue
		}
		if s.Enters.What != rule.NoSlot {
			c.f.moveTo(c.slot(s.Enters), c.st)
			continue
		}
		r := &commandLine{c: c, in: c.in}
		if list := r.read(s.Line); len(list) > 0 {
			r.run(list, s.Prints)
			r.passes(s.Fails)
		}
	}
}

// A commandLine is the commands of one call. Words are texts in which characters stand for values that are not literal.
type commandLine struct {
	c     *extCall
	holes []sym
	in    *ir.Instr
	dir   string // the folder that cd went to; "" for where the program is
	// checked is what the last command fails on where it is not what was signed.
	checked []*Value
}

// read gives the commands of a slot: of a text, of a list of words, or of arguments that are the words.
func (r *commandLine) read(slot rule.Slot) []shell.Command {
	if slot.What == rule.AllArgs {
		var words []string
		for i, a := range r.c.args {
			if i >= slot.From && a.name == "" && a.star == 0 {
				words = append(words, r.text(a.val))
			}
		}
		return shell.Words(words)
	}
	v, _ := r.c.arg(slot.Positions, slot.Names)
	if v == nil {
		return nil
	}
	if words := r.list(v); len(words) > 0 {
		return shell.Words(words)
	}
	return shell.Parse(r.text(v))
}

// list gives the words of a list that is made here.
func (r *commandLine) list(v *Value) []string {
	var out []string
	for i := range maxWords {
		x, ok := r.c.f.heapGet(r.c.st, v.symbol(), "["+itoa(i)+"]")
		if !ok {
			break
		}
		out = append(out, r.text(x))
	}
	return out
}

// text gives the text of a value.
func (r *commandLine) text(v *Value) string {
	if s, ok := v.strKonst(); ok {
		return s
	}
	var b strings.Builder
	r.write(&b, v.symbol(), 0)
	return b.String()
}

// write adds what is known of the text that a symbol stands for.
func (r *commandLine) write(b *strings.Builder, n sym, depth int) {
	in := r.c.f.ev.syms.info[n]
	switch {
	case n == noSym || depth > maxWords:
		b.WriteRune(shell.Unknown)
	case in.op == symConst:
		b.WriteString(in.s)
	case in.op == symSame:
		r.write(b, in.a, depth+1)
	case in.op == symJoin && (in.s == "" || in.s == "+" || in.s == "f"):
		r.write(b, in.a, depth+1)
		if in.s == "" {
			b.WriteByte('/')
		}
		r.write(b, in.b, depth+1)
	case len(r.holes) < maxHoles:
		b.WriteRune(rune(firstHole + len(r.holes)))
		r.holes = append(r.holes, n)
	default:
		b.WriteRune(shell.Unknown)
	}
}

// value gives the value that a word stands for; nil if it is not known.
func (r *commandLine) value(word string) *Value {
	syms := &r.c.f.ev.syms
	out := &Value{open: true}
	literal := ""
	add := func(n sym) {
		if out.sym == noSym {
			out.sym = n
		} else {
			out.sym = (*syms).join(out.sym, n, "f")
		}
	}
	for _, x := range word {
		i := int(x) - firstHole
		switch {
		case x == shell.Unknown:
			return nil
		case i < 0 || i >= len(r.holes):
			literal += string(x)
			continue
		}
		if literal != "" {
			add((*syms).konst(literal))
			literal = ""
		}
		add(r.holes[i])
	}
	if out.sym == noSym {
		return r.c.f.constant(&ir.Const{Kind: ir.Str, S: literal})
	}
	if literal != "" {
		add((*syms).konst(literal))
	}
	return out
}

// literal says whether a word has no unknown part.
func (r *commandLine) literal(word string) bool {
	return strings.IndexFunc(word, func(x rune) bool { return x >= firstHole && x <= shell.Unknown }) < 0
}

// run goes through the commands in order. What one prints is what the next one in a pipe reads.
func (r *commandLine) run(list []shell.Command, prints bool) {
	out := make([]*Value, len(list))
	piped := make([]bool, len(list))
	for i := range list {
		cmd := &list[i]
		r.in = r.at(cmd.Line)
		var in *Value
		if cmd.Piped >= 0 {
			in = out[cmd.Piped]
			piped[cmd.Piped] = true
		}
		if cmd.In != "" {
			in = r.contentOf(cmd.In)
		}
		r.checked = nil
		out[i] = r.command(cmd.Words, in)
		for _, file := range cmd.Out {
			r.fill(file, out[i], true)
		}
	}
	for i, v := range out {
		if prints && v != nil && !piped[i] && len(list[i].Out) == 0 {
			r.c.out.facts, r.c.modelled = addFacts(r.c.out.facts, v.facts), true
			r.c.out.clean = r.c.out.clean && len(r.c.out.facts) == 0
		}
	}
}

// at gives the call with the span of a line of the script, where the script stands in the call as it is.
func (r *commandLine) at(line int) *ir.Instr {
	in := *r.c.in
	src := r.c.f.fn.Mod.IR.File.Text
	for start := in.Span.Start; line > 0; line-- {
		n := int32(bytes.IndexByte(src[start:in.Span.End], '\n'))
		if n < 0 {
			return r.c.in
		}
		start += n + 1
		in.Span.Start = start
	}
	if n := int32(bytes.IndexByte(src[in.Span.Start:in.Span.End], '\n')); n > 0 && in.Span.Start > r.c.in.Span.Start {
		in.Span.End = in.Span.Start + n
	}
	return &in
}

// command does what the packs say of a program, and gives what it prints. One that is not known passes on what it reads.
func (r *commandLine) command(words []string, in *Value) *Value {
	if !r.literal(words[0]) {
		return in
	}
	words = slices.Clone(words)
	words[0] = shell.Base(words[0])
	for _, row := range r.c.f.ev.pack.Commands(words[0]) {
		if line, ok := readOptions(row, words); ok {
			return r.apply(row, line, in)
		}
	}
	return in
}

// options is a command line by its options and arguments.
type options struct {
	given  map[string][]string // option → its values; none for a switch
	args   []string
	joined string
}

// readOptions reads a command line as a row says; ok is false if it is not about it.
func readOptions(row *rule.Command, words []string) (line *options, ok bool) {
	line = &options{given: map[string][]string{}, joined: strings.Join(words, " ")}
	n, ok := row.Fits(words, nil)
	if !ok {
		return nil, false
	}
	rest := words[n:]
	takes := func(o string) bool { return slices.Contains(row.Takes, o) }
	for i := 0; i < len(rest); i++ {
		w := rest[i]
		next := ""
		if i+1 < len(rest) {
			next = rest[i+1]
		}
		name, value, joined := strings.Cut(w, "=")
		switch {
		case w == "--":
			line.args = append(line.args, rest[i+1:]...)
			i = len(rest)
		case w == standardIO || !strings.HasPrefix(w, "-") && !(row.Bundled && i == 0):
			line.args = append(line.args, w)
		case takes(w):
			line.given[w] = append(line.given[w], next)
			i++
		case joined && strings.HasPrefix(w, "--"):
			line.given[name] = append(line.given[name], value)
		case strings.HasPrefix(w, "--"):
			line.given[w] = append(line.given[w], "")
		default:
			if line.bundle(strings.TrimPrefix(w, "-"), next, takes) {
				i++
			}
		}
	}
	_, ok = row.Fits(words, func(o string) bool { return line.given[o] != nil })
	return line, ok
}

// bundle reads options of one letter that stand together: the value of one that takes it is the rest, or the next word.
func (l *options) bundle(letters, next string, takes func(string) bool) (usesNext bool) {
	for i, x := range letters {
		o := "-" + string(x)
		if !takes(o) {
			l.given[o] = append(l.given[o], "")
			continue
		}
		if rest := letters[i+len(string(x)):]; rest != "" {
			l.given[o] = append(l.given[o], rest)
			return false
		}
		l.given[o] = append(l.given[o], next)
		return true
	}
	return false
}

// words gives what is at a place of the line.
func (l *options) words(w rule.Word) []string {
	for _, o := range w.After {
		if vs := l.given[o]; len(vs) > 0 {
			return vs
		}
	}
	switch at := w.Position; {
	case w.All:
		return l.args
	case !w.Set:
		return nil
	default:
		if at < 0 {
			at += len(l.args)
		}
		if at < 0 || at >= len(l.args) {
			return nil
		}
		return l.args[at : at+1]
	}
}

// apply does what a row says, and gives what is printed.
func (r *commandLine) apply(row *rule.Command, line *options, in *Value) *Value {
	if enters := line.words(row.Enters); len(enters) > 0 {
		r.dir = r.below(enters[0])
		return nil
	}
	if !row.Checks.None() {
		r.check(row, line)
		return nil
	}
	data := r.data(row, line, in)
	if data == nil {
		return nil
	}
	into := ""
	if dirs := line.words(row.Into); len(dirs) > 0 {
		into = dirs[0]
	}
	if files := line.words(row.Writes); len(files) > 0 {
		if files[0] == standardIO || files[0] == "/dev/stdout" {
			return data
		}
		return r.place(join(into, files[0]), row, line, data)
	}
	if row.Named.None() && !row.Whole {
		return data
	}
	if known := r.name(into, row, line, data); row.Whole || !known && into != "" {
		r.fill(join(into, "."), data, false)
	}
	return nil
}

// place writes data to what a word names: a file, or a folder in which the row names files.
func (r *commandLine) place(file string, row *rule.Command, line *options, data *Value) *Value {
	if file == "." || strings.HasSuffix(file, "/") || strings.HasSuffix(file, "/.") {
		if r.name(file, row, line, data) && !row.Whole {
			return nil
		}
		r.fill(file, data, false)
		return nil
	}
	r.fill(file, data, true)
	return nil
}

// name writes data to the files in a folder that are named as what they come from; false if those names are not known.
func (r *commandLine) name(into string, row *rule.Command, line *options, data *Value) bool {
	known := false
	for _, from := range line.words(row.Named) {
		if r.opaque(from) {
			continue
		}
		from, _, _ = strings.Cut(from, "?")
		from, _, _ = strings.Cut(from, "#")
		from = strings.TrimSuffix(from, "/")
		base := shell.Base(from)
		for _, ending := range row.Strip {
			base = strings.TrimSuffix(base, ending)
		}
		if base != "" && base != "." && !strings.HasSuffix(from, "*") && !strings.ContainsRune(base, shell.Unknown) {
			known = true
			r.fill(join(into, base), data, true)
		}
	}
	return known
}

// opaque says whether nothing is known of a word, not even that it is below something.
func (r *commandLine) opaque(word string) bool {
	return !r.literal(word) && !strings.Contains(word, "/") && !strings.Contains(word, ".")
}

// data gives what a row brings or reads; nil for nothing.
func (r *commandLine) data(row *rule.Command, line *options, in *Value) *Value {
	if g := row.Given; g != nil && !slices.ContainsFunc(line.words(g.Word), func(w string) bool {
		return g.Re.MatchString(w) || w != "" && !r.literal(w[:1]) || strings.HasPrefix(w, string(shell.Unknown))
	}) {
		return nil
	}
	if row.Brings != nil {
		if row.Pinned != nil && row.Pinned.MatchString(line.joined) {
			return &Value{clean: true}
		}
		f, name := r.c.f, shell.Base(strings.Join(row.Programs[0], " "))
		fact := &Fact{org: f.ev.sourceOrigin(nil, row.Brings, name, f.fn, r.in), prov: step(nil, provSource, f.fn, r.in.Span, name)}
		return &Value{open: true, facts: []*Fact{fact}}
	}
	if row.Reads.None() {
		return in
	}
	var out *Value
	for _, file := range line.words(row.Reads) {
		v := in
		if file != standardIO {
			v = r.contentOf(file)
		}
		switch {
		case v == nil:
		case out == nil:
			out = v
		default:
			out = &Value{open: true, facts: addFacts(out.facts, v.facts), clean: out.clean && v.clean}
		}
	}
	if out == nil {
		return in
	}
	return out
}

// contentOf gives what a file holds; nil if nothing is known of it.
func (r *commandLine) contentOf(file string) *Value {
	v := r.value(r.below(file))
	if v.symbol() == noSym {
		return nil
	}
	facts, written := r.c.f.content(v, r.c.st)
	if len(facts) == 0 && !written {
		return nil
	}
	return &Value{open: true, facts: r.c.f.stepped(asValues(facts), provPass, r.in, said("passes through a command")), clean: len(facts) == 0, sym: v.sym}
}

// fill writes data to a file or folder. The file that is written anew holds nothing else.
func (r *commandLine) fill(file string, data *Value, anew bool) {
	if data == nil {
		return
	}
	v := r.value(r.below(file))
	if v.symbol() == noSym {
		return
	}
	if anew {
		r.c.f.overwrite(v, r.c.st)
	}
	r.c.f.write(v, data, r.c.st, r.in)
}

// below gives a path from where the program is.
func (r *commandLine) below(file string) string { return join(r.dir, file) }

// join puts a path below a folder; a path from the root stays.
func join(dir, file string) string {
	switch {
	case dir == "" || strings.HasPrefix(file, "/"):
		return file
	case file == ".":
		return strings.TrimSuffix(dir, "/")
	default:
		return strings.TrimSuffix(dir, "/") + "/" + file
	}
}

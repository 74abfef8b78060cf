package rule

import (
	"fmt"
	"regexp"
	"strings"
)

// Page is all there is to say of a rule: its title, its level by kind of source, the text of Markdown, and the calls it
// looks at. The rule reference is made of these pages, and the command line's explain prints one.
func (p *Pack) Page(r *Rule) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s: %s\n\n", r.ID, r.Title)
	fmt.Fprintf(&b, "`%s`. %s\n\n", r.Name, strings.Join(p.facts(r), " "))
	b.WriteString(p.levelTable(r))
	b.WriteString(r.Markdown())
	if lines := r.lookedAt(); lines != nil {
		b.WriteString("\n### What it looks at\n\n" + strings.Join(lines, "\n") + "\n")
	}
	return b.String()
}

// facts are what tables and reports show of a rule, as sentences.
func (p *Pack) facts(r *Rule) []string {
	var out []string
	if len(r.Level) < 2 {
		out = append(out, "Level: "+r.Level[""].String()+".")
	}
	if r.Precision != "" {
		out = append(out, "Precision: "+r.Precision+".")
	}
	if r.Since != "" {
		out = append(out, "Since "+r.Since+".")
	}
	for _, c := range r.Changed {
		out = append(out, "Changed in "+c.Version+": "+strings.TrimSuffix(c.What, ".")+".")
	}
	if r.Pack != "" {
		out = append(out, "Pack: "+r.Pack+".")
	}
	return out
}

// levelTable says which level a rule has for data of which kind, in the order of trust; "" if it has one for all.
func (p *Pack) levelTable(r *Rule) string {
	if len(r.Level) < 2 {
		return ""
	}
	out := "| what the data is | level |\n|---|---|\n"
	for _, k := range p.Kinds {
		if l, ok := r.Level[k.ID]; ok {
			out += fmt.Sprintf("| %s (`%s`) | %s |\n", k.Title, k.ID, l)
		}
	}
	if l, ok := r.Level[""]; ok {
		out += fmt.Sprintf("| anything else | %s |\n", l)
	}
	return out + "\n"
}

// lookedAt lists the sinks of a rule, one line each: their calls, and which of their cases count.
func (r *Rule) lookedAt() []string {
	if r.Flow == nil && r.Call == nil {
		return nil // a rule of this program about its own comments
	}
	var out []string
	for _, s := range r.sinks() {
		line := "- `" + strings.Join(s.Calls, "`, `") + "`: " + s.Input.words(s.Reads)
		if s.Settings != nil {
			line = "- settings `" + strings.Join(s.Settings, "`, `") + "`"
		}
		if cases := r.cases(); cases != nil && len(s.Cases) > 0 {
			line += "; cases: " + strings.Join(cases, ", ")
		}
		out = append(out, line)
	}
	return out
}

func (r *Rule) cases() []string {
	if r.Flow != nil {
		return r.Flow.Cases
	}
	return r.Call.Cases
}

// words describes the input of a sink.
func (s Slot) words(reads Carry) string {
	var what string
	switch s.What {
	case Receiver:
		what = "the object it is called on"
	case AllArgs:
		what = "its arguments"
	default:
		var names []string
		for _, n := range s.Positions {
			names = append(names, fmt.Sprint(n))
		}
		for _, n := range s.Names {
			names = append(names, "`"+n+"`")
		}
		what = "argument " + strings.Join(names, " or ")
	}
	if reads == CarryContent {
		what += ", and the file it names"
	}
	return what
}

// Markdown explains the rule: what can happen, an example that is found and one that is not, what to do, how to
// silence it, and where to read on. The command line's explain, SARIF's help and the rule reference show this text.
// It ends with a newline and has no heading: the title belongs to its surroundings.
func (r *Rule) Markdown() string {
	var b strings.Builder
	para := func(s string) {
		if s = strings.TrimSpace(s); s != "" {
			b.WriteString(s + "\n\n")
		}
	}
	para(r.Why)
	if len(r.Bad) > 0 {
		para("### Example\n\n" + codeBlocks(r.Bad[0]))
	}
	para("### What to do")
	para(r.Fix)
	if len(r.Good) > 0 {
		para("This is not reported:\n\n" + codeBlocks(r.Good[0]))
	}
	para(r.silence())
	para(r.reading())
	return strings.TrimRight(b.String(), "\n") + "\n"
}

func (r *Rule) silence() string {
	return fmt.Sprintf("### Silence it\n\nWhere you know that the data can be trusted, say why on the line of the call:\n\n"+
		"```python\n… # pickletrace: ignore[%s] -- reason\n```\n\n"+
		"To turn the rule off, or change its level, in .pickletrace.yml:\n\n"+
		"```yaml\ndisable: [%[1]s]\n# or\nlevels: {%[1]s: note}\n```", r.ID)
}

func (r *Rule) reading() string {
	var lines []string
	for _, n := range r.CWE {
		lines = append(lines, fmt.Sprintf("- [CWE-%d](%s)", n, CWEURL(n)))
	}
	for _, url := range r.References {
		lines = append(lines, "- <"+url+">")
	}
	if lines == nil {
		return ""
	}
	return "### References\n\n" + strings.Join(lines, "\n")
}

// CWEURL is the page of a CWE entry.
func CWEURL(n int) string { return fmt.Sprintf("https://cwe.mitre.org/data/definitions/%d.html", n) }

var (
	annotationRE = regexp.MustCompile(`\s*#\s*(?:source\b|want\b|ok:|missing\b|spurious\b).*$`)
	exampleFile  = regexp.MustCompile(`^-- (\S+) --\s*$`)
)

// commentStart gives the offset of the comment of a line of Python, with the blanks before it, or the line's length.
// It knows strings within the line; a string over several lines it takes for code.
func commentStart(line string) int {
	quote := byte(0)
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case quote != 0 && c == '\\':
			i++
		case quote != 0 && c == quote:
			quote = 0
		case quote == 0 && (c == '"' || c == '\''):
			quote = c
		case quote == 0 && c == '#':
			return len(strings.TrimRight(line[:i], " \t"))
		}
	}
	return len(line)
}

// codeBlocks shows an example as fenced code, one block for each of its files, without annotations.
func codeBlocks(e Example) string {
	var out, code []string
	flush := func() {
		text := strings.Trim(strings.Join(code, "\n"), "\n")
		if text != "" {
			out = append(out, "```python\n"+text+"\n```")
		}
		code = nil
	}
	for line := range strings.SplitSeq(e.Code, "\n") {
		if m := exampleFile.FindStringSubmatch(line); m != nil {
			flush()
			out = append(out, "`"+m[1]+"`:")
			continue
		}
		start := commentStart(line)
		bare := line[:start] + annotationRE.ReplaceAllString(line[start:], "")
		if bare == "" && strings.TrimSpace(line) != "" {
			continue // the line held an annotation only
		}
		code = append(code, strings.TrimRight(bare, " \t"))
	}
	flush()
	return strings.Join(out, "\n\n")
}

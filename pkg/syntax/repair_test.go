package syntax

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// nested is a module whose blocks must not be confused; each I stands for a level of indentation.
const nested = `def outer():
I# a comment
Iif a:
IIx = '''text
stays'''
II
IIf(x,
  y)
I# after
Iz = 1 \
  + 2
Iclass C:
IIdef m(self):
IIIreturn 1
def last():
Ipass
`

// shape is a form of the tree that does not change with the indentation.
func shape(t *Tree) string {
	var b strings.Builder
	for i, n := range t.Nodes {
		if n.Kind == KindComment || n.Kind == KindLineContinuation {
			continue
		}
		b.WriteString(n.Kind.String() + ":" + n.Field.String())
		if n.Next == int32(i+1) && n.Kind != KindStringContent && n.Named {
			b.WriteString("=" + t.Text(int32(i)))
		}
		// How many levels end here tells the nesting.
		b.WriteString(" ")
		for j := i; j >= 0; j-- {
			if t.Nodes[j].Next == int32(i+1) && j != i {
				b.WriteString(")")
			}
		}
	}
	return b.String()
}

// However wide a level is, and whether it is made of blanks or tabs, the tree must be the same, and every node must
// have the text it has without repairs.
func TestIndentation(t *testing.T) {
	plain, _ := parse(t, strings.ReplaceAll(nested, "I", "    "))
	want := shape(plain)
	for name, level := range map[string]string{
		"1 blank": " ", "tab": "\t", "85 blanks": strings.Repeat(" ", 85), "86 blanks": strings.Repeat(" ", 86),
		"128 blanks": strings.Repeat(" ", 128), "256 blanks": strings.Repeat(" ", 256), "512 blanks": strings.Repeat(" ", 512),
		"65536 blanks": strings.Repeat(" ", 65536), "40 tabs": strings.Repeat("\t", 40), "blanks before tabs": "   \t",
	} {
		src := strings.ReplaceAll(nested, "I", level)
		tree, problems := parse(t, src)
		if len(problems) > 0 {
			t.Errorf("%s: %v", name, problems)
		}
		if got := shape(tree); got != want {
			t.Errorf("%s:\n got  %s\n want %s", name, got, want)
		}
	}
}

// Lines of the same column are in one block however tabs and blanks make it up, as long as Python accepts them.
func TestIndentationMixed(t *testing.T) {
	for name, src := range map[string]string{
		"tabs in different places": "def f():\n" + strings.Repeat(" ", 7) + "\t\tx = 1\n\t        g(x)\ny = 2\n",
		"form feeds":               "def f():\n    \f x = 1\n g(x)\n\fy = 2\n",
		"joined first line":        "def f():\n \\\n        x = 1\n g(x)\ny = 2\n",
		"joined without blanks":    "def f():\n\\\n x = 1\n g(x)\ny = 2\n",
		"joined crlf":              "def f():\r\n \\\r\n    x = 1\r\n g(x)\r\ny = 2\r\n",
	} {
		tree, problems := parse(t, src)
		want, _ := parse(t, "def f():\n x = 1\n g(x)\ny = 2\n")
		if got, want := shape(tree), shape(want); got != want || len(problems) > 0 {
			t.Errorf("%s: %v\n got  %s\n want %s", name, problems, got, want)
		}
	}
}

func TestIndentationTooDeep(t *testing.T) {
	var b strings.Builder
	for i := range 300 {
		b.WriteString(strings.Repeat(" ", i) + "if x:\n")
	}
	b.WriteString(strings.Repeat(" ", 300) + "y\n")
	_, problems := parse(t, b.String())
	if len(problems) != 1 || show(problems[0]) != "0 2 wide-indentation: not analysed: the code is indented more levels deep than Python allows" {
		t.Error(problems)
	}
}

// The widest nesting that Python allows, at the usual four columns, is more than the parser can count.
func TestIndentationHundredLevels(t *testing.T) {
	var b strings.Builder
	for i := range 99 {
		b.WriteString(strings.Repeat("    ", i) + "if x:\n")
	}
	b.WriteString(strings.Repeat("    ", 99) + "y\nz\n")
	tree, problems := parse(t, b.String())
	if n := len(kids(tree, 0)); n != 2 || len(problems) > 0 {
		t.Errorf("%d statements in the module, want 2; %v", n, problems)
	}
}

func kids(t *Tree, i int32) []string {
	var out []string
	for c := range t.Kids(i) {
		out = append(out, t.Nodes[c].Kind.String())
	}
	return out
}

// Each of these takes minutes at the size limit if it is not repaired, and would be given up on.
func TestLongRuns(t *testing.T) {
	for name, src := range map[string]string{
		"comments":      "if a:\n  x\n" + strings.Repeat("  # c\n", 8000) + "  last(1)\n",
		"spaced out":    "if a:\n  x\n" + strings.Repeat("  # c\n\n", 8000) + "  last(1)\n",
		"joins":         "if a:\n  x\n  last(" + strings.Repeat("\\\n", 20_000) + "1)\n",
		"joins, blanks": "if a:\n  x\n  last(" + strings.Repeat("  \\\n", 20_000) + "1)\n",
		"joins, crlf":   "if a:\n  x\n  last(" + strings.Repeat("\\\r\n", 20_000) + "1)\n",
		"joined indent": "if a:\n  x\n  " + strings.Repeat("\\\n", 20_000) + "last(1)\n",
	} {
		tree, problems := parse(t, src)
		want, _ := parse(t, "if a:\n  x\n  last(1)\n")
		if got, want := shape(tree), shape(want); got != want || len(problems) > 0 {
			t.Errorf("%s: %v\n got  %s\n want %s", name, problems, got, want)
		}
	}
}

func TestGaveUp(t *testing.T) {
	tree, problems := parse(t, strings.Repeat(".", 50_000))
	if len(problems) != 1 || show(problems[0]) != "0 2 parser-gave-up: not analysed: parsing takes too long; the file is damaged or made to do so" {
		t.Error(problems)
	}
	if got := sexp(tree, 0); got != "(module ``)" {
		t.Error(got)
	}
}

func TestDeep(t *testing.T) {
	const n = 100_000
	for name, src := range map[string]string{
		"sum":        "x = 1\ny = a" + strings.Repeat("+a", n) + "\nz = 1\n",
		"brackets":   "x = 1\ny = " + strings.Repeat("(", n) + "a" + strings.Repeat(")", n) + "\nz = 1\n",
		"attributes": "x = 1\ny = a" + strings.Repeat(".a", n) + "\nz = 1\n",
	} {
		tree, problems := parse(t, src)
		if len(problems) != 1 || show(problems[0]) != "2 1 too-deep: code nested more than 10000 levels deep was not analysed" {
			t.Errorf("%s: %v", name, problems)
		}
		if n := len(kids(tree, 0)); n != 3 {
			t.Errorf("%s: %d statements, want 3", name, n)
		}
		if d := depth(tree); d != maxDepth {
			t.Errorf("%s: %d levels deep, want %d", name, d, maxDepth)
		}
	}
	if _, problems := parse(t, "x = a"+strings.Repeat("+a", maxDepth-10)); len(problems) > 0 {
		t.Errorf("below the limit: %v", problems)
	}
}

func depth(t *Tree) int {
	var open []int32
	deepest := 0
	for i := range t.Nodes {
		for len(open) > 0 && t.Nodes[open[len(open)-1]].Next <= int32(i) {
			open = open[:len(open)-1]
		}
		open = append(open, int32(i))
		deepest = max(deepest, len(open))
	}
	return deepest
}

func TestTooLarge(t *testing.T) {
	_, problems := parse(t, strings.Repeat("#", maxText+1))
	if len(problems) != 1 || problems[0].Kind != "too-large" || problems[0].Line != 0 {
		t.Error(problems)
	}
}

// Garbage must be got through, with a problem and no more than the usual memory.
func TestGarbage(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	random, quotes := make([]byte, 100_000), make([]byte, 100_000)
	for i := range random {
		random[i] = byte(rnd.Uint32())
		quotes[i] = "'\"\n a"[rnd.IntN(5)]
	}
	for name, src := range map[string]string{
		"random bytes": string(random), "quotes": string(quotes), "opened": strings.Repeat("([{", 30_000), "zeros": strings.Repeat("\x00", 100_000),
		"fields": strings.Repeat("f'{", 30_000), "errors": strings.Repeat("x = )\n", 10_000),
	} {
		_, problems := parse(t, src)
		if len(problems) == 0 || problems[0].Kind != "syntax-error" && problems[0].Kind != "parser-gave-up" {
			t.Errorf("%s: %v", name, problems)
		}
	}
}

package syntax

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/pickletrace/pickletrace/pkg/text"
)

// sexp prints node i and what is under it: fields before a colon, tokens quoted, the text of leaves in backquotes.
func sexp(t *Tree, i int32) string {
	n := t.Nodes[i]
	var b strings.Builder
	if n.Field != NoField {
		fmt.Fprintf(&b, "%s:", n.Field)
	}
	if !n.Named {
		return b.String() + fmt.Sprintf("%q", n.Kind)
	}
	b.WriteString("(" + n.Kind.String())
	for c := range t.Kids(i) {
		b.WriteString(" " + sexp(t, c))
	}
	if n.Next == i+1 {
		fmt.Fprintf(&b, " `%s`", t.Text(i))
	}
	return b.String() + ")"
}

func parse(t testing.TB, src string) (*Tree, []text.Problem) {
	t.Helper()
	f, _ := text.NewFile("a.py", []byte(src))
	tree, problems := Parse(f)
	if err := check(tree); err != nil {
		t.Fatalf("%.200q: %v", src, err)
	}
	return tree, problems
}

// check verifies what Tree promises of its nodes.
func check(t *Tree) error {
	if len(t.Nodes) == 0 || t.Nodes[0].Kind != KindModule && t.Nodes[0].Kind != KindError {
		return fmt.Errorf("the root is no module")
	}
	if t.Nodes[0].Next != int32(len(t.Nodes)) {
		return fmt.Errorf("the root does not hold all nodes")
	}
	var open []int32
	for i, n := range t.Nodes {
		for len(open) > 0 && t.Nodes[open[len(open)-1]].Next == int32(i) {
			open = open[:len(open)-1]
		}
		if n.Next <= int32(i) || n.Kind == KindInvalid || n.Kind.String() == "" {
			return fmt.Errorf("node %d: %+v", i, n)
		}
		if n.Span.Start < 0 || n.Span.End < n.Span.Start || int(n.Span.End) > len(t.File.Text) {
			return fmt.Errorf("node %d is outside of the text: %+v", i, n)
		}
		if len(open) > 0 {
			up := t.Nodes[open[len(open)-1]]
			if n.Next > up.Next || n.Span.Start < up.Span.Start || n.Span.End > up.Span.End {
				return fmt.Errorf("node %d %+v is not inside of its parent %+v", i, n, up)
			}
		}
		open = append(open, int32(i))
	}
	return nil
}

func TestParse(t *testing.T) {
	for src, want := range map[string]string{
		"": "(module ``)",
		"x = f(1, y=2) not in z\n": "(module (expression_statement (assignment left:(identifier `x`) \"=\" " +
			"right:(comparison_operator (call function:(identifier `f`) arguments:(argument_list \"(\" (integer `1`) \",\" " +
			"(keyword_argument name:(identifier `y`) \"=\" value:(integer `2`)) \")\")) operators:\"not in\" (identifier `z`)))))",
		"async def f(): pass": "(module (function_definition \"async\" \"def\" name:(identifier `f`) " +
			"parameters:(parameters \"(\" \")\") \":\" body:(block (pass_statement \"pass\"))))",
		// The grammar knows these, of several Python versions.
		"print 'a'":    "(module (print_statement \"print\" argument:(string (string_start `'`) (string_content `a`) (string_end `'`))))",
		"type X = int": "(module (type_alias_statement \"type\" (type (identifier `X`)) \"=\" (type (identifier `int`))))",
		"f\"{d[\"k\"]}\"": "(module (expression_statement (string (string_start `f\"`) (interpolation \"{\" expression:(subscript " +
			"value:(identifier `d`) \"[\" subscript:(string (string_start `\"`) (string_content `k`) (string_end `\"`)) \"]\") \"}\") (string_end `\"`))))",
		// A CR ends a line, and with it a comment.
		"# c\rx": "(module (comment `# c`) (expression_statement (identifier `x`)))",
	} {
		tree, problems := parse(t, src)
		if got := sexp(tree, 0); got != want || len(problems) > 0 {
			t.Errorf("%q:\n got  %s %v\n want %s", src, got, problems, want)
		}
	}
}

func TestTree(t *testing.T) {
	tree, _ := parse(t, "x.ｙ(z)")
	call := slices.IndexFunc(tree.Nodes, func(n Node) bool { return n.Kind == KindCall })
	args := tree.Child(int32(call), FieldArguments)
	if got := tree.Text(args); got != "(z)" {
		t.Errorf("arguments are %q", got)
	}
	if got := tree.Child(args, FieldBody); got != -1 {
		t.Errorf("arguments have a body: %d", got)
	}
	attr := tree.Child(tree.Child(int32(call), FieldFunction), FieldAttribute)
	if tree.Text(attr) != "ｙ" || tree.Name(attr) != "y" {
		t.Errorf("attribute %q is named %q", tree.Text(attr), tree.Name(attr))
	}
}

func TestSyntaxErrors(t *testing.T) {
	for _, c := range []struct {
		src     string
		errors  int
		problem string
	}{
		{"x = 1\ny = )\nz = 2\n", 1, "2 1 syntax-error: syntax error; what surrounds it may not have been analysed"},
		{"f(x\n", 1, "1 1 syntax-error: syntax error; what surrounds it may not have been analysed"},
		{strings.Repeat("x = )\n", 300), 100, "1 1 syntax-error: syntax error here and at 299 more places; what surrounds it may not have been analysed"},
	} {
		tree, problems := parse(t, c.src)
		if len(tree.Errors) != c.errors || len(problems) != 1 || show(problems[0]) != c.problem {
			t.Errorf("%.30q: %d errors, problems %v", c.src, len(tree.Errors), problems)
		}
		if !slices.IsSortedFunc(tree.Errors, func(a, b text.Span) int { return int(a.Start - b.Start) }) {
			t.Errorf("%.30q: errors are not in order", c.src)
		}
	}
}

func show(p text.Problem) string {
	return fmt.Sprintf("%d %d %s: %s", p.Line, p.Severity, p.Kind, p.Msg)
}

// A parser that was stopped must not leave anything to the next file, and goroutines must not disturb each other.
func TestParseConcurrently(t *testing.T) {
	sources := []string{"x = 1\n", "x = " + strings.Repeat("a+", 5000) + "a\n", strings.Repeat(".", 50_000), "if x:\n  y(\n", ""}
	var want []string
	for _, s := range sources {
		tree, problems := parse(t, s)
		want = append(want, fmt.Sprint(tree.Nodes, tree.Errors, problems))
	}
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			for i := range 3 * len(sources) {
				k := (i + g) % len(sources)
				tree, problems := Parse(&text.File{Path: "a.py", Text: []byte(sources[k])})
				if got := fmt.Sprint(tree.Nodes, tree.Errors, problems); got != want[k] {
					t.Errorf("source %d gives another tree", k)
				}
			}
		})
	}
	wg.Wait()
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"x = f(1)\n", "if x:\n\ty\n", "a, *b.f(c)", "type(x).y = 1", "t'{a}' \\\n", "\x00", "f'{a!r:{b}}'", "except* A, B:", "class A[T = int]: pass",
		strings.Repeat(" ", 256) + "x", "if x:\n" + strings.Repeat(" ", 300) + "y\n \tz", "x = " + strings.Repeat("\\\n", 60) + "1", "lazy import a\nreturn a, *[b]",
		"lazy import \xffreturn a, *[b]"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		file, _ := text.NewFile("a.py", src)
		tree, problems := Parse(file)
		if err := check(tree); err != nil {
			t.Fatal(err)
		}
		for _, p := range problems {
			if p.Line < 0 || p.Line > file.Lines() || p.Kind == "" || p.Msg == "" {
				t.Errorf("%+v", p)
			}
		}
		// A file made by hand is not decoded: any bytes must do.
		if err := check(first(Parse(&text.File{Path: "a.py", Text: src}))); err != nil {
			t.Fatal(err)
		}
	})
}

func first[A, B any](a A, _ B) A { return a }

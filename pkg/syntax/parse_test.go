package syntax

import (
	"fmt"
	"strings"
	"testing"

	"github.com/pickletrace/pickletrace/pkg/text"
)

// sexp prints node i and what is under it as an S-expression; fields come first, tokens are quoted.
func sexp(t *Tree, i int32) string {
	n := t.Nodes[i]
	var b strings.Builder
	if n.Field != NoField {
		fmt.Fprintf(&b, "%s:", n.Field)
	}
	if !n.Named {
		fmt.Fprintf(&b, "%q", n.Kind)
		return b.String()
	}
	b.WriteString("(" + n.Kind.String())
	leaf := true
	for c := range t.Kids(i) {
		leaf = false
		b.WriteString(" " + sexp(t, c))
	}
	if leaf {
		fmt.Fprintf(&b, " `%s`", t.Text(i))
	}
	return b.String() + ")"
}

func parse(t testing.TB, src string) (*Tree, []text.Problem) {
	t.Helper()
	return Parse(&text.File{Path: "a.py", Text: []byte(src)})
}

func TestParse(t *testing.T) {
	tree, problems := parse(t, "x = f(1, y=2) not in z\n")
	if len(problems) > 0 {
		t.Error(problems)
	}
	const want = "(module (expression_statement (assignment left:(identifier `x`) \"=\" " +
		"right:(comparison_operator (call function:(identifier `f`) arguments:(argument_list \"(\" (integer `1`) \",\" " +
		"(keyword_argument name:(identifier `y`) \"=\" value:(integer `2`)) \")\")) operators:\"not in\" (identifier `z`)))))"
	if got := sexp(tree, 0); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

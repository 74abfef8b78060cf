package syntax

import "testing"

// sameShape compares the tree of src with that of another text that means the same, and wants no problem.
func sameShape(t *testing.T, src, other string) {
	t.Helper()
	got, problems := parse(t, src)
	want, _ := parse(t, other)
	if g, w := shape(got), shape(want); g != w || len(problems) > 0 {
		t.Errorf("%q: %v\n got  %s\n want %s", src, problems, g, w)
	}
}

func TestSplats(t *testing.T) {
	for src, want := range map[string]string{
		"a, *b.f(c)": "(module (expression_statement (identifier `a`) \",\" (list_splat \"*\" (call function:(attribute " +
			"object:(identifier `b`) \".\" attribute:(identifier `f`)) arguments:(argument_list \"(\" (identifier `c`) \")\")))))",
		"x[a, *b[c]]": "(module (expression_statement (subscript value:(identifier `x`) \"[\" subscript:(identifier `a`) \",\" " +
			"subscript:(list_splat \"*\" (subscript value:(identifier `b`) \"[\" subscript:(identifier `c`) \"]\")) \"]\")))",
		"*a.b, c = d": "(module (expression_statement (assignment left:(pattern_list (list_splat_pattern \"*\" (attribute " +
			"object:(identifier `a`) \".\" attribute:(identifier `b`))) \",\" (identifier `c`)) \"=\" right:(identifier `d`))))",
		"f(*b.g(c))": "(module (expression_statement (call function:(identifier `f`) arguments:(argument_list \"(\" (list_splat \"*\" " +
			"(call function:(attribute object:(identifier `b`) \".\" attribute:(identifier `g`)) arguments:(argument_list \"(\" (identifier `c`) \")\"))) \")\"))))",
	} {
		tree, problems := parse(t, src)
		if got := sexp(tree, 0); got != want || len(problems) > 0 {
			t.Errorf("%q: %v\n got  %s\n want %s", src, problems, got, want)
		}
	}
}

func TestStarredLists(t *testing.T) {
	for src, other := range map[string]string{
		"return a, *[1]":             "return (a, *[1])",
		"return *(1, 2), 3  # c":     "return (*(1, 2), 3)  # c",
		"x = y = a, *{1: 2}":         "x = y = (a, *{1: 2})",
		"if a == b: x = a, *'s'":     "if a == b: x = (a, *'s')",
		"for x in a, *[b]: pass":     "for x in (a, *[b]): pass",
		"yield *[1], *b":             "yield (*[1], *b)",
		"return f(a, *[1]), *[2]; x": "return (f(a, *[1]), *[2]); x",
		"x += a, *[1]":               "x += (a, *[1])",
	} {
		sameShape(t, src, other)
	}
}

func TestTypeCalls(t *testing.T) {
	for _, rest := range []string{"(self).x = v", " (self).x: int = v", "(self).x, y = v", "[a].b = c"} {
		sameShape(t, "if a:\n  f()\n  type"+rest+"\ntype X = int\n", "if a:\n  f()\n  type"+rest+"\ntype X = int\n")
		tree, problems := parse(t, "if a: type"+rest+"\n")
		other, _ := parse(t, "if a: spam"+rest+"\n")
		if len(tree.Nodes) != len(other.Nodes) || len(problems) > 0 {
			t.Errorf("type%s: %s %v", rest, sexp(tree, 0), problems)
		}
	}
	tree, _ := parse(t, "type(self).x = v")
	if got, want := sexp(tree, 0), "(module (expression_statement (assignment left:(attribute object:(call function:(identifier `type`) "+
		"arguments:(argument_list \"(\" (identifier `self`) \")\")) \".\" attribute:(identifier `x`)) \"=\" right:(identifier `v`))))"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestNewSyntax(t *testing.T) {
	for src, other := range map[string]string{
		"class A[T = int, *Ts = *tuple[int], **P = [a, b]](B): x": "class A[T, *Ts, **P](B): x",
		"async def f[T: (a, b) = a](x: T = 1): pass":              "async def f[T: (a, b)](x: T = 1): pass",
		"type X[T = dict[str, int]] = list[T]":                    "type X[T] = list[T]",
		"try: a\nexcept* (A, B) as e: b":                          "try: a\nexcept* (A, B) as e: b",
	} {
		sameShape(t, src, other)
	}
	for src, want := range map[string]string{
		"x = rT'{a}b'": "(module (expression_statement (assignment left:(identifier `x`) \"=\" right:(string (string_start `rT'`) " +
			"(interpolation \"{\" expression:(identifier `a`) \"}\") (string_content `b`) (string_end `'`)))))",
		"lazy import a.b": "(module (import_statement \"import\" name:(dotted_name (identifier `a`) \".\" (identifier `b`))))",
		"lazy from a import b": "(module (import_from_statement \"from\" module_name:(dotted_name (identifier `a`)) \"import\" " +
			"name:(dotted_name (identifier `b`))))",
		"try: a\nexcept* A, B: b": "(module (try_statement \"try\" \":\" body:(block (expression_statement (identifier `a`))) " +
			"(except_group_clause \"except\" (identifier `A`) \",\" (identifier `B`) \":\" (block (expression_statement (identifier `b`))))))",
		"try: a\nexcept *(A, B) as e: b": "(module (try_statement \"try\" \":\" body:(block (expression_statement (identifier `a`))) " +
			"(except_group_clause \"except\" (as_pattern (tuple \"(\" (identifier `A`) \",\" (identifier `B`) \")\") \"as\" " +
			"alias:(as_pattern_target (identifier `e`))) \":\" (block (expression_statement (identifier `b`))))))",
	} {
		tree, problems := parse(t, src)
		if got := sexp(tree, 0); got != want || len(problems) > 0 {
			t.Errorf("%q: %v\n got  %s\n want %s", src, problems, got, want)
		}
	}
}

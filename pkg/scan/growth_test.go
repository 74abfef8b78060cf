package scan_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/pickletrace/pickletrace/pkg/scan"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// A shape is code that can be made as large as one likes, of a kind that has cost more than its size deserves.
type shape struct {
	name string
	base int
	code func(n int) string
	// free is work that need not double: below a limit more costs more.
	free int
}

// each puts together what is written for 0 to n-1; %[1]d stands for the number, %[2]d for the next one.
func each(n int, format string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, strings.ReplaceAll(format, "$", "%[1]d"), i, i+1)
	}
	return b.String()
}

var shapes = []shape{
	{"stores under branches", 50, func(n int) string {
		return "class A:\n    def f(self, u, c):\n" + each(n, "        if c.x$:\n            self.a$ = u.b$\n") + "        pickle.loads(self.a0)\n"
	}, 0},
	{"variables set under branches", 50, func(n int) string {
		return "def f(u, c):\n" + each(n, "    if c.x$:\n        a$ = u.b$\n") + "    pickle.loads(a0)\n"
	}, 0},
	{"one variable set under branches", 50, func(n int) string {
		return "def f(u, c):\n    a = None\n" + each(n, "    if c.x$:\n        a = requests.get(u.b$).content\n") + "    pickle.loads(a)\n"
	}, 0},
	{"truth values that stand for checks", 50, func(n int) string {
		return "def f(u, d):\n    ok = False\n" + each(n, "    if u.x$ is None:\n        ok = True\n    elif hashlib.sha256(d).hexdigest() == u.y$:\n        ok = False\n") + "    if ok:\n        pickle.loads(d)\n"
	}, 0},
	{"handlers in sequence", 30, func(n int) string {
		return "def f(u, c):\n    a = None\n" + each(n, "    try:\n        a = u.b$\n        c.m$(a)\n    except E:\n        a = u.c$\n") + "    pickle.loads(a)\n"
	}, 0},
	{"returns in sequence", 50, func(n int) string {
		return "def f(u, c):\n" + each(n, "    if c.x$:\n        c.y$ = u.b$\n        return u.c$\n") + "    return pickle.loads(u.d)\n"
	}, 0},
	{"continues in a loop", 30, func(n int) string {
		return "def f(u, c):\n    for x in u:\n" + each(n, "        if x.x$:\n            x.a$ = u.b$\n            continue\n") + "        pickle.loads(x.a0)\n"
	}, 0},
	{"loops in loops", 2, func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "%sfor x%d in c.x%d:\n%sa%d = u.b%d\n", strings.Repeat("    ", i+1), i, i, strings.Repeat("    ", i+2), i, i)
		}
		return "def f(u, c):\n" + b.String() + "    pickle.loads(a0)\n"
	}, 0},
	{"a table that is filled and passed on", 300, func(n int) string {
		return "def f(u, k):\n    d = {}\n" + each(n, "    d['k$'] = u.b$\n    g(d)\n") + "    return pickle.loads(d[k])\n"
	}, 30000},
	{"fields that methods use", 50, func(n int) string {
		return "class A:\n    def __init__(self, u):\n" + each(n, "        self.a$ = u.b$\n        self.h$()\n") + each(n, "    def h$(self):\n        return pickle.loads(self.a$)\n") + "def g(u):\n    A(requests.get(u)).f()\n"
	}, 60000},
	{"a table of functions", 50, func(n int) string {
		return each(n, "def h$(b):\n    return pickle.loads(b)\n") + "D = {" + each(n, "'k$': h$, ") + "}\ndef run(k, u):\n    return D[k](requests.get(u).content)\n"
	}, 0},
	{"one-line lambdas", 50, func(n int) string {
		return "D = {" + each(n, "'k$': lambda b: pickle.loads(b), ") + "}\ndef run(k, u):\n    return D[k](requests.get(u).content)\n"
	}, 0},
	{"a variable made of itself", 50, func(n int) string {
		return "x = requests.get(u).content\n" + strings.Repeat("x = bytes(x)\n", n) + "pickle.loads(x)\n"
	}, 0},
	{"a text that doubles", 20, func(n int) string {
		return "p = 'a'\n" + strings.Repeat("p = p + p\n", n) + strings.Repeat("p = f'{p}{p}'\n", n) + strings.Repeat("p = '{}{}'.format(p, p)\n", n) + "pickle.load(open(p, 'rb'))\n"
	}, 0},
	{"a chain of classes", 50, func(n int) string {
		return "class C0:\n    def m(self, b):\n        return pickle.loads(b)\n" + each(n, "class C%[2]d(C$):\n    pass\n") + fmt.Sprintf("C%d().m(requests.get(u).content)\n", n)
	}, 0},
	{"diamonds of classes", 20, func(n int) string {
		return "class A0:\n    def m(self, b):\n        return pickle.loads(b)\n" + each(n, "class L$(A$): pass\nclass R$(A$): pass\nclass A%[2]d(L$, R$): pass\n") + fmt.Sprintf("A%d().m(requests.get(u).content)\n", n)
	}, 0},
	{"overriding methods", 30, func(n int) string {
		return "class B:\n    def m(self, b):\n        return 1\n    def go(self, u):\n        return self.m(requests.get(u).content)\n" + each(n, "class C$(B):\n    def m(self, b):\n        return pickle.loads(b)\n")
	}, 0},
	{"calls that call twice", 4, func(n int) string {
		return "def f0(b):\n    return pickle.loads(b)\n" + each(n, "def f%[2]d(b):\n    f$(b)\n    return f$(b.x)\n") + fmt.Sprintf("f%d(requests.get(u).content)\n", n)
	}, 0},
	{"a circle of functions", 4, func(n int) string {
		return each(n, "def f$(b, k):\n    if k:\n        return f%[2]d(b.x, k)\n    return f0(pickle.loads(b), k)\n") + fmt.Sprintf("def f%d(b, k):\n    return f0(b, k)\nf0(requests.get(u).content, 1)\n", n)
	}, 0},
	{"calls with other constants", 50, func(n int) string {
		return "def load(b, x=None):\n    if x == 3:\n        return pickle.loads(b)\n" + each(n, "def f$(u):\n    return load(requests.get(u).content, x=$)\n")
	}, 0},
	{"yields", 50, func(n int) string {
		return "def g(u):\n    while True:\n" + each(n, "        u.a$ = u.b$\n        yield u.x$\n") + "def f(u):\n    for x in g(requests.get(u)):\n        pickle.loads(x)\n"
	}, 0},
}

// TestGrowth scans each shape at sizes 1, 2, 4 and 8. The work is counted, not timed: instructions interpreted, joins, and
// cells looked at. Twice the code must not cost much more than twice the work.
func TestGrowth(t *testing.T) {
	for _, s := range shapes {
		t.Run(s.name, func(t *testing.T) {
			var work []int
			for _, k := range []int{1, 2, 4, 8} {
				work = append(work, workOf(t, s.code(s.base*k)))
			}
			for i, n := range work[1:] {
				if most := work[i]*5/2 + 2000 + s.free; n > most {
					t.Errorf("work at sizes 1, 2, 4, 8: %d; %d after %d is more than %d", work, n, work[i], most)
				}
			}
		})
	}
}

func workOf(t *testing.T, code string) int {
	t.Helper()
	pack, err := builtin()
	if err != nil {
		t.Fatal(err)
	}
	file, _ := text.NewFile("m.py", []byte("import hashlib, pickle, requests\n"+code))
	st := scan.Files([]*text.File{file}, nil, pack, nil).Stats
	return st.Instructions + st.Joins + st.Cells
}

// TestSameWork scans one program again and again: not only what is found must be the same every time, but also what was done
// for it. Which functions are looked at, and in what order, decides what a limit leaves out.
func TestSameWork(t *testing.T) {
	code := each(12, "def h$(x):\n    for i in x:\n        x = requests.get(i).text\n    return x\n") +
		"T = {'z': pickle.loads, " + each(12, "'k$': h$, ") + "}\n"
	first := workOf(t, code)
	for range 12 {
		if again := workOf(t, code); again != first {
			t.Fatalf("work: %d, then %d", first, again)
		}
	}
}

package text_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/pickletrace/pickletrace/pkg/text"
)

// TestOutline cuts bodies out: each that may be read later is shown as ‹body|Inner›.
func TestOutline(t *testing.T) {
	for _, c := range []struct{ name, src, want string }{
		{"two functions", "def f(a):\n    return a\n\nx = 1\ndef g():\n    pass\n", "def f(a):\n    ‹return a|0›\n\nx = 1\ndef g():\n    ‹pass|0›\n"},
		{"methods, async, decorated", "class C:\n\t@d(lambda: 0)\n\tasync def f(\n\t    self,\n\t): # why\n\t\t# first\n\t\tawait x\n\ty = 2\n",
			"class C:\n\t@d(lambda: 0)\n\tasync def f(\n\t    self,\n\t): # why\n\t\t# first\n\t\t‹await x|0›\n\ty = 2\n"},
		{"guarded", "if x:\n    def f():\n        return 1\nelse:\n    def f():\n        return 2", "if x:\n    def f():\n        ‹return 1|0›\nelse:\n    def f():\n        ‹return 2|0›"},
		{"nested functions are part of the outer one", "def f():\n  def g():\n    return lambda: 1\n  return g\n", "def f():\n  ‹def g():\n    return lambda: 1\n  return g|2›\n"},
		{"a lambda in an f-string", "def f():\n    return f'{(lambda: 1)()}'\n", "def f():\n    ‹return f'{(lambda: 1)()}'|1›\n"},
		{"one line", "def f(): return 1\ndef g(a=lambda: 0) -> {1: 2}: return 1\n", "def f(): return 1\ndef g(a=lambda: 0) -> {1: 2}: return 1\n"},
		{"strings and brackets hide what looks like a line", "def f():\n    x = '''\ndef g():\n'''\n    y = [\n1\n]\nz = 1\n", "def f():\n    ‹x = '''\ndef g():\n'''\n    y = [\n1\n]|0›\nz = 1\n"},
		{"backslashes", "def f \\\n  ():\n    return 1 + \\\n2\nx = 1\n", "def f \\\n  ():\n    ‹return 1 + \\\n2|0›\nx = 1\n"},
		{"comments end nothing", "def f():\n    x = 1\n# out\n    return x # end\n    # in\n# out\ny = 1\n", "def f():\n    ‹x = 1\n# out\n    return x|0› # end\n    # in\n# out\ny = 1\n"},
		{"global, class, __all__ stay", "def f():\n    global x\n    x = 1\ndef g():\n    class C: pass\ndef h():\n    __all__.append('x')\n", "def f():\n    global x\n    x = 1\ndef g():\n    class C: pass\ndef h():\n    __all__.append('x')\n"},
		{"letters of other scripts", "def f():\n    ｘ = 1\ndef g():\n    return 'é'\n", "def f():\n    ｘ = 1\ndef g():\n    ‹return 'é'|0›\n"},
		{"a variable named def's like", "define = 1\nasync_ = 2\nx.default\n", "define = 1\nasync_ = 2\nx.default\n"},
		{"tabs and spaces", "def f():\n\tpass\nif x:\n    pass\n", "?"},
		{"an odd dedent", "def f():\n    x = 1\n  y = 2\n", "?"},
		{"no body", "def f():\nx = 1\n", "?"},
		{"no colon", "def f()\n    x = 1\n", "?"},
		{"a string without end", "def f():\n    x = 'a\n", "?"},
		{"a bracket too many", "def f():\n    x = 1)\n", "?"},
		{"a form feed", "def f():\n    x = 1\n\f\ndef g():\n    pass\n", "?"},
	} {
		if got := cutOut(c.src, 1); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
	if got := cutOut("def f():\n    return 1\n", 20); strings.Contains(got, "‹") {
		t.Errorf("a small body is cut out: %s", got)
	}
}

func cutOut(src string, least int) string {
	suites, ok := text.Outline([]byte(src), least)
	if !ok {
		return "?"
	}
	var b strings.Builder
	done := int32(0)
	for _, s := range suites {
		fmt.Fprintf(&b, "%s‹%s|%d›", src[done:s.Start], src[s.Start:s.End], s.Inner)
		done = s.End
	}
	return b.String() + src[done:]
}

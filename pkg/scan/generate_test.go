package scan_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// A generator writes small random programs, each twice: a function that calls a helper, and the same with the body of the
// helper in its place.
type generator struct {
	*rand.Rand
	sinks int // so far; the number is the mark of a sink
}

// stmt is a statement of a body. The texts hold names of variables as $0, $1 …
type stmt struct {
	text       string // "" for a branch or loop
	head       string // of a branch or loop
	body, rest []stmt // rest: of else
}

const (
	vars   = 4 // variables of a body, of which the first are its parameters
	params = 2
)

func (g *generator) name() string { return fmt.Sprintf("$%d", g.IntN(vars)) }

// body makes statements, nested at most so deep.
func (g *generator) body(n, depth int) []stmt {
	var out []stmt
	for range n {
		out = append(out, g.stmt(depth))
	}
	return out
}

func (g *generator) stmt(depth int) stmt {
	a, b, c := g.name(), g.name(), g.name()
	if depth > 0 {
		switch g.IntN(10) {
		case 0:
			return stmt{head: "if " + g.test() + ":", body: g.body(1+g.IntN(2), depth-1), rest: g.body(g.IntN(2), depth-1)}
		case 1:
			return stmt{head: "for i in range(3):", body: g.body(1+g.IntN(2), depth-1)}
		case 2:
			return stmt{head: "with open('log') as log:", body: g.body(1, depth-1)}
		}
	}
	switch g.IntN(12) {
	case 0:
		return stmt{text: a + " = " + b}
	case 1:
		return stmt{text: a + " = " + b + " + " + c}
	case 2:
		return stmt{text: a + " = b'fixed'"}
	case 3:
		return stmt{text: a + " = [" + b + "]"}
	case 4:
		return stmt{text: a + " = {'k': " + b + ", 'l': " + c + "}"}
	case 5:
		return stmt{text: a + " = bytes(" + b + ")"}
	case 6:
		return stmt{text: a + " = " + b + " or " + c}
	case 7:
		return stmt{text: a + " = (" + b + ", " + c + ")[0]"}
	case 8:
		return stmt{text: fmt.Sprintf("if hashlib.sha256(%s).hexdigest() != GOOD: raise ValueError", a)}
	case 9:
		return stmt{text: a + " = base64.b64decode(" + b + ")"}
	}
	g.sinks++
	if g.IntN(2) == 0 {
		return stmt{text: fmt.Sprintf("torch.load(%s, weights_only=safe)  # S%d", a, g.sinks)}
	}
	return stmt{text: fmt.Sprintf("pickle.loads(%s)  # S%d", a, g.sinks)}
}

func (g *generator) test() string {
	return []string{"os.environ.get('MODE') == 'x'", "safe", "not safe", g.name() + " is not None", "len(" + g.name() + ") > 3"}[g.IntN(5)]
}

// write writes statements with variables that begin with a prefix.
func write(b *strings.Builder, list []stmt, prefix, indent string) {
	if len(list) == 0 {
		fmt.Fprintf(b, "%spass\n", indent)
	}
	named := func(s string) string { return strings.ReplaceAll(s, "$", prefix) }
	for _, s := range list {
		if s.head == "" {
			fmt.Fprintf(b, "%s%s\n", indent, named(s.text))
			continue
		}
		fmt.Fprintf(b, "%s%s\n", indent, named(s.head))
		write(b, s.body, prefix, indent+"    ")
		if s.rest != nil {
			fmt.Fprintf(b, "%selse:\n", indent)
			write(b, s.rest, prefix, indent+"    ")
		}
	}
}

const preamble = "import base64\nimport hashlib\nimport os\nimport pickle\n\nimport requests\nimport torch\n\nGOOD = 'e3b0c442'\n"

// twins writes the same program with a call of the helper and with its body.
func (g *generator) twins() (called, inlined string) {
	helper, before, after := g.body(2+g.IntN(4), 2), g.body(g.IntN(3), 1), g.body(1+g.IntN(3), 1)
	safe := []string{"True", "False"}[g.IntN(2)]
	result, args := g.IntN(vars), [params]int{g.IntN(vars), g.IntN(vars)}
	target := g.IntN(vars)
	if g.IntN(3) > 0 {
		args[g.IntN(params)] = 0 // what comes from the network
	}
	g.sinks++
	after = append([]stmt{{text: fmt.Sprintf("pickle.loads($%d)  # S%d", target, g.sinks)}}, after...)

	var c, in strings.Builder
	c.WriteString(preamble + "\n\ndef helper(p0, p1, safe):\n    p2 = p3 = None\n")
	write(&c, helper, "p", "    ")
	fmt.Fprintf(&c, "    return p%d\n", result)
	in.WriteString(preamble)
	for _, b := range []*strings.Builder{&c, &in} {
		b.WriteString("\n\ndef main():\n    v0 = requests.get('https://example.org').content\n    v1 = b'own'\n    v2 = v3 = None\n    safe = True\n")
		write(b, before, "v", "    ")
	}
	fmt.Fprintf(&c, "    v%d = helper(v%d, v%d, %s)\n", target, args[0], args[1], safe)
	fmt.Fprintf(&in, "    p0, p1, safe = v%d, v%d, %s\n    p2 = p3 = None\n", args[0], args[1], safe)
	write(&in, helper, "p", "    ")
	fmt.Fprintf(&in, "    v%d = p%d\n    safe = True\n", target, result)
	for _, b := range []*strings.Builder{&c, &in} {
		write(b, after, "v", "    ")
		b.WriteString("\n\nmain()\n")
	}
	return c.String(), in.String()
}

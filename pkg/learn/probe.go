package learn

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
)

// A question is one call of a public function, written as Python: a function whose parameters are the arguments.
type question struct {
	of     *public
	params []int  // indexes in of.fn.Params of what the question's parameters stand for
	object bool   // the question's first parameter is the object that the method is called on
	flag   int    // index of a parameter that is given a constant, or a function; -1: none
	value  string // the constant; callback for a function
}

// callback stands for a function of the question's own, which the call is given.
const callback = "callback"

// base reports whether the question gives no parameter anything special.
func (q *question) base() bool { return q.flag < 0 }

// basic returns the questions that are asked of every public function: with the required arguments alone, and with the
// optional ones that are no flags.
func basic(p *public) []*question {
	var required, all []int
	for i := p.first; i < len(p.fn.Params); i++ {
		a := &p.fn.Params[i]
		if a.Kind == ir.VarPos || a.Kind == ir.VarKw {
			continue
		}
		if !a.HasDefault {
			required = append(required, i)
		}
		if !isFlag(a) && len(all) < maxParams {
			all = append(all, i)
		}
	}
	if i := variadic(p); i >= 0 { // load(*args): what is given first
		required = append(required, i)
	}
	object := p.class != nil && p.first == 1 && !p.makes && !isClassMethod(p)
	out := []*question{{of: p, params: required, object: object, flag: -1}}
	if i := variadic(p); i >= 0 {
		all = append([]int{i}, all...)
	}
	if len(all) > len(required) {
		out = append(out, &question{of: p, params: all, object: object, flag: -1})
	}
	return out
}

// variadic gives the *args of a function that has no other positional parameter, -1 if there is none.
func variadic(p *public) int {
	for i := p.first; i < len(p.fn.Params); i++ {
		switch p.fn.Params[i].Kind {
		case ir.VarPos:
			return i
		case ir.PosOnly, ir.PosOrKw:
			return -1
		}
	}
	return -1
}

// maxParams bounds the parameters of one function that are looked at, maxFlags those of them that are tried with constants.
const (
	maxParams = 16
	maxFlags  = 6
)

// flags returns what a function is asked once more: with constants for the parameters that decide what it does.
func flags(p *public, base *question) []*question {
	var out []*question
	n := 0
	for i := p.first; i < len(p.fn.Params) && n < maxFlags; i++ {
		a := &p.fn.Params[i]
		if !isFlag(a) && !(a.HasDefault && a.Default != nil && a.Default.Kind == ir.None) {
			continue
		}
		n++
		params := slices.DeleteFunc(slices.Clone(base.params), func(j int) bool { return j == i })
		for _, v := range []string{"True", "False"} {
			out = append(out, &question{of: p, params: params, object: base.object, flag: i, value: v})
		}
	}
	return out
}

// callbacks returns what a function is asked about parameters that decide what is called: with a function of one's own.
func callbacks(p *public, as []answer) []*question {
	var out []*question
	asked := map[int]bool{}
	for _, a := range as {
		for _, i := range a.Calls {
			at := a.q.input(i)
			if at < 0 || asked[at] || p.fn.Params[at].Kind == ir.PosOnly {
				continue
			}
			asked[at] = true
			params := slices.DeleteFunc(slices.Clone(a.q.params), func(j int) bool { return j == at })
			out = append(out, &question{of: p, params: params, object: a.q.object, flag: at, value: callback})
		}
	}
	return out
}

// isFlag reports whether a parameter's default is a truth value.
func isFlag(a *ir.Param) bool {
	return a.Default != nil && (a.Default.Kind == ir.True || a.Default.Kind == ir.False)
}

func isClassMethod(p *public) bool {
	return slices.ContainsFunc(p.fn.Decorators, func(d ir.Decorator) bool { return d.Path == "classmethod" })
}

// write returns the code of questions, each a function named by its number.
func write(qs []*question) []byte {
	modules := map[string]bool{}
	var body strings.Builder
	for i, q := range qs {
		name := q.of.names[0]
		module := name[:strings.LastIndexByte(name, '.')]
		callee := name
		var params, args []string
		if q.of.class != nil && !q.of.makes {
			module = module[:strings.LastIndexByte(module, '.')]
		}
		if q.object {
			params = append(params, "o: "+q.of.class[0])
			callee = "o" + name[strings.LastIndexByte(name, '.'):]
		}
		for n, j := range q.params {
			a := &q.of.fn.Params[j]
			p := fmt.Sprintf("a%d", n)
			params = append(params, p)
			if a.Kind == ir.PosOnly || a.Kind == ir.VarPos {
				args = append(args, p)
			} else {
				args = append(args, a.Name+"="+p)
			}
		}
		slices.SortStableFunc(args, func(a, b string) int { return cmp.Compare(strings.Count(a, "="), strings.Count(b, "=")) }) // positional ones first
		if q.flag >= 0 {
			value := q.value
			if value == callback {
				value = fmt.Sprintf("k%d", i)
				fmt.Fprintf(&body, "\n\ndef %s(x0=None, x1=None, x2=None, x3=None):\n    pass\n", value)
			}
			args = append(args, q.of.fn.Params[q.flag].Name+"="+value)
		}
		modules[module] = true
		def, call := "def", ""
		if q.of.fn.IsAsync && !q.of.fn.Body().IsGen && !q.of.makes {
			def, call = "async def", "await "
		}
		fmt.Fprintf(&body, "\n\n%s q%d(%s):\n    return %s%s(%s)\n", def, i, strings.Join(params, ", "), call, callee, strings.Join(args, ", "))
	}
	var out strings.Builder
	for _, m := range slices.Sorted(maps.Keys(modules)) {
		fmt.Fprintf(&out, "import %s\n", m)
	}
	out.WriteString(body.String())
	return []byte(out.String())
}

// input returns the parameter of the public function that an input of the question stands for, -1 for the object.
func (q *question) input(i int) int {
	if q.object {
		i--
	}
	if i < 0 || i >= len(q.params) {
		return -1
	}
	return q.params[i]
}

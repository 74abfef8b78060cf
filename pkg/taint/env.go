package taint

import (
	"path"
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
	"github.com/pickletrace/pickletrace/pkg/rule"
)

// environment holds the variables that the program sets itself and that rules ask for. A value is stored under the
// variable's name, in whatever mapping, or given beside it to a call:
//
//	os.environ["NAME"] = "1"
//	os.environ.setdefault("NAME", "1")
//	subprocess.run(command, env={"NAME": "1"})
//
// When that happens is not followed: it counts for all files of its folder and below.
type environment map[string][]envValue

type envValue struct {
	dir, value string
	known      bool // a constant
}

// readEnvironment looks for variables that rules ask for, in the functions that mention them.
func readEnvironment(prog *program.Program, pack *rule.Pack) environment {
	env := environment{}
	setters := map[string]bool{}
	for _, word := range pack.SetterWords() {
		setters[word] = true
	}
	for _, name := range pack.EnvNames() {
		for _, m := range prog.Mentioning(name) {
			for _, fn := range m.Users(name) {
				env.read(name, fn, setters)
			}
		}
	}
	return env
}

// read notes the values that a function gives the variable. Setters are the names of calls that give a value.
func (e environment) read(name string, fn *program.Fn, setters map[string]bool) {
	made := map[ir.Reg]*ir.Const{}
	attr := map[ir.Reg]string{}
	text := func(r ir.Reg) string {
		if c := made[r]; c != nil && c.Kind == ir.Str {
			return c.S
		}
		return ""
	}
	note := func(r ir.Reg) {
		e[name] = append(e[name], envValue{dir: path.Dir(fn.Mod.Path), value: text(r), known: made[r] != nil})
	}
	for _, b := range fn.Body().Blocks {
		for i := range b {
			switch in := &b[i]; in.Op {
			case ir.ConstOp:
				made[in.Dst] = &fn.Mod.IR.Consts[in.A]
			case ir.Attr:
				attr[in.Dst] = fn.Mod.IR.Strings[in.B]
			case ir.Global:
				attr[in.Dst] = fn.Mod.IR.Strings[in.A]
			case ir.StoreIndex:
				if text(in.B) == name {
					note(in.C)
				}
			case ir.MakeDict:
				for _, a := range fn.Body().Args[in.A : in.A+in.B] {
					if a.Kind == ir.DictPair && text(a.Key) == name {
						note(a.Val)
					}
				}
			case ir.Call:
				args := fn.Body().Args[in.B : in.B+in.C]
				if len(args) == 2 && setters[attr[in.A]] && text(args[0].Val) == name {
					note(args[1].Val)
				}
			}
		}
	}
}

// values gives the values of the variable that count for the file; unknown says that there are others.
func (e environment) values(name, file string) (values []string, unknown bool) {
	for _, v := range e[name] {
		switch {
		case v.dir != "." && !strings.HasPrefix(file, v.dir+"/"):
		case v.known:
			values = append(values, v.value)
		default:
			unknown = true
		}
	}
	return values, unknown
}

// EnvFact says what conditions may know of an environment variable that has one of these values, or others.
func EnvFact(values []string, unknown bool) rule.ArgFact {
	slices.Sort(values)
	values = slices.Compact(values)
	switch {
	case unknown:
		return rule.ArgFact{State: rule.Unknown}
	case len(values) == 0:
		return rule.ArgFact{State: rule.Absent}
	case len(values) == 1:
		return rule.ArgFact{State: rule.Known, Const: values[0], IsStr: true}
	}
	out := rule.ArgFact{State: rule.Unknown}
	for _, v := range values {
		out.Alts = append(out.Alts, rule.ArgFact{State: rule.Known, Const: v, IsStr: true})
	}
	return out
}

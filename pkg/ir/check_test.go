package ir

import (
	"strings"
	"testing"

	"github.com/pickletrace/pickletrace/pkg/text"
)

// TestCheck breaks each invariant of a good module in turn and expects Check to say so.
func TestCheck(t *testing.T) {
	const src = `
class C:
    def m(self, x):
        for y in x:
            if y:
                self.z = f(y, k=x)
        try:
            g()
        except E as e:
            return lambda: x
`
	method := func(m *Module) *Func { return m.Funcs[2] }
	find := func(m *Module, op Op) *Instr {
		for _, f := range m.Funcs {
			for in := range f.Body.Instrs() {
				if in.Op == op {
					return in
				}
			}
		}
		t.Fatalf("no %s", op)
		return nil
	}
	for want, breakIt := range map[string]func(m *Module){
		"Funcs[0] is not the module body": func(m *Module) { m.Funcs[0].Kind = Plain },
		"has another index":               func(m *Module) { method(m).Index = 9 },
		"parent 3 does not come first":    func(m *Module) { method(m).Parent = 3 },
		"is never written":                func(m *Module) { method(m).Body.Regs++ },
		"register 99 is outside":          func(m *Module) { find(m, Call).A = 99 },
		"may be unwritten":                func(m *Module) { find(m, Return).A = find(m, Iter).Dst },
		"is written twice":                func(m *Module) { find(m, Iter).Dst = 0 },
		"is referred to twice":            func(m *Module) { find(m, If).B = 0 },
		"belongs to no instruction":       func(m *Module) { f := method(m); f.Body.Blocks = append(f.Body.Blocks, nil) },
		"block 77 is outside":             func(m *Module) { find(m, If).B = 77 },
		"try 5 is outside":                func(m *Module) { find(m, TryOp).A = 5 },
		"slot 50 is outside":              func(m *Module) { method(m).Body.Tries[0].Handlers[0].Slot = 50 },
		"span 3..1 is outside":            func(m *Module) { find(m, Call).Span = text.Span{Start: 3, End: 1} },
		"operands 0+9":                    func(m *Module) { c := find(m, Call); c.B, c.C = 0, 9 },
		"malformed operand":               func(m *Module) { method(m).Body.Args[0].Kind = DictPair },
		"unknown operation":               func(m *Module) { find(m, Break).Op = Exit + 1 },
		"which does not enclose":          func(m *Module) { find(m, Free).A = 3 },
		"whose parent is":                 func(m *Module) { find(m, MakeFunc).A = 3 },
		"parameter 1 is":                  func(m *Module) { method(m).Params[1].Name = "q" },
		"are not sorted":                  func(m *Module) { n := method(m).Body.Names; n[0], n[1] = n[1], n[0] },
		"does not know its class":         func(m *Module) { m.Classes[0].Methods["m"] = 3 },
		"body of class":                   func(m *Module) { m.Classes[0].Body = 2 },
		"constant 9 is outside":           func(m *Module) { find(m, ConstOp).A = 9 },
	} {
		m := lower(t, "c.py", []byte(src+"        while 1:\n            break\n        z = 1\n"))
		breakIt(m)
		if err := Check(m); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want an error with %q, got: %v", want, err)
		}
	}
}

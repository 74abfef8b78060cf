package taint

import (
	"slices"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
	"github.com/pickletrace/pickletrace/pkg/rule"
)

// setting looks at a value that is stored under a name: rules may be about it wherever it is stored.
//
//	CELERY_TASK_SERIALIZER = "pickle"
//	app.conf.task_serializer = "pickle"
//	app.config["CELERY_TASK_SERIALIZER"] = "pickle"
//	app.conf.update(task_serializer="pickle")
func (f *frame) setting(how rule.Stored, name string, value ir.Reg, in *ir.Instr, st *state) {
	sinks := f.ev.pack.Setting(name)
	if len(sinks) == 0 {
		return
	}
	if in.Op == ir.MakeDict || in.Op == ir.Call { // of the many values there, show the one
		in = f.maker(value, in)
	}
	for _, s := range sinks {
		if s.Stored&how != 0 {
			f.storedUnder(name, f.reg(value), s, in, st)
		}
	}
}

func (f *frame) storedUnder(name string, v *Value, s *rule.Sink, in *ir.Instr, st *state) {
	c := &extCall{f: f, name: name, names: []string{name}, args: []arg{{name: "value", val: v}}, in: in, st: st, roles: noRoles}
	c.checkSink(s, v, nil)
}

// settings looks at a call that is given a setting's name and value: os.environ.setdefault("NAME", "1").
func (c *extCall) settings() {
	for _, s := range c.roles.Setters {
		name, _ := c.arg([]int{0}, nil)
		c.f.sum.touches = maxTouch
		c.f.sum.matter |= c.f.ev.depsOf(name)
		if word, ok := name.strKonst(); ok && slices.Contains(s.Settings, word) {
			v, _ := c.arg([]int{1}, nil)
			c.f.storedUnder(word, v, s, c.in, c.st)
		}
	}
}

// settingBodies queues the class bodies of a module that bind the name of a setting: what a class binds is not among its
// Names.
func (w *worklist) settingBodies(m *program.Module, name string) {
	for _, fn := range m.Load().Fns {
		if fn.Kind == ir.ClassBody && slices.Contains(fn.Body().Slots, name) {
			w.add(fn)
		}
	}
}

// maker gives the instruction that made the value of a register, or other.
func (f *frame) maker(r ir.Reg, other *ir.Instr) *ir.Instr {
	for _, b := range f.fn.Body().Blocks {
		for i := range b {
			if b[i].Dst == r {
				return &b[i]
			}
		}
	}
	return other
}

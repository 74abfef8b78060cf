package taint

import (
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/program"
)

// block interprets one block; st ends up as the state after it (dead if control does not get there).
func (f *frame) block(b int32, st *state) {
	blk := f.fn.Body().Blocks[b]
	for i := range blk {
		if st.dead {
			return
		}
		f.ev.stats.Instructions++
		if f.ev.steps++; f.ev.steps > maxSteps {
			f.ev.stats.StepCut++
			f.ev.cutShort(f.fn, false)
			st.dead = true
			return
		}
		f.instr(&blk[i], st)
	}
}

func (f *frame) ifElse(in *ir.Instr, st *state) {
	cond := f.reg(in.A)
	f.sum.asked |= f.asks(cond)
	t, assumed := cond.truth()
	if t >= 0 && assumed == "" {
		if t == 1 {
			f.block(in.B, st)
		} else if in.C >= 0 {
			f.block(in.C, st)
		}
		return
	}
	yes, no := st.branch(), st.branch()
	f.assume(yes, cond, true)
	f.assume(no, cond, false)
	if flag := flagName(f.fn, assumed); flag != "" {
		if t == 1 {
			no.gates, no.unset = append(no.gates, flag), flag
		} else {
			yes.gates, yes.unset = append(yes.gates, flag), flag
		}
	}
	before := f.checked + f.fetches
	if in.B >= 0 {
		f.block(in.B, yes)
	}
	if in.C >= 0 {
		f.block(in.C, no)
	}
	switch {
	case f.checked+f.fetches > before:
		f.decides(f.ev.depsOf(cond))
	case yes.dead != no.dead:
		f.left |= f.ev.depsOf(cond)
	}
	f.ev.join(st, yes, no)
}

// asks gives the inputs that a condition depends on: parameters, and fields of the method's own object, which those who
// make it set. Attributes of others would make too many contexts.
func (f *frame) asks(cond *Value) deps {
	d := f.ev.depsOf(cond)
	if f.fn.Owner == nil {
		return d & (1<<32 - 1)
	}
	return d & (1<<33 - 1)
}

// decides notes inputs that decide whether data is checked, or something is fetched by its name: an optional digest, a flag.
func (f *frame) decides(d deps) {
	f.sum.calls |= d & (1<<32 - 1)
	f.sum.skips |= d & (1<<32 - 1)
}

// flagName gives the name of a switch that is True or False by default, a parameter of the function or a field, or that is
// set outside, which keeps its mark; "" if it is none.
func flagName(fn *program.Fn, assumed string) string {
	if strings.HasPrefix(assumed, outerMark) {
		return assumed
	}
	if field, ok := strings.CutPrefix(assumed, "."); ok {
		return field
	}
	if slices.ContainsFunc(fn.Params, func(p ir.Param) bool {
		return p.Name == assumed && p.Default != nil && (p.Default.Kind == ir.True || p.Default.Kind == ir.False)
	}) {
		return assumed
	}
	return ""
}

// assume adds to a state what holds when cond has the truth value.
func (f *frame) assume(st *state, v *Value, truth bool) {
	cond := f.ev.condOfValue(v)
	if cond == nil {
		return
	}
	facts := cond.yes
	if !truth {
		facts = cond.no
	}
	for _, c := range facts {
		switch c.kind {
		case condValid:
			for _, n := range append([]sym{c.sym}, f.ev.checkedKeys(c.sym)...) {
				st.setGuard(n, &guard{weak: c.weak, by: c.by, trust: c.trust, digest: c.check})
			}
		case condSuffix:
			st.set(heapKey{c.sym, "suffix"}, &Value{refs: []Ref{{kind: refConst, lit: ir.Str, name: c.text}}, clean: true})
		case condPattern:
			st.set(heapKey{c.sym, patternSeg}, &Value{refs: []Ref{{kind: refConst, lit: ir.Str, name: c.text}}, clean: true})
		case condMember:
			st.member = f.ev.addKnown(st.member, c.sym)
		case condIs, condIsNot:
			f.narrow(st, c)
		case condAbsent:
			st.absent = f.ev.addKnown(st.absent, c.sym)
		}
	}
}

// loop interprets a loop until another round tells nothing new.
func (f *frame) loop(in *ir.Instr, st *state) {
	var breaks []*state
	for round := 1; ; round++ {
		before, body := st.branch(), st.branch()
		lc := &loopCtx{}
		f.loops = append(f.loops, lc)
		f.block(in.A, body)
		f.loops = f.loops[:len(f.loops)-1]
		breaks = append(breaks, lc.breaks...)
		f.ev.join(st, append([]*state{st.branch(), body}, lc.continues...)...)
		if !st.grew(before) || !f.ev.within(limitRounds, round+1) {
			break
		}
	}
	if in.C != 1 { // while: control leaves by Break only, which is also how a false condition is lowered
		f.ev.join(st, breaks...)
		return
	}
	done := st.branch() // nothing left to iterate: the else block runs, which a break skips
	if in.B >= 0 {
		f.block(in.B, done)
	}
	f.ev.join(st, append([]*state{done}, breaks...)...)
}

func (f *frame) try(t *ir.Try, st *state) {
	tc := &tryCtx{}
	before := st.branch()
	body := st.branch()
	if len(t.Handlers) > 0 {
		f.tries = append(f.tries, tc)
	}
	f.block(t.Body, body)
	if len(t.Handlers) > 0 {
		f.tries = f.tries[:len(f.tries)-1]
	}
	outs, thrown := []*state{}, tc.thrown
	// A handler may be entered from anywhere in the body: before it, at a raise, after it.
	for _, h := range t.Handlers {
		entry := st.branch()
		ways := []*state{before.branch(), body.alive()}
		for _, s := range tc.raised {
			ways = append(ways, s.alive())
		}
		f.ev.join(entry, ways...)
		caught, left := f.catch(&h, thrown)
		if thrown = left; h.Slot >= 0 {
			entry.locals.set(int(h.Slot), caught)
		}
		f.handling = append(f.handling, caught)
		f.block(h.Block, entry)
		f.handling = f.handling[:len(f.handling)-1]
		outs = append(outs, entry)
	}
	for _, v := range thrown { // nobody here catches it
		f.throw(v, body)
	}
	if t.Else >= 0 && !body.dead {
		f.block(t.Else, body)
	}
	outs = append(outs, body)
	f.ev.join(st, outs...)
	if t.Finally >= 0 {
		dead := st.dead
		st.dead = false
		f.block(t.Finally, st)
		st.dead = st.dead || dead
	}
}

// raise ends the path; an enclosing try may go on from here.
func (f *frame) raise(st *state) {
	if n := len(f.tries); n > 0 {
		tc := f.tries[n-1]
		tc.raised = append(tc.raised, st.alive())
	}
	st.dead = true
}

func (f *frame) jump(st *state, out func(*loopCtx) *[]*state) {
	if n := len(f.loops); n > 0 {
		lc := f.loops[n-1]
		l := out(lc)
		*l = append(*l, st.alive())
	}
	st.dead = true
}

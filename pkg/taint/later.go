package taint

import (
	"slices"

	"github.com/pickletrace/pickletrace/pkg/rule"
)

// Checks that have not been made yet. A coroutine, a task, what an executor was given: what it checks is known where
// somebody waits for it, and nowhere if nobody does:
//
//	check(data)                       the coroutine is never awaited
//	asyncio.create_task(check(data))  it may fail, and nobody looks
//	await check(data)                 data is checked here

// await makes what was waited for count.
func (f *frame) await(v *Value, st *state) *Value {
	if v == nil {
		return nil
	}
	for _, g := range v.later() {
		st.setGuard(g.sym, g.guard)
	}
	if v.sym == noSym {
		return v
	}
	if done, ok := st.get(heapKey{v.sym, doneCell}); ok && done != nil && v.cond == nil { // await to_thread(verify, data)
		w := *v
		w.cond, w.deps = done.cond, w.deps|done.deps
		return &w
	}
	if !v.shape {
		return v
	}
	for _, k := range f.elementKeys(v, st) { // await gather(check(a), check(b))
		if x, ok := st.get(k); ok && x != nil {
			for _, g := range x.later() {
				st.setGuard(g.sym, g.guard)
			}
		}
	}
	return v
}

// postponed takes back what was checked since a state, and returns it as what will be known later.
func (f *frame) postponed(st *state, before *pmap[*guard]) []lateGuard {
	var out []lateGuard
	for n, g := range st.valid.all {
		if old, _ := before.get(n); g != nil && g != old && len(out) < maxGuardsLater {
			out = append(out, lateGuard{sym(n), g})
		}
	}
	st.valid = before
	return out
}

// maxGuardsLater bounds the checks that one value may stand for.
const maxGuardsLater = 32

// handLater passes on what arguments will have checked: a library call that only starts them gives it to its result, one
// that keeps them changes nothing, any other call waits for them.
func (c *extCall) handLater(out *Value) *Value {
	if c.self != nil && c.f.ev.pack.IsWord(rule.WordWaiting, last(c.name)) {
		if done := c.f.await(c.self, c.st); done.cond != nil && out != nil && out.cond == nil {
			w := *out
			w.cond = done.cond
			out = &w
		}
	}
	var late []lateGuard
	for _, a := range c.args {
		if a.val == nil {
			continue
		}
		switch {
		case c.f.ev.pack.IsWord(rule.WordStarting, last(c.name)):
			late = append(late, a.val.later()...)
		case c.self != nil && c.f.ev.pack.IsWord(rule.WordChanging, last(c.name)): // tasks.add(task) keeps it
		default:
			c.f.await(a.val, c.st)
		}
	}
	if len(late) == 0 || out == nil {
		return out
	}
	if c.self.symbol() != noSym { // a group of tasks waits for them when it is left
		k := heapKey{c.self.sym, lateCell}
		held, _ := c.st.get(k)
		group := &Value{}
		group.tell(nil, slices.Concat(held.later(), late))
		c.st.set(k, group)
	}
	w := *out
	w.tell(out.says(), slices.Concat(out.later(), late))
	return &w
}

// doneCell is the heap segment under which what was started holds what is true where it has given true.
const doneCell = "#done"

// lateCell is the heap segment under which an object that starts tasks keeps what they will have checked.
const lateCell = "#late"

// awaitAll makes what was started in a group of tasks count where the group is left:
//
//	async with asyncio.TaskGroup() as group:
//	    group.create_task(check(data))
func (f *frame) awaitAll(v *Value, st *state) {
	if v.symbol() == noSym {
		return
	}
	if held, ok := st.get(heapKey{v.sym, lateCell}); ok {
		f.await(held, st)
	}
}

// keepErrors forgets what arguments would have checked where what a check raises is handed back as a result, which nobody
// has to look at: gather(check(data), return_exceptions=True).
func (c *extCall) keepErrors() {
	v, ok := c.arg(nil, []string{"return_exceptions"})
	if t, _ := v.truth(); !ok || t == 0 {
		return
	}
	for i, a := range c.args {
		if a.val != nil && len(a.val.later()) > 0 {
			w := *a.val
			w.tell(w.says(), nil)
			c.args[i].val = &w
		}
	}
}

// coroutine gives the result of a call of an async function, whose checks count where it is awaited.
func (f *frame) coroutine(v *Value, before *pmap[*guard], st *state) *Value {
	late := f.postponed(st, before)
	if len(late) == 0 {
		return v
	}
	w := *orUnknown(v)
	w.tell(w.says(), late)
	return &w
}

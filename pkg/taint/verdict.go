package taint

import (
	"slices"
)

// Verdicts in words: a function that checks its input may answer with one of some constants, or members of an enumeration:
//
//	def judge(data): return "good" if sha256(data) == EXPECTED else "bad"
//	if judge(data) != "good": raise ValueError

// maxSayings bounds the constants of one value that are told apart.
const maxSayings = 8

// answerKey identifies a constant or a member of an enumeration.
func (d *domain) answerKey(v *Value) (string, bool) {
	if k, ok := v.konst(); ok && v.assumed == "" {
		plain := *k
		plain.cls = nil
		return plain.key(), true
	}
	if v == nil || len(v.facts) > 0 || v.sym == noSym {
		return "", false
	}
	if in := d.syms.info[v.sym]; in.op == symAttr && d.syms.info[in.a].op == symClass {
		return "s" + itoa(int(v.sym)), true
	}
	return "", false
}

// sayings returns what a value says by which constant it is; nil if it may be something else.
func (d *domain) sayings(v *Value) []saying {
	if v == nil || len(v.says()) > 0 {
		if v == nil {
			return nil
		}
		return v.says()
	}
	if key, ok := d.answerKey(v); ok {
		return []saying{{key: key}}
	}
	return nil
}

// saying gives a constant that was chosen where something was learnt.
func (ev *eval) saying(v *Value, learnt []condFact) *Value {
	key, ok := ev.answerKey(v)
	if !ok || len(learnt) == 0 {
		return v
	}
	w := *v
	if says := v.says(); len(says) == 1 {
		learnt = ev.addConds(says[0].facts, learnt)
	}
	w.tell([]saying{{key: key, facts: learnt}}, v.later())
	return &w
}

// joinSayings returns what either of two values says.
func (ev *eval) joinSayings(a, b *Value) []saying {
	if len(a.says()) == 0 && len(b.says()) == 0 {
		return nil
	}
	x, y := ev.sayings(a), ev.sayings(b)
	if x == nil || y == nil || len(x)+len(y) > maxSayings {
		return nil
	}
	out := x
	for _, s := range y {
		i := slices.IndexFunc(out, func(o saying) bool { return o.key == s.key })
		if i < 0 {
			out = append(slices.Clip(out), s)
			continue
		}
		if both := ev.meet(out[i].facts, s.facts); !slices.EqualFunc(both, out[i].facts, condFact.same) {
			out = slices.Clone(out)
			out[i].facts = both
		}
	}
	return out
}

// verdict is what is known where a value equals a constant, and where it does not.
func (ev *eval) verdict(a, b *Value) *Cond {
	if a == nil || len(a.says()) == 0 {
		return nil
	}
	key, ok := ev.answerKey(b)
	if !ok {
		return nil
	}
	c := &Cond{}
	first := true
	for _, s := range a.says() {
		switch {
		case s.key == key:
			c.yes = s.facts
		case first:
			c.no, first = s.facts, false
		default:
			c.no = ev.meet(c.no, s.facts)
		}
	}
	return c
}

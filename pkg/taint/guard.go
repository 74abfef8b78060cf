package taint

import (
	"cmp"
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/rule"
)

// Guards: how a check of data becomes knowledge about it.
//
//	h = hashlib.sha256(data).hexdigest()    hash of data (Value.hash)
//	if h != EXPECTED:                       Cond: when false, data is validated
//	    raise ValueError                    the true branch ends
//	pickle.loads(data)                      data is validated here
//
// A comparison counts only if the expected side carries no data of a source; if it comes from an input, the guard
// depends on what callers pass there (trust).

// compare interprets a comparison.
func (f *frame) compare(in *ir.Instr, st *state) *Value {
	a, b := f.reg(in.A), f.reg(in.B)
	v := &Value{open: true, clean: a.isClean() && b.isClean(), deps: f.ev.depsOf(a) | f.ev.depsOf(b), swayed: sways(a) || sways(b)}
	op := ir.CmpOp(in.C)
	if t := f.foldCompare(op, a, b); t != nil {
		return t
	}
	if t := f.foldClass(op, a, b); t != nil {
		return t
	}
	if t := f.foldMember(op, a, b); t != nil {
		return t
	}
	if t := f.foldTexts(op, a, b); t != nil {
		return t
	}
	if t := f.foldOrder(op, a, b); t != nil {
		return t
	}
	var c *Cond
	switch op {
	case ir.Eq, ir.NotEq:
		c = either2(f.digestCond(a, b, st), f.digestCond(b, a, st))
		c = f.withMember(either2(either2(c, f.sameTruth(a, b)), f.sameClass(a, b)), a, b)
	case ir.Is, ir.IsNot:
		c = either2(f.sameTruth(a, b), f.sameClass(a, b))
	case ir.In, ir.NotIn:
		f.special(b, "__contains__", []arg{{val: a}}, st)
		c = f.memberCond(a, b)
	}
	if op == ir.NotEq || op == ir.NotIn || op == ir.IsNot {
		c = not(c)
	}
	if say := f.ev.verdict(a, b); say != nil && op != ir.In && op != ir.NotIn {
		if op == ir.NotEq || op == ir.IsNot {
			say = not(say)
		}
		if c != nil {
			say = &Cond{yes: slices.Concat(c.yes, say.yes), no: slices.Concat(c.no, say.no)}
		}
		c = say
	}
	v.cond = c
	return v
}

func either2(a, b *Cond) *Cond {
	if a != nil {
		return a
	}
	return b
}

// sameTruth: comparing a value with None, True or False asks for its truth.
func (f *frame) sameTruth(a, b *Value) *Cond {
	c, ok := b.konst()
	if a == nil || !ok {
		return nil
	}
	if a.cond.empty() {
		if c.lit == ir.None && a.sym != noSym {
			return &Cond{yes: []condFact{{kind: condAbsent, sym: a.sym}}}
		}
		return nil
	}
	switch {
	case c.lit == ir.True:
		return a.cond
	case c.lit == ir.False, c.lit == ir.Int && c.name == "0":
		return not(a.cond)
	case c.lit == ir.None:
		if slices.ContainsFunc(a.refs, func(r Ref) bool {
			return r.truth() == 0 && r.lit != ir.None
		}) {
			return &Cond{yes: a.cond.no} // not None may still be false
		}
		return not(a.cond)
	}
	return nil
}

// equality gives what a comparison for equality or identity says of things that are the same, or are not; nil for other
// comparisons.
func (d *domain) equality(op ir.CmpOp, same bool) *Value {
	switch op {
	case ir.Eq, ir.Is:
		return d.boolean(same)
	case ir.NotEq, ir.IsNot:
		return d.boolean(!same)
	}
	return nil
}

// foldCompare decides comparisons of constants.
func (f *frame) foldCompare(op ir.CmpOp, a, b *Value) *Value {
	x, okX := a.konst()
	y, okY := b.konst()
	if !okX || !okY {
		return nil
	}
	if x.lit != y.lit && isNumeric(x) && isNumeric(y) {
		return nil // 1 == True == 1.0
	}
	w := f.ev.equality(op, x.key() == y.key())
	if w == nil {
		return nil
	}
	w.assumed = cmp.Or(a.assumed, b.assumed)
	w.open = w.assumed != ""
	if w.open {
		w.cond = f.sameTruth(a, b)
		if op == ir.NotEq || op == ir.IsNot {
			w.cond = not(w.cond)
		}
	}
	w.deps = f.ev.depsOf(a) | f.ev.depsOf(b)
	return w
}

func isNumeric(r *Ref) bool {
	return r.lit == ir.Int || r.lit == ir.Float || r.lit == ir.True || r.lit == ir.False
}

// withMember adds that a value was compared with a constant.
func (f *frame) withMember(c *Cond, a, b *Value) *Cond {
	if c == nil {
		c = &Cond{}
	}
	for _, p := range [][2]*Value{{a, b}, {b, a}} {
		if p[0].symbol() != noSym && f.ofOwnList(p[1], false) {
			return &Cond{yes: append(slices.Clip(c.yes), condFact{kind: condMember, sym: p[0].sym}), no: c.no}
		}
		if _, ok := p[1].konst(); (ok || ownData(p[1])) && p[0].symbol() != noSym {
			if f.namesHarm(p[1]) {
				return &Cond{yes: append(slices.Clip(c.yes), condFact{kind: condValid, sym: p[0].sym}), no: c.no}
			}
			return &Cond{yes: append(slices.Clip(c.yes), condFact{kind: condMember, sym: p[0].sym}, condFact{kind: condValid, sym: p[0].sym}), no: c.no}
		}
	}
	return c
}

// ownData says whether a value is the program's own, whatever it is: an element of a literal list.
func ownData(v *Value) bool {
	return v.isClean() && v.cond.empty() && (len(v.refs) > 0 || v.shape)
}

// memberCond: a is one of the constants in b.
func (f *frame) memberCond(a, b *Value) *Cond {
	if a == nil || a.sym == noSym || b == nil {
		return nil
	}
	if h := f.hashOf(a, f.cur); h != nil && b.isClean() {
		return f.digestCond(a, b, f.cur)
	}
	if slices.ContainsFunc(b.facts, func(x *Fact) bool { return x.org.kind == originSource }) {
		return nil
	}
	c := &Cond{yes: f.memberFacts(a, b)}
	if b.sym != noSym { // what the table holds for it
		c.no = []condFact{{kind: condAbsent, sym: f.ev.syms.of(symOpaque, b.sym, a.sym, "[]")}}
	}
	return c
}

// memberFacts: a value found among constants is one of them, and so nobody else's choice; a list that admits what runs
// anything limits nothing. What holds for a tuple holds for each of its elements: (module, name) in PAIRS.
func (f *frame) memberFacts(a, b *Value) []condFact {
	var out []condFact
	harm := f.admitsHarm(b, false)
	for _, n := range f.withElements(a) {
		if !harm {
			out = append(out, condFact{kind: condMember, sym: n})
		}
		if b.isClean() {
			out = append(out, condFact{kind: condValid, sym: n})
		}
	}
	return out
}

// withElements gives the symbols of a value and, if it is a tuple, of its elements.
func (f *frame) withElements(v *Value) []sym {
	out := []sym{v.sym}
	for i := 0; v.shape && i < maxAnswer; i++ {
		if x, _ := f.heapGet(f.cur, v.sym, "["+itoa(i)+"]"); x.symbol() != noSym && f.ev.syms.info[x.sym].op != symConst {
			out = append(out, x.sym)
		}
	}
	return out
}

// digestCond: a is a digest (or MAC) of data, b what it is expected to be.
func (f *frame) digestCond(a, b *Value, st *state) *Cond {
	h := f.hashOf(a, st)
	if h == nil || h.bad || len(h.of) == 0 {
		return nil
	}
	if other := f.hashOf(b, st); other != nil && !other.keyed && len(other.of) > 0 {
		return nil // two digests: neither is known beforehand
	}
	f.sum.checks, f.checked = maxTouch, f.checked+1
	trust := slices.Clone(h.trust)
	expected := f.deep(b, st)
	if h.keyed {
		expected = nil
	}
	for _, fact := range expected {
		if fact.org.kind == originSource {
			if distrusted(h.val, fact.org.what) {
				return nil
			}
			continue
		}
		trust = append(trust, fact.org)
		if i := fact.org.input; i >= len(f.fn.Params) && i < 32 { // of the enclosing function: @digest_is(EXPECTED)
			f.decides(1 << i)
		}
	}
	by := b.symbol()
	if h.keyed { // who sends the message decides whether there is a signature
		by = noSym
	}
	var yes []condFact
	for _, n := range h.of {
		for _, o := range f.ev.syms.whole(n) {
			yes = append(yes, condFact{kind: condValid, check: true, sym: o, by: by, weak: h.weak, trust: trust})
		}
	}
	return &Cond{yes: yes}
}

// distrusted says whether an expected value of this kind makes a comparison worthless.
func distrusted(v *rule.Validator, k *rule.Kind) bool {
	return v == nil || v.NotTainted == nil || slices.Contains(v.NotTainted, k)
}

// hashOf gives the digest a value is, or that an object has collected so far.
func (f *frame) hashOf(v *Value, st *state) *digest {
	if v == nil {
		return nil
	}
	if v.sym != noSym {
		if x, ok := f.heapGet(st, v.sym, "#"); ok && x.hash != nil {
			return x.hash
		}
	}
	return v.hash
}

// textOfDigest gives the digest that a text holds beside literals: "sha256:" + hexdigest.
func (f *frame) textOfDigest(parts []*Value, st *state) *digest {
	var out *digest
	for _, v := range parts {
		if h := f.hashOf(v, st); h != nil && out == nil {
			out = h
		} else if h != nil || !v.isClean() {
			return nil
		}
	}
	return out
}

// digestMethod handles methods of digest objects: update, hexdigest, copy, and operations on digest strings.
func (c *extCall) digestMethod() (*Value, bool) {
	h := c.f.hashOf(c.self, c.st)
	if h == nil {
		return nil, false
	}
	if c.how == rule.DoUpdate && len(c.args) > 0 && c.self.sym != noSym {
		d := *h
		d.of = append(slices.Clip(h.of), c.args[0].val.symbol())
		for _, n := range c.f.ev.syms.whole(c.args[0].val.symbol()) { // a buffer stands for what was read into it
			if x, ok := c.f.lookup(c.st, n, "%"); ok && x.sym != noSym {
				d.of = append(d.of, x.sym)
			}
		}
		c.st.set(heapKey{c.self.sym, "#"}, &Value{hash: &d})
		return nil, true
	}
	v := &Value{open: true, hash: h, sym: c.resultSym()}
	if c.how == rule.DoStartsWith && len(c.args) == 1 {
		d := *h
		d.weak = cmp.Or(d.weak, "only a part of the digest is compared")
		v = &Value{open: true, cond: c.f.digestCond(&Value{hash: &d}, c.args[0].val, c.st)}
	}
	return v, true
}

// validators interprets digests, comparisons and verifying calls.
func (c *extCall) validators() {
	for _, v := range c.roles.Digest {
		c.digest(v, "")
	}
	for _, v := range c.roles.Weak {
		c.digest(v, "the digest is "+last(c.name)+", for which collisions can be made")
	}
	for _, v := range c.roles.Mac {
		c.mac(v)
	}
	if len(c.roles.Compare) > 0 && len(c.args) >= 2 {
		a, b := c.args[0].val, c.args[1].val
		c.out.cond = either2(c.f.digestCond(a, b, c.st), c.f.digestCond(b, a, c.st))
		c.modelled = true
	}
	for _, v := range c.roles.Verify {
		c.verify(v)
	}
}

func (c *extCall) digest(v *rule.Validator, weak string) {
	d := &digest{weak: weak, val: v}
	for _, a := range c.args {
		if a.val.symbol() != noSym && c.f.ev.syms.info[a.val.sym].op != symConst {
			d.of = append(d.of, a.val.sym)
		}
	}
	for _, a := range c.args {
		if s, ok := a.val.strKonst(); ok && slices.ContainsFunc(v.WeakNames, func(name string) bool { return strings.EqualFold(s, name) }) {
			d.weak = "the digest is " + s + ", for which collisions can be made"
		}
	}
	for _, a := range c.args { // which algorithm
		c.f.sum.calls |= c.f.ev.depsOf(a.val) & (1<<32 - 1)
	}
	c.out.hash, c.out.sym, c.out.facts, c.modelled = d, c.f.callSym(), nil, true
	c.st.set(heapKey{c.out.sym, "#"}, &Value{hash: d})
}

func (c *extCall) mac(v *rule.Validator) {
	d := &digest{val: v, keyed: true}
	if key, ok := c.arg([]int{0}, []string{"key"}); ok {
		for _, fact := range c.f.deep(key, c.st) {
			if fact.org.kind == originSource {
				d.bad = d.bad || distrusted(v, fact.org.what)
			} else {
				d.trust = append(d.trust, fact.org)
			}
		}
	}
	if msg, ok := c.arg([]int{1}, []string{"msg"}); ok && msg.symbol() != noSym {
		d.of = append(d.of, msg.sym)
	}
	c.out.hash, c.out.sym, c.out.facts, c.modelled = d, c.f.callSym(), nil, true
	c.st.set(heapKey{c.out.sym, "#"}, &Value{hash: d})
}

func (c *extCall) verify(v *rule.Validator) {
	in := c.slot(v.Verify.Input)
	if in.symbol() == noSym {
		return
	}
	if len(v.Verify.When) > 0 && rule.Holds(v.Verify.When, c.facts(nil, nil)) != rule.Yes {
		return
	}
	trust, ok := c.keyTrust(v)
	if !ok {
		return // the key was sent along
	}
	c.f.sum.checks, c.f.checked = maxTouch, c.f.checked+1
	if v.Verify.Raises {
		c.guardAll(in, &guard{trust: trust, digest: true})
		return
	}
	var yes []condFact
	for _, o := range c.f.ev.syms.origins(in.sym) {
		yes = append(yes, condFact{kind: condValid, check: true, sym: o, trust: trust})
	}
	c.modelled = true
	if len(v.Verify.Attrs) == 0 {
		c.out.cond = &Cond{yes: yes}
		return
	}
	if c.out.sym == noSym {
		c.out.sym = c.f.callSym()
	}
	for _, name := range v.Verify.Attrs {
		c.st.set(heapKey{c.out.sym, "." + name}, &Value{open: true, clean: true, cond: &Cond{yes: yes}})
	}
}

// keyTrust returns the inputs that the key of a check comes from; ok is false if it was sent by others.
func (c *extCall) keyTrust(v *rule.Validator) (trust []*Origin, ok bool) {
	if v.Verify.Key.What == rule.NoSlot {
		return nil, true
	}
	key := c.slot(v.Verify.Key)
	if key == nil {
		return nil, true
	}
	for i := range key.refs { // a policy that everybody meets
		if slices.Contains(v.Verify.Unless, c.f.ev.pack.Canonical(key.refs[i].name)) {
			return nil, false
		}
	}
	for _, fact := range c.f.deep(key, c.st) {
		switch {
		case fact.org.kind == originInput:
			trust = append(trust, fact.org)
		case distrusted(v, fact.org.what):
			return nil, false
		}
	}
	return trust, true
}

// consents notes that control goes on only where somebody has agreed: like a parameter that must be set.
func (c *extCall) consents() {
	for _, k := range c.roles.Consents {
		v := c.slot(k.Flag)
		switch t, assumed := v.truth(); {
		case t == 1 && assumed == "":
		case t == 0 && assumed == "":
			c.f.raise(c.st)
		case !slices.Contains(c.st.gates, k.Flag.Name()):
			c.st.gates = append(slices.Clip(c.st.gates), k.Flag.Name())
		}
		c.f.sum.asked |= c.f.ev.depsOf(v) & (1<<32 - 1)
	}
}

func (c *extCall) guardAll(v *Value, g *guard) {
	for _, o := range c.f.ev.syms.origins(v.sym) {
		c.st.setGuard(o, g)
	}
}

// checksItself says whether the call verifies what it loads, because an argument asks for it.
func (c *extCall) checksItself() bool {
	for _, v := range c.roles.WhenArg {
		facts := c.facts(nil, nil)
		all := len(v.WhenArg.When) > 0
		for _, w := range v.WhenArg.When {
			all = all && w.Eval(facts) == rule.Yes
		}
		if all {
			return true
		}
	}
	return false
}

// nameTest gives tests of a name their meaning: one that begins as it should, or fits a literal pattern, is one of those
// that the program knows.
func (c *extCall) nameTest() {
	var v *Value
	matches := c.does == rule.DoMatch || c.does == rule.DoMatchAll
	switch {
	case c.how == rule.DoStartsWith && c.self != nil && len(c.args) == 1 && c.chosenBy(c.args[0].val) && c.f.harmlessPrefix(c.args[0].val):
		v = c.self
	case matches && c.self == nil && len(c.args) >= 2 && c.args[0].val.isClean():
		v = c.args[1].val
	case matches && c.self.isClean() && len(c.args) > 0:
		v = c.args[0].val
	}
	if v.symbol() != noSym {
		c.out.cond = &Cond{yes: c.fitsPattern(v, []condFact{{kind: condMember, sym: v.sym}})}
	}
	c.keepPattern()
}

// chosenBy notes that inputs of the function may say what a name is compared with.
func (c *extCall) chosenBy(v *Value) bool {
	if !v.isClean() {
		c.f.sum.calls |= c.f.ev.depsOf(v)
	}
	return true
}

// anyOf gives any(…) and all(…) what is known of the elements that are true.
func (c *extCall) anyOf() {
	if c.does != rule.DoAnyOf || len(c.args) != 1 {
		return
	}
	if el := c.f.element(c.args[0].val, c.st); el != nil && el.cond != nil {
		c.out.cond = &Cond{yes: el.cond.yes}
	}
}

// shapeTest gives path.endswith(".x") its meaning.
func (c *extCall) shapeTest() {
	c.nameTest()
	c.anyOf()
	if c.self == nil || c.self.sym == noSym || c.how != rule.DoEndsWith || len(c.args) != 1 {
		return
	}
	if s, ok := c.args[0].val.strKonst(); ok {
		var yes []condFact
		for _, o := range c.f.ev.syms.origins(c.self.sym) {
			yes = append(yes, condFact{kind: condSuffix, sym: o, text: s})
		}
		c.out.cond = &Cond{yes: yes}
	}
}

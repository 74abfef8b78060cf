package taint

import (
	"maps"
	"reflect"
	"slices"
)

// Whether two summaries tell the same. The way that data took inside of a function is no part of it: a finding shows one of
// several ways.

func sameSummary(a, b *summary) bool {
	return a.fn == b.fn && a.returns == b.returns && a.touches == b.touches && a.checks == b.checks && a.heeds == b.heeds && a.loosens == b.loosens &&
		sameValue(a.result, b.result) && slices.Equal(a.writes, b.writes) && slices.Equal(a.member, b.member) &&
		slices.EqualFunc(a.thrown, b.thrown, sameValue) && slices.EqualFunc(a.sinks, b.sinks, samePending) &&
		maps.EqualFunc(a.valid, b.valid, sameGuard) && maps.Equal(a.keyed, b.keyed) && maps.Equal(a.inside, b.inside) &&
		maps.EqualFunc(a.heap, b.heap, func(x, y segments) bool { return maps.EqualFunc(x, y, sameValue) })
}

func sameValue(a, b *Value) bool {
	if a == b || a == nil || b == nil {
		return a == b
	}
	return a.sym == b.sym && a.open == b.open && a.clean == b.clean && a.shape == b.shape && a.assumed == b.assumed &&
		a.sometimes == b.sometimes && a.surely == b.surely && a.many == b.many && a.swayed == b.swayed && a.text == b.text && a.deps == b.deps &&
		slices.EqualFunc(a.refs, b.refs, sameRef) && slices.EqualFunc(a.facts, b.facts, sameFact) &&
		sameCond(a.cond, b.cond) && sameDigest(a.hash, b.hash) &&
		slices.EqualFunc(a.says(), b.says(), sameSaying) && slices.EqualFunc(a.later(), b.later(), sameLate)
}

func sameSaying(a, b saying) bool {
	return a.key == b.key && slices.EqualFunc(a.facts, b.facts, sameCondFact)
}

func sameLate(a, b lateGuard) bool { return a.sym == b.sym && sameGuard(a.guard, b.guard) }

func sameRef(a, b Ref) bool {
	x, y := a.bound(), b.bound()
	return a.kind == b.kind && a.name == b.name && a.lit == b.lit && a.mod == b.mod && a.fn == b.fn && a.cls == b.cls && x.handed == y.handed &&
		sameValue(a.self, b.self) && slices.EqualFunc(x.env, y.env, sameValue) && slices.EqualFunc(x.args, y.args, sameArg)
}

func sameArg(a, b arg) bool {
	return a.name == b.name && a.star == b.star && a.optional == b.optional && sameValue(a.val, b.val)
}

func sameFact(a, b *Fact) bool {
	if a == b || a == nil || b == nil {
		return a == b
	}
	return a.org == b.org && a.content == b.content && a.feats == b.feats && a.weak == b.weak && slices.Equal(a.relies(), b.relies())
}

func sameCond(a, b *Cond) bool {
	if a == b || a == nil || b == nil {
		return a == b
	}
	return slices.EqualFunc(a.yes, b.yes, sameCondFact) && slices.EqualFunc(a.no, b.no, sameCondFact)
}

func sameCondFact(a, b condFact) bool {
	return a.kind == b.kind && a.sym == b.sym && a.by == b.by && a.text == b.text && a.check == b.check && a.weak == b.weak &&
		slices.Equal(a.trust, b.trust) && slices.Equal(a.classes, b.classes)
}

func sameDigest(a, b *digest) bool {
	if a == b || a == nil || b == nil {
		return a == b
	}
	return a.weak == b.weak && a.bad == b.bad && a.keyed == b.keyed && a.val == b.val && slices.Equal(a.of, b.of) && slices.Equal(a.trust, b.trust)
}

func sameGuard(a, b *guard) bool {
	if a == b || a == nil || b == nil {
		return a == b
	}
	return a.weak == b.weak && a.by == b.by && a.digest == b.digest && slices.Equal(a.trust, b.trust)
}

func samePending(a, b *pending) bool {
	return a.site == b.site && sameFact(a.fact, b.fact) && a.at == b.at && a.file == b.file && a.below == b.below && a.depth == b.depth && a.own == b.own && a.root == b.root &&
		slices.Equal(a.trust, b.trust) && slices.Equal(a.weak, b.weak) && slices.Equal(a.gates, b.gates) && slices.Equal(a.notes, b.notes) &&
		sameCallFacts(a.facts, b.facts)
}

// sameCallFacts compares what is decided of two calls. It never says so of one that is still to be looked at.
func sameCallFacts(a, b *callFacts) bool {
	if a == b || a == nil || b == nil {
		return a == b
	}
	return a.call == nil && b.call == nil && reflect.DeepEqual(a, b)
}

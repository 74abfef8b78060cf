package taint

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/pickletrace/pickletrace/pkg/ir"
	"github.com/pickletrace/pickletrace/pkg/rule"
)

// TestJoinLaws checks on random values that joins are idempotent, commutative, associative and absorbing: neither the order
// of branches nor how often a loop is interpreted may decide what is found.
func TestJoinLaws(t *testing.T) {
	g := newLawGen()
	for range 20000 {
		a, b, c := g.value(), g.value(), g.value()
		ab := g.ev.joinValues(a, b)
		g.law(t, "idempotent", g.ev.joinValues(a, copyOf(a)), a, a, a)
		g.law(t, "commutative", ab, g.ev.joinValues(b, a), a, b)
		g.law(t, "associative", g.ev.joinValues(ab, c), g.ev.joinValues(a, g.ev.joinValues(b, c)), a, b, c)
		g.law(t, "absorbing", g.ev.joinValues(ab, copyOf(a)), ab, a, b)
		if a != nil && g.ev.joinValues(a, copyOf(a)) != a {
			t.Fatalf("a join that tells nothing new made a new value of %s", g.show(a))
		}
	}
}

// A lawGen makes random values.
type lawGen struct {
	ev   *eval
	r    *rand.Rand
	orgs []*Origin
	hash []*digest
}

func newLawGen() *lawGen {
	g := &lawGen{ev: &eval{given: given{pack: &rule.Pack{}}, domain: domain{syms: newSymTab()}}, r: rand.New(rand.NewPCG(1, 2)), hash: []*digest{{}, {bad: true}}}
	kinds := []*rule.Kind{{ID: "worse"}, {ID: "bad", Rank: 1}}
	for i := range 60 {
		o := &Origin{kind: OriginKind(i % 2), input: i, serial: i}
		if o.kind == originSource {
			o.what = kinds[i/2%2]
		}
		g.orgs = append(g.orgs, o)
	}
	return g
}

func (g *lawGen) value() *Value {
	if g.r.IntN(12) == 0 {
		return nil
	}
	v := &Value{open: g.r.IntN(2) == 0, shape: g.r.IntN(4) == 0}
	for range g.r.IntN(4) {
		v.refs = addRefs(v.refs, []Ref{{kind: refConst, lit: ir.Str, name: fmt.Sprint(g.r.IntN(9))}})
	}
	for range g.r.IntN(14) {
		v.facts = addFacts(v.facts, []*Fact{{org: g.orgs[g.r.IntN(len(g.orgs))], content: g.r.IntN(3) == 0}})
	}
	v.clean = len(v.facts) == 0 && g.r.IntN(2) == 0
	if g.r.IntN(4) == 0 {
		v.assumed = []string{"p", "q"}[g.r.IntN(2)]
	}
	if g.r.IntN(4) == 0 {
		v.deps = deps(1 << g.r.IntN(4))
	}
	if g.r.IntN(3) == 0 {
		v.sym = g.ev.syms.konst(fmt.Sprint(g.r.IntN(2)))
	}
	return v
}

func copyOf(v *Value) *Value {
	if v == nil {
		return nil
	}
	w := *v
	return &w
}

func (g *lawGen) law(t *testing.T, name string, got, want *Value, in ...*Value) {
	t.Helper()
	if x, y := g.show(got), g.show(want); x != y {
		var from []string
		for _, v := range in {
			from = append(from, g.show(v))
		}
		t.Fatalf("joins are not %s:\n%s\n%s\nof\n%s", name, x, y, strings.Join(from, "\n"))
	}
}

// show gives the content of a value up to the order of its lists.
func (g *lawGen) show(v *Value) string {
	if v == nil {
		return "nil"
	}
	var refs, facts, parts []string
	for i := range v.refs {
		refs = append(refs, v.refs[i].key())
	}
	for _, f := range v.facts {
		facts = append(facts, fmt.Sprintf("%d/%v", f.org.serial, f.content))
	}
	for _, n := range g.ev.syms.parts(v.sym) {
		if in := g.ev.syms.info[n]; in.op != symPhi {
			parts = append(parts, in.s)
		}
	}
	for _, list := range [][]string{refs, facts, parts} {
		slices.Sort(list)
	}
	return fmt.Sprintf("refs=%v many=%v facts=%v open=%v clean=%v shape=%v assumed=%q deps=%d sym=%v", refs, v.many, facts, v.open, v.clean, v.shape, v.assumed, v.deps, parts)
}

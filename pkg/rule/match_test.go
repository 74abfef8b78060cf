package rule_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/pickletrace/pickletrace/pkg/rule"
)

func TestBase(t *testing.T) {
	p := load(t, base)
	s := p.Sink("lib-load")
	if s == nil || s.At != (rule.Place{File: "base.yaml", Line: 9, Col: 5}) || s.Reads != rule.CarryContent || s.Args["flag"] != 2 ||
		!slices.Equal(s.Input.Names, []string{"f"}) || !slices.Equal(s.Input.Positions, []int{0}) {
		t.Errorf("sink %+v", s)
	}
	if k := p.Kind("network-response"); k == nil || k.Rank != 1 || k.Title != "data from the network" {
		t.Errorf("kind %+v", k)
	}
	r := p.Rule("bad-load")
	if r == nil || r != p.Rule("PKL101") || len(r.CWE) != 1 || r.Precision != "high" || r.Pack != "base" || r.Flow.From != nil {
		t.Errorf("rule %+v", r)
	}
	if got := p.RulesFor(s); len(got) != 1 || got[0] != r {
		t.Errorf("RulesFor = %v", got)
	}
	src := p.Sources[0]
	if !src.IsClean("status") || !src.IsClean("is_ok") || src.IsClean("content") || src.Slot.What != rule.Return {
		t.Errorf("source %+v", src)
	}
	if len(p.Packs) != 1 || p.Packs[0] != (rule.PackInfo{ID: "base", Version: "1.0", File: "base.yaml", User: true}) {
		t.Errorf("packs %+v", p.Packs)
	}
}

// pack gives a pack whose types list these patterns, one type name for each.
func typesPack(t *testing.T, patterns ...string) *rule.Pack {
	var b strings.Builder
	b.WriteString(head + "types:\n")
	for i, pat := range patterns {
		fmt.Fprintf(&b, "  - {call: %q, returns: t%d}\n", pat, i)
	}
	return load(t, b.String())
}

func TestPatterns(t *testing.T) {
	tests := []struct {
		pattern string
		in, out []string
	}{
		{"a.b", []string{"a.b"}, []string{"a.bc", "a", "x.a.b", "a.b.c", "?.b"}},
		{"a.*.from_it", []string{"a.B.from_it", "a.b.C.from_it"}, []string{"a.from_it", "a..from_it", "b.B.from_it", "a.B.from_its"}},
		{"a.b.*", []string{"a.b.c", "a.b.c.d"}, []string{"a.b", "a.b.", "a.bc"}},
		{"a.re*d", []string{"a.read", "a.relo.ad"}, []string{"a.red", "a.reads"}},
		{"*.recv_it", []string{"?.recv_it", "x.recv_it", "x.y.recv_it"}, []string{"recv_it", ".recv_it", "?.recv_its"}},
		{"x.*.recv_it", nil, []string{"?.recv_it", "x.recv_it"}},
		{"a.{b,c.d}.e{,s}", []string{"a.b.e", "a.b.es", "a.c.d.e", "a.c.d.es"}, []string{"a.e", "a.c.e", "a.{b,c.d}.e"}},
		{"{a,b}.*", []string{"a.x", "b.x.y"}, []string{"c.x", "a"}},
		{"a.*b*.c", []string{"a.xbx.c"}, []string{"a.b.c", "a.xb.c", "a.bx.c"}},
		{"open", []string{"open"}, []string{"io.open", "?.open"}},
	}
	for _, tt := range tests {
		p := typesPack(t, tt.pattern)
		for _, name := range tt.in {
			if p.Call(name) == nil {
				t.Errorf("%s does not match %s", tt.pattern, name)
			}
		}
		for _, name := range tt.out {
			if p.Call(name) != nil {
				t.Errorf("%s matches %s", tt.pattern, name)
			}
		}
	}
}

// TestRolesAreMerged wants everything that matches a name, in pack order, each once.
func TestRolesAreMerged(t *testing.T) {
	p := typesPack(t, "a.*.c", "a.b.c", "*.c", "{a,a}.b.c", "a.b.{c,d}", "x.y")
	for range 3 {
		var got []string
		for _, ty := range p.Call("a.b.c").Types {
			got = append(got, ty.Returns...)
		}
		if want := []string{"t0", "t1", "t2", "t3", "t4"}; !slices.Equal(got, want) {
			t.Fatalf("got %v, want %v", got, want)
		}
	}
	if got := p.TypeOf("z.c"); !slices.Equal(got, []string{"t2"}) {
		t.Errorf("TypeOf = %v", got)
	}
	if got := p.TypeOf("nothing"); got != nil {
		t.Errorf("TypeOf = %v", got)
	}
	both := *p.Call("z.c")
	both.Add(p.Call("x.y"))
	both.Add(p.Call("z.c"))
	if len(both.Types) != 2 || both.Empty() || !new(rule.Roles).Empty() {
		t.Errorf("Add gives %v", both.Types)
	}
	if len(p.Call("z.c").Types) != 1 {
		t.Error("Add changed the shared roles")
	}
}

func TestCallIsSafeForConcurrentUse(t *testing.T) {
	p := typesPack(t, "a.*.c", "*.c", "b.*")
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for j := range 200 {
				if p.Call(fmt.Sprintf("a.n%d.c", (i+j)%50)) == nil || p.Call("b.x") == nil || p.Call("none") != nil {
					t.Error("wrong answer")
				}
			}
		})
	}
	wg.Wait()
}

func TestCanonical(t *testing.T) {
	p := load(t, head+`libraries:
  torch: {pypi: torch, same: {torch.serialization.load: torch.load, torch._a: torch.a, torch.a.old: torch.new}}
  pickle: {stdlib: true, same: {cPickle: pickle, six.moves.cPickle: cPickle}}
`)
	for name, want := range map[string]string{
		"torch.serialization.load": "torch.load", "torch.serialization.loads": "torch.serialization.loads",
		"torch.serialization.load.x": "torch.load.x", "cPickle.loads": "pickle.loads", "cPickle": "pickle", "cPickles.loads": "cPickles.loads",
		"six.moves.cPickle.Unpickler.load": "pickle.Unpickler.load", "torch._a.old.x": "torch.new.x", "": "", ".": ".", "torch": "torch",
		"torch." + strings.Repeat("a.", 100): "torch." + strings.Repeat("a.", 100), "?.load": "?.load",
	} {
		if got := p.Canonical(name); got != want {
			t.Errorf("Canonical(%s) = %s, want %s", name, got, want)
		}
	}
	if got := load(t, head).Canonical("a.b"); got != "a.b" {
		t.Errorf("without libraries: %s", got)
	}
}

// everyRole has one call for each role.
const everyRole = head + `
kinds: {net: {title: n}}
sinks: [{id: s, call: [a.sink, "x.*.ld"], input: args, reads: value, acts-as-source: net}]
libraries: {a: {pypi: a, same: {a.deep.other: a.sink, b.sunk: a.sink, old.Base: a.Base, q: a.quiet}}}
sources:
  - {id: call, kind: net, call: [a.get, "a.wild.*"]}
  - {id: attr, kind: net, attr: a.request.data}
  - {id: deco, kind: net, param: {decorated-by: a.App.route, except-annotated: [int], except-default-call: a.Depends, except-names: ctx}}
  - {id: meth, kind: net, param: {method-of: "*.*Servicer", methods: "do_*"}}
  - {id: back, kind: net, param: {passed-to: a.Button.click, callback: {arg: [0, fn]}}}
  - {id: func, kind: net, param: {function-name: "handle*", names: event}}
  - {id: anno, kind: net, param: {annotated: a.Upload}}
propagators:
  - {call: a.copy, from: {arg: 0}, to: return, same: true, reads: content}
  - {call: a.fetch, from: {source: net}, to: {arg: [1, "to"], path: "[*]"}, writes: content}
  - {call: a.run, invoke: {arg: 0}, with: {args-from: 1}, result: "return[*]"}
  - {call: a.Thread, invoke: {arg: target}, with: {elements-of: 2, args-in: {arg: args}, kwargs-in: {arg: kwargs}}}
sanitizers: [{call: a.clean, clears: [net], for: s, slot: {args-from: 2}}]
validators:
  - {id: d, digest: a.sha, weak: a.md5, mac: a.hmac, compare: a.eq, not-tainted: net, clears: all}
  - {id: v, verify: {call: a.verify, input: {arg: 0}, on: raises}, clears: net}
  - {id: w, when-arg: {call: a.checked, args: {check: 1}, when: {arg.check: true}}, clears: net}
classes:
  - {id: c, subclass-of: a.Base, acts-as: s, overrides: find}
  - {id: l, subclass-of: a.Loader, safe-unless-calls: [add]}
types: [{attr: a.req, returns: a.Request}, {call: a.pair, returns: [a.X, object]}]
`

func TestEveryRole(t *testing.T) {
	p := load(t, everyRole)
	roles := map[string]func(*rule.Roles) int{
		"a.sink": func(r *rule.Roles) int { return len(r.Sinks) }, "a.get": func(r *rule.Roles) int { return len(r.Sources) },
		"a.App.route":    func(r *rule.Roles) int { return len(r.Decorates) },
		"a.Button.click": func(r *rule.Roles) int { return len(r.Callbacks) },
		"a.copy":         func(r *rule.Roles) int { return len(r.Propagators) }, "a.clean": func(r *rule.Roles) int { return len(r.Sanitizers) },
		"a.sha": func(r *rule.Roles) int { return len(r.Digest) }, "a.md5": func(r *rule.Roles) int { return len(r.Weak) },
		"a.hmac": func(r *rule.Roles) int { return len(r.Mac) }, "a.eq": func(r *rule.Roles) int { return len(r.Compare) },
		"a.verify": func(r *rule.Roles) int { return len(r.Verify) }, "a.checked": func(r *rule.Roles) int { return len(r.WhenArg) },
		"a.pair": func(r *rule.Roles) int { return len(r.Types) },
	}
	for name, count := range roles {
		r := p.Call(name)
		if r == nil || count(r) != 1 {
			t.Errorf("%s: %+v", name, r)
			continue
		}
		r2 := rule.Roles{}
		r2.Add(r)
		if r2.Empty() || count(&r2) != 1 {
			t.Errorf("%s is lost by Add", name)
		}
	}
	if a := p.Attr("a.request.data"); a == nil || len(a.Sources) != 1 || p.Attr("a.get") != nil || p.AttrType("a.req") != "a.Request" {
		t.Error("attributes", a)
	}
	copyIt, fetch, run, thread := p.Propagators[0], p.Propagators[1], p.Propagators[2], p.Propagators[3]
	if !copyIt.Same || copyIt.FromCarry != rule.CarryContent || copyIt.ToCarry != rule.CarryValue {
		t.Errorf("%+v", copyIt)
	}
	if fetch.From.What != rule.SourceSlot || fetch.Kind != p.Kind("net") || fetch.ToCarry != rule.CarryContent || fetch.To.Path != "[*]" {
		t.Errorf("%+v", fetch)
	}
	if i := run.Invoke; i.ArgsFrom != 1 || i.Elements != -1 || i.Result != "return[*]" || i.ArgsIn.What != rule.NoSlot {
		t.Errorf("%+v", i)
	}
	if i := thread.Invoke; i.ArgsFrom != -1 || i.Elements != 2 || i.Func.Names[0] != "target" || i.KwargsIn.Names[0] != "kwargs" {
		t.Errorf("%+v", i)
	}
	if s := p.Sanitizers[0]; s.Slot.What != rule.AllArgs || s.Slot.From != 2 || s.For[0] != "s" || len(s.Clears) != 1 {
		t.Errorf("%+v", s)
	}
	if v := p.Validators[0]; v.Clears != nil || len(v.NotTainted) != 1 || !p.Validators[1].Verify.Raises {
		t.Errorf("%+v", v)
	}
	if c := p.ClassesFor("a.Base"); len(c) != 1 || c[0].ActsAs != "s" || !slices.Equal(c[0].Loads(), []string{"load"}) {
		t.Errorf("%+v", c)
	}
}

func TestParams(t *testing.T) {
	p := load(t, everyRole)
	by := map[string]*rule.ParamMatch{}
	for _, s := range p.ParamSources() {
		by[s.ID] = s.Param
	}
	deco := by["deco"]
	checks := map[string]bool{
		"decorator": deco.Decorator("a.App.route"), "other decorator": !deco.Decorator("a.App.get"),
		"plain": deco.Param("x", "", ""), "annotated int": !deco.Param("x", "int", ""), "annotated str": deco.Param("x", "str", ""),
		"depends": !deco.Param("x", "", "a.Depends"), "name": !deco.Param("ctx", "", ""),
		"base": by["meth"].Base("x_grpc.FooServicer"), "not base": !by["meth"].Base("x.FooServicers"),
		"method": by["meth"].Method("do_it"), "not method": !by["meth"].Method("it"),
		"all methods": deco.Method("it"), "not private": !deco.Method("_it"),
		"function": by["func"].Function("handle_it"), "not function": !by["func"].Function("x_handle_it"),
		"only names": by["func"].Param("event", "", "") && !by["func"].Param("context", "", ""),
		"annotation": by["anno"].Param("x", "a.Upload", "") && !by["anno"].Param("x", "", ""),
		"callback":   by["back"].Callback.Names[0] == "fn" && len(by) == 5,
	}
	for name, ok := range checks {
		if !ok {
			t.Error(name)
		}
	}
}

func TestWordsAndMatchers(t *testing.T) {
	p := load(t, everyRole)
	// "other" and "sunk" are aliases of a sink with words of their own; Loader alone makes no sink.
	if got, want := p.Words(), []string{"Base", "ld", "other", "sink", "sunk"}; !slices.Equal(got, want) {
		t.Errorf("Words = %v, want %v", got, want)
	}
	if got, want := p.SourceWords(), []string{"Upload", "a", "click", "data", "get", "ld", "route", "sink"}; !slices.Equal(got, want) {
		t.Errorf("SourceWords = %v, want %v", got, want)
	}
	m := p.Matchers()
	i := slices.IndexFunc(m, func(m rule.Matcher) bool { return m.Pattern == "x.*.ld" })
	if i < 0 || m[i].Head != "x" || m[i].Section != "sink" || m[i].ID != "s" || !m[i].User || m[i].At.Line == 0 {
		t.Errorf("matcher %+v", m)
	}
	if j := slices.IndexFunc(m, func(m rule.Matcher) bool { return m.Pattern == "*.*Servicer" }); j < 0 || m[j].Head != "" {
		t.Error("a pattern that begins with a star has a head")
	}
}

func BenchmarkCallMiss(b *testing.B) {
	p, err := rule.LoadFiles(emptyFS, rule.File{Name: "p.yaml", Data: []byte(everyRole)})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if p.Call("collections.OrderedDict.update") != nil {
			b.Fatal("found")
		}
	}
}

package version

import (
	"math/rand"
	"slices"
	"testing"
)

func mustV(t *testing.T, s string) Version {
	t.Helper()
	v, err := Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func mustSet(t *testing.T, s string) Set {
	t.Helper()
	set, err := ParseSet(s)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// The orders given in PEP 440, one after the other.
var ordered440 = [][]string{
	{"0.9", "0.9.1", "0.9.2", "0.9.10", "0.9.11", "1.0", "1.0.1", "1.1", "2.0", "2.0.1"},
	{"1.dev0", "1.0.dev456", "1.0a1", "1.0a2.dev456", "1.0a12.dev456", "1.0a12", "1.0b1.dev456", "1.0b2",
		"1.0b2.post345.dev456", "1.0b2.post345", "1.0rc1.dev456", "1.0rc1", "1.0", "1.0+abc.5", "1.0+abc.7", "1.0+5",
		"1.0.post456.dev34", "1.0.post456", "1.0.15", "1.1.dev1"},
	{"4.3a2", "4.3b2", "4.3rc2", "4.3"},
	{"2013.10", "2014.04", "1!1.0", "1!1.1", "1!2.0"},
	{"1.0+abc", "1.0+abc.1", "1.0+1", "1.0+1.0", "1.0+2", "1.0+10"},
}

func TestOrder(t *testing.T) {
	for _, list := range ordered440 {
		for i, a := range list {
			for j, b := range list {
				want := 0
				if i < j {
					want = -1
				} else if i > j {
					want = 1
				}
				if got := mustV(t, a).Compare(mustV(t, b)); got != want {
					t.Errorf("Compare(%s, %s) = %d, want %d", a, b, got, want)
				}
			}
		}
	}
}

func TestNormalForm(t *testing.T) {
	for in, want := range map[string]string{
		"1.1RC1": "1.1rc1", "00": "0", "09000": "9000", "1.1.a1": "1.1a1", "1.1-a1": "1.1a1", "1.1a.1": "1.1a1",
		"1.1alpha1": "1.1a1", "1.1beta2": "1.1b2", "1.1c3": "1.1rc3", "1.1pre4": "1.1rc4", "1.1preview5": "1.1rc5",
		"1.2a": "1.2a0", "1.2.post-2": "1.2.post2", "1.2-post2": "1.2.post2", "1.2post2": "1.2.post2", "1.0-r4": "1.0.post4",
		"1.0rev4": "1.0.post4", "1.2.post": "1.2.post0", "1.0-1": "1.0.post1", "1.2-dev2": "1.2.dev2", "1.2dev2": "1.2.dev2",
		"1.2.dev": "1.2.dev0", "1.0+ubuntu-1": "1.0+ubuntu.1", "v1.0": "1.0", " 1.0\n": "1.0", "1!2.0": "1!2.0",
		"1.0+Foo.0100": "1.0+foo.100", "1.0.post1.dev2": "1.0.post1.dev2", "2.6.0+cu124": "2.6.0+cu124",
	} {
		if got := mustV(t, in).String(); got != want {
			t.Errorf("Parse(%q) = %s, want %s", in, got, want)
		}
	}
	for _, pair := range [][2]string{{"1.1", "1.1.0"}, {"1.0a0", "1.0.0alpha"}, {"1.0+001", "1.0+1"}} {
		if mustV(t, pair[0]).Compare(mustV(t, pair[1])) != 0 {
			t.Errorf("%s and %s differ", pair[0], pair[1])
		}
	}
}

func TestParseErrors(t *testing.T) {
	for _, bad := range []string{"", "french toast", "1.0+a+", "1.0++", "1.0+_foobar", "1.0.*", "-1", "1..2", "^1.0", "99999999999"} {
		if v, err := Parse(bad); err == nil {
			t.Errorf("Parse(%q) = %s, want an error", bad, v)
		}
	}
	for _, bad := range []string{"2.0", "=>2.0", "~=1", ">=1.*", "~=1.*", ">=1.0+local", "==1.0a1.*", ">=1.0,", "==1.0.dev1.*", ">=", "<2 <3"} {
		if s, err := ParseSet(bad); err == nil {
			t.Errorf("ParseSet(%q) = %v, want an error", bad, s)
		}
	}
}

// The examples PEP 440 gives for each operator, and the ones the analysis lives on.
func TestContains(t *testing.T) {
	tests := []struct {
		spec    string
		in, out []string
	}{
		{"~=2.2", []string{"2.2", "2.3", "2.99", "2.2.post1"}, []string{"2.1", "3.0", "3.0.dev1", "2.2rc1"}},
		{"~=1.4.5", []string{"1.4.5", "1.4.9"}, []string{"1.5", "1.4.4"}},
		{"~=2.2.post3", []string{"2.2.post3", "2.3"}, []string{"2.2", "2.2.post2", "3.0"}},
		{"~=1.4.5a4", []string{"1.4.5a4", "1.4.5", "1.4.6"}, []string{"1.4.5a3", "1.5"}},
		{"~=2.2.0", []string{"2.2.0", "2.2.9"}, []string{"2.3"}},
		{"==1.1", []string{"1.1", "1.1.0", "1.1+local"}, []string{"1.1.post1", "1.1a1", "1.1.dev1"}},
		{"==1.1.post1", []string{"1.1.post1"}, []string{"1.1"}},
		{"==1.1.*", []string{"1.1", "1.1.post1", "1.1a1", "1.1.dev1", "1.1.9", "1.1.post1+x"}, []string{"1.2", "1.2.dev0", "1.0.9", "1.10"}},
		{"==1.1+a", []string{"1.1+a"}, []string{"1.1", "1.1+b"}},
		{"!=1.1", []string{"1.1.post1", "1.0"}, []string{"1.1", "1.1.0", "1.1+x"}},
		{"!=1.1.*", []string{"1.2", "1.0"}, []string{"1.1", "1.1.post1", "1.1a1"}},
		{">1.7", []string{"1.7.1", "1.8"}, []string{"1.7", "1.7.0.post1", "1.7+local", "1.7rc1"}},
		{">1.7.post2", []string{"1.7.1", "1.7.0.post3"}, []string{"1.7.0", "1.7.post2"}},
		{"<2.6", []string{"2.5.1", "2.5.1+cu121"}, []string{"2.6", "2.6.0rc1", "2.6.dev0", "2.6.0a1"}},
		{"<2.6rc1", []string{"2.6b1", "2.6rc1.dev1"}, []string{"2.6rc1", "2.6"}},
		{"<=2.6", []string{"2.6", "2.6.0+cu124", "2.6rc1"}, []string{"2.6.post1", "2.6.1"}},
		{">=2.6", []string{"2.6.0", "2.6+cu124", "1!0.1"}, []string{"2.6rc1", "2.5.9"}},
		{">=1.0,!=1.3.4.*,<2.0", []string{"1.0", "1.3.3", "1.3.5"}, []string{"1.3.4", "1.3.4.1", "2.0", "2.0rc1"}},
		{"===1.0", []string{"1.0"}, []string{"1.0+x", "1.1"}},
		{"", []string{"0", "1!5"}, nil},
		{"==1!1.*", []string{"1!1.5"}, []string{"1.5"}},
	}
	for _, tt := range tests {
		set := mustSet(t, tt.spec)
		for _, v := range tt.in {
			if !set.Contains(mustV(t, v)) {
				t.Errorf("%s does not contain %s", tt.spec, v)
			}
		}
		for _, v := range tt.out {
			if set.Contains(mustV(t, v)) {
				t.Errorf("%s contains %s", tt.spec, v)
			}
		}
	}
}

func TestWithin(t *testing.T) {
	tests := []struct {
		allowed, asked string
		want           Relation
	}{
		{">=2.6", ">=2.6", Inside},
		{"==2.6.0+cu124", ">=2.6", Inside},
		{"==2.7.*", ">=2.6", Inside},
		{"~=2.6.1", ">=2.6", Inside},
		{"~=2.6", ">=2.6,<3", Inside},
		{">=2.0", ">=2.6", Partly},
		{">=2.0", "<2.6", Partly},
		{">2.5.1", ">=2.6", Partly},
		{"<2.6", ">=2.6", Outside},
		{"<=2.5.1", "<2.6", Inside},
		{"==2.5.1", ">=2.6", Outside},
		{"==1.16.3", "<1.16.3", Outside},
		{"!=1.16.3", "==1.16.3", Outside},
		{"", ">=2.6", Partly},
		{"", "", Inside},
		{">3,<2", ">=2.6", Partly},
	}
	for _, tt := range tests {
		if got := mustSet(t, tt.allowed).Within(mustSet(t, tt.asked)); got != tt.want {
			t.Errorf("%q within %q = %d, want %d", tt.allowed, tt.asked, got, tt.want)
		}
	}
	both := mustSet(t, "<2").Union(mustSet(t, ">=2.6"))
	if got := both.Within(mustSet(t, ">=2.6")); got != Partly {
		t.Errorf("union within = %d", got)
	}
	if got := mustSet(t, "==2.6").Union(mustSet(t, "==2.7")).Within(mustSet(t, ">=2.6,<2.8")); got != Inside {
		t.Errorf("union of pins within = %d", got)
	}
}

// TestSetAlgebra compares the interval arithmetic with membership, version by version.
func TestSetAlgebra(t *testing.T) {
	var versions []Version
	for _, list := range ordered440 {
		for _, s := range list {
			versions = append(versions, mustV(t, s))
		}
	}
	rng := rand.New(rand.NewSource(1))
	ops := []string{"==", "!=", "<", "<=", ">", ">="}
	one := func() Set {
		v := versions[rng.Intn(len(versions))]
		v.local = nil
		return mustSet(t, ops[rng.Intn(len(ops))]+v.String())
	}
	for range 500 {
		a, b := one().Union(one()), one().Intersect(one())
		for _, v := range versions {
			x, y := a.Contains(v), b.Contains(v)
			if a.Intersect(b).Contains(v) != (x && y) || a.Union(b).Contains(v) != (x || y) || a.Not().Contains(v) == x {
				t.Fatalf("%s: membership and set arithmetic differ for %v, %v", v, a, b)
			}
		}
		if !slices.EqualFunc(a.Not().Not().spans, a.spans, func(p, q span) bool {
			return p.lo.compare(q.lo) == 0 && p.hi.compare(q.hi) == 0
		}) {
			t.Fatalf("Not is no involution on %v", a)
		}
	}
}

func FuzzParseSet(f *testing.F) {
	for _, s := range []string{">=1.0,<2", "~=1.4.5a4", "==1!2.*", "!=1.0+x", "===1", ">1.post1.dev2"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		set, err := ParseSet(s)
		if err == nil && set.Intersect(set.Not()).Empty() == false {
			t.Errorf("%q overlaps its complement", s)
		}
	})
}

package report

import (
	"slices"
	"strings"
	"testing"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/rule"
)

// TestReadBack: a report that is read back has the findings, places and steps of what it was written from, and every format
// can be written of it.
func TestReadBack(t *testing.T) {
	for name, a := range archives(t) {
		r := parseSample(t, a)
		raw := render(t, SARIF, r, Options{ShowSuppressed: true})
		log, err := ParseSARIF("a.sarif", raw)
		if err != nil {
			t.Fatal(err)
		}
		back := log.Result(r.Pack, 2)
		want := slices.DeleteFunc(slices.Clone(r.Findings), func(f finding.Finding) bool { return f.Sink.File == nil })
		finding.Sort(want)
		if len(back.Findings) != len(want) || len(back.Suppressed) > len(r.Suppressed) {
			t.Fatalf("%s: %d findings, want %d", name, len(back.Findings), len(want))
		}
		for i := range want {
			f, g := &want[i], &back.Findings[i]
			if f.RuleID != g.RuleID || f.Level != g.Level || f.Fingerprint != g.Fingerprint || len(f.Flows) != len(g.Flows) || f.Function != g.Function {
				t.Errorf("%s: %+v, want %+v", name, g, f)
			}
			p, q := f.Sink.Place(), g.Sink.Place()
			if p.Path != q.Path || p.Line != q.Line || p.Col != q.Col {
				t.Errorf("%s: at %v, want %v", name, q, p)
			}
			for k := range f.Flows {
				for n, st := range withPlaces(f.Flows[k].Steps) {
					if back := g.Flows[k].Steps[n]; back.Kind != st.Kind || back.Place().Line != st.Place().Line || back.Place().Col != st.Place().Col {
						t.Errorf("%s: step %d of flow %d: %s at %v, want %s at %v", name, n, k, back.Kind, back.Place(), st.Kind, st.Place())
					}
				}
			}
		}
		if back.Complete() != r.Complete() {
			t.Errorf("%s: complete %v", name, back.Complete())
		}
		for _, format := range Names() {
			out := string(render(t, Formats[format], back, Options{}))
			if len(want) > 0 && !strings.Contains(out, want[0].RuleID) {
				t.Errorf("%s: %s has no %s", name, format, want[0].RuleID)
			}
		}
	}
}

// TestReadHostile: what a report claims of lines and columns costs nothing.
func TestReadHostile(t *testing.T) {
	for _, region := range []string{`"startLine":2147483647`, `"startLine":1,"startColumn":2147483647,"endColumn":2147483647`, `"startLine":3,"startColumn":9,"endColumn":2`} {
		raw := `{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"pickletrace","rules":[{"id":"X1"}]}},"invocations":[{"executionSuccessful":true}],
			"results":[{"ruleId":"X1","level":"error","kind":"fail","message":{"text":"m"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"a.py"},"region":{` + region + `}}}]}]}]}`
		log, err := ParseSARIF("a", []byte(raw))
		if err != nil {
			t.Fatal(err)
		}
		r := log.Result(&rule.Pack{}, 1)
		if len(r.Findings) != 1 {
			t.Fatal(region)
		}
		for _, format := range Names() {
			if out := render(t, Formats[format], r, Options{}); len(out) > 1<<20 {
				t.Errorf("%s: %d bytes of %s", region, len(out), format)
			}
		}
	}
}

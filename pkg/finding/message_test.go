package finding

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestCompose(t *testing.T) {
	flow := []Flow{{Kind: "k", KindTitle: "data downloaded from the network", SourceName: "net.get"}}
	for _, tc := range []struct {
		f    Finding
		want string
	}{
		{Finding{SinkName: "lib.load", Flows: flow}, "Data downloaded from the network ('net.get') reaches 'lib.load'."},
		{Finding{SinkName: "lib.load", Flows: flow, Notes: []string{"the default\nis unsafe", "Done!", "weights_only is off"}, MoreFlows: 1},
			"Data downloaded from the network ('net.get') reaches 'lib.load'. The default is unsafe. Done! weights_only is off. One more flow reaches this place."},
		{Finding{SinkName: "lib.load", Flows: []Flow{{SourceName: "'org/model'"}}}, "Unsafe load: 'lib.load'."},
		{Finding{SinkName: "lib.load", Function: "m.f"}, "Unsafe load: 'lib.load' in 'm.f'."},
		{Finding{SinkName: "lib.load", Flows: []Flow{{Kind: "k", SourceName: "parameter 'path'"}}, MoreFlows: 3},
			"Untrusted data ('parameter path') reaches 'lib.load'. 3 more flows reach this place."},
	} {
		if got := Compose(&tc.f, "unsafe load"); got != tc.want {
			t.Errorf("\n got %s\nwant %s", got, tc.want)
		}
	}
}

// TestComposeLimits has names and notes far too long, in characters of several bytes.
func TestComposeLimits(t *testing.T) {
	long := strings.Repeat("日本.", 400)
	for _, f := range []Finding{
		{SinkName: long, Function: long, Notes: []string{long, "short"}},
		{SinkName: long, Function: long, Flows: []Flow{{Kind: "k", KindTitle: long, SourceName: long}}, Notes: []string{"short", strings.Repeat("x", 900), strings.Repeat("y", 200), "z"}},
	} {
		msg := Compose(&f, long)
		first, _, _ := strings.Cut(msg, "'. ")
		if n := utf8.RuneCountInString(first) + 2; n > MaxSentence {
			t.Errorf("first sentence has %d characters", n)
		}
		if n := utf8.RuneCountInString(msg); n > MaxMessage || !utf8.ValidString(msg) {
			t.Errorf("message has %d characters", n)
		}
		if !strings.HasSuffix(msg, ".") {
			t.Errorf("message is cut inside a sentence: %s", msg)
		}
	}
}

func TestConfidence(t *testing.T) {
	f := pyFile(t, "m.py", "x\n")
	steps := func(depths ...int) (out []Step) {
		for _, d := range depths {
			out = append(out, Step{File: f, Depth: d})
		}
		return out
	}
	for _, tc := range []struct {
		path  string
		flows []Flow
		want  string
	}{
		{"m.py", nil, High},
		{"m.py", []Flow{{}}, High},
		{"m.py", []Flow{{Kind: "k", Features: []string{"via-unknown"}}}, Medium},
		{"m.py", []Flow{{Kind: "k", Features: []string{"class-field", "via-unknown"}}}, Low},
		{"m.py", []Flow{{Kind: "k", Features: []string{"class-field", "via-unknown", "broad"}}, {Kind: "k"}}, High},
		{"m.py", []Flow{{Kind: "k", Features: []string{"unheard-of"}}}, High},
		{"m.py", []Flow{{Kind: "k", Steps: steps(0, -1, -2, -3, 1)}}, High},
		{"m.py", []Flow{{Kind: "k", Steps: steps(0, -1, -2, -3, -4, 0)}}, Medium},
		{"m.py", []Flow{{Kind: "k", Steps: steps(0, 1, 2, 3, 4, 5)}}, Medium},
		{"m.py", []Flow{{Features: []string{"via-unknown"}}}, High},
		{"tests/m.py", nil, Medium},
		{"a/test_m.py", []Flow{{Kind: "k", Features: []string{"broad"}}}, Low},
		{"contest/m.py", nil, High},
	} {
		x := Finding{Sink: Step{File: pyFile(t, tc.path, "x\n")}, Flows: tc.flows}
		if got := Confidence(&x); got != tc.want {
			t.Errorf("%s %+v: %s, want %s", tc.path, tc.flows, got, tc.want)
		}
	}
}

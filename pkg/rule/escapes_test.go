package rule_test

import "testing"

func TestEscapes(t *testing.T) {
	p := load(t, head+`escapes: {modules: [os], partly: [builtins], names: [eval], calls: [pkg.resolve]}
instance-calls: [forward]
`)
	for entry, want := range map[string]bool{
		"os": true, "os.getcwd": true, "os.": true, "builtins": true, "builtins.list": false, "builtins.eval": true,
		"eval": true, "any.eval": true, "collections": false, "myos": false, "pkg.resolve": false, "": false,
	} {
		if got := p.Escapes.Admits(entry); got != want {
			t.Errorf("Admits(%q) = %v", entry, got)
		}
	}
	if !p.Escapes.Calls("pkg.resolve") || p.Escapes.Calls("eval") {
		t.Error("the calls are those listed as such")
	}
	if len(p.InstanceCalls) != 1 || p.InstanceCalls[0] != "forward" {
		t.Errorf("InstanceCalls = %v", p.InstanceCalls)
	}
}

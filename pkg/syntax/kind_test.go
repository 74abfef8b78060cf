package syntax

import (
	"testing"
	"unsafe"
)

// Every symbol of the grammar must have a kind and every kind a symbol, or lowering would miss nodes in silence after
// an update of the grammar.
func TestKindsCoverGrammar(t *testing.T) {
	met := map[Kind]bool{KindInvalid: true, KindOther: true, KindError: true}
	for _, s := range grammarSymbols() {
		if s.kind == KindOther {
			t.Errorf("symbol %q has no kind", s.name)
		}
		if s.kind.String() != s.name || s.kind.IsToken() == s.named {
			t.Errorf("symbol %q has kind %q", s.name, s.kind)
		}
		met[s.kind] = true
	}
	for k := range kindNames {
		if !met[k] {
			t.Errorf("kind %q is not in the grammar", k)
		}
	}
	for k := range tokenNames {
		if !met[k] {
			t.Errorf("token %q is not in the grammar", k)
		}
	}
	fields := map[Field]bool{NoField: true}
	for _, f := range grammarFields() {
		if f == NoField {
			t.Error("a field of the grammar has no Field")
		}
		fields[f] = true
	}
	if len(fields) != len(fieldNames) {
		t.Errorf("the grammar has %d fields, we have %d", len(fields), len(fieldNames))
	}
}

func TestNodeLayout(t *testing.T) {
	var n Node
	got := [...]uintptr{unsafe.Offsetof(n.Kind), unsafe.Offsetof(n.Field), unsafe.Offsetof(n.Named), unsafe.Offsetof(n.Span),
		unsafe.Offsetof(n.Next), unsafe.Sizeof(n)}
	if want := nodeLayout(); got != want {
		t.Errorf("offsets and size of Node %v, of the C struct %v", got, want)
	}
}

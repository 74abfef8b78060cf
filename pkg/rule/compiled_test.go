package rule

import (
	"os"
	"reflect"
	"testing"

	"go.yaml.in/yaml/v3"
)

// builtin is the folder of the built-in packs.
var builtin = os.DirFS("../../rules")

// TestCompiledNodes compares what compiled packs give with what the YAML parser makes of their text: it is the same but for
// comments, which nothing reads.
func TestCompiledNodes(t *testing.T) {
	files, err := readAll(builtin, nil)
	if err != nil {
		t.Fatal(err)
	}
	data, err := Compile(files)
	if err != nil {
		t.Fatal(err)
	}
	done := readCompiled(mapFS{CompiledName: data})
	for _, f := range files {
		want, bad := parseYAML(f.Data)
		got := done.root(f.Data)
		if bad != nil || got == nil {
			t.Fatalf("%s: %v, compiled: %v", f.Name, bad, got != nil)
		}
		sameNodes(t, f.Name, got, want)
	}
	if done.root([]byte("schema: 1\n")) != nil {
		t.Error("a pack that was not compiled is found")
	}
	if p, err := LoadFiles(mapFS{"a.yaml": []byte("schema: 1\npack: {id: a, version: '1'}\nkinds: {k: {title: t}}\n"), CompiledName: data}); err != nil || p.Kind("k") == nil {
		t.Errorf("a pack whose text has changed is not read from it: %v", err)
	}
}

// TestCompiledBroken reads compiled packs of which a part is missing or other: nothing is found then, and nothing breaks.
func TestCompiledBroken(t *testing.T) {
	f := File{"a.yaml", []byte("schema: 1\npack: {id: a, version: '1'}\nkinds: {k: &t {title: t}}\nother: [*t, 'x']\n")}
	data, err := Compile([]File{f})
	if err != nil {
		t.Fatal(err)
	}
	for i := range data {
		readCompiled(mapFS{CompiledName: data[:i]}).root(f.Data)
		for _, b := range []byte{0, 1, 0x7f, 0xff} {
			other := append([]byte{}, data...)
			other[i] = b
			readCompiled(mapFS{CompiledName: other}).root(f.Data)
		}
	}
}

func sameNodes(t *testing.T, name string, a, b *yaml.Node) {
	t.Helper()
	if a.Kind != b.Kind || a.Style != b.Style || a.Tag != b.Tag || a.Value != b.Value || a.Line != b.Line || a.Column != b.Column || len(a.Content) != len(b.Content) {
		t.Fatalf("%s:%d: %+v, want %+v", name, b.Line, a, b)
	}
	if (a.Alias == nil) != (b.Alias == nil) || a.Alias != nil && (a.Alias.Line != b.Alias.Line || a.Alias.Column != b.Alias.Column) {
		t.Fatalf("%s:%d: an alias of something else", name, b.Line)
	}
	for i := range a.Content {
		sameNodes(t, name, a.Content[i], b.Content[i])
	}
}

// TestCompiledPack compares the pack that is loaded from compiled packs with the one from their text.
func TestCompiledPack(t *testing.T) {
	plain := mapFS{}
	files, err := readAll(builtin, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		plain[f.Name] = f.Data
	}
	want, err := LoadFiles(plain)
	if err != nil {
		t.Fatal(err)
	}
	got, err := LoadFiles(builtin)
	if err != nil {
		t.Fatal(err)
	}
	if got.Hash() != want.Hash() {
		t.Error("the hashes differ")
	}
	for name, pair := range map[string][2]any{"kinds": {got.Kinds, want.Kinds}, "libraries": {got.Libraries, want.Libraries}, "types": {got.Types, want.Types},
		"sources": {got.Sources, want.Sources}, "sinks": {got.Sinks, want.Sinks}, "propagators": {got.Propagators, want.Propagators},
		"sanitizers": {got.Sanitizers, want.Sanitizers}, "validators": {got.Validators, want.Validators}, "classes": {got.Classes, want.Classes},
		"rules": {got.Rules, want.Rules}, "commands": {got.commands, want.commands}} {
		if !reflect.DeepEqual(pair[0], pair[1]) {
			t.Errorf("the %s differ", name)
		}
	}
}

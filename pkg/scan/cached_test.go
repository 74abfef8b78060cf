package scan

import (
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/manifest"
	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/pkg/text"
	"github.com/pickletrace/pickletrace/rules"
)

// TestResultsAreKeptWhole looks at the types of a result: what is not exported would get lost, and the result not be kept.
func TestResultsAreKeptWhole(t *testing.T) {
	seen := map[reflect.Type]bool{}
	var look func(reflect.Type, string)
	look = func(typ reflect.Type, at string) {
		switch typ.Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
			look(typ.Elem(), at)
		case reflect.Func, reflect.Interface, reflect.Chan:
			t.Errorf("%s cannot be kept", at)
		case reflect.Struct:
			if seen[typ] || typ == reflect.TypeFor[text.File]() {
				return
			}
			seen[typ] = true
			for f := range typ.Fields() {
				if !f.IsExported() {
					t.Errorf("%s.%s is not exported", at, f.Name)
				}
				look(f.Type, at+"."+f.Name)
			}
		}
	}
	look(reflect.TypeFor[Result](), "Result")
}

// TestFreezeAndThaw keeps a result with findings in every kind of file, and finds the same again.
func TestFreezeAndThaw(t *testing.T) {
	pack, err := rule.LoadFiles(rules.FS)
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join("..", "..", "testdata", "demo")
	find := text.FindOptions{Base: dir, Roots: []string{dir}}
	found, _ := text.Find(find)
	files, _ := read(found, &Options{Jobs: 1})
	beside := []manifest.File{{Path: "Dockerfile", Data: []byte("ENV TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD=1\n")}}
	want := analyze(input{files: files, beside: beside}, pack, &Options{})
	want.Findings[0].Silenced = &finding.Silence{Reason: "é\x00", At: want.Findings[0].Sink}
	want.Findings[0].Other = want.Findings[0].Flows
	want.Findings[1].Flows = want.Findings[2].Flows // which share steps
	caller := want.Findings[1].Sink
	want.Findings[1].Wrapper = &finding.Wrapper{Function: "load", Parameter: "safe", Position: -1, Caller: &caller}
	data := freeze(&want, files)
	got, ok := thaw(data, files, beside)
	for _, f := range slices.Concat(want.Sources, got.Sources) {
		f.Lines() // whether its line table has been made is no part of a file
	}
	if !ok || !reflect.DeepEqual(got, want) || len(want.Sources) == len(files) {
		t.Errorf("got %v, %d sources of %d files\n%+v\ninstead of\n%+v", ok, len(want.Sources), len(files), got, want)
	}
	for i := range want.Findings {
		if got.Findings[i].Sink.File != want.Findings[i].Sink.File && got.Findings[i].Sink.File.Path != "Dockerfile" {
			t.Errorf("finding %d is in another file", i)
		}
	}
	if _, ok := thaw(data, files[1:], nil); ok {
		t.Error("a result is taken for one of fewer files")
	}
	if _, ok := thaw(data[1:], files, nil); ok {
		t.Error("something is taken for a result")
	}
}

// TestKeys changes one thing after another of what a result depends on.
func TestKeys(t *testing.T) {
	pack, err := rule.LoadFiles(rules.FS)
	if err != nil {
		t.Fatal(err)
	}
	more, err := rule.LoadFiles(rules.FS, rule.File{Name: "own.yaml", Data: []byte("schema: 1\npack: {id: own, version: 1.0.0}\n")})
	if err != nil {
		t.Fatal(err)
	}
	file := func(path, src string) *text.File {
		f, _ := text.NewFile(path, []byte(src))
		return f
	}
	a, b := file("a.py", "x = 1\n"), file("b.py", "x = 1\n")
	set := func(change func(*Options)) *Options {
		o := &Options{Build: "1"}
		change(o)
		return o
	}
	plain := set(func(*Options) {})
	req := manifest.File{Path: "requirements.txt", Data: []byte("torch\n")}
	seen := map[string]string{}
	note := func(what string, files []*text.File, beside []manifest.File, p *rule.Pack, o *Options) {
		k := resultKey(input{files: files, beside: beside}, p, o)
		if other, ok := seen[string(k[:])]; ok {
			t.Errorf("%s has the key of %s", what, other)
		}
		seen[string(k[:])] = what
	}
	note("one file", []*text.File{a}, nil, pack, plain)
	note("another path", []*text.File{b}, nil, pack, plain)
	note("other bytes", []*text.File{file("a.py", "x = 2\n")}, nil, pack, plain)
	note("two files", []*text.File{a, b}, nil, pack, plain)
	note("a manifest", []*text.File{a}, []manifest.File{req}, pack, plain)
	note("another manifest", []*text.File{a}, []manifest.File{{Path: req.Path, Data: []byte("torch>2\n")}}, pack, plain)
	note("another pack", []*text.File{a}, nil, more, plain)
	note("another program", []*text.File{a}, nil, pack, set(func(o *Options) { o.Build = "2" }))
	note("another way to parse", []*text.File{a}, nil, pack, set(func(o *Options) { o.Parse = ParseAll }))
	note("a raised kind", []*text.File{a}, nil, pack, set(func(o *Options) { o.Taint.Raised = map[string]bool{"network": true} }))
	note("a lowered kind", []*text.File{a}, nil, pack, set(func(o *Options) { o.Taint.Lowered = map[string]bool{"network": true} }))
}

package manifest

import (
	"strings"
	"testing"

	"github.com/pickletrace/pickletrace/pkg/version"
)

func TestNormalize(t *testing.T) {
	for in, want := range map[string]string{"Foo_Bar": "foo-bar", "a.-_b": "a-b", " PyYAML ": "pyyaml", "": ""} {
		if got := Normalize(in); got != want {
			t.Errorf("Normalize(%q) = %q", in, got)
		}
	}
}

// Examples of PEP 508 and of what is found in real files.
func TestParseRequirement(t *testing.T) {
	for _, tt := range []struct{ in, name, extras, spec, url, marker string }{
		{"A", "A", "", "", "", ""},
		{"A.B-C_D", "A.B-C_D", "", "", "", ""},
		{"aa>=1,<2", "aa", "", ">=1,<2", "", ""},
		{"name<=1", "name", "", "<=1", "", ""},
		{"name>=3,<2", "name", "", ">=3,<2", "", ""},
		{"name [fred,bar] @ http://foo.com ; python_version=='2.7'", "name", "fred,bar", "", "http://foo.com", "python_version=='2.7'"},
		{"name[quux, strange];python_version<'2.7' and platform_version=='2'", "name", "quux,strange", "", "", "python_version<'2.7' and platform_version=='2'"},
		{"name; os_name=='a' or os_name=='b'", "name", "", "", "", "os_name=='a' or os_name=='b'"},
		{"name (==1.2.3)", "name", "", "==1.2.3", "", ""},
		{"name(>=1)", "name", "", ">=1", "", ""},
		{"name ()", "name", "", "", "", ""},
		{"name @ file:///x/name-1.2-py3-none-any.whl", "name", "", "==1.2", "file:///x/name-1.2-py3-none-any.whl", ""},
		{"name@https://x.y/name-1.2.tar.gz#sha256=0", "name", "", "==1.2", "https://x.y/name-1.2.tar.gz#sha256=0", ""},
		{"name @ git+https://x.y/z@v1.2.3", "name", "", "==1.2.3", "git+https://x.y/z@v1.2.3", ""},
		{"name @ https://github.com/a/b/archive/refs/tags/v1.2.zip", "name", "", "==1.2", "https://github.com/a/b/archive/refs/tags/v1.2.zip", ""},
		{"name @ git+https://x.y/z@0123abc", "name", "", "", "git+https://x.y/z@0123abc", ""},
		{"name @ git+ssh://git@1.2.3.4/z", "name", "", "", "git+ssh://git@1.2.3.4/z", ""},
		{"name >= 1.0 , != 1.5", "name", "", ">=1.0,!=1.5", "", ""},
		{"name>=1.*", "name", "", ">=1", "", ""},
		{"name>=1.0,", "name", "", ">=1.0", "", ""},
		{"name=1.0", "name", "", "==1.0", "", ""},
		{"name>1.0<2.0", "name", "", ">1.0,<2.0", "", ""},
		{"name~=1", "name", "", ">=1", "", ""},
		{"name<=1.0+cu118", "name", "", "<=1.0", "", ""},
	} {
		req, err := ParseRequirement(tt.in)
		if err != nil {
			t.Errorf("%s: %v", tt.in, err)
			continue
		}
		if req.Name != tt.name || strings.Join(req.Extras, ",") != tt.extras || req.URL != tt.url || req.Marker != tt.marker || req.Bad != "" {
			t.Errorf("%s: %+v", tt.in, req)
		}
		if !same(req.Set, set(t, tt.spec)) {
			t.Errorf("%s: allows %s", tt.in, members(t, req.Set))
		}
	}
	for _, bad := range []string{"", "  ", "-x", "name[a", "name[a] b", "name (>=1", "name 1.0", "name # x", "=1", strings.Repeat("a", 5000)} {
		if req, err := ParseRequirement(bad); err == nil {
			t.Errorf("%q: %+v", bad, req)
		}
	}
}

// TestLenient shows which part of a specifier is lost, and that the rest counts.
func TestLenient(t *testing.T) {
	req, err := ParseRequirement("name>=1.0,!=latest,<2")
	if err != nil || req.Bad != "!=latest" || !same(req.Set, set(t, ">=1.0,<2")) {
		t.Errorf("%+v, %v", req, err)
	}
}

func TestMarker(t *testing.T) {
	for _, tt := range []struct {
		marker, python string
		want           tri
	}{
		{"python_version >= '3.8'", ">=3.9", yes},
		{"python_version >= '3.8'", ">=3.6", maybe},
		{"python_version < '3.8'", ">=3.8", no},
		{"'3.8' > python_version", ">=3.8", no},
		{"python_version <= '3.8'", "==3.8.5", yes},
		{"python_version > '3.8'", "==3.8.5", no},
		{"python_version == '3.8'", "==3.8.5", yes},
		{"python_version != '3.8'", "==3.8.5", no},
		{"python_version == '3.*'", ">=3.8,<4", yes},
		{"python_full_version <= '3.8'", "==3.8.5", no},
		{"python_version < '3'", ">=3.6", no},
		{"python_version in '3.8 3.9'", ">=3.8", maybe},
		{"python_version not in '2.7'", ">=3.8", maybe},
		{"sys_platform == 'linux'", ">=3.8", maybe},
		{"sys_platform == 'linux' and python_version < '3'", ">=3.8", no},
		{"sys_platform == 'linux' or python_version >= '3'", ">=3.8", yes},
		{"(python_version < '3' or python_version < '2') and os_name == 'a'", ">=3.8", no},
		{"python_version < '3' and os_name == 'a' or os_name == 'b'", ">=3.8", maybe},
		{"", ">=3.8", yes},
	} {
		m, err := parseMarker(tt.marker)
		if err != nil {
			t.Errorf("%s: %v", tt.marker, err)
			continue
		}
		if got := m.eval(set(t, tt.python)); got != tt.want {
			t.Errorf("%s with Python %s: %d, want %d", tt.marker, tt.python, got, tt.want)
		}
	}
	for _, bad := range []string{"python_version", "python_version >=", "(os_name == 'a'", "os_name == 'a' or", "os_name = 'a'", "os_name == 'a' 'b'",
		"os_name == 'a", strings.Repeat("(", 100) + "os_name == 'a'" + strings.Repeat(")", 100)} {
		if _, err := parseMarker(bad); err == nil {
			t.Errorf("%q is read as a marker", bad)
		}
	}
}

func TestExtras(t *testing.T) {
	m, err := parseMarker("(extra == 'a' or 'b' == extra) and os_name == 'extra'")
	if err != nil || strings.Join(m.extras(), " ") != "a b" {
		t.Errorf("%v, %v", m.extras(), err)
	}
}

func FuzzRequirement(f *testing.F) {
	for _, s := range []string{"a[b,c] >=1,<2 ; python_version < '3' and extra == \"x\"", "a @ git+https://x/y@v1.2 ; os_name == 'a'", "a (==1.*)"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		req, err := ParseRequirement(s)
		if err != nil {
			return
		}
		if n := Normalize(req.Name); n == "" || n != Normalize(n) {
			t.Errorf("%q: name %q", s, req.Name)
		}
		req.marker.eval(version.All())
		if v, err := version.Parse("1.0"); err == nil {
			req.Set.Contains(v)
		}
	})
}

package finding

import (
	"encoding/json"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

// TestLineHashVectors compares with values computed by GitHub's own upload step.
func TestLineHashVectors(t *testing.T) {
	data, err := os.ReadFile("testdata/linehash.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors map[string]struct {
		Input  []byte   `json:"input_b64"`
		Hashes []string `json:"hashes"`
	}
	if err := json.Unmarshal(data, &vectors); err != nil {
		t.Fatal(err)
	}
	if len(vectors) != 9 {
		t.Fatalf("%d vectors, want 9", len(vectors))
	}
	for name, v := range vectors {
		if got := LineHashes(v.Input); !slices.Equal(got, v.Hashes) {
			t.Errorf("%s:\n got %q\nwant %q", name, got, v.Hashes)
		}
	}
}

// TestLineHashPublished has the values of GitHub's own test: empty, short, repeated, and the same lines with other breaks.
func TestLineHashPublished(t *testing.T) {
	ended := []string{"e9496ae3ebfced30:1", "fb7c023a8b9ccb3f:1", "ce8ba1a563dcdaca:1", "e20e36e16fcb0cc8:1",
		"b3edc88f2938467e:1", "c8e28b0b4002a3a0:1", "c129715d7a2bc9a3:1"}
	open := []string{"8b7cf3e952e7aeb2:1", "b1ae1287ec4718d9:1", "bff680108adb0fcc:1", "c6805c5e1288b612:1",
		"b86d3392aea1be30:1", "e6ceba753e1a442:1"}
	for in, want := range map[string][]string{
		"":                   {"c129715d7a2bc9a3:1"},
		" a\nb\n  \t\tc\n d": {"271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"},
		strings.Repeat("Lorem ipsum dolor sit amet.\n", 10): {"a7f2ff13bc495cf2:1", "a7f2ff13bc495cf2:2", "a7f2ff13bc495cf2:3",
			"a7f2ff13bc495cf2:4", "a7f2ff13bc495cf2:5", "a7f2ff13bc495cf2:6", "a7f2ff1481e87703:1", "a9cf91f7bbf1862b:1",
			"55ec222b86bcae53:1", "cc97dc7b1d7d8f7b:1", "c129715d7a2bc9a3:1"},
		" hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End":               open,
		" hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n":             ended,
		" hello; \t\nworld!!!\r\r\r  \t\tGreetings\r End\r":             ended,
		" hello; \t\r\nworld!!!\r\n\r\n\r\n  \t\tGreetings\r\n End\r\n": ended,
		" hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n":         ended,
	} {
		if got := LineHashes([]byte(in)); !slices.Equal(got, want) {
			t.Errorf("%q:\n got %q\nwant %q", in, got, want)
		}
	}
}

// TestBadLength has the replacement characters that browsers make of broken UTF-8.
func TestBadLength(t *testing.T) {
	for in, want := range map[string]string{
		"\xe2\x82":         "\ufffd",
		"\xe2\x82a":        "\ufffda",
		"\xf0\x9f\x98":     "\ufffd",
		"\xf0\x80\x80":     "\ufffd\ufffd\ufffd",
		"\xed\xa0\x80":     "\ufffd\ufffd\ufffd",
		"\xc0\xaf":         "\ufffd\ufffd",
		"\xe0\xa0\xe0\xa0": "\ufffd\ufffd",
	} {
		if a, b := LineHashes([]byte(in)), LineHashes([]byte(want)); !slices.Equal(a, b) {
			t.Errorf("%q is not hashed as %q: %q, %q", in, want, a, b)
		}
	}
}

// FuzzLineHashes compares with a reference that computes every window from its definition.
func FuzzLineHashes(f *testing.F) {
	f.Add([]byte("a = 1\r\n\r b\n\n"))
	f.Add([]byte(strings.Repeat("x y\t\n", 150)))
	f.Add([]byte("\ufeffé漢😀\n\xe2\x82\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if got, want := LineHashes(raw), slowLineHashes(raw); !slices.Equal(got, want) {
			t.Errorf("%q:\n got %q\nwant %q", raw, got, want)
		}
	})
}

func slowLineHashes(raw []byte) []string {
	var fixed []byte // the text with each maximal broken part replaced
	for len(raw) > 0 {
		r, size := utf8.DecodeRune(raw)
		if r == utf8.RuneError && size == 1 {
			size = badLength(raw)
		}
		fixed = utf8.AppendRune(fixed, r)
		raw = raw[size:]
	}
	// A blank between CR and LF makes two line breaks of them: break lines before blanks are gone.
	parts := strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(string(fixed)), "\n")
	s := strings.NewReplacer(" ", "", "\t", "").Replace(strings.Join(parts, "\n"))
	units := append(utf16.Encode([]rune(s)), hashEndMark)
	var out []string
	seen := map[string]int{}
	for i := range units {
		if i > 0 && units[i-1] != '\n' {
			continue
		}
		h := uint64(0)
		for k := range hashWindow {
			c := uint64(0)
			if i+k < len(units) {
				c = uint64(units[i+k])
			}
			h = h*hashBase + c
		}
		v := strconv.FormatUint(h, 16)
		seen[v]++
		out = append(out, v+":"+strconv.Itoa(seen[v]))
	}
	return out
}

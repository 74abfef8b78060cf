package text

import (
	"strings"
	"testing"
)

func TestImportedHeads(t *testing.T) {
	src := "import a.b, c as d, \\\n    e\nfrom f.g import (h,\n  i)\nfrom . import j\nfrom .k import l\n  import m;import n\nimportant = 1\nx = 'import o'\nimport a\n"
	if got := strings.Join(ImportedHeads([]byte(src)), " "); got != "a c f m" {
		t.Errorf("got %q", got)
	}
}

package rule

import (
	"fmt"
	"strings"
)

// Keys lists every key of the language once.
func Keys() []string {
	set := map[string]bool{}
	var walk func(s *shape, depth int)
	walk = func(s *shape, depth int) {
		if s == nil || depth > 12 {
			return
		}
		walk(s.items, depth+1)
		if s.object == nil {
			return
		}
		for _, k := range s.object.keys {
			set[k.name] = true
			walk(k.shape, depth+1)
		}
		if s.object.free != nil {
			walk(s.object.free.shape, depth+1)
		}
	}
	walk(fileShape, 0)
	return keys(set)
}

// IntrinsicRows gives the rows of the reference's table of intrinsics.
func IntrinsicRows() string {
	var b strings.Builder
	for _, k := range intrinsicKeys[1:] {
		fmt.Fprintf(&b, "| `%s` | %s |\n", k.name, k.doc)
	}
	return b.String()
}

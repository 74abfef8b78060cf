package rule

import (
	"strconv"

	"github.com/pickletrace/pickletrace/pkg/spell"
)

// suggestKey is spell.Hint over the keys of a map, and over words that belong with them. It says nothing for a file that
// already has more mistakes than are shown: looking for similar names costs more than anything else here.
func suggestKey[T any](r *file, name string, known map[string]T, more ...string) string {
	if len(r.errs) >= maxErrors {
		return ""
	}
	return spell.Hint(name, append(keys(known), more...))
}

// quoteShort quotes a text for a message, cut to a readable length.
func quoteShort(s string) string {
	const most = 60
	if r := []rune(s[:min(len(s), 8*most)]); len(r) > most {
		s = string(r[:most]) + "…"
	}
	return strconv.Quote(s)
}

package rule

import "strconv"

// suggestKey is suggest over the keys of a map, and over words that belong with them. It says nothing for a file that
// already has more mistakes than are shown: looking for similar names costs more than anything else here.
func suggestKey[T any](r *file, name string, known map[string]T, more ...string) string {
	if len(r.errs) >= maxErrors {
		return ""
	}
	return suggest(name, append(keys(known), more...))
}

const (
	longestSuggested = 40   // characters of a misspelt name
	mostSuggested    = 2000 // names to compare it with
)

// suggest gives ` (did you mean "x"?)` for the known word nearest to name, or "" when none is near.
func suggest(name string, known []string) string {
	if len(name) > longestSuggested || len(known) > mostSuggested {
		return ""
	}
	best, bestDist := "", len(name)/3+2
	for _, k := range known {
		if d := distance(name, k, bestDist); d < bestDist {
			best, bestDist = k, d
		}
	}
	if best == "" {
		return ""
	}
	return " (did you mean " + strconv.Quote(best) + "?)"
}

// distance is the edit distance of two words, or limit when it is no less.
func distance(a, b string, limit int) int {
	if len(a)-len(b) >= limit || len(b)-len(a) >= limit {
		return limit
	}
	prev := make([]int, len(b)+1)
	next := make([]int, len(b)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := range len(a) {
		next[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			next[j+1] = min(prev[j]+cost, prev[j+1]+1, next[j]+1)
		}
		prev, next = next, prev
	}
	return min(prev[len(b)], limit)
}

// quoteShort quotes a text for a message, cut to a readable length.
func quoteShort(s string) string {
	const most = 60
	if r := []rune(s[:min(len(s), 8*most)]); len(r) > most {
		s = string(r[:most]) + "…"
	}
	return strconv.Quote(s)
}

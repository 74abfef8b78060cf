package config

import "strconv"

// suggest gives ` (did you mean "x"?)` for the key that the name is probably a misspelling of, else "".
func suggest(name string, known []key) string {
	words := make([]string, len(known))
	for i, k := range known {
		words[i] = k.name
	}
	if w := Nearest(name, words); w != "" {
		return " (did you mean " + strconv.Quote(w) + "?)"
	}
	return ""
}

// Nearest gives the word with the fewest letters changed from name, "" if all are too far from it.
func Nearest(name string, words []string) string {
	best, least := "", len(name)/3+2
	if len(name) > 60 {
		return ""
	}
	for _, w := range words {
		if d := distance(name, w); d < least {
			best, least = w, d
		}
	}
	return best
}

// distance counts the letters to insert, delete, change or swap with the next to make a of b.
func distance(a, b string) int {
	rows := [3][]int{make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)}
	for j := range rows[1] {
		rows[1][j] = j
	}
	for i := 1; i <= len(a); i++ {
		before, last, row := rows[0], rows[1], rows[2]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		rows = [3][]int{last, row, before}
	}
	return rows[1][len(b)]
}

// Package spell finds the word that a misspelt one was probably meant to be.
package spell

import "strconv"

const (
	longest = 60   // letters of a misspelt word
	most    = 2000 // words to compare it with
)

// Nearest gives the word with the fewest letters changed from name, the first of several; "" if all are too far from it,
// or name is too long, or there are too many words, to look.
func Nearest(name string, words []string) string {
	if len(name) > longest || len(words) > most {
		return ""
	}
	best, least := "", len(name)/3+2
	for _, w := range words {
		if d := distance(name, w, least); d < least {
			best, least = w, d
		}
	}
	return best
}

// Hint gives ` (did you mean "x"?)` for the nearest word, else "".
func Hint(name string, words []string) string {
	if w := Nearest(name, words); w != "" {
		return " (did you mean " + strconv.Quote(w) + "?)"
	}
	return ""
}

// distance counts the letters to insert, delete, change or swap with the next to make a of b; what is no less than the
// limit may be given as the limit.
func distance(a, b string, limit int) int {
	if len(a)-len(b) >= limit || len(b)-len(a) >= limit {
		return limit
	}
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

package taint

import (
	"fmt"
	"testing"
)

// TestSQL reads statements. A mark is the number of a parameter, or its name, or - for anything else.
func TestSQL(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"INSERT INTO carts (id, items) VALUES (?, ?)", "insert carts [id=0 items=1]"},
		{"insert or replace into main.carts(id,items) values(%s, zlib(%s))", "insert carts [id=0 items=1]"},
		{"INSERT INTO carts VALUES ('x', ?)", "insert carts [=- =0]"},
		{"INSERT INTO \"Carts\" (id, items) VALUES ($2, $1)", "insert Carts [id=1 items=0]"},
		{"INSERT INTO carts (id, items) VALUES (%(cart)s, :items)", "insert carts [id=cart items=items]"},
		{"UPDATE carts SET seen = seen + 1, items = ? WHERE id = ?", "update carts [seen=- items=0]"},
		{"SELECT items FROM carts WHERE id = ?", "select carts [items]"},
		{"select c.id, count(*), c.items as blob from carts c", "select carts [id  items]"},
		{"SELECT * FROM carts", "select carts [] all"},
		{"DELETE FROM carts", ""},
		{"INSERT INTO carts (id", ""},
		{"it's", ""},
	} {
		if got := sqlSays(readSQL(c.text)); got != c.want {
			t.Errorf("%s:\n got %q\nwant %q", c.text, got, c.want)
		}
	}
}

func sqlSays(s *sqlStatement) string {
	if s == nil {
		return ""
	}
	columns := []string{}
	for i := range max(len(s.columns), len(s.marks)) {
		c := ""
		if i < len(s.columns) {
			c = s.columns[i]
		}
		if i < len(s.marks) {
			switch m := s.marks[i]; {
			case m.name != "":
				c += "=" + m.name
			case m.n >= 0:
				c += "=" + itoa(m.n)
			default:
				c += "=-"
			}
		}
		columns = append(columns, c)
	}
	out := fmt.Sprint(s.verb, " ", s.table, " ", columns)
	if s.all {
		out += " all"
	}
	return out
}

package taint

// locals are the variables of a function, in rows that states share until one writes to them.
type locals struct {
	rows   [][]*Value
	own    uint64 // rows that no other state sees; of the first 64
	shared bool   // the list of rows itself is seen by others
}

// rowSize is how many variables are copied when one of them is set for the first time after a branch.
const rowSize = 64

func newLocals(n int) locals {
	all := make([]*Value, n)
	l := locals{own: ^uint64(0)}
	for len(all) > rowSize {
		l.rows = append(l.rows, all[:rowSize:rowSize])
		all = all[rowSize:]
	}
	if len(all) > 0 {
		l.rows = append(l.rows, all)
	}
	return l
}

// share gives the variables to another state.
func (l *locals) share() locals {
	l.own, l.shared = 0, true
	return *l
}

func (l *locals) get(i int) *Value { return l.rows[i/rowSize][i%rowSize] }

func (l *locals) set(i int, v *Value) {
	r := i / rowSize
	if l.rows[r][i%rowSize] == v {
		return
	}
	if r >= 64 || l.own&(1<<r) == 0 {
		row := make([]*Value, len(l.rows[r]))
		copy(row, l.rows[r])
		l.setRow(r, row)
		if r < 64 {
			l.own |= 1 << r
		}
	}
	l.rows[r][i%rowSize] = v
}

// setRow puts a row in place that others may see.
func (l *locals) setRow(r int, row []*Value) {
	if r < 64 {
		l.own &^= 1 << r
	}
	if &l.rows[r][0] == &row[0] {
		return
	}
	if l.shared {
		rows := make([][]*Value, len(l.rows))
		copy(rows, l.rows)
		l.rows, l.shared = rows, false
	}
	l.rows[r] = row
}

// all gives the variables in order.
func (l *locals) all() func(func(int, *Value) bool) {
	return func(yield func(int, *Value) bool) {
		for r := range l.rows {
			for j := range l.rows[r] {
				if !yield(r*rowSize+j, l.rows[r][j]) {
					return
				}
			}
		}
	}
}

// sameRow says whether all states share a row.
func sameRow(states []*state, r int) bool {
	for _, s := range states[1:] {
		if &s.locals.rows[r][0] != &states[0].locals.rows[r][0] {
			return false
		}
	}
	return true
}

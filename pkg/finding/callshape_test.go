package finding

import (
	"strings"
	"testing"

	"github.com/pickletrace/pickletrace/pkg/text"
)

// TestCallShape: what a call is told by is its name and what is written out in it, not the data it is given.
func TestCallShape(t *testing.T) {
	for call, want := range map[string]string{
		`load(data)`:                             `load()`,
		`load(data, "r")`:                        `load("r")`,
		`load(data, 'r')`:                        `load("r")`,
		`load(data, other)`:                      `load(_)`,
		`load(data, a == b)`:                     `load(_)`,
		`load(data, mode="w")`:                   `load(mode="w")`,
		`load(data, mode = other)`:               `load(mode=)`,
		`load(data, mode=a == b)`:                `load(mode=)`,
		`load(f=data, weights_only=False)`:       `load(f=,weights_only=False)`,
		`load(data, -1, 2.5, None)`:              `load(-1,2.5,None)`,
		`load(data, torch.device)`:               `load(torch.device)`,
		`load(data, f"{x}")`:                     `load(_)`,
		`load(data, [1, 2], (3, 4))`:             `load(_,_)`,
		`load(data, key=lambda a, b: {a: b})`:    `load(key=,_)`,
		`(np.load)(data)`:                        `(np.load)()`,
		`make(data, "k").load(other, fast=True)`: `make("k").load(fast=True)`,
		`load()`:                                 `load()`,
		`name`:                                   ``,
		``:                                       ``,
	} {
		l := lex(&text.File{Text: []byte("x = " + call + "\ny = z(1)\n")})
		if got := l.callShape(&l.stmts[0], 4, int32(4+len(call))); got != want {
			t.Errorf("%s: %s, want %s", call, got, want)
		}
	}
	l := lex(&text.File{Text: []byte("load(a, " + strings.Repeat("(", 1000))})
	if got := l.callShape(&l.stmts[0], 0, 5); !strings.HasPrefix(got, "load(") {
		t.Errorf("a call without an end: %.40s", got)
	}
}

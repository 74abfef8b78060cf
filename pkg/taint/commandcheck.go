package taint

import "github.com/pickletrace/pickletrace/pkg/rule"

// Programs that check files:
//
//	subprocess.run(["gpg", "--verify", "model.sig", "model.pkl"], check=True)     raises where the signature is wrong
//	if os.system("cosign verify-blob --key cosign.pub model.pkl") != 0: ...
//	pickle.load(open("model.pkl", "rb"))

// check notes the files that a program checks, unless what it checks them with was sent by others.
func (r *commandLine) check(row *rule.Command, line *options) {
	for _, w := range line.words(row.Key) {
		if r.sent(w) {
			return
		}
	}
	for _, file := range line.words(row.Checks) {
		if v := r.value(r.below(file)); v.symbol() != noSym {
			r.checked = append(r.checked, v)
		}
	}
}

// sent reports whether a word, or the file that it names, was sent by others.
func (r *commandLine) sent(word string) bool {
	for _, h := range word {
		if i := int(h) - firstHole; i >= 0 && i < len(r.holes) && r.foreignHole(i) {
			return true
		}
	}
	return foreign(r.contentOf(word))
}

// foreignHole reports whether the value that a character of a word stands for is data of a source, as far as an argument of
// the call says so.
func (r *commandLine) foreignHole(i int) bool {
	f := r.c.f
	for _, v := range values(r.c.args) {
		for _, o := range f.ev.syms.origins(v.symbol()) {
			for _, k := range r.c.st.keysOf(o) {
				x, ok := f.lookup(r.c.st, k.obj, k.seg)
				if ok && x != nil && x.sym == r.holes[i] && foreign(x) {
					return true
				}
			}
		}
	}
	return false
}

// passes says what is known where the program did not fail, which is seen as how says.
func (r *commandLine) passes(how string) {
	if how == "" || len(r.checked) == 0 {
		return
	}
	c := r.c
	c.f.sum.checks, c.f.checked = maxTouch, c.f.checked+1
	if how == "raises" {
		for _, v := range r.checked {
			for _, o := range c.f.located(v.sym, c.st) {
				c.guardAll(&Value{sym: o}, &guard{})
			}
			c.guardAll(v, &guard{})
		}
		return
	}
	var no []condFact
	for _, v := range r.checked {
		for _, n := range append(c.f.located(v.sym, c.st), v.sym) {
			for _, o := range c.f.ev.syms.origins(n) {
				no = append(no, condFact{kind: condValid, check: true, sym: o})
			}
		}
	}
	if how == "return" {
		c.out.cond = &Cond{no: no}
		return
	}
	if c.out.sym == noSym {
		c.out.sym = c.f.callSym()
	}
	c.st.set(heapKey{c.out.sym, "." + how}, &Value{open: true, clean: true, cond: &Cond{no: no}})
}

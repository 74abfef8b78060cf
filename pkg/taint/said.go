package taint

// What an activation says of sinks counts once its summary is final. Where functions call each other, and where a function
// reads what its module holds while the module calls it, a round interprets callers with a summary that is not done: a check
// in the callee does not hold yet, and what reaches a sink then may be nothing that ever does. Such a round is dropped with
// all that it said.
//
//	GOOD = "e3b0c442…"
//	def check(data):                      asks the module for GOOD, which calls main, which calls check
//	    if sha256(data).hexdigest() != GOOD: raise ValueError
//	def main(): …; check(data); pickle.loads(data)
//	main()

// A remark is one thing that an activation says of a site.
type remark struct {
	p    *pending
	as   remarkKind
	fed  feed // of isFed
	by   feedKey
	at   spot // of aFlow: the call at which it was seen, and whether a caller says so or no input makes a difference; see firing
	told bool
}

type remarkKind uint8

const (
	aFlow      remarkKind = iota // data of a source reaches it
	aCall                        // it is reached with this decision
	isUnplaced                   // it is reached with an input of which nothing is known
	isFed                        // what a caller passes
)

// say keeps a remark until the summary that is being made is final.
func (f *frame) say(r remark) { f.sum.said = append(f.sum.said, r) }

// publish makes what was said of sites while a summary was made count.
func (s *summary) publish() {
	for i := range s.said {
		r := &s.said[i]
		site := r.p.site
		switch r.as {
		case aFlow:
			site.add(r.p)
			site.fire(r.p.fact.org, r.at, r.told)
		case aCall:
			site.noteCall(r.p)
		case isUnplaced:
			if site.unplaced == nil {
				site.unplaced = r.p
			}
		case isFed:
			site.fed[r.by] |= r.fed
		}
	}
	s.said = nil
}

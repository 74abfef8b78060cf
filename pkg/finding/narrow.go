package finding

import "slices"

// Narrow parts findings into those that have to do with some places of the code, and the rest. The function touched says
// whether a step is at such a place. Where the sink is, the finding stays as it is; else it becomes that of the flows
// with such a step, with their level and message: the other ways to the sink were there before.
func Narrow(fs []Finding, touched func(*Step) bool) (kept, rest []Finding) {
	for _, f := range fs {
		if touched(&f.Sink) {
			kept = append(kept, f)
			continue
		}
		var in, out []Flow
		for _, fl := range slices.Concat(f.Flows, f.Other) {
			if slices.ContainsFunc(fl.Steps, func(s Step) bool { return touched(&s) }) {
				in = append(in, fl)
			} else {
				out = append(out, fl)
			}
		}
		switch {
		case len(in) == 0:
			rest = append(rest, f)
		case len(out) == 0:
			kept = append(kept, f)
		default:
			kept = append(kept, f.only(in, out))
		}
	}
	return kept, rest
}

// only is the finding with some of its flows; the rest is only counted.
func (f Finding) only(in, out []Flow) Finding {
	unseen := f.MoreFlows - len(f.Other)
	f.Flows, f.Other, f.MoreFlows = in, nil, unseen
	capFlows(&f)
	f.Other, f.MoreFlows = append(f.Other, out...), f.MoreFlows+len(out)
	f.Level = levelOf(f.Level, in)
	f.Confidence = Confidence(&f)
	f.Message = Compose(&f, "")
	return f
}

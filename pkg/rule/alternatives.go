package rule

import (
	"slices"
	"strings"
)

// A call one of whose arguments is one of a few known values is several calls: which row of a sink's cases is read
// depends on it, so each is decided for itself.

// maxPinned bounds the arguments of one call that are taken apart so.
const maxPinned = 3

// choice gives a condition about an argument of which a few values are known; nil if there is none.
func (s *Sink) choice(f Facts) *Cond {
	for i := range s.Cases {
		for j := range s.Cases[i].When {
			if c := &s.Cases[i].When[j]; c.aboutArgument() && len(c.value(f).Alts) > 1 {
				return c
			}
		}
	}
	return nil
}

// worst decides for each value of the argument that c asks for, and gives the decision that lowers least. Where one way to
// the call leaves out what another gives safely, it counts one level less: whoever wrote that knew the argument.
func (s *Sink) worst(f Facts, c *Cond, pins int) Decision {
	value := c.value(f)
	var ds []Decision
	for _, alt := range value.Alts {
		alt.Kinds = value.Kinds
		ds = append(ds, s.decide(&pinned{f, c, alt}, pins))
	}
	known := slices.ContainsFunc(ds, func(d Decision) bool { return d.Safe })
	for i := range ds {
		if value.Alts[i].State == Absent && known {
			ds[i].Lower++
		}
	}
	out := ds[0]
	for _, d := range ds {
		if !d.Safe && (out.Safe || d.Lower < out.Lower) {
			out = d
		}
	}
	if value.Decided && !out.Safe {
		out.Notes = append(slices.Clip(out.Notes), "'"+strings.TrimPrefix(c.Subject, "arg.")+"' is decided by data of others")
	}
	out.Undecided = out.Undecided || slices.ContainsFunc(ds, func(d Decision) bool { return d.Case != out.Case })
	return out
}

// pinned is a call of which one argument is known after all.
type pinned struct {
	Facts
	about *Cond
	arg   ArgFact
}

func (p *pinned) Arg(name string) ArgFact {
	if slices.Contains(p.about.asked(), name) {
		return p.arg
	}
	return p.Facts.Arg(name)
}

func (p *pinned) Env(name string) ArgFact {
	if p.about.Subject == "env."+name {
		return p.arg
	}
	return p.Facts.Env(name)
}

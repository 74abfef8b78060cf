package finding

// Finish turns what the engine found into what is shown: at most one finding for a rule and a line, each with a message,
// a confidence and an identity, in order. The function title gives the title of a rule.
func Finish(fs []Finding, title func(ruleID string) string) []Finding {
	out := Merge(fs)
	for i := range out {
		f := &out[i]
		if f.Confidence == "" {
			f.Confidence = Confidence(f)
		}
		if f.Message == "" {
			f.Message = Compose(f, title(f.RuleID))
		}
	}
	Sort(out)
	Identify(out)
	return out
}

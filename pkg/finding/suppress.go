package finding

// The rules about ignore comments themselves.
const (
	RuleUnusedIgnore     = "PKL001"
	RuleExpiredIgnore    = "PKL002"
	RuleUnknownIgnore    = "PKL003"
	RuleReasonlessIgnore = "PKL004"
	RuleBareIgnore       = "PKL005"
)
